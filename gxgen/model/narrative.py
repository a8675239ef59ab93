"""The agency's own words, by section mark.

Marks: ``0`` preamble, ``1`` … ``6`` the six sections, ``1.1`` a part （一）, ``1.1.2`` below it.
Headings are kept without their number, because the number follows from the mark; a heading that
ends with 。 or ： runs in: the text goes on in the same line.
"""

from __future__ import annotations

from dataclasses import dataclass

from gxgen.places import Place

PREAMBLE = "0"
SIGN_OFF = "9"
RUN_IN_ENDINGS = ("。", "：", ":")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; it holds no line break."""

    text: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading (None for the preamble) and the paragraphs directly under it."""

    mark: str
    heading: str | None
    paragraphs: tuple[Paragraph, ...] = ()
    place: Place | None = None

    @property
    def text(self) -> str:
        """The paragraphs, joined by line feeds."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def level(self) -> int:
        """1 for a section, 2 for （一）, 3 for 1., and so on."""
        return self.mark.count(".") + 1

    @property
    def ordinal(self) -> int:
        """Its number among its siblings, from 1."""
        return int(self.mark.rpartition(".")[2])

    @property
    def section(self) -> str:
        """The mark of the section that it belongs to."""
        return self.mark.partition(".")[0]

    @property
    def runs_in(self) -> bool:
        """Whether the text follows the heading in the same line."""
        return self.heading is not None and self.level > 1 and self.heading.endswith(RUN_IN_ENDINGS)


Narrative = tuple[Passage, ...]
