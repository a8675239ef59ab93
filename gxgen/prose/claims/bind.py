"""From frames to claims: which number of a sentence counts what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from gxgen.editions.schema import Edition
from gxgen.prose.claims.claim import Claim, Expr, Form, Quantity, Reading, Ring
from gxgen.prose.claims.lexicon import Frame, Wide, lexicon
from gxgen.prose.claims.nothing import denials
from gxgen.prose.claims.readings import ROWS, Readings
from gxgen.prose.claims.segment import Sentence
from gxgen.prose.claims.tokens import Number, Tokens
from gxgen.prose.claims.wide import Window, fitting, window

Found = tuple[tuple[Reading, ...], int]
"""Readings and the direction of a change."""
_NOTHING: Found = ((), 0)


@dataclass(slots=True)
class Context:
    """What was spoken of before: in this paragraph, and (``before``) under this heading."""

    topics: set[str] = field(default_factory=set)
    before: set[str] = field(default_factory=set)
    totals: list[tuple[int, Claim]] = field(default_factory=list)
    """Totals of requests, each with the token of its number; -1 once the sentence is over."""
    levels: list[tuple[int, Claim]] = field(default_factory=list)
    """All numbers that are figures themselves, likewise."""
    year: int | None = None
    case: str = ""
    """Whether reviews or suits were told last."""

    def over(self) -> None:
        """The sentence is over."""
        self.totals = [(-1, claim) for _, claim in self.totals]
        kept = [claim for _, claim in self.levels if claim.kind in _MAIN]
        self.levels = [(-1, claim) for claim in (*kept[:1], *kept[1:][-2:])]

    def next_paragraph(self) -> Context:
        """What is left of it for the next paragraph under the same heading."""
        return Context(set(), self.topics | self.before, [], self.levels, None, self.case)


class Binder:
    """Binds the sentences of one report."""

    def __init__(self, edition: Edition, year: int) -> None:
        """``edition`` says which figures there are, ``year`` which year is this one."""
        self.readings, self.year = Readings(edition), year

    def claims(self, sentence: Sentence, tokens: Tokens, context: Context) -> Iterator[Claim]:
        """What a sentence claims, in the order of its words; numbers that count nothing known come
        without readings."""
        work = _Work(self, sentence, tokens, context)
        work.strict()
        work.loose()
        work.denied()
        work.unchanged()
        context.case = work.case_at(len(tokens.tags))
        context.over()
        context.year = work.year_of_all()
        yield from work.in_order()


class _Work:
    """One sentence being bound."""

    def __init__(self, binder: Binder, sentence: Sentence, tokens: Tokens, context: Context) -> None:
        self.readings, self.year = binder.readings, binder.year
        self.sentence, self.tokens, self.context = sentence, tokens, context
        self.asked = "requests" in context.topics
        self.bound: dict[int, list[Claim]] = {}
        self.taken: list[tuple[int, int]] = []

    def in_order(self) -> Iterator[Claim]:
        """All claims, by the place of their number."""
        for at in sorted({*self.bound, *self.tokens.numbers}):
            yield from self.bound.get(at) or [self._unbound(self.tokens.numbers[at])]

    # -- the strict frames -----------------------------------------------------------------------

    def strict(self) -> None:
        """Binds what the frames of the inner ring match."""
        for frame in lexicon().frames:
            topics = self.context.topics
            if frame.needs not in ("", "total") and topics.isdisjoint(frame.needs.split("|")):
                continue
            if not frame.possible(self.tokens.tags):
                continue
            for found in frame.pattern.finditer(self.tokens.tags):
                self._framed(frame, found)

    def _framed(self, frame: Frame, found: re.Match[str]) -> None:
        wordless = frame.zero or frame.change == "same"
        at = found.start() if wordless else found.start("n")
        if at in self.bound or (frame.zero and self._inside(found)) or self._tainted(found.start()):
            return
        readings, sign = self._by_frame(frame, found)
        if not readings:
            return
        ring = frame.ring
        if frame.in_list and self._listed() < self._rows_needed():
            ring = Ring.OUTER
        if frame.change and not self._adjacent(found):
            ring = Ring.OUTER
        groups = [(one,) for one in readings] if frame.each else [readings]
        also = self.readings.of(frame.name, frame.also)
        first, last = found.start(), found.end() - 1
        self._put(at, groups, also, frame.kind, ring, sign, (first, last), wordless)
        self._heard(at, frame.kind, frame.gives, zero=frame.zero)

    def _by_frame(self, frame: Frame, found: re.Match[str]) -> Found:
        if frame.change:
            form = Form.RATE if frame.change == "rate" else Form.CHANGE
            falls = lexicon().letters["down"] in found[0]
            sign = 0 if frame.change == "same" else -1 if falls else 1
            return self._changes(frame.name, form), sign
        if frame.rows:
            rows = self._framed_rows(frame, found)
            return (self.readings.shares(frame.name, rows) if frame.kind == "share" else rows), 0
        return self.readings.of(frame.name, frame.readings), 0

    def _framed_rows(self, frame: Frame, found: re.Match[str]) -> tuple[Reading, ...]:
        counted = [at for at in range(*found.span()) if at in self.tokens.numbers]
        if any(self._informations(at) for at in counted):
            return ()
        rows = self.readings.rows(frame.name, self._rows_in(found["rows"]))
        return self._either(frame.name, rows, self._rows_in(found["rows"]), found.start())

    def _either(
        self, why: str, rows: tuple[Reading, ...], tags: list[str], start: int
    ) -> tuple[Reading, ...]:
        """The block, or the one row of it that the words before have named: 均属行政查询事项，
        不予公开2件."""
        begin = max((n + 1 for n in self.tokens.numbers if n < start), default=0)
        earlier = self._rows_in(self.tokens.tags[begin:start])
        both = self.readings.rows(why, [*earlier, *tags]) if earlier else ()
        return tuple(dict.fromkeys((*rows, *both))) if len(both) == 2 else rows

    def _changes(self, why: str, form: Form) -> tuple[Reading, ...]:
        totals = [claim for _, claim in self.context.totals]
        if not totals:
            return ()
        return self.readings.compared(why, (totals[-1], totals[0]), form)

    def _adjacent(self, found: re.Match[str]) -> bool:
        """Whether a change follows its total with nothing between."""
        return any(at >= 0 and at + 1 == found.start() for at, _ in self.context.totals)

    def _inside(self, found: re.Match[str]) -> bool:
        return any(begin <= found.start() and found.end() <= end for begin, end in self.taken)

    def _listed(self) -> int:
        """How many outcomes a sentence names."""
        return sum(letter in _row_letters() for letter in self.tokens.tags)

    def _rows_needed(self) -> int:
        """How many outcomes a sentence must name before one of them may be called wrong."""
        if any(claim.ring is Ring.INNER for _, claim in self.context.totals):
            return 1
        return 2 if "requests" in self.context.topics else 3

    def _tainted(self, start: int) -> bool:
        """Whether what stands before, in the list that goes on here, speaks of other things."""
        tags = self.tokens.tags
        begin = max(tags.rfind(mark, 0, start) for mark in ";") + 1
        return not _shut().isdisjoint(tags[begin:start])

    # -- the wide grammar ------------------------------------------------------------------------

    def loose(self) -> None:
        """Binds what is left over by the words that stand near."""
        for at in sorted({*self.tokens.numbers, *self.bound}):
            if at in self.bound:
                self._told_level(at)
            elif self.tokens.tags[at] != "q" and not self._long_ago(at):
                self._near(at)

    def denied(self) -> None:
        """Binds the negations that no frame has."""
        for at, first, last, sums in denials(self.tokens):
            if any(begin <= at < end for begin, end in self.taken):
                continue
            if not _shut().isdisjoint(self.tokens.tags[:at]):
                continue
            groups = [self.readings.of("没有", one.split("|")) for one in sums]
            if all(groups):
                self._put(at, groups, (), "zero", Ring.OUTER, 0, (first, last), True)

    def unchanged(self) -> None:
        """Binds 持平 where no frame has it."""
        same = lexicon().letters["same"]
        for at, tag in enumerate(self.tokens.tags):
            if tag != same or any(begin <= at < end for begin, end in self.taken):
                continue
            seen = window(self.tokens, at)
            if "O" in seen.left and "L" not in seen.left:
                continue
            readings = self.readings.compared("与上年持平", self._subjects(at, seen), Form.CHANGE)
            if readings:
                self._put(at, [readings], (), "change", Ring.OUTER, 0, (seen.first, at), True)

    def _long_ago(self, at: int) -> bool:
        """Whether the words since a year was named speak of many years: 自施行以来，共收到…."""
        letters = lexicon().letters
        tags = self.tokens.tags[:at]
        if letters["in_force"] in window(self.tokens, at).left:
            return False
        reset = max(tags.rfind(one) for one in (";", "Y", "L", letters["now"]))
        if tags.rfind(letters["cumulative"]) > reset:
            return True
        totted = tags.rfind(letters["totted"])
        dated = {"Y", letters["now"], letters["when"]}
        return totted >= 0 and not self.context.totals and dated.isdisjoint(tags[:totted])

    def _near(self, at: int) -> None:
        seen = window(self.tokens, at)
        topics = self._topics(at, seen)
        for rule in fitting(self.tokens, at, seen, topics):
            readings, sign = self._by_rule(rule, at, seen)
            if readings:
                groups = [(one,) for one in readings] if rule.make in ("each", "rest") else [readings]
                first = seen.first if seen.left else at
                last = at if rule.where == "left" else max(seen.last - 1, at)
                year = self.year - 1 if rule.make == "before" else None
                ring = Ring.INNER if self._sure(rule, at, seen) else Ring.OUTER
                self._put(at, groups, (), rule.kind, ring, sign, (first, last), False, year)
                self._heard(at, rule.kind, rule.gives, zero=False)
                self._told_level(at)
                return

    def _sure(self, rule: Wide, at: int, seen: Window) -> bool:
        """Whether all the words of the clause are known to belong to it, after what must stand
        before."""
        if not rule.sure or not set(seen.near) <= rule.sure or self._tainted(at):
            return False
        if rule.kind not in ("share", "change") and self._informations(at):
            return False
        if rule.after == "asked":
            return self.asked
        if rule.after == "total":
            return any(
                n < at and claim.ring is Ring.INNER for n, claim in self.context.totals
            )
        before = [n for n in self.tokens.numbers if n < at][-1:]
        told = self.bound.get(before[0], []) if before else []
        if rule.after == "case":
            return bool(told) and told[0].ring is Ring.INNER and told[0].kind in ("review", "suit")
        return bool(told) and told[0].ring is Ring.INNER and told[0].kind in _CHAINED[rule.kind]

    def _topics(self, at: int, seen: Window) -> set[str]:
        """What is spoken of, and what the words around the number add to it."""
        out = self.context.topics | self.context.before
        letters = lexicon().letters
        tags = self.tokens.tags
        if self._listed() >= 2:
            out.add("listed")
        if self.context.levels and self.context.levels[-1][1].kind in ("review", "suit"):
            out.add("cases")
        if letters["issue"] in tags[:at] and "document" not in self.context.topics:
            out.add("issued")
        before = tags[max(0, seen.first - 1) : seen.first]
        if "requests" in out and before == "," and not {
            letters["channel"],
            letters["carry"],
        }.isdisjoint(tags[:at]):
            out.add("summed")
        if before == "(" and tags[max(0, seen.first - 2)] in ("L", letters["last"]):
            out.add("after_last")
        return out

    def _by_rule(self, rule: Wide, at: int, seen: Window) -> Found:
        name, _, detail = rule.make.partition(".")
        maker = getattr(self, f"_make_{name or 'fixed'}")
        found: Found = maker(rule, at, seen, detail)
        return found

    def _make_fixed(self, rule: Wide, at: int, seen: Window, detail: str) -> Found:
        return self.readings.of(rule.name, rule.readings), 0

    _make_each = _make_fixed

    def _make_yuan(self, rule: Wide, at: int, seen: Window, detail: str) -> Found:
        small = self.tokens.numbers[at].unit in ("元", "")
        return (self.readings.of(rule.name, rule.readings), 0) if small else _NOTHING

    def _make_cases_told(self, rule: Wide, at: int, seen: Window, detail: str) -> Found:
        sums = {"review": "reconsideration", "suit": "direct+after"}.get(self.case_at(at), "")
        return self.readings.of(rule.name, (sums,) if sums else ()), 0

    def _make_counted(self, rule: Wide, at: int, seen: Window, detail: str) -> Found:
        counted = not self._informations(at)
        return (self.readings.of(rule.name, rule.readings), 0) if counted else _NOTHING

    def _make_2019(self, rule: Wide, at: int, seen: Window, detail: str) -> Found:
        return self.readings.of(rule.name, (f"disclosure.{detail}",)), 0

    def _make_decision(self, rule: Wide, at: int, seen: Window, detail: str) -> Found:
        counted = self.tokens.numbers[at].unit in ("", "件", "起", "宗", "次", "例", "件次")
        return (self.readings.of(rule.name, (f"disclosure.{detail}.decisions",)), 0) if counted else _NOTHING

    def _make_rows(self, rule: Wide, at: int, seen: Window, detail: str) -> Found:
        side = seen.left if rule.where == "left" else seen.right
        if self._informations(at):
            return _NOTHING
        tags = self._rows_in(side)
        if rule.where == "left" and lexicon().letters["other_ones"] in side:
            tags.append("other_handling")
        readings = self.readings.rows(rule.name, tags)
        start = seen.first if rule.where == "left" else at
        return self._either(rule.name, readings, tags, start) if readings else (), 0

    def _informations(self, at: int) -> bool:
        """Whether the number counts pieces of information or other things than requests."""
        unit = self.tokens.numbers[at].unit
        return unit not in _CASES_UNITS and not any(
            claim.quantity and claim.quantity.unit == unit for _, claim in self.context.totals
        )

    def _rows_in(self, letters: str) -> list[str]:
        return [tag for letter in letters if (tag := tag_of(letter)) in ROWS]

    def _make_opened(self, rule: Wide, at: int, seen: Window, detail: str) -> Found:
        if self._listed() < 1 or self._informations(at):
            return _NOTHING
        return self.readings.of(rule.name, ("requests.granted",)), 0

    def _make_rest(self, rule: Wide, at: int, seen: Window, detail: str) -> Found:
        told = {tag for letter in self.tokens.tags[:at] if (tag := tag_of(letter)) in ROWS}
        blocks = ("granted", "partly_granted", "refused", "unavailable", "not_processed", "other_handling")
        left = [block for block in blocks if block not in told]
        return tuple(r for one in left for r in self.readings.rows(rule.name, [one])), 0

    def _make_column(self, rule: Wide, at: int, seen: Window, detail: str) -> Found:
        tags = [tag for letter in seen.near if (tag := tag_of(letter)) in _COLUMNS]
        return (self.readings.column(rule.name, tags), 0) if len(set(tags)) == 1 else _NOTHING

    def _make_cases(self, rule: Wide, at: int, seen: Window, detail: str) -> Found:
        tags = [_CASES[tag] for letter in seen.near if (tag := tag_of(letter)) in _CASES]
        case = self.case_at(at)
        if len(set(tags)) != 1 or not case:
            return _NOTHING
        blocks = {
            "review": (f"remedies.reconsideration.{tags[0]}",),
            "suit": (
                f"remedies.litigation_direct.{tags[0]}+"
                f"remedies.litigation_after_reconsideration.{tags[0]}",
                f"remedies.litigation_direct.{tags[0]}",
                f"remedies.litigation_after_reconsideration.{tags[0]}",
            ),
        }
        return self.readings.of(rule.name, blocks[case]), 0

    def case_at(self, at: int) -> str:
        """Whether reviews or suits are spoken of at a number."""
        for token in sorted((n for n in self.bound if n < at), reverse=True):
            claim = self.bound[token][0]
            key = claim.readings[0].expr.keys[0] if claim.readings else ""
            if key.startswith("remedies.") and key.endswith(".total"):
                return "suit" if "litigation" in key else "review"
        return self.context.case

    # -- against last year, and shares -----------------------------------------------------------

    def _make_changes(self, rule: Wide, at: int, seen: Window, detail: str) -> Found:
        letters = lexicon().letters
        form = {"%": Form.RATE, "*": Form.RATIO}.get(self.tokens.tags[at], Form.CHANGE)
        claims = self._subjects(at, seen)
        falls = letters["down"] in seen.left and letters["up"] not in seen.left
        return self.readings.compared(rule.name, claims, form), -1 if falls else 1

    def _make_ratio(self, rule: Wide, at: int, seen: Window, detail: str) -> Found:
        return self.readings.compared(rule.name, self._subjects(at, seen), Form.RATIO), 0

    def _subjects(self, at: int, seen: Window) -> list[Claim]:
        """What is compared: what the clause names, or the last number told and the first total."""
        named = self._named(seen)
        if named:
            return named
        return self._earlier(at)

    def _earlier(self, at: int) -> list[Claim]:
        """The number told last, and the first and the last total."""
        levels = [c for token, c in self.context.levels if token < at]
        last = [c for c in levels[-1:] if c.kind in _MAIN or self.context.levels[-1][0] >= 0]
        totals = [c for c in levels if c.kind in _MAIN]
        return [*last, *totals[-1:], *totals[:1]]

    def _named(self, seen: Window) -> list[Claim]:
        letters = lexicon().letters
        for tags, texts in _SUBJECTS:
            if all(any(letters[one] in seen.near for one in tag.split("|")) for tag in tags):
                readings = self.readings.of("", texts)
                return [self._claim("", None, readings, (), Ring.OUTER, 0, (0, 0))] if readings else []
        return []

    def _make_before(self, rule: Wide, at: int, seen: Window, detail: str) -> Found:
        readings = self._levels(rule.name, at)
        if not readings and "requests" in self.context.topics:
            readings = self.readings.of(rule.name, _ANY_TOTAL)
        return readings, 0

    def _make_now(self, rule: Wide, at: int, seen: Window, detail: str) -> Found:
        return self._levels(rule.name, at), 0

    def _levels(self, why: str, at: int) -> tuple[Reading, ...]:
        return self.readings.compared(why, self._earlier(at), Form.LEVEL)

    def _make_shares(self, rule: Wide, at: int, seen: Window, detail: str) -> Found:
        letters = lexicon().letters
        rows = self.readings.rows(rule.name, self._rows_in(seen.left))
        if not rows and "T" in seen.left and letters["sum"] in seen.left:
            return self._shares_of_both(rule.name, at), 0
        if not rows and not self._rows_in(seen.left):
            rows = self._just_told(at, seen)
        return self.readings.shares(rule.name, rows), 0

    def _shares_of_both(self, why: str, at: int) -> tuple[Reading, ...]:
        """二者合计占: the two shares told last, together."""
        told = [self.bound[n][0] for n in sorted(self.bound) if n < at]
        told = [claim for claim in told if claim.kind == "share"][-2:]
        if len(told) < 2:
            return ()
        terms = tuple(term for claim in told for term in claim.readings[0].expr.terms)
        return self.readings.shares(why, [Reading(Expr(terms), 0, why)])

    def _just_told(self, at: int, seen: Window) -> tuple[Reading, ...]:
        """The number directly before the clause of a share, if it is one that can have a share."""
        letters = lexicon().letters
        if seen.first < 2 or self.tokens.tags[seen.first - 1] not in ",(" or letters["other_ones"] in seen.left:
            return ()
        if letters["share"] not in seen.left and self.tokens.tags[seen.first - 1] != "(":
            return ()
        claims = [c for token, c in self.context.levels if seen.first - 5 <= token < seen.first and token >= 0]
        told = claims[-1].readings if claims and claims[-1].kind in ("outcome", "column", "review") else ()
        return tuple(r for r in told if r.expr.form is Form.LEVEL)

    def _make_finished(self, rule: Wide, at: int, seen: Window, detail: str) -> Found:
        if self.tokens.numbers[at].low == 100:
            return _NOTHING  # of what was due, as a rule
        return self.readings.share_of(rule.name, "processed", "received+carried_in", "received"), 0

    def _make_upheld(self, rule: Wide, at: int, seen: Window, detail: str) -> Found:
        block = "remedies.reconsideration"
        return self.readings.share_of(rule.name, f"{block}.upheld", f"{block}.total"), 0

    def _make_righted(self, rule: Wide, at: int, seen: Window, detail: str) -> Found:
        block = "remedies.reconsideration"
        return self.readings.share_of(rule.name, f"{block}.corrected", f"{block}.total"), 0

    # -- claims ----------------------------------------------------------------------------------

    def _put(
        self,
        at: int,
        groups: list[tuple[Reading, ...]],
        also: tuple[Reading, ...],
        kind: str,
        ring: Ring,
        sign: int,
        tokens: tuple[int, int],
        wordless: bool,
        year: int | None = None,
    ) -> None:
        number = None if wordless else self.tokens.numbers.get(at)
        quantity = None if number is None else _quantity(number, self.sentence)
        if quantity is not None and quantity.approximate:
            ring = Ring.OUTER
        scope = self._scope(tokens[0], at) if year is None else year
        if kind == "change":
            scope = None
        if scope is None and self.context.year is not None and not self._dated(at):
            ring, groups = Ring.OUTER, [self._either_year(group) for group in groups]
        self.bound[at] = [
            self._claim(kind, quantity, group, also, ring, sign, tokens, scope) for group in groups
        ]
        self.taken.append((tokens[0], tokens[1] + 1))

    def _dated(self, at: int) -> bool:
        """Whether the sentence has named this year before the number."""
        return not {"Y", lexicon().letters["now"]}.isdisjoint(self.tokens.tags[:at])

    def _either_year(self, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
        """The sentence before spoke of last year, and this one names none."""
        return (*readings, *(Reading(one.expr, -1, one.why) for one in readings))

    def _claim(
        self,
        kind: str,
        quantity: Quantity | None,
        readings: tuple[Reading, ...],
        also: tuple[Reading, ...],
        ring: Ring,
        sign: int,
        tokens: tuple[int, int],
        year: int | None = None,
    ) -> Claim:
        first, last = self.tokens.starts[tokens[0]], self.tokens.ends[tokens[1]]
        span = self.sentence.span(first, last)
        whole = self.sentence.span(0, len(self.sentence.text))
        section = self.sentence.section
        return Claim(kind, quantity, readings, also, ring, span, whole, section, year, sign)

    def _unbound(self, number: Number) -> Claim:
        span = self.sentence.span(number.start, number.end)
        whole = self.sentence.span(0, len(self.sentence.text))
        quantity = _quantity(number, self.sentence)
        return Claim("other", quantity, (), (), Ring.OUTER, span, whole, self.sentence.section)

    def _heard(self, at: int, kind: str, gives: str, *, zero: bool) -> None:
        """Notes what is spoken of from here."""
        if gives:
            self.context.topics -= {"rules", "document"} if gives in ("rules", "document") else set()
            self.context.topics.add(gives)
        if gives == "requests" and not zero:
            self.context.totals.append((at, self.bound[at][0]))

    def _told_level(self, at: int) -> None:
        claim = self.bound[at][0]
        if claim.readings and claim.readings[0].expr.form is Form.LEVEL and claim.year is None:
            self.context.levels.append((at, claim))

    # -- scope -----------------------------------------------------------------------------------

    def year_of_all(self) -> int | None:
        """The year before this one, if the sentence opens with it or went on in it."""
        tags, last = self.tokens.tags, lexicon().letters["last"]
        opens = tags[:1] in ("L", last) and lexicon().letters["carry"] not in tags[:4]
        if opens or (self.context.year is not None and not self._dated(len(tags))):
            return self.year - 1
        return None

    def _scope(self, first: int, at: int) -> int | None:
        """The year that is spoken of, None for the report's: the last one named before."""
        tags, letters = self.tokens.tags, lexicon().letters
        compared = {letters[t] for t in ("against", "and", "carry", "includes")}
        end = max(at, first + 1)
        year = None
        for token, tag in enumerate(tags[:end]):
            following, before = tags[token + 1 : token + 3], tags[token - 1 : token]
            if tag == letters["now"]:
                year = None
            if token not in self.tokens.years and tag != letters["last"]:
                continue
            if letters["carry"] in following or (before and before in compared):
                continue
            if self._shut_off(token, end):
                continue
            value = self.tokens.years.get(token, self.year - 1)
            if tag == letters["last"] and "," in tags[token + 2 : end]:
                continue
            year = None if value == self.year else value
        return year

    def _shut_off(self, token: int, end: int) -> bool:
        """Whether a bracket that was opened before the token is closed before the end."""
        depth = 0
        for tag in self.tokens.tags[token:end]:
            depth += (tag == "(") - (tag == ")")
            if depth < 0:
                return True
        return False


