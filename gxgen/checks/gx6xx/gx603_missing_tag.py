"""模板缺少标签

什么：报告的某一项内容在模板里没有对应的标签。

为什么：没有标签的内容印不出来，报告就缺一个数或一段话。

例子：编辑表格时删掉了一格里的 {{ requests.granted.total }}；
页眉里的 {{ draft_mark }} 被清空，草稿就没有标记。

怎么改：从随程序提供的模板复制这个标签，粘贴到原来的位置。

依据：推定。模板由程序按国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式制成，改动只能及于版式。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX603",
    name="missing-tag",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="把提示的标签补到应在的位置，可从随程序提供的模板复制。",
)
