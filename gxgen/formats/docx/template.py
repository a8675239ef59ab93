"""A template compiled once and rendered many times.

docxtpl's own ``patch_xml`` turns the XML of a part into Jinja source; that is done once, and
Jinja compiles it once (:mod:`gxgen.formats.docx.compiling`). A report is then text, compressed into
a zip whose other members are already packed. What docxtpl does beyond that (repairing table grids
after ``{%tc %}``, pictures, footnotes) the fast way does not: such templates go through docxtpl
itself, with the same environment and the same zip.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Template

from gxgen.document.blocks import Document
from gxgen.document.charts import Chart
from gxgen.document.illustrated.palettes import PALETTES, USUAL, Palette, exchanged
from gxgen.document.illustrated.readback import Asked
from gxgen.editions.schema import Edition, FieldKey
from gxgen.errors import EnvironmentProblemError, GxgenError
from gxgen.formats.docx.bounds import read_template
from gxgen.formats.docx.chart_parts import chart_members, related
from gxgen.formats.docx.compiling import (
    CompiledParts,
    code_of,
    compiled_parts,
    explained,
    template_of,
)
from gxgen.formats.docx.context import general_values
from gxgen.formats.docx.fit import fit_figures
from gxgen.formats.docx.looks import STYLES
from gxgen.formats.docx.place import COUNTS
from gxgen.formats.docx.prepare import prepare
from gxgen.formats.docx.tints import tinted
from gxgen.formats.docx.wordml import parse_xml
from gxgen.formats.docx.wrapped import render_by_docxtpl
from gxgen.model.report import Report
from gxgen.opc.package import CORE, DOCUMENT, FixedZip, Members


@dataclass(frozen=True)
class CompiledTemplate:
    """A template ready to render; made by :func:`load_template`."""

    edition: Edition
    parts: CompiledParts

    def render(
        self,
        context: Mapping[str, Any],
        charts: Iterable[Chart] = (),
        set_rows: Callable[[bytes], bytes] | None = None,
    ) -> bytes:
        """The DOCX of one report; ``charts``: those of the report that have something to show;
        ``set_rows``: what sets the heights of rows in the written document.

        Raises:
            TemplateError: the template asks for what the context does not hold.
            UnprintableTextError: a value holds a character that XML cannot.
        """
        drawn = [chart for chart in charts if chart.id in self.asked]
        if self.parts["features"]:
            parts = self._by_docxtpl(context)
            if drawn:
                parts |= related(parts, (chart.id for chart in drawn))
        else:
            parts = self._texts(context)
        if set_rows is not None:
            parts[DOCUMENT] = set_rows(parts[DOCUMENT])
        package = self._package(tuple(chart.id for chart in drawn))
        return package.build(parts | chart_members(drawn))

    @property
    def members(self) -> Members:
        """The parts of the template's file."""
        return self.parts["members"]

    @property
    def features(self) -> frozenset[str]:
        """What the template uses that only docxtpl itself can do; empty: the fast way."""
        return frozenset(self.parts["features"])

    @property
    def marks_drafts(self) -> bool:
        """Whether every header has the place for the draft mark."""
        return self.parts["marks_drafts"]

    @property
    def illustrated(self) -> bool:
        """Whether it asks for charts or tiles."""
        return self.parts["illustrated"]

    @property
    def pictured(self) -> bool:
        """Whether it asks for pictures, or marks of headings."""
        return self.parts["pictured"]

    @property
    def colours(self) -> Palette:
        """The palette that its styles are drawn in; the usual one where they have none of ours."""
        styles = self.members.get(STYLES, b"").decode("utf-8", "replace")
        found = (one for one in PALETTES.values() if one.main in styles)
        return next(found, PALETTES[USUAL])

    def tinted(self, accent: str) -> CompiledTemplate:
        """The same template in the palette of that name; itself where it is empty, or nothing in
        its styles is of one of ours."""
        if not accent or not self.pictured or self.colours == PALETTES[accent]:
            return self
        if accent not in self._tints:
            members = tinted(self.members, exchanged(self.colours, PALETTES[accent]))
            parts = (part for name in members for part in (name.encode(), members[name]))
            made = compiled_parts((b"tinted", *parts), lambda: members)
            self._tints[accent] = CompiledTemplate(self.edition, made)
        return self._tints[accent]

    @cached_property
    def _tints(self) -> dict[str, CompiledTemplate]:
        return {}

    @property
    def asked(self) -> Asked:
        """How often it shows each chart, and the tiles."""
        return self.parts["asked"]

    @property
    def rooms(self) -> Mapping[FieldKey, int]:
        """How many digits each figure's cell holds on a line."""
        return self.parts["rooms"]

    def furniture(self, report: Report) -> tuple[re.Pattern[str], ...]:
        """Paragraphs of the template's own, as they stand in this report beside the agency's."""
        values = general_values(report)
        texts = (
            "".join(values[piece] if at % 2 else piece for at, piece in enumerate(pieces))
            for pieces in self.parts["furniture"]
        )
        return tuple(re.compile(re.escape(text)) for text in texts)

    def fitted(self, document: Document) -> CompiledTemplate:
        """The same template with room for figures too long for their cells, and marked ones red."""
        members = fit_figures(self.members, self.edition, document)
        key = (b"fitted", *(part for name in members for part in (name.encode(), members[name])))
        return CompiledTemplate(self.edition, compiled_parts(key, lambda: members))

    @cached_property
    def _compiled(self) -> dict[str, Template]:
        return {name: template_of(code, name) for name, code in self.parts["codes"].items()}

    @cached_property
    def _compiled_late(self) -> dict[str, Template]:
        """What docxtpl hands out while it renders, by source; it does so each time anew."""
        return {}

    def _package(self, charts: tuple[str, ...]) -> FixedZip:
        """What is the same in all reports with these charts, packed once."""
        if charts not in self._packages:
            members = self.members
            varying = members if self.features else self.parts["sources"]
            constant = {n: d for n, d in members.items() if n not in varying}
            if charts and not self.features:
                constant |= related(members, charts)
            self._packages[charts] = FixedZip(constant)
        return self._packages[charts]

    @cached_property
    def _packages(self) -> dict[tuple[str, ...], FixedZip]:
        return {}

    def _texts(self, context: Mapping[str, Any]) -> Members:
        return {
            name: _rendered(template, context, name).encode()
            for name, template in self._compiled.items()
        }

    def _late(self, source: str, context: Mapping[str, Any], part: str) -> str:
        known = self._compiled_late
        if source not in known:
            known[source] = template_of(code_of(source, part), part)
        text = _rendered(known[source], context, part)
        parse_xml(text.encode(), part)
        return text

    def _by_docxtpl(self, context: Mapping[str, Any]) -> Members:
        parts = render_by_docxtpl(self.members, context, self._late)
        if CORE in self._compiled:
            parts[CORE] = _rendered(self._compiled[CORE], context, CORE).encode()
        return parts


