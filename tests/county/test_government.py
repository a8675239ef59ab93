"""The county government's own form is its own by the agency that it names, as all others are."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from gxgen import api
from gxgen.api.project import Project
from gxgen.cli import main
from gxgen.county.ledger import FOLDER

COUNTY, YEAR = "云垟县", 2025
OWN = f"{COUNTY}人民政府"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("government")
    api.init(root, county=COUNTY, year=YEAR, demo=2, years=1)
    return root


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Project:
    shutil.copytree(made, tmp_path / "p")
    return Project(tmp_path / "p")


def _forms(project: Project) -> Path:
    return project.inputs / str(YEAR)


def _visible(project: Project) -> dict[str, bytes]:
    files = (path for path in project.output.rglob("*") if path.is_file())
    named = {path.relative_to(project.output): path for path in files}
    return {str(k): path.read_bytes() for k, path in named.items() if FOLDER not in k.parts}


@pytest.mark.parametrize("called", [f"{OWN}（修改版）.xlsx", "新建 工作表.xlsx", "县政府.XLSX"])
def test_whatever_its_file_is_called_the_same_is_made(
    project: Project, tmp_path: Path, called: str
) -> None:
    right = Project(shutil.copytree(project.root, tmp_path / "right"))
    assert right.build(workers=1).exit_status == 0
    (_forms(project) / f"{OWN}.xlsx").rename(_forms(project) / called)
    assert project.build(workers=1).exit_status == 0
    assert _visible(project) == _visible(right)
    assert {unit.agency for unit in project.status()[0].units} == {
        unit.agency for unit in right.status()[0].units
    }
    assert project.check(workers=1).exit_status == 0, "its blank figures are nobody's fault"
    assert {one.word for one in project.build(workers=1).outcomes} == {"unchanged"}


def test_a_unit_s_form_that_is_called_after_it_is_the_unit_s(project: Project) -> None:
    folder = _forms(project)
    (folder / f"{OWN}.xlsx").unlink()
    unit = sorted(folder.glob("*.xlsx"))[0]
    unit.rename(folder / f"{OWN}.xlsx")
    result = project.build(workers=1)
    assert {one.judgement.agency for one in result.outcomes} >= {unit.stem}
    assert not result.missing
    assert len(list(project.output.rglob(f"{unit.stem}{YEAR}*.docx"))) == 1


def test_of_two_that_differ_neither_is_taken(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = _forms(project)
    again = io.BytesIO()
    openpyxl.load_workbook(folder / f"{OWN}.xlsx").save(again)
    (folder / "又一份.xlsx").write_bytes(again.getvalue())
    monkeypatch.chdir(project.root)
    assert main(["build", "-q", "--jobs", "1"]) == 2
    told = capsys.readouterr()
    assert f"县政府自己的填报表有2份：{OWN}.xlsx、又一份.xlsx" in told.err
    assert "GX717" in told.out
    assert len(list(project.output.rglob(f"{OWN}{YEAR}*（草稿）.docx"))) == 1


def test_a_single_look_at_it_knows_it_too(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (_forms(project) / f"{OWN}.xlsx").rename(_forms(project) / "新建 工作表.xlsx")
    monkeypatch.chdir(project.root)
    form = f"inputs/{YEAR}/新建 工作表.xlsx"
    assert main(["show", form]) == 0, capsys.readouterr().out
    assert main(["trace", form]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("which", ["从前的名称", "简称"])
def test_a_unit_that_signs_by_another_of_its_names_is_told_its_full_one(
    project: Project, which: str
) -> None:
    toml = project.inputs / "county.toml"
    unit = next(path.stem for path in sorted(_forms(project).glob("*局.xlsx")))
    other = f'short_name = "{unit}"' if which == "简称" else f'formerly = {{ names = ["{unit}"] }}'
    text, count = re.subn(
        rf'name = "{unit}"\n(short_name = .*\n)?',
        f'name = "云垟县某某新局"\n{other}\n',
        toml.read_text("utf-8"),
    )
    assert count == 1
    toml.write_text(text, "utf-8")
    told = [one for one in project.build(workers=1).diagnostics if one.code == "GX703"]
    assert [one.message for one in told] == [f"“{unit}”是名册里“云垟县某某新局”的{which}。"]
    assert "云垟县某某新局" in told[0].hint
