"""A county's January at random: commands and what people do to files, in any order.

``python -m benchmarks.january 200``: so many sequences of ``blank``, builds of some or of all,
roll-ups, formats on and off, and of files put in, renamed, replaced and removed by hand. After each
every file that a person ever put in lies somewhere still, unless a person removed it, and what the
last full build leaves is what a clean one makes of the same forms, byte for byte.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir
from dataclasses import replace
from pathlib import Path

from gxgen import api
from gxgen.api.project import Project
from gxgen.api.sending import How
from gxgen.county.batch import Result
from gxgen.county.files import write_whole
from gxgen.county.ledger import FOLDER
from gxgen.county.outputs import EDITED, FOUND
from gxgen.errors import UsageError
from gxgen.form.read.workbook import read_workbook
from gxgen.form.write.workbook import blank_workbook

YEAR = 2024
LONGEST = 8
FORMATS = ((), ("docx",), ("html",), ("docx", "html"), ("fragment",))
NAMES = (
    "{name}.xlsx", "{name}(1).xlsx", "{name}（修改版）.xlsx", "{short}.xlsx", "{name}-最终.XLSX",
    "{year}{name}.xlsx", "新建 工作表.xlsx", "{name}{year}年政府信息公开工作年度报告.xlsx",
)  # fmt: skip
STRAYS = ("{name}.rar", "{short}.pdf", "说明.docx", "{name}.md", "杂/{name}.xlsx")


class January:
    """A county in a folder of its own, and what people put into it.

    ``put_in`` has the digest of each file that a person put in and none has taken out since.
    """

    def __init__(self, root: Path, agencies: int, seed: int) -> None:
        """The forms of ``agencies`` lie ready; none has come in yet."""
        self.root, self.dice = root, random.Random(seed)
        with chdir(root):
            api.init(Path(), county="云垟县", year=YEAR, demo=agencies, faulty=1, years=2)
        self.folder = root / "inputs" / str(YEAR)
        self.ready = {path.stem: path.read_bytes() for path in sorted(self.folder.glob("*.xlsx"))}
        for path in self.folder.glob("*.xlsx"):
            path.unlink()
        self.put_in: set[str] = set()
        self.done: list[str] = []

    def steps(self) -> tuple[Callable[[], object], ...]:
        """All that may happen."""
        return (
            self.blank, self.blank, self.build, self.build, self.rollup, self.put, self.put,
            self.put, self.rename, self.replace, self.remove, self.stray, self.words, self.send,
        )  # fmt: skip

    def go(self) -> Iterator[str]:
        """Something happens some times over; then what is wrong."""
        with chdir(self.root):
            for _ in range(self.dice.randint(2, LONGEST)):
                step = self.dice.choice(self.steps())
                self.done.append(step.__name__)
                step()
                yield from self.lost()
            yield from self.unlike_a_clean_one()

    # -- commands --------------------------------------------------------------------------------

    def blank(self) -> None:
        """Forms are handed out."""
        some = self.dice.sample(sorted(self.ready), 1)
        everyone = self.dice.random() < 0.5
        api.blank([] if everyone else some, year=YEAR, everyone=everyone,
                  force=self.dice.random() < 0.5)  # fmt: skip

    def build(self) -> None:
        """All of them, or one."""
        paths = self.dice.choice(([], [], self.forms()[:1]))
        self._run(lambda: api.build(paths, workers=1, formats=self.dice.choice(FORMATS),
                                    prune=self.dice.random() < 0.2))  # fmt: skip

    def rollup(self) -> None:
        """The county's own report."""
        self._run(lambda: api.rollup(None, year=YEAR, workers=1))

    def send(self) -> None:
        """Whoever is missing is chased, and who must correct is told."""
        project = Project(Path())
        self._run(lambda: project.chase(how=How(workers=1)).result)
        named = self.dice.sample(sorted(self.ready), self.dice.randint(0, 1))
        named = [unit for unit in named if unit != "云垟县人民政府"]
        self._run(lambda: project.notice(named, how=How(workers=1))[0].result)

    # -- people ----------------------------------------------------------------------------------

    def put(self) -> None:
        """A form comes in under whatever name; where there is one of that name, it is replaced."""
        unit = self.dice.choice(sorted(self.ready))
        called = self.dice.choice(NAMES).format(name=unit, short=unit[3:], year=YEAR)
        self._person_writes(self.folder / called, self.ready[unit])

    def rename(self) -> None:
        """Somebody calls a form otherwise."""
        for path in self._one():
            target = path.with_name(f"{path.stem}{self.dice.choice(('(1)', '-改', ' 副本'))}.xlsx")
            if not target.exists():
                path.rename(target)

    def replace(self) -> None:
        """A form comes back with other words."""
        for path in self._one():
            report = read_workbook(path.read_bytes(), path.name).report
            if report is not None:
                phone = f"010-{self.dice.randrange(10**8):08}"
                contact = replace(report.agency.contact, phone=phone)
                agency = replace(report.agency, contact=contact)
                form = blank_workbook(report.edition, report.year, agency=agency, fill=report)
                self._person_writes(path, form)

    def remove(self) -> None:
        """Somebody takes a form out."""
        for path in self._one():
            self.put_in.discard(_digest(path.read_bytes()))
            path.unlink()

    def stray(self) -> None:
        """Something comes in that is no form."""
        unit = self.dice.choice(sorted(self.ready))
        called = self.dice.choice(STRAYS).format(name=unit, short=unit[3:])
        self._person_writes(self.folder / called, f"# {unit} {len(self.done)}".encode())

    def words(self) -> None:
        """A text comes in beside a form."""
        for path in self._one():
            text = f"### 一、总体情况\n\n{self.dice.randrange(100)}次会议研究了政务公开。\n"
            self._person_writes(path.with_suffix(".md"), text.encode())

    # -- what must hold --------------------------------------------------------------------------

    def lost(self) -> Iterator[str]:
        """Files that a person put in and that are nowhere any more."""
        inputs = self.root / "inputs"
        there = {_digest(path.read_bytes()) for path in inputs.rglob("*") if path.is_file()}
        if gone := self.put_in - there:
            yield f"{len(gone)} lost after {self.done}"

    def unlike_a_clean_one(self) -> Iterator[str]:
        """What the last full build leaves and a clean one does not."""
        if not self.forms():
            return
        self._run(lambda: api.build([], workers=1, prune=True))
        self._run(lambda: api.build([], workers=1, output=Path("clean")))
        now, clean = _visible(Path("output")), _visible(Path("clean"))
        odd = [name for name in now if EDITED in name or FOUND in name]
        differ = sorted(
            name for name in now.keys() | clean.keys() if now.get(name) != clean.get(name)
        )
        if odd or differ:
            yield f"{odd} {differ} after {self.done}"

    def forms(self) -> list[Path]:
        """The forms that are there, in any order."""
        found = sorted(p for p in self.folder.iterdir() if p.suffix.lower() == ".xlsx")
        self.dice.shuffle(found)
        return [path.relative_to(self.root) for path in found]

    def _one(self) -> list[Path]:
        return self.forms()[:1]

    def _person_writes(self, path: Path, data: bytes) -> None:
        """A person who writes over a file takes the former one out."""
        path = self.root / path
        if path.exists():
            self.put_in.discard(_digest(path.read_bytes()))
        write_whole(path, data)
        self.put_in.add(_digest(data))

    def _run(self, command: Callable[[], Result]) -> None:
        try:
            result = command()
        except UsageError:  # there is nothing to build yet
            return
        assert not result.crashed, self.done


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _visible(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and FOLDER not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def wrong_in(root: Path, seed: int, agencies: int = 3) -> list[str]:
    """What goes wrong in one January."""
    return list(January(root, agencies, seed).go())


def main() -> None:
    """Tell how many sequences were tried and what went wrong."""
    number = int([*sys.argv[1:], "200"][0])
    first = int([*sys.argv[2:], "1"][0])
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("GXGEN_CACHE", f"{folder}/cache")
        for seed in range(first, first + number):
            root = Path(folder) / str(seed)
            root.mkdir()
            wrong += [f"seed {seed}: {what}" for what in wrong_in(root, seed)]
            shutil.rmtree(root)
    print(f"{number} sequences: {len(wrong)} wrong", *wrong, sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
