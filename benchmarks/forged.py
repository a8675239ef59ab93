"""Forged records beside the reports: nothing outside is touched, and no forged figure is added.

``python -m benchmarks.forged 100`` builds a county so many times, each time after somebody has put
another journal and another ledger into its output folder: paths of many kinds, under no mark, marks
of somebody else, and even, as if the secret were known, under the right one.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gxgen import api
from gxgen.county.ledger import FILE, FOLDER, FORMAT
from gxgen.county.outputs import JOURNAL, MANIFEST, NOTICES, PAGE, RETURNS
from gxgen.county.seal import Seal

YEAR = 2024
FIGURE = 987654
"""Stands in every forged ledger, and in no form."""
LINKED = "别处的报告.docx"


@dataclass(frozen=True)
class Place:
    """A county's project with all that must not change around it."""

    root: Path

    @property
    def year(self) -> Path:
        """The folder of reports."""
        return self.root / "p" / "output" / str(YEAR)

    @property
    def hidden(self) -> Path:
        """Where the records lie."""
        return self.year / FOLDER

    def build(self, how: str) -> None:
        """All, one form, or the roll-up."""
        inputs, output = self.root / "p/inputs", self.root / "p/output"
        first = min((inputs / str(YEAR)).glob("*局.xlsx"))
        paths = {"all": [inputs], "one": [first], "rollup": [inputs / str(YEAR)]}[how]
        api.build(paths, output=output, workers=1, for_rollup=how == "rollup")

    def around(self) -> dict[str, bytes]:
        """Every file that is not in the folder of reports, and those in it that are a person's."""
        files = (path for path in self.root.rglob("*") if path.is_file() and not path.is_symlink())
        mine = {path for path in files if self.year not in path.parents or path.name == "备忘.txt"}
        return {str(path): path.read_bytes() for path in mine}

    def reports(self) -> dict[str, bytes]:
        """What gxgen has made."""
        found = (path for path in self.year.rglob("*") if FOLDER not in path.parts)
        return {path.name: path.read_bytes() for path in found if path.is_file()}


PATHS: tuple[Callable[[Place], str], ...] = (
    lambda _: "../../../victim.txt",
    lambda place: str(place.root / "victim.txt"),
    lambda _: "returns/../../../../victim.txt",
    lambda _: f"{RETURNS}/{LINKED}",
    lambda _: f"../2023/{LINKED}",
    lambda _: "..\\..\\..\\victim.txt",
    lambda _: "C:\\victim.txt",
    lambda place: (
        f"../../inputs/{YEAR}/{min((place.root / 'p/inputs' / str(YEAR)).iterdir()).name}"
    ),
    lambda _: "../../inputs/county.toml",
    lambda _: "./备忘.txt",
    lambda _: "备忘.txt",
    lambda _: f"{FOLDER}/../../../../victim.txt",
)


def _sha(place: Place, path: str) -> str:
    there = place.year / path
    return hashlib.sha256(there.read_bytes() if there.is_file() else b"").hexdigest()


MARKS: tuple[Callable[[Place, bytes], str], ...] = (
    lambda _, __: "",
    lambda _, said: hashlib.blake2b(said, digest_size=16).hexdigest(),
    lambda _, said: hashlib.blake2b(said, digest_size=16, key=b"\0" * 32).hexdigest(),
    lambda place, said: Seal.of(place.root / "elsewhere").mark(said),
    lambda place, _: Seal.of(place.year).mark(b"something else"),
    lambda _, __: "0" * 32,
)
"""Without the secret; the last of :data:`KINDS` has it."""


def _ledger(place: Place, genuine: bytes, dice: random.Random, path: str) -> bytes:
    """A ledger in which every count is :data:`FIGURE`, and a report is a stranger's file."""
    *lines, foot, _ = genuine[:-32].split(b"\n")
    forged = []
    for line in lines:
        *texts, passages = line.split(b"\t")
        name, said, now, last = map(json.loads, texts)
        said[7] = {**said[7], path: _sha(place, path)}
        now = [FIGURE if isinstance(n, int) else n for n in now]
        parts = [json.dumps(part, ensure_ascii=False) for part in (name, said, now, last)]
        forged.append("\t".join([*parts, passages.decode()]).encode())
    county = {**json.loads(foot), "format": dice.choice([FORMAT, FORMAT, 2])}
    return b"\n".join([*forged, json.dumps(county).encode(), b""])


