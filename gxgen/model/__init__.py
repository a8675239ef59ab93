"""One agency's report of one year, as read: every figure and paragraph with its place.

What is named here is loaded when it is first asked for: a build that finds nothing to do needs to
know the agencies and no more.
"""

from typing import TYPE_CHECKING, Any

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
    _HOMES = {
        "agency": ("Agency", "AgencyKind", "Contact"),
        "narrative": ("Narrative", "Paragraph", "Passage"),
        "report": ("Answer", "Entry", "EntryState", "Report", "SignOff", "SignOffForm", "Value"),
    }

    def __getattr__(name: str) -> Any:
        """What is not loaded yet (PEP 562)."""
        from importlib import import_module

        for home, names in _HOMES.items():
            if name in names:
                found = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


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
