"""Which pictures a report has: of each of the form's tables what is not zero, else one sentence.

The sentences are ours and say what the table says. A figure that is not known, as in a draft,
leaves its picture away: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.document.illustrated.changes import change, last_of
from gxgen.document.illustrated.pictures import (
    Card,
    Cards,
    Flow,
    Panel,
    Panels,
    Picture,
    Sentence,
    Stream,
)
from gxgen.editions.grid import Grid, GridCell, Role
from gxgen.editions.schema import FieldKey, Kind
from gxgen.editions.tables import Group, join_key, leaves
from gxgen.model.measures import Measure, added, matrix, outcome_measures, request_measures
from gxgen.model.report import Report, Value

DISCLOSURE, REQUESTS, REMEDIES = "disclosure", "requests", "remedies"
_QUANTITY = re.compile("(?:总?数量|件数)$")
_OF_DOCUMENTS = re.compile("本年制发|本年废止|现行有效|本年新制作|本年新公开|对外公开")
_ICONS = (("许可", "stamp"), ("处罚", "guard"), ("强制", "flag"), ("收费", "fee"), ("采购", "list"))
_FIRST = "现行有效"
"""What is in force comes before what was issued and repealed."""
_LAST = "上一年"
"""Counts of last year, and changes on it, are no figures of the year: the table has them."""
_RULES = "规章"
"""Few agencies may make any; that there are none is worth no card."""
REVIEW, SUIT = "review", "suit"


# -- table two -------------------------------------------------------------------------------------


def disclosure(report: Report) -> Iterator[Picture]:
    """Cards of what is not zero, and a sentence on the lines that are."""
    grid = report.edition.grids[DISCLOSURE]
    lines = _lines(grid)
    cards = [card for label, cells in lines.items() for card in _cards(report, grid, label, cells)]
    cards.sort(key=lambda card: not card.caption.startswith(_FIRST))
    empty = [
        label
        for label, cells in lines.items()
        if all(report.values.get(cell.key or "") == 0 for cell in cells)
    ]
    none = f"{'、'.join(empty)}{'均' * (len(empty) > 1)}为0。"
    if len(cards) == 1:
        yield Sentence(cards[0].icon, f"{_alone(cards[0])}{'，' + none if empty else '。'}")
        return
    if cards:
        yield Cards(tuple(cards))
    if empty and (empty != [_RULES] or not cards):
        yield Sentence("doc", f"本年度{none}")


def _alone(card: Card) -> str:
    """What one card would say: alone it would leave its row empty."""
    told = f"（{card.change.lstrip('▲▼ ')}）" if card.change else ""
    return f"{card.caption}{card.figure}{card.unit}{told}"


def _lines(grid: Grid) -> dict[str, list[GridCell]]:
    """The figures of each line by its label."""
    found: dict[str, list[GridCell]] = {}
    for cell in grid.figures.values():
        label = next(
            owner.text
            for column in range(cell.column)
            if (owner := grid.owners[cell.row, column]).role is Role.STUB
        )
        found.setdefault(label, []).append(cell)
    return found


def _cards(report: Report, grid: Grid, label: str, cells: list[GridCell]) -> Iterator[Card]:
    for cell in cells:
        key = cell.key or ""
        value = report.values.get(key)
        signed = report.edition.fields[key].kind is Kind.SIGNED
        if value and not signed and not _head(grid, cell).startswith(_LAST):
            caption = label if len(cells) == 1 else _caption(_head(grid, cell), label)
            icon = next((icon for word, icon in _ICONS if word in label), "doc")
            unit = "万元" if report.edition.fields[key].kind is Kind.MONEY else "件"
            told = change(value, last_of(report, (key,)))
            yield Card(icon, _number(value), unit, caption, told)


def _head(grid: Grid, cell: GridCell) -> str:
    """What stands over a figure."""
    above = (grid.owners[row, cell.column] for row in range(cell.row - 1, -1, -1))
    return next(owner.text for owner in above if owner.role is Role.HEAD)


def _caption(head: str, label: str) -> str:
    """现行有效行政规范性文件, and what has no such short form as the form has it."""
    short = _QUANTITY.sub("", head)
    return short + label if _OF_DOCUMENTS.fullmatch(short) else label + head


def _number(value: Value) -> str:
    return str(value) if isinstance(value, int) else f"{value:f}"


# -- table three -----------------------------------------------------------------------------------


def requests(report: Report) -> Iterator[Picture]:
    """The flow of applications; a sentence where there were none, or all went one way."""
    received, carried_in, _, carried_out = request_measures(report.edition, None)
    sources = [
        _stream(report, one, label)
        for one, label in ((received, "本年新收申请"), (carried_in, "上年结转申请"))
    ]
    outcomes = [_stream(report, one, one.label) for one in outcome_measures(report.edition, None)]
    outcomes.append(_stream(report, carried_out, "结转下年", goes_on=True))
    streams = [one for one in (*sources, *outcomes) if one is not None]
    if len(streams) < len(sources) + len(outcomes):
        return
    came, became = streams[: len(sources)], streams[len(sources) :]
    if sum(one.count for one in came) != sum(one.count for one in became):
        return
    some = tuple(one for one in became if one.count)
    if not some:
        yield Sentence("apply", "本年度没有收到政府信息公开申请，也没有上年结转的申请。")
    elif len(some) == 1:
        yield Sentence("apply", _one_way(came[0].count, came[1].count, some[0]))
    else:
        yield Flow(tuple(one for one in came if one.count), some, _remark(became))


def _stream(report: Report, one: Measure, label: str, *, goes_on: bool = False) -> Stream | None:
    """A line of the flow over all applicants; None where a figure is not known."""
    count = added(report.values, one.keys)
    if not isinstance(count, int):
        return None
    told = change(count, last_of(report, one.keys)) if label == "本年新收申请" else ""
    return Stream(label, count, told, goes_on)


def _one_way(received: int, carried_in: int, outcome: Stream) -> str:
    """All applications had one outcome: a drawing would be a single bar."""
    new, old = f"本年新收政府信息公开申请{received}件", f"上年结转{carried_in}件"
    came = [
        *([new] if received else ["本年没有新收政府信息公开申请"]),
        *([old] if carried_in else []),
    ]
    every = "均" * (received + carried_in > 1)
    became = f"{every}结转下年继续办理" if outcome.goes_on else f"办理结果{every}为{outcome.label}"
    return f"{'，'.join(came)}，{became}。"


def _remark(streams: list[Stream]) -> str:
    """The outcomes that did not occur, in one line."""
    none = [one.label for one in streams if not one.count and not one.goes_on]
    parts = [f"{'、'.join(none)}{'均' * (len(none) > 1)}为0件"] if none else []
    if any(one.goes_on and not one.count for one in streams):
        parts.append("没有结转下年的申请")
    return "；".join(parts) + "。" if parts else ""


# -- table four ------------------------------------------------------------------------------------


def remedies(report: Report) -> Iterator[Picture]:
    """Reviews beside suits; a sentence where there were none."""
    form = matrix(report.edition, REMEDIES)
    found = []
    for head, icon in zip(form.columns, (REVIEW, SUIT), strict=True):
        if not isinstance(head, Group):
            return
        counted = _results(report, head)
        if counted is None:
            return
        found.append((icon, head.label, *counted))
    names = [label for _, label, _, _ in found]
    some = [(label, total, one) for _, label, total, r in found for _, one, _ in r]
    if not some:
        yield Sentence(SUIT, f"本年度没有发生因政府信息公开引起的{'和'.join(names)}。")
    elif len(some) == 1:
        yield Sentence(SUIT, _one_result(*some[0], names))
    else:
        yield Panels(tuple(_panel(*one) for one in found))


def _one_result(label: str, total: int, result: str, names: list[str]) -> str:
    """All that there was ended alike: a drawing would be a single bar."""
    none = "、".join(name for name in names if name != label)
    return (
        f"本年度因政府信息公开引起的{label}{total}件，{'均' * (total > 1)}为“{result}”；"
        f"没有发生因政府信息公开引起的{none}。"
    )


def _results(report: Report, head: Group) -> tuple[int, tuple[tuple[int, str, int], ...]] | None:
    """(total, results that occurred) of a head, its blocks added; None where they are not known
    or do not add up."""
    totals: list[FieldKey] = []
    parts: dict[str, list[FieldKey]] = {}
    for path, leaf in leaves(head.children, head.key or "").items():
        key = join_key(REMEDIES, path)
        (totals if leaf.of else parts.setdefault(leaf.label, [])).append(key)
    total = added(report.values, totals)
    counts = {label: added(report.values, keys) for label, keys in parts.items()}
    if not isinstance(total, int) or total != sum(n or 0 for n in counts.values()):
        return None
    if None in counts.values():
        return None
    numbered = enumerate(counts.items())
    return total, tuple((n, label, int(count)) for n, (label, count) in numbered if count)


def _panel(icon: str, label: str, total: int, results: tuple[tuple[int, str, int], ...]) -> Panel:
    remark = "" if total else f"本年度没有发生因政府信息公开引起的{label}。"
    return Panel(icon, label, total, results, remark)
