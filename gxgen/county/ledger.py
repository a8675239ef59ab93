"""What was built from what: one hidden file beside a year's reports, so that the next run need not
do it again, and the roll-up and the county's page can be made without reading every form anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from gxgen.county.files import write_whole
from gxgen.diagnostics import Diagnostic, Severity, from_json
from gxgen.editions import EDITIONS, Edition, FieldKey, Kind, edition_for_year
from gxgen.model import Value

FOLDER = ".gxgen"
FILE = "ledger.json"
FORMAT = 1

Fingerprint = dict[str, str]
"""Digest of each thing that a unit's outputs depend on, by the word that ``--why`` says."""


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """One workbook of a county's year: what went in, what was found, what came out.

    ``outcome`` is ``built`` or ``refused``; ``outputs`` maps file names (relative to the year's
    folder) to SHA-256; ``figures`` holds the known figures by key (money as decimal text),
    ``last_figures`` those of last year's form, by the keys of its own edition.
    """

    workbook: str
    fingerprint: Fingerprint
    outcome: str
    agency: str
    year: int | None
    edition: str | None
    title: str
    figures: Mapping[FieldKey, int | str] = field(default_factory=dict)
    last_figures: Mapping[FieldKey, int | str] = field(default_factory=dict)
    findings: tuple[dict[str, Any], ...] = ()
    outputs: Mapping[str, str] = field(default_factory=dict)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The findings, worst first."""
        return tuple(from_json(finding) for finding in self.findings)

    @property
    def passed(self) -> bool:
        """Whether nothing blocks the report."""
        return self.edition is not None and not any(
            finding["severity"] == Severity.ERROR for finding in self.findings
        )

    @property
    def values(self) -> dict[FieldKey, Value]:
        """The known figures as numbers."""
        return {} if self.edition is None else _numbers(self.figures, EDITIONS[self.edition])

    @property
    def last_values(self) -> dict[FieldKey, Value]:
        """Last year's known figures as numbers; empty where last year's form is not there."""
        edition = edition_for_year(self.year - 1) if self.year else None
        return _numbers(self.last_figures, edition) if edition else {}


def _numbers(figures: Mapping[FieldKey, int | str], edition: Edition) -> dict[FieldKey, Value]:
    return {
        key: Decimal(value) if edition.fields[key].kind is Kind.MONEY else int(value)
        for key, value in figures.items()
        if key in edition.fields
    }


@dataclass(frozen=True, slots=True)
class Ledger:
    """All units of a county's year by workbook name, and the outputs of the county itself."""

    units: Mapping[str, UnitRecord] = field(default_factory=dict)
    county: Mapping[str, Any] = field(default_factory=dict)
    """``fingerprint`` and ``outputs`` of the roll-up and the county's page."""


def load(folder: Path) -> Ledger:
    """The ledger of a year's output folder; an empty one where there is none that can be used."""
    try:
        data = json.loads((folder / FOLDER / FILE).read_bytes())
        if data["format"] != FORMAT:
            return Ledger()
        units = {u["workbook"]: UnitRecord(**_tuple(u)) for u in data["units"]}
        return Ledger(units, data["county"])
    except (OSError, ValueError, KeyError, TypeError):
        return Ledger()


def save(folder: Path, ledger: Ledger) -> None:
    """Write the ledger whole.

    Raises:
        EnvironmentProblemError: it cannot be written.
    """
    data = {
        "format": FORMAT,
        "units": [_plain(unit) for unit in ledger.units.values()],
        "county": dict(ledger.county),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    write_whole(folder / FOLDER / FILE, text.encode())


def _plain(unit: UnitRecord) -> dict[str, Any]:
    """Its fields as they are; nothing is copied, a county has hundreds of thousands of figures."""
    return {one.name: getattr(unit, one.name) for one in fields(unit)}


def _tuple(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "findings": tuple(data["findings"])}
