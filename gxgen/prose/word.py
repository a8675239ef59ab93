"""The paragraphs of a Word document, with what Word itself adds to them.

Tables are left to the workbook. What a report's text cannot hold (text boxes, footnotes, pictures)
is told, with the paragraph where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from gxgen.diagnostics import Finding
from gxgen.model.numbering import written_number
from gxgen.places import DocumentCell, DocumentParagraph, FilePart
from gxgen.prose.raw import EDGES, RawTable, RawText
from gxgen.prose.tables import Rows, strange_cells, table_of
from gxgen.prose.word_package import (
    UnreadableError,
    WordPackage,
    attribute,
    child,
    local,
    switched_on,
)
from gxgen.prose.word_styles import Lists, Styles

_DELETED = ("del", "moveFrom")
_INSERTED = ("ins", "moveTo")
_WITHOUT_TEXT = frozenset(
    ("pPr", "rPr", "sectPr", "sdtPr", "instrText", "delText", "delInstrText", "fldData", "rt")
)
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_REFERENCES = {"footnoteReference": "脚注", "endnoteReference": "尾注", "sym": "特殊符号"}
_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "smartTag", *_INSERTED))


@dataclass(slots=True)
class _Told:
    """What cannot be kept: kind → the paragraphs where it occurs."""

    lost: dict[str, list[DocumentParagraph]] = field(default_factory=dict)
    laid_aside: dict[str, list[DocumentParagraph]] = field(default_factory=dict)
    revised: list[DocumentParagraph] = field(default_factory=list)


def read_word(data: bytes, file: str) -> RawText:
    """The paragraphs of a .docx in order; tracked deletions are left out, insertions kept."""
    raw = RawText(file)
    try:
        package = WordPackage(data)
        _Reader(raw, Styles.of(package), Lists(package)).read(package.document())
    except UnreadableError as error:
        message = f"{file} {error}，读不出来。"
        return RawText(file, findings=[Finding("GX052", message, FilePart(file))])
    return raw


class _Reader:
    def __init__(self, raw: RawText, styles: Styles, lists: Lists) -> None:
        self.raw = raw
        self.styles = styles
        self.lists = lists
        self.told = _Told()
        self.tables = 0
        self.pending = ""

    def read(self, document: _Element) -> None:
        body = child(document, "body")
        for block in () if body is None else _blocks(body):
            if local(block) == "p":
                self._paragraph(block)
            elif local(block) == "tbl":
                self._table(block)
            else:
                self._tell(self.told.lost, "嵌入的文档")
        if self.pending:
            self.raw.add(self.pending)
        self.raw.findings += _findings(self.told, self.raw.file)

    def _paragraph(self, paragraph: _Element) -> None:
        properties = child(paragraph, "pPr")
        style = attribute(child(properties, "pStyle"), "val")
        if self.styles.is_contents(style):
            return
        text = self.pending + "".join(self._text(paragraph))
        mark = child(properties, "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            # Its end is deleted: with the deletion accepted, the next paragraph continues it.
            self.pending = text
            self.told.revised.append(self.raw.next_place)
            return
        self.pending = ""
        if text.strip(EDGES):
            number = self.lists.next_number(*self.styles.list_of(properties, style))
            self.raw.add(_numbered(number, text.strip(EDGES)), self.styles.depth(properties, style))

    def _text(self, element: _Element) -> Iterator[str]:
        for part in element:
            name = local(part)
            if name == "t":
                yield part.text or ""
            elif name in _CHARACTERS:
                yield _CHARACTERS[name]
            elif name == "br":
                yield "" if attribute(part, "type") in ("page", "column") else "\n"
            elif name in _DELETED:
                self.told.revised.append(self.raw.next_place)
            elif name in _REFERENCES:
                self._tell(self.told.lost, _REFERENCES[name])
            elif name == "commentReference":
                self._tell(self.told.laid_aside, "批注")
            elif name in ("drawing", "pict", "object"):
                self._drawing(part)
            elif name == "AlternateContent":
                choice = child(part, "Choice")
                yield from self._text(part if choice is None else choice)
            elif name == "r" and switched_on(child(part, "rPr", "vanish")):
                self._hidden(part)
            elif name not in _WITHOUT_TEXT:
                if name in _INSERTED:
                    self.told.revised.append(self.raw.next_place)
                yield from self._text(part)

    def _drawing(self, drawing: _Element) -> None:
        boxed = "".join(
            e.text or ""
            for box in drawing.iter()
            if local(box) == "txbxContent"
            for e in box.iter()
            if local(e) == "t"
        ).strip(EDGES)
        if boxed:
            self._tell(self.told.lost, f"文本框“{_begin(boxed)}”")
        else:
            self._tell(self.told.laid_aside, "图片或图形")

    def _hidden(self, run: _Element) -> None:
        text = "".join(e.text or "" for e in run.iter() if local(e) == "t").strip(EDGES)
        if text:
            self._tell(self.told.lost, f"隐藏文字“{_begin(text)}”")

    def _tell(self, where: dict[str, list[DocumentParagraph]], kind: str) -> None:
        where.setdefault(kind, []).append(self.raw.next_place)

    def _table(self, table: _Element) -> None:
        self.tables += 1
        rows = tuple(tuple(map(_cell_text, _all(row, "tc"))) for row in _all(table, "tr"))
        begin = next((text.strip() for row in rows for text in row if text.strip()), "")
        key = table_of(rows)
        if key is not None:
            self.raw.tables.append(RawTable(self.tables, rows))
            self._strange(rows, key)
        elif begin:
            message = (
                f"{self.raw.file} 的第{self.tables}个表格（开头是“{_begin(begin)}”）"
                "不是格式规定的三张表，没有读入。"
            )
            place = DocumentCell(self.raw.file, self.tables, 1, 1)
            self.raw.findings.append(Finding("GX055", message, place, quote=_begin(begin)))

    def _strange(self, rows: Rows, key: str) -> None:
        """What an agency added to one of the form's tables."""
        for row, cell in strange_cells(rows, key):
            place = DocumentCell(self.raw.file, self.tables, row, cell)
            begin = _begin(rows[row - 1][cell - 1].strip())
            message = f"{place} 的“{begin}”不是规定表格里的内容，没有读入。"
            self.raw.findings.append(Finding("GX055", message, place, quote=begin))


