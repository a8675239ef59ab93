"""One function a use case; the command line and scripts call these and nothing below them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gxgen.county.files import read_bytes, safe_name, write_whole
from gxgen.county.plan import Job, counties, plan
from gxgen.county.project import FILE_NAME, County, scaffold
from gxgen.diagnostics import Diagnostic, Finding
from gxgen.errors import GxgenError, UsageError

if TYPE_CHECKING:
    from gxgen.county.unit import Checked, Source
    from gxgen.editions import Edition
    from gxgen.model import Agency, Report
    from gxgen.render.template import CompiledTemplate

INPUTS = Path("inputs")
OUTPUT = Path("output")
MANIFEST = "build.json"

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class UnitResult:
    """What became of one workbook: ``outcome`` is checked, built or refused."""

    job: Job
    checked: Checked
    outcome: str
    outputs: tuple[Path, ...] = ()
    faults: tuple[str, ...] = ()
    """Troubles of the environment (a file that could not be written), as sentences."""


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


def default_inputs() -> Path:
    """Where workbooks are looked for: ``inputs/`` here, or here itself if it is a county."""
    if not INPUTS.is_dir() and Path(FILE_NAME).is_file():
        return Path()
    return INPUTS


def check(
    paths: Sequence[Path],
    *,
    year: int | None = None,
    last_year: Path | None = None,
    progress: Progress | None = None,
) -> Result:
    """Read and check workbooks; nothing is written.

    Raises:
        UsageError: a path does not exist or holds no workbook.
    """
    from gxgen.county.unit import check_unit

    jobs = plan(list(paths) or [default_inputs()], OUTPUT, year=year, previous=last_year)
    units = []
    for job in jobs:
        _tell(progress, job)
        checked = check_unit(_source(job))
        units.append(UnitResult(job, checked, "checked"))
    return Result(tuple(units))


def build(
    paths: Sequence[Path],
    *,
    output: Path = OUTPUT,
    year: int | None = None,
    last_year: Path | None = None,
    draft: bool = False,
    progress: Progress | None = None,
) -> Result:
    """Check workbooks and write the reports of those that pass.

    Raises:
        UsageError: a path does not exist or holds no workbook.
        TemplateError: a style is missing or its template cannot be used.
    """
    jobs = plan(list(paths) or [default_inputs()], output, year=year, previous=last_year)
    templates: dict[str, dict[str, CompiledTemplate]] = {}
    units = []
    for job in jobs:
        _tell(progress, job)
        style = job.county.style if job.county else "official"
        if style not in templates:
            templates[style] = _templates(style)
        units.append(_build_one(job, templates[style], draft))
    result = Result(tuple(units), _missing(units))
    _write_manifests(result)
    return result


def show(workbook: Path) -> tuple[dict[str, Any] | None, Checked]:
    """What was read from one workbook, as the record of the interface contract."""
    from gxgen.county.unit import check_unit
    from gxgen.model.record import to_record

    job = plan([workbook], OUTPUT)[0]
    checked = check_unit(_source(job))
    if checked.report is None:
        return None, checked
    return to_record(checked.report, checked.diagnostics), checked


def blank(
    names: Sequence[str],
    *,
    year: int,
    everyone: bool = False,
    output: Path | None = None,
    force: bool = False,
) -> list[Path]:
    """Write Excel forms: for agencies by name, for a whole roster, or one without a name.

    Last year's workbook, where it lies in ``../<year-1>/``, fills in last year's figures.

    Raises:
        UsageError: no edition for that year, no roster, or a file that exists already.
    """
    edition = _edition(year)
    targets = list(_blank_targets(names, year, everyone, output))
    there = [path for path, _ in targets if path.exists() and not force]
    if there:
        listed = "\n".join(f"  {path}" for path in there)
        raise UsageError(f"已有同名文件，没有覆盖；确要覆盖请加 --force：\n{listed}")
    from gxgen.workbook.blank import blank_workbook

    for path, agency in targets:
        previous = _previous_report(path, year)
        write_whole(path, blank_workbook(edition, year, agency=agency, previous=previous))
    return [path for path, _ in targets]


def init(folder: Path, *, county: str, year: int) -> Path:
    """Make a new county project; an existing one is never touched.

    Raises:
        UsageError: there is a county already, or no edition for that year.
    """
    _edition(year)
    target = folder / INPUTS / FILE_NAME
    if target.exists():
        raise UsageError(f"{target} 已经存在，没有改动它。")
    write_whole(target, scaffold(county, year).encode())
    (folder / INPUTS / str(year)).mkdir(parents=True, exist_ok=True)
    return target


@dataclass(frozen=True, slots=True)
class Imported:
    """One imported file: the workbook written, or why there is none."""

    source: Path
    target: Path | None
    diagnostics: tuple[Diagnostic, ...]


def import_reports(files: Sequence[Path], *, to: Path, force: bool = False) -> list[Imported]:
    """Turn records (.json as ``show`` prints) into filled workbooks in folder ``to``.

    Raises:
        UsageError: a file of a kind that cannot be imported, or a target that exists.
    """
    from gxgen.county.unit import diagnosed
    from gxgen.model.record import from_record
    from gxgen.workbook.blank import blank_workbook

    out = []
    for path in files:
        report, findings = from_record(_json(path), path.name)
        if report is not None:
            target = to / f"{safe_name(report.agency.name)}.xlsx"
            if target.exists() and not force:
                raise UsageError(f"{target} 已经存在，没有覆盖；确要覆盖请加 --force。")
            write_whole(
                target,
                blank_workbook(report.edition, report.year, agency=report.agency, fill=report),
            )
        else:
            target = None
        out.append(Imported(path, target, diagnosed(findings, report, path.name)))
    return out


def check_template(style: str) -> list[tuple[str, list[Diagnostic]]]:
    """Each template of a style with its faults, all of one run.

    Raises:
        UsageError: there is no such style.
    """
    from gxgen.county.unit import diagnosed
    from gxgen.render.lint import check_template as lint
    from gxgen.render.styles import style_templates

    return [
        (path.name, list(diagnosed(lint(path.read_bytes(), path.name, edition), None, path.name)))
        for edition, path in style_templates(style)
    ]


def _tell(progress: Progress | None, job: Job) -> None:
    if progress is not None:
        progress(job.workbook.stem)


def _source(job: Job) -> Source:
    from gxgen.county.unit import Source

    def named(path: Path | None) -> tuple[str, bytes] | None:
        return None if path is None else (path.name, read_bytes(path))

    return Source(
        job.workbook.name, read_bytes(job.workbook), named(job.neighbour), named(job.previous)
    )


def _build_one(job: Job, templates: dict[str, CompiledTemplate], draft: bool) -> UnitResult:
    from gxgen.county.unit import build_unit

    built = build_unit(_source(job), templates, draft=draft)
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
        except GxgenError as error:
            faults.append(str(error))
    outcome = "refused" if faults else "built"
    return UnitResult(job, built.checked, outcome, tuple(outputs), tuple(faults))


def _templates(style: str) -> dict[str, CompiledTemplate]:
    from gxgen.render.styles import style_templates
    from gxgen.render.template import load_template

    return {
        edition.id: load_template(read_bytes(path), edition)
        for edition, path in style_templates(style)
    }


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
        year = unit.checked.report.year if unit.checked.report else unit.job.workbook.parent.name
        folders.setdefault(unit.job.output / str(year), []).append(_entry(unit))
    for county, year, agency in result.missing:
        home = next(u.job.output for u in result.units if u.job.county == county)
        folders.setdefault(home / str(year), []).append(
            {
                "agency": agency.name,
                "input": None,
                "outcome": "missing",
                "outputs": [],
                "findings": [],
            }
        )
    for folder, entries in folders.items():
        data = json.dumps({"units": entries}, ensure_ascii=False, indent=1).encode()
        if any(e["outcome"] == "built" for e in entries) or folder.is_dir():
            write_whole(folder / MANIFEST, data + b"\n")


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


def _edition(year: int) -> Edition:
    from gxgen.editions import EDITIONS, edition_for_year

    edition = edition_for_year(year)
    if edition is None or year > dt.date.today().year + 1:
        first = min(e.first_year for e in EDITIONS.values())
        raise UsageError(f"年度 {year} 没有对应的表样；可用年度是{first}年到今年。")
    return edition


def _blank_targets(
    names: Sequence[str], year: int, everyone: bool, output: Path | None
) -> Iterator[tuple[Path, Agency | None]]:
    from gxgen.model import Agency

    homes = counties(default_inputs()) if default_inputs().is_dir() else []
    if everyone:
        roster = [(county, agency) for county in homes for agency in county.roster]
        if not roster:
            raise UsageError(f"没有名册：请先在 {INPUTS / FILE_NAME} 里写好 [[agency]]。")
        for county, agency in roster:
            folder = output or county.folder / str(year)
            yield folder / f"{safe_name(agency.name)}.xlsx", agency
    for name in names:
        listed = [(c, a) for c in homes if (a := c.agency(name))]
        if len(listed) > 1:
            raise UsageError(f"“{name}”在几个县的名册里都有，请写全称。")
        known = listed[0][1] if listed else Agency(name)
        home = listed[0][0] if listed else (homes[0] if len(homes) == 1 else None)
        folder = output or (home.folder / str(year) if home else Path())
        yield folder / f"{safe_name(known.name)}.xlsx", known
    if not everyone and not names:
        yield (output or Path()) / f"政府信息公开工作年度报告填报表（{year}年度）.xlsx", None


def _previous_report(path: Path, year: int) -> Report | None:
    """Last year's report, where its workbook is the new form's neighbour and readable."""
    from gxgen.workbook.read import read_workbook

    before = path.parent.parent / str(year - 1) / path.name
    if path.parent.name != str(year) or not before.is_file():
        return None
    return read_workbook(read_bytes(before), before.name).report


def _json(path: Path) -> object:
    if path.suffix.lower() != ".json":
        raise UsageError(f"{path.name}：目前只能导入 .json（gxgen show 输出的格式）。")
    data = read_bytes(path)
    try:
        return json.loads(data.decode("utf-8-sig"), parse_float=str)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        line = f"第{error.lineno}行" if isinstance(error, json.JSONDecodeError) else ""
        raise UsageError(f"{path} 不是有效的 JSON{'：' + line if line else ''}。") from None


__all__ = [
    "Finding",
    "Imported",
    "Result",
    "UnitResult",
    "blank",
    "build",
    "check",
    "check_template",
    "import_reports",
    "init",
    "show",
]
