"""填写说明或没填的空留在正文里

什么：正文里有表格自带的说明文字，或者“××”“XX”“____”、本应是数字却只有空格的地方，
或者“（黑体三号，居中）”这样的排版说明、从印本带来的页码；
或者 Word 文件里的内容控件、窗体域、邮件合并域还显示着提示语，没有填。

为什么：原样印出来，公布的报告里就有一句给填报人看的话，或一个空着的数。

例子：“主动公开政府信息××条”；“【编写说明】本部分……”；“培训  次”。

怎么改：删去说明，把空填上。数是0就写0。

依据：推定；各地通报里都有此类退回。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.checks.guidance import holds_guidance
from gxgen.checks.rule import Rule
from gxgen.checks.text import whole_text
from gxgen.checks.typesetting import tells_of_format, typesetting_in
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.editions.schema import Section
from gxgen.model.report import Report
from gxgen.prose.frame import page_number

_INSTRUCTION = re.compile(r"编写说明|填写说明|填报说明|[（(【\[](?:此处|请)填写|请在此处")
_INSTRUCTION_SIGNS = ("写说明", "报说明", "此处", "请填写")
"""One of them is in every instruction: to look for them takes a tenth of the time."""
_SLOT = re.compile(
    r"(?<![A-Za-z0-9=?&#])(?<![!-.0-~]/)[XxＸ×╳＿_]{2,}(?![A-Za-z0-9])"  # not a path's /xx/
    r"|\{\s*(?:agency|year)\s*\}"
    r"|(?<=[\u4e00-\u9fff])[ \u3000\xa0]{2,}(?=(?:万?元|[年月日条件份次个篇名场期项部]))"
    r"|(?<=[\u4e00-\u9fff])(?:（[ \u3000\xa0]*）|\([ \u3000\xa0]*\)|【[ \u3000\xa0]*】)"
    r"(?=(?:万?元|[年月日条件份次个篇名场期项部]))"
)
_SLOT_SIGNS = re.compile(r"[XxＸ×╳＿_{ \u3000\xa0（(【]")
"""With one of them every slot begins: only there is looked for one, as they are rare."""
_AROUND = 8


def check(report: Report) -> Iterator[Finding]:
    """Each paragraph or heading that holds guidance or an empty slot, with its place."""
    sections = report.edition.sections
    # Nearly always there is none in the whole text; then no line need be looked at.
    lines, whole = whole_text(report)
    numbered = any(page_number(text) is not None for text, _ in lines)
    if not numbered and _told(whole, sections) is None and not typesetting_in(whole):
        return
    for text, place in lines:
        told = _told(text, sections)
        if told:
            message, quote = told
            yield Finding(RULE.code, message, place, quote=quote)


def _told(text: str, sections: tuple[Section, ...]) -> tuple[str, str] | None:
    """What is to be said of a text, and the words that show it; None if it is an agency's own."""
    instructed = any(sign in text for sign in _INSTRUCTION_SIGNS)
    instruction = _INSTRUCTION.search(text) if instructed else None
    if instruction or holds_guidance(text, sections):
        begin = text[instruction.start() if instruction else 0 :][:20]
        return f"“{begin}…”是表格的填写说明，不是正文。", begin
    if (note := typesetting_in(text)) and not tells_of_format(text):
        return f"“{note}”是排版说明，不是正文。", note
    if page_number(text) is not None:
        return f"“{text}”是印本的页码，不是正文。", text
    slots = (_SLOT.match(text, sign.start()) for sign in _SLOT_SIGNS.finditer(text))
    if slot := next(filter(None, slots), None):
        around = text[max(0, slot.start() - _AROUND) : slot.end() + _AROUND]
        return f"“{around}”里有没填的空。", around
    return None


RULE = Rule(
    code="GX048",
    name="guidance-left-in",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.1.0",
    hint="删去说明文字；空着的地方填上实际的数字或名称。",
    check=check,
)
