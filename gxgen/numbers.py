"""What a cell says as a number: read as what it surely means, or refused; never guessed.

Agencies type ``２``, ``2件``, ``/``, ``减4``, ``251000元``. :func:`read_number` gives the value,
and says what had to be done to get it, so that nothing is changed silently.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from gxgen.kinds import Kind
from gxgen.letters import narrow
from gxgen.numerals import from_chinese

Value = int | Decimal

LARGEST = 10**9
"""No agency counts a thousand million of anything; a larger number is a slip (a phone, a date)."""
MONEY_PLACES = 4
"""万元 to four places is to the yuan (元)."""


class Remark(StrEnum):
    """What is to be said about a reading. The last five leave it without a value."""

    TIDIED = "tidied"
    """Spaces, width, thousands commas or a unit taken off: the number itself is as typed."""
    ASSUMED = "assumed"
    """Words or another unit turned into a number."""
    PLACES = "places"
    """Money with more than four places; kept."""
    BLANK = "blank"
    NOT_A_NUMBER = "not-a-number"
    NEGATIVE = "negative"
    FRACTION = "fraction"
    TOO_LARGE = "too-large"


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A value (None if refused), what the cell said, and each remark with its Chinese words."""

    value: Value | None
    raw: str | None
    remarks: tuple[tuple[Remark, str], ...] = ()


def read_number(raw: object, kind: Kind) -> NumberReading:
    """The number that a cell holds.

    ``raw`` is what a spreadsheet or JSON gives: None, bool, int, float, Decimal, str or a date.
    The value is an ``int``, for money a ``Decimal`` with the places as written.
    """
    if type(raw) is float and raw.is_integer() and 0 <= raw < LARGEST:
        whole = int(raw)
        return NumberReading(whole if kind is not Kind.MONEY else Decimal(whole), str(whole))
    if isinstance(raw, str):
        return _text(raw, kind) if len(raw) > _LONGEST else _short(raw, kind)
    if raw is None:
        return NumberReading(None, None, ((Remark.BLANK, ""),))
    if isinstance(raw, bool):
        return _refused("TRUE" if raw else "FALSE", Remark.NOT_A_NUMBER, "是逻辑值，不是数字")
    if isinstance(raw, dt.date | dt.time | dt.timedelta):
        return _refused(str(raw), Remark.NOT_A_NUMBER, "是日期或时间，不是数字")
    if isinstance(raw, float):
        shown = format(raw, ".15g")
        if not _FINITE.fullmatch(shown):
            return _refused(shown, Remark.NOT_A_NUMBER, "不是有效的数字")
        return _accept(format(Decimal(shown), "f"), Decimal(shown), kind)
    if isinstance(raw, int | Decimal):
        return _accept(str(raw), Decimal(raw), kind)
    return _refused(str(raw)[:80], Remark.NOT_A_NUMBER, "不是数字")


_FINITE = re.compile(r"-?\d[\d.]*(?:e[+-]\d+)?")


def _refused(raw: str, remark: Remark, words: str) -> NumberReading:
    return NumberReading(None, raw, ((remark, words),))


def _plain(value: Decimal) -> Decimal:
    """The same number without exponent: ``1E-7`` → ``0.0000001``."""
    return Decimal(format(value, "f"))


def _fault(value: Decimal, kind: Kind) -> tuple[Remark, str] | None:
    """What keeps a number from being a figure of that kind."""
    if not value.is_finite():
        return Remark.NOT_A_NUMBER, "不是有效的数字"
    if kind is not Kind.MONEY and value != value.to_integral_value():
        return Remark.FRACTION, "不是整数"
    if value >= LARGEST or (kind is Kind.SIGNED and value <= -LARGEST):
        return Remark.TOO_LARGE, f"太大，应小于{LARGEST // 10**8}亿"
    if value < 0 and kind is not Kind.SIGNED:
        return Remark.NEGATIVE, "是负数"
    return None


def _accept(raw: str, value: Decimal, kind: Kind, *remarks: tuple[Remark, str]) -> NumberReading:
    if fault := _fault(value, kind):
        return NumberReading(None, raw, (fault,))
    if kind is not Kind.MONEY:
        return NumberReading(int(value), raw, remarks)
    amount = _plain(value)
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > MONEY_PLACES:
        places = (Remark.PLACES, f"有{-exponent}位小数，超过{MONEY_PLACES}位")
        remarks = (*remarks, places)
    return NumberReading(amount, raw, remarks)


_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\r"))
_NOTHING = frozenset({"", "&nbsp;", "&nbsp"})
NOTHING_SIGNS = frozenset({"/", "\\", "-", "--", "—", "——", "–", "―", "−"})
"""Signs for nothing: 0 where a figure must stand, and where none need stand nobody knows."""
_ZERO_WORDS = NOTHING_SIGNS | {"无", "没有"}
UNIT_SIGNS = "件份条次起宗项个元万"
"""How the units end that are taken off a number."""
_DIGITS = re.compile(
    r"(?P<sign>[+\-−]|增加?|减少?)?\s*"
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]*\.[0-9]+|[0-9]+)\s*"
    r"(?P<unit>万元|[万元件份条次起宗项个])?"
)
_SIGN = r"[¥$€£]|RMB|CNY|人民币"
_PRICE = re.compile(rf"(?:(?P<before>{_SIGN})\s*)?(?P<amount>[^¥$€£]+?)\s*(?P<after>{_SIGN})?")
_CANONICAL = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
"""A number that needs no remark."""
_WORDS = re.compile(
    r"(?P<number>[零〇一二两三四五六七八九十百千万]+)\s*(?P<unit>[件份条次起宗项个])?"
)
_MEANING_OF_SIGN = {"": 1, "+": 1, "增": 1, "增加": 1, "-": -1, "−": -1, "减": -1, "减少": -1}
_YUAN_IN_WAN = Decimal(10_000)
_LONGEST = 40


