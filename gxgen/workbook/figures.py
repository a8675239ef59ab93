"""From the located cells to entries: values, live totals, and what is to be said about each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from gxgen.diagnostics import Finding
from gxgen.editions import Edition, FieldKey, Kind
from gxgen.model import Entry, EntryState
from gxgen.model.report import Value
from gxgen.numbers import NumberReading, Remark, read_number
from gxgen.places import Sheet, SheetCell
from gxgen.workbook.cells import Book, SheetCells
from gxgen.workbook.cells import place as place_of
from gxgen.workbook.labels import plan
from gxgen.workbook.locate import Location
from gxgen.workbook.text import plain_text

_CODES = {
    Remark.TIDIED: "GX022",
    Remark.ASSUMED: "GX023",
    Remark.PLACES: "GX024",
    Remark.NOT_A_NUMBER: "GX021",
    Remark.NEGATIVE: "GX025",
    Remark.FRACTION: "GX026",
    Remark.TOO_LARGE: "GX021",
}
_ABSENT = Entry(None, None, None, EntryState.UNREADABLE)


class FigureReader:
    """Reads the figures of one workbook; ``entries`` and ``findings`` grow as tables are read."""

    def __init__(self, book: Book, edition: Edition) -> None:
        """Start without any entry."""
        self.book = book
        self.edition = edition
        self.entries: dict[FieldKey, Entry] = {}
        self.findings: list[Finding] = []
        self._live: dict[FieldKey, tuple[SheetCells, int, int]] = {}
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
        fields, totals, live = self.edition.fields, self.edition.totals, cells.guard.formulas
        for key, at in what.figures.items():
            position = lattice.position(*at)
            if position is None:
                self.entries[key] = _ABSENT
            elif key in location.doubtful:
                raw = _shown(cells.at(*position))
                place = cells.place(*position)
                self.entries[key] = Entry(None, raw, place, EntryState.UNREADABLE)
            elif position in live:
                if key in totals:
                    self._live[key] = (cells, *position)
                else:
                    self._input(key, cells, *position, blanks)
            elif type(value := cells.at(*position)) is float and (
                entry := _usual(value, fields[key].kind, cells.name, *position)
            ):
                self.entries[key] = entry
            else:
                self._input(key, cells, *position, blanks)
        self._blanks(location, cells, blanks)

    def _input(
        self, key: FieldKey, cells: SheetCells, row: int, column: int, blanks: list[FieldKey]
    ) -> None:
        at = cells.place(row, column)
        guard = cells.guard
        if guard.errors or guard.formulas:
            if (row, column) in guard.errors:
                return self._error_cell(key, at, guard.errors[row, column])
            if (row, column) in guard.uncached:
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
        if (row, column) in guard.formulas and state is EntryState.GIVEN:
            self._formula_in_input(key, at, reading)
        return None

    def _remarks(
        self, key: FieldKey, place: SheetCell, reading: NumberReading
    ) -> Iterator[Finding]:
        for remark, words in reading.remarks:
            label = self.edition.fields[key].label
            verb = "，未读取" if reading.value is None else ""
            raw = (reading.raw or "").strip() or reading.raw
            message = f"{place}（{label}）填的是“{raw}”，{words}{verb}。"
            yield Finding(_CODES[remark], message, place, key)

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
        what = plan(self.edition, location.form.key)
        inputs = [key for key in what.figures if key not in self._live]
        if len(blanks) > 1 and len(blanks) == len(inputs):
            message = f"{location.form.sheet}整张表都没有填（{len(blanks)}格）；没有数的格请填 0。"
            self.findings.append(Finding("GX020", message, Sheet(cells.name), blanks[0]))
            return
        for key in blanks:
            place = self.entries[key].place
            message = f"{place}（{self.edition.fields[key].label}）没有填；没有数的请填 0。"
            self.findings.append(Finding("GX020", message, place, key))

    def finish(self) -> None:
        """Recompute the live totals from their parts."""
        for key in self._live:
            self._value(key)

    def _value(self, key: FieldKey) -> Value | None:
        entry = self.entries.get(key)
        return self._total(key) if entry is None else entry.value

    def _total(self, key: FieldKey) -> Value | None:
        cells, row, column = self._live[key]
        place = cells.place(row, column)
        raw = cells.guard.errors.get((row, column)) or _shown(cells.at(row, column))
        parts = [self._value(part) for part in self.edition.totals[key].right]
        known = [part for part in parts if part is not None]
        value = sum(known) if len(known) == len(parts) else None
        self.entries[key] = Entry(value, raw, place, EntryState.COMPUTED)
        if value is not None:
            self._compare(key, cells, (row, column), value)
        return value

    def _compare(self, key: FieldKey, cells: SheetCells, at: tuple[int, int], value: Value) -> None:
        """The agency sees the cached number, the report prints the recomputed one."""
        place, label = cells.place(*at), self.edition.fields[key].label
        if at in cells.guard.errors:
            return self._error_total(key, place, cells.guard.errors[at], value)
        shown = cells.at(*at)
        if at in cells.guard.uncached or shown is None or shown == value:
            return None
        if self._typed_as_text and shown == self._as_summed(key):
            return None
        reading = read_number(shown, self.edition.fields[key].kind)
        if reading.value != value:
            said = reading.raw if reading.value is None else reading.value
            message = f"{place}（{label}）显示的是{said}，按各分项重算是{value}。"
            self.findings.append(Finding("GX030", message, place, key))
        return None

    def _as_summed(self, key: FieldKey) -> Value:
        """What a spreadsheet's SUM makes of it: numbers typed as text count nothing."""
        if key in self._live:
            return sum(self._as_summed(part) for part in self.edition.totals[key].right)
        return 0 if key in self._typed_as_text else self.entries[key].value or 0

    def _error_total(self, key: FieldKey, place: SheetCell, error: str, value: Value) -> None:
        label = self.edition.fields[key].label
        message = f"{place}（{label}）显示错误值{error}，合计公式已损坏；按各分项应为{value}。"
        self.findings.append(Finding("GX027", message, place, key))


@lru_cache(maxsize=1 << 15)
def _usual(value: float, kind: Kind, sheet: str, row: int, column: int) -> Entry | None:
    """A number that needs no remark. Most figures of a county are 0, cell for cell."""
    reading = read_number(value, kind)
    return (
        None if reading.remarks else Entry(reading.value, reading.raw, place_of(sheet, row, column))
    )


def _shown(value: object) -> str | None:
    """What a cell shows, for the record."""
    return None if value is None else plain_text(value)
