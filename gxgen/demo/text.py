"""The narrative of an invented agency, put together from sentences with slots for its facts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import Any

from gxgen.county.words import WORDS_HEAD
from gxgen.demo.agencies import GOVERNMENT, DemoAgency
from gxgen.demo.facts import Values, demo_facts
from gxgen.demo.indicators import slots
from gxgen.editions.schema import Edition
from gxgen.model.narrative import PREAMBLE, Narrative, Paragraph, Passage
from gxgen.numerals import to_chinese
from gxgen.prose.alike.lawful import ANYTHING
from gxgen.toml import quoted

_SLOT = re.compile(r"\{(\w+)\}")
_SMALL = (2, 9)
_RANGES = {
    "meetings": (2, 6), "issues": (2, 12), "days": (3, 15), "merged": (3, 40), "guides": (4, 60),
    "topic_count": (6, 90), "readings": (2, 24), "letters": (5, 260), "events": (2, 9),
    "reviewed": (60, 900), "checks": (4, 24), "stale": (8, 300), "columns": (6, 36),
    "visitors": (30, 900), "full": (1, 3), "part": (1, 8), "trainings": (2, 6),
    "trained": (20, 300), "points": (3, 10), "survey": (60, 600), "tasks": (6, 30),
    "suggestions": (1, 18), "motions": (1, 14), "orders": (6, 80), "clips": (6, 40),
}  # fmt: skip
"""Counts that no table holds, each from a range of its own."""
_HAMLETS = 40

Paragraphs = Iterator[str]


def demo_narrative(unit: DemoAgency, edition: Edition, year: int, values: Values) -> Narrative:
    """The whole text; every number in it that a table holds too is that table's."""
    writer = _Writer(unit, year, demo_facts(unit, edition, year, values) | slots(unit))
    passages: list[Passage] = []
    for section in edition.sections:
        heading = None if section.mark == PREAMBLE else section.title
        passages.append(_passage(section.mark, heading, writer.under(section.mark)))
        parts = [part.title for part in section.parts]
        for number, (title, paragraphs) in enumerate(writer.parts(section.mark, parts), 1):
            passages.append(_passage(f"{section.mark}.{number}", title, paragraphs))
    return tuple(passages)


def _passage(mark: str, heading: str | None, paragraphs: Paragraphs) -> Passage:
    return Passage(mark, heading, tuple(map(Paragraph, filter(None, paragraphs))))


