"""What lies in a year's folder of forms and was not read, and whose it seems to be."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from gxgen.county.listing import (
    LOCK_PREFIXES,
    NEIGHBOUR_SUFFIXES,
    WORKBOOK_SUFFIXES,
    bare_name,
)
from gxgen.county.project import County
from gxgen.letters import shown

_MOST_TOLD = 50


def strays(folder: Path, county: County, read: Collection[str], year: int) -> Iterator[str]:
    """A sentence for each file and sub-folder that was neither a form nor the text of one.

    Args:
        folder: the year's folder.
        county: whose roster says whose a name may be.
        read: the names of the texts that went into reports.
        year: of the folder.
    """
    found = sorted(_unread(folder, read))
    for name, what in found[:_MOST_TOLD]:
        unit = _seems(name, county)
        whose = f"，看名称像是“{unit}”的" if unit else ""
        yield f"{year}年度的文件夹里没有读这{what}：{shown(name)}{whose}。{_ADVICE[what]}"
    if len(found) > _MOST_TOLD:
        yield f"{year}年度的文件夹里另有{len(found) - _MOST_TOLD}个没有读。"


_FILE, _TEXT, _FOLDER, _PACKED = "个文件", "份文字", "个文件夹", "个压缩包"
_ADVICE = {
    _FILE: "填报表应是 .xlsx。",
    _TEXT: "不知道是哪个单位的文字；请按填报表的文件名或单位名称给它改名。",
    _FOLDER: "里面若有填报表，请移到年度文件夹里。",
    _PACKED: "请解压，把里面的填报表放进年度文件夹。",
}
_ARCHIVES = (".rar", ".zip", ".7z", ".tar", ".gz")


def _unread(folder: Path, read: Collection[str]) -> Iterator[tuple[str, str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name, ending = entry.name, Path(entry.name).suffix.lower()
            if name.startswith(LOCK_PREFIXES) or name in read or ending in WORKBOOK_SUFFIXES:
                continue
            if entry.is_dir():
                yield name, _FOLDER
            else:
                packed = ending in _ARCHIVES
                yield name, _PACKED if packed else _TEXT if ending in NEIGHBOUR_SUFFIXES else _FILE


def _seems(name: str, county: County) -> str:
    """The unit after which something is called: wholly, or the longest name that is in it."""
    bare = bare_name(name if "." in name else f"{name}.")
    if (unit := county.called(bare)) is not None:
        return unit.name
    called = [
        (len(each), one.name)
        for one in county.roster
        for each in (one.name, one.short_name, *one.formerly)
        if each and each in bare
    ]
    return max(called)[1] if called else ""
