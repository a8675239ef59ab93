"""Sheet 正文: one paragraph a row, each section opened by its marker."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from gxgen.a1 import cell_name
from gxgen.diagnostics import Finding
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.form.layout import (
    META_SHEET,
    NARRATIVE_END,
    NARRATIVE_GUIDANCE_MARKER,
    NARRATIVE_MARKER_COLUMN,
    NARRATIVE_SHEET,
    NARRATIVE_STYLE_COLUMN,
    NARRATIVE_TEXT_COLUMN,
    NARRATIVE_TOP,
    STYLE_LEVELS,
    section_marker,
    sheet_order,
)
from gxgen.form.read.book import Book
from gxgen.form.read.cells import Cell, SheetCells
from gxgen.form.read.hidden import COVERED
from gxgen.form.read.text import TextReader, folded, visible
from gxgen.letters import ordinary
from gxgen.model.narrative import Narrative
from gxgen.model.numbering import section_of, written_number
from gxgen.model.outline import Line, assemble
from gxgen.places import FilePart, Sheet

MAX_LINES = 3_000
_LEVELS = STYLE_LEVELS | {folded(word): level for word, level in STYLE_LEVELS.items()}
_ENOUGH_MARKERS = 3
"""Markers that make a sheet of another name the narrative's."""


def read_narrative(
    book: Book, edition: Edition, tables: Collection[str] = ()
) -> tuple[Narrative, list[Finding]]:
    """The passages and what is wrong with them; sheets that hold ``tables`` are not looked at."""
    findings: list[Finding] = []
    cells = _sheet(book, edition, tables)
    if cells is None:
        message = f"没有找到工作表“{NARRATIVE_SHEET}”，报告的文字部分未读取。"
        return (), [Finding("GX034", message, FilePart(book.file.name))]
    passages, odd = assemble(edition, _Rows(cells, edition, findings).lines())
    if cells.name in book.names.hidden or NARRATIVE_TEXT_COLUMN in cells.hidden_columns:
        part = "" if cells.name in book.names.hidden else "的文字列"
        message = f"工作表“{cells.name}”{part}是隐藏的，里面的文字同样读取并印在报告里。"
        findings.append(Finding("GX085", message, Sheet(cells.name)))
    return passages, findings + odd


def _sheet(book: Book, edition: Edition, tables: Collection[str]) -> SheetCells | None:
    if NARRATIVE_SHEET in book.names.sheets:
        return book.sheet(NARRATIVE_SHEET)
    usual = {*sheet_order(edition), META_SHEET, *tables}
    for name in book.names.sheets:
        cells = None if name in usual else book.sheet(name)
        if cells is not None:
            marks = set(_marks(edition, cells).values())
            if len(marks) >= _ENOUGH_MARKERS:
                return cells
    return None


def _marks(edition: Edition, cells: SheetCells) -> dict[int, str]:
    """Row → mark of the section that is opened there."""
    return {
        row: mark
        for row, column, text in cells.texts()
        if column == NARRATIVE_MARKER_COLUMN and (mark := section_of(edition, ordinary(text)))
    }


