"""The PDF: set here in the official style, or made of any DOCX by LibreOffice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gxgen.formats.format import Converter, Format, Writer

if TYPE_CHECKING:
    from gxgen.diagnostics import Finding
    from gxgen.formats.manuscript import Manuscript
    from gxgen.model.report import Report


def _write(text: Manuscript) -> bytes:
    from gxgen.formats.pdf.write import pdf_of

    return pdf_of(text.document, text.report, draft=text.draft)


def _verify(data: bytes, text: Manuscript) -> list[Finding]:
    from gxgen.formats.pdf.verify import verify_pdf

    return verify_pdf(data, text.report, text.document)


def _verify_converted(data: bytes, docx: bytes, report: Report) -> list[Finding]:
    from gxgen.document.blocks import compose
    from gxgen.formats.docx.verify import shown_in
    from gxgen.formats.pdf.boxes import boxed_findings
    from gxgen.formats.pdf.verify import verify_pdf

    document = compose(report)
    shown = shown_in(docx, document)
    boxes = boxed_findings(data, report)
    return [*verify_pdf(data, report, document, shown.asked, shown.texts), *boxes]


def _missing_glyphs(text: Manuscript) -> list[Finding]:
    from gxgen.fonts.catalogue import own_faces
    from gxgen.fonts.findings import glyph_findings

    return list(glyph_findings(text.report, text.document, own_faces()))


PDF = Format(
    "pdf",
    "PDF",
    ".pdf",
    ("GX624", "GX625", "GX626", "GX627"),
    Writer(_write, _verify),
    Converter("pdf", _verify_converted),
    _missing_glyphs,
    uses_fonts=True,
)
