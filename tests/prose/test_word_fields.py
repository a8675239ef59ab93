"""The closed list of Word's fields: what each leaves in the text, and what is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.prose.raw import RawText
from gxgen.prose.word import read_word
from gxgen.prose.word_fields import FIELDS, Shows
from tests.prose.word_files import docx, field, looking, mark, paragraph, run

STANDARD = """
= ADDRESSBLOCK ADVANCE ASK AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT AUTOTEXT AUTOTEXTLIST BIBLIOGRAPHY
CITATION COMMENTS COMPARE CREATEDATE DATABASE DATE DOCPROPERTY DOCVARIABLE EDITTIME EQ FILENAME
FILESIZE FILLIN FORMCHECKBOX FORMDROPDOWN FORMTEXT GOTOBUTTON GREETINGLINE HYPERLINK IF
INCLUDEPICTURE INCLUDETEXT INDEX KEYWORDS LASTSAVEDBY LINK LISTNUM MACROBUTTON MERGEFIELD MERGEREC
MERGESEQ NEXT NEXTIF NOTEREF NUMCHARS NUMPAGES NUMWORDS PAGE PAGEREF PRINT PRINTDATE PRIVATE QUOTE
RD REF REVNUM SAVEDATE SECTION SECTIONPAGES SEQ SET SKIPIF STYLEREF SUBJECT SYMBOL TA TC TEMPLATE
TIME TITLE TOA TOC USERADDRESS USERINITIALS USERNAME XE
"""
"""ECMA-376, 17.16.5."""

SILENT = (Shows.NOTHING, Shows.PERHAPS, Shows.CONTENTS, Shows.BUTTON)
"""Kinds that may lack a result without anything being missing."""
OWN = (Shows.SYMBOL, Shows.BOX)
"""Kinds whose result is not what they show."""


def read(content: str) -> RawText:
    return read_word(docx(paragraph(run("前") + content + run("后"))), "稿.docx")


def line(content: str) -> tuple[str, list[str]]:
    raw = read(content)
    return raw.lines[0].text, [f.code for f in raw.findings]


def simple(code: str, result: str = "") -> str:
    return f'<w:fldSimple w:instr=" {code} ">{run(result) if result else ""}</w:fldSimple>'


def test_every_field_of_the_standard_is_listed() -> None:
    assert set(STANDARD.split()) <= set(FIELDS)


@pytest.mark.parametrize("form", [field, simple])
@pytest.mark.parametrize("code", FIELDS)
def test_text_around_a_field_survives_and_its_result_is_printed(code: str, form) -> None:
    shows = FIELDS[code]
    text, codes = line(form(f"{code} a", "果"))
    if shows in OWN or shows is Shows.NOTHING:
        assert (text, codes) == ("前后", ["GX056"])
    else:
        assert text == "前果后"
    nothing, codes = line(form(code))
    assert nothing == "前后"
    assert bool(codes) == (shows not in SILENT)


@given(st.from_regex(r"\A[A-Za-z]{3,12}\Z").filter(lambda code: code.upper() not in FIELDS))
def test_an_unknown_field_is_named_and_its_result_printed(code: str) -> None:
    raw = read(field(f" {code} \\x", "果"))
    assert raw.lines[0].text == "前果后"
    assert [f.code for f in raw.findings] == ["GX092"]
    assert code.upper() in raw.findings[0].message
    lost = read(field(f" {code} \\x"))
    assert [f.code for f in lost.findings] == ["GX056"]


@pytest.mark.parametrize(
    ("code", "shown", "codes"),
    [
        (r" eq \o\ac(○,1)", "①", []),
        (r"EQ \o\ac(○,20)", "⑳", []),
        (r"EQ \o\ac(○,三)", "㊂", []),
        (r"EQ \o\ac(○,岭)", "岭", ["GX092"]),
        (r"EQ \o\ac(□,3)", "3", ["GX092"]),
        (r'EQ \* jc2 \* "Font:宋体" \* hps16 \o\ad(\s\up 15(lǐng),岭)', "岭", ["GX059"]),
        (r"EQ \* jc0 \* hps10 \o(\s\up 9(lǐng xià),岭下)", "岭下", ["GX059"]),
        (r"EQ \o(\s\up 5(政),\s\do 5(府))", "政府", ["GX092"]),
        (r"EQ \f(3,4)", "3/4", []),
        (r"EQ \s\up 8(2)", "²", []),
        (r"EQ \s\do 4(2)", "₂", []),
        (r"EQ \r(2)", "√2", []),
        (r"EQ \b(合计)", "合计", ["GX092"]),
        (r"EQ \x", "", ["GX056"]),
        (r"EQ ", "", ["GX056"]),
    ],
)
def test_equation_fields_keep_their_letters(code: str, shown: str, codes: list[str]) -> None:
    assert line(field(code)) == (f"前{shown}后", codes)


@given(st.lists(st.sampled_from(["\\o", "\\f", "\\s\\up", "\\b", "(", ")", ",", "3", "甲"])))
def test_no_equation_loses_a_letter_in_silence(parts: list[str]) -> None:
    text, codes = line(field("EQ " + " ".join(parts)))
    kept = text.count("甲")
    assert kept == parts.count("甲") or codes


def test_a_fraction_beside_a_digit_is_set_apart() -> None:
    text, codes = line(run("共2") + field(r"EQ \f(1,2)") + run("5倍"))
    assert (text, codes) == ("前共2 1/2 5倍后", ["GX092"])


ENTRIES = '<w:listEntry w:val="未收到"/><w:listEntry w:val="已收到"/><w:listEntry w:val="请选择"/>'


@pytest.mark.parametrize(
    ("chosen", "shown", "codes"),
    [
        ('<w:result w:val="1"/>', "已收到", []),
        ('<w:default w:val="1"/>', "已收到", []),
        ("", "未收到", []),
        ('<w:result w:val="2"/>', "", ["GX048"]),
        ('<w:result w:val="7"/>', "", ["GX056"]),
    ],
)
def test_the_chosen_entry_of_a_drop_down(chosen: str, shown: str, codes: list[str]) -> None:
    data = f"<w:ffData><w:ddList>{chosen}{ENTRIES}</w:ddList></w:ffData>"
    assert line(field(" FORMDROPDOWN ", data=data)) == (f"前{shown}后", codes)


def test_a_box_is_told_with_its_state() -> None:
    data = '<w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>'
    assert "已勾选" in read(field("FORMCHECKBOX", data=data)).findings[0].message


@pytest.mark.parametrize(
    "slot",
    [
        field("MERGEFIELD 数量", "«数量»"),
        simple("MERGEFIELD 数量", "«数量»"),
        field("FORMTEXT", "\u2002" * 5),
        field("MACROBUTTON NoMacro [单击此处输入]"),
    ],
)
def test_a_field_that_nobody_filled_is_an_error(slot: str) -> None:
    assert line(slot) == ("前后", ["GX048"])


@pytest.mark.parametrize("filled", [field("MERGEFIELD 名称", "《办法》"), field("FORMTEXT", "12")])
def test_a_filled_one_is_text(filled: str) -> None:
    assert line(filled)[1] == []


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (r"SYMBOL 8451 \u", "℃"),
        (r"SYMBOL 65 \f 宋体", "A"),
        (r"SYMBOL 0x2103 \u", "℃"),
        (r"SYMBOL 254 \f Wingdings", ""),
        (r"SYMBOL 200", ""),
    ],
)
def test_a_symbol_is_printed_where_unicode_has_it(code: str, shown: str) -> None:
    assert line(field(code, "")) == (f"前{shown}后", [] if shown else ["GX056"])


@pytest.mark.parametrize(
    ("char", "font", "shown"),
    [("2103", "宋体", "℃"), ("F0FE", "Wingdings", ""), ("0041", "Symbol", ""), ("zz", "宋体", "")],
)
def test_a_symbol_of_its_own(char: str, font: str, shown: str) -> None:
    content = f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'
    assert line(content) == (f"前{shown}后", [] if shown else ["GX056"])


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def test_a_field_inside_the_code_of_another() -> None:
    inner = field("MERGEFIELD n", "5")
    nested = mark("begin") + code("IF ") + inner + code(' &gt; 3 "多"') + mark("separate")
    assert line(nested + run("多") + mark("end")) == ("前多后", [])


def test_a_result_over_several_paragraphs() -> None:
    raw = read_word(
        docx(
            paragraph(run("前") + mark("begin") + code("REF a") + mark("separate") + run("甲")),
            paragraph(run("乙") + mark("end") + run("后")),
        ),
        "稿.docx",
    )
    assert [one.text for one in raw.lines] == ["前甲", "乙后"]


@pytest.mark.parametrize(
    "torn",
    [
        mark("begin") + code("REF a"),
        mark("begin") + code("REF a") + mark("separate"),
        mark("begin") + code("REF a") + f"<w:del>{mark('separate')}{mark('end')}</w:del>",
        mark("end"),
        mark("separate") + code("REF a"),
    ],
)
def test_a_torn_field_swallows_nothing(torn: str) -> None:
    raw = read_word(docx(paragraph(run("前") + torn + run("后")), paragraph("下一段")), "稿.docx")
    assert [one.text for one in raw.lines] == ["前后", "下一段"]


def test_open_text_between_codes_is_told() -> None:
    content = mark("begin") + code("REF a") + run("文字") + mark("separate") + mark("end")
    raw = read(content)
    assert "“文字”" in " ".join(f.message for f in raw.findings)


def test_a_hidden_result_is_told_as_hidden() -> None:
    hidden = looking("藏", "<w:vanish/>")
    content = mark("begin") + code("REF a") + mark("separate") + hidden + mark("end")
    raw = read(content)
    assert (raw.lines[0].text, len(raw.findings)) == ("前后", 1)
    assert "隐藏文字“藏”" in raw.findings[0].message
