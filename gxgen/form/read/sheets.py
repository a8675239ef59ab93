"""What each sheet of a form says, told from what it said before."""

from __future__ import annotations

import hashlib
from collections import defaultdict

from gxgen.form.layout import ANSWERS_SHEET, INDICATORS_SHEET, INFO_SHEET, NARRATIVE_SHEET
from gxgen.model.report import EntryState, Report
from gxgen.places import SheetCell

_BYTES = 4
_STATES = {state: state.value for state in EntryState}


def sheets_of(report: Report) -> dict[str, str]:
    """Short digests of what was read from each sheet, by its name: of what is said, not of how
    the file was saved. Words of a text file are no sheet's."""
    said: dict[str, list[object]] = defaultdict(list)
    said[INFO_SHEET] = [report.agency, report.year, report.sign_off]
    tables = {form.key: said[form.sheet] for form in report.edition.tables}
    for key, field in report.edition.fields.items():
        entry = report.entries[key]
        computed = entry.state is EntryState.COMPUTED  # what was calculated last says nothing
        raw = None if computed else entry.raw
        tables[field.table].append((raw, entry.value, _STATES[entry.state]))
    said[INDICATORS_SHEET] = [
        (one.name, one.unit, one.value, one.last, one.note) for one in report.indicators.values()
    ]
    said[NARRATIVE_SHEET] = [
        (passage.mark, passage.heading, [paragraph.text for paragraph in passage.paragraphs])
        for passage in report.written
        if all(isinstance(one.place, SheetCell) for one in passage.paragraphs)
    ]
    said[ANSWERS_SHEET] = [(one.code, one.cell, one.reason, one.figures) for one in report.answers]
    return {sheet: _digest(repr(what)) for sheet, what in said.items()}


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=_BYTES).hexdigest()
