"""One narrative from sheet 正文 and a text file of the same name."""

from __future__ import annotations

import re
from itertools import zip_longest

from gxgen.diagnostics import Finding, Related
from gxgen.editions.schema import Edition, Section
from gxgen.letters import squeezed
from gxgen.model.narrative import Narrative, Passage
from gxgen.model.numbering import section_heading
from gxgen.model.outline import heading_text
from gxgen.places import Place

SHOWN = 24


def merge(
    edition: Edition, sheet: Narrative, file: Narrative, file_name: str
) -> tuple[Narrative, list[Finding]]:
    """Section by section, the text of whichever holds any; a finding where both do and differ.

    Headings alone, and the wording that a blank form offers, count as no text. Where both differ
    the sheet's text stays in place until the agency decides.
    """
    merged: list[Passage] = []
    findings: list[Finding] = []
    for section in edition.sections:
        here, there = _passages(sheet, section.mark), _passages(file, section.mark)
        if not _own_text(section, there):
            merged += here or there
        elif not _own_text(section, here):
            merged += there
        else:
            merged += here
            if _joined(here) != _joined(there):
                findings.append(_which(section, here, there, file_name))
    return tuple(merged), findings


def _passages(narrative: Narrative, mark: str) -> list[Passage]:
    return [passage for passage in narrative if passage.section == mark]


def _own_text(section: Section, passages: list[Passage]) -> bool:
    """Whether the agency wrote anything beyond headings and what the blank form offers."""
    drafts = [d for d in (section.draft, *(part.draft for part in section.parts)) if d]
    offered = [_draft_pattern(draft) for draft in drafts]
    own = ("".join(squeezed(p.text) for p in passage.paragraphs) for passage in passages)
    return any(text and not any(o.fullmatch(text) for o in offered) for text in own) or any(
        _is_statement(passage) for passage in passages
    )


def _is_statement(passage: Passage) -> bool:
    """A numbered sentence that stands alone, such as 没有其他需要报告的事项。"""
    return passage.runs_in and str(passage.heading).endswith("。") and not passage.paragraphs


def _draft_pattern(draft: str) -> re.Pattern[str]:
    escaped = re.escape(squeezed(draft))
    return re.compile(escaped.replace(r"\{agency\}", ".*?").replace(r"\{year\}", r"\d{4}"))


def _joined(passages: list[Passage]) -> str:
    return "".join(squeezed(text) for text, _ in _texts(passages))


def _texts(passages: list[Passage]) -> list[tuple[str, Place | None]]:
    """What is printed, line by line, without the section's own title."""
    return [
        line
        for passage in passages
        for line in (
            *([(heading_text(passage), passage.place)] if passage.level > 1 else []),
            *((paragraph.text, paragraph.place) for paragraph in passage.paragraphs),
        )
    ]


def _which(section: Section, here: list[Passage], there: list[Passage], file_name: str) -> Finding:
    """Both texts from the first line in which they differ."""
    nothing: tuple[str, Place | None] = ("", None)
    (ours, our_place), (theirs, their_place) = next(
        (
            (a, b)
            for a, b in zip_longest(_texts(here), _texts(there), fillvalue=nothing)
            if squeezed(a[0]) != squeezed(b[0])
        ),
        (nothing, nothing),
    )
    start = _difference(ours, theirs)
    name = section_heading(section)
    return Finding(
        "GX050",
        f"“{name}”在工作簿和 {file_name} 里都有文字，而且不同："
        f"{our_place or '工作簿'} 是{_quoted(ours, start)}，"
        f"{their_place or file_name} 是{_quoted(theirs, start)}。以哪一处为准？",
        our_place or here[0].place,
        related=(Related(None, their_place or there[0].place),),
        quote=ours[start : start + SHOWN] or None,
    )


def _difference(ours: str, theirs: str) -> int:
    """Where to begin a quotation so that it shows the difference."""
    same = next((at for at, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), None)
    at = min(len(ours), len(theirs)) if same is None else same
    return max(0, at - SHOWN // 2)


def _quoted(text: str, start: int) -> str:
    """Part of a line in quotation marks; ``空`` for no line."""
    before, after = "…" if start else "", "…" if len(text) > start + SHOWN else ""
    return f"“{before}{text[start : start + SHOWN]}{after}”" if text else "空"
