"""Where everything stands in the Excel form.

The blank form and the reader share this page and the edition's grids, and know nothing else of
each other. Rows and columns are 0-based.
"""

from __future__ import annotations

from dataclasses import dataclass

from gxgen.editions.schema import Edition, FieldKey
from gxgen.model.agency import CONTACT_LABELS, AgencyKind
from gxgen.model.report import SignOffForm

FORM_VERSION = 1
PROGRAM = "gxgen"

GUIDE_SHEET = "填报说明"
INFO_SHEET = "基本信息"
INDICATORS_SHEET = "指标"
NARRATIVE_SHEET = "正文"
ANSWERS_SHEET = "说明"
META_SHEET = "_gxgen"
FINDINGS_SHEET = "错误清单"
"""What is wrong, in a marked copy. Ours, whatever follows in its name: readers pass it over."""

NAME_PREFIX = "gx."
"""Each figure's cell bears the workbook-level defined name ``gx.`` + key."""

GRID_TOP = 4
"""Rows above a table's grid: title, agency and year, guidance, column letters' gap."""
GRID_LEFT = 0


def sheet_order(edition: Edition) -> tuple[str, ...]:
    """The visible sheets of a form, in order."""
    tables = (form.sheet for form in edition.tables)
    return (GUIDE_SHEET, INFO_SHEET, *tables, INDICATORS_SHEET, NARRATIVE_SHEET, ANSWERS_SHEET)


def figure_position(edition: Edition, key: FieldKey) -> tuple[str, int, int]:
    """(sheet, row, column) of a figure in an untouched form."""
    field = edition.fields[key]
    cell = edition.grids[field.table].figures[key]
    return edition.table(field.table).sheet, GRID_TOP + cell.row, GRID_LEFT + cell.column


@dataclass(frozen=True, slots=True)
class InfoField:
    """One line of sheet 基本信息; its value's cell bears the name ``gx.`` + key.

    ``guidance`` may hold ``{next_year}``, the year in which the report is published.
    """

    key: str
    label: str
    guidance: str
    required: bool = False
    choices: tuple[str, ...] = ()


def _contact(key: str, guidance: str) -> InfoField:
    return InfoField(f"contact.{key}", CONTACT_LABELS[key], guidance)


SIGN_OFF_CHOICES: dict[str, SignOffForm] = {
    "单位和日期": SignOffForm.AGENCY_AND_DATE,
    "只有单位": SignOffForm.AGENCY,
    "不落款": SignOffForm.NONE,
}

INFO_TOP = 3
INFO_LABEL_COLUMN = 0
INFO_VALUE_COLUMN = 1
INFO_GUIDANCE_COLUMN = 2
INFO_FIELDS: tuple[InfoField, ...] = (
    InfoField("agency.name", "单位全称", "与公章一致，将印在报告标题和落款处。", required=True),
    InfoField("agency.short_name", "单位简称", "可不填，例如：凌河街道。"),
    InfoField(
        "agency.kind",
        "单位类别",
        "从下拉框选择。",
        choices=tuple(kind.value for kind in AgencyKind),
    ),
    InfoField("report.year", "报告年度", "四位数字；报告的是这一年的工作。", required=True),
    InfoField(
        "sign_off.form",
        "落款形式",
        "从下拉框选择；不填按“单位和日期”。",
        choices=tuple(SIGN_OFF_CHOICES),
    ),
    InfoField(
        "sign_off.date",
        "成文日期",
        "例如：{next_year}年1月13日；落款形式为“单位和日期”时必填。",
    ),
    _contact("address", "机关办公地址。"),
    _contact("postcode", "六位数字。"),
    _contact("phone", "办公电话，不填个人手机。"),
    _contact("fax", "没有可不填。"),
    _contact("email", "单位邮箱。"),
    _contact("website", "公布报告电子版的政府网站。"),
    *(
        InfoField(f"staff.{key}", label, "不公布、不印在报告里，只供县里联系和核对；没有可不填。")
        for key, label in (("preparer", "填报人"), ("reviewer", "审核人"), ("head", "负责人"))
    ),
)

INDICATORS_TOP = 3
INDICATORS_COLUMNS = ("指标名称", "单位", "本年", "上年", "说明")
INDICATORS_GUIDANCE = "提示"
INDICATORS_ROOM = 12
"""Rows for an agency's own indicators, below the standard ones."""

NARRATIVE_TOP = 3
NARRATIVE_MARKER_COLUMN = 0
NARRATIVE_STYLE_COLUMN = 1
NARRATIVE_TEXT_COLUMN = 2
NARRATIVE_GUIDANCE_MARKER = "提示"
"""In the marker column: a row of guidance. A section's title there opens that section; rows with
an empty marker are the agency's own."""

NARRATIVE_END = "正文到此为止。行不够时，在黄色行上点右键，选“插入”，新的一行加在上面。"
"""The last row of guidance."""

BODY_STYLE = "正文"
STYLE_LEVELS: dict[str, int] = {BODY_STYLE: 0, "（一）标题": 2, "1.标题": 3, "（1）标题": 4}
"""What the style column may say, and the level of heading that it means (0: a paragraph)."""

CHINESE_DIGITS = "〇一二三四五六七八九十"


def section_marker(mark: str, title: str) -> str:
    """What stands in the marker column: ``导语`` or ``一、总体情况``."""
    return title if mark == "0" else f"{CHINESE_DIGITS[int(mark)]}、{title}"


ANSWERS_TOP = 3
ANSWERS_COLUMNS = ("编号", "单元格", "理由", "当时的数")
ANSWERS_ROWS = 30

META_KEYS = ("program", "form_version", "edition", "year", "agency")
"""Rows of the hidden sheet: key in the first column, value in the second."""
