"""Where numbers come from, as JSON; its shape is ``trace.schema.json`` beside this file."""

from __future__ import annotations

from typing import Any

from gxgen.checks.claims import told
from gxgen.checks.trace import Counted, Figure, Mention, Trace
from gxgen.checks.wording import label
from gxgen.diagnostics import place_as_json
from gxgen.model.record import figure_value
from gxgen.model.report import Report
from gxgen.prose.claims.claim import Reading, State, Verdict

FORMAT = 1
"""Raised when a program that reads the old shape would misread the new one."""


def trace_record(whole: Trace) -> dict[str, Any]:
    """All of a trace: every figure and every number of the text, those that count nothing too."""
    report = whole.report
    record: dict[str, Any] = {
        "format": FORMAT,
        "edition": report.edition.id,
        "agency": report.agency.name,
        "year": report.year,
        "file": report.file,
        "number": whole.number,
        "figures": [_figure(report, one) for one in whole.figures],
        "mentions": [_mention(report, one) for one in whole.mentions],
    }
    if whole.counted:
        record["indicators"] = [_counted(one) for one in whole.counted]
    return record


def _figure(report: Report, one: Figure) -> dict[str, Any]:
    return {
        "key": one.key,
        **place_as_json(one.entry.place),
        "label": label(report, one.key),
        "value": figure_value(report.edition.fields[one.key].kind, one.entry.value),
        "raw": one.entry.raw,
        "entry": one.entry.state.value,
        "checks": [
            {"code": guard.code, "state": guard.state.value, "told": guard.told}
            for guard in one.guards
        ],
        "stated": [
            {
                **place_as_json(verdict.claim.span.place),
                "quote": verdict.claim.span.text,
                "state": verdict.state.value,
            }
            for verdict in one.stated
        ],
        "findings": [found.as_json() for found in one.found],
    }


def _counted(one: Counted) -> dict[str, Any]:
    row = one.indicator
    return {
        "key": row.key,
        **place_as_json(row.place),
        "name": row.name,
        "unit": row.unit,
        "value": row.value,
        "last": row.last,
        "filled": [place_as_json(paragraph.place) for paragraph in one.filled],
        "stated": [
            {
                **place_as_json(said.paragraph.place),
                "quote": said.words,
                "state": (State.FITS if said.count == row.value else State.DIFFERS).value,
            }
            for said in one.said
        ],
        "findings": [found.as_json() for found in one.found],
    }


def _mention(report: Report, one: Mention) -> dict[str, Any]:
    claim, span = one.verdicts[0].claim, one.span
    quantity = claim.quantity
    return {
        **place_as_json(span.place),
        "section": claim.section,
        "paragraph": span.paragraph,
        "start": span.start,
        "end": span.end,
        "quote": span.text,
        "sentence": claim.sentence.text,
        "low": None if quantity is None else format(quantity.low, "f"),
        "high": None if quantity is None else format(quantity.high, "f"),
        "unit": None if quantity is None else quantity.unit,
        "bound": one.bound,
        "claims": [_claim(report, verdict) for verdict in one.verdicts],
        "findings": [found.as_json() for found in one.found],
    }


def _claim(report: Report, verdict: Verdict) -> dict[str, Any]:
    claim = verdict.claim
    return {
        "kind": claim.kind,
        "quote": claim.span.text,
        "ring": claim.ring.value,
        "year": report.year if claim.year is None else claim.year,
        "state": verdict.state.value,
        "seen": None if verdict.seen is None else format(verdict.seen, "f"),
        "readings": [_reading(report, verdict, one) for one in claim.readings],
        "also": [_reading(report, verdict, one) for one in claim.also],
    }


def _reading(report: Report, verdict: Verdict, one: Reading) -> dict[str, Any]:
    return {
        "frame": one.why,
        "form": one.expr.form.value,
        "keys": list(one.expr.keys),
        "told": told(report, verdict, one),
        "decides": one is verdict.reading,
    }
