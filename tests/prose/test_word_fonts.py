"""Digits and letters of a Word file in a font of pictures are not printed as what they are not."""

from __future__ import annotations

import pytest

from tests.prose.test_word_elements import line
from tests.prose.word_files import looking, run

SIGNS = ["Wingdings", "Wingdings 2", "Webdings", "Symbol", "ZapfDingbats", "Marlett", "MT Extra"]
USUAL = ["宋体", "仿宋_GB2312", "Times New Roman", "Segoe UI Symbol", "OpenSymbol", "Calibri"]
THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements>'
    '<a:fontScheme><a:majorFont><a:latin typeface="Arial"/><a:ea typeface=""/></a:majorFont>'
    '<a:minorFont><a:latin typeface="Wingdings"/><a:cs typeface="Webdings"/></a:minorFont>'
    "</a:fontScheme></a:themeElements></a:theme>"
)
PICTURES = {
    '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>': True,
    '<w:rFonts w:ascii="Wingdings"/>': True,
    '<w:rFonts w:asciiTheme="minorHAnsi" w:ascii="Calibri"/>': True,
    '<w:rFonts w:asciiTheme="minorAscii"/>': True,
    '<w:rFonts w:cs="Wingdings"/><w:rtl/>': True,
    '<w:rFonts w:cstheme="minorBidi"/><w:cs/>': True,
    # Letters and digits stand in none of these slots.
    '<w:rFonts w:hAnsi="Wingdings"/>': False,
    '<w:rFonts w:eastAsia="Wingdings"/>': False,
    '<w:rFonts w:cs="Wingdings"/>': False,
    '<w:rFonts w:asciiTheme="majorHAnsi" w:ascii="Wingdings"/>': False,
    '<w:rFonts w:hint="eastAsia"/>': False,
}


@pytest.mark.parametrize("name", SIGNS + USUAL)
def test_a_font_of_pictures_is_known_by_its_name(name: str) -> None:
    wanted = ("共件", ["GX056"]) if name in SIGNS else ("共12件", [])
    named = looking("12", f'<w:rFonts w:ascii="{name}"/>')
    assert line(run("共") + named + run("件")) == wanted


@pytest.mark.parametrize("properties", PICTURES)
def test_which_slot_sets_digits(properties: str) -> None:
    wanted = ("共件", ["GX056"]) if PICTURES[properties] else ("共12件", [])
    assert line(run("共") + looking("12", properties) + run("件"), theme=THEME) == wanted


def test_fonts_of_a_style_are_not_taken_back_by_a_hint() -> None:
    """As WPS writes it on nearly every run."""
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:rPr>'
        '<w:rFonts w:ascii="Wingdings"/></w:rPr></w:style>'
    )
    hint = '<w:rFonts w:hint="eastAsia"/>'
    assert line(looking("共", hint) + looking("12", hint), styles=styles) == ("共", ["GX056"])
    plain = '<w:rFonts w:ascii="Arial"/>'
    assert line(looking("12", plain), styles=styles) == ("12", [])


def test_digits_among_chinese_in_a_font_of_pictures_are_told() -> None:
    signs = looking("共12件，办结3件", '<w:rFonts w:ascii="Wingdings"/>')
    assert line(signs) == ("共件，办结件", ["GX056"])


def test_pictures_between_digits_leave_a_gap() -> None:
    signs = looking("n", '<w:rFonts w:ascii="Wingdings"/>')
    assert line(run("3") + signs + run("5件")) == ("3 5件", ["GX056"])
    white = looking("0", '<w:color w:val="FFFFFF"/>')
    assert line(run("3") + white + run("5件")) == ("3 5件", ["GX056"])
    hidden = looking("0", "<w:vanish/>")
    assert line(run("3") + hidden + run("5件")) == ("35件", ["GX056"])


def test_a_damaged_theme_says_nothing() -> None:
    assert line(run("共12件"), theme="<a:theme") == ("共12件", [])
