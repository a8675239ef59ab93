"""The tables of a published report against the form's grids: labels, spans, units, blank cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from gxgen.diagnostics import Finding, Side
from gxgen.document.cell import Cell, squash
from gxgen.editions.declared import PUBLISHED_EDITIONS
from gxgen.editions.grid import Grid
from gxgen.editions.schema import Edition
from gxgen.model.numbering import fold
from gxgen.places import Published
from gxgen.published.blocks import Para, Table
from gxgen.published.cells import Is, cells_of
from gxgen.published.grids import table_kind
from gxgen.published.labels import core, label_of, one_label
from gxgen.published.readings import Certainty, Figures, Layout, Reading

_MOST_NAMED = 4
_UNIT = "单位"


@dataclass(frozen=True, slots=True)
class _Label:
    """A label of a table as it is written, and where."""

    text: str
    place: Published
    table: str


def table_findings(layout: Layout, figures: Figures) -> Iterator[Finding]:
    """All that is otherwise than the form has it, in the order of reading."""
    edition = figures.edition
    told: set[tuple[str, str]] = set()
    for label in _labels(layout, edition):
        if (label.table, fold(label.text)) not in told:
            told.add((label.table, fold(label.text)))
            yield from _worded(label, edition)
    for table, kind in _whole(layout):
        yield from _shape(table, edition.grids[kind])
        yield from _unknown(table, edition.grids[kind])
    yield from _blanks(figures)


# -- labels ----------------------------------------------------------------------------------------


def _labels(layout: Layout, edition: Edition) -> Iterator[_Label]:
    """Every label that is one for sure, of grids and of loose lines."""
    kinds = {section.mark: section.table for section in edition.sections}
    for mark, numbers in layout.sections.items():
        blocks = [layout.blocks[at] for at in numbers if at in layout.tables]
        for block in blocks:
            if isinstance(block, Table) and (kind := table_kind(block)):
                yield from (
                    _Label(cell.text, block.place(cell), kind) for cell in block.cells if cell.text
                )
        if kind := kinds.get(mark):
            lines = [block for block in blocks if isinstance(block, Para)]
            cells = cells_of(lines, kind)
            yield from (_Label(c.text, c.place, kind) for c in cells if c.kind is Is.LABEL)


def _worded(label: _Label, edition: Edition) -> Iterator[Finding]:
    """A label whose letters are not the form's."""
    known = label_of(label.text, label.table)
    proper = _proper(edition.id, label.table).get(known.core, ()) if known else ()
    written = fold(label.text)
    if not proper or any(written == fold(one) for one in proper):
        return
    if known and known.likeness == "exact" and not one_label(label.text, label.table):
        return  # several labels on end: each is as it should be
    wanted = min(proper, key=lambda one: abs(len(fold(one)) - len(written)))
    text = squash(label.text)
    if _UNIT in wanted and _unit(wanted) not in written:
        message = f"表头写作“{text}”，没有格式规定的单位，应写作“{wanted}”。"
        yield Finding("GX825", message, label.place, quote=label.text, side=Side.REPORT)
    else:
        message = f"表里写作“{text}”，格式规定的是“{wanted}”。"
        side = _whose(written, wanted, edition, label.table)
        yield Finding("GX823", message, label.place, quote=label.text, side=side)


def _unit(wanted: str) -> str:
    return fold(wanted).partition(_UNIT)[2]


def _whose(written: str, wanted: str, edition: Edition, table: str) -> Side:
    """Whether a label was damaged on the way, or its author has other words for it."""
    if written.startswith("bookmark"):
        return Side.DAMAGE
    aliases = {fold(one) for cell in edition.grids[table].labels for one in cell.aliases}
    letters = iter(fold(wanted))
    eaten = len(written) < len(fold(wanted)) and all(one in letters for one in written)
    usual = any(alias and written.endswith(alias) for alias in aliases)
    return Side.DAMAGE if eaten and not usual else Side.REPORT


@cache
def _proper(edition: str, table: str) -> dict[str, tuple[str, ...]]:
    """Letters of a label or an alias of it → the labels that it may stand for, as printed."""
    out: dict[str, tuple[str, ...]] = {}
    for cell in PUBLISHED_EDITIONS[edition].grids[table].labels:
        for text in (cell.text, *cell.aliases):
            out[core(text)] = (*out.get(core(text), ()), cell.text)
    return out


# -- shape -----------------------------------------------------------------------------------------


def _whole(layout: Layout) -> Iterator[tuple[Table, str]]:
    """True tables with their kind; of one in pieces nothing is said."""
    found: dict[str, list[Table]] = {}
    for at in sorted(layout.tables):
        block = layout.blocks[at]
        if isinstance(block, Table) and (kind := table_kind(block)):
            found.setdefault(kind, []).append(block)
    return ((tables[0], kind) for kind, tables in found.items() if len(tables) == 1)


def _shape(table: Table, grid: Grid) -> Iterator[Finding]:
    """Cells that do not lie as the form's do."""
    if (table.rows, table.columns) != (grid.rows, grid.columns):
        message = (
            f"格式规定这张表是{grid.rows}行{grid.columns}列，"
            f"文件里是{table.rows}行{table.columns}列。"
        )
        yield Finding("GX824", message, table.first, side=Side.REPORT)
        return
    wanted = {(one.row, one.column): (one.row_span, one.column_span) for one in grid.cells}
    odd = [cell for cell in table.cells if wanted.get(cell[:2]) != cell[2:4]]
    if odd:
        message = f"这张表有 {len(odd)} 格的合并范围与格式规定的不同：{_named(odd)}。"
        yield Finding("GX824", message, table.place(odd[0]), side=Side.REPORT)


def _unknown(table: Table, grid: Grid) -> Iterator[Finding]:
    """Words that are no label at all where the form has one, in a table that lies as the form's."""
    wanted = {(one.row, one.column): one.text for one in grid.labels}
    if (table.rows, table.columns) != (grid.rows, grid.columns):
        return
    for cell in table.cells:
        proper = wanted.get(cell[:2])
        if proper and fold(cell.text) != fold(proper) and not label_of(cell.text, grid.table):
            text = squash(cell.text)
            said = f"写作“{text}”" if text else "是空的"
            message = f"表里这一格{said}，格式规定的是“{proper}”。"
            quote = cell.text or None
            yield Finding("GX823", message, table.place(cell), quote=quote, side=Side.REPORT)


def _named(cells: Iterable[Cell]) -> str:
    cells = list(cells)
    words = [f"第{c.row + 1}行“{squash(c.text)[:16] or '空格'}”" for c in cells[:_MOST_NAMED]]
    return "、".join(words) + ("等" if len(cells) > _MOST_NAMED else "")


# -- blank cells -----------------------------------------------------------------------------------


def _blanks(figures: Figures) -> Iterator[Finding]:
    """Cells in which nothing stands, once a row: blank is not 0."""
    rows: dict[tuple[str, str], list[Reading]] = {}
    for key, one in figures.readings.items():
        if one.certainty is Certainty.BLANK:
            field = figures.edition.fields[key]
            rows.setdefault((field.table, field.row), []).append(one)
    for (table, _), blank in rows.items():
        field = figures.edition.fields[blank[0].key]
        section = figures.edition.section(figures.edition.table(table).section).title
        row = f"的“{field.row_label}”一行" if field.row_label else "的表"
        message = f"“{section}”{row}有 {len(blank)} 格是空的。"
        yield Finding("GX826", message, blank[0].place, blank[0].key, side=Side.REPORT)
