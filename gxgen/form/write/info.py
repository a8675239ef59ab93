"""The sheets of small fields: 基本信息, 说明 and the hidden one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from gxgen.form.layout import (
    ANSWERS_COLUMNS,
    ANSWERS_ROWS,
    ANSWERS_SHEET,
    ANSWERS_TOP,
    INFO_FIELDS,
    INFO_GUIDANCE_COLUMN,
    INFO_LABEL_COLUMN,
    INFO_SHEET,
    INFO_TOP,
    INFO_VALUE_COLUMN,
    META_KEYS,
    META_SHEET,
    NAME_PREFIX,
    SIGN_OFF_CHOICES,
    InfoField,
)
from gxgen.form.write.canvas import (
    AMBER_FILL,
    CELL,
    GREY_LINE,
    HEAD_FILL,
    HEAD_FONT,
    INPUT_FILL,
    Book,
    Content,
    Sheet,
)
from gxgen.form.write.formula import Formula, Rectangle
from gxgen.model.agency import Agency
from gxgen.model.report import Report, SignOff, SignOffForm

DATE_FORMAT = 'yyyy"年"m"月"d"日"'
_INFO_HEADS = ("项目", "填写", "说明")
_ANSWER_WIDTHS = (12, 14, 70, 16)
_ANSWER_GUIDANCE = (
    "检查结果中标“核实”的，经核对数字确实无误，请在这里逐条说明；没有就空着。"
    "数字改动后，原来的说明不再算数，须重新核对。"
)


def info_values(year: int, agency: Agency | None, sign_off: SignOff) -> dict[str, Content]:
    """What sheet 基本信息 starts with, by field key."""
    known: dict[str, Content] = {"report.year": year, "sign_off.date": sign_off.date}
    known["sign_off.form"] = _choice(sign_off.form)
    if agency is not None:
        known["agency.name"] = agency.name
        known["agency.short_name"] = agency.short_name
        known["agency.kind"] = agency.kind and agency.kind.value
        known |= {f"contact.{key}": value for key, value in asdict(agency.contact).items()}
    return known


def info_cell(key: str) -> str:
    """A reference from another sheet to a field's value."""
    return f"'{INFO_SHEET}'!{Rectangle(_row(key), INFO_VALUE_COLUMN)}"


def missing_info(values: Mapping[str, Content]) -> Formula:
    """How many fields that must be filled are blank."""
    required = [field.key for field in INFO_FIELDS if field.required]
    form, date = info_cell("sign_off.form"), info_cell("sign_off.date")
    dated = _choice(SignOffForm.AGENCY_AND_DATE)
    terms = [f"COUNTBLANK({info_cell(key)})" for key in required]
    terms.append(f'IF(AND(OR({form}="{dated}",{form}=""),{date}=""),1,0)')
    count = sum(not values.get(key) for key in required)
    undated = values.get("sign_off.form") in (None, dated) and not values.get("sign_off.date")
    return Formula("=" + "+".join(terms), count + undated)


def write_info(book: Book, values: Mapping[str, Content], first_year: int, last_year: int) -> None:
    """Sheet 基本信息."""
    sheet = book.sheet(INFO_SHEET)
    for column, width in enumerate((16, 52, 50)):
        sheet.raw.set_column(column, column, width)
    title(
        sheet,
        INFO_SHEET,
        "填黄色格；注明“必填”的不能空着。标题、落款和各表的单位名称、年度都从这里来。",
        3,
    )
    heads(sheet, INFO_TOP - 1, _INFO_HEADS)
    for field in INFO_FIELDS:
        _info_row(sheet, field, values)
    _info_validation(sheet, first_year, last_year, _next_year(values))
    last = INFO_TOP + len(INFO_FIELDS)
    sheet.raw.freeze_panes(INFO_TOP, 0)
    sheet.page(Rectangle(0, 0, last, 3))
    sheet.protect()


def write_answers(book: Book, fill: Report | None) -> None:
    """Sheet 说明."""
    sheet = book.sheet(ANSWERS_SHEET)
    for column, width in enumerate(_ANSWER_WIDTHS):
        sheet.raw.set_column(column, column, width)
    title(sheet, "对核实事项的说明", _ANSWER_GUIDANCE, len(ANSWERS_COLUMNS))
    heads(sheet, ANSWERS_TOP - 1, ANSWERS_COLUMNS)
    style = input_style(book, num_format="@", text_wrap=True, align="left")
    answers = fill.answers if fill else ()
    rows: list[tuple[str, ...]] = [(a.code, a.cell, a.reason, a.figures) for a in answers]
    rows += [("",) * len(ANSWERS_COLUMNS)] * (ANSWERS_ROWS - len(rows))
    for row, cells in enumerate(rows, ANSWERS_TOP):
        for column, text in enumerate(cells):
            sheet.put(row, column, text, style)
    sheet.raw.freeze_panes(ANSWERS_TOP, 0)
    sheet.page(
        Rectangle(0, 0, ANSWERS_TOP + len(rows), len(ANSWERS_COLUMNS)), repeat=ANSWERS_TOP - 1
    )
    sheet.protect()


