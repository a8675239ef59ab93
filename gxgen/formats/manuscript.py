"""A report as it goes to those who make documents of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from gxgen.document.blocks import Document
from gxgen.document.illustrated.palettes import Palette
from gxgen.formats.docx.template import CompiledTemplate
from gxgen.model.report import Report


@dataclass(frozen=True)
class Manuscript:
    """A report, its blocks, its style's template, and whether every page must say 草稿."""

    report: Report
    document: Document
    template: CompiledTemplate
    draft: bool = False

    @cached_property
    def shown(self) -> Document:
        """The blocks with the charts, tiles and pictures that the style asks for."""
        style = self.template
        some = style.illustrated or style.pictured
        return self.document.illustrated(style.asked) if some else self.document

    @cached_property
    def colours(self) -> Palette | None:
        """The palette of an illustrated edition; None for any other style."""
        style = self.template.tinted(self.report.facts.accent)
        return style.colours if style.pictured else None
