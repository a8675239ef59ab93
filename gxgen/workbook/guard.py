"""What python-calamine does not tell: which cells hold a formula, and which an error.

calamine gives ``''`` for a blank, for a formula without cached value and for ``#N/A`` alike, so
the raw XML of the sheet is scanned for the few cells that are more than a value. Sheets are
written in one canonical way by Excel, WPS, LibreOffice and every library at hand; one that is
written otherwise is scanned by a real parser, about ten times slower.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

Position = tuple[int, int]

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
    if _PLAIN.match(xml) is None or any(odd in xml for odd in _ODD) or _FAR.search(xml):
        return _slow(xml)
    guard = Guard()
    end = xml.find(b"</sheetData>")
    for sign in (b"<f", b' t="e"'):
        at = xml.find(sign, 0, end)
        while at >= 0:
            start, after = xml.rfind(b"<c ", 0, at), xml.find(b"</c>", at)
            if start < 0 or after < 0 or not _note(guard, xml[start:after]):
                return _slow(xml)
            at = xml.find(sign, after, end)
    return guard


_PLAIN = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<worksheet[ >]")
_FAR = re.compile(rb'r="(?:[A-Z]{3}\d|[A-Z]*\d{5})')
_ODD = (b"<!", b"='", b"= ", b":sheetData", b"<c>", b"<c\n", b"<c\r", b"<c\t")
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*>')
_POSITION = re.compile(rb'<c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>')
_VALUE = re.compile(rb"<v(?: [^>]*)?>([^<]+)<")


def _note(guard: Guard, cell: bytes) -> bool:
    """Take down one cell, from its start to its end tag; False if it is not as expected."""
    match = _CELL.match(cell) or _POSITION.match(cell)
    if match is None:
        return False
    at = int(match[2]) - 1, column_number(match[1])
    value = None if cell.endswith(b"/>") else _VALUE.search(cell, match.end())
    if cell.find(b"<f", match.end()) >= 0:
        guard.formulas.add(at)
        if value is None:
            guard.uncached.add(at)
    if b' t="e"' in match[0]:
        guard.errors[at] = value[1].decode("utf-8", "replace") if value else "#N/A"
    return True


@lru_cache(maxsize=1024)
def column_number(letters: bytes | str) -> int:
    """0-based column of its letters: ``A`` → 0, ``AA`` → 26."""
    number = 0
    for letter in letters.encode() if isinstance(letters, str) else letters:
        number = number * 26 + letter - 64
    return number - 1


_NAME = re.compile(r"([A-Z]{1,3})(\d{1,7})")


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
        if match := _NAME.fullmatch(attributes.get("r", "")):
            self.row, self.column = int(match[2]) - 1, column_number(match[1])
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
