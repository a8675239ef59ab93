"""Each finding goes to the one who can mend it: return copies are for what the agency can."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from gxgen import api
from gxgen.checks import registry
from gxgen.cli import main
from gxgen.county.ledger import Ledger
from gxgen.county.ledger import _finding as ledger_finding
from gxgen.diagnostics import Addressee, Diagnostic, Finding, from_json
from gxgen.editions.declared import edition_for_year
from gxgen.form.layout import FINDINGS_SHEET
from gxgen.form.mark.workbook import findings_workbook, mark_workbook
from gxgen.show.county.contents import contents
from gxgen.show.county.view import AgencyRow, CountyView
from gxgen.show.text import findings_text
from tests.form.mark_support import faulty

YEAR = 2024
HEADS = ["请填报单位处理：", "请县里处理：", "请改模板的人处理："]
CODES = ["GX604", "GX701", "GX101", "GX640", "GX021", "GX203"]


def said(code: str) -> Diagnostic:
    return registry.diagnose(
        Finding(code, f"{code}的话。"), agency="某局", year=YEAR, file="某局.xlsx"
    )


@pytest.mark.parametrize("code", registry.homes())
def test_a_finding_carries_the_addressee_of_its_code(code: str) -> None:
    found = said(code)
    assert found.addressee is registry.rule(code).addressee
    assert found.as_json()["addressee"] == found.addressee.value
    assert from_json(json.loads(json.dumps(found.as_json()))) == found


def test_the_screen_shows_the_clerk_s_first_and_the_worst_first_within() -> None:
    lines = findings_text([said(code) for code in CODES]).splitlines()
    heads = [line.strip() for line in lines if line.startswith("  请")]
    assert heads == HEADS
    told = [line.split()[1] for line in lines if not line.startswith(("  请", "       →"))]
    assert told == ["GX101", "GX021", "GX203", "GX701", "GX640", "GX604"]


def test_one_kind_alone_has_no_head() -> None:
    assert "处理：" not in findings_text([said("GX101"), said("GX203")])
    assert findings_text([]) == ""


def test_the_page_shows_them_by_addressee() -> None:
    found = tuple(said(code) for code in CODES)
    row = AgencyRow("某局", None, None, "returned", findings=found)
    edition = edition_for_year(YEAR)
    [told] = contents(CountyView("某县", YEAR, edition, (row,)))["findings"]
    assert [group.head for group in told.groups if group.head] == HEADS
    assert [group.code for group in told.groups] == [
        *("GX021", "GX101", "GX203"),
        *("GX701", "GX640"),
        "GX604",
    ]


def test_a_return_copy_tells_of_what_the_clerk_can_mend_alone() -> None:
    data, found = faulty()
    mixed = [said("GX604"), *found, said("GX701"), said("GX640")]
    assert mark_workbook(data, mixed) == mark_workbook(data, found)
    assert findings_workbook(mixed, "某局.xlsx") == findings_workbook(found, "某局.xlsx")


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Three agencies: one with an error of the county's, one with that and its own, one sound."""
    monkeypatch.chdir(tmp_path)
    api.init(tmp_path, county="云垟县", year=YEAR, demo=3, years=1)
    forms = sorted((tmp_path / "inputs" / str(YEAR)).glob("*.xlsx"))
    forms = [form for form in forms if form.stem != "云垟县人民政府"]
    for form in forms[:2]:
        for ending in (".txt", ".md"):
            form.with_suffix(ending).write_text("", encoding="utf-8")
    book = openpyxl.load_workbook(forms[1])
    book["表三"]["D12"] = "十几件"
    book.save(forms[1])
    return forms


def test_who_cannot_mend_it_gets_no_return_copy(
    county: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    held, returned, sound = (form.stem for form in county)
    assert main(["build", "--quiet"]) == 1
    out = capsys.readouterr().out
    home = Path("output") / str(YEAR)
    assert [path.stem for path in (home / "returns").iterdir()] == [returned]
    assert list(home.glob(f"{sound}*.docx"))
    assert not list(home.glob(f"{held}*.docx"))
    copy = openpyxl.load_workbook(home / "returns" / f"{returned}.xlsx")[FINDINGS_SHEET]
    codes = {row[2].value for row in copy.iter_rows(min_row=4)}
    assert "GX021" in codes
    assert not codes & {"GX705"}
    block = out.partition(held)[2].partition(returned)[0]
    assert "以上错误由县里处理，填报单位不用改表。" in block
    assert HEADS[0] in out.partition(returned)[2]
    assert HEADS[1] in out.partition(returned)[2]
    assert "2 份没有生成" in out
    assert "其中 1 份不退回填报单位，由县里处理" in out
    page = (home / "index.html").read_text(encoding="utf-8")
    assert page.count(">待处理</span>") == page.count(">退回</span>") == 1
    assert HEADS[1] in page
    manifest = json.loads((home / "build.json").read_text(encoding="utf-8"))
    for unit in manifest["units"]:
        for one in unit["findings"]:
            assert one["addressee"] == registry.rule(one["code"]).addressee.value


def test_it_is_mended_by_who_is_named(county: list[Path]) -> None:
    main(["build", "--quiet"])
    home = Path("output") / str(YEAR)
    county[0].with_suffix(".md").unlink()
    main(["build", "--quiet"])
    assert list(home.glob(f"{county[0].stem}*.docx"))


def test_what_was_kept_before_addressees_gets_that_of_its_code(county: list[Path]) -> None:
    main(["build", "--quiet"])
    home = Path("output") / str(YEAR)
    kept = Ledger.of(home)
    found = {name: one.judgement.findings for name, one in kept.outcomes.items()}
    addressees = {one.addressee for all_of_it in found.values() for one in all_of_it}
    assert addressees == {Addressee.CLERK, Addressee.OFFICER}
    for one in kept.outcomes.values():
        for finding in one.judgement.findings:
            old = finding.as_json()
            del old["addressee"]
            assert ledger_finding(old) == finding
    gone = {**said("GX101").as_json(), "code": "GX999"}
    del gone["addressee"]
    assert ledger_finding(gone).addressee is Addressee.CLERK
