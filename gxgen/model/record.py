"""A report as a JSON record: what ``gxgen show`` prints and ``gxgen import`` takes.

Counts are integers, money is a decimal string, a blank figure is null; ``indicators`` stand there
where the agency states any. On the way back
(:mod:`gxgen.model.record_text`, :mod:`gxgen.model.record_parse`) it is read as people write it: a
figure with or without quotes, an empty heading as null and an empty text as "", and rows of the
form that are left out (1 to 6, and 9 where ``signed`` stands) are supplied.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from gxgen.diagnostics import FORMAT, Diagnostic
from gxgen.editions.schema import Kind
from gxgen.model.indicators import Indicator, stated
from gxgen.model.narrative import PREAMBLE, SIGN_OFF, Passage
from gxgen.model.report import Answer, Report, Value

Record = dict[str, Any]


def to_record(report: Report, findings: Iterable[Diagnostic] = ()) -> Record:
    """The record of a report, with its keys in the order of the interface contract."""
    record: Record = {
        "format": FORMAT,
        "edition": report.edition.id,
        "agency": report.agency.name,
        "short_name": report.agency.short_name,
        "kind": report.agency.kind and report.agency.kind.value,
        "year": report.year,
        "contact": asdict(report.agency.contact),
        "signed": {
            "form": report.sign_off.form.value,
            "date": report.sign_off.date and report.sign_off.date.isoformat(),
        },
        "values": {
            key: figure_value(field.kind, report.values.get(key))
            for key, field in report.edition.fields.items()
        },
        "narrative": _narrative(report),
    }
    if known := stated(report.indicators):
        record["indicators"] = [_indicator(one) for one in known.values()]
    if report.answers:
        record["answers"] = [_answer(answer) for answer in report.answers]
    record["findings"] = [finding.as_json() for finding in findings]
    return record


def figure_value(kind: Kind, value: Value | None) -> int | str | None:
    """A figure as JSON has it: a count as a number, money as text, null for none."""
    if value is None:
        return None
    return format(Decimal(value), "f") if kind is Kind.MONEY else int(value)


def _narrative(report: Report) -> list[Record]:
    items = [
        _item(passage.mark, _heading(report, passage), passage.text) for passage in report.written
    ]
    lines = report.sign_off.lines(report.agency.name)
    return [*items, _item(SIGN_OFF, None, "\n".join(lines))] if lines else items


def _heading(report: Report, passage: Passage) -> str | None:
    if passage.mark == PREAMBLE:
        return None
    return report.edition.section(passage.mark).title if passage.level == 1 else passage.heading


def _item(section: str, heading: str | None, text: str) -> Record:
    return {"section": section, "heading": heading, "text": text}


def _indicator(one: Indicator) -> Record:
    return {
        "name": one.name,
        "unit": one.unit,
        "value": one.value,
        "last": one.last,
        "note": one.note,
    }


def _answer(answer: Answer) -> Record:
    return {
        "code": answer.code,
        "cell": answer.cell,
        "reason": answer.reason,
        "figures": answer.figures,
    }
