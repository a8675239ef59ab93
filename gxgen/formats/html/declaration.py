"""The page of its own, and the fragment that is pasted into a website's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gxgen.formats.format import Format, Writer

if TYPE_CHECKING:
    from gxgen.diagnostics import Finding
    from gxgen.formats.manuscript import Manuscript

_MARKED = "utf-8-sig"
"""The mark at the beginning tells editors on Windows what a fragment is written in."""
_CODES = ("GX627", "GX634", "GX635", "GX636")


def _page(text: Manuscript) -> bytes:
    if text.colours is not None:
        from gxgen.formats.html.pictured import picture_page

        return picture_page(text.shown, text.report, text.colours, draft=text.draft)
    from gxgen.formats.html.page import html_page

    return html_page(text.shown, text.report, draft=text.draft)


def _verify_page(data: bytes, text: Manuscript) -> list[Finding]:
    from gxgen.formats.html.verify import verify_html

    return verify_html(data, text.report, document=text.shown, draft=text.draft)


def _fragment(text: Manuscript) -> bytes:
    if text.colours is not None:
        from gxgen.formats.html.pictured_fragment import pictured_fragment

        made = pictured_fragment(text.shown, text.report, text.colours)
        return made.encode(_MARKED, "replace")
    from gxgen.formats.html.fragment import html_fragment

    return html_fragment(text.shown, text.report).encode(_MARKED, "replace")


def _verify_fragment(data: bytes, text: Manuscript) -> list[Finding]:
    from gxgen.formats.html.verify import verify_html

    return verify_html(data.decode(_MARKED), text.report, document=text.shown)


HTML = Format("html", "HTML", ".html", _CODES, Writer(_page, _verify_page))
FRAGMENT = Format(
    "fragment",
    "HTML片段",
    "（供网站粘贴）.html",
    _CODES,
    Writer(_fragment, _verify_fragment),
)
