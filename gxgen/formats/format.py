"""What a format must bring before anybody can ask for it.

A declaration is read by every command, so it is plain data and functions that import what they need
when they are called: the writers load typst, lxml and Jinja, which takes longer than all the rest
of ``--help`` or of a build with nothing to do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from gxgen.diagnostics import Finding
    from gxgen.formats.manuscript import Manuscript
    from gxgen.model.report import Report


@dataclass(frozen=True, slots=True)
class Writer:
    """Makes a document of a report's blocks here.

    ``verify`` reads the document back and says what differs from the report.
    """

    write: Callable[[Manuscript], bytes]
    verify: Callable[[bytes, Manuscript], list[Finding]]


@dataclass(frozen=True, slots=True)
class Converter:
    """Has LibreOffice make a document of the report's DOCX, ``to`` its name for the format.

    ``verify`` reads the document back and says what differs from that DOCX of that report.
    """

    to: Literal["pdf", "doc"]
    verify: Callable[[bytes, bytes, Report], list[Finding]]


@dataclass(frozen=True, slots=True)
class Format:
    """What a report can be written as.

    ``name`` is what people ask for, ``label`` what sentences call it, ``ending`` what follows the
    report's title in a file's name, ``codes`` what reading it back can find. ``remarks`` finds what
    is worth knowing of a report on this machine and blocks nothing. ``uses_fonts``: whether it
    looks otherwise with other fonts here.
    """

    name: str
    label: str
    ending: str
    codes: tuple[str, ...]
    writer: Writer | None = None
    converter: Converter | None = None
    remarks: Callable[[Manuscript], list[Finding]] | None = None
    uses_fonts: bool = False

    def __post_init__(self) -> None:
        """Refuse what nobody makes, or nobody would check.

        Raises:
            TypeError: it has no maker, a maker has no verifier, or no code tells what is wrong.
        """
        makers = [maker for maker in (self.writer, self.converter) if maker is not None]
        if not makers or not self.codes or not all(callable(one.verify) for one in makers):
            raise TypeError(f"{self.name}: a format needs a maker, a verifier and its codes")

    @property
    def choice(self) -> bool:
        """Whether somebody must decide who makes it."""
        return self.writer is not None and self.converter is not None

    @property
    def told(self) -> str:
        """Its name and what it is for."""
        return self.name + self.ending.rpartition(".")[0]
