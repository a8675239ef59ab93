"""A comparison as one self-contained page, without script or network.

Its looks are ``page.html.jinja`` and ``page.css``; text is escaped as it is put in.
"""

from __future__ import annotations

from gxgen.markup import Html, digest
from gxgen.show.compare.blocks import Heading, Remark, Sheet
from gxgen.show.pages import own, template

_HERE = "gxgen.show.compare"


def sheet_page(sheet: Sheet) -> bytes:
    """The page as UTF-8."""
    style = own(_HERE, "page.css")
    page = template(_HERE).render(
        sheet=sheet,
        blocks=[(_kind(block), block) for block in sheet.blocks],
        style=Html(style),
        style_digest=digest(style),
    )
    return page.encode("utf-8", "replace")


def _kind(block: object) -> str:
    if isinstance(block, Heading):
        return "heading"
    return "remark" if isinstance(block, Remark) else "table"
