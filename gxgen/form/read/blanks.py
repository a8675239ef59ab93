"""Figures that nobody filled: a finding for each, or one for a block of them; totals by their sum.

A form hardly begun would else bury the rest under two hundred lines, and a total that was cleared
by mistake is not to be filled with 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gxgen.a1 import cell_name
from gxgen.diagnostics import Finding, Related
from gxgen.editions.schema import Edition, FieldKey
from gxgen.editions.tables import TableForm
from gxgen.form.labels import plan
from gxgen.model.report import Entry, EntryState, Value
from gxgen.places import Place, Sheet, SheetCell

Entries = Mapping[FieldKey, Entry]
Block = list[FieldKey]

_FEWEST = 3
"""Blank cells side by side that are told as one block."""
_LISTED = 12
"""Totals listed in one message."""


@dataclass(frozen=True, slots=True)
class Blanks:
    """A table's blank figures, on which sheet, and how many inputs the table has."""

    form: TableForm
    sheet: str
    keys: Sequence[FieldKey]
    inputs: int


def blank_findings(edition: Edition, entries: Entries, of: Blanks) -> Iterator[Finding]:
    """What to say of a table's blank figures, when all entries are known."""
    form, blanks = of.form, of.keys
    if len(blanks) > 1 and len(blanks) == of.inputs:
        message = f"{form.sheet}整张表都没有填（{len(blanks)}格）；没有数的格请填 0。"
        cells = _cells(entries, blanks)
        yield Finding("GX020", message, Sheet(of.sheet), blanks[0], cells=cells)
        return
    totals = [key for key in blanks if key in edition.totals]
    if totals:
        yield _totals(edition, form, entries, totals)
    for block in _blocks(edition, form, [key for key in blanks if key not in edition.totals]):
        if len(block) < _FEWEST:
            yield from (_single(edition, entries, key) for key in block)
        else:
            yield _block(edition, entries, block)


def _single(edition: Edition, entries: Entries, key: FieldKey) -> Finding:
    place = entries[key].place
    message = f"{place}（{edition.fields[key].label}）没有填；没有数的请填 0。"
    return Finding("GX020", message, place, key)


def _block(edition: Edition, entries: Entries, block: Block) -> Finding:
    first, last = _cell(entries, block[0]), _cell(entries, block[-1])
    labels = edition.fields[block[0]].label, edition.fields[block[-1]].label
    message = (
        f"{first}:{cell_name(last.row, last.column)}等{len(block)}格没有填"
        f"（从“{labels[0]}”到“{labels[1]}”）；没有数的格请填 0。"
    )
    cells = _cells(entries, block)
    return Finding("GX020", message, first, block[0], _others(block, cells), cells=cells)


def _others(keys: Sequence[FieldKey], cells: Sequence[SheetCell]) -> tuple[Related, ...]:
    return tuple(map(Related, keys[1:], cells[1:]))


def _cells(entries: Entries, keys: Iterable[FieldKey]) -> tuple[SheetCell, ...]:
    return tuple(_cell(entries, key) for key in keys)


def _cell(entries: Entries, key: FieldKey) -> SheetCell:
    place = entries[key].place
    if not isinstance(place, SheetCell):  # a blank figure was read from its cell
        raise TypeError(key)
    return place


def _blocks(edition: Edition, form: TableForm, blanks: Sequence[FieldKey]) -> list[Block]:
    """The blanks as rectangles of inputs; a live total between two inputs does not part them."""
    at = plan(edition, form.key).figures
    inputs = [spot for key, spot in at.items() if key not in edition.totals]
    rows = {row: n for n, row in enumerate(sorted({row for row, _ in inputs}))}
    columns = {column: n for n, column in enumerate(sorted({column for _, column in inputs}))}
    blocks: list[tuple[int, int, int, Block]] = []
    for row, run in _runs([(rows[at[key][0]], columns[at[key][1]], key) for key in blanks]):
        start, end = run[0][0], run[-1][0]
        keys = [key for _, key in run]
        for n, (bottom, left, right, block) in enumerate(blocks):
            if (bottom, left, right) == (row - 1, start, end):
                blocks[n] = row, left, right, block + keys
                break
        else:
            blocks.append((row, start, end, keys))
    return [block for *_, block in blocks]


def _runs(
    spots: list[tuple[int, int, FieldKey]],
) -> Iterator[tuple[int, list[tuple[int, FieldKey]]]]:
    """Blanks next to each other in one row."""
    run: list[tuple[int, FieldKey]] = []
    last = -1
    for row, column, key in sorted(spots):
        if run and (row != last or column != run[-1][0] + 1):
            yield last, run
            run = []
        run.append((column, key))
        last = row
    if run:
        yield last, run


def _totals(edition: Edition, form: TableForm, entries: Entries, totals: list[FieldKey]) -> Finding:
    sums = {key: _sum(edition, entries, key) for key in totals}
    place: Place | None = entries[totals[0]].place
    hint = "恢复合计公式，或填上各分项之和；不要填 0，除非各分项都是 0。"
    if len(totals) == 1:
        (key,) = totals
        due = "等于各分项之和" if sums[key] is None else f"为{sums[key]}"
        message = f"{place}（{edition.fields[key].label}）没有填，合计应{due}（或恢复公式）。"
        return Finding("GX020", message, place, key, hint=hint)
    due = "、".join(_due(entries, key, sums[key]) for key in totals[:_LISTED])
    more = f"等{len(totals)}格" if len(totals) > _LISTED else ""
    message = f"{form.sheet}有{len(totals)}个合计没有填：{due}{more}；请补上或恢复公式。"
    cells = _cells(entries, totals)
    others = _others(totals, cells)
    return Finding("GX020", message, place, totals[0], others, hint=hint, cells=cells)


def _due(entries: Entries, key: FieldKey, value: Value | None) -> str:
    cell = _cell(entries, key)
    name = cell_name(cell.row, cell.column)
    return f"{name}（各分项也没有填齐）" if value is None else f"{name}应为{value}"


def _sum(edition: Edition, entries: Entries, key: FieldKey) -> Value | None:
    """What a total that nobody filled must be; None while a part is not known."""
    entry = entries[key]
    if entry.value is not None:
        return entry.value
    if entry.state is not EntryState.BLANK or key not in edition.totals:
        return None
    parts = [_sum(edition, entries, part) for part in edition.totals[key].right]
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None
