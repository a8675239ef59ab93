"""本年新增的文件多于现有的文件。

什么：表二规章、规范性文件一行，本年制发（新公开）的件数，大于现行有效（对外公开）的总件数。

为什么：本年制发的文件，除当年又废止的以外，年底都应当现行有效，所以现行有效数通常不会小于本年制发数。
最常见的原因是现行有效件数漏填、填成 0，或者两格填反。

例子：行政规范性文件本年制发 5 件、本年废止 0 件、现行有效 0 件：5 件文件的去向不明。

怎么改：核对年底现行有效的件数，应包括以前年度制发、仍然有效的文件。确实当年制发又当年废止的，在“说明”表写明。

依据：推定。由表二各栏名称的含义得出，通知没有写明这一关系。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.figures import rows
from gxgen.checks.rule import Rule
from gxgen.checks.wording import finding_at, named_cell
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report

NEW_AND_EXISTING = (("issued", "in_force"), ("published", "public_total"))


def check(report: Report) -> Iterator[Finding]:
    """Rows whose new documents outnumber those that exist."""
    for columns in NEW_AND_EXISTING:
        for keys, figures in rows(report, *columns):
            if figures[0] > figures[1]:
                new, existing = (named_cell(report, key) for key in keys)
                message = f"{new}为 {figures[0]}，多于{existing}的 {figures[1]}。"
                yield finding_at(report, RULE.code, message, keys[1], keys)


RULE = Rule(
    code="GX103",
    name="new-exceeds-existing",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.1.0",
    hint="核对现有总件数是否漏填，应包括以前年度制发、仍然有效（公开）的文件。",
    check=check,
)
