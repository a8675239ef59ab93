"""A template brings nothing in: attacks stop it in every command, leftovers of editing do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from gxgen import api, cache
from gxgen.api import designing
from gxgen.cli import main
from gxgen.editions.declared import EDITIONS
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.template import compile_template
from gxgen.formats.docx.traces import without_traces
from gxgen.opc.package import FixedZip, read_package
from gxgen.templates.gate import STOPS, verdict
from gxgen.templates.lint.check import check_template
from gxgen.templates.styles import style_templates
from tests.reports import make_report
from tests.support import soffice
from tests.templates import foreign_bodies as bodies
from tests.templates.foreign_bodies import MICROSOFT, OPEN, PNG, XML
from tests.templates.test_gate_kinds import Edit, both, in_title, shipped

STYLES = ("official", "illustrated")
EACH_STYLE = pytest.mark.parametrize("style", STYLES)
ATTACKS: dict[str, tuple[str, Edit]] = {
    f"{code} {name}": (code, change)
    for code, listed in (
        ("GX651", bodies.FIELDS),
        ("GX619", bodies.RELATIONS),
        ("GX650", bodies.PARTS),
        ("GX601", bodies.BROKEN),
    )
    for name, change in listed.items()
}
TRAVELLING = {
    name: change
    for name, change in {**bodies.RELATIONS, **bodies.PARTS}.items()
    if "old drawing" not in name and "mail merge by" not in name and "picture that" not in name
    if "SVG" not in name
}
"""What reports are kept free of even where no gate stands before them."""
FIELDS_OF_OFFICES = (
    "", "PAGE", " PAGE \\* MERGEFORMAT ", "NUMPAGES", "= 1 + 2", "FORMTEXT", "SHAPE",
    'TOC \\o "1-3" \\h \\z \\u', "SEQ 图 \\* ARABIC", "REF _Ref1 \\h", "PAGEREF _Toc1 \\h",
    'DATE \\@ "yyyy年M月d日"', 'STYLEREF "标题 1"', "EQ \\o\\ac(○,一)", "DOCPROPERTY a",
    'HYPERLINK "http://www.gov.cn/" \\t "_blank"', 'HYPERLINK \\l "_Toc1"',
    "HYPERLINK mailto:a@b.cn", "ADDIN CNKISM.UserStyle",
)  # fmt: skip
SVG = '<g fill="url(#a)"><use xlink:href="#a"/><image href="data:image/png;base64,AA=="/></g>'
HARMLESS: dict[str, Edit] = {
    **{f"field {text}": in_title(bodies.complete(text)) for text in FIELDS_OF_OFFICES},
    "field in IF": in_title(bodies.complete("IF ", bodies.complete("PAGE"), '=1 "" "续"')),
    "simple field in a code": in_title(bodies.complete("= ", bodies.simple("PAGE"), " - 1")),
    "result written as a code": in_title(
        bodies.complete(
            "= ",
            bodies.mark("begin") + bodies.code("PAGE") + bodies.mark("separate"),
            bodies.code("2") + bodies.mark("end"),
            " - 1",
        )
    ),
    "simple field": in_title(bodies.simple(" NUMPAGES ")),
    "thumbnail": bodies.inside(
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
        "docProps/thumbnail.emf", b"\1\0\0\0", "image/x-emf", "",
    ),
    "properties of WPS": bodies.inside(
        bodies.OFFICE + "custom-properties", "docProps/custom.xml", b"<a>KSOProductBuildVer</a>",
        f"{OPEN}custom-properties+xml", "",
    ),
    "data of WPS": both(
        bodies.inside(bodies.OFFICE + "customXml", "customXml/item1.xml", b"<a/>", XML),
        bodies.inside(bodies.OFFICE + "customXmlProps", "customXml/itemProps1.xml", b"<a/>",
                      f"{OPEN}customXmlProperties+xml", "customXml/item1.xml"),
    ),
    "relation of WPS": bodies.inside(
        "http://www.wps.cn/officeDocument/2023/relationships/woinfos", "word/woinfos.xml", b"<a/>",
        "application/vnd.wps-officedocument.woinfos+xml",
    ),
    "printer": bodies.inside(
        bodies.OFFICE + "printerSettings", "word/printerSettings1.bin", b"\0\\\\printer",
        f"{OPEN}wordprocessingml.printerSettings",
    ),
    "people": bodies.inside(
        MICROSOFT + "2011/relationships/people", "word/people.xml", b"<a/>",
        f"{OPEN}wordprocessingml.people+xml",
    ),
    "styles with effects": bodies.inside(
        MICROSOFT + "2007/relationships/stylesWithEffects", "word/stylesWithEffects.xml", b"<a/>",
        "application/vnd.ms-word.stylesWithEffects+xml",
    ),
    "glossary": both(
        bodies.inside(bodies.OFFICE + "glossaryDocument", "word/glossary/document.xml", b"<a/>",
                      f"{OPEN}wordprocessingml.document.glossary+xml"),
        bodies.inside(bodies.OFFICE + "styles", "word/glossary/styles.xml", b"<a/>",
                      f"{OPEN}wordprocessingml.styles+xml", "word/glossary/document.xml"),
    ),
    "web settings": bodies.inside(
        bodies.OFFICE + "webSettings", "word/webSettings.xml", b"<a/>",
        f"{OPEN}wordprocessingml.webSettings+xml",
    ),
    "font": bodies.inside(
        bodies.OFFICE + "font", "word/fonts/font1.odttf", b"x",
        f"{OPEN}obfuscatedFont", "word/fontTable.xml",
    ),
    "signature": bodies.inside(
        "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin",
        "_xmlsignatures/origin.sigs", b"",
        "application/vnd.openxmlformats-package.digital-signature-origin", "",
    ),
    "picture": bodies.picture(PNG),
    "picture of another kind than it says": bodies.picture(b"\xff\xd8\xff\xe0", "image/png"),
    "SVG": bodies.svg(SVG),
    "trash": bodies.part("[trash]/0000.dat", b"x", None),
    "link to a bookmark": bodies.outside("hyperlink", "#_Toc1"),
    "mail merge that is over": bodies.setting("<w:mailMerge><w:mainDocumentType/></w:mailMerge>"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept from run to run is this test's alone."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "kept"))


@pytest.mark.parametrize("attack", ATTACKS)
def test_each_attack_is_told_with_its_code_and_stops_the_style(attack: str) -> None:
    code, change = ATTACKS[attack]
    members = shipped("official")
    change(members)
    found = bodies.told(members)
    assert found
    assert {one.code for one in found} == {code}
    (held,) = verdict("bx", bodies.FILE, FixedZip({}).build(members), "2021")
    assert held.code in STOPS
    assert code in held.message


@pytest.mark.parametrize("name", bodies.NAMES)
def test_a_member_whose_name_is_no_part_s_is_refused(name: str) -> None:
    data = bodies.with_member("official", name)
    (found,) = check_template(data, bodies.FILE, EDITIONS["2021"])
    assert found.code == "GX601"
    assert "部件名" in found.message or "重名" in found.message
    assert found.message.isprintable()
    (held,) = verdict("bx", bodies.FILE, data, "2021")
    assert held.code in STOPS


def test_a_link_in_the_archive_is_refused() -> None:
    data = bodies.with_symlink("official")
    (found,) = check_template(data, bodies.FILE, EDITIONS["2021"])
    assert "链接" in found.message


@pytest.mark.parametrize("name", ["word/media/图片1.png", "word/media/a (2).png", "_rels/.x.png"])
def test_names_as_offices_give_them_are_read(name: str) -> None:
    assert name in read_package(bodies.with_member("official", name))


@EACH_STYLE
@pytest.mark.parametrize("kind", HARMLESS)
def test_what_harms_nobody_stops_nobody(style: str, kind: str) -> None:
    members = shipped(style)
    HARMLESS[kind](members)
    assert bodies.told(members) == []


@pytest.mark.parametrize("name", TRAVELLING)
def test_nothing_of_it_travels_where_no_gate_stands(name: str) -> None:
    members = shipped("official")
    TRAVELLING[name](members)
    assert bodies.told(members)
    kept = without_traces(members)
    assert bodies.told(kept) == []
    assert not any(b"a.example" in content for part, content in kept.items() if "rels" in part)


@EACH_STYLE
@pytest.mark.parametrize("edition", EDITIONS)
def test_reports_hold_only_what_is_on_the_lists(style: str, edition: str) -> None:
    path = next(path for each, path in style_templates(style) if each.id == edition)
    template = compile_template(path.read_bytes(), EDITIONS[edition])
    members = read_package(render_docx(make_report(edition), template, draft=True))
    assert bodies.told(members) == []


@EACH_STYLE
def test_styles_saved_by_libreoffice_pass(style: str, tmp_path: Path) -> None:
    for edition, path in style_templates(style):
        made = soffice(path.resolve(), "docx", tmp_path / "out", tmp_path / "profile")
        members = read_package(made.read_bytes())
        assert bodies.told(members) == []
        assert render_docx(make_report(edition.id), compile_template(made.read_bytes(), edition))


PRINTED = ("DDE in a header", "linked picture", "embedded object", "relations that are cut off")


def test_each_command_refuses_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    api.init(tmp_path, county="某县", year=2023, demo=2, faulty=0, years=1)
    assert main(["template", "new", "bx"]) == 0
    settings = next(tmp_path.glob("inputs/**/county.toml"))
    lines = settings.read_text(encoding="utf-8").splitlines()
    said = "\n".join(line for line in lines if not line.startswith("style"))
    settings.write_text(f'style = "bx"\n{said}', encoding="utf-8")
    assert main(["template", "check", "bx"]) == 0
    for name in PRINTED:
        code, change = next(one for attack, one in ATTACKS.items() if attack.endswith(name))
        data = bodies.zipped("official", change)
        (tmp_path / "templates/bx/report-2021.docx").write_bytes(data)
        result = api.build([Path("inputs")], workers=1)
        assert {outcome.word for outcome in result.outcomes} == {"held"}
        assert not list(tmp_path.glob("output/**/*年度报告*.docx"))
        assert [one.code for _, found in result.styles for one in found] == ["GX643"]
        assert main(["template", "check", "bx"]) == 1
        path, found = designing.preview("bx", 2023, tmp_path)
        assert path is None
        assert code in found[0].message
