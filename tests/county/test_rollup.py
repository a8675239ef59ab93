"""The roll-up: sums that are right whatever comes in; what is not filed never counts as 0."""

from __future__ import annotations

import datetime as dt
import io
import pickle
import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxgen.checks import registry
from gxgen.county.agency_year import Figures, Filing, Judgement
from gxgen.county.detail.sheet import DETAIL_SHEET, total_place
from gxgen.county.overview import missing
from gxgen.county.project import County
from gxgen.county.roll_call import call_roll, listed
from gxgen.county.rollup import RollUp, roll_up
from gxgen.county.unit import OWN_FIGURES, read_unit
from gxgen.diagnostics import Diagnostic, Finding, Severity
from gxgen.document.blocks import compose
from gxgen.editions.declared import EDITIONS
from gxgen.editions.derive import IdentityKind
from gxgen.editions.schema import Edition, Kind
from gxgen.errors import UsageError
from gxgen.form.invitation import invited
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.agency import Agency, AgencyKind
from gxgen.model.indicators import Indicator, in_order
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Answer, Entry, EntryState, Report, SignOff, SignOffForm
from gxgen.model.sums import add_up
from gxgen.places import SheetCell
from tests.factory import balanced_values, make_report

EDITION = EDITIONS["2021"]
YEAR = 2023
GOVERNMENT = "垟塆县人民政府"
NAMES = ("垟塆县财政局", "垟塆县𡌴里镇人民政府", "垟塆县城关街道办事处", "垟塆县教育局")
KINDS = (AgencyKind.DEPARTMENT, AgencyKind.TOWN, AgencyKind.SUBDISTRICT, AgencyKind.DEPARTMENT)
COUNTY = County(
    "垟塆县",
    Path("inputs/垟塆县"),
    roster=tuple(Agency(name, kind=kind) for name, kind in zip(NAMES, KINDS, strict=True)),
    government=GOVERNMENT,
)
ZERO = Entry(0, "0")
EACH_EDITION = pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)


def figures(edition: Edition, seed: object) -> dict[str, int | str]:
    """Random figures that satisfy every identity; money as decimal text, as the ledger has it."""
    dice = random.Random(str(seed))
    values: dict[str, int] = {k: dice.choice((0, 0, 1, 7, 300)) for k in edition.fields}
    for key, field in edition.fields.items():
        if field.kind is Kind.SIGNED:
            values[key] = dice.randint(-50, 50)
    values |= {key: 0 for key in values if key.startswith("disclosure.rules.")}

    def add() -> None:
        for key, identity in edition.totals.items():
            values[key] = sum(values[part] for part in identity.right)

    add()
    for identity in edition.identities:
        if identity.kind is IdentityKind.BALANCE and identity.line != "total":
            received, carried_in = identity.left
            processed, carried_out = identity.right
            values[carried_out] = dice.randint(0, 5)
            gap = values[processed] + values[carried_out]
            values[carried_in] = dice.randint(0, gap)
            values[received] = gap - values[carried_in]
    add()
    return {
        key: f"{dice.randint(0, 99999)}.{dice.randint(0, 9999)}" if f.kind is Kind.MONEY else v
        for (key, v), f in zip(values.items(), edition.fields.values(), strict=True)
    }


def plausible(edition: Edition, factor: int) -> dict[str, int | str]:
    """Figures that no rule asks about."""
    return {
        key: f"{2.5 * factor}" if edition.fields[key].kind is Kind.MONEY else value * factor
        for key, value in balanced_values(edition).items()
    }


def known(edition: Edition, given: dict[str, int | str]) -> Figures:
    """Figures as they are kept; money comes as decimal text."""
    values = {key: Decimal(n) if isinstance(n, str) else n for key, n in given.items()}
    return Figures.of(values, edition.id)


