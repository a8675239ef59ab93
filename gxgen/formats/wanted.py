"""Which formats a county wants, and who makes the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gxgen.formats.docx.declaration import DOCX
from gxgen.formats.registry import FORMATS


class PdfEngine(StrEnum):
    """Who makes the PDF: ``auto`` takes the built-in one where it is faithful to the style."""

    AUTO = "auto"
    BUILTIN = "builtin"
    LIBREOFFICE = "libreoffice"

    @property
    def label(self) -> str:
        """The word for people."""
        return {"auto": "自动", "builtin": "内置排版", "libreoffice": "LibreOffice"}[self.value]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which formats, and who makes the PDF (never ``auto``: somebody has decided)."""

    formats: tuple[str, ...] = (DOCX.name,)
    engine: PdfEngine = PdfEngine.BUILTIN

    @property
    def of_office(self) -> tuple[str, ...]:
        """What LibreOffice makes of the DOCX, later and elsewhere."""
        engines = self.engine is not PdfEngine.BUILTIN
        return tuple(
            name
            for name in self.formats
            if FORMATS[name].writer is None or (engines and FORMATS[name].choice)
        )

    @property
    def made_here(self) -> tuple[str, ...]:
        """What is made of the report's blocks: a DOCX too where LibreOffice needs one."""
        asked = {*self.formats, *(DOCX.name for _ in self.of_office)}
        return tuple(name for name in FORMATS if name in asked.difference(self.of_office))

    @property
    def choice(self) -> bool:
        """Whether it matters who makes the PDF."""
        return any(FORMATS[name].choice for name in self.formats)

    @property
    def uses_fonts(self) -> bool:
        """Whether anything would look otherwise with other fonts on this machine."""
        return any(FORMATS[name].uses_fonts for name in self.formats)


ONLY_DOCX = Wanted()
