"""Many agencies: does a county's size change the time of an agency, or the memory of a process?

    python -m benchmarks.scale [--keep FOLDER] AGENCIES …

For each number a demo county of one year (made once, kept in FOLDER if that is given; making one
takes far longer than building it) and one cold build with two processes: wall and processor time
an agency, and the peak memory of the command and of its largest worker, read from /proc.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from gxgen import api

COUNTY, YEAR = "云垟县", 2024


def county(folder: Path, agencies: int) -> Path:
    """A demo county of that size; one that is there is taken."""
    root = folder / f"c{agencies}"
    if not (root / "inputs" / "county.toml").is_file():
        api.init(root, county=COUNTY, year=YEAR, demo=agencies, years=1)
    return root


def peak(process: int) -> int:
    """The most memory that a process has had, in KiB."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line), 0)


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    try:
        listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(number) for number in listed.split()]


def build(root: Path) -> tuple[float, float, int, int]:
    """(wall seconds, processor seconds, peak of the command, peak of a worker)."""
    output = root / "output"
    shutil.rmtree(output, ignore_errors=True)
    command = [sys.executable, "-m", "gxgen", "build", root / "inputs", "-o", output, "--jobs", "2"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    running = subprocess.Popen([*map(str, command), "--quiet"], stdout=subprocess.DEVNULL)
    own = worker = 0
    while running.poll() is None:
        own = max(own, peak(running.pid))
        worker = max([worker, *map(peak, children(running.pid))])
        time.sleep(0.05)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, used, own, worker


def main(arguments: list[str]) -> None:
    """Measure each size and print a line."""
    keep = None
    if arguments[:1] == ["--keep"]:
        keep, arguments = Path(arguments[1]), arguments[2:]
    with tempfile.TemporaryDirectory() as temporary:
        for agencies in map(int, arguments or ["100", "1000"]):
            root = county(keep or Path(temporary), agencies)
            build(root)
            wall, used, own, worker = build(root)
            print(
                f"  {agencies:>6}  wall {wall / agencies * 1000:6.2f} ms each   processor "
                f"{used / agencies * 1000:6.2f} ms each   command {own / 1024:5.1f} MiB   "
                f"worker {worker / 1024:5.1f} MiB"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
