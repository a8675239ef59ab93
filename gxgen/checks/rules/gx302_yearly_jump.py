"""表二的数与上年相差五倍以上

什么：表二的一格，今年超过上年的五倍，或者不到上年的五分之一；一年是 0 的也算。
两年中较大的数不到 100（金额不到 10 万元）的不问；增减数、政府集中采购不比；上年用旧版表样的也不比。

为什么：表二各格不在任何勾稽关系里，多写一位、少写一位，把件数写成累计数，把元写成万元，
别的检查都看不出来，与上年一比就很显眼。百件以下的数，一次专项行动就会翻几倍，问了也是白问。

例子：行政许可处理决定上年 550 件，今年 9487 件。

怎么改：对照台账，看哪一年的数写错了、口径是不是一样；上年已公布的数错了，先按程序更正。
确实变化这么大的，在“说明”表写明原因。

依据：推定。五倍、100 和 10 万元这几个界限是程序的经验判断。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.wording import cell, figure, last_years, named_cell
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.editions.bridge import counterparts
from gxgen.editions.schema import FieldKey, Kind
from gxgen.model.report import Report
from gxgen.numbers import LARGEST

TIMES = 5
BOUGHT = "disclosure.procurement."
"""What an agency buys differs from year to year, and says nothing of a slip."""
FLOORS = {Kind.COUNT: 100, Kind.MONEY: 10}
"""What the larger of the two must come to: one campaign moves a smaller number fivefold."""


def check(report: Report) -> Iterator[Finding]:
    """Each figure that no identity guards, against last year's form where that is there."""
    previous = report.previous
    if previous is None:
        return
    for key, now in report.values.items():
        if key in report.edition.guards or key.startswith(BOUGHT):
            continue
        there = counterparts(key, report.edition, previous.edition) or ()
        before = previous.values.get(there[0], now) if len(there) == 1 else now
        larger, floor = max(now, before), FLOORS.get(report.edition.fields[key].kind, LARGEST)
        if larger >= floor and larger > TIMES * min(now, before):
            yield _finding(report, previous, key, there[0])


def _finding(report: Report, previous: Report, key: FieldKey, source: FieldKey) -> Finding:
    more = report.values[key] > previous.values[source]
    message = (
        f"{named_cell(report, key)}填的是 {figure(report, key)}，"
        f"上年（{previous.year}年填报表 {cell(previous, source)}）是 {figure(previous, source)}，"
        f"{f'超过上年的 {TIMES} 倍' if more else f'不到上年的 {TIMES} 分之一'}。"
    )
    last = last_years(previous, source)
    return Finding(RULE.code, message, report.place(key), key, (last,))


RULE = Rule(
    code="GX302",
    name="yearly-jump",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="对照台账核对两年的数：有没有多写、少写一位，口径和单位是否一样。",
    check=check,
)
