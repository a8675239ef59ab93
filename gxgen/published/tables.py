"""The form's three tables out of a report's blocks, and which blocks are no text therefore."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gxgen.published.blocks import STRANGE_CELL, STRANGE_TABLE, Block, LeftOut, Para, Table
from gxgen.published.grids import Heads, grid_texts, read_grid, strange_texts, table_kind
from gxgen.published.labels import TABLES
from gxgen.published.loose import LooseTable, read_lines
from gxgen.published.rows import Harvest
from gxgen.published.sections import newest

FEWEST_LABELS = 3
"""Labels of a table that lines must hold before any of them is a row of it."""
_SENTENCE = 40
"""Letters of the longest scrap between rows that is no text."""


@dataclass(slots=True)
class Tables:
    """What was found of each table; ``taken`` are the numbers of blocks that are theirs."""

    harvests: dict[str, Harvest] = field(
        default_factory=lambda: {table: Harvest(table) for table in TABLES}
    )
    taken: set[int] = field(default_factory=set)
    left_out: list[LeftOut] = field(default_factory=list)
    found: set[str] = field(default_factory=set)
    """Tables of which anything is there."""


def read_tables(blocks: Sequence[Block], sections: Mapping[str, Sequence[int]]) -> Tables:
    """The tables of a report; ``sections``: the numbers of the blocks under each heading."""
    tables = Tables()
    _grids(blocks, [at for numbers in sections.values() for at in numbers], tables)
    for section in newest().sections:
        if section.table and section.table not in tables.found:
            numbers = [n for n in sections.get(section.mark, ()) if isinstance(blocks[n], Para)]
            _lines(blocks, numbers, section.table, tables)
    return tables


def _grids(blocks: Sequence[Block], numbers: Sequence[int], tables: Tables) -> None:
    heads: dict[str, Heads | None] = {}
    for at in numbers:
        block = blocks[at]
        if not isinstance(block, Table):
            continue
        tables.taken.add(at)
        kind = table_kind(block)
        if kind is None:
            text = " ".join(grid_texts(block))
            if text:
                tables.left_out.append(LeftOut(text, block.first, STRANGE_TABLE))
            continue
        harvest, heads[kind] = read_grid(block, kind, heads.get(kind))
        tables.harvests[kind].add(harvest)
        tables.found.add(kind)
        tables.left_out += [
            LeftOut(text, place, STRANGE_CELL) for text, place in strange_texts(block, kind)
        ]


def _lines(blocks: Sequence[Block], numbers: Sequence[int], table: str, tables: Tables) -> None:
    lines = [block for n in numbers if isinstance(block := blocks[n], Para)]
    found = read_lines(lines, table)
    if len(found.harvest.labels) < FEWEST_LABELS or not found.span:
        return
    tables.harvests[table].add(found.harvest)
    tables.found.add(table)
    own = _own_lines(found, lines)
    for at in sorted(own):
        tables.taken.add(numbers[at])
        if at in found.scraps:
            left = LeftOut(lines[at].text, lines[at].place, "夹在表格的行之间")
            tables.left_out.append(left)
    tables.left_out += [
        LeftOut(cell.text, cell.place, STRANGE_CELL)
        for cell in found.beside
        if not own.isdisjoint(cell.lines)
    ]


def _own_lines(found: LooseTable, lines: Sequence[Para]) -> set[int]:
    """The table's lines, and scraps between them; a sentence between rows stays text."""
    return {
        at
        for at in found.span
        if at in found.lines or (at in found.scraps and not _is_sentence(lines[at].text))
    }


def _is_sentence(text: str) -> bool:
    return "。" in text or len(text) > _SENTENCE
