"""表里多出了内容

什么：表的中间插入了行或列，或者在表样没有的格子里写了内容。

为什么：表样之外的数不会进入报告，直接略过等于丢掉了填报单位写的东西。

例子：在“（三）不予公开”下面插入一行“9.其他”并填了数。

怎么改：把数归入表样已有的行，再删除多出的行或列；需要说明的写在“正文”里。

依据：国办公开办函〔2021〕30号规定的表样，行、列不得增减。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX017",
    name="content-outside-form",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="把多出的内容归入表样已有的行、列，再删除多出的行或列。",
)
