"""What one agency handed in, as bytes: what a build reads, fingerprints and sends to a worker."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """What one agency handed in: its workbook, a neighbour text file, last year's workbook.

    Names are for messages only; ``year`` is the year that the workbook was filed under, if any.
    """

    name: str
    workbook: bytes
    neighbour: tuple[str, bytes] | None = None
    previous: tuple[str, bytes] | None = None
    year: int | None = None
    other_texts: tuple[str, ...] = ()
    """Further text files of the same name, which nobody can choose from but the agency."""
    last_year_unmatched: bool = False
    """Whether there are forms of last year, but none of this name."""
    government: bool = False
    """Whether it is the county government's own: words for the roll-up, which adds the figures."""

    @property
    def pieces(self) -> tuple[bytes, ...]:
        """All that it says, for a digest."""
        files = (
            (self.name, self.workbook),
            self.neighbour or ("", b""),
            self.previous or ("", b""),
        )
        return tuple(piece for name, data in files for piece in (name.encode(), data))
