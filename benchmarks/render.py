"""The render step: naive docxtpl against the compiled template, same template, files written.

    python -m benchmarks.render [rounds]

Naive is what docxtpl's manual shows: a new DocxTemplate, render with autoescape, save. Both write
a file that replaces the one of the round before. The reports are the five samples of ``inputs/``.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate

from benchmarks.measure import medians, print_ratios
from benchmarks.samples import reports
from gxgen.document.blocks import compose
from gxgen.formats.docx.context import make_context
from gxgen.formats.docx.template import load_template
from gxgen.templates.styles import style_templates


def main(rounds: int) -> None:
    """Measure and print."""
    all_reports = reports()
    edition, path = next(
        (e, p) for e, p in style_templates("official") if e.id == all_reports[0].edition.id
    )
    template = load_template(path.read_bytes(), edition)
    contexts: list[dict[str, Any]] = [
        dict(make_context(r, compose(r), draft=False)) for r in all_reports
    ]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.docx"

        def naive(number: int) -> None:
            document = DocxTemplate(path)
            document.render(contexts[number % len(contexts)], autoescape=True)
            document.save(out)

        def compiled(number: int) -> None:
            out.write_bytes(template.render(contexts[number % len(contexts)]))

        taken = medians({"docxtpl, naive": naive, "gxgen, compiled once": compiled}, rounds)
    print_ratios(f"render step, median of {rounds} reports", taken, "docxtpl, naive")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
