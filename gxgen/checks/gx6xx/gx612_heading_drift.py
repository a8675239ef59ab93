"""部分的标题与规定不同

什么：六个部分的标题，有一个在模板里找不到、文字不同，或者没有用“标题 1”样式。

为什么：六个部分的标题由格式统一规定；用标题样式，生成的文档才有导航和书签，读屏软件也才认得。

例子：“三、收到和处理政府信息公开申请情况”写成“三、依申请公开情况”。

怎么改：改回规定的文字，套用“标题 1”样式；字体、字号在样式里改。

依据：国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX612",
    name="heading-drift",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="标题文字改回规定的写法，样式用“标题 1”。",
)
