"""The DOCX writer: a report through a compiled template."""

from __future__ import annotations

from gxgen.document.blocks import Document, compose
from gxgen.document.torn import has_long_word, torn_in_office
from gxgen.errors import TemplateError
from gxgen.formats.docx.context import make_context
from gxgen.formats.docx.fit import must_change
from gxgen.formats.docx.rows import pictured_rows_setter, rows_setter
from gxgen.formats.docx.template import CompiledTemplate
from gxgen.model.report import Report


def render_docx(
    report: Report,
    template: CompiledTemplate,
    *,
    draft: bool = False,
    document: Document | None = None,
) -> bytes:
    """The report as a DOCX; a draft bears its mark on every page.

    ``document``: the report's blocks, where they have been composed already.

    Raises:
        TemplateError: the template is for another edition, or cannot be filled.
        UnprintableTextError: a text holds a character that XML cannot.
    """
    if template.edition.id != report.edition.id:
        raise TemplateError(
            f"这份模板适用{template.edition.id}年版格式，而报告用的是{report.edition.id}年版。"
        )
    if draft and not template.marks_drafts:
        raise TemplateError("模板的页眉中没有{{ draft_mark }}，无法在每页标明草稿。")
    document = document or compose(report)
    template = template.tinted(report.facts.accent)
    if must_change(document, template.rooms):
        template = template.fitted(document)
    set_rows = (
        pictured_rows_setter(template.members, document.illustrated(template.asked))
        if template.pictured
        else rows_setter(template.members, document)
    )
    torn = has_long_word if template.pictured else torn_in_office
    context = make_context(report, document, draft=draft, torn=torn)
    if template.pictured:
        from gxgen.formats.docx.pictured import add_pictures

        add_pictures(context, document, template.colours)
    if not template.illustrated:
        return template.render(context, set_rows=set_rows)
    shown = document.illustration
    return template.render(shown.slots | context, shown.drawn, set_rows)
