"""What checked a figure is told as it is: a guard that is broken is what a finding tells."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxgen.checks.guards import Held, guards
from gxgen.checks.runner import run
from gxgen.checks.trace import Trace, narrowed, trace
from gxgen.editions.declared import EDITIONS
from gxgen.errors import UsageError
from gxgen.model.narrative import Paragraph
from gxgen.model.report import Entry, EntryState, Report
from gxgen.places import SheetCell
from gxgen.prose.claims.claim import State
from tests.factory import make_report

EACH = pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda e: e.id)


def _with(report: Report, key: str, value: int | None) -> Report:
    state = EntryState.BLANK if value is None else EntryState.GIVEN
    return replace(report, entries={**report.entries, key: Entry(value, "", None, state)})


def _saying(text: str, report: Report | None = None) -> Report:
    """A report whose section one says that, and nothing else."""
    report = report or make_report(EDITIONS["2021"])
    place = SheetCell("正文", 5, 2)
    narrative = tuple(
        replace(one, paragraphs=(Paragraph(text, place),) if one.mark == "1" else ())
        for one in report.narrative
    )
    return replace(report, narrative=narrative)


def _traced(report: Report) -> Trace:
    return trace(report, run(report, strict=True))


@EACH
def test_all_that_guards_a_figure_of_a_sound_report_holds(edition) -> None:
    whole = _traced(make_report(edition))
    assert [one.key for one in whole.figures] == [*edition.fields]
    for one in whole.figures:
        states = [guard.state for guard in one.guards if guard.code != "GX301"]
        assert states == [Held.HOLDS] * len(edition.guards.get(one.key, ()))


@EACH
@settings(max_examples=30)
@given(data=st.data())
def test_what_is_broken_is_what_a_finding_tells(edition, data) -> None:
    key = data.draw(st.sampled_from([*edition.guards]))
    report = make_report(edition)
    wrong = _with(report, key, int(report.values[key]) + data.draw(st.integers(1, 9)))
    broken = [one for one in guards(wrong, key) if one.state is Held.BROKEN]
    assert len(broken) == len(edition.guards[key])
    codes = {one.code for one in run(wrong, strict=True)}
    assert codes & {one.code for one in broken}
    # Identities of both kinds that one cell breaks are told as the total's.
    assert codes & {"GX101", "GX102"} <= {one.code for one in broken}


@EACH
def test_a_balance_that_alone_is_broken_is_told_as_one(edition) -> None:
    report = make_report(edition)
    for key in ("requests.received.individual", "requests.received.total"):
        report = _with(report, key, int(report.values[key]) + 1)
    broken = [one for one in guards(report, "requests.received.total") if one.state is Held.BROKEN]
    assert {one.code for one in broken} == {"GX102"}
    assert {one.code for one in run(report, strict=True)} == {"GX102"}


@EACH
def test_a_blank_figure_leaves_its_guards_unknown(edition) -> None:
    for key in edition.guards:
        wrong = _with(make_report(edition), key, None)
        assert {guard.state for guard in guards(wrong, key)} == {Held.UNKNOWN}


@EACH
def test_what_is_carried_over_is_held_against_last_year(edition) -> None:
    report = make_report(edition)
    last = make_report(edition, report.year - 1)
    for key, source in edition.carries.items():
        alone = [one for one in guards(report, key) if one.code == "GX301"]
        with_last = replace(report, previous=last)
        other = replace(report, previous=_with(last, source, int(last.values[source]) + 1))
        missing = replace(report, previous=_with(last, source, None))
        states = [alone[0].state]
        states += [[*guards(one, key)][-1].state for one in (with_last, other, missing)]
        assert states == [Held.UNKNOWN, Held.HOLDS, Held.BROKEN, Held.UNKNOWN]


def test_a_sentence_stands_with_its_figure_and_the_figure_with_its_sentence() -> None:
    report = _saying("2022年共收到政府信息公开申请7777件。")
    whole = _traced(report)
    stating = [one.key for one in whole.figures if one.stated]
    assert stating == ["requests.received.total"]
    (said,) = whole.mentions
    assert (said.span.text, said.bound) == ("7777件", True)
    assert [verdict.state for verdict in said.verdicts] == [State.DIFFERS]
    assert [one.code for one in said.found] == ["GX401"]
    figure = next(one for one in whole.figures if one.stated)
    assert figure.found == said.found


def test_a_number_that_counts_nothing_known_is_listed_and_stands_with_no_figure() -> None:
    whole = _traced(_saying("全年通过政府网站发布信息1,554条。"))
    assert [(one.span.text, one.bound) for one in whole.mentions] == [("1,554条", False)]
    assert not any(one.stated or one.found for one in whole.figures)


def test_two_findings_of_one_sentence_stand_each_with_its_own_number() -> None:
    whole = _traced(_saying("收到政府信息公开申请7777件。收到行政复议8888件，行政诉讼9999件。"))
    for one in whole.mentions:
        told = [found.message for found in one.found]
        assert all(one.span.text in message for message in told), told


@pytest.mark.parametrize(
    ("asked", "figures", "mentions"),
    [
        ("1,554", 0, ["1554条"]),
        ("１５５４", 0, ["1554条"]),
        ("1554条", 0, ["1554条"]),
        ("1554件", 0, []),
        ("62%", 0, ["62%"]),
        ("62", 0, ["62%"]),
        ("三", None, ["三个"]),
        ("2.5万", 0, ["25000条"]),
        ("777", 0, []),
        ("requests.received.total", 1, []),
        ("正文!C6", 0, ["1554条", "62%", "25000条", "三个"]),
        ("正文！c6", 0, ["1554条", "62%", "25000条", "三个"]),
    ],
)
def test_what_was_asked_for(asked, figures, mentions) -> None:
    report = _saying("发布信息1554条，比率为62%，共25000条，三个栏目。")
    some = narrowed(_traced(report), asked)
    if figures is None:
        figures = sum(Decimal(value) == 3 for value in report.values.values())
    assert (len(some.figures), [one.span.text for one in some.mentions]) == (figures, mentions)


@pytest.mark.parametrize(
    "asked", ["", " ", "abc", "2023年", "表三", "1、2", "--", "9" * 5000, "二〇二三"]
)
def test_what_is_no_number_is_refused(asked) -> None:
    with pytest.raises(UsageError, match="看不出"):
        narrowed(_traced(_saying("发布信息1554条。")), asked)


def test_a_sentence_about_last_year_is_told_with_last_years_figure() -> None:
    report = make_report(EDITIONS["2021"])
    last = _with(make_report(EDITIONS["2021"], report.year - 1), "requests.received.total", 41)
    text = f"{report.year - 1}年共收到政府信息公开申请7777件。"
    (found,) = (
        one
        for one in run(replace(_saying(text, report), previous=last), strict=True)
        if one.code == "GX401"
    )
    assert "上年的" in found.message
    assert "是 41" in found.message


@pytest.mark.parametrize(("year", "state"), [(2018, State.OTHER_YEAR), (2021, State.FITS)])
def test_a_sentence_about_another_year_stands_with_no_figure_of_this_one(year, state) -> None:
    report = make_report(EDITIONS["2021"])
    last = make_report(EDITIONS["2021"], report.year - 1)
    number = last.values["requests.received.total"]
    said = _saying(f"{year}年共收到政府信息公开申请{number}件。", report)
    whole = _traced(replace(said, previous=last))
    assert [one.verdicts[0].state for one in whole.mentions] == [state]
    assert not any(one.stated for one in whole.figures)


def test_what_a_finding_names_of_last_year_is_not_this_year_s_cell() -> None:
    report = make_report(EDITIONS["2021"])
    pending, total = (f"remedies.reconsideration.{row}" for row in ("pending", "total"))
    last = make_report(EDITIONS["2021"], report.year - 1)
    last = _with(last, pending, int(report.values[total]) + 1)
    whole = _traced(replace(report, previous=last))
    about = [one.key for one in whole.figures if any(f.code == "GX304" for f in one.found)]
    assert about == [total]
