"""A demo county's figures and text to DOCX: gxgen against what else renders Word templates.

    python -m benchmarks.peers [reports] [rounds]

1. The render step: the same contexts (titles, blocks, printed figures) through gxgen, docxtpl as
   its manual shows, and docxtemplater, carbone and docx-templates from npm, each with the shipped
   template in its own syntax. "step" is timed inside the process, template loaded, after three
   reports unmeasured, until the last file is on disk; "whole" is the process from start to end,
   reading the contexts included.
2. From workbooks: ``benchmarks.naive`` (openpyxl + docxtpl, no checks) against ``gxgen build``.

Everything that was written is read back (``proof``), among it one report more whose 200 figures
all differ; a row that lost, added or mixed up anything says so.
The npm packages are installed beside this file when they are missing; without Node those rows
say so.
"""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.naive import TEMPLATE
from benchmarks.peers import carbone
from benchmarks.peers.dialects import DOCX_TEMPLATES, DOCXTEMPLATER, Rewrite, translate
from benchmarks.peers.proof import Proof
from gxgen import api
from gxgen.document.blocks import compose
from gxgen.editions.declared import EDITIONS
from gxgen.form.read.workbook import read_workbook
from gxgen.formats.docx.context import make_context

HERE = Path(__file__).parent
YEAR = 2024
COUNTY = "云垟县"
GOVERNMENT = f"{COUNTY}人民政府"

Context = dict[str, Any]
Taken = tuple[float, float]
"""Milliseconds of wall time, and of processor time, which other programs hardly disturb."""


@dataclass
class Row:
    """One way to the documents: its command, where it writes, and what was measured."""

    label: str
    command: Sequence[object]
    output: Path
    prints_step: bool = False
    """Whether its output is the milliseconds of the render step."""
    exact: bool = True
    """Whether nothing may be lost or added; else figures and paragraphs must be there."""
    steps: list[Taken] = field(default_factory=list)
    wholes: list[Taken] = field(default_factory=list)
    fault: str = ""

    def run(self) -> None:
        """Once, as a whole process, into an empty folder."""
        if self.fault:
            return
        shutil.rmtree(self.output, ignore_errors=True)
        self.output.mkdir(parents=True)
        start, used = time.perf_counter(), _processor()
        done = subprocess.run(
            [*map(str, self.command)], check=False, capture_output=True, text=True
        )
        self.wholes.append(((time.perf_counter() - start) * 1e3, (_processor() - used) * 1e3))
        if done.returncode:
            lines = [f"exit {done.returncode}", *done.stderr.strip().splitlines()]
            self.fault = next((s for s in lines if re.match(r"\w*Error\b", s)), lines[-1])
        elif self.prints_step:
            wall, processor = map(float, done.stdout.split())
            self.steps.append((wall, processor))


def _processor() -> float:
    """Seconds of processor time of all finished child processes and theirs."""
    times = os.times()
    return times.children_user + times.children_system


def contexts_of(workbooks: Sequence[Path]) -> list[Context]:
    """What gxgen's own render step is given, and nothing that JSON does not hold."""
    out = []
    for path in workbooks:
        report = read_workbook(path.read_bytes(), path.name).report
        assert report is not None, path
        context = dict(make_context(report, compose(report), draft=False))
        for blocks in context.values():
            for block in blocks if isinstance(blocks, list) else ():
                block["plain"] = not any(
                    value is True for key, value in block.items() if key != "keep"
                )
        out.append(context)
    return out


def told_apart(context: Context) -> Context:
    """The same report with another number in each figure, so that no two can be confused."""
    out = copy.deepcopy(context)
    for number, key in enumerate(max(EDITIONS.values(), key=lambda e: e.first_year).fields, 1):
        *home, last = key.split(".")
        node = out
        for part in home:
            node = node[part]
        node[last] = str(number)
    return out


def render_rows(root: Path, contexts: list[Context]) -> list[Row]:
    """The render step by each engine, with its template and data laid ready."""
    rows = []
    for engine, label in (("docxtpl", "docxtpl, naive"), ("gxgen", "gxgen, compiled once")):
        given = [engine, TEMPLATE, _data(root, engine, contexts), root / engine]
        command = [sys.executable, "-m", "benchmarks.peers.render", *given]
        rows.append(Row(label, command, root / engine, prints_step=True))
    fault = install()
    peers: dict[str, tuple[Rewrite, list[Context]]] = {
        "docxtemplater": (DOCXTEMPLATER.rewrite, contexts),
        "carbone": (carbone.rewrite, carbone.adapt(contexts, TEMPLATE)),
        "docx-templates": (DOCX_TEMPLATES.rewrite, contexts),
    }
    for engine, (rewrite, data) in peers.items():
        template = root / f"{engine}.docx"
        template.write_bytes(translate(TEMPLATE, rewrite))
        command = ["node", HERE / "render.mjs", engine, template, _data(root, engine, data)]
        output, label = root / engine, f"{engine} {versions()[engine]}, npm"
        rows.append(Row(label, [*command, output], output, prints_step=True, fault=fault))
    return rows