def unit(name: str, edition: Edition = EDITION, **changes: object) -> Judgement:
    judgement = Judgement(
        workbook=f"{name}.xlsx",
        agency=name,
        year=YEAR if edition is EDITION else edition.first_year,
        edition=edition.id,
        title=f"{name}{YEAR}年政府信息公开工作年度报告",
        figures=known(edition, plausible(edition, 1 + sum(map(ord, name)) % 7)),
    )
    return replace(judgement, **changes)  # type: ignore[arg-type]


def faulty(name: str) -> Judgement:
    error = registry.diagnose(Finding("GX101", "不符。"), agency=name, year=YEAR, file=None)
    return unit(name, findings=(error,))


def own(edition: Edition = EDITION, **changes: object) -> Report:
    """The government's workbook: words, and no figure."""
    blank = {key: Entry(None, None, None, EntryState.BLANK) for key in edition.fields}
    report = make_report(edition, agency=Agency(GOVERNMENT), entries=blank, file="县政府.xlsx")
    year = YEAR if edition is EDITION else edition.first_year
    signed = SignOff(date=dt.date(year + 1, 3, 15))
    return replace(report, **{"year": year, "sign_off": signed, **changes})


def all_units() -> list[Judgement]:
    return [unit(name) for name in NAMES]


def codes(rolled: RollUp) -> list[str]:
    return [d.code for d in rolled.diagnostics]


def said(rolled: RollUp, code: str) -> str:
    return next(d.message for d in rolled.diagnostics if d.code == code)


def text(rolled: RollUp) -> str:
    assert rolled.report is not None
    return rolled.report.narrative[-1].text


@EACH_EDITION
@given(seed=st.integers(0, 10**6), count=st.integers(1, 6))
@settings(max_examples=25)
def test_every_figure_is_the_sum_whatever_the_order(
    edition: Edition, seed: int, count: int
) -> None:
    names = [f"单位{i}" for i in range(count)]
    county = replace(COUNTY, roster=tuple(Agency(name) for name in names))
    year = YEAR if edition is EDITION else edition.first_year
    units = [unit(n, edition, figures=known(edition, figures(edition, (n, seed)))) for n in names]
    rolled = roll_up(county, year, units, own(edition))
    assert rolled.report is not None
    for key in edition.fields:
        expected = sum(Fraction(str(u.figures[key])) for u in units)
        assert Fraction(rolled.report.values[key]) == expected, key
    assert [d for d in rolled.diagnostics if d.severity is Severity.ERROR] == []
    assert not rolled.draft
    shuffled = random.Random(seed).sample(units, count)
    assert roll_up(county, year, shuffled, own(edition)) == rolled


@EACH_EDITION
def test_a_roll_up_of_one_is_itself(edition: Edition) -> None:
    values = balanced_values(edition)
    given = {
        key: "20.35" if field.kind is Kind.MONEY else values[key]
        for key, field in edition.fields.items()
    }
    county = replace(COUNTY, roster=(Agency("甲局"),))
    year = YEAR if edition is EDITION else edition.first_year
    only = unit("甲局", edition=edition, figures=known(edition, given))
    rolled = roll_up(county, year, [only], own(edition))
    assert rolled.report is not None
    assert rolled.report.values == only.figures
    assert codes(rolled) == []


def test_what_is_not_known_is_never_added_as_zero() -> None:
    whole = unit(NAMES[0]).figures
    with pytest.raises(KeyError, match="remedies"):
        add_up(
            EDITION.fields,
            [whole, {k: v for k, v in whole.items() if not k.startswith("remedies")}],
        )


def test_money_is_exact_and_keeps_the_places_it_needs() -> None:
    key = "disclosure.fees.amount"
    amounts = ("20.35", "2.650", "0.0001", "999999999.123456")
    units = [
        replace(u, figures=known(EDITION, {**u.figures, key: amount}))
        for u, amount in zip(all_units(), amounts, strict=True)
    ]
    rolled = roll_up(COUNTY, YEAR, units, own())
    assert rolled.report is not None
    assert str(rolled.report.values[key]) == "1000000022.123556"
    two = roll_up(COUNTY, YEAR, units[:2], own())
    assert two.report is not None
    assert two.report.entries[key].raw == "23"


