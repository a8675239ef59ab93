"""What a county has learnt of its agencies' sentences, as plain data that travels with a report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remembered:
    """A sentence about which an agency was asked, and what its number counts.

    ``clause`` is the sentence with its numbers, years and the agency's own name masked, the number
    in question in brackets. ``reads`` are keys of figures, joined by + and -; empty where the
    number counts nothing that the tables hold.
    """

    clause: str
    reads: str = ""


@dataclass(frozen=True, slots=True)
class CountyWords:
    """What ``words.toml`` says.

    ``boilerplate`` are sentences that agencies may share, ``lawful`` those about which nobody is
    asked; … in them stands for anything. ``phrases`` are (tag, phrase): words for what the lexicon
    has a tag for. ``short_names`` are (full name, short name) of agencies.
    """

    boilerplate: tuple[str, ...] = ()
    frames: tuple[Remembered, ...] = ()
    lawful: tuple[str, ...] = ()
    phrases: tuple[tuple[str, str], ...] = ()
    short_names: tuple[tuple[str, str], ...] = ()

    @property
    def shared(self) -> tuple[str, ...]:
        """The sentences that agencies may have alike."""
        return (*self.boilerplate, *self.lawful)

    def names_of(self, agency: str) -> tuple[str, ...]:
        """The short names that the county adds for an agency."""
        return tuple(short for name, short in self.short_names if name == agency)


NO_WORDS = CountyWords()
