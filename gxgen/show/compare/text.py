"""A comparison as a clerk reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
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
    rows = [table.heads, *(tuple(map(_text, row.cells)) for row in table.rows)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    widths[0] = min(widths[0], _WIDEST)
    yield f"  {table.caption}"
    for first, *others in rows:
        cells = (_left(text, width) for text, width in zip(others, widths[1:], strict=True))
        yield f"    {first}{' ' * (widths[0] - _width(first))}  {'  '.join(cells)}".rstrip()


def _left(text: str, width: int) -> str:
    return " " * (width - _width(text)) + text


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _text(cell: Cell) -> str:
    return "".join(f"【{one.text}】" if one.differs else one.text for one in cell)
