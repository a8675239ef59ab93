"""部分的标题用了别的说法

什么：标题的用词与格式规定的略有不同，但意思明确，程序已按规定的标题读入和印出。

为什么：印出的标题与写的不一样，应当让填报人知道。

例子：写作“二、行政机关主动公开政府信息情况”，印作“二、主动公开政府信息情况”。

怎么改：不必改。

依据：标题见国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX046",
    name="section-title-variant",
    severity=Severity.NOTE,
    since="0.1.0",
    hint="不必改；要与印出的一致，就把标题改成格式规定的写法。",
)
