"""A report's JSON record, there and back."""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxgen.checks.registry import rule
from gxgen.diagnostics import Severity
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Kind
from gxgen.errors import UsageError
from gxgen.form.read.workbook import read_workbook
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.indicators import Indicator, in_order
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.record import to_record
from gxgen.model.record_parse import from_record
from gxgen.model.record_text import parse_record
from gxgen.model.report import Answer, SignOff, SignOffForm
from tests.factory import make_report
from tests.support import sample_records

BOTH = pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
ORDER = ["format", "edition", "agency", "short_name", "kind", "year", "contact", "signed"]
ORDER += ["values", "narrative", "findings"]


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
@settings(max_examples=40)
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


COUNTED = (
    Indicator("培训场次", "场", 12, 10, "含线上\n两行"),
    Indicator("政协提案", "件", None, 3),
    Indicator("热线 12345（受理）", "件", 300, None),
)


@BOTH
def test_indicators_come_back(edition):
    report = make_report(edition, indicators=in_order(COUNTED))
    data = json.loads(json.dumps(to_record(report)))
    assert [one["name"] for one in data["indicators"]] == [one.name for one in COUNTED]
    back, findings = from_record(data, "a.json")
    assert findings == []
    assert to_record(back) == data
    read = read_workbook(blank_workbook(edition, report.year, fill=back), "a.xlsx")
    assert to_record(read.report) == data


def test_a_report_without_indicators_has_no_word_of_them():
    blank = in_order([Indicator("培训场次", "场")])
    assert "indicators" not in to_record(make_report(EDITIONS["2021"], indicators=blank))


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"value": "12场"}, "GX063", "“培训场次”写的是"),
        ({"value": -1}, "GX063", "0 或正整数"),
        ({"last": 1.5}, "GX063", "0 或正整数"),
        ({"value": True}, "GX063", "0 或正整数"),
        ({"value": 10**9}, "GX063", "0 或正整数"),
        ({"name": ""}, "GX067", "没有文字"),
        ({"name": "2023"}, "GX067", "只有数字"),
        ({"name": " 走访"}, "GX067", "空格"),
        ({"name": "走" * 31}, "GX067", "超过30个字"),
        ({"unit": "12次"}, "GX067", "有数字"),
        ({"unit": "次\n"}, "GX067", "换行"),
        ({"note": "\x07"}, "GX067", "U+0007"),
        ({"name": "政协 提案"}, "GX067", "同一个名称"),
        ({"name": None}, "GX060", "name"),
        ({"zz": 1}, "GX060", "zz"),
    ],
)
def test_what_is_wrong_with_an_indicator_is_told(changes, code, words):
    given = [{"name": "政协提案"}, {"name": "培训场次", "unit": "场", "value": 1, **changes}]
    report, findings = from_record(record(indicators=given), "a.json")
    assert report is None
    assert code in [f.code for f in findings]
    assert any(words in f.message and "indicators[1]" in str(f.place) for f in findings)


def test_too_many_indicators_are_refused():
    given = [{"name": f"甲{'乙' * (n % 20)}{n}"} for n in range(300)]
    assert codes(record(indicators=given)) == ["GX067"]


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
        ("requests.received.total", "-1"),
        ("requests.received.total", "3件"),
        ("requests.received.total", " 3"),
        ("requests.received.total", "03"),
        ("requests.received.total", "３"),
        ("requests.received.total", 3.5),
        ("requests.received.total", 10**12),
        pytest.param("requests.received.total", 10**5000, id="a very long number"),
        ("requests.received.total", True),
        ("requests.received.total", [3]),
        ("requests.received.total", {"value": 3}),
        ("requests.received.total", float("nan")),
        ("requests.received.total", float("inf")),
        ("disclosure.fees.amount", False),
        ("disclosure.fees.amount", float("nan")),
        ("disclosure.fees.amount", 0.1 + 0.2),
        ("disclosure.fees.amount", Decimal("1e-999999")),
        ("disclosure.fees.amount", Decimal("1e999999")),
        ("disclosure.fees.amount", Decimal("0e999999")),
        ("disclosure.fees.amount", 10**9),
        ("disclosure.fees.amount", "1,234"),
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


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (3, "3"),
        (2648.52, "2648.52"),
        (0.1, "0.1"),
        (1e3, "1000.0"),
        (-0.0, "0.0"),
        (Decimal("20.30"), "20.30"),
        (Decimal("1E+3"), "1000"),
        ("7", "7"),
        ("20.30", "20.30"),
    ],
)
def test_an_amount_is_read_with_the_places_that_it_was_written_with(value, read):
    data = record()
    data["values"]["disclosure.fees.amount"] = value
    report, findings = from_record(data, "a.json")
    assert findings == []
    assert to_record(report)["values"]["disclosure.fees.amount"] == read


@pytest.mark.parametrize(
    "value", ["3", "3.0", 3.0, Decimal("3"), Decimal("3.00"), Decimal("0.3e1")]
)
def test_a_count_is_read_however_it_was_exported(value):
    data = record()
    data["values"]["requests.received.total"] = value
    report, findings = from_record(data, "a.json")
    assert findings == []
    count = report.values["requests.received.total"]
    assert (count, type(count)) == (3, int)


def test_an_amount_with_more_than_four_places_is_told_as_in_a_form():
    data = record()
    data["values"]["disclosure.fees.amount"] = "2.64852"
    report, [finding] = from_record(data, "a.json")
    assert finding.code == "GX024"
    assert str(finding.place) == "a.json 的 values.disclosure.fees.amount"
    assert to_record(report)["values"]["disclosure.fees.amount"] == "2.64852"


