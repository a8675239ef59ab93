"""The cells of one sheet, out of its XML: values, and what a cell is besides a value.

One pass by lxml sees all of a cell: formulas, errors, hidden lines, runs of text, styles. Reading
the seven sheets of a form takes about 2.0 ms so; python-calamine, native code that gives values
alone, together with the scans by regular expression that found the rest took 1.75 ms. A check of
100 forms costs 1 % more processor time than before, paired in one run.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter

from lxml.etree import _Element

from gxgen.a1 import Position, cell_name, cell_position
from gxgen.form.read.conditional import laid
from gxgen.form.read.display import displayed
from gxgen.form.read.merged import covered
from gxgen.form.read.runs import Pieces, Rich, pieces_in, printed, run_of
from gxgen.form.read.styles import Style, Styles
from gxgen.opc.limits import WORDS
from gxgen.opc.xml import namespace, whole
from gxgen.places import SheetCell

Cell = str | float | bool | dt.date | dt.time | dt.timedelta
"""What a cell holds that is not blank."""

MAX_ROWS = 20_000
MAX_COLUMNS = 400
_MOST_RUNS = 50_000
"""Pieces of text with a format of their own, in all cells of a sheet; a form has a few dozen."""
_SOME = 4
"""A sheet that may say so small a share of what a workbook may is not counted."""
_LONGEST_ERROR = 20
"""Characters of an error value; ``#GETTING_DATA`` is the longest there is."""


class NamelessError(ValueError):
    """A cell's name is none; ``str()`` says so, in Chinese."""


class TooMuchError(Exception):
    """A sheet holds more than any form; ``str()`` says what, in Chinese."""


_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@lru_cache(maxsize=8192)
def place(sheet: str, row: int, column: int) -> SheetCell:
    """A cell's place; the same few thousand recur in every workbook of a county."""
    return SheetCell(sheet, row, column)


@dataclass(frozen=True, slots=True)
class SheetCells:
    """What the cells of one sheet hold, row by row."""

    name: str
    values: dict[Position, Cell] = field(default_factory=dict)
    formulas: set[Position] = field(default_factory=set)
    uncached: set[Position] = field(default_factory=set)
    """Formulas without a value."""
    errors: dict[Position, str] = field(default_factory=dict)
    formats: dict[Position, Style] = field(default_factory=dict)
    """How numbers are shown that have a format."""
    dressed: dict[Position, tuple[float, str | None]] = field(default_factory=dict)
    """Numbers whose format may show another one, with what is seen; None where that is not sure."""
    marked: dict[Position, Pieces] = field(default_factory=dict)
    """What is held by cells whose format says that it is not all as it stands there."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    covered: set[Position] = field(default_factory=set)
    """Cells with content that nobody sees, because a merged cell lies over them."""
    spots: dict[str, list[Position]] = field(default_factory=dict)
    """Where labels stand, by their words: filled by :mod:`~gxgen.form.read.search`."""

    def at(self, row: int, column: int) -> Cell | None:
        """The cell's value; None where it is blank, an error, or a formula without value."""
        return self.values.get((row, column))

    def place(self, row: int, column: int) -> SheetCell:
        """The place of a cell."""
        return place(self.name, row, column)

    def texts(self) -> Iterator[tuple[int, int, str]]:
        """(row, column, text) of every cell with text."""
        for (row, column), value in self.values.items():
            if isinstance(value, str):
                yield row, column, value

    @property
    def height(self) -> int:
        """The number of rows down to the last one with a value."""
        return max((row for row, _ in self.values), default=-1) + 1

    @property
    def last(self) -> Position:
        """The lowest row and the rightmost column with content."""
        filled = [*self.values, *self.errors]
        return max(map(itemgetter(0), filled), default=0), max(
            map(itemgetter(1), filled), default=0
        )


class Strings(list[str]):
    """The texts that cells refer to by number; ``telling``: the format of some says something."""

    telling = False
    longest = 0
    read = 0
    """Characters that all cells read so far refer to."""


def read_cells(name: str, root: _Element, strings: Strings, styles: Styles) -> SheetCells:
    """The cells of a worksheet, whatever the namespace and prefix it is written with.

    Raises:
        ValueError: a value is none of its kind, or a cell's name is none.
        LookupError: a shared string is missing, or a kind unknown.
        TooMuchError: it holds more than any form.
    """
    cells, space = SheetCells(name), namespace(root)
    data = root.find(space + "sheetData")
    if data is not None:
        telling = _note_cells(cells, data, space, strings, styles)
        _weigh(cells, strings)
        if telling or styles.marking or strings.telling:
            _note_marks(cells, data, space, styles)
        _note_conditional(cells, root, data, styles)
        _note_hidden(cells, root, data)
        _note_dressed(cells)
        cells.covered.update(covered(root, cells.values.keys()))
    cells.uncached.update(cells.formulas - cells.values.keys() - cells.errors.keys())
    return cells


