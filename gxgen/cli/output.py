"""What the commands print: data on stdout, progress and remarks on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gxgen.cli.shape import Shape
from gxgen.county.outputs import RETURNS
from gxgen.diagnostics import Diagnostic, has_errors
from gxgen.errors import UsageError
from gxgen.show.text import counts_text, findings_text, record_text

_BAR = 24
DEBUG = "GXGEN_DEBUG"

if TYPE_CHECKING:
    from gxgen.api import Imported
    from gxgen.api.designing import CheckedTemplate
    from gxgen.county.batch import Progress
    from gxgen.county.fate import UnitResult
    from gxgen.county.result import Result
    from gxgen.county.unit import Checked
    from gxgen.render.fonts.doctor import DoctorReport


def progress(quiet: bool) -> Progress | None:
    """A bar that names the agency just done in a terminal, plain lines elsewhere."""
    if quiet:
        return None
    if sys.stderr.isatty():
        return _draw_bar
    return lambda name, done, total: print(f"[{done}/{total}] {name}", file=sys.stderr)


def _draw_bar(name: str, done: int, total: int) -> None:
    """``[████████░░░░] 34/100 某某县财政局`` on one line that is written over."""
    filled = _BAR * done // max(total, 1)
    bar = "█" * filled + "░" * (_BAR - filled)
    print(f"\r\x1b[K[{bar}] {done}/{total} {name}", end="", file=sys.stderr, flush=True)


def debugging() -> bool:
    """Whether ``--debug`` was given; it is taken off before the command is parsed."""
    return os.environ.get(DEBUG) == "1"


def end_progress() -> None:
    """Clear the progress line of a terminal."""
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def build_shape(formats: str) -> tuple[Shape, tuple[str, ...]]:
    """``--format`` of ``build``: ``text``/``json`` for the result itself, and documents to write.

    Raises:
        UsageError: an unknown format.
    """
    from gxgen.render.formats import FORMATS

    named = [part.strip().lower() for part in formats.split(",") if part.strip()]
    unknown = [n for n in named if n not in FORMATS and n not in list(Shape)]
    if unknown:
        raise UsageError(
            f"不认识的格式：{'、'.join(unknown)}。可用：{'、'.join((*FORMATS, *Shape))}。"
        )
    documents = tuple(dict.fromkeys(n for n in named if n in FORMATS))
    return (Shape.JSON if Shape.JSON in named else Shape.TEXT), documents


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
        **findings_json(
            [*result.diagnostics, *(d for _, _, found in result.rollups for d in found)],
            len(result.units),
        ),
        "units": [
            {
                "agency": unit.record.agency,
                "year": unit.record.year,
                "input": str(unit.job.workbook),
                "outcome": unit.outcome,
                "outputs": [str(path) for path in unit.outputs],
                "faults": list(unit.faults),
                "causes": list(unit.causes),
            }
            for unit in result.units
        ],
        **_changes_json(result),
    }


def _changes_json(result: Result) -> dict[str, list[str]]:
    """What no longer stands, what failed for the county, and what is worth knowing."""
    return {
        "removed": [str(path) for path in result.removed],
        "faults": list(result.faults),
        "remarks": list(result.remarks),
    }


def print_check(result: Result) -> None:
    """Findings by agency, then one line that sums up."""
    end_progress()
    for unit in result.units:
        _print_unit(unit)
    passed = sum(unit.passed for unit in result.units)
    failed = len(result.units) - passed
    tail = f"，{failed} 份有错误，需改正" if failed else ""
    print(f"核对了 {len(result.units)} 份：{passed} 份可以成文{tail}。")


def print_build(result: Result, *, why: bool) -> None:
    """Findings by agency, the files written, then one line that sums up."""
    end_progress()
    for unit in result.units:
        if unit.outcome != "unchanged" or not unit.passed:
            _print_unit(unit)
            _print_built(unit, why)
    _print_changes(result)
    for county, year, agency in result.missing:
        word = "逾期未报" if county in result.late else "未报送"
        print(f"  {word}：{county.name} {agency.name}（{year}年度）")
    for county, year, found in result.rollups:
        print(f"{county.name} {year}年汇总  {counts_text(found)}")
        print(findings_text(found, colour=_colour()))
    for fault in result.faults:
        print(f"  {fault}", file=sys.stderr)
    for remark in result.remarks:
        print(f"  {remark}")
    print(_summary(result))


def _print_changes(result: Result) -> None:
    """What no longer stands under its name."""
    for path in result.set_aside:
        print(f"  原有文件被人改过，已改名保留：{path}")
    for path in result.removed:
        print(f"  不再有效，已撤下：{path}")


def _print_built(unit: UnitResult, why: bool) -> None:
    if why and unit.causes:
        print(f"  原因：{'、'.join(unit.causes)}")
    if unit.outcome in ("built", "refused"):
        for path in unit.outputs:
            print(f"  {'退回件' if path.parent.name == RETURNS else '已生成'} {path}")
    for fault in unit.faults:
        print(f"  {fault}", file=sys.stderr)


def _summary(result: Result) -> str:
    counts = Counter(unit.outcome for unit in result.units)
    said = [f"共 {len(result.units)} 份：生成 {counts['built']} 份报告"]
    undone = sum(bool(unit.faults) and unit.outcome == "built" for unit in result.units)
    if undone:
        said.append(f"其中 {undone} 份还缺文件，原因见上")
    if counts["unchanged"]:
        said.append(f"{counts['unchanged']} 份没有变化，不必重做")
    if counts["refused"]:
        said.append(f"{counts['refused']} 份没有生成，请按上面的提示改正后重新运行")
    return "，".join(said) + "。"


def print_rollup(result: Result, *, as_json: bool) -> int:
    """What the roll-up found and wrote; returns the exit status."""
    end_progress()
    found = [d for _, _, diagnostics in result.rollups for d in diagnostics]
    files = [
        path for path in result.county_outputs if path.name not in ("index.html", "build.json")
    ]
    if as_json:
        written = [str(path) for path in files]
        said = {**findings_json(found, len(result.units)), "outputs": written}
        print_json({**said, **_changes_json(result)})
    else:
        if found:
            print(findings_text(found, colour=_colour()))
        for path in files:
            print(f"  已生成 {path}")
        _print_changes(result)
        print(f"汇总了 {sum(unit.passed for unit in result.units)} 份，{counts_text(found)}。")
    faults = [*(fault for unit in result.units for fault in unit.faults), *result.faults]
    for fault in faults:
        print(f"  {fault}", file=sys.stderr)
    if faults:
        return result.exit_status
    return 1 if has_errors(found) else 0


def print_doctor(report: DoctorReport, *, as_json: bool) -> int:
    """What the machine has; returns the exit status."""
    from gxgen.show.doctor import doctor_text

    if as_json:
        print_json(report.as_json())
    else:
        print(doctor_text(report))
    return 0 if report.healthy else 1


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
        faults = [one.fault for one in imported if one.fault]
        said = {**findings_json(findings, len(imported)), "written": written, "faults": faults}
        print_json(said)
        return
    for one in imported:
        if one.fault:
            print(one.fault, file=sys.stderr)
            continue
        print(f"{one.source.name}  {counts_text(one.diagnostics)}")
        if one.diagnostics:
            print(findings_text(one.diagnostics, colour=_colour()))
        if one.target:
            print(f"  已生成 {one.target}")


def print_template(checked: Sequence[CheckedTemplate], *, as_json: bool) -> int:
    """Each template with its faults; returns the exit status."""
    faults = [d for one in checked for d in one.found]
    if as_json:
        print_json(findings_json(faults, len(checked)))
    else:
        for path, found, source in checked:
            print(f"{path.name}{source and f'（{source}）'}  {counts_text(found)}")
            if found:
                print(findings_text(found, colour=_colour()))
    return 1 if has_errors(faults) else 0


def _print_unit(unit: UnitResult) -> None:
    diagnostics = unit.diagnostics
    said = "没有做完" if unit.faults and not diagnostics else counts_text(diagnostics)
    print(f"{_name(unit)}  {said}  （{unit.job.workbook}）")
    if diagnostics:
        print(findings_text(diagnostics, colour=_colour()))


def _name(unit: UnitResult) -> str:
    record = unit.record
    return f"{record.agency} {record.year}年" if record.year else unit.job.workbook.name


def _colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
