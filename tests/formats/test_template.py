"""The wrapper over docxtpl: what it refuses, what it keeps, and that both ways agree."""

from __future__ import annotations

import io
import re
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from gxgen.document.blocks import compose
from gxgen.document.page import DRAFT_MARK
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.errors import GxgenError, TemplateError
from gxgen.formats.docx.context import make_context
from gxgen.formats.docx.environment import UnprintableTextError
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.template import (
    CompiledTemplate,
    compile_template,
    load_template,
)
from gxgen.model.agency import Agency
from gxgen.model.report import Report
from gxgen.opc.package import CONTENT_TYPES, DOCUMENT, FixedZip, read_package
from tests.reports import (
    AWKWARD,
    REAL,
    make_report,
    passages,
    real_report,
    shipped,
    shipped_bytes,
    with_features,
)

STYLE = Path(__file__).parents[2] / "templates" / "official"
NEWEST = EDITIONS["2021"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def _with(changes: dict[str, tuple[str, str]], edition: Edition = NEWEST) -> bytes:
    """The official template with one replacement in each of some members."""
    members = read_package(shipped_bytes(edition.id))
    for name, (old, new) in changes.items():
        assert old.encode() in members[name], old
        members[name] = members[name].replace(old.encode(), new.encode(), 1)
    return FixedZip(members).build({})


def _texts(data: bytes) -> list[str]:
    root = etree.fromstring(_members(data)[DOCUMENT])
    marks = {W + "br": "\n", W + "tab": "\t"}
    return [
        "".join(marks.get(n.tag, n.text or "") for n in p.iter(W + "t", W + "br", W + "tab"))
        for p in root.iter(W + "p")
    ]


def test_the_official_templates_take_the_fast_way(edition: Edition) -> None:
    assert not shipped(edition.id).features


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_prints_literally_and_nothing_after_it_is_lost(text: str) -> None:
    report = make_report(
        narrative=passages(("0", None, text, "其后一段。"), ("1", "总体情况"), ("1.1", text, text))
    )
    texts = _texts(render_docx(report, shipped("2021")))
    assert texts.count(text) == 2
    assert f"（一）{text}" in texts
    assert texts[texts.index(text) + 1] == "其后一段。"
    assert texts[-2:] == ["云垟市机关事务服务中心", "2026年1月15日"]


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip))
def test_any_text_prints_literally(text: str) -> None:
    if any(ord(c) in (0xFFFE, 0xFFFF) for c in text):
        return
    report = make_report(narrative=passages(("5", "问题", text)))
    assert text in _texts(render_docx(report, shipped("2021")))


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\x0c", "\ufffe", "\ud800"])
def test_what_xml_cannot_hold_is_refused_by_name(character: str) -> None:
    report = make_report(narrative=passages(("5", "问题", f"前面{character}后面")))
    with pytest.raises(UnprintableTextError, match=f"前面□后面.*U\\+{ord(character):04X}"):
        render_docx(report, shipped("2021"))


def test_awkward_agency_reaches_title_sign_off_and_properties() -> None:
    report = make_report(agency=Agency("A&B<局>\t二"))
    data = render_docx(report, shipped("2021"))
    core = etree.fromstring(_members(data)["docProps/core.xml"])
    assert core.findtext("{*}creator") == "A&B<局> 二"
    assert _texts(data)[-2] == "A&B<局>\t二"


def test_a_draft_is_marked_on_every_page_and_a_report_is_not(edition: Edition) -> None:
    report = make_report(edition.id)
    for draft in (True, False):
        members = _members(render_docx(report, shipped(edition.id), draft=draft))
        headers = [members[name].decode() for name in members if "header" in name]
        assert len(headers) == 2
        assert [DRAFT_MARK in header for header in headers] == [draft, draft]


def test_a_template_without_the_mark_renders_no_draft() -> None:
    data = _with({"word/header2.xml": ("{{ draft_mark }}", "")})
    template = compile_template(data, NEWEST)
    assert render_docx(make_report(), template)
    with pytest.raises(TemplateError, match="draft_mark"):
        render_docx(make_report(), template, draft=True)


def test_no_blank_paragraph_is_left_where_nothing_is_printed() -> None:
    data = render_docx(
        make_report(narrative=(), sign_off=replace(make_report().sign_off)), shipped("2021")
    )
    root = etree.fromstring(_members(data)[DOCUMENT])
    blanks = [p for p in root[0].findall(W + "p") if not "".join(p.itertext()).strip()]
    assert blanks == []


def test_the_template_of_another_edition_is_refused() -> None:
    with pytest.raises(TemplateError, match=r"2019年版.*2021年版"):
        render_docx(make_report("2021"), shipped("2019"))


def test_the_same_report_gives_the_same_bytes() -> None:
    fresh = compile_template(shipped_bytes("2021"), NEWEST)
    first = render_docx(make_report(), shipped("2021"))
    assert first == render_docx(make_report(), fresh) == render_docx(make_report(), fresh)


def test_no_member_tells_when_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(render_docx(make_report(), shipped("2021")))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == CONTENT_TYPES


def test_bytes_do_not_depend_on_the_time_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        made.append(render_docx(make_report(), shipped("2021")))
    monkeypatch.undo()
    time.tzset()
    assert made[0] == made[1]


def _canonical(name: str, data: bytes) -> object:
    if name.endswith(".rels") or name == CONTENT_TYPES:
        return sorted(tuple(sorted(node.attrib.items())) for node in etree.fromstring(data))
    return etree.tostring(etree.fromstring(data), method="c14n")


