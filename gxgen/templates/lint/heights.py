"""Rows, frames and boxes of a fixed height that would cut off what stands in them.

The text's own lines are counted as low as they can be, so that what is told is surely cut.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from lxml.etree import _Element

from gxgen.diagnostics import Finding
from gxgen.document.quoting import short
from gxgen.formats.docx.fit import FIGURE, USUAL_SIZE, inner_width
from gxgen.formats.docx.looks import Looks, look_of, style_looks
from gxgen.formats.docx.read import style_of
from gxgen.formats.docx.wordml import W, number, paragraph_text, parse_xml
from gxgen.opc.package import Members
from gxgen.templates.lint.whereabouts import Whereabouts

CUT = "GX644"
STYLES = "word/styles.xml"
SLACK = 20
"""Twips, a point, that nobody misses."""


class _Room(NamedTuple):
    """What there is for a text, in twips, and the word for its height; a width may be unknown."""

    width: int | None
    height: int
    what: str


def heights(members: Members, known: Whereabouts) -> Iterator[Finding]:
    """What is surely, or may be, cut off in a part."""
    looks = style_looks(members)
    for table in known.part.root.iter(W + "tbl"):
        cut, *others = (*_rows(table, looks, known), None)
        if cut is not None:
            more = f"这张表另有{len(others) - 1}格也是这样。" if len(others) > 1 else ""
            yield replace(cut, message=cut.message + more)
    frames = _frames(members)
    for paragraph in known.part.root.iter(W + "p"):
        frame = paragraph.find(f"{W}pPr/{W}framePr")
        frame = frames.get(style_of(paragraph) or "") if frame is None else frame
        if frame is not None and frame.get(W + "hRule") == "exact":
            room = _Room(number(frame, "w") or None, number(frame, "h"), "图文框的高度")
            yield from _judged([paragraph], room, looks, known)
    for box in known.part.root.iter(W + "txbxContent"):
        if "{" in "".join(map(paragraph_text, box.iter(W + "p"))) and not _grows(box):
            message = "文本框的大小是固定的，标签换成的文字长了会被截掉。"
            yield Finding(CUT, message, known.of(box))


def _rows(table: _Element, looks: Looks, known: Whereabouts) -> Iterator[Finding]:
    """The cells of exact rows; a cell over several rows has the height of all of them."""
    rows = list(table.iterchildren(W + "tr"))
    exact = [_exact(row) for row in rows]
    if not any(exact):
        return
    columns = [dict(_cells(row)) for row in rows]
    for at, row in enumerate(columns):
        for column, cell in row.items():
            if exact[at] is None or _merge(cell) == "continue":
                continue
            last = at + 1
            while last < len(rows) and _merge(columns[last].get(column)) == "continue":
                last += 1
            spanned = [height for height in exact[at:last] if height is not None]
            if len(spanned) == last - at:
                room = _Room(inner_width(cell), sum(spanned), "行高")
                yield from _judged(list(cell.iterchildren(W + "p")), room, looks, known)


def _exact(row: _Element) -> int | None:
    height = row.find(f"{W}trPr/{W}trHeight")
    exact = height is not None and height.get(W + "hRule") == "exact"
    return number(height, "val") if height is not None and exact else None


def _cells(row: _Element) -> Iterator[tuple[int, _Element]]:
    column = 0
    for cell in row.iterchildren(W + "tc"):
        yield column, cell
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        column += 1 if span is None else number(span, "val", 1)


def _merge(cell: _Element | None) -> str:
    merge = None if cell is None else cell.find(f"{W}tcPr/{W}vMerge")
    return "" if merge is None else merge.get(W + "val", "continue")


def _judged(
    paragraphs: list[_Element], room: _Room, looks: Looks, known: Whereabouts
) -> Iterator[Finding]:
    """Whether paragraphs need more than there is."""
    text = "".join(map(paragraph_text, paragraphs)).strip()
    if not text or not room.height:
        return
    fixed, place = f"{room.what}固定为{room.height / 20:g}磅", known.of(paragraphs[0])
    if "{" in text and not FIGURE.fullmatch(text):
        message = f"{fixed}，标签换成的文字长了会被截掉：“{short(text)}”。"
        yield Finding(CUT, message, place, quote=text)
        return
    needed = sum(_needed(paragraph, room.width, looks) for paragraph in paragraphs)
    if needed > room.height + SLACK:
        message = f"{fixed}，放不下“{short(text)}”（至少要{needed / 20:g}磅），印出来会被截掉。"
        yield Finding(CUT, message, place, quote=text)


def _needed(paragraph: _Element, width: int | None, looks: Looks) -> int:
    """Twips that the lines of a paragraph take at least."""
    text, run = paragraph_text(paragraph), next(iter(paragraph.iter(W + "r")), None)
    if run is None or not text.strip():
        return 0
    size, scale = (look_of(run, paragraph, name, looks) for name in ("sz", "w"))
    em = 10 * ((0 if size is None else number(size, "val")) or USUAL_SIZE)
    ems = 1.0 if FIGURE.fullmatch(text) else sum(map(_ems, text))
    ems *= 1.0 if scale is None else number(scale, "val", 100) / 100
    spacing = paragraph.find(f"{W}pPr/{W}spacing")
    exact = spacing is not None and spacing.get(W + "lineRule") == "exact"
    line = min(em, number(spacing, "line", em)) if spacing is not None and exact else em
    return line * (1 if width is None else max(1, math.ceil(ems * em / width)))


def _ems(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def _frames(members: Members) -> dict[str, _Element]:
    """The frame that a style puts its paragraphs in."""
    root = parse_xml(members[STYLES], STYLES) if STYLES in members else ()
    found = ((s.get(W + "styleId", ""), s.find(f"{W}pPr/{W}framePr")) for s in root)
    return {name: frame for name, frame in found if frame is not None}


def _grows(box: _Element) -> bool:
    """Whether a text box becomes as high as its text."""
    for around in box.iterancestors():
        if next(around.iter("{*}spAutoFit"), None) is not None:
            return True
        if "mso-fit-shape-to-text:t" in around.get("style", ""):
            return True
        if around.tag == W + "p":
            return False
    return False
