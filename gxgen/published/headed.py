"""Rows of lines that each call their figure by its head: ``自然人：12`` under the row's label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from gxgen.places import Published
from gxgen.prose.raw import EDGES
from gxgen.published.blocks import Para
from gxgen.published.labels import NUMBERED, Label, label_of, one_label, vocabulary
from gxgen.published.rows import BLANKS, Found, Harvest, Mark, Stray, figure_like

REMEDY_HEADS = ("upheld", "corrected", "other", "pending", "total")
"""The heads of a block of table four in the order of the form."""
_BLOCKS = ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉")
_CALLED = re.compile(r"(?P<head>.{2,60})[：:](?P<figure>[^：:]{0,40})")
_FEWEST = 3
"""Lines of this kind of which a table is taken to be made."""
_TWICE = "这一行有一个列名出现了两次，不能确定各数属于哪一行、哪一列"
_UNKNOWN = "没有认全表四的十五个表头，不能确定每个数属于哪一列"


@dataclass(frozen=True, slots=True)
class _Line:
    """``at``: which of the lines; ``head`` names a column, empty where a figure stands without;
    ``label`` is a row's or a block's."""

    at: int
    place: Published
    text: str
    head: str | None = None
    label: Label | None = None


def headed_rows(lines: Sequence[Para], harvest: Harvest) -> set[int]:
    """Add the rows of a table that is written so; the lines that they take, none of another."""
    told = [_told(line, at, harvest.table) for at, line in enumerate(lines)]
    if sum(bool(line.head) for line in told) < _FEWEST:
        return set()
    groups = list(_groups(told))
    if harvest.table == "remedies":
        harvest.rows.append(_remedies(told))
    else:
        _add(groups, harvest)
    return {line.at for one in groups for line in (one.label, *one.heads) if line}


def _add(groups: Sequence[_Group], harvest: Harvest) -> None:
    for one, after in zip_longest(groups, groups[1:]):
        if one.label is None:
            harvest.strays.append(Stray("", _marks(one.heads), one.heads[0].place))
        else:
            twice = after is not None and after.label is None
            harvest.rows.append(_row(one.label, one.heads, _TWICE if twice else None))


def _told(line: Para, at: int, table: str) -> _Line:
    text = line.text.strip(EDGES)
    if figure_like(text.lstrip("：:")):
        return _Line(at, line.place, text, "")
    called = _CALLED.fullmatch(text)
    figure = called["figure"].strip(EDGES) if called else ""
    if called and (figure in BLANKS or figure_like(figure)):
        found = one_label(called["head"], table)
        known = vocabulary(table).heads
        if found is not None and found.core in known:
            return _Line(at, line.place, figure, known[found.core])
    return _Line(at, line.place, text, label=label_of(text, table))


@dataclass(frozen=True, slots=True)
class _Group:
    """A row's label, which must stand right before, and the figures that are called by heads, up to
    the next line of another kind or the first head that comes again."""

    label: _Line | None
    heads: list[_Line] = field(default_factory=list)


def _groups(told: Sequence[_Line]) -> Iterator[_Group]:
    group = _Group(None)
    for line in told:
        if not line.head or any(line.head == one.head for one in group.heads):
            if group.heads:
                yield group
            group = _Group(line if _is_row(line) else None)
        if line.head is not None:
            group.heads.append(line)
    if group.heads:
        yield group


def _is_row(line: _Line) -> bool:
    found = line.label
    return (
        line.head is None
        and found is not None
        and found.row is not None
        and (found.core not in NUMBERED or found.numbered)
    )


def _marks(heads: Sequence[_Line]) -> tuple[Mark, ...]:
    return tuple(Mark(line.text, line.place) for line in heads)


def _row(label: _Line, heads: Sequence[_Line], fault: str | None) -> Found:
    known = label.label
    return Found(
        known.row or "" if known else "",
        label.text,
        False,  # a sum that does not hold refuses it
        _marks(heads),
        label.place,
        tuple(line.head or "" for line in heads),
        placed=True,
        named=True,
        fault=fault,
    )


def _remedies(told: Sequence[_Line]) -> Found:
    """The one row of table four: three blocks of five heads, in the order of the form."""
    heads = [line for line in told if line.head is not None]
    blocks = [one.label.core for one in told if one.label and one.label.core in _BLOCKS]
    whole = [line.head for line in heads] == [*REMEDY_HEADS] * 3 and blocks == [*_BLOCKS]
    return Found("", "", True, _marks(heads), heads[0].place, fault=None if whole else _UNKNOWN)
