"""How far a form has been filled: as it was handed out, begun, or with figures of its own."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from gxgen.form.write.narrative import plan_narrative
from gxgen.model.report import EntryState, Report


class Filling(StrEnum):
    """``BLANK`` is a form as it was handed out, ``STARTED`` one with words and no figure."""

    BLANK = "blank"
    STARTED = "started"
    FILLED = "filled"


def filling_of(report: Report) -> Filling:
    """How far the form that a report was read from is filled.

    What the form brings along says nothing: figures carried over from last year, totals that
    formulas make, headings and drafts of the text, the agency's name and how to reach it.
    """
    if any(_figures(report)):
        return Filling.FILLED
    return Filling.STARTED if any(_words(report)) else Filling.BLANK


def _figures(report: Report) -> Iterator[bool]:
    """Whether somebody has entered something, figure by figure."""
    carried = report.edition.carries
    for key, entry in report.entries.items():
        yield key not in carried and entry.state in (EntryState.GIVEN, EntryState.UNREADABLE)


def _words(report: Report) -> Iterator[bool]:
    """The same of all else that the agency writes."""
    plan = plan_narrative(report.edition, report.agency.name, report.year, None)
    drafts = {"".join(row.text.split()) for row in plan.rows}
    for passage in report.narrative:
        for paragraph in passage.paragraphs:
            yield "".join(paragraph.text.split()) not in drafts
    yield bool(report.answers) or report.sign_off.date is not None
    for one in report.indicators.values():
        yield one.value is not None or bool(one.note)