def _linked(place: Place) -> None:
    """returns/ leads to somebody's own folder."""
    shutil.rmtree(place.year / RETURNS, ignore_errors=True)
    (place.year / RETURNS).symlink_to(place.root / "own", target_is_directory=True)


def _hidden_linked(place: Place) -> None:
    """The records' folder does."""
    shutil.move(place.hidden, place.root / "own" / "records")
    place.hidden.symlink_to(place.root / "own" / "records", target_is_directory=True)


def _report_linked(place: Place) -> None:
    """Every report is a link to somebody's own file."""
    for report in place.year.glob("*.docx"):
        report.unlink()
        report.symlink_to(place.root / "own" / LINKED)


HARMS: tuple[Callable[[Place], None], ...] = (
    lambda _: None, lambda _: None, lambda _: None, _linked, _hidden_linked, _report_linked,
)  # fmt: skip


def _forge(place: Place, dice: random.Random) -> str:
    """Put other records into a folder; what was done."""
    genuine = (place.hidden / FILE).read_bytes()
    path, knows = dice.randrange(len(PATHS)), dice.random() < 0.2
    mark = len(MARKS) if knows else dice.randrange(len(MARKS))
    seal: Callable[[Place, bytes], str] = (
        (lambda place, said: Seal.of(place.year).mark(said)) if knows else MARKS[mark]
    )
    named = PATHS[path](place)
    said = f"{_sha(place, named)} {named}".encode()
    (place.hidden / JOURNAL).write_bytes(seal(place, said).encode() + b" " + said + b"\n")
    if not knows:  # whoever has the secret is the user himself
        ledger = _ledger(place, genuine, dice, named)
        (place.hidden / FILE).write_bytes(ledger + seal(place, ledger).encode())
    harm = dice.randrange(len(HARMS))
    HARMS[harm](place)
    return f"path {path}, mark {mark}, harm {harm}"


def _says(data: bytes, figure: bytes) -> bool:
    if data[:2] != b"PK":
        return figure in data
    import io

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return any(figure in package.read(name) for name in package.namelist())


def _prepared(root: Path) -> Place:
    """A county with its reports, a person's files in it and around it."""
    place = Place(root)
    api.init(root / "p", county="云垟县", year=YEAR, demo=3, faulty=1, years=1)
    (root / "own").mkdir()
    (root / "p/output/2023").mkdir(parents=True)
    for path in (root / "victim.txt", root / "own" / LINKED, root / "p/output/2023" / LINKED):
        path.write_text("precious")
    place.build("all")
    (place.year / "备忘.txt").write_text("mine")
    return place


def attacked(number: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """So many times (what was forged, what of it went wrong, which should be nothing)."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        first = _prepared(Path(folder) / "first")
        clean = first.reports()
        for _ in range(number):
            root = Path(folder) / "county"
            shutil.copytree(first.root, root)
            place = Place(root)
            shutil.rmtree(place.hidden)
            place.build("all")  # so that genuine records lie there
            done = _forge(place, dice)
            how = dice.choice(("all", "one", "rollup"))
            before = place.around()
            place.build(how)
            yield f"{done}, built {how}", "; ".join(_wrong(place, before, clean, how))
            shutil.rmtree(root)


def _wrong(
    place: Place, before: dict[str, bytes], clean: dict[str, bytes], how: str
) -> Iterator[str]:
    after = place.around()
    yield from (f"changed {path}" for path, data in before.items() if after.get(path) != data)
    linked = (place.year / RETURNS).is_symlink()
    tellers = {PAGE, MANIFEST, *(path.name for path in (place.year / NOTICES).glob("*"))}
    records = str(place.root / "own" / "records")
    yield from (f"new {p}" for p in after.keys() - before.keys() if not p.startswith(records))
    for name, data in place.reports().items():
        if _says(data, str(FIGURE).encode()):
            yield f"forged figure in {name}"
        told = linked and name in tellers  # of a return copy that could not be written
        if how != "one" and name in clean and data != clean[name] and not told:
            yield f"{name} differs from a clean build"


def main() -> None:
    """Tell what was tried and what went wrong."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    os.environ.setdefault("GXGEN_CACHE", tempfile.mkdtemp())
    told = list(attacked(number))
    wrong = [f"{forged}: {what}" for forged, what in told if what]
    kinds = Counter(forged for forged, _ in told)
    print(f"{len(told)} forged journals and ledgers of {len(kinds)} kinds: {len(wrong)} wrong")
    print(*wrong, sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