def _data(root: Path, engine: str, contexts: list[Context]) -> Path:
    path = root / f"{engine}.json"
    path.write_text(json.dumps(contexts, ensure_ascii=False), "utf-8")
    return path


def versions() -> dict[str, str]:
    """The pinned version of each npm package."""
    found: dict[str, str] = json.loads((HERE / "package.json").read_text("utf-8"))["dependencies"]
    return found


def install() -> str:
    """The npm packages, if another version or none is there; why not, if that fails."""
    if not (shutil.which("node") and shutil.which("npm")):
        return "node and npm are not installed"
    if all(_installed(name) == version for name, version in versions().items()):
        return ""
    quiet = ("--silent", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts")
    done = subprocess.run(["npm", "install", *quiet], cwd=HERE, check=False, capture_output=True)
    return "npm install failed" if done.returncode else ""


def _installed(name: str) -> str:
    manifest = HERE / "node_modules" / name / "package.json"
    if not manifest.is_file():
        return ""
    version: str = json.loads(manifest.read_text("utf-8"))["version"]
    return version


def pipeline_rows(root: Path, forms: Path) -> list[Row]:
    """From the county's workbooks to DOCX, with one process and with two."""
    rows = []
    for jobs in (1, 2):
        words = f"{jobs} process{'es' * (jobs > 1)}"
        output = root / f"naive{jobs}"
        naive = [sys.executable, "-m", "benchmarks.naive", forms, output, jobs]
        rows.append(Row(f"openpyxl + docxtpl, {words}", naive, output, exact=False))
    for jobs in (1, 2):
        words = f"{jobs} process{'es' * (jobs > 1)}"
        output = root / f"build{jobs}"
        build = [sys.executable, "-m", "gxgen", "build", forms.parent, "-o", output, "--quiet"]
        rows.append(Row(f"gxgen build, cold, {words}", [*build, "--jobs", jobs], output))
    return rows


def prove(row: Row, proof: Proof, contexts: Sequence[Context], names: Sequence[str]) -> None:
    """Mark a row whose documents do not say what they should."""
    made = {path.name: path for path in row.output.rglob("*.docx")}
    for context, name in zip(contexts, names, strict=True):
        if row.fault:
            return
        file = made.get(name) or made.get(f"{context['document_title']}.docx")
        row.fault = proof.fault(file, context, exact=row.exact) if file else f"{name} is missing"


def print_rows(title: str, rows: Sequence[Row], base: Row) -> None:
    """Medians in milliseconds, and how many times as long as ``base`` each one takes."""
    print(title)
    for row in rows:
        columns = [
            f"{name} {wall:8.0f} ms ×{wall / base_wall:<6.1f} processor ×{used / base_used:<6.1f}"
            for name, taken, least in (
                ("step", row.steps, base.steps),
                ("whole", row.wholes, base.wholes),
            )
            if taken and least
            for (wall, used), (base_wall, base_used) in [(_medians(taken), _medians(least))]
        ]
        said = f"failed: {row.fault}" if row.fault else "  ".join(columns)
        print(f"  {row.label:<34} {said}")


def _medians(taken: Sequence[Taken]) -> Taken:
    walls, processors = zip(*taken, strict=True)
    return statistics.median(walls), statistics.median(processors)


def main(reports: int, rounds: int) -> None:
    """Measure in turn, prove, print."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        api.init(root, county=COUNTY, year=YEAR, demo=reports, years=1)
        forms = root / "inputs" / str(YEAR)
        # The government's report is added up by gxgen and not rendered from its form alone.
        workbooks = [p for p in sorted(forms.glob("*.xlsx")) if p.stem != GOVERNMENT]
        contexts = contexts_of(workbooks)
        shown = [*contexts, told_apart(contexts[0])]
        rendered, piped = render_rows(root, shown), pipeline_rows(root, forms)
        for _ in range(rounds):
            for row in (*rendered, *piped):
                row.run()
        proof = Proof(TEMPLATE)
        for row in rendered:
            prove(row, proof, shown, [f"{n:04}.docx" for n in range(len(shown))])
        for row in piped:
            prove(row, proof, contexts, [f"{path.stem}.docx" for path in workbooks])
    proved = f"{len(contexts)} reports, {proof.figures} figures each and all words read back"
    print(f"{proved}; median of {rounds}; × = as long as gxgen")
    print_rows("the render step", rendered, rendered[1])
    print_rows("from workbooks, whole process", piped, piped[-1])


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*(given + [60, 3][len(given) :]))
