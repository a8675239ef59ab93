"""A report as it goes to those who make documents of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from gxgen.document.blocks import Document
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
        """The blocks with the charts and tiles that the style asks for."""
        style = self.template
        return self.document.illustrated(style.asked) if style.illustrated else self.document
