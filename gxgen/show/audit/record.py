"""Audits as JSON; the shape is ``audit.schema.json`` beside this file."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from gxgen.audit.against import Against, Fate, Figure, Said
from gxgen.audit.judged import Audit
from gxgen.comparison.sentences import Sentence
from gxgen.diagnostics import FORMAT, place_as_json
from gxgen.model.report import Value


def audits_record(audits: Sequence[Audit]) -> dict[str, Any]:
    """The findings of all files, as ``check`` gives them, and each file with what was read."""
    return {
        "format": FORMAT,
        "findings": [one.as_json() for whole in audits for one in whole.found],
        "checked": len(audits),
        "reports": [_report(whole) for whole in audits],
    }


def _report(whole: Audit) -> dict[str, Any]:
    report = whole.read.report
    return {
        "file": whole.file,
        "agency": None if report is None else report.agency.name,
        "year": None if report is None else report.year,
        "edition": None if report is None else report.edition.id,
        "against": None if whole.against is None else _against(whole.against),
    }


def _against(found: Against) -> dict[str, Any]:
    return {
        "workbook": found.workbook,
        "equal": found.equal,
        "form": found.form,
        "figures": _counts(found, "figures"),
        "sentences": _counts(found, "sentences"),
        "changed_figures": [_figure(one) for one in found.figures if one.fate is not Fate.EQUAL],
        "changed_sentences": [_said(one) for one in found.sentences if one.fate is not Fate.EQUAL],
    }


def _counts(found: Against, of: str) -> dict[str, int]:
    counts = found.counts(of)
    return {fate.value: counts[fate] for fate in Fate}


def _figure(one: Figure) -> dict[str, Any]:
    return {
        "fate": one.fate.value,
        "key": one.key,
        "label": one.label,
        "built": _number(one.built),
        "found": _number(one.found),
        **place_as_json(one.place),
    }


def _number(value: Value | None) -> int | str | None:
    """A count as a number, all that has places as text."""
    return format(value, "f") if isinstance(value, Decimal) else value


def _said(one: Said) -> dict[str, Any]:
    return {"fate": one.fate.value, "built": _sentence(one.built), "found": _sentence(one.found)}


def _sentence(one: Sentence | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"text": one.text, "section": one.section, **place_as_json(one.place)}
