"""正文文件里没有各部分的标题

什么：正文文件里找不到六个部分中任何一个的标题。

为什么：不知道哪段文字属于哪一部分，就不能读入。

例子：文件里只有“（一）主动公开”起的文字，没有“一、总体情况”；或者放错了文件。

怎么改：给每一部分加上规定的标题，单独成行；放错了文件的，移走。

依据：标题见国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX057",
    name="sections-not-found",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="在文件里写上各部分的标题，例如“一、总体情况”，单独成行。",
)
