"""What stood among the forms is never lost: before another takes its place, it is kept beside."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import shutil
from pathlib import Path

from gxgen.county.files import leads_away, write_whole
from gxgen.errors import EnvironmentProblemError, reason
from gxgen.letters import shown

FOLDER = ".replaced"
"""In a year's folder of forms; in it a folder for each time that something was replaced."""


def write_form(path: Path, data: bytes, now: dt.datetime | None = None) -> Path | None:
    """Write a form; what stood there is kept first. Returns where, None if nothing did.

    Raises:
        EnvironmentProblemError: it cannot be written or kept; nothing at ``path`` has changed.
    """
    kept: list[Path] = []

    def make_way() -> None:
        if os.path.lexists(path):
            kept.append(keep(path, now))

    write_whole(path, data, make_way)
    return kept[0] if kept else None


def keep(path: Path, now: dt.datetime | None = None) -> Path:
    """Copy a form to where replaced ones lie, and return the copy; the form stays.

    Raises:
        EnvironmentProblemError: it cannot be copied.
    """
    home = path.parent / FOLDER
    try:
        home.mkdir(exist_ok=True)
        if leads_away(home):
            raise EnvironmentProblemError(
                f"{shown(str(home))} 是一个通往别处的链接，没有替换 {shown(str(path))}。"
                "请把这个链接移走后重新运行。"
            )
        target = _free(home / f"{now or dt.datetime.now():%Y%m%d-%H%M%S}", path.name)
        shutil.copy2(path, target)
    except OSError as error:
        raise EnvironmentProblemError(
            f"原有的 {shown(str(path))} 备份不了（{reason(error)}），没有替换它。"
        ) from None
    return target


def _free(folder: Path, name: str) -> Path:
    """Where a file of that name can lie, in a folder of that time or one after it."""
    for number in itertools.count(1):
        place = folder if number == 1 else folder.with_name(f"{folder.name}-{number}")
        place.mkdir(exist_ok=True)
        if not leads_away(place) and not os.path.lexists(place / name):
            return place / name
    raise AssertionError  # counting never ends
