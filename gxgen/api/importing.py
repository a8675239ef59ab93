"""Records that become filled workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.errors import GxgenError, UsageError

if TYPE_CHECKING:
    from gxgen.diagnostics import Diagnostic, Finding
    from gxgen.model.report import Report


@dataclass(frozen=True, slots=True)
class Imported:
    """One imported file: the workbook written, or why there is none."""

    source: Path
    target: Path | None
    diagnostics: tuple[Diagnostic, ...]
    fault: str | None = None


def import_reports(files: Sequence[Path], *, to: Path, force: bool = False) -> list[Imported]:
    """Turn records (.json as ``show`` prints) into filled workbooks in folder ``to``.

    A file that cannot be imported, or whose target exists, is told and does not stop the others.
    """
    out = []
    for path in files:
        try:
            out.append(_import_one(path, to, force))
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


def _import_one(path: Path, to: Path, force: bool) -> Imported:
    from gxgen.county.files import safe_name, write_whole
    from gxgen.county.unit import diagnosed
    from gxgen.form.write.workbook import blank_workbook

    report, findings = _record(path)
    diagnostics = diagnosed(findings, report, path.name)
    if report is None:
        return Imported(path, None, diagnostics)
    target = to / f"{safe_name(report.agency.name)}.xlsx"
    refuse_existing([target], force)
    form = blank_workbook(report.edition, report.year, agency=report.agency, fill=report)
    write_whole(target, form)
    return Imported(path, target, diagnostics)


def _record(path: Path) -> tuple[Report | None, list[Finding]]:
    from gxgen.county.files import read_bytes
    from gxgen.model.record_text import parse_record

    if path.suffix.lower() != ".json":
        raise UsageError(f"{path.name}：目前只能导入 .json（gxgen show 输出的格式）。")
    return parse_record(read_bytes(path), path.name)
