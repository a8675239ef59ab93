"""A unit's page: its form as it was filed, each finding beside its cell, whatever the form is."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gxgen import api
from gxgen.api.project import Project
from gxgen.api.viewing import UnitView, unit_record, unit_view
from gxgen.cli import main
from gxgen.places import SheetCell
from tests.form.faulty.form import Form

COUNTY, YEAR = "云垟县", 2025


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county of five, four with faults."""
    root = tmp_path_factory.mktemp("viewing")
    api.init(root, county=COUNTY, year=YEAR, demo=5, faulty=4)
    return root


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Project:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return Project(tmp_path)


def view(project: Project, agency: str, **more: object) -> UnitView:
    return unit_view(project, project.counties[0], YEAR, agency, **more)  # type: ignore[arg-type]


def units(project: Project) -> list[str]:
    return [one.name for one in project.counties[0].roster]


def form_of(project: Project, agency: str) -> Path:
    return project.inputs / str(YEAR) / f"{agency}.xlsx"


def shown(seen: UnitView) -> Iterator[str]:
    """Every place that the page has."""
    yield from (str(one.place) for sheet in seen.sheets for row in sheet.rows for one in row)
    yield from (str(one.place) for one in seen.paragraphs)


def test_every_finding_stands_beside_its_cell(project: Project) -> None:
    found = 0
    for agency in units(project):
        seen = view(project, agency)
        places = set(shown(seen))
        for number, one in enumerate(seen.findings):
            cells = (*one.cells, *((one.place,) if isinstance(one.place, SheetCell) else ()))
            assert {str(cell) for cell in cells} <= places, one
            assert all(number in seen.about[str(cell)] for cell in cells)
            for other in one.related:
                place = str(other.place)
                assert number in (*seen.about.get(place, ()), *seen.related.get(place, ()))
            found += bool(cells)
    assert found >= 4


def test_what_is_found_is_what_a_check_finds_and_a_build_told(project: Project) -> None:
    """Before a build and after it, with what only the county shows."""
    twice = units(project)[0]
    shutil.copy(form_of(project, twice), project.inputs / str(YEAR) / "又一份.xlsx")
    checked = {one.path: one.diagnostics for one in project.check().outcomes}
    project.build()
    for agency in units(project)[:2]:
        seen = view(project, agency)
        assert seen.form is not None
        assert {d.as_json()["message"] for d in checked[seen.form]} == {
            d.message for d in seen.findings
        }
    assert "GX702" in {one.code for one in view(project, twice).findings}
    assert [path.name for path in view(project, twice).others] == ["又一份.xlsx"]


def test_last_years_figures_stand_beside_this_years(project: Project) -> None:
    agency = units(project)[0]
    seen, last = view(project, agency), unit_view(project, project.counties[0], YEAR - 1, agency)
    texts = {one.key: one.text for sheet in last.sheets for row in sheet.rows for one in row}
    assert len(seen.last_year) > 150
    assert {key: texts[key] for key in seen.last_year} == dict(seen.last_year)


def test_words_of_a_text_file_have_their_places(project: Project) -> None:
    agency = units(project)[0]
    text = "一、总体情况\n我单位全年主动公开信息999999条。\n"
    path = form_of(project, agency)
    path.write_bytes(Form(data=path.read_bytes()).delete("正文").data())
    path.with_suffix(".txt").write_text(text, "utf-8")
    seen = view(project, agency)
    [said] = [one for one in seen.paragraphs if "999999" in one.text]
    assert (str(said.place), said.section, said.heading) == (
        f"{agency}.txt 正文第2段",
        "总体情况",
        False,
    )


def test_of_a_unit_that_has_filed_nothing_there_is_its_contact(project: Project) -> None:
    agency, other = units(project)[:2]
    form_of(project, agency).unlink()
    seen = view(project, agency)
    assert (seen.form, seen.sheets, seen.findings, seen.received) == (None, (), (), None)
    assert seen.unit == project.counties[0].agency(agency)
    form_of(project, other).unlink()
    [path] = api.blank([other], year=YEAR, output=project.inputs / str(YEAR))
    handed = view(project, other)
    assert (handed.form, handed.blank, handed.sheets) == (path, True, ())
    assert view(project, other, forms=[path]) == handed
    nobody = unit_view(project, project.counties[0], 2031, agency)
    assert (nobody.form, nobody.sheets) == (None, ())


def test_of_two_forms_the_filled_one_is_shown(project: Project) -> None:
    agency = units(project)[3]
    right = form_of(project, agency)
    blank = right.with_name("0空白.xlsx")
    api.blank([agency], year=YEAR, output=project.root / "away")
    shutil.copy(next((project.root / "away").glob("*.xlsx")), blank)
    seen = view(project, agency)
    assert (seen.form, seen.others, seen.blank) == (right, (blank,), False)


@pytest.mark.parametrize("data", [b"", b"no form", b"PK\x03\x04broken"])
def test_a_form_that_cannot_be_read_has_its_findings_and_no_sheets(
    project: Project, data: bytes
) -> None:
    agency = units(project)[0]
    form_of(project, agency).write_bytes(data)
    seen = view(project, agency)
    assert seen.form == form_of(project, agency)
    assert (seen.sheets, seen.agency) == ((), agency)
    assert [one.severity.value for one in seen.findings][:1] == ["error"]


def test_a_form_that_ends_its_reader_is_told(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gxgen.api.viewing._looked", _dying)
    seen = view(project, units(project)[0])
    assert [one.code for one in seen.findings] == ["GX722"]
    assert seen.sheets == ()


def _dying(filing: object) -> None:
    os._exit(9)


def test_it_is_json_and_nothing_is_written(project: Project) -> None:
    before = {path: path.stat().st_mtime_ns for path in project.root.rglob("*")}
    for agency in units(project)[:2]:
        seen = view(project, agency)
        told = json.loads(json.dumps(unit_record(seen), ensure_ascii=False))
        assert told["findings"] == [one.as_json() for one in seen.findings]
        marked = [
            one["findings"] for sheet in told["sheets"] for row in sheet["rows"] for one in row
        ]
        assert {number for own in marked for number in own} == set(range(len(seen.findings)))
        assert dt.datetime.fromisoformat(told["received"]) <= dt.datetime.now()
    assert {path: path.stat().st_mtime_ns for path in project.root.rglob("*")} == before


def test_the_command(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project.root)
    faulty = next(one for one in units(project) if view(project, one).findings)
    short = project.counties[0].called(faulty)
    assert short is not None and short.short_name is not None
    assert main(["unit", short.short_name]) in (0, 1)
    said = capsys.readouterr().out
    assert faulty in said and "存入" in said
    assert all(one.message in said.replace("\n", "") for one in view(project, faulty).findings[:1])
    form_of(project, faulty).unlink()
    assert main(["unit", faulty]) == 0
    assert "还没有报送。地址：" in capsys.readouterr().out
    assert main(["unit", "没有这个"]) == 2
