"""The closed lists, walked both ways: each entry planted in a template is refused or is not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxgen.formats.docx import closed_list as lists
from gxgen.formats.docx.traces import without_traces
from gxgen.opc.package import CONTENT_TYPES
from gxgen.prose.word_fields import FIELDS as READ
from tests.templates import foreign_bodies as bodies
from tests.templates.test_gate_kinds import in_title, shipped

STYLES = ("official", "illustrated")
EACH_STYLE = pytest.mark.parametrize("style", STYLES)
PLACES = {
    "in the title": lambda it: in_title(bodies.complete(it)),
    "simple": lambda it: in_title(bodies.simple(it)),
    "letter by letter": lambda it: in_title(bodies.complete(*it)),
    "inside another": lambda it: in_title(bodies.complete("IF 1=1 ", bodies.complete(it))),
    "header": lambda it: bodies.in_header(bodies.complete(it)),
    "footnote": lambda it: bodies.in_note(bodies.complete(it)),
    "box": lambda it: bodies.in_box(bodies.complete(it)),
}
ECMA_FIELDS = """
ADDRESSBLOCK ADVANCE ASK AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT AUTOTEXT AUTOTEXTLIST BIBLIOGRAPHY
CITATION COMMENTS COMPARE CREATEDATE DATABASE DATE DOCPROPERTY DOCVARIABLE EDITTIME EQ FILENAME
FILESIZE FILLIN FORMCHECKBOX FORMDROPDOWN FORMTEXT = GOTOBUTTON GREETINGLINE HYPERLINK IF
INCLUDEPICTURE INCLUDETEXT INDEX KEYWORDS LASTSAVEDBY LINK LISTNUM MACROBUTTON MERGEFIELD MERGEREC
MERGESEQ NEXT NEXTIF NOTEREF NUMCHARS NUMPAGES NUMWORDS PAGE PAGEREF PRINT PRINTDATE PRIVATE QUOTE
RD REF REVNUM SAVEDATE SECTION SECTIONPAGES SEQ SET SKIPIF STYLEREF SUBJECT SYMBOL TA TC TEMPLATE
TIME TITLE TOA TOC USERADDRESS USERINITIALS USERNAME XE
"""
"""Part 1, 17.16.5."""
ECMA_RELATIONS = """
aFChunk attachedTemplate audio calcChain chart chartUserShapes chartsheet commentAuthors comments
connections control custom-properties customProperty customXml customXmlProps diagramColors
diagramData diagramLayout diagramQuickStyle dialogsheet drawing endnotes extended-properties
externalLink font fontTable footer footnotes frame glossaryDocument handoutMaster header
htmlPubSaveAs hyperlink image mailMergeHeaderSource mailMergeSource notesMaster notesSlide numbering
officeDocument oleObject package pivotCacheDefinition pivotCacheRecords pivotTable presProps
printerSettings queryTable recipientData revisionHeaders revisionLog settings sharedStrings
sheetMetadata slide slideLayout slideMaster slideUpdateInfo slideUpdateUrl styles subDocument table
tableSingleCells tableStyles tags theme themeOverride transform usernames video viewProps vmlDrawing
volatileDependencies webSettings worksheet xmlMaps
"""
"""Part 1, 11 to 15, and part 4: the last word of each relation."""
ECMA_WORD_TYPES = """
comments document.glossary document.main endnotes fontTable footer footnotes header numbering
settings styles template.main webSettings mailMergeRecipientData
"""


def test_every_field_of_the_standard_is_on_the_list() -> None:
    assert set(ECMA_FIELDS.split()) <= lists.CODES.keys()
    assert READ.keys() == lists.CODES.keys()


def test_every_relation_and_kind_of_part_of_the_standard_is_on_the_list() -> None:
    assert {lists.OFFICE + kind for kind in ECMA_RELATIONS.split()} <= lists.RELATIONS.keys()
    base = f"{bodies.OPEN}wordprocessingml."
    assert {f"{base}{kind}+xml" for kind in ECMA_WORD_TYPES.split()} <= lists.TYPES.keys()


@pytest.mark.parametrize("listed", [lists.RELATIONS, lists.TYPES, lists.CODES])
def test_what_is_refused_says_what_to_do(listed: dict[str, lists.Verdict]) -> None:
    for name, verdict in listed.items():
        assert verdict.refused == bool(verdict.mend), name
        assert not (verdict.refused and verdict.stays), name
        assert name == name.strip()


@EACH_STYLE
@pytest.mark.parametrize("kind", sorted(lists.RELATIONS))
def test_each_relation(style: str, kind: str) -> None:
    verdict = lists.RELATIONS[kind]
    members = shipped(style)
    bodies.inside(kind, "word/media/x.png", bodies.PNG, "image/png")(members)
    found = bodies.told(members)
    assert [one.code for one in found] == (["GX650"] if verdict.refused else [])
    assert all(verdict.what in one.message and verdict.mend in one.message for one in found)
    assert ("word/media/x.png" in without_traces(members)) == verdict.stays


@pytest.mark.parametrize("kind", sorted(lists.RELATIONS))
def test_each_relation_that_leads_outside(kind: str) -> None:
    members = shipped("official")
    bodies.relation(kind, "https://a.example/a", mode="External")(members)
    link = kind == f"{lists.OFFICE}hyperlink"
    assert [one.code for one in bodies.told(members)] == ([] if link else ["GX619"])
    kept = without_traces(members)
    assert (b"a.example" in kept["word/_rels/document.xml.rels"]) == link


@pytest.mark.parametrize("kind", sorted(lists.TYPES))
def test_each_kind_of_part(kind: str) -> None:
    members = shipped("official")
    content = b"<a/>" if kind.endswith("xml") else bodies.PNG
    bodies.part("word/extra/part.dat", content, kind.upper())(members)
    refused = lists.TYPES[kind].refused
    assert [one.code for one in bodies.told(members)] == (["GX650"] if refused else [])
    assert "word/extra/part.dat" not in without_traces(members)
    declared = without_traces(members)[CONTENT_TYPES]
    assert b"part.dat" not in declared


@pytest.mark.parametrize("kind", sorted(lists.TYPES))
def test_each_kind_of_part_behind_a_relation_that_stays(kind: str) -> None:
    members = shipped("official")
    content = b"<a/>" if kind.endswith("xml") else bodies.PNG
    bodies.inside(f"{lists.OFFICE}image", "word/media/x", content, kind)(members)
    stays = lists.TYPES[kind].stays
    assert [one.code for one in bodies.told(members)] == ([] if stays else ["GX650"])
    assert ("word/media/x" in without_traces(members)) == stays


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", sorted(lists.CODES))
def test_each_field(name: str, place: str) -> None:
    members = shipped("official")
    PLACES[place](f"{name} a")(members)
    refused = lists.CODES[name].refused or name == "HYPERLINK"
    found = bodies.told(members)
    copies = 2 if place == "box" else 1  # a box is stored twice
    assert [one.code for one in found] == (["GX651"] * copies if refused else [])
    assert all(str(one.place) != bodies.FILE for one in found)


@EACH_STYLE
@settings(max_examples=60)
@given(st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,12}", fullmatch=True))
def test_what_is_on_no_list_is_unknown(style: str, word: str) -> None:
    members = shipped(style)
    in_title(bodies.complete(f"{word} a"))(members)
    bodies.relation(f"{lists.OFFICE}{word}", "styles.xml")(members)
    bodies.part("word/extra.xml", b"<a/>", f"application/{word}+xml")(members)
    expected = []
    if f"{lists.OFFICE}{word}" not in lists.RELATIONS:
        expected.append("GX650")
    expected.append("GX650")
    if word.upper() not in lists.CODES or lists.CODES[word.upper()].refused:
        expected.append("GX651")
    assert [one.code for one in bodies.told(members)] == expected


@EACH_STYLE
def test_the_shipped_styles_hold_only_what_travels(style: str) -> None:
    members = shipped(style)
    assert bodies.told(members) == []
    assert without_traces(members) == members


ADDRESSES = {
    "http://a.cn": True, "HTTPS://a.cn/b?c=d": True, "mailto:a@b.cn": True, "#_Toc1": True,
    "file:///c:/a": False, "\\\\a\\b": False, "//a/b": False, "a.docx": False, "http:\\\\a": False,
    "https:///a": False, "ftp://a": False, "ms-word:ofe|u|http://a": False, "": False,
    "javascript:1": False, " http://a": False, "vnd.ms-x:http://a": False, "http:a": False,
}  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_where_a_link_may_lead(address: str) -> None:
    assert lists.may_open(address) == ADDRESSES[address]


def test_refused_fields_are_told_with_their_code() -> None:
    members = shipped("official")
    in_title(bodies.complete("DDE", "AUTO c:\\\\a.exe x"))(members)
    (found,) = bodies.told(members)
    assert found.quote == "DDEAUTO c:\\\\a.exe x"
    assert "（DDEAUTO）" in found.message
    assert re.search("正文第1段", str(found.place))
