"""The kit without a build: who is missing or goes back is told as things stand now, and nothing
else is written.

What a build has written stays as it is and stays known; the next one finds all that it finds
without this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from gxgen.county.agency_year import Outcome
from gxgen.county.fingerprint import STYLE
from gxgen.county.home import Home
from gxgen.county.kit.own import KIT
from gxgen.county.kit.standing import Standing, standing
from gxgen.county.kit.writing import write_kit
from gxgen.county.outputs import RETURNS
from gxgen.county.project import County
from gxgen.county.returned import mark_anew
from gxgen.county.strays import by_unit
from gxgen.county.why import PARTS, in_use
from gxgen.county.withdrawn import withdraw
from gxgen.county.workers import Hands
from gxgen.formats.wanted import ONLY_DOCX


def write_alone(home: Home, seen: dict[str, Outcome], hands: Hands) -> None:
    """Write what a home ``only`` is about, with the copies that its notices go with; withdraw what
    of that nobody needs any more, and keep what was found for the next build.

    Raises:
        EnvironmentProblemError: what was found cannot be kept.
    """
    if home.county is None or home.year is None or home.only is None:
        return
    marked = mark_anew(home, seen, hands, list(_without_copy(home, seen)))
    home.standing = told = _told(home, home.county, home.year, tuple(seen.values()))
    made, essences = write_kit(home, told)
    home.kit = tuple(home.folder / name for name in made)
    of_units = {name for one in seen.values() for name in one.files}
    stays = {
        name: sha
        for name, sha in home.outputs.known().items()
        if name not in of_units and (name in made or not home.only.wants(name))
    }
    outputs = {**stays, **made, **withdraw(home, {*of_units, *stays, *made})}
    home.ledger.save(home.folder, seen, _county(home, seen, outputs, essences, marked))
    home.outputs.forget()


def _told(home: Home, county: County, year: int, seen: tuple[Outcome, ...]) -> Standing:
    from gxgen.county.county_year import CountyYear
    from gxgen.county.rows import agency_rows

    view = CountyYear(
        county,
        year,
        seen,
        home.absent,
        own=None,
        style=(),
        wanted=ONLY_DOCX,
        convert=lambda *_: ({}, []),
        unread=home.unread,
        late=home.late,
    )
    return standing(county, year, agency_rows(view), by_unit(home.strays))


def _without_copy(home: Home, seen: Mapping[str, Outcome]) -> Iterator[str]:
    """The forms whose notice is asked for and whose marked copy is not of what was found now."""
    before = home.ledger.county.get("alike", {}).get("found", {})
    for key, one in seen.items():
        if not (one.judgement.returned and home.only and home.only.tells(one.judgement.agency)):
            continue
        copies = [name for name in one.files if name.startswith(f"{RETURNS}/")]
        built = STYLE in one.fingerprint and copies
        if not built or home.alike.found.get(key) != before.get(key):
            yield key


def _county(
    home: Home,
    seen: Mapping[str, Outcome],
    outputs: dict[str, str],
    essences: dict[str, str],
    marked: Collection[str],
) -> dict[str, Any]:
    """What the ledger keeps: all that it knew and this is not about; the county's own files are to
    be made anew, unless nothing differs."""
    before = home.ledger.county
    same = outputs == before.get("outputs")
    kept = {name: one for name, one in before.get(KIT, {}).items() if name in outputs}
    return {
        "findings": [],
        **before,
        "fingerprint": before.get("fingerprint", "") if same else "",
        "outputs": outputs,
        "forms": home.forms,
        "alike": _alike(home, marked),
        KIT: {**kept, **essences},
        "whose": home.whose.kept(),
        PARTS: in_use(home.parts, seen.values()),
    }


def _alike(home: Home, marked: Collection[str]) -> dict[str, Any]:
    """What the next build is to take for told: of forms that were not marked anew what they were
    told before."""
    before, now = home.ledger.county.get("alike", {}), home.alike.kept()
    former = before.get("found", {})
    told = {
        key: (now["found"] if key in marked else former).get(key)
        for key in sorted({*former, *marked})
    }
    found = {key: one for key, one in told.items() if one is not None}
    return {**now, "found": found, "of": now["of"] if found == now["found"] else ""}