@lru_cache(maxsize=1)
def _phrases() -> dict[str, Any]:
    text = files("gxgen.demo").joinpath("phrases.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def demo_words() -> str:
    """The text of ``words.toml``: all invented agencies write from one collection of sentences, as
    if it had been handed to them from above."""
    matters = (found for one in _phrases()["matter"] for found in one.values())
    told = dict.fromkeys(
        _SLOT.sub(ANYTHING, text)
        for found in (*_phrases().values(), *matters)
        for text in found
        if isinstance(text, str) and text.endswith("。")
    )
    lines = "".join(f"  {quoted(text)},\n" for text in told)
    return f"{WORDS_HEAD}\n[boilerplate]\nsentences = [\n{lines}]\n"


def _matters(unit: DemoAgency, year: int) -> list[Mapping[str, Sequence[str]]]:
    """What the agency finds wanting in a year, and tells as mended in the next."""
    random = unit.random(year, "matters")
    found: list[Mapping[str, Sequence[str]]] = random.sample(
        _phrases()["matter"], random.choice((2, 3, 3))
    )
    return found


class _Writer:
    """Writes one report; a sentence of a list is used once."""

    def __init__(self, unit: DemoAgency, year: int, facts: Mapping[str, str]) -> None:
        self.unit = unit
        self.year = year
        self.facts = facts
        self.random: Random = unit.random(year, "text")
        self.left: dict[str, list[str]] = {}
        self.topics: list[str] = []

    # -- sentences ---------------------------------------------------------------------------

    def say(self, *names: str) -> str:
        """A paragraph: one sentence of each list."""
        return "".join(self._filled(self._draw(name)) for name in names)

    def _draw(self, name: str) -> str:
        left = self.left.get(name)
        if not left:
            pool = [sentence for sentence in _phrases()[name] if self._fits(sentence)]
            if not pool:
                return ""
            left = self.left[name] = self.random.sample(pool, len(pool))
        return left.pop()

    def _fits(self, sentence: str) -> bool:
        """Whether its slots can be filled: an edition need not know every fact."""
        known = {"topic", "hamlet", *self.facts, *_RANGES, *_phrases()}
        return known.issuperset(_SLOT.findall(sentence))

    def _filled(self, sentence: str) -> str:
        return _SLOT.sub(lambda match: self._slot(match[1]), sentence)

    def _slot(self, name: str) -> str:
        if name in self.facts:
            return self.facts[name]
        if name in _RANGES:
            return str(self.random.randint(*_RANGES[name]))
        if name == "topic":
            return self._topic()
        if name == "hamlet":
            return self._hamlet()
        return str(self.random.choice(_phrases()[name]))

    def _topic(self) -> str:
        if not self.topics:
            self.topics = self.random.sample(self.unit.topics, len(self.unit.topics))
        return self.topics.pop()

    def _hamlet(self) -> str:
        number = self.random.randrange(_HAMLETS)
        return f"{to_chinese(number + 1)}号网格" if number % 4 == 0 else f"第{number + 1}片区"

    # -- sections ----------------------------------------------------------------------------

    @property
    def counts(self) -> bool:
        """Whether the text tells figures: the government's are its agencies' sums."""
        return self.unit.index != GOVERNMENT

    def more(self, name: str) -> bool:
        """Whether that figure is known and above 0."""
        return bool(self.facts.get(name, "").strip("0."))

    def under(self, mark: str) -> Paragraphs:
        """The paragraphs directly under a section's title."""
        if mark == PREAMBLE:
            yield self.say("preamble")
        elif mark == "1":
            yield self.say("opening", "opening_more")

    def parts(self, mark: str, titles: Sequence[str]) -> Iterator[tuple[str, Paragraphs]]:
        """(title, paragraphs) of each part of a section; ``titles`` are the form's own."""
        if mark == "1":
            tail = self.random.choice(("", "情况", "工作"))
            texts = (self._active, self._requests, self._manage, self._platform, self._safeguard)
            yield from ((t + tail, text()) for t, text in zip(titles, texts, strict=False))
        elif mark == "5":
            yield f"{self.year - 1}年问题整改情况", self._mended()
            yield "存在的主要问题", self._matters("problems_start", "problem")
            yield "改进措施", self._matters("improve_start", "improve")
        elif mark == "6":
            yield titles[0], iter([self.say(self._fee())])
            yield "落实年度政务公开工作要点情况", self._agenda()
            told = "proposals" if self.random.random() < 0.5 else "proposals_none"
            yield "人大代表建议和政协委员提案办理结果公开情况", iter([self.say(told)])
            yield "政务公开工作创新情况", self._several("novelty", 2)
            yield "数据统计需要说明的事项", iter([self.say("statistics")])
            yield "其他事项", iter([self.say("rest")])

    def _fee(self) -> str:
        if not self.counts:
            return "fee_county"
        return "fee_some" if self.more("notices") else "fee_none"

    def _several(self, name: str, count: int) -> Paragraphs:
        return (self.say(name) for _ in range(count))

    def _active(self) -> Paragraphs:
        if self.counts:
            yield self.say("active", "channels", "channels_more")
        yield from self._several("topics", self.random.choice((2, 3)))
        if told := "".join(self._tables()):
            yield told
        yield self.say("interpret", *(("decide",) if self.random.random() < 0.7 else ()))
        yield self.say("respond", "tail")

    def _tables(self) -> Paragraphs:
        """What table two holds, where it holds anything."""
        if self.more("issued") or self.more("repealed"):
            yield self.say("documents_new")
        elif self.more("in_force"):
            yield self.say("documents_same")
        if self.more("public_total"):
            yield self.say("published_new")
        if self.facts.get("decisions"):
            yield self.say("decisions")
        if self.more("fees"):
            yield self.say("fees")
        if self.more("projects"):
            yield self.say("procurement")

    def _requests(self) -> Paragraphs:
        if self.counts:
            if self.more("received") or self.more("carried_in"):
                more = ("applicants",) if self.more("received") else ()
                yield self.say("requests_some", *more)
            else:
                yield self.say("requests_none")
            if self.more("processed"):
                yield self.say("outcomes")
            sued = self.more("reviews") or self.more("suits")
            yield self.say("reviews_some" if sued else "reviews_none")
        yield from self._several("service", 2)

    def _manage(self) -> Paragraphs:
        yield self.say("create", "tail")
        yield from self._several("review", self.random.choice((1, 2)))
        yield self.say("update", "tail")

    def _platform(self) -> Paragraphs:
        yield self.say("site", "tail")
        yield self.say("media_work", "tail")
        yield self.say("zone")

    def _safeguard(self) -> Paragraphs:
        yield self.say("organise", "train")
        yield self.say("assess", "tail")
        yield self.say("account")

    def _mended(self) -> Paragraphs:
        yield self.say("mended_start")
        yield from self._listed(_matters(self.unit, self.year - 1), "mended")

    def _matters(self, start: str, side: str) -> Paragraphs:
        yield self.say(start)
        yield from self._listed(_matters(self.unit, self.year), side)

    def _listed(self, matters: Sequence[Mapping[str, Sequence[str]]], side: str) -> Paragraphs:
        for number, matter in enumerate(matters, 1):
            sentence = self._filled(self.random.choice(matter[side]))
            yield f"{to_chinese(number)}是{sentence}"

    def _agenda(self) -> Paragraphs:
        yield self.say("agenda_start")
        for number in range(1, self.random.choice((3, 4, 4)) + 1):
            yield f"{to_chinese(number)}是{self.say('agenda')}"
