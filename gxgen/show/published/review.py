"""The page on which an import can be looked through: the source, its doubtful places, the form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gxgen.diagnostics import Finding
from gxgen.editions.schema import Edition, FieldKey
from gxgen.form.layout import figure_position
from gxgen.model.report import Report
from gxgen.places import SheetCell
from gxgen.published.blocks import LeftOut
from gxgen.published.readings import Certainty, Figures, Reading, ReadReport
from gxgen.show.published.drawing import Mark, MarkedPage, marked_page

REFUSED, ABSENT, NOWHERE = "没有读入的数", "原文里没有的数", "填报表里没有地方的数"
MENDED, COUNTED = "整理过的数", "按次序定列的数"
LEFT = "没有读入的文字"
OTHERS = "另外要看的"
_MARKED = frozenset({"GX810", "GX811", "GX812", "GX813", "GX816"})
"""What is said of figures and of what was left out, which has marks of its own."""
_OUTSIDE = "在报告之外"
_QUOTED = 60


def review_page(read: ReadReport, report: Report) -> bytes:
    """The page of a report that was read; ``report`` is in the form that was made of it.

    Raises:
        ValueError: nothing was read.
    """
    if read.figures is None:
        raise ValueError(read.file)
    marks = [
        *_of_figures(read.figures, report.edition),
        *_nowhere(read.figures, report),
        *(_told(one) for one in read.findings if one.code not in _MARKED),
        *map(_left, read.left_out),
    ]
    heads = (
        f"由 {read.file} 导入。左边是读到的原文，右边是要看的地方；"
        "点编号在两边之间跳转。写着“填报表”的，是这个数在填报表里的格。",
        _summary(read.figures),
    )
    outside = {one.place for one in read.left_out if one.why == _OUTSIDE and one.place}
    title = f"{report.title}（导入核对）"
    return marked_page(MarkedPage(title, heads, read.blocks, marks, outside))


def _summary(figures: Figures) -> str:
    kinds = [one.certainty for one in figures.readings.values()]
    refused = sum(len(one.keys) for one in figures.refusals)
    absent = sum(len(one.keys) for one in figures.absent)
    told = {
        "确实": kinds.count(Certainty.EXACT),
        "按次序定列": kinds.count(Certainty.COUNTED),
        "整理过": kinds.count(Certainty.MENDED),
        "原文空白": kinds.count(Certainty.BLANK),
        "没有读入": refused,
        "原文没有": absent,
    }
    counts = "，".join(f"{name} {number}" for name, number in told.items() if number)
    return f"共 {len(figures.edition.fields)} 格：{counts}。"


def _of_figures(figures: Figures, form: Edition) -> Iterator[Mark]:
    """The figures that were refused, are not there, were mended or counted, in this order."""
    edition = figures.edition
    for refusal in figures.refusals:
        said = (
            f"原文：{_short(refusal.said)}",
            f"原因：{refusal.reason}",
            f"填报表：{_cells(refusal.keys, form)}，空着，请补填",
        )
        yield Mark(REFUSED, "bad", refusal.place, _name(edition, refusal.keys), said)
    for absent in figures.absent:
        where = f"填报表：{_cells(absent.keys, form)}，空着，请补填"
        yield Mark(ABSENT, "bad", None, absent.what, (where,))
    for one in figures.readings.values():
        if one.certainty is Certainty.MENDED:
            lines = (f"原文：{_short(one.raw)}", one.done, f"填报表：{_entered(one, form)}")
            name = _name(edition, (one.key,))
            yield Mark(MENDED, "odd", one.place, name, lines, quote=one.raw)
    yield from _counted(figures, form)


def _counted(figures: Figures, form: Edition) -> Iterator[Mark]:
    """Figures that went by their order, a row at a time."""
    rows: dict[tuple[str, str], list[Reading]] = {}
    for one in figures.readings.values():
        if one.certainty is Certainty.COUNTED:
            field = figures.edition.fields[one.key]
            rows.setdefault((field.table, field.row), []).append(one)
    for each in rows.values():
        keys = tuple(one.key for one in each)
        said = (f"填报表：{'，'.join(_entered(one, form) for one in each)}",)
        places = tuple(one.place for one in each[1:])
        yield Mark(COUNTED, "ask", each[0].place, _name(figures.edition, keys), said, also=places)


def _nowhere(figures: Figures, report: Report) -> Iterator[Mark]:
    """Figures that were read and have no place in the form, a row at a time."""
    rows: dict[tuple[str, str], list[Reading]] = {}
    for key, one in figures.readings.items():
        if one.value is not None and key not in report.values:
            field = figures.edition.fields[key]
            rows.setdefault((field.table, field.row), []).append(one)
    for each in rows.values():
        name = _name(figures.edition, [one.key for one in each])
        numbers = "、".join(str(one.value) for one in each)
        said = (f"原文：{numbers}", "填报表：没有这样的一行，没有填入")
        places = tuple(one.place for one in each[1:])
        yield Mark(NOWHERE, "bad", each[0].place, name, said, also=places)


def _told(one: Finding) -> Mark:
    """Whatever else is said of the file."""
    hint = (one.hint,) if one.hint else ()
    return Mark(OTHERS, "odd", one.place, one.message, hint, quote=one.quote)


def _left(one: LeftOut) -> Mark:
    return Mark(f"{LEFT}：{one.why}", "left", one.place, _short(one.text))


def _name(edition: Edition, keys: Sequence[FieldKey]) -> str:
    field = edition.fields[keys[0]]
    section = edition.section(edition.table(field.table).section).title
    label = field.label if len(keys) == 1 else field.row_label
    return f"{section}：{label}" if label else section


def _entered(one: Reading, form: Edition) -> str:
    """``表三!D8 = 12``."""
    return f"{_cells((one.key,), form)} = {one.value}"


def _cells(keys: Sequence[FieldKey], form: Edition) -> str:
    """Where figures stand in the form: the first and the last cell of each run in one row."""
    cells = [SheetCell(*figure_position(form, key)) for key in keys if key in form.fields]
    if not cells:
        return "没有这样的格"
    first, last = cells[0], cells[-1]
    row = all((cell.sheet, cell.row) == (first.sheet, first.row) for cell in cells)
    if len(cells) > 1 and row and last.column - first.column == len(cells) - 1:
        return f"{first}:{last.cell}"
    return "、".join(map(str, cells)) if len(cells) <= 5 else f"{first} 等 {len(cells)} 格"


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"
