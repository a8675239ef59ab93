"""成文日期晚于公布期限

什么：落款的成文日期晚于报告年度次年的1月31日，或者县里规定的更早的一天；
县级以上人民政府的晚于3月31日。

为什么：部门应当在1月31日前、县级以上人民政府应当在3月31日前公布上一年度的报告。

例子：2024年度的报告，某局落款2025年2月10日；县里规定1月25日前公布，某镇落款1月28日。

怎么改：日期写错了，就改日期。

依据：《政府信息公开条例》第四十九条（1月31日前）、第五十条（3月31日前）。
县里规定的日子写在 county.toml 的 publish_by，只能比1月31日早。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.form.layout import INFO_SHEET
from gxgen.model.agency import AgencyKind
from gxgen.model.report import Report
from gxgen.places import Sheet

_AGENCIES, _GOVERNMENTS = (1, 31), (3, 31)


def check(report: Report) -> Iterator[Finding]:
    """A sign-off after the day until which the report is to be published."""
    date, own = report.sign_off.date, report.facts.publish_by
    if _for_all(report):
        (month, day), whose = _GOVERNMENTS, ""
    else:
        (month, day), whose = own or _AGENCIES, "县里规定的" if own else ""
    if date is not None and date > dt.date(report.year + 1, month, day):
        message = (
            f"成文日期是{date.year}年{date.month}月{date.day}日，"
            f"晚于{whose}公布期限{report.year + 1}年{month}月{day}日。"
        )
        yield Finding(RULE.code, message, Sheet(INFO_SHEET))


def _for_all(report: Report) -> bool:
    """Whether it may be a government's; where the kind is not told, every 人民政府 but a town's."""
    name = report.agency.name
    towns = name.endswith(("镇人民政府", "乡人民政府"))
    return report.agency.kind is AgencyKind.GOVERNMENT or (name.endswith("人民政府") and not towns)


RULE = Rule(
    code="GX530",
    name="dated-late",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="日期写错了，就改日期。",
    check=check,
)
