"""What the officer sends out, without a build: who has not filed, and whose form goes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gxgen.diagnostics import FORMAT, Severity
from gxgen.errors import EnvironmentProblemError, UsageError

if TYPE_CHECKING:
    from gxgen.county.batch import Progress, Result
    from gxgen.county.events import Hear, Stop
    from gxgen.county.kit.own import Only
    from gxgen.county.kit.standing import Standing
    from gxgen.county.project import County


_STATES = {
    "LATE": "late",
    "MISSING": "missing",
    "RETURNED": "refused",
    "HELD": "held",
    "PASSED": "built",
}
"""How the JSON calls what a unit stands as: by the words of ``status``."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What is there to be sent out in a county's year. ``units`` are those that it is about."""

    county: County
    year: int
    folder: Path
    """Where what is made of it goes."""
    standing: Standing
    result: Result
    """``kit`` are the files, and ``removed`` those that nobody needs any more."""
    units: tuple[str, ...] = ()
    text: str = ""
    """Of :func:`chase`, ready to be pasted; empty where nobody is to be chased."""

    @property
    def files(self) -> tuple[Path, ...]:
        """What was written, or stands as it would be."""
        return self.result.kit


@dataclass(frozen=True, slots=True)
class How:
    """How the work is done: ``workers`` is the number of processes; ``today`` decides who is late;
    the others are as in :func:`gxgen.api.build`."""

    workers: int | None = None
    today: dt.date | None = None
    waiting: Callable[[str], None] | None = None
    progress: Progress | None = None
    hear: Hear | None = None
    stop: Stop | None = None


def chase(
    county: str | None = None,
    *,
    inputs: Path,
    output: Path,
    year: int | None = None,
    how: How | None = None,
) -> Sending:
    """Judge a county's year as it is now and write ``催报.txt``: who has not filed, and whose form
    went back. No report is made. Where nobody has filed yet nothing is written; the text is there.

    ``county`` is a county's name or folder, where there are several in ``inputs``; ``year`` by
    default the county's. ``output`` is where reports go.

    Raises:
        UsageError: no such county or year, or nobody knows who must file.
        EnvironmentProblemError: what was found cannot be kept, or another build there hangs.
        CancelledError: it was asked to stop; nothing was written.
    """
    from gxgen.api.choosing import chosen_county
    from gxgen.county.batch import Result
    from gxgen.county.kit.letters import county_slots
    from gxgen.county.kit.notices import notice_template
    from gxgen.county.kit.own import Only
    from gxgen.county.kit.standing import nobody_filed
    from gxgen.county.outputs import CHASE
    from gxgen.county.plan import county_output

    home = chosen_county(county, inputs)
    wanted = year_of(home, year)
    if not home.roster or home.year != wanted:
        why = "名册里没有单位" if not home.roster else f"year 不是{wanted}"
        raise UsageError(f"{home.folder / 'county.toml'} 的{why}，不知道谁应当报送。")
    how = how or How()
    place = county_output(home, output) / str(wanted)
    if not _forms(home, wanted):
        told = nobody_filed(home, wanted, home.overdue(how.today or dt.date.today()))
        said = notice_template(home.folder, CHASE).text(county_slots(told)).decode("utf-8-sig")
        text = said.replace("\r\n", "\n")
        return Sending(home, wanted, place, told, Result([]), text=text)
    told, result = _judged(output, home, wanted, Only(chase=True), how)
    files = [path.read_text("utf-8-sig") for path in result.kit if path.name == CHASE]
    return Sending(home, wanted, place, told, result, text="".join(files))


