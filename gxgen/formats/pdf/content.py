"""What ``official.typ`` lays out: a document's blocks, measures and faces as plain data.

Words travel as data and are never part of the program, so nothing in them is read as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import groupby, pairwise, zip_longest
from typing import Any

from gxgen.document import page
from gxgen.document.blocks import (
    Block,
    ChartBlock,
    Document,
    HeadingBlock,
    PictureBlock,
    SignOffBlock,
    TableBlock,
    TextBlock,
    TilesBlock,
    TitleBlock,
    leads_on,
    signed_on,
)
from gxgen.document.lines import CLOSING, OPENING, em_width, pieces
from gxgen.document.page import DRAFT_MARK, sign_off_slots
from gxgen.document.table_fit import Fit, fit
from gxgen.document.table_looks import (
    INNER_RULE,
    LAYOUTS,
    LINE_POINTS,
    NARROW_POINTS,
    OUTER_RULE,
    POINTS_PER_MM,
    SHADE,
    TEXT_POINTS,
    CellLook,
    Layout,
    cell_look,
    is_shaded,
    label_lines,
    row_height,
)
from gxgen.document.table_rows import TIGHTEST, last_bands
from gxgen.editions.declared import EDITIONS
from gxgen.editions.grid import Grid, GridCell, Role
from gxgen.fonts.faces import Role as FontRole
from gxgen.fonts.faces import stand_in_weight
from gxgen.formats.pdf.structure import nested_levels
from gxgen.model.report import Report

Data = dict[str, Any]

CORNER_PADDING = 2.0
"""Millimetres: the corner's long note would else reach from rule to rule."""
SPARE = 3
"""Characters that a line can do without: its other ones stand a little wider."""
SEEN = 0.06
"""Of a character: how much wider than usual characters stand before it is seen."""
EMPTY_SLACK = 0.01
"""Of a page: the air below its last line, which nobody tells from the empty rest."""
PLAIN = 4
"""The level from which headings look like the text."""
_HAN_BESIDE_LATIN = re.compile("[〇㐀-䶿一-鿿𠀀-𳿿][0-9A-Za-z]")
_OPENING = re.compile(f"[{re.escape(OPENING)}]+$")
_CLOSING = re.compile(f"[{re.escape(CLOSING)}]+")
TAB = "\u3000\u3000"
"""No face has a glyph for a tab."""


def content(document: Document, report: Report, faces: Mapping[str, Any], *, draft: bool) -> Data:
    """All that the layout program reads."""
    day = signed_on(report)
    return {
        "title": report.title,
        "author": report.agency.name,
        "date": [day.year, day.month, day.day],
        "draft": DRAFT_MARK if draft else "",
        "page": _page(),
        "fonts": faces,
        "title-weight": stand_in_weight(FontRole.TITLE),
        "blocks": _fitted(list(_blocks(document, report)), report.edition.grids),
    }


@cache
def _page() -> Data:
    return {
        "sheet": page.SHEET,
        "top": page.TOP,
        "right": page.RIGHT,
        "bottom": page.BOTTOM,
        "left": page.LEFT,
        "header": page.HEADER,
        "number-depth": page.NUMBER_BASELINE * POINTS_PER_MM,
        "line": page.LINE / page.TWIPS,
        "title-line": page.TITLE_LINE / page.TWIPS,
        "body-size": page.BODY_SIZE,
        "title-size": page.TITLE_SIZE,
        "margin-size": page.MARGIN_SIZE,
        "tracking": page.TRACKING,
        "character": page.CHARACTER,
        "draft-colour": page.DRAFT_COLOUR,
        "seen": SEEN,
        "empty": page.MOST_EMPTY - EMPTY_SLACK,
    }


def _blocks(document: Document, report: Report) -> Iterator[Data]:
    tables = {section.mark for section in report.edition.sections if section.table}
    after_table = False
    body: list[Data] = [{"kind": "title", "lines": document.title.lines, "keep": True}]
    for mark, blocks in document.sections.items():
        for block, following in zip_longest(blocks, blocks[1:]):
            body.append(_block(report.edition.id, block, following, after_table=after_table))
        after_table = mark in tables
    for item, tag in zip(body, nested_levels(item.get("level") for item in body), strict=True):
        item["tag"] = tag
    body[-1]["keep"] |= bool(document.sign_off.lines)
    yield from body
    if document.sign_off.lines:
        yield _sign_off(document.sign_off)


def _fitted(blocks: list[Data], grids: Mapping[str, Grid]) -> list[Data]:
    """Say of a table whose rows may be higher or lower what stands around it: the text above, its
    heading, how many blocks there are below, and how high the next table is.
    """
    tables = [at for at, item in enumerate(blocks) if item["kind"] == "table"]
    for at, following in pairwise(tables):
        table, above = blocks[at], blocks[at - 2]
        rows = LAYOUTS[table["table"]].fitting
        if rows is None or above["kind"] != "text":
            continue
        above["leads-to-table"] = True
        blocks[following]["after"] = at
        heads = _heading_height(blocks[at - 1]), _heading_height(blocks[following - 1])
        table["fitting"] = {
            "rows": rows,
            "heights": (*heads, sum(blocks[following]["rows"])),
            "followers": following - at - 2,
            "moved": last_bands(grids[table["table"]]),
            "tightest": TIGHTEST,
        }
    return blocks


def _heading_height(heading: Data) -> float:
    return float(heading["before"] + page.LINE / page.TWIPS + heading["after"])


