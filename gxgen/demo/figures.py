"""The figures of an invented agency: heavy-tailed, mostly 0, true to every identity.

A year's figures follow from the years before it, as in life: what is carried over, which
documents are in force, which reviews are pending. So the history is walked from the first edition
on, each year and subject with a stream of its own; what a year gives depends on no later one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from gxgen.demo.agencies import GOVERNMENT, DemoAgency
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition, FieldKey, Kind
from gxgen.model.report import Value

FEES = "disclosure.fees.amount"
_MOST_REQUESTS = 900
_BUSY = 0.75
"""The share of agencies that get any request in a usual year."""
_APPLICANTS = {
    "individual": 88.0,
    "company": 8,
    "legal_service": 2,
    "other": 1.5,
    "charity": 0.3,
    "research": 0.1,
}
_LIKELIHOOD = {
    "granted": 46.0,
    "partly_granted": 8,
    "refused.state_secret": 0.1,
    "refused.prohibited_by_law": 0.4,
    "refused.endangers_security": 0.2,
    "refused.third_party_rights": 1.5,
    "refused.internal_affairs": 1.2,
    "refused.deliberative": 1.2,
    "refused.enforcement_files": 2,
    "refused.administrative_inquiry": 2.5,
    "unavailable.not_held": 19,
    "unavailable.must_be_created": 4,
    "unavailable.still_unclear": 2,
    "not_processed.petition": 3,
    "not_processed.repeated": 1.5,
    "not_processed.publication": 0.2,
    "not_processed.abusive": 0.2,
    "not_processed.reconfirmation": 0.3,
    "other_handling": 5,
    "other_handling.not_corrected": 2,
    "other_handling.fee_unpaid": 0.2,
    "other_handling.other": 3,
}
"""How often a request ends so; each edition uses the rows that it declares."""
_LIKELY = 1.0
"""For a row that is not among them."""
_VERDICTS = {"upheld": 55.0, "corrected": 15, "other": 30}
_ITEM_ROWS = ("licensing", "other_services", "penalties", "coercive_measures", "fees")
_REVIEWS, _SUITS, _LATER_SUITS = (
    f"remedies.{block}"
    for block in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
)


@dataclass
class _Stock:
    """What one year hands to the next."""

    documents: int
    items: dict[str, int]
    carried: Counter[str] = field(default_factory=Counter)
    pending: dict[str, int] = field(default_factory=dict)


def demo_figures(unit: DemoAgency, edition: Edition, year: int) -> dict[FieldKey, Value]:
    """Every figure of one year by key; none of the government, which brings its units' sums."""
    if unit.index == GOVERNMENT:
        return {}
    given: dict[FieldKey, Value] = {}
    first = min(e.first_year for e in EDITIONS.values())
    stock = _opening(unit)
    for each in range(first - 1, year + 1):
        given = dict(_year(unit, edition, each, stock))
    zero = {k: Decimal(0) if f.kind is Kind.MONEY else 0 for k, f in edition.fields.items()}
    values = zero | {key: value for key, value in given.items() if key in edition.fields}
    for key in edition.totals:
        values[key] = _total(edition, values, key)
    return values


def _total(edition: Edition, values: Mapping[FieldKey, Value], key: FieldKey) -> Value:
    if key not in edition.totals:
        return values[key]
    return sum(_total(edition, values, part) for part in edition.totals[key].right)


def _opening(unit: DemoAgency) -> _Stock:
    random = unit.random("opening")
    items = {row: _items(random, row, unit) for row in _ITEM_ROWS}
    return _Stock(_tail(random, 2.2, 0.9) if random.random() < 0.6 else 0, items)


def _items(random: Random, row: str, unit: DemoAgency) -> int:
    likely = 0.9 if _power(unit, row) else 0.04
    return _tail(random, 2.4, 1.1) if random.random() < likely else 0


def _power(unit: DemoAgency, row: str) -> int:
    order = ("licensing", "penalties", "coercive_measures", "fees")
    return unit.powers[order.index(row)] if row in order else 0


def _tail(random: Random, mu: float, sigma: float, most: int = 60_000) -> int:
    """A count with a long tail: median e to the ``mu``."""
    return min(most, int(random.lognormvariate(mu, sigma)))


def _year(
    unit: DemoAgency, edition: Edition, year: int, stock: _Stock
) -> Iterator[tuple[FieldKey, Value]]:
    yield from _disclosure(unit, unit.random(year, "disclosure"), stock)
    yield from _requests(unit, edition, year, stock)


def _disclosure(
    unit: DemoAgency, random: Random, stock: _Stock
) -> Iterator[tuple[FieldKey, Value]]:
    """Table two, in the words of every edition."""
    documents = "disclosure.normative_documents"
    issued = _tail(random, 0.6, 0.7, 40) if random.random() < 0.3 else 0
    repealed = random.randint(0, min(stock.documents, 6)) if random.random() < 0.15 else 0
    stock.documents += issued - repealed
    yield from {
        f"{documents}.issued": issued,
        f"{documents}.repealed": repealed,
        f"{documents}.in_force": stock.documents,
        f"{documents}.produced": issued,
        f"{documents}.published": issued,
        f"{documents}.public_total": stock.documents,
    }.items()
    for row in _ITEM_ROWS:
        before = stock.items[row]
        # The last item stays: a power that is gone for a year would be asked about.
        change = random.randint(-min(before - 1, 5), 5) if before and random.random() < 0.4 else 0
        stock.items[row] += change
        yield f"disclosure.{row}.previous_items", before
        yield f"disclosure.{row}.change", change
        yield f"disclosure.{row}.decisions", _decisions(random, unit, row) if before else 0
    yield FEES, _fees(random, unit)
    projects = _tail(random, 1.2, 0.9, 200) if random.random() < 0.5 else 0
    yield "disclosure.procurement.projects", projects
    yield "disclosure.procurement.amount", _money(random, 3.9, 1.2) if projects else Decimal(0)


