"""A county's roster out of a spreadsheet: ``名册.xlsx`` or ``名册.csv``.

Columns are found by their heads, wherever they stand; every fault is told with its cell, and
nothing is guessed: a roster that is wrong makes every January wrong.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gxgen.a1 import cell_name
from gxgen.county.files import read_bytes
from gxgen.county.keys import CALLED, CONTACT_KEYS
from gxgen.diagnostics import Finding
from gxgen.errors import UsageError
from gxgen.form.read.book import Book
from gxgen.form.read.cells import SheetCells
from gxgen.form.read.file import PartError, open_file
from gxgen.form.read.plausible import doubts, nameless
from gxgen.form.read.text import plain_text
from gxgen.letters import shown
from gxgen.model.agency import Agency, AgencyKind, Contact
from gxgen.places import SheetCell
from gxgen.published.charset import decode

KEYS = ("name", "short_name", "kind", *CONTACT_KEYS)
MOST_UNITS, _MOST_FAULTS, _HEAD_ROWS = 5_000, 30, 20
_LONGEST = 200
_KINDS = {
    AgencyKind.DEPARTMENT: "部门 县直部门 市直部门 区直部门 县直单位 市直单位 区直单位 政府部门",
    AgencyKind.TOWN: "镇 乡 乡镇 镇政府 乡政府 乡镇政府",
    AgencyKind.SUBDISTRICT: "街道 街道办 街道办事处",
    AgencyKind.GOVERNMENT: "政府",
    AgencyKind.OTHER: "其他 其它 其他单位",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_NO_UNIT = re.compile(
    r"^[一二三四五六七八九十]+、|^(?:合计|总计|小计|共)|[(（]\s{0,2}\d{1,6}\s{0,2}[个家]?\s{0,2}[)）]$"
)
"""A caption between the units, or a sum below them."""

Grid = dict[tuple[int, int], str]
"""A sheet's texts by row and column, counted from 0."""


class RosterError(UsageError):
    """A roster that cannot be; ``faults`` are sentences, each with its place."""

    def __init__(self, what: str, faults: Sequence[str]) -> None:
        """``what`` it is, for the head of the message."""
        self.faults = tuple(faults)
        super().__init__(f"{what} 有误，没有采用：\n" + "\n".join(_listed(self.faults)))


@dataclass(frozen=True, slots=True)
class Roster:
    """The units in the order of the sheet, and the heads of columns that were of no use."""

    agencies: tuple[Agency, ...]
    unused: tuple[str, ...]


def read_roster(path: Path) -> Roster:
    """The roster in a file.

    Raises:
        UsageError: it is none; the message lists every fault with its cell.
        EnvironmentProblemError: it cannot be read.
    """
    data, ending = read_bytes(path), path.suffix.lower()
    if ending not in (".xlsx", ".csv"):
        raise UsageError(f"{path}：名册要存成 .xlsx 或 .csv。")
    sheets = {"": _csv(path, data)} if ending == ".csv" else dict(_xlsx(path, data))
    found = {name: heads for name, grid in sheets.items() if (heads := _heads(grid))}
    if not found:
        names = "、".join(CALLED["name"][:4])
        raise UsageError(f"{path} 里没有找到单位名称一列：表头应当有一格写“{names}”之一。")
    if len(found) > 1:
        raise UsageError(f"{path} 有几张表都像名册：{'、'.join(found)}；请只留一张。")
    (sheet, (top, columns)) = next(iter(found.items()))
    reading = _Reading(sheets[sheet], sheet if len(sheets) > 1 else "", columns)
    agencies = list(reading.agencies(top))
    if reading.faults:
        raise RosterError(str(path), reading.faults)
    if not agencies:
        raise UsageError(f"{path} 里没有单位：表头下面是空的。")
    return Roster(tuple(agencies), tuple(_unused(sheets[sheet], top, columns)))


_PASTED = ("name", "short_name", "kind", "phone")
"""The columns of pasted rows that have no heads."""