def unspaced(raw: str) -> str:
    """A cell's text as it is read: narrow, without what cannot be seen and space around."""
    return narrow(raw[: _LONGEST * 4]).translate(_INVISIBLE).strip()


def _text(raw: str, kind: Kind) -> NumberReading:
    text = unspaced(raw)
    if text in _NOTHING:
        return NumberReading(None, raw or None, ((Remark.BLANK, ""),))
    if text in _ZERO_WORDS:
        return _accept(raw, Decimal(0), kind, (Remark.ASSUMED, "按0读取"))
    if len(raw) > _LONGEST:
        return _refused(raw, Remark.NOT_A_NUMBER, "不是数字")
    if match := _DIGITS.fullmatch(text):
        return _digits(raw, match, kind)
    price = _PRICE.fullmatch(text)
    if price and (sign := price["before"] or price["after"]):
        return _price(raw, sign, price["amount"], kind)
    match = _WORDS.fullmatch(text)
    number = None if match is None else from_chinese(match["number"])
    if number is None or kind is Kind.MONEY:
        return _refused(raw, Remark.NOT_A_NUMBER, "不能确定是多少")
    return _accept(raw, Decimal(number), kind, (Remark.ASSUMED, f"按{number}读取"))


_short = lru_cache(maxsize=4096)(_text)
"""Most figures of a county are the same few."""


def _digits(raw: str, match: re.Match[str], kind: Kind) -> NumberReading:
    sign, unit = match["sign"] or "", match["unit"] or ""
    is_money = unit in _MONEY_UNITS
    if unit and is_money != (kind is Kind.MONEY):
        return _refused(raw, Remark.NOT_A_NUMBER, f"带有单位“{unit}”，与本格不符")
    if sign not in ("", "-", "−") and kind is not Kind.SIGNED:
        return _refused(raw, Remark.NOT_A_NUMBER, f"带有“{sign}”，不能确定是多少")
    number = match["number"].replace(",", "")
    value = Decimal(number) * _MEANING_OF_SIGN[sign] if Decimal(number) else Decimal(number)
    if unit == "元":
        value = _plain((value / _YUAN_IN_WAN).normalize())
        return _accept(raw, value, kind, (Remark.ASSUMED, f"换算为{value}万元读取"))
    if _as_it_should(raw, sign, value, kind):
        return _accept(raw, value, kind)
    if unit == "万":
        return _accept(raw, value, kind, (Remark.ASSUMED, f"按{format(value, 'f')}万元读取"))
    remark = Remark.ASSUMED if sign[:1] in ("增", "减") else Remark.TIDIED
    shown = value.to_integral_value() if value == value.to_integral_value() else value
    return _accept(raw, value, kind, (remark, f"{_hidden(raw)}按{format(shown, 'f')}读取"))


def _price(raw: str, sign: str, amount: str, kind: Kind) -> NumberReading:
    """An amount with the sign of a currency: sure only where a unit says of what size it is."""
    match = _DIGITS.fullmatch(amount)
    words = f"带有货币符号“{sign.replace('¥', '￥')}”"
    if match is None or match["sign"]:
        return _refused(raw, Remark.NOT_A_NUMBER, f"{words}，不能确定是多少")
    number, own = match["number"].replace(",", ""), sign not in "$€£"
    if kind is Kind.MONEY and own and (match["unit"] in _MONEY_UNITS or not Decimal(number)):
        return _digits(raw, match, kind)
    yuan = format(Decimal(number).scaleb(-4).normalize(), "f")
    clear = f"{number}万元填{number}，{number}元填{yuan}" if own else "折算成人民币后只填数字"
    advice = f"分不清金额的单位：本格以万元计，{clear}"
    if kind is not Kind.MONEY:
        advice = "本格不是金额，只填数字"
    return _refused(raw, Remark.NOT_A_NUMBER, f"{words}，{advice}")


_MONEY_UNITS = ("万元", "元", "万")


def _as_it_should(raw: str, sign: str, value: Decimal, kind: Kind) -> bool:
    """Whether a number is written as the form asks: digits, no spare zero, no sign before 0."""
    if sign not in ("", "-") or (sign and not value) or not raw.startswith(sign):
        return False
    digits = raw[len(sign) :]
    whole = value == value.to_integral_value()
    spare = kind is not Kind.MONEY and whole and "." in digits
    return _CANONICAL.fullmatch(digits) is not None and not spare


_HIDDEN_NAMES = {
    "\n": "换行",
    "\r": "回车",
    "\t": "制表符",
    "\xa0": "不间断空格",
    "\xad": "软连字符",
    "\u200b": "零宽空格",
    "\u200c": "零宽非连接符",
    "\u200d": "零宽连接符",
    "\u2060": "零宽不换行符",
    "\ufeff": "字节顺序标记",
}


def _hidden(raw: str) -> str:
    """``含有看不见的字符U+200B（零宽空格），``; nothing where there is none."""
    names = [f"U+{ord(c):04X}（{_HIDDEN_NAMES[c]}）" for c in _HIDDEN_NAMES if c in raw]
    return f"含有看不见的字符{'、'.join(names)}，" if names else ""
