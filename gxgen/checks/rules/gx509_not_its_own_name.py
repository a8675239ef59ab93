"""自称与单位不符

什么：镇、乡、街道的报告自称“我局”“本局”，或者局的报告自称“我镇”“我乡”“我街道”。

为什么：从别的单位的报告里抄来的字句没有改。

例子：某镇人民政府的报告写“我局高度重视政府信息公开工作”。

怎么改：改成本单位的自称，看看那一段说的是不是本单位的事。

依据：推定；已公布的报告里有过。引号、书名号里的不算。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.text import lines_with
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report

_QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”|‘[^‘’]*’|「[^「」]*」")
_BUREAU = re.compile(r"(?<!自)我局(?![限部面势促域])")
_TOWN = re.compile(r"我[镇乡](?![镇村亲土音情愁])|我街道(?:办事处|办)?")
_TOWNS = ("镇人民政府", "乡人民政府", "镇政府", "乡政府", "街道办事处")


def check(report: Report) -> Iterator[Finding]:
    """Words for oneself that an agency of this kind never uses."""
    name = report.agency.name
    foreign = _BUREAU if name.endswith(_TOWNS) else _TOWN if name.endswith("局") else None
    if foreign is None:
        return
    for text, place in lines_with(report, foreign):
        found = foreign.search(_QUOTED.sub(lambda q: "》" * len(q.group()), text))
        if found:
            message = f"“{name}”的报告自称“{found.group()}”。"
            yield Finding(RULE.code, message, place, quote=found.group())


RULE = Rule(
    code="GX509",
    name="not-its-own-name",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="改成本单位的自称；这一段若抄自别处，逐句核对。",
    check=check,
)
