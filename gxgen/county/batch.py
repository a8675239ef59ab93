"""Many units, one after the other: each stands alone, and what it did is recorded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gxgen.county.files import read_bytes, safe_name, write_whole
from gxgen.county.plan import Job
from gxgen.county.project import County
from gxgen.county.unit import Checked, Source, build_unit, check_unit
from gxgen.diagnostics import Diagnostic
from gxgen.errors import EnvironmentProblemError, GxgenError
from gxgen.model import Agency

if TYPE_CHECKING:
    from gxgen.render.template import CompiledTemplate

MANIFEST = "build.json"
DEFAULT_STYLE = "official"

Progress = Callable[[str], None]
Templates = dict[str, "CompiledTemplate"]


@dataclass(frozen=True, slots=True)
class UnitResult:
    """What became of one workbook: ``outcome`` is checked, built or refused.

    ``faults`` are troubles outside the data (a file that could not be written), as sentences.
    """

    job: Job
    checked: Checked
    outcome: str
    outputs: tuple[Path, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """All units of a run, and the agencies of the roster that filed nothing."""

    units: tuple[UnitResult, ...]
    missing: tuple[tuple[County, int, Agency], ...] = field(default=())

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """Every finding, unit by unit."""
        return [d for unit in self.units for d in unit.checked.diagnostics]

    @property
    def exit_status(self) -> int:
        """0 clean, 1 findings that block, 2 something outside the data failed."""
        if any(unit.faults for unit in self.units):
            return 2
        return 0 if all(unit.checked.passed for unit in self.units) else 1


def check_all(jobs: Sequence[Job], progress: Progress | None) -> Result:
    """Read and check every unit."""
    units = []
    for job in jobs:
        _tell(progress, job)
        units.append(_check_one(job))
    return Result(tuple(units))


def build_all(jobs: Sequence[Job], *, draft: bool, progress: Progress | None) -> Result:
    """Check every unit, write the reports of those that pass, and the manifests beside them.

    Raises:
        UsageError: a style is missing.
        TemplateError: a style's template cannot be used.
    """
    templates: dict[str, Templates] = {}
    units = []
    for job in jobs:
        _tell(progress, job)
        style = job.county.style if job.county else DEFAULT_STYLE
        if style not in templates:
            templates[style] = load_style(style)
        units.append(_build_one(job, templates[style], draft))
    result = Result(tuple(units), _missing(units))
    _write_manifests(result)
    return result


def load_style(style: str) -> Templates:
    """A style's templates by edition, compiled.

    Raises:
        UsageError: no such style.
        TemplateError: a template cannot be used.
    """
    from gxgen.render.styles import style_templates
    from gxgen.render.template import load_template

    return {
        edition.id: load_template(read_bytes(path), edition)
        for edition, path in style_templates(style)
    }


def source_of(job: Job) -> Source:
    """A job's files as bytes.

    Raises:
        EnvironmentProblemError: one of them cannot be read.
    """

    def named(path: Path | None) -> tuple[str, bytes] | None:
        return None if path is None else (path.name, read_bytes(path))

    return Source(
        job.workbook.name, read_bytes(job.workbook), named(job.neighbour), named(job.previous)
    )


def _tell(progress: Progress | None, job: Job) -> None:
    if progress is not None:
        progress(job.workbook.stem)


def _check_one(job: Job) -> UnitResult:
    try:
        return UnitResult(job, check_unit(source_of(job)), "checked")
    except EnvironmentProblemError as error:
        return UnitResult(job, Checked(None, ()), "refused", faults=(str(error),))


def _build_one(job: Job, templates: Templates, draft: bool) -> UnitResult:
    try:
        built = build_unit(source_of(job), templates, draft=draft)
    except GxgenError as error:
        return UnitResult(job, Checked(None, ()), "refused", faults=(str(error),))
    report = built.checked.report
    if report is None or not built.documents:
        return UnitResult(job, built.checked, "refused")
    folder = job.output / str(report.year)
    outputs, faults = [], []
    for suffix, data in built.documents.items():
        path = folder / f"{safe_name(report.title)}.{suffix}"
        try:
            write_whole(path, data)
            outputs.append(path)
        except EnvironmentProblemError as error:
            faults.append(str(error))
    outcome = "refused" if faults else "built"
    return UnitResult(job, built.checked, outcome, tuple(outputs), tuple(faults))


def _missing(units: Sequence[UnitResult]) -> tuple[tuple[County, int, Agency], ...]:
    """Agencies of a roster without a workbook, for counties with a year in work."""
    filed: dict[tuple[Path, int], set[str]] = {}
    homes: dict[Path, County] = {}
    for unit in units:
        if unit.job.county and unit.checked.report:
            folder, year = unit.job.county.folder, unit.checked.report.year
            homes[folder] = unit.job.county
            filed.setdefault((folder, year), set()).add(unit.checked.report.agency.name)
    return tuple(
        (homes[folder], year, agency)
        for (folder, year), names in sorted(filed.items())
        for agency in homes[folder].roster
        if homes[folder].year == year and agency.name not in names
    )


def _write_manifests(result: Result) -> None:
    """``build.json`` beside the reports: an entry an agency, in order of file names."""
    folders: dict[Path, list[dict[str, Any]]] = {}
    for unit in result.units:
        report = unit.checked.report
        year = str(report.year) if report else unit.job.workbook.parent.name
        folders.setdefault(unit.job.output / year, []).append(_entry(unit))
    for county, missed, agency in result.missing:
        home = next(u.job.output for u in result.units if u.job.county == county)
        folders.setdefault(home / str(missed), []).append(_missing_entry(agency))
    for folder, entries in folders.items():
        if folder.is_dir():
            data = json.dumps({"units": entries}, ensure_ascii=False, indent=1)
            write_whole(folder / MANIFEST, data.encode() + b"\n")


def _missing_entry(agency: Agency) -> dict[str, Any]:
    return {
        "agency": agency.name,
        "input": None,
        "outcome": "missing",
        "outputs": [],
        "findings": [],
    }


def _entry(unit: UnitResult) -> dict[str, Any]:
    report = unit.checked.report
    return {
        "agency": report.agency.name if report else unit.job.workbook.stem,
        "input": unit.job.workbook.name,
        "outcome": unit.outcome,
        "outputs": [
            {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
            for path in unit.outputs
        ],
        "findings": [d.as_json() for d in unit.checked.diagnostics],
    }
