"""Where LibreOffice is on this machine, and what to install where it is not."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from gxgen.errors import EnvironmentProblemError

VARIABLE = "GXGEN_SOFFICE"
"""The program's full path, or its name on PATH, before any other."""

_NAMES = ("soffice", "libreoffice")


class OfficeMissingError(EnvironmentProblemError):
    """LibreOffice is not on this machine, or not where it is said to be."""


def find_soffice() -> Path:
    """The program that starts LibreOffice.

    Raises:
        OfficeMissingError: it is nowhere; the sentence says what to install.
    """
    named = os.environ.get(VARIABLE)
    if named:
        found = shutil.which(named)
        if found is None:
            raise OfficeMissingError(
                f"环境变量{VARIABLE}写的“{named}”不是可以运行的程序；"
                "请写soffice的完整路径，或者去掉这个变量。"
            )
        return Path(found)
    for candidate in _candidates():
        found = shutil.which(candidate)
        if found is not None:
            return Path(found)
    raise OfficeMissingError(f"没有找到LibreOffice，无法转换。{_advice()}")


def _candidates() -> Iterator[str]:
    """Paths and names in order; on Windows the console program, which can be waited for."""
    if sys.platform == "win32":
        for variable in ("ProgramW6432", "ProgramFiles", "ProgramFiles(x86)"):
            folder = os.environ.get(variable)
            if folder:
                for name in ("soffice.com", "soffice.exe"):
                    yield str(Path(folder, "LibreOffice", "program", name))
    yield from _NAMES
    if sys.platform == "darwin":
        for home in (Path("/"), Path.home()):
            yield str(home / "Applications/LibreOffice.app/Contents/MacOS/soffice")
    installed = Path("/opt").glob("libreoffice*/program/soffice")
    yield from (str(path) for path in sorted(installed, reverse=True))
    yield "/usr/lib/libreoffice/program/soffice"


def _advice() -> str:
    if sys.platform == "win32":
        how = "请从 zh-cn.libreoffice.org 下载安装"
    elif sys.platform == "darwin":
        how = "请从 zh-cn.libreoffice.org 下载安装，或运行 brew install --cask libreoffice"
    else:
        how = (
            "请安装：Debian、Ubuntu、统信UOS、麒麟用 sudo apt install libreoffice-writer，"
            "Fedora、openEuler用 sudo dnf install libreoffice-writer"
        )
    return f"{how}；装在别处的，用环境变量{VARIABLE}写明soffice的完整路径。"
