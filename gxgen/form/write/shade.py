"""What a table's sheet refuses and what it shows in red: validation and conditional formats."""

from __future__ import annotations

from typing import Any

from gxgen.a1 import column_letters
from gxgen.editions.schema import FieldKey, Kind
from gxgen.form.write.canvas import (
    AMBER_FILL,
    AMBER_INK,
    CELL,
    GREEN_FILL,
    GREEN_INK,
    RED_FILL,
    RED_INK,
    Sheet,
)
from gxgen.form.write.formula import (
    BALANCED,
    DIFFERENCE,
    NOT_A_NUMBER,
    Figures,
    Rectangle,
    rectangles,
)
from gxgen.form.write.table_layout import TableLayout

STATUS = Rectangle(2, 0)
"""The line over the grid that says how the table stands."""

_LIMIT = 999_999_999


def shade_table(sheet: Sheet, layout: TableLayout, figures: Figures) -> None:
    """Colour the checks by their verdict, and the figures of a broken identity red."""
    red = sheet.book.mark(font_color=RED_INK, bg_color=RED_FILL, bold=True)
    checks = [*layout.row_checks, *(c for line in layout.check_lines for c in line.checks)]
    _shade_verdicts(sheet, [check.area for check in checks], red)
    _shade_status(sheet)
    for kind, keys in _inputs_by_kind(layout, figures).items():
        areas = figures.areas(keys)
        sheet.shade(areas, unfit(kind), red, stop=True)
    for check in checks:
        if check.identity:
            areas = figures.areas(check.identity.keys)
            verdict = f"${column_letters(check.area.column)}${check.area.row + 1}"
            sheet.shade(areas, f'COUNTIF({verdict},"{DIFFERENCE}*")>0', red)
    _hide_empty_totals(sheet, layout, figures)


def validate_table(sheet: Sheet, layout: TableLayout, figures: Figures) -> None:
    """Refuse while typing what cannot be a figure."""
    for kind, keys in _inputs_by_kind(layout, figures).items():
        areas = figures.areas(keys)
        sheet.validate(areas, _validation(kind, _corner(areas)))


def _shade_verdicts(sheet: Sheet, areas: list[Rectangle], red: Any) -> None:
    areas = rectangles((area.row, area.column) for area in areas)
    green = sheet.book.mark(font_color=GREEN_INK, bg_color=GREEN_FILL)
    amber = sheet.book.mark(font_color=AMBER_INK, bg_color=AMBER_FILL)
    sheet.shade(areas, f'{CELL}="{BALANCED}"', green, stop=True)
    faulty = f'OR(COUNTIF({CELL},"{DIFFERENCE}*")>0,{CELL}="{NOT_A_NUMBER}")'
    sheet.shade(areas, faulty, red, stop=True)
    sheet.shade(areas, f"LEN({CELL})>0", amber)


def _shade_status(sheet: Sheet) -> None:
    good = f'COUNTIF({STATUS},"{BALANCED}*")'
    sheet.shade([STATUS], f"{good}>0", sheet.book.mark(font_color=GREEN_INK))
    sheet.shade([STATUS], f"{good}=0", sheet.book.mark(font_color=RED_INK))


def _hide_empty_totals(sheet: Sheet, layout: TableLayout, figures: Figures) -> None:
    """A total of nothing but blanks would print as 0, which nobody has reported."""
    hidden = sheet.book.mark(num_format=";;;")
    for key in layout.fields:
        if key in figures.live:
            inputs = figures.inputs([key])
            empty = f"{figures.blanks([key]).text}={len(inputs)}"
            sheet.shade(figures.areas([key]), empty, hidden)


def _inputs_by_kind(layout: TableLayout, figures: Figures) -> dict[Kind, list[FieldKey]]:
    found: dict[Kind, list[FieldKey]] = {}
    for key, field in layout.fields.items():
        if key not in figures.live:
            found.setdefault(field.kind, []).append(key)
    return found


def _corner(areas: list[Rectangle]) -> str:
    return str(Rectangle(areas[0].row, areas[0].column))


def unfit(kind: Kind, cell: str = CELL) -> str:
    """A formula that holds when a cell's content cannot be a figure of that kind."""
    if kind is Kind.MONEY:
        return (
            f"AND(LEN({cell})>0,"
            f"IF(ISNUMBER({cell}*1),OR({cell}*1<0,ROUND({cell}*1,4)<>{cell}*1),TRUE))"
        )
    whole = f"IF(ISNUMBER({cell}),ROUND({cell},0)<>{cell},TRUE)"
    if kind is Kind.COUNT:
        whole = f"IF(ISNUMBER({cell}),OR({cell}<0,ROUND({cell},0)<>{cell}),TRUE)"
    return f"AND(LEN({cell})>0,{whole})"


def _validation(kind: Kind, cell: str) -> dict[str, Any]:
    match kind:
        case Kind.COUNT:
            return {
                "validate": "whole",
                "criteria": "between",
                "minimum": 0,
                "maximum": _LIMIT,
                "error_title": "这里只能填整数",
                "error_message": "请填 0 或正整数，例如 12；不要带“件”等单位。没有发生的填 0。",
            }
        case Kind.SIGNED:
            return {
                "validate": "whole",
                "criteria": "between",
                "minimum": -_LIMIT,
                "maximum": _LIMIT,
                "input_title": "增加填正数，减少填负数",
                "input_message": "例如增加 3 项填 3，减少 4 项填 -4，没有变化填 0。",
                "error_title": "这里只能填整数",
                "error_message": "增加填正整数，减少填负整数（例如 -4），没有变化填 0。",
            }
        case Kind.MONEY:
            return {
                "validate": "custom",
                "value": f"=AND(ISNUMBER({cell}),{cell}>=0,ROUND({cell},4)={cell})",
                "input_title": "单位：万元",
                "input_message": "例如 251000 元填 25.1；最多四位小数；没有收费填 0。",
                "error_title": "这里只能填万元数",
                "error_message": "请填 0 或正数，最多四位小数，不带单位；例如 251000 元填 25.1。",
            }
