"""Complete reports made from a declaration, for tests."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from gxgen.county.agency_year import Filing, Judgement
from gxgen.county.unit import check_unit
from gxgen.editions.derive import IdentityKind
from gxgen.editions.schema import Edition, Kind
from gxgen.model.agency import Agency
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Entry, Report, SignOff, SignOffForm


def balanced_values(edition: Edition) -> dict[str, int]:
    """Figures, different in most cells, that satisfy every identity and look plausible."""
    values = {
        key: -1 if field.kind is Kind.SIGNED else 1 + number * 7 % 13
        for number, (key, field) in enumerate(edition.fields.items())
    }
    values.update({key: 0 for key in values if key.startswith("disclosure.rules.")})
    for key, identity in edition.totals.items():
        values[key] = sum(values[part] for part in identity.right)
    for identity in edition.identities:
        if identity.kind is IdentityKind.BALANCE:
            received, carried_in = identity.left
            processed, carried_out = identity.right
            # What last year left over is as much as this year leaves: the same report fits both.
            values[carried_in] = values[carried_out] = 3
            values[received] = values[processed]
    for key, identity in edition.totals.items():
        values[key] = sum(values[part] for part in identity.right)
    for identity in edition.identities:
        if identity.kind is IdentityKind.BALANCE and identity.line == "total":
            assert sum(values[k] for k in identity.left) == sum(values[k] for k in identity.right)
    return values


def make_report(edition: Edition, year: int | None = None, **changes: Any) -> Report:
    """A complete report without findings; ``changes`` replace its fields."""
    year = year or edition.first_year + 1
    narrative = tuple(
        Passage(
            section.mark,
            None if section.mark == "0" else section.title,
            (Paragraph(f"{section.title}的一段文字，{year}年共办理若干事项。"),)
            if section.narrative or section.mark == "0"
            else (),
        )
        for section in edition.sections
    )
    report = Report(
        edition=edition,
        agency=Agency("垟塆县𡌴里镇人民政府"),
        year=year,
        entries={k: Entry(v, str(v)) for k, v in balanced_values(edition).items()},
        narrative=narrative,
        sign_off=SignOff(SignOffForm.AGENCY_AND_DATE, dt.date(year + 1, 1, 13)),
    )
    return replace(report, **changes)


def checked(data: bytes) -> Judgement:
    """Read and check a workbook's bytes."""
    return check_unit(Filing("填报表.xlsx", data))
