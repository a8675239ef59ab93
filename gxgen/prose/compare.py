"""What a text file says of its agency, its date and its figures, against the workbook."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal

from gxgen.diagnostics import Finding, Related
from gxgen.editions.declared import EDITIONS
from gxgen.editions.grid import Grid
from gxgen.editions.schema import FieldKey
from gxgen.letters import squeezed
from gxgen.model.agency_names import is_called
from gxgen.model.report import Report, Value
from gxgen.places import DocumentCell, FilePart
from gxgen.prose.frame import sign_off_parts
from gxgen.prose.neighbour import NeighbourReading
from gxgen.prose.raw import RawTable
from gxgen.prose.tables import Rows, is_figure, table_of
from gxgen.prose.title import title_parts

SHOWN = 3
"""Differing cells that a message names."""
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


def compare(report: Report, reading: NeighbourReading, file: str) -> Iterator[Finding]:
    """Whatever in the file belongs to another agency or year, or differs from the workbook."""
    yield from _title(report, reading, file)
    if reading.under and not is_called(report.agency, reading.under):
        message = (
            f"{file} 的标题下写的单位是“{reading.under}”，填报表的单位是“{report.agency.name}”。"
        )
        yield Finding("GX074", message, FilePart(file), quote=reading.under)
    yield from _sign_off(report, reading.sign_off, file)
    for table in reading.tables:
        yield from _table(report, table, file)


def _title(report: Report, reading: NeighbourReading, file: str) -> Iterator[Finding]:
    title = reading.title
    parts = title_parts(title) if title else None
    if title is None or parts is None:
        return
    agency, year = parts
    names = reading.agencies or ((agency,) if agency else ())
    own = not names or any(is_called(report.agency, name) for name in names)
    if not own or year not in (None, report.year):
        whose = "" if own or agency else f"，标题下的单位是“{names[0]}”"
        message = (
            f"{file} 的标题是“{title}”{whose}，填报表却是{report.agency.name}{report.year}年度的；"
            "文件放错了，或标题没有改。"
        )
        yield Finding("GX073", message, FilePart(file), quote=title)


def _sign_off(report: Report, lines: tuple[str, ...], file: str) -> Iterator[Finding]:
    agency, date = sign_off_parts(lines)
    own = report.sign_off.date
    if agency and not is_called(report.agency, agency):
        message = f"{file} 的落款单位是“{agency}”，填报表的单位是“{report.agency.name}”。"
        yield Finding("GX074", message, FilePart(file), quote=agency)
    if date and own and date != own:
        message = f"{file} 的落款日期是{_shown(date)}，填报表“基本信息”里是{_shown(own)}。"
        yield Finding("GX074", message, FilePart(file), quote=lines[-1])


def _shown(date: dt.date) -> str:
    return f"{date.year}年{date.month}月{date.day}日"


def _table(report: Report, table: RawTable, file: str) -> Iterator[Finding]:
    place = DocumentCell(file, table.number, 1, 1)
    where = f"{file} 的第{table.number}个表格"
    key = table_of(table.rows, (report.edition,))
    if key is None:
        other = next((e for e in EDITIONS.values() if table_of(table.rows, (e,))), None)
        of = f"{other.first_year}年起" if other else "另一年"
        message = f"{where}是{of}的格式，不是{report.year}年度的；没有与工作簿核对。"
        yield Finding("GX072", message, place)
        return
    cells = _figures(report.edition.grids[key], table.rows)
    if cells is None:
        message = f"{where}的行或列与格式规定的不同，没有与工作簿核对；印出的是工作簿里的数。"
        yield Finding("GX072", message, place)
        return
    differing = [
        (DocumentCell(file, table.number, row + 1, cell + 1), figure, text)
        for figure, (row, cell, text) in cells.items()
        if _differs(text, report.values.get(figure))
    ]
    if differing:
        yield _difference(report, where, differing)


def _figures(grid: Grid, rows: Rows) -> dict[FieldKey, tuple[int, int, str]] | None:
    """(row, cell, text) of each figure; None where the rows cannot be told apart for sure."""
    lines: dict[int, list[FieldKey]] = {}
    for key, cell in grid.figures.items():
        lines.setdefault(cell.row, []).append(key)
    if len(rows) == grid.rows:
        numbers = sorted(lines)
    else:
        numbers = [at for at, row in enumerate(rows) if row and is_figure(row[-1])]
    if len(numbers) != len(lines):
        return None
    found = {}
    for number, (_, keys) in zip(numbers, sorted(lines.items()), strict=True):
        first = len(rows[number]) - len(keys)
        if first < 0:
            return None
        for offset, key in enumerate(keys, first):
            found[key] = number, offset, rows[number][offset]
    return found


def _differs(text: str, value: Value | None) -> bool:
    """Whether a cell holds a number other than the workbook's; blanks and dashes hold none."""
    number = _NUMBER.match(squeezed(text).replace(",", ""))
    return number is not None and (value is None or Decimal(number.group()) != value)


def _difference(
    report: Report, where: str, differing: list[tuple[DocumentCell, FieldKey, str]]
) -> Finding:
    named = "；".join(
        f"第{cell.row}行第{cell.cell}格“{report.edition.fields[key].label}”是{text.strip()}，"
        f"{report.place(key) or '工作簿'} 是{_value(report, key)}"
        for cell, key, text in differing[:SHOWN]
    )
    more = "等" if len(differing) > SHOWN else ""
    message = f"{where}有 {len(differing)} 个数与工作簿不同：{named}{more}。印出的是工作簿里的数。"
    cell, key, text = differing[0]
    related = tuple(Related(k, report.place(k)) for _, k, _ in differing)
    return Finding("GX072", message, cell, key=key, related=related, quote=text.strip())


def _value(report: Report, key: FieldKey) -> str:
    value = report.values.get(key)
    return "空" if value is None else str(value)
