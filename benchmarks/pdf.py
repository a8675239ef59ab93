"""PDFs of a county: the built-in engine against one LibreOffice process a file, in one run.

    python -m benchmarks.pdf [rounds]

Each report differs in figures and words from every other, as a county's do, so that nothing but the
engine's warmth is kept from one to the next. The built-in engine composes and writes, in the third
row reads back and compares as well; LibreOffice converts the DOCX of the same report.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.measure import medians, print_ratios
from benchmarks.samples import reports
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.template import load_template
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Entry, Report
from gxgen.templates.styles import style_templates


def main(rounds: int) -> None:
    """Measure and print."""
    from gxgen.document.blocks import compose
    from gxgen.formats.pdf.verify import verify_pdf
    from gxgen.formats.pdf.write import pdf_of

    given = reports()

    def fresh(number: int, variant: int) -> Report:
        return _varied(given[number % len(given)], number * 10 + variant)

    def built_in(number: int) -> None:
        report = fresh(number, 1)
        pdf_of(compose(report), report)

    def checked(number: int) -> None:
        report = fresh(number, 2)
        document = compose(report)
        if verify_pdf(pdf_of(document, report), report, document):
            raise AssertionError("the PDF differs from its report")

    with tempfile.TemporaryDirectory() as folder:
        office = _by_office(Path(folder))
        taken = medians(
            {
                "LibreOffice, one process a file": lambda n: office(fresh(n, 0)),
                "built-in": built_in,
                "built-in, read back and compared": checked,
            },
            rounds,
        )
    print_ratios(f"PDF, median of {rounds} reports", taken, "LibreOffice, one process a file")


def _by_office(folder: Path) -> Callable[[Report], object]:
    from tests.support import soffice

    templates = {e.id: load_template(p.read_bytes(), e) for e, p in style_templates("official")}

    def convert(report: Report) -> None:
        source = folder / "report.docx"
        source.write_bytes(render_docx(report, templates[report.edition.id]))
        soffice(source, "pdf", folder, folder / "profile")

    return convert


def _varied(report: Report, number: int) -> Report:
    """The same report with other figures, zero where they were zero, and other paragraphs."""
    entries = {
        key: Entry(e.value * (number % 7 + 1) if isinstance(e.value, int) else e.value, e.raw)
        for key, e in report.entries.items()
    }
    narrative = tuple(
        Passage(p.mark, p.heading, tuple(Paragraph(f"{number}号：{q.text}") for q in p.paragraphs))
        for p in report.narrative
    )
    return replace(report, entries=entries, narrative=narrative)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
