"""Shapes that the reader was not written for: a third of all, put down before it met any of them.

They are measured apart from those of :mod:`tests.published.corpus`, in which its rules were found.
What a first run over them gave is in ``benchmarks/README.md``; the reader was changed afterwards
only where a figure was wrong.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from functools import cache, partial
from itertools import takewhile

from tests.published.corpus import (
    Cell,
    Rows,
    Shape,
    Tables,
    Truth,
    docx_of,
    html_rows,
    page_of,
    text_of,
)

Lay = Callable[[Rows], str]
Spot = tuple[int, int, Cell]
"""Row and column of a cell, and the cell."""


# -- rows laid down another way --------------------------------------------------------------------


def placed(rows: Rows) -> list[Spot]:
    """Every cell that stands somewhere, merged ones once, with its row and column."""
    spots = []
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            if not cell.covered:
                spots.append((at, column, cell))
            column += cell.width
    return spots


def heads_of(rows: Rows) -> Rows:
    """The rows above the first one with a figure."""
    return list(takewhile(lambda row: not any(cell.figure for cell in row), rows))


def in_two(rows: Rows, first: int = 14, most: int = 20) -> tuple[Rows, Rows]:
    """A long table as a page's end cuts it, amid the reasons of refusal; a short one whole."""
    return (rows, []) if len(rows) < most else (rows[:first], rows[first:])


def filled(rows: Rows) -> Rows:
    """Merged cells taken apart, what they say in each of their places."""
    above: dict[int, str] = {}
    out = []
    for row in rows:
        line: list[Cell] = []
        column = 0
        for cell in row:
            text = above.get(column, "") if cell.covered else cell.text
            if cell.height > 1:
                above[column] = text
            line += [Cell(text, figure=cell.figure)] * cell.width
            column += cell.width
        out.append(line)
    return out


# -- tables as text --------------------------------------------------------------------------------


