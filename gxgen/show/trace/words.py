"""The words for what came of a number, wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.claims import told
from gxgen.checks.trace import Counted, Figure, Mention, Trace, readings_told
from gxgen.checks.wording import cell, figure, label
from gxgen.model.report import EntryState, Report
from gxgen.prose.claims.claim import Ring, State, Verdict
from gxgen.prose.claims.readings import HANDLING_FEE

STATES = {
    State.FITS: "对得上",
    State.ALSO: "与字面所说的数不同，与另一个数相符",
    State.NEAR: "末位有出入",
    State.DIFFERS: "对不上",
    State.UNKNOWN: "无从核对（没有上年的数，或有格没有填）",
    State.OTHER_YEAR: "说的是别的年度，不与本年的表核对",
    State.UNBOUND: "没有对照的数",
}
_NO_CELL = "无从核对（表里没有信息处理费这一格，请与收费台账核对）"
RINGS = {Ring.INNER: "读法确定", Ring.OUTER: "读法不够确定，只提请核实"}
_ENTRIES = {
    EntryState.BLANK: "没有填",
    EntryState.UNREADABLE: "读不出数",
    EntryState.COMPUTED: "由公式算出",
}
MOST_READINGS = 4
"""So many readings of one number are told."""


def outcome(verdict: Verdict) -> str:
    """What came of a number; where no table holds its figure, that."""
    keys = () if verdict.reading is None else verdict.reading.expr.keys
    unheld = verdict.state is State.UNKNOWN and HANDLING_FEE in keys
    return _NO_CELL if unheld else STATES[verdict.state]


def figure_head(report: Report, one: Figure) -> str:
    """``表三!J5  一、本年新收…·总计 ＝ 3``, with what the cell said where that is otherwise."""
    name = "" if one.entry.place is None else f"  {label(report, one.key)}"
    value, raw = figure(report, one.key), (one.entry.raw or "").strip()
    remark = _ENTRIES.get(one.entry.state, "")
    if raw and raw != value and one.entry.state is not EntryState.COMPUTED:
        remark = f"{remark}{'，' if remark else ''}格里写的是“{raw}”"
    return f"{cell(report, one.key)}{name} ＝ {value}{f'（{remark}）' if remark else ''}"


def figure_lines(one: Figure) -> Iterator[tuple[str, str]]:
    """(what it is, the sentence) for all that checked a figure."""
    for guard in one.guards:
        yield guard.code, f"{guard.state.label}：{guard.told}"
    for verdict in one.stated:
        claim = verdict.claim
        yield "正文", f"{outcome(verdict)}：{claim.span.place or ''}“{said(verdict)}”"
    if not one.guards and not one.stated:
        yield "核对", "没有等式管到它，正文也没有写到它"
    for found in one.found:
        yield found.severity.label, f"{found.code} {found.message}"


def counted_head(one: Counted) -> str:
    """``指标!C14  培训场次 ＝ 12场，上年 10场``."""
    row = one.indicator
    now = "没有填" if row.value is None else f"{row.value}{row.unit}"
    last = "" if row.last is None else f"，上年 {row.last}{row.unit}"
    return f"{row.place or '“指标”表'}  {row.name} ＝ {now}{last}"


def counted_lines(one: Counted) -> Iterator[tuple[str, str]]:
    """(what it is, the sentence) for all that was made of an indicator."""
    for paragraph in one.filled:
        yield "填入", f"{paragraph.place or '正文'}的文字按名称取这个数"
    for said in one.said:
        state = STATES[State.FITS if said.count == one.indicator.value else State.DIFFERS]
        yield "正文", f"{state}：{said.paragraph.place or ''}“{said.words}”（{said.count}）"
    if not one.filled and not one.said:
        yield "核对", "表中没有这个数，正文也没有按名称写到它"
    for found in one.found:
        yield found.severity.label, f"{found.code} {found.message}"


def mention_head(one: Mention) -> str:
    """``正文!C6  “2件”``."""
    return f"{one.span.place or '正文'}  “{one.span.text}”"


def mention_lines(report: Report, one: Mention) -> Iterator[tuple[str, str]]:
    """(what it is, the sentence): where it stands, how it was read, what came of it."""
    yield "句子", one.verdicts[0].claim.sentence.text
    for verdict in one.verdicts if one.bound else ():
        shown = readings_told(verdict)
        for reading in shown[:MOST_READINGS]:
            yield "读法", f"“{reading.why}”：{told(report, verdict, reading)}"
        if len(shown) > MOST_READINGS:
            yield "读法", f"另有 {len(shown) - MOST_READINGS} 种"
        yield "结果", f"{outcome(verdict)}（{RINGS[verdict.claim.ring]}）"
    for found in one.found:
        yield found.severity.label, f"{found.code} {found.message}"


def said(verdict: Verdict) -> str:
    """The words that were read, without the marks around them."""
    return verdict.claim.span.text.strip("，、（(；： ")


def summary(whole: Trace) -> str:
    """One line on what was gone through."""
    states = [verdict.state for one in whole.mentions if one.bound for verdict in one.verdicts]
    unbound = sum(not one.bound for one in whole.mentions)
    counts = "、".join(
        f"{word.partition('（')[0]} {states.count(s)} 处"
        for s, word in STATES.items()
        if s in states
    )
    shown = sum(not one.quiet for one in whole.figures)
    text = f"正文里的数 {len(whole.mentions)} 处" + (f"（{counts}）" if counts else "")
    return (
        f"表中的数 {len(whole.figures)} 格（列出 {shown} 格）；{text}，没有对照的数 {unbound} 处。"
    )
