"""Sheet 指标: counts that no official table holds. A form without it is a form all the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from gxgen.a1 import Position
from gxgen.diagnostics import Finding, Related
from gxgen.form.labels import core, says
from gxgen.form.layout import (
    ANSWERS_SHEET,
    FINDINGS_SHEET,
    GUIDE_SHEET,
    INDICATORS_COLUMNS,
    INDICATORS_SHEET,
    INFO_SHEET,
    META_SHEET,
    NARRATIVE_SHEET,
)
from gxgen.form.read.book import Book
from gxgen.form.read.cells import SheetCells
from gxgen.form.read.display import is_another
from gxgen.form.read.figures import REMARK_CODES, dressed
from gxgen.form.read.hidden import undo, unseen
from gxgen.form.read.runs import in_words, unmarked
from gxgen.form.read.text import TextReader, visible
from gxgen.kinds import Kind
from gxgen.letters import narrow
from gxgen.model.indicators import (
    MOST_INDICATORS,
    STANDARD,
    Indicator,
    Indicators,
    in_order,
    letters,
    name_fault,
    unit_fault,
)
from gxgen.numbers import NOTHING_SIGNS, UNIT_SIGNS, NumberReading, Remark, read_number, unspaced
from gxgen.places import Place, Sheet, SheetCell

INCOMPLETE, UNUSABLE = "GX097", "GX099"
_NAME, _UNIT, _NOW, _LAST, _NOTE = INDICATORS_COLUMNS
_NEEDED = (_NAME, _UNIT, _NOW, _LAST)
_DEEPEST = 50
"""The heads stand in one of so many rows."""
_SHOWN = 60
_ENOUGH = 3
"""So many standard rows make a sheet of another name ours."""


def read_indicators(book: Book, tables: Collection[str]) -> tuple[Indicators, list[Finding]]:
    """The indicators and what is wrong with them; sheets of ``tables`` are not looked at."""
    findings: list[Finding] = []
    found = [*_sheets(book, tables, findings)]
    if not found:
        return {}, findings
    (cells, heads), *others = found
    for other, _ in others:
        message = f"工作表“{other.name}”和“{cells.name}”都有指标的表头，只采用“{cells.name}”。"
        findings.append(Finding(INCOMPLETE, message, Sheet(other.name)))
    reader = _Reader(book, cells, heads, findings)
    return in_order(reader.rows()), findings


@dataclass(frozen=True, slots=True)
class _Heads:
    """Where the heads stand: their row, and the column of each."""

    row: int
    columns: Mapping[str, int]


def _sheets(
    book: Book, tables: Collection[str], findings: list[Finding]
) -> Iterator[tuple[SheetCells, _Heads]]:
    """The sheets with the heads, that of the form's own name first."""
    usual = {GUIDE_SHEET, INFO_SHEET, NARRATIVE_SHEET, ANSWERS_SHEET, META_SHEET, *tables}
    names = (name for name in book.names.sheets if name not in usual)
    for name in sorted(names, key=lambda name: name != INDICATORS_SHEET):
        cells = None if name.startswith(FINDINGS_SHEET) else book.sheet(name)
        heads = None if cells is None else _heads(cells)
        if cells is not None and heads is not None:
            if name == INDICATORS_SHEET or _is_ours(cells, heads):
                yield cells, heads
        elif cells is not None and name == INDICATORS_SHEET and cells.values:
            listed = "、".join(_NEEDED)
            message = f"工作表“{name}”里没有“{listed}”的表头，里面的数未采用。"
            findings.append(Finding(INCOMPLETE, message, Sheet(name)))


_ACCEPTED = {head: frozenset({core(head)}) for head in INDICATORS_COLUMNS}


def _heads(cells: SheetCells) -> _Heads | None:
    rows: dict[int, dict[str, list[int]]] = {}
    for row, column, text in cells.texts():
        for head in INDICATORS_COLUMNS if row < _DEEPEST else ():
            if says(text, _ACCEPTED[head]):
                rows.setdefault(row, {}).setdefault(head, []).append(column)
    for row, found in sorted(rows.items()):
        if all(len(found.get(head, ())) == 1 for head in _NEEDED):
            return _Heads(row, {head: columns[0] for head, columns in found.items()})
    return None


