"""Nothing of a template's designer leaves with a report: searched as bytes, over every member."""

from __future__ import annotations

import re

import pytest

from gxgen.editions.declared import EDITIONS
from gxgen.formats.docx.closed_list import RELATIONS
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.template import compile_template
from gxgen.formats.docx.traces import (
    CELL_MARKS,
    COMMENTS,
    DELETED,
    FORMER,
    RANGES,
    UNWRAPPED,
    without_traces,
)
from gxgen.formats.docx.verify import verify_docx
from gxgen.formats.docx.wordml import parse_xml
from gxgen.opc.package import CONTENT_TYPES, CORE, DOCUMENT, FixedZip, Members, read_package
from gxgen.opc.relations import part_type
from gxgen.templates.styles import style_templates
from tests.formats.soundness import package_faults
from tests.reports import make_report

STYLES = ("official", "illustrated")
SECRETS = (
    "SecretAuthor", "SecretCompany", "SecretManager", "SecretPath", "SecretValue", "SecretComment",
    "SecretStore", "SecretPrinter", "SecretThumbnail", "SecretDeleted", "SecretVariable",
    "SecretSource", "SecretPlain", "0BADF00D", "2019-01-02T03:04:05",
)  # fmt: skip
W_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WHO = 'w:id="9" w:author="SecretAuthor" w:date="2019-01-02T03:04:05Z"'
BY = "application/vnd.openxmlformats-officedocument"


def shipped(style: str, edition: str = "2021") -> Members:
    path = next(path for each, path in style_templates(style) if each.id == edition)
    return read_package(path.read_bytes())


def _relations(listing: bytes, *added: tuple[str, str, str]) -> bytes:
    entries = "".join(
        f'<Relationship Id="rIdS{n}" Type="{OFFICE}/{kind}" Target="{target}"'
        f"{mode and ' TargetMode=' + chr(34) + mode + chr(34)}/>"
        for n, (kind, target, mode) in enumerate(added)
    )
    return listing.replace(b"</Relationships>", f"{entries}</Relationships>".encode())


def planted(members: Members) -> Members:
    """The template as one who has worked in it for years would hand it over."""
    out = dict(members)
    out[CORE] = (
        b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        b'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>SecretAuthor'
        b"</dc:creator><cp:lastModifiedBy>SecretAuthor</cp:lastModifiedBy><cp:revision>4711"
        b"</cp:revision><cp:keywords>SecretValue</cp:keywords></cp:coreProperties>"
    )
    out["docProps/app.xml"] = (
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-'
        b'properties"><Template>SecretPath.dotm</Template><Company>SecretCompany</Company>'
        b"<Manager>SecretManager</Manager><AppVersion>16.0300</AppVersion></Properties>"
    )
    out["docProps/custom.xml"] = b"<Properties><p>SecretValue</p></Properties>"
    out["docProps/thumbnail.jpeg"] = b"SecretThumbnail"
    out["customXml/item1.xml"] = b"<a>SecretStore</a>"
    out["word/people.xml"] = b"<people>SecretAuthor</people>"
    out["word/comments.xml"] = f"<w:comments {W_NS}>SecretComment</w:comments>".encode()
    out["word/commentsExtended.xml"] = b"<c>SecretComment</c>"
    out["word/printerSettings1.bin"] = b"SecretPrinter"
    out["word/glossary/document.xml"] = (
        f"<w:glossaryDocument {W_NS}>SecretValue</w:glossaryDocument>".encode()
    )
    out["nobody/refers/to.txt"] = b"SecretPlain"
    out["_rels/.rels"] = _relations(
        out["_rels/.rels"],
        ("custom-properties", "docProps/custom.xml", ""),
        ("metadata/thumbnail", "docProps/thumbnail.jpeg", ""),
    )
    listing = "word/_rels/document.xml.rels"
    out[listing] = _relations(
        out[listing],
        ("customXml", "../customXml/item1.xml", ""),
        ("people", "people.xml", ""),
        ("comments", "comments.xml", ""),
        ("commentsExtended", "commentsExtended.xml", ""),
        ("printerSettings", "printerSettings1.bin", ""),
        ("glossaryDocument", "glossary/document.xml", ""),
        ("image", "../NULL", ""),
    )
    out["word/_rels/settings.xml.rels"] = _relations(
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b"</Relationships>",
        ("attachedTemplate", "file:///C:/SecretPath/a.dotm", "External"),
        ("mailMergeSource", "file:///C:/SecretSource.xlsx", "External"),
    )
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, kind in (
            ("docProps/custom.xml", f"{BY}.custom-properties+xml"),
            ("word/comments.xml", f"{BY}.wordprocessingml.comments+xml"),
            ("word/people.xml", f"{BY}.wordprocessingml.people+xml"),
        )
    )
    out[CONTENT_TYPES] = out[CONTENT_TYPES].replace(b"</Types>", f"{types}</Types>".encode())
    settings = (
        '<w:attachedTemplate r:id="rIdS0"/><w:rsids><w:rsidRoot w:val="0BADF00D"/></w:rsids>'
        '<w:docVars><w:docVar w:name="a" w:val="SecretVariable"/></w:docVars>'
        '<w:mailMerge><w:query w:val="SecretSource"/></w:mailMerge>'
        f'<w14:docId {W14} w14:val="0BADF00D"/></w:settings>'
    )
    name = "word/settings.xml"
    out[name] = out[name].replace(b"</w:settings>", settings.encode())
    name = "word/styles.xml"
    out[name] = re.sub(
        b"(<w:style [^>]*>)(<w:name [^>]*/>)", rb'\1\2<w:rsid w:val="0BADF00D"/>', out[name]
    )
    for name in (DOCUMENT, "word/header1.xml"):
        out[name] = _edited(out[name].decode()).encode()
    return out


