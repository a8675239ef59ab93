"""What python-calamine does not tell: which cells hold a formula, and which an error.

calamine gives ``''`` for a blank, for a formula without cached value and for ``#N/A`` alike, so
the raw XML of the sheet is scanned for the few cells that are more than a value. Sheets are
written in one canonical way by Excel, WPS, LibreOffice and every library at hand; one that is
written otherwise is scanned by a real parser, about ten times slower.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from gxgen.a1 import Position, cell_position

MAX_ROWS = 20_000
MAX_COLUMNS = 400


@dataclass(slots=True)
class Guard:
    """Positions (0-based) of formulas, of those without cached value, and of error cells."""

    formulas: set[Position] = field(default_factory=set)
    uncached: set[Position] = field(default_factory=set)
    errors: dict[Position, str] = field(default_factory=dict)
    too_large: Position | None = None
    """The last cell with content, where it lies beyond all reason."""


class MalformedSheetError(Exception):
    """The sheet is not well-formed XML."""


def scan(xml: bytes) -> Guard:
    """Scan the XML of one sheet.

    Raises:
        MalformedSheetError: it is not well-formed where that matters.
    """
    end = xml.find(b"</sheetData>")
    usual = _PLAIN.match(xml) is not None and end >= 0 and _DECLARATION.search(xml) is None
    if not usual or (_LONG_NAME.search(xml) and _FAR.search(xml)):
        return _slow(xml)
    guard = Guard()
    told = _note_formulas(guard, xml, end) and _note_errors(guard, xml, end)
    return guard if told else _slow(xml)


_PLAIN = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<worksheet[ >]")
_DECLARATION = re.compile(rb"<!")
"""As a pattern, because ``in`` stops at every ``<`` and takes twice as long."""
_FAR = re.compile(rb'r="(?:[A-Z]{3}\d|[A-Z]*\d{5})')
_LONG_NAME = re.compile(rb'r="[A-Z\d]{4}')
"""What every far name has and hardly any other: quicker to search for."""
_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3}\d{1,7})"[^<>]*><f(?:[^<>]*/>|[^<>]*>[^<]*</f>)(?:<v>([^<]*)</v>)?</c>'
)
_ERROR = re.compile(
    rb'<c r="([A-Z]{1,3}\d{1,7})"[^<>]* t="e"[^<>]*>'
    rb"(?:<f(?:[^<>]*/>|[^<>]*>[^<]*</f>))?(?:<v>([^<]*)</v>)?</c>"
)


def _note_formulas(guard: Guard, xml: bytes, end: int) -> bool:
    """Take down the cells with a formula; False if one of them is not written as usual."""
    first = xml.find(b"<f", 0, end)
    if first < 0:
        return True
    start = xml.rfind(b"<c ", 0, first)
    stop = xml.find(b"</c>", xml.rfind(b"<f", first, end), end) + len(b"</c>")
    found = _FORMULA.findall(xml, max(start, 0), stop)
    if len(found) != xml.count(b"<f", first, end):
        return False
    guard.formulas.update([_position(name) for name, _ in found])
    guard.uncached.update([_position(name) for name, value in found if not value])
    return True


def _note_errors(guard: Guard, xml: bytes, end: int) -> bool:
    """Take down the cells with an error; False if one of them is not written as usual."""
    at = xml.find(b' t="e"', 0, end)
    while at >= 0:
        start = xml.rfind(b"<c ", 0, at)
        match = _ERROR.match(xml, start) if start >= 0 else None
        if match is None or match.end() <= at:
            return False
        text = match[2].decode("utf-8", "replace") if match[2] else "#N/A"
        guard.errors[_position(match[1])] = text
        at = xml.find(b' t="e"', match.end(), end)
    return True


_ROW = re.compile(rb"<(?:\w+:)?row\b([^<>]*)>")
_ROW_NUMBER = re.compile(rb"\sr=[\"'](\d{1,7})[\"']")
_HIDDEN = re.compile(rb"\shidden=[\"'](?:1|true)[\"']")


def hidden_rows(xml: bytes) -> set[int]:
    """The rows (0-based) of a sheet that nobody sees."""
    hidden: set[int] = set()
    if xml.find(b"hidden=") < 0 or _HIDDEN.search(xml) is None:
        return hidden
    row = -1
    for attributes in _ROW.findall(xml):
        number = _ROW_NUMBER.search(attributes)
        row = row + 1 if number is None else int(number[1]) - 1
        if _HIDDEN.search(attributes):
            hidden.add(row)
    return hidden


_COLUMNS = re.compile(rb"<(?:\w+:)?col\b([^<>]*)>")
_EXTENT = re.compile(rb"\s(min|max)=[\"'](\d{1,5})[\"']")


def hidden_columns(xml: bytes) -> set[int]:
    """The columns (0-based) of a sheet that nobody sees."""
    hidden: set[int] = set()
    if xml.find(b"hidden=") < 0:
        return hidden
    for attributes in _COLUMNS.findall(xml, 0, max(xml.find(b"sheetData"), 0)):
        extent = {name: int(number) for name, number in _EXTENT.findall(attributes)}
        if _HIDDEN.search(attributes) and extent.keys() == {b"min", b"max"}:
            # A form hides what lies beyond it; no column that matters is so far out.
            hidden.update(range(extent[b"min"] - 1, min(extent[b"max"], MAX_COLUMNS)))
    return hidden


def _position(name: bytes) -> Position:
    return cell_position(name.decode()) or (0, 0)


class _Scanner:
    """The same scan by a real parser; it also counts rows and columns without address."""

    def __init__(self) -> None:
        self.guard = Guard()
        self.row = self.column = -1
        self.kind = ""
        self.text: list[str] | None = None
        self.far = (0, 0)
        self.filled = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "row":
                at = attributes.get("r", "")
                self.row = int(at) - 1 if at.isdecimal() else self.row + 1
                self.column = -1
            case "c":
                self._cell(attributes)
            case "f" if self.kind:
                self.guard.formulas.add((self.row, self.column))
            case "v" | "is" if self.kind:
                self.text = []

    def _cell(self, attributes: dict[str, str]) -> None:
        self.kind, self.filled = attributes.get("t", "n"), False
        if at := cell_position(attributes.get("r", "")):
            self.row, self.column = at
        else:
            self.column += 1

    def end(self, tag: str) -> None:
        at = (self.row, self.column)
        match tag.rpartition(":")[2]:
            case "v" | "is" if self.text is not None:
                self._value(at, "".join(self.text))
                self.text = None
            case "c":
                if at in self.guard.formulas and not self.filled:
                    self.guard.uncached.add(at)
                self.kind = ""

    def _value(self, at: Position, text: str) -> None:
        self.filled = bool(text)
        if self.filled:
            self.far = max(self.far[0], at[0]), max(self.far[1], at[1])
        if self.kind == "e":
            self.guard.errors[at] = text or "#N/A"

    def characters(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)


def _slow(xml: bytes) -> Guard:
    scanner = _Scanner()
    parser = expat.ParserCreate()
    parser.StartElementHandler = scanner.start
    parser.EndElementHandler = scanner.end
    parser.CharacterDataHandler = scanner.characters
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError) as error:
        raise MalformedSheetError(str(error)) from None
    if scanner.far[0] >= MAX_ROWS or scanner.far[1] >= MAX_COLUMNS:
        scanner.guard.too_large = scanner.far
    return scanner.guard