def _weigh(cells: SheetCells, strings: Strings) -> None:
    """Before anything is done with its content: how far a sheet reaches, and how much it says.

    One long text of the workbook may stand in each of its cells.
    """
    row, column = cells.last
    if row >= MAX_ROWS or column >= MAX_COLUMNS:
        far = cell_name(row, column)
        raise TooMuchError(f"的内容一直写到{far}，超出{MAX_ROWS}行或{MAX_COLUMNS}列")
    if len(cells.values) * strings.longest > WORDS // _SOME - strings.read:
        strings.read += sum(len(text) for *_, text in cells.texts())
        if strings.read > WORDS:
            raise TooMuchError(f"里的文字超过{WORDS // 10_000}万字")


def _note_cells(
    cells: SheetCells, data: _Element, space: str, strings: Strings, styles: Styles
) -> bool:
    """Values, formulas and errors; most cells of a form have none, so these are looked for.

    Whether a text that is no shared one has a format that says something.
    """
    values, written, formula, inline = cells.values, space + "v", space + "f", space + "is"
    formats, telling, twice = styles.formats, False, None
    for part in data.iter(written, formula, inline):
        cell, tag = part.getparent(), part.tag
        if cell is None:
            continue
        at = cell_position(cell.get("r", "")) or _position(cell, data)
        if tag == formula:
            cells.formulas.add(at)
            if cell.get("t") == "e":
                cells.errors[at] = "#N/A"
            continue
        kind, text = cell.get("t"), part.text
        if at in values:
            twice = at
        if tag == inline:
            if words := text_of(part, space):
                values[at] = words
                telling = telling or (isinstance(words, Rich) and words.telling)
        elif not text:
            if kind == "e":
                cells.errors[at] = "#N/A"
        elif kind == "s":
            if not (text.isascii() and text.strip().isdigit()):
                raise LookupError(text)
            if shared := strings[int(text)]:
                values[at] = shared
        elif kind is None or kind == "n":
            number = _number(text, kind)
            style = formats.get(cell.get("s"))
            if style is None or isinstance(number, str):
                values[at] = number
            else:
                values[at] = number if style.moment is None else style.moment(number)
                cells.formats[at] = style
        elif kind == "e":
            cells.errors[at] = text[:_LONGEST_ERROR]
        else:
            values[at] = _KINDS[kind](text)
            if kind == "d":
                cells.formats[at] = styles.of(cell.get("s"))
    if twice:
        raise NamelessError(f"有两格都叫{cell_name(*twice)}，不知以哪一格为准")
    return telling


def _note_marks(cells: SheetCells, data: _Element, space: str, styles: Styles) -> None:
    """Cells whose style, or runs of whose text, say that not all holds that stands there."""
    runs = 0
    for cell in data.iter(space + "c"):
        at = cell_position(cell.get("r", "")) or _position(cell, data)
        value, style = cells.values.get(at), styles.marking.get(cell.get("s"))
        if value is None or (style is None and not isinstance(value, Rich)):
            continue
        runs += len(value.runs) if isinstance(value, Rich) else 1
        if runs > _MOST_RUNS:
            raise TooMuchError(f"里一格之内格式不同的文字超过{_MOST_RUNS}段")
        pieces = pieces_in(value, style or styles.of(cell.get("s")))
        if any(piece.mark for piece in pieces):
            cells.marked[at] = pieces
            if isinstance(value, Rich):
                cells.values[at] = printed(pieces) or value


def _note_conditional(cells: SheetCells, root: _Element, data: _Element, styles: Styles) -> None:
    space = namespace(root)
    if root.find(space + "conditionalFormatting") is None:
        return
    held: dict[Position, tuple[object, Style]] = {}
    for cell in data.iter(space + "c"):
        at = cell_position(cell.get("r", "")) or _position(cell, data)
        if (value := cells.values.get(at)) is not None:
            held[at] = value, styles.of(cell.get("s"))
    try:
        for at, pieces in laid(root, styles, held):
            cells.marked.setdefault(at, pieces)
    except OverflowError:
        raise TooMuchError("的条件格式太多") from None


def _note_dressed(cells: SheetCells) -> None:
    for at, style in cells.formats.items():
        value = cells.values.get(at)
        if isinstance(value, float) and not style.plain:
            cells.dressed[at] = value, displayed(value, style.code)


def _number(text: str, kind: str | None) -> float | str:
    """What is said to be a number must be one; what is not said to be anything may be a text."""
    try:
        if "_" in text or not text.isascii():  # what Python takes for a number, no office does
            raise ValueError(text)
        return float(text)
    except ValueError:
        if kind is None:
            return text
        raise


def _date(text: str) -> Cell:
    """A date as ISO 8601 writes it; a span of time stays a text."""
    if text.startswith("P"):
        return text
    return dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)


