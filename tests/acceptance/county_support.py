"""A demo county built by the command as a county office would, and its files read without gxgen:
figures through the defined names of the forms, tables of a report through their XML."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree

from tests.support import ROOT

NAME, YEAR = "云垟县", 2024
GOVERNMENT = f"{NAME}人民政府"
TITLE = f"{YEAR}年政府信息公开工作年度报告"
DETAIL = f"{GOVERNMENT}{TITLE}汇总明细.xlsx"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TABLES = ("disclosure.", "requests.", "remedies.")
_CELL = re.compile(r"'(?P<sheet>[^']+)'!\$(?P<column>[A-Z]+)\$(?P<row>\d+)")

Figures = dict[str, Any]
Place = tuple[str, str]
"""Sheet and cell."""


@dataclass(frozen=True)
class County:
    """A project's folder, and what the last build in it said."""

    root: Path
    code: int
    said: dict[str, Any]

    @property
    def inputs(self) -> Path:
        return self.root / "inputs" / str(YEAR)

    @property
    def output(self) -> Path:
        return self.root / "output" / str(YEAR)

    @property
    def returns(self) -> list[Path]:
        return sorted((self.output / "returns").glob("*"))

    @cached_property
    def manifest(self) -> dict[str, dict[str, Any]]:
        """The entries of ``build.json`` by agency."""
        units = json.loads((self.output / "build.json").read_text(encoding="utf-8"))["units"]
        return {unit["agency"]: unit for unit in units}

    @property
    def outcomes(self) -> dict[str, int]:
        """How many units were built, unchanged, refused."""
        return Counter(unit["outcome"] for unit in self.said["units"])

    def report(self, agency: str, mark: str = "") -> Path:
        return self.output / f"{agency}{TITLE}{mark}.docx"

    def about(self, agency: str) -> list[dict[str, Any]]:
        """The findings of the last run on an agency."""
        return [one for one in self.said["findings"] if one["agency"] == agency]


def blocking(county: County, agency: str) -> list[dict[str, Any]]:
    """The findings on an agency that its return copy shows in cells."""
    return [f for f in county.manifest[agency]["findings"] if f["severity"] != "note"]


def gxgen(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as its own process, in the project's folder; no traceback, ever."""
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-m", "gxgen", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def demo(root: Path, *options: str) -> Path:
    """A new project with an invented county of 100 agencies and one year."""
    root.mkdir()
    made = gxgen(root, "init", ".", "--county", NAME, "--year", str(YEAR), "--demo", "100",
                 "--years", "1", *options)  # fmt: skip
    assert made.returncode == 0, made.stderr
    return root


def run(root: Path, command: str = "build") -> County:
    """``gxgen build`` or ``gxgen check`` of the whole project."""
    done = gxgen(root, command, "--quiet", "--format", "json")
    assert done.stdout, done.stderr
    return County(root, done.returncode, json.loads(done.stdout))


def twin(county: County, root: Path) -> Path:
    """A copy of a project that is not built, to work in."""
    return shutil.copytree(county.root, root, ignore=shutil.ignore_patterns("output"))


@contextmanager
def changing(county: County) -> Iterator[Path]:
    """A copy of a built project in its very place: records of another folder are not believed, and
    all would be built anew. Afterwards the project lies there as before."""
    kept, copy = (county.root.with_name(f"{county.root.name} {word}") for word in ("kept", "copy"))
    shutil.copytree(county.root, copy)
    county.root.rename(kept)
    copy.rename(county.root)
    try:
        yield county.root
    finally:
        shutil.rmtree(county.root)
        kept.rename(county.root)


@dataclass(frozen=True)
class Form:
    """A form as it shows itself."""

    cells: dict[Place, Any]
    """What cells show; blank ones are not among them."""
    keys: dict[str, Place]
    """Where the figures stand, from the workbook's own names."""

    @property
    def figures(self) -> Figures:
        return {key: self.cells[place] for key, place in self.keys.items()}


def form(path: Path) -> Form:
    """Read a form by openpyxl; the same bytes once."""
    return _read(path.read_bytes())


@cache
def _read(data: bytes) -> Form:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    keys = {}
    for name, defined in book.defined_names.items():
        key, place = name.removeprefix("gx."), _CELL.fullmatch(defined.attr_text)
        if key != name and key.startswith(_TABLES) and place:
            keys[key] = place["sheet"], place["column"] + place["row"]
    shown = {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    book.close()
    return Form(shown, keys)


def added(paths: Iterable[Path]) -> Figures:
    """The sums of forms, exact."""
    sums: dict[str, Decimal] = {}
    for path in paths:
        for key, value in form(path).figures.items():
            sums[key] = sums.get(key, Decimal()) + Decimal(str(value))
    return sums


def printed(document: Path) -> Iterator[Decimal]:
    """The numbers in the tables of a report, in reading order."""
    root = etree.fromstring(zipfile.ZipFile(document).read("word/document.xml"))
    for cell in root.iter(f"{W}tc"):
        text = "".join(t.text or "" for t in cell.iter(f"{W}t"))
        if re.fullmatch(r"-?\d+(\.\d+)?", text):
            yield Decimal(text)


def words(document: Path) -> str:
    """All text of a report, headers aside."""
    root = etree.fromstring(zipfile.ZipFile(document).read("word/document.xml"))
    return "".join(t.text or "" for t in root.iter(f"{W}t"))


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """(inode, mtime in ns) of every file below, hidden ones too."""
    found = ((path, path.stat()) for path in folder.rglob("*") if path.is_file())
    return {p.relative_to(folder).as_posix(): (s.st_ino, s.st_mtime_ns) for p, s in found}


def detail_totals(path: Path) -> Figures:
    """The totals that 汇总明细 shows, by the keys printed beneath them."""
    sheet = openpyxl.load_workbook(path, data_only=True)["汇总明细"]
    rows = list(sheet.iter_rows(values_only=True))
    at = next(number for number, row in enumerate(rows) if row[1] == "agency")
    assert rows[at - 1][1] == "合计"
    return dict(zip(rows[at][2:], rows[at - 1][2:], strict=True))


def without_results(source: Path, target: Path) -> None:
    """The same workbook with formulas whose results are forgotten, so that they are computed."""
    book = openpyxl.load_workbook(source)
    book.save(target)


def typed_into(path: Path, values: Mapping[Place, object], target: Path) -> Any:
    """Save a form under another name with values typed into cells, never over a formula, as
    another program would save it; returns the workbook."""
    book = openpyxl.load_workbook(path)
    for (sheet, cell), value in values.items():
        if not str(book[sheet][cell].value).startswith("="):
            book[sheet][cell] = value
    book.save(target)
    return book
