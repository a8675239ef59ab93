"""The invented county: true to every rule where it should be, faulty just where it says so."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxgen import api
from gxgen.checks import registry
from gxgen.checks.runner import run
from gxgen.cli import main
from gxgen.county.agency_year import Figures, Filing, Judgement
from gxgen.county.alike import Texts
from gxgen.county.project import County, load_county
from gxgen.county.rollup import roll_up
from gxgen.county.unit import check_unit, read_unit
from gxgen.county.words import NO_WORDS, WORDS_FILE, county_words
from gxgen.demo.agencies import GOVERNMENT, MOST_AGENCIES, demo_agency
from gxgen.demo.copies import with_copies
from gxgen.demo.county import (
    Demo,
    clean_report,
    demo_form,
    demo_report,
    demo_settings,
    write_demo,
    write_forms,
)
from gxgen.demo.facts import active_total
from gxgen.demo.faults import FAULTS
from gxgen.demo.figures import demo_figures
from gxgen.demo.text import demo_words
from gxgen.diagnostics import Severity
from gxgen.editions.bridge import counterparts
from gxgen.editions.declared import EDITIONS, edition_for_year
from gxgen.editions.schema import Edition
from gxgen.editions.tables import Leaf
from gxgen.errors import UsageError
from gxgen.kinds import Kind
from gxgen.model.report import EntryState, Report
from gxgen.prose.alike.lawful import lawful
from gxgen.prose.alike.passages import packed, passages
from tests.support import ROOT

COUNTY = "云岭县"
FEW = settings(max_examples=40)
SLOW = settings(max_examples=10)
INDICES = st.integers(GOVERNMENT, MOST_AGENCIES - 1)
UNITS = st.integers(0, MOST_AGENCIES - 1)
YEARS = st.integers(2019, 2026)
COUNTIES = st.sampled_from((COUNTY, "垟山县", "某某市", '怪"名\\县'))


def _edition(year: int) -> Edition:
    edition = edition_for_year(year)
    assert edition is not None
    return edition


def _checked(demo: Demo, index: int) -> Judgement:
    """This year's form as ``gxgen check`` sees it, last year's beside it."""
    name = f"{demo_agency(demo.county, index).agency.name}.xlsx"
    before = demo.year - 1
    last = (name, demo_form(demo, index, before)) if before in demo.reporting_years else None
    data, own = demo_form(demo, index, demo.year), index == GOVERNMENT
    return check_unit(Filing(name, data, previous=last, government=own))


def _text(report: Report) -> str:
    return "\n".join(passage.text for passage in report.narrative)


# -- clean units ------------------------------------------------------------------------------


@SLOW
@given(COUNTIES, YEARS, INDICES)
def test_a_clean_unit_has_no_finding(county: str, year: int, index: int) -> None:
    assert _checked(Demo(county, year, MOST_AGENCIES), index).diagnostics == ()


@FEW
@given(COUNTIES, YEARS, UNITS)
def test_every_identity_holds(county: str, year: int, index: int) -> None:
    edition = _edition(year)
    values = demo_figures(demo_agency(county, index), edition, year)
    assert list(values) == list(edition.fields)
    for identity in edition.identities:
        left, right = (sum(values[k] for k in side) for side in (identity.left, identity.right))
        assert left == right, identity
    for key, value in values.items():
        kind = edition.fields[key].kind
        assert isinstance(value, Decimal if kind is Kind.MONEY else int)
        assert value >= 0 or kind is Kind.SIGNED
        if isinstance(value, Decimal):
            assert -4 <= value.as_tuple().exponent <= 0


@FEW
@given(COUNTIES, st.integers(2020, 2026), UNITS)
def test_a_year_follows_from_the_year_before(county: str, year: int, index: int) -> None:
    unit, here, there = demo_agency(county, index), _edition(year), _edition(year - 1)
    now, before = demo_figures(unit, here, year), demo_figures(unit, there, year - 1)
    for key, source in here.carries.items():
        assert now[key] == sum(before[k] for k in counterparts(source, here, there) or ())
    row = "disclosure.normative_documents."
    if here.id == there.id and row + "in_force" in here.fields:
        grown = now[row + "issued"] - now[row + "repealed"]
        assert now[row + "in_force"] == before[row + "in_force"] + grown
    for block in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        assert now[f"remedies.{block}.total"] >= before[f"remedies.{block}.pending"]


def test_no_more_reviews_than_requests_in_any_year() -> None:
    edition = _edition(2025)
    for index in range(400):
        unit = demo_agency(COUNTY, index)
        for year in (2023, 2024, 2025):
            now = demo_figures(unit, edition, year)
            cases = ("remedies.reconsideration.total", "remedies.litigation_direct.total")
            requests = ("requests.received.total", "requests.carried_in.total")
            assert sum(now[k] for k in cases) <= sum(now[k] for k in requests), (index, year)


def test_figures_look_like_a_county() -> None:
    edition = _edition(2025)
    units = [demo_figures(demo_agency(COUNTY, i), edition, 2025) for i in range(200)]
    received = sorted(int(u["requests.received.total"]) for u in units)
    assert 1 <= received[100] <= 12
    assert received[-1] > 20 * max(1, received[100])
    zeros = sorted(sum(value == 0 for value in u.values()) for u in units)
    assert zeros[100] > 0.8 * len(edition.fields)
    places = {-u["disclosure.fees.amount"].as_tuple().exponent for u in units}
    assert places == {0, 1, 2, 3, 4}


def test_the_government_has_text_and_no_figures() -> None:
    report = clean_report(demo_agency(COUNTY, GOVERNMENT), 2025)
    assert report.values == {}
    assert {entry.state for entry in report.entries.values()} == {EntryState.BLANK}
    assert report.entries.keys() == report.edition.fields.keys()
    assert len(_text(report)) > 1200
    assert "申请0件" not in _text(report)


@pytest.mark.parametrize("year", [2020, 2021, 2025])
def test_the_county_s_own_report_leaves_nothing_to_wonder_about(year: int) -> None:
    notices = 0
    for county in (COUNTY, "垟山县", "某某市"):
        demo = Demo(county, year, 300)
        government = f"{demo_agency(county, GOVERNMENT).agency.name}.xlsx"
        forms = [(government, demo_form(demo, GOVERNMENT, each)) for each in (year, year - 1)]
        own, found = read_unit(Filing(*forms[0], previous=forms[1], government=True))
        home = _home(demo)
        units = [_found(clean_report(demo_agency(county, i), year)) for i in range(300)]
        rolled = roll_up(home, year, units, own, own_findings=found)
        assert (rolled.diagnostics, rolled.draft) == ((), False)
        assert rolled.report is not None
        notices += int(rolled.report.values.get("requests.other_handling.fee_unpaid.total", 0))
    assert notices > 0 or year == 2020


def _home(demo: Demo) -> County:
    agencies = (demo_agency(demo.county, i).agency for i in range(demo.agencies))
    government = demo_agency(demo.county, GOVERNMENT).agency.name
    return County(demo.county, Path(), roster=tuple(agencies), government=government)


def _found(report: Report) -> Judgement:
    name, edition = report.agency.name, report.edition.id
    figures = Figures.of(report.values, edition)
    return Judgement(f"{name}.xlsx", name, report.year, edition, report.title, figures)


# -- text ---------------------------------------------------------------------------------------


def test_texts_have_the_length_and_shape_of_real_ones() -> None:
    reports = [clean_report(demo_agency(COUNTY, i), 2025) for i in range(100)]
    lengths = sorted(len(_text(report)) for report in reports)
    assert 2500 <= lengths[50] <= 3500
    paragraphs = sorted(sum(len(p.paragraphs) for p in r.narrative) for r in reports)
    assert paragraphs[5] >= 30
    assert paragraphs[50] <= 45
    marks = {p.mark for p in reports[0].narrative}
    assert {"0", "1.1", "1.2", "1.3", "1.4", "1.5", "5.3", "6.1"} <= marks


def test_texts_differ_between_agencies_and_years() -> None:
    unit = [clean_report(demo_agency(COUNTY, i), y) for i in range(30) for y in (2024, 2025)]
    # The preamble and the sentence on fees are worded by the notices: all agencies write them so.
    told = [x for r in unit for x in r.narrative if x.mark not in ("0", "6.1")]
    own = [p.text for x in told for p in x.paragraphs]
    assert max(Counter(text for text in own if len(text) > 60).values()) <= 2
    pieces = [{t[i : i + 8] for i in range(len(t) - 8)} for t in map(_text, unit)]
    shares = [len(a & b) / len(a) for n, a in enumerate(pieces) for b in pieces[:n]]
    assert max(shares) < 0.5


@FEW
@given(YEARS, st.integers(0, 300))
def test_the_text_tells_the_figures(year: int, index: int) -> None:
    unit = demo_agency(COUNTY, index)
    report = clean_report(unit, year)
    values, text = report.values, _text(report)
    received, carried = (values[f"requests.{k}.total"] for k in ("received", "carried_in"))
    if received or carried:
        assert f"申请{received}件" in text
        assert f"办结{values['requests.processed.total']}件" in text
    if granted := values["requests.granted.total"]:
        assert f"予以公开{granted}件" in text
    if fees := values.get("disclosure.fees.amount"):
        assert f"{fees}万元" in text
    now, before = active_total(unit, year), active_total(unit, year - 1)
    assert f"政府信息{now}条" in text
    if now != before:
        verb = "增长" if now > before else "下降"
        share = round(Decimal(abs(now - before) * 100) / before, 6)
        told = Decimal(text.partition(verb)[2].partition("%")[0])
        assert abs(share - told) <= Decimal("0.005")


# -- names --------------------------------------------------------------------------------------


def test_names_are_unique_and_of_every_kind() -> None:
    agencies = [demo_agency(COUNTY, i).agency for i in range(15_000)]
    for names in ({a.name for a in agencies}, {a.short_name for a in agencies}):
        assert len(names) == len(agencies)
    kinds = Counter(a.kind for a in agencies[:100])
    assert kinds.keys() == {"部门", "镇", "街道", "其他"}
    assert any(c in a.name for a in agencies[:100] for c in "垟塆埇")
    assert len({a.contact.phone for a in agencies}) == len(agencies)
    assert all(str(a.contact.phone).startswith("0000-") for a in agencies)


# -- faults -------------------------------------------------------------------------------------


def test_every_kind_of_fault_is_an_error() -> None:
    assert {registry.rule(f.code).severity for f in FAULTS} == {Severity.ERROR}
    assert len({f.name for f in FAULTS}) == len(FAULTS)
    assert len({f.code for f in FAULTS}) >= 8


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f.name)
@pytest.mark.parametrize("year", [2020, 2025])
def test_each_kind_raises_its_code(fault, year: int) -> None:
    from gxgen.form.write.workbook import blank_workbook

    edition, made = _edition(year), 0
    for index in range(60):
        unit = demo_agency(COUNTY, index)
        damaged = fault.damage(clean_report(unit, year), unit.random("a test"))
        if damaged is None:
            continue
        made += 1
        form = blank_workbook(edition, year, agency=unit.agency, fill=damaged)
        name = f"{unit.agency.name}.xlsx"
        last = (name, demo_form(Demo(COUNTY, year, 60), index, year - 1))
        found = check_unit(Filing(name, form, previous=last)).diagnostics
        errors = {d.code for d in found if d.severity is Severity.ERROR}
        assert fault.code in errors, (index, errors)
        if made == 2:
            return
    raise AssertionError("no occasion for this fault in 60 agencies")


def test_no_rule_has_anything_to_say_of_many_units() -> None:
    for index in range(GOVERNMENT, 250):
        unit = demo_agency(COUNTY, index)
        reports = [clean_report(unit, year) for year in (2019, 2020, 2021, 2022)]
        for before, report in pairwise(reports):
            assert run(replace(report, previous=before), strict=True) == []


def test_a_wrong_carry_breaks_no_sum() -> None:
    fault = next(f for f in FAULTS if f.previous)
    for index in range(40):
        unit = demo_agency(COUNTY, index)
        report = fault.damage(clean_report(unit, 2025), unit.random("a test"))
        assert report is not None
        told = run(report, strict=True)
        # No sum: only the sentence that still says what the table said.
        assert {one.code for one in told} <= {"GX403", "GX407"}
        assert {one.key.rsplit(".", 1)[0] for one in told} <= {
            "requests.carried_in",
            "requests.carried_out",
        }
        assert all(one.quote for one in told)


@SLOW
@given(YEARS, st.integers(0, 59), st.integers(1, 2))
def test_a_faulty_unit_raises_the_codes_of_its_faults(year: int, index: int, years: int) -> None:
    demo = Demo(COUNTY, year, 60, 60, years)
    _, faults = demo_report(demo, index, year)
    assert 1 <= len(faults) <= 2
    checked = _checked(demo, index)
    assert not checked.passed
    assert {f.code for f in faults} <= {d.code for d in checked.diagnostics}


@given(st.integers(1, 500), st.integers(0, 500))
def test_so_many_are_faulty_as_wanted_and_spread_out(agencies: int, faulty: int) -> None:
    demo = Demo(COUNTY, 2025, agencies, min(faulty, agencies))
    hit = [i for i in demo.indices if demo.fault_ordinal(i) is not None]
    assert [demo.fault_ordinal(i) for i in hit] == list(range(demo.faulty))
    gaps = [b - a for a, b in pairwise(hit)]
    assert not gaps or max(gaps) - min(gaps) <= 1


def test_a_fault_changes_no_other_agency_and_no_other_year() -> None:
    clean, faulty = Demo(COUNTY, 2025, 10), Demo(COUNTY, 2025, 10, 3)
    for index in range(10):
        same = demo_form(clean, index, 2025) == demo_form(faulty, index, 2025)
        assert same == (faulty.fault_ordinal(index) is None)
    assert demo_form(clean, 3, 2024) == demo_form(faulty, 3, 2024)


# -- the whole ----------------------------------------------------------------------------------


def _files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}


def test_order_and_number_of_agencies_change_no_byte(tmp_path: Path) -> None:
    demo = Demo(COUNTY, 2021, 5, 2)
    write_demo(tmp_path / "a", demo)
    for index in reversed(demo.indices):
        write_forms(tmp_path / "b", demo, (index,))
    first, second = _files(tmp_path / "a"), _files(tmp_path / "b")
    assert first.pop("county.toml").decode() == demo_settings(demo)
    assert first.pop("words.toml")
    assert first == second
    assert len(first) == 2 * (5 + 1)
    assert demo_form(Demo(COUNTY, 2021, 900), 3, 2020) == demo_form(demo, 3, 2020)


def test_processes_change_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    demo = Demo(COUNTY, 2025, 24, 4, years=1)
    write_demo(tmp_path / "a", demo)
    monkeypatch.setattr("gxgen.demo.county._WORTH_PROCESSES", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    told: list[str] = []
    write_demo(tmp_path / "b", demo, lambda name, done, total: told.append(name))
    assert _files(tmp_path / "a") == _files(tmp_path / "b")
    assert told == [demo_agency(COUNTY, i).agency.name for i in demo.indices]


def test_the_settings_load(tmp_path: Path) -> None:
    demo = Demo('怪"名\\县', 2025, 120)
    (tmp_path / "county.toml").write_text(demo_settings(demo), encoding="utf-8")
    county = load_county(tmp_path)
    assert county.government == '怪"名\\县人民政府'
    assert (county.year, len(county.roster)) == (2025, 120)
    assert county.agency(county.government) is None
    assert tomllib.loads(demo_settings(demo))["agency"][0]["contact"]["phone"][:5] == "0000-"


@pytest.mark.parametrize(
    "wrong",
    [
        {"agencies": 0},
        {"agencies": MOST_AGENCIES + 1},
        {"faulty": 4},
        {"faulty": -1},
        {"years": 3},
        {"year": 2018},
        {"county": "县\n"},
        {"county": ""},
    ],
)
def test_what_cannot_be_made_is_refused(wrong: dict) -> None:
    with pytest.raises(UsageError):
        Demo(**{"county": COUNTY, "year": 2025, "agencies": 3, **wrong})


def test_before_the_first_edition_there_is_one_year() -> None:
    first = min(edition.first_year for edition in EDITIONS.values())
    assert Demo(COUNTY, first, 3).reporting_years == (first,)


def test_a_clean_county_is_checked_and_built_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", ".", "--county", COUNTY, "--year", "2024", "--demo", "6", "-q"]) == 0
    for command in ("check", "build"):
        capsys.readouterr()
        assert main([command, "--quiet"]) == 0
        told = capsys.readouterr()
        assert not [word for word in ("错误", "核实", "提示") if word in told.out], told.out
        assert told.err == ""
    assert "草稿" not in "".join(path.name for path in tmp_path.rglob("*"))


def test_init_makes_it_and_never_touches_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    command = ["init", ".", "--county", COUNTY, "--year", "2024", "--demo", "5", "--quiet"]
    assert main([*command, "--faulty", "1"]) == 0
    assert "5个虚拟单位" in capsys.readouterr().out
    before = _files(tmp_path)
    assert len(before) == 14
    assert main(command) == 2
    assert "已经存在" in capsys.readouterr().err
    assert _files(tmp_path) == before
    assert main(["check", "--quiet"]) == 1
    assert main(["init", "x", "--county", COUNTY, "--year", "2024", "--faulty", "1"]) == 2


# -- a script of one's own ----------------------------------------------------------------------


@pytest.mark.parametrize("before", ["", "import typst; "], ids=["copied", "started afresh"])
def test_a_script_without_a_main_guard_makes_and_builds_a_county(
    tmp_path: Path, before: str
) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        f"{before}from pathlib import Path\n"
        "from gxgen import api\n"
        "from gxgen.demo import county\n"
        "print('once')\n"
        "county._WORTH_PROCESSES = 1\n"
        f"api.init(Path('c'), county='{COUNTY}', year=2024, demo=24, years=1)\n"
        "result = api.build([Path('c/inputs')], output=Path('c/output'), workers=2)\n"
        "print(result.exit_status, len(list(Path('c').rglob('*年度报告*.docx'))))\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == ["once", "0", "25"]


# -- an edition to come -------------------------------------------------------------------------


@pytest.fixture
def to_come(monkeypatch: pytest.MonkeyPatch) -> Edition:
    """An invented edition of 2026: a row more and another heading in table three, and no normative
    documents in table two."""
    newest = EDITIONS["2021"]
    requests, disclosure = newest.table("requests"), newest.table("disclosure")
    received, carried_in, handled, carried_out = requests.rows
    granted, *others, processed = handled.children
    more = Leaf("forwarded", "（七）移送其他机关")
    processed = replace(processed, of=(*processed.of, more.key))
    granted = replace(granted, label="（一）准予公开")
    handled = replace(handled, children=(granted, *others, more, processed))
    tables = (
        replace(disclosure, blocks=disclosure.blocks[1:]),
        replace(requests, rows=(received, carried_in, handled, carried_out)),
        newest.table("remedies"),
    )
    edition = replace(newest, id="2026", first_year=2026, last_year=None, tables=tables)
    monkeypatch.setitem(EDITIONS, "2021", replace(newest, last_year=2025))
    monkeypatch.setitem(EDITIONS, "2026", edition)
    return edition


def test_an_edition_to_come_is_filled_too(to_come: Edition) -> None:
    forwarded = 0
    for index in range(150):
        unit = demo_agency(COUNTY, index)
        report = clean_report(unit, 2026)
        assert report.edition is to_come
        assert report.values.keys() == to_come.fields.keys()
        for identity in to_come.identities:
            left, right = (
                sum(report.values[k] for k in side) for side in (identity.left, identity.right)
            )
            assert left == right, identity
        forwarded += report.values["requests.forwarded.total"]
        before = clean_report(unit, 2025)
        assert run(replace(report, previous=before), strict=True) == []
        for fault in FAULTS:
            fault.damage(report, unit.random("a test"))
        told = _text(report)
        granted = report.values["requests.granted.total"]
        assert not granted or f"准予公开{granted}件" in told
    assert forwarded > 0


# -- texts beside each other --------------------------------------------------------------------


@pytest.mark.parametrize("year", [2020, 2021, 2025])
def test_the_words_file_accounts_for_all_that_invented_agencies_share(
    year: int, tmp_path: Path
) -> None:
    """Without it they would be asked about nearly every paragraph."""
    demo = Demo("云垟县", year, 40)
    (tmp_path / WORDS_FILE).write_text(demo_words(), encoding="utf-8")
    texts = {}
    for index in range(demo.agencies):
        unit = demo_agency(demo.county, index)
        texts[unit.agency] = [clean_report(unit, each).narrative for each in (year, year - 1)]
    for words in (county_words(tmp_path), NO_WORDS):
        known = lawful(words.boilerplate)
        judged = {}
        for agency, (now, last) in texts.items():
            found = passages(now, agency, known, last)
            judged[agency.name] = Judgement("", agency.name, passages=packed(found))
        asked = list(Texts.of(judged).findings())
        assert bool(asked) is (words is NO_WORDS)


def test_faulty_agencies_copy_from_each_other_and_from_last_year(tmp_path: Path) -> None:
    demo = Demo(COUNTY, 2025, 12, 4)
    write_demo(tmp_path / "inputs", demo)
    result = api.build([tmp_path / "inputs"], output=tmp_path / "output")
    asked = Counter(d.code for d in result.diagnostics if d.code.startswith("GX73"))
    assert asked == {"GX730": 2, "GX731": 1}
    faulty = [
        demo_agency(COUNTY, i).agency.name for i in range(12) if demo.fault_ordinal(i) is not None
    ]
    pair = {d.agency: d.message for d in result.diagnostics if d.code == "GX730"}
    assert set(pair) == set(faulty[:2])
    assert all(other in pair[one] for one, other in zip(faulty[:2], faulty[1::-1], strict=True))
    assert [d.agency for d in result.diagnostics if d.code == "GX731"] == [faulty[2]]
    page = (tmp_path / "output" / "2025" / "index.html").read_text(encoding="utf-8")
    (matrix,) = page.split('<table class="matrix">')[1:]
    shown = matrix.partition("</table>")[0]
    assert [agency in shown for agency in faulty] == [True, True, False, False]


@pytest.mark.parametrize(("faulty", "years", "asked"), [(1, 2, []), (3, 1, ["GX730"] * 2)])
def test_who_is_alone_or_has_no_last_year_copies_nothing(
    tmp_path: Path, faulty: int, years: int, asked: list[str]
) -> None:
    write_demo(tmp_path, Demo(COUNTY, 2025, 6, faulty, years))
    found = [d.code for d in api.check([tmp_path]).diagnostics]
    assert [code for code in found if code.startswith("GX73")] == asked


def test_a_copied_paragraph_breaks_no_other_rule() -> None:
    """Without its faults a report with somebody's story is as sound as before."""
    for ordinal in range(60):
        unit = demo_agency(COUNTY, ordinal)
        last, now = (clean_report(unit, year) for year in (2024, 2025))
        copied = with_copies(now, COUNTY, ordinal, faulty=60, before=False)
        before = with_copies(last, COUNTY, ordinal, faulty=60, before=True)
        assert (copied != now) is (ordinal % 10 < 3)
        assert (before != last) is (ordinal % 10 == 2)
        assert run(replace(copied, previous=before), strict=True) == []
        assert run(before, strict=True) == []
