"""Tables from truth: random full tables on which all that a text of the corpus says is so."""

from __future__ import annotations

import random
import re
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from math import lcm

from gxgen.editions.bridge import counterparts
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition, Kind
from gxgen.model.agency import Agency, AgencyKind
from gxgen.model.narrative import Narrative
from gxgen.model.report import Entry, Report, SignOff
from gxgen.places import SheetCell
from gxgen.prose.neighbour import read_neighbour
from tests.checks.check_support import places
from tests.claims_corpus import Text
from tests.claims_readings import NO_CELL

LAST = "last:"
HUGE = 10**11
CENTS = 10**4
"""Money is counted in ten-thousandths."""
_TRIES = 400
_STEPS = 6000
_MONEY = (".amount", NO_CELL)
_COLUMNS = ("individual", "company", "research", "charity", "legal_service", "other")


@dataclass(frozen=True, slots=True)
class Sum:
    """``low ≤ Σ factor × cell ≤ high`` in whole numbers; None is no bound."""

    factors: Mapping[str, int]
    low: int | None
    high: int | None


class ImpossibleError(Exception):
    """No value is left for some cell."""


@dataclass
class Room:
    """Between what each cell may lie, and the sums that it has a part in."""

    sums: list[Sum]
    bounds: dict[str, tuple[int, int]]
    of: dict[str, list[Sum]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Notes which sums speak of which cell."""
        for one in self.sums:
            for key in one.factors:
                self.of[key].append(one)

    def narrowed(self, waiting: list[Sum]) -> None:
        """Draws bounds closer until no sum can any more, or for long enough."""
        queue, steps = deque(waiting), 0
        queued = set(map(id, waiting))
        while queue and steps < _STEPS:
            steps += 1
            one = queue.popleft()
            queued.discard(id(one))
            for key in self._tightened(one):
                more = [other for other in self.of[key] if id(other) not in queued]
                queue.extend(more)
                queued.update(map(id, more))

    def _tightened(self, one: Sum) -> Iterator[str]:
        least = most = 0
        for key, factor in one.factors.items():
            low, high = self.bounds[key]
            least += factor * (low if factor > 0 else high)
            most += factor * (high if factor > 0 else low)
        if (one.high is not None and least > one.high) or (one.low is not None and most < one.low):
            raise ImpossibleError
        for key, factor in one.factors.items():
            low, high = old = self.bounds[key]
            own = (factor * low, factor * high) if factor > 0 else (factor * high, factor * low)
            if one.high is not None:
                room = one.high - (least - own[0])
                low, high = (
                    (low, min(high, room // factor))
                    if factor > 0
                    else (max(low, -(room // -factor)), high)
                )
            if one.low is not None:
                room = one.low - (most - own[1])
                low, high = (
                    (max(low, -(-room // factor)), high)
                    if factor > 0
                    else (low, min(high, -room // -factor))
                )
            if low > high:
                raise ImpossibleError
            if (low, high) != old:
                self.bounds[key] = low, high
                yield key

    def settle(self, key: str, value: int) -> None:
        """Gives a cell its value."""
        self.bounds[key] = value, value
        self.narrowed(list(self.of[key]))


def tables(text: Text, seed: int) -> dict[str, int] | None:
    """Every cell of this year and the last (``last:…``), drawn at random; None if none is found."""
    chance = random.Random(f"{text.path.stem} {seed}")
    sums = [*_claimed(text), *_form(text)]
    wide = _bounds(text, sums)
    try:
        start = Room(sums, wide)
        start.narrowed(list(sums))
    except ImpossibleError:
        return None
    order = _order(text, start)
    for attempt in range(_TRIES):
        room = Room(sums, dict(start.bounds), start.of)
        try:
            for key in order:
                low, high = room.bounds[key]
                if low < high:
                    room.settle(key, _drawn(chance, low, high, attempt))
            room.narrowed(list(sums))
        except ImpossibleError:
            continue
        return _columns(text, {k: low for k, (low, _) in room.bounds.items()}, chance)
    return None


def _drawn(chance: random.Random, low: int, high: int, attempt: int) -> int:
    span = high - low
    style = chance.random()
    if style < 0.25 and attempt < 300:
        return low
    if style < 0.6:
        return low + chance.randint(0, min(span, 6))
    if style < 0.8:
        return low + min(span, int(chance.expovariate(8 / (span + 1))))
    return chance.randint(low, high)


def _order(text: Text, room: Room) -> list[str]:
    """Bases of shares first, then what sentences speak of, then the rest."""
    firsts = [c.readings[0] for g in text.golds for c in g.claims]
    bases = [k for r in firsts for k in r.under or {}]
    said = [k for r in firsts for k in r.over]
    return list(dict.fromkeys([*bases, *said, *room.bounds]))


def _whole(form: Mapping[str, Fraction | int], low: object, high: object) -> Sum:
    """A sum of fractions as one of whole numbers; money counts in its own small unit."""
    inner = {
        key: Fraction(factor) / (CENTS if key.endswith(_MONEY) else 1)
        for key, factor in form.items()
        if factor
    }
    ends = [None if end is None else Fraction(str(end)) for end in (low, high)]
    times = lcm(*(f.denominator for f in inner.values()), *(e.denominator for e in ends if e))
    least, most = (None if end is None else end * times for end in ends)
    return Sum(
        {key: int(factor * times) for key, factor in inner.items()},
        None if least is None else -int(-least // 1),
        None if most is None else int(most // 1),
    )


def _claimed(text: Text) -> Iterator[Sum]:
    for gold in text.golds:
        for first in (claim.readings[0] for claim in gold.claims):
            low, high = gold.bounds(first)
            if first.under is None:
                yield _whole(first.over, low, high)
                continue
            yield _whole(_less(first.over, low, first.under), 0, None)
            yield _whole(_less(first.over, high, first.under), None, 0)
            yield _whole(first.under, 1 if gold.states else 0, None)


def _less(
    over: Mapping[str, Fraction], times: Fraction, under: Mapping[str, Fraction]
) -> dict[str, Fraction]:
    keys = {**over, **under}
    return {key: over.get(key, Fraction(0)) - times * under.get(key, Fraction(0)) for key in keys}


def _form(text: Text) -> Iterator[Sum]:
    """What the form asks of totals, and what the rules on figures ask."""
    edition = text.edition
    for year in ("", LAST):
        for identity in edition.identities:
            keys = [*identity.left, *identity.right]
            if any(k.startswith("requests.") and not k.endswith(".total") for k in keys):
                continue
            left = dict.fromkeys((year + key for key in identity.left), 1)
            yield _whole({**left, **dict.fromkeys((year + k for k in identity.right), -1)}, 0, 0)
        for row in ("received", "carried_in"):
            parts = {f"{year}requests.{row}.{column}": 1 for column in _COLUMNS}
            yield _whole({**parts, f"{year}requests.{row}.total": -1}, 0, 0)
    yield _whole({"requests.carried_in.total": 1, f"{LAST}requests.carried_out.total": -1}, 0, 0)
    for into, out_of in _documents(text):
        yield _whole(into, 0, out_of)
    cases = {"remedies.reconsideration.total": 1, "remedies.litigation_direct.total": 1}
    asked = {"requests.received.total": -1, "requests.carried_in.total": -1}
    before = {f"{LAST}requests.processed.total": -1} if text.head["last"] == "present" else {}
    yield _whole({**cases, **asked, **before}, None, 0)
    review = "remedies.reconsideration.total"
    after = "remedies.litigation_after_reconsideration.total"
    yield _whole({after: 1, review: -CENTS, LAST + review: -CENTS}, None, 0)
    for block in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        pending = f"{LAST}remedies.{block}.pending"
        yield _whole({f"remedies.{block}.total": 1, pending: -1}, 0, None)


def _documents(text: Text) -> Iterator[tuple[dict[str, int], int | None]]:
    if text.edition.id == "2019":
        base = "disclosure.normative_documents."
        for key in (f"{base}published", "disclosure.rules.published"):
            yield {key.replace("published", "public_total"): 1, key: -1}, None
        return
    for key in text.edition.fields:
        if key.endswith((".decisions", "fees.amount")):
            yield {key: 5, LAST + key: -1}, None
            yield {key: -1, LAST + key: 5}, None
    for row in ("rules", "normative_documents"):
        base = f"disclosure.{row}."
        for year in ("", LAST):
            yield {f"{year}{base}in_force": 1, f"{year}{base}issued": -1}, None
        flow = {f"{base}in_force": 1, f"{base}issued": -1, f"{base}repealed": 1}
        yield {**flow, f"{LAST}{base}in_force": -1}, 0


def _bounds(text: Text, sums: list[Sum]) -> dict[str, tuple[int, int]]:
    edition = text.edition
    said = {key for gold in text.golds for c in gold.claims for key in c.readings[0].over}
    size = 30 + 3 * max((int(g.states or 0) for g in text.golds if _level(g)), default=0)
    fields = {f"{year}{key}": one for year in ("", LAST) for key, one in edition.fields.items()}
    keys = {k for one in sums for k in one.factors}
    out = {}
    for key in {**fields, **dict.fromkeys(keys)}:
        if "requests." in key and not key.endswith(".total") and key not in keys:
            continue
        flow = key.startswith(LAST) and key.endswith((".decisions", ".amount", ".in_force"))
        told = key in said or (flow and key.removeprefix(LAST) in said)
        out[key] = _cell_bounds(text, key, told, size)
    return out


def _level(gold: object) -> bool:
    claims = getattr(gold, "claims", ())
    kinds = ("requests", "outcome", "carry", "last_year", "review", "suit")
    return bool(claims) and claims[0].kind in kinds


def _cell_bounds(text: Text, key: str, said: bool, size: int) -> tuple[int, int]:
    plain = key.removeprefix(LAST)
    if "disclosure.rules" in key and not re.fullmatch("[^县区]+市人民政府", text.head["agency"]):
        return 0, 0
    if plain.endswith("fee_unpaid.total") and not said:
        return 0, 0
    if key.endswith(".change"):
        return 0, 30
    if said or plain.endswith(".total"):
        return 0, HUGE
    if plain.startswith("requests."):
        return 0, size
    if plain.endswith(".previous_items"):
        return 1, 40
    return (0, 12 + size // 3) if plain.startswith("remedies.") else (0, 90)


def _columns(text: Text, cells: dict[str, int], chance: random.Random) -> dict[str, int]:
    """Shares out each total of table three over the columns, so that every column balances."""
    own = _spread(text.edition, cells, "", chance)
    out_of = {
        f"{LAST}{out_of}": own[into] for into, out_of in text.edition.carries.items() if into in own
    }
    last = _spread(text.edition, {**cells, **out_of}, LAST, chance)
    return {**cells, **own, **last}


def _spread(
    edition: Edition, cells: Mapping[str, int], year: str, chance: random.Random
) -> dict[str, int]:
    """All cells of one year's table three: new ones and those carried in first, then what became
    of them, out of one pool of applicants."""
    base = f"{year}requests."
    rows = {k.rpartition(".")[0] for k in edition.fields if k.startswith("requests.")}
    ends = sorted(rows - {"requests.received", "requests.carried_in", "requests.processed"})
    out: dict[str, int] = {}
    given = {c: cells.get(f"{base}carried_out.{c}", 0) for c in _COLUMNS}
    if not year:
        pool = []
        for row in ("received", "carried_in"):
            for c in _COLUMNS:
                out[f"{base}{row}.{c}"] = cells[f"{base}{row}.{c}"]
                pool += [c] * cells[f"{base}{row}.{c}"]
        chance.shuffle(pool)
    else:
        total = cells[f"{base}processed.total"]
        pool = [chance.choice(_COLUMNS) for _ in range(total)]
        everyone = pool + [c for c in _COLUMNS for _ in range(given[c])]
        chance.shuffle(everyone)
        cut = cells[f"{base}received.total"]
        out |= _counted(f"{base}received", everyone[:cut])
        out |= _counted(f"{base}carried_in", everyone[cut:])
    done: list[str] = []
    for row in ends:
        key = year + row
        if year and row == "requests.carried_out":
            out |= {f"{key}.{c}": given[c] for c in _COLUMNS}
            continue
        size = cells[f"{key}.total"]
        taken, pool = pool[:size], pool[size:]
        out |= _counted(key, taken)
        done += taken if row != "requests.carried_out" else []
    assert not pool
    return out | _counted(f"{base}processed", done)


def _counted(row: str, applicants: list[str]) -> dict[str, int]:
    return {f"{row}.{c}": applicants.count(c) for c in _COLUMNS}


KINDS = {kind.value: kind for kind in AgencyKind}


def report_of(text: Text, cells: Mapping[str, int], words: str | None = None) -> Report:
    """The report with these figures, and last year's where the text's head says it is there;
    ``words`` replace its text."""
    year = int(text.head["year"])
    agency = Agency(text.head["agency"], kind=KINDS[text.head["kind"]])
    previous = None
    if text.head["last"] == "present":
        before = next(e for e in EDITIONS.values() if e.covers(year - 1))
        figures = {k: _before(k, before, text.edition, cells) for k in before.fields}
        previous = Report(before, agency, year - 1, _entries(before, figures), (), SignOff())
    narrative = _narrative(words or text.text, text.edition.id)
    now = {key: cells[key] for key in text.edition.fields}
    entries = _entries(text.edition, now)
    return Report(text.edition, agency, year, entries, narrative, SignOff(), (), None, previous)


@lru_cache(maxsize=50)
def _narrative(words: str, edition: str) -> Narrative:
    """A text is read once for all the figures that stand beside it."""
    return read_neighbour(words.encode(), "年报.txt", EDITIONS[edition]).narrative


def _before(key: str, before: Edition, now: Edition, cells: Mapping[str, int]) -> int:
    """Last year's figure of another edition: the sum of the parts that this one splits."""
    if before is now or (key in now.fields and key.startswith(("requests.", "remedies."))):
        return cells[LAST + key]
    parts = counterparts(key, before, now)
    return sum(cells[LAST + part] for part in parts or ())


def _entries(edition: Edition, figures: Mapping[str, int]) -> dict[str, Entry]:
    where = _places(edition.id)
    out = {}
    for key, number in figures.items():
        money = edition.fields[key].kind is Kind.MONEY
        value = (Decimal(number) / CENTS).normalize() + 0 if money else number
        out[key] = Entry(value, f"{value:f}" if money else str(value), where[key])
    return out


@cache
def _places(edition: str) -> dict[str, SheetCell]:
    return places(EDITIONS[edition])