def _all(element: _Element, name: str) -> list[_Element]:
    return [e for e in element.iter() if local(e) == name]


def _cell_text(cell: _Element) -> str:
    return "".join(e.text or "" for e in _all(cell, "t"))


def _blocks(parent: _Element) -> Iterator[_Element]:
    """Paragraphs, tables and embedded documents, out of whatever they are wrapped in."""
    for element in parent:
        if local(element) in ("p", "tbl", "altChunk"):
            yield element
        elif local(element) in _WRAPPERS:
            yield from _blocks(element)


def _numbered(number: str, text: str) -> str:
    """The text behind its automatic number; typed numbers stand without a space."""
    glue = "" if not number or written_number(number + text) else " "
    return number + glue + text


def _begin(text: str) -> str:
    return text if len(text) <= 20 else text[:20] + "…"


def _findings(told: _Told, file: str) -> Iterator[Finding]:
    if told.revised:
        count = len(told.revised)
        yield Finding(
            "GX054",
            f"{file} 里有 {count} 处修订没有接受或拒绝：删除的文字没有读入，插入的文字已经读入。",
            told.revised[0],
        )
    for kind, places in told.lost.items():
        yield Finding("GX056", f"{_where(places)}的{kind}没有读入，不会印出。", places[0])
    for kind, places in told.laid_aside.items():
        yield Finding("GX059", f"{_where(places)}的{kind}没有读入。", places[0])


def _where(places: list[DocumentParagraph]) -> str:
    numbers = "、".join(str(n) for n in dict.fromkeys(place.number for place in places))
    return f"第{numbers}段"
