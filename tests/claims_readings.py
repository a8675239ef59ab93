"""What a mark of the corpus says: short names of cells, and sums, shares and changes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from gxgen.editions.schema import Edition

Form = Mapping[str, Fraction]
"""A sum of cells: coefficient by key; last year's cells are called ``last:key``."""


@dataclass(frozen=True, slots=True)
class Reading:
    """``over / under``, or ``over`` alone; shares and rates are in percent."""

    said: str
    over: Form
    under: Form | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a number counts: readings are equals, ``also`` excuses and is noted."""

    kind: str
    readings: tuple[Reading, ...]
    also: tuple[Reading, ...] = ()


def claims_of(body: str, edition: Edition) -> Iterator[Claim]:
    """The claims of a mark: what its commas part."""
    for claim in body.split(","):
        alternatives = [a for one in claim.split("|") for a in _bases(one)]
        readings = [a for a in alternatives if not a.startswith("~")]
        also = [a[1:] for a in alternatives if a.startswith("~")]
        yield Claim(
            kind_of(claim),
            tuple(reading(one, edition) for one in readings),
            tuple(reading(one, edition) for one in also),
        )


def _bases(said: str) -> tuple[str, ...]:
    """``share(x)`` leaves the base open."""
    if said.startswith("share(") and "/" not in said:
        bases = ("processed", "received", "received+carried_in")
        return tuple(f"{said[:-1]}/{base})" for base in bases)
    return (said,)


def kind_of(claim: str) -> str:
    """The family of a claim, by the names in its first reading."""
    first = claim.partition("|")[0]
    kinds = [kind for kind, pattern in _KINDS if re.search(pattern, first)]
    assert kinds, f"no cell is called {first!r}"
    return kinds[0]


_KINDS = (
    ("share", r"share\("),
    ("change", r"(change|rate|ratio)\("),
    ("last_year", r"last\("),
    ("column", r"\["),
    ("handling_fee", "handling_fee"),
    ("document", r"documents|rules"),
    ("decision", "licensing|penalties|coercion|procurement"),
    ("fee", "^fees"),
    ("review", "reviews"),
    ("suit", "suits"),
    ("carry", r"^carried_(in|out)$"),
    ("requests", "received|processed$"),
    ("outcome", "granted|refused|unavailable|not_processed|other_handling"),
)


OUTER = ("column", "decision")
"""Kinds of which a checker may ask and never be certain."""


def reading(said: str, edition: Edition) -> Reading:
    """A reading from its notation."""
    call = re.fullmatch(r"(-?)(share|change|rate|ratio)\((.+)\)", said)
    if call is None:
        return Reading(said, _sum(said, edition))
    sign, name, inner = call.groups()
    top, _, base = inner.partition("/")
    now = _sum(top, edition)
    if name == "share":
        return Reading(said, _times(now, 100), _sum(base, edition))
    before = {f"last:{key}": factor for key, factor in now.items()}
    more = {**now, **{key: -factor for key, factor in before.items()}}
    if name == "ratio":
        return Reading(said, now, before)
    side = -1 if sign else 1
    if name == "rate":
        return Reading(said, _times(more, 100 * side), before)
    return Reading(said, _times(more, side))


def _times(form: Form, factor: int) -> dict[str, Fraction]:
    return {key: own * factor for key, own in form.items()}


_TERM = re.compile(r"([+-]?)(?:last\(([^()]+)\)|([a-z_.]+)(?:\[([a-z_]+)\])?)")


def _sum(said: str, edition: Edition) -> dict[str, Fraction]:
    form: dict[str, Fraction] = {}
    at = 0
    while at < len(said):
        term = _TERM.match(said, at)
        assert term, f"{said!r} at {at}"
        sign, last, name, column = term.groups()
        inner = {f"last:{k}": f for k, f in _sum(last, edition).items()} if last else None
        cells = inner or dict.fromkeys(keys_of(name, column, edition), Fraction(1))
        for key, factor in cells.items():
            form[key] = form.get(key, Fraction(0)) + (-factor if sign == "-" else factor)
        at = term.end()
    return form


NO_CELL = "handling_fee"
"""The fee for processing information, in 元: told in section six only."""
_TABLES = {
    "reviews": ("remedies.reconsideration",),
    "suits_direct": ("remedies.litigation_direct",),
    "suits_after": ("remedies.litigation_after_reconsideration",),
    "suits": ("remedies.litigation_direct", "remedies.litigation_after_reconsideration"),
    "documents": ("disclosure.normative_documents",),
    "rules": ("disclosure.rules",),
    "licensing": ("disclosure.licensing",),
    "penalties": ("disclosure.penalties",),
    "coercion": ("disclosure.coercive_measures",),
    "fees": ("disclosure.fees",),
    "procurement": ("disclosure.procurement",),
}
_DEFAULTS = {"licensing": "decisions", "penalties": "decisions", "coercion": "decisions"}
_ORGANISATIONS = ("company", "research", "charity", "legal_service", "other")


def keys_of(name: str, column: str | None, edition: Edition) -> tuple[str, ...]:
    """The cells that a short name stands for; a block of table three is all its rows."""
    if name == NO_CELL:
        return (NO_CELL,)
    short, _, head = name.partition(".")
    if short in _TABLES:
        head = head or _DEFAULTS.get(short, "amount" if short == "fees" else "total")
        keys = tuple(f"{table}.{head}" for table in _TABLES[short])
    else:
        columns = _ORGANISATIONS if column == "organisations" else (column or "total",)
        rows = {key.rpartition(".")[0] for key in edition.fields if key.startswith("requests.")}
        under = f"requests.{name}"
        own = [row for row in sorted(rows) if row == under or row.startswith(under + ".")]
        keys = tuple(f"{row}.{one}" for row in own for one in columns)
    assert keys and all(key in edition.fields for key in keys), f"no cell is called {name!r}"
    return keys
