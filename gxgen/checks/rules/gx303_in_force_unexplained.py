"""现行有效件数接不上上年

什么：规章、行政规范性文件的“现行有效件数”，不等于上年的现行有效件数加本年制发、减本年废止。

为什么：这三格不在任何勾稽关系里，两年一比才看得出来：少写一位、把制发数写成现行有效数、
上年的文件整批不见了，都在这里露出来。

例子：上年现行有效 9 件，本年制发 2 件、废止 1 件，现行有效却填 2。

怎么改：对照规范性文件目录，看是制发、废止还是现行有效写错了。文件到期自动失效、集中清理、
机构改革划入划出的，数接不上是正常的，在“说明”表写明原因即可。

依据：推定。清理和自动失效会使它合法地接不上，所以只问不判。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.wording import cell, figure, last_years, named_cell
from gxgen.checks.yearly import InForce, in_force
from gxgen.diagnostics import Addressee, Finding, Related, Severity
from gxgen.model.report import Report


def check(report: Report) -> Iterator[Finding]:
    """Each row of documents, against last year's form where that is there."""
    last = report.previous
    if last is None:
        return
    for row in in_force(report, last):
        if row.holds is False:
            yield _finding(report, last, row)


def _finding(report: Report, last: Report, row: InForce) -> Finding:
    (issued, repealed, now), before = row.keys, row.last_key
    message = (
        f"{named_cell(report, now)}填的是 {figure(report, now)}；"
        f"上年（{last.year}年填报表 {cell(last, before)}）是 {figure(last, before)}，"
        f"加本年制发 {figure(report, issued)}（{cell(report, issued)}），"
        f"减本年废止 {figure(report, repealed)}（{cell(report, repealed)}），应是 {row.expected}。"
    )
    related = (
        last_years(last, before),
        *(Related(key, report.place(key)) for key in (issued, repealed)),
    )
    return Finding(RULE.code, message, report.place(now), now, related)


RULE = Rule(
    code="GX303",
    name="in-force-unexplained",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="对照文件目录核对三个数；因到期失效、集中清理、职能划转而接不上的，写明原因。",
    check=check,
)
