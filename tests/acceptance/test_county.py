"""A whole county as its office has it: faulty forms sent back, corrected and handed in again,
everything added up, and nothing done twice."""

from __future__ import annotations

import json
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from gxgen.county.kit.problems import FILE as PROBLEMS
from gxgen.county.ledger import FILE, FOLDER
from gxgen.demo.agencies import demo_agency
from gxgen.demo.county import Demo, write_forms
from gxgen.form.layout import FINDINGS_SHEET
from tests.acceptance.county_corrections import (
    NO_TEXT,
    cells_coloured,
    cells_noted,
    corrected,
)
from tests.acceptance.county_support import (
    DETAIL,
    GOVERNMENT,
    NAME,
    YEAR,
    County,
    Figures,
    Place,
    added,
    blocking,
    changing,
    demo,
    detail_totals,
    form,
    printed,
    run,
    state,
    twin,
    typed_into,
    without_results,
    words,
)
from tests.acceptance.package_difference import package_differences
from tests.form.mark_support import differences, marks
from tests.support import need_tool

FAULTY = 20
DRAFT = "（草稿）"
RECOMPUTED = "recomputed.xlsx"


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> County:
    """100 agencies, 20 of them with faults, built."""
    return run(demo(tmp_path_factory.mktemp("county") / "faulty", "--faulty", str(FAULTY)))


@pytest.fixture(scope="module")
def clean(faulty: County, tmp_path_factory: pytest.TempPathFactory) -> County:
    """The same county as it is without a fault, built: only 20 forms differ."""
    project = twin(faulty, tmp_path_factory.mktemp("county") / "clean")
    county = Demo(NAME, YEAR, 100, years=1)
    for path in (project / "inputs" / str(YEAR) / copy.name for copy in faulty.returns):
        path.unlink()
    there = {path.stem for path in (project / "inputs" / str(YEAR)).iterdir()}
    gone = [n for n in county.indices if demo_agency(NAME, n).agency.name not in there]
    assert len(write_forms(project / "inputs", county, tuple(gone))) == FAULTY
    return run(project)


