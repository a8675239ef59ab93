"""What is to be built: workbooks, the county that each belongs to, and where its report goes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePath

from gxgen.county.project import FILE_NAME, County, load_county
from gxgen.errors import UsageError

NEIGHBOUR_SUFFIXES = (".docx", ".md", ".txt", ".doc", ".wps")
WORKBOOK_SUFFIXES = (".xlsx", ".xls", ".et", ".xlsm")
LOCK_PREFIXES = ("~$", ".~", ".", "~WRL")
_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Job:
    """One workbook and where its report goes; what stands around it is looked for when asked for.

    ``output`` is the county's folder, the year's is below it; ``year`` is the one that the
    workbook is filed under: its folder's, inside a county. ``last_year`` is last year's workbook
    where somebody named it.
    """

    folder: Path
    name: str
    output: Path
    county: County | None = None
    year: int | None = None
    last_year: Path | None = None

    @property
    def workbook(self) -> Path:
        """The file."""
        return self._beside(self.folder)

    @property
    def stem(self) -> str:
        """Its name without ending."""
        return PurePath(self.name).stem

    @property
    def texts(self) -> tuple[Path, ...]:
        """The text files of the same name, the one that counts first."""
        stem = os.path.join(self.folder, self.stem)  # noqa: PTH118 - asked for thousands of times
        found = (stem + suffix for suffix in NEIGHBOUR_SUFFIXES)
        return tuple(Path(path) for path in found if os.path.isfile(path))  # noqa: PTH113 - as above

    @property
    def previous(self) -> Path | None:
        """Last year's workbook: the same name in the year's folder before this one."""
        before = _year_before(self.folder)
        if self.last_year is not None or before is None:
            return self.last_year
        path = self._beside(before)
        return path if path.is_file() else None

    @property
    def last_year_unmatched(self) -> bool:
        """Whether there are forms of last year, but none of this name.

        Samples of single years lie side by side; only a county with a year in work expects last
        year's.
        """
        expected = self.county is not None and self.county.year is not None
        before = _year_before(self.folder)
        return expected and before is not None and self.previous is None and _has_workbooks(before)

    @property
    def is_government(self) -> bool:
        """Whether it is the county government's own: words for the roll-up, not a unit."""
        return self.county is not None and self.stem == self.county.government

    @property
    def home(self) -> Path:
        """The folder of its outputs: the year's inside a county, else the output folder itself."""
        return self.output if self.year is None else self.output / str(self.year)

    def _beside(self, folder: Path) -> Path:
        """The file of the workbook's name in a folder."""
        # Joined as text: joined as a path, every name would be interned for as long as it lives.
        return Path(os.path.join(folder, self.name))  # noqa: PTH118 - see above


@lru_cache(maxsize=8)
def _year_before(folder: Path) -> Path | None:
    """The folder of the year before, which need not exist; None for a folder of no year."""
    name = folder.name
    return folder.parent / str(int(name) - 1) if _YEAR.fullmatch(name) else None


def plan(
    paths: Sequence[Path],
    output: Path,
    *,
    year: int | None = None,
    previous: Path | None = None,
) -> list[Job]:
    """The jobs for files and folders named by the user, each workbook once, in order.

    Raises:
        UsageError: a path does not exist or holds no workbook.
    """
    jobs: dict[tuple[Path, str], Job] = {}
    for path in paths:
        if not path.is_file() and not path.is_dir():
            raise UsageError(_nothing_at(path))
        found = (
            [_file_job(path, output)] if path.is_file() else list(_folder_jobs(path, output, year))
        )
        if not found:
            raise UsageError(f"{path} 里没有找到填报表（.xlsx）。")
        real = {folder: folder.resolve() for folder in {job.folder for job in found}}
        jobs.update(((real[job.folder], job.name), job) for job in found)
    if previous is not None:
        if len(jobs) != 1:
            raise UsageError("--last-year 只能和一个单位的填报表一起用。")
        job = next(iter(jobs.values()))
        return [replace(job, last_year=previous)]
    return list(jobs.values())


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


def _file_job(path: Path, output: Path) -> Job:
    county = _county_above(path.parent)
    if county is None:
        return job_of(path, output, None)
    return job_of(path, _county_output(county, output), county)


def _folder_jobs(folder: Path, output: Path, year: int | None) -> Iterator[Job]:
    if _YEAR.fullmatch(folder.name) and (county := _county_above(folder.parent)):
        yield from _jobs(folder, _county_output(county, output), county)
        return
    found = counties(folder)
    for county in found:
        for sub in sorted(county.folder.iterdir()):
            if sub.is_dir() and _YEAR.fullmatch(sub.name) and _wanted(sub.name, county, year):
                yield from _jobs(sub, _county_output(county, output), county)
    if not found:
        yield from _jobs(folder, output, None)


def _wanted(name: str, county: County, year: int | None) -> bool:
    wanted = year or county.year
    return wanted is None or name == str(wanted)


def _county_output(county: County, output: Path) -> Path:
    """A county straight in ``inputs/`` writes straight into ``output/``, others into a folder."""
    name = county.folder.resolve().name
    return output if name == "inputs" else output / name


def _jobs(folder: Path, output: Path, county: County | None) -> Iterator[Job]:
    year = _filed_under(folder, county)
    return (Job(folder, name, output, county, year) for name in workbooks(folder))


def workbooks(folder: Path) -> list[str]:
    """The names of a folder's workbooks; lock and temporary files of Office and WPS are passed
    over."""
    return sorted(_workbooks(folder))


def _workbooks(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if (
                name.lower().endswith(WORKBOOK_SUFFIXES)
                and not name.startswith(LOCK_PREFIXES)
                and entry.is_file()
            ):
                yield name


def _has_workbooks(folder: Path) -> bool:
    return folder.is_dir() and any(_workbooks(folder))


def job_of(path: Path, output: Path, county: County | None) -> Job:
    """The job of one workbook."""
    return Job(path.parent, path.name, output, county, _filed_under(path.parent, county))


def _filed_under(folder: Path, county: County | None) -> int | None:
    name = folder.name or folder.resolve().name
    return int(name) if county is not None and _YEAR.fullmatch(name) else None


def _county_above(folder: Path) -> County | None:
    for candidate in (folder, folder.resolve().parent):
        if (candidate / FILE_NAME).is_file():
            return load_county(candidate)
    return None
