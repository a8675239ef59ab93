"""What a desk asks about a county: one function a request, plain data out. Nothing is changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gxgen.county.project import FILE_NAME
from gxgen.desk.here import here
from gxgen.desk.words import WORDS
from gxgen.desk.work import Record, Work
from gxgen.errors import UsageError

if TYPE_CHECKING:
    from gxgen.api.project import CountyState, Project, UnitState
    from gxgen.county.ledger import Ledger
    from gxgen.county.project import County


def look(work: Work, county: str | None, year: int | None = None) -> Record:
    """How the county's year stands; ``names`` alone where one of several must be chosen."""
    homes = work.project.counties
    if not homes or (county is None and len(homes) > 1):
        return {"county": None, "names": [one.name for one in homes]}
    home = work.county(county) if county else homes[0]
    states = [one for one in work.project.status(year, judge=False) if one.county == home]
    if not states:
        raise UsageError(WORDS.no_year(str(home.folder / FILE_NAME)))
    return _state(states[-1])


def _state(one: CountyState) -> Record:
    home = one.county
    return {
        "county": home.name,
        "names": [],
        "year": one.year,
        "deadline": home.deadline and home.deadline.isoformat(),
        "overdue": one.overdue,
        "government": home.government,
        "listed": len(home.roster),
        "units": [_unit(unit, home) for unit in one.units],
        "outputs": [str(path) for path in one.outputs],
        "strays": [stray.record for stray in one.strays],
        "marks": marks_of(home, one.year),
    }


def _unit(unit: UnitState, home: County) -> Record:
    known = home.called(unit.agency)
    return {
        "agency": unit.agency,
        "short": (known and known.short_name) or unit.agency,
        "kind": known.kind.value if known and known.kind else "",
        "phone": (known and known.contact.phone) or "",
        "state": unit.state,
        "errors": unit.errors,
        "warnings": unit.warnings,
        "listed": unit.listed,
        "inputs": [str(path) for path in unit.inputs],
        "outputs": [str(path) for path in unit.outputs],
    }


def marks_of(home: County, year: int) -> list[str]:
    """The folders and files whose change means that something is new."""
    from gxgen.county.words import WORDS_FILE

    there = (FILE_NAME, WORDS_FILE, str(year), str(year - 1))
    return [str(home.folder / name) for name in there]


def unit(work: Work, *, county: str, year: int, agency: str, forms: list[str], sign: str) -> Record:
    """A unit's page: its form as it was filed with what was found. It is worked out once for each
    ``sign``, which changes with the county's files."""
    return _unit_page(work.project, county, (year, agency, *forms), sign)


@lru_cache(maxsize=64)
def _unit_page(project: Project, county: str, which: tuple[Any, ...], sign: str) -> Record:
    from gxgen.api.answering import answers, answers_record
    from gxgen.api.viewing import unit_record, unit_view
    from gxgen.checks.answers import INVITED

    year, agency, *forms = which
    home, ledger = _known(project, county, year, sign)
    paths = [Path(one) for one in forms]
    seen = unit_view(project, home, year, agency, forms=paths, ledger=ledger)
    codes = dict.fromkeys(one.code for one in seen.findings)
    given = [one for one in answers(home, year) if home.own_name(one.agency) == agency]
    record = unit_record(seen)
    for finding in record["findings"]:  # here an answer is given on the spot
        finding["hint"] = finding["hint"].partition(INVITED)[0]
        finding.update(_told(finding))
    return {
        **record,
        "renamed": bool(seen.unit and seen.unit.formerly),
        "answers": answers_record(given)["answers"],
        "why": {code: _page(code) for code in codes},
    }


@lru_cache(maxsize=1)
def _known(project: Project, county: str, year: int, sign: str) -> tuple[County, Ledger]:
    """The county and what its last build left; read once for each state of its files."""
    from gxgen.api.choosing import chosen_county
    from gxgen.api.project import home_of
    from gxgen.county.ledger import Ledger

    del sign  # it is a part of what they are remembered by
    home = chosen_county(county, project.inputs)
    return home, Ledger.of(home_of(home.folder / str(year), home, project.output))


