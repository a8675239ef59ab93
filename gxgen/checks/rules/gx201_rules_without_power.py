"""没有规章制定权的机关填了规章。

什么：县（市、区）政府部门、乡镇政府、街道办事处等，在表二“规章”一行填了大于 0 的数。

为什么：规章只能由国务院部门，省级政府，设区的市、自治州的政府制定。其他机关填了数，多半是把规范性文件、
内部制度，或者本机关执行的上级规章当成了自己的规章。

例子：街道办事处“规章”现行有效件数填 1；某局填 6。

怎么改：本机关没有规章制定权的，三格都填 0；规范性文件填到下一行。名称是“××市人民政府”的，
程序无法断定是否为设区的市，不提示。

依据：《中华人民共和国立法法》关于规章制定权的规定；对本表的适用系推定。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.wording import figure, finding_at, named_cell
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.agency import AgencyKind
from gxgen.model.report import Report

ROW = "disclosure.rules."
NEVER = (AgencyKind.DEPARTMENT, AgencyKind.TOWN, AgencyKind.SUBDISTRICT)
STATE = ("国务院", "国家", "中国", "中华人民共和国")
MAY = re.compile(r"(省|市|自治区|自治州)人民政府(办公厅|办公室)?$")


def check(report: Report) -> Iterator[Finding]:
    """The row of rules, where it holds a figure above 0 and the agency cannot make rules."""
    row = [key for key in report.edition.fields if key.startswith(ROW)]
    filled = [key for key in row if report.values.get(key, 0) > 0]
    if filled and not _has_power(report):
        told = "、".join(f"{named_cell(report, k)}填了 {figure(report, k)}" for k in filled)
        message = f"{told}，而{report.agency.name}没有规章制定权。"
        yield finding_at(report, RULE.code, message, filled[0], row)


def _has_power(report: Report) -> bool:
    """Whether the agency makes rules, or may; ministries are departments too."""
    agency = report.agency
    if agency.name.startswith(STATE):
        return True
    return agency.kind not in NEVER and MAY.search(agency.name) is not None


RULE = Rule(
    code="GX201",
    name="rules-without-power",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.1.0",
    hint="没有规章制定权的三格都填 0；规范性文件填到下一行，执行上级的规章不填。",
    check=check,
)