def _is_ours(cells: SheetCells, heads: _Heads) -> bool:
    """Whether a sheet of another name has our rows, and is no statistic of the agency's own."""
    below = (text for row, column, text in cells.texts() if column == heads.columns[_NAME])
    return sum(letters(text) in STANDARD for text in below if len(text) < _SHOWN) >= _ENOUGH


class _Reader:
    """Reads the rows of one sheet; ``findings`` grows."""

    def __init__(
        self, book: Book, cells: SheetCells, heads: _Heads, findings: list[Finding]
    ) -> None:
        self.book, self.cells, self.findings = book, cells, findings
        self.columns = heads.columns
        self.top = heads.row + 1
        self.text = TextReader(cells, findings).text

    def rows(self) -> Iterator[Indicator]:
        """The rows that can be used, each name once."""
        known: dict[str, Indicator] = {}
        columns = set(self.columns.values())
        filled = {*self.cells.values, *self.cells.errors, *self.cells.uncached}
        rows = sorted({row for row, column in filled if row >= self.top and column in columns})
        for row in rows[:MOST_INDICATORS]:
            if (one := self._row(row)) is not None:
                first = known.setdefault(letters(one.name), one)
                if first is not one:
                    self._twice(first, one, row)
        if len(rows) > MOST_INDICATORS:
            at = self.cells.place(rows[MOST_INDICATORS], self.columns[_NAME])
            message = f"{at}起的指标未读取：一共有{len(rows)}行，最多{MOST_INDICATORS}行。"
            self._say(UNUSABLE, message, at)
        yield from known.values()

    def _row(self, row: int) -> Indicator | None:
        name, unit = (self.text(row, self.columns[head]) for head in (_NAME, _UNIT))
        note = self.text(row, self.columns[_NOTE]) if _NOTE in self.columns else ""
        if not self._usable(row, name, unit):
            return None
        here, there = (self.cells.place(row, self.columns[head]) for head in (_NOW, _LAST))
        new = Indicator(name, unit)
        key = new.key
        now, last = (
            self._count(at, name, unit, as_key)
            for at, as_key in ((here, key), (there, new.last_key))
        )
        one = Indicator(name, unit, now, last, note, here, there)
        blank = not any(self._filled(row, head) for head in (_NOW, _LAST))
        if one.stated and blank and not note:
            message = f"{self.cells.place(row, self.columns[_NAME])}的指标“{name}”没有填数。"
            self._say(INCOMPLETE, message, here, key)
        elif not unit and not blank:
            at = self.cells.place(row, self.columns[_UNIT])
            self._say(INCOMPLETE, f"{at}没有填单位：指标“{name}”按没有单位读取。", at, key)
        return one

    def _usable(self, row: int, name: str, unit: str) -> bool:
        at = self.cells.place(row, self.columns[_NAME])
        if not name:
            filled = [head for head in (_NOW, _LAST, _UNIT, _NOTE) if self._filled(row, head)]
            if filled:
                place = self.cells.place(row, self.columns[filled[0]])
                message = f"{place}有内容，{at.cell}却没有指标名称，这一行未采用。"
                self._say(INCOMPLETE, message, place)
            return False
        if fault := name_fault(name):
            message = f"{at}的名称“{visible(name[:_SHOWN])}”{fault}，这一行未采用。"
            self._say(UNUSABLE, message, at)
            return False
        if fault := unit_fault(unit):
            at = self.cells.place(row, self.columns[_UNIT])
            message = f"{at}的单位“{visible(unit[:_SHOWN])}”{fault}，这一行未采用。"
            self._say(UNUSABLE, message, at)
            return False
        return True

    def _filled(self, row: int, head: str) -> bool:
        at = (row, self.columns.get(head, -1))
        said = self.cells.values.get(at)
        blank = isinstance(said, str) and not said.strip()
        return at in self.cells.errors or at in self.cells.uncached or not (said is None or blank)

    def _twice(self, first: Indicator, again: Indicator, row: int) -> None:
        at = self.cells.place(row, self.columns[_NAME])
        message = f"{at}的指标“{again.name}”与“{first.name}”（{first.place}）是同一个名称，"
        message += "不知以哪一行为准；只留一行，或者改成不同的名称。"
        self._say(UNUSABLE, message, at, again.key, (Related(first.key, first.place),))

    # -- counts ------------------------------------------------------------------------------

    def _count(self, place: SheetCell, name: str, unit: str, key: str) -> int | None:
        at = (place.row, place.column)
        label = f"{place}（{name}·{_NOW if place.column == self.columns[_NOW] else _LAST}）"
        if code_and_words := self._unreadable(at):
            code, words = code_and_words
            self._say(code, f"{label}{words}", place, key)
            return None
        if at in self.cells.dressed:
            held, seen = self.cells.dressed[at]
            if is_another(held, seen, partial(_reading, unit=unit)):
                self.findings.append(dressed(label, held, seen, place, key))
                return None
        reading = _reading(self.cells.at(*at), unit)
        for remark, words in reading.remarks:
            if remark is not Remark.BLANK:
                raw = visible((reading.raw or "").strip())[:_SHOWN]
                verb = "，未读取" if reading.value is None else ""
                message = f"{label}填的是“{raw}”，{words}{verb}。"
                self._say(REMARK_CODES[remark], message, place, key)
        value = None if reading.value is None else int(reading.value)
        self._odd(at, place, label, value, key)
        return value

    def _unreadable(self, at: Position) -> tuple[str, str] | None:
        """(code, words) of a cell in which no number can stand."""
        cells = self.cells
        if at in cells.errors:
            return "GX027", f"显示错误值{cells.errors[at]}，没有数。"
        if at in cells.uncached:
            return "GX028", "是公式，但公式没有计算结果。"
        if at in cells.marked:
            left = visible(unmarked(cells.marked[at]))[:_SHOWN]
            rest = f"，其余是“{left}”" if left else "，此外没有别的"
            words = f"里的{visible(in_words(cells.marked[at]))}{rest}；不能确定是什么数，未读取。"
            return "GX087", words
        return None

    def _odd(self, at: Position, place: SheetCell, label: str, value: int | None, key: str) -> None:
        """What is to be said of a number that was read: a formula, a cell that nobody sees."""
        if value is not None and at in self.cells.formulas:
            message = f"{label}是公式，不是直接填的数；已按它显示的{value}读取。"
            self._say("GX029", message, place, key)
        if value and (how := unseen(self.book, self.cells, place)):
            message = f"{label}{how}，里面有不是0的数：{value}；{undo(how)}，核对后再报。"
            self._say("GX086", message, place, key)

    def _say(
        self,
        code: str,
        message: str,
        place: Place,
        key: str | None = None,
        related: tuple[Related, ...] = (),
    ) -> None:
        self.findings.append(Finding(code, message, place, key, related))


