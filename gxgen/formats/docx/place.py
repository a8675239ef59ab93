"""Where a template wants charts and tiles: its tags become drawings and tables of their own.

Pictures are finished markup. A paragraph that holds ``{{ pictures.requests }}`` and nothing else,
or ``{{ block.above }}``, becomes tables; a run with ``{{ pictures.cover }}`` becomes a drawing.

A paragraph that holds ``{{ charts.outcomes }}`` and nothing else becomes that chart, as wide as
the text or the cell that it stands in; the sentence for a chart without a bar takes its style. A
table in which ``{%tc for tile in tiles %}`` repeats a cell is made once for every number of tiles,
so that a report needs no counting of columns.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence

from lxml.etree import _Element

from gxgen.document.charts import CHART_IDS
from gxgen.document.illustrated.edition import ABOVE, BELOW, FLOW, OF_TABLE, TILES
from gxgen.document.illustrated.tiles import FEWEST, MOST
from gxgen.document.illustrated.totals import OVERVIEW
from gxgen.errors import TemplateError
from gxgen.formats.docx.chart_parts import CHART_RELATION, relation_id
from gxgen.formats.docx.fit import inner_width
from gxgen.formats.docx.wordml import (
    BEFORE_INDENT,
    W,
    child_of,
    number,
    paragraph_text,
    parse_xml,
)

CHART = re.compile(r"\s*\{\{\s*charts\.(\w+)\s*\}\}\s*")
CHART_ANYWHERE = re.compile(r"\{\{\s*charts\b")
_TILES = re.compile(r"\{%\s*tc\s+for\s+(\w+)\s+in\s+tiles\s*%\}")
_END_TILES = re.compile(r"\{%\s*tc\s+endfor\s*%\}")
"""The tags around the cell that is repeated, each in a cell of its own."""
_STEP = re.compile(
    rf"\{{%-?\s*(if|for|endif|endfor)\b([^%]*)|{CHART_RELATION.pattern}"
    r"|\{\{ (pictures\.\w+|block\.above|block\.below) \}\}"
)
_IN_OVERVIEW = {f"block in section{OVERVIEW}"}
"""The loop in which pictures of blocks stand."""
_OF_BLOCK = {"block.above": ABOVE, "block.below": BELOW}
TABLES_OF_PICTURES = re.compile(
    r"\s*\{\{\s*(pictures\.(?:disclosure|requests|remedies|flow)|block\.(?:above|below))\s*\}\}\s*"
)
DRAWINGS = re.compile(r"\{\{\s*(pictures\.(?:cover|foot)|block\.icon)\s*\}\}")
"""Slots that hold whole tables, and those that hold a drawing to stand in a line."""
_IS_DRAWN, _HAS_TILES = "charts.{}.drawn", "tiles and tiles|length"
COUNTS = range(FEWEST, MOST + 1)
"""Of tiles that a report may have."""
_MOST_OF_TILES = 1_000
"""Elements of a table of tiles, which is copied twenty times; the shipped one has a hundred."""
_EMU = 635
"""English metric units in a twip."""
_FIRST_ID = 9001
"""Of drawings; a template's own are numbered from 1."""
_USUAL_WIDTH = 8844
"""Twips between the margins where a document says nothing."""
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)


def place(root: _Element, counts: Sequence[int] = COUNTS) -> None:
    """Put drawings and tables in the place of the tags, in a document's tree.

    ``counts``: the numbers of tiles to make a table for.

    Raises:
        TemplateError: a chart's tag shares its paragraph, or tiles are not repeated cell by cell.
    """
    width = _text_width(root)
    paragraphs = [p for p in root.iter(W + "p") if CHART_ANYWHERE.search(paragraph_text(p))]
    for drawing_id, paragraph in enumerate(paragraphs, _FIRST_ID):
        found = CHART.fullmatch(paragraph_text(paragraph))
        if found is None:
            raise TemplateError(f"“{paragraph_text(paragraph).strip()}”：图的标签要单独成段。")
        if found[1] in CHART_IDS:
            _draw(paragraph, found[1], drawing_id, width)
    for table in list(root.iter(W + "tbl")):
        found = _TILES.search("".join(map(paragraph_text, table.iter(W + "p"))))
        if found is not None:
            _repeat(table, found[1], counts)


