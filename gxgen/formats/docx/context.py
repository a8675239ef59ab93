"""What a template can name: the slots, and their values for one report.

Slots are plain words so that a designer can read them in Word: ``{{ title }}``,
``{% for block in section1 %}``, ``{{ requests.received.individual }}``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import zip_longest
from typing import Any, TypeGuard

from gxgen.document.blocks import (
    Block,
    Document,
    HeadingBlock,
    SignOffBlock,
    TableBlock,
    TextBlock,
    leads_on,
    signed_on,
)
from gxgen.document.charts import CHART_IDS
from gxgen.document.illustrated.edition import SLOTS
from gxgen.document.illustrated.tiles import TILE_SLOTS
from gxgen.document.lines import em_width
from gxgen.document.page import CHARACTER, DRAFT_MARK, TEXT_WIDTH, sign_off_slots
from gxgen.document.torn import torn_in_office
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.model.narrative import PREAMBLE
from gxgen.model.report import Report

_INDENT = 2
"""Characters before the first line of a paragraph."""
_MOST_KEPT = 17
"""Lines of a paragraph that stays with the sign-off, of the 22 of a page."""

Context = dict[str, Any]

BLOCK_SLOTS: dict[str, Any] = {
    "heading2": False,
    "heading3": False,
    "heading4": False,
    "runin2": False,
    "runin3": False,
    "keep": False,
    "ragged": False,
    "number": "",
    "lead": "",
    "text": "",
    "above": "",
    "below": "",
    "icon": "",
    "numeral": "",
    "look": "",
    "style": "",
}
"""One block of a section: which kind it is (none of the five: a paragraph), whether it must stay on
the page of the next one, whether justifying would spread its lines, and its words. The rest is for
illustrated editions: pictures over and under it, the mark of a heading, a number of two digits, the
styles of its characters and of its paragraph."""

OF_PICTURES = ("above", "below", "icon", "numeral", "look", "style")
"""Those of them that only an illustrated edition asks for."""


def slot(mark: str) -> str:
    """The slot that holds a section's blocks."""
    return "preamble" if mark == PREAMBLE else f"section{mark}"


def vocabulary(edition: Edition) -> Context:
    """The shape of an edition's contexts: dicts have members, lists one item, the rest are text."""
    figures = _nested((tuple(key.split(".")) for key in edition.fields), [""] * len(edition.fields))
    return {
        **dict.fromkeys(("title", "document_title", "agency", "short_name", "draft_mark"), ""),
        "year": 0,
        **{slot(section.mark): [dict(BLOCK_SLOTS)] for section in edition.sections},
        **figures,
        "sign_off": dict.fromkeys(sign_off_slots(SignOffBlock(())), ""),
        "charts": dict.fromkeys(CHART_IDS, ""),
        "tiles": [dict.fromkeys(TILE_SLOTS, "")],
        "pictures": dict.fromkeys(SLOTS, ""),
    }


def general_values(report: Report) -> dict[str, str]:
    """What a template may name anywhere: whose report of which year it is."""
    return {
        "document_title": report.title,
        "agency": report.agency.name,
        "short_name": report.agency.short_name or report.agency.name,
        "year": str(report.year),
    }


def make_context(
    report: Report, document: Document, *, draft: bool, torn: Callable[[str], bool] = torn_in_office
) -> Context:
    """The values of every slot of the report's edition; ``torn``: what must not be justified."""
    context: Context = {
        "title": "\n".join(document.title.lines),
        **general_values(report),
        "year": report.year,
        "draft_mark": DRAFT_MARK if draft else "",
        "created": f"{signed_on(report).isoformat()}T00:00:00Z",
        "sign_off": sign_off_slots(document.sign_off),
    }
    for mark, blocks in document.sections.items():
        own = [block for block in blocks if loops(block)]
        context[slot(mark)] = [_words(*pair, torn) for pair in zip_longest(own, own[1:])]
        for block in blocks:
            if isinstance(block, TableBlock):
                paths = _paths(report.edition.id, block.table)
                context |= _nested(paths, block.values.values())
    _mark_closing(context[slot(mark)], document.sign_off)
    return context


def loops(block: Block) -> TypeGuard[HeadingBlock | TextBlock]:
    """Whether it is the agency's own; section headings and tables stand in the template."""
    return isinstance(block, TextBlock) or (isinstance(block, HeadingBlock) and block.level > 1)


def _words(
    block: HeadingBlock | TextBlock,
    following: HeadingBlock | TextBlock | None,
    torn: Callable[[str], bool],
) -> Context:
    kind: Context
    if isinstance(block, HeadingBlock):
        kind = {f"heading{min(block.level, 4)}": True, "number": block.number, "text": block.text}
        kind["keep"] = leads_on(block, following)
    elif block.lead and block.level in (2, 3):
        kind = {f"runin{block.level}": True, "lead": block.lead, "text": block.text}
    else:
        kind = {"text": block.lead + block.text}
    if isinstance(block, TextBlock):
        kind["ragged"] = torn(block.lead + block.text)
    return {**BLOCK_SLOTS, **kind}


def _mark_closing(blocks: Sequence[Context], sign_off: SignOffBlock) -> None:
    """The sign-off must not stand alone on a page, so the last block stays with it.

    A block that leaves no room for its heading and the sign-off on a page is not kept: LibreOffice
    would move it to a page of its own and leave the heading alone on the one before.
    """
    if blocks and sign_off.lines:
        last = blocks[-1]
        width = (_INDENT + em_width(last["lead"] + last["text"])) * CHARACTER
        last["keep"] = math.ceil(width / TEXT_WIDTH) <= _MOST_KEPT


@cache
def _paths(edition: str, table: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(key.split(".")) for key in EDITIONS[edition].grids[table].figures)


def _nested(paths: Iterable[tuple[str, ...]], values: Iterable[str]) -> Context:
    """Values in dictionaries of dictionaries, each at its path."""
    root: Context = {}
    for path, value in zip(paths, values, strict=True):
        node = root
        for part in path[:-1]:
            node = node.setdefault(part, {})
        node[path[-1]] = value
    return root
