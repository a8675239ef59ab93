"""A filing is worked on again where what it depends on has changed, and for that cause alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gxgen.county.agency_year import Filing
from gxgen.county.digests import digest
from gxgen.county.fingerprint import fingerprint

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
