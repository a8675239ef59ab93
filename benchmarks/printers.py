"""The three ways in which a report comes to paper, in either style: built-in, by LibreOffice, by
Chromium. The built-in PDF is of the official style only."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from gxgen.document.blocks import compose
from gxgen.errors import UsageError
from gxgen.formats.docx.template import load_template
from gxgen.formats.manuscript import Manuscript
from gxgen.formats.registry import FORMATS
from gxgen.model.report import Report
from gxgen.templates.styles import DEFAULT, style_templates

Made = Iterator[tuple[Report, bytes]]
BUILT_IN = "builtin"


def _written(name: str, given: Iterable[Report], style: str) -> Made:
    """Each report in a format that is made here."""
    templates = {e.id: load_template(p.read_bytes(), e) for e, p in style_templates(style)}
    writer = FORMATS[name].writer
    if writer is None:
        raise TypeError(name)
    for report in given:
        text = Manuscript(report, compose(report), templates[report.edition.id])
        yield report, writer.write(text)


def built_in(given: Iterable[Report], style: str = DEFAULT) -> Made:
    """The built-in PDF.

    Raises:
        UsageError: another style than the official one.
    """
    if style != DEFAULT:
        raise UsageError("内置排版只排official样式；其他样式请加--office或--chromium。")
    return _written("pdf", given, style)


def office(given: Iterable[Report], style: str = DEFAULT) -> Made:
    """The DOCX as one LibreOffice after the other prints it."""
    from gxgen.fonts.config import fontconfig_file
    from gxgen.fonts.faces import folders
    from gxgen.formats.office.pool import Converted, OfficePool
    from tests.formats.office_support import convert_all

    made = list(_written("docx", given, style))
    items = [(str(n), docx, "pdf") for n, (_, docx) in enumerate(made)]
    with OfficePool(workers=1, timeout=120, fontconfig=fontconfig_file(folders())) as pool:
        for name, result in convert_all(pool, items):
            if not isinstance(result, Converted):
                raise AssertionError(result)
            yield made[int(name)][0], result.data


def chromium(given: Iterable[Report], style: str = DEFAULT) -> Made:
    """The page as Chromium prints it."""
    from tests.support import need_tool

    program = need_tool("chromium")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page, pdf = folder / "page.html", folder / "page.pdf"
        quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
        for report, html in _written("html", given, style):
            page.write_bytes(html)
            profile = f"--user-data-dir={folder / 'profile'}"
            command = [program, *quiet, profile, f"--print-to-pdf={pdf}", page.as_uri()]
            subprocess.run(command, capture_output=True, check=True, timeout=120)
            yield report, pdf.read_bytes()


PRINTERS: Mapping[str, Callable[..., Made]] = {
    BUILT_IN: built_in,
    "office": office,
    "chromium": chromium,
}
