"""What guards a figure: the identities that it takes part in, and the figure that it repeats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gxgen.checks.claims import Sums
from gxgen.checks.wording import named_cell
from gxgen.editions.bridge import counterparts
from gxgen.editions.derive import Identity, IdentityKind
from gxgen.editions.schema import FieldKey
from gxgen.model.report import Report

_CODES = {IdentityKind.TOTAL: "GX101", IdentityKind.BALANCE: "GX102"}
_CARRY = "GX301"


class Held(StrEnum):
    """Whether the two sides of a guard agree."""

    HOLDS = "holds"
    BROKEN = "broken"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """What a clerk reads."""
        return {"holds": "对得上", "broken": "对不上", "unknown": "无从核对"}[self.value]


@dataclass(frozen=True, slots=True)
class Guard:
    """A check that a figure stands under, whether or not it fails: which code would tell it, both
    sides in words, and how they stand."""

    code: str
    state: Held
    told: str


def guards(report: Report, key: FieldKey) -> Iterator[Guard]:
    """Every identity that a figure takes part in, then what it repeats of last year."""
    for identity in report.edition.guards.get(key, ()):
        yield _of_identity(report, identity)
    if key in report.edition.carries:
        yield _of_carry(report, key)


def _of_identity(report: Report, identity: Identity) -> Guard:
    values, sums = report.values, Sums(report)
    left, right = (sums.sum(tuple((1, k) for k in side)) for side in _sides(identity))
    told = f"{left}；{right}；两者应当相等"
    if any(key not in values for key in identity.keys):
        return Guard(_CODES[identity.kind], Held.UNKNOWN, told)
    one, other = (sum(values[key] for key in side) for side in _sides(identity))
    return Guard(_CODES[identity.kind], Held.HOLDS if one == other else Held.BROKEN, told)


def _sides(identity: Identity) -> tuple[tuple[FieldKey, ...], tuple[FieldKey, ...]]:
    return identity.left, identity.right


def _of_carry(report: Report, key: FieldKey) -> Guard:
    """A figure against the one of last year that it repeats; unknown without last year's form."""
    source, last = report.edition.carries[key], report.previous
    row = report.edition.fields[source].row_label
    if last is None:
        return Guard(_CARRY, Held.UNKNOWN, f"应等于上年的“{row}”同一列；没有上年的填报表")
    there = counterparts(source, report.edition, last.edition) or ()
    if not there or key not in report.values or any(k not in last.values for k in there):
        return Guard(_CARRY, Held.UNKNOWN, f"应等于上年的“{row}”同一列；两数没有都填")
    before = sum(last.values[k] for k in there)
    cells = "＋".join(named_cell(last, k) for k in there)
    state = Held.HOLDS if report.values[key] == before else Held.BROKEN
    here = Sums(report).sum(((1, key),))
    return Guard(_CARRY, state, f"{here}，应等于上年（{last.year}年）{cells} {before}")
