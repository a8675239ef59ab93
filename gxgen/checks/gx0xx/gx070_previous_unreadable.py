"""上年的填报表读不出来

什么：放在上一年文件夹里的同名填报表，或用 --last-year 指定的文件，不能读出数字。

为什么：没有上年的数字，就不能核对“上年结转”，也不能预填上年数。今年的报告不受阻，
但少了一道核对。

例子：上年的文件是 .xls，或加了密码。

怎么改：用 Excel 或 WPS 打开上年的文件，另存为没有密码的 .xlsx 后放回原处；
没有上年的填报表，就把它移走。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX070",
    name="previous-unreadable",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="把上年的文件另存为没有密码的 .xlsx；没有就把它移走。",
)
