"""Questions that a county has answered for all: what it calls lawful in ``words.toml`` is not asked
about. Errors stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from gxgen.checks.text import Line, printed_lines
from gxgen.diagnostics import Diagnostic, Severity
from gxgen.model.report import Report
from gxgen.prose.alike.lawful import Lawful, masked, sentences
from gxgen.prose.alike.passages import names_of


def without_lawful(report: Report, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What was found, but for questions about sentences that the county calls lawful."""
    if not report.words.lawful:
        yield from found
        return
    known = _lawful(report.words.lawful)
    lines = list(printed_lines(report))
    for one in found:
        asks = one.severity is Severity.WARNING and one.quote
        if not asks or not _is_lawful(report, one, lines, known):
            yield one


def _is_lawful(report: Report, asked: Diagnostic, lines: Iterable[Line], known: Lawful) -> bool:
    """Whether each sentence at a question's place that has its words is lawful, and each further
    one that it is about, wherever it stands."""
    own = (*names_of(report.agency), *report.words.names_of(report.agency.name))
    here = [text for text, place in lines if place == asked.place]
    said = [(here, asked.words or asked.quote or ""), *(([one], one) for one in asked.others)]
    return any(all(_told(*one, names, known) for one in said) for names in (own, ()))


def _told(here: Iterable[str], asked: str, names: Iterable[str], known: Lawful) -> bool:
    """The same with ``names`` masked: the county may have left the agency's name in a sentence."""
    words = masked(asked, names)
    said = [
        sentence
        for text in here
        for sentence in sentences(masked(text, names))
        if words in sentence
    ]
    return bool(said) and all(sentence in known for sentence in said)


@lru_cache(maxsize=8)
def _lawful(patterns: tuple[str, ...]) -> Lawful:
    """Made ready once a county and process."""
    return Lawful(patterns)
