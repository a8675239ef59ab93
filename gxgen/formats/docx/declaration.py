"""The DOCX: a style's template with the report in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gxgen.formats.format import Format, Writer

if TYPE_CHECKING:
    from gxgen.diagnostics import Finding
    from gxgen.formats.manuscript import Manuscript


def _write(text: Manuscript) -> bytes:
    from gxgen.formats.docx.fill import render_docx

    return render_docx(text.report, text.template, draft=text.draft, document=text.document)


def _verify(data: bytes, text: Manuscript) -> list[Finding]:
    from gxgen.formats.docx.verify import verify_docx

    style = text.template
    furniture = style.furniture(text.report)
    return verify_docx(data, text.report, furniture, text.document, style.asked)


DOCX = Format(
    "docx", "DOCX", ".docx", ("GX621", "GX622", "GX623", "GX627"), Writer(_write, _verify)
)
