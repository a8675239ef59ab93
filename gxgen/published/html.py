"""Web pages: blocks from elements alone, no class and no script; nothing of the markup goes on."""

from __future__ import annotations

import re
from functools import cache

from lxml import etree
from lxml.etree import _Element

from gxgen.letters import SHAPELESS, lowered, ordinary, raised
from gxgen.places import DocumentCell, DocumentParagraph
from gxgen.published.blocks import (
    CHART,
    DEEPEST,
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_ELEMENTS,
    LeftOut,
    Para,
    Path,
    RefusedError,
    Source,
    Table,
)
from gxgen.published.charset import decode
from gxgen.published.html_cells import placed
from gxgen.published.html_text import ASIDE, INLINE, UNSEEN, tidy
from gxgen.published.sight import PICTURES, UNREAD, Sheet
from gxgen.published.text import charset_findings

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CELL_TAG = re.compile(r"<t[dh]\b", re.IGNORECASE)
_DECLARES = re.compile(r"<!ENTITY|<!DOCTYPE[^>\[]{0,500}\[", re.IGNORECASE)
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{5000,}")
_MOST_WORDS = 2_000
"""Of a tag: the parser holds each attribute against all before it. A picture within is one word."""
_CONTROL = re.compile(f"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f{SHAPELESS}]")
_LONG_CELL = 100
_TILE = ("b", "strong", "span")
_ASIDE = "是图、公式或填写框里的文字"
_PICTURE = "是夹在文字里的图片，上面的字读不出来"


def read_html(data: bytes, file: str) -> Source:
    """The blocks of a page.

    Raises:
        RefusedError: it is larger than any page, or declares entities.
    """
    decoded = decode(data)
    _weigh(decoded.text, file)
    text = _CONTROL.sub("", ordinary(decoded.text))
    root = etree.fromstring(text.encode("utf-8", "replace"), _parser())
    source = Source(file, findings=[*charset_findings(decoded, file)])
    if root is not None:
        _set_raised(root)
        titles = root.iter("title")
        source.name = next((" ".join((t.text or "").split()) for t in titles), None)
        _Walker(source, Sheet(root)).walk(root)
    return source


def _set_raised(root: _Element) -> None:
    """Raised and lowered letters stay so: the mark of a footnote must not become a digit more."""
    for element in list(root.iter("sup", "sub")):
        said = "".join(map(str, element.itertext()))
        tail = element.tail
        change = raised if element.tag == "sup" else lowered
        element.clear()
        element.text, element.tail = change(said) or said, tail


