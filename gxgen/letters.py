"""Letters that only look like the ordinary ones, and the ordinary ones instead.

Text copied from a PDF holds radicals in place of characters (⼯ U+2F2F for 工), presentation forms
and ligatures: it looks right, prints in another face, and no search finds it. Digits and signs are
not touched by :func:`ordinary`: what a number is, :mod:`gxgen.numbers` says, and of all that looks
like a digit it takes the full-width ones only (:func:`narrow`).
"""

from __future__ import annotations

import re
import unicodedata

_RADICALS = dict(
    zip(
        "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐"
        "⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乛乚乙亻冂几刀刂卜㔾小小兀尣尢尣巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爪爫丬牛犭王疋目示礻竹糹纟罓罒罓网冈羊羊羊耂肀聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅"
        "長镸长门阜阝雨青韦页风飞食飠飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
"""CJK Radicals Supplement, which Unicode does not decompose, by its EquivalentUnifiedIdeograph."""
ODD = "\u2e80-\u2fd5\uf900-\ufaff\ufb00-\ufb06\ufe10-\ufe19\ufe30-\ufe4f\U0002f800-\U0002fa1d"
"""The ranges in which they lie, as a regular expression names them."""
_ODD = re.compile(f"[{ODD}]")
_NARROW = {letter: letter - 0xFEE0 for letter in range(0xFF01, 0xFF5F)} | {
    **dict.fromkeys(map(ord, "\u3000\xa0\u202f"), " "),
    ord("￥"): "¥",
}
_WIDE = {"(": "（", ")": "）", ",": "，", ":": "：", ";": "；", "!": "！", "?": "？"}
_UPRIGHT = {"{": "｛", "}": "｝", "[": "［", "]": "］", "..": "‥", "...": "…"}
"""Vertical forms decompose to narrow signs; Chinese text wants the wide ones."""


def odd_letters(text: str) -> str:
    """The letters in ``text`` that :func:`ordinary` would change, each once, in order."""
    return "".join(dict.fromkeys(c for c in _ODD.findall(text) if _usual(c) != c))


def ordinary(text: str) -> str:
    """``text`` with radicals, presentation forms and ligatures as ordinary characters."""
    return _ODD.sub(lambda found: _usual(found[0]), text)


def narrow(text: str) -> str:
    """``text`` with full-width digits, signs and spaces as narrow ones, and nothing else changed.

    NFKC would make digits of ①, ² and ½ as well.
    """
    return text.translate(_NARROW)


def _usual(letter: str) -> str:
    plain = _RADICALS.get(letter) or unicodedata.normalize("NFKC", letter)
    if "\ufe10" <= letter <= "\ufe4f":
        return (_WIDE | _UPRIGHT).get(plain, plain)
    return plain


_RAISED = str.maketrans("0123456789+-−=()（）ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()（）.", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎₍₎.")


def raised(text: str) -> str | None:
    """The text in letters that are raised by themselves, where it has them all: ``2`` → ``²``."""
    return _moved(text, _RAISED)


def lowered(text: str) -> str | None:
    """The text in lowered letters: ``2`` → ``₂``."""
    return _moved(text, _LOWERED)


def _moved(text: str, table: dict[int, int]) -> str | None:
    return text.translate(table) if text and all(ord(c) in table for c in text) else None


def squeezed(text: str) -> str:
    """NFKC without white space: for matching, never for what is printed."""
    return "".join(unicodedata.normalize("NFKC", text).split())


_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Categories of what nobody sees, or what moves the text around it: control characters, marks of
direction and joining, halves of characters, ends of lines."""


_HALVES = re.compile("[\ud800-\udfff]")


def shown(text: str, *, keep: str = "") -> str:
    r"""``text`` fit for a screen, JSON or a page: what cannot be seen stands there as its number.

    A file's name may hold anything: signs that command a terminal (``\x1b``) or turn the reading
    round (``\u202e``), and bytes that are no UTF-8 at all, which Python reads as halves of
    characters and this shows as bytes (``\xd4``). ``keep`` are characters that stay, such as the
    line feed of a text of several lines.
    """
    if text.isprintable():
        return text
    return "".join(
        _number(c) if unicodedata.category(c) in _UNSEEN and c not in keep else c for c in text
    )


def encodable(text: str) -> str:
    """``text`` for a file that programs read: exact, but for what no UTF-8 can hold, which is
    :func:`shown`."""
    return _HALVES.sub(lambda found: _number(found[0]), text)


def _number(letter: str) -> str:
    code = ord(letter)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a name in another encoding (PEP 383)
        code -= 0xDC00
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