def _both_ways(template: CompiledTemplate, report: Report) -> tuple[dict, dict]:
    context = make_context(report, compose(report), draft=True)
    fast = with_features(template).render(context)
    slow = with_features(template, "forced").render(context)
    return tuple(
        {name: _canonical(name, data) for name, data in _members(made).items()}
        for made in (fast, slow)
    )


@pytest.mark.parametrize("name", ["", *REAL])
def test_docxtpl_own_path_gives_the_same_xml(name: str) -> None:
    fast, slow = _both_ways(shipped("2021"), real_report(name) if name else make_report())
    assert fast == slow


def test_docxtpl_own_path_gives_the_same_xml_for_the_old_edition() -> None:
    fast, slow = _both_ways(shipped("2019"), make_report("2019"))
    assert fast == slow


@pytest.mark.parametrize(
    ("old", "new", "feature"),
    [
        ("{{ title }}", "{{r title }}", "rich text"),
        (
            "{{ requests.received.total }}",
            "{% cellbg 'FF0000' %}{{ year }}",
            "cell merge or colour",
        ),
    ],
)
def test_what_the_fast_way_lacks_is_left_to_docxtpl(old: str, new: str, feature: str) -> None:
    template = compile_template(_with({DOCUMENT: (old, new)}), NEWEST)
    assert template.features == {feature}


def test_a_coloured_cell_renders_through_docxtpl() -> None:
    tag = "{{ requests.received.total }}"
    template = compile_template(_with({DOCUMENT: (tag, "{% cellbg 'FF0000' %}" + tag)}), NEWEST)
    document = _members(render_docx(make_report(), template))[DOCUMENT].decode()
    assert 'w:fill="FF0000"' in document
    assert "16" in _texts(render_docx(make_report(), template))


@pytest.mark.parametrize(
    "tag",
    [
        "{{ agency.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ agency.upper() }}",
        "{{ requests.items() }}",
        "{{ requests['__class__'] }}",
        "{{ range(10000000)|length }}",
        "{{ 9 ** 9 }}",
        "{{ 'a' * 9999 }}",
        "{{ '%s' % agency }}",
        "{{ lipsum() }}",
        "{{ cycler.__init__ }}",
        "{{ agency|safe }}",
        "{{ self }}{{ self.x }}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{{ nothing }}",
        "{{ requests.recieved.total }}",
        "{{ 1 / 0 }}",
        "{{ none }}",
        "{% if %}",
    ],
)
def test_a_strangers_template_reaches_nothing(tag: str) -> None:
    with pytest.raises(GxgenError) as caught:
        render_docx(
            make_report(), compile_template(_with({DOCUMENT: ("{{ title }}", tag)}), NEWEST)
        )
    assert re.search("[一-龥]", str(caught.value))


def test_masked_braces_print_as_braces() -> None:
    data = _with({DOCUMENT: ("{{ title }}", "{_{ title }_}{{ title }}")})
    assert any(
        t.startswith("{{ title }}")
        for t in _texts(render_docx(make_report(), compile_template(data, NEWEST)))
    )


def test_tags_split_over_runs_and_editing_residue_do_no_harm() -> None:
    split = (
        '{{ ti</w:t></w:r><w:proofErr w:type="spellStart"/>'
        '<w:r w:rsidR="00AB12CD"><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>tle }}'
    )
    members = read_package(_with({DOCUMENT: ("{{ title }}", split)}))
    residue = b'<w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD"><w:proofErr w:type="spellStart"/>'
    members[DOCUMENT] = members[DOCUMENT].replace(b"<w:p>", residue)
    data = FixedZip(members).build({})
    made = render_docx(make_report(), compile_template(data, NEWEST))
    document = _members(made)[DOCUMENT]
    assert b"rsid" not in document
    assert b"proofErr" not in document
    assert _texts(made)[0] == _texts(render_docx(make_report(), shipped("2021")))[0]


def _doctored(name: str, data: bytes) -> bytes:
    return FixedZip({**read_package(shipped_bytes("2021")), name: data}).build({})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 nonsense",
        b"%PDF-1.7",
        shipped_bytes("2021")[:3000],
        FixedZip({"a.txt": b"x"}).build({}),
        _doctored("word/vbaProject.bin", b"x"),
        _doctored(DOCUMENT, b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
        _doctored(DOCUMENT, b"<!DOCTYPE a><a/>"),
        _doctored(DOCUMENT, '<?xml version="1.0"?><a/>'.encode("utf-16")),
        _doctored(DOCUMENT, b"<unclosed"),
        _doctored("word/styles.xml", b" " * (17 * 2**20)),
        _doctored(CONTENT_TYPES, b"<Types>wordprocessingml macroEnabled</Types>"),
    ],
    ids=[
        "empty",
        "truncated-head",
        "pdf",
        "cut",
        "no-document",
        "macro",
        "entity",
        "doctype",
        "utf16",
        "broken",
        "huge",
        "docm",
    ],
)
def test_a_hostile_or_broken_file_is_refused_in_chinese(data: bytes) -> None:
    with pytest.raises(TemplateError, match=r"[一-龥]"):
        compile_template(data, NEWEST)


def test_a_style_folder_gives_each_edition_its_template(edition: Edition) -> None:
    assert load_template(STYLE, edition).edition is edition


def test_a_folder_without_template_says_so(tmp_path: Path) -> None:
    with pytest.raises(GxgenError, match=r"找不到模板.*report-2021\.docx"):
        load_template(tmp_path, NEWEST)