def write_meta(book: Book, values: Mapping[str, Content]) -> None:
    """The hidden sheet that says which form this is; ``values`` by META_KEYS."""
    sheet = book.sheet(META_SHEET)
    plain = book.style()
    for row, key in enumerate(META_KEYS):
        sheet.put(row, 0, key, plain)
        sheet.put(row, 1, values[key], plain)
        book.name(f"{NAME_PREFIX}meta.{key}", META_SHEET, row, 1)
    sheet.raw.very_hidden()
    sheet.protect()


def title(sheet: Sheet, text: str, guidance: str, columns: int) -> None:
    """The first two rows of a sheet."""
    style = sheet.book.style
    head = style(font_name=HEAD_FONT, font_size=16, align="center")
    sheet.put_over(Rectangle(0, 0, 1, columns), text, head)
    sheet.put_over(Rectangle(1, 0, 1, columns), guidance, style(text_wrap=True, align="left"))
    sheet.raw.set_row(0, 30)
    sheet.raw.set_row(1, 34)


def heads(sheet: Sheet, row: int, texts: tuple[str, ...]) -> None:
    """A row of column heads."""
    style = sheet.book.style(
        font_name=HEAD_FONT, bg_color=HEAD_FILL, align="center", text_wrap=True, **GREY_LINE
    )
    sheet.raw.set_row(row, 22)
    for column, text in enumerate(texts):
        sheet.put(row, column, text, style)


def input_style(book: Book, **look: Any) -> Any:
    """The look of a cell to fill in."""
    return book.style(**{"locked": False, "bg_color": INPUT_FILL, **GREY_LINE, **look})


def _info_row(sheet: Sheet, field: InfoField, values: Mapping[str, Content]) -> None:
    style, row, value = sheet.book.style, _row(field.key), values.get(field.key)
    guidance = field.guidance.format(next_year=_next_year(values))
    advice = f"必填。{guidance}" if field.required else guidance
    number_format = {"report.year": "0", "sign_off.date": DATE_FORMAT}.get(field.key, "@")
    sheet.raw.set_row(row, 26)
    sheet.put(row, INFO_LABEL_COLUMN, field.label, style(bg_color=HEAD_FILL, indent=1, **GREY_LINE))
    cell = input_style(sheet.book, num_format=number_format, align="left", text_wrap=True, indent=1)
    sheet.put(row, INFO_VALUE_COLUMN, value, cell)
    small = style(font_size=9.5, text_wrap=True, indent=1, **GREY_LINE)
    sheet.put(row, INFO_GUIDANCE_COLUMN, advice, small)
    sheet.book.name(NAME_PREFIX + field.key, INFO_SHEET, row, INFO_VALUE_COLUMN)
    if field.required:
        area = Rectangle(row, INFO_VALUE_COLUMN)
        sheet.shade([area], f"LEN({CELL})=0", sheet.book.mark(bg_color=AMBER_FILL))


def _next_year(values: Mapping[str, Content]) -> int:
    """The year after the report's, in which it is signed."""
    year = values["report.year"]
    assert isinstance(year, int)  # noqa: S101 - a form is made for a year
    return year + 1


def _info_validation(sheet: Sheet, first_year: int, last_year: int, next_year: int) -> None:
    for field in INFO_FIELDS:
        if field.choices:
            sheet.validate(
                [Rectangle(_row(field.key), INFO_VALUE_COLUMN)],
                {
                    "validate": "list",
                    "source": list(field.choices),
                    "error_title": "请从下拉框选择",
                    "error_message": f"“{field.label}”只能是：{'、'.join(field.choices)}。",
                },
            )
    sheet.validate(
        [Rectangle(_row("report.year"), INFO_VALUE_COLUMN)],
        {
            "validate": "whole",
            "criteria": "between",
            "minimum": first_year,
            "maximum": last_year,
            "error_title": "报告年度不对",
            "error_message": f"本表适用于{first_year}年度起的报告，请填四位数字的年份。",
        },
    )
    sheet.validate(
        [Rectangle(_row("sign_off.date"), INFO_VALUE_COLUMN)],
        {
            "validate": "date",
            "criteria": ">=",
            "value": dt.date(first_year + 1, 1, 1),
            "error_type": "warning",
            "error_title": "成文日期写法",
            "error_message": f"请写成 {next_year}年1月13日的样子，并核对年份。",
        },
    )


def _row(key: str) -> int:
    return INFO_TOP + next(i for i, field in enumerate(INFO_FIELDS) if field.key == key)


def _choice(form: SignOffForm) -> str:
    return next(text for text, choice in SIGN_OFF_CHOICES.items() if choice is form)
