"""The agency's own words, as rules look at them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from gxgen.model.narrative import Passage
from gxgen.model.outline import heading_text
from gxgen.model.report import Report
from gxgen.places import Place
from gxgen.prose.claims.segment import LONGEST

Line = tuple[str, Place | None]


def printed_lines(report: Report) -> Iterator[Line]:
    """Each printed line of the text with its place, without the titles of the sections."""
    yield from whole_text(report)[0]


def passage_lines(passage: Passage) -> Iterator[Line]:
    """The heading below a section's title, and the paragraphs."""
    if passage.level > 1:
        yield heading_text(passage), passage.place
    for paragraph in passage.paragraphs:
        if len(paragraph.text) <= LONGEST:
            yield paragraph.text, paragraph.place


def printed_passages(report: Report) -> tuple[tuple[Line, ...], ...]:
    """The lines of each passage together: a quotation may run over some. Put together once a
    report."""
    kept: tuple[tuple[Line, ...], ...] | None = report.__dict__.get("_passages")
    if kept is None:
        kept = tuple(tuple(passage_lines(passage)) for passage in report.narrative)
        report.__dict__["_passages"] = kept
    return kept


def lines_with(
    report: Report, pattern: re.Pattern[str], probe: re.Pattern[str] | None = None
) -> Iterator[Line]:
    """The printed lines in which the pattern is found.

    Nearly always it is in none: the whole text is looked through first, and before that for a
    ``probe``, which is found in less time and wherever the pattern is.
    """
    lines, whole = whole_text(report)
    if (probe is None or probe.search(whole)) and pattern.search(whole):
        yield from (line for line in lines if pattern.search(line[0]))


def whole_text(report: Report) -> tuple[tuple[Line, ...], str]:
    """The printed lines, and all of them as one text. Put together once a report."""
    kept: tuple[tuple[Line, ...], str] | None = report.__dict__.get("_lines")
    if kept is None:
        lines = tuple(chain.from_iterable(printed_passages(report)))
        kept = report.__dict__["_lines"] = lines, "\n".join(text for text, _ in lines)
    return kept


def solid(texts: Iterable[str]) -> str:
    """The texts as one without blanks, so that no phrase reaches from one into the next."""
    return "。".join("".join(text.split()) for text in texts)


def says_something(passage: Passage) -> bool:
    """Whether it has text, or its heading is a sentence that needs none (……的事项。)."""
    sentence = passage.runs_in and str(passage.heading).endswith("。")
    return sentence or any(paragraph.text.strip() for paragraph in passage.paragraphs)


@cache
def _halves(left: str, right: str) -> re.Pattern[str]:
    return re.compile(f"[{left}{right}]")


def paired(signs: Iterable[str], left: str, right: str) -> bool:
    """Whether of a pair of signs, among others or alone, each half has its other half."""
    own = "".join(sign for sign in signs if sign in (left, right))
    while left + right in own:
        own = own.replace(left + right, "")
    return not own


def unpaired(text: str, left: str, right: str) -> dict[int, str]:
    """Where halves of a pair of signs stand without the other half, and which, from the left."""
    if paired(_halves(left, right).findall(text), left, right):
        return {}  # nearly always, and nobody asks where
    opened: list[int] = []
    alone: dict[int, str] = {}
    for found in _halves(left, right).finditer(text):
        if found.group() == left:
            opened.append(found.start())
        elif opened:
            opened.pop()
        else:
            alone[found.start()] = right
    return dict(sorted({**alone, **dict.fromkeys(opened, left)}.items()))
