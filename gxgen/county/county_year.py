"""A county's year as what is made of it sees it: the roll-up and the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gxgen.county.conversion import Converted
from gxgen.county.dispatch import Hands
from gxgen.county.project import County
from gxgen.county.source import Source
from gxgen.county.standing import Standings
from gxgen.county.tasks import StyleBytes
from gxgen.diagnostics import Diagnostic
from gxgen.formats.wanted import Wanted

if TYPE_CHECKING:
    from gxgen.model.agency import Agency
    from gxgen.model.report import Report

Convert = Callable[[bytes, "Report"], Converted]

DRAFT = "（草稿）"
"""Ends the file name of a draft, so that it never stands where the report belongs."""


@dataclass(frozen=True, slots=True)
class CountyYear:
    """What a county's year adds up to: its units by workbook name, and who is missing."""

    county: County
    year: int
    standings: Standings
    missing: tuple[Agency, ...]
    own: Source | None
    """The county government's own workbook, where it is there."""
    style: StyleBytes
    wanted: Wanted
    convert: Convert
    """Makes of a DOCX what LibreOffice is wanted for."""
    late: bool = False
    """Whether the day is past on which those who are missing should have filed."""


@dataclass(frozen=True, slots=True)
class Made:
    """Files for a whole county's year by name, whole or in pieces, and what was found."""

    files: Mapping[str, bytes | Iterable[bytes]]
    diagnostics: tuple[Diagnostic, ...] = ()
    faults: tuple[str, ...] = ()
    """Troubles outside the data, as sentences."""


CountyFiles = Callable[[CountyYear, Hands], Made]
"""Makes a county's page and its roll-up."""
