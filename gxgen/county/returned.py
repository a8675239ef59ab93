"""Return copies are written when the county has been seen: they also say what only its neighbours
show of an agency's texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from gxgen.county.agency_year import Outcome
from gxgen.county.around import read
from gxgen.county.digests import digest
from gxgen.county.home import Home
from gxgen.county.outputs import RETURNS
from gxgen.county.unit import returned
from gxgen.county.workers import Hands
from gxgen.errors import EnvironmentProblemError

Copy = Callable[[], bytes]


def hand_back(home: Home, seen: dict[str, Outcome], hands: Hands) -> None:
    """Write the return copies of this run, and anew those whose agency's texts are told something
    else of than the last time."""
    _write(home, seen, list(_copies(home, seen, hands)))


def mark_anew(
    home: Home, seen: dict[str, Outcome], hands: Hands, keys: Sequence[str]
) -> frozenset[str]:
    """Write the return copies of these filings by what is found in them now; the keys of those
    that are written."""
    filings = {one.key: one for one in home.filings}
    there = [key for key in keys if key in filings]
    copies = [
        (
            key,
            home.return_copy(filings[key]),
            _begun(replace(seen[key], filing=filings[key]), hands),
        )
        for key in there
    ]
    _write(home, seen, copies)
    return frozenset(key for key, _, copy in copies if copy is not None)


def _write(
    home: Home, seen: dict[str, Outcome], copies: Sequence[tuple[str, str, Copy | None]]
) -> None:
    for key, name, copy in copies:
        held = seen[key].documents.get("return")
        outcome = replace(seen[key], documents={})
        try:
            data = copy() if copy is not None else held
            if data is not None:
                sha = home.outputs.put(name, data)
                outcome = replace(outcome, files={**outcome.files, name: sha})
            if copy is None:  # the next run does it
                outcome = replace(outcome, fingerprint={})
        except EnvironmentProblemError as error:
            outcome = _unwritten(home, outcome, name, str(error))
        seen[key] = home.ledger.outcomes[key] = outcome


def _unwritten(home: Home, outcome: Outcome, name: str, fault: str) -> Outcome:
    """What stands there of an earlier run stays known; the next run tries again."""
    there = home.outputs.own(name)
    files = {**outcome.files, name: there} if there is not None else outcome.files
    stale = outcome.stale | ({name} if there is not None else set())
    faults = (*outcome.faults, fault)
    return replace(outcome, files=files, stale=stale, faults=faults, fingerprint={})


def _copies(
    home: Home, seen: dict[str, Outcome], hands: Hands
) -> Iterator[tuple[str, str, Copy | None]]:
    """The keys and names of the copies to be written, and who makes each; None if nobody can."""
    before = home.ledger.county.get("alike", {}).get("found", {})
    for key, outcome in seen.items():
        now, held = home.alike.found.get(key), outcome.documents.get("return")
        if held is not None and outcome.filing is not None:
            name = home.return_copy(outcome.filing)
            yield key, name, _begun(outcome, hands) if now else _as_it_is(held)
            continue
        names = [one for one in outcome.files if one.startswith(f"{RETURNS}/")]
        if names and now != before.get(key) and key not in home.unread:
            yield key, names[0], _begun(outcome, hands)


def _as_it_is(held: bytes) -> Copy:
    return lambda: held


def _begun(outcome: Outcome, hands: Hands) -> Copy | None:
    """Who marks the form; None where it cannot be had just now, or is another one by now."""
    try:
        form = outcome.filing and read(outcome.filing)
    except EnvironmentProblemError:
        return None
    if form is None:
        return None
    if outcome.fingerprint.get("填报表") != digest(form.name.encode(), form.workbook):
        return None
    return hands.begin(returned, form.workbook, form.name, outcome.judgement.diagnostics)
