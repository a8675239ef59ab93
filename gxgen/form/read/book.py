"""One workbook: its sheets by name, each read when it is asked for."""

from __future__ import annotations

from functools import cached_property

from gxgen.a1 import Position, cell_name
from gxgen.diagnostics import Finding
from gxgen.form.read.cells import (
    MAX_COLUMNS,
    MAX_ROWS,
    SheetCells,
    Strings,
    read_cells,
    shared_strings,
)
from gxgen.form.read.file import FormFile, PartError, damaged
from gxgen.form.read.names import Names, read_names
from gxgen.form.read.styles import Styles, read_styles
from gxgen.places import Sheet


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

    def sheet(self, name: str) -> SheetCells | None:
        """A sheet's cells; None if there is none of that name.

        Raises:
            PartError: it is damaged or too large.
        """
        if name not in self._sheets:
            part = self.names.sheets.get(name, "")
            self._sheets[name] = self._read(name, part) if part else None
        return self._sheets[name]

    def _read(self, name: str, part: str) -> SheetCells:
        root = self.file.tree(part, f"工作表“{name}”", whole=False)
        try:
            cells = read_cells(name, root, self._strings, self._styles)
        except (LookupError, ValueError):
            raise PartError(damaged(self.file.name, f"工作表“{name}”读不出来")) from None
        row, column = cells.last
        if row >= MAX_ROWS or column >= MAX_COLUMNS:
            raise PartError(_too_large(name, cells.last))
        return cells

    @cached_property
    def _strings(self) -> Strings:
        part = self.names.strings
        return shared_strings(self.file.tree(part)) if part in self.file.package else Strings()

    @cached_property
    def _styles(self) -> Styles:
        part = self.names.styles
        if part not in self.file.package:
            return Styles()
        with self.file.explained(part):
            return read_styles(self.file.read(part), since_1904=self.names.since_1904)


def _too_large(name: str, last: Position) -> Finding:
    message = (
        f"工作表“{name}”的内容一直写到{cell_name(*last)}，"
        f"超出{MAX_ROWS}行或{MAX_COLUMNS}列，未读取。"
    )
    return Finding(
        "GX009", message, Sheet(name), hint="请删除表格以外的行和列（选中后“删除”），保存后再交。"
    )
