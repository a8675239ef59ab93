"""What the county's page is told: plain data, whoever has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from gxgen.diagnostics import Diagnostic, Severity
from gxgen.editions.declared import edition_for_year
from gxgen.editions.schema import Edition, FieldKey
from gxgen.model.report import Value

State = Literal["built", "unchanged", "returned", "held", "missing", "late"]
"""What became of an agency's form: ``built`` or ``unchanged`` (its report is there), ``returned``
(filed, with errors), ``held`` (what keeps it from being built is not the agency's to mend),
``missing`` (nothing filed), ``late`` (nothing filed and the day is past)."""


Likeness = tuple[str, str, int, float]
"""Two agencies' names, how many passages of theirs are alike, and the greatest likeness (0 to 1).
"""


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency of the roster.

    ``figures`` and ``last_year`` hold what is known; blank figures are absent. ``links`` maps
    ``docx``, ``html``, ``pdf``, ``return`` or a word of one's own to a file, as a path relative
    to the page.
    """

    agency: str
    short_name: str | None
    kind: str | None
    state: State
    figures: Mapping[FieldKey, Value] = field(default_factory=dict)
    last_year: Mapping[FieldKey, Value] | None = None
    findings: tuple[Diagnostic, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    added: bool = False
    """Whether its figures are in the county's totals."""

    @property
    def errors(self) -> int:
        """How many findings block the report."""
        return sum(one.severity is Severity.ERROR for one in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings ask (核实)."""
        return sum(one.severity is Severity.WARNING for one in self.findings)

    @property
    def notes(self) -> int:
        """How many findings only tell (提示)."""
        return sum(one.severity is Severity.NOTE for one in self.findings)


@dataclass(frozen=True, slots=True)
class CountyView:
    """What the page tells. ``agencies`` may be made one by one when they are asked for.

    ``last_totals`` and each agency's ``last_year`` are in the keys of the edition of the year
    before. ``draft_reasons`` are whole sentences beside the agencies that are missing or sent
    back, which the page names itself. ``built`` says by what the page was made (program and
    version), never when. ``rollup_links`` is like an agency's ``links``, with ``detail`` for the
    workbook that shows each total's parts.
    """

    county: str
    year: int
    edition: Edition
    agencies: Sequence[AgencyRow]
    totals: Mapping[FieldKey, Value] | None = None
    last_totals: Mapping[FieldKey, Value] | None = None
    rollup_links: Mapping[str, str] = field(default_factory=dict)
    draft: bool = False
    draft_reasons: tuple[str, ...] = ()
    alike: Sequence[Likeness] = ()
    built: str = ""

    @property
    def last_edition(self) -> Edition | None:
        """The edition of the year before, None before the first one."""
        return edition_for_year(self.year - 1)
