"""Forms and reports in folders apart: nothing is written among what agencies have handed in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from gxgen.county.agency_year import Filing
from gxgen.county.files import folded
from gxgen.errors import UsageError

_Identity = tuple[int, int]
_ELSEWHERE = "请用 -o 另指一个文件夹，例如 -o output。"


def keep_apart(filings: Sequence[Filing], given: Iterable[Path], output: Path) -> None:
    """Refuse outputs that would lie among the forms, forms among the outputs, and two counties in
    one folder. Folders are told apart as the disk does it, whatever their spelling, links included.

    Args:
        filings: what is to be built.
        given: the files and folders that the user named.
        output: the folder that all reports go into.

    Raises:
        UsageError: with the two folders.
    """
    above, here, into = _above(output), _identity(Path()), _identity(output)
    for folder in sorted({filing.folder for filing in filings}):
        if into is not None and into in _above(folder):
            raise UsageError(f"填报表的文件夹 {folder} 在输出文件夹 {output} 里面。{_ELSEWHERE}")
    for folder in sorted(_among_forms(filings, given)):
        if (itself := _identity(folder)) in above and itself != here:
            raise UsageError(f"输出文件夹 {output} 在填报表的文件夹 {folder} 里面。{_ELSEWHERE}")
    one_county_each(filings)
    _no_links(filings, output)


def _among_forms(filings: Sequence[Filing], given: Iterable[Path]) -> set[Path]:
    """The folders that are all about forms. That in which a single form lies is none: it may be
    the one in which the user works."""
    years = {filing.folder for filing in filings if filing.year is not None}
    counties = {filing.county.folder for filing in filings if filing.county is not None}
    return {*years, *counties, *(path for path in given if path.is_dir())}


def one_county_each(filings: Sequence[Filing]) -> None:
    """Refuse two counties whose reports would go into one folder, as those of two projects do.

    Raises:
        UsageError: with both.
    """
    owners: dict[str, Path] = {}
    for home, folder in dict.fromkeys((f.home, _owner(f)) for f in filings):
        first = owners.setdefault(folded(str(home)), folder)
        if first != folder and _identity(first) != _identity(folder):
            raise UsageError(
                f"{first} 和 {folder} 的报告会写进同一个文件夹 {home}，"
                "请分两次做，生成时用 -o 各指一个文件夹。"
            )


def _no_links(filings: Sequence[Filing], output: Path) -> None:
    real = Path(os.path.realpath(output))
    for home in dict.fromkeys(filing.home for filing in filings):
        straight = os.path.normpath(real / home.relative_to(output))
        if os.path.normcase(os.path.realpath(home)) != os.path.normcase(straight):
            raise UsageError(
                f"{home} 是通往别处的链接，没有往里写；"
                "请删去这个链接，或者用 -o 直接指明那个文件夹。"
            )


def _owner(filing: Filing) -> Path:
    """Whose the reports are: the county's, or those of forms of no county."""
    return filing.county.folder if filing.county is not None else Path()


def _above(folder: Path) -> set[_Identity]:
    """A folder and all that it lies in, as far as they are there."""
    real = Path(os.path.realpath(folder))
    return {one for path in (real, *real.parents) if (one := _identity(path)) is not None}


def _identity(folder: Path) -> _Identity | None:
    try:
        state = folder.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino
