"""Both styles as LibreOffice prints them, whatever faces are installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from benchmarks import pages
from benchmarks.audit import demo_report
from benchmarks.printed import Printed, printed
from gxgen.fonts.catalogue import Catalogue
from gxgen.fonts.config import FILE_VARIABLE, fontconfig_file
from gxgen.fonts.faces import Role
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.template import load_template
from gxgen.formats.office.pool import OfficePool
from gxgen.formats.pdf.boxes import boxed
from gxgen.formats.registry import FORMATS
from gxgen.model.report import Report
from gxgen.templates.styles import style_templates
from tests.support import need_tool

from .pdf_support import need_faces, only_faces

pytestmark = [pytest.mark.slow, pytest.mark.tool]

INSTALLED = {
    "Noto CJK": ("NotoSansCJK", "NotoSerifCJK", "Liberation"),
    "AR PL UMing and no 仿宋, no Latin": ("uming", "NotoSansCJK"),
    "a 黑体 alone": ("NotoSansCJK",),
}
"""What may be on a machine: the beginnings of font files' names."""
PAGES = {"official": 8, "illustrated": 8}
"""Of the report, whatever faces there are."""
FACES = "与doctor所报不同的字体"
PICTURED, COVER = 11.5, 20.0
"""Points of the illustrated style's text, and what its cover's names are larger than."""


@pytest.mark.parametrize("some", INSTALLED)
def test_pages_are_sound_whatever_is_installed(
    some: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No word is lost or boxed, no line is torn, and the faces are those that are announced."""
    need_faces()
    need_tool("soffice")
    alone = tmp_path / "fonts.conf"
    alone.write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>", "utf-8")
    monkeypatch.setenv(FILE_VARIABLE, str(alone))
    report = demo_report(0)
    converter = FORMATS["pdf"].converter
    assert converter is not None
    with only_faces(INSTALLED[some], tmp_path, monkeypatch) as there:
        for style, docx, pdf in _made(report, tmp_path, there):
            assert boxed(pdf) == ""
            assert converter.verify(pdf, docx, report) == []
            sheets = printed(pdf)
            assert len(sheets.depths) == PAGES[style]
            if style == "official":
                faults = {name for name, found in pages.measured(report, pdf).items() if found}
                assert faults == (set() if there.choice(Role.BODY).face else {FACES})
            else:
                assert _torn(sheets) == []
                _in_the_announced_faces(sheets, there)


def _made(report: Report, folder: Path, there: Catalogue) -> Iterator[tuple[str, bytes, bytes]]:
    """The report in each style, as DOCX and as PDF."""
    conf = fontconfig_file([folder], there)
    with OfficePool(workers=1, timeout=120, fontconfig=conf) as pool:
        for style in PAGES:
            found = (p for e, p in style_templates(style) if e.id == report.edition.id)
            docx = render_docx(report, load_template(next(found).read_bytes(), report.edition))
            yield style, docx, pool.convert(report.title, docx, "pdf").data


def _in_the_announced_faces(sheets: Printed, there: Catalogue) -> None:
    """The illustrated style is set in 黑体, its cover in the face of titles, where there is one."""
    hei = there.choice(Role.HEI).face
    assert hei is not None
    title = there.choice(Role.TITLE).face or hei
    cover = {one.font for one in sheets.letters[0] if one.size > COVER and one.is_chinese}
    others = {one.font for page in sheets.letters[1:] for one in page}
    assert cover and all(pages._is_named(font, pages._names(title)) for font in cover)
    assert others and all(pages._is_named(font, pages._names(hei)) for font in others)


def _torn(sheets: Printed) -> list[str]:
    """Lines of the illustrated style whose characters stand much further apart than usual."""
    lines = [line for line in sheets.body(PICTURED) if line.spaces]
    usual = median(space for line in lines for space in line.spaces)
    assert len(lines) > 40
    return [line.text for line in lines if median(line.spaces) > pages.STRETCH * usual]
