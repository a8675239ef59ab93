"""From the located cells to entries: values, live totals, and what is to be said about each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial

from gxgen.a1 import Position
from gxgen.diagnostics import Finding
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition, FieldKey, Kind
from gxgen.form.labels import plan
from gxgen.form.read.blanks import Blanks, blank_findings
from gxgen.form.read.book import Book
from gxgen.form.read.cells import SheetCells
from gxgen.form.read.cells import place as place_of
from gxgen.form.read.display import is_another
from gxgen.form.read.lattice import Lattice, Lines
from gxgen.form.read.locate import Location
from gxgen.form.read.runs import Mark, in_words, unmarked
from gxgen.form.read.text import plain_text, visible
from gxgen.model.report import Entry, EntryState, Value
from gxgen.numbers import NumberReading, Remark, read_number
from gxgen.places import SheetCell

REMARK_CODES = {
    Remark.TIDIED: "GX022",
    Remark.ASSUMED: "GX023",
    Remark.PLACES: "GX024",
    Remark.NOT_A_NUMBER: "GX021",
    Remark.NEGATIVE: "GX025",
    Remark.FRACTION: "GX026",
    Remark.TOO_LARGE: "GX021",
}
_HINTS = {
    Remark.TOO_LARGE: "没有单位有这么多：看是不是多打了数位，或者填成了电话、日期；改成实际的数。",
}
"""Advice that fits the cause, where that of the code does not."""
# Looked up for every figure, and a member of an enumeration is found slowly.
_UNREADABLE, _COMPUTED = EntryState.UNREADABLE, EntryState.COMPUTED
_ABSENT = Entry(None, None, None, _UNREADABLE)


class FigureReader:
    """Reads the figures of one workbook; ``entries`` and ``findings`` grow as tables are read."""

    def __init__(self, book: Book, edition: Edition) -> None:
        """Start without any entry."""
        self.book = book
        self.edition = edition
        self.entries: dict[FieldKey, Entry] = {}
        self.findings: list[Finding] = []
        self._live: dict[FieldKey, tuple[SheetCells, SheetCell]] = {}
        self._blank: list[Blanks] = []
        self._typed_as_text: set[FieldKey] = set()

    def table(self, location: Location) -> None:
        """Read one table: inputs at once, live totals when :meth:`finish` is called."""
        what = plan(self.edition, location.form.key)
        lattice = location.lattice
        cells = None if lattice is None else self.book.sheet(lattice.sheet)
        if lattice is None or cells is None:
            self.entries.update(dict.fromkeys(what.figures, _ABSENT))
            return
        blanks: list[FieldKey] = []
        doubtful = location.doubtful | (self._marked(location, cells) if cells.marked else set())
        doubtful |= self._dressed(location, cells, doubtful) if cells.dressed else set()
        totals, formulas = self.edition.totals, cells.formulas
        entries, value = self.entries, cells.values.get
        for spot in _spots(self.edition.id, location.form.key, *lattice.lines):
            key, at = spot.key, spot.at
            if spot.place is None:
                entries[key] = _ABSENT
            elif key in doubtful:
                entries[key] = Entry(None, _shown(value(at)), spot.place, _UNREADABLE)
            elif at in formulas:
                if key in totals:
                    self._live[key] = (cells, spot.place)
                else:
                    self._input(key, cells, spot.place, blanks)
            elif entry := spot.usual(value(at)):
                entries[key] = entry
            else:
                self._input(key, cells, spot.place, blanks)
        self._blanks(location, cells, blanks)

    def _marked(self, location: Location, cells: SheetCells) -> set[FieldKey]:
        """The figures whose format says that they are not what they look like; each is told."""
        found = set()
        for key, at in plan(self.edition, location.form.key).figures.items():
            there = None if location.lattice is None else location.lattice.position(*at)
            if there is None or key in location.doubtful or there not in cells.marked:
                continue
            live = there in cells.formulas and key in self.edition.totals
            if not live or any(p.mark is Mark.STRUCK for p in cells.marked[there]):
                found.add(key)
                place, pieces = cells.place(*there), cells.marked[there]
                label, left = self.edition.fields[key].label, unmarked(pieces)
                rest = f"，其余是“{visible(left)[:_SHOWN]}”" if left else "，此外没有别的"
                message = f"{place}（{label}）里的{visible(in_words(pieces))}{rest}；"
                message += "不能确定是什么数，未读取。"
                self.findings.append(Finding("GX087", message, place, key))
        return found

    def _dressed(
        self, location: Location, cells: SheetCells, told: Collection[FieldKey]
    ) -> set[FieldKey]:
        """The typed figures whose number format shows another number, or nobody knows what."""
        found = set()
        for key, at in plan(self.edition, location.form.key).figures.items():
            there = None if location.lattice is None else location.lattice.position(*at)
            if there not in cells.dressed or key in told:
                continue
            live = there in cells.formulas and key in self.edition.totals
            (value, seen), own = cells.dressed[there], self.edition.fields[key]
            if not live and is_another(value, seen, partial(read_number, kind=own.kind)):
                found.add(key)
                place = cells.place(*there)
                label = f"{place}（{own.label}）"
                self.findings.append(dressed(label, value, seen, place, key))
        return found

    def _input(
        self, key: FieldKey, cells: SheetCells, at: SheetCell, blanks: list[FieldKey]
    ) -> None:
        row, column = at.row, at.column
        if (row, column) in cells.errors:
            return self._error_cell(key, at, cells.errors[row, column])
        if (row, column) in cells.uncached:
            return self._uncalculated(key, at)
        reading = read_number(cells.at(row, column), self.edition.fields[key].kind)
        if reading.value is not None:
            state = EntryState.GIVEN
        elif reading.remarks[0][0] is Remark.BLANK:
            state = EntryState.BLANK
            blanks.append(key)
        else:
            state = EntryState.UNREADABLE
        self.entries[key] = Entry(reading.value, reading.raw, at, state)
        if reading.value and isinstance(cells.at(row, column), str):
            self._typed_as_text.add(key)
        if reading.remarks and state is not EntryState.BLANK:
            self.findings += self._remarks(key, at, reading)
        if (row, column) in cells.formulas and state is EntryState.GIVEN:
            self._formula_in_input(key, at, reading)
        return None

    def _remarks(
        self, key: FieldKey, place: SheetCell, reading: NumberReading
    ) -> Iterator[Finding]:
        for remark, words in reading.remarks:
            label = self.edition.fields[key].label
            verb = "，未读取" if reading.value is None else ""
            raw = visible((reading.raw or "").strip() or reading.raw or "")[:_SHOWN]
            message = f"{place}（{label}）填的是“{raw}”，{words}{verb}。"
            yield Finding(REMARK_CODES[remark], message, place, key, hint=_HINTS.get(remark))

    def _formula_in_input(self, key: FieldKey, place: SheetCell, reading: NumberReading) -> None:
        message = (
            f"{place}（{self.edition.fields[key].label}）是公式，不是直接填的数；"
            f"已按它显示的{reading.value}读取。"
        )
        self.findings.append(Finding("GX029", message, place, key))

    def _error_cell(self, key: FieldKey, place: SheetCell, error: str) -> None:
        self.entries[key] = Entry(None, error, place, EntryState.UNREADABLE)
        message = f"{place}（{self.edition.fields[key].label}）显示错误值{error}，没有数。"
        self.findings.append(Finding("GX027", message, place, key))

    def _uncalculated(self, key: FieldKey, place: SheetCell) -> None:
        self.entries[key] = Entry(None, None, place, EntryState.UNREADABLE)
        message = f"{place}（{self.edition.fields[key].label}）是公式，但公式没有计算结果。"
        self.findings.append(Finding("GX028", message, place, key))

    def _blanks(self, location: Location, cells: SheetCells, blanks: list[FieldKey]) -> None:
        """Remember them: what a blank total must be is known when all tables are read."""
        if blanks:
            figures = plan(self.edition, location.form.key).figures
            inputs = sum(key not in self._live for key in figures)
            self._blank.append(Blanks(location.form, cells.name, blanks, inputs))

    def finish(self) -> None:
        """Recompute the live totals from their parts, and tell the blanks."""
        for key, parts in _order(self.edition.id, tuple(self._live)):
            self._total(key, parts)
        for blanks in self._blank:
            self.findings += blank_findings(self.edition, self.entries, blanks)

    def _total(self, key: FieldKey, parts: tuple[FieldKey, ...]) -> None:
        cells, place = self._live[key]
        at = place.row, place.column
        shown = cells.at(*at)
        error = cells.errors.get(at)
        known = [value for part in parts if (value := self.entries[part].value) is not None]
        total = sum(known) if len(known) == len(parts) else None
        self.entries[key] = Entry(total, error or _shown(shown), place, _COMPUTED)
        if total is None:
            return
        if error is not None:
            self._error_total(key, place, error, total)
        elif shown is not None and shown != total and at not in cells.uncached:
            self._compare(key, place, shown, total)

    def _compare(self, key: FieldKey, place: SheetCell, shown: object, total: Value) -> None:
        """The agency sees the cached number, the report prints the recomputed one."""
        if self._typed_as_text and shown == self._as_summed(key):
            return
        field = self.edition.fields[key]
        reading = read_number(shown, field.kind)
        if reading.value != total:
            said = (reading.raw or "")[:_SHOWN] if reading.value is None else reading.value
            message = f"{place}（{field.label}）显示的是{said}，按各分项重算是{total}。"
            self.findings.append(Finding("GX030", message, place, key))

    def _as_summed(self, key: FieldKey) -> Value:
        """What a spreadsheet's SUM makes of it: numbers typed as text count nothing."""
        if key in self._live:
            return sum(self._as_summed(part) for part in self.edition.totals[key].right)
        return 0 if key in self._typed_as_text else self.entries[key].value or 0

    def _error_total(self, key: FieldKey, place: SheetCell, error: str, value: Value) -> None:
        label = self.edition.fields[key].label
        message = f"{place}（{label}）显示错误值{error}，合计公式已损坏；按各分项应为{value}。"
        self.findings.append(Finding("GX027", message, place, key))


