"""``--open``: what is worth showing, and what becomes of it where there is no desktop."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gxgen import api
from gxgen.cli import desktop, main
from gxgen.county.outputs import RETURNS
from gxgen.formats.registry import FORMATS
from tests.county.test_incremental import NAMES, YEAR, Project, form

HERE = tuple(name for name in FORMATS if name != "doc")
"""The formats that need no other program."""


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the desktop was asked to show; an empty folder to stand in."""
    monkeypatch.chdir(tmp_path)
    asked: list[Path] = []
    monkeypatch.setattr(desktop, "_opened", lambda path: asked.append(path) is None)
    return asked


def _forms(folder: Path, *variants: int) -> list[str]:
    """Forms outside any county; variant 2 has an error."""
    for name, variant in zip(NAMES, variants, strict=False):
        (folder / f"{name}.xlsx").write_bytes(form(name, YEAR, variant))
    return [str(folder / f"{name}.xlsx") for name in NAMES[: len(variants)]]


@pytest.mark.parametrize(
    ("formats", "best"),
    [
        ("docx", "docx"),
        ("docx,html", "docx"),
        ("html,fragment,docx", "docx"),
        ("fragment,html", "html"),
        ("fragment", "fragment"),
        (",".join(HERE), "pdf"),
    ],
)
def test_one_report_is_shown_in_the_form_that_people_read(
    shown: list[Path], tmp_path: Path, formats: str, best: str
) -> None:
    for _ in range(2):  # the second time nothing has changed, and it is shown all the same
        command = ["build", *_forms(tmp_path, 0), "--open", "--quiet", "--format", formats]
        assert main(command) == 0
        (path,) = shown
        assert path.is_file()
        assert path.name == f"{NAMES[0]}{YEAR}年政府信息公开工作年度报告{FORMATS[best].ending}"
        shown.clear()


@pytest.mark.parametrize(
    ("variants", "options", "where"),
    [
        ((2,), (), f"{RETURNS}/{NAMES[0]}.xlsx"),
        ((2,), ("--draft",), f"{NAMES[0]}{YEAR}年政府信息公开工作年度报告（草稿）.docx"),
        ((0, 2), (), "."),
        ((2, 0), (), "."),
        ((2, 2), (), RETURNS),
    ],
)
def test_of_what_was_refused_the_return_copy_and_of_several_the_folder(
    shown: list[Path],
    tmp_path: Path,
    variants: tuple[int, ...],
    options: tuple[str, ...],
    where: str,
) -> None:
    assert main(["build", *_forms(tmp_path, *variants), "--open", "--quiet", *options]) == 1
    assert shown == [(tmp_path / "output" / where).resolve()]


def test_of_a_county_its_page_is_shown(shown: list[Path], tmp_path: Path) -> None:
    Project(tmp_path)
    assert main(["build", "--open", "--quiet"]) == 0
    assert shown == [(tmp_path / f"output/{YEAR}/index.html").resolve()]


def test_one_agency_of_a_county_is_shown_itself(shown: list[Path], tmp_path: Path) -> None:
    project = Project(tmp_path)
    assert main(["build", str(project.path(NAMES[1])), "--open", "--quiet"]) == 0
    assert [path.name for path in shown] == [f"{NAMES[1]}{YEAR}年政府信息公开工作年度报告.docx"]


def test_nothing_to_show_is_said(
    shown: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workbook,) = _forms(tmp_path, 0)
    desktop.show(api.check([Path(workbook)]))
    assert shown == []
    assert "没有可以打开的报告" in capsys.readouterr().err


class Desktop:
    """Stands for the program that opens files."""

    def __init__(self, ends: int | BaseException) -> None:
        self.ends, self.command, self.alone = ends, [""], False

    def __call__(self, command: list[str], *, start_new_session: bool, **_: Any) -> Desktop:
        self.command, self.alone = command, start_new_session
        if isinstance(self.ends, OSError):
            raise self.ends
        return self

    def wait(self, timeout: float) -> int:
        if isinstance(self.ends, BaseException):
            raise self.ends
        return self.ends


NOT_THERE = "这台电脑上打不开，请自己打开："


@pytest.mark.parametrize(("platform", "opener"), [("linux", "xdg-open"), ("darwin", "open")])
@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (0, False),
        (subprocess.TimeoutExpired("xdg-open", 1), False),
        (3, True),
        (FileNotFoundError(2, "No such file"), True),
        (PermissionError(13, "Permission denied"), True),
    ],
    ids=["opened", "the viewer itself", "refused", "no opener", "not allowed"],
)
def test_where_it_cannot_be_opened_its_place_is_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    platform: str,
    opener: str,
    ends: Any,
    said: bool,
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    opens = Desktop(ends)
    monkeypatch.setattr(subprocess, "Popen", opens)
    path = tmp_path / "-报告.docx"
    desktop.open_file(path)
    err = capsys.readouterr().err
    assert err == (f"{NOT_THERE}{path}\n" if said else "")
    assert opens.command == [opener, str(path.resolve())]
    assert opens.alone, "it outlives gxgen, and Ctrl-C is not for it"


@pytest.mark.parametrize("refuses", [False, True])
def test_on_windows_it_is_the_shell_that_opens(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    refuses: bool,
) -> None:
    asked: list[Path] = []

    def startfile(path: Path) -> None:
        asked.append(path)
        if refuses:
            raise OSError(1155, "No application is associated")

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "startfile", startfile, raising=False)
    desktop.open_file(tmp_path)
    assert asked == [tmp_path.resolve()]
    assert (NOT_THERE in capsys.readouterr().err) is refuses


def test_a_relative_path_is_opened_from_where_one_stands(shown: list[Path], tmp_path: Path) -> None:
    desktop.open_file(Path("报告.docx"))
    assert shown == [tmp_path.resolve() / "报告.docx"]
