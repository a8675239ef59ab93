"""A report's JSON record, there and back."""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxgen.checks.registry import rule
from gxgen.diagnostics import Severity
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Kind
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.record import to_record
from gxgen.model.record_parse import from_record
from gxgen.model.report import Answer, SignOff, SignOffForm
from tests.factory import make_report
from tests.support import sample_records

BOTH = pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
ORDER = ["edition", "agency", "short_name", "kind", "year", "contact", "signed", "values"]
ORDER += ["narrative", "findings"]


def record(**changes):
    return {**to_record(make_report(EDITIONS["2021"])), **changes}


def codes(data):
    report, findings = from_record(data, "a.json")
    errors = [f for f in findings if rule(f.code).severity is Severity.ERROR]
    assert (report is None) is bool(errors)
    assert all(str(f.place).startswith("a.json") for f in findings)
    return [f.code for f in findings]


@pytest.mark.parametrize("name", sample_records())
def test_the_samples_come_back_to_the_letter(name):
    data = sample_records()[name]
    report, findings = from_record(data, name)
    assert findings == []
    assert json.dumps(to_record(report)) == json.dumps(data)


@BOTH
def test_a_report_comes_back_whole(edition):
    answers = (Answer("GX201", "表二!B7", "理由\n两行", None, "12"),)
    report = make_report(edition, answers=answers)
    data = json.loads(json.dumps(to_record(report)))
    assert [key for key in data if key != "answers"] == ORDER
    back, findings = from_record(data, "a.json")
    assert findings == []
    assert to_record(back) == data
    assert back.values == report.values
    assert back.sign_off == report.sign_off
    assert [replace(a, place=None) for a in back.answers] == list(answers)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_any_figures_come_back(data):
    edition = data.draw(st.sampled_from(list(EDITIONS.values())))
    counts = st.none() | st.integers(0, 10**6)
    money = st.none() | st.from_regex(r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,4})?", fullmatch=True)
    whole = to_record(make_report(edition))
    keys = data.draw(st.sets(st.sampled_from(sorted(edition.fields)), max_size=20))
    for key in keys:
        drawn = money if edition.fields[key].kind is Kind.MONEY else counts
        whole["values"][key] = data.draw(drawn)
    report, findings = from_record(whole, "a.json")
    assert findings == []
    assert to_record(report) == whole


def test_the_extra_keys_may_be_absent():
    data = record()
    for key in ("short_name", "kind", "contact", "signed", "findings"):
        del data[key]
    report, findings = from_record(data, "a.json")
    assert findings == []
    assert report.sign_off == make_report(EDITIONS["2021"]).sign_off


@pytest.mark.parametrize(
    ("lines", "form", "date"),
    [
        ("", SignOffForm.NONE, None),
        ("{agency}", SignOffForm.AGENCY, None),
        ("{agency}\n2024年1月8日", SignOffForm.AGENCY_AND_DATE, dt.date(2024, 1, 8)),
    ],
)
def test_the_sign_off_is_read_from_what_is_printed(lines, form, date):
    data = record()
    del data["signed"]
    last = data["narrative"].pop()
    if lines:
        text = lines.format(agency=data["agency"])
        data["narrative"].append({**last, "text": text})
    report, findings = from_record(data, "a.json")
    assert findings == []
    assert report.sign_off == SignOff(form, date)


