"""What a sentence may call a form's figures: ``申请.新收``, ``复议.总数``, ``规范性文件.制发``.

Names follow from the edition's own labels, shortened by rule, so a new edition brings its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition, FieldKey
from gxgen.editions.tables import Axis, Blocks, Group, Head, Leaf, join_key, leaves
from gxgen.kinds import Kind
from gxgen.model.indicators import STANDARD, Indicator, Indicators, letters
from gxgen.model.measures import bare, matrix, outcome_measures, total_column

_LINES = {
    "received": "新收",
    "carried_in": "上年结转",
    "processed": "办结",
    "carried_out": "结转下年",
}
"""The lines of the balance of requests, whose own labels are whole sentences."""
_APPLICANTS = {"other": "其他组织"}
"""A column whose label alone would mean a line: 申请.其他处理.其他."""
REQUESTS = "申请"
INDICATORS = "指标"
"""What is counted beside the tables, on a sheet of its own."""
CONTACT = "联系方式"
"""How the public reaches the agency, as the sheet of small fields has it."""
_TOTAL = "总数"
_HEAD = re.compile("^本年|(?:总?数量|件数)$")
_SIGNS = re.compile(r"\W")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure by name: the sum of ``keys``; ``unit`` is 件, 项, 万元 or an indicator's own."""

    name: str
    keys: tuple[FieldKey, ...]
    unit: str = "件"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list that a sentence can go through."""

    label: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All that sentences of an edition's forms can name.

    ``figures`` has every spelling; ``shown`` one of each, in the order of the form, without the
    columns of table three; ``columns`` are their names. ``lists`` by name.
    """

    figures: dict[str, Figure]
    shown: tuple[str, ...]
    columns: tuple[str, ...]
    lists: dict[str, tuple[Item, ...]]


def vocabulary(edition: Edition) -> Vocabulary:
    """The names of an edition."""
    return _vocabulary(edition.id)


@lru_cache(maxsize=8)
def _vocabulary(edition_id: str) -> Vocabulary:
    edition = EDITIONS[edition_id]
    columns = list(_columns(matrix(edition, "requests").columns))
    named = [*_requests(edition, columns), *_remedies(edition), *_disclosure(edition)]
    figures: dict[str, Figure] = {}
    for figure, names in named:
        figures |= dict.fromkeys(names, figure)
    shown = [f.name for f, _ in named if not f.name.endswith(tuple(f".{c}" for c, _ in columns))]
    return Vocabulary(
        figures, tuple(dict.fromkeys(shown)), tuple(c for c, _ in columns), _lists(edition, figures)
    )


_Named = tuple[Figure, tuple[str, ...]]
"""A figure and every spelling of its name."""


def _requests(edition: Edition, columns: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[_Named]:
    """``申请.新收`` and so on over all applicants, then each column of them."""
    form = matrix(edition, "requests")
    for names, rows in _rows(form.rows):
        for column, keys in (("", (total_column(form),)), *columns):
            spelled = tuple(join_key(REQUESTS, name, column) for name in names)
            cells = tuple(join_key(form.key, row, key) for row, key in product(rows, keys))
            yield Figure(spelled[0], cells), spelled


def _rows(
    axis: Axis, prefix: str = "", above: tuple[str, ...] = ("",)
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """(spellings, keys of rows) of each line; a heading with a key is the sum of what it holds."""
    for node in axis:
        key = join_key(prefix, node.key or "")
        names = tuple(join_key(up, name) for up, name in product(above, _spellings(node)))
        if isinstance(node, Leaf):
            yield names, (key,)
            continue
        if node.key:
            yield names, tuple(k for k, leaf in leaves(node.children, key).items() if not leaf.of)
        yield from _rows(node.children, key, names if node.key else above)


def _columns(axis: Axis) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(name, keys) of each kind of applicant; several together where the form heads them so."""
    for node in axis:
        if isinstance(node, Leaf):
            if not node.of:
                yield _APPLICANTS.get(node.key) or _spellings(node)[0], (node.key,)
            continue
        if all(isinstance(one, Leaf) and not one.of for one in node.children):
            yield _spellings(node)[0], tuple(leaves(node.children))
        yield from _columns(node.children)


def _remedies(edition: Edition) -> Iterator[_Named]:
    """``复议.总数``, ``诉讼.结果纠正``, ``诉讼.复议后起诉.总数``."""
    form = matrix(edition, "remedies")
    for head in (node for node in form.columns if isinstance(node, Group)):
        top = head.label.removeprefix("行政")
        below = leaves(head.children, head.key or "")
        for label in dict.fromkeys(leaf.label for leaf in below.values()):
            keys = (join_key(form.key, key) for key, leaf in below.items() if leaf.label == label)
            yield _single(Figure(join_key(top, _outcome(label)), tuple(keys)))
        for group in (node for node in head.children if isinstance(node, Group)):
            for key, leaf in leaves(group.children, group.key or "").items():
                name = join_key(top, group.label, _outcome(leaf.label))
                yield _single(Figure(name, (join_key(form.key, key),)))


def _outcome(label: str) -> str:
    return _TOTAL if label == "总计" else label


def _single(figure: Figure) -> _Named:
    return figure, (figure.name,)


def _disclosure(edition: Edition) -> Iterator[_Named]:
    """``规范性文件.制发``, ``行政许可.处理决定``."""
    form = edition.table("disclosure")
    for block in form.blocks if isinstance(form, Blocks) else ():
        for row, head in product(block.rows, block.heads):
            unit = _unit(head)
            names = tuple(join_key(*pair) for pair in product(_spellings(row), (_head(head),)))
            yield Figure(names[0], (join_key(form.key, row.key, head.key),), unit), names


def _unit(head: Head) -> str:
    if head.kind is Kind.MONEY:
        return "万元"
    return "项" if head.kind is Kind.SIGNED or "项目" in head.label else "件"


def _head(head: Head) -> str:
    return _SIGNS.sub("", _HEAD.sub("", bare(head.label)))


def _spellings(node: Leaf | Group) -> tuple[str, ...]:
    """The names of a line: its label and what else it is called, the shortest first."""
    if node.key in _LINES:
        return (_LINES[node.key],)
    written = {_SIGNS.sub("", bare(label)): None for label in (node.label, *node.aliases)}
    return tuple(sorted(written, key=len))


def indicator_figures(indicators: Indicators) -> dict[str, Figure]:
    """``指标.培训场次``: a report's own indicators by their letters, and the standard ones."""
    standard = (Indicator(row.name, row.unit) for row in STANDARD.values())
    by_letters = {letters(one.name): one for one in (*standard, *indicators.values())}
    return {
        f"{INDICATORS}.{name}": Figure(join_key(INDICATORS, one.name), (one.key,), one.unit)
        for name, one in by_letters.items()
    }


def _lists(edition: Edition, figures: dict[str, Figure]) -> dict[str, tuple[Item, ...]]:
    by_keys = {figure.keys: figure for figure in figures.values()}
    outcomes = outcome_measures(edition, None)
    received = f"{REQUESTS}.{_LINES['received']}"
    kinds = [c for c, keys in _columns(matrix(edition, "requests").columns) if len(keys) == 1]
    return {
        "办理结果": tuple(Item(one.label, by_keys[one.keys]) for one in outcomes),
        "申请人": tuple(Item(kind, figures[f"{received}.{kind}"]) for kind in kinds),
    }
