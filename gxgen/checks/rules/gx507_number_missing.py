"""该有数的地方没有数

什么：动词后面直接是量词，或者“增长”“占”后面直接是“%”，中间的数没有写。

为什么：模板里的空没有填，印出来就是一句不通的话。

例子：“全年主动公开条，同比增长%。”

怎么改：填上实际的数；是0就写0。

依据：推定；已公布的报告里有过。空格和“××”见 GX048。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.text import lines_with
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report

_MISSING = re.compile(
    r"(?:主动公开|公开|发布|更新|转发|推送)(?:政府信息|信息)?条(?=[，,。；;])"
    r"|共计?(?:收到|受理|办理|办结|答复|公开|发布|召开|举办|组织|开展|制发|编发)"
    r"(?:(?:依|政府|公开|信息|申请|培训)+|会议)?(?:条|件|次|场|期)(?=[，,。；;])"
    r"|(?:召开|举办|开展|组织)(?:会议|培训)?(?:次|场)(?=[，,。；;])"
    r"|(?:增长|下降|增加|减少|上升|占比)(?:了|约|为)?[%％](?=[，,。；;、）)])"
)
_END = re.compile(
    "[条件次场期%％](?<=[开布新发送息到理结复办织展议训请依府长降加少升比了约为].)(?=[，,。；;、）)])"
)
"""How each such place ends."""
_NOUN = re.compile(r"(?:事项|规定|制度|第)[\u4e00-\u9fff]{0,2}$")
_AROUND = 8


def check(report: Report) -> Iterator[Finding]:
    """A measure word or percent sign that no number stands before."""
    for text, place in lines_with(report, _MISSING, probe=_END):
        for found in _MISSING.finditer(text):
            if not _NOUN.search(text[: found.start()]):
                around = text[max(0, found.start() - _AROUND) : found.end()]
                message = f"“{around}”里没有写数。"
                yield Finding(RULE.code, message, place, quote=around)


RULE = Rule(
    code="GX507",
    name="number-missing",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="填上实际的数字；没有的写0或删去这一句。",
    check=check,
)
