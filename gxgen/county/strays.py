"""What lies in a year's folder of forms and was not read, and whose it seems to be."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from gxgen.county.answered import ANSWERS_FILE
from gxgen.county.listing import (
    LOCK_PREFIXES,
    NEIGHBOUR_SUFFIXES,
    WORKBOOK_SUFFIXES,
    bare_name,
)
from gxgen.county.project import County
from gxgen.letters import shown

_MOST_TOLD = 50
_OF_SYSTEMS = ("thumbs.db", "desktop.ini")
_ARCHIVES = (".rar", ".zip", ".7z", ".tar", ".gz")


class Kind(StrEnum):
    """What lies there."""

    FILE = "file"
    TEXT = "text"
    FOLDER = "folder"
    ARCHIVE = "archive"
    GOVERNMENT = "government"
    """A form called after the county government that cannot be read, beside one that can."""


_WORDS = {
    Kind.FILE: "个文件",
    Kind.TEXT: "份文字",
    Kind.FOLDER: "个文件夹",
    Kind.ARCHIVE: "个压缩包",
    Kind.GOVERNMENT: "份县政府的填报表",
}
_ADVICE = {
    Kind.FILE: "填报表应是 .xlsx。",
    Kind.TEXT: "不知道是哪个单位的文字；请按填报表的文件名或单位名称给它改名。",
    Kind.FOLDER: "里面若有填报表，请移到年度文件夹里。",
    Kind.ARCHIVE: "请解压，把里面的填报表放进年度文件夹。",
    Kind.GOVERNMENT: "它打不开，用的是另一份的文字；请换成能打开的，或者删去。",
}


@dataclass(frozen=True, slots=True)
class Stray:
    """A file or sub-folder that was neither a form nor the text of one; ``unit`` is whose it seems
    to be by its name, empty where nobody knows."""

    name: str
    kind: Kind
    unit: str = ""

    @property
    def record(self) -> dict[str, str | None]:
        """Its JSON."""
        return {"name": shown(self.name), "kind": self.kind.value, "unit": self.unit or None}


def strays_in(folder: Path, county: County, read: Collection[str]) -> tuple[Stray, ...]:
    """What lies in a year's ``folder`` and was not read, by name; ``read`` are the names of the
    texts that went into reports. The county's roster says whose a name may be."""
    found = sorted(_unread(folder, read))
    return tuple(Stray(name, kind, _seems(name, county)) for name, kind in found)


def by_unit(strays: Iterable[Stray]) -> dict[str, tuple[str, ...]]:
    """The names of those that seem to be a unit's, by the unit."""
    named: dict[str, list[str]] = defaultdict(list)
    for one in strays:
        if one.unit:
            named[one.unit].append(shown(one.name))
    return {unit: tuple(names) for unit, names in named.items()}


def told(strays: Sequence[Stray], year: int | None) -> Iterator[str]:
    """A sentence for each."""
    for one in strays[:_MOST_TOLD]:
        whose = f"，看名称像是“{one.unit}”的" if one.unit else ""
        what = f"{year}年度的文件夹里没有读这{_WORDS[one.kind]}"
        yield f"{what}：{shown(one.name)}{whose}。{_ADVICE[one.kind]}"
    if len(strays) > _MOST_TOLD:
        yield f"{year}年度的文件夹里另有{len(strays) - _MOST_TOLD}个没有读。"


def _unread(folder: Path, read: Collection[str]) -> Iterator[tuple[str, Kind]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name, ending = entry.name, Path(entry.name).suffix.lower()
            if name.startswith(LOCK_PREFIXES) or name in read or ending in WORKBOOK_SUFFIXES:
                continue
            if name.lower() not in (*_OF_SYSTEMS, ANSWERS_FILE):
                yield name, Kind.FOLDER if entry.is_dir() else _kind(ending)


def _kind(ending: str) -> Kind:
    if ending in _ARCHIVES:
        return Kind.ARCHIVE
    return Kind.TEXT if ending in NEIGHBOUR_SUFFIXES else Kind.FILE


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
