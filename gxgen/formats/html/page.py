"""A report as a page of its own: one file that needs no other, no script and no network.

It looks like the official document on screen and on paper, and is read out by its headings,
sections and tables. Equal reports give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from gxgen.document import page
from gxgen.document.blocks import ChartBlock, Document, TableBlock, TilesBlock
from gxgen.document.page import DRAFT_MARK, ends_with_agency
from gxgen.document.table_fit import fit
from gxgen.document.table_looks import (
    INNER_RULE,
    LAYOUTS,
    LINE_POINTS,
    NARROW_POINTS,
    OUTER_RULE,
    POINTS_PER_MM,
    SHADE,
    TEXT_POINTS,
    Layout,
)
from gxgen.fonts.faces import Role, official, stack
from gxgen.formats.html.blocks import BlockWriter
from gxgen.formats.html.illustrated import STYLE as ILLUSTRATED
from gxgen.formats.html.looks import USUAL_SIZE, column_shares, family, least_width
from gxgen.formats.html.rows import print_rules
from gxgen.markup import Html, digest, el, joined
from gxgen.model.narrative import PREAMBLE
from gxgen.model.report import Report

_ASCENT = 0.87
"""Of a line as high as its type: how far down its baseline is."""
_TOLD_APART = ("table", "head", "figure", "text")
"""What the style sheet tells apart by the words that follow."""
_PLAIN = ("title", "line", "heading", "sign-off", "column", "figure", "group")
"""What it knows by the element alone."""


def html_page(document: Document, report: Report, *, draft: bool = False) -> bytes:
    """The page as UTF-8; a draft says so at its top and on every sheet of paper."""
    body = el("body", "\n", el("main", "\n", joined(_main(document, draft), "\n"), "\n"), "\n")
    whole = el(
        "html",
        "\n",
        policy_head(html_title(report, draft=draft), _page_style(document, draft)),
        "\n",
        body,
        lang="zh-CN",
    )
    return f"<!DOCTYPE html>\n{whole}\n".encode("utf-8", "replace")


def html_title(report: Report, *, draft: bool) -> str:
    """What a browser shows as the page's name."""
    return f"{report.title}{'（草稿）' if draft else ''}"


def _page_style(document: Document, draft: bool) -> Html:
    """The style sheet of this page: an illustrated edition has more to style."""
    added = any(isinstance(block, TilesBlock | ChartBlock) for block in document.blocks)
    fitted = "".join(
        f"{rule}\n"
        for block in document.blocks
        if isinstance(block, TableBlock)
        for rule in _widths(block.table, fit(block.grid, LAYOUTS[block.table], block.values).layout)
        if rule not in _usual_widths()
    )
    rows = ILLUSTRATED if added else print_rules(document)
    return Html(_style(draft=draft) + fitted + rows)


def policy_head(title: str, style: Html) -> Html:
    """Title, style, and the policy that lets in the page's own style alone."""
    policy = (
        f"default-src 'none'; style-src '{digest(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    parts = (
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", title),
        # Without it a browser asks the server for an icon, which the policy forbids.
        el("link", rel="icon", href="data:,"),
        el("style", style),
    )
    return el("head", "\n", joined(parts, "\n"), "\n")


def _main(document: Document, draft: bool) -> Iterator[Html]:
    writer = BlockWriter(_looks, title=1, ids=True)
    if draft:
        yield el("p", DRAFT_MARK, class_="draft")
    yield from writer.written([document.title])
    for mark, blocks in document.sections.items():
        elements = joined(writer.written(blocks, mark), "\n")
        if mark == PREAMBLE:
            yield elements
        else:
            named = writer.heading_id(mark)
            yield el("section", "\n", elements, "\n", aria_labelledby=named)
    if document.sign_off.lines:
        ends = " by-agency" if ends_with_agency(document.sign_off) else ""
        yield el("footer", *writer.written([document.sign_off]), class_=f"sign-off{ends}")


def _looks(kind: str) -> dict[str, object]:
    first, *others = kind.split()
    seen = [other for other in others if other not in (f"size-{USUAL_SIZE}", "zero")]
    own = seen if first in _TOLD_APART else () if first.startswith(_PLAIN) else (first,)
    return {"class_": " ".join(own)}


