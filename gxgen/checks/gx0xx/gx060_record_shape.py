"""JSON 文件的格式不对

什么：交给 gxgen import 的 .json 文件缺了某一项、多了某一项，或者某一项的类型不对。

为什么：只有和 gxgen show 的输出同样的格式，才能保证写进填报表的就是原来的内容，不漏也不错位。

例子：`"year": "2023"` 加了引号；应当是 `"year": 2023`。

怎么改：按提示里的路径（例如 narrative[3].text）找到那一项改正；
拿不准时，用 gxgen show 打印一份填报表作样子。

依据：推定；接口约定：整数不加引号，金额是加引号的小数，没有填的格是 null。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX060",
    name="record-shape",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="对照 gxgen show 的输出改正所指的一项。",
)
