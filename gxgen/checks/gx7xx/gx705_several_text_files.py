"""同名的文字文件不止一份

什么：与填报表同名的文字文件有几份，例如 .docx 和 .txt 各一份。

为什么：两份文字可能不同，以哪一份为准程序不能替您决定，悄悄取一份会漏掉另一份的修改。

例子：“某某县财政局.xlsx”旁边既有“某某县财政局.docx”，又有“某某县财政局.txt”。

怎么改：确认以哪一份为准，把其余的移走。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX705",
    name="several-text-files",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="只留下一份文字文件，其余移走。",
)
