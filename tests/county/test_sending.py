"""``notice`` and ``chase``: what a build would send out, without a build, and the next build is as
if they had never been."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from gxgen import api
from gxgen.api.project import Project
from gxgen.api.sending import How
from gxgen.cli import main
from gxgen.county.ledger import FOLDER
from gxgen.diagnostics import Severity
from gxgen.errors import UsageError

COUNTY, YEAR = "试县", 2025
HOW = How(workers=1, today=dt.date(YEAR + 1, 2, 1))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five units, two with faults, one missing past the deadline; nothing was built."""
    root = tmp_path_factory.mktemp("sending")
    api.init(root, county=COUNTY, year=YEAR, demo=5, faulty=2)
    toml = root / "inputs/county.toml"
    dates = f"deadline = {YEAR + 1}-01-20\ncorrect_by = {YEAR + 1}-01-27\n"
    toml.write_text(dates + toml.read_text("utf-8"), "utf-8")
    sound = [
        unit.agency for unit in Project(root).status(today=HOW.today)[0].units if not unit.errors
    ]
    (root / f"inputs/{YEAR}/{sound[0]}.xlsx").unlink()
    return root


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Project:
    shutil.copytree(made, tmp_path / "p")
    return Project(tmp_path / "p")


def _build(project: Project) -> None:
    project.build(workers=1, today=HOW.today)


def _visible(project: Project) -> dict[str, bytes]:
    files = (path for path in project.output.rglob("*") if path.is_file())
    named = ((path.relative_to(project.output / str(YEAR)), path) for path in files)
    return {name.as_posix(): path.read_bytes() for name, path in named if FOLDER not in name.parts}


def _of_clean_build(project: Project, root: Path) -> dict[str, bytes]:
    shutil.copytree(project.inputs, root / "inputs")
    _build(Project(root))
    return _visible(Project(root))


def _kinds(names: Iterable[str]) -> set[str]:
    return {name.rpartition("/")[0] or name for name in names}


def test_the_state_counts_what_a_build_finds_before_and_after_it(project: Project) -> None:
    """Also what only the county shows: here one unit's form under a second name."""
    [state] = project.status(today=HOW.today)
    filed = next(unit.inputs[0] for unit in state.units if unit.inputs)
    shutil.copy(filed, filed.with_name("又一份.xlsx"))

    def counted() -> dict[str, int]:
        [state] = project.status(today=HOW.today)
        return {unit.agency: unit.errors + unit.warnings for unit in state.units}

    before = counted()
    result = project.build(workers=1, today=HOW.today)
    found = [d.agency or "" for d in result.diagnostics if d.severity is not Severity.NOTE]
    assert "GX702" in {one.code for one in result.diagnostics}
    assert before == counted() == {name: found.count(name) for name in before}


def test_they_write_what_a_build_writes_and_nothing_else(project: Project, tmp_path: Path) -> None:
    clean = _of_clean_build(project, tmp_path / "clean")
    chased = project.chase(how=HOW)
    assert _visible(project) == {"催报.txt": clean["催报.txt"]}
    assert clean["催报.txt"].decode("utf-8-sig").replace("\r\n", "\n") == chased.text
    assert "逾期未报（1个）" in chased.text and "退回待改（2个）" in chased.text
    [sent] = project.notice(how=HOW)
    now = _visible(project)
    assert {name: clean[name] for name in now} == now
    assert _kinds(now) == {"催报.txt", "退回通知", "returns"}
    assert now.keys() >= {name for name in clean if _kinds([name]) <= {"退回通知", "returns"}}
    assert {path.name for path in sent.files} == {
        name.rpartition("/")[2] for name in now if name.startswith("退回通知/")
    }
    _build(project)
    assert _visible(project) == clean


