"""Where the numbers of a report come from: one self-contained page, without script or network.

The text stands as the agency wrote it with every number marked; a number leads to how it was read
and from there to the figures. Its looks are ``page.html.jinja`` and ``page.css``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from gxgen.checks.trace import Counted, Figure, Mention, Trace
from gxgen.markup import Html, digest
from gxgen.places import Place
from gxgen.prose.claims.claim import State
from gxgen.show.pages import own, template
from gxgen.show.trace.words import (
    STATES,
    counted_head,
    counted_lines,
    figure_head,
    figure_lines,
    mention_head,
    mention_lines,
    outcome,
    summary,
)

_HERE = "gxgen.show.trace"
_WORST = (
    State.DIFFERS,
    State.NEAR,
    State.ALSO,
    State.UNKNOWN,
    State.OTHER_YEAR,
    State.FITS,
    State.UNBOUND,
)
"""Which of several outcomes a number is marked with."""


class Piece(NamedTuple):
    """A stretch of a paragraph; ``number`` counts the mentions, 0 where it is none."""

    text: str
    number: int = 0
    state: str = ""
    word: str = ""


class Line(NamedTuple):
    """A heading or paragraph of the narrative."""

    heading: bool
    pieces: tuple[Piece, ...]


class Block(NamedTuple):
    """A number and all that is to be told of it."""

    number: int
    state: str
    head: str
    lines: tuple[tuple[str, str], ...]
    marked: bool = True
    """Whether it has a mark in the text to go back to."""


def trace_page(whole: Trace) -> bytes:
    """The page as UTF-8; with a number asked for, that number's marks and blocks alone."""
    report, style = whole.report, own(_HERE, "page.css")
    lines = tuple(_lines(whole))
    marked = {piece.number for line in lines for piece in line.pieces}
    shown = [one for one in whole.figures if whole.number is not None or not one.quiet]
    mentions = [
        Block(
            number,
            _state(one).value,
            mention_head(one),
            tuple(mention_lines(report, one)),
            number in marked,
        )
        for number, one in enumerate(whole.mentions, 1)
    ]
    page = template(_HERE).render(
        report=report,
        asked=whole.number,
        summary=summary(whole),
        words={state.value: word for state, word in STATES.items()},
        lines=lines,
        mentions=[one for one in mentions if one.state != State.UNBOUND.value],
        unbound=[one for one in mentions if one.state == State.UNBOUND.value],
        figures=[_figure(whole, number, one) for number, one in enumerate(shown, 1)],
        counted=[_counted(number, one) for number, one in enumerate(whole.counted, 1)],
        style=Html(style),
        style_digest=digest(style),
    )
    return page.encode("utf-8", "replace")


def _figure(whole: Trace, number: int, one: Figure) -> Block:
    return Block(number, "", figure_head(whole.report, one), tuple(figure_lines(one)), marked=False)


def _counted(number: int, one: Counted) -> Block:
    return Block(number, "", counted_head(one), tuple(counted_lines(one)), marked=False)


def _state(one: Mention) -> State:
    return min((verdict.state for verdict in one.verdicts), key=_WORST.index)


def _lines(whole: Trace) -> Iterator[Line]:
    """The narrative with its numbers marked; of paragraphs that nothing tells apart, the first."""
    places: dict[tuple[str, Place | None], list[tuple[int, Mention]]] = defaultdict(list)
    for number, one in enumerate(whole.mentions, 1):
        places[one.span.paragraph, one.span.place].append((number, one))
    for passage in whole.report.narrative:
        if passage.heading is not None:
            marks = places.pop((passage.heading, passage.place), [])
            yield Line(heading=True, pieces=tuple(_pieces(passage.heading, marks)))
        for paragraph in passage.paragraphs:
            marks = places.pop((paragraph.text, paragraph.place), [])
            yield Line(heading=False, pieces=tuple(_pieces(paragraph.text, marks)))


def _pieces(text: str, marks: list[tuple[int, Mention]]) -> Iterator[Piece]:
    """A text cut at its numbers; of two that overlap the first is marked."""
    at = 0
    for number, one in sorted(marks, key=lambda mark: mark[1].span.start):
        span, state = one.span, _state(one)
        if span.start < at:
            continue
        yield Piece(text[at : span.start])
        word = next(outcome(verdict) for verdict in one.verdicts if verdict.state is state)
        yield Piece(span.text, number, state.value, word)
        at = span.end
    yield Piece(text[at:])
