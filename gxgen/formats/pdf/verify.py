"""Reads a written PDF back by its structure and compares it with the report that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gxgen.diagnostics import Finding
from gxgen.document.blocks import Block, Document, HeadingBlock, TableBlock, compose
from gxgen.document.cell import squash
from gxgen.document.comparison import Medium, Wanted, compare, expected
from gxgen.document.illustrated.readback import CHART_DIFFERS, Asked, Met, miscounted
from gxgen.formats.pdf.illustrated import Added
from gxgen.formats.pdf.structure import UnreadablePdfError, nested_levels, read_items
from gxgen.model.report import Report
from gxgen.places import FilePart

UNREADABLE, TEXT_DIFFERS, TABLE_DIFFERS = "GX624", "GX625", "GX626"


def verify_pdf(
    data: bytes,
    report: Report,
    document: Document | None = None,
    asked: Asked | None = None,
    texts: Iterable[str] = (),
) -> list[Finding]:
    """What differs between the PDF and the report; empty if nothing was lost or added.

    Text is compared without white space, which a PDF does not keep; figures and labels cell by
    cell. ``document``: the report's blocks, where they have been composed already. ``asked``: the
    charts, tiles and pictures that must be there; None: nobody knows, and none is missed.
    ``texts``: paragraphs of the template's own that may stand between the report's.
    """
    medium = Medium(f"{report.title}.pdf", "PDF", TEXT_DIFFERS, TABLE_DIFFERS)
    document = document or compose(report)
    wanted = list(_wanted(list(document.blocks)))
    try:
        found = read_items(data)
    except UnreadablePdfError as error:
        return [Finding(UNREADABLE, f"写好的 PDF 读不回来：{error}", FilePart(medium.file))]
    levels = nested_levels(item.level for item in found)
    names = {squash(shown): squash(own) for shown, own in document.headings_shown.items()}
    found = [
        replace(
            item, level=level, text=item.text if level is None else names.get(item.text, item.text)
        )
        for item, level in zip(found, levels, strict=True)
    ]
    furniture = tuple(re.compile(re.escape(squash(text))) for text in texts)
    differing = list(compare(wanted, found, medium, furniture))
    if not differing and not asked:
        return []
    added = Added(document.illustration, asked, Met(document))
    own = [item for item in found if not added.has(item)]
    faults = added.faults
    if asked is not None:
        faults += added.met.missing(asked)
        faults += miscounted(asked, added.found, added.shown)
    told = [
        Finding(CHART_DIFFERS, f"写好的 PDF 里，{one}", FilePart(medium.file)) for one in faults
    ]
    return [*compare(wanted, own, medium, furniture), *told]


def _wanted(blocks: list[Block]) -> Iterator[Wanted]:
    """Text without white space, the levels of headings as they can be tagged."""
    levels = nested_levels(block.level for block in blocks if isinstance(block, HeadingBlock))
    for want in expected(blocks):
        if isinstance(want, TableBlock):
            yield want
        else:
            text, level = want
            yield squash(text), None if level is None else next(levels)
