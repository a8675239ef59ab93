"""A unit's page as data: its form as it was filed, and beside each cell what was found there."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gxgen.api.project import Project
    from gxgen.county.agency_year import Filing, Judgement
    from gxgen.county.ledger import Ledger
    from gxgen.county.project import County
    from gxgen.county.whose import Whose
    from gxgen.diagnostics import Diagnostic
    from gxgen.form.read.seen import SeenCell, SeenSheet
    from gxgen.model.agency import Agency
    from gxgen.model.report import Report
    from gxgen.places import Place


@dataclass(frozen=True, slots=True)
class TextParagraph:
    """A heading or a paragraph that a text file beside the form holds; ``section`` is the heading
    of the report's part in which it stands, empty for the preamble."""

    place: Place
    text: str
    section: str
    heading: bool


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit's year as it was filed. One that has filed nothing has neither ``form`` nor
    ``sheets``; a form that cannot be read has no ``sheets``.

    ``findings`` are worst first. ``about`` and ``related`` say by a place's words (``表三!J9``, or
    a paragraph's) which of them, counted from 0, are about it, and in which it has a part.
    """

    agency: str
    year: int
    unit: Agency | None = None
    """As the roster has it, with its contact; None where the roster does not know it."""
    form: Path | None = None
    received: dt.datetime | None = None
    """When the form was last written, local time."""
    others: tuple[Path, ...] = ()
    """Further forms that it has filed for the year."""
    blank: bool = False
    """Whether the form is still as it was handed out, so that nothing has been filed."""
    findings: tuple[Diagnostic, ...] = ()
    bound: tuple[str | None, ...] = ()
    """Of each finding, what an answer to it is bound to (当时的数); None where none can be given:
    it is no question, or one that only the county's texts raise."""
    sheets: tuple[SeenSheet, ...] = ()
    paragraphs: tuple[TextParagraph, ...] = ()
    """What a text file beside the form says and the report prints, in its order."""
    last_year: Mapping[str, str] = field(default_factory=dict)
    """Last year's figures by the keys of this year's, as far as they are known and count the
    same."""
    last_form: Path | None = None
    """Last year's form, against which it was held."""
    about: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    related: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def unit_view(
    project: Project,
    county: County,
    year: int,
    agency: str,
    *,
    forms: Sequence[Path] | None = None,
    ledger: Ledger | None = None,
) -> UnitView:
    """How a unit's form was filed, and what is found in it as it lies there now.

    ``agency`` is the roster's name for it, or that which an unlisted form bears; ``forms`` are its
    forms where they are known (:attr:`gxgen.api.project.UnitState.inputs`): then no other is
    opened; ``ledger`` is what the last build left, where it has been read. Of several the first
    that somebody has filled is shown. What only the county shows, texts that others wrote alike, is
    as of the last build.

    Raises:
        EnvironmentProblemError: a file cannot be read.
    """
    from gxgen.api.project import home_of
    from gxgen.county.ledger import Ledger
    from gxgen.county.whose import Whose, forms_of

    folder = county.folder / str(year)
    ledger = ledger or Ledger.of(home_of(folder, county, project.output))
    whose = Whose(ledger.county.get("whose", {}), quick=forms is not None)
    there = forms_of(folder, county, agency, whose) if forms is None else list(forms)
    unit = county.called(agency)
    views = [_view(path, project, county, ledger, whose) for path in there[:1]]
    if views and views[0].blank:
        views += [_view(path, project, county, ledger, whose) for path in there[1:]]
        views.sort(key=lambda one: one.blank)
    if not views:
        return UnitView(agency, year, unit)
    rest = tuple(path for path in there if path != views[0].form)
    return replace(views[0], agency=agency, unit=unit, others=rest)


def _view(path: Path, project: Project, county: County, ledger: Ledger, whose: Whose) -> UnitView:
    from gxgen.county.agency_year import unfinished
    from gxgen.county.around import read
    from gxgen.county.plan import plan
    from gxgen.county.pool import DiedError
    from gxgen.county.workers import apart, warm_up_checks
    from gxgen.diagnostics import worst_first

    planned = plan([path], project.output)[0]
    filing = read(planned, whose)
    import gxgen.form.read.seen  # noqa: F401 - for the worker

    warm_up_checks(filing)
    try:
        judged, sheets = apart(_looked, filing)
    except DiedError as died:
        judged, sheets = unfinished(filing, died).judgement, ()
    beside = () if filing.government else _beside(ledger, planned.key, judged, county)
    findings = tuple(worst_first((*judged.findings, *beside)))
    about, related = _places(findings, judged.report)
    received = dt.datetime.fromtimestamp(path.stat().st_mtime)
    view = UnitView(judged.agency, int(path.parent.name), None, path, received)
    return replace(
        view,
        blank=judged.blank,
        findings=findings,
        bound=tuple(_bound(judged, one) for one in findings),
        sheets=sheets,
        paragraphs=tuple(_paragraphs(judged.report)) if judged.report else (),
        last_year=_last_year(judged.report) if judged.report else {},
        last_form=_last_form(filing, path),
        about=about,
        related=related,
    )


def _bound(judged: Judgement, one: Diagnostic) -> str | None:
    from gxgen.checks.answers import bound_to
    from gxgen.diagnostics import Severity

    asks = one.severity is Severity.WARNING and one.place is not None
    if judged.report is None or not asks or one not in judged.findings:
        return None
    return bound_to(judged.report, one)


def _last_form(filing: Filing, path: Path) -> Path | None:
    from gxgen.county.around import year_before

    before = year_before(path.parent)
    return before / filing.previous[0] if filing.previous and before else None


