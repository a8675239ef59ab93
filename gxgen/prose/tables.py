"""Which tables and lines of a text file are the form's own three tables.

Their figures are filled in the workbook, so the form's own rows are passed over, and told. A line
counts as one only where it is a label to the letter or a bare figure, among others of its kind:
a sentence made of a label's words is the agency's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.letters import squeezed
from gxgen.model.numbering import fold

ENOUGH = 0.8
"""Share of a table's labels that must be there, in order, and of its words that must be labels."""
LIKENESS = 0.75
FEWEST = 3
"""Labels that must follow each other in a text before any line of it is a table's."""
LONGEST_BREAK = 4
"""Pieces into which a copied cell is broken over lines, at most, that follow each other."""
FARTHEST = 40
"""Cells among which the pieces of one label are looked for: columns of a PDF are interleaved."""
_BOOKMARK = re.compile(r"\[bookmark:[^\[\]]*\]")
_FIGURE = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?(?:万元|元|件|份|条)?(?:[(（][^)）]*[)）])?|[-—–/]+")
_BARS = re.compile(r"[\t|｜]|[ \u3000]{2,}")
_PIECES = re.compile(r"[,，\s]+")
_ENDS_SENTENCE = tuple("。！？；;!?")

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class FormRows:
    """Numbers of the lines that are a form's table; ``strays`` are lines of text between them.

    ``odd``: rows among the lines that are not the form's. ``whole``: most labels of one of the
    form's tables are there.
    """

    lines: tuple[int, ...] = ()
    strays: tuple[int, ...] = ()
    odd: tuple[int, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Cell:
    line: int
    raw: str
    core: str

    @property
    def is_sentence(self) -> bool:
        return self.raw.endswith(_ENDS_SENTENCE)


@dataclass(slots=True)
class _Sorted:
    """Labels by line, lines with a figure, lines that hold anything else."""

    labels: dict[int, list[str]] = field(default_factory=dict)
    figures: set[int] = field(default_factory=set)
    others: set[int] = field(default_factory=set)
    unknown: list[_Cell] = field(default_factory=list)


def form_rows(lines: Sequence[str]) -> FormRows:
    """Which lines of a section's text are rows or single cells of the form's tables."""
    cells = [
        _Cell(at, raw, _core(raw))
        for at, line in enumerate(lines)
        for raw in map(str.strip, _BARS.split(line))
        if raw
    ]
    found = _sorted_out(cells)
    runs = [
        run
        for run in _runs(len(lines), found.others)
        if len({label for at in run for label in found.labels.get(at, ())}) >= FEWEST
    ]
    if not runs:
        return FormRows()
    odd = _odd_rows(lines, found, range(runs[0].start, runs[-1].stop))
    found.others -= odd
    runs = [run for run in _runs(len(lines), found.others) if _is_tables(run, runs, found)]
    between = range(runs[0].start, runs[-1].stop)
    labels = {label for named in found.labels.values() for label in named}
    return FormRows(
        tuple(at for at in between if at not in found.others),
        tuple(at for at in between if at in found.others),
        tuple(sorted(odd)),
        any(len(labels & all_of) >= ENOUGH * len(all_of) for all_of in _label_sets()),
    )


def _is_tables(run: range, sure: list[range], found: _Sorted) -> bool:
    if any(run.start <= known.start and known.stop <= run.stop for known in sure):
        return True
    return any(at in found.labels for at in run) and any(at in found.figures for at in run)


def _odd_rows(lines: Sequence[str], found: _Sorted, region: range) -> set[int]:
    """Rows of another wording among a table's: several cells, a label or a figure among them."""
    odd = set()
    for at in found.others.intersection(region):
        cells = [raw for raw in map(str.strip, re.split(r"[\t|｜]", lines[at])) if raw]
        known = at in found.labels or at in found.figures
        if known and len(cells) > 1 and not any(cell.endswith(_ENDS_SENTENCE) for cell in cells):
            odd.add(at)
    return odd


def _sorted_out(cells: list[_Cell]) -> _Sorted:
    found = _Sorted()
    at = 0
    while at < len(cells):
        cell = cells[at]
        size = _label_size(cells[at : at + LONGEST_BREAK])
        if size:
            label = "".join(piece.core for piece in cells[at : at + size]).rstrip("0123456789")
            for piece in cells[at : at + size]:
                found.labels.setdefault(piece.line, []).append(label)
        elif is_figure(cell.raw):
            found.figures.add(cell.line)
        elif labels := _glued(cell):
            found.labels.setdefault(cell.line, []).extend(labels)
        elif cell.core:
            found.unknown.append(cell)
        if cell.core[-1:].isdigit() and not cell.is_sentence:
            found.figures.add(cell.line)
        at += size or 1
    _put_together(found)
    found.others |= {cell.line for cell in found.unknown}
    return found


def _label_size(cells: Sequence[_Cell]) -> int:
    """How many cells from the first make one label; cells of copied tables are often broken."""
    for size in range(len(cells), 0, -1):
        pieces = cells[:size]
        core = "".join(piece.core for piece in pieces)
        if (core in _labels() or core.rstrip("0123456789") in _labels()) and not any(
            piece.is_sentence or (size > 1 and is_figure(piece.raw)) for piece in pieces
        ):
            return size
    return 0


def _glued(cell: _Cell) -> list[str]:
    """The labels of a row whose cells have little or nothing between them: 规章,0,0 or 规章000."""
    if cell.is_sentence:
        return []
    pieces = [_core(piece) for piece in _PIECES.split(cell.raw)]
    core = "".join(pieces) if len(pieces) > 1 else cell.core
    found: list[str] = []
    while core:
        size = next((n for n in range(_longest(), 1, -1) if core[:n] in _labels()), 0)
        if size:
            found.append(core[:size])
        elif found and core[0].isdigit():
            size = 1
        else:
            return []
        core = core[size:]
    return found


def _put_together(found: _Sorted) -> None:
    """Take for labels what is in pieces, other columns' cells between them."""
    left = found.unknown
    at = 0
    while at < len(left):
        pieces = None if left[at].is_sentence else _pieces(left[at : at + FARTHEST])
        if pieces is None:
            at += 1
            continue
        label = "".join(left[at + piece].core for piece in pieces)
        for piece in reversed(pieces):
            found.labels.setdefault(left.pop(at + piece).line, []).append(label)


def _pieces(cells: Sequence[_Cell]) -> list[int] | None:
    """Which cells, the first among them, make one label when put together."""
    for label in _labels_by_start().get(cells[0].core[:1], ()):
        if not label.startswith(cells[0].core):
            continue
        rest, taken = label[len(cells[0].core) :], [0]
        for at, cell in enumerate(cells[1:], 1):
            if rest and rest.startswith(cell.core) and not cell.is_sentence:
                rest = rest[len(cell.core) :]
                taken.append(at)
        if not rest:
            return taken
    return None


def _runs(count: int, others: set[int]) -> list[range]:
    """Stretches of lines without any other text."""
    stops = [-1, *sorted(others), count]
    return [range(a + 1, b) for a, b in pairwise(stops) if b > a + 1]


def table_of(rows: Rows, editions: Iterable[Edition] = tuple(EDITIONS.values())) -> str | None:
    """The key of the form's table that these rows are as a whole, or None."""
    words = [word for row in rows for text in row if (word := _word(text))]
    for edition in editions:
        for key in edition.grids:
            names = _names(edition.id, key)
            order = [names[fold(c.text)] for c in edition.grids[key].labels if fold(c.text)]
            if len(order) < ENOUGH * len(words):
                continue  # so many words cannot be alike
            known = [_known(word, names) for word in words]
            matcher = SequenceMatcher(None, order, known, autojunk=False)
            alike = sum(block.size for block in matcher.get_matching_blocks())
            if alike >= ENOUGH * max(len(order), len(words)):
                return key
    return None


def strange_cells(rows: Rows, key: str) -> list[tuple[int, int]]:
    """(row, cell), from 1, of what is neither a label nor a figure in one of the form's tables."""
    names = {
        core: name
        for edition in EDITIONS.values()
        for core, name in _names(edition.id, key).items()
    }
    return [
        (at, column)
        for at, row in enumerate(rows, 1)
        for column, text in enumerate(row, 1)
        if (word := _word(text)) and not _known(word, names)
    ]


def is_figure(text: str) -> bool:
    """Whether a cell holds a number, perhaps with its unit, or a dash for none."""
    return _FIGURE.fullmatch(squeezed(text)) is not None


def is_label(text: str) -> bool:
    """Whether a line is a label of one of the form's tables to the letter."""
    return _core(text) in _labels()


def _word(text: str) -> str:
    return "" if is_figure(text) else _core(text)


def _core(text: str) -> str:
    return fold(_BOOKMARK.sub("", text))


def _known(word: str, names: dict[str, str]) -> str:
    """The label that a word is, in about these words, perhaps glued to its figures; else empty."""
    bare = word.rstrip("0123456789") or word
    if bare in names:
        return names[bare]
    near = (
        core
        for core in names
        if abs(len(core) - len(bare)) <= len(core) // 3
        and len(bare) > 3
        and SequenceMatcher(None, bare, core, autojunk=False).ratio() >= LIKENESS
    )
    return next((names[core] for core in near), "")


@cache
def _names(edition_id: str, key: str) -> dict[str, str]:
    """Every wording of the labels of a table → the label's own, in reading order."""
    return {
        fold(wording): fold(cell.text)
        for cell in EDITIONS[edition_id].grids[key].labels
        for wording in (cell.text, *cell.aliases)
        if fold(wording)
    }


@cache
def _labels() -> frozenset[str]:
    return frozenset(core for names in _all_names() for core in names)


@cache
def _longest() -> int:
    return max(map(len, _labels()))


@cache
def _labels_by_start() -> dict[str, list[str]]:
    starts: dict[str, list[str]] = {}
    labels = _labels()
    # （二）部分公开 is a label by itself and the beginning of a longer one.
    rests = {long[len(short) :] for long in labels for short in labels if long.startswith(short)}
    for label in sorted((labels | rests) - {""}, key=len, reverse=True):
        starts.setdefault(label[0], []).append(label)
    return starts


@cache
def _label_sets() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(names.values()) for names in _all_names())


def _all_names() -> list[dict[str, str]]:
    return [_names(e.id, key) for e in EDITIONS.values() for key in e.grids]