def _block(edition: str, block: Block, following: Block | None, *, after_table: bool) -> Data:
    match block:
        case HeadingBlock():
            section = block.level == 1
            return {
                "kind": "heading",
                "level": block.level,
                "look": min(block.level, PLAIN),
                "keep": block.level == 1 or leads_on(block, following),
                "text": _plain(block.number + block.text),
                "before": page.BEFORE_HEADING if section and after_table else 0,
                "after": page.AFTER_HEADING if isinstance(following, TableBlock) else 0,
            }
        case TextBlock():
            look = block.level if block.level in (2, 3) else PLAIN
            return {
                "kind": "text",
                "keep": False,
                "lead": _plain(block.lead),
                "look": look,
                "text": list(_pieces(_plain(block.text))),
            }
        case TableBlock():
            return _table(edition, block)
        case TitleBlock() | SignOffBlock():
            raise AssertionError("a title or a sign-off stands in no section")
        case TilesBlock() | ChartBlock() | PictureBlock():
            raise AssertionError("the official layout has no tiles and no charts")


def _plain(text: str) -> str:
    return text.replace("\t", TAB)


def _pieces(text: str) -> Iterator[str | Data]:
    """Words, and between them what must not be broken, with the air that Chinese beside it needs:
    the engine gives none around a box. A wide one comes with what stands on its line whatever
    happens: opening signs before and closing ones behind.
    """
    at = 0
    for piece, whole in pieces(text) if text else (("", False),):
        end = at + len(piece)
        if not whole:
            opening = _OPENING.search(piece) if text[end:] else None
            yield piece if opening is None else piece[: opening.start()]
        else:
            before, after = text[:at][-1:] + piece[0], text[end:][:1] + piece[-1]
            opening, closing = _OPENING.search(text[:at]), _CLOSING.match(text[end:])
            yield {
                "whole": piece,
                "before": _is_mixed(before),
                "after": _is_mixed(after),
                "wide": em_width(piece) > SPARE,
                "open": opening[0] if opening else "",
                "close": closing[0] if closing else "",
            }
        at = end


def _is_mixed(neighbours: str) -> bool:
    return _HAN_BESIDE_LATIN.fullmatch(neighbours) is not None


def _sign_off(block: SignOffBlock) -> Data:
    """The indents are those of the Word document, left and right, so that lines break alike."""
    places = sign_off_slots(block)
    left = [places[f"{name}_indent"] / page.TWIPS for name in ("agency", "date")]
    indents = zip(left, (page.SIGN_OFF_INDENT, 0), strict=True)
    return {
        "kind": "sign-off",
        "keep": False,
        "lines": block.broken,
        "indents": list(indents)[: len(block.lines)],
    }


def _table(edition: str, block: TableBlock) -> Data:
    """The frame is the same for every report of an edition; only the figures are filled in."""
    found = fit(block.grid, LAYOUTS[block.table], block.values)
    frame = _frame(edition, block.table, found.layout)
    groups = []
    for group in frame["groups"]:
        cells = [_filled(cell, block, found) if "key" in cell else cell for cell in group["cells"]]
        groups.append({**group, "cells": cells})
    return {**frame, "groups": groups}


def _filled(cell: Data, block: TableBlock, found: Fit) -> Data:
    half_points = found.sizes.get(cell["key"])
    size = cell["size"] if half_points is None else half_points / 2
    marked = cell["key"] in block.marked
    return {**cell, "lines": [block.values[cell["key"]]], "size": size, "marked": marked}


@lru_cache(maxsize=64)
def _frame(edition: str, table: str, layout: Layout) -> Data:
    """A table without its figures."""
    grid = EDITIONS[edition].grids[table]
    return {
        "kind": "table",
        "table": table,
        "keep": False,
        "columns": layout.widths,
        "rows": [row_height(grid, layout, row) for row in range(grid.rows)],
        "padding": layout.padding,
        "label-padding": layout.label_padding,
        "outer-rule": OUTER_RULE,
        "inner-rule": INNER_RULE,
        "shade": SHADE,
        "line": LINE_POINTS,
        "size": TEXT_POINTS,
        "groups": list(_groups(grid, layout)),
    }


def _groups(grid: Grid, layout: Layout) -> Iterator[Data]:
    """Runs of rows that are heads of one level (1, or 2 under a band) or none (0)."""
    for level, rows in groupby(range(grid.rows), lambda row: _head_level(grid, row)):
        at = set(rows)
        yield {
            "level": level,
            "repeat": min(at) == 0 and grid.head_rows > 0,
            "cells": [_cell(grid, layout, cell) for cell in _starting(grid, at)],
        }


def _head_level(grid: Grid, row: int) -> int:
    if row < grid.head_rows:
        return 1
    roles = {cell.role for cell in grid.cells if cell.row == row}
    return 1 if Role.BAND in roles else 2 if Role.HEAD in roles else 0


def _starting(grid: Grid, rows: Iterable[int]) -> Iterator[GridCell]:
    return (cell for cell in grid.cells if cell.row in rows)


def _cell(grid: Grid, layout: Layout, cell: GridCell) -> Data:
    look = cell_look(grid, layout, cell)
    out = {
        "x": cell.column,
        "y": cell.row,
        "colspan": cell.column_span,
        "rowspan": cell.row_span,
        "look": look,
        "shaded": is_shaded(grid, cell),
        "size": NARROW_POINTS if look is CellLook.NARROW_HEAD else TEXT_POINTS,
        "lines": label_lines(cell, layout),
    }
    if cell.role is Role.CORNER:
        out["padding"] = CORNER_PADDING
    return out if cell.key is None else {**out, "key": cell.key}
