"""One agency's report of one year, as read: every figure and paragraph with its place."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gxgen.model.agency import Agency, AgencyKind, Contact
    from gxgen.model.narrative import Narrative, Paragraph, Passage
    from gxgen.model.report import (
        Answer,
        Entry,
        EntryState,
        Report,
        SignOff,
        SignOffForm,
        Value,
    )
else:
    from gxgen.lazy import exports

    __getattr__ = exports(
        __name__,
        {
            "agency": ("Agency", "AgencyKind", "Contact"),
            "narrative": ("Narrative", "Paragraph", "Passage"),
            "report": (
                "Answer", "Entry", "EntryState", "Report", "SignOff", "SignOffForm", "Value",
            ),
        },
    )  # fmt: skip

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
