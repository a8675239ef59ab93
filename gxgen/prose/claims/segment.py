"""The sentences of a narrative that can claim anything, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gxgen.model.narrative import Narrative
from gxgen.places import Place
from gxgen.prose.claims.claim import Span
from gxgen.prose.claims.tokens import squeezed_with_places

_PROBE = re.compile(
    r"(?=[0-9一二两三四五六七八九十百未没无不零持相])"
    r"(?:[0-9]|[一二两三四五六七八九十百][余多]?(?:件|份|起|宗|封|例|条|次|个|项|部|名|场|期|篇|成|倍)|百分之|未|没|无|不存在|零|持平|相同|一致)"
)
"""A sentence without any of these claims nothing."""
LONGEST = 10_000
"""No report has a paragraph of so many letters; in a longer one no numbers are looked for."""
_SENTENCE = re.compile(r"[^。!?]{1,1200}[。!?]?")
"""No sentence is longer than anybody writes: what looks at pairs of words stays quick."""


_NEAR = 200


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text`` is squeezed and narrow; ``at`` maps its letters to those of the paragraph."""

    text: str
    begin: int
    at: Sequence[int]
    paragraph: str
    place: Place | None
    section: str
    heading: str
    """The headings that it stands under, outermost first."""
    opens: bool
    """Whether it is the first of its paragraph."""
    lead: int = 0
    """So many of its letters are the heading before it in the same line: （二）行政复议：0件."""

    @property
    def before(self) -> str:
        """What stands before it in its paragraph, not further back than a few sentences."""
        start = self.at[self.begin]
        return self.paragraph[max(0, start - _NEAR) : start]

    def span(self, start: int, end: int) -> Span:
        """A stretch of the sentence in the paragraph as written."""
        begin = self.begin - self.lead
        first = self.at[max(begin + start, self.begin)]
        last = self.at[max(begin + end - 1, self.begin)] + 1
        return Span(self.paragraph, first, last, self.place)


def sentences(narrative: Narrative) -> Iterator[Sentence]:
    """The sentences of all paragraphs, and of headings that run in, that may claim something."""
    over: dict[str, str] = {}
    for passage in narrative:
        heading = passage.heading or ""
        over[passage.mark] = over.get(passage.mark.rpartition(".")[0], "") + heading
        if passage.runs_in:
            yield from _of(heading, passage.place, passage.mark, over[passage.mark])
        lead = heading if passage.runs_in and heading.endswith((":", "：")) else ""
        for paragraph in passage.paragraphs:
            yield from _of(paragraph.text, paragraph.place, passage.mark, over[passage.mark], lead)
            lead = ""


def _of(
    text: str, place: Place | None, section: str, heading: str = "", lead: str = ""
) -> Iterator[Sentence]:
    if len(text) > LONGEST:
        return
    squeezed, at = squeezed_with_places(text)
    opens = True
    before = squeezed_with_places(lead[:_NEAR])[0] if lead else ""
    for found in _SENTENCE.finditer(squeezed):
        if _PROBE.search(found[0]):
            words = (before + found[0]).rstrip("。!?")
            yield Sentence(
                words, found.start(), at, text, place, section, heading, opens, len(before)
            )
            opens = False
        before = ""
