"""The workbook 导入汇总: a row a file, with what was read of it and what is to be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from gxgen.county.detail.rows import DataRows, streaming_sheet
from gxgen.county.imports.one import CERTAINTIES, Taken
from gxgen.county.imports.run import Imported
from gxgen.county.listing import SUMMARY
from gxgen.diagnostics import Diagnostic, Severity, Side
from gxgen.form.write.canvas import (
    CELL_TEXT_LIMIT,
    GREY_LINE,
    HEAD_FILL,
    HEAD_FONT,
    PREVIOUS_INK,
    THIN,
    Book,
    Sheet,
    loud,
)
from gxgen.form.write.formula import Rectangle
from gxgen.letters import shown

_HEADS: dict[str, float] = {
    "序号": 6,
    "文件": 32,
    "单位": 28,
    "年度": 7,
    "格式": 13,
    "要做的事": 52,
    **dict.fromkeys(CERTAINTIES.values(), 7),
    **dict.fromkeys((f"{side.label}的问题" for side in Side), 7),
    "填报表": 34,
}
_FIRST_ROW = 3
_COUNTED = (0, 3, *range(6, 6 + len(CERTAINTIES) + len(Side)))
"""The columns that hold numbers."""
_TO_DO = [*_HEADS].index("要做的事")
_NOTE = (
    "各格数：确实＝行名、列名都对得上；按次序＝行名确实，各数属于哪一列按规定的次序；"
    "整理过＝去掉了单位、注等；没有读入、原文没有的，填报表里是空的，要补填。"
)
_COUNTED_CODES = frozenset({"GX810", "GX811", "GX812", "GX813", "GX817"})
_LONGEST = 2_000


class Row(NamedTuple):
    """A file in the summary; what has no number is text."""

    file: str
    agency: str
    year: int | None
    edition: str
    to_do: str
    counts: tuple[int | None, ...]
    form: str


def row_of(one: Imported) -> Row:
    """What the summary keeps of a file, so that thousands take no room."""
    found = one.found
    sides = Counter(finding.side for finding in found.diagnostics)
    counts = [found.counts.get(name, 0) if found.counts else None for name in CERTAINTIES]
    return Row(
        _text(str(one.source)),
        _text(found.agency or ""),
        found.year,
        found.edition or "",
        _text(to_do(one)),
        (*counts, *(sides[side] for side in Side)),
        "" if one.target is None else _text(str(one.target)),
    )


def to_do(one: Imported) -> str:
    """What is to be done about a file: why there is no form, or what to fill in and look at."""
    if one.fault is not None:
        return one.fault
    if one.target is None:
        return _why_not(one.found)
    counts = one.found.counts
    said = []
    if one.found.missing:
        said.append(f"填报表里补填 {one.found.missing} 格")
    if blank := counts.get("blank", 0):
        said.append(f"原文空白的 {blank} 格，问明是不是 0")
    if doubtful := counts.get("counted", 0) + counts.get("mended", 0):
        said.append(f"对照核对页看 {doubtful} 格按次序或整理过的数")
    if others := sum(_is_another(finding) for finding in one.found.diagnostics):
        said.append(f"看核对页上另外 {others} 条说明")
    return "；".join(said)


def _is_another(finding: Diagnostic) -> bool:
    """Whether it asks for something that no column counts."""
    return finding.severity is not Severity.NOTE and finding.code not in _COUNTED_CODES


def _why_not(found: Taken) -> str:
    errors = [one for one in found.diagnostics if one.severity is Severity.ERROR]
    first = next(iter(errors or found.diagnostics), None)
    return "" if first is None else f"{first.message}{first.hint}"


def _text(text: str) -> str:
    """What any cell can hold."""
    return shown(" ".join(text.split()))[:_LONGEST]


assert _LONGEST < CELL_TEXT_LIMIT  # noqa: S101 - of two literals


def summary_workbook(rows: Sequence[Row], passed: str) -> bytes:
    """The workbook; ``passed`` is what was found in the folders and is no report."""
    with loud():
        book = Book(SUMMARY, in_memory=len(rows) <= 300)
        sheet = book.sheet(SUMMARY, streaming_sheet())
        made = sum(bool(row.form) for row in rows)
        _write_head(sheet, f"导入了 {made} 份，共 {len(rows)} 个文件。{_NOTE}{passed}")
        sheet.raw.take(
            DataRows(_FIRST_ROW, len(rows), lambda at: _cells(at, rows[at]), _styles(book))
        )
        last = _FIRST_ROW + max(len(rows), 1) - 1
        sheet.raw.autofilter(_FIRST_ROW - 1, 0, last, len(_HEADS) - 1)
        sheet.raw.freeze_panes(_FIRST_ROW, 2)
        sheet.page(Rectangle(0, 0, last + 1, len(_HEADS)), landscape=True, repeat=_FIRST_ROW - 1)
        return book.finish()


def _write_head(sheet: Sheet, note: str) -> None:
    style = sheet.book.style
    sheet.put(0, 0, SUMMARY, style(font_name=HEAD_FONT, font_size=16))
    sheet.put(1, 0, note, style(font_size=9, font_color=PREVIOUS_INK))
    head = style(
        font_name=HEAD_FONT, align="center", text_wrap=True, bg_color=HEAD_FILL, border=THIN
    )
    sheet.raw.set_row(0, 28)
    sheet.raw.set_row(_FIRST_ROW - 1, 34)
    for column, (name, width) in enumerate(_HEADS.items()):
        sheet.put(_FIRST_ROW - 1, column, name, head)
        sheet.raw.set_column(column, column, width)


def _styles(book: Book) -> list[Any]:
    text, wrapped = book.style(**GREY_LINE), book.style(text_wrap=True, **GREY_LINE)
    count = book.style(align="center", num_format="0", **GREY_LINE)
    return [
        count if at in _COUNTED else wrapped if at == _TO_DO else text for at in range(len(_HEADS))
    ]


def _cells(at: int, row: Row) -> list[int | str]:
    numbers = ["" if count is None else count for count in row.counts]
    told = [row.file, row.agency, row.year or "", row.edition, row.to_do]
    return [at + 1, *told, *numbers, row.form]
