"""Forms and reports whose names are one to a disk: each judged on its own, none written over."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gxgen import api
from gxgen.county.agency_year import Judgement
from gxgen.county.files import folded, safe_name
from gxgen.county.overview import county_findings
from gxgen.county.project import County
from gxgen.errors import UsageError
from gxgen.letters import shown
from tests.county.test_incremental import form, visible
from tests.support import ROOT

YEAR = 2024
ALIKE = [
    ("甲/乙局", "甲／乙局"),
    ("甲:局", "甲：局"),
    ("甲*局", "甲＊局"),
    ("甲\\局", "甲＼局"),
    ("ABC中心", "abc中心"),
    ("Ａ中心", "ａ中心"),
    ("Straße中心", "STRASSE中心"),
    ("caf\u00e9局", "cafe\u0301局"),
    ("甲局", "甲\U000e0041局"),
    ("甲局", "甲\u200b局"),
    ("甲局", "\ufeff甲局"),
    ("甲\u202e局", "甲局"),
    ("\u212a局", "k局"),
    (" .甲局", "甲局"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_two_agencies_with_one_file_name_are_told_of_each_other(one: str, other: str) -> None:
    found = county_findings(
        {"1.xlsx": _said("1.xlsx", one), "2.xlsx": _said("2.xlsx", other)}, None
    )
    assert [d.code for found in found.values() for d in found] == ["GX706", "GX706"]
    assert shown(other) in found["1.xlsx"][0].message
    assert "2.xlsx" in found["1.xlsx"][0].message


def _said(workbook: str, agency: str) -> Judgement:
    title = f"{agency}{YEAR}年政府信息公开工作年度报告"
    return Judgement(workbook, agency, YEAR, "2021", title)


def test_names_that_differ_for_every_disk_are_told_nothing() -> None:
    names = ["甲局", "乙局", "甲局（乙）", "ＡＢ局", "AB局", "甲〇局"]
    assert not county_findings({name: _said(name, name) for name in names}, None)


def test_a_unit_called_like_the_government_does_not_write_over_its_report() -> None:
    county = County("某县", Path(), government="ABC人民政府")
    seen = {"甲.xlsx": _said("甲.xlsx", "abc人民政府")}
    assert [d.code for d in county_findings(seen, county)["甲.xlsx"]] == ["GX706"]
    own = {"ABC人民政府.xlsx": _said("ABC人民政府.xlsx", "ABC人民政府")}
    assert not county_findings(own, county), "its own form is where its name comes from"


@pytest.mark.parametrize(
    "name", ["CON", "nul", "Com1", "LPT9", "aux.局", "COM¹", "PRN .x", "CONIN$", "con  "]
)
def test_no_name_is_a_device_of_windows(name: str) -> None:
    assert safe_name(name).startswith("_")
    assert safe_name(safe_name(name)) == safe_name(name)


@pytest.mark.parametrize("name", ["CONTROL局", "COM10", "甲CON", "NULL"])
def test_what_only_begins_like_a_device_keeps_its_name(name: str) -> None:
    assert safe_name(name) == name


def test_of_two_alike_neither_is_written_and_the_next_build_does_the_same(tmp_path: Path) -> None:
    year = _county(tmp_path)
    (year / "1.xlsx").write_bytes(form("甲/乙局", YEAR, 0))
    (year / "2.xlsx").write_bytes(form("甲／乙局", YEAR, 1))
    (year / "3.xlsx").write_bytes(form("丙局", YEAR, 0))
    seen = []
    for _ in range(2):
        result = api.build([tmp_path / "inputs"], output=tmp_path / "output", workers=1)
        assert result.exit_status == 1
        seen.append(visible(tmp_path / "output"))
    assert seen[0] == seen[1]
    assert [name for name in seen[0] if "乙局" in name] == []
    assert any("丙局" in name for name in seen[0])
    (year / "2.xlsx").unlink()
    api.build([tmp_path / "inputs"], output=tmp_path / "output", workers=1)
    assert any("甲／乙局" in name for name in visible(tmp_path / "output"))


def _county(root: Path) -> Path:
    year = root / "inputs" / str(YEAR)
    year.mkdir(parents=True)
    (root / "inputs/county.toml").write_text('county = "某县"\n', encoding="utf-8")
    return year


@pytest.mark.parametrize("other", ["甲局.xls", "甲局.XLSX", "甲局.et"])
def test_each_of_two_forms_of_one_name_has_its_return_copy(tmp_path: Path, other: str) -> None:
    year = _county(tmp_path)
    for name in ("甲局.xlsx", other):
        (year / name).write_bytes(b"no workbook")
    api.build([tmp_path / "inputs"], output=tmp_path / "output", workers=1)
    copies = list((tmp_path / f"output/{YEAR}/returns").iterdir())
    assert len({folded(path.name) for path in copies}) == 2
    (year / other).unlink()
    again = api.build([tmp_path / "inputs"], output=tmp_path / "output", workers=1)
    (one,) = [unit for unit in again.outcomes if unit.filing.name == "甲局.xlsx"]
    assert one.causes == ("退回件要换个名字",)
    copies = list((tmp_path / f"output/{YEAR}/returns").iterdir())
    assert [path.name for path in copies] == ["甲局.xlsx"]


# -- forms of no county --------------------------------------------------------------------------


def _samename(root: Path) -> tuple[Path, Path]:
    """Two forms of one name, in two folders: the second has a wrong total."""
    paths = root / "教育局/填报表.xlsx", root / "财政局/填报表.xlsx"
    for variant, path in zip((0, 2), paths, strict=True):
        path.parent.mkdir(parents=True)
        path.write_bytes(form(path.parent.name, YEAR, variant))
    return paths


ORDERS: list[Callable[[Path, Path], list[list[Path]]]] = [
    lambda one, other: [[one, other]],
    lambda one, other: [[other, one]],
    lambda one, other: [[one.parent, other.parent]],
    lambda one, other: [[one], [other]],
    lambda one, other: [[other], [one]],
    lambda one, other: [[one], [other], [one], [other]],
]


@pytest.mark.parametrize("runs", ORDERS)
def test_namesakes_in_two_folders_are_judged_each_on_its_own(
    tmp_path: Path, runs: Callable[[Path, Path], list[list[Path]]]
) -> None:
    one, other = _samename(tmp_path)
    for paths in runs(one, other):
        result = api.build(paths, output=tmp_path / "output", workers=1)
        said = {outcome.path: outcome.passed for outcome in result.outcomes}
        assert said == {path: path.parent.name == "教育局" for path in said}
    listed = json.loads((tmp_path / "output/build.json").read_text(encoding="utf-8"))["units"]
    assert {unit["agency"]: unit["outcome"] for unit in listed} == {
        "教育局": "built",
        "财政局": "refused",
    }
    made = sorted(visible(tmp_path / "output"))
    assert [name.startswith("returns/填报表") for name in made].count(True) == 1
    assert [name.startswith("教育局") for name in made].count(True) == 1


def test_the_specimen_of_namesakes() -> None:
    folder = ROOT.parent / "shared/cases/hostile/samename"
    if not folder.is_dir():
        pytest.skip(f"样本不在 {folder}")
    result = api.check([folder / "教育局", folder / "财政局"], workers=1)
    assert [outcome.passed for outcome in result.outcomes] == [True, False]


def test_one_agency_filed_in_two_folders_is_told_with_both_paths(tmp_path: Path) -> None:
    for place in ("甲", "乙"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "表.xlsx").write_bytes(form("丙局", YEAR, 0))
    result = api.build([tmp_path / "甲", tmp_path / "乙"], output=tmp_path / "output", workers=1)
    assert [d.code for d in result.diagnostics if d.severity == "error"] == ["GX702", "GX702"]
    messages = " ".join(d.message for d in result.diagnostics)
    assert "../甲/表.xlsx" in messages
    assert "../乙/表.xlsx" in messages
    assert not list((tmp_path / "output").glob("*.docx"))


def test_two_projects_of_one_name_are_not_mixed(tmp_path: Path) -> None:
    for place in ("东", "西"):
        (_county(tmp_path / place) / "甲局.xlsx").write_bytes(form("甲局", YEAR, 0))
    both = [tmp_path / "东/inputs", tmp_path / "西/inputs"]
    with pytest.raises(UsageError, match="同一个文件夹"):
        api.build(both, output=tmp_path / "output", workers=1)
    with pytest.raises(UsageError, match="同一个文件夹"):
        api.check(both, workers=1)


def test_nor_are_they_in_two_runs_as_long_as_both_are_there(tmp_path: Path) -> None:
    for place in ("东", "西"):
        (_county(tmp_path / place) / f"{place}局.xlsx").write_bytes(form(f"{place}局", YEAR, 0))
    output = tmp_path / "output"
    api.build([tmp_path / "东/inputs"], output=output, workers=1)
    made = visible(output)
    with pytest.raises(UsageError, match="另指"):
        api.build([tmp_path / "西/inputs"], output=output, workers=1)
    assert visible(output) == made
    (tmp_path / "东").rename(tmp_path / "旧")
    api.build([tmp_path / "西/inputs"], output=output, workers=1)
    assert [name for name in visible(output) if "局" in name] != []
    assert not [name for name in visible(output) if "东局" in name]


def test_no_blank_form_takes_the_place_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="文件名相同"):
        api.blank(["ABC局", "abc局"], year=YEAR, output=tmp_path / "forms")
    assert not (tmp_path / "forms").exists()
