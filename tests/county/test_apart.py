"""Forms and reports in folders apart."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from gxgen import api
from gxgen.county.apart import keep_apart
from gxgen.county.plan import plan
from gxgen.errors import UsageError
from tests.county.test_incremental import form, visible

YEAR = 2024


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Two counties below inputs/, links to it, a form of no county; the user stands beside it."""
    for county in ("甲县", "乙县"):
        folder = tmp_path / "inputs" / county / str(YEAR)
        folder.mkdir(parents=True)
        (folder.parent / "county.toml").write_text(f'county = "{county}"\n', encoding="utf-8")
        (folder / "某局.xlsx").write_bytes(form(f"{county}某局", YEAR, 0))
    (tmp_path / "single").mkdir()
    (tmp_path / "single/丙局.xlsx").write_bytes(form("丙局", YEAR, 0))
    (tmp_path / "link").symlink_to(tmp_path / "inputs", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    yield tmp_path


REFUSED = [
    ("inputs", "inputs"),
    ("inputs", "./inputs/"),
    ("inputs", "single/../inputs"),
    ("inputs", "inputs/out"),
    ("inputs", "inputs/out/deep"),
    ("inputs", f"inputs/甲县/{YEAR}"),
    ("inputs", f"inputs/甲县/{YEAR}/output"),
    ("inputs", "inputs/甲县"),
    ("inputs/甲县", "inputs/甲县/output"),
    ("inputs", "link"),
    ("inputs", "link/out"),
    ("link", "inputs"),
    ("inputs", "."),
    ("inputs", ".."),
    (f"inputs/甲县/{YEAR}/某局.xlsx", "inputs"),
    (f"inputs/甲县/{YEAR}/某局.xlsx", f"inputs/甲县/{YEAR}"),
    ("single", "single"),
    ("single", "single/output"),
    ("single/丙局.xlsx", "single"),
    ("single/丙局.xlsx", "."),
]
ALLOWED = [
    ("inputs", "output"),
    ("inputs", "inputs2"),
    ("inputs", "../elsewhere"),
    ("single", "output"),
    ("single/丙局.xlsx", "output"),
    ("single/丙局.xlsx", "single/output"),
]


@pytest.mark.parametrize(("given", "output"), REFUSED)
def test_outputs_among_forms_are_refused(project: Path, given: str, output: str) -> None:
    before = visible(project)
    with pytest.raises(UsageError, match="里面"):
        api.build([Path(given)], output=Path(output), workers=1)
    assert visible(project) == before


@pytest.mark.parametrize(("given", "output"), ALLOWED)
def test_beside_them_they_are_welcome(project: Path, given: str, output: str) -> None:
    paths = [Path(given)]
    keep_apart(plan(paths, Path(output)), paths, Path(output))


@pytest.mark.skipif(os.name == "nt", reason="Windows 自己不分大小写")
def test_a_spelling_is_told_by_the_disk(project: Path) -> None:
    if (project / "INPUTS").exists():
        with pytest.raises(UsageError):
            api.build([Path("inputs")], output=Path("INPUTS"), workers=1)


def test_a_county_that_is_the_project_itself_writes_below_itself(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / "inputs/甲县")
    assert api.build([], workers=1).exit_status == 0
    assert Path("output/甲县/2024/甲县某局2024年政府信息公开工作年度报告.docx").is_file()
    for output in (".", str(YEAR), f"{YEAR}/output"):
        with pytest.raises(UsageError, match="里面"):
            api.build([], output=Path(output), workers=1)


@pytest.mark.parametrize("linked", ["output/甲县", "output/甲县/2024"])
def test_a_folder_of_reports_that_leads_away_is_refused(project: Path, linked: str) -> None:
    (project / "elsewhere").mkdir()
    (project / linked).parent.mkdir(parents=True)
    (project / linked).symlink_to(project / "elsewhere", target_is_directory=True)
    with pytest.raises(UsageError, match="链接"):
        api.build([Path("inputs")], workers=1)
    assert not list((project / "elsewhere").iterdir())


def test_the_output_folder_itself_may_be_a_link(project: Path) -> None:
    (project / "disk").mkdir()
    (project / "output").symlink_to(project / "disk", target_is_directory=True)
    assert api.build([Path("inputs")], workers=1).exit_status == 0
    assert (project / f"disk/甲县/{YEAR}/build.json").is_file()