def _edited(text: str) -> str:
    text = text.replace("<w:p>", f'<w:p {W14} w14:paraId="0BADF00D" w:rsidR="0BADF00D">')
    text = text.replace("<w:r>", '<w:r w:rsidRPr="0BADF00D">')
    run = text.index('<w:r w:rsidRPr="0BADF00D">')
    before = (
        f"<w:del {WHO}><w:r><w:delText>SecretDeleted</w:delText></w:r></w:del>"
        f"<w:ins {WHO}><w:r><w:t></w:t></w:r></w:ins>"
        f"<w:moveFrom {WHO}><w:r><w:t>SecretDeleted</w:t></w:r></w:moveFrom>"
        '<w:commentRangeStart w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
        f"<w:r><w:rPr><w:b/><w:rPrChange {WHO}><w:rPr/></w:rPrChange></w:rPr><w:t></w:t></w:r>"
    )
    text = text[:run] + before + text[run:]
    return text.replace("</w:tblPr>", f"<w:tblPrChange {WHO}><w:tblPr/></w:tblPrChange></w:tblPr>")


def printed(members: Members, edition: str = "2021") -> tuple[bytes, Members]:
    template = compile_template(FixedZip({}).build(members), EDITIONS[edition])
    report = make_report(edition)
    data = render_docx(report, template)
    assert verify_docx(data, report, template.furniture(report), asked=template.asked) == []
    return data, read_package(data)


@pytest.mark.parametrize("style", STYLES)
def test_a_report_holds_nothing_of_the_designer(style: str) -> None:
    full = planted(shipped(style))
    assert all(any(s.encode() in part for part in full.values()) for s in SECRETS)
    data, members = printed(full)
    for name, content in members.items():
        for secret in (*SECRETS, "4711", "16.0300"):
            assert secret.encode() not in content, (secret, name)
            assert secret not in name
    assert package_faults(data) == []


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("edition", EDITIONS)
def test_what_has_no_traces_is_left_as_it_is(style: str, edition: str) -> None:
    members = shipped(style, edition)
    assert without_traces(members) == members


@pytest.mark.parametrize("style", STYLES)
def test_the_list_of_kinds_is_that_of_the_parts_which_leave(style: str) -> None:
    full = planted(shipped(style))
    kept = without_traces(full)
    before, after = (parse_xml(m[CONTENT_TYPES], CONTENT_TYPES) for m in (full, kept))
    kinds = {name: part_type(before, name) for name in kept}
    assert {name: part_type(after, name) for name in kept} == kinds
    assert None not in {kind for name, kind in kinds.items() if name != CONTENT_TYPES}
    named = {entry.get("PartName") for entry in after} - {None}
    assert named <= {f"/{name}" for name in kept}
    endings = [entry.get("Extension") for entry in before if entry.get("Extension")]
    assert [entry.get("Extension") for entry in after if entry.get("Extension")] == endings


def test_an_ending_of_a_refused_kind_leaves_the_list_without_a_part_of_it() -> None:
    members = shipped("official")
    bad = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    full = members[CONTENT_TYPES].replace(b"<Default", bad + b"<Default", 1)
    kept = without_traces({**members, CONTENT_TYPES: full})[CONTENT_TYPES]
    assert b"vbaProject" not in kept
    assert kept.count(b"<Default") == members[CONTENT_TYPES].count(b"<Default")


@pytest.mark.parametrize("style", STYLES)
def test_no_number_of_a_paragraph_is_used_twice(style: str) -> None:
    """Loops print a paragraph of the template many times."""
    members = shipped(style)
    number = iter(range(1, 10_000))
    members[DOCUMENT] = re.sub(
        "<w:p>",
        lambda _: f'<w:p {W14} w14:paraId="{next(number):08X}" w14:textId="{next(number):08X}">',
        members[DOCUMENT].decode(),
    ).encode()
    _, written = printed(members)
    ids = re.findall(rb'w14:(?:paraId|textId)="([^"]+)"', written[DOCUMENT])
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", ["_rels/.rels", "word/_rels/document.xml.rels", CONTENT_TYPES])
def test_a_list_that_loses_nothing_stays_byte_for_byte(name: str) -> None:
    """As another program has written it: with blanks of its own."""
    members = shipped("official")
    listed = members[name]
    end = listed.rindex(b"</")
    members[name] = listed[:end] + b"\n  " + listed[end:]
    assert without_traces(members)[name] == members[name]


