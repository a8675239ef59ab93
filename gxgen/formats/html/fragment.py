"""A report for pasting into the editor of a website: elements with style attributes, nothing else.

Such editors keep a white list: no style sheet, script, class or id comes through, and some drop
every style. So what the report says lies in its elements, and an attribute of old draws the
lines of tables where styles are lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gxgen.document.blocks import Document
from gxgen.document.page import DRAFT_COLOUR
from gxgen.document.table_looks import SHADE
from gxgen.fonts.faces import Role, official
from gxgen.formats.html.blocks import BlockWriter
from gxgen.formats.html.looks import family, least_width
from gxgen.markup import Html, el, joined
from gxgen.model.report import Report

_CELL = "border:1px solid #000;padding:5px 4px;font-weight:normal;text-align:center"
_HEADING = "font-size:18px;line-height:1.9;text-indent:2em"
_LINES: dict[str, object] = {"border": 1}
_TABLE = "table "
_ONLY_ON_PAPER = re.compile(" narrow| zero| size-.*")


def html_fragment(document: Document, report: Report) -> str:
    """The report's title, text and tables; its title stands one level below the site's own."""
    whole = el(
        "article",
        "\n",
        joined(_elements(document), "\n"),
        "\n",
        lang="zh-CN",
        aria_label=report.title,
        style=f"color:#1a1a1a;font-family:{family(Role.BODY)};font-size:18px;line-height:1.9",
    )
    return f"{whole}\n"


def _elements(document: Document) -> Iterator[Html]:
    writer = BlockWriter(_looks, title=2, ids=False)
    yield from writer.written([document.title])
    for mark, blocks in document.sections.items():
        yield from writer.written(blocks, mark)
    yield from writer.written([document.sign_off])


def _looks(kind: str) -> dict[str, object]:
    if kind.startswith(_TABLE):
        return _LINES | {"style": _table(kind.removeprefix(_TABLE))}
    return {"style": _styles()[_ONLY_ON_PAPER.sub("", kind)]}


def _table(table: str) -> str:
    look = "border-collapse:collapse;border:1px solid #000;font-size:15px;line-height:1.4"
    return f"width:100%;min-width:{least_width(table)};{look};font-family:{family(Role.SONG)}"


@cache
def _styles() -> dict[str, str]:
    """The look of each kind of element; a column's is its width, which its table knows."""
    hei, kai, title = (f"font-family:{family(r)}" for r in (Role.HEI, Role.KAI, Role.TITLE))
    head_face = ",".join((*official(Role.HEI), "sans-serif"))
    head = f"{_CELL};text-wrap:balance;font-family:{head_face}"
    paragraph = "margin:0;text-indent:2em"
    return {
        "title": f"margin:24px 0;font-size:24px;line-height:1.5;text-align:center;{title}",
        "heading-1": f"margin:12px 0 0;{_HEADING};font-weight:normal;{hei}",
        "heading-2": f"margin:0;{_HEADING};font-weight:normal;{kai}",
        "heading-3": f"margin:0;{_HEADING};font-weight:bold",
        "heading-4": f"margin:0;{_HEADING};font-weight:normal",
        "text": paragraph,
        "text ragged": paragraph,
        "whole": "white-space:nowrap",
        "lead-2": f"font-weight:normal;{kai}",
        "lead-3": "font-weight:bold",
        "lead-4": "font-weight:normal",
        "sign-off": "margin:0;padding-right:2em;text-align:right",
        "scroll": "margin:10px 0 16px;overflow-x:auto",
        "head": head,
        "head shaded": f"{head};background:#{SHADE}",
        "label": f"{_CELL.replace('center', 'left')};min-width:9em",
        "group": _CELL,
        "figure": f"{_CELL};min-width:2.2em;white-space:nowrap",
        "figure marked": f"{_CELL};min-width:2.2em;font-weight:bold;color:#{DRAFT_COLOUR}",
        "line": "display:inline-block;text-wrap:balance",
        "part": "display:inline-block",
        "column": "",
    }
