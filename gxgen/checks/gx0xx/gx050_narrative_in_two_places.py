"""工作簿和正文文件里的文字不同

什么：同一部分的文字，工作簿的“正文”表里有，同名的 Word（或文本）文件里也有，而且两处不同。

为什么：程序不替单位决定用哪一稿。印错一稿，公布的就不是定稿。

例子：“正文”表里写主动公开1554条，同名的 .docx 里写1445条。

怎么改：以文件为准，就清空“正文”表里这一部分的文字；以表为准，就删去文件里这一部分，或移走文件。
只差空格、全角半角的，不算不同；空白表里预先写好的文字，不算单位写的。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX050",
    name="narrative-in-two-places",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="决定以哪一处为准，把另一处这一部分的文字删去，或改成相同。",
)
