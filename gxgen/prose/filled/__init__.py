"""Sentences filled from figures: ``新收申请{{ 申请.新收 }}件`` prints the figure of table three.

A sentence may hold figures by name, four functions, three filters, ``if``, and ``for`` over a list
of the form; nothing else. Jinja only parses: each node is taken from a closed list and evaluated
here, so no text can call, reach or repeat anything that is not named on this page. What cannot be
filled with certainty is a finding at its cell, and the text stays as written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gxgen.diagnostics import Finding, Related
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Report
from gxgen.places import Place
from gxgen.prose.filled.tags import MARK, WRONG, NotFilledError, parsed, too_complex


def filled(report: Report) -> tuple[Report, list[Finding]]:
    """The report with its sentences filled, and what could not be; ``written`` keeps the text.

    A paragraph of which nothing is left, as under an ``if``, is left out.
    """
    if not any(MARK.search(text) for passage in report.narrative for text in _texts(passage)):
        return report, []
    findings: list[Finding] = []
    narrative = tuple(_passage(report, passage, findings) for passage in report.narrative)
    return replace(report, narrative=narrative, source=report.narrative), findings


def _texts(passage: Passage) -> Iterator[str]:
    if passage.heading and passage.level > 1:
        yield passage.heading
    for paragraph in passage.paragraphs:
        yield paragraph.text


def _passage(report: Report, passage: Passage, findings: list[Finding]) -> Passage:
    heading = passage.heading
    if heading and passage.level > 1:
        heading = _line(report, heading, passage.place, findings) or heading
    done = (
        replace(paragraph, text=_line(report, paragraph.text, paragraph.place, findings))
        for paragraph in passage.paragraphs
    )
    return replace(passage, heading=heading, paragraphs=tuple(filter(_says, done)))


def _says(paragraph: Paragraph) -> bool:
    return bool(paragraph.text.strip())


def _line(report: Report, text: str, place: Place | None, findings: list[Finding]) -> str:
    if MARK.search(text) is None:
        return text
    try:
        return _fill(report, text)
    except NotFilledError as trouble:
        at = f"{place or '正文'} "
        related = tuple(Related(key, report.place(key)) for key in trouble.keys[:8])
        message = f"{at}{trouble}"
        findings.append(Finding(trouble.code, message, place, related=related, quote=text[:200]))
        return text


def _fill(report: Report, text: str) -> str:
    """The text with its figures.

    Raises:
        NotFilledError: it says what it may not, a figure is not known, or what is printed runs into
            what stands beside it.
    """
    tree, tags = parsed(text)
    from gxgen.prose.filled.seams import fault_at, without_seams
    from gxgen.prose.filled.sentence import Sentence

    try:
        seamed = Sentence(report, tags).block(tree.body)({})
    except RecursionError:
        raise too_complex(tags) from None
    if fault := fault_at(seamed):
        raise NotFilledError(WRONG, fault)
    return without_seams(seamed)
