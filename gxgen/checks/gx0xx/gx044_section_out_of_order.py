"""各部分的顺序与格式不符

什么：正文里某一部分的标题排在了本应在它之后的部分的后面。

为什么：六个部分的顺序是固定的，程序总是按规定的顺序印出。顺序乱了，常常是复制时贴错了地方，
文字可能也跟着放错了部分。

例子：“六、其他需要报告的事项”写在“五、存在的主要问题及改进情况”之前。

怎么改：把各部分调回规定的顺序，并看一看每一部分下面的文字是不是它自己的。

依据：国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX044",
    name="section-out-of-order",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="按格式规定的先后调整各部分的顺序；不改则按规定的顺序印出。",
)
