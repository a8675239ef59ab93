"""Automatic numbers as Word shows them: every format, list styles, levels, restarts, bounds."""

from __future__ import annotations

import pytest

from gxgen.prose.raw import RawText
from gxgen.prose.word import read_word
from gxgen.prose.word_numerals import FORMATS, number_in
from tests.prose.word_files import docx, listed, numbering, paragraph, style, styled

STANDARD = """
decimal upperRoman lowerRoman upperLetter lowerLetter ordinal cardinalText ordinalText hex chicago
ideographDigital japaneseCounting aiueo iroha decimalFullWidth decimalHalfWidth japaneseLegal
japaneseDigitalTenThousand decimalEnclosedCircle decimalFullWidth2 aiueoFullWidth irohaFullWidth
decimalZero ganada chosung decimalEnclosedFullstop decimalEnclosedParen
decimalEnclosedCircleChinese ideographEnclosedCircle ideographTraditional ideographZodiac
ideographZodiacTraditional taiwaneseCounting ideographLegalTraditional taiwaneseCountingThousand
taiwaneseDigital chineseCounting chineseLegalSimplified chineseCountingThousand koreanDigital
koreanCounting koreanLegal koreanDigital2 vietnameseCounting russianLower russianUpper none
numberInDash hebrew1 hebrew2 arabicAlpha arabicAbjad hindiVowels hindiConsonants hindiNumbers
hindiCounting thaiLetters thaiNumbers thaiCounting bahtText dollarText custom
"""
"""ECMA-376, 17.18.59, but ``bullet``."""


def read(*blocks: str, **parts: str) -> RawText:
    return read_word(docx(*blocks, **parts), "稿.docx")


def lines(*blocks: str, **parts: str) -> list[str]:
    return [one.text for one in read(*blocks, **parts).lines]


def test_every_format_of_the_standard_is_listed() -> None:
    assert set(STANDARD.split()) == set(FORMATS)


@pytest.mark.parametrize(
    ("form", "numbers", "shown"),
    [
        ("decimal", [1, 10, 12345678], ["1", "10", "12345678"]),
        ("decimalZero", [1, 9, 10, 100], ["01", "09", "10", "100"]),
        ("001, 002, 003, ...", [1, 12, 1234], ["001", "012", "1234"]),
        ("decimalFullWidth", [12], ["１２"]),
        ("numberInDash", [1], ["- 1 -"]),
        ("decimalEnclosedCircle", [1, 10, 20, 21], ["①", "⑩", "⑳", "21"]),
        ("decimalEnclosedCircleChinese", [1, 10, 11], ["①", "⑩", None]),
        ("decimalEnclosedParen", [1, 20, 21], ["⑴", "⒇", None]),
        ("decimalEnclosedFullstop", [1, 20, 21], ["⒈", "⒛", None]),
        ("ideographEnclosedCircle", [1, 10, 11], ["㊀", "㊉", None]),
        ("chineseCounting", [1, 10, 11, 99, 101], ["一", "十", "十一", "九十九", "一○一"]),
        ("chineseCountingThousand", [11, 20, 110, 101], ["十一", "二十", "一百一十", None]),
        ("chineseLegalSimplified", [1, 10, 11, 23], ["壹", "壹拾", "壹拾壹", "贰拾叁"]),
        ("ideographLegalTraditional", [2, 3, 10], ["貳", "參", "壹拾"]),
        ("ideographDigital", [1, 10, 101], ["一", "一〇", "一〇一"]),
        ("ideographTraditional", [1, 2, 10, 11], ["甲", "乙", "癸", "11"]),
        ("ideographZodiac", [1, 12, 13], ["子", "亥", "13"]),
        ("ideographZodiacTraditional", [1, 2, 60, 61], ["甲子", "乙丑", "癸亥", None]),
        ("japaneseCounting", [1, 11, 100], ["一", "十一", None]),
        ("upperRoman", [1, 4, 9, 1999, 4000], ["I", "IV", "IX", "MCMXCIX", None]),
        ("lowerRoman", [8], ["viii"]),
        ("upperLetter", [1, 26, 27, 28, 261], ["A", "Z", "AA", "BB", None]),
        ("lowerLetter", [2, 53], ["b", "aaa"]),
        ("ordinal", [1, 2, 3, 4, 11, 12, 21], ["1st", "2nd", "3rd", "4th", "11th", "12th", "21st"]),
        ("hex", [10, 16], ["A", "10"]),
        ("chicago", [1, 2, 5], ["*", "†", "**"]),
        ("aiueo", [1, 6], ["ｱ", "ｶ"]),
        ("aiueoFullWidth", [1, 6], ["ア", "カ"]),
        ("iroha", [1, 7], ["ｲ", "ﾄ"]),
        ("irohaFullWidth", [1, 25], ["イ", "ヰ"]),
        ("ganada", [1, 14], ["가", "하"]),
        ("none", [5], [""]),
        ("thaiLetters", [1], [None]),
        ("甲, 乙", [1], [None]),
    ],
)  # fmt: skip
def test_numbers_as_word_shows_them(form: str, numbers: list[int], shown: list[str | None]) -> None:
    assert [number_in(form, number) for number in numbers] == shown


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_is_guessed_or_unbounded(form: str) -> None:
    for number in (0, 1, 7, 26, 99, 100, 99_999_999):
        assert len(number_in(form, number) or "") <= 15
    raw = read(listed("公开。", 1), numbering=numbering((form, "%1．")))
    number = number_in(form, 1)
    assert [f.code for f in raw.findings] == ([] if number is not None else ["GX056"])
    assert raw.lines[0].text == ("公开。" if number is None else f"{number}．公开。")


