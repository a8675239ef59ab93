"""A comparison as a clerk reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from gxgen.show.compare.blocks import Block, Cell, Heading, Remark, Sheet, Table

_WIDEST = 44
"""Columns of a terminal that a label may take in a table of figures."""


def sheet_text(sheet: Sheet) -> str:
    """Every block of it; where the two years differ, letters stand in 【】."""
    return "\n".join([sheet.title, *(line for block in sheet.blocks for line in _lines(block))])


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"\n{'' if block.level == 1 else '  '}{block.text}"
        case Remark():
            yield f"  {'！' if block.warns else ''}{block.text}"
        case Table(wordy=True):
            yield from _wordy(block)
        case Table():
            yield from _figures(block)


def _wordy(table: Table) -> Iterator[str]:
    for row in table.rows:
        label, *texts = row.cells
        yield f"  〔{_text(label)}〕"
        for head, text in zip(table.heads[1:], texts, strict=True):
            if said := _text(text):
                yield f"    {head}：{said}"


def _figures(table: Table) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [
        table.heads,
        *(tuple(map(_text, row.cells)) for row in table.rows),
    ]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    if table.caption:
        yield f"  {table.caption}"
    for row in rows:
        yield f"    {'  '.join(_cells(table, row, widths))}".rstrip()


def _cells(table: Table, row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """The cells of a row, words from the left and figures to the right; a very long label stands
    out."""
    for at, (text, width) in enumerate(zip(row, widths, strict=True)):
        blanks = " " * (min(width, _WIDEST) - _width(text))
        yield text + blanks if table.is_label(at) else blanks + text


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _text(cell: Cell) -> str:
    return "".join(f"【{one.text}】" if one.differs else one.text for one in cell)