FAULTS = {
    "nothing": (None, "GX060"),
    "a list": ([], "GX060"),
    "text": ("x", "GX060"),
    "year as text": (record(year="2022"), "GX060"),
    "year as yes": (record(year=True), "GX060"),
    "year with a fraction": (record(year=2022.5), "GX060"),
    "unknown item": (record(zz=1), "GX060"),
    "unknown contact": (record(contact={"tel": "1"}), "GX060"),
    "unknown form of signing": (record(signed={"form": "x", "date": None}), "GX060"),
    "paragraph without text": (record(narrative=[{"section": "0", "heading": None}]), "GX060"),
    "unknown edition": (record(edition="2020"), "GX061"),
    "edition of other years": (record(edition="2019"), "GX061"),
    "before the first edition": (record(year=2018), "GX061"),
    "a year that is none": (record(year=10**30), "GX061"),
    "unknown kind": (record(kind="公司"), "GX062"),
    "no figures": (record(values={}), "GX062"),
    "control character": (record(agency="某\x07局", signed=None, narrative=[]), "GX067"),
    "lone surrogate": (record(agency="某\ud800局", signed=None, narrative=[]), "GX067"),
    "no name": (record(agency=" ", signed=None, narrative=[]), "GX067"),
    "signed otherwise than printed": (
        record(signed={"form": "agency", "date": None}),
        "GX066",
    ),
    "no such day": (record(signed={"form": "agency-date", "date": "2023-02-30"}), "GX066"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_told_and_nothing_is_guessed(case):
    data, code = FAULTS[case]
    assert code in codes(data)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("requests.received.total", -1),
        ("requests.received.total", "3"),
        ("requests.received.total", 10**12),
        ("disclosure.fees.amount", 3),
        ("disclosure.fees.amount", "-1"),
        ("disclosure.fees.amount", "1e3"),
        ("disclosure.fees.amount", "007"),
        ("disclosure.fees.amount", "２"),
    ],
)
def test_a_figure_of_the_wrong_kind_is_named(key, value):
    data = record()
    data["values"][key] = value
    report, findings = from_record(data, "a.json")
    assert report is None
    [finding] = findings
    assert finding.code == "GX063"
    assert str(finding.place).endswith(key)


def test_each_missing_and_each_unknown_cell_is_told_at_once():
    data = record()
    del data["values"]["requests.received.total"]
    del data["values"]["disclosure.fees.amount"]
    data["values"]["requests.recieved.total"] = 1
    assert codes(data) == ["GX062"] * 3


@pytest.mark.parametrize(
    "marks",
    [
        ["1", "0"],
        ["1", "1"],
        ["2", "1"],
        ["1", "1.2"],
        ["1", "1.1", "1.3"],
        ["1", "1.1.1"],
        ["1", "2.1"],
        ["0", "0.1"],
        ["7"],
        ["1.1"],
        ["9", "1"],
        ["一"],
        ["1", "1.1", "1.1.1", "1.1.1.1", "1.1.1.1.1"],
    ],
)
def test_marks_out_of_order_are_told(marks):
    items = [{"section": m, "heading": "小标题" if "." in m else None, "text": ""} for m in marks]
    data = record(narrative=items, signed={"form": "none"})
    assert "GX064" in codes(data)


def test_the_fixed_titles_are_not_replaced_in_silence():
    data = record()
    data["narrative"][2]["heading"] = "行政机关主动公开政府信息情况"
    assert codes(data) == ["GX065"]


def test_empty_lines_are_dropped_with_a_note():
    data = record()
    data["narrative"][1]["text"] = "甲\n\n乙"
    report, findings = from_record(data, "a.json")
    assert [f.code for f in findings] == ["GX068"]
    assert [p.text for p in report.narrative[1].paragraphs] == ["甲", "乙"]


def test_a_paragraph_too_long_for_a_cell_is_refused():
    data = record()
    data["narrative"][1]["text"] = "长" * 32_768
    assert codes(data) == ["GX067"]


def test_what_is_written_has_every_item_of_the_contract():
    passage = Passage("1", "别的说法", (Paragraph("甲"), Paragraph("乙")))
    data = to_record(make_report(EDITIONS["2021"], narrative=(passage,)))
    assert data["narrative"][0] == {"section": "1", "heading": "总体情况", "text": "甲\n乙"}
    assert data["narrative"][-1]["section"] == "9"
    assert "answers" not in data
    unsigned = make_report(EDITIONS["2021"], sign_off=SignOff(SignOffForm.NONE))
    assert all(item["section"] != "9" for item in to_record(unsigned)["narrative"])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_no_json_raises_and_no_message_is_english(data):
    whole = copy.deepcopy(record())
    spot = data.draw(st.sampled_from([*whole, "values", "narrative"]))
    junk = data.draw(JSON)
    if spot == "values":
        whole["values"][data.draw(st.sampled_from(sorted(whole["values"])))] = junk
    elif spot == "narrative":
        item = data.draw(st.sampled_from(whole["narrative"]))
        item[data.draw(st.sampled_from(sorted(item)))] = junk
    else:
        whole[spot] = junk
    report, findings = from_record(whole, "a.json")
    if report is not None:
        to_record(report)
    for finding in findings:
        assert not re.search(r"\b(input|should|valid|field|type)\b", finding.message)
