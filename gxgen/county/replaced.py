"""What a person put into ``inputs/`` and gxgen puts something else in the place of is kept.

It lies in ``.replaced/<time>/`` beside where it was, under its own name: a copy that is whole and
on the disk before anything happens to the original. Nothing ever clears that folder; only who
takes a step back reads it (:mod:`gxgen.county.undoing`).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from gxgen.county.files import leads_away, write_whole
from gxgen.errors import EnvironmentProblemError, reason
from gxgen.letters import shown

FOLDER = ".replaced"
_MOMENT = "%Y-%m-%d_%H-%M-%S"


def replace(path: Path, data: bytes, moment: dt.datetime) -> Path | None:
    """Make ``path`` hold ``data``; where another file stood there it is kept first.

    ``moment`` is when the command began, so that what it replaces lies together. Returns where the
    former file lies now, None if there was none.

    Raises:
        EnvironmentProblemError: the former one cannot be kept, or the new one not be written;
            what stood at ``path`` still stands.
    """
    former: list[Path] = []
    write_whole(path, data, lambda: former.extend(_kept(path, moment)))
    return former[0] if former else None


def put_aside(path: Path, moment: dt.datetime) -> Path:
    """Move a file to where what was replaced is kept; returns its new place.

    Raises:
        EnvironmentProblemError: it cannot be kept or removed; it is still where it was.
    """
    former = keep(path, moment)
    try:
        path.unlink()
    except OSError as error:
        with contextlib.suppress(OSError):
            former.unlink()  # it was not moved: the copy would be told of by nobody
        raise _trouble(path, error) from None
    return former


def folder_of(path: Path, moment: dt.datetime) -> Path:
    """Where what stands at ``path`` is kept."""
    return path.parent / FOLDER / moment.strftime(_MOMENT)


def keep(path: Path, moment: dt.datetime) -> Path:
    """Copy a file to where what was replaced is kept; returns the copy's place.

    Raises:
        EnvironmentProblemError: it cannot be copied; it is as it was.
    """
    folder = folder_of(path, moment)
    try:
        for place in (folder.parent, folder):
            place.mkdir(parents=True, exist_ok=True)
            if leads_away(place):
                raise EnvironmentProblemError(
                    f"{place} 是通往别处的链接，没有替换 {shown(str(path))}。请删去这个链接后重试。"
                )
        return _copied(path, folder)
    except OSError as error:
        raise _trouble(path, error) from None


def _kept(path: Path, moment: dt.datetime) -> Iterator[Path]:
    if os.path.lexists(path):
        yield keep(path, moment)


def _copied(path: Path, folder: Path) -> Path:
    """The copy, on the disk; never over another, so that a second one of a name gets a number."""
    with path.open("rb") as source:
        for number in itertools.count(1):
            name = path.name if number == 1 else f"{path.stem}（{number}）{path.suffix}"
            copy = folder / name
            try:
                target = copy.open("xb")
            except FileExistsError:
                continue
            with _whole(copy), target:
                shutil.copyfileobj(source, target)
                target.flush()
                os.fsync(target.fileno())
            return copy
    raise AssertionError("numbers do not end")


@contextlib.contextmanager
def _whole(copy: Path) -> Iterator[None]:
    """Half a copy does not stay: it would be taken for the file."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            copy.unlink()
        raise


def _trouble(path: Path, error: OSError) -> EnvironmentProblemError:
    why = "它可能正被 Excel 或 WPS 打开" if isinstance(error, PermissionError) else reason(error)
    return EnvironmentProblemError(
        f"留不住原来的文件：{shown(str(path))}（{why}）。没有替换它，请关闭后重试。"
    )
