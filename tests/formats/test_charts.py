"""Charts: the figures they show, in the drawing, in its workbook and in what is read back."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from gxgen.document.charts import (
    APPLICANTS,
    DARK,
    LIGHT,
    OUTCOMES,
    YEARS,
    Bar,
    Chart,
    charts,
    height,
)
from gxgen.document.illustrated.channels import channels
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.formats.docx.chart_drawing import SHEET, chart_xml
from gxgen.formats.docx.chart_parts import chart_members, workbook
from gxgen.formats.docx.chart_verify import rows_of
from gxgen.formats.html.chart_svg import svg
from gxgen.model.indicators import Indicator, in_order
from tests.factory import make_report
from tests.reports import passages, real_report

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
VALUES = st.none() | st.integers(0, 10**7)


@st.composite
def some_charts(draw: st.DrawFn) -> Chart:
    labels = draw(st.lists(st.text("中文字&<>\"'=+-@1a", min_size=1, max_size=12), min_size=1))
    series = draw(st.sampled_from([(), ("2023年", "2022年")]))
    values = st.tuples(*[VALUES] * max(1, len(series)))
    return Chart("outcomes", "题（件）", tuple(Bar(one, draw(values)) for one in labels), series)


def _sheet(data: bytes) -> list[list[str]]:
    rows = load_workbook(io.BytesIO(data))[SHEET].iter_rows(values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


@settings(max_examples=60)
@given(some_charts())
def test_the_workbook_holds_the_very_figures_and_no_formula(chart: Chart) -> None:
    data = workbook(chart)
    assert _sheet(data) == rows_of(chart)
    assert data == workbook(chart)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


@settings(max_examples=60)
@given(some_charts())
def test_the_drawing_points_at_its_workbook_cell_by_cell(chart: Chart) -> None:
    """What Word caches of a range is what the range holds."""
    cells = _sheet(workbook(chart))
    for reference in etree.fromstring(chart_xml(chart).encode()).iter(C + "strRef", C + "numRef"):
        found = re.fullmatch(
            rf"'{SHEET}'!\$([A-Z])\$(\d+)(?::\$\1\$(\d+))?", reference.findtext(C + "f")
        )
        column, first = ord(found[1]) - ord("A"), int(found[2])
        wanted = [row[column] for row in cells[first - 1 : int(found[3] or first)]]
        points = {int(p.get("idx")): p.findtext(C + "v") for p in reference.iter(C + "pt")}
        assert [points.get(place, "") for place in range(len(wanted))] == wanted


def test_a_report_shows_outcomes_applicants_and_the_year_before(edition: Edition) -> None:
    report = make_report(edition)
    total = "requests.{}.total".format
    with_last = replace(report, previous=make_report(edition, year=report.year - 1))
    outcomes, applicants, years = charts(with_last)
    assert [chart.id for chart in charts(report)] == [OUTCOMES, APPLICANTS]
    assert (outcomes.id, applicants.id, years.id) == (OUTCOMES, APPLICANTS, YEARS)
    assert sum(bar.values[0] for bar in outcomes.bars) == report.values[total("processed")]
    assert sum(bar.values[0] for bar in applicants.bars) == report.values[total("received")]
    assert years.series == (f"{report.year}年", f"{report.year - 1}年")
    assert [bar.values[0] for bar in years.bars][:2] == [
        report.values[total("received")],
        report.values[total("carried_in")],
    ]


def test_a_year_of_which_no_figure_is_known_is_not_compared(edition: Edition) -> None:
    """As a government's own workbook is, whose tables stay blank."""
    report = make_report(edition)
    last = make_report(edition, year=report.year - 1)
    blank = replace(last, entries={k: replace(e, value=None) for k, e in last.entries.items()})
    assert YEARS not in {chart.id for chart in charts(replace(report, previous=blank))}


def test_years_of_two_editions_are_compared_where_they_mean_the_same() -> None:
    new, old = EDITIONS["2021"], EDITIONS["2019"]
    report = make_report(new, year=new.first_year, previous=make_report(old, year=2020))
    years = charts(report)[-1]
    assert years.id == YEARS
    assert all(None not in bar.values for bar in years.bars)


def test_nothing_to_show_is_a_sentence_and_a_blank_is_no_zero(edition: Edition) -> None:
    report = make_report(edition)
    nothing = {k: replace(e, value=0) for k, e in report.entries.items()}
    blank = {k: replace(e, value=None) for k, e in report.entries.items()}
    assert {c.remark for c in charts(replace(report, entries=nothing))} == {"各项都是0。"}
    assert {c.remark for c in charts(replace(report, entries=blank))} == {"没有数据。"}
    assert {c.remark for c in charts(report)} == {""}


def _grey(colour: str) -> float:
    red, green, blue = bytes.fromhex(colour)
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def test_two_series_differ_in_grey_print() -> None:
    assert _grey(LIGHT) - _grey(DARK) > 0.4


def test_a_chart_grows_with_its_bars() -> None:
    one = Chart("outcomes", "题", (Bar("甲", (1,)),))
    assert height(replace(one, bars=one.bars * 9)) > height(one)
    assert height(replace(one, bars=(Bar("甲", (1, 2)),), series=("a", "b"))) > height(one)