@dataclass(slots=True)
class _Spot:
    """Where a figure stands on a sheet; no place: its row or column is gone."""

    key: FieldKey
    kind: Kind
    at: Position
    place: SheetCell | None
    known: dict[float, Entry] = field(default_factory=dict)
    """Entries made before. Most figures of a county are 0, cell for cell."""

    def usual(self, value: object) -> Entry | None:
        """The entry of a number that needs no remark, else None."""
        if type(value) is not float:  # a bool would be found in ``known`` as well
            return None
        entry = self.known.get(value)
        if entry is None:
            reading = read_number(value, self.kind)
            if reading.remarks:
                return None
            entry = Entry(reading.value, reading.raw, self.place)
            if len(self.known) < _KNOWN:
                self.known[value] = entry
        return entry


_KNOWN = 32
_SHOWN = 80
"""Characters of a cell in a message."""


@lru_cache(maxsize=16)
def _spots(edition_id: str, table: str, sheet: str, rows: Lines, columns: Lines) -> list[_Spot]:
    """The figures of a table whose lines lie so; in a county's forms nearly always the same."""
    edition = EDITIONS[edition_id]
    lattice = Lattice(sheet, dict(rows), dict(columns))
    spots = []
    for key, at in plan(edition, table).figures.items():
        there = lattice.position(*at)
        place = None if there is None else place_of(sheet, *there)
        spots.append(_Spot(key, edition.fields[key].kind, there or (-1, -1), place))
    return spots


@lru_cache(maxsize=16)
def _order(
    edition_id: str, live: tuple[FieldKey, ...]
) -> tuple[tuple[FieldKey, tuple[FieldKey, ...]], ...]:
    """The live totals with their parts, each after those of its parts that are totals too."""
    totals = EDITIONS[edition_id].totals
    order: dict[FieldKey, tuple[FieldKey, ...]] = {}

    def add(key: FieldKey) -> None:
        if key not in order:
            for part in totals[key].right:
                if part in live:
                    add(part)
            order[key] = totals[key].right

    for key in live:
        add(key)
    return tuple(order.items())


def dressed(label: str, value: float, seen: str | None, place: SheetCell, key: FieldKey) -> Finding:
    """That a cell's number format shows another number than the cell holds."""
    looks = "的数字格式很少见，看不准显示的是什么" if seen is None else f"显示的是“{visible(seen)}”"
    message = f"{label}{looks}，存的数是 {_shown(value)}；不能确定是什么数，未读取。"
    hint = "把单元格的数字格式改成“常规”，看清数对不对，再报。"
    return Finding("GX087", message, place, key, hint=hint)


def _shown(value: object) -> str | None:
    """What a cell shows, for the record."""
    return None if value is None else plain_text(value)
