"""含有可能印不出来的字符

什么：文字里有自造字（专用区字符）或表情符号。

为什么：自造字只在本机的字库里有，换一台电脑就成了空白或方框；表情符号不宜用在公文里。

例子：用造字程序造的人名、地名用字；“👍”。

怎么改：改用标准字或删除；标准字库里确实没有的，在“说明”里写明。

依据：GB 18030-2022 规定了可以交换的字符，专用区字符不在其中。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX084",
    name="unusual-character",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="改用标准字，或删除这个字符。",
)
