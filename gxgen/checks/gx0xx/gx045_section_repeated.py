"""同一部分出现了两次

什么：同一个部分的标题出现两次，两处下面都有文字。

为什么：两处文字都会印在这一部分里。往往是新旧两稿都留在了文件里，印出来就前后重复甚至矛盾。

例子：文件前面有一段“一、总体情况”，后面又贴了一遍修改后的“一、总体情况”。

怎么改：只留一处标题，把要用的文字合到一起，其余删去。目录里只有标题、没有文字的，不算重复。

依据：国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式，六个部分各出现一次。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX045",
    name="section-repeated",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="把两处文字合成一处，删去多余的标题和重复的文字。",
)
