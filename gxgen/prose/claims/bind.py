"""From frames to claims: which number of a sentence counts what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gxgen.editions.schema import Edition, FieldKey
from gxgen.prose.claims.claim import Claim, Expr, Form, Quantity, Reading, Ring
from gxgen.prose.claims.lexicon import Frame, lexicon
from gxgen.prose.claims.segment import Sentence
from gxgen.prose.claims.tokens import Number, Tokens

Terms = tuple[tuple[int, FieldKey], ...]
_BASES = ("processed", "received", "received+carried_in")
"""What a share of the requests may be a share of."""
_ALONE = {
    "nonexistent": "not_held",
}


@dataclass(slots=True)
class Context:
    """What was spoken of before, inside one paragraph."""

    topics: set[str] = field(default_factory=set)
    totals: list[tuple[int, Claim]] = field(default_factory=list)
    """Totals of requests, each with the token of its number; -1 once the sentence is over."""
    year: int | None = None

    def over(self) -> None:
        """The sentence is over."""
        self.totals = [(-1, claim) for _, claim in self.totals]


class Binder:
    """Binds the sentences of one report."""

    def __init__(self, edition: Edition, year: int) -> None:
        """``edition`` says which figures there are, ``year`` which year is this one."""
        self.edition, self.year = edition, year

    def claims(self, sentence: Sentence, tokens: Tokens, context: Context) -> Iterator[Claim]:
        """What a sentence claims, in the order of its words; numbers that count nothing known come
        without readings."""
        bound: dict[int, Claim] = {}
        taken: list[tuple[int, int]] = []
        for frame in lexicon().frames:
            if frame.needs not in ("", "total") and context.topics.isdisjoint(
                frame.needs.split("|")
            ):
                continue
            for found in frame.pattern.finditer(tokens.tags):
                at = found.start() if frame.zero or frame.change == "same" else found.start("n")
                if at in bound or (frame.zero and _inside(found, taken)):
                    continue
                claims = [*self._made(frame, found, at, sentence, tokens, context, bound)]
                if not claims:
                    continue
                bound[at] = claims[0]
                for extra, claim in enumerate(claims[1:], 1):
                    bound[at + extra * 10_000] = claim
                taken.append(found.span())
                if frame.gives:
                    context.topics.add(frame.gives)
                if frame.gives == "requests" and not frame.zero:
                    context.totals.append((at, claims[0]))
        for at, number in tokens.numbers.items():
            if at not in bound:
                bound[at] = self._unbound(number, sentence)
        context.over()
        for at in sorted(bound, key=lambda one: (one % 10_000, one)):
            yield bound[at]

    def _made(
        self,
        frame: Frame,
        found: re.Match[str],
        at: int,
        sentence: Sentence,
        tokens: Tokens,
        context: Context,
        bound: dict[int, Claim],
    ) -> Iterator[Claim]:
        number = tokens.numbers.get(at)
        quantity = None if number is None else _quantity(number, sentence)
        year = self._scope(found, at, tokens, context)
        ring = frame.ring
        if quantity is not None and quantity.approximate:
            ring = Ring.OUTER
        if frame.in_list and _listed(tokens) < (2 if "requests" in context.topics else 3):
            ring = Ring.OUTER
        readings, also = self._readings(frame, found, at, tokens, context, bound)
        if not readings:
            return
        if frame.change and ring is Ring.INNER and not self._adjacent(found, context, tokens):
            ring = Ring.OUTER
        sign = 0
        if frame.change and frame.change != "same":
            letters = lexicon().letters
            sign = -1 if letters["down"] in found[0] else 1
        first = tokens.starts[found.start()]
        last = tokens.ends[found.end() - 1]
        span = sentence.span(first, last)
        whole = sentence.span(0, len(sentence.text))
        groups = [(one,) for one in readings] if frame.each else [readings]
        for group in groups:
            yield Claim(
                frame.kind, quantity, group, also, ring, span, whole, sentence.section, year, sign
            )

    def _unbound(self, number: Number, sentence: Sentence) -> Claim:
        span = sentence.span(number.start, number.end)
        whole = sentence.span(0, len(sentence.text))
        quantity = _quantity(number, sentence)
        return Claim("other", quantity, (), (), Ring.OUTER, span, whole, sentence.section)

    # -- readings --------------------------------------------------------------------------------

    def _readings(
        self,
        frame: Frame,
        found: re.Match[str],
        at: int,
        tokens: Tokens,
        context: Context,
        bound: dict[int, Claim],
    ) -> tuple[tuple[Reading, ...], tuple[Reading, ...]]:
        if frame.change:
            return self._changes(frame, at, context), ()
        if frame.rows:
            return self._rows(frame, found), ()
        if frame.table:
            tag = _tag_of(found["rows"])
            column = {"other_result": "other", "unsettled": "pending"}.get(tag, tag)
            exprs = [f"{frame.table}.{column}"]
            return self._of(frame, exprs), ()
        return self._of(frame, frame.readings), self._of(frame, frame.also)

    def _of(self, frame: Frame, texts: tuple[str, ...] | list[str]) -> tuple[Reading, ...]:
        exprs = (self._terms(text) for text in texts)
        return tuple(Reading(Expr(terms), 0, frame.name) for terms in exprs if terms)

    def _rows(self, frame: Frame, found: re.Match[str]) -> tuple[Reading, ...]:
        tags = [t for letter in found["rows"] if (t := _tag_of(letter)) in _ROWS]
        terms = tuple(term for tag in tags for term in self._row(tag))
        if not terms or len({key for _, key in terms}) < len(terms):
            return ()
        if frame.kind != "share":
            return (Reading(Expr(terms), 0, frame.name),)
        return tuple(
            Reading(Expr(terms, Form.SHARE, base), 0, frame.name)
            for base in map(self._terms, _BASES)
            if base
        )

    def _row(self, tag: str) -> Terms:
        name = f"requests.{tag}"
        keys = (
            (f"{name}.total",)
            if f"{name}.total" in self.edition.fields
            else tuple(
                key
                for key in self.edition.fields
                if key.startswith(f"{name}.") and key.endswith(".total")
            )
        )
        inner = tuple(
            key
            for key, one in self.edition.fields.items()
            if one.table == "requests" and key.endswith(f".{tag}.total")
        )
        return tuple((1, key) for key in keys or inner)

    def _changes(self, frame: Frame, at: int, context: Context) -> tuple[Reading, ...]:
        if not context.totals:
            return ()
        nearest = context.totals[-1][1]
        first = context.totals[0][1]
        form = Form.RATE if frame.change == "rate" else Form.CHANGE
        exprs = dict.fromkeys(
            Expr(reading.expr.terms, form)
            for claim in (nearest, first)
            for reading in claim.readings
            if reading.expr.form is Form.LEVEL
        )
        return tuple(Reading(expr, 0, frame.name) for expr in exprs)

    def _adjacent(self, found: re.Match[str], context: Context, tokens: Tokens) -> bool:
        """Whether a change follows its total with nothing between."""
        return any(token >= 0 and token + 1 == found.start() for token, _ in context.totals)

    def _terms(self, text: str) -> Terms:
        """``received+carried_in`` as figures; nothing if this edition lacks one."""
        out = []
        for sign, name in _TERM.findall(text):
            name = lexicon().names.get(name, name)
            key = name if name in self.edition.fields else f"{name}.total"
            if key not in self.edition.fields:
                return ()
            out.append((-1 if sign == "-" else 1, key))
        return tuple(out)

    # -- scope -----------------------------------------------------------------------------------

    def _scope(self, found: re.Match[str], at: int, tokens: Tokens, context: Context) -> int | None:
        """The year that is spoken of, None for the report's: the last one named before."""
        letters = lexicon().letters
        skip_after = letters["carry"], letters["filler"]
        skip_before = {letters[t] for t in ("against", "and", "carry", "includes")}
        year = context.year
        end = max(at, found.start() + 1)
        for token, value in tokens.years.items():
            if token >= end:
                break
            following = tokens.tags[token + 1 : token + 2]
            before = tokens.tags[token - 1 : token]
            if following == skip_after[0] or (before and before in skip_before):
                continue
            year = None if value == self.year else value
        for token, tag in enumerate(tokens.tags[:end]):
            if tag == letters["last"]:
                following = tokens.tags[token + 1 : token + 3]
                before = tokens.tags[token - 1 : token]
                if letters["carry"] in following or (before and before in skip_before):
                    continue
                year = self.year - 1
        context.year = year
        return year


_TERM = re.compile(r"([+-]?)([a-z_.]+)")
_ROWS = frozenset(
    (
        "granted partly_granted refused unavailable not_processed other_handling state_secret "
        "prohibited_by_law endangers_security third_party_rights internal_affairs deliberative "
        "enforcement_files administrative_inquiry not_held must_be_created still_unclear petition "
        "repeated publication abusive reconfirmation not_corrected fee_unpaid"
    ).split()
)


def _listed(tokens: Tokens) -> int:
    """How many outcomes a sentence names."""
    letters = {lexicon().letters[tag] for tag in _ROWS}
    return sum(tag in letters for tag in tokens.tags)


def _tag_of(letter: str) -> str:
    return next((tag for tag, own in lexicon().letters.items() if own == letter), "")


def _inside(found: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    return any(begin <= found.start() and found.end() <= end for begin, end in taken)


def _quantity(number: Number, sentence: Sentence) -> Quantity:
    span = sentence.span(number.start, number.end)
    return Quantity(span, number.low, number.high, number.places, number.unit)
