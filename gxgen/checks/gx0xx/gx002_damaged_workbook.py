"""工作簿损坏

什么：文件开头像 .xlsx，但后面不完整，或者内容校验不符。

为什么：损坏的文件里可能还能读出一部分数，但不能确定哪些是对的，所以一个都不采用。

例子：网速慢时下载到一半的附件；U盘没有安全弹出。

怎么改：让填报单位在原来的电脑上打开、保存，再重新发送。

依据：ISO/IEC 29500-2（开放打包约定）要求各部件完整；推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX002",
    name="damaged-workbook",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="请填报单位重新保存后再发送一次。",
)
