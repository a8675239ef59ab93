"""A template's XML made ready: editing residue removed, layout directives carried out.

A directive is a Jinja comment, so other programs pass over it. In a paragraph
``{# left-indent: sign_off.date_indent #}`` sets its left indent in twips from that slot, and
``{# keep-next: block.keep #}`` keeps it with the next paragraph where the slot is true, and
``{# align-left: block.ragged #}`` sets it flush left there, and justified elsewhere.
``{# run-style: block.look #}`` sets all its runs in the style of characters that the slot names,
``{# paragraph-style: block.style #}`` the paragraph itself. In a template that has a style of
characters ``ZeroFigure``, figures that are 0 are set in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree
from lxml.etree import _Element

from gxgen.formats.docx.fit import FIGURE
from gxgen.formats.docx.place import COUNTS, lay_raw, place
from gxgen.formats.docx.traces import without_traces
from gxgen.formats.docx.wordml import (
    BEFORE_ALIGNMENT,
    BEFORE_INDENT,
    W,
    child_of,
    number,
    paragraph_text,
    parse_xml,
    part_names,
)
from gxgen.opc.package import DOCUMENT, Members

DIRECTIVE = re.compile(
    r"\{#\s*(left-indent|keep-next|align-left|run-style|paragraph-style)\s*:\s*([a-z_][\w.]*)\s*#\}"
)

_WIDEST = 20
"""Twips, a third of a millimetre: no cell is so narrow."""

_MOST_COLUMNS = 200
"""Of a grid with slivers: the form's widest table has ten columns, and as many slivers at most."""

ZERO, FIGURES = "ZeroFigure", "Figure"
"""Styles of characters for figures of the form that are 0, and for all others."""
_RESIDUE = ("proofErr", "lastRenderedPageBreak", "noProof", "bookmarkStart", "bookmarkEnd")


def prepare(members: Members, tiles: Sequence[int] = COUNTS) -> Members:
    """The same members without the designer's traces, document, headers and footers laid out.

    ``tiles``: the numbers of tiles that it must be ready for; by default all that there can be.
    """
    out = without_traces(members)
    pale = f'w:styleId="{ZERO}"'.encode() in out.get("word/styles.xml", b"")
    for name in (DOCUMENT, *part_names(out)):
        root = parse_xml(out[name], name)
        _strip_residue(root)
        for paragraph in root.iter(W + "p"):
            _obey(paragraph)
        lay_raw(root)
        if pale:
            _tell_zeros(root)
        if name == DOCUMENT:
            for table in root.iter(W + "tbl"):
                close_slivers(table)
            place(root, tiles)
        out[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return out


def _strip_residue(root: _Element) -> None:
    for node in list(root.iter(*(W + name for name in _RESIDUE))):
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)


def _obey(paragraph: _Element) -> None:
    if "{#" not in paragraph_text(paragraph):
        return
    for node in paragraph.iter(W + "t"):
        for name, slot in DIRECTIVE.findall(node.text or ""):
            _lay_out(paragraph, name, slot)
        node.text = DIRECTIVE.sub("", node.text or "")


def _tell_zeros(root: _Element) -> None:
    """Give each figure of a table the style of zeros, or that of others, as it is filled in."""
    for cell in root.iter(W + "tc"):
        texts = list(cell.iter(W + "t"))
        found = FIGURE.fullmatch(texts[0].text or "") if len(texts) == 1 else None
        run = texts[0].getparent() if found else None
        if found is not None and run is not None:
            _style(run, f"{{{{ '{ZERO}' if {found[1]} == '0' else '{FIGURES}' }}}}")


def _style(run: _Element, name: str) -> None:
    properties = child_of(run, "rPr", ())
    child_of(properties, "rStyle", ()).set(W + "val", name)


def _lay_out(paragraph: _Element, name: str, slot: str) -> None:
    properties = child_of(paragraph, "pPr", ())
    if name == "keep-next":
        keep = child_of(properties, "keepNext", ("pStyle",))
        keep.set(W + "val", f"{{{{ 1 if {slot} else 0 }}}}")
    elif name == "align-left":
        alignment = child_of(properties, "jc", BEFORE_ALIGNMENT)
        alignment.set(W + "val", f"{{{{ 'left' if {slot} else 'both' }}}}")
    elif name == "paragraph-style":
        style = child_of(properties, "pStyle", ())
        style.set(W + "val", f"{{{{ {slot} or '{style.get(W + 'val', '')}' }}}}")
    elif name == "run-style":
        for run in paragraph.iterchildren(W + "r"):
            _style(run, f"{{{{ {slot} }}}}")
    else:
        indent = child_of(properties, "ind", BEFORE_INDENT)
        indent.attrib.clear()
        indent.set(W + "firstLine", "0")
        indent.set(W + "left", f"{{{{ {slot} }}}}")


def close_slivers(table: _Element) -> bool:
    """Take columns of a hair's width out of a table's grid; whether there were any.

    LibreOffice makes them by rounding, Word when a border is dragged. Nobody sees them, but each
    one counts as a column, and every cell above and below it as one that spans two.
    """
    grid = table.find(W + "tblGrid")
    columns = [] if grid is None else list(grid.iterchildren(W + "gridCol"))
    strange = len(columns) > _MOST_COLUMNS
    if strange or next(table.iter(W + "gridBefore", W + "gridAfter"), None) is not None:
        return False
    closed = False
    for index in reversed(range(len(columns))):
        if _width(columns[index]) <= _WIDEST and len(columns) > 1:
            spans = [_span_over(row, index) for row in table.iterchildren(W + "tr")]
            if None not in spans:
                for span in spans:
                    _narrow(span)
                _give_away(columns, index)
                closed = True
    return closed


def _span_over(row: _Element, column: int) -> _Element | None:
    """The span of the cell that covers a column and another beside it; None if there is none."""
    at = 0
    for cell in row.iterchildren(W + "tc"):
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        width = 1 if span is None else number(span, "val", _WIDEST + 1)
        if at <= column < at + width:
            return span if width > 1 else None
        at += width
    return None


def _narrow(span: _Element | None) -> None:
    if span is None:
        return
    width, properties = number(span, "val", _WIDEST + 1) - 1, span.getparent()
    span.set(W + "val", str(width))
    if width == 1 and properties is not None:
        properties.remove(span)


def _give_away(columns: list[_Element], index: int) -> None:
    """Remove a column and add its width to its neighbour's."""
    column = columns.pop(index)
    neighbour = columns[max(index - 1, 0)]
    neighbour.set(W + "w", str(_width(neighbour) + _width(column)))
    parent = column.getparent()
    if parent is not None:
        parent.remove(column)


def _width(column: _Element) -> int:
    """Twips; a column that says nothing is no sliver."""
    return number(column, "w", _WIDEST + 1)
