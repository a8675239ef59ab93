"""Automatic numbers in every format that Word writes (ECMA-376, 17.18.59), as Word shows them.

Where the standard is silent or Word departs from it, what Word shows was taken; formats and
ranges of which that is not known give None, and the reader tells it.
"""

from __future__ import annotations

from collections.abc import Callable

from gxgen.numerals import to_chinese

Digits = Callable[[int], str | None]

_LARGEST_IN_WORDS = 99
_MOST_LETTERS = 10
_LARGEST_ROMAN = 3999
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_LEGAL = str.maketrans("一二三四五六七八九十", "壹贰叁肆伍陆柒捌玖拾")
_LEGAL_TRADITIONAL = str.maketrans("一二三四五六七八九十", "壹貳參肆伍陸柒捌玖拾")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ"
_IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)
_HALF = str.maketrans(
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲ",
    "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦ",
)


def _one_of(signs: str, *, then_plain: bool = False) -> Digits:
    """The n-th sign; beyond them the plain number where Word is known to go on so."""

    def digits(number: int) -> str | None:
        if 0 < number <= len(signs):
            return signs[number - 1]
        return str(number) if then_plain else None

    return digits


def _row(first: int, count: int) -> str:
    return "".join(map(chr, range(first, first + count)))


def _words(number: int) -> str | None:
    """十, 十一, 二十."""
    return to_chinese(number) if 0 < number <= _LARGEST_IN_WORDS else None


def _counting(number: int) -> str | None:
    """As words below a hundred, then digit by digit: 一○一."""
    if number <= _LARGEST_IN_WORDS:
        return _words(number)
    return str(number).translate(str.maketrans("0123456789", "○一二三四五六七八九"))


def _thousands(number: int) -> str | None:
    """In words throughout; with a gap (一百〇一) only where there is none to be sure of."""
    words = to_chinese(number) if 0 < number < 1000 else None
    return None if words is None or "零" in words else words


def _legal(table: dict[int, int]) -> Digits:
    """壹, 壹拾, 壹拾壹."""

    def digits(number: int) -> str | None:
        words = _words(number)
        if words is None:
            return None
        return ("一" + words if words[0] == "十" else words).translate(table)

    return digits


def _by_digit(signs: str) -> Digits:
    table = str.maketrans("0123456789", signs)
    return lambda number: str(number).translate(table)


def _letters(first: str) -> Digits:
    """A … Z, AA, BB: Word repeats the letter."""

    def digits(number: int) -> str | None:
        again, at = divmod(number - 1, 26)
        return chr(ord(first) + at) * (again + 1) if 0 <= again < _MOST_LETTERS else None

    return digits


def _roman(number: int) -> str | None:
    if not 0 < number <= _LARGEST_ROMAN:
        return None
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text


def _lower_roman(number: int) -> str | None:
    upper = _roman(number)
    return upper and upper.lower()


def _ordinal(number: int) -> str | None:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


def _footnote_signs(number: int) -> str | None:
    again, at = divmod(number - 1, 4)
    return "*†‡§"[at] * (again + 1) if 0 <= again < _MOST_LETTERS else None


def _sixty(number: int) -> str | None:
    """甲子, 乙丑 … 癸亥."""
    at = number - 1
    return _STEMS[at % 10] + _BRANCHES[at % 12] if 0 < number <= 60 else None


def _padded(width: int) -> Digits:
    return lambda number: str(number).zfill(width)


_SHOWN: dict[str, Digits] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": _padded(2),
    "numberInDash": lambda number: f"- {number} -",
    "hex": lambda number: f"{number:X}",
    "ordinal": _ordinal,
    "upperRoman": _roman,
    "lowerRoman": _lower_roman,
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "chicago": _footnote_signs,
    "none": lambda _number: "",
    "decimalFullWidth": _by_digit("０１２３４５６７８９"),
    "decimalFullWidth2": _by_digit("０１２３４５６７８９"),
    "decimalEnclosedCircle": _one_of(_row(0x2460, 20), then_plain=True),
    "decimalEnclosedCircleChinese": _one_of(_row(0x2460, 10)),
    "decimalEnclosedParen": _one_of(_row(0x2474, 20)),
    "decimalEnclosedFullstop": _one_of(_row(0x2488, 20)),
    "ideographEnclosedCircle": _one_of(_row(0x3280, 10)),
    "chineseCounting": _counting,
    "chineseCountingThousand": _thousands,
    "taiwaneseCounting": _words,
    "taiwaneseCountingThousand": _words,
    "japaneseCounting": _words,
    "chineseLegalSimplified": _legal(_LEGAL),
    "ideographLegalTraditional": _legal(_LEGAL_TRADITIONAL),
    "ideographDigital": _by_digit("〇一二三四五六七八九"),
    "ideographTraditional": _one_of(_STEMS, then_plain=True),
    "ideographZodiac": _one_of(_BRANCHES, then_plain=True),
    "ideographZodiacTraditional": _sixty,
    "aiueo": _one_of(_AIUEO.translate(_HALF)),
    "aiueoFullWidth": _one_of(_AIUEO),
    "iroha": _one_of(_IROHA.translate(_HALF)),
    "irohaFullWidth": _one_of(_IROHA),
    "ganada": _one_of("가나다라마바사아자차카타파하"),
    "chosung": _one_of("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
}
_UNKNOWN = (
    "cardinalText ordinalText japaneseLegal japaneseDigitalTenThousand taiwaneseDigital"
    " koreanDigital koreanCounting koreanLegal koreanDigital2 vietnameseCounting russianLower"
    " russianUpper hebrew1 hebrew2 arabicAlpha arabicAbjad hindiVowels hindiConsonants"
    " hindiNumbers hindiCounting thaiLetters thaiNumbers thaiCounting bahtText dollarText custom"
)
FORMATS: dict[str, Digits | None] = {**_SHOWN, **dict.fromkeys(_UNKNOWN.split(" "))}
"""Every format of the standard but ``bullet``; None where it is told instead of shown."""


def number_in(form: str, number: int) -> str | None:
    """A number in a format of a list; None where what Word shows is not known.

    ``001, 002, 003, ...`` is how Word writes a format of its own.
    """
    first = form.partition(",")[0]
    if first.isascii() and first.isdecimal() and len(first) < 10:
        return str(number).zfill(len(first)) if int(first) == 1 else None
    digits = FORMATS.get(form)
    return None if digits is None else digits(number)
