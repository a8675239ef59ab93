"""Paragraphs and cells of WordprocessingML around drawings, as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gxgen.fonts.faces import Role
from gxgen.opc.xml import escaped, quoted

NUMBERS = "Arial"
"""The face of figures."""
_FONTS = (
    f'<w:rFonts w:hint="eastAsia" w:ascii="{{0}}" w:hAnsi="{{0}}" w:eastAsia="{Role.HEI}" '
    'w:cs="{0}"/>'
).format(NUMBERS)
_SIGNS = {"\n": "<w:br/>", "\t": "<w:tab/>"}
TWIPS = 1440 / 25.4


def twips(mm: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(mm * TWIPS)


def run(text: str, points: float, colour: str, *, bold: bool = False) -> str:
    """A run of text; line feeds are breaks, tabs tabs."""
    half = round(points * 2)
    weight = "<w:b/><w:bCs/>" if bold else ""
    look = (
        f'<w:rPr>{_FONTS}{weight}<w:color w:val="{colour}"/><w:spacing w:val="0"/>'
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
    )
    words = f'<w:t xml:space="preserve">{escaped(text)}</w:t>'
    for sign, element in _SIGNS.items():
        words = words.replace(sign, f'</w:t>{element}<w:t xml:space="preserve">')
    return f"<w:r>{look}{words}</w:r>"


@dataclass(frozen=True, slots=True)
class Spacing:
    """Points of a line (exact, or at least), and before and after it."""

    line: float
    before: float = 0.0
    after: float = 0.0
    exact: bool = False

    @property
    def xml(self) -> str:
        """``w:spacing``."""
        rule = "exact" if self.exact else "atLeast"
        before, after, high = (round(20 * x) for x in (self.before, self.after, self.line))
        return (
            f'<w:spacing w:before="{before}" w:after="{after}" w:line="{high}" '
            f'w:lineRule="{rule}"/>'
        )


def paragraph(
    runs: Iterable[str], spacing: Spacing, align: str = "left", *, keep: bool = False
) -> str:
    """A paragraph without indents; ``keep``: on the page of the next."""
    kept = "<w:keepNext/>" if keep else ""
    return (
        f'<w:p><w:pPr>{kept}<w:snapToGrid w:val="0"/>{spacing.xml}'
        f'<w:ind w:left="0" w:right="0" w:firstLineChars="0" w:firstLine="0"/>'
        f'<w:jc w:val="{align}"/></w:pPr>{"".join(runs)}</w:p>'
    )


def gap(points: float, *, keep: bool = False) -> str:
    """An empty line of this height."""
    return paragraph((), Spacing(points, exact=True), keep=keep)


@dataclass(frozen=True, slots=True)
class CellBox:
    """A cell: its paragraphs, width and paddings (top, right, bottom, left) in millimetres.

    ``fill`` covers it and the hair lines that shades leave at its edges; ``edge`` is a heavy line
    (side, eighths of a point, colour).
    """

    content: str
    width: float
    fill: str = ""
    padding: tuple[float, float, float, float] = (0, 0, 0, 0)
    vertical: str = "center"
    span: int = 1
    edge: tuple[str, int, str] | None = None

    @property
    def xml(self) -> str:
        """``w:tc``."""
        parts = [f'<w:tcW w:w="{twips(self.width)}" w:type="dxa"/>']
        if self.span > 1:
            parts.append(f'<w:gridSpan w:val="{self.span}"/>')
        parts.append(self._borders())
        if self.fill:
            parts.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{self.fill}"/>')
        sides = zip(("top", "left", "bottom", "right"), self._paddings(), strict=True)
        inner = "".join(f'<w:{side} w:w="{twips(mm)}" w:type="dxa"/>' for side, mm in sides)
        parts.append(f'<w:tcMar>{inner}</w:tcMar><w:vAlign w:val="{self.vertical}"/>')
        return f"<w:tc><w:tcPr>{''.join(parts)}</w:tcPr>{self.content}</w:tc>"

    def _paddings(self) -> tuple[float, float, float, float]:
        top, right, bottom, left = self.padding
        return top, left, bottom, right

    def _borders(self) -> str:
        if not self.fill:
            return ""
        drawn = dict.fromkeys(("top", "left", "bottom", "right"), (4, self.fill))
        if self.edge is not None:
            drawn[self.edge[0]] = self.edge[1:]
        inner = "".join(
            f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'
            for side, (size, colour) in drawn.items()
        )
        return f"<w:tcBorders>{inner}</w:tcBorders>"


def row(cells: Iterable[CellBox], height: float = 0.0, *, exact: bool = False) -> str:
    """A row that breaks over no page, at least so many millimetres high."""
    rule = "exact" if exact else "atLeast"
    high = f'<w:trHeight w:val="{twips(height)}" w:hRule="{rule}"/>' if height else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{high}</w:trPr>{''.join(c.xml for c in cells)}</w:tr>"


def table(columns: Sequence[float], rows: Iterable[str], spoken: str = "", left: float = 0) -> str:
    """A table without lines; ``spoken`` is read out for it."""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in columns)
    about = f"<w:tblDescription w:val={quoted(spoken)}/>" if spoken else ""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(map(twips, columns))}" w:type="dxa"/>'
        f'<w:tblInd w:w="{twips(left)}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="0400" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="0" w:noVBand="1"/>{about}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )
