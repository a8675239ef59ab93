"""What is to be built: workbooks, the county that each belongs to, and what lies around it."""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path, PurePath

from gxgen.county.agency_year import File, Filing
from gxgen.county.files import read_bytes
from gxgen.county.project import FILE_NAME, County, load_county
from gxgen.county.words import WORDS_FILE
from gxgen.errors import EnvironmentProblemError, UsageError
from gxgen.letters import shown
from gxgen.model.facts import NO_FACTS
from gxgen.model.words import NO_WORDS

NEIGHBOUR_SUFFIXES = (".docx", ".md", ".txt", ".doc", ".wps")
WORKBOOK_SUFFIXES = (".xlsx", ".xls", ".et", ".xlsm")
LOCK_PREFIXES = ("~$", ".~", ".", "~WRL")
_SETTLE_MILLISECONDS = 400
"""Office writes a file in several steps; a build waits until they are over."""
_YEAR = re.compile(r"(19|20)\d\d")
_VERSION = re.compile(
    r"(?:\((?:\d{1,2}|修改[版稿]?|更正[版稿]?|修订[版稿]?|定[版稿]|终[版稿]|最终[版稿]?|副本|新)\)"
    r"|[-_—.](?:修改[版稿]?|更正[版稿]?|修订[版稿]?|定[版稿]|终[版稿]|最终[版稿]?|副本|新|\d{1,2}))$"
)
"""What people and programs add to a file's name to tell one version from another."""


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
    for name in names:
        yield Filing(
            name,
            year=year,
            government=of_government(name, county),
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


def workbooks(folder: Path) -> list[str]:
    """The names of a folder's workbooks; lock and temporary files of Office and WPS are passed
    over. What only bears such a name (a folder, a pipe, a link to nowhere) is among them: whoever
    put it there meant a form, and it is told when it is read."""
    return sorted(_workbooks(folder))


def of_government(name: str, county: County | None) -> bool:
    """Whether a workbook of that name is the county government's own, and no unit's."""
    return county is not None and PurePath(name).stem == county.government


def _workbooks(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name.lower().endswith(WORKBOOK_SUFFIXES) and not name.startswith(LOCK_PREFIXES):
                yield name


def _filed_under(folder: Path, county: County | None) -> int | None:
    name = folder.name or folder.resolve().name
    return int(name) if county is not None and _YEAR.fullmatch(name) else None


def _county_above(folder: Path) -> County | None:
    for candidate in (folder, folder.resolve().parent):
        if (candidate / FILE_NAME).is_file():
            return load_county(candidate)
    return None


# -- what lies around a workbook -----------------------------------------------------------------


def read(filing: Filing) -> Filing:
    """A filing with its files' bytes, to be done by any worker.

    Raises:
        EnvironmentProblemError: one of the files cannot be read, or bears a name that nobody can.
    """
    try:
        filing.name.encode()
    except UnicodeEncodeError:
        raise EnvironmentProblemError(_misnamed(filing)) from None
    texts = texts_of(filing)
    previous = previous_of(filing)
    return Filing(
        filing.name,
        read_bytes(filing.path),
        _named(texts[0]) if texts else None,
        _named(previous) if previous else None,
        filing.year,
        filing.government,
        tuple(path.name for path in texts[1:]),
        previous is None and _expects_last_year(filing),
        filing.county.words if filing.county else NO_WORDS,
        filing.county.facts if filing.county else NO_FACTS,
    )


def _misnamed(filing: Filing) -> str:
    """That a name is written in another encoding, as it comes out of an old archive. Nobody could
    find last year's form by it, nor recognise its return copy."""
    name, guess = os.fsencode(filing.name), ""
    with contextlib.suppress(UnicodeDecodeError):
        guess = f"（按GBK读是“{shown(name.decode('gbk'))}”）"
    return f"文件名的编码不对：{shown(str(filing.path))}{guess}。请把文件改名后重新运行。"


def _named(path: Path) -> File:
    return shown(path.name), read_bytes(path)


def texts_of(filing: Filing) -> list[Path]:
    """The text files of the same name, the one that counts first."""
    stem = os.path.join(filing.folder, filing.stem)  # noqa: PTH118 - asked for thousands of times
    found = (stem + suffix for suffix in NEIGHBOUR_SUFFIXES)
    return [Path(path) for path in found if os.path.lexists(path)]


def previous_of(filing: Filing) -> Path | None:
    """Last year's workbook, in the year's folder before this one: the same name, else the only one
    that is called so but for what people add to it, such as （修改版） or (1)."""
    before = _year_before(filing.folder)
    if filing.last_year is not None or before is None:
        return filing.last_year
    path = before / filing.name
    if os.path.lexists(path) or not before.is_dir():
        return path if os.path.lexists(path) else None
    wanted = bare_name(filing.name)
    alike = [name for name in _workbooks(before) if bare_name(name) == wanted]
    return before / alike[0] if len(alike) == 1 else None


def bare_name(file: str) -> str:
    """A workbook's name without its ending and without what people add to mark a version."""
    stem, _, _ = unicodedata.normalize("NFKC", file).rpartition(".")
    bare = "".join(stem.split())
    while (shorter := _VERSION.sub("", bare)) not in (bare, ""):
        bare = shorter
    return bare


def _expects_last_year(filing: Filing) -> bool:
    """Whether there are forms of last year at all.

    Samples of single years lie side by side; only a county with a year in work expects last
    year's.
    """
    before = _year_before(filing.folder)
    if filing.county is None or filing.county.year is None or before is None:
        return False
    return before.is_dir() and any(_workbooks(before))


@lru_cache(maxsize=8)
def _year_before(folder: Path) -> Path | None:
    """The folder of the year before, which need not exist; None for a folder of no year."""
    name = folder.name
    return folder.parent / str(int(name) - 1) if _YEAR.fullmatch(name) else None


def government_of(filing: Filing) -> Filing | None:
    """What the county's own government filed, beside what one of its agencies did."""
    county = filing.county
    name = f"{county.government}.xlsx" if county and county.government else ""
    if not name or not os.path.lexists(filing.folder / name):
        return None
    return replace(filing, name=name, government=True, last_year=None)


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
    return path.suffix.lower() in suffixes or path.name in (FILE_NAME, WORDS_FILE)
