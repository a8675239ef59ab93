"""PDF files with text: lines and paragraphs by where their letters stand, tables by their rules."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from gxgen.document.cell import Cell
from gxgen.letters import ordinary, raised
from gxgen.model.numbering import written_number
from gxgen.places import PageLine
from gxgen.prose.frame import page_number
from gxgen.published.blocks import Block, LeftOut, Para, RefusedError, Source, Table
from gxgen.published.labels import TABLES, label_of, one_label
from gxgen.published.pdf_page import Letter, Page, pages_of
from gxgen.published.rows import figure_like
from gxgen.published.ruled import Ruled, ruled_tables, whole

_FEWEST_LETTERS = 40
"""Letters of a page, on average, below which it is taken for a picture of one."""
_COLUMN = 2.0
"""Letters' widths between two words beyond which they stand in different columns."""
_WORD = 0.25
"""The same beyond which two Latin words are two."""
_FOOTNOTE = 0.75
"""Height, beside the tallest digit of its line, below which a digit is the mark of a note."""
_SMALLER, _LIFTED = 0.95, 0.1
"""Of the height of the digits beside it: a raised digit is smaller, and so much higher."""
_INDENT = 1.2
_SAME_SIZE = 0.3
"""Difference of two lines of one paragraph: digits of another face are lower or higher."""
_FEW_INDENTS = 5
"""Indented lines of a file beyond which its paragraphs are."""
_SHARE = 0.2
"""Lines that begin at the left edge, beside those at the commonest place."""
_LONGEST_LINES = 3
_SHORT = 2.5
"""Letters that a paragraph's last line lacks at least."""
_MARGIN = 0.1
"""Share of a page's height above and below in which page numbers and headers stand."""
_RUNNING = "是每页都有的页眉、页脚"
_DIGITS = re.compile(r"\d+")
_BREAKS = tuple("。！？；：")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: what it says, where it begins and ends, how high its letters are."""

    text: str
    page: int
    left: float
    right: float
    middle: float
    size: float


def read_pdf(data: bytes, file: str) -> Source:
    """The blocks of a PDF.

    Raises:
        RefusedError: it cannot be opened, is beyond the limits, or is a picture of a report.
    """
    pages = pages_of(data, file)
    if sum(len(page.letters) for page in pages) < _FEWEST_LETTERS * max(len(pages), 1):
        raise RefusedError(
            "GX802",
            f"{file} 里没有文字，是扫描件或图片。",
            file,
            "图片里的数认不准；请找到同一份报告的网页、.docx 或带文字的 PDF。",
        )
    source = Source(file)
    laid = [_laid_out(page) for page in pages]
    dropped = _drop_margins(laid, pages)
    source.left_out += [LeftOut(text, None, _RUNNING) for text in dict.fromkeys(dropped)]
    source.blocks += _blocks(laid, file)
    return source


@dataclass(slots=True)
class _Laid:
    """A page's lines and tables from above."""

    items: list[Line | _PageTable]


@dataclass(frozen=True, slots=True)
class _PageTable:
    page: int
    top: float
    bottom: float
    cells: tuple[Cell, ...]


def _laid_out(page: Page) -> _Laid:
    """Letters in tables go to their cells, the others to lines."""
    tables = []
    free = list(page.letters)
    for ruled in ruled_tables(page.rules):
        inside = [x for x in free if _inside(x, ruled)]
        held = _cells(ruled, inside)
        if sum(bool(cell.text) for cell in held) < 2 or not whole(ruled):
            continue
        taken = set(map(id, inside))
        free = [x for x in free if id(x) not in taken]
        tables.append(_PageTable(page.number, ruled.top, ruled.bottom, held))
    lines = [_line(group, page.number) for group in _rows(free)]
    where: list[tuple[float, Line | _PageTable]] = [
        *((line.middle, line) for line in lines),
        *((table.top, table) for table in tables),
    ]
    return _Laid([item for _, item in sorted(where, key=lambda pair: -pair[0])])


def _inside(letter: Letter, table: Ruled) -> bool:
    return table.left <= letter.x <= table.right and table.bottom <= letter.y <= table.top


def _cells(table: Ruled, letters: Sequence[Letter]) -> tuple[Cell, ...]:
    """The cells with what stands in them, in the order of reading."""
    out: list[Cell] = []
    numbers: Counter[int] = Counter()
    spots = sorted((letter.y, letter.x, at) for at, letter in enumerate(letters))
    heights = [y for y, _, _ in spots]
    for box in sorted(table.boxes, key=lambda box: (box.row, box.column)):
        numbers[box.row] += 1
        level = spots[bisect_left(heights, box.bottom) : bisect_right(heights, box.top)]
        inside = sorted(at for _, x, at in level if box.left <= x <= box.right)
        rows = _rows([letters[at] for at in inside])
        text = "\n".join(_said(row) for row in rows)
        place = box.row, box.column, box.rows, box.columns
        out.append(Cell(*place, text, numbers[box.row]))
    return tuple(out)


