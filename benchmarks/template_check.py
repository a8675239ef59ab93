"""``template check`` and ``template preview``, beside one LibreOffice conversion of the template.

python -m benchmarks.template_check [rounds]

Each check sees a template it has not seen before (its file properties differ), as after an edit;
nothing is kept from one to the next but the modules in memory.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ["GXGEN_CACHE"] = "off"

from benchmarks.measure import medians, print_ratios
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.formats.office.program import find_soffice
from gxgen.opc.package import DOCUMENT, FixedZip, read_package
from gxgen.templates.lint.check import check_template
from gxgen.templates.preview import preview
from gxgen.templates.styles import style_templates

STYLES = ("official", "illustrated")


def edited(data: bytes, number: int, faults: int) -> bytes:
    """A template as after an edit, with so many figures' names misspelt."""
    members = read_package(data)
    document = members[DOCUMENT].replace(b"</w:body>", b"<!-- %d --></w:body>" % number)
    document = document.replace(b".total }}", b".totl }}", faults)
    return FixedZip({**members, DOCUMENT: document}).build({})


def convert(path: Path, folder: Path) -> float:
    """Milliseconds of one process that turns a template into a PDF."""
    program = find_soffice()
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    start = time.perf_counter()
    subprocess.run(
        [str(program), profile, "--headless", "--convert-to", "pdf", "--outdir", folder, path],
        capture_output=True,
        check=True,
        timeout=180,
    )
    return (time.perf_counter() - start) * 1e3


def first_check(path: Path) -> float:
    """Milliseconds of the first check of a new process, Python's start and all imports left out."""
    code = (
        "import sys, time, gxgen.templates.lint.check as lint, gxgen.templates.styles\n"
        "import lxml.etree, docxtpl\n"
        "from gxgen.editions.declared import EDITIONS\n"
        "data = open(sys.argv[1], 'rb').read()\n"
        "edition = max(EDITIONS.values(), key=lambda e: e.first_year)\n"
        "start = time.perf_counter()\n"
        "lint.check_template(data, '模板.docx', edition)\n"
        "print((time.perf_counter() - start) * 1e3)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def main(rounds: int) -> None:
    """Measure and print."""
    newest: Edition = max(EDITIONS.values(), key=lambda e: e.first_year)
    with tempfile.TemporaryDirectory() as folder:
        for style in STYLES:
            path = {e.id: p for e, p in style_templates(style)}[newest.id]
            data = path.read_bytes()
            convert(path, Path(folder))
            taken = medians(
                {
                    "one LibreOffice process": lambda _, path=path: convert(path, Path(folder)),
                    "template check, sound": lambda n, data=data: check_template(
                        edited(data, n, 0), "模板.docx", newest
                    ),
                    "template check, 20 faults": lambda n, data=data: check_template(
                        edited(data, n, 20), "模板.docx", newest
                    ),
                    "template preview": lambda _, style=style: preview(style, newest),
                },
                rounds,
                warm=1,
            )
            taken["first check of a new process"] = min(first_check(path) for _ in range(3))
            print_ratios(f"{style}, {rounds} rounds", taken, "one LibreOffice process")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
