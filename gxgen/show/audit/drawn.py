"""A published file redrawn from what was read of it, with the numbers of the findings in place.

Nothing of the source's markup is here: only its words, cell by cell and paragraph by paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from gxgen.diagnostics import Diagnostic
from gxgen.document.cell import Cell
from gxgen.places import DocumentCell, FilePart, PageCell, Place, TextLine
from gxgen.published.blocks import Para, Table
from gxgen.published.readings import Layout
from gxgen.show.compare.blocks import clean

_GAP = "\u2003"
"""Between the cells of a loose line."""
MOST_MARKS = 2_000
"""So many findings are numbered; nobody reads on."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text; ``marks`` are the numbers of the findings that quote it."""

    text: str
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or heading; ``kind`` is heading, text, or row (a line of a loose table)."""

    kind: str
    text: tuple[Stretch, ...]
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A cell as it is drawn."""

    text: str
    row_span: int
    column_span: int
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table: its rows of cells."""

    name: str
    rows: tuple[tuple[Box, ...], ...]
    kind = "table"


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding with its number; ``placed`` where a mark stands in the text."""

    number: int
    one: Diagnostic
    placed: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the page shows of a file."""

    blocks: tuple[Line | Drawn, ...]
    remarks: tuple[Remark, ...]


def drawn(layout: Layout | None, found: Sequence[Diagnostic], left: Iterable[Place]) -> Picture:
    """Redraw the file; ``left``: places of what stands outside the report."""
    found = found[:MOST_MARKS]
    if layout is None:
        return Picture((), tuple(Remark(n, one, False) for n, one in enumerate(found, 1)))
    by_place: dict[Place, list[tuple[int, Diagnostic]]] = {}
    for number, one in enumerate(found, 1):
        if one.place is not None and not isinstance(one.place, FilePart):
            by_place.setdefault(_whole(one.place), []).append((number, one))
    pen = _Pen(layout, by_place, set(left))
    blocks = tuple(pen.draw())
    marked = pen.marked
    return Picture(blocks, tuple(Remark(n, one, n in marked) for n, one in enumerate(found, 1)))


def _whole(place: Place) -> Place:
    """The line that a cell of loose text stands on."""
    return replace(place, cell=None) if isinstance(place, TextLine) else place


class _Pen:
    """Draws block by block, and knows which findings found their place."""

    def __init__(
        self,
        layout: Layout,
        by_place: dict[Place, list[tuple[int, Diagnostic]]],
        left: set[Place],
    ) -> None:
        self.layout, self.by_place, self.left = layout, by_place, left
        self.heads = {heading.at for heading in layout.headings}
        self.marked: set[int] = set()

    def draw(self) -> Iterator[Line | Drawn]:
        for at, block in enumerate(self.layout.blocks):
            if isinstance(block, Table):
                yield self._table(block)
            elif block.text.strip() and block.place not in self.left:
                yield self._line(at, block)

    def _line(self, at: int, block: Para) -> Line:
        loose = "row" if at in self.layout.tables else "text"
        here = self.by_place.pop(block.place, ())
        self.marked.update(number for number, _ in here)
        text, rest = _quoted(clean(block.text.replace("\t", _GAP)), here)
        return Line("heading" if at in self.heads else loose, text, rest)

    def _table(self, table: Table) -> Drawn:
        rows = (tuple(self._box(table, cell) for cell in cells) for cells in table.by_row())
        return Drawn(_name(table), tuple(rows))

    def _box(self, table: Table, cell: Cell) -> Box:
        marks = tuple(number for number, _ in self.by_place.pop(table.place(cell), ()))
        self.marked.update(marks)
        return Box(clean(cell.text), cell.row_span, cell.column_span, marks)


def _name(table: Table) -> str:
    first = table.first
    match first:
        case PageCell():
            return f"第{first.page}页第{first.table}个表格"
        case DocumentCell():
            return f"第{first.table}个表格"
        case _:
            return "表格"


def _quoted(
    text: str, here: Sequence[tuple[int, Diagnostic]]
) -> tuple[tuple[Stretch, ...], tuple[int, ...]]:
    """The text with each quote marked; numbers whose quote is not in it, or lies over another's."""
    ranges: dict[tuple[int, int], list[int]] = {}
    rest = []
    for number, one in here:
        words = clean(one.words or one.quote or "").strip().rstrip("…")
        at = text.find(words) if words else -1
        span = (at, at + len(words))
        if at >= 0 and (span in ranges or all(b <= at or a >= span[1] for a, b in ranges)):
            ranges.setdefault(span, []).append(number)
        else:
            rest.append(number)
    stretches, at = [], 0
    for (start, end), numbers in sorted(ranges.items()):
        stretches += [Stretch(text[at:start]), Stretch(text[start:end], tuple(numbers))]
        at = end
    return tuple(one for one in (*stretches, Stretch(text[at:])) if one.text), tuple(rest)
