"""What the commands print: data on stdout, progress and remarks on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gxgen.diagnostics import Diagnostic, has_errors
from gxgen.errors import UsageError
from gxgen.show.text import counts_text, findings_text, record_text

if TYPE_CHECKING:
    from gxgen.api import Imported
    from gxgen.cli.app import Shape
    from gxgen.county.batch import Progress, Result, UnitResult
    from gxgen.county.unit import Checked


def progress(quiet: bool) -> Progress | None:
    """A line that names the agency in work: rewritten in a terminal, plain elsewhere."""
    if quiet:
        return None
    if sys.stderr.isatty():
        return lambda name: print(f"\r\x1b[K正在处理 {name}", end="", file=sys.stderr, flush=True)
    return lambda name: print(f"正在处理 {name}", file=sys.stderr)


def end_progress() -> None:
    """Clear the progress line of a terminal."""
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def build_shape(formats: str) -> Shape:
    """``--format`` of ``build``: documents to write, or ``text``/``json`` for the result itself.

    Raises:
        UsageError: an unknown format.
    """
    from gxgen.cli.app import Shape
    from gxgen.county.project import FORMATS

    named = [part.strip().lower() for part in formats.split(",") if part.strip()]
    unknown = [n for n in named if n not in FORMATS and n not in list(Shape)]
    if unknown:
        raise UsageError(
            f"不认识的格式：{'、'.join(unknown)}。可用：{'、'.join((*FORMATS, *Shape))}。"
        )
    return Shape.JSON if Shape.JSON in named else Shape.TEXT


def print_json(data: object) -> None:
    """JSON on stdout and nothing else."""
    print(json.dumps(data, ensure_ascii=False, indent=1))


def findings_json(diagnostics: Sequence[Diagnostic], checked: int) -> dict[str, Any]:
    """The JSON of ``check``."""
    return {"findings": [d.as_json() for d in diagnostics], "checked": checked}


def build_json(result: Result) -> dict[str, Any]:
    """The JSON of ``build``: findings, and what became of each unit."""
    end_progress()
    return {
        **findings_json(result.diagnostics, len(result.units)),
        "units": [
            {
                "agency": _name(unit),
                "input": str(unit.job.workbook),
                "outcome": unit.outcome,
                "outputs": [str(path) for path in unit.outputs],
                "faults": list(unit.faults),
            }
            for unit in result.units
        ],
    }


def print_check(result: Result) -> None:
    """Findings by agency, then one line that sums up."""
    end_progress()
    for unit in result.units:
        _print_unit(unit)
    passed = sum(unit.checked.passed for unit in result.units)
    failed = len(result.units) - passed
    tail = f"，{failed} 份有错误，需改正" if failed else ""
    print(f"核对了 {len(result.units)} 份：{passed} 份可以成文{tail}。")


def print_build(result: Result) -> None:
    """Findings by agency, the files written, then one line that sums up."""
    end_progress()
    for unit in result.units:
        _print_unit(unit)
        for path in unit.outputs:
            print(f"  已生成 {path}")
        for fault in unit.faults:
            print(f"  {fault}", file=sys.stderr)
    for county, year, agency in result.missing:
        print(f"  未报送：{county.name} {agency.name}（{year}年度）")
    built = sum(unit.outcome == "built" for unit in result.units)
    refused = len(result.units) - built
    tail = f"，{refused} 份没有生成，请按上面的提示改正后重新运行" if refused else ""
    print(f"共 {len(result.units)} 份：生成 {built} 份报告{tail}。")


def print_record(record: dict[str, Any] | None, checked: Checked, *, as_json: bool) -> None:
    """What ``show`` read, or why nothing could be read."""
    if record is None or checked.report is None:
        if as_json:
            print_json(findings_json(checked.diagnostics, 1))
        else:
            print(findings_text(checked.diagnostics, colour=_colour()))
        return
    if as_json:
        print_json(record)
        return
    edition = checked.report.edition
    tables = [
        (form.sheet, [k for k, f in edition.fields.items() if f.table == form.key])
        for form in edition.tables
    ]
    print(record_text(record, tables))
    if checked.diagnostics:
        print("\n" + findings_text(checked.diagnostics, colour=_colour()))


def print_imported(imported: Sequence[Imported], *, as_json: bool) -> None:
    """The workbooks written and the findings of each source."""
    if as_json:
        findings = [d for one in imported for d in one.diagnostics]
        written = [str(one.target) for one in imported if one.target]
        print_json({**findings_json(findings, len(imported)), "written": written})
        return
    for one in imported:
        print(f"{one.source.name}  {counts_text(one.diagnostics)}")
        if one.diagnostics:
            print(findings_text(one.diagnostics, colour=_colour()))
        if one.target:
            print(f"  已生成 {one.target}")


def print_template(checked: Sequence[tuple[str, list[Diagnostic]]], *, as_json: bool) -> int:
    """Each template with its faults; returns the exit status."""
    faults = [d for _, found in checked for d in found]
    if as_json:
        print_json(findings_json(faults, len(checked)))
    else:
        for name, found in checked:
            print(f"{name}  {counts_text(found)}")
            if found:
                print(findings_text(found, colour=_colour()))
    return 1 if has_errors(faults) else 0


def _print_unit(unit: UnitResult) -> None:
    diagnostics = unit.checked.diagnostics
    print(f"{_name(unit)}  {counts_text(diagnostics)}  （{unit.job.workbook}）")
    if diagnostics:
        print(findings_text(diagnostics, colour=_colour()))


def _name(unit: UnitResult) -> str:
    report = unit.checked.report
    return f"{report.agency.name} {report.year}年" if report else unit.job.workbook.name


def _colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
