"""What LibreOffice prints as an empty box is told, though the file's text is right."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pikepdf
import pytest

from gxgen.fonts.catalogue import faces, own_faces
from gxgen.fonts.config import fontconfig_file
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.office.pool import OfficePool
from gxgen.formats.pdf.boxes import boxed
from gxgen.formats.registry import FORMATS
from gxgen.model.agency import Agency
from tests.reports import make_report, shipped
from tests.support import need_tool

pytestmark = [pytest.mark.slow, pytest.mark.tool]
NOWHERE = "\U000323af"
"""In no face that this project knows."""
WITHOUT = {"no face of Chinese": ("Liberation",), "no face of that character": ("",)}


@pytest.mark.parametrize("some", WITHOUT)
def test_a_character_without_a_glyph_is_refused_by_name(
    some: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of CFF and of TrueType faces; the words of the file are those of the report all the same."""
    need_tool("soffice")
    for file in {face.path for face in own_faces().faces}:
        if file.name.startswith(WITHOUT[some]):
            shutil.copy(file, tmp_path)
    alone = tmp_path / "fonts.conf"
    alone.write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>", "utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(alone))
    report = make_report(agency=Agency(f"某某县{NOWHERE}镇人民政府"))
    docx = render_docx(report, shipped("2021"))
    conf = fontconfig_file([tmp_path], faces([tmp_path]))
    with OfficePool(workers=1, timeout=120, fontconfig=conf) as pool:
        pdf = pool.convert(report.title, docx, "pdf").data
    shown = boxed(pdf)
    assert (NOWHERE in shown) if some == "no face of that character" else shown
    converter = FORMATS["pdf"].converter
    assert converter is not None
    [told] = converter.verify(pdf, docx, report)
    assert told.code == "GX625" and f"“{shown[0]}”" in told.message and "空框" in told.message


def test_what_is_no_pdf_has_none() -> None:
    assert boxed(b"%PDF-1.7") == ""


def test_a_font_that_cannot_be_read_hides_no_box_of_another() -> None:
    with pikepdf.new() as document:
        for at, program in enumerate((None, b"no font", b"dup 2 /cid1 put", None)):
            font = pikepdf.Dictionary(Type=pikepdf.Name.Font, FontDescriptor=pikepdf.Dictionary())
            font.ToUnicode = document.make_stream(b"1 beginbfchar <01> <4E59> endbfchar")
            if program is not None:
                key = "/FontFile" if program.startswith(b"dup") else "/FontFile2"
                file = document.make_stream(program, Length1=len(program))
                font.FontDescriptor[key] = file
            document.Root[f"/Font{at}"] = document.make_indirect(font)
        out = io.BytesIO()
        document.save(out)
    assert boxed(out.getvalue()) == "乙"
