"""JSON 文件的表样与年度不合

什么：edition 写的版本不存在，或者不是该年度应当使用的版本，或者年度不是四位数字的年份。

为什么：2019、2020年度用2019版（国办公开办函〔2019〕60号），2021年度起用2021版（国办公开办函〔2021〕30号）；两版的格不同。

例子：year 是 2023，edition 写成 2019。

怎么改：核对年度；年度没有错的，把 edition 改对，并补齐该版的各格。

依据：国办公开办函〔2019〕60号、国办公开办函〔2021〕30号。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX061",
    name="record-edition",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="把 edition 改成该年度应当使用的表样，数字也要按那一版的格填。",
)