def test_svg_tells_every_value_in_words() -> None:
    chart = Chart(
        "x", "题<&>", (Bar("甲&乙", (3, None)), Bar("丙", (Decimal("1.50"), 0))), ("今", "昔")
    )
    root = etree.fromstring(svg(chart))
    assert root.findtext("title") == "题<&>"
    assert root.findtext("desc") == "甲&乙 今 3，昔 —；丙 今 1.50，昔 0。"


def test_equal_charts_give_equal_parts() -> None:
    chart = Chart("outcomes", "题", (Bar("甲", (1,)),))
    again = Chart("outcomes", "题", (Bar("甲", (1,)),))
    assert chart_members([chart]) == chart_members([again])
    assert set(chart_members([chart])) == {
        "word/charts/chart_outcomes.xml",
        "word/charts/_rels/chart_outcomes.xml.rels",
        "word/embeddings/chart_outcomes.xlsx",
    }


@pytest.mark.parametrize("label", ["=1+1", "+1", "-1", "@x", "http://a.b"])
def test_a_label_never_becomes_a_formula_or_a_link(label: str) -> None:
    book = load_workbook(io.BytesIO(workbook(Chart("outcomes", "题", (Bar(label, (1,)),)))))
    cell = book[SHEET]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (label, "s", None)


def _channels(text: str) -> list[tuple[str, int]]:
    rows = passages(("1", "总体情况"), ("1.1", "主动公开", text))
    found = list(channels(make_report(EDITIONS["2021"], narrative=rows)))
    return [(bar.label, bar.values[0]) for chart in found for bar in chart.bars]


@pytest.mark.parametrize(
    "text",
    [
        "政府网站发布81条，微信公众号发布393条。",
        "主动公开信息474条。其中：政府网站发布81条；微信公众号发布393条，内容丰富。",
        "主动公开政府信息5,000条，通过政府网站公开政府信息81条，微信公众号推送信息393条。",
    ],
)
def test_a_sentence_that_counts_channel_by_channel_is_drawn(text: str) -> None:
    assert _channels(text) == [("政府网站", 81), ("微信公众号", 393)]


@pytest.mark.parametrize(
    "text",
    [
        "政府网站发布81条。",
        "政府网站发布81条，微信公众号发布393余条。",
        "政府网站发布81条，微信公众号发布约393条。",
        "网站、公众号发布90条，其中网站发布81条，公众号发布9条。",
        "政府网站发布81条，政府网站、微信公众号发布393条，公告栏公开5条。",
        "政府网站发布81条，公告栏公开5篇。",
        "政府网站发布81条，较上年增加3条，网站发布数百条，公告栏公开5条。",
        "主动公开信息90条，政府网站发布81条，微信公众号发布393条。",
        "政府网站发布81条，政府网站发布82条。",
        "政府网站发布81条。微信公众号发布393条。",
    ],
)
def test_what_is_not_counted_beyond_doubt_is_not_drawn(text: str) -> None:
    assert _channels(text) == []


def test_channels_of_the_real_reports() -> None:
    (chart,) = channels(real_report("安丘市凌河街道办事处"))
    assert [bar.values[0] for bar in chart.bars] == [81, 393, 1080]
    (chart,) = channels(real_report("安丘市行政审批服务局"))
    assert [bar.label for bar in chart.bars][-1] == "大厅电子显示屏、宣传手册等"


def _counting(*rows: tuple[str, int | None, int | None], unit: str = "条") -> list[Chart]:
    """The charts of channels of a form with these rows on sheet 指标, beside a text."""
    text = passages(
        ("1", "总体情况"), ("1.1", "主动公开", "政府网站发布81条，微信公众号发布393条。")
    )
    given = in_order(Indicator(name, unit, now, last) for name, now, last in rows)
    report = make_report(EDITIONS["2021"], narrative=text)
    return list(channels(replace(report, indicators=given)))


SITE, WECHAT, WEIBO = "政府网站发布信息", "微信发布信息", "微博发布信息"


def test_channels_that_the_sheet_counts_are_drawn_from_it() -> None:
    (chart,) = _counting((SITE, 90, None), (WECHAT, 400, None), (WEIBO, 0, None))
    assert chart.bars == (Bar("政府网站", (90,)), Bar("微信", (400,)))
    assert (chart.series, chart.title) == ((), "各渠道发布信息（条）")


def test_last_years_channels_stand_beside_where_any_is_known() -> None:
    (chart,) = _counting((SITE, 90, 81), (WECHAT, 400, None), (WEIBO, 0, 7), ("培训场次", 9, 9))
    year = make_report(EDITIONS["2021"]).year
    assert chart.series == (f"{year}年", f"{year - 1}年")
    assert [bar.values for bar in chart.bars] == [(90, 81), (400, None), (0, 7)]


@pytest.mark.parametrize(
    "rows",
    [
        (),
        ((SITE, 90, 81),),
        ((SITE, 90, 81), (WECHAT, None, 400)),
        ((SITE, 90, 81), (WECHAT, 0, 0)),
        (("培训场次", 9, 9), ("政协提案", 9, 9)),
    ],
)
def test_one_channel_makes_no_chart_and_the_text_is_drawn(
    rows: tuple[tuple[str, int | None, int | None], ...],
) -> None:
    (chart,) = _counting(*rows)
    assert [bar.values for bar in chart.bars] == [(81,), (393,)]


def test_channels_of_another_unit_are_not_drawn() -> None:
    (chart,) = _counting((SITE, 9, 8), (WECHAT, 4, 3), unit="万条")
    assert [bar.values for bar in chart.bars] == [(81,), (393,)]
