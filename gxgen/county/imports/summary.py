"""The workbook 导入汇总: a row a file, with what was read of it and what is to be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from gxgen.county.detail.rows import DataRows, streaming_sheet
from gxgen.county.imports.one import CERTAINTIES, Taken
from gxgen.county.imports.run import Imported
from gxgen.county.listing import SUMMARY
from gxgen.diagnostics import Severity, Side
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
    "文件": 40,
    "单位": 30,
    "年度": 7,
    "格式": 13,
    **dict.fromkeys(CERTAINTIES.values(), 8.5),
    **dict.fromkeys((f"{side.label}的问题" for side in Side), 8.5),
    "填报表": 34,
    "核对页": 34,
    "要做的事": 70,
}
_FIRST_ROW, _FIRST_COUNT, _AFTER_COUNTS = 3, 5, 5 + len(CERTAINTIES) + len(Side)
_NOTE = (
    "各格数：确实＝行名、列名都对得上；按次序＝行名确实，各数属于哪一列按规定的次序；"
    "整理过＝去掉了单位、注等；没有读入、原文没有的，填报表里是空的，要补填。"
)
_LONGEST = 2_000


class Row(NamedTuple):
    """A file in the summary; what has no number is text."""

    texts: tuple[str, str]
    """The file and the agency."""
    year: int | None
    edition: str
    counts: tuple[int | None, ...]
    ends: tuple[str, str, str]
    """The form, the review page, and what to do."""


def row_of(one: Imported) -> Row:
    """What the summary keeps of a file, so that thousands take no room."""
    found = one.found
    sides = Counter(finding.side for finding in found.diagnostics)
    counts = [found.counts.get(name, 0) if found.counts else None for name in CERTAINTIES]
    files = [_text("" if path is None else str(path)) for path in (one.target, one.page)]
    return Row(
        (_text(str(one.source)), _text(found.agency or "")),
        found.year,
        found.edition or "",
        (*counts, *(sides[side] for side in Side)),
        (files[0], files[1], _text(to_do(one))),
    )


def to_do(one: Imported) -> str:
    """What is to be done about a file: why there is no form, or what to fill in and look at."""
    if one.fault is not None:
        return one.fault
    if one.target is None:
        return _why_not(one.found)
    counts = one.found.counts
    said = []
    if missing := counts.get("refused", 0) + counts.get("absent", 0):
        said.append(f"填报表里补填 {missing} 格")
    if doubtful := counts.get("counted", 0) + counts.get("mended", 0):
        said.append(f"对照核对页看 {doubtful} 格按次序或整理过的数")
    return "；".join(said)


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
        made = sum(bool(row.ends[0]) for row in rows)
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
    text, count = book.style(**GREY_LINE), book.style(align="center", num_format="0", **GREY_LINE)
    return [
        count if at in (0, 3) or _FIRST_COUNT <= at < _AFTER_COUNTS else text
        for at in range(len(_HEADS))
    ]


def _cells(at: int, row: Row) -> list[int | str]:
    numbers = ["" if count is None else count for count in row.counts]
    return [at + 1, *row.texts, row.year or "", row.edition, *numbers, *row.ends]
