"""A filled form taken apart, to be damaged in one place and put together again."""

from __future__ import annotations

import io
import re
import zipfile
from html import escape

from gxgen.a1 import column_letters, column_number
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.form.read.workbook import Reading, read_workbook
from gxgen.form.write.workbook import blank_workbook
from tests.factory import make_report

FILE = "垟塆县𡌴里镇人民政府.xlsx"
_FILLED: dict[str, bytes] = {}


def filled(edition: str = "2021") -> bytes:
    """A form filled without fault."""
    if edition not in _FILLED:
        report = make_report(EDITIONS[edition])
        _FILLED[edition] = blank_workbook(report.edition, report.year, fill=report)
    return _FILLED[edition]


class Form:
    """The parts of a filled form; each method does to it what people and programs do."""

    def __init__(self, edition: str = "2021", data: bytes | None = None) -> None:
        self.edition: Edition = EDITIONS[edition]
        with zipfile.ZipFile(io.BytesIO(data or filled(edition))) as archive:
            self.parts = {i.filename: archive.read(i) for i in archive.infolist()}

    def data(self) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return out.getvalue()

    def read(self) -> Reading:
        return read_workbook(self.data(), FILE)

    @property
    def sheets(self) -> list[str]:
        return re.findall(r'<sheet name="([^"]+)"', self.parts["xl/workbook.xml"].decode())

    def value(self, key: str) -> int:
        return self.read().report.values[key]

    # -- parts ---------------------------------------------------------------------------------

    def part(self, sheet: str) -> str:
        book = self.parts["xl/workbook.xml"].decode()
        rid = re.search(rf'<sheet name="{re.escape(sheet)}"[^>]*r:id="([^"]+)"', book)[1]
        rels = self.parts["xl/_rels/workbook.xml.rels"].decode()
        target = re.search(rf'Id="{rid}"[^>]*Target="([^"]+)"', rels)
        return "xl/" + target[1]

    def edit(self, part: str, pattern: str, new: str, times: int = 1) -> Form:
        """Replace a regular expression in a part; at least one match must be there."""
        text, count = re.subn(pattern, new, self.parts[part].decode(), count=times, flags=re.S)
        assert count, f"{part}: no {pattern}"
        self.parts[part] = text.encode()
        return self

    def put_raw(self, place: str, attributes: str, inner: str) -> Form:
        """Replace a cell by raw XML, its style kept; the cell is made if it is not there."""
        sheet, cell = place.split("!")
        part = self.part(sheet)
        text = self.parts[part].decode()
        whole = rf'<c r="{cell}"([^>]*?)(?:/>|>.*?</c>)'
        found = re.search(whole, text, re.S)
        new = f'<c r="{cell}"{attributes}>{inner}</c>'
        if found:
            style = re.search(r' s="\d+"', found[1])
            new = f'<c r="{cell}"{style[0] if style else ""}{attributes}>{inner}</c>'
            text = text[: found.start()] + new + text[found.end() :]
        else:
            row = int(re.sub("[A-Z]+", "", cell))
            text = _insert_cell(text, row, new)
        self.parts[part] = text.encode()
        return self

    def put(self, place: str, value: str | float | bool | None) -> Form:
        """Type a value into a cell."""
        if value is None:
            return self.put_raw(place, "", "")
        if isinstance(value, bool):
            return self.put_raw(place, ' t="b"', f"<v>{int(value)}</v>")
        if isinstance(value, str):
            text = f'<is><t xml:space="preserve">{escape(value)}</t></is>'
            return self.put_raw(place, ' t="inlineStr"', text)
        return self.put_raw(place, "", f"<v>{value!r}</v>")

    def error(self, place: str, error: str) -> Form:
        return self.put_raw(place, ' t="e"', f"<v>{error}</v>")

    def formula(self, place: str, formula: str, value: float | str | None = None) -> Form:
        cached = "" if value is None else f"<v>{value}</v>"
        kind = ' t="str"' if isinstance(value, str) else ""
        return self.put_raw(place, kind, f"<f>{escape(formula)}</f>{cached}")

    def forget(self, sheet: str) -> Form:
        """Take the cached results off all formulas, as programs do that do not calculate."""
        return self.edit(self.part(sheet), r"</f><v>[^<]*</v>", "</f>", times=0)

    def date(self, place: str) -> Form:
        """A cell with a date format: a style of the form's own date field."""
        sheet = self.parts[self.part("基本信息")].decode()
        style = re.search(r'<c r="B9" s="(\d+)"', sheet)[1]
        sheet_name, cell = place.split("!")
        part = self.part(sheet_name)
        new = f'<c r="{cell}" s="{style}"><v>45304</v></c>'
        return self.edit(part, rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)', new)

    # -- sheets --------------------------------------------------------------------------------

    def rename(self, old: str, new: str) -> Form:
        book = self.parts["xl/workbook.xml"].decode()
        book = book.replace(f'<sheet name="{old}"', f'<sheet name="{new}"')
        quoted = new.replace("'", "''")
        self.parts["xl/workbook.xml"] = book.replace(f"'{old}'!", f"'{quoted}'!").encode()
        return self

    def delete(self, sheet: str) -> Form:
        """As a spreadsheet does it: names point to #REF!."""
        book = self.parts["xl/workbook.xml"].decode()
        book = re.sub(rf'<sheet name="{sheet}"[^>]*/>', "", book)
        book = re.sub(rf"'{sheet}'!(\$[A-Z]+\$\d+)", r"#REF!\1", book)
        book = re.sub(r"<definedName name=\"_xlnm[^>]*>[^<]*</definedName>", "", book)
        self.parts["xl/workbook.xml"] = book.encode()
        return self

    def copy(self, sheet: str, name: str, *, scoped: bool = True) -> Form:
        """As a spreadsheet does it: the copy gets names of its own, of sheet scope."""
        self.parts["xl/worksheets/copy.xml"] = self.parts[self.part(sheet)]
        self.edit(
            "xl/_rels/workbook.xml.rels",
            "</Relationships>",
            '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/'
            '2006/relationships/worksheet" Target="worksheets/copy.xml"/></Relationships>',
        )
        self.edit(
            "[Content_Types].xml",
            "</Types>",
            '<Override PartName="/xl/worksheets/copy.xml" ContentType="application/vnd.'
            'openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        )
        book = self.parts["xl/workbook.xml"].decode()
        index = book.count("<sheet ")
        new = f'<sheet name="{name}" sheetId="99" r:id="rId99"/></sheets>'
        self.edit("xl/workbook.xml", "</sheets>", new)
        if scoped:
            own = re.findall(
                rf"<definedName name=\"(gx\.[^\"]+)\">'{sheet}'!([^<]+)</definedName>", book
            )
            names = "".join(
                f'<definedName name="{key}" localSheetId="{index}">\'{name}\'!{at}</definedName>'
                for key, at in own
            )
            self.edit("xl/workbook.xml", "</definedNames>", names + "</definedNames>")
        return self

    def drop_names(self, pattern: str = r"gx\.") -> Form:
        """Names lost, as when sheets are pasted into another workbook."""
        book = self.parts["xl/workbook.xml"].decode()
        book = re.sub(rf'<definedName name="{pattern}[^"]*"[^>]*>[^<]*</definedName>', "", book)
        self.parts["xl/workbook.xml"] = book.encode()
        return self

    def point(self, key: str, target: str) -> Form:
        """Make a name point elsewhere, as cutting and pasting its cell does."""
        pattern = rf'(<definedName name="gx\.{re.escape(key)}">)[^<]*'
        return self.edit("xl/workbook.xml", pattern, rf"\g<1>{target}")

    def insert_row(self, sheet: str, row: int) -> Form:
        """Insert an empty row above ``row`` (1-based): cells, merges and names move down."""
        return self._shift(sheet, lambda c, r: (c, r + 1 if r >= row else r))

    def delete_row(self, sheet: str, row: int) -> Form:
        """Delete a row: names of its cells point to #REF!."""
        part = self.part(sheet)
        self.edit(part, rf'<row r="{row}"[^>]*>.*?</row>', "")
        pattern = rf"'{sheet}'!\$[A-Z]+\${row}(?!\d)"
        self.edit("xl/workbook.xml", pattern, "#REF!", times=0)
        return self._shift(sheet, lambda c, r: (c, r - 1 if r > row else r))

    def insert_column(self, sheet: str, column: str) -> Form:
        """Insert an empty column before ``column``."""
        at = column_number(column)
        return self._shift(sheet, lambda c, r: (c + 1 if c >= at else c, r))

    def _shift(self, sheet: str, move) -> Form:
        part = self.part(sheet)

        def cell(match: re.Match[str]) -> str:
            column, row = move(column_number(match[2]), int(match[4]))
            return f"{match[1]}{column_letters(column)}{match[3]}{row}"

        text = self.parts[part].decode()
        text = re.sub(r'(<row r=")(\d+)', lambda m: m[1] + str(move(0, int(m[2]))[1]), text)
        text = re.sub(r'(<c r=")([A-Z]+)()(\d+)', cell, text)
        head, merges, tail = re.split(r"(<mergeCells.*?</mergeCells>)", text, flags=re.S)
        merges = re.sub(r'(["|:])([A-Z]+)()(\d+)(?=[":])', cell, merges)
        self.parts[part] = (head + merges + tail).encode()
        names = self.parts["xl/workbook.xml"].decode()
        names = re.sub(rf"('{sheet}'!\$)([A-Z]+)(\$)(\d+)", cell, names)
        self.parts["xl/workbook.xml"] = names.encode()
        return self


def _insert_cell(text: str, row: int, cell: str) -> str:
    """Append a cell to its row; the row is made at the end if need be."""
    found = re.search(rf'<row r="{row}"[^>]*?(/>|>.*?</row>)', text, re.S)
    if found is None:
        return text.replace("</sheetData>", f'<row r="{row}">{cell}</row></sheetData>')
    if found[1] == "/>":
        whole = found[0][:-2] + f">{cell}</row>"
    else:
        whole = found[0][: -len("</row>")] + cell + "</row>"
    return text[: found.start()] + whole + text[found.end() :]
