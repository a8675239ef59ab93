"""Whether this machine can make good pages: programs, faces, characters, places to write."""

from __future__ import annotations

import contextlib
import os
import platform
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from gxgen import __version__
from gxgen.cache import folder as cache_folder
from gxgen.cache import recalled
from gxgen.diagnostics import FORMAT
from gxgen.errors import EnvironmentProblemError
from gxgen.fonts.advice import RARE_ADVICE, advice, source
from gxgen.fonts.catalogue import Catalogue, Likeness, faces, is_private
from gxgen.fonts.faces import Role, folders
from gxgen.fonts.findings import RETYPE, code_point
from gxgen.formats.office.process import Process
from gxgen.formats.office.program import find_soffice

Texts = Mapping[str, Mapping[Role, Iterable[str]]]
"""By agency: its words by the face that they are set in."""

_TYPST = "typst"
_ASK = 20
"""Seconds that LibreOffice may take to tell its version."""


@dataclass(frozen=True, slots=True)
class ProgramState:
    """A program or library that makes pages; ``version`` and ``path`` are None if not found."""

    name: str
    version: str | None
    path: str | None = None
    advice: str = ""


@dataclass(frozen=True, slots=True)
class FaceState:
    """What an official name gets; ``face`` and ``file`` are None if there is nothing.

    ``source`` tells where the official face comes from.
    """

    role: Role
    likeness: Likeness
    face: str | None
    file: str | None
    source: str
    advice: str


@dataclass(frozen=True, slots=True)
class CharacterState:
    """A character that the chosen face lacks; ``face`` shows it instead, None: nothing does."""

    character: str
    agency: str
    role: Role
    count: int
    face: str | None
    advice: str = ""


@dataclass(frozen=True, slots=True)
class CacheState:
    """The user's cache folder; ``folder`` is None if nothing is to be kept."""

    folder: str | None
    writable: bool
    advice: str = ""


@dataclass(frozen=True, slots=True)
class DoctorReport:
    """All that was looked at."""

    gxgen: str
    python: str
    system: str
    office: ProgramState
    typst: ProgramState
    folders: tuple[str, ...]
    faces: tuple[FaceState, ...]
    characters: tuple[CharacterState, ...]
    agencies: int
    cache: CacheState

    @property
    def missing(self) -> tuple[CharacterState, ...]:
        """The characters that nothing shows."""
        return tuple(state for state in self.characters if state.face is None)

    @property
    def healthy(self) -> bool:
        """Whether every page can be made, with faces that are alike, without an empty box."""
        alike = all(f.likeness in (Likeness.OFFICIAL, Likeness.STAND_IN) for f in self.faces)
        engines = self.typst.version is not None or self.office.path is not None
        return alike and engines and not self.missing and self.cache.writable

    def as_json(self) -> dict[str, Any]:
        """Plain data, its keys the names of the fields."""
        told = asdict(self)
        for name in ("folders", "faces", "characters"):
            told[name] = list(told[name])
        for state in told["characters"]:
            state["code_point"] = code_point(state["character"])
        return {"format": FORMAT, **told, "healthy": self.healthy}


def doctor(texts: Texts | None = None, where: Iterable[Path] | None = None) -> DoctorReport:
    """Look at this machine; ``texts`` are the agencies' words, ``where`` folders of fonts."""
    looked_in = tuple(folders() if where is None else where)
    catalogue = faces(looked_in)
    by_agency = texts or {}
    return DoctorReport(
        gxgen=__version__,
        python=platform.python_version(),
        system=f"{platform.system()} {platform.release()}",
        office=_office(),
        typst=_typst(),
        folders=tuple(str(folder) for folder in looked_in),
        faces=tuple(_face(role, catalogue) for role in Role),
        characters=tuple(_characters(by_agency, catalogue)),
        agencies=len(by_agency),
        cache=_cache(),
    )


def _face(role: Role, catalogue: Catalogue) -> FaceState:
    choice = catalogue.choice(role)
    face = choice.face
    name, file = (None, None) if face is None else (face.name, str(face.path))
    return FaceState(role, choice.likeness, name, file, source(role), advice(choice))


def _characters(texts: Texts, catalogue: Catalogue) -> Iterable[CharacterState]:
    """By agency; first those that nothing shows."""
    for agency, by_role in texts.items():
        found = []
        for role, said in by_role.items():
            words = list(said)
            rare = catalogue.rare(words, role)
            counts = Counter(c for text in words for c in text if c in rare) if rare else {}
            for character, face in rare.items():
                state = CharacterState(character, agency, role, counts[character], None)
                if face is None:
                    advised = RETYPE if is_private(character) else RARE_ADVICE
                    found.append(replace(state, advice=advised))
                else:
                    found.append(replace(state, face=face.name))
        yield from sorted(found, key=lambda state: state.face is not None)


def _typst() -> ProgramState:
    try:
        return ProgramState(_TYPST, version(_TYPST))
    except PackageNotFoundError:
        return ProgramState(_TYPST, None, advice="重新安装 gxgen，或运行 pip install typst。")


def _office() -> ProgramState:
    name = "LibreOffice"
    try:
        program = find_soffice()
    except EnvironmentProblemError as error:
        return ProgramState(name, None, advice=str(error))
    real = Path(os.path.realpath(program))
    try:
        about = real.stat()
    except OSError:
        return ProgramState(name, None, str(program))
    key = f"{real}|{about.st_size}|{about.st_mtime_ns}".encode()
    try:
        told = recalled("office", (key,), lambda: _asked(program))
    except LookupError:
        told = None
    return ProgramState(name, told, str(program))


def _asked(program: Path) -> str:
    """What the program says of its version.

    Raises:
        LookupError: it does not answer in time, or not with a version.
    """
    with tempfile.TemporaryDirectory(prefix="gxgen-", ignore_cleanup_errors=True) as folder:
        home, answer = Path(folder), Path(folder, "answer")
        own = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        with contextlib.suppress(OSError, EnvironmentProblemError), answer.open("wb") as file:
            asked = Process((program, own, "--version"), os.environ, home, file)
            asked.wait(_ASK)
            asked.kill()
        words = answer.read_text(encoding="utf-8", errors="replace").split()
    found = [word for word in words if word[:1].isdigit() and "." in word]
    return found[0]


def _cache() -> CacheState:
    home = cache_folder()
    if home is None:
        return CacheState(None, True, "环境变量 GXGEN_CACHE 设成了 off：每次都从头算起，慢一些。")
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            return CacheState(str(home), True)
    except OSError:
        return CacheState(
            str(home),
            False,
            "写不进去，每次都要从头算起；用环境变量 GXGEN_CACHE 指明另一个文件夹。",
        )
