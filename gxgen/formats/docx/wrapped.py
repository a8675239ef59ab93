"""The one wrapper over docxtpl: its patching of a part's XML, and its own way to a document."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from gxgen.errors import GxgenError, TemplateError
from gxgen.opc.package import FixedZip, Members, read_package

RenderPart = Callable[[str, Mapping[str, Any], str], str]
"""Fills the Jinja source of a part (its member name comes last) with a context."""


def patcher() -> Callable[[str], str]:
    """Turns the XML of a part into Jinja source: ``{%p %}`` and its kin, tags over several runs."""
    from docxtpl import DocxTemplate

    patch: Callable[[str], str] = DocxTemplate(io.BytesIO()).patch_xml
    return patch


def render_by_docxtpl(members: Members, context: Mapping[str, Any], render: RenderPart) -> Members:
    """docxtpl's own rendering, where only the Jinja source of a part is rendered by us.

    Raises:
        TemplateError: the package is not as docxtpl needs it.
    """
    from docxtpl import DocxTemplate

    class OwnPath(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
        def render_xml_part(
            self, src_xml: str, part: Any, context: Any, jinja_env: Any = None
        ) -> str:
            return render(src_xml, context, str(part.partname).lstrip("/"))

        def render_properties(self, context: Any, jinja_env: Any = None) -> None:
            """The properties are ours."""

    out = io.BytesIO()
    try:
        own = OwnPath(io.BytesIO(FixedZip({}).build(members)))
        own.render(dict(context))
        own.save(out)
    except GxgenError:
        raise
    except Exception as error:  # each of docxtpl, python-docx and lxml has its own for bad files
        raise TemplateError(
            "这份模板无法生成文档：文档的结构不完整，或部件之间的引用有误。"
        ) from error
    return read_package(out.getvalue())
