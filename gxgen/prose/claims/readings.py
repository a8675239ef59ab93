"""Readings: what the words around a number say that it counts, as sums of figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gxgen.editions.schema import Edition, FieldKey
from gxgen.prose.claims.claim import Claim, Expr, Form, Reading
from gxgen.prose.claims.lexicon import lexicon

Terms = tuple[tuple[int, FieldKey], ...]
Found = tuple[tuple[Reading, ...], int]
"""Readings and the direction of a change."""
NOTHING: Found = ((), 0)
HANDLING_FEE = "handling_fee"
"""信息处理费: only section six tells it, no table does."""
BASES = ("processed", "received", "received+carried_in")
"""What a share of the requests may be a share of."""
MAIN_ROWS = (
    "granted",
    "partly_granted",
    "refused",
    "unavailable",
    "not_processed",
    "other_handling",
)
BLOCKS = ("refused", "unavailable", "not_processed", "other_handling")
_ORGANISATIONS = ("company", "research", "charity", "legal_service", "other")
_TERM = re.compile(r"([+-]?)([a-z_.]+)")


class Readings:
    """Makes the readings of one edition."""

    def __init__(self, edition: Edition) -> None:
        """``edition`` says which figures there are."""
        self.edition = edition
        self._sums: dict[str, Terms] = {}
        self._rows: dict[str, Terms] = {}

    def of(self, why: str, texts: Iterable[str]) -> tuple[Reading, ...]:
        """Sums as a frame declares them; those that this edition lacks are left out."""
        found = (self.terms(text) for text in texts)
        return tuple(Reading(Expr(terms), 0, why) for terms in found if terms)

    def terms(self, text: str) -> Terms:
        """``received+carried_in`` as figures; nothing if this edition lacks one. The name of a
        block is the sum of its rows."""
        if text not in self._sums:
            self._sums[text] = self._summed(text)
        return self._sums[text]

    def _summed(self, text: str) -> Terms:
        out: list[tuple[int, FieldKey]] = []
        for sign, name in _TERM.findall(text):
            keys = self._keys(lexicon().names.get(name, name))
            if not keys:
                return ()
            out += [(-1 if sign == "-" else 1, key) for key in keys]
        return tuple(out)

    def _keys(self, name: str) -> tuple[FieldKey, ...]:
        if name == HANDLING_FEE or name in self.edition.fields:
            return (name,)
        if f"{name}.total" in self.edition.fields:
            return (f"{name}.total",)
        return tuple(
            k for k in self.edition.fields if k.startswith(f"{name}.") and k[-6:] == ".total"
        )

    def row(self, tag: str) -> Terms:
        """The row that a tag names, or all rows of its block."""
        if tag not in self._rows:
            self._rows[tag] = self._row(tag)
        return self._rows[tag]

    def _row(self, tag: str) -> Terms:
        block = self._keys(f"requests.{tag}")
        inner = (
            key
            for key, one in self.edition.fields.items()
            if one.table == "requests" and key.endswith(f".{tag}.total")
        )
        return tuple((1, key) for key in block or inner)

    def rows(self, why: str, tags: Iterable[str]) -> tuple[Reading, ...]:
        """The sum of the rows named; where a row and its own block are, either."""
        terms = {tag: self.row(tag) for tag in dict.fromkeys(tags)}
        terms = {tag: own for tag, own in terms.items() if own}
        blocks = {tag for tag in terms if tag in BLOCKS}
        inner = {
            tag
            for tag, own in terms.items()
            if tag not in BLOCKS and any(set(own) <= set(terms[block]) for block in blocks)
        }
        if not terms:
            return ()
        if inner and len(inner) + len(blocks) == len(terms):
            choices = [[t for t in terms if t in inner], [t for t in terms if t in blocks]]
        elif inner:
            return ()
        else:
            choices = [list(terms)]
        sums = [tuple(one for tag in tags for one in terms[tag]) for tags in choices]
        return tuple(Reading(Expr(own), 0, why) for own in sums)

    def each_row(self, why: str, block: str) -> tuple[Reading, ...]:
        """Each row of a block by itself."""
        return tuple(Reading(Expr((term,)), 0, why) for term in self.row(block))

    def shares(self, why: str, readings: Iterable[Reading]) -> tuple[Reading, ...]:
        """Each sum as a share of what it may be a share of: its own column's, or its own total."""
        return tuple(
            Reading(Expr(reading.expr.terms, Form.SHARE, base), 0, why)
            for reading in readings
            for base in self._bases(reading.expr.terms)
            if base
        )

    def _bases(self, terms: Terms) -> Iterator[Terms]:
        key = terms[0][1]
        if key.startswith("remedies."):
            blocks = dict.fromkeys(one.rpartition(".")[0] for _, one in terms)
            yield tuple((1, f"{block}.total") for block in blocks)
            return
        if key.startswith("requests."):
            yield from map(self.terms, BASES)
            parent = key.split(".")[1]
            block = self.terms(f"requests.{parent}")
            if len(block) > len(terms):
                yield block

    def share_of(self, why: str, part: str, *wholes: str) -> tuple[Reading, ...]:
        """A share of declared sums."""
        over = self.terms(part)
        return tuple(
            Reading(Expr(over, Form.SHARE, base), 0, why)
            for base in map(self.terms, wholes)
            if base and over
        )

    def column(self, why: str, tags: Iterable[str]) -> tuple[Reading, ...]:
        """The columns that tags name, of the new requests, of all, and of those finished."""
        heads = [h for tag in tags for h in (_ORGANISATIONS if tag == "organisations" else (tag,))]
        return tuple(
            Reading(Expr(terms), 0, why)
            for rows in (("received",), ("received", "carried_in"), ("processed",))
            if (terms := tuple((1, f"requests.{row}.{head}") for row in rows for head in heads))
            and all(key in self.edition.fields for _, key in terms)
        )

    def column_shares(self, why: str, readings: Iterable[Reading]) -> tuple[Reading, ...]:
        """Cells of columns as shares of the totals of their rows."""
        out = []
        for reading in readings:
            rows = dict.fromkeys(key.split(".")[1] for _, key in reading.expr.terms)
            base = tuple((1, f"requests.{row}.total") for row in rows)
            out.append(Reading(Expr(reading.expr.terms, Form.SHARE, base), 0, why))
        return tuple(out)

    def compared(self, why: str, claims: Iterable[Claim], form: Form) -> tuple[Reading, ...]:
        """Levels that were told, as changes against last year."""
        exprs = dict.fromkeys(
            Expr(reading.expr.terms, form)
            for claim in claims
            for reading in claim.readings
            if reading.expr.form is Form.LEVEL
        )
        return tuple(Reading(expr, 0, why) for expr in exprs)


_MADE: dict[str, Readings] = {}


def readings_of(edition: Edition) -> Readings:
    """The readings of an edition, made once."""
    if edition.id not in _MADE:
        _MADE[edition.id] = Readings(edition)
    return _MADE[edition.id]
