"""What is said of figures that were not read, or not from their place alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gxgen.diagnostics import Finding, Related, Side
from gxgen.editions.schema import Edition, FieldKey
from gxgen.places import FilePart
from gxgen.published.readings import Certainty, Figures, Reading
from gxgen.published.rows import Harvest
from gxgen.published.tables import Tables

_MOST_QUOTED = 60


def told(figures: Figures, tables: Tables, file: str) -> Iterator[Finding]:
    """Refused, absent, counted and mended figures, and numbers without a known label."""
    for refusal in figures.refusals:
        name = _name(figures.edition, refusal.keys)
        message = f"{name}没有读入：{refusal.reason}。原文是“{_short(refusal.said)}”。"
        key, *others = refusal.keys
        rest = tuple(Related(other, None) for other in others)
        yield Finding("GX810", message, refusal.place, key, rest, side=Side.READING)
    for absent in figures.absent:
        message = f"{absent.what}，{len(absent.keys)} 格留空。"
        yield Finding("GX811", message, FilePart(file), absent.keys[0], side=Side.DAMAGE)
    yield from _counted(figures, file)
    for one in figures.readings.values():
        if one.certainty is Certainty.MENDED:
            yield _mended(figures.edition, one)
    for harvest in tables.harvests.values():
        yield from _strays(harvest)


def _name(edition: Edition, keys: Sequence[FieldKey]) -> str:
    """What a clerk calls the figures: a row, or one cell of it."""
    field = edition.fields[keys[0]]
    section = edition.section(edition.table(field.table).section).title
    if len(keys) == 1:
        return f"“{section}”的“{field.label}”"
    return f"“{section}”的“{field.row_label}”一行" if field.row_label else f"“{section}”的一行数"


def _short(text: str) -> str:
    return text if len(text) <= _MOST_QUOTED else text[:_MOST_QUOTED] + "…"


def _counted(figures: Figures, file: str) -> Iterator[Finding]:
    """Rows whose columns follow from the order of the form, once a table."""
    for form in figures.edition.tables:
        rows: dict[str, Reading] = {}
        for key, one in figures.readings.items():
            if one.certainty is Certainty.COUNTED and key.startswith(f"{form.key}."):
                rows.setdefault(figures.edition.fields[key].row, one)
        if rows:
            section = figures.edition.section(form.section).title
            message = (
                f"“{section}”的表里有 {len(rows)} 行，各数属于哪一列是按规定的次序定的；"
                "请对照原报告看一遍。"
            )
            place = next(iter(rows.values())).place
            yield Finding("GX812", message, place or FilePart(file), side=Side.READING)


def _mended(edition: Edition, one: Reading) -> Finding:
    name = _name(edition, (one.key,))
    message = f"{name}原文是“{_short(one.raw)}”，读作 {one.value}：{one.done}。"
    return Finding("GX813", message, one.place, one.key, side=Side.REPORT)


def _strays(harvest: Harvest) -> Iterator[Finding]:
    for stray in harvest.strays:
        numbers = "、".join(cell.text for cell in stray.cells[:16])
        label = f"“{_short(stray.label)}”后面" if stray.label else "没有行名"
        message = f"{label}的数（{numbers}）不属于规定的任何一行，没有读入。"
        yield Finding("GX814", message, stray.place, side=Side.READING)
