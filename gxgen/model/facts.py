"""What a county's settings say that the check of a single report asks for, as plain data that
travels with its form."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CountyFacts:
    """``named`` are the agencies of the roster: what a text may call each, and its full name.

    ``county`` is its name, empty where there is none. ``publish_by`` is the month and day until
    which the county wants its agencies' reports published, None where it leaves it at what the law
    says. ``accent`` names the colours of an illustrated edition, empty where the style decides.
    """

    named: tuple[tuple[str, str], ...] = ()
    publish_by: tuple[int, int] | None = None
    county: str = ""
    accent: str = ""


NO_FACTS = CountyFacts()
