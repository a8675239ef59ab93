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

from collections.abc import Iterator

from gxgen.checks.counted import Said, said_of
from gxgen.checks.rule import Rule
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.indicators import Indicator
from gxgen.model.report import Report


def check(report: Report) -> Iterator[Finding]:
    """Each indicator that is counted, against what the text says of it."""
    for one in report.indicators.values():
        said = said_of(report, one)
        if not any(each.count == one.value for each in said):
            yield from (_finding(one, each) for each in said)


def _finding(one: Indicator, said: Said) -> Finding:
    where = said.paragraph.place
    message = (
        f"{where or '正文'}写“{said.words}”，其中的数是 {said.count}；"
        f"{one.place or '“指标”表'}（{one.name}）是 {one.value}。"
    )
    return Finding(RULE.code, message, where, one.key, quote=said.paragraph.text, words=said.words)


RULE = Rule(
    code="GX415",
    name="indicators-in-text",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="核对台账，改错的一处；说的范围不同的，把范围写清楚。",
    check=check,
)
