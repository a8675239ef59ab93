"""The pool of warm LibreOffices against one LibreOffice process for each file, in one run.

python -m benchmarks.office [reports] [workers]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.samples import reports
from gxgen.fonts.config import fontconfig_file
from gxgen.fonts.faces import folders
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.template import load_template
from gxgen.formats.office.pool import _FILTERS, Converted, OfficePool
from gxgen.formats.office.program import find_soffice
from gxgen.templates.styles import style_templates
from tests.formats.office_support import Item, convert_all


def documents(number: int) -> list[Item]:
    """So many DOCX files, the samples over and over."""
    templates = {
        edition.id: load_template(path.read_bytes(), edition)
        for edition, path in style_templates("official")
    }
    made = [(r.title, render_docx(r, templates[r.edition.id])) for r in reports()]
    return [(f"{i}{made[i % len(made)][0]}", made[i % len(made)][1], "pdf") for i in range(number)]


def one_process_each(items: list[Item]) -> None:
    """What a script does: ``soffice --convert-to`` on each file, one profile, unchecked."""
    with tempfile.TemporaryDirectory() as folder:
        profile = (Path(folder) / "profile").as_uri()
        for name, docx, _ in items:
            source = Path(folder) / f"{name}.docx"
            source.write_bytes(docx)
            start = (find_soffice(), f"-env:UserInstallation={profile}", "--headless")
            subprocess.run(
                [*start, "--convert-to", _FILTERS["pdf"], "--outdir", folder, source],
                capture_output=True,
                check=True,
                env={**os.environ, "FONTCONFIG_FILE": str(fontconfig_file(folders()))},
            )
            assert source.with_suffix(".pdf").is_file()


def pooled(items: list[Item], workers: int) -> None:
    """The pool from its start to its end; every PDF judged and made to repeat."""
    with OfficePool(workers=workers, fontconfig=fontconfig_file(folders())) as pool:
        done = convert_all(pool, items)
    assert all(isinstance(result, Converted) for _, result in done)


def main(number: int, workers: int) -> None:
    """Measure and print."""
    items = documents(number)
    taken = {}
    for name, run in (
        ("soffice, one process a file", lambda: one_process_each(items)),
        (f"gxgen, pool of {workers}, verified and normalised", lambda: pooled(items, workers)),
    ):
        start = time.perf_counter()
        run()
        taken[name] = time.perf_counter() - start
    base = next(iter(taken.values()))
    print(f"PDF of {number} reports through LibreOffice, whole run")
    for name, seconds in taken.items():
        print(f"  {name:<44} {seconds:7.2f} s   {seconds / number * 1e3:6.0f} ms each   "
              f"×{base / seconds:.1f}")  # fmt: skip


if __name__ == "__main__":
    main(*(int(a) for a in (sys.argv[1:] + ["20", "2"][len(sys.argv) - 1 :])))
