"""One report, many writers: every format is made of the same blocks, and read back at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from gxgen.diagnostics import Finding
from gxgen.document.blocks import Document, compose
from gxgen.errors import EnvironmentProblemError
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.template import CompiledTemplate
from gxgen.formats.docx.verify import verify_docx
from gxgen.formats.wanted import PdfEngine, Wanted
from gxgen.model.report import Report


@dataclass(frozen=True, slots=True)
class Documents:
    """A report's documents by format, and what reading them back found; a wrong one is no document
    to hand out."""

    files: dict[str, bytes] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)
    """What is worth knowing and blocks nothing: characters that no font here holds."""
    trouble: str | None = None
    """Why a document is wanting, where that is not the report's fault."""


def write(
    report: Report, template: CompiledTemplate, wanted: Wanted, *, draft: bool = False
) -> Documents:
    """The report in every format that is made here.

    Raises:
        TemplateError: the template cannot be filled.
        UnprintableTextError: a text holds a character that XML cannot.
    """
    composed, out = compose(report), Documents()
    if wanted.docx:
        docx = render_docx(report, template, draft=draft, document=composed)
        out.files["docx"] = docx
        own = template.furniture(report)
        out.faults.extend(verify_docx(docx, report, own, composed, template.asked))
    shown = _shown(composed, template)
    if "html" in wanted.formats:
        _html(out, report, shown, draft=draft)
    if "fragment" in wanted.formats:
        _fragment(out, report, shown)
    if "pdf" in wanted.formats:
        _glyphs(out, report, composed)
        if wanted.engine is PdfEngine.BUILTIN:
            try:
                _pdf(out, report, composed, draft=draft)
            except EnvironmentProblemError as error:
                return replace(out, trouble=f"{report.title}的PDF没有生成：{error}")
    return out


def _glyphs(out: Documents, report: Report, composed: Document) -> None:
    from gxgen.formats.fonts.catalogue import own_faces
    from gxgen.formats.fonts.findings import glyph_findings

    out.remarks.extend(glyph_findings(report, composed, own_faces()))


def _shown(document: Document, template: CompiledTemplate) -> Document:
    if not template.illustrated:
        return document
    from gxgen.document.illustrated.edition import illustrated

    return illustrated(document, template.asked)


def _html(out: Documents, report: Report, shown: Document, *, draft: bool) -> None:
    from gxgen.formats.html.page import html_page
    from gxgen.formats.html.verify import verify_html

    page = html_page(shown, report, draft=draft)
    out.files["html"] = page
    out.faults.extend(verify_html(page, report, document=shown, draft=draft))


def _fragment(out: Documents, report: Report, shown: Document) -> None:
    from gxgen.formats.html.fragment import html_fragment
    from gxgen.formats.html.verify import verify_html

    text = html_fragment(shown, report)
    # The mark at the beginning tells editors on Windows what it is written in.
    out.files["fragment"] = text.encode("utf-8-sig", "replace")
    out.faults.extend(verify_html(text, report, document=shown))


def _pdf(out: Documents, report: Report, composed: Document, *, draft: bool) -> None:
    from gxgen.formats.pdf.verify import verify_pdf
    from gxgen.formats.pdf.write import pdf_of

    data = pdf_of(composed, report, draft=draft)
    out.files["pdf"] = data
    out.faults.extend(verify_pdf(data, report, composed))
