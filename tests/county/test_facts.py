"""What a county's settings say that checks of a single report ask for: the roster's names and the
day for publishing. A change of them is seen by the next build."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from gxgen import api
from gxgen.diagnostics import Diagnostic, Severity
from gxgen.editions.declared import EDITIONS
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.agency import Agency
from gxgen.model.narrative import Paragraph
from gxgen.model.report import Answer, SignOff
from tests.checks.test_answered_sentences import copied
from tests.factory import make_report

YEAR = 2024
COPIED = "云岭县财政局严格落实政府信息公开各项要求。"
BOTH = ("云岭县水务局", "云岭县财政局")


def form(*answers: Answer) -> bytes:
    """The water bureau's, signed on 28 January, with a sentence of its neighbour's."""
    report = make_report(EDITIONS["2021"], agency=Agency(BOTH[0]), year=YEAR, answers=answers)
    first = replace(report.narrative[1], paragraphs=(Paragraph(COPIED),))
    report = replace(
        report,
        narrative=(report.narrative[0], first, *report.narrative[2:]),
        sign_off=SignOff(date=dt.date(YEAR + 1, 1, 28)),
    )
    return blank_workbook(report.edition, YEAR, agency=report.agency, fill=report)


def settle(folder: Path, roster: tuple[str, ...] = BOTH, more: str = "") -> None:
    agencies = "".join(f'[[agency]]\nname = "{name}"\n' for name in roster)
    text = f'county = "云岭县"\nyear = {YEAR}\n{more}{agencies}'
    (folder / "county.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    inputs = tmp_path / "inputs"
    (inputs / str(YEAR)).mkdir(parents=True)
    (inputs / str(YEAR) / f"{BOTH[0]}.xlsx").write_bytes(form())
    settle(inputs)
    return inputs


def asked(result: api.Result, code: str) -> list[Diagnostic]:
    return [one for one in result.diagnostics if one.code == code]


def build() -> api.Result:
    return api.build([Path("inputs")], workers=1)


def test_a_change_of_the_roster_checks_anew(county: Path) -> None:
    settle(county, BOTH[:1])
    assert asked(build(), "GX732") == []
    settle(county)
    result = build()
    assert [one.causes for one in result.outcomes] == [("县的设置",)]
    (one,) = asked(result, "GX732")
    assert one.quote == COPIED.rstrip("。")
    assert asked(api.check([Path("inputs")], workers=1), "GX732") == [one]
    assert asked(api.check([county / str(YEAR) / f"{BOTH[0]}.xlsx"], workers=1), "GX732") == [one]
    assert [one.causes for one in build().outcomes] == [()]
    settle(county, BOTH[:1])
    assert asked(build(), "GX732") == []


def test_contact_data_are_no_cause(county: Path) -> None:
    build()
    text = (county / "county.toml").read_text(encoding="utf-8")
    text += 'contact = { phone = "000-1234567" }\n'
    (county / "county.toml").write_text(text, encoding="utf-8")
    assert [one.causes for one in build().outcomes] == [()]


def test_an_answer_settles_it(county: Path) -> None:
    (one,) = asked(build(), "GX732")
    (county / str(YEAR) / f"{BOTH[0]}.xlsx").write_bytes(form(copied(one)))
    (settled,) = asked(build(), "GX732")
    assert settled.severity is Severity.NOTE


def test_the_countys_own_day_for_publishing(county: Path) -> None:
    assert asked(build(), "GX530") == []
    settle(county, more='publish_by = "01-25"\n')
    result = build()
    assert [one.causes for one in result.outcomes] == [("县的设置",)]
    (one,) = asked(result, "GX530")
    assert "1月28日，晚于县里规定的公布期限2025年1月25日" in one.message
    settle(county, more='publish_by = "01-28"\n')
    assert asked(build(), "GX530") == []
