"""One sentence being bound: what is spoken of, what was told, and the claims so far."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from gxgen.prose.claims.claim import Claim, Form, Quantity, Reading, Ring
from gxgen.prose.claims.lexicon import UNKNOWN, lexicon, mask_of_tags, tag_of
from gxgen.prose.claims.readings import BLOCKS, MAIN_ROWS, Readings
from gxgen.prose.claims.segment import Sentence
from gxgen.prose.claims.surroundings import Context, Surroundings
from gxgen.prose.claims.tokens import Number, Tokens

_CASES_UNITS = ("", "件", "件次", "起", "份", "宗", "封", "例", "%")

_AND_THEN = re.compile("不服|又(?:提起|向|起诉|诉)|再(?:提起|起诉)|继而|转而|进而|随后|后又")
_OPENED = ("granted", "partly_granted")
_RATES = ("uphold_rate", "correct_rate")
_NEW_OR_ALL = 2


class Work(Surroundings):
    """One sentence being bound."""

    def __init__(
        self,
        readings: Readings,
        year: int,
        sentence: Sentence,
        tokens: Tokens,
        context: Context,
        *,
        decides: bool = False,
    ) -> None:
        """``year`` is the report's; ``decides`` says that the agency decides reviews itself."""
        self.readings, self.year, self.decides = readings, year, decides
        self.sentence, self.tokens, self.context = sentence, tokens, context
        self.asked = "requests" in context.topics
        self.topics = [(-1, topic) for topic in context.topics]
        """What was spoken of before, each with the token of the number that says so."""
        self.bound = {}
        self.taken: list[tuple[int, int]] = []
        self._odds = None
        self.mask = mask_of_tags(tokens.tags)
        self._listed: int | None = None
        self._whole = sentence.span(0, len(sentence.text))
        self._last_years: tuple[int, ...] | None = None

    def in_order(self) -> Iterator[Claim]:
        """All claims, by the place of their number."""
        for at in sorted({*self.bound, *self.tokens.numbers}):
            yield from self.bound.get(at) or [self._unbound(at)]

    def put(
        self,
        at: int,
        groups: Sequence[tuple[Reading, ...]],
        *,
        kind: str,
        tokens: tuple[int, int],
        ring: Ring = Ring.OUTER,
        also: tuple[Reading, ...] = (),
        sign: int = 0,
        wordless: bool = False,
        year: int | None = None,
    ) -> None:
        """Binds the number at a token, or the words that say a value without one: a claim for each
        group of readings. ``tokens`` are the first and the last that were read; a ``year`` given is
        spoken of whatever the sentence names."""
        number = None if wordless else self.tokens.numbers.get(at)
        quantity = None if number is None else _quantity(number, self.sentence)
        if quantity is not None and (
            quantity.approximate or (kind == "change" and not quantity.high)
        ):
            ring = Ring.OUTER  # "同比下降0%" is what a form's sentence says with nothing in it
        scope = self.scope(tokens[0], at) if year is None else None if year == self.year else year
        if kind == "change":
            scope = None
        unsure = (
            year is None and scope is None and self.context.year is not None and not self._dated(at)
        )
        if unsure or (kind != "change" and year is None and self._amid_last_year(at)):
            ring, scope = Ring.OUTER, None
            groups = [self._either_year(group) for group in groups]
        self.bound[at] = [
            self.claim(
                kind, group, tokens, scope, quantity=quantity, also=also, ring=ring, sign=sign
            )
            for group in groups
        ]
        self.taken.append((tokens[0], tokens[1] + 1))

    def claim(
        self,
        kind: str,
        readings: tuple[Reading, ...],
        tokens: tuple[int, int],
        year: int | None = None,
        *,
        quantity: Quantity | None = None,
        also: tuple[Reading, ...] = (),
        ring: Ring = Ring.OUTER,
        sign: int = 0,
    ) -> Claim:
        """A claim of the words from one token to another."""
        first, last = self.tokens.starts[tokens[0]], self.tokens.ends[tokens[1]]
        span = self.sentence.span(first, last)
        section = self.sentence.section
        return Claim(kind, quantity, readings, also, ring, span, self._whole, section, year, sign)

    def _dated(self, at: int) -> bool:
        """Whether the sentence has named this year before the number."""
        return not {"Y", lexicon().letters["now"]}.isdisjoint(self.tokens.tags[:at])

    def forget(self, at: int) -> None:
        """The number counts nothing known, and nothing is compared with it."""
        del self.bound[at]
        context = self.context
        context.totals = [one for one in context.totals if one[0] != at]
        context.levels = [one for one in context.levels if one[0] != at]

    def one_or_other(self, begin: int, end: int) -> bool:
        """Whether outcomes are joined by 或: reasons then, of one outcome that is named behind."""
        joined, tokens = lexicon().letters["and"], self.tokens
        return any(
            "或" in self.sentence.text[tokens.starts[at] : tokens.ends[at]]
            for at in range(begin, end)
            if tokens.tags[at] == joined
        )

    def _amid_last_year(self, at: int) -> bool:
        """Whether last year was named in an earlier clause, and no year since: what follows
        2023年2件， or 上年复议1件， may be of either."""
        tags, letters = self.tokens.tags, lexicon().letters
        if self._last_years is None:
            self._last_years = tuple(self._last_year_named())
        named = max((n for n in self._last_years if n < at), default=None)
        if named is None or self.shut_off(named, at):
            return False
        since = tags[named + 1 : at]
        return not {",", ";"}.isdisjoint(since) and {"Y", letters["now"]}.isdisjoint(since)

    def _last_year_named(self) -> Iterator[int]:
        """Where last year stands and is spoken of."""
        tags, last = self.tokens.tags, lexicon().letters["last"]
        if "L" not in tags and last not in tags:
            return
        for token, tag in enumerate(tags):
            if tag in ("L", last) and not self._aside(token):
                yield token

    def _aside(self, token: int) -> bool:
        """Whether a year is only what was carried over from, or what is compared with."""
        tags, letters = self.tokens.tags, lexicon().letters
        compared = {letters[tag] for tag in ("against", "and", "carry", "includes")}
        carries = {letters["carry"], letters["no_carry"], letters["pending_work"]}
        before, following = tags[token - 1 : token], tags[token + 1 : token + 3]
        return before in compared or not carries.isdisjoint(following)

    def _either_year(self, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
        """The sentence before spoke of last year, and this one names none."""
        return (*readings, *(Reading(one.expr, -1, one.why) for one in readings))

    def _unbound(self, at: int) -> Claim:
        number = self.tokens.numbers[at]
        year = self.scope(at, at)
        far = None if year in (None, self.year - 1) else year
        quantity = _quantity(number, self.sentence)
        span, section = quantity.span, self.sentence.section
        return Claim("other", quantity, (), (), Ring.OUTER, span, self._whole, section, far)

    def heard(self, at: int, kind: str, gives: str, *, zero: bool) -> None:
        """Notes what is spoken of from here."""
        if gives:
            self.context.topics -= (
                {"rules", "document"} if gives in ("rules", "document") else set()
            )
            self.context.topics.add(gives)
            self.topics.append((at, gives))
        if gives == "requests" and not zero:
            self.context.totals.append((at, self.bound[at][0]))

    def with_documents_or_rules(self, topics: set[str], at: int) -> set[str]:
        """What is spoken of at a token: of documents and rules those that the sentence named last,
        where it has named any."""
        letters, tags = lexicon().letters, self.tokens.tags
        document, rules = (tags.rfind(letters[tag], 0, at) for tag in ("document", "rules"))
        if max(document, rules) < 0:
            return topics
        return topics - {"document", "rules"} | {"document" if document > rules else "rules"}

    def told_level(self, at: int) -> None:
        """Notes a number that is a figure itself, as what comparisons may speak of."""
        claim = self.bound[at][0]
        if claim.readings and claim.readings[0].expr.form is Form.LEVEL and claim.year is None:
            self.context.levels.append((at, claim))

    def year_of_all(self) -> int | None:
        """The year before this one, if the sentence opens with it or went on in it."""
        tags, last = self.tokens.tags, lexicon().letters["last"]
        carries = {lexicon().letters[tag] for tag in ("carry", "no_carry")}
        opens = tags[:1] in ("L", last) and carries.isdisjoint(tags[:4])
        if opens or (self.context.year is not None and not self._dated(len(tags))):
            return self.year - 1
        return None

    def scope(self, first: int, at: int) -> int | None:
        """The year that is spoken of, None for the report's: the last one named before."""
        tags, letters = self.tokens.tags, lexicon().letters
        if not self.tokens.years and letters["last"] not in tags:
            return None
        end = max(at, first + 1)
        year = None
        for token, tag in enumerate(tags[:end]):
            from_last = tag == letters["level"] and year == self.year - 1
            if tag == letters["now"] or from_last:  # 由上年的7件增加到10件
                year = None
            if token not in self.tokens.years and tag != letters["last"]:
                continue
            if self._aside(token) or self.shut_off(token, end):
                continue
            value = self.tokens.years.get(token, self.year - 1)
            if tag == letters["last"] and "," in tags[token + 2 : end]:
                continue
            year = None if value == self.year else value
        return year

    def clause(self, at: int) -> str:
        """The text of a number's clause before it, back to a comma."""
        first = max((self.tokens.tags.rfind(mark, 0, at) for mark in ",;"), default=-1) + 1
        return self.sentence.text[self.tokens.starts[first] : self.tokens.starts[at]]

    def part(self, at: int) -> str:
        """The text of its part of the sentence before a number, back to a semicolon."""
        first = self.tokens.tags.rfind(";", 0, at) + 1
        return self.sentence.text[self.tokens.starts[first] : self.tokens.starts[at]]

    def listed(self) -> int:
        """How many outcomes a sentence names."""
        if self._listed is None:
            rows = _row_letters()
            self._listed = sum([letter in rows for letter in self.tokens.tags])
        return self._listed

    def other_unit(self, at: int) -> bool:
        """Whether the requests of this paragraph are counted in another unit."""
        units = {claim.quantity.unit for _, claim in self.context.totals if claim.quantity} - {""}
        return bool(units) and self.tokens.numbers[at].unit not in {*units, ""}

    def rows_in(self, letters: str) -> list[str]:
        """The outcomes among the words, in order; a reason before what was opened is none by itself
        (涉及个人隐私的部分公开1件)."""
        found: list[str] = []
        begin, reasoned = 0, False
        for letter in letters:
            tag = tag_of(letter)
            if tag in _OPENED and reasoned:
                found[begin:] = [one for one in found[begin:] if one in MAIN_ROWS]
            if tag in lexicon().rows:
                found.append(tag)
            elif letter == "、" or tag == "and":
                reasoned = False
                continue
            elif not tag and letter != UNKNOWN:
                begin = len(found)
            reasoned |= letter == UNKNOWN or tag in lexicon().rows
        return found

    def any_row(self, why: str, tags: Sequence[str]) -> tuple[Reading, ...]:
        """Each row of a block that is named alone, for a number of which words that nobody knows
        say more: 因装订在案卷内不予公开10件 is one of its rows."""
        return self.readings.each_row(why, *tags) if len(tags) == 1 and tags[0] in BLOCKS else ()

    def informations(self, at: int) -> bool:
        """Whether the number counts pieces of information or other things than requests."""
        unit = self.tokens.numbers[at].unit
        return unit not in _CASES_UNITS and not any(
            claim.quantity and claim.quantity.unit == unit for _, claim in self.context.totals
        )

    def newly(self, readings: tuple[Reading, ...], at: int) -> tuple[Reading, ...]:
        """What was received, without what was carried in, where the clause says 新收, or a sum of
        both follows."""
        letters, tags = lexicon().letters, self.tokens.tags
        first = max((tags.rfind(mark, 0, at) for mark in ",;:()"), default=-1) + 1
        if len(readings) != _NEW_OR_ALL or letters["receive"] not in tags[first:at]:
            return readings
        said = self.sentence.text[self.tokens.starts[first] : self.tokens.starts[at]]
        behind = tags[at:].partition(";")[0]
        carried = behind.find(letters["carry"])
        summed = carried >= 0 and letters["sum"] in behind[carried:]
        return readings[:1] if "新" in said or summed else readings

    def after_review(self, at: int) -> bool:
        """Whether suits are said to follow reviews: 申请人不服复议决定，又起诉1件."""
        tags = self.tokens.tags
        return bool(_AND_THEN.search(self.part(at))) and lexicon().letters["review"] in tags[:at]

    def of_bodies(self, at: int) -> bool:
        """Whether a number counts bodies, not what they did: 13个镇街收到39件."""
        bodies = (lexicon().letters["wide"], lexicon().letters["self"])
        return self.tokens.tags[at + 1 : at + 2] in bodies

    def divided(self, start: int) -> bool:
        """Whether an earlier clause of the sentence has begun to divide the total (其中), so that
        a number may speak of a part only."""
        tags = self.tokens.tags
        clause = max(tags.rfind(mark, 0, start) for mark in ",;(")
        parts = {lexicon().letters[tag] for tag in ("among", "within")}
        return not parts.isdisjoint(tags[: clause + 1])

    def case_at(self, at: int) -> str:
        """Whether reviews or suits are spoken of at a number: what was named or counted last."""
        letters, tags = lexicon().letters, self.tokens.tags
        named = {tags.rfind(letters[case], 0, at): case for case in ("review", "suit")}
        named |= {tags.rfind(letters[kind], 0, at): "suit" for kind in ("direct", "after")}
        named |= {tags.rfind(letters[rate], 0, at): "review" for rate in _RATES}
        told = {n: case for n in self.bound if n < at and (case := self._case_of(n)) is not None}
        last = max(named.keys() | told.keys())
        if last < 0:
            return "" if letters["elsewhere"] in tags[:at] else self.context.case
        if last in told:
            return "" if self._other_cases(last, at) else told[last]
        others = any(last < n < at and n not in self.bound for n in self.tokens.numbers)
        return "" if others else named[last]

    def _other_cases(self, told: int, at: int) -> bool:
        """Whether decisions were named since cases were counted: 与行政处罚有关的5件，维持4件."""
        begin = self.tokens.tags.rfind(";", told, at) + 1
        return bool(begin) and self.names_decisions(self.tokens.tags[begin:at])

    def _case_of(self, at: int) -> str | None:
        """What a number counts, where it is all reviews or suits; nothing where decisions."""
        claim = self.bound[at][0]
        if claim.kind == "decision":
            return ""
        key = claim.readings[0].expr.keys[0] if claim.readings else ""
        if not key.startswith("remedies.") or claim.readings[0].expr.form is not Form.LEVEL:
            return None
        return "suit" if "litigation" in key else "review"

    def block_of(self, tag: str) -> str:
        """The block of outcomes to which a row belongs, or the outcome itself."""
        return next((key.split(".")[1] for _, key in self.readings.row(tag)), tag)

    def either(
        self, why: str, rows: tuple[Reading, ...], tags: list[str], start: int
    ) -> tuple[Reading, ...]:
        """The block, or the one row of it that the words before have named: 均属行政查询事项，
        不予公开2件."""
        begin = max((n + 1 for n in self.tokens.numbers if n < start), default=0)
        earlier = self.rows_in(self.tokens.tags[begin:start])
        both = self.readings.rows(why, [*earlier, *tags]) if earlier else ()
        return tuple(dict.fromkeys((*rows, *both))) if len(both) == 2 else rows


@cache
def _row_letters() -> frozenset[str]:
    return frozenset(lexicon().letters[tag] for tag in lexicon().rows)


def _quantity(number: Number, sentence: Sentence) -> Quantity:
    span = sentence.span(number.start, number.end)
    return Quantity(span, number.low, number.high, number.places, number.unit)
