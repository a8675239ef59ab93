"""Clauses that say an indicator's name, number and unit and nothing else, and those filled from it.

Small on purpose: a clause with any word that is not known here counts something else, perhaps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gxgen.document.illustrated.channels import counted_in
from gxgen.editions.indicators import INDICATORS
from gxgen.letters import narrow
from gxgen.model.indicators import Indicator, letters
from gxgen.model.narrative import Narrative, Paragraph
from gxgen.model.report import Report
from gxgen.prose.filled.tags import indicators_named

_LEAD = (
    "本?年度?|全年|全县|全市|全区|共计?|召开|举办|举行|组织|开展|发布|公开|制作|编发|办理|承办|办结|"
    "答复|回应|完成|了|政府信息公开"
)
_CLAUSE = re.compile("[^，；：。！？]+")
_CHANNELS = {row.name: row.channel for row in INDICATORS}
"""By an indicator's name the channel that it counts."""


@dataclass(frozen=True, slots=True)
class Said:
    """A number of the text that an indicator is held against, with the words around it."""

    count: int
    words: str
    paragraph: Paragraph


def said_of(report: Report, one: Indicator) -> tuple[Said, ...]:
    """What the text says of an indicator; nothing where nobody counts it."""
    if one.value is None or not one.unit:
        return ()
    channel = _CHANNELS.get(one.name, "")
    found: list[Said] = []
    for paragraph in _paragraphs(report.narrative):
        if one.name in paragraph.text:
            found += _in_clauses(_clauses(report.year, one), paragraph)
        if channel and channel in paragraph.text:
            counted = counted_in(paragraph.text, one.unit).items()
            found += (Said(n, label, paragraph) for label, n in counted if channel in label)
    return tuple(found)


def filled_from(report: Report, one: Indicator) -> tuple[Paragraph, ...]:
    """The paragraphs, as written, that an indicator is printed in."""
    wanted = letters(one.name)
    every = _paragraphs(report.written) if report.source is not None else ()
    return tuple(p for p in every if wanted in indicators_named(p.text))


def _paragraphs(narrative: Narrative) -> Iterator[Paragraph]:
    return (paragraph for passage in narrative for paragraph in passage.paragraphs)


def _clauses(year: int, one: Indicator) -> re.Pattern[str]:
    name, unit = (re.escape(narrow(text)) for text in (one.name, one.unit))
    count = rf"(\d[\d,]{{0,12}}){unit}"
    return re.compile(rf"(?:{_LEAD}|{year}年)*(?:{name}(?:共|共计)?{count}|{count}{name})")


def _in_clauses(clauses: re.Pattern[str], paragraph: Paragraph) -> Iterator[Said]:
    for clause in _CLAUSE.findall(paragraph.text):
        if found := clauses.fullmatch(narrow("".join(clause.split()))):
            count = int((found[1] or found[2]).replace(",", ""))
            yield Said(count, clause.strip(), paragraph)
