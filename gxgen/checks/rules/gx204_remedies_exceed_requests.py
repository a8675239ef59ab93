"""行政复议、诉讼的件数多于申请的件数。

什么：表四“行政复议”与“未经复议直接起诉”的总计之和，大于表三本年新收与上年结转的申请之和
（有上年报告的，再加上年办结的申请）。

为什么：行政复议和直接起诉大多针对某件申请的答复，一般不会比申请还多。可能是表四填进了与信息公开无关的案件，
也可能是表三漏了申请。针对以前年度的答复、同一申请几次起诉的，可以多于申请，所以只请核实。

例子：表三全年没有申请，表四行政复议 3 件。

怎么改：表四只填因政府信息公开引起的案件；核对表三有没有漏填；情况属实的，在“说明”表写明。

依据：推定。表四标题限于政府信息公开行政复议、行政诉讼；件数的比较是程序的经验判断。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.figures import known, sound
from gxgen.checks.rule import Rule
from gxgen.checks.wording import finding_at, named_cell
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report

CASES = ("remedies.reconsideration.total", "remedies.litigation_direct.total")
REQUESTS = ("requests.received.total", "requests.carried_in.total")
PROCESSED = "requests.processed.total"


def check(report: Report) -> Iterator[Finding]:
    """More first-instance cases than requests that could have led to them."""
    cases, requests = known(report, CASES), known(report, REQUESTS)
    if cases is None or requests is None:
        return
    before = report.previous.values.get(PROCESSED, 0) if report.previous else 0
    if sum(cases) > sum(requests) + before and sound(report, (*CASES, *REQUESTS)):
        last_year = f"，上年办结 {before} 件" if report.previous else ""
        of_cases, of_requests = (
            "、".join(named_cell(report, k) for k in s) for s in (CASES, REQUESTS)
        )
        message = (
            f"行政复议和直接起诉共 {sum(cases)} 件：{of_cases}；"
            f"多于本年新收和上年结转的申请共 {sum(requests)} 件：{of_requests}{last_year}。"
        )
        shown = next(key for key, count in zip(CASES, cases, strict=True) if count)
        yield finding_at(report, RULE.code, message, shown, (*CASES, *REQUESTS))


RULE = Rule(
    code="GX204",
    name="remedies-exceed-requests",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.1.0",
    hint="表四只填因政府信息公开引起的案件；核对表三有没有漏填申请。",
    check=check,
)
