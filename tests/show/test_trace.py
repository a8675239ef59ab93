"""Where numbers come from, shown: the JSON has its schema's shape, the text leaves nothing out."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files

import pytest

from gxgen.checks.runner import run
from gxgen.checks.trace import Trace, narrowed, trace
from gxgen.editions.declared import EDITIONS
from gxgen.model.agency import Agency
from gxgen.model.indicators import Indicator, in_order
from gxgen.model.narrative import Paragraph, Passage
from gxgen.places import SheetCell
from gxgen.prose.claims.claim import State
from gxgen.prose.filled import filled
from gxgen.show.trace.page import trace_page
from gxgen.show.trace.record import FORMAT, trace_record
from gxgen.show.trace.text import trace_text
from tests.factory import make_report
from tests.reports import REAL, real_report
from tests.shapes import misfits

SCHEMA = json.loads(files("gxgen.show.trace").joinpath("trace.schema.json").read_text("utf-8"))


def test_the_fee_that_no_table_holds_is_told_as_such() -> None:
    report = make_report(EDITIONS["2021"])
    last = report.narrative[-1]
    said = replace(last, paragraphs=(Paragraph("本年度收取信息处理费20元。"),))
    whole = trace(replace(report, narrative=(*report.narrative[:-1], said)))
    text = trace_text(whole)
    assert "无从核对（表里没有信息处理费这一格" in text
    assert "没有上年的数" not in text


def _traced(name: str) -> Trace:
    report = real_report(name)
    return trace(report, run(report, strict=True))


@pytest.mark.parametrize("name", REAL)
def test_json_has_the_shape_of_its_schema(name) -> None:
    record = json.loads(json.dumps(trace_record(_traced(name))))
    assert misfits(record, SCHEMA) == []
    assert record["format"] == FORMAT == SCHEMA["properties"]["format"]["const"]
    for said in record["mentions"]:
        assert said["paragraph"][said["start"] : said["end"]] == said["quote"]
        assert said["bound"] == any(one["readings"] for one in said["claims"])


def test_a_wrong_shape_is_noticed() -> None:
    record = trace_record(_traced(REAL[0]))
    record["figures"][0]["extra"] = 1
    del record["mentions"][0]["quote"]
    record["figures"][1]["checks"] = "none"
    assert len(misfits(record, SCHEMA)) == 3


@pytest.mark.parametrize("name", REAL)
def test_the_text_names_every_number_of_the_narrative_and_every_figure_that_is_not_0(name) -> None:
    whole = _traced(name)
    text = trace_text(whole)
    for one in whole.mentions:
        assert f"“{one.span.text}”" in text
    blocks = {block.split("\n")[0].split("  ")[0] for block in text.split("\n\n")}
    for figure in whole.figures:
        shown = str(figure.entry.place) if figure.entry.place else None
        if figure.entry.value and shown:
            assert shown in blocks


def test_a_number_that_is_not_there_is_said_so() -> None:
    report = make_report(EDITIONS["2021"])
    assert "没有读到 77777" in trace_text(narrowed(trace(report), "77777"))


def test_nothing_of_the_agency_s_commands_a_terminal_or_adds_a_line() -> None:
    report = make_report(EDITIONS["2021"])
    hostile = "\x1b[31m\u202e"
    key = "requests.received.total"
    entries = {**report.entries, key: replace(report.entries[key], raw=f"7{hostile}\n8")}
    narrative = tuple(
        replace(one, paragraphs=(Paragraph(f"发布信息12条{hostile}，收到政府信息公开申请7件。"),))
        if one.mark == "1"
        else one
        for one in report.narrative
    )
    agency = Agency(f"某局{hostile}")
    hostile_one = replace(report, agency=agency, entries=entries, narrative=narrative)
    text = trace_text(trace(hostile_one))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert not any(line.startswith("8") for line in text.splitlines())


# -- counts beside the tables ----------------------------------------------------------------------


def _counted() -> Trace:
    """Two indicators that the text names, one by its tag, and one that it says wrong."""
    rows = (("培训场次", "场", 12, 10), ("新闻发布会", "场", 4, None), ("政协提案", "件", 5, 5))
    given = in_order(
        Indicator(name, unit, now, last, "", SheetCell("指标", at, 2), SheetCell("指标", at, 3))
        for at, (name, unit, now, last) in enumerate(rows, 3)
    )
    place = SheetCell("正文", 5, 2)
    text = "培训{{ 指标(“培训场次”) }}场。召开新闻发布会3场。"
    words = (Passage("1", "总体情况", (Paragraph(text, place),), place),)
    report, unfilled = filled(
        replace(make_report(EDITIONS["2021"]), indicators=given, narrative=words)
    )
    assert unfilled == []
    return trace(report, run(report, strict=True))


def test_an_indicator_is_traced_to_its_cell_and_its_sentences() -> None:
    record = trace_record(_counted())
    assert misfits(record, SCHEMA) == []
    by_name = {one["name"]: one for one in record["indicators"]}
    trainings, sessions, proposals = map(by_name.get, ("培训场次", "新闻发布会", "政协提案"))
    assert [one["cell"] for one in trainings["filled"]] == ["C6"]
    assert (trainings["cell"], trainings["value"], trainings["last"]) == ("C4", 12, 10)
    assert [one["state"] for one in sessions["stated"]] == [State.DIFFERS.value]
    assert [one["code"] for one in sessions["findings"]] == ["GX415"]
    assert (proposals["filled"], proposals["stated"]) == ([], [])
    said = trace_text(_counted())
    assert "指标!C4  培训场次 ＝ 12场，上年 10场" in said
    assert "正文!C6的文字按名称取这个数" in said
    assert "对不上：正文!C6“召开新闻发布会3场”（3）" in said
    assert "GX415" in said
    assert "指标!C4" in trace_page(_counted()).decode()


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("指标!C4", ["培训场次"]),
        ("指标!D4", ["培训场次"]),
        ("12", ["培训场次"]),
        ("5件", ["政协提案"]),
        ("indicators.新闻发布会", ["新闻发布会"]),
        ("77", []),
    ],
)
def test_an_indicator_is_found_by_number_cell_and_key(asked: str, names: list[str]) -> None:
    found = narrowed(_counted(), asked).counted
    assert [one.indicator.name for one in found] == names


def test_without_indicators_a_trace_says_nothing_of_them() -> None:
    whole = trace(make_report(EDITIONS["2021"]))
    assert "indicators" not in trace_record(whole)
    assert "指标" not in trace_text(whole)
