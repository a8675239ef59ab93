"""正文里的数与“指标”表不一致

什么：正文的一句照着指标的名称和单位写了一个数，“指标”表里填的是另一个；或者正文逐个渠道写了条数，与表里的渠道不同。
只看写法简单、意思确定的句子（“召开新闻发布会3场”“办理5件政协提案”）；说的是其中一部分的、别的年度的、
大约的数不看；同一个数别处写对了的不问。表里空着的不比。

为什么：句子和图用同一份台账，一处改了另一处没有改，读者会看到两个数。

例子：表里新闻发布会填 4 场，正文写“召开新闻发布会3场”。

怎么改：核对台账，改错的一处；句子里写 {{ 指标.新闻发布会 }}，就不会再不一致。
范围不同的，在“说明”表写明。

依据：推定。怎样读句子系程序的经验判断，所以只提请核实。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.document.illustrated.channels import counted_in
from gxgen.editions.indicators import INDICATORS
from gxgen.letters import narrow
from gxgen.model.indicators import Indicator
from gxgen.model.narrative import Paragraph
from gxgen.model.report import Report

_LEAD = (
    "本?年度?|全年|全县|全市|全区|共计?|累计|召开|举办|举行|组织|开展|发布|公开|制作|编发|办理|承办|"
    "办结|答复|回应|完成|了|政府信息公开"
)
_CLAUSE = re.compile("[^，；：。！？]+")


def check(report: Report) -> Iterator[Finding]:
    """Each indicator that is counted, against the clauses that say its name, number and unit."""
    paragraphs = [each for passage in report.narrative for each in passage.paragraphs]
    for one in report.indicators.values():
        if one.value is not None and one.unit:
            said = [*_said(report, one, paragraphs)]
            right = any(count == one.value for count, *_ in said)
            for count, words, paragraph in said if not right else ():
                yield _finding(one, count, words, paragraph)


def _said(
    report: Report, one: Indicator, paragraphs: list[Paragraph]
) -> Iterator[tuple[int, str, Paragraph]]:
    """(number, words, where) of each clause that counts an indicator."""
    lead = rf"(?:{_LEAD}|{report.year}年)*"
    count, name = rf"(\d[\d,]{{0,12}}){re.escape(narrow(one.unit))}", re.escape(narrow(one.name))
    clauses = re.compile(rf"{lead}(?:{name}(?:共|共计)?{count}|{count}{name})")
    channel = next((row.channel for row in INDICATORS if row.name == one.name), "")
    for paragraph in paragraphs:
        for clause in _CLAUSE.findall(paragraph.text) if one.name in paragraph.text else ():
            if found := clauses.fullmatch(narrow("".join(clause.split()))):
                yield int((found[1] or found[2]).replace(",", "")), clause, paragraph
        if channel and channel in paragraph.text:
            for label, number in counted_in(paragraph.text, one.unit).items():
                if channel in label:
                    yield number, label, paragraph


def _finding(one: Indicator, count: int, words: str, paragraph: Paragraph) -> Finding:
    message = (
        f"{paragraph.place or '正文'}写“{words.strip()}”，其中的数是 {count}；"
        f"{one.place or '“指标”表'}（{one.name}）是 {one.value}。"
    )
    return Finding(
        RULE.code, message, paragraph.place, one.key, quote=paragraph.text, words=words.strip()
    )


RULE = Rule(
    code="GX415",
    name="indicators-in-text",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="核对台账，改错的一处；说的范围不同的，把范围写清楚。",
    check=check,
)