class _Rows:
    def __init__(self, cells: SheetCells, edition: Edition, findings: list[Finding]) -> None:
        self.cells = cells
        self.edition = edition
        self.findings = findings
        self.reader = TextReader(cells, findings)
        self._filled: dict[int, dict[int, Cell]] = {}
        for (row, column), value in cells.values.items():
            self._filled.setdefault(row, {})[column] = value
        for row, _ in (*cells.errors, *cells.uncached):
            self._filled.setdefault(row, {})

    def lines(self) -> Iterator[Line]:
        """The lines from the first marker on."""
        marks = _marks(self.edition, self.cells)
        self._missing(set(marks.values()))
        start = min(marks, default=NARRATIVE_TOP)
        self._above(start)
        number = 0
        for row in (row for row in sorted(self._filled) if row >= start):
            for line in self._row(row, marks.get(row)):
                number += 1
                if number > MAX_LINES:
                    self._say("GX036", row, 0, f"起，正文超过{MAX_LINES}段，以下未读取")
                    return
                yield line

    def _missing(self, found: set[str]) -> None:
        lost = [
            section_marker(section.mark, section.title)
            for section in self.edition.sections
            if section.mark not in found
        ]
        if lost:
            words = "、".join(f"“{marker}”" for marker in lost)
            message = (
                f"工作表“{self.cells.name}”第一列缺少部分标题{words}，不能确定文字属于哪一部分。"
            )
            self.findings.append(Finding("GX034", message, Sheet(self.cells.name)))

    def _above(self, start: int) -> None:
        for row in range(NARRATIVE_TOP, start):
            text = self.cells.at(row, NARRATIVE_TEXT_COLUMN)
            if text is not None and self.cells.at(row, NARRATIVE_MARKER_COLUMN) is None:
                self._misplaced(row, NARRATIVE_TEXT_COLUMN, str(text), "在第一个部分标题的上面")

    def _row(self, row: int, mark: str | None) -> Iterator[Line]:
        values = self._filled[row]
        marker = values.get(NARRATIVE_MARKER_COLUMN)
        if marker is not None and mark is None:
            prompt = NARRATIVE_GUIDANCE_MARKER
            if marker == prompt or folded(str(marker)) == prompt:
                self._guidance(row)
                return
            self._misplaced(row, NARRATIVE_MARKER_COLUMN, str(marker), "写在了部分标题的列里")
        for column in range(NARRATIVE_TEXT_COLUMN + 1, max(values, default=0) + 1):
            if column in values:
                self._misplaced(row, column, str(values[column]), "写在了正文列的右边")
        if mark is not None:
            yield Line("", self.cells.place(row, NARRATIVE_MARKER_COLUMN), 1, mark)
        style = values.get(NARRATIVE_STYLE_COLUMN)
        level = None if style is None else self._style(row, str(style))
        text = self.reader.text(row, NARRATIVE_TEXT_COLUMN)
        if text and (how := self._unseen(row)):
            quote = visible(text[:60]) + ("……" if len(text) > 60 else "")
            self._say("GX085", row, NARRATIVE_TEXT_COLUMN, f"{how}，“{quote}”没有印出")
        elif text:
            place = self.cells.place(row, NARRATIVE_TEXT_COLUMN)
            for at, piece in enumerate(text.split("\n")):
                yield Line(piece, place, _level(piece, level if at == 0 or level is None else 0))

    def _unseen(self, row: int) -> str | None:
        """Why nobody sees the text of a row, though the sheet and its columns are to be seen."""
        if row in self.cells.hidden_rows:
            return "所在的行是隐藏的"
        return COVERED if (row, NARRATIVE_TEXT_COLUMN) in self.cells.covered else None

    def _guidance(self, row: int) -> None:
        """A row of guidance holds nothing to read, unless the agency wrote over it."""
        text = self.cells.at(row, NARRATIVE_TEXT_COLUMN)
        own = _guidance_texts(self.edition.id)
        if text is not None and text not in own and folded(str(text)) not in own:
            self._misplaced(row, NARRATIVE_TEXT_COLUMN, str(text), "写在了“提示”行里")

    def _style(self, row: int, style: str) -> int | None:
        level = _LEVELS.get(style)
        if level is None:
            level = _LEVELS.get(folded(style))
        if level is None:
            choices = "、".join(f"“{choice}”" for choice in STYLE_LEVELS)
            self._misplaced(row, NARRATIVE_STYLE_COLUMN, style, f"不是样式；这一列只能是{choices}")
        return level

    def _misplaced(self, row: int, column: int, text: str, words: str) -> None:
        self._say("GX035", row, column, f"的文字“{text[:30]}”{words}，未读取")

    def _say(self, code: str, row: int, column: int, words: str) -> None:
        name = f"{self.cells.name}!{cell_name(row, column)}"
        self.findings.append(Finding(code, f"{name}{words}。", self.cells.place(row, column)))


@lru_cache(maxsize=8)
def _guidance_texts(edition_id: str) -> frozenset[str]:
    sections = EDITIONS[edition_id].sections
    parts = [part for section in sections for part in section.parts]
    texts = NARRATIVE_END, *(s.guidance for s in sections), *(p.guidance for p in parts)
    return frozenset((*texts, *map(folded, texts)))


def _level(text: str, level: int | None) -> int | None:
    """Without a style a numbered line is left to be judged; any other is a paragraph."""
    if level is None:
        return None if written_number(text.strip()) else 0
    return level
