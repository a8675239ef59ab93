"""Letters that only look like the ordinary ones, and the ordinary ones instead.

Text copied from a PDF holds radicals in place of characters (⼯ U+2F2F for 工), presentation forms
and ligatures: it looks right, prints in another face, and no search finds it. Digits and signs are
not touched by :func:`ordinary`: what a number is, :mod:`gxgen.numbers` says, and of all that looks
like a digit it takes the full-width ones only (:func:`narrow`).
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache

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


@lru_cache(maxsize=4096)
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


_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
"""Controls, signs that turn the direction of writing, others without a shape, halves of pairs."""


SHAPELESS = (
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200e\u2060-\u2065\u206a-\u206f\u3164"
    "\ufeff\uffa0"
)
"""Letters without a shape, as a regular expression names them. Those that choose another glyph for
the letter before them have one, and what :data:`TURNING` holds is told."""
_SHAPELESS = re.compile(f"[{SHAPELESS}]")


def without_shapeless(text: str) -> str:
    """``text`` as it is seen: a number that a letter without a shape divides is one number."""
    return _SHAPELESS.sub("", text)


def shown(text: object, *, lines: bool = False) -> str:
    """``text`` fit for a screen: what has no shape of its own stands as ``[U+001B]``.

    Names and cells are strangers' text, and a terminal obeys some of it. A line stays a line, so
    that a name cannot add one; with ``lines`` breaks and tabs stay, for text that is ours.
    """
    return _UNSEEN.sub(
        lambda found: found[0] if lines and found[0] in "\n\t" else _named(found[0]), str(text)
    )


def json_shown(text: str) -> str:
    """JSON fit for a screen and saying the same: escapes in place of what has no shape."""
    return _UNSEEN.sub(
        lambda found: found[0] if found[0] == "\n" else json.dumps(found[0])[1:-1], text
    )


def _named(letter: str) -> str:
    return f"[U+{ord(letter):04X}]"


TURNING = re.compile("[\u061c\u200f\u202a-\u202e\u2066-\u2069]")
"""They turn the direction of what is beside them: what is seen is not what is there."""
UNUSUAL = re.compile("[\ue000-\uf8ff\ufe0f\U0001f000-\U0001faff\U000f0000-\U0010fffd]")
"""Private use, which only the maker's own fonts can print, and emoji."""
_CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_SIGN_FONT = re.compile(
    r"(?:standard )?symbol(?:s?ps| l| mt)?|.{0,30}(?:dings|dingbats).{0,30}|marlett|mt extra"
    r"|monotype sorts|bookshelf symbol.{0,9}|ms outlook|ms reference specialty",
    re.IGNORECASE,
)


def has_chinese(text: str) -> bool:
    """Whether there is Chinese in it, which is set in another face than the letters beside it."""
    return _CHINESE.search(text) is not None


def is_sign_font(name: str) -> bool:
    """Whether a font has pictures or foreign letters where others have letters and digits."""
    return _SIGN_FONT.fullmatch(name) is not None
