"""“指标”表的上年数与上年填报表不同

什么：“指标”表里填的上年数，与上年填报表里这个指标的本年数不一样。名称和单位相同才比；上年没有填的不比。

为什么：句子里的增减按上年数算；上年公布过的数换了一个，读者对不上。

例子：培训场次上年填 8，上年的填报表里是 10。

怎么改：对照上年的报告，填错的改过来；上年的数后来更正过、统计口径变了的，在“说明”表写明。

依据：推定。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Addressee, Finding, Related, Severity
from gxgen.model.indicators import same_of
from gxgen.model.report import Report
from gxgen.places import FilePart


def check(report: Report) -> Iterator[Finding]:
    """Each indicator whose last year is stated, where last year's form states it too."""
    last = report.previous
    for one in report.indicators.values() if last is not None else ():
        then = same_of(last.indicators, one.name) if last is not None else None
        if one.last is None or then is None or then.value is None or then.unit != one.unit:
            continue
        if one.last != then.value and last is not None:
            where = FilePart(f"{last.year}年填报表", str(then.place or then.name))
            message = (
                f"{one.last_place or ''}（{one.name}·上年）填的是 {one.last}，"
                f"{last.year}年填报表 {then.place or ''}是 {then.value}。"
            )
            related = (Related(then.key, where),)
            yield Finding(RULE.code, message, one.last_place, one.last_key, related)


RULE = Rule(
    code="GX309",
    name="indicator-restated",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="对照上年的报告核对；填错的改过来。",
    check=check,
)
