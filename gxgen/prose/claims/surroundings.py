"""What stands around a number in its sentence: whether it speaks of other things than the agency's
requests, of a part of them, or of others' figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from gxgen.prose.claims.claim import Claim
from gxgen.prose.claims.lexicon import UNKNOWN, lexicon, mask_of
from gxgen.prose.claims.segment import Sentence
from gxgen.prose.claims.tokens import Tokens
from gxgen.prose.claims.wide import Window, window

COUNTS = frozenset("NZ")
_OTHERS = (
    "review",
    "suit",
    "both",
    "direct",
    "after",
    "licensing",
    "penalties",
    "coercive_measures",
    "document",
    "rules",
)
_TAKEN_UP = ("receive", "accept", "answer")
_DECISIONS = ("licensing", "penalties", "coercive_measures", "sanction")
_NAMED = ("request", "document", "rules", "review", "suit", "both")
MAIN = ("requests", "review", "suit", "document", "decision", "zero")
_LIST = frozenset("NZ%、,:")


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
    astray: bool = False
    """Whether other things than requests were counted last."""

    def over(self) -> None:
        """The sentence is over."""
        self.totals = [(-1, claim) for _, claim in self.totals]
        kept = [claim for _, claim in self.levels if claim.kind in MAIN]
        self.levels = [(-1, claim) for claim in (*kept[:1], *kept[1:][-2:])]

    def next_paragraph(self) -> Context:
        """What is left of it for the next paragraph under the same heading."""
        return Context(set(), self.topics | self.before, [], self.levels, None, self.case)


class Surroundings:
    """A sentence being bound, as far as its words alone say what a number cannot count."""

    sentence: Sentence
    tokens: Tokens
    context: Context
    bound: dict[int, list[Claim]]
    _odds: list[int] | None
    mask: int
    """The letters of the sentence, as :func:`mask_of` gives them."""

    def window(self, at: int) -> Window:
        """The words around the number at a token."""
        return window(self.tokens.tags, at)

    def shut_off(self, token: int, end: int) -> bool:
        """Whether a bracket that was opened before the token is closed before the end."""
        depth = 0
        for tag in self.tokens.tags[token:end]:
            depth += (tag == "(") - (tag == ")")
            if depth < 0:
                return True
        return False

    def tainted(self, start: int) -> bool:
        """Whether what stands before, in the list that goes on here, speaks of other things."""
        if not self.mask & _masks().shut:
            return False
        tags = self.tokens.tags
        begin = tags.rfind(";", 0, start) + 1
        return not shut_letters().isdisjoint(tags[begin:start])

    def a_part(self, found: re.Match[str]) -> bool:
        """Whether what looks like a total is a part of one: 其中市局机关办理3件."""
        return (
            lexicon().letters["among"] in self.tokens.tags[max(0, found.start() - 2) : found.end()]
        )

    def strange(self, at: int) -> bool:
        """Whether a number before counts things that are not known, so that what follows may go on
        with them (办理工伤认定申请30件，办结29件)."""
        if self._odds is None:
            self._odds = [n for n in self.tokens.numbers if self._odd(n) and not self.afield(n)]
        if not self._odds and not self.context.astray:
            return False
        letters = lexicon().letters
        begin = max(self.tokens.tags.rfind(letters[tag], 0, at) for tag in _NAMED)
        told = (n for n in self.bound if n < at and self.bound[n][0].kind in ("requests", "carry"))
        begin = max(begin, max(told, default=-1))
        if begin < 0 and self.context.astray:
            return True
        return any(
            begin < n < at and n not in self.bound and not self.shut_off(n, at) for n in self._odds
        )

    def _odd(self, at: int) -> bool:
        if self.tokens.tags[at] not in COUNTS:
            return False
        letters, around = lexicon().letters, self.window(at).near
        taken_up = any(letters[tag] in around for tag in _TAKEN_UP)
        return taken_up and (UNKNOWN in around or letters["elsewhere"] in around)

    def of_other_things(self, at: int) -> bool:
        """Whether reviews, suits, decisions or documents were named last before a number: what is
        finished or carried on then is not said of requests (行政复议3件，办结2件)."""
        if not self.mask & _masks().others:
            return False
        letters, tags = lexicon().letters, self.tokens.tags
        last = max([tags.rfind(letters[tag], 0, at) for tag in _OTHERS])
        return last > tags.rfind(letters["request"], 0, at)

    def of_cases_alone(self, at: int) -> bool:
        """Whether the number directly before counts reviews or suits and no requests are named
        since: 新收行政复议3件，上年结转1件."""
        before = max((n for n in self.tokens.numbers if n < at), default=-1)
        told = self.bound.get(before, ())
        since = self.tokens.tags[before + 1 : at]
        cases = any(one.kind in ("review", "suit") for one in told) and ";" not in since
        return cases and lexicon().letters["request"] not in since

    def is_of_sorted(self, at: int) -> bool:
        """Whether the part of a sentence tells how documents are sorted (公文公开属性…)."""
        tags = self.tokens.tags
        return lexicon().letters["sorted"] in tags[tags.rfind(";", 0, at) + 1 : at]

    def of_decisions(self, at: int) -> bool:
        """Whether the clause of a number says that reviews or suits are about decisions
        (对行政处罚不服申请复议3件), which are not about disclosure."""
        tags, letters = self.tokens.tags, lexicon().letters
        begin = max(tags.rfind(mark, 0, at) for mark in ",;") + 1
        clause = tags[begin:at]
        if self.names_decisions(clause):
            return letters["topic"] not in clause
        part = tags[tags.rfind(";", 0, at) + 1 : at]
        begun = self.sentence.text[self.tokens.starts[begin] : self.tokens.starts[at]]
        if _ENSUED.match(begun) and not {letters["topic"], letters["request"]} & set(part):
            return self.names_decisions(part)  # 作出行政处罚120件，引发复议3件
        within = part.rfind(letters["within"])
        return within > 0 and part[within - 1] in COUNTS and self.names_decisions(part[:within])

    def names_decisions(self, tags: str) -> bool:
        """Whether decisions are named: a review or suit about one is not about disclosure."""
        return not {lexicon().letters[tag] for tag in _DECISIONS}.isdisjoint(tags)

    def elsewhere_told(self, at: int) -> bool:
        """Whether the part of a sentence opens with another field of work (在数字城管上，…) and has
        not come back to requests since."""
        tags, letters = self.tokens.tags, lexicon().letters
        begin = tags.rfind(";", 0, at) + 1
        opener = tags[begin:at].partition(",")[0]
        opened = opener.startswith(letters["place"]) and UNKNOWN in opener
        return opened and letters["request"] not in tags[begin:at]

    def goes_astray(self) -> bool:
        """Whether the last number of the sentence counts such things."""
        counts = [n for n in self.tokens.numbers if self.tokens.tags[n] in COUNTS]
        if not counts:
            return self.context.astray
        last = max(counts)
        return last not in self.bound and (self._odd(last) or self.strange(last))

    def of_one_channel(self, at: int) -> bool:
        """Whether the sentence counts one way by which requests came and no other, so that what it
        divides behind may be that part: 通过网上提交12件，其中部分公开3件、不予公开4件."""
        ways = self.by_channel(-1, at)
        return len(ways) == 1 and lexicon().letters["among"] in self.tokens.tags[ways[0] : at]

    def by_channel(self, begin: int, at: int) -> list[int]:
        """The numbers between two tokens that count ways by which requests came."""
        channel = lexicon().letters["channel"]
        if channel not in self.tokens.tags[:at]:
            return []
        return [
            n
            for n in self.tokens.numbers
            if begin < n < at and n not in self.bound and channel in self.window(n).left
        ]

    def disclosed(self, at: int) -> bool:
        """Whether a review or suit is said to be about disclosure: by the sentence, by what was
        spoken of before, or by the heading."""
        letters, heading = lexicon().letters, self.sentence.heading
        named = {letters[tag] for tag in ("topic", "request")}
        return (
            "requests" in self.context.topics
            or self.sentence.section.startswith("4")
            or not named.isdisjoint(self.tokens.tags[:at])
            or any(word in heading for word in ("信息公开", "依申请"))
        )

    def taken_up(self, at: int) -> bool:
        """Whether something is said to be received or handled before a number: reviews that the
        agency decides itself are, and suits in which it stands for others."""
        tags, letters = self.tokens.tags, lexicon().letters
        begin = tags.rfind(";", 0, at) + 1
        if not {letters["receive"], letters["accept"]}.isdisjoint(tags[begin:at]):
            return True
        starts, cause = self.tokens.starts, letters["cause"]
        return any(
            tags[n] == cause and self.sentence.text.startswith("审理", starts[n])
            for n in range(begin, at)
        )

    def mixed(self, at: int) -> str:
        """What the brackets behind a number say that it includes besides the thing that is named:
        ``other`` things, ``some`` part that is not known; empty where nothing or only what was
        carried in."""
        letters, tags = lexicon().letters, self.tokens.tags
        found = _BRACKET.match(tags, at + 1)
        if found is None or letters["includes"] not in found[1][:2]:
            return ""
        if letters["carry"] in found[1]:
            return ""
        others = {letters["elsewhere"], letters["publish"], UNKNOWN}
        if COUNTS.isdisjoint(found[1]):
            others.add(letters["channel"])  # 含口头咨询
        return "other" if not others.isdisjoint(found[1]) else "some"

    def afield(self, start: int) -> bool:
        """Whether the sentence speaks of more than the agency (全市…, and not yet of itself again),
        or gives several numbers to several words at once (分别为)."""
        if not self.mask & _masks().afield:
            return False
        letters, tags = lexicon().letters, self.tokens.tags
        begin = tags.rfind(";", 0, start) + 1
        apart = tags.rfind(letters["apart"], begin, start)
        if apart >= 0 and self._years_before(apart) > 1:
            return True
        listed = _LIST | {letters[tag] for tag in ("filler", "compare", "against", "up", "down")}
        if apart >= 0 and not set(tags[apart + 1 : start]) - listed:
            return True
        all_of_them = tags.rfind(letters["wide"], begin, start)
        while all_of_them >= 0 and self._reviewer(all_of_them, begin):
            all_of_them = tags.rfind(letters["wide"], begin, all_of_them)
        own = tags.rfind(letters["self"], begin, start)
        between = tags[all_of_them : max(own, all_of_them)]
        apart_from = "," in between or ("、" in between and "(" not in between)
        return all_of_them >= 0 and not apart_from

    def beside_its_office(self, at: int) -> bool:
        """Whether all that a part of the sentence names besides the agency is the government whose
        office it is, whose documents its report counts: 县政府及县政府办公室制发…."""
        tags, letters = self.tokens.tags, lexicon().letters
        begin = tags.rfind(";", 0, at) + 1
        wider = [n for n in range(begin, at) if tags[n] == letters["wide"]]
        apart = letters["apart"] in tags[begin:at]
        return bool(wider) and not apart and all(self._joined_to_office(n) for n in wider)

    def _joined_to_office(self, at: int) -> bool:
        letters, tokens = lexicon().letters, self.tokens
        joined, own = tokens.tags[at + 1 : at + 2], tokens.tags[at + 2 : at + 3]
        if joined not in ("、", letters["and"]) or own != letters["self"]:
            return False
        return self.sentence.text[tokens.starts[at + 2] : tokens.ends[at + 2]].endswith(_OFFICE)

    def _years_before(self, at: int) -> int:
        """How many years the clause names before a token: 2023年、2022年分别收到5件、3件."""
        begin = max(self.tokens.tags.rfind(mark, 0, at) for mark in ",;:(")
        return sum(begin < token < at for token in self.tokens.years)

    def _reviewer(self, at: int, begin: int) -> bool:
        """Whether a government is named as the one that decides the reviews told before:
        行政复议3件，县政府维持2件."""
        letters, tokens = lexicon().letters, self.tokens
        if letters["review"] not in tokens.tags[begin:at]:
            return False
        said = self.sentence.text[tokens.starts[at] : tokens.ends[at]]
        acts = {letters[tag] for tag in ("upheld", "corrected", "accept", "ended", "filler")}
        return said.endswith("政府") and tokens.tags[at + 1 : at + 2] in acts


_OFFICE = ("政府办", "政府办公室", "政府办公厅")
_ENSUED = re.compile("(?:其中|均|共|全年)?(?:被|引发|引起|导致|产生|由此|因此)")
_BRACKET = re.compile(r"\(([^()]*)")


class _Masks(NamedTuple):
    """Sets of words of which one must be there before anything is looked for."""

    shut: int
    others: int
    afield: int


@cache
def _masks() -> _Masks:
    letters = lexicon().letters
    others = mask_of(letters[tag] for tag in _OTHERS)
    return _Masks(mask_of(shut_letters()), others, mask_of((letters["apart"], letters["wide"])))


@cache
def shut_letters() -> frozenset[str]:
    """The words behind which other things are counted."""
    return frozenset(lexicon().letters[tag] for tag in ("cumulative", "elsewhere", "sorted"))
