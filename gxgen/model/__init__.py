"""One agency's report of one year, as read: every figure and paragraph with its place."""

from gxgen.model.narrative import Narrative, Paragraph, Passage
from gxgen.model.report import (
    Agency,
    AgencyKind,
    Answer,
    Contact,
    Entry,
    EntryState,
    Report,
    SignOff,
    SignOffForm,
    Value,
)

__all__ = [
    "Agency",
    "AgencyKind",
    "Answer",
    "Contact",
    "Entry",
    "EntryState",
    "Narrative",
    "Paragraph",
    "Passage",
    "Report",
    "SignOff",
    "SignOffForm",
    "Value",
]
