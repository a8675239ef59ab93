"""GX040–GX042 and GX048: what a narrative must hold, and what must not be left in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gxgen.checks import registry
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.model.agency import Agency
from gxgen.model.narrative import Passage
from gxgen.model.outline import Line, assemble
from gxgen.model.report import Report
from gxgen.places import SheetCell
from tests.factory import make_report

GOOD = (
    "一、总体情况",
    "（一）主动公开",
    "公开1条。",
    "五、存在的主要问题及改进情况",
    "不够。",
    "六、其他需要报告的事项",
    "（一）没有其他需要报告的事项。",
)


@pytest.fixture(params=sorted(EDITIONS))
def edition(request: pytest.FixtureRequest) -> Edition:
    return EDITIONS[request.param]


def found(edition: Edition, *lines: str) -> list[tuple[str, str | None]]:
    """(code, cell) of what the rules say of these lines, the first of which stands in C1."""
    places = [Line(line, SheetCell("正文", at, 2)) for at, line in enumerate(lines)]
    narrative, _ = assemble(edition, places)
    report = Report(
        edition, Agency("某县财政局"), edition.first_year, {}, narrative, file="某.xlsx"
    )
    rules = [registry.rule(code) for code in ("GX040", "GX041", "GX042", "GX048")]
    return [
        (f.code, f.place.cell if isinstance(f.place, SheetCell) else str(f.place))
        for rule in rules
        if rule.check is not None
        for f in rule.check(report)
    ]


def test_a_complete_narrative_is_silent(edition: Edition) -> None:
    assert found(edition, *GOOD) == []


def test_a_missing_section(edition: Edition) -> None:
    assert found(edition, *GOOD[:3], *GOOD[5:]) == [("GX040", "某.xlsx")]
    assert found(edition) == [("GX040", "某.xlsx")] * 3


def test_an_empty_section(edition: Edition) -> None:
    assert found(edition, *GOOD[:-1]) == [("GX041", "C6")]


def test_section_five_may_say_that_there_is_nothing(edition: Edition) -> None:
    assert found(edition, *GOOD[:4], "无", *GOOD[5:]) == []
    assert found(edition, *GOOD[:4], *GOOD[5:]) == [("GX041", "C4")]


def test_a_section_of_headings_alone_is_empty(edition: Edition) -> None:
    assert found(edition, *GOOD[:2], "（二）依申请公开", *GOOD[3:]) == [("GX041", "C1")]


def test_a_heading_without_text(edition: Edition) -> None:
    assert found(edition, *GOOD[:3], "（二）依申请公开", *GOOD[3:]) == [("GX042", "C4")]


def test_a_heading_with_text_below_its_children_has_text(edition: Edition) -> None:
    assert found(edition, GOOD[0], "（一）甲", "1.乙", "话。", *GOOD[3:]) == []


@pytest.mark.parametrize(
    "text",
    [
        "公开××条。",
        "公开XX条。",
        "ＸＸ局公开1条。",
        "公开___条。",
        "培训  次，参加3人。",
        "【编写说明】本部分写做法。",
        "截至{year}年底。",
        EDITIONS["2021"].section("1").guidance,
        EDITIONS["2021"].section("1").parts[0].guidance,
    ],
)
def test_guidance_and_empty_slots(edition: Edition, text: str) -> None:
    assert found(edition, GOOD[0], text, *GOOD[1:]) == [("GX048", "C2")]


@pytest.mark.parametrize(
    "text",
    [
        "尺寸3×4米，X光机1台。",
        "网址http://www.xxgk.gov.cn/a__b，邮箱ab_c@126.com。",
        "见{{ 7*7 }}。",
        "打造品牌， 进一步提升。",
        "编写了3篇解读说明。",
    ],
)
def test_what_only_looks_like_a_slot(edition: Edition, text: str) -> None:
    assert found(edition, GOOD[0], text, *GOOD[1:]) == []


@pytest.mark.parametrize("draft", [None, ""])
def test_a_report_without_preamble_is_asked_about(edition: Edition, draft: str | None) -> None:
    report = make_report(edition)
    check = registry.rule("GX076").check
    assert check is not None
    assert list(check(report)) == []
    opening = () if draft is None else (Passage("0", None, ()),)
    bare = replace(report, narrative=opening + report.narrative[1:])
    assert [f.code for f in check(bare)] == ["GX076"]
    assert list(check(replace(report, narrative=()))) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("[bookmark: _Hlk12345]公开。", "[bookmark: _Hlk12345]"),
        ("见_Toc12345。", "_Toc12345"),
        ("公开&nbsp;1条。", "&nbsp;"),
        ("A&B公司[2023]1号，见书签。", None),
    ],
)
def test_residue_of_programs(edition: Edition, text: str, quote: str | None) -> None:
    narrative, _ = assemble(edition, [Line(line) for line in (GOOD[0], text, *GOOD[1:])])
    check = registry.rule("GX077").check
    assert check is not None
    found = list(check(make_report(edition, narrative=narrative)))
    assert [f.quote for f in found] == ([quote] if quote else [])


@pytest.mark.parametrize("code", [c for c in registry.homes() if c[:4] in ("GX04", "GX05")])
def test_each_code_has_its_page(code: str) -> None:
    rule, page = registry.rule(code), registry.page(code)
    assert (rule.code, rule.since) == (code, "0.1.0")
    assert all(f"\n{part}：" in page for part in ("什么", "为什么", "例子", "怎么改", "依据"))
