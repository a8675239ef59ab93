"""``--open``: shows what was made, in whatever this desktop opens such files with."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import chain
from pathlib import Path

from gxgen.cli.screen import remark
from gxgen.county.batch import Result
from gxgen.county.outputs import PAGE, RETURNS

_OPENERS = {"darwin": "open", "linux": "xdg-open"}
_PATIENCE = 5
"""Seconds after which a program that has not ended is taken to be the one that shows the file."""


def worth_showing(result: Result) -> Path | None:
    """The one report that there is, as people read it; of several the county's page, else their
    folder. Where an agency was refused and nothing else was made: its return copy."""
    made = [one.outputs for one in result.outcomes if one.outputs]
    best = min(chain.from_iterable(made), key=_rank, default=None)
    if len(made) == 1:
        return best
    pages = (path for path in result.county_outputs if path.name == PAGE)
    return next(pages, best and best.parent)


def _rank(path: Path) -> tuple[bool, bool, bool, Path]:
    return path.parent.name == RETURNS, path.suffix != ".pdf", path.suffix != ".docx", path


def show(result: Result) -> None:
    """Open it; where that cannot be done, say where it lies."""
    path = worth_showing(result)
    if path is None:
        remark("没有可以打开的报告。")
    else:
        open_file(path)


def open_file(path: Path) -> None:
    """Open a file or folder; where that cannot be done, say where it lies."""
    if not _opened(path.resolve()):
        remark(f"这台电脑上打不开，请自己打开：{path}")


def _opened(path: Path) -> bool:
    try:
        if sys.platform == "win32":
            os.startfile(path)  # noqa: S606 - a file that this run wrote
            return True
        quiet = subprocess.DEVNULL
        command = [_OPENERS.get(sys.platform, "xdg-open"), str(path)]
        shown = subprocess.Popen(  # noqa: S603 - the desktop's own, and a file of this run
            command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
        return shown.wait(_PATIENCE) == 0
    except subprocess.TimeoutExpired:
        return True
    except OSError:
        return False
