"""A style at a glance: one invented report through its template."""

from __future__ import annotations

from gxgen.editions.schema import Edition
from gxgen.errors import EnvironmentProblemError, UsageError
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.template import load_template
from gxgen.templates.sample import sample_report
from gxgen.templates.styles import style_templates


def preview(style: str, edition: Edition, *, draft: bool = False) -> bytes:
    """The invented report of an edition in a style, as a DOCX; the same each time.

    Raises:
        UsageError: no such style, or it has no template for the edition.
        EnvironmentProblemError: the template cannot be read.
        TemplateError: the template cannot be used as it stands.
    """
    paths = {each.id: path for each, path in style_templates(style)}
    path = paths.get(edition.id)
    if path is None:
        raise UsageError(f"样式“{style}”没有{edition.id}年版格式的模板。")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise EnvironmentProblemError(f"模板{path}没有权限读取。") from error
    return render_docx(sample_report(edition), load_template(data, edition), draft=draft)