def _weigh(text: str, file: str) -> None:
    if _DECLARES.search(text):
        raise RefusedError("GX802", f"{file} 声明了实体（ENTITY），为安全起见不读。", file)
    if any(len(tag[0].split()) > _MOST_WORDS for tag in _LONG_TAG.finditer(text)):
        message = f"{file} 里一个标记有几千个属性，不像一份报告，没有读。"
        raise RefusedError("GX802", message, file, "只把报告的正文另存为一份新的文件。")
    cells = sum(1 for _ in _CELL_TAG.finditer(text))
    for have, most, what in (
        (text.count("<") // 2, MOST_ELEMENTS, "个元素"),
        (cells, MOST_CELLS, "个单元格"),
    ):
        if have > most:
            message = f"{file} 有 {have} {what}，超过 {most}，不像一份报告，没有读。"
            raise RefusedError("GX802", message, file, "只把报告的正文另存为一份新的文件。")


@cache
def _parser() -> etree.HTMLParser:
    return etree.HTMLParser(
        encoding="utf-8",
        no_network=True,
        recover=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )


class _Walker:
    """Goes through the elements without recursion and gathers what each block says."""

    def __init__(self, source: Source, sheet: Sheet) -> None:
        self.source, self.sheet = source, sheet
        self.held: list[str] = []
        self.tables = self.paragraphs = self.elements = self.characters = 0

    def walk(self, root: _Element) -> None:
        """Every element once, in the order of the text."""
        stack: list[tuple[_Element, Path, int | None, bool]] = [(root, (), None, False)]
        while stack:
            element, path, depth, leaving = stack.pop()
            if leaving:
                self._leave(element, path, depth)
                continue
            inside, deeper = self._enter(element, path, depth)
            stack.append((element, path, depth, True))
            if inside is not None:
                stack += [(e, inside, deeper, False) for e in reversed(element)]

    def _enter(
        self, element: _Element, path: Path, depth: int | None
    ) -> tuple[Path | None, int | None]:
        """Where its children lie; None where they are not looked at."""
        tag = self._counted(element, path)
        if tag in PICTURES:
            self._note_picture(element)
        if tag in UNSEEN - ASIDE or self._is_set_apart(element, tag, path):
            return None, None
        if tag == "br":
            self._release(path, depth)
        if tag in INLINE or tag == "br":
            self._hold(element.text)
            return path, depth
        self._release(path, depth)
        inside = (*path, self.elements)
        if tag == "table" and self._table(element, inside):
            return None, None
        self._hold(element.text)
        return inside, _HEADINGS.get(tag, depth)

    def _counted(self, element: _Element, path: Path) -> str:
        self.elements += 1
        if self.elements > MOST_ELEMENTS or len(path) > DEEPEST:
            file = self.source.file
            why = "元素太多" if self.elements > MOST_ELEMENTS else "元素一层套一层，太深了"
            raise RefusedError("GX802", f"{file} 的{why}，不像一份报告，没有读。", file)
        return element.tag.lower() if isinstance(element.tag, str) else "script"

    def _leave(self, element: _Element, path: Path, depth: int | None) -> None:
        tag = element.tag.lower() if isinstance(element.tag, str) else ""
        if tag not in INLINE and tag != "br" and tag not in UNSEEN:
            self._release((*path, 0), _HEADINGS.get(tag, depth))
        self._hold(element.tail)

    def _hold(self, text: str | None) -> None:
        if text:
            self.characters += len(text)
            if self.characters > MOST_CHARACTERS:
                file, most = self.source.file, MOST_CHARACTERS // 10_000
                raise RefusedError("GX802", f"{file} 的文字超过{most}万字，没有读。", file)
            self.held.append(text)

    def _release(self, path: Path, depth: int | None) -> None:
        text = tidy("".join(self.held))
        self.held.clear()
        if text:
            self.paragraphs += 1
            place = DocumentParagraph(self.source.file, self.paragraphs)
            self.source.blocks.append(Para(text, place, depth, path))
            self.source.bound()

    def _note_picture(self, element: _Element) -> None:
        """Tell of a picture amid the words of a sentence: it may be one of them, or a number."""
        if any(map(str.strip, self.held)) and (element.tail or "").strip():
            place = DocumentParagraph(self.source.file, self.paragraphs + 1)
            shown = tidy(element.get("alt") or "") or "图片"
            self.source.left_out.append(LeftOut(shown, place, _PICTURE))

    def _is_set_apart(self, element: _Element, tag: str, path: Path) -> bool:
        """Whether it is not seen, struck out, a drawing with its caption, or a list of tiles; told.

        Words around one that lies within a line stay one paragraph.
        """
        why = UNREAD.get(self.sheet.sight(element, tag))
        if why is None and tag == "figure" and element.find(".//table") is None:
            why = CHART
        if why is None and tag == "ul" and _is_tiles(element):
            why = CHART
        if why is None and tag in ASIDE:
            why = _ASIDE
        if why is None:
            return False
        if tag not in INLINE | ASIDE:
            self._release(path, None)
        text = tidy(" ".join(map(str, element.itertext())))
        place = DocumentParagraph(self.source.file, self.paragraphs + 1)
        if text:
            self.source.left_out.append(LeftOut(text, place, why))
        return True

    def _table(self, element: _Element, path: Path) -> bool:
        """Take a table; False where it only lays out the page and is walked into."""
        if element.find(".//table") is not None:
            return False
        found = placed(element, self.sheet, self.source.file, self.tables + 1, path)
        if _lays_out(found.table):
            return False
        self.tables += 1
        self.source.blocks.append(found.table)
        self.source.left_out += found.left_out
        for caption in element.iterchildren("caption"):
            text = tidy(" ".join(map(str, caption.itertext())))
            place = DocumentCell(self.source.file, self.tables, 1, 1)
            if text:
                self.source.left_out.append(LeftOut(text, place, "是表格的名称"))
        return True


def _lays_out(table: Table) -> bool:
    """Whether most of its text lies in long cells, as where a page is laid out by a table."""
    sizes = [len(cell.text) for cell in table.cells]
    return 2 * sum(size for size in sizes if size > _LONG_CELL) > sum(sizes) or sum(sizes) == 0


def _is_tiles(element: _Element) -> bool:
    """Whether a list is of tiles: each a name, a figure and a few words, and no text of its own."""
    items = list(element.iterchildren("li"))
    return bool(items) and all(
        not (item.text or "").strip()
        and len(item) > 1
        and all(e.tag in _TILE for e in item)
        and item[0].tag == "b"
        and item[-1].tag == "span"
        for item in items
    )
