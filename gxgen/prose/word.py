"""The paragraphs of a Word document, with what Word itself adds to them.

Tables are left to the workbook. What a report's text cannot hold (text boxes, footnotes, pictures)
is told, with the paragraph where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

from gxgen.diagnostics import Finding
from gxgen.model.numbering import written_number
from gxgen.opc.xml import namespace
from gxgen.places import DocumentCell, FilePart
from gxgen.prose.raw import EDGES, ENDS, MOST_LINES, RawTable, RawText, TooLongError, begin
from gxgen.prose.tables import Rows, strange_cells, table_of
from gxgen.prose.word_controls import Bound, unfilled
from gxgen.prose.word_elements import Means, chosen, meaning
from gxgen.prose.word_fields import whole_marks
from gxgen.prose.word_lists import Lists, Numbered
from gxgen.prose.word_package import UnreadableError, WordPackage, attribute, child
from gxgen.prose.word_styles import Styles
from gxgen.prose.word_text import Words
from gxgen.prose.word_told import ASIDE, LOST, SLOT, STRANGER, UNSURE, Told

_CONTENTS = "自动目录"
_ENTRY = re.compile(r"|目\s*录|.*[\t.．…·]\s*[-—\dIVXLivxl]+|.*(?:目录项|contents entries).*")
"""What stands in a table of contents: a title and its page, or that there is none."""
_LONGEST_ENTRY = 400
"""Characters of a title with its page."""
_MOST_TABLES = 1_000
"""A report has three."""
_NUMERALS = frozenset("〇○零一二三四五六七八九十百千万亿")


def read_word(data: bytes, file: str) -> RawText:
    """The paragraphs of a .docx in order; tracked deletions are left out, insertions kept.

    Raises:
        TooLongError: it says more than any report.
    """
    raw = RawText(file)
    try:
        package = WordPackage(data)
        Reader(raw, package).read(package.document())
    except UnreadableError as error:
        message = f"{file} {error}，读不出来。"
        return RawText(file, findings=[Finding("GX052", message, FilePart(file))])
    return raw


class Reader:
    """Goes through a document's paragraphs and tables and adds what they say to ``raw``."""

    def __init__(self, raw: RawText, package: WordPackage) -> None:
        """Styles, lists and data are the package's own."""
        self.raw = raw
        self.styles = Styles.of(package)
        self.lists = Lists(package)
        self.bound = Bound(package.stores)
        self.told = Told(lambda: raw.next_place)
        self.tables = 0
        self.pending: list[str] = []
        self.passed = 0
        self.holding: set[_Element] = set()

    def read(self, document: _Element) -> None:
        """The whole document."""
        marks = whole_marks(document)
        self.words = Words(self.styles, self.bound, marks, self.told)
        self.cells = Words(self.styles, self.bound, marks, Told(lambda: self.raw.next_place))
        body = child(document, "body")
        if body is not None:
            self.blocks(body)
        if self.pending:
            self.raw.add("".join(self.pending))
        self.raw.findings += self.told.findings(self.raw.file)

    def blocks(self, parent: _Element) -> None:
        """Paragraphs and tables, out of whatever they are wrapped in."""
        for block in parent:
            means, word = meaning(block)
            if means is Means.PARAGRAPH:
                self._paragraph(block)
            elif means is Means.TABLE:
                self.table(block)
            elif means is Means.CONTROL:
                self._control(block)
            elif means in (Means.INSIDE, Means.INSERTED):
                self.blocks(block)
            elif means is Means.CHOICE:
                one = chosen(block)
                if one is not None:
                    self.blocks(one)
            elif means is Means.STRANGE and self._holds_blocks(block):
                self.told.say(UNSURE, STRANGER, word)
                self.blocks(block)
            elif means is not Means.NOTHING:
                self._loose(block)

    def _control(self, control: _Element) -> None:
        prompt = unfilled(control)
        content = child(control, "sdtContent")
        gallery = child(control, "sdtPr", "docPartObj", "docPartGallery")
        if prompt is not None:
            self.told.say(SLOT, "内容控件", prompt)
        elif attribute(gallery, "val") == "Table of Contents":
            self._leave_contents()
        elif content is not None:
            self.words.compare(control, content)
            self.blocks(content)

    def _loose(self, part: _Element) -> None:
        """What should stand in a paragraph and does not."""
        text = self.words.text((part,), None, None)
        if text.strip(ENDS):
            self.raw.add(text.strip(ENDS))

    def _pass(self) -> None:
        """One more paragraph, empty or in a table, that takes its time."""
        self.passed += 1
        if self.passed > MOST_LINES:
            raise TooLongError(f"连空的和表格里的在内，超过{MOST_LINES}段")

    def _paragraph(self, paragraph: _Element) -> None:
        self._pass()
        properties = child(paragraph, "pPr")
        style = attribute(child(properties, "pStyle"), "val")
        text = self.words.text(paragraph, style, properties)
        if self._is_contents(style, text):
            self._leave_contents()
            return
        if self._goes_on(properties):
            self.pending.append(text)
            return
        text = "".join((*self.pending, text)).strip(EDGES)
        self.pending = []
        if text or _is_empty(paragraph):
            text = text.strip(ENDS)
            number = self._number(properties, style)
            if text:
                self.raw.add(_numbered(number, text), self.styles.depth(properties, style))
            elif number.text:
                self.told.say(ASIDE, "只有自动编号、没有文字的段落")

    def _is_contents(self, style: str | None, text: str) -> bool:
        if self.styles.is_contents(style):
            return True
        if not self.words.in_contents:
            return False
        if len(text) <= _LONGEST_ENTRY and _ENTRY.fullmatch(text.strip(ENDS)):
            return True
        self.told.say(UNSURE, "在自动目录里、却不像目录的文字（已按正文读入）", text)
        return False

    def _leave_contents(self) -> None:
        """A table of contents is told once, with the heading that stands over it."""
        if (ASIDE, _CONTENTS) not in self.told.found:
            if self.raw.lines and "".join(self.raw.lines[-1].text.split()) == "目录":
                self.raw.lines.pop()
            self.told.say(ASIDE, _CONTENTS)

    def _goes_on(self, properties: _Element | None) -> bool:
        """Whether the next one continues this one: its end is deleted, or it is an initial."""
        mark = child(properties, "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            self.told.revise()
            return True
        return attribute(child(properties, "framePr"), "dropCap") in ("drop", "margin")

    def _number(self, properties: _Element | None, style: str | None) -> Numbered:
        number, own, styled, names = self.styles.list_of(properties, style)
        if number is None:
            return Numbered()
        level = own if own is not None else self.lists.depth_of(number, names)
        found = self.lists.next_number(number, level if level is not None else styled or 0)
        if found.unknown:
            self.told.say(LOST, "自动编号", found.unknown)
        return found

    def count_table(self) -> None:
        """One more table.

        Raises:
            TooLongError: there are more than in any report.
        """
        self.tables += 1
        if self.tables > _MOST_TABLES:
            raise TooLongError(f"有{_MOST_TABLES}个以上的表格")

    def table(self, table: _Element) -> None:
        """A table of the form is kept beside the text, another is told."""
        self.count_table()
        rows = tuple(tuple(map(self.cell_text, _all(row, "tc"))) for row in _all(table, "tr"))
        start = next((text.strip() for row in rows for text in row if text.strip()), "")
        key = table_of(rows)
        if key is not None:
            self.raw.tables.append(RawTable(self.tables, rows))
            self._strange(rows, key)
        elif start:
            message = (
                f"{self.raw.file} 的第{self.tables}个表格（开头是“{begin(start)}”）"
                "不是格式规定的三张表，没有读入。"
            )
            place = DocumentCell(self.raw.file, self.tables, 1, 1)
            self.raw.findings.append(Finding("GX055", message, place, quote=begin(start)))

    def cell_text(self, cell: _Element) -> str:
        """What a cell says, a line for each paragraph in it: two figures are not one."""
        said, paper = "", self.styles.paper(cell)
        for paragraph in _paragraphs(cell):
            self._pass()
            text = self.cells.text(paragraph, None, None, paper)
            joined = self._goes_on(child(paragraph, "pPr")) or not text.strip()
            said += text if joined else f"{text}\n"
        return said.removesuffix("\n")

    def _holds_blocks(self, element: _Element) -> bool:
        """Whether there is a block in it; what is around the first is known to hold it as well."""
        if element not in self.holding:
            first = (e for e in element.iter() if meaning(e)[0] in (Means.PARAGRAPH, Means.TABLE))
            for block in first:
                self.holding.update(block.iterancestors())
                break
        return element in self.holding

    def _strange(self, rows: Rows, key: str) -> None:
        """What an agency added to one of the form's tables."""
        for row, cell in strange_cells(rows, key):
            place = DocumentCell(self.raw.file, self.tables, row, cell)
            words = begin(rows[row - 1][cell - 1].strip())
            message = f"{place} 的“{words}”不是规定表格里的内容，没有读入。"
            self.raw.findings.append(Finding("GX055", message, place, quote=words))


def _all(element: _Element, name: str) -> Iterator[_Element]:
    """All elements of that name below one, in its own namespace."""
    return element.iter(namespace(element) + name)


def _paragraphs(element: _Element) -> Iterator[_Element]:
    for part in element:
        means = meaning(part)[0]
        if means is Means.PARAGRAPH:
            yield part
        elif means is not Means.NOTHING:
            yield from _paragraphs(part)


def _is_empty(paragraph: _Element) -> bool:
    """Whether nothing at all stands in it: Word numbers such a paragraph all the same."""
    return all(meaning(part)[0] is Means.NOTHING for part in paragraph)


def _numbered(number: Numbered, text: str) -> str:
    """The text behind its automatic number; typed numbers and Chinese ones stand close."""
    if not number.text or written_number(number.text + text):
        return number.text + text
    last, first = number.text[-1], text[0]
    runs_on = (last.isdecimal() and first.isdecimal()) or (last in _NUMERALS and first in _NUMERALS)
    apart = last.isascii() and not number.closed
    return number.text + (" " if runs_on or apart else "") + text