def test_a_complete_county_is_no_draft_and_takes_its_words_from_the_government() -> None:
    words = own(sign_off=SignOff(SignOffForm.AGENCY))
    rolled = roll_up(COUNTY, YEAR, all_units(), words)
    assert not rolled.draft
    assert codes(rolled) == []
    assert rolled.units == NAMES
    assert rolled.report is not None
    assert rolled.report.title == f"{GOVERNMENT}{YEAR}年政府信息公开工作年度报告"
    assert rolled.report.sign_off == words.sign_off
    assert rolled.report.agency.kind is AgencyKind.GOVERNMENT
    assert rolled.report.narrative[:-1] == words.narrative[:-1]


def test_figures_stand_in_the_sheet_of_the_sums() -> None:
    rolled = roll_up(COUNTY, YEAR, all_units(), own())
    assert rolled.report is not None
    assert {e.place.sheet for e in rolled.report.entries.values() if e.place} == {DETAIL_SHEET}
    key = "requests.received.total"
    assert rolled.report.place(key) == total_place(EDITION, key)


def test_a_finding_at_a_sum_names_the_sums_workbook_and_can_be_answered() -> None:
    key = "disclosure.rules.in_force"
    units = all_units()
    units[0] = replace(units[0], figures=known(EDITION, {**units[0].figures, key: 2}))
    rolled = roll_up(COUNTY, YEAR, units, own())
    (found,) = rolled.diagnostics
    assert (found.code, found.key, found.file) == ("GX201", key, rolled.detail_file)
    assert isinstance(found.place, SheetCell)
    assert found.place.sheet == DETAIL_SHEET
    assert rolled.detail_file.endswith("年度报告汇总明细.xlsx")


@pytest.mark.parametrize("name", NAMES)
def test_without_one_unit_it_is_a_draft_that_names_it(name: str) -> None:
    rest = [u for u in all_units() if u.agency != name]
    rolled = roll_up(COUNTY, YEAR, rest, own())
    assert rolled.draft
    assert rolled.missing == (name,)
    assert name in said(rolled, "GX713")
    assert f"{short(name)}的数据尚未计入" in text(rolled)
    assert rolled.report is not None
    key = "requests.received.total"
    assert rolled.report.values[key] == sum(u.figures[key] for u in rest)


def test_a_unit_with_errors_is_not_added_and_named() -> None:
    units = [*all_units()[1:], faulty(NAMES[0])]
    rolled = roll_up(COUNTY, YEAR, units, own())
    assert (rolled.draft, rolled.faulty, rolled.missing) == (True, (NAMES[0],), ())
    assert f"{NAMES[0]}（有1处错误，待更正）" in said(rolled, "GX714")
    assert rolled.units == NAMES[1:]
    key = "requests.received.total"
    assert rolled.report is not None
    assert rolled.report.values[key] == sum(u.figures[key] for u in units[:-1])


def test_a_unit_that_lacks_a_figure_counts_nothing() -> None:
    units = all_units()
    short = dict(units[0].figures)
    del short["remedies.reconsideration.upheld"]
    rolled = roll_up(
        COUNTY, YEAR, [replace(units[0], figures=known(EDITION, short)), *units[1:]], own()
    )
    assert rolled.faulty == (NAMES[0],)
    assert "缺1个数" in said(rolled, "GX714")


def test_an_unreadable_workbook_is_a_faulty_unit() -> None:
    unread = replace(unit(NAMES[0]), year=None, edition=None, figures={})
    rolled = roll_up(COUNTY, YEAR, [unread, *all_units()[1:]], own())
    assert rolled.faulty == (NAMES[0],)
    assert "读不出来" in said(rolled, "GX714")


