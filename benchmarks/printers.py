"""The three ways in which a report comes to paper: built-in, by LibreOffice, by Chromium."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from gxgen.document.blocks import compose
from gxgen.model.report import Report

Made = Iterator[tuple[Report, bytes]]
BUILT_IN = "builtin"


def built_in(given: Iterable[Report]) -> Made:
    """The built-in PDF."""
    from gxgen.formats.pdf.write import pdf_of

    return ((report, pdf_of(compose(report), report)) for report in given)


def office(given: Iterable[Report]) -> Made:
    """The DOCX as one LibreOffice after the other prints it."""
    from gxgen.fonts.config import fontconfig_file
    from gxgen.fonts.faces import folders
    from gxgen.formats.docx.fill import render_docx
    from gxgen.formats.docx.template import load_template
    from gxgen.formats.office.pool import Converted, OfficePool
    from gxgen.templates.styles import style_templates
    from tests.formats.office_support import convert_all

    templates = {e.id: load_template(p.read_bytes(), e) for e, p in style_templates("official")}
    listed = list(given)
    items = [
        (str(n), render_docx(report, templates[report.edition.id]), "pdf")
        for n, report in enumerate(listed)
    ]
    with OfficePool(workers=1, timeout=120, fontconfig=fontconfig_file(folders())) as pool:
        for name, result in convert_all(pool, items):
            if not isinstance(result, Converted):
                raise AssertionError(result)
            yield listed[int(name)], result.data


def chromium(given: Iterable[Report]) -> Made:
    """The page as Chromium prints it."""
    from gxgen.formats.html.page import html_page
    from tests.support import need_tool

    program = need_tool("chromium")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page, pdf = folder / "page.html", folder / "page.pdf"
        quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
        for report in given:
            page.write_bytes(html_page(compose(report), report))
            profile = f"--user-data-dir={folder / 'profile'}"
            command = [program, *quiet, profile, f"--print-to-pdf={pdf}", page.as_uri()]
            subprocess.run(command, capture_output=True, check=True, timeout=120)
            yield report, pdf.read_bytes()


PRINTERS: Mapping[str, Callable[[Iterable[Report]], Made]] = {
    BUILT_IN: built_in,
    "office": office,
    "chromium": chromium,
}
