"""Reads a report's page or fragment back as paragraphs and tables, by its elements alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from gxgen.document.cell import Cell
from gxgen.document.comparison import Written
from gxgen.markup import VOID

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HOLDERS = frozenset({"p", "caption", "title", "th", "td", *_HEADINGS})
"""Elements that hold text; outside them none is expected, and what is there is a paragraph."""
_PLAIN = frozenset(
    {"html", "head", "body", "main", "section", "article", "footer", "header"}
    | {"div", "span", "b"}
    | {"table", "colgroup", "thead", "tbody", "tr"}
)
_NOT_TEXT = "style"
_SET_APART = frozenset({"figure", "ul"})
"""Charts and tiles: what they hold is kept as it is, beside the report's own text."""
_SHAPES = frozenset({"svg", "rect", "path"})
_SHAPED = frozenset({"viewbox", "width", "height", "x", "y", "d", "class"}) | {
    *("preserveaspectratio", "role", "id", "aria-hidden", "aria-labelledby")
}
"""What a drawing's parts may bear; nothing else may move or stretch them."""
_MOST_SPAN = 100


class HtmlError(ValueError):
    """The markup is not that of a report; the message says why."""


Attributes = dict[str, str | None]


@dataclass(slots=True)
class Apart:
    """A chart, a picture or the tiles: the texts, and of the drawings each part in order."""

    texts: list[str] = field(default_factory=list)
    shapes: list[tuple[str, Attributes]] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    """A table while it is read."""

    row: int = -1
    number: int = 0
    cells: list[Cell] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)

    def start_row(self) -> None:
        self.row, self.number = self.row + 1, 0

    def add(self, row_span: int, column_span: int, text: str) -> None:
        """Place a cell at the first free column, as a browser does."""
        column = 0
        while (self.row, column) in self.taken:
            column += 1
        self.number += 1
        self.cells.append(Cell(self.row, column, row_span, column_span, text, self.number))
        rectangle = {
            (row, at)
            for row in range(self.row, self.row + row_span)
            for at in range(column, column + column_span)
        }
        if rectangle & self.taken:
            raise HtmlError("表格的单元格互相重叠")
        self.taken |= rectangle

    def whole(self) -> tuple[int, int, list[Cell]]:
        columns = max((column for _, column in self.taken), default=-1) + 1
        return self.row + 1, columns, self.cells


@dataclass(slots=True)
class ReadPage:
    """What was read: paragraphs and tables in order, the page's name, each table's caption."""

    items: list[Written] = field(default_factory=list)
    name: str | None = None
    captions: list[str | None] = field(default_factory=list)
    set_apart: list[Apart] = field(default_factory=list)
    """Each chart and picture, and the tiles."""
    looks: list[list[Attributes]] = field(default_factory=list)
    """Of each table what its cells bear."""


def read_html(text: str) -> ReadPage:
    """A report's markup, read.

    Raises:
        HtmlError: elements are not paired or nested as a report's are, or one is none of its.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if reader.open:
        raise HtmlError(f"<{reader.open[-1]}>没有结束")
    return reader.page


class _Reader(HTMLParser):
    """Collects what elements hold; ``open`` are those that have not ended yet."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = ReadPage()
        self.open: list[str] = []
        self._held: list[str] = []
        self._holder: str | None = None
        self._spans = (1, 1)
        self._table: _Table | None = None
        self._paragraphs = self._top = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SET_APART and not self._holder and self._table is None:
            self.page.set_apart.append(Apart())
        if self._apart(tag):
            self._shape(tag, dict(attrs))
            self.open.append(tag)
            return
        if tag not in _HOLDERS | _PLAIN | VOID | {_NOT_TEXT}:
            raise HtmlError(f"有报告不该有的<{tag}>")
        if tag in VOID:
            if tag == "br":
                self.handle_data("\n")
            return
        self.open.append(tag)
        if tag in _HOLDERS:
            self._hold(tag, dict(attrs))
        elif tag == "table":
            if self._table is not None or self._holder:
                raise HtmlError("表格放在了不该放的地方")
            self._table = _Table()
            self.page.captions.append(None)
            self.page.looks.append([])
        elif tag == "tr":
            self._in_table().start_row()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise HtmlError(f"</{tag}>没有对应的开始标记")
        if tag == self._holder:
            self._release(tag, "".join(self._held))
        elif tag == "table" and self._table is not None:
            tables = sum(item.table is not None for item in self.page.items)
            self.page.items.append(Written(tables + 1, table=self._table.whole()))
            self._table = None

    def handle_data(self, data: str) -> None:
        if self._apart():
            self.page.set_apart[-1].texts += [data] if data.strip() else []
        elif self._holder:
            self._held.append(data)
        elif data.strip() and self.open[-1:] != [_NOT_TEXT]:
            self._paragraph(data)

    def _apart(self, tag: str = "") -> bool:
        """Whether this is, or stands in, a chart or the tiles."""
        return any(name in _SET_APART for name in (*self.open, tag))

    def _shape(self, tag: str, attributes: Attributes) -> None:
        if tag not in _SHAPES:
            return
        if strange := sorted(attributes.keys() - _SHAPED):
            raise HtmlError(f"图形<{tag}>有不该有的{strange[0]}")
        self.page.set_apart[-1].shapes.append((tag, attributes))

    def handle_comment(self, data: str) -> None:
        raise HtmlError("有注释")

    def handle_pi(self, data: str) -> None:
        raise HtmlError("有处理指令")

    def unknown_decl(self, data: str) -> None:
        raise HtmlError("有不认识的声明")

    def _in_table(self) -> _Table:
        if self._table is None:
            raise HtmlError("表格的一行或一格不在表格里")
        return self._table

    def _hold(self, tag: str, attributes: Attributes) -> None:
        if self._holder:
            raise HtmlError(f"<{self._holder}>里又有<{tag}>")
        self._holder, self._held = tag, []
        if tag in ("th", "td"):
            self._spans = _span(attributes.get("rowspan")), _span(attributes.get("colspan"))
            self._in_table()
            self.page.looks[-1].append(attributes)

    def _release(self, tag: str, text: str) -> None:
        self._holder = None
        if tag in ("th", "td"):
            self._in_table().add(*self._spans, text)
        elif tag == "caption":
            self.page.captions[-1:] = [text]
        elif tag == "title":
            self.page.name = text
        else:
            self._paragraph(text, _HEADINGS.get(tag))

    def _paragraph(self, text: str, heading: int | None = None) -> None:
        """A paragraph or heading; the first heading is the title, and levels count from it."""
        self._paragraphs += 1
        self._top = self._top or heading or 0
        level = None if heading in (None, self._top) else heading - self._top
        if text.strip():
            self.page.items.append(Written(self._paragraphs, text, level))


def _span(text: str | None) -> int:
    if text is None:
        return 1
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _MOST_SPAN):
        raise HtmlError(f"单元格的合并数“{text[:10]}”不对")
    return int(text)
