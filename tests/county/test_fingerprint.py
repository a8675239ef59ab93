"""A filing is worked on again where what it depends on has changed, and for that cause alone."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from gxgen.county.agency_year import Filing
from gxgen.county.digests import digest
from gxgen.county.fingerprint import fingerprint
from gxgen.county.gate import Gate
from gxgen.county.project import County
from gxgen.county.why import FONTS, digest_of, setting_parts, style_parts
from gxgen.editions.declared import EDITIONS
from gxgen.form.layout import GUIDE_SHEET, sheet_order
from gxgen.form.read.sheets import sheets_of
from gxgen.formats.wanted import ONLY_DOCX, PdfEngine, Wanted
from gxgen.model.facts import NO_FACTS, CountyFacts
from gxgen.model.indicators import Indicator
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Answer, Entry, Report, SignOff, SignOffForm
from gxgen.model.words import NO_WORDS, CountyWords, Remembered
from tests.factory import make_report

FILING = Filing("甲.xlsx", b"form", ("甲.txt", b"text"), ("甲.xlsx", b"before"), 2024)


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"name": "乙.xlsx"}, "填报表"),
        ({"workbook": b"forms"}, "填报表"),
        ({"text": ("甲.md", b"text")}, "同名文字文件"),
        ({"text": ("甲.txt", b"texts")}, "同名文字文件"),
        ({"text": None}, "同名文字文件"),
        ({"other_texts": ("甲.docx",)}, "同名文字文件"),
        ({"previous": ("甲.xlsx", b"before.")}, "上年填报表"),
        ({"previous": ("甲.xls", b"before")}, "上年填报表"),
        ({"previous": None}, "上年填报表"),
        ({"previous_text": ("甲.docx", b"text")}, "上年填报表"),
        ({"previous": None, "last_year_unmatched": True}, "上年填报表"),
    ],
)
def test_each_file_of_a_filing_is_a_cause_of_its_own(
    changes: dict[str, object], cause: str
) -> None:
    before = fingerprint(FILING, "style", "settings")
    after = fingerprint(replace(FILING, **changes), "style", "settings")  # type: ignore[arg-type]
    assert [word for word in before if before[word] != after[word]] == [cause]


def test_that_no_form_of_last_year_bears_its_name_is_another_state_than_that_there_is_none() -> (
    None
):
    none = replace(FILING, previous=None)
    lost = replace(none, last_year_unmatched=True)
    assert len({fingerprint(one, "", "")["上年填报表"] for one in (FILING, none, lost)}) == 3


def test_style_and_settings_are_causes_of_their_own() -> None:
    before = fingerprint(FILING, "style", "settings")
    assert {w for w in before if before[w] != fingerprint(FILING, "s", "settings")[w]} == {"模板"}
    other = fingerprint(FILING, "style", "s")
    assert {word for word in before if before[word] != other[word]} == {"县的设置"}


def test_where_it_lies_and_goes_is_no_cause() -> None:
    moved = replace(FILING, folder=Path("甲"), home=Path("乙"), place="丙/", year=2023)
    assert fingerprint(moved, "", "") == fingerprint(FILING, "", "")


def test_two_texts_are_not_one_that_is_cut_elsewhere() -> None:
    assert len({digest(b"ab", b"c"), digest(b"a", b"bc"), digest(b"abc"), digest(b"abc", b"")}) == 4


# -- which part ----------------------------------------------------------------------------------

WANTED: dict[str, object] = {"formats": ("html",), "engine": PdfEngine.LIBREOFFICE}
FACTS: dict[str, object] = {
    "named": (("甲局", "某县甲局"),),
    "publish_by": (1, 20),
    "county": "乙县",
    "accent": "湖蓝",
}
WORDS: dict[str, object] = {
    "boilerplate": ("一句",),
    "frames": (Remembered("收到N件"),),
    "lawful": ("一句",),
    "phrases": (("channel", "驿站"),),
    "short_names": (("某县甲局", "甲"),),
}
COUNTY = County("某县", Path())


def _named(county: County = COUNTY, wanted: Wanted = ONLY_DOCX, *, draft: bool = False) -> str:
    """The one setting that differs from those of a plain county."""
    plain, now = (
        setting_parts(COUNTY, ONLY_DOCX, draft=False),
        setting_parts(county, wanted, draft=draft),
    )
    assert plain.keys() == now.keys()
    assert digest_of(plain) != digest_of(now)
    [name] = (name for name in plain if plain[name] != now[name])
    return name


def test_every_setting_that_a_report_depends_on_is_a_cause_with_a_name() -> None:
    assert WANTED.keys() == {one.name for one in fields(Wanted)}
    assert FACTS.keys() == {one.name for one in fields(CountyFacts)}
    assert WORDS.keys() == {one.name for one in fields(CountyWords)}
    found = [
        *(_named(wanted=replace(ONLY_DOCX, **{key: one})) for key, one in WANTED.items()),  # type: ignore[arg-type]
        *(_named(replace(COUNTY, facts=replace(NO_FACTS, **{k: v}))) for k, v in FACTS.items()),  # type: ignore[arg-type]
        *(_named(replace(COUNTY, words=replace(NO_WORDS, **{k: v}))) for k, v in WORDS.items()),  # type: ignore[arg-type]
        _named(draft=True),
    ]
    assert {*found, FONTS} == setting_parts(COUNTY, ONLY_DOCX, draft=False).keys()
    assert len(set(found)) == len(found)


def test_a_style_tells_its_name_and_each_of_its_templates_apart() -> None:
    names = {"2019": "report-2019.docx", "2021": "report-2021.docx"}
    gate = Gate("甲", (("2019", b"a"), ("2021", b"b")), names)
    assert style_parts(gate).keys() == {"county.toml 的 style", *names.values()}
    assert digest_of(style_parts(gate)) != digest_of(style_parts(replace(gate, style="乙")))


REPORT = make_report(EDITIONS["2021"])
KEYS = {form.sheet: next(k for k, f in REPORT.edition.fields.items() if f.table == form.key)
        for form in REPORT.edition.tables}  # fmt: skip
CHANGES: dict[str, Report] = {
    "基本信息": replace(REPORT, sign_off=SignOff(SignOffForm.NONE)),
    **{
        sheet: replace(REPORT, entries={**REPORT.entries, key: Entry(77, "77")})
        for sheet, key in KEYS.items()
    },
    "指标": replace(REPORT, indicators={"甲": Indicator("甲", "个", 1)}),
    "正文": replace(REPORT, narrative=(Passage("0", None, (Paragraph("别的话"),)),)),
    "说明": replace(REPORT, answers=(Answer("GX208", "C3", "属实"),)),
}


@pytest.mark.parametrize("sheet", CHANGES)
def test_each_sheet_of_a_form_is_told_apart(sheet: str) -> None:
    assert {GUIDE_SHEET, *CHANGES} == set(sheet_order(REPORT.edition))
    before, after = sheets_of(REPORT), sheets_of(CHANGES[sheet])
    assert before.keys() == CHANGES.keys()
    assert [name for name in before if before[name] != after[name]] == [sheet]
