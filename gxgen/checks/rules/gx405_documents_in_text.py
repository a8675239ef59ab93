"""正文说的规范性文件、规章、处理决定件数与表二不一致

什么：正文写制发、废止、现行有效规范性文件（规章）多少件，或作出行政许可、行政处罚、行政强制决定多少件，与表二对不上。只说“公开”了多少件的不比：公开的不一定是本年制发的；说“发布规范性文件”多少件、“公开《…》等规范性文件”多少件的，与本年制发、现行有效件数都不同才请核实。

为什么：表二各格不在任何勾稽关系里，只有文字能印证它。

例子：“制发行政规范性文件3件”，而表二“本年制发件数”是 2。

怎么改：看清是文字错还是表格错，改那一处。句子说的不是全年全部的，写明范围。

依据：表格与文字应当一致：国办公开办函〔2021〕30号所附格式的说明；怎样读句子系推定。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.claims import findings
from gxgen.checks.rule import Rule
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report


def check(report: Report) -> Iterator[Finding]:
    """Each number of documents and decisions in the text."""
    return findings(report, RULE.code, "document", "decision")


RULE = Rule(
    code="GX405",
    name="documents-in-text",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="核对台账，看是文字错还是表格错，改那一处；句子说的范围与表格不同的，把范围写清楚。",
    check=check,
)