def _rows(letters: Sequence[Letter]) -> list[list[Letter]]:
    """Letters by lines from above, each from the left."""
    rows: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda one: -one.y):
        height = max(letter.height, 1.0)
        if rows and abs(rows[-1][0].y - letter.y) <= 0.5 * height:
            rows[-1].append(letter)
        else:
            rows.append([letter])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _said(row: Sequence[Letter]) -> str:
    """What a line says; wide gaps are two blanks, those between Latin words one."""
    size = median(letter.height for letter in row) or 1.0
    apart = _standing_apart([one for one in row if one.text.isdigit()])
    parts: list[str] = []
    for at, letter in enumerate(row):
        gap = (letter.left - row[at - 1].right) / size if at else 0.0
        if gap > _COLUMN:
            parts.append("  ")
        elif gap > _WORD and letter.text.isascii() and row[at - 1].text.isascii():
            parts.append(" ")
        parts.append((raised(letter.text) if id(letter) in apart else None) or letter.text)
    return ordinary("".join(parts))


def _standing_apart(digits: Sequence[Letter]) -> set[int]:
    """Which digits of a line (their ids) are no part of the number beside them."""
    tallest = max(digits, key=lambda one: one.height, default=None)
    if tallest is None:
        return set()
    hidden = all(one.faint for one in digits)
    return {id(one) for one in digits if _stands_apart(one, tallest, hidden=hidden)}


def _stands_apart(letter: Letter, tallest: Letter, *, hidden: bool) -> bool:
    """Whether it is the mark of a footnote, smaller or higher than the others, one that nobody
    sees, unless all are ``hidden``, or one that is struck out."""
    if letter.struck or letter.height < _FOOTNOTE * tallest.height:
        return True
    lifted = letter.y - tallest.y > _LIFTED * tallest.height
    if lifted and letter.height < _SMALLER * tallest.height:
        return True
    return letter.faint and not hidden


def _line(row: Sequence[Letter], page: int) -> Line:
    size = median(letter.height for letter in row) or 1.0
    middle = median(letter.y for letter in row)
    return Line(_said(row), page, row[0].left, row[-1].right, middle, size)


def _drop_margins(laid: Sequence[_Laid], pages: Sequence[Page]) -> Iterator[str]:
    """Numbers of pages, and what stands in the margin of several pages but for its digits; what
    of it says more than a number is given back."""
    at_edge = {
        id(line)
        for one, page in zip(laid, pages, strict=True)
        for line in one.items
        if isinstance(line, Line) and _is_marginal(line, page)
    }
    each = [item for one in laid for item in one.items if id(item) in at_edge]
    texts = [item.text for item in each if isinstance(item, Line)]
    often = Counter(_DIGITS.sub("#", text) for text in texts)
    numbers = {text for text in texts if text.isdigit() or page_number(text) is not None}
    running = {text for text in texts if often[_DIGITS.sub("#", text)] > 1}
    for one in laid:
        one.items = [
            item
            for item in one.items
            if not (
                isinstance(item, Line) and id(item) in at_edge and item.text in numbers | running
            )
        ]
    return (text for text in texts if text in running - numbers)


def _is_marginal(line: Line, page: Page) -> bool:
    share = line.middle / max(page.height, 1.0)
    return share < _MARGIN or share > 1 - _MARGIN


def _blocks(laid: Sequence[_Laid], file: str) -> Iterator[Block]:
    """Paragraphs and tables of all pages; what a page's end broke goes on."""
    items = _joined([item for page in laid for item in page.items])
    lines = [item for item in items if isinstance(item, Line)]
    edges = _edges(lines)
    held: list[Line] = []
    count: Counter[int] = Counter()
    tables: Counter[int] = Counter()
    numbers: dict[int, int] = {}
    for line in lines:
        count[line.page] += 1
        numbers[id(line)] = count[line.page]
    total = 0
    for item in items:
        if isinstance(item, Line):
            if held and not _goes_on(held[-1], item, edges):
                yield _paragraph(held, numbers, file)
                held = []
            held.append(item)
            continue
        if held:
            yield _paragraph(held, numbers, file)
            held = []
        tables[item.page] += 1
        total += 1
        yield _table(item, file, total, tables[item.page])
    if held:
        yield _paragraph(held, numbers, file)