def test_mixed_years_are_refused_with_names() -> None:
    units = all_units()
    units[1] = replace(units[1], year=YEAR - 1)
    rolled = roll_up(COUNTY, YEAR, units, own())
    assert (rolled.report, rolled.draft, rolled.detail_file) == (None, True, "")
    assert codes(rolled) == ["GX710"]
    assert NAMES[1] in said(rolled, "GX710")
    assert f"{YEAR - 1}年度" in said(rolled, "GX710")
    assert NAMES[0] not in said(rolled, "GX710")


def test_a_wrong_year_is_refused_even_where_the_unit_has_errors_too() -> None:
    units = [*all_units()[1:], replace(faulty(NAMES[0]), year=YEAR + 1)]
    assert codes(roll_up(COUNTY, YEAR, units, own())) == ["GX710"]


def test_mixed_editions_are_refused_with_names() -> None:
    units = [unit(NAMES[2], edition=EDITIONS["2019"], year=YEAR), *all_units()[:2]]
    rolled = roll_up(COUNTY, YEAR, units, own())
    assert rolled.report is None
    assert codes(rolled) == ["GX711"]
    assert NAMES[2] in said(rolled, "GX711")
    assert "2019版" in said(rolled, "GX711")


def test_a_unit_twice_is_refused_with_both_files() -> None:
    units = [*all_units(), replace(unit(NAMES[0]), workbook="财政局（改）.xlsx")]
    rolled = roll_up(COUNTY, YEAR, units, own())
    assert rolled.report is None
    assert codes(rolled) == ["GX712"]
    assert "财政局（改）.xlsx" in said(rolled, "GX712")
    assert f"{NAMES[0]}.xlsx" in said(rolled, "GX712")


@pytest.mark.parametrize("called", ["财政", "财税局"])
def test_a_unit_under_two_of_its_names_is_one_unit(called: str) -> None:
    """Its figures stood in the county's report twice, since each form bore a name of its own."""
    first = replace(COUNTY.roster[0], short_name="财政", formerly=("财税局",), since=YEAR)
    county = replace(COUNTY, roster=(first, *COUNTY.roster[1:]))
    units = [*all_units(), unit(called)]
    rolled = roll_up(county, YEAR, units, own())
    assert rolled.report is None
    assert codes(rolled) == ["GX712"]
    alone = roll_up(county, YEAR, units[1:], own())
    assert codes(alone) == []
    assert alone.units == (called, *NAMES[1:])


def test_nothing_to_add_is_refused_and_never_zero() -> None:
    rolled = roll_up(COUNTY, YEAR, [faulty(NAMES[0])], own())
    assert rolled.report is None
    assert codes(rolled) == ["GX720"]
    assert rolled.missing == NAMES[1:]


def test_the_government_s_own_workbook_is_no_unit() -> None:
    rolled = roll_up(COUNTY, YEAR, [*all_units(), unit(GOVERNMENT)], own())
    assert rolled.units == NAMES
    roster = (*COUNTY.roster, Agency(GOVERNMENT))
    county = replace(COUNTY, roster=roster, government=GOVERNMENT)
    assert roll_up(county, YEAR, all_units(), own()).missing == ()
    assert missing(all_units(), county) == (), "nobody is told that it has not filed"


def test_a_unit_outside_the_roster_counts_with_a_warning() -> None:
    rolled = roll_up(COUNTY, YEAR, [*all_units(), unit("垟塆县数据局")], own())
    assert not rolled.draft
    assert codes(rolled) == ["GX715"]
    assert "垟塆县数据局" in said(rolled, "GX715")
    assert rolled.units == (*NAMES, "垟塆县数据局")


def test_without_a_roster_nobody_knows_who_is_missing() -> None:
    rolled = roll_up(replace(COUNTY, roster=()), YEAR, all_units(), own())
    assert codes(rolled) == ["GX716"]