def notice(
    units: Sequence[str] = (),
    *,
    inputs: Path,
    output: Path,
    year: int | None = None,
    how: How | None = None,
) -> list[Sending]:
    """Judge a year as it is now and write ``退回通知/`` (text and DOCX), with the marked copies
    that go with them, of all units whose form goes back, or of these. No report is made.

    ``units`` are named by full, short or former names. A value for each county in ``inputs`` that
    is concerned, by name; ``year`` and ``output`` as for :func:`chase`.

    Raises:
        UsageError: no county or year, or no such unit.
        EnvironmentProblemError: what was found cannot be kept, or another build there hangs.
        CancelledError: it was asked to stop; what was written stands.
    """
    from gxgen.county.kit.own import Only
    from gxgen.county.plan import counties, county_output

    homes = list(addressed(counties(inputs) if inputs.is_dir() else [], units))
    if not homes:
        raise UsageError(f"{inputs} 里没有县。新建：gxgen init 文件夹 --county 县名 --year 年度")
    sent = []
    for home, named in homes:
        wanted = year_of(home, year)
        only = Only(notices=True, units=frozenset(named))
        told, result = _judged(output, home, wanted, only, how or How())
        place = county_output(home, output) / str(wanted)
        sent.append(Sending(home, wanted, place, told, result, tuple(named)))
    return sent


def notice_record(sent: Sequence[Sending]) -> dict[str, Any]:
    """The JSON of ``notice``."""
    return {"format": FORMAT, "counties": [_county_record(one) for one in sent]}


def chase_record(sent: Sending) -> dict[str, Any]:
    """The JSON of ``chase``."""
    return {"format": FORMAT, "counties": [{**_county_record(sent), "text": sent.text}]}


def _county_record(sent: Sending) -> dict[str, Any]:
    from gxgen.api.records import changes

    return {
        "county": sent.county.name,
        "year": sent.year,
        "units": [
            {
                "agency": unit.agency.name,
                "listed": unit.listed,
                "state": _STATES[unit.state.name],
                "errors": unit.number_of(Severity.ERROR),
                "warnings": unit.number_of(Severity.WARNING),
                "copies": [str(sent.folder / copy) for copy in unit.copies],
            }
            for unit in sent.standing.units
            if unit.agency.name in (sent.units or (unit.agency.name,))
        ],
        "outputs": [str(path) for path in sent.files],
        **changes(sent.result),
    }


def addressed(
    counties: Sequence[County], units: Sequence[str]
) -> Iterator[tuple[County, list[str]]]:
    """The counties that are concerned, each with the names of its units that were asked for."""
    homes = {unit: [one for one in counties if one.called(unit)] for unit in units}
    for unit, known in homes.items():
        if len(known) != 1:
            listed = "、".join(one.name for one in known)
            why = f"在几个县的名册里：{listed}，请写全称" if known else "不在名册里"
            raise UsageError(f"“{unit}”{why}。")
    for county in counties:
        agencies = [one for unit in units if (one := county.called(unit))]
        if agencies or not units:
            yield county, [one.name for one in agencies]


def year_of(county: County, year: int | None) -> int:
    """The year that a command is about: by default the county's.

    Raises:
        UsageError: nobody says which.
    """
    wanted = year or county.year
    if wanted is None:
        raise UsageError(
            f"{county.folder / 'county.toml'} 没有写 year（年度），请用 --year 写明，"
            "例如 --year 2025。"
        )
    return wanted


def _forms(county: County, year: int) -> bool:
    from gxgen.county.listing import workbooks

    folder = county.folder / str(year)
    return folder.is_dir() and bool(workbooks(folder))


def _judged(
    output: Path, county: County, year: int, only: Only, how: How
) -> tuple[Standing, Result]:
    """How a county's year stands, and what was written."""
    from gxgen.api.choosing import processors
    from gxgen.county.apart import keep_apart
    from gxgen.county.batch import Options, kit_all
    from gxgen.county.plan import plan

    folder = county.folder / str(year)
    if not folder.is_dir():
        raise UsageError(f"没有{year}年度的文件夹：{folder}")
    filings = plan([folder], output)
    keep_apart(filings, [folder], output)
    options = Options(
        workers=how.workers or processors(),
        today=how.today or dt.date.today(),
        waiting=how.waiting,
        hear=how.hear,
        stop=how.stop,
    )
    result, told = kit_all(filings, only, options, how.progress)
    if told is None:
        raise EnvironmentProblemError("\n".join(result.faults))
    return told, result
