"""A style at a glance: one invented report through its template."""

from __future__ import annotations

from gxgen.editions.schema import Edition
from gxgen.errors import EnvironmentProblemError, UsageError
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.template import load_template
from gxgen.templates.sample import sample_report
from gxgen.templates.styles import lacks, style_templates


def template_of(style: str, edition: Edition) -> tuple[str, bytes]:
    """The file of an edition in a style: its name and its bytes.

    Raises:
        UsageError: no such style, or it has no template for the edition.
        EnvironmentProblemError: the template cannot be read.
    """
    paths = {each.id: path for each, path in style_templates(style)}
    path = paths.get(edition.id)
    if path is None:
        raise UsageError(lacks(style, edition.id))
    try:
        return path.name, path.read_bytes()
    except OSError as error:
        raise EnvironmentProblemError(f"模板{path}没有权限读取。") from error


def preview(style: str, edition: Edition, *, draft: bool = False) -> bytes:
    """The invented report of an edition in a style, as a DOCX; the same each time.

    Raises:
        UsageError: no such style, or it has no template for the edition.
        EnvironmentProblemError: the template cannot be read.
        TemplateError: the template cannot be used as it stands.
    """
    data = template_of(style, edition)[1]
    return render_docx(sample_report(edition), load_template(data, edition), draft=draft)