@BOTH
@pytest.mark.parametrize(
    "kept", [[], ["0"], ["2"], ["0", "1", "6"], ["1", "1.1", "5"], ["1.1", "3.1"]]
)
def test_rows_of_the_form_that_are_left_out_are_supplied(edition, kept):
    items = [
        {"section": mark, "heading": "小标题" if "." in mark else "", "text": None} for mark in kept
    ]
    data = {**to_record(make_report(edition)), "narrative": items}
    report, findings = from_record(data, "a.json")
    assert findings == []
    rows = sorted({*kept, *"123456"})
    assert [passage.mark for passage in report.narrative] == rows
    back = to_record(report)
    titles = [edition.section(m).title for m in "123456"]
    assert [i["heading"] for i in back["narrative"] if i["section"] in "123456"] == titles
    assert all(not item["text"] for item in back["narrative"] if item["section"] != "9")
    assert back["signed"] == data["signed"]
    again, findings = from_record(back, "a.json")
    assert (to_record(again), findings) == (back, [])


@pytest.mark.parametrize("text", [None, "", "absent"])
def test_the_sign_off_follows_from_how_it_is_signed(text):
    data = record()
    whole = copy.deepcopy(data)
    last = data["narrative"].pop()
    if text != "absent":
        data["narrative"].append({**last, "text": text, "heading": ""})
    report, findings = from_record(data, "a.json")
    assert findings == []
    assert to_record(report) == whole


def test_a_heading_that_would_not_be_printed_is_refused():
    for at in (0, -1):
        data = record()
        data["narrative"][at]["heading"] = "落款"
        assert codes(data) == ["GX065"]
    items = [{"section": "1", "heading": "", "text": ""}]
    items.append({"section": "1.1", "heading": "", "text": "甲"})
    assert codes(record(narrative=items)) == ["GX067"]


def parsed(text, *, encoding="utf-8"):
    report, findings = parse_record(text.encode(encoding), "a.json")
    assert (report is None) is any(rule(f.code).severity is Severity.ERROR for f in findings)
    return report, findings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_any_usual_encoding_is_read(encoding):
    data = record()
    report, findings = parsed(json.dumps(data, ensure_ascii=False), encoding=encoding)
    assert findings == []
    assert to_record(report) == data


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2648.52", "2648.52"),
        ("0.1", "0.1"),
        ("123456.7890", "123456.7890"),
        ("2.64852e3", "2648.52"),
        ("1E3", "1000"),
        ("-0", "0"),
        ("123456789.12345678", "123456789.12345678"),
    ],
)
def test_a_number_in_the_text_keeps_its_decimals(written, read):
    report, findings = parsed(with_fee(written))
    assert {f.code for f in findings} <= {"GX024"}
    assert to_record(report)["values"]["disclosure.fees.amount"] == read


@pytest.mark.parametrize(
    "written",
    [
        "NaN",
        "Infinity",
        "-Infinity",
        "1e99999999999999999999",
        "1e-99999999999999999999",
        "1e999999999",
        "1e-999999999",
        "0.30000000000000004",
        "1" * 5000,
        "0." + "1" * 5000,
        "true",
        "[]",
        '"1e3"',
        '"NaN"',
    ],
)
@pytest.mark.parametrize("key", ["disclosure.fees.amount", "requests.received.total"])
def test_what_is_no_exact_figure_is_refused_at_its_place(key, written):
    _, [finding] = parsed(with_fee(written, key))
    assert finding.code == "GX063"
    assert str(finding.place) == f"a.json 的 values.{key}"
    assert len(finding.message) < 200


def with_fee(written, key="disclosure.fees.amount"):
    data = record()
    data["values"][key] = "HERE"
    return json.dumps(data).replace('"HERE"', written)


def test_a_name_that_stands_twice_is_refused_with_its_path():
    text = json.dumps(record())
    key = '"requests.received.total": '
    text = text.replace(key, f"{key}999, {key}", 1)
    text = text.replace('"section": ', '"section": "0", "section": ', 1)
    text = text.replace('"edition"', '"year": 2023, "edition"', 1)
    _, findings = parsed(text)
    assert [(f.code, str(f.place)) for f in findings] == [
        ("GX060", "a.json 的 year"),
        ("GX060", "a.json 的 values.requests.received.total"),
        ("GX060", "a.json 的 narrative[0].section"),
    ]
    assert all("写了不止一次" in f.message for f in findings)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "不是有效的 JSON：第1行"),
        (b'{"year": 2023,\n "edition" "2021"}', "不是有效的 JSON：第2行第12个字"),
        (b"[" * 100_000, "太深"),
        (b'{"a":' * 100_000, "太深"),
        ("{“year”: 2023}".encode(), "不是有效的 JSON：第1行第2个字"),
        ('{"agency": "某局"}'.encode("gb18030"), "不是 UTF-8"),
    ],
)
def test_what_is_no_json_is_said_to_be_none(data, said):
    with pytest.raises(UsageError, match=said):
        parse_record(data, "a.json")


def test_a_record_as_deep_as_it_may_be_read_is_looked_at():
    for depth in (300, 900):
        deep = "[" * depth + "]" * depth
        _, findings = parsed(json.dumps(record())[:-1] + f', "zz": {deep}}}')
        assert [f.code for f in findings] == ["GX060"]
        _, findings = parsed(with_fee(deep))
        assert [f.code for f in findings] == ["GX063"]


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
        ["1", "2.2"],
        ["1", "3.1.1"],
        ["2", "1.1"],
        ["1.2"],
        ["0", "0.1"],
        ["7"],
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
@settings(max_examples=150)
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
