"""Records that become filled workbooks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.errors import GxgenError, UsageError

if TYPE_CHECKING:
    from gxgen.diagnostics import Diagnostic


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
    from gxgen.model.record_parse import from_record

    report, findings = from_record(_json(path), path.name)
    diagnostics = diagnosed(findings, report, path.name)
    if report is None:
        return Imported(path, None, diagnostics)
    target = to / f"{safe_name(report.agency.name)}.xlsx"
    refuse_existing([target], force)
    form = blank_workbook(report.edition, report.year, agency=report.agency, fill=report)
    write_whole(target, form)
    return Imported(path, target, diagnostics)


def _json(path: Path) -> object:
    from gxgen.county.files import read_bytes

    if path.suffix.lower() != ".json":
        raise UsageError(f"{path.name}：目前只能导入 .json（gxgen show 输出的格式）。")
    data = read_bytes(path)
    try:
        return json.loads(data.decode("utf-8-sig"), parse_float=str)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        line = f"：第{error.lineno}行" if isinstance(error, json.JSONDecodeError) else ""
        raise UsageError(f"{path} 不是有效的 JSON{line}。") from None