def _position(cell: _Element, data: _Element) -> Position:
    """The position of a cell whose name is not written as usual; where it has none, all that lack
    one are named first.

    Raises:
        NamelessError: a name that is none; where such a cell stands, nobody can say.
    """
    if cell.get("r") is None:
        _name_all(data)
    name = cell.get("r", "")
    at = cell_position(name.strip().upper())
    if at is None:
        raise NamelessError(f"有一格的位置写作“{name[:20]}”，不是单元格的名称")
    return at


def _name_all(data: _Element) -> None:
    """A cell without a name follows the one before it, or begins its row."""
    row = -1
    for line in data:
        row, column = _row_number(line, row + 1), -1
        for other in line:
            name = other.get("r")
            row, column = (row, column + 1) if name is None else _position(other, data)
            other.set("r", cell_name(row, column))


def _note_hidden(cells: SheetCells, root: _Element, data: _Element) -> None:
    usual = next((part for part in root if str(part.tag).endswith("}sheetFormatPr")), None)
    flat = (
        usual is not None
        and usual.get("customHeight") in _TRUE
        and _less(usual.get("defaultRowHeight"), _LOWEST)
    )
    heights = {(line.get("hidden"), line.get("ht")) for line in data}  # of many rows a few
    if flat or any(_is_hidden(*height, _LOWEST) for height in heights):
        row = -1
        for line in data:
            row = _row_number(line, row + 1)
            height = line.get("ht")
            if _is_hidden(line.get("hidden"), height, _LOWEST) or (flat and height is None):
                cells.hidden_rows.add(row)
    _note_hidden_columns(cells, root, usual)


def _note_hidden_columns(cells: SheetCells, root: _Element, usual: _Element | None) -> None:
    if usual is not None and _less(usual.get("defaultColWidth"), _NARROWEST):
        cells.hidden_columns.update(range(MAX_COLUMNS))
    columns = (part for part in root if str(part.tag).endswith("}cols"))
    for column in (column for part in columns for column in part):
        first, last = whole(column.get("min")), whole(column.get("max"))
        # A form hides what lies beyond it; no column that matters is so far out.
        lines = range(first - 1, min(last, MAX_COLUMNS)) if first and last else ()
        width = column.get("width")
        if _is_hidden(column.get("hidden"), width, _NARROWEST):
            cells.hidden_columns.update(lines)
        elif width is not None:
            cells.hidden_columns.difference_update(lines)


_TRUE = ("1", "true")
_LOWEST, _NARROWEST = 3.0, 0.5
"""Points of a row, and digits of a column, in which nothing can be made out: people and programs
also hide a line by leaving it no room."""


def _is_hidden(hidden: str | None, room: str | None, least: float) -> bool:
    return hidden in _TRUE or _less(room, least)


@lru_cache(maxsize=1024)
def _less(room: str | None, least: float) -> bool:
    return room is not None and _ROOM.fullmatch(room) is not None and float(room) < least


_ROOM = re.compile(r"[0-9]{1,5}(?:\.[0-9]{0,20})?")


def _row_number(line: _Element, following: int) -> int:
    return whole(line.get("r"), following + 1) - 1


def shared_strings(root: _Element) -> Strings:
    """The texts of a workbook's cells."""
    space = namespace(root)
    strings = Strings([text_of(item, space) for item in root.iterchildren(space + "si")])
    strings.longest = max(map(len, strings), default=0)
    if {*map(type, strings)} != {str}:
        strings.telling = any(isinstance(text, Rich) and text.telling for text in strings)
    return strings


def text_of(item: _Element, space: str) -> str:
    """A text with or without runs; how it is read aloud (``rPh``) is no part of it."""
    plain = space + "t"
    if len(item) == 1 and (only := item[0]).tag == plain:
        text = only.text or ""
        if text[:1] in _BLANK or text[-1:] in _BLANK:
            text = _kept(only)
        return unescaped(text) if "_x" in text else text
    runs = []
    for part in item:
        if part.tag in (plain, space + "r"):
            text = unescaped("".join(_kept(t) for t in part.iter(plain)))
            runs.append(run_of(text, part.find(space + "rPr"), space))
    return Rich.of(runs) if any(run.own for run in runs) else "".join(run.text for run in runs)


_BLANK = " \t\r\n"


def _kept(text: _Element) -> str:
    """Space at the ends counts only where the file says so."""
    found = text.text or ""
    return found if text.get(_SPACE) == "preserve" else found.strip(_BLANK)


def unescaped(text: str) -> str:
    """``_x000D_`` is how a workbook writes a character that XML cannot."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


_KINDS: dict[str | None, Callable[[str], Cell]] = {
    "str": unescaped,
    "b": lambda text: text != "0",
    "d": _date,
}
