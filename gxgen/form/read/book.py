"""One workbook: its sheets by name, each read when it is asked for."""

from __future__ import annotations

from functools import cached_property

from gxgen.diagnostics import Finding
from gxgen.form.read.cells import (
    NamelessError,
    SheetCells,
    Strings,
    TooMuchError,
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
        # Conditional formats are looked at where one of them may hide something.
        hiding = bool(self._styles.changes) or b'showValue="0"' in self.file.read(part)
        root = self.file.tree(part, f"工作表“{name}”", whole=hiding)
        try:
            return read_cells(name, root, self._strings, self._styles)
        except NamelessError as error:
            raise PartError(damaged(self.file.name, f"工作表“{name}”{error}")) from None
        except (LookupError, ValueError):
            raise PartError(damaged(self.file.name, f"工作表“{name}”读不出来")) from None
        except TooMuchError as error:
            raise PartError(_too_large(name, str(error))) from None

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


def _too_large(name: str, what: str) -> Finding:
    hint = "请删除表格以外的行和列（选中后“删除”），保存后再交。"
    return Finding("GX009", f"工作表“{name}”{what}，未读取。", Sheet(name), hint=hint)
