"""One report, many writers: every format is made of the same blocks, and read back at once."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from gxgen.diagnostics import Finding
from gxgen.document.blocks import compose
from gxgen.editions.schema import FieldKey
from gxgen.errors import EnvironmentProblemError
from gxgen.formats.docx.template import CompiledTemplate
from gxgen.formats.manuscript import Manuscript
from gxgen.formats.registry import FORMATS
from gxgen.formats.wanted import Wanted
from gxgen.model.report import Report


@dataclass(slots=True)
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
    report: Report,
    template: CompiledTemplate,
    wanted: Wanted,
    *,
    draft: bool = False,
    wrong: Container[FieldKey] = (),
) -> Documents:
    """The report in every format that is made here; ``wrong``: figures that a draft marks.

    Raises:
        TemplateError: the template cannot be filled.
        UnprintableTextError: a text holds a character that XML cannot.
    """
    text, out = Manuscript(report, compose(report, wrong), template, draft), Documents()
    for name in wanted.formats:
        if (remarks := FORMATS[name].remarks) is not None:
            out.remarks.extend(remarks(text))
    for name in wanted.made_here:
        if (writer := FORMATS[name].writer) is not None:
            try:
                out.files[name] = writer.write(text)
            except EnvironmentProblemError as error:
                out.trouble = f"{report.title}的{FORMATS[name].label}没有生成：{error}"
            else:
                out.faults.extend(writer.verify(out.files[name], text))
    return out
