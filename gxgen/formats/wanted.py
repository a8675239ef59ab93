"""What a report can be written as, and who makes the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ENDINGS = {
    "docx": ".docx",
    "html": ".html",
    "fragment": "（供网站粘贴）.html",
    "pdf": ".pdf",
    "doc": ".doc",
}
"""What follows the report's title in a file's name, by format; ``fragment`` is HTML to be pasted
into a website's own page."""

FORMATS = tuple(ENDINGS)


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

    formats: tuple[str, ...] = ("docx",)
    engine: PdfEngine = PdfEngine.BUILTIN

    @property
    def of_office(self) -> tuple[str, ...]:
        """What LibreOffice makes of the DOCX, later and elsewhere."""
        made = ("doc",) if self.engine is PdfEngine.BUILTIN else ("pdf", "doc")
        return tuple(name for name in self.formats if name in made)

    @property
    def docx(self) -> bool:
        """Whether a DOCX is needed, be it only for LibreOffice."""
        return "docx" in self.formats or bool(self.of_office)


ONLY_DOCX = Wanted()


def format_of(file: str) -> str | None:
    """The format of a report's file by its name."""
    longest = sorted(ENDINGS, key=lambda name: -len(ENDINGS[name]))
    return next((name for name in longest if file.endswith(ENDINGS[name])), None)
