# ruff: noqa: E501 - what a file says is one line
"""Files made to harm a reader, a closed list by name: what each one is, and its ending."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

from tests.published.corpus import made, shapes, truth

Hostile = tuple[str, Callable[[], bytes]]
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "'
    + "甲" * 100
    + '">'
    + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
_FILE_ENTITY = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
_NET_ENTITY = '<!DOCTYPE x [<!ENTITY i SYSTEM "http://127.0.0.1:9/x">]>'
_NET_DTD = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'


def _sound(shape: str) -> bytes:
    return made(truth(1), shapes()[shape])


def _packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _docx(body: str, before: str = "", **parts: bytes) -> bytes:
    document = f"{before}<w:document {_W}><w:body>{body}</w:body></w:document>"
    return _packed({"word/document.xml": document.encode(), **parts})


def _with_part(name: str, data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(_sound("DOCX"))) as archive:
        return _packed({n: archive.read(n) for n in archive.namelist()} | {name: data})


def _in_page(text: str) -> bytes:
    """A sound page with something in it before its first heading."""
    return _sound("page").replace(b"<h1>", text.encode("utf-8", "surrogatepass") + b"<h1>", 1)


def _in_text(text: str) -> bytes:
    return _sound("tabs") + text.encode()


def _pdf(objects: str, trailer: str = "/Root 1 0 R") -> bytes:
    return f"%PDF-1.7\n{objects}\ntrailer<<{trailer}>>\n%%EOF".encode("latin-1")


_CATALOG = "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"


def _page_pdf(content: str, box: str = "0 0 595 842", more: str = "") -> bytes:
    return _pdf(
        f"{_CATALOG}2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        f"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R{more}>>endobj\n"
        f"4 0 obj<</Length {len(content)}>>stream\n{content}\nendstream endobj"
    )


_CELLS = "<w:tc><w:p/></w:tc>"
_TEXTS = {
    "empty": "",
    "NULs": "\0" * 100_000,
    "one line of 3 million letters": "甲" * 3_000_000,
    "one line of 390,000 letters": "甲" * 390_000,
    "line of digits": "1" * 300_000,
    "line of blanks": " " * 390_000,
    "line of bars": "|" * 390_000,
    "line of tabs": "\t" * 390_000,
    "blank lines": "\n" * 390_000,
    "brackets that never close": "（" * 200_000,
    "square brackets": "[" * 200_000,
    "stars": "**a" * 100_000,
    "underlines": "_" * 200_000,
    "escapes": "\\" * 200_000,
    "numbers and blanks": "1 " * 190_000,
    "numbers and commas": "1," * 190_000,
    "labels and numbers on end": "规章0" * 90_000,
    "headings": "一、总体情况\n二、主动公开政府信息情况\n" * 5_000,
    "titles": "某局2023年政府信息公开工作年度报告\n" * 5_000,
    "nested numbers": "（一）1.（1）①" * 30_000,
    "years": "2023年" * 60_000,
    "Markdown headings": "# " * 150_000,
    "table of Markdown": "| a " * 90_000 + "\n" + "|---" * 90_000,
    "marks of direction": "\u202e" * 200_000,
    "combining marks": "甲" + "\u0301" * 200_000,
    "template": "{{ ''.__class__.__mro__[1].__subclasses__() }}{% for x in range(10**9) %}x{% endfor %}",
}
_REPORT = "<h1>某局2023年政府信息公开工作年度报告</h1><h2>一、总体情况</h2>{}<h2>三、收到和处理政府信息公开申请情况</h2>"
_PART = "<h3>（一）主动公开</h3><p>公开2条。</p>"
_PAGES = {
    "60,000 paragraphs under headings": _REPORT.format(_PART * 30_000),
    "a style of its own for each paragraph": _REPORT.format(
        "".join(f"<p class=a{n} style='color:#{n:06x}'>公开2条。</p>" for n in range(60_000))
    ),
    "as many as are read": _REPORT.format(_PART * 4_990),
    "entities": _ENTITIES + "&i;",
    "entity of a file": _FILE_ENTITY + "&i;",
    "a million cells": "<table>" + "<tr>" + "<td>1" * 1_000_000 + "</table>",
    "colspan of a thousand million": "<table><tr><td colspan=1000000000>1<td rowspan=1000000000>2</table>",
    "colspans in every cell": "<table>" + ("<tr>" + "<td colspan=1000>1" * 100) * 100 + "</table>",
    "rowspans in every cell": "<table>" + ("<tr>" + "<td rowspan=1000>1" * 100) * 100 + "</table>",
    "colspan below nothing": "<table><tr><td colspan=-5>1<td colspan=1e9>2</table>",
    "100,000 boxes in each other": "<div>" * 100_000,
    "20,000 tables in each other": "<table><tr><td>" * 20_000,
    "script": "<script>while(1){fetch('http://127.0.0.1:9')}</script>",
    "picture and style from elsewhere": "<img src=http://127.0.0.1:9/x><link rel=stylesheet href=//127.0.0.1:9/>",
    "frame of a file": "<iframe src=file:///etc/passwd></iframe><object data=file:///dev/zero></object>",
    "other address": "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9'><base href=file:///>",
    "attribute without end": "<p class='" + "a" * 500_000,
    "100,000 attributes": "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</p>",
    "comments without end": "<!--" * 100_000,
    "character references": "&#0;&#xD800;&#x110000;&#99999999999;" * 10_000,
    "CDATA": "<![CDATA[" * 50_000,
    "lone surrogates": "\ud800" * 1000,
}
_DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "entities": lambda: _docx("&i;", _ENTITIES),
    "entity of a file": lambda: _docx("<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", _FILE_ENTITY),
    "entity of the net": lambda: _docx("<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", _NET_ENTITY),
    "DTD of the net": lambda: _docx("<w:p/>", _NET_DTD),
    "bomb": lambda: _packed({"word/document.xml": b"<a>" + b" " * 200_000_000}),
    "bomb beside": lambda: _with_part("word/media/x.png", b"\0" * 200_000_000),
    "20,000 parts": lambda: _packed(
        {"word/document.xml": b"<a/>"} | {f"word/{n}": b"" for n in range(20_000)}
    ),
    "part outside": lambda: _with_part("../../../../tmp/gxgen-hostile", b"x"),
    "part with an absolute name": lambda: _with_part("/tmp/gxgen-hostile", b"x"),
    "30,000 boxes in each other": lambda: _docx("<w:p>" * 30_000 + "</w:p>" * 30_000),
    "tables in each other": lambda: _docx(
        "<w:tbl><w:tr><w:tc>" * 5_000 + "</w:tc></w:tr></w:tbl>" * 5_000
    ),
    "300,000 cells": lambda: _docx(f"<w:tbl><w:tr>{_CELLS * 300_000}</w:tr></w:tbl>"),
    "span of a thousand million": lambda: _docx(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    ),
    "half a file": lambda: _sound("DOCX")[:2000],
    "no document": lambda: _packed({"word/other.xml": b"<a/>"}),
    "document is no XML": lambda: _packed({"word/document.xml": b"\0\1\2<<<"}),
    "link to elsewhere": lambda: _with_part(
        "word/_rels/document.xml.rels",
        b'<Relationships><Relationship Id="r1" TargetMode="External" Target="http://127.0.0.1:9/"/></Relationships>',
    ),
    "macro": lambda: _with_part("word/vbaProject.bin", b"\xd0\xcf\x11\xe0" * 1000),
}
_PDFS: dict[str, Callable[[], bytes]] = {
    "only its mark": lambda: b"%PDF-1.7",
    "mark and noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 1000,
    "pages in a ring": lambda: _pdf(_CATALOG + "2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj"),
    "a million pages said": lambda: _pdf(
        _CATALOG + "2 0 obj<</Type/Pages/Kids[]/Count 1000000>>endobj"
    ),
    "encrypted": lambda: _pdf(
        _CATALOG + "2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj",
        "/Root 1 0 R/Encrypt<</Filter/Standard/V 2/R 3/P -4/O(x)/U(x)>>/ID[(a)(b)]",
    ),
    "script": lambda: _page_pdf("", more="/AA<</O<</S/JavaScript/JS(while(1){})>>>>"),
    "start of a program": lambda: _page_pdf("", more="/AA<</O<</S/Launch/F(/bin/sh)>>>>"),
    "page without end": lambda: _page_pdf("", "0 0 1e30 1e30"),
    "page turned inside out": lambda: _page_pdf("", "595 842 0 0"),
    "100,000 lines drawn": lambda: _page_pdf("0 0 m 9 9 l S\n" * 100_000),
    "20,000 strokes through 20,000 letters": lambda: _page_pdf(
        "".join(f"{n % 500} 400 m {n % 500 + 2} 400 l S\n" for n in range(0, 80_000, 4))
        + "BT /F 9 Tf 9 397 Td\n"
        + ("(" + "7" * 200 + ") Tj -900 0 Td\n") * 100
        + "ET",
        more="/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>",
    ),
    "100,000 states saved": lambda: _page_pdf("q\n" * 100_000),
}


def hostile_files() -> dict[str, Hostile]:
    """Name → (ending, maker) of every file."""
    files: dict[str, Hostile] = {}
    for name, text in _TEXTS.items():
        files[f"text: {name}"] = (".txt", lambda text=text: _in_text(text) if text else b"")
    for name, text in _PAGES.items():
        files[f"page: {name}"] = (".html", lambda text=text: _in_page(text))
    files |= {f"DOCX: {name}": (".docx", maker) for name, maker in _DOCUMENTS.items()}
    files |= {f"PDF: {name}": (".pdf", maker) for name, maker in _PDFS.items()}
    return files
