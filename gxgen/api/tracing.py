"""Where the numbers of a report come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.errors import UsageError

if TYPE_CHECKING:
    from gxgen.checks.trace import Trace
    from gxgen.county.agency_year import Filing, Judgement
    from gxgen.county.origin import Origin

_DOCUMENTS = (".docx", ".doc", ".html", ".htm", ".pdf")


def trace(
    workbook: Path,
    number: str | None = None,
    *,
    last_year: Path | None = None,
    tell: Callable[[str], None] | None = None,
) -> tuple[Trace | None, Judgement]:
    """Every number of a form and of its text, or those that are ``number`` (or stand in that
    cell), with what checked them; no trace where the form cannot be read.

    In place of a form a report that was built may be named: that form is traced which it was built
    from, if neither has changed since. ``tell`` hears a sentence on which form that is.

    Raises:
        UsageError: there is no such file, it is no form and no report that was built here, one of
            them was changed since, or ``number`` is none.
        EnvironmentProblemError: it cannot be read.
    """
    from gxgen.checks.trace import narrowed
    from gxgen.checks.trace import trace as traced
    from gxgen.county.around import read
    from gxgen.county.unit import check_unit

    filing, said = _filing(workbook, last_year)
    if said and tell is not None:
        tell(said)
    judged = check_unit(read(filing))
    if judged.report is None:
        return None, judged
    whole = traced(judged.report, judged.findings)
    return (whole if number is None else narrowed(whole, number)), judged


def _filing(given: Path, last_year: Path | None) -> tuple[Filing, str]:
    """The filing that is meant, and a sentence where it was found by its report."""
    from gxgen.api import OUTPUT
    from gxgen.county.origin import origin
    from gxgen.county.plan import plan

    if given.is_dir():
        raise UsageError(f"{given} 是文件夹；请写一份填报表（.xlsx），或者一份生成的报告。")
    if given.suffix.lower() not in _DOCUMENTS:
        return plan([given], OUTPUT, previous=last_year)[0], ""
    source = origin(given)
    found = _found(source)
    filing = plan([found], OUTPUT, previous=last_year)[0]
    source.refuse_changed(filing)
    sure = "，两者生成以后都没有改过" if source.outcome else "；不知道这份填报表在生成以后改过没有"
    return filing, f"{given.name} 由填报表 {found} 生成{sure}。"


def _found(source: Origin) -> Path:
    """The form's file.

    Raises:
        UsageError: it is not there any more, or nobody knows where.
    """
    if source.outcome is not None:
        if source.workbook.is_file():
            return source.workbook
        raise UsageError(f"{source.report.name} 由 {source.workbook} 生成，现在没有这个文件了。")
    for path in _nearby(source):
        return path
    raise UsageError(
        f"{source.report.name} 由填报表 {source.workbook.name} 生成，没有找到它；请写它的路径。"
    )


def _nearby(source: Origin) -> Iterator[Path]:
    """Forms of the name that the manifest has, which would be built into the report's folder.

    A manifest may come from anywhere: its paths are not followed.
    """
    from gxgen.api import default_inputs
    from gxgen.county.plan import plan

    home, name = source.report.parent.resolve(), source.workbook.name
    for output in (home, home.parent, home.parent.parent):
        for inputs in (default_inputs(), output.parent / "inputs"):
            try:
                filings = plan([inputs], output, year=_year(home)) if inputs.is_dir() else []
            except UsageError:
                continue
            here = (one for one in filings if one.home.resolve() == home)
            yield from (one.path for one in here if one.name == name)


def _year(home: Path) -> int | None:
    name = home.name
    return int(name) if name.isascii() and name.isdigit() and len(name) == 4 else None


def write_page(whole: Trace, path: Path, *, force: bool = False) -> None:
    """A trace as one self-contained page.

    Raises:
        UsageError: the name is no page's, or the file exists and ``force`` is off.
    """
    from gxgen.api.importing import refuse_existing
    from gxgen.county.files import write_whole
    from gxgen.show.trace.page import trace_page

    if path.suffix.lower() not in (".html", ".htm"):
        raise UsageError(f"{path}：网页的文件名要以 .html 结尾。")
    refuse_existing([path], force)
    write_whole(path, trace_page(whole))