def test_without_the_government_s_workbook_there_are_figures_only() -> None:
    rolled = roll_up(COUNTY, YEAR, all_units(), None)
    assert rolled.draft
    assert codes(rolled) == ["GX717"]
    assert f"{GOVERNMENT}.xlsx" in said(rolled, "GX717")
    assert rolled.report is not None
    assert rolled.report.agency.name == GOVERNMENT
    assert [p.mark for p in rolled.report.narrative] == ["6"]
    unnamed = roll_up(replace(COUNTY, government=None), YEAR, all_units(), None)
    assert unnamed.report is not None
    assert unnamed.report.agency.name == COUNTY.name


def test_an_unreadable_government_workbook_says_why() -> None:
    broken = Finding("GX002", "工作簿损坏。")
    rolled = roll_up(COUNTY, YEAR, all_units(), None, own_findings=[broken])
    assert set(codes(rolled)) == {"GX002", "GX717"}
    assert "读不出来" in said(rolled, "GX717")


def test_the_government_s_words_of_another_year_are_not_used() -> None:
    rolled = roll_up(COUNTY, YEAR, all_units(), own(year=YEAR - 1))
    assert rolled.draft
    assert codes(rolled) == ["GX718"]
    assert rolled.report is not None
    assert rolled.report.year == YEAR


def test_a_differing_figure_of_the_government_is_told_with_both_and_not_used() -> None:
    words = own()
    key = "requests.received.individual"
    place = SheetCell("表三", 7, 3)
    words = replace(words, entries={**words.entries, key: Entry(12345, "12345", place)})
    rolled = roll_up(COUNTY, YEAR, all_units(), words)
    assert rolled.report is not None
    real = sum(u.figures[key] for u in all_units())
    (found,) = rolled.diagnostics
    assert (found.code, found.severity, found.place) == ("GX719", Severity.WARNING, place)
    assert "12345" in found.message
    assert str(real) in found.message
    assert rolled.report.values[key] == real
    assert not rolled.draft


@pytest.mark.parametrize("what", ["nothing", "filled in", "sum"])
def test_an_answer_to_a_differing_figure_lapses_when_either_figure_changes(what: str) -> None:
    """The line that invites to it names both, so that neither may change unseen."""
    key, place = "requests.received.individual", SheetCell("表三", 7, 3)

    def rolled(filled: int, *, units: int, answers: tuple[Answer, ...] = ()) -> Diagnostic:
        words = own()
        entries = {**words.entries, key: Entry(filled, str(filled), place)}
        words = replace(words, entries=entries, answers=answers)
        return roll_up(COUNTY, YEAR, all_units()[:units], words).diagnostics[-1]

    asked = rolled(12345, units=4)
    _, cell, then = invited(asked.hint[asked.hint.find("编号") :]) or ("", "", "")
    assert then.count("、") == 1 and "12345" in then
    answer = Answer("GX719", cell, "本级另有统计", place, then)
    units = 3 if what == "sum" else 4
    found = rolled(12346 if what == "filled in" else 12345, units=units, answers=(answer,))
    held = found.severity is Severity.NOTE
    assert held == (what == "nothing"), found.message
    assert held or "已失效" in found.message


def test_many_differing_figures_are_told_in_few_findings() -> None:
    entries = {key: Entry(10**8 + 1, "x") for key in EDITION.fields}
    rolled = roll_up(COUNTY, YEAR, all_units(), own(entries=entries))
    assert codes(rolled) == ["GX719"] * 11
    assert sum(len(d.related) for d in rolled.diagnostics) == len(EDITION.fields)


def test_zeros_throughout_are_told_once() -> None:
    rolled = roll_up(COUNTY, YEAR, all_units(), own(entries=dict.fromkeys(EDITION.fields, ZERO)))
    (found,) = rolled.diagnostics
    assert (found.code, found.severity) == ("GX719", Severity.WARNING)
    assert "都填了0" in found.message


def test_equal_blank_and_computed_figures_of_the_government_are_silent() -> None:
    rolled = roll_up(COUNTY, YEAR, all_units(), own())
    assert rolled.report is not None
    same = dict(rolled.report.entries)
    key = "requests.processed.total"
    same[key] = Entry(0, "0", None, EntryState.COMPUTED)
    assert codes(roll_up(COUNTY, YEAR, all_units(), own(entries=same))) == []


