"""From a row as it was found to figures of the form, or to a reason why not.

A row is the unit: its label, and exactly as many cells as the form has columns. What is not exact
is refused as a whole, with both counts; identities refuse, and never fill, choose or shift.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from gxgen.editions.declared import PUBLISHED_EDITIONS
from gxgen.editions.derive import Identity, IdentityKind
from gxgen.editions.schema import Edition, FieldKey
from gxgen.letters import narrow
from gxgen.model.report import Value
from gxgen.numbers import Remark, read_number
from gxgen.prose.raw import EDGES
from gxgen.published.labels import columns_of, has_row, label_of
from gxgen.published.readings import Certainty, Reading, Refusal
from gxgen.published.rows import Found, Harvest, Mark

_MOVED = "有一行没有数，又有数不属于任何一行：各行的数可能错开了一行"
_NO_SUM = "各数属于哪一列是按次序定的，而它们不符合合计"
_OTHER_ORDER = "各数属于哪一列是按次序定的，而同一张表里多数的行都不符合合计"
_BY_ORDER = (Certainty.COUNTED, Certainty.MENDED)
_RING = "可能是0，也可能是扫描认错的另一个数字"
_RINGS = frozenset("〇○◯")
_NOTED = re.compile(r"(?P<number>[\d,.]{1,20})\s{0,9}(?P<note>[（(][^（()）]{1,30}[)）])")


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one row: all its keys are in ``readings`` or in ``refusals``."""

    readings: tuple[Reading, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def bind_table(harvest: Harvest, edition: Edition) -> dict[str, Row]:
    """Each row of the edition's table that was met, by its key."""
    found: dict[str, list[Found]] = {}
    for one in harvest.rows:
        if has_row(edition, harvest.table, one.row) or one.row == "":
            found.setdefault(one.row, []).append(one)
    witnesses = _witnesses(harvest, edition)
    bound = {
        row: _one_of(
            [
                _bind(one, columns_of(edition, harvest.table, row), edition, witnesses)
                for one in each
            ],
            each,
        )
        for row, each in found.items()
    }
    if _rows_moved(harvest, edition, found):
        return _all_refused(bound, _MOVED)
    return _without_strangers(bound)


def _without_strangers(rows: Mapping[str, Row]) -> dict[str, Row]:
    """The rows without those that went by the order of the form, where that is not the table's.

    A row of one figure and its total adds up either way round.
    """
    broken = sum(any(r.reason == _NO_SUM for r in row.refusals) for row in rows.values())
    by_order = {key for key, row in rows.items() if _counts_by_order(row)}
    if broken < 2 or broken < len(by_order):
        return dict(rows)
    odd = _all_refused({key: rows[key] for key in by_order}, _OTHER_ORDER)
    return {key: odd.get(key, row) for key, row in rows.items()}


def _counts_by_order(row: Row) -> bool:
    """Whether a row of several figures, not all of them 0, went by the order of the form."""
    return (
        len(row.readings) > 1
        and any(one.value for one in row.readings)
        and any(one.certainty in _BY_ORDER for one in row.readings)
    )


def _rows_moved(harvest: Harvest, edition: Edition, found: Mapping[str, Sequence[Found]]) -> bool:
    """Whether all figures may stand a row too low or too high.

    Then a row that is named has none, and others belong to no row or are too many for theirs, or
    stand on more lines than one row has.
    """
    named = {label.row for core in harvest.labels if (label := label_of(core, harvest.table))}
    filled = {row for row, each in found.items() if any(one.trimmed for one in each)}
    rows = (row for row in named if row and has_row(edition, harvest.table, row))
    if not set(rows) - filled:
        return False
    return bool(harvest.strays) or any(
        one.broken or _size(one) > len(columns_of(edition, harvest.table, row))
        for row, each in found.items()
        for one in each
    )


def _size(found: Found) -> int:
    """How many figures a row may hold; digits on end may be one each."""
    return len(found.cells[0].text) if found.glued else len(found.trimmed)


def _all_refused(rows: Mapping[str, Row], why: str) -> dict[str, Row]:
    """Every figure of the rows refused, each at its place."""
    return {
        row: Row(
            (), (*one.refusals, *(Refusal((r.key,), why, r.place, r.raw) for r in one.readings))
        )
        for row, one in rows.items()
    }


def _witnesses(harvest: Harvest, edition: Edition) -> set[tuple[tuple[str, int], int]]:
    """Shapes of lines in which some row has a figure in its first and in its last cell."""
    return {
        (one.shape, len(one.cells))
        for one in harvest.rows
        if one.shape is not None
        and one.shape[1] > 1
        and has_row(edition, harvest.table, one.row)
        and len(one.cells) == len(one.trimmed) == len(columns_of(edition, harvest.table, one.row))
    }


def _one_of(rows: Sequence[Row], found: Sequence[Found]) -> Row:
    """Of a row that stands there several times the one reading that all have; else none."""
    values = {tuple((r.key, r.value) for r in row.readings) for row in rows}
    if len(rows) == 1 or (len(values) == 1 and not any(row.refusals for row in rows)):
        return rows[0]
    keys = tuple(k for row in rows for k in (*_read(row), *_refused(row)))
    places = "、".join(str(one.place) for one in found)
    reason = f"这一行出现了{len(found)}次，数不相同（{places}）"
    said = "；".join(one.said for one in found)
    return Row((), (Refusal(tuple(dict.fromkeys(keys)), reason, found[0].place, said),))


def _read(row: Row) -> Iterator[FieldKey]:
    return (reading.key for reading in row.readings)


def _refused(row: Row) -> Iterator[FieldKey]:
    return (key for refusal in row.refusals for key in refusal.keys)


def _bind(
    found: Found,
    keys: tuple[FieldKey, ...],
    edition: Edition,
    witnesses: set[tuple[tuple[str, int], int]],
) -> Row:
    """The figures of one row as it was found."""

    def refused(reason: str) -> Row:
        return Row((), (Refusal(keys, reason, found.place, found.said),))

    if found.fault:
        return refused(found.fault)
    cells = _glued(found, len(keys)) if found.glued else _counted(found, len(keys), witnesses)
    if isinstance(cells, str):
        return refused(cells)
    named = _in_order(found, keys)
    if isinstance(named, str):
        return refused(named)
    exact = found.exact and found.placed and not found.glued
    row = [_figure(k, c, edition, exact, found.glued) for k, c in zip(named, cells, strict=True)]
    fault = _unsure(row, cells, edition)
    if fault:
        return refused(fault)
    readings = tuple(one for one in row if isinstance(one, Reading))
    return Row(readings, tuple(one for one in row if isinstance(one, Refusal)))


def _counted(
    found: Found, columns: int, witnesses: set[tuple[tuple[str, int], int]]
) -> tuple[Mark, ...] | str:
    """The row's cells, if they are as many as the form has columns."""
    cells = found.cells
    if found.shape is None:
        if len(cells) == columns:
            return cells
        cells = found.trimmed
    elif len(found.trimmed) == columns:
        return found.trimmed
    elif len(cells) != columns or (found.shape, columns) not in witnesses:
        cells = found.trimmed
    if len(cells) == columns:
        return cells
    blank = "（行首行尾的空格不算）" if len(found.cells) != len(cells) else ""
    return f"这一行规定有{columns}个数，这里有{len(cells)}格{blank}"


def _glued(found: Found, columns: int) -> tuple[Mark, ...] | str:
    """Digits on end, one for each column. Only where no other reading can be.

    With seven digits whose last but one is 0, no part can have two digits: the total has one.
    """
    (mark,) = found.trimmed
    digits = mark.text
    guarded = columns == 7 and digits[-2:-1] == "0"
    if len(digits) != columns or not (guarded or set(digits) == {"0"} or columns == 1):
        return f"数字连在一起（{digits}），不能确定怎样分成{columns}个数"
    return tuple(Mark(digit, mark.place) for digit in digits)


def _in_order(found: Found, keys: tuple[FieldKey, ...]) -> tuple[FieldKey, ...] | str:
    """The keys of the cells as they stand: by name where all heads are there, else the form's."""
    heads = found.heads
    if not heads:
        return keys
    ends = {_end(key, heads): key for key in keys}
    if set(heads) == set(ends) and len(heads) == len(keys):
        named = tuple(ends[head] for head in heads)
        if named == keys or found.placed or found.shape is not None:
            return named
        return "表头的次序与规定的不同，格子又没有对齐，不能确定每个数属于哪一列"
    if found.named:
        return "各数前面写的列名与这一行规定的列不同"
    order = list(ends)
    known = [head for head in heads if head in ends]
    if known != sorted(known, key=order.index) or len(set(known)) < len(known):
        return "表头各列的次序与规定的不同，不能确定每个数属于哪一列"
    return keys


def _end(key: FieldKey, heads: Sequence[str]) -> str:
    """The last parts of a key, as many as the heads have."""
    parts = 1 + heads[0].count(".")
    return ".".join(key.split(".")[-parts:])


def _figure(
    key: FieldKey, mark: Mark, edition: Edition, exact: bool, glued: bool
) -> Reading | Refusal:
    """One cell's figure."""
    kind = edition.fields[key].kind
    text = narrow(mark.text).strip(EDGES + "\n")
    if mark.blank or not text:
        return Reading(key, None, mark.text, mark.place, Certainty.BLANK)
    if not _RINGS.isdisjoint(text):
        return Refusal((key,), f"“{mark.text[:20]}”{_RING}", mark.place, mark.text)
    noted = _NOTED.fullmatch(text)
    read = read_number(noted["number"] if noted else text, kind)
    if read.value is None:
        why = read.remarks[0][1] if read.remarks else "不是数字"
        return Refusal((key,), f"“{mark.text[:20]}”{why}", mark.place, mark.text)
    done = "；".join(words for remark, words in read.remarks if remark is not Remark.PLACES)
    if noted:
        done = f"去掉了注{(_NOTED.search(mark.text) or noted)['note']}"
    sure = Certainty.EXACT if exact else Certainty.COUNTED
    if glued:
        done = f"从连在一起的数字里分出{text}"
    return Reading(key, read.value, mark.text, mark.place, Certainty.MENDED if done else sure, done)


def _unsure(
    row: Sequence[Reading | Refusal], cells: Sequence[Mark], edition: Edition
) -> str | None:
    """Why a row cannot be believed though its cells count right."""
    values = {one.key: one.value for one in row if isinstance(one, Reading)}
    blanks = [key for key, value in values.items() if value is None]
    if len(blanks) == len(row):
        return None
    sums = [identity for key in values for identity in _row_sums(edition.id).get(key, ())]
    ends = cells[0].blank or cells[-1].blank
    if ends:
        if not sums:
            return "行首或行尾的格是空的，不能确定其余的数有没有移位"
        if any(values.values()):
            return "行首或行尾的格是空的，其余的数可能移了位"
    doubtful = any(not isinstance(one, Reading) or one.certainty in _BY_ORDER for one in row)
    if not (doubtful and sums):
        return None
    if len(values) < len(row):
        return "有的格不是数，合计核不了，而各数属于哪一列是按次序定的"
    if blanks and not _hold(sums, {key: value or 0 for key, value in values.items()}):
        return "有空格，其余的数又不符合合计，而各数属于哪一列是按次序定的"
    if not blanks and not _hold(sums, values):
        return _NO_SUM
    return None


@cache
def _row_sums(edition_id: str) -> dict[FieldKey, tuple[Identity, ...]]:
    """Total cell → the sums that make it of its own row."""
    out: dict[FieldKey, tuple[Identity, ...]] = {}
    for identity in PUBLISHED_EDITIONS[edition_id].identities:
        if identity.along == "row" and identity.kind is IdentityKind.TOTAL:
            out[identity.left[0]] = (*out.get(identity.left[0], ()), identity)
    return out


def _hold(identities: Iterable[Identity], values: Mapping[FieldKey, Value | None]) -> bool:
    """Whether every sum over known figures holds."""
    for identity in identities:
        left, right = (
            [value for key in side if (value := values.get(key)) is not None]
            for side in (identity.left, identity.right)
        )
        whole = len(left) == len(identity.left) and len(right) == len(identity.right)
        if whole and sum(left) != sum(right):
            return False
    return True
