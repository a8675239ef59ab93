"""Where what a tag prints runs into what stands beside it: 减少 before 增加3件, 12 before 3件.

The sentence is written with a seam on both sides of all that a tag prints, judged, and let go
without them. What would read as another figure, or as a word too much, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

SEAM = "\x00"
"""No text of a form holds it."""
_AROUND = 8
_CHINESE = "〇零一二三四五六七八九十百千"
_BESIDE = rf"[ \u3000\xa0]*{SEAM}[ \u3000\xa0]*"
_DIGIT = "[0-9０-９]"
_RUNS_ON = re.compile(rf"{_DIGIT}[.．]?{_BESIDE}[.．]?{_DIGIT}|[{_CHINESE}]{_BESIDE}[{_CHINESE}]")
_DIRECTION = "增加|减少|增长|下降|上升|持平"
_TWO_WAYS = re.compile(rf"(?:{_DIRECTION})[了约为]?{_BESIDE}(?:{_DIRECTION})")
_UNIT = re.compile(
    rf"[0-9]([^0-9.,\s{SEAM}]{{1,8}}){_BESIDE}(?:\1|元|％|个百分点)|持平{_BESIDE}(?:件|项|%|％)"
)
_FAULTS = (
    (_RUNS_ON, "两个数连在一起，成了另一个数；请删去多余的数字，或者用标点、文字隔开"),
    (_TWO_WAYS, "“较上年”“同比”自己会写增加、减少或持平；请删去前面写的那个词"),
    (_UNIT, "单位写了两次：填出来的数已经带单位；请删去后面写的单位"),
)


def fault_at(seamed: str) -> str:
    """What is wrong at the first seam where the sentence cannot stay so, in words that follow the
    place; empty where all is well."""
    return next(_faults(seamed), "")


def without_seams(seamed: str) -> str:
    """The sentence as it is printed."""
    return seamed.replace(SEAM, "")


def _faults(seamed: str) -> Iterator[str]:
    text = re.sub(f"{SEAM}+", SEAM, seamed)  # between two tags there are two
    for pattern, why in _FAULTS:
        if found := pattern.search(text):
            around = text[max(0, found.start() - _AROUND) : found.end() + _AROUND]
            yield f"填出来是“{without_seams(around)}”：{why}。"