@cache
def _style(*, draft: bool) -> Html:
    """The style sheet: the measures that all writers share, then what is a page's own."""
    own = files("gxgen.formats.html").joinpath("report.css").read_text(encoding="utf-8")
    parts = (*_faces(), _measures(), *_least_widths(), *_usual_widths(), _paper(), own, _sizes())
    return Html("\n" + "\n".join(parts) + "\n" + (_draft_mark() if draft else ""))


def _draft_mark() -> str:
    """The mark in the margin of every sheet but the first, whose text begins with it."""
    look = f"font:{page.MARGIN_SIZE:g}pt var(--hei);color:var(--draft)"
    return (
        f'@page{{@top-center{{{look};content:"{DRAFT_MARK}"}}}}\n'
        "@page:first{@top-center{content:none}}\n"
        f"@media print{{.draft{{font-size:{page.MARGIN_SIZE:g}pt}}}}\n"
    )


def _sizes() -> str:
    """Long figures are set smaller on paper, so that no number is wider than its cell."""
    sizes = "".join(f".size-{half}{{font-size:{half / 2:g}pt}}" for half in range(1, USUAL_SIZE))
    return f"@media print{{{sizes}}}"


def _measures() -> str:
    fonts = {role.name.lower(): _family(role) for role in Role if role is not Role.LATIN}
    points = {
        "size": page.BODY_SIZE,
        "tracking": page.TRACKING,
        "line": page.LINE / page.TWIPS,
        "title-size": page.TITLE_SIZE,
        "title-line": page.TITLE_LINE / page.TWIPS,
        "before-heading": page.BEFORE_HEADING,
        "after-heading": page.AFTER_HEADING,
        "table-size": TEXT_POINTS,
        "narrow-size": NARROW_POINTS,
        "table-line": LINE_POINTS,
        "outer": OUTER_RULE,
        "inner": INNER_RULE,
    }
    colours = {"shade": SHADE, "draft": page.DRAFT_COLOUR}
    values = {
        **fonts,
        **{name: f"{value:g}pt" for name, value in points.items()},
        **{name: f"#{value}" for name, value in colours.items()},
    }
    return ":root{" + ";".join(f"--{name}:{value}" for name, value in values.items()) + "}"


def _family(role: Role) -> str:
    """Digits and Latin have a face of their own; “” and — are Chinese, and so is all of a title."""
    own = "gx-title" if role is Role.TITLE else "gx-latin"
    return f"{own},{family(role)}"


def _faces() -> Iterator[str]:
    """Faces of the reader's own system under names that say what they are taken for.

    The title's official face is heavy by itself: called bold, it is not made bolder, and what
    stands in for it is bold.
    """
    latin, title = (
        ",".join(map(_local, stack(Role.LATIN))),
        ",".join(map(_local, official(Role.TITLE))),
    )
    yield f"@font-face{{font-family:gx-latin;src:{latin};unicode-range:U+20-7E}}"
    yield f"@font-face{{font-family:gx-title;font-weight:700;src:{title}}}"


def _local(name: str) -> str:
    return f'local("{name}")'


def _least_widths() -> Iterator[str]:
    return (f".{table}{{min-width:{least_width(table)}}}" for table in LAYOUTS)


@cache
def _usual_widths() -> tuple[str, ...]:
    return tuple(rule for table, layout in LAYOUTS.items() for rule in _widths(table, layout))


def _widths(table: str, layout: Layout) -> Iterator[str]:
    for number, share in enumerate(column_shares(layout.widths), 1):
        yield f".{table} col:nth-child({number}){{width:{share}}}"


def _paper() -> str:
    width, height = page.SHEET
    margins = " ".join(f"{m:g}mm" for m in (page.TOP, page.RIGHT, page.BOTTOM, page.LEFT))
    depth = page.NUMBER_BASELINE * POINTS_PER_MM - _ASCENT * page.MARGIN_SIZE
    place = f"vertical-align:top;padding:{depth:.1f}pt {page.MARGIN_SIZE:g}pt 0"
    face = f"font:{page.MARGIN_SIZE:g}pt/1 var(--song);{place}"
    number = f"{face};content:'— ' counter(page) ' —'"
    return (
        f"@page{{size:{width:g}mm {height:g}mm;margin:{margins}}}\n"
        f"@page:right{{@bottom-right{{{number};text-align:right}}}}\n"
        f"@page:left{{@bottom-left{{{number};text-align:left}}}}"
    )
