"""Where numbers come from, as a clerk reads it in a terminal: one block a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gxgen.checks.trace import Mention, Trace
from gxgen.letters import shown
from gxgen.show.trace.words import (
    counted_head,
    counted_lines,
    figure_head,
    figure_lines,
    mention_head,
    mention_lines,
    summary,
)

_LONGEST = 40
"""So much of a sentence is shown beside a number that counts nothing known."""


_MANY = 20
"""Of more figures than these that are 0, those of which there is nothing to tell are counted."""


def trace_text(whole: Trace) -> str:
    """Figures (without a number asked for, those that are not 0), the numbers of the text, those
    that were held against nothing, and one line that sums up."""
    return "\n".join(_parts(whole))


def _parts(whole: Trace) -> Iterator[str]:
    report, asked = whole.report, whole.number is not None
    yield shown(
        f"{report.agency.name}  {report.year}年度{f'  查：{whole.number}' if asked else ''}"
    )
    figures = [one for one in whole.figures if asked or not one.quiet]
    if len(figures) > _MANY:
        figures = [one for one in figures if not one.quiet]
    if figures or (asked and whole.figures):
        yield "\n【表中的数】"
    for one in figures:
        yield from _block(figure_head(report, one), figure_lines(one))
    if asked and len(figures) < len(whole.figures):
        rest = len(whole.figures) - len(figures)
        yield f"\n另有 {rest} 格是 0，正文没有写到；要看其中一格，写单元格，例如 表三!J8。"
    if whole.counted:
        yield "\n【“指标”表的数】"
    for row in whole.counted:
        yield from _block(counted_head(row), counted_lines(row))
    bound = [one for one in whole.mentions if one.bound]
    if bound:
        yield "\n【正文里的数】"
    for said in bound:
        yield from _block(mention_head(said), mention_lines(report, said))
    yield from _unbound([one for one in whole.mentions if not one.bound])
    if not asked:
        yield f"\n{summary(whole)}"
    elif not (whole.figures or whole.mentions or whole.counted):
        yield f"没有读到 {shown(whole.number)}。年份、日期、电话、文号和序号不算数字，不在此列。"


def _block(head: str, lines: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f"\n{shown(head)}"
    for what, sentence in lines:
        yield f"    {what}  {shown(sentence)}"


def _unbound(mentions: list[Mention]) -> Iterator[str]:
    if mentions:
        yield "\n【没有对照的数】\n表中没有相应的格，或看不准说的是哪一格：没有核对，请自行看一遍。"
    for one in mentions:
        sentence = one.verdicts[0].claim.sentence.text
        part = sentence if len(sentence) <= _LONGEST else _around(sentence, one.span.text)
        yield shown(f"  {mention_head(one)}  {part}")


def _around(sentence: str, number: str) -> str:
    """The stretch of a long sentence that holds a number."""
    begin = max(0, sentence.find(number) - _LONGEST // 2)
    end = begin + _LONGEST
    return f"{'…' if begin else ''}{sentence[begin:end]}{'…' if end < len(sentence) else ''}"