def _joined(items: Sequence[Line | _PageTable]) -> list[Line | _PageTable]:
    """Tables of which a page's end cut a row's label in two: the half without figures joins the
    other. A whole label in it is a row, or a head, of its own."""
    out: list[Line | _PageTable] = []
    for item in items:
        before = out[-1] if out else None
        if isinstance(before, _PageTable) and isinstance(item, _PageTable):
            out[-1:] = _mended(before, item)
        else:
            out.append(item)
    return out


def _mended(above: _PageTable, below: _PageTable) -> tuple[_PageTable, _PageTable]:
    rows = max(cell.row + cell.row_span for cell in above.cells)
    ends = {c.column: c for c in above.cells if c.row + c.row_span == rows}
    begins = {c.column: c for c in below.cells if c.row == 0}
    upper, lower = (any(figure_like(c.text) for c in x.values()) for x in (ends, begins))
    rest = [c for c in (begins if upper else ends).values() if c.text]
    whole_label = any(one_label(c.text, table) for c in rest for table in TABLES)
    if above.page == below.page or upper == lower or not rest or whole_label:
        return above, below
    if any(c.column not in ends or c.column not in begins for c in rest):
        return above, below
    said = {c.column: ends[c.column].text + begins[c.column].text for c in rest}
    emptied = dict.fromkeys(said, "")
    return (
        _resaid(above, ends, said if upper else emptied),
        _resaid(below, begins, emptied if upper else said),
    )


def _resaid(table: _PageTable, row: dict[int, Cell], said: dict[int, str]) -> _PageTable:
    """A table in a row of which some cells say something else."""
    new = {id(row[column]): text for column, text in said.items()}
    cells = tuple(c._replace(text=new[id(c)]) if id(c) in new else c for c in table.cells)
    return replace(table, cells=cells)


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where unindented lines begin, where the longest end, and whether paragraphs are indented."""

    left: float
    right: float
    indents: bool

    def indented(self, line: Line) -> bool:
        return line.left > self.left + _INDENT * line.size


def _edges(lines: Sequence[Line]) -> _Edges:
    lefts = Counter(round(line.left / 4) for line in lines)
    # Where paragraphs are short, more lines are indented than not: the leftmost that many share.
    many = max(_FEW_INDENTS, _SHARE * max(lefts.values(), default=0))
    most = max(lefts, key=lambda at: (lefts[at], -at), default=0)
    left = 4.0 * min((at for at, count in lefts.items() if count >= many), default=most)
    # A sign may hang over the edge, so not the very longest.
    ends = sorted(line.right for line in lines)[-_LONGEST_LINES:]
    right = ends[0] if ends else 0.0
    bare = _Edges(left, right, False)
    indented = sum(bare.indented(line) for line in lines)
    return _Edges(left, right, indented > _FEW_INDENTS)


def _goes_on(before: Line, line: Line, edges: _Edges) -> bool:
    """Whether a line is the rest of the paragraph that the one before is of.

    Where paragraphs are indented, a line that is not goes on unless a sentence ended short of the
    edge; elsewhere only the line behind a full one does, inside a sentence.
    """
    ended = before.text.endswith(_BREAKS)
    full = before.right > edges.right - _SHORT * line.size and (edges.indents or not ended)
    open_end = edges.indents and not ended
    alike = abs(before.size - line.size) <= _SAME_SIZE * line.size
    if not ((full or open_end) and alike) or edges.indented(line):
        return False
    begins = not edges.indents and written_number(line.text) is not None
    return not (begins or _is_row(before.text) or _is_row(line.text))


def _is_row(text: str) -> bool:
    return "  " in text or (len(text) < 40 and any(label_of(text, table) for table in TABLES))


def _paragraph(lines: Sequence[Line], numbers: dict[int, int], file: str) -> Para:
    parts: list[str] = []
    for line in lines:
        latin = parts and parts[-1][-1:].isascii() and line.text[:1].isascii()
        words = latin and parts[-1][-1:].isalpha() and line.text[:1].isalpha()
        parts.append((" " if words else "") + line.text)
    first = lines[0]
    return Para("".join(parts), PageLine(file, first.page, numbers[id(first)]))


def _table(item: _PageTable, file: str, number: int, on_page: int) -> Table:
    rows = max(cell.row + cell.row_span for cell in item.cells)
    columns = max(cell.column + cell.column_span for cell in item.cells)
    return Table(file, number, rows, columns, item.cells, page=(item.page, on_page))
