"""One file, from bytes to the form that it becomes: read, carried over, drawn for review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from gxgen.checks.registry import diagnose
from gxgen.diagnostics import Diagnostic, Finding, worst_first
from gxgen.errors import GxgenError
from gxgen.published.reader import Asked

if TYPE_CHECKING:
    from gxgen.model.report import Report
    from gxgen.published.readings import ReadReport

RECORD = ".json"
CERTAINTIES = {
    "exact": "确实",
    "counted": "按次序",
    "mended": "整理过",
    "blank": "原文空白",
    "refused": "没有读入",
    "absent": "原文没有",
}
"""What can become of a figure, as the summary calls it."""


class Form(NamedTuple):
    """What is written: the workbook, and the page on which its reading can be looked through."""

    workbook: bytes
    page: bytes | None


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one file, small enough to travel.

    ``edition`` is the form that it was printed in; ``counts`` says how many of its figures came to
    each of :data:`CERTAINTIES`, and is empty for a record; ``missing``, how many cells of the form
    have no figure though the source does not leave them blank. ``fault`` is a trouble outside the
    data.
    """

    name: str
    agency: str | None = None
    year: int | None = None
    edition: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    missing: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()
    form: Form | None = None
    fault: str | None = None
    crashed: bool = False


def taken(data: bytes, name: str, asked: Asked, debug: bool = False) -> Taken:
    """What becomes of a file's bytes; ``name`` is what it is called. For any process.

    Whatever happens, the others go on: a trouble becomes a sentence, unless ``debug`` asks for the
    traceback.
    """
    try:
        if name.lower().endswith(RECORD):
            return _record(data, name)
        return _published(data, name, asked)
    except GxgenError as error:
        return Taken(name, fault=f"{name}：{error}")
    except MemoryError:  # its process has no room left
        raise
    except Exception as error:  # one file's mishap must not stop the others
        if debug:
            raise
        said = f"{name}：程序自身出错（{type(error).__name__}），没有导入；其他文件不受影响。"
        return Taken(name, fault=said, crashed=True)


def not_finished(name: str, how: object) -> Taken:
    """What is said of a file whose process came to an end; ``how``, as half a sentence."""
    return refused(name, Finding("GX722", f"处理{name}的进程{how}，没有导入。"))


def refused(name: str, found: Finding) -> Taken:
    """What is said of a file that nobody can read."""
    return Taken(name, diagnostics=(diagnose(found, agency=None, year=None, file=name),))


def _record(data: bytes, name: str) -> Taken:
    from gxgen.model.record_text import parse_record

    report, findings = parse_record(data, name)
    return _made(name, report, findings, report.edition.id if report else None)


def _published(data: bytes, name: str, asked: Asked) -> Taken:
    """A published report in the form of its year, and what is to be said of it."""
    from gxgen.published.formed import formed, read_file

    read = read_file(data, name, asked)
    report, findings = formed(read)
    printed = read.report.edition.id if read.report else None
    return _made(name, report, findings, printed, read)


def _made(
    name: str,
    report: Report | None,
    findings: list[Finding],
    edition: str | None,
    read: ReadReport | None = None,
) -> Taken:
    agency, year = (report.agency.name, report.year) if report else (None, None)
    told = worst_first(diagnose(f, agency=agency, year=year, file=name) for f in findings)
    form = None if report is None else _form(report, read)
    missing = 0 if report is None or read is None else _missing(report, read)
    return Taken(name, agency, year, edition, _counts(read), missing, tuple(told), form)


def _form(report: Report, read: ReadReport | None) -> Form:
    from gxgen.form.write.workbook import blank_workbook
    from gxgen.show.published.review import review_page

    workbook = blank_workbook(report.edition, report.year, agency=report.agency, fill=report)
    return Form(workbook, None if read is None else review_page(read, report))


def _missing(report: Report, read: ReadReport) -> int:
    """How many cells of the form somebody must fill in: refused, absent, or of another edition."""
    readings = read.figures.readings if read.figures else {}
    return sum(
        entry.value is None and (key not in readings or readings[key].value is not None)
        for key, entry in report.entries.items()
    )


def _counts(read: ReadReport | None) -> dict[str, int]:
    """How many figures came to each certainty."""
    if read is None or read.figures is None:
        return {}
    counts = Counter(one.certainty.value for one in read.figures.readings.values())
    counts["refused"] = sum(len(one.keys) for one in read.figures.refusals)
    counts["absent"] = sum(len(one.keys) for one in read.figures.absent)
    return dict(counts)
