"""A report that Word holds open on Windows: it cannot be replaced, and the others are written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gxgen.cli import main
from gxgen.county.batch import Options, Result, build_all
from gxgen.county.plan import plan
from tests.county.test_incremental import NAMES, YEAR, Project, visible

TITLE = f"{YEAR}年政府信息公开工作年度报告.docx"
HELD = f"{NAMES[1]}{TITLE}"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path)


def _hold(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let nobody replace the file of that name, as Windows does while a program has it open."""

    def refusing(replace: Callable[..., object]) -> Callable[..., object]:
        def stand_in(source: object, target: object, *rest: object) -> object:
            if Path(str(target)).name == name:
                raise PermissionError(13, "The process cannot access the file", str(target))
            return replace(source, target, *rest)

        return stand_in

    monkeypatch.setattr(os, "replace", refusing(os.replace))
    monkeypatch.setattr(Path, "replace", refusing(Path.replace))


def _build(project: Project, workers: int = 1) -> Result:
    jobs = plan([project.inputs], project.root / "output")
    return build_all(jobs, Options(workers=workers, chunk=1))


@pytest.mark.parametrize("workers", [1, 2])
def test_the_others_are_written_and_the_held_one_keeps_its_old_content(
    project: Project, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    _build(project)
    before = visible(project.root / "output")
    for which in range(3):
        project.apply(("file", which, 1))
    with monkeypatch.context() as held:
        _hold(held, HELD)
        result = _build(project, workers)
    after = visible(project.root / "output")
    changed = {Path(n).name for n in after if n.endswith("年度报告.docx") and after[n] != before[n]}
    assert changed == {f"{name}{TITLE}" for name in NAMES[:3]} - {HELD}
    assert after.keys() == before.keys()
    assert result.removed == result.set_aside == ()
    faults = {unit.judgement.agency: unit.faults for unit in result.outcomes if unit.faults}
    ((agency, (said,)),) = faults.items()
    assert agency == NAMES[1]
    assert f"写不了文件：{project.root / 'output' / str(YEAR) / HELD}" in said
    assert "正被 Word 或 WPS 打开" in said
    assert "关闭该文件后重新生成，原文件没有改动" in said
    assert result.exit_status == 2
    assert not list(project.root.joinpath("output").rglob("*.tmp"))


def test_a_full_disk_leaves_every_old_report(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    _build(project)
    before = visible(project.root / "output")
    for which in range(3):
        project.apply(("file", which, 1))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as held:
        held.setattr("os.fsync", full)
        result = _build(project)
    assert visible(project.root / "output") == before
    assert ["磁盘已满" in unit.faults[0] for unit in result.outcomes] == [True] * 3
    assert (result.exit_status, result.removed, result.set_aside) == (2, (), ())
    again = _build(project)
    assert [unit.word for unit in again.outcomes] == ["built"] * 3
    assert (again.removed, again.set_aside) == ((), ())


def test_once_it_is_closed_the_next_build_writes_just_that_one(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    _build(project)
    for which in range(3):
        project.apply(("file", which, 1))
    with monkeypatch.context() as held:
        _hold(held, HELD)
        _build(project)
    result = _build(project)
    assert {u.judgement.agency: u.word for u in result.outcomes} == {
        name: "built" if name == NAMES[1] else "unchanged" for name in NAMES[:3]
    }
    assert result.exit_status == 0
    assert result.removed == result.set_aside == ()
    jobs = plan([project.inputs], project.root / "clean")
    build_all(jobs, Options())
    assert visible(project.root / "output") == visible(project.root / "clean")


def test_the_command_says_so_and_exits_with_2(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as held:
        _hold(held, HELD)
        assert main(["build", "--quiet"]) == 2
    told = capsys.readouterr()
    assert HELD in told.err
    assert "正被 Word 或 WPS 打开" in told.err
    assert "Traceback" not in told.err
    written = {path.name for path in project.root.joinpath("output").rglob("*年度报告*.docx")}
    assert written == {f"{name}{TITLE}" for name in NAMES[:3]} - {HELD}


def test_a_page_held_by_a_browser_stops_no_report(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--quiet"]) == 0
    project.apply(("file", 0, 1))
    with monkeypatch.context() as held:
        _hold(held, "index.html")
        assert main(["build", "--quiet"]) == 2
    assert "index.html" in capsys.readouterr().err
    assert main(["build", "--quiet"]) == 0
    incremental = visible(project.root / "output")
    assert main(["build", "--quiet", "-o", "clean"]) == 0
    assert incremental == visible(project.root / "clean")