@pytest.mark.parametrize("kind", sorted(k for k, one in RELATIONS.items() if not one.stays))
def test_each_relation_that_does_not_travel_is_left_out(kind: str) -> None:
    members = shipped("official")
    listing = "word/_rels/document.xml.rels"
    members[listing] = _relations(members[listing], ("KIND", "extra/part.xml", "")).replace(
        f"{OFFICE}/KIND".encode(), kind.encode()
    )
    members["word/extra/part.xml"] = b"<a>SecretValue</a>"
    kept = without_traces(members)
    assert "word/extra/part.xml" not in kept
    assert f'"{kind}"'.encode() not in kept[listing]


def test_a_picture_does_not_say_from_which_folder_it_came() -> None:
    members = shipped("official")
    picture = (
        r'<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        r'wordprocessingDrawing"><wp:docPr id="1" name="图1" descr="C:\\Users\\SecretAuthor\\a.png"'
        r"/></wp:inline></w:drawing></w:r></w:p>"
    )
    document = re.sub("</w:p>", picture, members[DOCUMENT].decode(), count=1)
    kept = without_traces({**members, DOCUMENT: document.encode()})
    assert "SecretAuthor" in document
    assert b"SecretAuthor" not in kept[DOCUMENT]
    assert b'descr="a.png"' in kept[DOCUMENT]


def test_parts_that_the_text_needs_stay() -> None:
    members = shipped("official")
    listing = "word/_rels/document.xml.rels"
    members[listing] = _relations(members[listing], ("image", "media/a.png", ""))
    members["word/media/a.png"] = b"PNG"
    members[CONTENT_TYPES] = members[CONTENT_TYPES].replace(
        b"<Default", b'<Default Extension="PNG" ContentType="image/png"/><Default', 1
    )
    assert without_traces(members)["word/media/a.png"] == b"PNG"


def test_only_parts_of_wordml_are_opened() -> None:
    """A picture that holds the name of the text's language is a picture all the same."""
    members = shipped("official")
    listing = "word/_rels/document.xml.rels"
    members[listing] = _relations(members[listing], ("image", "media/a.png", ""))
    members["word/media/a.png"] = b"PNG" + W_NS.encode()
    members[CONTENT_TYPES] = members[CONTENT_TYPES].replace(
        b"<Default", b'<Default Extension="png" ContentType="image/png"/><Default', 1
    )
    assert without_traces(members)["word/media/a.png"] == members["word/media/a.png"]


def with_mark(mark: str) -> bytes:
    members = shipped("official")
    document = re.sub("(<w:p(?: [^>]*)?>)", rf"\1{mark}", members[DOCUMENT].decode(), count=1)
    return without_traces({**members, DOCUMENT: document.encode()})[DOCUMENT]


REVISIONS = """
ins del moveFrom moveTo rPrChange pPrChange sectPrChange tblPrChange tblGridChange trPrChange
tcPrChange tblPrExChange numberingChange cellIns cellDel cellMerge moveFromRangeStart
moveFromRangeEnd moveToRangeStart moveToRangeEnd customXmlInsRangeStart customXmlInsRangeEnd
customXmlDelRangeStart customXmlDelRangeEnd customXmlMoveFromRangeStart customXmlMoveFromRangeEnd
customXmlMoveToRangeStart customXmlMoveToRangeEnd commentRangeStart commentRangeEnd
commentReference annotationRef
"""
"""ECMA-376: every element that tells of a revision or a comment."""


@pytest.mark.parametrize("name", REVISIONS.split())
def test_each_element_of_a_revision_or_comment_is_taken_out(name: str) -> None:
    assert b"SecretAuthor" not in with_mark(f'<w:{name} w:id="7" w:author="SecretAuthor"/>')


def test_the_list_of_revisions_is_closed() -> None:
    ours = {*UNWRAPPED, *DELETED, *FORMER, *CELL_MARKS, *RANGES, *COMMENTS}
    assert ours == set(REVISIONS.split())


def test_an_inserted_text_stays_and_a_deleted_one_goes() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    left = with_mark(f"<w:ins>{run.format('插入')}</w:ins><w:del>{run.format('删去')}</w:del>")
    assert "插入" in left.decode()
    assert "删去" not in left.decode()


def test_a_control_s_number_is_left_out_as_a_loop_would_repeat_it() -> None:
    control = '<w:sdt><w:sdtPr><w:id w:val="4711"/></w:sdtPr><w:sdtContent/></w:sdt>'
    assert b"4711" not in with_mark(control)
