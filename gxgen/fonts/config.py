"""A private fontconfig file: LibreOffice on Linux finds the stand-ins, and the system stays as is.

Without it every official name falls to whatever face the system likes best, mostly a sans serif.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from pathlib import Path

from gxgen.cache import folder as cache_folder
from gxgen.errors import EnvironmentProblemError, reason
from gxgen.fonts.catalogue import Catalogue, Likeness, faces
from gxgen.fonts.faces import Role, official, stand_in_weight

FILE_VARIABLE, PATH_VARIABLE = "FONTCONFIG_FILE", "FONTCONFIG_PATH"
_SYSTEM = Path("/etc/fonts/fonts.conf")
_REGULAR = 400


def fontconfig_file(where: Sequence[Path], catalogue: Catalogue | None = None) -> Path:
    """The file to name in ``FONTCONFIG_FILE``; ``where`` are the folders of fonts.

    It lies in the user's cache folder under a name made from its content, so that several
    programs can use it at once; the system's own configuration stays in force below it.

    Raises:
        EnvironmentProblemError: it cannot be written.
    """
    text = configuration(where, catalogue or faces(where))
    data = text.encode()
    home = _home()
    path = home / f"fonts-{hashlib.blake2b(data, digest_size=10).hexdigest()}.conf"
    try:
        if not path.is_file() or path.read_bytes() != data:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(path, data)
    except OSError as error:
        raise EnvironmentProblemError(
            f"写不了字体配置文件 {path}（{reason(error)}）；"
            "请用环境变量 GXGEN_CACHE 指明一个可写的文件夹。"
        ) from None
    return path


def configuration(where: Sequence[Path], catalogue: Catalogue) -> str:
    """The content of the file."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<fontconfig>",
        f'<include ignore_missing="yes">{_text(_system())}</include>',
        *(f"<dir>{_text(folder)}</dir>" for folder in where),
        f"<cachedir>{_text(_home() / 'faces')}</cachedir>",
        *(line for role in Role for line in _rules(role, catalogue)),
        "</fontconfig>",
    ]
    return "\n".join(lines) + "\n"


def _rules(role: Role, catalogue: Catalogue) -> Iterator[str]:
    """Whoever asks for an official name gets the stack of its role, before any other rule's; where
    no Latin face is there, digits are in the face of the text."""
    chain = catalogue.chain(role)
    if role is Role.LATIN:
        chain = chain or catalogue.chain(Role.BODY)
    if not chain:
        return
    names = dict.fromkeys(name for face in chain for name in face.families)
    weight = stand_in_weight(role)
    heavy = weight != _REGULAR and catalogue.choice(role).likeness is not Likeness.OFFICIAL
    for asked in official(role):
        yield '<match target="pattern">'
        yield f'<test name="family" qual="first">{_string(asked)}</test>'
        if heavy:
            yield '<edit name="weight" mode="assign" binding="strong"><const>bold</const></edit>'
        yield '<edit name="family" mode="prepend_first" binding="strong">'
        yield from (_string(name) for name in names)
        yield "</edit></match>"


def _string(text: str) -> str:
    return f"<string>{_text(text)}</string>"


def _text(value: str | Path) -> str:
    return escape(str(value), quote=False)


def _system() -> Path:
    """The configuration in force outside; a file of this module's own is none."""
    path = Path(os.environ.get(PATH_VARIABLE) or _SYSTEM.parent)
    named = Path(os.environ.get(FILE_VARIABLE) or _SYSTEM.name)
    own = named.is_absolute() and named.is_relative_to(_home())
    return _SYSTEM if own else path / named


def _home() -> Path:
    kept = cache_folder()
    return (kept / "fontconfig").absolute() if kept is not None else _passing()


@cache
def _passing() -> Path:
    """A folder for this process alone, where nothing may be kept."""
    made = tempfile.mkdtemp(prefix="gxgen-fonts-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)


def _write(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(prefix=".fonts-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
