"""What is to be built: workbooks, and the county that each belongs to."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from gxgen.county.agency_year import Filing
from gxgen.county.answered import ANSWERS_FILE, answers_in
from gxgen.county.listing import LOCK_PREFIXES, NEIGHBOUR_SUFFIXES, WORKBOOK_SUFFIXES, workbooks
from gxgen.county.project import FILE_NAME, County, load_county
from gxgen.county.words import WORDS_FILE
from gxgen.errors import UsageError

_SETTLE_MILLISECONDS = 400
"""Office writes a file in several steps; a build waits until they are over."""
_YEAR = re.compile(r"(19|20)\d\d")


def plan(
    paths: Sequence[Path],
    output: Path,
    *,
    year: int | None = None,
    previous: Path | None = None,
) -> list[Filing]:
    """The filings in files and folders named by the user, each workbook once, in order.

    Raises:
        UsageError: a path does not exist or holds no workbook.
    """
    filings: dict[tuple[Path, str], Filing] = {}
    for path in paths:
        if not path.is_file() and not path.is_dir():
            raise UsageError(_nothing_at(path))
        one = path.is_file()
        found = [_single(path, output)] if one else list(_in_folder(path, output, year))
        if not found:
            raise UsageError(f"{path} 里没有找到填报表（.xlsx）。")
        real = {folder: folder.resolve() for folder in {filing.folder for filing in found}}
        filings.update(((real[filing.folder], filing.name), filing) for filing in found)
    if previous is not None:
        if len(filings) != 1:
            raise UsageError("--last-year 只能和一个单位的填报表一起用。")
        return [replace(filing, last_year=previous) for filing in filings.values()]
    return list(filings.values())


def _nothing_at(path: Path) -> str:
    if path == Path("inputs"):
        return (
            "这里没有 inputs 文件夹。新建项目：gxgen init 文件夹 --county 县名 --year 年度；"
            "或者直接写明填报表的路径。"
        )
    return f"没有这个文件或文件夹：{path}"


def counties(folder: Path) -> list[County]:
    """The county of ``folder`` itself, or those of its sub-folders, by name."""
    if (folder / FILE_NAME).is_file():
        return [load_county(folder)]
    return [load_county(p.parent) for p in sorted(folder.glob(f"*/{FILE_NAME}"))]


def _single(path: Path, output: Path) -> Filing:
    return next(_filings(path.parent, [path.name], output, _county_above(path.parent)))


def _in_folder(folder: Path, output: Path, year: int | None) -> Iterator[Filing]:
    if _YEAR.fullmatch(folder.name) and (county := _county_above(folder.parent)):
        yield from _filings(folder, workbooks(folder), output, county)
        return
    found = counties(folder)
    for county in found:
        for sub in sorted(county.folder.iterdir()):
            if sub.is_dir() and _YEAR.fullmatch(sub.name) and _wanted(sub.name, county, year):
                yield from _filings(sub, workbooks(sub), output, county)
    if not found:
        yield from _filings(folder, workbooks(folder), output, None)


def _wanted(name: str, county: County, year: int | None) -> bool:
    wanted = year or county.year
    return wanted is None or name == str(wanted)


def county_output(county: County, output: Path) -> Path:
    """A county straight in ``inputs/`` writes straight into ``output/``, others into a folder."""
    name = county.folder.resolve().name
    return output if name == "inputs" else output / name


def _filings(
    folder: Path, names: Sequence[str], output: Path, county: County | None
) -> Iterator[Filing]:
    """Workbooks of one folder as filings."""
    year = _filed_under(folder, county)
    home = output if county is None else county_output(county, output)
    home = home if year is None else home / str(year)
    place = "" if year is not None else _seen_from(home, folder)
    if year is not None:
        answers_in(folder)  # one that is not valid is told before anything is done
    for name in names:
        yield Filing(
            name,
            year=year,
            folder=folder,
            home=home,
            place=place,
            county=county,
        )


def _seen_from(home: Path, folder: Path) -> str:
    """The way from an output folder to one with forms, which stays when both are moved."""
    real = os.path.realpath(folder)
    try:
        way = os.path.relpath(real, os.path.realpath(home))
    except ValueError:  # another drive
        way = real
    return f"{PurePath(way).as_posix()}/"


def _filed_under(folder: Path, county: County | None) -> int | None:
    name = folder.name or folder.resolve().name
    return int(name) if county is not None and _YEAR.fullmatch(name) else None


def _county_above(folder: Path) -> County | None:
    for candidate in (folder, folder.resolve().parent):
        if (candidate / FILE_NAME).is_file():
            return load_county(candidate)
    return None


def by_home(filings: Iterable[Filing]) -> list[list[Filing]]:
    """Filings by the folder that their outputs go to."""
    homes: dict[Path, list[Filing]] = {}
    for filing in filings:
        homes.setdefault(filing.home, []).append(filing)
    return list(homes.values())


# -- what changes --------------------------------------------------------------------------------


def changes(folders: Sequence[Path]) -> Iterator[list[Path]]:
    """Workbooks, texts, templates and settings that changed, a list each time things settle.

    Lock and temporary files of Office and WPS are passed over. Ends on Ctrl-C.
    """
    from watchfiles import watch

    there = [folder for folder in folders if folder.is_dir()]
    for changed in watch(
        *there,
        watch_filter=lambda _, path: concerns(Path(path)),
        debounce=_SETTLE_MILLISECONDS,
        raise_interrupt=True,
    ):
        yield sorted({Path(path) for _, path in changed})


def concerns(path: Path) -> bool:
    """Whether a change of this file can change an output."""
    if path.name.startswith(LOCK_PREFIXES):
        return False
    suffixes = (*WORKBOOK_SUFFIXES, *NEIGHBOUR_SUFFIXES)
    return path.suffix.lower() in suffixes or path.name in (FILE_NAME, WORDS_FILE, ANSWERS_FILE)
