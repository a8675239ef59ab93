"""What is made equal in a PDF, and what is taken for a good one."""

from __future__ import annotations

import datetime as dt
import io

import pikepdf
import pytest
from fontTools.misc.eexec import decrypt
from hypothesis import given
from hypothesis import strategies as st

from gxgen.formats.office.pdf import (
    EPOCH,
    UnfitError,
    check_doc,
    checked_pdf,
    normalised,
    source_of,
)
from gxgen.formats.office.type1 import renumbered

from .office_support import small_docx

MOMENT = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><xmp:CreateDate>{0}</xmp:CreateDate>\
<xmpMM:DocumentID>uuid:{0}</xmpMM:DocumentID><dc:title>{1}</dc:title></x:xmpmeta>"""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def encrypted(text: bytes) -> bytes:
    """By the book: Adobe Type 1 Font Format, 7.1."""
    r, out = 55665, bytearray()
    for plain in text:
        cipher = plain ^ (r >> 8)
        r = ((cipher + r) * 52845 + 22719) % 65536
        out.append(cipher)
    return bytes(out)


def made_at(moment: dt.datetime, number: int = 4100001, title: str = "标题") -> bytes:
    """A PDF with all that LibreOffice varies: dates, identifiers, profile, number of the font."""
    with pikepdf.new() as document:
        document.add_blank_page()
        text = moment.isoformat()
        document.docinfo["/CreationDate"] = moment.strftime("D:%Y%m%d%H%M%SZ'")
        document.docinfo["/Title"] = title
        document.Root.Metadata = document.make_stream(XMP.format(text, title).encode())
        document.trailer["/DocChecksum"] = pikepdf.Name("/A" + moment.strftime("%Y%m%d%H%M%S"))
        profile = bytearray(132)
        profile[24:36] = bytes(moment.timetuple()[:6][i // 2] % 256 for i in range(12))
        intent = pikepdf.Dictionary(DestOutputProfile=document.make_stream(bytes(profile)))
        document.Root.OutputIntents = pikepdf.Array([intent])
        clear, secret = font(number)
        file = document.make_stream(clear + secret + b"0" * 8)
        file.Length1, file.Length2 = len(clear), len(secret)
        document.Root.Font = document.make_indirect(pikepdf.Dictionary(FontFile=file))
        out = io.BytesIO()
        document.save(out, fix_metadata_version=False)
    return out.getvalue()


def font(number: int, body: bytes = b"glyphs" * 300) -> tuple[bytes, bytes]:
    entry = b"/UniqueID %d def\n" % number
    return b"%!FontType1\n" + entry + b"eexec ", encrypted(b"seed/Private dict\n" + entry + body)


MOMENTS = st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2099, 1, 1), timezones=st.just(dt.UTC))


@given(MOMENTS, MOMENTS, st.integers(4000001, 4999999))
def test_when_it_was_made_leaves_no_trace(
    one: dt.datetime, other: dt.datetime, number: int
) -> None:
    pdf = normalised(made_at(one), MOMENT)
    assert pdf == normalised(made_at(other, number), MOMENT) == normalised(pdf, MOMENT)
    assert pdf != normalised(made_at(one, title="另一个"), MOMENT)


def test_what_is_written_instead_is_the_given_moment() -> None:
    with pikepdf.open(io.BytesIO(normalised(made_at(EPOCH), MOMENT))) as document:
        assert document.docinfo["/CreationDate"] == "D:20260115000000Z"
        xmp = document.Root.Metadata.read_bytes().decode()
        assert "<xmp:CreateDate>2026-01-15T00:00:00Z</xmp:CreateDate>" in xmp
        assert "<dc:title>标题</dc:title>" in xmp
        profile = document.Root.OutputIntents[0].DestOutputProfile.read_bytes()
        assert profile[24:30] == bytes((2026 >> 8, 2026 & 255, 0, 1, 0, 15))
        assert document.Root.Lang == "zh-CN"
        assert b"/UniqueID 4000001 def" in document.Root.Font.FontFile.read_bytes()


@given(st.binary(max_size=3000), st.integers(4000000, 4999999), st.integers(4000000, 4999999))
def test_a_font_s_number_changes_in_both_parts_and_nothing_else(
    body: bytes, number: int, wanted: int
) -> None:
    clear, secret = font(number, body)
    new = renumbered(clear, secret, wanted)
    assert new is not None
    assert new[: len(clear)] == font(wanted)[0]
    assert new[len(clear) :] == encrypted(
        decrypt(secret, 55665)[0].replace(b"%d" % number, b"%d" % wanted, 1)
    )


def test_a_font_without_a_number_is_left_alone() -> None:
    assert renumbered(b"%!FontType1", b"anything", 4000001) is None


def test_a_docx_tells_its_title_if_it_prints_it_and_its_moment() -> None:
    assert (
        source_of(small_docx("甲&amp;乙 报告", "甲&amp;乙</w:t><w:t>报告"), "甲").title
        == "甲&乙报告"
    )
    assert source_of(small_docx("另一个", "正文"), "甲").title == ""
    assert source_of(small_docx(), "甲").moment == EPOCH


def test_damaged_and_empty_pdfs_are_refused() -> None:
    empty = io.BytesIO()
    with pikepdf.new() as document:
        document.save(empty)
    for data in (b"", b"text", made_at(EPOCH)[:300], empty.getvalue()):
        with pytest.raises(UnfitError):
            checked_pdf(data, "")
    with pytest.raises(UnfitError):
        normalised(b"text")
    with pytest.raises(UnfitError, match="没有报告的标题"):
        checked_pdf(made_at(EPOCH), "甲镇报告")


def test_a_doc_is_known_by_its_mark_and_its_text() -> None:
    title = "安丘市凌河街道办事处2023年政府信息公开工作年度报告"
    lines = (title[:10] + "\x0b" + title[10:]).encode("utf-16-le")
    check_doc(OLE + bytes(500) + lines, title)
    with pytest.raises(UnfitError, match="不是"):
        check_doc(lines, title)
    with pytest.raises(UnfitError, match="标题"):
        check_doc(OLE + bytes(500), title)
