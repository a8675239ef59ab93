"""A county from workbooks to DOCX on disk, whole processes, cold: gxgen against the naive pipeline.

    python -m benchmarks.county [agencies] [rounds]

Both use two processes and the same demo county of one year. gxgen also checks every form, reads
every report back, writes manifest, roll-up and page; it starts from an empty output folder.
Then: nothing changed, against ``gxgen --help``; and one workbook changed.
"""

from __future__ import annotations

import io
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import openpyxl

from gxgen import api

YEAR = 2024


def seconds(command: Sequence[object]) -> float:
    """Wall time of a whole process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *map(str, command)], check=False, capture_output=True)
    return time.perf_counter() - start


def edited(path: Path) -> bytes:
    """The workbook with another number of licences, as a spreadsheet program would save it."""
    book = openpyxl.load_workbook(path)
    sheet, cell = next(iter(book.defined_names["gx.disclosure.licensing.decisions"].destinations))
    book[sheet][cell.replace("$", "")] = 4321
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def main(agencies: int, rounds: int) -> None:
    """Measure in turn and print medians and ratios."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        api.init(root, county="云垟县", year=YEAR, demo=agencies, years=1)
        forms, output = root / "inputs" / str(YEAR), root / "output"
        build = ["-m", "gxgen", "build", root / "inputs", "-o", output, "--quiet", "--jobs", 2]
        first = sorted(forms.glob("*.xlsx"))[0]
        saved, changed = first.read_bytes(), edited(first)
        taken: dict[str, list[float]] = {}
        for _ in range(rounds):
            shutil.rmtree(output, ignore_errors=True)
            naive = ["-m", "benchmarks.naive", forms, root / "naive", 2]
            taken.setdefault("openpyxl + docxtpl, 2 processes", []).append(seconds(naive))
            taken.setdefault("gxgen build, cold, 2 processes", []).append(seconds(build))
            taken.setdefault("gxgen build, nothing changed", []).append(seconds(build))
            taken.setdefault("gxgen --help", []).append(seconds(["-m", "gxgen", "--help"]))
            made = len(list(output.rglob("*报告.docx"))), len(list((root / "naive").glob("*")))
            assert min(made) >= agencies, made
            first.write_bytes(changed)
            taken.setdefault("gxgen build, one workbook changed", []).append(seconds(build))
            first.write_bytes(saved)
    base = statistics.median(next(iter(taken.values())))
    for label, times in taken.items():
        middle = statistics.median(times)
        print(f"  {label:<36} {middle:7.3f} s   ×{base / middle:.1f}")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*(given + [100, 3][len(given) :]))
