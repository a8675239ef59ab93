"""The icon on the desktop: what it starts is what it was laid for, whatever a folder is called."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from gxgen.desk.shortcut import lay
from gxgen.errors import EnvironmentProblemError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="别的系统的图标是另一种文件")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "s": " ", "\\": "\\"}


@pytest.mark.parametrize(
    "called", ["县", "a b", 'a"b', "a$HOME`id`", "a\\b", "100%u", "a\nExec=sh", "a'b"]
)
def test_it_starts_the_desk_of_its_folder(
    called: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_desktop_path", lambda: tmp_path)
    icon = lay(tmp_path / called, "清源县")
    lines = icon.read_text("utf-8").splitlines()
    [command] = [one.removeprefix("Exec=") for one in lines if one.startswith("Exec=")]
    plain = re.sub(r"\\(.)", lambda found: _ESCAPES[found[1]], command)
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', plain, re.S)
    words = [re.sub(r"\\(.)", r"\1", one).replace("%%", "%") for one in quoted]
    folder = str(tmp_path / called)
    assert words == [sys.executable, "-m", "gxgen", "desk", folder, "--county", "清源县"]
    assert icon.stat().st_mode & 0o100


def test_no_desktop_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_desktop_path", lambda: tmp_path / "没有")
    with pytest.raises(EnvironmentProblemError, match="没有找到桌面文件夹"):
        lay(tmp_path, None)
