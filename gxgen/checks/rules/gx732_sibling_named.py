"""正文以同县另一个单位的口气说话

什么：一句话的主语、导语、落款或者联系单位写的是名册里另一个单位的名称。

为什么：从邻近单位的报告里抄来，名称没有改完，公布出去就成了别人的报告。

例子：水务局的报告里写“云岭县农业农村局2024年收到政府信息公开申请3件”；
“如对本报告有疑问，请与云岭县农业农村局办公室联系”。

怎么改：改成本单位的名称，看看那一段说的是不是本单位的事；确实在说那个单位，填写“说明”。

依据：推定。名册是 county.toml 里的单位；县政府及其办公室、上级和下级单位不算，
书名号、引号和网址里的不算；说联合、移交、考核、复议等别的单位做的事，不算。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.siblings import Mention, mentions
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report


def check(report: Report) -> Iterator[Finding]:
    """One question a neighbour, at the first place where the text speaks as that one; what settles
    it is to know of the others."""
    first: dict[str, list[Mention]] = {}
    for mention in mentions(report):
        first.setdefault(mention.agency, []).append(mention)
    for found in first.values():
        at = found[0]
        whole = "" if at.called == at.agency else f"（{at.agency}）"
        more = f"这样的共有{len(found)}处。" if len(found) > 1 else ""
        message = (
            f"这里写的是“{at.called}”{whole}，报告单位是“{report.agency.name}”："
            f"是不是抄自那个单位？{more}"
        )
        others = tuple(one.sentence for one in found[1:])
        yield Finding(RULE.code, message, at.place, quote=at.sentence, others=others)


RULE = Rule(
    code="GX732",
    name="sibling-named",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="改成本单位的名称；这一段若抄自别处，逐句核对。",
    check=check,
)
