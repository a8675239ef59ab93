"""What a text says against itself, whatever the tables hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from gxgen.diagnostics import Finding, Severity
from gxgen.editions.derive import IdentityKind
from gxgen.editions.schema import Edition, FieldKey
from gxgen.model.report import Report
from gxgen.prose.claims import claims_of, verdicts_of
from gxgen.prose.claims.claim import Claim, Form, Quantity, Ring, State

Cells = frozenset[FieldKey]
HANDLING_FEE: Cells = frozenset(("handling_fee",))
_MARKS = "，、（(；：,;: "


def sure_values(report: Report) -> Iterator[tuple[Cells, Decimal, Claim]]:
    """What the text says for certain of this year: sums of cells, each with its value."""
    for claim in claims_of(report):
        quantity = claim.quantity
        if len(claim.readings) != 1 or claim.year is not None or claim.sign:
            continue
        expr = claim.readings[0].expr
        if expr.form is not Form.LEVEL or any(sign < 0 for sign, _ in expr.terms):
            continue
        if (quantity is not None and quantity.approximate) or claim.kind == "change":
            continue
        cells = frozenset(expr.keys)
        if claim.ring is Ring.INNER or cells == HANDLING_FEE:
            yield cells, Decimal(0) if quantity is None else quantity.low, claim


def two_values(report: Report, code: str) -> Iterator[Finding]:
    """A figure for which the text gives two values: named at the second, unless the table has
    already decided which of them is wrong."""
    wrong = {
        id(one.claim)
        for one in verdicts_of(report)
        if one.state is State.DIFFERS and one.claim.ring is Ring.INNER
    }
    first: dict[Cells, tuple[Decimal, Claim]] = {}
    for cells, value, claim in sure_values(report):
        before, told = first.setdefault(cells, (value, claim))
        if before == value or (cells == HANDLING_FEE and before and value):
            continue
        if id(claim) in wrong or id(told) in wrong:
            continue
        message = f"正文前面写“{_said(told)}”，这里写“{_said(claim)}”，说的是同一个数，两处不一样。"
        yield _finding(report, code, message, claim, cells)


def unbalanced(report: Report, code: str) -> Iterator[Finding]:
    """Numbers of the text that no table could make true together."""
    told: dict[Cells, tuple[Decimal, Claim]] = {}
    for cells, value, claim in sure_values(report):
        told.setdefault(_leaves(report.edition, cells), (value, claim))
    largest = sorted(told, key=lambda cells: (-len(cells), sorted(cells)))
    for cells, (value, claim) in told.items():
        parts = {part: told[part] for part in _parts(cells, largest)}
        total = sum((one for one, _ in parts.values()), Decimal(0))
        whole = frozenset().union(*parts) == cells
        if parts and (total > value or (whole and total != value)):
            listed = "、".join(_said(one) for _, one in parts.values())
            wrong = "超过了" if total > value else "不等于"
            message = f"正文写“{_said(claim)}”，而{listed}，加起来是 {total}，{wrong} {value}。"
            yield _finding(report, code, message, claim, cells)
    yield from _carried(report, code, told)


Told = Mapping[Cells, tuple[Decimal, Claim]]


def _carried(report: Report, code: str, told: Told) -> Iterator[Finding]:
    """New and carried in against finished and carried out."""
    identity = next(
        one
        for one in report.edition.identities
        if one.kind is IdentityKind.BALANCE and one.line == "total"
    )
    new, *rest = (*identity.left, *identity.right)
    values = [told.get(_leaves(report.edition, frozenset((key,)))) for key in rest]
    received = next((c for c in claims_of(report) if _counts_new(c, new)), None)
    if received is None or received.quantity is None or None in values:
        return
    carried_in, processed, carried_out = (one for one in values if one is not None)
    went = processed[0] + carried_out[0]
    came = {received.quantity.low + carried_in[0]}
    if len(received.readings) > 1:
        came.add(received.quantity.low)
    if went not in came:
        claims = (received, *(claim for _, claim in (carried_in, processed, carried_out)))
        listed = "、".join(map(_said, claims))
        message = f"正文的数合不上：{listed}；新收加上年结转应当等于办结加结转下年。"
        yield _finding(report, code, message, carried_out[1], frozenset(identity.right))


def _counts_new(claim: Claim, new: FieldKey) -> bool:
    """Whether a claim is for certain the number of new requests, with or without those carried
    in."""
    return (
        claim.ring is Ring.INNER
        and claim.year is None
        and len(claim.readings) < 3
        and any(reading.expr.keys == (new,) for reading in claim.readings)
        and all(reading.expr.form is Form.LEVEL for reading in claim.readings)
        and claim.kind == "requests"
    )


def _parts(whole: Cells, told: Sequence[Cells]) -> list[Cells]:
    """The largest sums inside another that do not overlap; ``told`` has the largest first."""
    out: list[Cells] = []
    for cells in told if len(whole) > 1 else ():
        if cells < whole and all(map(cells.isdisjoint, out)):
            out.append(cells)
    return out


def _leaves(edition: Edition, cells: Cells) -> Cells:
    """A sum as the rows and columns that its totals add up; worked out once an edition."""
    kept: dict[Cells, Cells] = edition.__dict__.setdefault("_leaves", {})
    if cells not in kept:
        kept[cells] = _added_up(edition, cells)
    return kept[cells]


def _added_up(edition: Edition, cells: Cells) -> Cells:
    out: set[FieldKey] = set()
    for key in cells:
        parts = [
            one
            for one in edition.guards.get(key, ())
            if one.left == (key,) and _one_column(key, one.right)
        ]
        out |= set(parts[0].right) if parts else {key}
    return frozenset(out)


def _one_column(key: FieldKey, parts: tuple[FieldKey, ...]) -> bool:
    """Whether parts of a total are rows of its own column, or the cells of table four."""
    return key.startswith("remedies.") or all(part.endswith(".total") for part in parts)


def parts_above(report: Report, code: str) -> Iterator[Finding]:
    """A part behind 其中 or in brackets that is more than what it is a part of."""
    claims = [(claim, claim.quantity) for claim in claims_of(report) if claim.quantity is not None]
    for before, whole, part in zip([None, *claims], claims, claims[1:], strict=False):
        if _listed(before, whole) or whole[0].sentence != part[0].sentence:
            continue
        if _is_part(whole[1], part[1]):
            text = part[1].span.paragraph[whole[1].span.start : part[1].span.end]
            yield Finding(
                code,
                f"正文写“{text}”，其中的数比总数还大。",
                part[0].span.place,
                quote=part[0].sentence.text,
                severity=Severity.WARNING,
            )


Numbered = tuple[Claim, Quantity]


def _listed(before: Numbered | None, whole: Numbered) -> bool:
    """Whether a number is one of a list, so that 其中 may speak of all of it."""
    if before is None or before[0].sentence != whole[0].sentence:
        return False
    between = whole[1].span.paragraph[before[1].span.end : whole[1].span.start]
    return between.startswith(("、", "和", "，"))


def _is_part(one: Quantity, two: Quantity) -> bool:
    if one.unit != two.unit or not one.unit:
        return False
    if one.approximate or two.approximate or two.low <= one.low or one.unit in "%倍元万元":
        return False
    text = one.span.paragraph
    between = text[one.span.end : two.span.start]
    before = text[max(0, one.span.start - 8) : one.span.start]
    return bool(_PART.match(between)) and not _OTHER.search(between + before)


_PART = re.compile(r"\s*+(?:[，,]?\s*+其中|[（(]\s*+(?:其中|含|包括))[^，,。；;（）()]*$")
_OTHER = re.compile("不含|不包括|除|另|增|减|多|少|较|比|每|平均|人均|以上|以下|第|[0-9]{4}年")


def _said(claim: Claim) -> str:
    return claim.span.text.strip(_MARKS)


def _finding(report: Report, code: str, message: str, claim: Claim, cells: Cells) -> Finding:
    keys = [key for key in report.edition.fields if key in cells]
    return Finding(
        code,
        message,
        claim.span.place,
        keys[0] if keys else None,
        quote=claim.sentence.text,
        severity=Severity.WARNING,
    )