@pytest.fixture(scope="module")
def saved(faulty: County, clean: County, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the return copies as LibreOffice saves them, and the totals it computes."""
    office, folder = need_tool("soffice"), tmp_path_factory.mktemp("office")
    forgetful = folder / "forgetful" / RECOMPUTED
    forgetful.parent.mkdir()
    without_results(clean.output / DETAIL, forgetful)
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(folder / "saved")]
    files = [str(path) for path in (*faulty.returns, forgetful)]
    subprocess.run([*command, *files], capture_output=True, check=True, timeout=300)
    assert len(list((folder / "saved").iterdir())) == len(files)
    return folder / "saved"


# ---- sent back


def test_eighty_reports_and_twenty_return_copies(faulty: County) -> None:
    assert faulty.code == 1
    assert faulty.outcomes == {"built": 100 - FAULTY, "refused": FAULTY}
    refused = {a for a, unit in faulty.manifest.items() if unit["outcome"] == "refused"}
    assert {path.stem for path in faulty.returns} == refused
    assert all(path.suffix == ".xlsx" for path in faulty.returns)
    reports = {path.name for path in faulty.output.glob("*年度报告*.docx")}
    draft = faulty.report(GOVERNMENT, DRAFT).name
    built = set(faulty.manifest) - refused
    assert reports == {faulty.report(agency).name for agency in built} | {draft}
    (told,) = (f["message"] for f in faulty.about(GOVERNMENT) if f["code"] == "GX714")
    assert all(agency in told for agency in refused)


def test_a_return_copy_differs_from_the_original_in_its_marks_alone(faulty: County) -> None:
    """Each by the XML of its package, some also as openpyxl reads them."""
    found = {}
    for copy in faulty.returns:
        original = faulty.inputs / copy.name
        cells = cells_coloured(faulty, copy.stem), cells_noted(faulty, copy.stem)
        found[copy.stem] = list(package_differences(original, copy, *cells, FINDINGS_SHEET))
    for copy in faulty.returns[:: FAULTY // 4]:
        original = faulty.inputs / copy.name
        found[copy.stem] += differences(original.read_bytes(), copy.read_bytes())
    assert {agency: what for agency, what in found.items() if what} == {}


def test_the_list_in_a_return_copy_holds_each_finding(faulty: County) -> None:
    for copy in faulty.returns:
        cells = form(copy).cells
        for line, one in enumerate(faulty.manifest[copy.stem]["findings"], 4):
            told = [cells[FINDINGS_SHEET, f"{column}{line}"] for column in "CEF"]
            assert told == [one["code"], one["message"], one["hint"]]
        assert (FINDINGS_SHEET, f"C{line + 1}") not in cells


# ---- handed in again


@pytest.fixture(params=["returned", pytest.param("saved", marks=pytest.mark.tool)])
def handed_in(request: pytest.FixtureRequest, faulty: County) -> Path:
    """Where the return copies come from: as they were sent, or saved by LibreOffice."""
    if request.param == "returned":
        return faulty.output / "returns"
    return request.getfixturevalue("saved")


def test_a_return_copy_checks_as_the_original_does(
    faulty: County, handed_in: Path, tmp_path: Path
) -> None:
    project = twin(faulty, tmp_path / "project")
    for copy in faulty.returns:
        shutil.copy(handed_in / copy.name, project / "inputs" / str(YEAR) / copy.name)
    again = run(project, "check")
    assert again.code == 1
    for copy in faulty.returns:
        assert again.about(copy.stem) == faulty.about(copy.stem) != []


@pytest.fixture(scope="module")
def corrections(faulty: County, clean: County) -> dict[str, dict[Place, object]]:
    """What each agency types."""
    return {
        copy.stem: corrected(
            blocking(faulty, copy.stem),
            form(faulty.inputs / copy.name),
            form(clean.inputs / copy.name),
        )
        for copy in faulty.returns
    }


def test_corrected_return_copies_build(
    faulty: County,
    clean: County,
    corrections: dict[str, dict[Place, object]],
    handed_in: Path,
) -> None:
    """Marks, comments and list still in them. What comes out is what the sound county gives."""
    without_text = {
        copy.stem
        for copy in faulty.returns
        if NO_TEXT in {f["code"] for f in blocking(faulty, copy.stem)}
    }
    noted = {copy.stem: cells_noted(faulty, copy.stem) for copy in faulty.returns}
    with changing(faulty) as project:
        for copy in faulty.returns:
            assert corrections[copy.stem]
            target = project / "inputs" / str(YEAR) / copy.name
            book = typed_into(handed_in / copy.name, corrections[copy.stem], target)
            assert FINDINGS_SHEET in book.sheetnames
            assert marks(book) == noted[copy.stem]
        again = run(project)
        assert [f for f in again.said["findings"] if f["severity"] == "error"] == []
        assert again.code == 0
        assert again.outcomes == {"built": FAULTY, "unchanged": 100 - FAULTY}
        assert not (again.output / "returns").exists()
        # One agency wrote its last section anew in a paragraph; all other reports are those of the
        # sound county to the byte.
        rewritten = {
            agency
            for agency in clean.manifest
            if again.report(agency).read_bytes() != clean.report(agency).read_bytes()
        }
        assert rewritten == without_text
        for name in (clean.report(GOVERNMENT).name, DETAIL):
            assert (again.output / name).read_bytes() == (clean.output / name).read_bytes()
        assert not again.report(GOVERNMENT, DRAFT).exists()


# ---- added up


@pytest.fixture(scope="module")
def sums(clean: County) -> Figures:
    """The sums of all keys over the agencies' forms."""
    return added(p for p in clean.inputs.glob("*.xlsx") if p.stem != GOVERNMENT)


def test_the_roll_up_is_the_sum_of_all_figures(clean: County, sums: Figures) -> None:
    assert clean.code == 0 and clean.outcomes == {"built": 100}
    assert len(sums) == 200 and sum(map(bool, sums.values())) > 60
    totals = detail_totals(clean.output / DETAIL)
    assert {key: Decimal(str(value)) for key, value in totals.items()} == sums
    assert list(printed(clean.report(GOVERNMENT))) == [sums[key] for key in totals]
    page = (clean.output / "index.html").read_text(encoding="utf-8")
    granted = sums["requests.granted.total"]
    assert f"予以公开 {granted}；" in page
    assert "草稿" not in words(clean.report(GOVERNMENT)) + "".join(
        p.name for p in clean.output.iterdir()
    )


@pytest.mark.tool
def test_the_totals_recomputed_by_libreoffice_are_the_same(saved: Path, sums: Figures) -> None:
    totals = detail_totals(saved / RECOMPUTED)
    assert totals.keys() == sums.keys()
    assert {k: round(Decimal(str(v)), 6) for k, v in totals.items()} == sums


def test_without_one_workbook_the_roll_up_is_a_draft_that_names_the_agency(
    clean: County, sums: Figures
) -> None:
    with changing(clean) as project:
        gone = sorted((project / "inputs" / str(YEAR)).glob("*局.xlsx"))[7]
        lost = form(gone).figures
        gone.unlink()
        again = run(project)
        assert again.code == 1
        assert again.outcomes == {"unchanged": 99}
        errors = [f for f in again.said["findings"] if f["severity"] == "error"]
        assert {f["agency"] for f in errors} == {GOVERNMENT}
        assert any(gone.stem in f["message"] for f in errors)
        assert not again.report(GOVERNMENT).exists()
        assert not again.report(gone.stem).exists()
        short = gone.stem.removeprefix(NAME)
        assert f"{short}的数据尚未计入" in words(again.report(GOVERNMENT, DRAFT))
        left = {key: value - Decimal(str(lost[key])) for key, value in sums.items()}
        totals = detail_totals(again.output / DETAIL)
        assert {key: Decimal(str(value)) for key, value in totals.items()} == left
        page = (again.output / "index.html").read_text(encoding="utf-8")
        assert gone.stem in page.partition('class="draft"')[2].partition("</section>")[0]
        manifest = json.loads((again.output / "build.json").read_text(encoding="utf-8"))
        (entry,) = (unit for unit in manifest["units"] if unit["agency"] == gone.stem)
        assert entry["outcome"] == "missing" and entry["outputs"] == []


# ---- again


def test_with_nothing_changed_no_file_is_written(clean: County) -> None:
    with changing(clean) as project:
        before = state(project)
        again = run(project)
        assert again.code == 0
        assert again.outcomes == {"unchanged": 100}
        assert state(project) == before
        assert again.said["findings"] == clean.said["findings"]


def test_with_nothing_changed_a_faulty_county_says_the_same(faulty: County) -> None:
    with changing(faulty) as project:
        before = state(project)
        again = run(project)
        assert again.code == 1
        assert again.said["findings"] == faulty.said["findings"]
        assert state(project) == before


def test_one_changed_workbook_writes_its_report_and_the_countys_files(
    clean: County, sums: Figures
) -> None:
    with changing(clean) as project:
        path = sorted((project / "inputs" / str(YEAR)).glob("*局.xlsx"))[3]
        read = form(path)
        key = "disclosure.licensing.decisions"
        cell = read.keys[key]
        typed_into(path, {cell: read.cells[cell] + 1}, path)
        before = state(project)
        again = run(project)
        after = state(project)
        assert again.code == 0
        assert again.outcomes == {"built": 1, "unchanged": 99}
        # What its text says beside the new figure is a question, and questions have a list.
        assert after.keys() - before.keys() <= {f"output/{YEAR}/{PROBLEMS}"}
        assert before.keys() <= after.keys()
        renewed = [again.report(path.stem).name, again.report(GOVERNMENT).name, DETAIL]
        renewed += ["index.html", "build.json", f"{FOLDER}/{FILE}"]
        changed = {name for name in before if after[name] != before[name]}
        assert changed == {f"output/{YEAR}/{name}" for name in renewed}
        assert all(after[name][0] != before[name][0] for name in changed)
        assert detail_totals(again.output / DETAIL)[key] == sums[key] + 1
