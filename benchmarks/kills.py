"""Builds whose parents and workers are killed at random moments: is anything lost, left or wrong?

    python -m benchmarks.kills [kills] [agencies] [seed]

Of the kills one third each are a worker (SIGKILL), the parent (SIGKILL) and the parent asked to end
(SIGTERM, SIGHUP or SIGINT). After each: no process of the build is left, every file that stands is
the one of an undisturbed build or a draft, and of a killed worker one unit is named and all the
rest, page, roll-up and ledger, is there. The next build equals a clean one byte for byte, and sets
nothing aside. Linux only. Exit status 1 if anything was otherwise.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from gxgen import api
from tests.processes import session

YEAR = 2024
GRACE = 2.0
"""Seconds that a process may outlive its parent."""
ASKED = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def files(folder: Path) -> dict[str, bytes]:
    """All but what is hidden, by name."""
    paths = [p for p in folder.rglob("*") if p.is_file() and ".gxgen" not in str(p)]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def start(inputs: Path, output: Path, *options: str) -> subprocess.Popen[str]:
    """A build with two workers, as a session of its own."""
    command = [sys.executable, "-m", "gxgen", "build", inputs, "-o", output, "--quiet", "--jobs=2"]
    pipe = subprocess.PIPE
    command = [*map(str, command), *options]
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, start_new_session=True)


def strike(process: subprocess.Popen[str], whom: str, chance: random.Random) -> int:
    """Kill or ask somebody of a build; the number of the process, 0 if nobody was there."""
    living = session(process.pid)
    workers = sorted({*living} - {process.pid})
    targets = workers if whom == "worker" else [one for one in living if one == process.pid]
    if not targets:
        return 0
    target, number = chance.choice(targets), chance.choice(ASKED)
    try:
        os.kill(target, number if whom == "asked" else signal.SIGKILL)
    except ProcessLookupError:
        return 0
    return target


def left_over(process: subprocess.Popen[str]) -> list[int]:
    """Who still lives when the grace is over."""
    limit = time.monotonic() + GRACE
    while (left := session(process.pid)) and time.monotonic() < limit:
        time.sleep(0.02)
    return left


def wrong_files(output: Path, clean: dict[str, bytes]) -> Iterator[str]:
    """Reports that are not those of an undisturbed build."""
    for name, data in files(output).items() if output.is_dir() else ():
        if "手工修改" in name:
            yield f"set aside: {name}"
        if name.endswith(".docx") and "草稿" not in name and data != clean.get(name):
            yield f"another report: {name}"


def after_worker(
    process: subprocess.Popen[str], said: str, output: Path, agencies: int
) -> Iterator[str]:
    """What is not as it should be where one worker was killed."""
    told = said.count("GX722")
    if process.returncode != (1 if told else 0) or told > 1:
        yield f"exit {process.returncode}, {told} told: {said}"
    home = output / str(YEAR)
    wanting = [
        n for n in ("index.html", "build.json", ".gxgen/ledger.jsonl") if not (home / n).is_file()
    ]
    if wanting:
        yield f"wanting: {wanting}"
        return
    units = json.loads((home / "build.json").read_bytes())["units"]
    made = Counter(unit["outcome"] for unit in units)
    if made["built"] != agencies - told:
        yield f"build.json: {made}"


def attempt(
    root: Path,
    whom: str,
    clean: dict[str, bytes],
    chance: random.Random,
    length: float,
    hit: Counter[str],
) -> Iterator[str]:
    """One kill and the build after it; what was wrong. ``hit`` counts those that hit somebody."""
    inputs, output = root / "inputs", root / "output"
    if chance.random() < 0.5:
        shutil.rmtree(output, ignore_errors=True)
    process = start(inputs, output, "--force")
    if whom == "worker" or chance.random() < 0.7:  # else it may still be reading
        while process.poll() is None and len(session(process.pid)) < 2:
            time.sleep(0.005)
    time.sleep(chance.uniform(0, 0.4) * length)
    struck = strike(process, whom, chance)
    hit[whom] += struck > 0
    said, err = process.communicate(timeout=300)
    if left := left_over(process):
        yield f"left: {left}"
    if "Traceback" in err or process.returncode == 3:
        yield f"exit {process.returncode}: {err}"
    yield from wrong_files(output, clean)
    if whom == "worker" and struck:
        agencies = sum(name.count("/") == 1 for name in clean if name.endswith(".docx")) - 1
        yield from after_worker(process, said, output, agencies)
    process = start(inputs, output)
    said, err = process.communicate(timeout=300)
    if process.returncode or files(output) != clean:
        there = files(output)
        odd = sorted(n for n in {*there, *clean} if there.get(n) != clean.get(n))
        yield f"the next build: exit {process.returncode}, differs in {odd[:5]}: {err}"


def main(kills: int, agencies: int, seed: int) -> int:
    """Kill so often; the exit status."""
    chance, wrong, hit = random.Random(seed), 0, Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        api.init(root, county="云垟县", year=YEAR, demo=agencies, years=1)
        begin = time.monotonic()
        start(root / "inputs", root / "clean").communicate()
        length, clean = time.monotonic() - begin, files(root / "clean")
        for number in range(kills):
            whom = ("worker", "parent", "asked")[number % 3]
            for said in attempt(root, whom, clean, chance, length, hit):
                wrong += 1
                print(f"{number + 1} {whom}: {said}", flush=True)
    who = ", ".join(f"{number} {whom}" for whom, number in hit.items())
    print(f"{kills} builds of {agencies}, hit while at work: {who}; {wrong} times wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(*(int(a) for a in (*sys.argv[1:], *("60", "40", "1")[len(sys.argv) - 1 :]))))