def test_blank_figures_of_a_real_government_workbook_are_no_finding() -> None:
    words = own()
    signed = replace(words.sign_off, date=dt.date(YEAR + 1, 1, 13))
    data = blank_workbook(EDITION, YEAR, fill=replace(words, sign_off=signed))
    report, findings = read_unit(Filing(f"{GOVERNMENT}.xlsx", data))
    assert report is not None
    assert {f.code for f in findings} == {"GX020"} <= OWN_FIGURES
    rolled = roll_up(COUNTY, YEAR, all_units(), report, own_findings=findings)
    assert codes(rolled) == []
    assert not rolled.draft


def test_other_findings_of_the_government_s_reader_stay() -> None:
    fault = Finding("GX031", "成文日期没有填。")
    rolled = roll_up(COUNTY, YEAR, all_units(), own(), own_findings=[fault])
    assert codes(rolled) == ["GX031"]
    assert rolled.draft


def test_own_figure_codes_are_the_reader_s_and_exist() -> None:
    assert set(registry.homes()) >= OWN_FIGURES


def test_a_section_that_the_government_forgot_is_not_hidden_by_the_list_of_units() -> None:
    words = own()
    words = replace(words, narrative=tuple(p for p in words.narrative if p.section != "6"))
    assert codes(roll_up(COUNTY, YEAR, all_units(), words)) == ["GX040"]


def test_carry_over_is_checked_against_the_county_s_last_report() -> None:
    rolled = roll_up(COUNTY, YEAR, all_units(), own())
    assert rolled.report is not None
    sources = EDITION.carries
    right = {
        **rolled.report.entries,
        **{there: rolled.report.entries[here] for here, there in sources.items()},
    }
    values = rolled.report.values
    for key in (key for key in values if key.endswith(".in_force")):
        issued, repealed = (key.replace("in_force", word) for word in ("issued", "repealed"))
        before = values[key] - values[issued] + values[repealed]
        right[key] = Entry(before, str(before))
    last = replace(rolled.report, year=YEAR - 1, entries=right)
    assert codes(roll_up(COUNTY, YEAR, all_units(), own(), last=last)) == []
    wrong = {**right, "requests.carried_out.individual": Entry(10**6, "1000000")}
    last = replace(last, entries=wrong)
    assert codes(roll_up(COUNTY, YEAR, all_units(), own(), last=last)) == ["GX301"]
    assert codes(roll_up(COUNTY, YEAR, all_units(), own(previous=last))) == ["GX301"]
    incomplete = roll_up(COUNTY, YEAR, all_units()[1:], own(), last=last)
    assert codes(incomplete) == ["GX713"]


def test_units_are_listed_by_kind_at_the_end_of_section_six() -> None:
    rolled = roll_up(COUNTY, YEAR, all_units(), own())
    assert rolled.report is not None
    assert rolled.report.narrative[-1].mark == "6"
    assert text(rolled).endswith(
        "本报告汇总了4个单位的数据：部门2个（财政局、教育局），"
        "镇（乡）1个（𡌴里镇人民政府），街道1个（城关街道办事处）。"
    )
    one = roll_up(replace(COUNTY, roster=COUNTY.roster[:1]), YEAR, [unit(NAMES[0])], own())
    assert text(one).endswith("本报告汇总了财政局的数据。")
    known = tuple(replace(agency, short_name=f"{agency.name[3]}字号") for agency in COUNTY.roster)
    called = roll_up(replace(COUNTY, roster=known), YEAR, all_units(), own())
    assert "部门2个（财字号、教字号）" in text(called)


