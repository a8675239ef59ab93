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
    """One unit: of the roster, or one that filed and is not in it (not ``listed``).

    ``figures`` and ``last_year`` hold what is known; blank figures are absent. ``links`` maps
    ``docx``, ``html``, ``pdf``, ``return`` or a word of one's own to a file, as a path relative
    to the page, the one first that its name opens; ``form`` is such a path to what was filed,
    which may lie outside the page's folder. All of them are there. ``remark`` says what is odd
    about its files.
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
    listed: bool = True
    form: str | None = None
    remark: str = ""

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
class EarlierYear:
    """A year before, like beside like: ``figures`` of that ``year`` in the keys of its ``edition``,
    ``now`` this year's of the same ``units``. Such only are in them as that year counts all that
    the page compares.

    ``units`` is None where ``figures`` are the county's own report of that year.
    """

    year: int
    edition: Edition
    figures: Mapping[FieldKey, Value]
    now: Mapping[FieldKey, Value]
    units: int | None


@dataclass(frozen=True, slots=True)
class CountyView:
    """What the page tells, the agencies in its order.

    ``earlier`` are the years before, the last one first; each agency's ``last_year`` is in the
    keys of the edition of the year before. ``draft_reasons`` are whole sentences beside the
    agencies that are missing or sent back, which the page names itself. ``built`` says by what the
    page was made (program and version), never when. ``rollup_links`` is like an agency's
    ``links``, with ``detail`` for the workbook that shows each total's parts.
    """

    county: str
    year: int
    edition: Edition
    agencies: Sequence[AgencyRow]
    totals: Mapping[FieldKey, Value] | None = None
    earlier: Sequence[EarlierYear] = ()
    rollup_links: Mapping[str, str] = field(default_factory=dict)
    draft: bool = False
    draft_reasons: tuple[str, ...] = ()
    alike: Sequence[Likeness] = ()
    built: str = ""
    deadline: str = ""

    @property
    def last(self) -> EarlierYear | None:
        """The year before, where its figures are known."""
        return next((one for one in self.earlier if one.year == self.year - 1), None)

    @property
    def last_edition(self) -> Edition | None:
        """The edition of the year before, None before the first one."""
        return edition_for_year(self.year - 1)