@pytest.mark.parametrize(
    ("level", "text", "shown"),
    [
        (("chineseCounting", "%1是"), "开展培训。", "一是开展培训。"),
        (("decimalEnclosedCircleChinese", "%1"), "公开文件。", "①公开文件。"),
        (("ideographTraditional", "%1、"), "设立专栏。", "甲、设立专栏。"),
        (("decimal", "%1."), "设立专栏。", "1.设立专栏。"),
        (("decimal", "%1."), "2023年设立。", "1. 2023年设立。"),
        (("decimal", "%1"), "2023年设立。", "1 2023年设立。"),
        (("decimalFullWidth", "%1"), "２０条。", "１ ２０条。"),
        (("chineseCounting", "%1"), "百件。", "一 百件。"),
        (("upperLetter", "%1."), "设立。", "A. 设立。"),
        (("none", "附件："), "名单。", "附件：名单。"),
        (("bullet", "注："), "说明。", "注：说明。"),
        (("bullet", "l"), "说明。", "说明。"),
        (("bullet", "\uf06c"), "说明。", "说明。"),
    ],
)
def test_a_number_and_its_text(level: tuple[str, str], text: str, shown: str) -> None:
    assert lines(listed(text, 1), numbering=numbering(level)) == [shown]


def level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(name: int, inner: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{inner}</w:abstractNum>'


def number(name: int, of: int, override: str = "") -> str:
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'


CHAPTERS = level(0, "chineseCountingThousand", "%1、") + level(1, "chineseCounting", "（%2）")


@pytest.mark.parametrize("borrowed_first", [False, True])
def test_a_list_that_names_a_list_style(borrowed_first: bool) -> None:
    parts = [
        abstract(0, f'<w:styleLink w:val="L"/>{CHAPTERS}'),
        abstract(1, '<w:numStyleLink w:val="L"/>'),
    ]
    if borrowed_first:
        parts.reverse()
    found = lines(
        listed("甲", 1), listed("乙", 1, 1), listed("丙", 1, 1), listed("丁", 1),
        numbering="".join(parts) + number(5, 0) + number(1, 1),
    )  # fmt: skip
    assert found == ["一、甲", "（一）乙", "（二）丙", "二、丁"]


def test_levels_that_belong_to_paragraph_styles() -> None:
    own = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    levels = level(0, "chineseCounting", "%1、", '<w:pStyle w:val="A"/>') + level(
        1, "chineseCounting", "（%2）", '<w:pStyle w:val="B"/>'
    )
    found = lines(
        styled("甲", "A"), styled("乙", "B"), styled("丙", "C"), styled("丁", "N"),
        styles=style("A", "a", own) + style("B", "b", own) + style("C", "c", based_on="B")
        + style("N", "n", '<w:numPr><w:numId w:val="0"/></w:numPr>', based_on="A"),
        numbering=abstract(0, levels) + number(1, 0),
    )  # fmt: skip
    assert found == ["一、甲", "（一）乙", "（二）丙", "丁"]


def test_legal_numbers_are_arabic_throughout() -> None:
    levels = level(0, "chineseCounting", "第%1章") + level(
        1, "decimal", "%1.%2", '<w:isLgl/><w:suff w:val="nothing"/>'
    )
    found = lines(listed("甲", 1), listed("乙", 1, 1), numbering=abstract(0, levels) + number(1, 0))
    assert found == ["第一章甲", "1.1乙"]


@pytest.mark.parametrize(("restart", "last"), [("", "1.丁"), ('<w:lvlRestart w:val="0"/>', "2.丁")])
def test_a_level_that_never_starts_again(restart: str, last: str) -> None:
    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2.", restart)
    found = lines(
        listed("甲", 1), listed("乙", 1, 1), listed("丙", 1), listed("丁", 1, 1),
        numbering=abstract(0, levels) + number(1, 0),
    )  # fmt: skip
    assert found == ["一、甲", "1.乙", "二、丙", last]


def test_an_override_brings_a_level_of_its_own() -> None:
    override = (
        f'<w:lvlOverride w:ilvl="0">{level(0, "ideographTraditional", "%1、")}</w:lvlOverride>'
    )
    both = abstract(0, CHAPTERS) + number(1, 0) + number(2, 0, override)
    assert lines(listed("甲事", 1), listed("乙事", 2), numbering=both) == ["一、甲事", "乙、乙事"]


def test_a_format_of_its_own_stands_in_an_alternative() -> None:
    custom = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" '
        'w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
        "</mc:Fallback></mc:AlternateContent>"
    )
    levels = f'<w:lvl w:ilvl="0"><w:start w:val="1"/>{custom}<w:lvlText w:val="%1号"/></w:lvl>'
    assert lines(listed("文件", 1), numbering=abstract(0, levels) + number(1, 0)) == ["001号文件"]


def test_word_numbers_an_empty_paragraph_too() -> None:
    raw = read(
        listed("甲", 1), listed("", 1).replace("<w:r>", "<!--").replace("</w:r>", "-->"),
        listed("乙", 1), numbering=numbering(("decimal", "%1.")),
    )  # fmt: skip
    assert [one.text for one in raw.lines] == ["1.甲", "3.乙"]
    assert [f.code for f in raw.findings] == ["GX059"]


def test_a_pattern_beyond_all_measure_is_told_once() -> None:
    bomb = numbering(("upperLetter", "%1" * 20_000)).replace(
        'w:start w:val="1"', 'w:start w:val="99999999"'
    )
    raw = read(*[listed("项", 1)] * 2000, paragraph("完。"), numbering=bomb)
    assert sum(len(one.text) for one in raw.lines) == 2002
    assert [f.code for f in raw.findings] == ["GX056"]
    assert len(raw.findings[0].message) < 100
