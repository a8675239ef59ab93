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

from gxgen.editions import Edition, FieldKey
from gxgen.errors import EnvironmentProblemError, GxgenError, TemplateError
from gxgen.render.fit import figure_rooms, fit_figures
from gxgen.render.package import CORE, DOCUMENT, FixedZip, Members, read_package
from gxgen.render.prepare import HEADER_TYPES, W, parse_xml, part_names, prepare
from gxgen.render.readback import body_items, text_of

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
NOTE_TYPES = tuple(
    f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    for kind in ("footnotes", "endnotes")
)

GENERAL_TAG = re.compile(r"\{\{\s*(?:agency|short_name|year|document_title)\s*\}\}")

_CORE_SOURCE = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties \
xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
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
    def marks_drafts(self) -> bool:
        """Whether every header has the place for the draft mark."""
        headers = part_names(self.members, HEADER_TYPES[:1])
        return bool(headers) and all("draft_mark" in self.sources.get(h, "") for h in headers)

    @cached_property
    def furniture(self) -> tuple[re.Pattern[str], ...]:
        """Paragraphs of the template's own, which stand in each report beside the agency's."""
        body = parse_xml(self.members[DOCUMENT], DOCUMENT)[0]
        texts = [text_of(item) for item in body_items(body) if item.tag == W + "p"]
        return tuple(
            re.compile(".*".join(map(re.escape, GENERAL_TAG.split(text))))
            for text in texts
            if text.strip() and "{" not in GENERAL_TAG.sub("", text)
        )

    @cached_property
    def rooms(self) -> dict[FieldKey, int]:
        """How many digits each figure's cell holds on a line."""
        return figure_rooms(self.members)

    @cached_property
    def fitted(self) -> CompiledTemplate:
        """The same template, where figures too long for their cells are printed smaller."""
        return _compiled_of(fit_figures(self.members), self.edition)

    @cached_property
    def _compiled(self) -> dict[str, Template]:
        return {name: _compile(source, name) for name, source in self.sources.items()}

    @cached_property
    def _compiled_late(self) -> dict[str, Template]:
        """What docxtpl hands out while it renders, by source; it does so each time anew."""
        return {}

    @cached_property
    def _zip(self) -> FixedZip:
        varying = self.members if self.features else self.sources
        return FixedZip({n: d for n, d in self.members.items() if n not in varying})

    def _texts(self, context: Mapping[str, Any]) -> Members:
        return {
            name: _rendered(template, context, name).encode()
            for name, template in self._compiled.items()
        }

    def _late(self, source: str, context: Mapping[str, Any], part: str) -> str:
        known = self._compiled_late
        if source not in known:
            known[source] = _compile(source, part)
        text = _rendered(known[source], context, part)
        parse_xml(text.encode(), part)
        return text

    def _by_docxtpl(self, context: Mapping[str, Any]) -> Members:
        """docxtpl's own rendering, where only the Jinja source of a part is rendered by us."""
        from docxtpl import DocxTemplate

        late = self._late

        class OwnPath(DocxTemplate):  # type: ignore[misc]
            def render_xml_part(
                self, src_xml: str, part: Any, context: Any, jinja_env: Any = None
            ) -> str:
                return late(src_xml, context, str(part.partname).lstrip("/"))

            def render_properties(self, context: Any, jinja_env: Any = None) -> None:
                """The properties are ours."""

        out = io.BytesIO()
        try:
            own = OwnPath(io.BytesIO(FixedZip({}).build(self.members)))
            own.render(dict(context))
            own.save(out)
        except (KeyError, ValueError, AttributeError, TypeError) as error:
            raise TemplateError(
                "这份模板无法生成文档：文档的结构不完整，或部件之间的引用有误。"
            ) from error
        parts = read_package(out.getvalue())
        if CORE in self.sources:
            parts[CORE] = _rendered(self._compiled[CORE], context, CORE).encode()
        return parts


def template_name(edition: Edition) -> str:
    """The file of an edition in a style's folder; the edition in force has the plain name."""
    return "report.docx" if edition.last_year is None else f"report-{edition.id}.docx"


def load_template(source: Path | bytes, edition: Edition) -> CompiledTemplate:
    """A style's template for an edition, from its folder or from the file's bytes.

    Raises:
        EnvironmentProblemError: the folder has no such file.
        TemplateError: the file is no usable template.
    """
    data = source if isinstance(source, bytes) else _read(source / template_name(edition))
    return compile_template(data, edition)


def compile_template(data: bytes, edition: Edition) -> CompiledTemplate:
    """The template of these bytes, patched by docxtpl and compiled by Jinja.

    Raises:
        TemplateError: the file is no usable template.
    """
    return _compiled_of(prepare(read_package(data)), edition)


def _compiled_of(members: Members, edition: Edition) -> CompiledTemplate:
    sources = _patched(members)
    if CORE in members:
        sources[CORE] = _CORE_SOURCE
    compiled = CompiledTemplate(edition, members, sources, _features(members, sources))
    assert compiled._compiled  # noqa: S101 - compiles now, so that faults show at load
    return compiled


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EnvironmentProblemError(f"找不到模板{path}，或者没有权限读取。") from error


def _patched(members: Members) -> Sources:
    """Jinja source of the document, headers and footers that hold tags."""
    from docxtpl import DocxTemplate
    from lxml import etree

    patcher = DocxTemplate(io.BytesIO())
    sources = {}
    for name in (DOCUMENT, *part_names(members)):
        text = etree.tostring(parse_xml(members[name], name), encoding="unicode")
        if any(mark in text for mark in ("{{", "{%", "{#")):
            declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            sources[name] = declaration + patcher.patch_xml(text)
    return sources


def _features(members: Members, sources: Sources) -> frozenset[str]:
    text = "".join(members[name].decode() for name in sources if name != CORE)
    found = {name for name, pattern in FEATURES.items() if pattern.search(text)}
    notes = part_names(members, NOTE_TYPES)
    if any(b"{" in members[name] for name in notes):
        found.add("tags in notes")
    folders = (name.replace("word/", "word/_rels/") + ".rels" for name in part_names(members))
    if any(rels in members for rels in folders):
        found.add("header with pictures or links")
    return frozenset(found)


def _compile(source: str, part: str) -> Template:
    from gxgen.render.environment import environment, parse

    properties = part == CORE
    try:
        tree = parse(source, properties=properties)
        return environment(properties=properties).from_string(tree)
    except GxgenError:
        raise
    except Exception as error:
        raise _explained(error, part) from error


def _rendered(template: Template, context: Mapping[str, Any], part: str) -> str:
    try:
        return template.render(context)
    except GxgenError:
        raise
    except Exception as error:
        raise _explained(error, part) from error


def _explained(error: Exception, part: str) -> TemplateError:
    """Whatever Jinja says of a stranger's template, as one Chinese sentence."""
    from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError

    match error:
        case TemplateSyntaxError():
            what = "有写错的标签"
        case UndefinedError():
            what = "有不认识的标签"
        case SecurityError() | OverflowError():
            what = "有不允许的标签"
        case _:
            what = "有无法执行的标签"
    name = re.search(r"'(\w+)'(?: is undefined)?$", str(error))
    which = f"“{name.group(1)}”" if name else ""
    return TemplateError(
        f"模板的{part}{what}{which}；用 gxgen template check 可列出全部错误及其位置。"
    )
