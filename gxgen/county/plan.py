"""What is to be built: workbooks, the county that each belongs to, and where its report goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gxgen.county.project import FILE_NAME, County, load_county
from gxgen.errors import UsageError

NEIGHBOUR_SUFFIXES = (".docx", ".md", ".txt", ".doc", ".wps")
WORKBOOK_SUFFIXES = (".xlsx", ".xls", ".et", ".xlsm")
LOCK_PREFIXES = ("~$", ".~", ".", "~WRL")
_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Job:
    """One workbook and what stands around it.

    ``neighbour`` is a text file of the same name (.docx, .md, .txt), ``other_texts`` are further
    ones; ``previous`` is last year's workbook, ``last_year_unmatched`` tells that there are forms
    of last year but none of this name. ``output`` is the county's folder, the year's is below it;
    ``year`` is the one that the workbook is filed under: its folder's, inside a county.
    """

    workbook: Path
    output: Path
    county: County | None = None
    neighbour: Path | None = None
    previous: Path | None = None
    other_texts: tuple[Path, ...] = ()
    last_year_unmatched: bool = False
    year: int | None = None

    @property
    def is_government(self) -> bool:
        """Whether it is the county government's own: words for the roll-up, not a unit."""
        return self.county is not None and self.workbook.stem == self.county.government

    @property
    def home(self) -> Path:
        """The folder of its outputs: the year's inside a county, else the output folder itself."""
        return self.output if self.year is None else self.output / str(self.year)


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
    jobs: dict[Path, Job] = {}
    for path in paths:
        if not path.is_file() and not path.is_dir():
            raise UsageError(_nothing_at(path))
        found = (
            [_file_job(path, output)] if path.is_file() else list(_folder_jobs(path, output, year))
        )
        if not found:
            raise UsageError(f"{path} 里没有找到填报表（.xlsx）。")
        jobs.update((job.workbook.resolve(), job) for job in found)
    if previous is not None:
        if len(jobs) != 1:
            raise UsageError("--last-year 只能和一个单位的填报表一起用。")
        job = next(iter(jobs.values()))
        return [replace(job, previous=previous, last_year_unmatched=False)]
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
        yield from _year_jobs(folder, county, _county_output(county, output))
        return
    found = counties(folder)
    for county in found:
        for sub in sorted(county.folder.iterdir()):
            if sub.is_dir() and _YEAR.fullmatch(sub.name) and _wanted(sub.name, county, year):
                yield from _year_jobs(sub, county, _county_output(county, output))
    if not found:
        yield from (job_of(path, output, None) for path in workbooks(folder))


def _wanted(name: str, county: County, year: int | None) -> bool:
    wanted = year or county.year
    return wanted is None or name == str(wanted)


def _county_output(county: County, output: Path) -> Path:
    """A county straight in ``inputs/`` writes straight into ``output/``, others into a folder."""
    name = county.folder.resolve().name
    return output if name == "inputs" else output / name


def _year_jobs(folder: Path, county: County, output: Path) -> Iterator[Job]:
    yield from (job_of(path, output, county) for path in workbooks(folder))


def workbooks(folder: Path) -> list[Path]:
    """Workbooks of a folder; lock and temporary files of Office and WPS are passed over."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in WORKBOOK_SUFFIXES
        and not path.name.startswith(LOCK_PREFIXES)
        and path.is_file()
    )


def job_of(path: Path, output: Path, county: County | None) -> Job:
    """The job of one workbook, with the files that stand around it."""
    filed = path.parent.name or path.resolve().parent.name
    texts = [p for s in NEIGHBOUR_SUFFIXES if (p := path.with_suffix(s)).is_file()]
    previous, unmatched = _previous(path, county)
    return Job(
        path,
        output,
        county,
        neighbour=texts[0] if texts else None,
        previous=previous,
        other_texts=tuple(texts[1:]),
        last_year_unmatched=unmatched,
        year=int(filed) if county is not None and _YEAR.fullmatch(filed) else None,
    )


def _previous(path: Path, county: County | None) -> tuple[Path | None, bool]:
    """Last year's workbook: the same name in the year's folder before this one.

    And whether that folder has workbooks, but none of this name.
    """
    if not _YEAR.fullmatch(path.parent.name):
        return None, False
    folder = path.parent.parent / str(int(path.parent.name) - 1)
    if (folder / path.name).is_file():
        return folder / path.name, False
    # Samples of single years lie side by side; only a county with a year in work expects last year.
    expected = county is not None and county.year is not None
    return None, expected and folder.is_dir() and bool(workbooks(folder))


def _county_above(folder: Path) -> County | None:
    for candidate in (folder, folder.resolve().parent):
        if (candidate / FILE_NAME).is_file():
            return load_county(candidate)
    return None
