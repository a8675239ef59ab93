"""How quick the desk is: from the link to what it says, for counties of 40 and of 1,000 units.

    python -m benchmarks.desk [UNITS ...]

Requests are medians over the desk's own socket, in seconds of the clock: a machine that does other
things makes them longer. Memory is the web process's alone.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from gxgen import api
from tests.desk.opened import COUNTY, YEAR, Running, form, form_in, sound

ROUNDS = 5
_DROPPED = 5


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of so many times, in seconds."""
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def reads(desk: Running, address: str) -> Callable[[], object]:
    """Asks for an address, and takes nothing but an answer for one."""
    heads = [pair for pair in desk.own() if pair[0] != "Origin"]

    def ask() -> None:
        answer = desk.wire("GET", address, heads)
        if answer.status != 200:
            raise SystemExit(f"{address}: {answer.status}")

    return ask


def sends(desk: Running, method: str, address: str, body: bytes) -> bytes:
    """Changes something; what is answered."""
    heads = [*desk.own(), ("Content-Length", str(len(body)))]
    answer = desk.wire(method, address, heads, body)
    if answer.status != 200:
        raise SystemExit(f"{address}: {answer.status} {answer.text}")
    return answer.body


def resident(pid: int) -> float:
    """MiB of a process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def dropped(desk: Running, files: list[Path]) -> float:
    """Seconds until files that are dropped are judged and told."""
    import json

    start = time.perf_counter()
    numbers = [
        json.loads(sends(desk, "PUT", "/stage?name=a.xlsx", path.read_bytes()))["file"]
        for path in files
    ]
    sends(desk, "POST", "/take", json.dumps({"files": numbers}).encode())
    return time.perf_counter() - start


def measured(units: int, folder: Path) -> None:
    """A county of so many units."""
    root = folder / "project"
    api.init(root, county=COUNTY, year=YEAR, demo=units, faulty=units // 8, years=1)
    start = time.perf_counter()
    desk = Running(root)
    print(f"{units} units: link {time.perf_counter() - start:.2f} s", end="; ")
    desk.open()
    try:
        _during(desk, start)
        _after(desk, root, folder)
    finally:
        desk.close()


def _during(desk: Running, start: float) -> None:
    home = reads(desk, "/")
    heads = [pair for pair in desk.own() if pair[0] != "Origin"]
    while "data-id" not in desk.wire("GET", "/", heads).text:
        time.sleep(0.02)
    print(f"first list after {time.perf_counter() - start:.2f} s", end="; ")
    print(f"home while building {timed(home):.3f} s", end="; ")
    begun = time.perf_counter()
    sends(desk, "POST", "/stop", b"{}")
    while "<progress" in desk.wire("GET", "/frame", heads).text:
        time.sleep(0.02)
    print(f"stop {time.perf_counter() - begun:.2f} s", end="; ")
    sends(desk, "POST", "/build", b"{}")
    desk.settle(3600)
    print(f"findings of all after {time.perf_counter() - start:.1f} s", end="; ")


def _after(desk: Running, root: Path, folder: Path) -> None:
    heads = [pair for pair in desk.own() if pair[0] != "Origin"]
    unit = desk.wire("GET", "/", heads).text.split('href="/unit/')[1].split('"')[0]
    print(f"home {timed(reads(desk, '/')):.3f} s, unit {timed(reads(desk, f'/unit/{unit}')):.3f} s")
    files = []
    for index in range(_DROPPED):
        path = folder / f"{index}.xlsx"
        path.write_bytes(form(sound(index)) if index % 2 else form_in(root, index).read_bytes())
        files.append(path)
    print(f"  five files judged {dropped(desk, files):.2f} s", end="; ")
    print(f"web process {resident(desk.process.pid):.0f} MiB")


def main(sizes: list[int]) -> None:
    """Measure counties of these sizes."""
    for units in sizes or [40, 1000]:
        with tempfile.TemporaryDirectory() as folder:
            measured(units, Path(folder))


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]])
