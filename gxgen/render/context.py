"""What a template can name: the slots, and their values for one report.

Slots are plain words so that a designer can read them in Word: ``{{ title }}``,
``{% for block in section1 %}``, ``{{ requests.received.individual }}``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from itertools import zip_longest
from typing import Any, TypeGuard

from gxgen.editions import EDITIONS, Edition
from gxgen.model import Report
from gxgen.model.narrative import PREAMBLE
from gxgen.render.document import (
    Block,
    Document,
    HeadingBlock,
    SignOffBlock,
    TableBlock,
    TextBlock,
)
from gxgen.render.title import em_width

DRAFT_MARK = "草稿（仅供核对，不得公布）"

Context = dict[str, Any]

BLOCK_SLOTS: dict[str, Any] = {
    "heading2": False,
    "heading3": False,
    "heading4": False,
    "runin2": False,
    "runin3": False,
    "keep": False,
    "number": "",
    "lead": "",
    "text": "",
}
"""One block of a section: which kind it is (none of the five: a paragraph), whether it must stay on
the page of the next one, and its words."""

SIGN_OFF_SLOTS = ("agency", "agency_indent", "date", "date_indent")

TEXT_WIDTH = 442.2
CHARACTER = 15.75
"""Points: the width of a line, and of one of its 28 characters (16 pt, spacing −0.25 pt)."""

DATE_JOINTS = 1.25
"""Characters that the automatic gaps between digits and 年月日 add to a date."""


def slot(mark: str) -> str:
    """The slot that holds a section's blocks."""
    return "preamble" if mark == PREAMBLE else f"section{mark}"


def vocabulary(edition: Edition) -> Context:
    """The shape of an edition's contexts: dicts have members, lists one item, the rest are text."""
    figures: Context = {}
    for key in edition.fields:
        _put(figures, key, "")
    return {
        **dict.fromkeys(("title", "document_title", "agency", "short_name", "draft_mark"), ""),
        "year": 0,
        **{slot(section.mark): [dict(BLOCK_SLOTS)] for section in edition.sections},
        **figures,
        "sign_off": dict.fromkeys(SIGN_OFF_SLOTS, ""),
    }


def make_context(report: Report, document: Document, *, draft: bool) -> Context:
    """The values of every slot of the report's edition."""
    context: Context = {
        "title": "\n".join(document.title.lines),
        "document_title": report.title,
        "agency": report.agency.name,
        "short_name": report.agency.short_name or report.agency.name,
        "year": report.year,
        "draft_mark": DRAFT_MARK if draft else "",
        "created": _created(report),
        "sign_off": _sign_off(document.sign_off),
    }
    for mark, blocks in document.sections.items():
        own = [block for block in blocks if _loops(block)]
        context[slot(mark)] = [_words(*pair) for pair in zip_longest(own, own[1:])]
        for block in blocks:
            if isinstance(block, TableBlock):
                context |= _figures(report.edition.id, block)
    _mark_closing(context[slot(mark)], document.sign_off)
    return context


def _loops(block: Block) -> TypeGuard[HeadingBlock | TextBlock]:
    """Whether it is the agency's own; section headings and tables stand in the template."""
    return isinstance(block, TextBlock) or (isinstance(block, HeadingBlock) and block.level > 1)


def _words(block: HeadingBlock | TextBlock, following: HeadingBlock | TextBlock | None) -> Context:
    kind: Context
    if isinstance(block, HeadingBlock):
        kind = {f"heading{min(block.level, 4)}": True, "number": block.number, "text": block.text}
        kind["keep"] = following is not None and not 0 < following.level <= block.level
    elif block.lead and block.level in (2, 3):
        kind = {f"runin{block.level}": True, "lead": block.lead, "text": block.text}
    else:
        kind = {"text": block.lead + block.text}
    return {**BLOCK_SLOTS, **kind}


def _mark_closing(blocks: Sequence[Context], sign_off: SignOffBlock) -> None:
    """The sign-off must not stand alone on a page, so the last block stays with it."""
    if blocks and sign_off.lines:
        blocks[-1]["keep"] = True


@cache
def _paths(edition: str, table: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(key.split(".")) for key in EDITIONS[edition].grids[table].figures)


def _figures(edition: str, block: TableBlock) -> Context:
    root: Context = {}
    for path, text in zip(_paths(edition, block.table), block.values.values(), strict=True):
        node = root
        for part in path[:-1]:
            node = node.setdefault(part, {})
        node[path[-1]] = text
    return root


def _put(root: Context, key: str, value: object) -> None:
    *home, last = key.split(".")
    for part in home:
        root = root.setdefault(part, {})
    root[last] = value


def _created(report: Report) -> str:
    """A fixed moment, so that the same report gives the same bytes: the day it was signed."""
    day = report.sign_off.date or dt.date(report.year + 1, 1, 1)
    return f"{day.isoformat()}T00:00:00Z"


def _sign_off(block: SignOffBlock) -> Context:
    """Lines with left indents in twips (GB/T 9704-2012, 7.3.5.2).

    The agency ends two characters from the margin and the date begins two characters right of
    it; a date longer than the agency ends two characters from the margin instead.
    """
    agency, date = (*block.lines, "", "")[:2]
    space = 2 * CHARACTER
    name, day = em_width(agency) * CHARACTER, (em_width(date) + DATE_JOINTS) * CHARACTER
    left = TEXT_WIDTH - space - (name if not date or day <= name else day + space)
    left = max(left, 0.0)
    return {
        "agency": agency,
        "agency_indent": round(left * 20),
        "date": date,
        "date_indent": round((left + space) * 20),
    }
