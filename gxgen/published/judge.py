"""Every key of the edition once, and what the figures say of each other.

Identities only judge. A sum over columns that does not hold though every row does blames neither
the reading nor the report; it is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gxgen.diagnostics import Finding, Side
from gxgen.editions.derive import Identity
from gxgen.editions.schema import Edition, FieldKey
from gxgen.places import FilePart
from gxgen.published.bind import Row, bind_table
from gxgen.published.labels import columns_of
from gxgen.published.moved import without_moved
from gxgen.published.readings import Absent, Certainty, Figures, Reading, Refusal
from gxgen.published.strokes import without_unproved
from gxgen.published.tables import Tables


def judged(tables: Tables, edition: Edition) -> Figures:
    """What became of each figure."""
    readings: dict[FieldKey, Reading] = {}
    refusals: list[Refusal] = []
    absent: list[Absent] = []
    for key, harvest in tables.harvests.items():
        rows = bind_table(harvest, edition)
        for row in rows.values():
            readings |= {one.key: one for one in row.readings}
            refusals += row.refusals
        absent += _absent(edition, key, rows, tables)
    readings, moved = without_moved(edition, readings)
    readings, unproved = without_unproved(edition, readings)
    return Figures(edition, readings, (*refusals, *moved, *unproved), tuple(absent))


def _absent(
    edition: Edition, table: str, rows: Mapping[str, Row], tables: Tables
) -> Iterator[Absent]:
    """The rows that were not met, as one where the whole table is missing."""
    wanted = dict.fromkeys(f.row for f in edition.fields.values() if f.table == table)
    labels = {f.row: f.row_label for f in edition.fields.values() if f.table == table}
    missing = [row for row in wanted if row not in rows]
    section = edition.section(edition.table(table).section).title
    if not rows:
        keys = tuple(key for key, f in edition.fields.items() if f.table == table)
        said = "没有这张表" if table not in tables.found else "这张表里没有能认出的行"
        yield Absent(keys, f"“{section}”{said}")
        return
    for row in missing:
        name = labels[row] or "数"
        yield Absent(columns_of(edition, table, row), f"“{section}”的表里没有“{name}”这一行的数")


def doubts(figures: Figures, file: str) -> Iterator[Finding]:
    """Sums over columns that do not hold where some figure went by its order or was mended."""
    values = {key: r.value for key, r in figures.readings.items()}
    for identity in figures.edition.identities:
        sides = [[values.get(key) for key in side] for side in (identity.left, identity.right)]
        known = [[v for v in side if v is not None] for side in sides]
        if any(len(a) < len(b) for a, b in zip(known, sides, strict=True)):
            continue
        if sum(known[0]) != sum(known[1]) and _is_doubtful(identity, figures):
            yield _doubt(identity, figures, file, sum(known[0]), sum(known[1]))


def _is_doubtful(identity: Identity, figures: Figures) -> bool:
    sure = (Certainty.EXACT, Certainty.BLANK)
    return any(figures.readings[key].certainty not in sure for key in identity.keys)


def _doubt(identity: Identity, figures: Figures, file: str, left: object, right: object) -> Finding:
    field = figures.edition.fields[identity.left[0]]
    message = (
        f"“{field.label}”这一列两边不相等（{left} 与 {right}），而其中有的数是按次序定的列："
        "可能是原报告的错，也可能读错了一格。"
    )
    place = figures.readings[identity.left[0]].place
    return Finding("GX815", message, place or FilePart(file), identity.left[0], side=Side.READING)