_CHAINED = {
    "share": ("outcome", "share"),
    "change": ("requests", "review", "suit", "document", "change"),
    "requests": ("requests", "review", "suit", "document", "change"),
}
"""The claims that a share, a change, or last year's number may follow directly."""
_ANY_TOTAL = ("received", "received+carried_in", "processed")
_CASES_UNITS = ("", "件", "起", "份", "宗", "封", "例", "%")
_COLUMNS = frozenset(("individual", "organisations", "company", "research", "charity", "legal_service"))
_CASES = {
    "upheld": "upheld",
    "corrected": "corrected",
    "other_result": "other",
    "unsettled": "pending",
    "other_ones": "other",
}
_MAIN = ("requests", "review", "suit", "document", "decision", "zero")
_SUBJECTS = (
    (("review",), ("reconsideration",)),
    (("suit",), ("direct+after",)),
    (("in_force",), ("disclosure.normative_documents.in_force",)),
    (("penalties",), ("disclosure.penalties.decisions",)),
    (("licensing",), ("disclosure.licensing.decisions",)),
    (("receive",), ("received", "received+carried_in")),
    (("answer",), ("processed",)),
    (("request",), ("received", "received+carried_in", "processed")),
)


@cache
def _row_letters() -> frozenset[str]:
    return frozenset(lexicon().letters[tag] for tag in ROWS)


@cache
def _shut() -> frozenset[str]:
    return frozenset(lexicon().letters[tag] for tag in ("cumulative", "elsewhere"))


@cache
def _tags() -> dict[str, str]:
    return {letter: tag for tag, letter in lexicon().letters.items()}


def tag_of(letter: str) -> str:
    """The tag of a letter; empty for marks and numbers."""
    return _tags().get(letter, "")


def _quantity(number: Number, sentence: Sentence) -> Quantity:
    span = sentence.span(number.start, number.end)
    return Quantity(span, number.low, number.high, number.places, number.unit)
