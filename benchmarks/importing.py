"""Published reports in bulk: memory of every process, processor time a file, nothing lost.

    python -m benchmarks.importing [FILES] [PROCESSES]

Makes a folder of so many invented reports, web pages, text and DOCX in turn, and imports it as a
user does. Told are the largest memory of the command and of its workers after a tenth, a half and
all of the files, which must not differ, and how long reading, drawing and writing take, medians of
processor time in one warm process. Ends with 1 where a file is not accounted for, or a process took
more than 80 MiB. Linux only.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from gxgen.county.imports.one import taken
from gxgen.document.blocks import compose
from gxgen.form.write.workbook import blank_workbook
from gxgen.formats.manuscript import Manuscript
from gxgen.formats.registry import FORMATS
from gxgen.published.formed import formed, read_file
from gxgen.published.reader import Asked
from gxgen.show.published.review import review_page
from tests.published.corpus import made, shapes, truth
from tests.published.test_round_trip import template
from tests.support import sample_reports

MOST_MIB = 80
SHAPES = ("page", "tabs", "page by Word", "DOCX", "a cell a line")
TIMED = {"text": "tabs", "HTML": "page by Word", "DOCX": "DOCX"}
ROUNDS = 25


def fill(folder: Path, files: int) -> None:
    """So many reports, each of another agency."""
    for number in range(files):
        shape = shapes()[SHAPES[number % len(SHAPES)]]
        what = replace(truth(number), agency=f"云垟县第{number}号办事处")
        (folder / f"{number:06}{shape.ending}").write_bytes(made(what, shape))


def mib(process: int) -> float:
    """The memory that a process has of its own or shares, in MiB; 0 where it is gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    line = next((line for line in status.splitlines() if line.startswith("VmRSS")), "VmRSS 0 kB")
    return int(line.split()[1]) / 1024


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    try:
        return [
            int(child)
            for task in Path(f"/proc/{process}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:
        return []


def memory(source: Path, to: Path, files: int, workers: int) -> list[tuple[int, float, float]]:
    """(files done, MiB of the command, largest of a worker) at each step of a run."""
    words = ("import", str(source), "--to", str(to), "--jobs", str(workers), "--quiet")
    steps = [files // 10, files // 2, files]
    told: list[tuple[int, float, float]] = []
    most = [0.0, 0.0]
    with subprocess.Popen(
        [sys.executable, "-m", "gxgen", *words], stdout=subprocess.DEVNULL
    ) as run:
        while run.poll() is None:
            time.sleep(0.2)
            most[0] = max(most[0], mib(run.pid))
            most[1] = max([most[1], *map(mib, children(run.pid))])
            done = sum(1 for _ in to.rglob("*.html")) if to.is_dir() else 0
            if len(told) < 2 and done >= steps[len(told)]:
                told.append((done, *most))
                most = [0.0, 0.0]
        assert run.returncode == 0, run.returncode
    return [*told, (files, *most)]


def times() -> None:
    """The median of each kind of file and of each step."""
    report = sample_reports()["安丘市行政审批服务局"]
    writer = FORMATS["pdf"].writer
    assert writer is not None
    paper = writer.write(
        Manuscript(report, compose(report), template("official", report.edition.id))
    )
    kinds: dict[str, Callable[[int], bytes]] = {
        name: lambda seed, name=shape: made(truth(seed), shapes()[name])  # type: ignore[misc]
        for name, shape in TIMED.items()
    }
    kinds["official PDF"] = lambda _: paper
    for kind, make in kinds.items():
        steps: dict[str, list[float]] = {"read": [], "draw": [], "form": [], "all": []}
        for seed in range(ROUNDS):
            _time(make(seed), steps)
        said = "  ".join(f"{name} {statistics.median(t):6.1f} ms" for name, t in steps.items())
        print(f"{kind:14} {said}")


def _time(data: bytes, steps: dict[str, list[float]]) -> None:
    def timed(name: str, call: Callable[[], object]) -> None:
        start = time.process_time()
        call()
        steps[name].append(1000 * (time.process_time() - start))

    timed("read", lambda: read_file(data, "报告"))
    read = read_file(data, "报告")
    report, _ = formed(read)
    assert report is not None
    timed("draw", lambda: review_page(read, report))
    timed("form", lambda: blank_workbook(report.edition, report.year, fill=report))
    timed("all", lambda: taken(data, "报告", Asked()))


def main(files: int, workers: int) -> int:
    """Measure and print."""
    times()
    with tempfile.TemporaryDirectory() as folder:
        source, to = Path(folder, "公开"), Path(folder, "表")
        source.mkdir()
        fill(source, files)
        start = time.monotonic()
        told = memory(source, to, files, workers)
        took = time.monotonic() - start
        forms = sum(1 for path in to.rglob("*.xlsx") if path.parent != to)
    for done, command, worker in told:
        print(f"{done:6} files: command {command:5.1f} MiB, largest worker {worker:5.1f} MiB")
    print(f"{forms} forms of {files} files in {took:.0f} s with {workers} processes")
    return int(forms != files or max(max(step[1:]) for step in told) > MOST_MIB)


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    sys.exit(main(count, int(sys.argv[2]) if len(sys.argv) > 2 else 2))
