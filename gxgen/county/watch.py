"""Building again as workbooks arrive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gxgen.county.plan import LOCK_PREFIXES, NEIGHBOUR_SUFFIXES, WORKBOOK_SUFFIXES
from gxgen.county.project import FILE_NAME

SETTLE_MILLISECONDS = 400
"""Office writes a file in several steps; a build waits until they are over."""


def changes(folders: Sequence[Path]) -> Iterator[list[Path]]:
    """Workbooks, texts, templates and settings that changed, a list each time things settle.

    Lock and temporary files of Office and WPS are passed over. Ends on Ctrl-C.
    """
    from watchfiles import watch

    there = [folder for folder in folders if folder.is_dir()]
    for changed in watch(
        *there,
        watch_filter=lambda _, path: concerns(Path(path)),
        debounce=SETTLE_MILLISECONDS,
        raise_interrupt=True,
    ):
        yield sorted({Path(path) for _, path in changed})


def concerns(path: Path) -> bool:
    """Whether a change of this file can change an output."""
    if path.name.startswith(LOCK_PREFIXES):
        return False
    suffixes = (*WORKBOOK_SUFFIXES, *NEIGHBOUR_SUFFIXES)
    return path.suffix.lower() in suffixes or path.name == FILE_NAME
