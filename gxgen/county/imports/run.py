"""A run over many files: processes read them, this one writes the forms, nothing is written over.

A file that cannot be read, hangs its process or brings it down costs itself and no other.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.county import replaced
from gxgen.county.files import folded, read_bytes, safe_name, told_existing, write_whole
from gxgen.county.imports.office import Converter
from gxgen.county.imports.one import Taken, not_finished, refused, taken
from gxgen.county.pool import Budget, DiedError, Pool
from gxgen.county.workers import IN_FLIGHT
from gxgen.diagnostics import Finding
from gxgen.errors import EnvironmentProblemError
from gxgen.letters import shown

if TYPE_CHECKING:
    from concurrent.futures import Future

    from gxgen.county.batch import Progress
    from gxgen.published.reader import Asked

REVIEW = ".核对.html"
"""How the name of a form's review page ends."""
_READ = frozenset(
    {".docx", ".doc", ".wps", ".rtf", ".odt", ".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"}
    | {".pdf", ".txt", ".md", ".json"}
)
"""The endings of files that are taken from a folder; one that is named is taken whatever it is."""
BUDGET = Budget(processor=30.0, clock=120.0, memory=1 << 30)
"""Of one file; the longest report met takes a hundredth of it."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_OF_OFFICE = ("~$", ".~", ".", "~WRL")


@dataclass(slots=True)
class Found:
    """The files that are to be read, in order; ``folders``: some lie in folders that are named, and
    ``by_year``: the forms therefore go to a folder a year; ``passed``: the endings of files in
    folders that are no reports, with how many there are."""

    files: list[Path] = field(default_factory=list)
    folders: bool = False
    by_year: bool = False
    passed: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Imported:
    """One imported file: the form and its review page, or why there is none.

    ``found`` is what was read of it; ``fault`` a trouble outside the data.
    """

    source: Path
    found: Taken
    target: Path | None = None
    page: Path | None = None
    fault: str | None = None


def files_of(paths: Sequence[Path], to: Path) -> Found:
    """The files that are named, and those in folders that are; ``to`` gets the forms.

    Links to folders are not followed, and review pages of an earlier run are no reports.
    """
    out = Found()
    seen: set[str] = set()
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - whatever was typed
            out.files.append(path)
            continue
        out.folders, out.by_year = True, not _YEAR.fullmatch(to.name)
        for file in _inside(path):
            if is_read(file.name) and str(file) not in seen:
                seen.add(str(file))
                out.files.append(file)
            elif not is_read(file.name):
                out.passed[file.suffix.lower()] += 1
    return out


def _inside(folder: Path) -> Iterator[Path]:
    """The files of a folder and those in it, by name; what Office keeps beside them is not."""
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(above, n) for n in sorted(names) if not n.startswith(_OF_OFFICE))


def is_read(name: str) -> bool:
    """Whether a file of that name may be a report that can be imported."""
    return Path(name).suffix.lower() in _READ and not name.endswith(REVIEW)


@dataclass(slots=True)
class Run:
    """How the files are read and where the forms go."""

    to: Path
    asked: Asked
    force: bool = False
    workers: int = 1
    debug: bool = False
    by_year: bool = False
    made: dict[str, tuple[Path, int]] = field(default_factory=dict)
    moment: dt.datetime = field(default_factory=dt.datetime.now)
    """When it began: what it replaces lies together."""
    """Each form of this run by its folded path: the file that it was made from, and its year."""

    def each(self, files: Sequence[Path], progress: Progress | None = None) -> Iterator[Imported]:
        """What came of each, in the order of the files."""
        with Pool(max(1, min(self.workers, len(files))), BUDGET) as pool, Converter() as office:
            for done, (path, found) in enumerate(self._taken(pool, office, files), 1):
                yield self._written(path, found)
                if progress is not None:
                    progress(path.name, done, len(files))

    def _taken(
        self, pool: Pool, office: Converter, files: Iterable[Path]
    ) -> Iterator[tuple[Path, Taken]]:
        """A few are under way for each process."""
        waiting: deque[tuple[Path, Taken | Future[Taken]]] = deque()
        for path in files:
            waiting.append((path, self._begun(pool, office, path)))
            if len(waiting) >= self.workers * IN_FLIGHT:
                yield self._ended(pool, office, *waiting.popleft())
        while waiting:
            yield self._ended(pool, office, *waiting.popleft())

    def _begun(self, pool: Pool, office: Converter, path: Path) -> Taken | Future[Taken]:
        name = shown(path.name)
        try:
            data = office.readable(read_bytes(path), name)
        except EnvironmentProblemError as error:
            return Taken(name, fault=str(error))
        if isinstance(data, Finding):
            return refused(name, data)
        return pool.submit(taken, data, name, self.asked, self.debug)

    def _ended(
        self, pool: Pool, office: Converter, path: Path, work: Taken | Future[Taken]
    ) -> tuple[Path, Taken]:
        """What came of it; where somebody ended its process it is done once more."""
        try:
            return path, work if isinstance(work, Taken) else work.result()
        except DiedError as died:
            again = self._begun(pool, office, path) if died.killed else None
            if again is None:
                return path, not_finished(shown(path.name), died)
        try:
            return path, again if isinstance(again, Taken) else again.result()
        except DiedError as died:
            return path, not_finished(shown(path.name), died)

    # -- in this process -------------------------------------------------------------------------

    def _written(self, path: Path, found: Taken) -> Imported:
        kept = replace(found, form=None)
        if found.form is None or found.agency is None or found.year is None:
            return Imported(path, kept, fault=found.fault)
        folder = self.to / str(found.year) if self.by_year else self.to
        target = folder / f"{safe_name(found.agency)}.xlsx"
        page = target.with_name(target.stem + REVIEW) if found.form.page else None
        fault = self._in_the_way(path, found.year, target, page)
        if fault is not None:
            return Imported(path, kept, fault=fault)
        try:
            replaced.replace(target, found.form.workbook, self.moment)
        except EnvironmentProblemError as error:
            return Imported(path, kept, fault=str(error))
        self.made[folded(str(target))] = path, found.year
        try:
            if page is not None and found.form.page is not None:
                write_whole(page, found.form.page)
        except EnvironmentProblemError as error:
            return Imported(path, kept, target, fault=str(error))
        return Imported(path, kept, target, page)

    def _in_the_way(self, path: Path, year: int, target: Path, page: Path | None) -> str | None:
        """Why the form is not written; nothing that is there is written over unasked, and what
        this run has written never."""
        named, said = self.to.name, shown(str(path))
        if (first := self.made.get(folded(str(target)))) is not None:
            return _twice(said, year, first, target)
        if _YEAR.fullmatch(named) and year != int(named):
            other = self.to.with_name(str(year))
            return (
                f"{said} 是{year}年度的，没有放进 {self.to}；请导入到 {other}，"
                "年度认错了的用 --year 写明。"
            )
        there = [one for one in (target, page) if one is not None and one.exists()]
        return told_existing(there) if there and not self.force else None


def _twice(said: str, year: int, first: tuple[Path, int], target: Path) -> str:
    """Why the second of two files that come to one form is not imported."""
    source, other = first
    begins = f"{said} 与 {shown(str(source))} 的填报表同名（{target.name}）"
    if year != other:
        return (
            f"{begins}，前一份是{other}年度的，这一份是{year}年度的，没有导入；"
            "把几个年度的报告放在一个文件夹里，导入那个文件夹，就会按年度分开放。"
        )
    return (
        f"{begins}，都是{year}年度的，只用了前一份，这一份没有导入；"
        "看清该用哪一份，另一份移走，或者单独导入到别的文件夹。"
    )