def lay_raw(root: _Element) -> None:
    """Take away the paragraphs and runs around pictures, in any part's tree: they are markup of
    their own."""
    for paragraph in list(root.iter(W + "p")):
        if "{{" in (text := paragraph_text(paragraph)):
            found = TABLES_OF_PICTURES.fullmatch(text)
            if found is not None:
                _give_way(paragraph, found[1])
                continue
            for words in list(paragraph.iter(W + "t")):
                if (found := DRAWINGS.search(words.text or "")) is not None:
                    _cut_out(words, found)


def _cut_out(words: _Element, found: re.Match[str]) -> None:
    """Put a drawing's slot between what stands before and behind it in a run: office programs make
    one run of neighbours that look alike.

    Raises:
        TemplateError: the run holds more than words.
    """
    run = words.getparent()
    assert run is not None  # noqa: S101 - it was found in a tree
    if sum(child.tag != W + "rPr" for child in run) > 1:
        raise TemplateError(f"“{found[0]}”：画图的标签要同换行、制表符和别的内容分开。")
    before, after = found.string[: found.start()], found.string[found.end() :]
    for text, put in ((before, run.addprevious), (after, run.addnext)):
        if text:
            part = copy.deepcopy(run)
            next(part.iter(W + "t")).text = text
            put(part)
    _give_way(run, found[1])


def _give_way(node: _Element, slot: str) -> None:
    """Put a slot itself in the place of an element."""
    parent, before = node.getparent(), node.getprevious()
    assert parent is not None  # noqa: S101 - it was found in a tree
    tag = f"{{{{ {slot} }}}}" + (node.tail or "")
    if before is None:
        parent.text = (parent.text or "") + tag
    else:
        before.tail = (before.tail or "") + tag
    node.tail = None
    parent.remove(node)


def asked(source: str) -> dict[str, int | None]:
    """How often the source of a document shows each chart, by id, the tiles, and the pictures of
    each place.

    None where it hangs on a condition or a loop of the template's own.
    """
    out: dict[str, int | None] = {}
    open_tags: list[str] = []
    for found in _STEP.finditer(source):
        word, rest, chart, picture = found.groups()
        if word in ("endif", "endfor"):
            del open_tags[-1:]
        elif word:
            open_tags.append(rest.strip())
        name, sure = chart, False
        if _counts_tiles(rest or ""):
            name = TILES
        if name:
            drawn = _IS_DRAWN.format(name)
            sure = all(tag == drawn or _counts_tiles(tag) for tag in open_tags)
        elif picture in _OF_BLOCK:
            name = _OF_BLOCK[picture] if _IN_OVERVIEW & set(open_tags) else None
            sure = len(open_tags) == 1
        elif picture in (*OF_TABLE.values(), FLOW):
            name, sure = picture, not open_tags
        if name:
            count = out.get(name, 0)
            out[name] = count + 1 if sure and count is not None else None
    return out


def _counts_tiles(condition: str) -> bool:
    """Whether a condition is that of the first table in :func:`_repeat`."""
    return condition.strip().startswith(f"{_HAS_TILES} == ")


def _draw(paragraph: _Element, chart_id: str, drawing_id: int, width: int) -> None:
    """The chart, or the sentence in its place; a cell always keeps one paragraph of the two."""
    parent = paragraph.getparent()
    assert parent is not None  # noqa: S101 - it was found in a tree
    in_cell = parent.tag == W + "tc"
    slot, room = f"charts.{chart_id}", inner_width(parent) if in_cell else None
    drawing, remark = copy.deepcopy(paragraph), copy.deepcopy(paragraph)
    _lay_bare(drawing)
    _replace_runs(drawing, _drawing(chart_id, drawing_id, width if room is None else room))
    _replace_runs(remark, _run(paragraph, f"{{{{ {slot}.remark }}}}"))
    otherwise = "else" if in_cell else f"elif {slot}.remark"
    for new in (
        _control(f"if {_IS_DRAWN.format(chart_id)}"),
        drawing,
        _control(otherwise),
        remark,
        _control("endif"),
    ):
        paragraph.addprevious(new)
    parent.remove(paragraph)


