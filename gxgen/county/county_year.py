"""What is known of a county's year when its own files are made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from gxgen.county.agency_year import Filing, Judgement, Outcome
from gxgen.county.conversion import Converted, StyleBytes
from gxgen.county.earlier import BeforeLast
from gxgen.county.project import County
from gxgen.formats.wanted import Wanted
from gxgen.model.agency import Agency
from gxgen.model.report import Report
from gxgen.show.county.view import Likeness


@dataclass(frozen=True, slots=True)
class CountyYear:
    """What a county's year adds up to: what was filed, by workbook name, and who is missing."""

    county: County
    year: int
    outcomes: tuple[Outcome, ...]
    missing: tuple[Agency, ...]
    own: Filing | str | None
    """What the county's government filed, where it did, or why nobody can read it."""
    style: StyleBytes
    """Without the template of the year where nothing may be printed with it."""
    wanted: Wanted
    convert: Callable[[bytes, Report], Converted]
    """Makes of a DOCX what LibreOffice is wanted for."""
    unread: Mapping[str, str]
    """The workbooks of which nobody knows what they say now, and why."""
    alike: Sequence[Likeness] = ()
    """Whose texts are alike."""
    late: bool = False
    """Whether the day is past on which those who are missing should have filed."""
    gone: Collection[str] = frozenset()
    """Files of the agencies that somebody has taken away."""
    forms: str = ""
    """Where the forms lie as the page sees it; empty where no way leads there."""
    before_last: BeforeLast | None = None
    """The forms of the year before last."""

    @property
    def judgements(self) -> list[Judgement]:
        """What was found in what was filed."""
        return [outcome.judgement for outcome in self.outcomes]
