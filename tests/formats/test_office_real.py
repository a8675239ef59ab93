"""LibreOffice itself: the marks of the PDF, equal bytes, and a .doc that opens again."""

from __future__ import annotations

import io
import os
import signal
import tempfile
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from gxgen.fonts.config import fontconfig_file
from gxgen.fonts.faces import folders
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.office.pool import Converted, OfficePool
from gxgen.formats.pdf.verify import verify_pdf
from tests.formats.office_support import Item, convert_all
from tests.reports import REAL, make_report, passages, real_report, shipped
from tests.support import need_tool, soffice

from .office_support import alive

pytestmark = pytest.mark.tool

NAMES = REAL[:2]


@cache
def docx(name: str) -> bytes:
    report = real_report(name)
    return render_docx(report, shipped(report.edition.id))


@cache
def converted() -> dict[tuple[str, str], Converted]:
    """Two reports in both formats, from one pool."""
    need_tool("soffice")
    items: list[Item] = [(name, docx(name), to) for name in NAMES for to in ("pdf", "doc")]
    with OfficePool(workers=2, timeout=120, fontconfig=fontconfig_file(folders())) as pool:
        done = convert_all(pool, items)
    assert all(isinstance(result, Converted) for _, result in done), done
    return {(name, result.to): result for name, result in done if isinstance(result, Converted)}


@pytest.fixture(params=NAMES)
def pdf(request: pytest.FixtureRequest) -> Converted:
    return converted()[request.param, "pdf"]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_pdf_bears_the_marks_of_pdf_a_and_pdf_ua(pdf: Converted) -> None:
    with pikepdf.open(io.BytesIO(pdf.data)) as document:
        xmp = document.Root.Metadata.read_bytes().decode()
        assert "<pdfaid:part>2</pdfaid:part>" in xmp
        assert "<pdfaid:conformance>B</pdfaid:conformance>" in xmp
        assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
        assert document.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "zh-CN"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert "/ID" in document.trailer
        assert len(document.open_outline().root) >= 6
        kinds = [
            str(item.S)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"
        ]
    assert kinds.count("/Table") == 3
    assert "/H1" in kinds
    assert "/TH" in kinds


def test_all_fonts_are_embedded_and_readable(pdf: Converted) -> None:
    with pikepdf.open(io.BytesIO(pdf.data)) as document:
        fonts = [
            item
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
        ]
        assert fonts
        for font in fonts:
            assert "/ToUnicode" in font
            assert any(key.startswith("/FontFile") for key in dict(font.FontDescriptor))


def test_pdf_has_the_report_s_pages_title_and_date(pdf: Converted) -> None:
    reader = PdfReader(io.BytesIO(pdf.data))
    name = next(n for n in NAMES if converted()[n, "pdf"] is pdf)
    report = real_report(name)
    assert len(reader.pages) == pdf.pages
    assert squeezed(report.title) in squeezed(reader.pages[0].extract_text())
    assert reader.metadata is not None
    assert reader.metadata.title == report.title
    day = report.sign_off.date
    assert day is None or (made := reader.metadata.creation_date) is None or made.date() == day


def test_bytes_do_not_tell_where_or_after_what_a_pdf_was_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another time zone and locale, cold after warm, the other order: the same files."""
    before = converted()
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setenv("LC_ALL", "C")
    with OfficePool(workers=1, timeout=120, fontconfig=fontconfig_file(folders())) as pool:
        for name in (*reversed(NAMES), NAMES[-1]):
            assert pool.convert(name, docx(name), "pdf").data == before[name, "pdf"].data


@pytest.mark.parametrize("name", NAMES)
def test_doc_opens_again_with_the_text(name: str, tmp_path: Path) -> None:
    source = tmp_path / "again.doc"
    source.write_bytes(converted()[name, "doc"].data)
    text = soffice(source, "txt:Text (encoded):UTF8", tmp_path, tmp_path / "profile")
    said = squeezed(text.read_text(encoding="utf-8"))
    report = real_report(name)
    assert squeezed(report.title) in said
    for passage in report.narrative:
        for paragraph in passage.paragraphs:
            assert squeezed(paragraph.text) in said


def test_nothing_is_left_in_the_folder_for_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own folder: other tests convert at the same time."""
    need_tool("soffice")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    with OfficePool(workers=1, timeout=120) as pool:
        pool.convert(NAMES[0], docx(NAMES[0]), "pdf")
        assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())


def test_the_process_stays_and_a_frozen_or_dead_one_is_replaced() -> None:
    """Stopped by a signal it hangs like any other; the limit includes the start of the next."""
    need_tool("soffice")
    if os.name != "posix":
        pytest.skip("only POSIX can stop a process group by a signal")
    with OfficePool(workers=1, timeout=15) as pool:

        def server() -> int:
            started = pool._offices[0]._server
            assert started is not None, "each document had a process of its own"
            return started._started.pid

        def convert() -> int | None:
            return pool.convert(NAMES[0], docx(NAMES[0]), "pdf").pages

        pages, first = convert(), server()
        assert (convert(), server()) == (pages, first)
        os.killpg(first, signal.SIGKILL)
        assert convert() == pages
        second = server()
        assert second != first
        os.killpg(second, signal.SIGSTOP)
        assert convert() == pages
        assert server() != second
        assert not alive(second)


def test_no_sign_is_lost_at_the_end_of_a_line() -> None:
    need_tool("soffice")
    words = "全县各单位" * 9
    texts = [words[:length] + "，" + "按时报送材料，" * 6 for length in range(20, 45)]
    report = make_report(narrative=passages(("1", "总体情况", *texts)))
    with OfficePool(timeout=120, fontconfig=fontconfig_file(folders())) as pool:
        pdf = pool.convert(report.title, render_docx(report, shipped("2021")), "pdf")
    assert verify_pdf(pdf.data, report) == []
