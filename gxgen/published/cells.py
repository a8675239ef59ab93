"""The cells of loose lines: by tabs, bars, commas, blanks, or one on a line.

What each cell is depends on its words alone: a label of the table, a figure, nothing, or other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from gxgen.letters import squeezed
from gxgen.places import Published, TextLine
from gxgen.prose.raw import EDGES
from gxgen.published.blocks import Para
from gxgen.published.labels import Label, label_of, one_label
from gxgen.published.rows import BLANKS, figure_like

LONGEST_BREAK = 5
"""Neighbouring cells that one label can be broken into."""
_GAP = re.compile(r"[ \u3000\xa0]{2,}")
_BARS = re.compile(r"[|｜│]")
_COMMAS = re.compile(r"[,，]")
_NUMBER = r"(?:[+\-−]?\d[\d.]*|/|-|—)"
_TAIL = re.compile(rf"(?P<label>.*?[^\d\s.+\-−/—])(?P<tail>(?:[ \u3000\xa0]+{_NUMBER})+)")
_COMMA_TAIL = re.compile(rf"(?P<label>.*?[^\d\s.+\-−/—,，])(?P<tail>(?:[,，] ?{_NUMBER})+)")
_INNER_NUMBERS = re.compile(r"[ \u3000\xa0]\d+[ \u3000\xa0]")
_GLUED = re.compile(r"(?P<label>.*[\u4e00-\u9fff”\"）)])(?P<digits>\d+)")
_ONLY_NUMBERS = re.compile(rf"{_NUMBER}(?:[ \u3000\xa0]+{_NUMBER})+")
_THOUSANDS = re.compile(r"\d{3}(?!\d)")
_LONGEST_CELL = 120
_LONGEST_LINE = 4_000
"""Letters of the longest line that holds a table; longer ones are not looked into."""


class Is(Enum):
    """What a cell is."""

    LABEL = auto()
    FIGURE = auto()
    BLANK = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a line: ``line`` counts the lines given, ``shape`` is (separator, cells)."""

    kind: Is
    text: str
    place: Published
    line: int
    shape: tuple[str, int]
    label: Label | None = None
    glued: bool = False
    doubtful: bool = False
    """Its line could be told into cells otherwise as well."""
    lines: tuple[int, ...] = ()
    """The lines that its pieces stand on."""


def cells_of(lines: Sequence[Para], table: str) -> list[Cell]:
    """The cells of all lines, labels put together from their pieces."""
    raw = [cell for at, line in enumerate(lines) for cell in _line_cells(line, at, table)]
    return list(_put_together(raw, table))


def _line_cells(line: Para, at: int, table: str) -> Iterator[Cell]:
    separator, pieces = _split(line.text, table)
    shape = separator, len(pieces)
    doubt = separator == "comma" and any(map(_is_thousands, pieces, pieces[1:]))
    for number, piece in enumerate(pieces, 1):
        place = line.place
        if isinstance(place, TextLine) and len(pieces) > 1:
            place = TextLine(place.file, place.line, number)
        for kind, text, label, glued in _told_apart(piece.strip(EDGES), table, len(pieces)):
            yield Cell(kind, text, place, at, shape, label, glued, doubt, (at,))


def _is_thousands(before: str, piece: str) -> bool:
    """Whether a comma could stand inside a number."""
    head = before.strip(EDGES)
    digits = head.isdigit() and len(head) < 4 and head != "0"
    return digits and _THOUSANDS.fullmatch(piece.strip(EDGES)) is not None


def _split(text: str, table: str) -> tuple[str, list[str]]:
    """The kind of separator and the pieces of a line."""
    if "\t" in text:
        return "tab", text.split("\t")
    if _BARS.search(text):
        return "bar", _BARS.split(text)
    bare = text.strip(EDGES)
    if one_label(bare, table) or len(bare) > _LONGEST_LINE:
        return "", [bare]
    if len(gaps := _GAP.split(bare)) > 1:
        return "gap", gaps
    if found := _COMMA_TAIL.fullmatch(bare):
        return "comma", [found["label"], *_COMMAS.split(found["tail"])[1:]]
    pieces = _COMMAS.split(bare)
    if len(pieces) > 2 and all(figure_like(p) or one_label(p, table) for p in pieces if p):
        return "comma", pieces
    found = _TAIL.fullmatch(bare)
    if found and not _INNER_NUMBERS.search(found["label"]):
        return "blank", [*_labels(found["label"], table), *found["tail"].split()]
    if _ONLY_NUMBERS.fullmatch(bare):
        return "blank", bare.split()
    words = _labels(bare, table)
    return ("blank" if len(words) > 1 else "", words)


def _labels(text: str, table: str) -> list[str]:
    """A piece as it is, or by its blanks where several labels stand between them."""
    words = text.split()
    if "。" in text or one_label(text, table):
        return [text]
    return words if sum(bool(label_of(word, table)) for word in words) > 1 else [text]


def _told_apart(text: str, table: str, cells: int) -> Iterator[tuple[Is, str, Label | None, bool]]:
    """Kind, text and label of one of a line's cells, and whether it is glued to the one before: a
    label with digits right behind it is two."""
    if text in BLANKS:
        yield Is.BLANK, text, None, False
    elif figure_like(text, words=cells > 1):
        yield Is.FIGURE, text, None, False
    elif found := label_of(text, table):
        yield Is.LABEL, text, found, False
    elif (glued := _GLUED.fullmatch(squeezed(text))) and (found := label_of(glued["label"], table)):
        yield Is.LABEL, glued["label"], found, False
        yield Is.FIGURE, glued["digits"], None, True
    else:
        yield Is.OTHER, text, None, False


def _put_together(cells: Sequence[Cell], table: str) -> Iterator[Cell]:
    """Labels from up to five neighbouring pieces, the longest first."""
    at = 0
    while at < len(cells):
        size = _label_size(cells, at, table)
        if size < 2:
            yield cells[at]
            at += 1
            continue
        pieces = cells[at : at + size]
        text = "".join(piece.text for piece in pieces)
        found = one_label(text, table)
        on = tuple(dict.fromkeys(piece.line for piece in pieces))
        last = pieces[-1]
        yield replace(last, kind=Is.LABEL, text=text, label=found, place=pieces[0].place, lines=on)
        at += size


def _label_size(cells: Sequence[Cell], at: int, table: str) -> int:
    """How many cells from this one on make one label; 1 where it stands for itself."""
    if cells[at].kind in (Is.FIGURE, Is.BLANK) or len(cells[at].text) > _LONGEST_CELL:
        return 1
    most = next(
        (
            n
            for n, c in enumerate(cells[at : at + LONGEST_BREAK])
            if c.kind in (Is.FIGURE, Is.BLANK)
        ),
        LONGEST_BREAK,
    )
    for size in range(min(most, len(cells) - at), 1, -1):
        pieces = cells[at : at + size]
        if all(piece.kind is Is.LABEL for piece in pieces) or any(
            len(piece.text) > _LONGEST_CELL or piece.text.endswith("。") for piece in pieces
        ):
            continue
        found = one_label("".join(piece.text for piece in pieces), table)
        if found is not None and _is_new(found, pieces):
            return size
    return 1


def _is_new(found: Label, pieces: Sequence[Cell]) -> bool:
    """Whether the whole is another label than any of the pieces is by itself, or its note."""
    own = [piece.label.core for piece in pieces if piece.label]
    if not own:
        return True
    return len(pieces) == 2 and own == [found.core] and pieces[0].label is not None
