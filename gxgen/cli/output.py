"""What the commands print: data on stdout, progress and remarks on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gxgen.cli.shape import Shape
from gxgen.diagnostics import Diagnostic, has_errors
from gxgen.errors import UsageError
from gxgen.show.text import counts_text, findings_text, record_text

_BAR = 24
DEBUG = "GXGEN_DEBUG"

if TYPE_CHECKING:
    from gxgen.api.designing import CheckedTemplate
    from gxgen.api.importing import Imported
    from gxgen.county.batch import Progress
    from gxgen.county.unit import Checked
    from gxgen.formats.doctor import DoctorReport


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
    from gxgen.formats.registry import FORMATS

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
            print(findings_text(checked.diagnostics, colour=colour()))
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
        print("\n" + findings_text(checked.diagnostics, colour=colour()))


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
            print(findings_text(one.diagnostics, colour=colour()))
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
                print(findings_text(found, colour=colour()))
    return 1 if has_errors(faults) else 0


def colour() -> bool:
    """Whether what is printed may be coloured."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