def _lay_bare(paragraph: _Element) -> None:
    """A line as high as its drawing, and from the margin on: a fixed one would cut it off."""
    properties = child_of(paragraph, "pPr", ())
    spacing = child_of(properties, "spacing", BEFORE_INDENT[:-1])
    spacing.set(W + "line", "240")
    spacing.set(W + "lineRule", "auto")
    indent = child_of(properties, "ind", BEFORE_INDENT)
    indent.attrib.clear()
    indent.set(W + "firstLineChars", "0")
    indent.set(W + "firstLine", "0")


def _replace_runs(paragraph: _Element, new: _Element) -> None:
    for node in list(paragraph):
        if node.tag != W + "pPr":
            paragraph.remove(node)
    paragraph.append(new)


def _drawing(chart_id: str, drawing_id: int, width: int) -> _Element:
    slot = f"charts.{chart_id}"
    return _parsed(
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width * _EMU}" cy="{{{{ {slot}.height }}}}"/>'
        f'<wp:docPr id="{drawing_id}" name="图{drawing_id - _FIRST_ID + 1}" '
        f'descr="{{{{ {slot}.description }}}}"/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{relation_id(chart_id)}"/></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )


def _run(paragraph: _Element, text: str) -> _Element:
    """A run that looks as the paragraph's first one."""
    new = _parsed(f"<w:r><w:t>{text}</w:t></w:r>")
    look = paragraph.find(f"{W}r/{W}rPr")
    if look is not None:
        new.insert(0, copy.deepcopy(look))
    return new


def _control(text: str) -> _Element:
    return _parsed(f"<w:p><w:r><w:t>{{%p {text} %}}</w:t></w:r></w:p>")


def _parsed(markup: str) -> _Element:
    wrapped = f"<x {_NAMESPACES}>{markup}</x>"
    return parse_xml(wrapped.encode(), "word/document.xml")[0]


def _repeat(table: _Element, variable: str, counts: Sequence[int]) -> None:
    """A table for each number of tiles, and none for any other."""
    if sum(1 for _ in table.iter()) > _MOST_OF_TILES:
        raise TemplateError("图块的表格里东西太多：每一行只要循环开始、图块内容、循环结束三格。")
    for count in counts:
        word = "if" if count == counts[0] else "elif"
        table.addprevious(_control(f"{word} {_HAS_TILES} == {count}"))
        table.addprevious(_with_columns(table, count, variable))
    table.addprevious(_control("endif"))
    parent = table.getparent()
    assert parent is not None  # noqa: S101 - it was found in a tree
    parent.remove(table)


def _with_columns(table: _Element, count: int, variable: str) -> _Element:
    new = copy.deepcopy(table)
    grid = child_of(new, "tblGrid", ("tblPr",))
    width = sum(number(column, "w") for column in grid) or _USUAL_WIDTH
    widths = [width // count] * (count - 1)
    widths.append(width - sum(widths))
    for column in list(grid):
        grid.remove(column)
    for one in widths:
        grid.append(_parsed(f'<w:gridCol w:w="{one}"/>'))
    for row in new.iterchildren(W + "tr"):
        _fill_row(row, widths, variable)
    return new


def _fill_row(row: _Element, widths: list[int], variable: str) -> None:
    cells = list(row.iterchildren(W + "tc"))
    texts = ["".join(map(paragraph_text, cell.iter(W + "p"))).strip() for cell in cells]
    shape = [bool(_TILES.fullmatch(text)) - bool(_END_TILES.fullmatch(text)) for text in texts]
    if shape != [1, 0, -1]:
        raise TemplateError("图块的表格每一行都应是三格：循环开始、图块内容、循环结束。")
    for place_, width in enumerate(widths):
        cell = copy.deepcopy(cells[1])
        properties = child_of(cell, "tcPr", ())
        size = child_of(properties, "tcW", ("cnfStyle",))
        size.set(W + "w", str(width))
        size.set(W + "type", "dxa")
        properties.addnext(_control(f"set {variable} = tiles[{place_}]"))
        cells[0].addprevious(cell)
    for cell in cells:
        row.remove(cell)


def _text_width(root: _Element) -> int:
    """Twips between the margins of the last section."""
    sections = list(root.iter(W + "sectPr"))
    size, margins = (
        sections[-1].find(W + name) if sections else None for name in ("pgSz", "pgMar")
    )
    if size is None or margins is None:
        return _USUAL_WIDTH
    width = number(size, "w") - number(margins, "left") - number(margins, "right")
    return width if width > 0 else _USUAL_WIDTH
