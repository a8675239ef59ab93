"""上年尚未审结的复议、诉讼，今年没有了下落

什么：表四的一栏，今年的总计少于上年的“尚未审结”。

为什么：上年没有审结的案件，今年要么审结，要么还没有审结，都应计入今年的总计。

例子：上年行政复议尚未审结 3 件，今年行政复议总计填 1。

怎么改：核对上年和今年的案件台账：是上年多计了，还是今年漏计了。口径确实只计当年新收案件的，
在“说明”表写明。

依据：推定。各地口径不完全一致，所以只问不判。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.wording import cell, figure, last_years, named_cell
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.editions.bridge import counterparts
from gxgen.editions.schema import FieldKey
from gxgen.model.report import Report

TABLE, PENDING, TOTAL = "remedies", ".pending", ".total"


def check(report: Report) -> Iterator[Finding]:
    """Each block of table four, against last year's form where that is there."""
    last = report.previous
    if last is None:
        return
    for key in report.edition.fields:
        if not (key.startswith(TABLE) and key.endswith(PENDING)):
            continue
        total = key.removesuffix(PENDING) + TOTAL
        there = counterparts(key, report.edition, last.edition) or ()
        before = last.values.get(there[0], 0) if len(there) == 1 else 0
        if total in report.values and report.values[total] < before:
            yield _finding(report, last, total, there[0])


def _finding(report: Report, last: Report, total: FieldKey, pending: FieldKey) -> Finding:
    message = (
        f"{named_cell(report, total)}填的是 {figure(report, total)}，少于上年尚未审结的 "
        f"{figure(last, pending)}（{last.year}年填报表 {cell(last, pending)}）："
        "上年没有审结的案件，今年无论是否审结都应计入总计。"
    )
    before = last_years(last, pending)
    return Finding(RULE.code, message, report.place(total), total, (before,))


RULE = Rule(
    code="GX304",
    name="pending-vanished",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="核对两年的案件台账；只计当年新收案件的，写明口径。",
    check=check,
)