def _page(code: str) -> str:
    """What a code's page says, a paragraph a line."""
    from gxgen.api.single import explain

    paragraphs = str(explain(code)["page"]).split("\n\n")
    return here("\n".join(one.replace("\n", "") for one in paragraphs))


def text(work: Work, path: str) -> str:
    """A text that a build has written, to be pasted."""
    from gxgen.county.files import read_bytes

    return read_bytes(Path(path)).decode("utf-8-sig").replace("\r\n", "\n")


def texts(work: Work, paths: list[str]) -> list[str]:
    """Several such texts."""
    return [text(work, path) for path in paths]


def chase(work: Work, county: str, year: int) -> str:
    """What is to be written to those that have not filed."""
    return work.project.chase(county, year=year).text


def settings(work: Work, county: str) -> Record:
    """The county's settings, and what can be chosen for them."""
    from gxgen.api.settings import settings as read
    from gxgen.document.illustrated.palettes import PALETTES
    from gxgen.formats.registry import FORMATS
    from gxgen.templates.styles import style_names

    home = work.county(county)
    file = str(Path(os.path.relpath(home.folder, work.root), FILE_NAME))
    choices = {"style": style_names(), "formats": [*FORMATS], "accent": [*PALETTES]}
    return {**read(home), "file": file, "choices": choices}


def archive(work: Work, county: str, year: int, what: str) -> str:
    """All that goes back, or all reports, as one archive; its place."""
    from gxgen.api.packing import archive as packed

    data = packed(work.project, work.county(county), year, reports=what == "reports")
    return work.put(data, ".zip")


def blanks(work: Work, year: int, units: list[str]) -> str:
    """Forms to be filled by these units, as one archive; never into ``inputs/``."""
    from gxgen.api.packing import blanks as packed

    return work.put(packed(units, year=year), ".zip")


def preview(work: Work, form: str, kind: str) -> str | None:
    """How a form's report will look, as a page or PDF; None where nothing can be read."""
    from gxgen.api.previewing import preview as made

    data = made(work.project, Path(form), kind)
    return None if data is None else work.put(data, f".{kind}")


def beside(work: Work, one: str, other: str, renamed: bool) -> str:
    """A unit's form beside last year's, as a page."""
    from gxgen.api.comparing import compare, document
    from gxgen.show.compare.agency import agency_sheet

    sheet = agency_sheet(compare(Path(one), Path(other), renamed=renamed))
    return work.put(document(sheet, "html"), ".html")


def shelved(work: Work, county: str, year: int, name: str) -> str | None:
    """A file of the county's year as the last build left it, by its name there; None if it made
    none of that name, or somebody has changed it since."""
    from gxgen.api.project import home_of
    from gxgen.county.kit.shelf import Shelf
    from gxgen.county.ledger import Ledger

    home = work.county(county)
    place = home_of(home.folder / str(year), home, work.project.output)
    shelf = Shelf(place, home, Ledger.of(place))
    sha = dict(shelf.ledger.files()).get(name)
    if sha is None:
        return None
    return work.put(shelf.bytes_of(name, sha), Path(name).suffix)


def findings(work: Work, county: str, year: int) -> list[Record]:
    """What was found in the county's own report when it was built last."""
    from gxgen.api.project import home_of
    from gxgen.county.ledger import Ledger

    home = work.county(county)
    ledger = Ledger.of(home_of(home.folder / str(year), home, work.project.output))
    return [{**one, **_told(one)} for one in ledger.county.get("findings", ())]


def _told(finding: Record) -> Record:
    """What of a finding is said otherwise here."""
    return {name: here(finding[name]) for name in ("message", "hint") if finding.get(name)}


LOOKS: tuple[Callable[..., Any], ...] = (
    look,
    unit,
    text,
    texts,
    chase,
    settings,
    archive,
    blanks,
    preview,
    beside,
    shelved,
    findings,
)
"""What can be asked."""
