"""Builds of one county at the same time, and builds that are killed.

``python -m benchmarks.concurrent 60 60``: so many sets of two or four commands with different
settings and parts run into the same folder at once while forms change, and so many are killed at
any moment. After each the next build with ``--prune`` must leave what a clean one makes, byte for
byte, and no file that gxgen has made may have been taken for one that a person has edited.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from gxgen import api
from gxgen.county.files import write_whole
from gxgen.county.ledger import FOLDER
from gxgen.county.outputs import EDITED, FOUND
from gxgen.form.read.workbook import read_workbook
from gxgen.form.write.workbook import blank_workbook

YEAR = 2024
OPTIONS = (
    (), ("--force",), ("--format", "docx,html"), ("--format", "html"), ("--draft",),
    ("--draft", "--format", "html,fragment"), ("--jobs", "1"), ("--jobs", "2", "--force"),
)  # fmt: skip
AT_MOST = 600
"""Seconds until a command is held to hang."""


class Trial:
    """A county, what a clean build makes of it, and commands on it."""

    def __init__(self, root: Path, agencies: int, seed: int) -> None:
        """The county is made and built once, which also tells how long that takes."""
        self.root, self.dice = root, random.Random(seed)
        api.init(root, county="云垟县", year=YEAR, demo=agencies, faulty=2, years=1)
        start = time.monotonic()
        self._end(self._start("build", "-o", "clean"))
        self.length = time.monotonic() - start
        self.clean = self._visible("clean")
        forms = sorted((root / "inputs" / str(YEAR)).glob("*.xlsx"))
        self.versions = {path: (path.read_bytes(), _otherwise(path)) for path in forms}

    def sets(self, number: int) -> Iterator[list[str]]:
        """Commands at once; after each set what went wrong."""
        for _ in range(number):
            running = []
            for _ in range(self.dice.choice((2, 4))):
                running.append(self._start(*self._command()))
                self._change()
                time.sleep(self.dice.uniform(0, 0.5) * self.length)
            self._change()
            said = [self._end(one) for one in running]
            for path, (first, _) in self.versions.items():
                write_whole(path, first)
            yield [*(text for text in said if "Traceback" in text), *self._wrong()]

    def kills(self, number: int) -> Iterator[list[str]]:
        """Commands killed at any moment; after each what went wrong."""
        for _ in range(number):
            process = self._start(*self._command())
            time.sleep(self.dice.uniform(0.1, 1.0) * self.length)
            process.send_signal(signal.SIGKILL)
            self._end(process)
            yield self._wrong()

    def _change(self) -> None:
        """A form comes back with other words, or with its first ones."""
        path = self.dice.choice(sorted(self.versions))
        write_whole(path, self.dice.choice(self.versions[path]))

    def _command(self) -> list[str]:
        form = self.dice.choice(sorted((self.root / "inputs" / str(YEAR)).glob("*局.xlsx")))
        options = [*self.dice.choice(OPTIONS), "-o", "output"]
        part = self.dice.choice(("all", "all", "one", "rollup"))
        if part == "rollup":
            return ["rollup", "--year", str(YEAR), "-o", "output"]
        return ["build", *([str(form)] if part == "one" else []), *options]

    def _start(self, *command: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "gxgen", *command, "--quiet"],
            cwd=self.root,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def _end(self, process: subprocess.Popen[str]) -> str:
        return process.communicate(timeout=AT_MOST)[1]

    def _wrong(self) -> list[str]:
        """What the next plain build leaves that a clean one does not make."""
        self._end(self._start("build", "--prune", "-o", "output"))
        there = self._visible("output")
        taken = [name for name in there if EDITED in name or FOUND in name]
        same = there == self.clean
        return [*taken, *([] if same else [f"differs: {_difference(there, self.clean)}"])]

    def _visible(self, output: str) -> dict[str, bytes]:
        folder = self.root / output
        files = (path for path in folder.rglob("*") if path.is_file() and FOLDER not in path.parts)
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _otherwise(path: Path) -> bytes:
    """The same form with another telephone number, which its report prints."""
    report = read_workbook(path.read_bytes(), path.name).report
    if report is None:
        return path.read_bytes()
    contact = replace(report.agency.contact, phone="010-00000001")
    agency = replace(report.agency, contact=contact)
    return blank_workbook(report.edition, report.year, agency=agency, fill=report)


def _difference(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def main() -> None:
    """Tell what was tried and what went wrong."""
    sets, kills = (int(said) for said in [*sys.argv[1:], "60", "60"][:2])
    os.environ["PYTHONPATH"] = str(Path(__file__).parents[1])
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("GXGEN_CACHE", f"{folder}/cache")
        trial = Trial(Path(folder) / "p", agencies=5, seed=1)
        at_once = [what for what in trial.sets(sets) if what]
        killed = [what for what in trial.kills(kills) if what]
    print(f"{sets} sets of builds at once: {len(at_once)} wrong", *at_once, sep="\n")
    print(f"{kills} builds killed: {len(killed)} wrong", *killed, sep="\n")
    sys.exit(bool(at_once or killed))


if __name__ == "__main__":
    main()
