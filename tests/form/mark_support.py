"""Faulty workbooks, and how two workbooks are compared cell by cell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import openpyxl

from gxgen.diagnostics import Diagnostic, Severity
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.form.layout import FINDINGS_SHEET
from gxgen.form.mark.workbook import mark_workbook
from gxgen.form.write.workbook import blank_workbook
from gxgen.places import SheetCell
from tests.factory import checked, make_report

Change = Callable[[Any], None]


@cache
def filled(edition: Edition = EDITIONS["2021"]) -> bytes:
    report = make_report(edition)
    return blank_workbook(edition, report.year, fill=report)


def changed(data: bytes, change: Change) -> bytes:
    """The workbook as openpyxl writes it after a change."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FAULTS = {
    ("表三", "G9"): 9,
    ("表三", "D12"): None,
    ("表三", "E14"): "十几件",
    ("表三", "F16"): "２",
    ("表二", "B7"): 1,
    ("表二", "B18"): 26550,
    ("表四", "B8"): "/",
    ("基本信息", "B7"): None,
}


def spoil(book: Any) -> None:
    for (sheet, cell), value in FAULTS.items():
        book[sheet][cell] = value


def mend(book: Any) -> None:
    good = openpyxl.load_workbook(io.BytesIO(filled()))
    for sheet, cell in FAULTS:
        book[sheet][cell] = good[sheet][cell].value


def faulty() -> tuple[bytes, list[Diagnostic]]:
    data, found = _faulty()
    return data, list(found)


@cache
def _faulty() -> tuple[bytes, tuple[Diagnostic, ...]]:
    data = changed(filled(), spoil)
    return data, tuple(checked(data).diagnostics)


def marked(data: bytes, diagnostics: list[Diagnostic]) -> bytes:
    copy = mark_workbook(data, diagnostics)
    assert copy is not None
    return copy


def finding(
    sheet: str, cell: tuple[int, int], severity: Severity = Severity.ERROR, message: str = "不对。"
) -> Diagnostic:
    place = SheetCell(sheet, *cell)
    return Diagnostic("GX101", "x", severity, message, "改一改。", "某局", 2022, "a.xlsx", place)


def load(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), rich_text=False)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {info.filename: archive.read(info) for info in archive.infolist()}


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part rewritten, or added."""
    members = parts(data)
    members[name] = change(members.get(name, b""))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, content in members.items():
            archive.writestr(part, content)
    return out.getvalue()


def marks(book: Any) -> set[tuple[str, str]]:
    """(sheet, cell) of every cell with a comment of ours."""
    return {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet
        for cell in row
        if cell.comment and "【填报检查】" in cell.comment.text
    }


_MARK = re.compile("FFFE[AD].{3}")
"""The fills of marks; the form itself has none of them."""


def coloured(book: Any) -> set[tuple[str, str]]:
    """(sheet, cell) of every cell of the form that bears the fill of a mark."""
    return {
        (sheet.title, cell.coordinate)
        for sheet in book
        if not sheet.title.startswith(FINDINGS_SHEET)
        for row in sheet
        for cell in row
        if cell.fill.fill_type == "solid" and _MARK.fullmatch(str(cell.fill.fgColor.rgb))
    }


def differences(before: bytes, after: bytes) -> Iterator[str]:
    """All that differs, the list, the comments and the fills of marked cells aside."""
    old, new = load(before), load(after)
    touched, painted = marks(new), coloured(new)
    sheets = [s for s in new.sheetnames if s != FINDINGS_SHEET]
    if old.sheetnames != sheets:
        yield f"sheets {sheets}"
    if {k: v.attr_text for k, v in old.defined_names.items()} != {
        k: v.attr_text for k, v in new.defined_names.items()
    }:
        yield "names"
    for name in old.sheetnames:
        yield from _sheet_differences(old[name], new[name], touched, painted)
    values = [openpyxl.load_workbook(io.BytesIO(d), data_only=True) for d in (before, after)]
    for name in old.sheetnames:
        if _values(values[0][name]) != _values(values[1][name]):
            yield f"{name}: cached values"


def _sheet_differences(
    old: Any, new: Any, marked_cells: set[tuple[str, str]], painted: set[tuple[str, str]]
) -> Iterator[str]:
    for what in (
        "merged_cells", "protection", "sheet_state", "freeze_panes", "print_area", "print_titles",
        "sheet_properties", "page_setup", "page_margins", "dimensions",
    ):  # fmt: skip
        if repr(getattr(old, what)) != repr(getattr(new, what)):
            yield f"{old.title}: {what}"
    for what, pair in {
        "validations": [repr(s.data_validations) for s in (old, new)],
        "conditional formats": [_formats(s) for s in (old, new)],
        "columns": [_sizes(s.column_dimensions) for s in (old, new)],
        "rows": [_sizes(s.row_dimensions) for s in (old, new)],
        "values": [_values(s) for s in (old, new)],
    }.items():
        if pair[0] != pair[1]:
            yield f"{old.title}: {what}"
    looks = [_looks(sheet.parent) for sheet in (old, new)]
    for row in old:
        for cell in row:
            twin, at = new[cell.coordinate], (old.title, cell.coordinate)
            for aspect in looks[0]:
                same = len({_look(looks[i], aspect, c) for i, c in enumerate((cell, twin))}) == 1
                if same is (at in painted and aspect == "fill"):
                    yield f"{old.title}!{cell.coordinate}: {aspect}"
            yield from _comment_differences(cell, twin, at in marked_cells)


def _looks(book: Any) -> dict[str, list[str]]:
    """Each style collection as text, so that indexes of two workbooks can be compared."""
    collections = {
        "font": book._fonts, "fill": book._fills, "border": book._borders,
        "alignment": book._alignments, "protection": book._protections,
    }  # fmt: skip
    return {name: [repr(x) for x in found] for name, found in collections.items()} | {"numFmt": []}


def _look(looks: dict[str, list[str]], aspect: str, cell: Any) -> str:
    if aspect == "numFmt":
        return cell.number_format
    return looks[aspect][getattr(cell._style, f"{aspect}Id") if cell.has_style else 0]


def _comment_differences(old: Any, new: Any, touched: bool) -> Iterator[str]:
    theirs = old.comment.text if old.comment else ""
    ours = new.comment.text if new.comment else ""
    if (ours != theirs) is not touched or not ours.startswith(theirs):
        yield f"{old.parent.title}!{old.coordinate}: comment"


def _formats(sheet: Any) -> list[str]:
    return [f"{f.sqref} {[repr(r) for r in f.rules]}" for f in sheet.conditional_formatting]


def _sizes(dimensions: Any) -> dict[Any, Any]:
    return {k: (d.hidden, getattr(d, "width", None), getattr(d, "height", None))
            for k, d in dimensions.items()}  # fmt: skip


def _values(sheet: Any) -> dict[str, Any]:
    return {c.coordinate: c.value for row in sheet for c in row if c.value is not None}
