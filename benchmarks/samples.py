"""What the benchmarks work on: the five sample workbooks and what is read from them."""

from __future__ import annotations

from pathlib import Path

from gxgen.form.read.workbook import read_workbook
from gxgen.model.report import Report

INPUTS = Path(__file__).parent.parent / "inputs"


def workbooks() -> list[Path]:
    """The sample workbooks."""
    return sorted(INPUTS.glob("*/*/*.xlsx"))


def reports() -> list[Report]:
    """What they say."""
    found = [read_workbook(path.read_bytes(), path.name).report for path in workbooks()]
    return [report for report in found if report is not None]
