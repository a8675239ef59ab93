"""What is known of one workbook of a county's year, and how it stands in a line of a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from gxgen.diagnostics import Diagnostic, Severity, from_json

if TYPE_CHECKING:
    from gxgen.editions.schema import Edition, FieldKey
    from gxgen.model.report import Value

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
    def values(self) -> Mapping[FieldKey, Value]:
        """The known figures as numbers."""
        return _numbers(self.figures, _edition(self.edition))

    @property
    def last_values(self) -> Mapping[FieldKey, Value]:
        """Last year's known figures as numbers; empty where last year's form is not there."""
        return _numbers(self.last_figures, _last_edition(self.year))


def _numbers(
    figures: Mapping[FieldKey, int | str], edition: Edition | None
) -> Mapping[FieldKey, Value]:
    if edition is None:
        return {}
    if isinstance(figures, _Figures):
        return figures.numbers
    from decimal import Decimal

    from gxgen.editions.schema import Kind

    return {
        key: Decimal(value) if edition.fields[key].kind is Kind.MONEY else int(value)
        for key, value in figures.items()
        if key in edition.fields
    }


def _edition(name: str | None) -> Edition | None:
    from gxgen.editions.declared import EDITIONS

    return None if name is None else EDITIONS[name]


def _last_edition(year: int | None) -> Edition | None:
    from gxgen.editions.declared import edition_for_year

    return None if year is None else edition_for_year(year - 1)


class _Figures(Mapping[str, "int | str"]):
    """Figures as they stand in a line: in the order of an edition, read when somebody asks."""

    __slots__ = ("_edition", "_known", "_numbers", "_text")

    def __init__(self, text: bytes, edition: Callable[[], Edition | None]) -> None:
        self._text, self._edition = text, edition
        self._known: dict[str, int | str] | None = None
        self._numbers: Mapping[str, Value] | None = None

    @property
    def numbers(self) -> Mapping[str, Value]:
        """The same as numbers; asked for by all who add up."""
        if self._numbers is None:
            self._numbers = _numbers(dict(self._read()), self._edition())
        return self._numbers

    def _read(self) -> dict[str, int | str]:
        if self._known is None:
            edition = self._edition()
            pairs = zip(edition.fields, json.loads(self._text), strict=False) if edition else ()
            self._known = {key: value for key, value in pairs if value is not None}
        return self._known

    def __getitem__(self, key: str) -> int | str:
        return self._read()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


def line_of(record: UnitRecord) -> bytes:
    """Four JSON texts apart by tabs: name, what is asked for first, figures, last year's."""
    said = [
        record.fingerprint,
        record.outcome,
        record.agency,
        record.year,
        record.edition,
        record.title,
        record.findings,
        dict(record.outputs),
    ]
    now = _in_order(record.figures, _edition(record.edition))
    last = _in_order(record.last_figures, _last_edition(record.year))
    parts = (record.workbook, said, now, last)
    texts = (json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in parts)
    return "\t".join(texts).encode("utf-8", "surrogatepass") + b"\n"


def _in_order(
    figures: Mapping[FieldKey, int | str], edition: Edition | None
) -> list[int | str | None]:
    return [figures.get(key) for key in edition.fields] if edition and figures else []


def name_in(line: bytes) -> str:
    """The workbook that a line is about."""
    name: str = json.loads(line[: line.index(b"\t")])
    return name


def record_in(line: bytes) -> UnitRecord:
    """The record that a line holds."""
    name, said, figures, last = line.split(b"\t")
    fingerprint, outcome, agency, year, edition, title, findings, outputs = json.loads(said)
    return UnitRecord(
        json.loads(name),
        fingerprint,
        outcome,
        agency,
        year,
        edition,
        title,
        _Figures(figures, partial(_edition, edition)),
        _Figures(last, partial(_last_edition, year)),
        tuple(findings),
        outputs,
    )
