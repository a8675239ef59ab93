"""Which letters of a paragraph an illustrated edition sets bold: numbers that were recognised.

A number is recognised where it fits the form's figures, or where a picture shows it; any other is
left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gxgen.document.blocks import Document
from gxgen.prose.claims import verdicts_of
from gxgen.prose.claims.claim import State

_LEAD = re.compile(
    "[一二三四五六七八九十]是[^。；：]{1,30}[。：](?=.)|(?:存在的?(?:主要)?问题|主要问题|不足之处|改进(?:措施|情况)|整改(?:措施|情况)|"
    "下一步(?:工作)?(?:打算|措施|计划)?)：(?=.)"
)
"""What a paragraph may begin with, to be told from the rest."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph: plain, a recognised ``number``, or its opening ``lead`` words."""

    text: str
    kind: str = ""


NUMBER, LEAD = "number", "lead"


class Emphasis:
    """The recognised numbers of a report's paragraphs."""

    def __init__(self, document: Document) -> None:
        """Reads what the sentences claim, which checks have read before."""
        self._spans: dict[str, set[tuple[int, int]]] = {}
        for verdict in verdicts_of(document.report):
            quantity = verdict.claim.quantity
            if verdict.state is State.FITS and quantity is not None:
                self._add(quantity.span.paragraph, quantity.span.start, quantity.span.end)
        for one in document.illustration.recognised:
            self._add(one.paragraph, one.start, one.end)

    def _add(self, paragraph: str, start: int, end: int) -> None:
        self._spans.setdefault(paragraph, set()).add((start, end))

    def pieces(self, text: str, *, opening: bool = True) -> tuple[Piece, ...]:
        """The stretches of a paragraph; ``opening``: it begins with its own words."""
        lead = _LEAD.match(text) if opening else None
        spans = [(0, lead.end(), LEAD)] if lead else []
        numbers = ((start, end, NUMBER) for start, end in sorted(self._spans.get(text, ())))
        return tuple(_cut(text, [*spans, *numbers]))


def _cut(text: str, spans: Iterable[tuple[int, int, str]]) -> Iterator[Piece]:
    at = 0
    for start, end, kind in spans:
        if start < at or text[start:end] == "":
            continue
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], kind)
        at = end
    if at < len(text):
        yield Piece(text[at:])