def template_name(edition: Edition) -> str:
    """The file of an edition in a style's folder."""
    return f"report-{edition.id}.docx"


def load_template(source: Path | bytes, edition: Edition) -> CompiledTemplate:
    """A style's template for an edition, from its folder or from the file's bytes.

    Raises:
        EnvironmentProblemError: the folder has no such file.
        TemplateError: the file is no usable template.
    """
    data = source if isinstance(source, bytes) else _read(source / template_name(edition))
    return compile_template(data, edition)


def compile_template(
    data: bytes, edition: Edition, tiles: Sequence[int] = COUNTS
) -> CompiledTemplate:
    """The template of these bytes, patched by docxtpl and compiled by Jinja.

    ``tiles``: the numbers of tiles that it must be ready for; by default all that there can be.

    Raises:
        TemplateError: the file is no usable template.
    """
    key = (data, repr(tiles).encode())
    return CompiledTemplate(
        edition, compiled_parts(key, lambda: prepare(read_template(data), tiles))
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EnvironmentProblemError(f"找不到模板{path}，或者没有权限读取。") from error


def _rendered(template: Template, context: Mapping[str, Any], part: str) -> str:
    try:
        return template.render(context)
    except GxgenError:
        raise
    except Exception as error:
        raise explained(error, part) from error
