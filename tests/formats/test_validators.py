"""What other people's validators say of our documents: nothing, but for false alarms listed here.

openxml-audit judges by the Open XML SDK's own schemas, ooxml-integrity by what breaks files in
practice (references that lead nowhere, repeated numbers). The SDK itself is asked elsewhere, and a
whole county is judged in ``test_county_packages.py``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from ooxml_integrity import check
from openxml_audit import OpenXmlValidator

from gxgen.editions.declared import EDITIONS
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.template import CompiledTemplate, load_template
from gxgen.model.report import Report
from gxgen.opc.package import DOCUMENT, FixedZip, read_package
from gxgen.templates.lint.annotate import annotated
from gxgen.templates.lint.check import check_template
from gxgen.templates.sample import sample_report
from gxgen.templates.styles import style_templates
from tests.reports import REAL, make_report, real_report

STYLES = ("official", "illustrated")
EACH_STYLE = pytest.mark.parametrize("style", STYLES)

FALSE_ALARMS: dict[str, str] = {}
"""Part of a complaint → why it is none. There is no known one: both find nothing at all."""


@cache
def template_of(style: str, edition: str) -> CompiledTemplate:
    """A shipped template, compiled."""
    paths = {each.id: path for each, path in style_templates(style)}
    return load_template(paths[edition].read_bytes(), EDITIONS[edition])


def complaints(data: bytes, path: Path) -> list[str]:
    """What the two hold against a file."""
    path.write_bytes(data)
    audit = OpenXmlValidator(max_errors=0).validate(path)
    said = [*map(str, audit.errors), *map(str, check(path))]
    return [text for text in said if not any(known in text for known in FALSE_ALARMS)]


def _written(report: Report, style: str, path: Path, *, draft: bool = False) -> list[str]:
    template = template_of(style, report.edition.id)
    return complaints(render_docx(report, template, draft=draft), path)


@EACH_STYLE
@pytest.mark.parametrize("name", REAL)
def test_the_samples(name: str, style: str, tmp_path: Path) -> None:
    assert _written(real_report(name), style, tmp_path / "report.docx") == []


@EACH_STYLE
@pytest.mark.parametrize("edition", sorted(EDITIONS))
def test_awkward_reports(edition: str, style: str, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    assert _written(make_report(edition), style, path, draft=True) == []
    assert _written(make_report(edition, narrative=()), style, path) == []
    assert _written(sample_report(EDITIONS[edition]), style, path) == []


@EACH_STYLE
@pytest.mark.parametrize("edition", sorted(EDITIONS))
def test_templates_and_their_commented_copies(style: str, edition: str, tmp_path: Path) -> None:
    data = {e.id: p for e, p in style_templates(style)}[edition].read_bytes()
    assert complaints(data, tmp_path / "report.docx") == []
    other = next(e for e in EDITIONS.values() if e.id != edition)
    findings = check_template(data, "report.docx", other)
    assert len(findings) > 20
    assert complaints(annotated(data, findings), tmp_path / "copy.docx") == []


def test_both_are_awake(tmp_path: Path) -> None:
    """A wrong order of elements and a reference to nothing are told, each by its validator."""
    members = read_package(render_docx(make_report(), template_of("official", "2021")))
    text = members[DOCUMENT]
    wrong = text.replace(b"<w:tblW ", b'<w:tblBogus w:val="1"/><w:tblW ', 1)
    path = tmp_path / "wrong.docx"
    path.write_bytes(FixedZip({**members, DOCUMENT: wrong}).build({}))
    assert not OpenXmlValidator(max_errors=0).validate(path).is_valid
    lost = text.replace(
        b"</w:body>", b'<w:p><w:r><w:commentReference w:id="7"/></w:r></w:p></w:body>'
    )
    path.write_bytes(FixedZip({**members, DOCUMENT: lost}).build({}))
    assert list(check(path))
