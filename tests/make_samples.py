"""Writes the sample workbooks of ``inputs/`` anew from their records, after the form has changed.

python -m tests.make_samples
"""

from __future__ import annotations

from pathlib import Path

from gxgen.county.project import load_county
from gxgen.form.write.workbook import blank_workbook
from tests.support import ROOT, sample_reports


def sample_path(name: str, year: int) -> Path:
    """Where a sample agency's workbook lies: the county whose roster names it."""
    for settings in sorted((ROOT / "inputs").glob("*/county.toml")):
        if load_county(settings.parent).agency(name):
            return settings.parent / str(year) / f"{name}.xlsx"
    raise LookupError(name)


def main() -> None:
    """Write all five."""
    for name, report in sample_reports().items():
        path = sample_path(name, report.year)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(
            blank_workbook(report.edition, report.year, agency=report.agency, fill=report)
        )
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