def test_units_get_a_part_of_their_own_where_section_six_has_parts() -> None:
    words = own()
    part = Passage("6.1", "收取信息处理费情况", (Paragraph("未收取。"),))
    rolled = roll_up(COUNTY, YEAR, all_units(), replace(words, narrative=(*words.narrative, part)))
    assert rolled.report is not None
    last = rolled.report.narrative[-1]
    assert (last.mark, last.heading) == ("6.2", "数据汇总范围")
    running = replace(part, heading="收取信息处理费情况。")
    words = replace(words, narrative=(*words.narrative, running))
    rolled = roll_up(COUNTY, YEAR, all_units(), words)
    assert rolled.report is not None
    assert rolled.report.narrative[-1].heading == "数据汇总范围。"
    assert "（二）数据汇总范围。" in str(compose(rolled.report))


def test_hostile_names_do_no_harm() -> None:
    names = ["=cmd|'/c calc'!A1", "甲\x01\n局", "\ud800局", "{{ 7*7 }}", "长" * 5000, "<b>&"]
    rolled = roll_up(COUNTY, YEAR, [unit(name) for name in names], own())
    assert rolled.report is not None
    assert rolled.detail()()
    assert all(name.isprintable() and len(name) <= 200 for name in rolled.units)
    assert all(d.message.isprintable() for d in rolled.diagnostics)


def test_a_year_without_a_form_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="1999"):
        roll_up(COUNTY, 1999, all_units(), None)


def test_money_is_decimal_among_the_figures() -> None:
    assert isinstance(unit(NAMES[0]).figures["disclosure.fees.amount"], Decimal)


def test_figures_are_those_that_are_known() -> None:
    given = plausible(EDITION, 2)
    short = {key: number for key, number in given.items() if not key.startswith("remedies")}
    figures = known(EDITION, short)
    assert list(figures) == list(short)
    assert len(figures) == len(short)
    assert "remedies.reconsideration.upheld" not in figures
    assert dict(known(EDITION, {})) == {}
    assert pickle.loads(pickle.dumps(figures)) == figures


def test_the_government_s_sentences_are_filled_from_the_sums() -> None:
    text = (Passage("1", "总体情况", (Paragraph("全县新收{{ 申请.新收 }}件。"),)),)
    rolled = roll_up(COUNTY, YEAR, all_units(), own(narrative=text))
    assert rolled.report is not None
    total = rolled.report.values["requests.received.total"]
    assert f"全县新收{total}件。" in [p.text for p in rolled.report.passages("1")]
    assert "GX422" not in codes(rolled)


# -- counts beside the tables ----------------------------------------------------------------------

TRAININGS, PROPOSALS = ("培训场次", "场", 3, 2), ("政协提案", "件", 5, None)
HOTLINE = ("热线 受理", "件", 40, 30)


def counting() -> list[Judgement]:
    """Each states its trainings and a line of its own, the first alone its proposals."""
    first, *others = all_units()
    units = [replace(first, counts=(TRAININGS, PROPOSALS, HOTLINE))]
    return [*units, *(replace(one, counts=(TRAININGS, HOTLINE)) for one in others)]


def test_only_what_every_agency_states_is_added_up() -> None:
    blank = in_order([Indicator("培训场次", "场"), Indicator("政协提案", "件")])
    rolled = roll_up(COUNTY, YEAR, counting(), own(indicators=blank))
    assert rolled.report is not None
    found = rolled.report.indicators
    many = len(NAMES)
    assert (found["培训场次"].value, found["培训场次"].last) == (3 * many, 2 * many)
    assert (found["政协提案"].value, found["政协提案"].last) == (None, None)
    assert (found["热线 受理"].value, found["热线 受理"].unit) == (40 * many, "件")


def test_the_governments_own_count_stands() -> None:
    mine = in_order([Indicator("培训场次", "场", 99), Indicator("热线受理", "次", None)])
    rolled = roll_up(COUNTY, YEAR, counting(), own(indicators=mine))
    assert rolled.report is not None
    found = rolled.report.indicators
    assert (found["培训场次"].value, found["培训场次"].last) == (99, 2 * len(NAMES))
    assert found["热线受理"].value is None, "another unit is another count"


