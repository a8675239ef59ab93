"""模板标签不认识

什么：模板里的标签用了程序没有的名称，多半是拼写错误。

为什么：标签对应报告的一项内容。名称错了，这一项就印不出来，整份报告也无法生成。

例子：{{ requests.recieved.individual }} 应为 {{ requests.received.individual }}。

怎么改：按提示改名称。提示里没有相近名称的，对照随程序提供的模板查找。

依据：推定。模板由程序按国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式制成，改动只能及于版式。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX602",
    name="unknown-tag",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="按提示改成正确的名称；名称只用小写字母、点和下划线，可从随程序提供的模板复制。",
)
