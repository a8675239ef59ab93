"""同样的字连着写了两遍

什么：两个字以上的词或半句话，紧接着又写了一遍。

为什么：多半是粘贴时多贴了一次。

例子：“进一步加强组织领导加强组织领导，……”。

怎么改：多写了就删去一遍；本来就要这样写的，填写“说明”。

依据：推定；已公布的报告里有过。书名号里的不算。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.text import lines_with
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report

_TWICE = re.compile(r"([\u4e00-\u9fff]{2,8})\1")
_LONG, _SHORT = 5, 2
_EDGE = re.compile(r"[^\u4e00-\u9fff》]|$")
_TITLE = re.compile(r"《[^《》]*》")
_LAWFUL = re.compile(
    "规定|公开|研究|商量|讨论|学习|了解|沟通|交流|申请|答复|办理|管理|监督|服务|发布|审查|审核"
    "|复议|许多|非常|常常|谢谢|考虑|琢磨|打听|讲解|解读|培训|检查|宣传|咨询|评估|反馈|告知|处理|很多"
)
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿")
_EACH = ("一", "逐", "又", "每", "挨")


def check(report: Report) -> Iterator[Finding]:
    """Phrases that stand twice in a row, outside titles and the agency's own name."""
    for text, place in lines_with(report, _TWICE):
        shown = _TITLE.sub(lambda title: "》" * len(title.group()), text)
        shown = shown.replace(report.agency.name, "》" * len(report.agency.name))
        told: set[str] = set()  # a phrase is asked about once a paragraph
        for found in _TWICE.finditer(shown):
            if found[1] in told:
                continue
            if _strange(found[1]) and _no_compound(shown, found):
                told.add(found[1])
                message = f"“{found[1]}”连着写了两遍：是不是多写了一遍？"
                yield Finding(RULE.code, message, place, quote=found.group())


def _strange(phrase: str) -> bool:
    alike = len(set(phrase)) == 1 or phrase.startswith(_EACH)
    return not (alike or _LAWFUL.fullmatch(phrase) or _NUMERALS.issuperset(phrase))


def _no_compound(text: str, found: re.Match[str]) -> bool:
    """Whether the second time cannot begin another word: 惠企政策政策解读 is lawful."""
    length = len(found[1])
    ends = _EDGE.match(text, found.end()) is not None
    begins = found.start() == 0 or _EDGE.match(text, found.start() - 1) is not None
    return length >= _LONG or ends or (begins and length > _SHORT)


RULE = Rule(
    code="GX508",
    name="doubled-phrase",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="多写了，就删去一遍。",
    check=check,
)