def _wide(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def _padded(blank: str, gap: int, rows: Rows) -> list[str]:
    """Columns under each other, filled up with blanks; places that merged cells take stay open."""
    size = _wide(blank)
    widths: dict[int, int] = {}
    for _, column, cell in placed(rows):
        if cell.width == 1:
            widths[column] = max(widths.get(column, 0), -(-_wide(cell.text) // size) + gap)
    lines = [""] * len(rows)
    for at, column, cell in placed(rows):
        start = sum(widths.get(n, gap) for n in range(column)) * size
        lines[at] += blank * max((start - _wide(lines[at])) // size, gap if lines[at] else 0)
        lines[at] += cell.text
    return lines


def _without_outer_bars(rows: Rows) -> list[str]:
    lines = [" | ".join(cell.text for cell in row) for row in rows]
    return [lines[0], " | ".join("---" for _ in rows[0]), *lines[1:]]


def _said_by_heads(rows: Rows) -> list[str]:
    """A label alone on a line, then each figure behind the head of its column and a colon."""
    out: list[str] = []
    over: dict[int, str] = {}
    below_heads = True
    for at in range(len(rows)):
        spots = [(column, cell) for line, column, cell in placed(rows) if line == at]
        figures = [(column, cell) for column, cell in spots if cell.figure]
        labels = [(column, cell) for column, cell in spots if not cell.figure and cell.text]
        if not figures:
            over = {} if below_heads else over
            below_heads = False
            over |= {column + n: c.text for column, c in labels for n in range(c.width)}
            out += [cell.text for _, cell in labels if cell.width > 1]
            continue
        below_heads = True
        out += [cell.text for _, cell in labels]
        out += [f"{over.get(column, '')}：{cell.text}" for column, cell in figures]
    return out


# -- tables in pages -------------------------------------------------------------------------------


def _table(rows: Rows, *, spans: bool = True) -> str:
    return f"<table border=1>{html_rows(rows, spans=spans)}</table>"


def _rows_of_boxes(rows: Rows) -> str:
    """Rows and cells as boxes, as pages for telephones have them."""
    lines = (
        "".join(
            f"<div class=cell style='flex:{cell.width}'><span>{html.escape(cell.text)}</span></div>"
            for cell in row
        )
        for row in rows
    )
    return f"<div class=tb>{''.join(f'<div class=row>{line}</div>' for line in lines)}</div>"


def _turned(rows: Rows) -> str:
    """Rows as columns and columns as rows, where the form has rows and columns."""
    if max(column for _, column, _ in placed(rows)) < 4:
        return _table(rows)
    lines: dict[int, list[tuple[int, Cell]]] = {}
    for row, column, cell in placed(rows):
        turned = Cell(cell.text, cell.height, cell.width, cell.figure)
        lines.setdefault(column, []).append((row, turned))
    each = [[cell for _, cell in lines[at]] if at in lines else [] for at in range(max(lines) + 1)]
    return _table(each)


def _heads_again(rows: Rows) -> str:
    """One table in which the heads stand again where a page began."""
    first, second = in_two(rows)
    again = heads_of(rows) if second else []
    return (
        "<table border=1>"
        f"{html_rows(first, spans=False)}{html_rows(again, spans=False)}"
        f"{html_rows(second, spans=False)}</table>"
    )


def _cut_at_a_page(rows: Rows) -> str:
    """Two tables, the second below a page's number and with the heads again."""
    first, second = in_two(rows)
    if not second:
        return _table(rows)
    again = html_rows(heads_of(rows), spans=True) + html_rows(second, spans=False)
    return f"{_table(first)}<p align=center>- 2 -</p><table border=1>{again}</table>"


def _by_word_filtered(rows: Rows) -> str:
    """Word's filtered page: a line of its source ends anywhere, Latin letters in runs of their
    own."""
    inner = (
        "<p class=MsoNormal align=center style='margin-bottom:0cm;\ntext-align:center'>"
        "<span\nstyle='font-size:9.0pt;font-family:宋体'>{}</span></p>"
    )
    return (
        "<div align=center>\n\n<table class=MsoNormalTable border=0 cellspacing=0 cellpadding=0\n "
        f"style='border-collapse:collapse'>\n{html_rows(rows, spans=True, inner=inner)}"
        "\n</table>\n\n</div>"
    )


def _by_wechat(rows: Rows) -> str:
    inner = '<section style="line-height:1.75em"><span leaf="">{}</span></section>'
    body = html_rows(rows, spans=True, inner=inner)
    return (
        "<section><section style='overflow-x:auto'><table><colgroup><col></colgroup>"
        f"<tbody>{body}</tbody></table></section></section><section><br></section>"
    )


def _by_excel(rows: Rows) -> str:
    columns = max((sum(cell.width for cell in row) for row in rows), default=1)
    body = html_rows(rows, spans=True).replace("<tr>", "<tr height=19 style='height:14.25pt'>")
    body = body.replace("<td", "<td class=xl65 style='border-top:none'")
    return (
        "<table x:str border=0 cellpadding=0 cellspacing=0 width=620 style='border-collapse:\n"
        f" collapse;table-layout:fixed'>{'<col width=72>' * columns}{body}"
        "<![if supportMisalignedColumns]><tr height=0 style='display:none'>"
        f"{'<td width=72></td>' * columns}</tr><![endif]></table>"
    )


def _in_capitals(rows: Rows) -> str:
    body = html_rows(
        rows, spans=True, inner="<FONT size=2 face=宋体>&nbsp;{}&nbsp;</FONT>", tag="TD"
    )
    return f"<CENTER><TABLE BORDER=1 WIDTH=95%><TBODY>{body}</TBODY></TABLE></CENTER>"


def _positioned(rows: Rows) -> str:
    """Every text a box of its own at a place on the page."""
    return "".join(
        f'<div class="t" style="position:absolute;left:{60 + 52 * column}px;top:{22 * row}px">'
        f"<span>{html.escape(cell.text)}</span></div>"
        for row, column, cell in placed(rows)
        if cell.text
    )


def _with_units(rows: Rows) -> str:
    """Whole numbers with the word that counts them."""
    counted = [
        [
            Cell(f"{c.text}件", c.width, c.height, True) if c.figure and c.text.isdigit() else c
            for c in row
        ]
        for row in rows
    ]
    return _table(counted)


# -- whole files -----------------------------------------------------------------------------------


def _text(lines: Callable[[Rows], list[str]], head: str = "") -> Callable[[Truth, Tables], bytes]:
    return lambda what, tables: text_of(what, tables, lines, head).encode()


def _page(lay: Lay, **how: object) -> Callable[[Truth, Tables], bytes]:
    return lambda what, tables: page_of(what, tables, lay, **how).encode()  # type: ignore[arg-type]


def _old_site(what: Truth, tables: Tables) -> bytes:
    """A page of the nineties: capitals, frames, no closing tags, blanks that indent."""
    paragraph = "<P><FONT size=3>&nbsp;&nbsp;&nbsp;&nbsp;{}</FONT>"
    around = (
        "<IFRAME src=top.htm width=100% height=90></IFRAME><TABLE width=980><TR><TD width=180>"
        "<A href=#>机构设置</A><BR><A href=#>政策法规</A><BR><A href=#>年度报告</A><TD>",
        "</TABLE><IFRAME src=foot.htm></IFRAME>",
    )
    said = page_of(what, tables, _in_capitals, around=around, paragraph=paragraph, charset="gb2312")
    return said.encode("gb18030")


def _docx_cut(what: Truth, tables: Tables) -> bytes:
    """A Word document with one table in which the heads stand again, merged cells open."""
    cut = {}
    for key, rows in tables.items():
        first, second = in_two(rows)
        again = heads_of(rows) if second else []
        opened = [[Cell(c.text, c.width, 1, c.figure) for c in row] for row in second]
        cut[key] = [*first, *again, *opened]
    return docx_of(what, cut)


_WECHAT = "<section style='text-indent:2em'><span><span leaf=\"\">{}</span></span></section>"
_FILTERED = (
    "<p class=MsoNormal style='text-indent:32.0pt;line-height:28.0pt'><span\n"
    "style='font-size:16.0pt;font-family:仿宋'>{}</span></p>\n"
)
_POSITIONED = '<div class="t" style="position:absolute;left:90px"><span>{}</span></div>'


@cache
def sealed() -> dict[str, Shape]:
    """Every sealed shape by its name."""
    each = (
        Shape("blanks as wide as letters", ".txt", _text(partial(_padded, "\u3000", 1))),
        Shape("columns by many blanks", ".txt", _text(partial(_padded, " ", 3))),
        Shape("heads and colons", ".txt", _text(_said_by_heads)),
        Shape("Markdown without outer bars", ".md", _text(_without_outer_bars, "## ")),
        Shape("page, rows of boxes", ".html", _page(_rows_of_boxes)),
        Shape("page, tables turned", ".html", _page(_turned)),
        Shape("page, heads again", ".html", _page(_heads_again)),
        Shape("page, tables cut at a page", ".html", _page(_cut_at_a_page)),
        Shape("page, merged cells filled", ".html", _page(lambda rows: _table(filled(rows)))),
        Shape("page, figures with units", ".html", _page(_with_units)),
        Shape("page by Word, filtered", ".htm", _page(_by_word_filtered, paragraph=_FILTERED)),
        Shape("page by WeChat", ".html", _page(_by_wechat, paragraph=_WECHAT)),
        Shape("page by Excel", ".htm", _page(_by_excel)),
        Shape("page of an old site", ".htm", _old_site),
        Shape("page, every text in its place", ".html", _page(_positioned, paragraph=_POSITIONED)),
        Shape("DOCX, heads again", ".docx", _docx_cut),
    )
    return {shape.name: shape for shape in each}
