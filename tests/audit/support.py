"""Reports written by our own formats and judged as a stranger's."""

from __future__ import annotations

from functools import cache

from gxgen.audit.judged import Audit, audited
from gxgen.demo.agencies import demo_agency
from gxgen.demo.county import clean_report
from gxgen.document.blocks import compose
from gxgen.editions.declared import EDITIONS
from gxgen.formats.docx.template import CompiledTemplate, compile_template
from gxgen.formats.manuscript import Manuscript
from gxgen.formats.registry import FORMATS
from gxgen.model.report import Report
from gxgen.prose.filled import filled
from gxgen.published.reader import read_published
from tests.support import ROOT


@cache
def template(style: str, edition: str) -> CompiledTemplate:
    path = ROOT / "templates" / style / f"report-{edition}.docx"
    return compile_template(path.read_bytes(), EDITIONS[edition])


@cache
def demo(index: int, year: int = 2024) -> Report:
    return filled(clean_report(demo_agency("审读县", index), year))[0]


def made(report: Report, kind: str, style: str = "official") -> bytes:
    """The report as one of our documents."""
    text = Manuscript(report, compose(report), template(style, report.edition.id))
    writer = FORMATS[kind].writer
    assert writer is not None
    return writer.write(text)


def judged(data: bytes, built_from: Report | None = None, file: str = "报告") -> Audit:
    """What is to be said of a file."""
    return audited(read_published(data, file), built_from)
