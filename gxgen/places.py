"""Where a datum came from. A place is made once, when the datum is read, and carried along."""

from __future__ import annotations

from dataclasses import dataclass

from gxgen.a1 import cell_name


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell of a workbook; ``row`` and ``column`` are 0-based."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """The cell's own name, as a spreadsheet shows it: ``G9``."""
        return cell_name(self.row, self.column)

    def __str__(self) -> str:
        """What a clerk reads: ``表三!G9``."""
        return f"{self.sheet}!{self.cell}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet of a workbook."""

    sheet: str

    def __str__(self) -> str:
        """What a clerk reads: ``工作表“表三”``."""
        return f"工作表“{self.sheet}”"


@dataclass(frozen=True, slots=True)
class FilePart:
    """A whole file, or a named part of it (``word/footer1.xml``)."""

    file: str
    part: str | None = None

    def __str__(self) -> str:
        """The file name, with the part where there is one."""
        return self.file if self.part is None else f"{self.file} 的 {self.part}"


@dataclass(frozen=True, slots=True)
class DocumentParagraph:
    """A paragraph of a text or Word document, counted from 1; ``part`` names header or footer."""

    file: str
    number: int
    part: str = "正文"

    def __str__(self) -> str:
        """What a person reads: ``report-2021.docx 正文第3段``."""
        return f"{self.file} {self.part}第{self.number}段"


@dataclass(frozen=True, slots=True)
class DocumentCell:
    """A cell of a table of a Word document; table, row and cell counted from 1."""

    file: str
    table: int
    row: int
    cell: int

    def __str__(self) -> str:
        """What a person reads: ``report-2021.docx 第2个表格第3行第4格``."""
        return f"{self.file} 第{self.table}个表格第{self.row}行第{self.cell}格"


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a text file, or one cell of it where its cells are told apart; from 1."""

    file: str
    line: int
    cell: int | None = None

    def __str__(self) -> str:
        """What a person reads: ``report.txt 第58行第3格``."""
        return f"{self.file} 第{self.line}行" + (f"第{self.cell}格" if self.cell else "")


@dataclass(frozen=True, slots=True)
class PageCell:
    """A cell of a table on a page; page, table, row and column counted from 1."""

    file: str
    page: int
    table: int
    row: int
    column: int

    def __str__(self) -> str:
        """What a person reads: ``report.pdf 第3页第1个表格第5行第2列``."""
        return f"{self.file} 第{self.page}页第{self.table}个表格第{self.row}行第{self.column}列"


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of text on a page, both counted from 1."""

    file: str
    page: int
    line: int

    def __str__(self) -> str:
        """What a person reads: ``report.pdf 第3页第12行``."""
        return f"{self.file} 第{self.page}页第{self.line}行"


Published = DocumentParagraph | DocumentCell | TextLine | PageCell | PageLine
"""A place in a document that is no form."""
Place = SheetCell | Sheet | FilePart | Published