def test_a_unit_is_told_alone_by_any_of_its_names(project: Project) -> None:
    [everybody] = project.notice(how=HOW)
    shutil.rmtree(project.output)
    one, other = sorted({path.stem for path in everybody.files})
    county = project.counties[0]
    unit = county.called(one)
    assert unit is not None and unit.short_name is not None
    [sent] = project.notice([unit.short_name], how=HOW)
    assert {path.name for path in sent.files} == {f"{one}.txt", f"{one}.docx"}
    assert not any(other in name for name in _visible(project))
    with pytest.raises(UsageError, match="“没有这个局”不在名册里"):
        project.notice(["没有这个局"], how=HOW)


def test_what_is_no_longer_true_is_withdrawn_and_the_rest_stays(
    project: Project, tmp_path: Path
) -> None:
    """After a build: a form is corrected, another one comes twice, one changes."""
    _build(project)
    [before] = project.notice(how=HOW)
    gone, left = sorted({path.stem for path in before.files})
    folder = project.inputs / str(YEAR)
    (folder / f"{gone}.xlsx").unlink()
    sound = next(
        path for path in sorted(folder.glob("*.xlsx")) if path.stem not in (left, "试县人民政府")
    )
    shutil.copy(sound, folder / "又一份.xlsx")
    built = _visible(project)
    [sent] = project.notice(how=HOW)
    assert {path.name for path in sent.result.removed} == {f"{gone}.txt", f"{gone}.docx"}
    assert {path.stem for path in sent.files} == {left}
    after = _visible(project)
    withdrawn = {name for name in built if name.startswith("退回通知/") and gone in name}
    assert after.keys() == built.keys() - withdrawn
    changed = {name for name in after if after[name] != built[name]}
    assert _kinds(changed) <= {"退回通知", "returns"}, "one that wrote the same is there no more"
    assert all(left in name for name in changed)
    assert "逾期未报（2个）" in project.chase(how=HOW).text
    _build(project)
    assert _visible(project) == _of_clean_build(project, tmp_path / "clean")


def test_after_a_build_they_change_nothing(project: Project) -> None:
    _build(project)
    before = {p: p.stat().st_mtime_ns for p in project.output.rglob("*") if p.is_file()}
    project.chase(how=HOW)
    project.notice(how=HOW)
    _build(project)
    assert before == {p: p.stat().st_mtime_ns for p in project.output.rglob("*") if p.is_file()}


def test_what_an_officer_changed_is_set_aside(project: Project) -> None:
    chased = project.chase(how=HOW)
    chased.files[0].write_text("改过的", "utf-8")
    [aside] = project.chase(how=HOW).result.set_aside
    assert aside.read_text("utf-8") == "改过的"
    assert chased.files[0].read_text("utf-8-sig") == chased.text


def test_before_the_first_form_comes_in_all_are_chased(project: Project) -> None:
    shutil.rmtree(project.inputs / str(YEAR))
    chased = project.chase(how=HOW)
    assert "逾期未报（5个）" in chased.text
    assert not chased.files and not project.output.exists()


def test_who_must_file_is_not_guessed(project: Project) -> None:
    with pytest.raises(UsageError, match="不知道谁应当报送"):
        project.chase(year=YEAR - 1, how=HOW)


def test_as_an_officer_reads_it(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The text alone on stdout, to be piped into whatever pastes; all else beside it."""
    monkeypatch.chdir(project.root)
    assert main(["chase", "-q", "--jobs", "1"]) == 0
    said, beside = capsys.readouterr()
    file = Path(f"output/{YEAR}/催报.txt")
    assert said.split() == file.read_text("utf-8-sig").split()
    assert str(file) in beside
    assert main(["notice", "-q", "--jobs", "1"]) == 0
    said, _ = capsys.readouterr()
    copies = sorted(Path(f"output/{YEAR}/returns").iterdir())
    assert len(copies) == 2
    assert all(f"随附的退回件：{copy}" in said for copy in copies)
    assert said.count("已生成") == 4
    shutil.rmtree(f"inputs/{YEAR}")
    Path(f"inputs/{YEAR}").mkdir()
    assert main(["notice", "-q"]) == 2