def _looked(filing: Filing) -> tuple[Judgement, tuple[SeenSheet, ...]]:
    """What a form says and what was found in it. For any process."""
    from gxgen.county.unit import check_unit
    from gxgen.form.read.seen import seen

    found = check_unit(filing)
    if found.report is None or found.blank:
        return found, ()
    return found, seen(filing.workbook, filing.name, found.report)


def _beside(ledger: Ledger, key: str, judged: Judgement, county: County) -> Iterator[Diagnostic]:
    """What only the county shows, and what the last build found in its print; texts that others
    wrote alike as far as its own are the same."""
    from gxgen.county.agency_year import OF_PRINT
    from gxgen.county.overview import county_findings
    from gxgen.diagnostics import from_json

    known = {one: outcome.judgement for one, outcome in ledger.outcomes.items()}
    yield from county_findings({**known, key: judged}, county).get(key, ())
    before = known.get(key)
    if before is None or before.passages != judged.passages:
        return
    for said in ledger.county.get("alike", {}).get("found", {}).get(key, ()):
        yield from_json(said)
    if before.sheets == judged.sheets:
        yield from (one for one in before.findings if one.code.startswith(OF_PRINT))


# -- where things stand --------------------------------------------------------------------------


def _places(
    findings: Sequence[Diagnostic], report: Report | None
) -> tuple[dict[str, tuple[int, ...]], dict[str, tuple[int, ...]]]:
    """By the words of each place, the numbers of the findings about it, and of those in which it
    has a part."""
    about: dict[str, list[int]] = defaultdict(list)
    related: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(findings):
        own = {str(place) for place in _own(one, report)}
        for place in own:
            about[place].append(number)
        for place in {str(other.place) for other in one.related if other.place} - own:
            related[place].append(number)
    return _fixed(about), _fixed(related)


def _own(one: Diagnostic, report: Report | None) -> Iterator[Place]:
    place = one.place
    if place is None and one.key and report:
        place = report.place(one.key)
    yield from (*one.cells, *((place,) if place else ()))


def _fixed(found: Mapping[str, list[int]]) -> dict[str, tuple[int, ...]]:
    return {place: tuple(numbers) for place, numbers in found.items()}


def _paragraphs(report: Report) -> Iterator[TextParagraph]:
    """The words that stand in no sheet."""
    from gxgen.places import SheetCell

    section = ""
    for passage in report.written:
        if passage.level == 1:
            section = passage.heading or ""
        head = passage.place, passage.heading or ""
        said = [head, *((one.place, one.text) for one in passage.paragraphs)]
        for number, (place, text) in enumerate(said):
            if place is not None and not isinstance(place, SheetCell) and text:
                yield TextParagraph(place, text, section, heading=number == 0)


def _last_year(report: Report) -> dict[str, str]:
    """Last year's figures, as a form shows them."""
    from gxgen.editions.bridge import counterparts
    from gxgen.form.read.text import plain_text

    last = report.previous
    if last is None:
        return {}
    keys = {key: counterparts(key, report.edition, last.edition) or () for key in report.entries}
    keys |= {one.key: (one.key,) for one in report.indicators.values()}
    found = {key: [last.known(one) for one in parts] for key, parts in keys.items() if parts}
    return {
        key: plain_text(sum(known))
        for key, values in found.items()
        if len(known := [one for one in values if one is not None]) == len(values)
    }


# -- as JSON -------------------------------------------------------------------------------------


def unit_record(view: UnitView) -> dict[str, Any]:
    """A view as JSON can tell it: paths and places as text, the findings as everywhere."""
    from dataclasses import asdict

    from gxgen.diagnostics import FORMAT

    return {
        "format": FORMAT,
        "agency": view.agency,
        "year": view.year,
        "listed": view.unit is not None,
        "contact": asdict(view.unit.contact) if view.unit else None,
        "form": view.form and str(view.form),
        "received": view.received and view.received.isoformat(timespec="seconds"),
        "last_form": view.last_form and str(view.last_form),
        "others": [str(path) for path in view.others],
        "blank": view.blank,
        "findings": [one.as_json() for one in view.findings],
        "bound": list(view.bound),
        "sheets": [_sheet_record(sheet, view) for sheet in view.sheets],
        "paragraphs": [_paragraph_record(one, view) for one in view.paragraphs],
    }


def _sheet_record(sheet: SeenSheet, view: UnitView) -> dict[str, Any]:
    rows = [[_cell_record(cell, view) for cell in row] for row in sheet.rows]
    return {"title": sheet.title, "name": sheet.name, "rows": rows, "beyond": sheet.beyond}


def _cell_record(cell: SeenCell, view: UnitView) -> dict[str, Any]:
    return {
        "cell": cell.place.cell,
        "text": cell.text,
        "role": cell.role.value,
        "rows": cell.rows,
        "columns": cell.columns,
        "key": cell.key,
        "hidden": cell.hidden,
        "last_year": view.last_year.get(cell.key or ""),
        **_marks(cell.place, view),
    }


def _paragraph_record(one: TextParagraph, view: UnitView) -> dict[str, Any]:
    told = {"place": str(one.place), "text": one.text, "section": one.section}
    return {**told, "heading": one.heading, **_marks(one.place, view)}


def _marks(place: Place, view: UnitView) -> dict[str, list[int]]:
    """Which findings, counted from 0, are about a place, and in which it has a part."""
    return {
        "findings": list(view.about.get(str(place), ())),
        "related": list(view.related.get(str(place), ())),
    }
