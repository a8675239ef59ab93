"""A county built cold by this tree and by an earlier one, in turn: the ratio of processor time.

    python -m benchmarks.paired OLDER_TREE [AGENCIES] [PAIRS]

OLDER_TREE is a checkout (``git worktree add --detach FOLDER COMMIT``). Both trees build the same
demo county of one year, which this one made, from an empty output folder, with two processes and
this interpreter. What counts is the processor time of the process and its children, user and
system; each pair is built one right after the other, in changing order.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
YEAR = 2024


def gxgen(tree: Path, *arguments: object) -> float:
    """Run one tree's gxgen; seconds of the processor that it took."""
    before = _children()
    command = [sys.executable, "-P", "-m", "gxgen", *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(tree)}
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"{tree}: {done.stderr.decode(errors='replace')}")
    return _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cold(tree: Path, inputs: Path, output: Path) -> float:
    """Seconds of a build from nothing."""
    shutil.rmtree(output, ignore_errors=True)
    taken = gxgen(tree, "build", inputs, "-o", output, "--quiet", "--jobs", 2)
    if not any(output.rglob("*报告.docx")):
        raise SystemExit(f"{tree} built nothing")
    return taken


def pairs(older: Path, agencies: int, rounds: int) -> list[tuple[float, float]]:
    """Seconds of the older and of this tree, pair by pair."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        options = ["--county", "云垟县", "--year", YEAR, "--demo", agencies, "--years", 1]
        gxgen(HERE, "init", root, *options)
        out = []
        for number in range(rounds):
            order: Sequence[Path] = (older, HERE) if number % 2 else (HERE, older)
            taken = {
                tree: cold(tree, root / "inputs", root / ("older" if tree == older else "this"))
                for tree in order
            }
            out.append((taken[older], taken[HERE]))
            print(f"  {taken[older]:7.2f} s  {taken[HERE]:7.2f} s", flush=True)
    return out


def main(older: Path, agencies: int = 100, rounds: int = 5) -> None:
    """Measure and print."""
    print("  older      this")
    found = pairs(older, agencies, rounds)
    ratios = sorted(before / now for before, now in found)
    print(
        f"{agencies} agencies, {rounds} pairs: this tree builds at {statistics.median(ratios):.2f} "
        f"of the older one's speed ({ratios[0]:.2f} to {ratios[-1]:.2f})"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), *map(int, sys.argv[2:4]))
