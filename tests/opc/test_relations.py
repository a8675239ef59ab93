"""Parts find each other as Office programs let them: by type of relation, whatever the case."""

from __future__ import annotations

import pytest

from gxgen.opc.relations import folded, main_part, relations, relations_part, spellings
from gxgen.opc.xml import DoctypeError, XmlError, parse

LIST = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"


def listed(*entries: str) -> bytes:
    return (LIST % "".join(f"<Relationship {entry}/>" for entry in entries)).encode()


@pytest.mark.parametrize("types", [TRANSITIONAL, STRICT])
@pytest.mark.parametrize("target", ["xl/book.xml", "/xl/book.xml", "./xl/book.xml", r"xl\book.xml"])
def test_the_main_part_is_found_by_its_relation(types: str, target: str) -> None:
    core = f'Id="r1" Type="{types}metadata/core-properties" Target="docProps/core.xml"'
    main = f'Id="r2" Type="{types}officeDocument" Target="{target}"'
    assert main_part(parse(listed(core, main))) == "xl/book.xml"


def test_a_package_about_nothing_has_no_main_part() -> None:
    outside = (
        f'Id="r1" Type="{TRANSITIONAL}officeDocument" Target="http://x/" TargetMode="External"'
    )
    assert main_part(parse(listed(outside))) is None


def test_targets_are_relative_to_their_part_and_addresses_stay() -> None:
    root = parse(
        listed(
            f'Id="a" Type="{TRANSITIONAL}comments" Target="../comments1.xml"',
            f'Id="b" Type="{TRANSITIONAL}hyperlink" Target="http://x/y" TargetMode="External"',
        )
    )
    found = [one for one, _ in relations(root, "xl/worksheets/sheet1.xml")]
    assert [(one.id, one.kind, one.target) for one in found] == [
        ("a", "comments", "xl/comments1.xml"),
        ("b", "hyperlink", "http://x/y"),
    ]
    assert [one.outside for one in found] == [False, True]


def test_relations_lie_beside_their_part() -> None:
    assert relations_part("xl/workbook.xml") == "xl/_rels/workbook.xml.rels"
    assert relations_part("book.xml") == "_rels/book.xml.rels"


@pytest.mark.parametrize("name", ["XL/Workbook.XML", "/xl/workbook.xml", r"xl\workbook.xml"])
def test_part_names_have_no_case(name: str) -> None:
    assert spellings(["a.xml", name])[folded("xl/workbook.xml")] == name
    assert folded("xl/workbook.xml") not in spellings(["a.xml", "xl/workbook2.xml"])


@pytest.mark.parametrize("prolog", ["<!DOCTYPE a>", '<!DOCTYPE a [<!ENTITY x "y">]>'])
def test_a_document_type_is_refused(prolog: str) -> None:
    with pytest.raises(DoctypeError):
        parse(f"{prolog}<a/>".encode())
    with pytest.raises(DoctypeError):
        parse(f'<?xml version="1.0" encoding="UTF-16"?>{prolog}<a/>'.encode("utf-16"))


@pytest.mark.parametrize("text", [b"", b"<a>", b"<a>\0</a>", b"<a>&x;</a>"])
def test_what_is_not_well_formed_is_refused(text: bytes) -> None:
    with pytest.raises(XmlError):
        parse(text)
