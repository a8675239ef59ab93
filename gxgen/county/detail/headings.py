"""The headings over a row that holds every figure of an edition: table, group, line, column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from gxgen.editions.schema import Edition, FieldKey
from gxgen.editions.tables import Matrix, TableForm, join_key, walk
from gxgen.form.layout import section_marker

LEVELS = 4
"""Rows of headings."""
_GROUP, _LINE = 1, 2


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A heading: ``levels`` rows from ``level``, ``length`` figures from the ``first`` one."""

    level: int
    levels: int
    first: int
    length: int
    text: str


def head_cells(edition: Edition) -> Iterator[HeadCell]:
    """Every heading, level by level; one without a group above it fills that space too."""
    paths = [path for form in edition.tables for path in _paths(edition, form).values()]
    for level in range(LEVELS):
        first = 0
        for path, run in groupby(path[: level + 1] for path in paths):
            length = sum(1 for _ in run)
            tall = level == _LINE and not path[_GROUP]
            if path[level]:
                yield HeadCell(level - tall, 1 + tall, first, length, path[level])
            first += length


def page_starts(heads: Iterable[HeadCell], widths: Sequence[float], room: float) -> list[int]:
    """The figures that begin a page.

    A line stays whole: a page takes as many as fit into ``room``, all of one table.
    """
    tables = {head.first for head in heads if head.level == 0}
    lines = sorted({h.first: h for h in heads if h.level + h.levels == _LINE + 1}.items())
    starts: list[int] = []
    used = 0.0
    for first, line in lines:
        wide = sum(widths[first : first + line.length])
        if first in tables or used + wide > room:
            starts.append(first)
            used = 0.0
        used += wide
    return starts


def on_pages(heads: Iterable[HeadCell], starts: Sequence[int]) -> Iterator[HeadCell]:
    """The headings, with those that reach over several pages said anew on each."""
    for head in heads:
        end = head.first + head.length
        inner = [head.first, *(cut for cut in starts if head.first < cut < end), end]
        for first, after in pairwise(inner):
            yield replace(head, first=first, length=after - first)


def table_title(edition: Edition, form: TableForm) -> str:
    """``表二　二、主动公开政府信息情况``."""
    section = edition.section(form.section)
    return f"{form.sheet}　{section_marker(section.mark, section.title)}"


def _paths(edition: Edition, form: TableForm) -> dict[FieldKey, tuple[str, str, str, str]]:
    """For each figure its labels: table, group (may be empty), line, column."""
    title = table_title(edition, form)
    if not isinstance(form, Matrix):
        return {
            join_key(form.key, row.key, head.key): (title, block.band, row.label, head.label)
            for block in form.blocks
            for row in block.rows
            for head in block.heads
        }
    return {
        join_key(form.key, row, column): (title, *_matrix_labels(row_labels, column_labels))
        for row, _, row_labels in walk(form.rows)
        for column, _, column_labels in walk(form.columns)
    }


def _matrix_labels(row: tuple[str, ...], column: tuple[str, ...]) -> tuple[str, str, str]:
    """Group, line and column; where rows bear no label the groups of columns stand for them."""
    if row[-1]:
        return "·".join(row[:-1]), row[-1], column[-1]
    return "·".join(column[:-2]), column[-2], column[-1]
