"""The agency's own words, as rules look at them."""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.model.narrative import Passage
from gxgen.model.outline import heading_text
from gxgen.model.report import Report
from gxgen.places import Place


def printed_lines(report: Report) -> Iterator[tuple[str, Place | None]]:
    """Each printed line of the text with its place, without the titles of the sections."""
    for passage in report.narrative:
        if passage.level > 1:
            yield heading_text(passage), passage.place
        for paragraph in passage.paragraphs:
            yield paragraph.text, paragraph.place


def says_something(passage: Passage) -> bool:
    """Whether it has text, or its heading is a sentence that needs none (……的事项。)."""
    sentence = passage.runs_in and str(passage.heading).endswith("。")
    return sentence or any(paragraph.text.strip() for paragraph in passage.paragraphs)
