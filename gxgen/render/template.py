"""The one wrapper over docxtpl: a template compiled once and rendered many times.

docxtpl's own ``patch_xml`` turns the XML of a part into Jinja source; that is done once, and
Jinja compiles it once. A report is then text, compressed into a zip whose other members are
already packed. What docxtpl does beyond that (repairing table grids after ``{%tc %}``, pictures,
footnotes) the fast way does not: such templates go through docxtpl itself, with the same
environment and the same zip.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gxgen.editions import Edition
from gxgen.errors import EnvironmentProblemError, GxgenError, TemplateError
from gxgen.render.package import CORE, DOCUMENT, FixedZip, Members, read_package
from gxgen.render.prepare import R, parse_xml, part_names, prepare

if TYPE_CHECKING:
    from jinja2 import Template

Sources = dict[str, str]
"""Jinja source of each part that varies, by member name."""

FEATURES: dict[str, re.Pattern[str]] = {
    "rich text": re.compile(r"\{\{r\s|\{%r\s"),
    "table cell loop": re.compile(r"\{%\s*tc\s|\{\{tc\s|\{#tc\s"),
    "table row loop": re.compile(r"\{%tr\s|\{\{tr\s|\{#tr\s"),
    "cell merge or colour": re.compile(r"\{%\s*(?:colspan|cellbg|hm|vm)\b"),
    "picture or drawing": re.compile(r"<wp:docPr\b"),
}
NOTES = ("footnotes", "endnotes")

_CORE_SOURCE = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\
<dc:title>{{ document_title }}</dc:title><dc:creator>{{ agency }}</dc:creator>\
<cp:lastModifiedBy>{{ agency }}</cp:lastModifiedBy><cp:revision>1</cp:revision>\
<dcterms:created xsi:type="dcterms:W3CDTF">{{ created }}</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">{{ created }}</dcterms:modified>\
<dc:language>zh-CN</dc:language></cp:coreProperties>"""
"""Made anew for each report: a template's own would tell who edited it, and when."""


@dataclass(frozen=True)
class CompiledTemplate:
    """A template ready to render; made by :func:`load_template`."""

    edition: Edition
    members: Members
    sources: Sources
    features: frozenset[str]
    """What the template uses that only docxtpl itself can do; empty: the fast way."""

    def render(self, context: Mapping[str, Any]) -> bytes:
        """The DOCX of one report.

        Raises:
            TemplateError: the template asks for what the context does not hold.
            UnprintableTextError: a value holds a character that XML cannot.
        """
        parts = self._by_docxtpl(context) if self.features else self._texts(context)
        return self._zip.build(parts)

    @cached_property
    def _compiled(self) -> dict[str, Template]:
        from gxgen.render.environment import environment, parse

        out = {}
        for name, source in self.sources.items():
            env = environment(properties=name == CORE)
            try:
                out[name] = env.from_string(parse(source, properties=name == CORE))
            except Exception as error:
                raise _explained(error, name) from error
        return out

    @cached_property
    def _zip(self) -> FixedZip:
        return FixedZip({n: d for n, d in self.members.items() if n not in self._varying})

    @cached_property
    def _varying(self) -> tuple[str, ...]:
        if not self.features:
            return tuple(self.sources)
        return tuple(self.members)

    def _texts(self, context: Mapping[str, Any]) -> Members:
        return {name: self._text(name, context).encode() for name in self.sources}

    def _text(self, name: str, context: Mapping[str, Any]) -> str:
        try:
            return self._compiled[name].render(context)
        except GxgenError:
            raise
        except Exception as error:
            raise _explained(error, name) from error

    def _by_docxtpl(self, context: Mapping[str, Any]) -> Members:
        """docxtpl's own rendering, each part's text still made by our compiled Jinja."""
        from docx.opc.exceptions import OpcError
        from docxtpl import DocxTemplate

        template = self
        names = {source: name for name, source in self.sources.items()}

        class OwnPath(DocxTemplate):  # type: ignore[misc]
            def render_xml_part(
                self, src_xml: str, part: Any, context: Any, jinja_env: Any = None
            ) -> str:
                name = names.get(src_xml, DOCUMENT)
                text = template._text(name, context)
                parse_xml(text.encode(), name)
                return text

            def render_properties(self, context: Any, jinja_env: Any = None) -> None:
                """The properties are ours."""

        try:
            own = OwnPath(io.BytesIO(_plain_zip(self.members)))
            own.render(dict(context))
            out = io.BytesIO()
            own.save(out)
        except (OpcError, KeyError, ValueError, AttributeError) as error:
            raise TemplateError(f"模板无法生成文档：{error}") from error
        parts = read_package(out.getvalue())
        if CORE in self.sources:
            parts[CORE] = self._text(CORE, context).encode()
        return parts
