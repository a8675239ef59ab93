"""括号、书名号或引号不成对

什么：〔〕、《》、（）、“”有一半没有另一半。

为什么：漏掉的一半往往带着漏掉的字；印出来一眼就能看见。

例子：“根据《中华人民共和国政府信息公开条例的要求”；“（以下简称《条例》”。

怎么改：补上缺的一半，看看是不是还漏了字。

依据：《标点符号用法》（GB/T 15834—2011）。跨段的引文、“1）”这样的编号、半角引号不算。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.text import printed_passages
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report
from gxgen.places import Place

_KINDS = (("〔", "〕"), ("《", "》"), ("（", "）"), ("“", "”"))
_FOLD = str.maketrans("()﹙﹚", "（）（）")
_LOOSE = {"〔": "[]［］【】﹝﹞", "《": "<>＜＞〈〉﹤﹥«»≪≫", "（": "", "“": '"＂„‟「」『』〝〞″'}
"""Beside these signs the other half may be one of them; then nothing is certain."""
_LISTED = re.compile(
    r"(?:^|[\s，。；;：:、！？])(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z①-⑳])$"
)
_PRIMED = re.compile(r"[\d°′'＇]\s*$")
_AROUND = 10


def check(report: Report) -> Iterator[Finding]:
    """Each half whose other half stands neither in its paragraph nor in one before or after."""
    for lines in printed_passages(report):
        whole = "".join(text for text, _ in lines).translate(_FOLD)
        for left, right in _KINDS:
            loose = any(sign in whole for sign in _LOOSE[left])
            if (left in whole or right in whole) and not loose and _single(whole, left, right):
                yield from _told(lines, left, right)


def _told(lines: list[tuple[str, Place | None]], left: str, right: str) -> Iterator[Finding]:
    folded = [text.translate(_FOLD) for text, _ in lines]
    alone = [_single(text, left, right) for text in folded]
    for number, ((text, place), found) in enumerate(zip(lines, alone, strict=True)):
        for at in found:
            here = folded[number][at]
            others, other = (
                (alone[:number], left) if here == right else (alone[number + 1 :], right)
            )
            texts = folded[:number] if here == right else folded[number + 1 :]
            if any(t[i] == other for t, some in zip(texts, others, strict=True) for i in some):
                continue
            around = text[max(0, at - _AROUND) : at + _AROUND + 1]
            missing = left if here == right else right
            yield Finding(
                RULE.code, f"“{around}”里的“{here}”没有与它成对的“{missing}”。", place, quote=around
            )
            break


def _single(text: str, left: str, right: str) -> list[int]:
    """Where halves without the other half stand."""
    opened: list[int] = []
    alone: list[int] = []
    for found in re.finditer(f"[{left}{right}]", text):
        at = found.start()
        if found.group() == left:
            opened.append(at)
        elif opened:
            opened.pop()
        elif not (right == "）" and _LISTED.search(text[:at])) and not (
            right == "”" and _PRIMED.search(text[:at])
        ):
            alone.append(at)
    return sorted(alone + opened)


RULE = Rule(
    code="GX505",
    name="unpaired-brackets",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="补上缺的一半；是多出来的，就删去。",
    check=check,
)