def pasted(rows: str) -> Roster:
    """The roster in rows that were copied out of a spreadsheet: cells apart by tabs, with their
    heads, or in the order 全称、简称、类别、电话.

    Raises:
        RosterError: something in it cannot be; a sentence for each fault, with its row.
    """
    lines = rows.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    grid = {
        (at, column): text
        for at, line in enumerate(lines)
        for column, text in enumerate(line.split("\t"))
    }
    top, columns = _heads(grid) or (-1, {key: at for at, key in enumerate(_PASTED)})
    reading = _Pasted(grid, "", columns)
    agencies = tuple(reading.agencies(top))
    if reading.faults:
        raise RosterError("粘贴的名册", reading.faults)
    return Roster(agencies, tuple(_unused(grid, top, columns)))


def units_of(found: Roster, government: str) -> tuple[tuple[Agency, ...], str | None]:
    """The units, and the county's government where the roster names it: it is no unit, as its
    report adds up the others."""
    units = tuple(one for one in found.agencies if one.name != government)
    return units, government if len(units) < len(found.agencies) else None


def told(found: Roster, government: str | None) -> list[str]:
    """What was taken from a roster, as sentences."""
    kinds = Counter(one.kind.value if one.kind else "没有写类别" for one in found.agencies)
    counts = "、".join(f"{kind}{number}个" for kind, number in kinds.items())
    said = [f"名册：{len(found.agencies)}个单位（{counts}）。"]
    if government:
        said.append(f"“{government}”写成了 government：它发布全县汇总，不算一个报送单位。")
    if found.unused:
        said.append(f"没有用到的列：{'、'.join(found.unused)}。")
    return said


def _listed(faults: Sequence[str]) -> list[str]:
    more = len(faults) - _MOST_FAULTS
    return [
        *(f"  {one}" for one in faults[:_MOST_FAULTS]),
        *([f"  另有{more}处。"] if more > 0 else []),
    ]


def _csv(path: Path, data: bytes) -> Grid:
    decoded = decode(data)
    if decoded.damaged or "\0" in decoded.text:
        raise UsageError(f"{path} 的编码认不出来；请在 Excel 或 WPS 里另存为 .xlsx。")
    head = decoded.text.partition("\n")[0]
    comma = max(",\t;，", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(decoded.text, newline=""), delimiter=comma, strict=True))
    except csv.Error:
        raise UsageError(f"{path} 的引号不成对；请在 Excel 或 WPS 里另存为 .xlsx。") from None
    return {(at, col): text for at, row in enumerate(rows) for col, text in enumerate(row)}


def _xlsx(path: Path, data: bytes) -> Iterator[tuple[str, Grid]]:
    file = open_file(data, path.name)
    if isinstance(file, Finding):
        raise UsageError(f"{path}：{file.message}")
    try:
        book = Book(file)
        for name in book.names.sheets:
            cells = book.sheet(name)
            if cells is not None:
                yield name, _texts(cells)
    except PartError as error:
        raise UsageError(f"{path}：{error.finding.message}") from None


def _texts(cells: SheetCells) -> Grid:
    return {at: plain_text(value) for at, value in cells.values.items()}


def _plain(text: str) -> str:
    return re.sub(r"[\s*＊:：]|[(（][^()（）]{0,60}[)）]", "", unicodedata.normalize("NFKC", text))


_HEADS = {_plain(name): key for key in KEYS for name in CALLED[key]}


