"""括号、书名号或引号不成对

什么：〔〕、《》、（）、“”有一半没有另一半。

为什么：漏掉的一半往往带着漏掉的字；印出来一眼就能看见。

例子：“根据《中华人民共和国政府信息公开条例的要求”；“（以下简称《条例》”。

怎么改：补上缺的一半，看看是不是还漏了字。

依据：《标点符号用法》（GB/T 15834—2011）。跨段的引文、“1）”这样的编号、半角引号不算。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gxgen.checks.rule import Rule
from gxgen.checks.text import Line, paired, printed_passages, unpaired, whole_text
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report

_KINDS = (("〔", "〕"), ("《", "》"), ("（", "）"), ("“", "”"))
_HALVES = re.compile(f"[{''.join(map(''.join, _KINDS))}]")
_FOLD = str.maketrans("()﹙﹚", "（）（）")
_NARROW = tuple(map(chr, _FOLD))
_LOOSE = {"〔": "[]［］【】﹝﹞", "《": "<>＜＞〈〉﹤﹥«»≪≫", "（": "", "“": '"＂„‟「」『』〝〞″'}
"""Beside these signs the other half may be one of them; then nothing is certain."""
_LISTED = re.compile(r"(?<!\d)\d{1,2}$|[一二三四五六七八九十①-⑳]$|(?<![a-zA-Z])[a-zA-Z]$")
_PRIMED = re.compile(r"[\d°′'＇]\s*$")
_NOTICE = re.compile(r"国办公开办.{0,14}$")
"""The number of the form's notice, which GX504 tells."""
_AROUND = 10


def check(report: Report) -> Iterator[Finding]:
    """Each half whose other half stands neither in its paragraph nor in one before or after."""
    _, everything = whole_text(report)
    narrow = any(sign in everything for sign in _NARROW)
    for lines in printed_passages(report):
        whole = "\n".join(text for text, _ in lines)
        whole = whole.translate(_FOLD) if narrow else whole
        halves = _HALVES.findall(whole)
        for left, right in _KINDS if halves else ():
            if paired(halves, left, right) or any(sign in whole for sign in _LOOSE[left]):
                continue
            if _single(whole, left, right):
                yield from _told(lines, left, right)


def _told(lines: Sequence[Line], left: str, right: str) -> Iterator[Finding]:
    alone = [_single(text.translate(_FOLD), left, right) for text, _ in lines]
    opened = [number for number, found in enumerate(alone) if left in found.values()]
    closed = [number for number, found in enumerate(alone) if right in found.values()]
    for number, (text, place) in enumerate(lines):
        for at, half in alone[number].items():
            beyond = (
                closed and closed[-1] > number if half == left else opened and opened[0] < number
            )
            if not beyond:
                around = text[max(0, at - _AROUND) : at + _AROUND + 1]
                missing = right if half == left else left
                message = f"“{around}”里的“{half}”没有与它成对的“{missing}”。"
                yield Finding(RULE.code, message, place, quote=around)
                break


def _single(text: str, left: str, right: str) -> dict[int, str]:
    """Where halves without the other half stand, and which."""
    alone = unpaired(text, left, right)
    return {at: half for at, half in alone.items() if not _lawful(text[:at], half)}


def _lawful(before: str, half: str) -> bool:
    """A number of a list, a sign for inches, or what another rule tells."""
    sort = {"）": _LISTED, "”": _PRIMED, "〔": _NOTICE, "〕": _NOTICE}.get(half)
    return sort is not None and sort.search(before) is not None


RULE = Rule(
    code="GX505",
    name="unpaired-brackets",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="补上缺的一半；是多出来的，就删去。",
    check=check,
)
