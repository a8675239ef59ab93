"""有“复议后起诉”而没有行政复议。

什么：表四“复议后起诉”总计大于 0，“行政复议”总计却是 0。

为什么：复议后起诉的案件先要经过行政复议。复议在上年办结、起诉在本年的，两者可以不在同一年，所以只请核实；
上年报告里有行政复议，或者有复议后起诉尚未审结的，不再提示。

例子：复议后起诉 2 件（尚未审结 2 件），行政复议 0 件：
可能是行政复议漏填，也可能应填在“未经复议直接起诉”。

怎么改：核对案卷。漏填的补上；未经复议的移到“未经复议直接起诉”；复议确在以前年度的，在“说明”表写明。

依据：推定。由国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附表格的栏目名称得出。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.figures import known, sound
from gxgen.checks.rule import Rule
from gxgen.checks.wording import finding_at, named_cell
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report

REVIEWS = "remedies.reconsideration.total"
SUITS = "remedies.litigation_after_reconsideration.total"
PENDING_SUITS = "remedies.litigation_after_reconsideration.pending"


def check(report: Report) -> Iterator[Finding]:
    """Suits after a review, where no review is told this year or last."""
    figures = known(report, (REVIEWS, SUITS))
    if not figures or not figures[0] == 0 < figures[1]:
        return
    before = report.previous.values if report.previous else {}
    begun_before = before.get(REVIEWS) or before.get(PENDING_SUITS)
    if sound(report, (REVIEWS, SUITS)) and not begun_before:
        reviews, suits = named_cell(report, REVIEWS), named_cell(report, SUITS)
        message = f"{suits}为 {figures[1]}，{reviews}却是 0。"
        yield finding_at(report, RULE.code, message, SUITS, (REVIEWS,))


RULE = Rule(
    code="GX107",
    name="litigation-without-reconsideration",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.1.0",
    hint="核对行政复议是否漏填，未经复议的诉讼是否应填在“未经复议直接起诉”。",
    check=check,
)