def _heads(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """The row of the heads and the column of each key; a key that two columns bear goes to the
    more exact head."""
    for row in sorted({row for row, _ in grid if row < _HEAD_ROWS}):
        texts = {_plain(text): column for (at, column), text in sorted(grid.items()) if at == row}
        columns = {
            key: texts[found]
            for key in KEYS
            if (found := next((w for w in map(_plain, CALLED[key]) if w in texts), None))
        }
        if ("name" in columns and len(texts) > 1) or list(texts) in ([w] for w in CALLED["name"]):
            return row, columns
    return None


def _unused(grid: Grid, top: int, columns: Mapping[str, int]) -> Iterator[str]:
    used = set(columns.values())
    for (row, column), text in sorted(grid.items()):
        if row == top and column not in used and text.strip() and _plain(text) != "序号":
            yield shown(text.strip()[:20])


class _Reading:
    """The units of a sheet, and what is wrong with them."""

    def __init__(self, grid: Grid, sheet: str, columns: Mapping[str, int]) -> None:
        self.grid, self.sheet, self.columns = grid, sheet, columns
        self.faults: list[str] = []
        self.named: dict[str, dict[str, str]] = defaultdict(dict)

    def agencies(self, top: int) -> Iterator[Agency]:
        """The units below the heads."""
        rows = sorted({row for row, _ in self.grid if row > top})
        for row in rows[:MOST_UNITS]:
            said = {key: self._text(row, key) for key in self.columns}
            if any(said.values()):
                yield self._agency(row, said)
        if len(rows) > MOST_UNITS:
            self.faults.append(f"超过{MOST_UNITS}行，不像是一个县的名册")

    def _text(self, row: int, key: str) -> str:
        text = self.grid.get((row, self.columns[key]), "").strip()
        if len(text) > _LONGEST:
            self._tell(row, key, f"有{len(text)}个字，最多{_LONGEST}个")
        elif not text.isprintable() or (key in ("name", "short_name") and re.search(r"\s", text)):
            self._tell(row, key, f"“{shown(text)}”中间有空格或换行，请删去")
        return text[:_LONGEST]

    def _agency(self, row: int, said: Mapping[str, str]) -> Agency:
        name, short = said["name"], said.get("short_name", "")
        if not name:
            self._tell(row, "name", "没有填单位名称，而这一行别的格有内容")
        elif nameless(name) or _NO_UNIT.search(name):
            self._tell(row, "name", f"“{shown(name)}”不像单位名称；小标题和合计请删去")
        self._once(row, "name", name)
        self._once(row, "short_name", short)
        contact = {key: said.get(key) or None for key in CONTACT_KEYS}
        places: dict[str, SheetCell] = {
            f"contact.{key}": SheetCell(self.sheet, row, self.columns[key])
            for key, value in contact.items()
            if value
        }
        values: dict[str, Any] = {f"contact.{key}": value for key, value in contact.items()}
        found = doubts(values, places)
        self.faults += [self._doubt(one.message, places[one.key or ""]) for one in found]
        return Agency(
            name, short or None, self._kind(row, said.get("kind", "")), Contact(**contact)
        )

    def _doubt(self, message: str, place: SheetCell) -> str:
        return message.removeprefix("!")

    def _kind(self, row: int, text: str) -> AgencyKind | None:
        kind = _KIND_OF.get(_plain(text))
        if text and kind is None:
            choices = "、".join(one.value for one in AgencyKind)
            self._tell(row, "kind", f"“{shown(text)}”不是单位的类别，只能是：{choices}")
        return kind

    def _once(self, row: int, key: str, text: str) -> None:
        before = self.named[key].setdefault(text, self._at(row, key)) if text else ""
        if text and before != self._at(row, key):
            self._tell(row, key, f"“{shown(text)}”和 {before} 重复")

    def _at(self, row: int, key: str) -> str:
        cell = cell_name(row, self.columns[key])
        return f"{self.sheet}!{cell}" if self.sheet else cell

    def _tell(self, row: int, key: str, what: str) -> None:
        self.faults.append(f"{self._at(row, key)}：{what}。")


class _Pasted(_Reading):
    """Rows that nobody sees as cells any more: faults name row and unit."""

    def _at(self, row: int, key: str) -> str:
        return f"{self._row(row)}的{CALLED[key][0]}"

    def _doubt(self, message: str, place: SheetCell) -> str:
        """The fields' own sentences begin with a cell."""
        return self._row(place.row) + message.removeprefix(str(place)).removeprefix("!")

    def _row(self, row: int) -> str:
        name = self.grid.get((row, self.columns["name"]), "").strip()[:_LONGEST]
        return f"粘贴的第{row + 1}行“{shown(name)}”"
