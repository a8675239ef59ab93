"""What a template does not ask for, so that it would not be printed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from gxgen.diagnostics import Finding
from gxgen.editions.schema import Edition, FieldKey, Section
from gxgen.formats.docx.context import BLOCK_SLOTS, OF_PICTURES, slot
from gxgen.places import FilePart, Place
from gxgen.templates.lint.flow import MISSING, Flow
from gxgen.templates.lint.tables import Tables

REQUIRED = ("title", "sign_off.agency", "sign_off.date")
OPTIONAL_BLOCK_SLOTS = ("keep", "ragged", *OF_PICTURES)
ROW_LOST = 3
"""So many figures missing in one row are told together."""


def _told(flow: Flow, tables: Tables) -> set[FieldKey | None]:
    """Figures whose cell has a fault already; that they are missing need not be said again."""
    places = {f.place for f in (*flow.findings, *tables.findings)}
    return {key for place, key in tables.figures.items() if place in places}


def missing(flow: Flow, file: str, edition: Edition, tables: Tables) -> Iterator[Finding]:
    """Slots and figures that no tag asks for, so that they would not be printed."""
    whole: Place = FilePart(file)
    for path in REQUIRED:
        if path not in flow.used:
            yield Finding(MISSING, f"模板里没有“{{{{ {path} }}}}”，这一项印不出来。", whole)
    told = _told(flow, tables) | tables.told
    lost = [key for key in edition.fields if key not in flow.used and key not in told]
    for row, group in groupby(lost, key=lambda key: key.rpartition(".")[0]):
        yield from _missing_figures(row, list(group), edition, tables, whole)
    for section in edition.sections:
        yield from _missing_loop(flow, section, whole)


def _missing_figures(
    row: str, keys: list[FieldKey], edition: Edition, tables: Tables, whole: Place
) -> Iterator[Finding]:
    place = tables.places.get(keys[0], whole)
    if len(keys) >= ROW_LOST:
        message = f"模板里没有“{row}”一行的{len(keys)}个数（{edition.fields[keys[0]].label}等）。"
        yield Finding(MISSING, message, place, keys[0])
        return
    for key in keys:
        message = f"模板里没有“{{{{ {key} }}}}”（{edition.fields[key].label}），这个数印不出来。"
        yield Finding(MISSING, message, place, key)


def _missing_loop(flow: Flow, section: Section, whole: Place) -> Iterator[Finding]:
    name = slot(section.mark)
    loops = [loop for loop in flow.loops if loop.over == name]
    if not loops and name not in flow.used:
        message = f"模板里没有“{{%p for block in {name} %}}”，“{section.title}”的文字印不出来。"
        yield Finding(MISSING, message, whole)
    elif loops:
        used = set().union(*(loop.used for loop in loops))
        variable = loops[0].variable
        for member in BLOCK_SLOTS:
            if member not in used and member not in OPTIONAL_BLOCK_SLOTS:
                message = f"“{loops[0].text}”的循环里没有用到“{variable}.{member}”。"
                yield Finding(MISSING, message, loops[0].place)
