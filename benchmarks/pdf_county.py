"""The PDFs of a county whose DOCX are there already, as whole processes, in one run.

    python -m benchmarks.pdf_county [agencies] [soffice files]

gxgen is asked for the PDFs beside the DOCX, once with its own engine, once with LibreOffice, two
processes each; it reads and checks every form anew, makes the DOCX anew, reads every file back, and
starts from nothing. Its opponent is what a script does: one ``soffice --convert-to pdf`` after the
other over the DOCX, nothing looked at, its profile warm; it converts a sample, and its time is that
of a file. Then where the time of the built-in engine goes.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.county import YEAR, seconds
from benchmarks.measure import medians
from gxgen import api
from gxgen.fonts.config import fontconfig_file
from gxgen.fonts.faces import folders
from gxgen.formats.office.program import find_soffice
from gxgen.model.report import Report

ENGINES = {"built-in engine": "builtin", "LibreOffice pool": "libreoffice"}
JOBS = 2
SAMPLE = 20
"""Reports that the split of the built-in engine's time is measured on."""


class County:
    """A demo county with its DOCX, in a folder that the caller keeps."""

    def __init__(self, root: Path, agencies: int) -> None:
        """Make the forms and the DOCX; nothing of this is timed."""
        self.root, self.agencies = root, agencies
        api.init(root, county="云垟县", year=YEAR, demo=agencies, years=1)
        self.gxgen("build", "--format", "docx")
        self.docx = self.files("docx")

    def files(self, kind: str) -> list[Path]:
        """The agencies' documents of a kind, and the county's own."""
        found = sorted((self.root / "output" / str(YEAR)).glob(f"*.{kind}"))
        assert len(found) == self.agencies + 1, (kind, len(found))
        return found

    def gxgen(self, command: str, *options: str) -> float:
        """Wall seconds of a command on the whole county."""
        given = [self.root / "inputs", *options, "--jobs", JOBS, "--quiet"]
        output = ["-o", self.root / "output"] if command == "build" else []
        return seconds(["-m", "gxgen", command, *given, *output])

    def pdfs(self, engine: str) -> float:
        """Wall seconds of a build that adds every PDF."""
        self.gxgen("build", "--format", "docx")
        taken = self.gxgen("build", "--format", "docx,pdf", "--pdf", engine)
        self.files("pdf")
        return taken


def one_process_each(files: Iterable[Path], folder: Path) -> list[float]:
    """Wall seconds of each file; the profile lies in ``folder`` and is made by the first call."""
    profile = (folder / "profile").as_uri()
    start = [str(find_soffice()), f"-env:UserInstallation={profile}", "--headless"]
    fonts = {**os.environ, "FONTCONFIG_FILE": str(fontconfig_file(folders()))}
    taken = []
    for path in files:
        command = [*start, "--convert-to", "pdf", "--outdir", str(folder), str(path)]
        began = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True, env=fonts)
        taken.append(time.perf_counter() - began)
        assert (folder / f"{path.stem}.pdf").is_file()
    return taken


def steps(county: County) -> dict[str, float]:
    """Milliseconds a report of each step of the built-in engine, one process, warm."""
    from gxgen.county.around import read
    from gxgen.county.plan import plan
    from gxgen.county.unit import check_unit
    from gxgen.document.blocks import compose
    from gxgen.formats.pdf.verify import verify_pdf
    from gxgen.formats.pdf.write import pdf_of

    filings = [f for f in plan([county.root / "inputs"], county.root) if not f.government]
    reports = [report for f in filings[:SAMPLE] if (report := check_unit(read(f)).report)]
    made = [pdf_of(compose(report), report) for report in reports]

    def each(call: Callable[[Report, bytes], object]) -> Callable[[int], object]:
        return lambda n: call(reports[n % len(reports)], made[n % len(made)])

    return medians(
        {
            "composed and typeset": each(lambda report, _: pdf_of(compose(report), report)),
            "read back and compared": each(lambda report, pdf: verify_pdf(pdf, report)),
        },
        len(reports),
    )


def main(agencies: int, sample: int) -> None:
    """Measure in turn and print."""
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as other:
        county, folder = County(Path(name), agencies), Path(other)
        chosen = county.docx[:: max(1, len(county.docx) // sample)][:sample]
        one_process_each(chosen[:1], folder)
        naive = one_process_each(chosen[::2], folder)
        taken = {label: county.pdfs(engine) for label, engine in ENGINES.items()}
        naive += one_process_each(chosen[1::2], folder)
        parts = {
            "start-up": seconds(["-m", "gxgen", "--help"]),
            "and forms read and checked": county.gxgen("check"),
            "and DOCX made and read back": county.gxgen("build", "--force", "--format", "docx"),
            "and PDF made and read back": taken["built-in engine"],
        }
        split = steps(county)
    _print(agencies, naive, taken, parts, split)


def _print(
    agencies: int,
    naive: list[float],
    taken: dict[str, float],
    parts: dict[str, float],
    split: dict[str, float],
) -> None:
    base = statistics.mean(naive)
    print(f"the PDFs of {agencies} agencies whose DOCX are there, whole processes")
    label = f"soffice, one process a file, {len(naive)} files"
    print(f"  {label:<44} {base:7.3f} s a report   ({base * agencies:.0f} s for all)")
    for name, spent in taken.items():
        own, label = spent / agencies, f"gxgen, {name}"
        print(f"  {label:<44} {own:7.3f} s a report   ×{base / own:.1f}   ({spent:.1f} s for all)")
    print("where the time of the built-in engine goes: whole processes, each does what is above it")
    for name, spent in parts.items():
        print(f"  {name:<44} {spent:7.2f} s")
    print("a report's PDF, in one process that is warm")
    for name, spent in split.items():
        print(f"  {name:<44} {spent:7.1f} ms")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*(given + [100, 12][len(given) :]))