def test_a_sentence_of_the_county_names_a_sum_and_never_half_of_one() -> None:
    def told(text: str) -> RollUp:
        words = own().narrative
        section = next(p for p in words if p.mark == "1")
        mine = replace(section, paragraphs=(Paragraph(text),))
        words = tuple(mine if p is section else p for p in words)
        return roll_up(COUNTY, YEAR, counting(), own(narrative=words))

    rolled = told("全县举办培训{{ 指标.培训场次 }}场。")
    assert rolled.report is not None
    text = next(p.text for p in rolled.report.narrative if p.mark == "1")
    assert text == f"全县举办培训{3 * len(NAMES)}场。"
    assert "GX422" in codes(told("办理提案{{ 指标.政协提案 }}件。"))


def test_the_parts_show_who_counts_what() -> None:
    rolled = roll_up(COUNTY, YEAR, counting(), own())
    book = openpyxl.load_workbook(io.BytesIO(rolled.detail()()), data_only=True)
    sheet = book["指标"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    many = len(NAMES)
    assert rows[0] == ["序号", "单位", "培训场次\n（场）", "政协提案\n（件）", "热线 受理\n（件）"]
    assert rows[1] == [None, "填了的单位数", many, 1, many]
    assert rows[2] == [None, "合计", 3 * many, 5, 40 * many]
    assert rows[3][2:] == [3, 5, 40]
    assert rows[4][2:] == [3, None, 40]
    assert [row[1] for row in rows[3:]] == list(rolled.units)


def test_where_nobody_counts_there_is_no_sheet() -> None:
    rolled = roll_up(COUNTY, YEAR, all_units(), own())
    book = openpyxl.load_workbook(io.BytesIO(rolled.detail()()))
    assert "指标" not in book.sheetnames


def many(count: int) -> list[str]:
    return [f"垟塆县第{n}局" for n in range(count)]


def short(name: str) -> str:
    return name.removeprefix("垟塆县")


@pytest.mark.parametrize("kinds", [1, 2])
@pytest.mark.parametrize("count", [1, 2, 29, 30, 31, 32])
def test_units_are_named_as_long_as_they_are_no_directory(count: int, kinds: int) -> None:
    names = many(count)
    roster = tuple(Agency(name, kind=KINDS[n % kinds]) for n, name in enumerate(names))
    county = replace(COUNTY, roster=roster)
    call = call_roll(county, YEAR, EDITION, [unit(name) for name in names], [GOVERNMENT])
    sentence = call.sentence()
    assert {short(name) in sentence for name in names} == {count <= 30}
    assert (f"{count}个单位" in sentence) == (count > 1)
    assert "尚未计入" not in sentence


@pytest.mark.parametrize("count", [1, 2, 30, 31])
def test_those_who_are_missing_are_named_up_to_a_number(count: int) -> None:
    names = [short(name) for name in many(count)]
    county = replace(COUNTY, roster=(*COUNTY.roster, *map(Agency, many(count))))
    sentence = call_roll(county, YEAR, EDITION, all_units(), [GOVERNMENT]).sentence()
    absent = sentence.partition("的数据：")[2].partition("。")[2]
    assert [name for name in names if f"{name}、" in f"{absent.partition('等')[0]}、"] == names[
        :30
    ] or (count == 1 and absent == f"{names[0]}的数据尚未计入。")
    assert absent.endswith("的数据尚未计入。")
    assert (f"等{count}个单位" in absent) == (count > 1)


@pytest.mark.parametrize("count", [1, 59, 60, 61])
def test_a_sentence_names_sixty_and_counts_the_others(count: int) -> None:
    names = many(count)
    said_of = listed(names)
    assert [name for name in names if f"{name}、" in f"{said_of.partition('等，')[0]}、"] == names[
        :60
    ]
    assert said_of.endswith(f"等，共{count}个") == (count > 60)
