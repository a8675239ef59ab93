"""Every format that a report can be written as, by name, in the order in which they are told."""

from __future__ import annotations

from types import MappingProxyType

from gxgen.formats.docx.declaration import DOCX
from gxgen.formats.html.declaration import FRAGMENT, HTML
from gxgen.formats.office.declaration import DOC
from gxgen.formats.pdf.declaration import PDF

FORMATS = MappingProxyType({one.name: one for one in (DOCX, HTML, FRAGMENT, PDF, DOC)})


def format_of(file: str) -> str | None:
    """The format of a report's file by its name."""
    longest = sorted(FORMATS.values(), key=lambda one: -len(one.ending))
    return next((one.name for one in longest if file.endswith(one.ending)), None)
