"""设了打开密码

什么：文件已加密，没有密码打不开。

为什么：加密后内容无法读取；报告本来就要公开，不需要加密。

例子：在“文件—信息—保护工作簿—用密码进行加密”里设了密码。

怎么改：打开文件，在同一处把密码清空，保存后再交。工作表保护（没有打开密码）不影响读取，不用取消。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX006",
    name="encrypted-workbook",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="打开文件，取消打开密码（用密码进行加密），保存后再交。",
)
