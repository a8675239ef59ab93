"""Reading a workbook: openpyxl's cells against gxgen's whole reader, validation included.

    python -m benchmarks.read [rounds]

openpyxl only visits every cell of every sheet; it finds no figure and judges nothing. gxgen reads
bytes to a Report with findings: blank, error and uncached formula told apart, the
place of every figure checked by its labels, validation, text. Workbooks are the five samples, as
gxgen wrote them and, where LibreOffice is installed, as it saved them again (shared strings).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

from benchmarks.measure import medians, print_ratios
from benchmarks.samples import workbooks
from gxgen.form.read.workbook import read_workbook


def by_openpyxl(path: Path) -> None:
    """Every value of every sheet, as a script would fetch them."""
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            len(row)


def by_gxgen(path: Path) -> None:
    """The report and its findings."""
    if read_workbook(path.read_bytes(), path.name).report is None:
        raise SystemExit(f"{path} could not be read")


def resaved(paths: list[Path], folder: Path) -> list[Path]:
    """The workbooks as LibreOffice saves them; none where it is not installed."""
    if shutil.which("soffice") is None:
        return []
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", folder, *paths],
        check=True,
        capture_output=True,
    )
    return [folder / path.name for path in paths]


def main(rounds: int) -> None:
    """Measure and print."""
    own = workbooks()
    with tempfile.TemporaryDirectory() as name:
        for title, paths in (("as written", own), ("re-saved", resaved(own, Path(name)))):
            if paths:
                taken = medians(
                    {
                        "openpyxl, data_only, every cell": lambda i, p=paths: by_openpyxl(
                            p[i % len(p)]
                        ),
                        "gxgen, read and validated": lambda i, p=paths: by_gxgen(p[i % len(p)]),
                    },
                    rounds,
                )
                print_ratios(
                    f"one workbook, {title}, median of {rounds}",
                    taken,
                    "openpyxl, data_only, every cell",
                )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
