"""导语列举的部分有重复或缺少

什么：导语里“本报告由……六个部分组成”一句，同一部分列了两次，或者列出的少于所说的个数。

为什么：多半是改格式时改漏了。

例子：“由总体情况、主动公开政府信息情况、主动公开政府信息情况……六部分组成”。

怎么改：照六个部分的标题列全；有意简写的，加“等”字或填写“说明”。

依据：推定；部分的标题见国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.text import lines_with
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report

_LIST = re.compile(
    r"(?:由|包括|包含|分为)((?:(?!。|部分|由|包括|包含|分为).){20,200}?)(等)?"
    r"(?:共|共计)?六个?(?:大)?(?:部分|方面)"
)
_PARTS = {
    "总体情况": re.compile(r"总体情况|基本情况|概述|概况"),
    "主动公开政府信息情况": re.compile(r"主动公开"),
    "收到和处理政府信息公开申请情况": re.compile(r"申请(?!(?:行政)?复议)"),
    "行政复议、行政诉讼情况": re.compile(r"复议"),
    "存在的主要问题及改进情况": re.compile(r"问题"),
    "其他需要报告的事项": re.compile(r"其[他它]"),
}
_MOST_MISSING = 2


def check(report: Report) -> Iterator[Finding]:
    """Parts that the preamble's list of six names twice, or not."""
    for text, place in lines_with(report, _LIST):
        for found in _LIST.finditer(text):
            count = {name: len(part.findall(found[1])) for name, part in _PARTS.items()}
            twice = "、".join(name for name, n in count.items() if n > 1)
            missing = [name for name, n in count.items() if not n]
            if twice:
                message = f"导语列举六个部分，“{twice}”列了不止一次。"
                yield Finding(RULE.code, message, place, quote=found.group())
            elif 0 < len(missing) <= _MOST_MISSING and not found[2]:
                message = f"导语说有六个部分，没有列出“{'、'.join(missing)}”。"
                yield Finding(RULE.code, message, place, quote=found.group())


RULE = Rule(
    code="GX510",
    name="preamble-parts",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="照六个部分的标题列全。",
    check=check,
)