def _reading(raw: object, unit: str) -> NumberReading:
    """What a cell says in a row of that unit; another unit is no slip of the pen."""
    if not isinstance(raw, str):
        return read_number(raw, Kind.COUNT)
    text = unspaced(raw)
    if text in NOTHING_SIGNS:
        words = "不能确定是没有发生还是没有统计：没有发生的填 0，没有统计的空着"
        return NumberReading(None, raw, ((Remark.NOT_A_NUMBER, words),))
    own = narrow(unit).strip()
    if own and text.endswith(own) and text != own:
        return _without_unit(raw, text.removesuffix(own))
    if text[-1:] in UNIT_SIGNS and len(text) > 1:
        words = f"带有单位“{text[-1]}”，与这一行的单位“{unit}”不同" if unit else "带有单位"
        return NumberReading(None, raw, ((Remark.NOT_A_NUMBER, words),))
    return read_number(raw, Kind.COUNT)


def _without_unit(raw: str, text: str) -> NumberReading:
    reading = read_number(text.strip(), Kind.COUNT)
    if reading.value is None or reading.value < 0:
        return NumberReading(None, raw, reading.remarks)
    remarks = reading.remarks or ((Remark.TIDIED, f"按{reading.value}读取"),)
    return NumberReading(reading.value, raw, remarks)
