"""The cells of one sheet: calamine's values, with the guard's word on formulas and errors."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gxgen.a1 import cell_name
from gxgen.diagnostics import Finding
from gxgen.form.read.file import FormFile, PartError, damaged
from gxgen.form.read.guard import MAX_COLUMNS, MAX_ROWS, Guard, MalformedSheetError, scan
from gxgen.form.read.names import Names, read_names
from gxgen.places import Sheet, SheetCell

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

Cell = object
"""What calamine gives: str, float, bool, date, time …; ``''`` for a blank."""


@lru_cache(maxsize=8192)
def place(sheet: str, row: int, column: int) -> SheetCell:
    """A cell's place; the same few thousand recur in every workbook of a county."""
    return SheetCell(sheet, row, column)


@dataclass(frozen=True, slots=True)
class SheetCells:
    """All cells of one sheet from A1, as rows."""

    name: str
    rows: list[list[Cell]]
    guard: Guard

    def at(self, row: int, column: int) -> Cell:
        """The cell's value; None where it is blank or beyond the used area."""
        if row < 0 or column < 0:
            return None
        try:
            value = self.rows[row][column]
        except IndexError:
            return None
        return None if value == "" else value

    def place(self, row: int, column: int) -> SheetCell:
        """The place of a cell."""
        return place(self.name, row, column)


class Book:
    """One workbook: its names, and its sheets on demand."""

    def __init__(self, file: FormFile) -> None:
        """Parse the workbook part.

        Raises:
            PartError: the workbook cannot be read.
        """
        self.file = file
        self.names: Names = read_names(file)
        self._sheets: dict[str, SheetCells | None] = {}
        self._calamine: CalamineWorkbook | None = None

    def sheet(self, name: str) -> SheetCells | None:
        """A sheet's cells; None if there is none of that name.

        Raises:
            PartError: it is damaged or too large.
        """
        if name not in self._sheets:
            self._sheets[name] = self._read(name)
        return self._sheets[name]

    def _read(self, name: str) -> SheetCells | None:
        part = self.names.sheets.get(name)
        if not part or not part.startswith("xl/worksheets/"):
            return None
        file = self.file.name
        try:
            guard = scan(self.file.read(part))
        except MalformedSheetError:
            raise PartError(damaged(file, f"工作表“{name}”不是完整的 XML")) from None
        if guard.too_large is not None:
            raise PartError(_too_large(name, guard.too_large))
        return SheetCells(name, self._values(name), guard)

    def _values(self, name: str) -> list[list[Cell]]:
        file = self.file.name
        try:
            if self._calamine is None:
                self._calamine = self._open()
            sheet = self._calamine.get_sheet_by_name(name)
            values: list[list[Any]] = sheet.to_python(skip_empty_area=False)
            return values
        except PartError:
            raise
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit | MemoryError):
                raise
            # A panic of the Rust side arrives as a BaseException of its own.
            raise PartError(damaged(file, f"工作表“{name}”读不出来")) from None

    def _open(self) -> CalamineWorkbook:
        from python_calamine import CalamineWorkbook

        for part in ("xl/sharedStrings.xml", "xl/styles.xml"):
            if part in self.file.package:
                self.file.read(part)
        return CalamineWorkbook.from_filelike(io.BytesIO(self.file.package.data))


def _too_large(name: str, last: tuple[int, int]) -> Finding:
    message = (
        f"工作表“{name}”的内容一直写到{cell_name(*last)}，"
        f"超出{MAX_ROWS}行或{MAX_COLUMNS}列，未读取。"
    )
    return Finding(
        "GX009", message, Sheet(name), hint="请删除表格以外的行和列（选中后“删除”），保存后再交。"
    )
