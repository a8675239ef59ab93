"""有“逾期未缴费”的申请，第六部分却说没有发出收费通知。

什么：表三“（六）其他处理”中“申请人逾期未按收费通知要求缴纳费用”大于 0，第六部分又写未发出收费通知。

为什么：先有收费通知，才有逾期不缴。两处必有一处不对。只写“未收取信息处理费”的不算矛盾：发了通知、
申请人没有缴，同样是没有收取。

例子：表三该行总计 1，第六部分写“本年度未向申请人发出收费通知”。

怎么改：没有发过收费通知的，把该行的数改到实际的处理结果；发过的，在第六部分写明发出几件、收取多少元。

依据：国办函〔2020〕109号（信息处理费的收取程序）；两处对照系推定。
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.wording import finding_at, named_cell
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report

UNPAID = "requests.other_handling.fee_unpaid.total"
SECTION = "6"
NOTICE = r"(?:收费|缴费)的?通知书?"
DENIAL = re.compile(
    rf"(?:未|没有|无|不曾|不存在)[^,。;按依据照根]{{0,20}}{NOTICE}"
    rf"|{NOTICE}[^,。;\d]{{0,8}}(?:0(?![\d.])|零)\s*[件份次张]"
)


def check(report: Report) -> Iterator[Finding]:
    """The row of unpaid fees, where section six denies any notice."""
    unpaid = report.values.get(UNPAID, 0)
    clause = _denial(report) if unpaid > 0 else None
    if clause:
        message = (
            f"{named_cell(report, UNPAID)}为 {unpaid}，"
            f"第六部分却写“{clause}”：没有收费通知，就没有逾期未缴。"
        )
        yield finding_at(report, RULE.code, message, UNPAID, quote=clause)


def _denial(report: Report) -> str | None:
    """The clause of section six that says that no notice went out."""
    text = "\n".join(passage.text for passage in report.passages(SECTION))
    clauses = re.split(r"[，。；,;\n]", text)
    said = (c for c in clauses if DENIAL.search(unicodedata.normalize("NFKC", c)))
    return next((clause.strip() for clause in said), None)


RULE = Rule(
    code="GX202",
    name="unpaid-without-notice",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.1.0",
    hint="没有发过收费通知的，把这一行的数改到实际的处理结果；发过的，改第六部分的文字。",
    check=check,
)
