"""A text file's lines before anything is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from gxgen.diagnostics import Finding
from gxgen.places import DocumentParagraph

EDGES = " \t\r\u3000\xa0\u200b\ufeff\u2002\u2003"
"""White space that people put before and after a paragraph; none of it is text."""


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line, where it stands, and its depth (1 …) where the file marks it as a heading.

    ``broken``: it follows a manual line break inside a paragraph.
    """

    text: str
    place: DocumentParagraph
    depth: int | None = None
    broken: bool = False


@dataclass(frozen=True, slots=True)
class RawTable:
    """The texts of a table's cells by row; ``number`` counts the file's tables from 1."""

    number: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class RawText:
    """What a file holds, and what was found while reading it."""

    file: str
    lines: list[RawLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    tables: list[RawTable] = field(default_factory=list)
    """Those of its tables that are the form's own."""

    @property
    def next_place(self) -> DocumentParagraph:
        """The place of the paragraph that would be added now; empty ones do not count."""
        return DocumentParagraph(self.file, (self.lines[-1].place.number if self.lines else 0) + 1)

    def add(self, text: str, depth: int | None = None) -> None:
        """Add a paragraph, one line for each manual line break; empty ones are left out."""
        place = self.next_place
        pieces = [p for piece in text.splitlines() if (p := self._clean(piece, place))]
        self.lines += (RawLine(p, place, depth, at > 0) for at, p in enumerate(pieces))

    def _clean(self, text: str, place: DocumentParagraph) -> str:
        kept = "".join(c for c in text if _is_text(c))
        if len(kept) < len(text):
            bad = next(c for c in text if not _is_text(c))
            self.findings.append(
                Finding(
                    "GX058",
                    f"第{place.number}段“{kept.strip()[:20]}…”里有看不见的控制字符"
                    f"（U+{ord(bad):04X}），无法印出。",
                    place,
                )
            )
        return kept.strip(EDGES)


def _is_text(character: str) -> bool:
    """Whether XML 1.0 can hold the character."""
    code = ord(character)
    return character == "\t" or (
        code >= 0x20 and not 0x7F <= code <= 0x9F and code & 0xFFFE != 0xFFFE
    )
