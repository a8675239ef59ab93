"""数字的标签放错了格子

什么：表格某一格的标签写的是另一格的数。

为什么：标签名称本身没有错，报告照样能生成，但数字印错了位置，最难发现。

例子：“商业企业”一列的格子里写着 {{ requests.received.individual }}。

怎么改：改成提示的标签。多半是复制格子后忘了改名称。

依据：推定。模板由程序按国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式制成，改动只能及于版式。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX611",
    name="misplaced-figure",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="把这一格的标签改成提示的那个。",
)