def _fees(random: Random, unit: DemoAgency) -> Decimal:
    """What is charged in a year: as steady as the decisions."""
    power, usual = _power(unit, "fees"), unit.random("fees", "usual")
    charges = power and usual.random() < 0.8
    return _money(random, usual.gauss(1.3 * power, 1.2), 0.25) if charges else Decimal(0)


def _decisions(random: Random, unit: DemoAgency, row: str) -> int:
    """Decisions of a year: steady for one agency, and of the size of its powers."""
    power = _power(unit, row)
    if not power:
        return 0
    usual = unit.random(row, "usual").gauss(1.55 * power, 0.9)
    return _tail(random, usual, 0.25)


def _money(random: Random, mu: float, sigma: float) -> Decimal:
    """An amount in 万元 above 0 with 0 to 4 places, never ending in a useless zero."""
    whole = _tail(random, mu, sigma, 30_000)
    # Whole amounts stay below the size at which a clerk is asked whether 元 was meant.
    places = random.choice((0, 1, 2, 2, 3, 4, 4) if whole < 1000 else (1, 2, 2, 3, 4, 4))
    last = random.randint(1, 9)
    units = whole * 10**places + (random.randrange(10 ** (places - 1)) * 10 + last if places else 0)
    return Decimal(max(1, units)).scaleb(-places)


def _requests(
    unit: DemoAgency, edition: Edition, year: int, stock: _Stock
) -> Iterator[tuple[FieldKey, Value]]:
    """Tables three and four."""
    random = unit.random(year, "requests")
    received = _received(unit, random)
    # A review still pending concerns some request: an agency with one is not without requests.
    received["individual"] += max(0, sum(stock.pending.values()) - received.total())
    pool = received + stock.carried
    carried_out = _carried_out(random, pool)
    yield from _row("received", received)
    yield from _row("carried_in", stock.carried)
    yield from _row("carried_out", carried_out)
    yield from _outcomes(edition, unit.random(year, "outcomes"), pool - carried_out)
    stock.carried = carried_out
    yield from _remedies(unit.random(year, "remedies"), pool.total(), stock)


def _row(row: str, counts: Mapping[str, int]) -> Iterator[tuple[FieldKey, int]]:
    return ((f"requests.{row}.{column}", n) for column, n in counts.items())


def _received(unit: DemoAgency, random: Random) -> Counter[str]:
    usual = unit.random("requests", "usual").gauss(1.0 + 0.25 * sum(unit.powers), 1.1)
    busy = random.random() < _BUSY
    count = _tail(random, usual, 0.4, _MOST_REQUESTS) if busy else 0
    return Counter(random.choices([*_APPLICANTS], [*_APPLICANTS.values()], k=count))


def _carried_out(random: Random, pool: Counter[str]) -> Counter[str]:
    share = random.choice((0, 0, 0.02, 0.05, 0.12))
    return Counter({c: sum(random.random() < share for _ in range(n)) for c, n in pool.items()})


def _outcomes(
    edition: Edition, random: Random, processed: Counter[str]
) -> Iterator[tuple[FieldKey, int]]:
    for column, count in processed.items():
        ways = edition.totals.get(f"requests.processed.{column}")
        if ways is None:  # an edition without such applicants
            continue
        rows = [edition.fields[key].row for key in ways.right]
        ends = random.choices(rows, [_LIKELIHOOD.get(row, _LIKELY) for row in rows], k=count)
        yield from ((f"requests.{row}.{column}", n) for row, n in Counter(ends).items())


def _remedies(random: Random, requests: int, stock: _Stock) -> Iterator[tuple[FieldKey, int]]:
    """Reviews and suits: never more than the requests, and last year's pending come back."""
    before = stock.pending
    room = requests - sum(before.values())
    reviews = _some(random, min(room, 150), 0.03)
    suits = _some(random, min(room - reviews, 150), 0.008)
    reviewed = reviews + before.get(_REVIEWS, 0)
    later = min(_some(random, reviewed, 0.12), room - reviews - suits)
    stock.pending = {
        _REVIEWS: _some(random, reviews, 0.25),
        _SUITS: _some(random, suits, 0.4),
        _LATER_SUITS: 0,
    }
    # A suit after review stays pending only beside a pending review, which next year tells of.
    stock.pending[_LATER_SUITS] = min(_some(random, later, 0.4), stock.pending[_REVIEWS])
    for block, new in ((_REVIEWS, reviews), (_SUITS, suits), (_LATER_SUITS, later)):
        ended = new + before.get(block, 0) - stock.pending[block]
        ends = random.choices([*_VERDICTS], [*_VERDICTS.values()], k=ended)
        yield from ((f"{block}.{end}", n) for end, n in Counter(ends).items())
        yield f"{block}.pending", stock.pending[block]


def _some(random: Random, count: int, chance: float) -> int:
    return sum(random.random() < chance for _ in range(count))
