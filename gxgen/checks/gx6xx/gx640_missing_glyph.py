"""字显示不出来

什么：报告里的某个字，本机同类的字体里都没有，显示不出来。

为什么：显示不出来的字在 PDF 和打印件上是空框或空白。地名、人名里的生僻字最容易这样。

例子：“𡌴”（U+21334）在扩展B区，思源宋体里没有；自造字只有造字的那台电脑认识。

怎么改：先看是不是打错了字。没有打错的，装一套字数多的宋体（例如 BabelStone Han），或者把字体文件
放进项目的 fonts 文件夹，再重新生成。是自造字的，改用这个字的正式编码。
还缺哪些字，运行 gxgen doctor 查看。

依据：推定。地名用字见 GB 18030-2022《信息技术 中文编码字符集》。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX640",
    name="missing-glyph",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="装一套字数多的宋体（例如 BabelStone Han），或把字体文件放进项目的 fonts 文件夹；"
    "先看看是不是打错了字。",
)
