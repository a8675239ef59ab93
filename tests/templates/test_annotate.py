"""The commented copy: each fault's comment at its place, in Word's terms and LibreOffice's."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from lxml import etree

from gxgen.checks.registry import diagnose
from gxgen.diagnostics import Diagnostic
from gxgen.editions.declared import EDITIONS
from gxgen.errors import TemplateError
from gxgen.opc.package import FixedZip, read_package
from gxgen.places import DocumentCell, DocumentParagraph
from gxgen.templates.lint.annotate import AUTHOR, annotated
from gxgen.templates.lint.check import check_template
from gxgen.templates.lint.parts import parts
from gxgen.templates.lint.sites import sites
from gxgen.templates.styles import style_templates
from tests.support import schema_errors, soffice

from .planted import FIGURES, FILE, SMALL, Template, draft_mark, table_removed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
NEWEST = EDITIONS["2021"]


def _faulty(style: str = "official", seed: int = 0) -> bytes:
    path = {edition.id: path for edition, path in style_templates(style)}[NEWEST.id]
    template, dice = Template(path.read_bytes()), random.Random(seed)
    for plant in (table_removed, draft_mark, *SMALL[:4], *dice.choices(FIGURES, k=20)):
        plant(template, dice)
    return template.build()


def _findings(data: bytes) -> list[Diagnostic]:
    found = check_template(data, FILE, NEWEST)
    return [diagnose(f, agency=None, year=None, file=FILE) for f in found]


def _anchors(data: bytes) -> dict[str, str]:
    """Comment id → the place of the paragraph that it is laid over."""
    document = parts(read_package(data))[0]
    return {
        node.get(W + "id"): str(site.place)
        for site in sites(document, FILE)
        for node in site.paragraph.iter(W + "commentRangeStart")
    }


def _comments(data: bytes) -> list[etree._Element]:
    return list(etree.fromstring(read_package(data)["word/comments.xml"]))


@pytest.mark.parametrize("style", ["official", "illustrated"])
@pytest.mark.parametrize("seed", range(3))
def test_a_comment_for_each_fault_at_its_place(style: str, seed: int) -> None:
    data = _faulty(style, seed)
    findings = _findings(data)
    made = annotated(data, findings)
    anchors, comments = _anchors(made), _comments(made)
    assert len(comments) == len(findings) > 20
    for comment, finding in zip(comments, findings, strict=True):
        text = "".join(comment.itertext())
        assert comment.get(W + "author") == AUTHOR
        assert finding.message in text and finding.hint in text
        own = isinstance(finding.place, DocumentCell) or (
            isinstance(finding.place, DocumentParagraph) and finding.place.part == "正文"
        )
        place = str(finding.place) if own else f"{FILE} 正文第1段"
        assert anchors[comment.get(W + "id")] == place
        assert own or str(finding.place) in text


def test_the_words_of_the_template_stay() -> None:
    data = _faulty()
    made = annotated(data, _findings(data))
    before, after = (
        [s.text for part in parts(read_package(d)) for s in sites(part, FILE)] for d in (data, made)
    )
    assert before == after


def test_a_quote_is_marked_and_not_the_whole_paragraph() -> None:
    path = {e.id: p for e, p in style_templates("official")}[NEWEST.id]
    data = path.read_bytes()
    members = read_package(data)
    xml = members["word/document.xml"].replace(b"{{ block.lead }}", b"{{ block.laed }}", 1)
    data = FixedZip({**members, "word/document.xml": xml}).build({})
    made = annotated(data, _findings(data))
    root = parts(read_package(made))[0].root
    (start,) = root.iter(W + "commentRangeStart")
    covered = start.getnext()
    assert "".join(covered.itertext()) == "{{ block.laed }}"
    assert covered.getnext().tag == W + "commentRangeEnd"


def test_a_second_time_replaces_the_first() -> None:
    data = _faulty()
    findings = _findings(data)
    made = annotated(data, findings)
    assert annotated(made, findings) == made
    assert annotated(data, findings) == made
    cleared = annotated(made, [])
    assert not _comments(cleared) and not _anchors(cleared)


def test_comments_of_others_stay() -> None:
    made = annotated(_faulty(), _findings(_faulty())[:2])
    members = read_package(made)
    name = "word/comments.xml"
    members[name] = members[name].replace(b'w:author="gxgen"', 'w:author="设计"'.encode(), 1)
    again = annotated(FixedZip(members).build({}), _findings(_faulty())[2:5])
    authors = [(c.get(W + "author"), c.get(W + "id")) for c in _comments(again)]
    assert authors == [("设计", "0"), (AUTHOR, "1"), (AUTHOR, "2"), (AUTHOR, "3")]
    assert set(_anchors(again)) == {"0", "1", "2", "3"}


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.4"])
def test_what_is_no_template_is_refused(data: bytes) -> None:
    with pytest.raises(TemplateError):
        annotated(data, [])


@pytest.mark.tool
@pytest.mark.parametrize("style", ["official", "illustrated"])
def test_the_copy_is_valid(style: str, tmp_path: Path) -> None:
    """Only what was planted itself may be wrong, so sound tags are commented on."""
    path = {edition.id: path for edition, path in style_templates(style)}[NEWEST.id]
    template = Template(path.read_bytes())
    dice = random.Random(1)
    for plant in (SMALL[0], SMALL[1], *SMALL[12:18]):
        plant(template, dice)
    data = template.build()
    made = tmp_path / "copy.docx"
    made.write_bytes(annotated(data, _findings(data)))
    assert schema_errors(made) == []


@pytest.mark.tool
def test_libreoffice_shows_them_at_the_same_places(tmp_path: Path) -> None:
    path = {edition.id: path for edition, path in style_templates("official")}[NEWEST.id]
    template = Template(path.read_bytes())
    dice = random.Random(2)
    for plant in (SMALL[0], SMALL[1], *SMALL[12:18]):
        plant(template, dice)
    data = template.build()
    findings = _findings(data)
    source = tmp_path / "copy.docx"
    source.write_bytes(annotated(data, findings))
    shown = etree.parse(soffice(source, "fodt", tmp_path, tmp_path / "profile"))
    seen = {}
    for note in shown.iter(OFFICE + "annotation"):
        words = "".join(note.itertext())
        around = note.getparent()
        note_text = "".join(t for n in around.iter(OFFICE + "annotation") for t in n.itertext())
        seen[words] = "".join("".join(around.itertext()).replace(note_text, "").split())
    assert len(seen) == len(findings)
    for finding in findings:
        (text,) = [text for words, text in seen.items() if finding.message in words]
        assert "".join((finding.quote or "").split()) in text
