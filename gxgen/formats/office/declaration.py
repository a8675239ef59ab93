"""The old Word format, which LibreOffice makes of the DOCX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gxgen.formats.format import Converter, Format

if TYPE_CHECKING:
    from gxgen.diagnostics import Finding
    from gxgen.model.report import Report

_CODE = "GX631"


def _verify(data: bytes, docx: bytes, report: Report) -> list[Finding]:
    """Whether it is such a file and bears the title; nobody here reads more of the format."""
    from gxgen.diagnostics import Finding
    from gxgen.formats.office.pdf import UnfitError, check_doc, source_of

    try:
        check_doc(data, source_of(docx, report.title).title)
    except UnfitError as error:
        return [Finding(_CODE, f"{error}。")]
    return []


DOC = Format("doc", "DOC文件", ".doc", (_CODE,), converter=Converter("doc", _verify))
