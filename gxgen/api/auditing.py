"""Finished reports judged, and held against the workbook that they were built from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.errors import UsageError

if TYPE_CHECKING:
    from gxgen.audit.judged import Audit
    from gxgen.county.imports.office import Converter
    from gxgen.model.report import Report
    from gxgen.published.reader import Asked
    from gxgen.published.readings import ReadReport


def audit(
    files: Sequence[Path],
    *,
    agency: str | None = None,
    year: int | None = None,
    edition: str | None = None,
    built_from: Path | None = None,
) -> list[Audit]:
    """Judge finished reports, ours or a stranger's; ``built_from``: a form or a record that the one
    report was built from. ``agency``, ``year`` and ``edition`` say what a report does not say.

    Raises:
        UsageError: one agency or one workbook for several files, no such edition, year or
            workbook, or the workbook is another report's.
        EnvironmentProblemError: a file cannot be read.
    """
    from gxgen.api.comparing import opened
    from gxgen.api.importing import asked_of
    from gxgen.audit.judged import audited
    from gxgen.county.imports.office import Converter

    asked = asked_of(files, agency, year, edition)
    if built_from is not None and len(files) > 1:
        raise UsageError("--against 写的是一份填报表，一次只能比对由它生成的一份报告。")
    built = None if built_from is None else opened(built_from)
    audits = []
    with Converter() as office:
        for path in files:
            read, converted = _read(office, path, asked)
            if built is not None:
                _refuse_another(built, read)
            audits.append(audited(read, built, converted=converted))
    return audits


def _read(office: Converter, path: Path, asked: Asked) -> tuple[ReadReport, bool]:
    """A report as import reads it, and whether LibreOffice had to convert it."""
    from gxgen.county.files import read_bytes
    from gxgen.published.formed import read_file
    from gxgen.published.readings import ReadReport

    data = read_bytes(path)
    readable = office.readable(data, path.name)
    if isinstance(readable, bytes):
        return read_file(readable, path.name, asked), readable != data
    return ReadReport(path.name, None, findings=(readable,)), False


def _refuse_another(built: Report, read: ReadReport) -> None:
    """A workbook of another agency and another year is no report's that was altered since."""
    from gxgen.model.numbering import fold

    report = read.report
    if report is None or built.year == report.year:
        return
    if fold(built.agency.name) != fold(report.agency.name):
        raise UsageError(
            f"{read.file} 是“{report.title}”，填报表却是“{built.title}”的：不是同一份报告。"
        )


def written(audits: Sequence[Audit], kind: str) -> str:
    """Audits as ``text`` or ``json``, for a file."""
    import json

    from gxgen.show.audit.record import audits_record
    from gxgen.show.audit.text import audits_text

    if kind == "text":
        return audits_text(audits) + "\n"
    return json.dumps(audits_record(audits), ensure_ascii=False, indent=1) + "\n"


def pages(audits: Sequence[Audit], output: Path | None, *, force: bool = False) -> list[Path]:
    """A page a report: into the file ``output``, of several into this folder, without it beside
    where the command runs, named as the reports.

    Raises:
        UsageError: the name is not that of a page, or a file exists and ``force`` is off.
        EnvironmentProblemError: one cannot be written.
    """
    from gxgen.api.importing import refuse_existing
    from gxgen.county.files import safe_name, write_whole
    from gxgen.show.audit.page import audit_page

    if len(audits) == 1 and output is not None and not output.is_dir():
        if output.suffix.lower() not in PAGE:
            raise UsageError(f"{output}：网页的文件名要以 {'、'.join(PAGE)} 结尾。")
        targets = [output]
    else:
        folder = output or Path()
        targets = [folder / f"{safe_name(Path(one.file).stem)}.审读.html" for one in audits]
    if len(set(targets)) < len(targets):
        raise UsageError("几份报告的文件名相同，网页会互相覆盖；请分开审读。")
    refuse_existing(targets, force)
    for one, target in zip(audits, targets, strict=True):
        write_whole(target, audit_page(one))
    return targets


PAGE = (".html", ".htm")
"""How the names of pages end."""
