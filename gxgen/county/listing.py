"""The files in a folder by their names alone: forms, texts, and what is Office's own."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePath

NEIGHBOUR_SUFFIXES = (".docx", ".md", ".txt", ".doc", ".wps")
WORKBOOK_SUFFIXES = (".xlsx", ".xls", ".et", ".xlsm")
LOCK_PREFIXES = ("~$", ".~", ".", "~WRL")
SUMMARY = "导入汇总"
"""How the name of the workbook begins that tells what ``import`` did: it is no form."""
_NO_FORMS = (*LOCK_PREFIXES, SUMMARY)
_VERSION = re.compile(
    r"(?:\((?:\d{1,2}|修改[版稿]?|更正[版稿]?|修订[版稿]?|定[版稿]|终[版稿]|最终[版稿]?|副本|新)\)"
    r"|[-_—.](?:修改[版稿]?|更正[版稿]?|修订[版稿]?|定[版稿]|终[版稿]|最终[版稿]?|副本|新|\d{1,2}))$"
)
"""What people and programs add to a file's name to tell one version from another."""


def workbooks(folder: Path) -> list[str]:
    """The names of a folder's workbooks; lock and temporary files of Office and WPS are passed
    over. What only bears such a name (a folder, a pipe, a link to nowhere) is among them: whoever
    put it there meant a form, and it is told when it is read."""
    return sorted(_names(folder))


def _names(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name.lower().endswith(WORKBOOK_SUFFIXES) and not name.startswith(_NO_FORMS):
                yield name


def texts(folder: Path) -> list[str]:
    """The names of a folder's text files, as an agency may have written its words in."""
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries if _is_text(entry.name))


def _is_text(name: str) -> bool:
    return name.lower().endswith(NEIGHBOUR_SUFFIXES) and not name.startswith(LOCK_PREFIXES)


def stem_of(name: str) -> str:
    """A file's name without its ending."""
    return PurePath(name).stem


def bare_name(file: str) -> str:
    """A workbook's name without its ending and without what people add to mark a version."""
    stem, _, _ = unicodedata.normalize("NFKC", file).rpartition(".")
    bare = "".join(stem.split())
    while (shorter := _VERSION.sub("", bare)) not in (bare, ""):
        bare = shorter
    return bare
