"""The quick reading of a document gives what the element-by-element one gives, or nothing."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from gxgen.editions.schema import Edition
from gxgen.errors import TemplateError
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.moulds import cut_items, document_items
from gxgen.formats.docx.read import Item, body_items, read_item
from gxgen.formats.docx.wordml import parse_xml
from gxgen.opc.package import DOCUMENT, read_package
from tests.reports import make_report, passages, shipped

PIECES = (
    "<w:p><w:r><w:t>多</w:t></w:r></w:p>",
    "<w:p/>",
    '<w:p w:x="1"/>',
    '<w:pPr><w:pStyle w:val="2"/></w:pPr>',
    "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
    "<w:sdt><w:sdtContent><w:p><w:r><w:t>内</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    "<w:sdt><w:sdtContent>",
    "<w:tc><w:p><w:r><w:t>7</w:t></w:r></w:p></w:tc>",
    '<w:gridSpan w:val="2"/>',
    "<w:vMerge/>",
    "<w:tr>",
    "</w:tr>",
    "</w:tbl>",
    "</w:p>",
    "</w:t>",
    "<w:t>",
    "<w:t>a>b</w:t>",
    '<w:t a=">">字</w:t>',
    "<w:t>甲<w:br/>乙</w:t>",
    "<w:br/>",
    "<w:tab/>",
    "<!-- <w:t>注</w:t> -->",
    "<!--",
    "-->",
    "<![CDATA[<w:t>丙</w:t>]]>",
    "<?x <w:t>丁</w:t> ?>",
    "&amp;",
    "&lt;w:t&gt;",
    "&#20013;",
    "&nbsp;",
    "]]>",
    ">",
    "<",
    "&",
    "%",
    "%s",
    "\r",
    "\x1e",
    "\x1f",
    "\ue0000\ue001",
    "\ufffe",
    '<x:p xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>',
    '<w:p xmlns:w="urn:other"><w:r><w:t>戊</w:t></w:r></w:p>',
    "<w:body>",
    "</w:body>",
    "",
)


def _slowly(xml: bytes) -> list[Item] | None:
    try:
        return [read_item(element) for element in body_items(parse_xml(xml, DOCUMENT)[0])]
    except (TemplateError, ValueError, IndexError):
        return None


def _document(edition: str = "2021", *texts: str) -> bytes:
    narrative = passages(("0", None, *texts), ("5", "问题", *texts))
    report = make_report(edition, narrative=narrative) if texts else make_report(edition)
    return read_package(render_docx(report, shipped(edition)))[DOCUMENT]


def test_a_whole_document_is_readcut_items(edition: Edition) -> None:
    xml = _document(edition.id)
    assert cut_items(xml) == _slowly(xml) == document_items(xml)


@settings(max_examples=25)
@given(st.lists(st.text(st.sampled_from("&<>\"'%s文 \u3000𠮷\ue000"), min_size=1), min_size=1))
def test_any_words_are_read_alike(texts: list[str]) -> None:
    xml = _document("2021", *texts)
    assert cut_items(xml) in (None, _slowly(xml))


@settings(max_examples=150)
@given(st.data())
def test_a_document_changed_anyhow_is_read_alike_or_not_at_all(data: st.DataObject) -> None:
    xml = _document()
    first, ends = xml.find(b"<w:body>"), [i for i, byte in enumerate(xml) if byte in b"<>"]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.sampled_from(ends) | st.integers(first, len(xml)))
        gone = data.draw(st.sampled_from((0, 0, 1, 7)))
        piece = data.draw(st.sampled_from(PIECES)).encode()
        xml = xml[:at] + piece + xml[at + gone :]
    quick = cut_items(xml)
    assert quick is None or quick == _slowly(xml)


def test_a_document_cut_off_anywhere_is_not_readcut_items() -> None:
    xml = _document()
    for start, _ in pairwise(range(0, len(xml), 997)):
        assert cut_items(xml[:start]) is None
