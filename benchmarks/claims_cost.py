"""What reading claims costs: processor time a report, over the long texts of the corpus."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from gxgen.checks.runner import run
from gxgen.model.report import Report
from gxgen.prose.claims import verdicts_of
from gxgen.prose.claims.bind import forget
from tests.claims_corpus import CORPUS, texts
from tests.claims_tables import report_of, tables

LONG = 1_500
"""Letters: a whole report."""
TIMES = 25


def main(folder: Path = CORPUS / "tuned") -> None:
    """Time the engine, and all rules beside it, and print."""
    long = [t for t in texts(folder) if len("".join(t.text.split())) >= LONG]
    reports = [report_of(text, cells) for text in long if (cells := tables(text, 0)) is not None]
    for report in reports:
        run(report)  # what is read and compiled once, is
    for name, work in (("engine", lambda r: [*verdicts_of(r)]), ("all rules", run)):
        taken = [cost(report, work) for report in reports]
        print(
            f"{name:<12}{len(taken)} texts: median {statistics.median(taken):.2f} ms, "
            f"most {max(taken):.2f} ms"
        )


def cost(report: Report, work: Callable[[Report], object]) -> float:
    """Milliseconds of the processor for a report that nothing is known of: the median of many."""
    taken = []
    for _ in range(TIMES):
        new = replace(report)
        forget()  # a text of forms never seen: in a county later reports cost less
        start = time.process_time_ns()
        work(new)
        taken.append((time.process_time_ns() - start) / 1e6)
    return statistics.median(taken)
