"""Records and published reports that become filled workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.errors import GxgenError, UsageError

if TYPE_CHECKING:
    from gxgen.diagnostics import Diagnostic, Finding
    from gxgen.model.report import Report
    from gxgen.published.reader import Asked

_RECORD = ".json"


@dataclass(frozen=True, slots=True)
class Imported:
    """One imported file: the workbook written, or why there is none."""

    source: Path
    target: Path | None
    diagnostics: tuple[Diagnostic, ...]
    fault: str | None = None


def import_reports(
    files: Sequence[Path],
    *,
    to: Path,
    force: bool = False,
    agency: str | None = None,
    year: int | None = None,
    edition: str | None = None,
) -> list[Imported]:
    """Turn published reports, and records as ``show`` prints, into filled workbooks in ``to``.

    A published report is .docx, a web page, PDF with text, or text; ``agency``, ``year`` and
    ``edition`` say what it does not say, or says wrongly. A file that cannot be imported, or whose
    target exists, is told and does not stop the others.

    Raises:
        UsageError: one agency is named for several files, or there is no such edition or year.
    """
    asked = _asked(files, agency, year, edition)
    out = []
    for path in files:
        try:
            out.append(_import_one(path, to, force, asked))
        except GxgenError as error:
            out.append(Imported(path, None, (), str(error)))
    return out


def refuse_existing(paths: Sequence[Path], force: bool) -> None:
    """Nothing that is there is written over unasked.

    Raises:
        UsageError: a file exists and ``force`` is off.
    """
    there = [path for path in paths if path.exists() and not force]
    if there:
        listed = "\n".join(f"  {path}" for path in there)
        raise UsageError(f"已有同名文件，没有覆盖；确要覆盖请加 --force：\n{listed}")


def _asked(
    files: Sequence[Path], agency: str | None, year: int | None, edition: str | None
) -> Asked:
    """What the user says of the reports, if it can be so."""
    from gxgen.api.choosing import chosen_edition
    from gxgen.editions.declared import PUBLISHED_EDITIONS
    from gxgen.published.reader import Asked

    if agency is not None and len(files) > 1:
        raise UsageError("--agency 写的是一个单位，一次只能导入它的一份报告。")
    if agency is not None and not (agency.strip() and agency.isprintable()):
        raise UsageError("--agency 写的单位名称是空的，或者含有看不见的字符。")
    if year is not None:
        chosen_edition(year)
    if edition is not None and edition not in PUBLISHED_EDITIONS:
        known = "、".join(PUBLISHED_EDITIONS)
        raise UsageError(f"没有“{edition}”这一版格式。可用：{known}。")
    return Asked(agency and agency.strip(), year, edition)


def _import_one(path: Path, to: Path, force: bool, asked: Asked) -> Imported:
    from gxgen.county.files import safe_name
    from gxgen.county.replaced import write_form
    from gxgen.county.unit import diagnosed
    from gxgen.form.write.workbook import blank_workbook

    read = _record if path.suffix.lower() == _RECORD else _published
    report, findings = read(path, asked)
    diagnostics = diagnosed(findings, report, path.name)
    if report is None:
        return Imported(path, None, diagnostics)
    target = to / f"{safe_name(report.agency.name)}.xlsx"
    refuse_existing([target], force)
    form = blank_workbook(report.edition, report.year, agency=report.agency, fill=report)
    write_form(target, form)
    return Imported(path, target, diagnostics)


def _record(path: Path, _asked: Asked) -> tuple[Report | None, list[Finding]]:
    from gxgen.county.files import read_bytes
    from gxgen.model.record_text import parse_record

    return parse_record(read_bytes(path), path.name)


def _published(path: Path, asked: Asked) -> tuple[Report | None, list[Finding]]:
    """A published report in the form of its year, and what is to be said of it."""
    from gxgen.api.choosing import chosen_edition
    from gxgen.county.files import read_bytes
    from gxgen.published.carried import carried_into
    from gxgen.published.reader import read_published

    read = read_published(read_bytes(path), path.name, asked)
    if read.report is None:
        return None, list(read.findings)
    report, left = carried_into(chosen_edition(read.report.year), read.report)
    return report, [*read.findings, *left]
