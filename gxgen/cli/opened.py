"""``--open``: shows what was made, in whatever this desktop opens such files with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gxgen.county.result import Result

_OPENERS = {"darwin": "open", "linux": "xdg-open"}


def worth_showing(result: Result) -> Path | None:
    """The one report that there is; of several the county's page, else their folder."""
    reports = [path for unit in result.units for path in unit.outputs]
    if len({path.stem for path in reports}) == 1:
        return min(reports, key=lambda path: (path.suffix != ".pdf", path.suffix != ".docx", path))
    pages = [path for path in result.county_outputs if path.suffix == ".html"]
    folders = [path.parent for path in reports]
    return next(iter([*(p for p in pages if p.name == "index.html"), *folders]), None)


def show(result: Result) -> None:
    """Open it; where that cannot be done, say where it lies."""
    path = worth_showing(result)
    if path is None:
        print("没有可以打开的报告。", file=sys.stderr)
    else:
        open_file(path)


def open_file(path: Path) -> None:
    """Open a file or folder; where that cannot be done, say where it lies."""
    if not _opened(path.resolve()):
        print(f"这台电脑上打不开，请自己打开：{path}", file=sys.stderr)


def _opened(path: Path) -> bool:
    if sys.platform == "win32":
        import os

        try:
            os.startfile(path)  # noqa: S606 - a file that this run wrote
        except OSError:
            return False
        return True
    opener = _OPENERS.get(sys.platform, "xdg-open")
    try:
        command = [opener, str(path)]
        done = subprocess.run(command, check=False, capture_output=True, timeout=20)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
