"""Builds as processes of their own, and the processes that descend from them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.support import ROOT


def start(county: Path, output: Path, *options: str) -> subprocess.Popen[str]:
    """A build of a project, at the head of a session of its own."""
    command = [sys.executable, "-m", "gxgen", "build", str(county / "inputs"), "-o", str(output)]
    return subprocess.Popen(
        [*command, "--quiet", "--jobs", "2", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def session(leader: int) -> list[int]:
    """The living processes of the session that a build leads."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, of = stat.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(of) == leader and state != "Z":
            found.append(int(stat.parent.name))
    return found


HOLD = """
import sys, time, os
from pathlib import Path
from gxgen.county.lock import Lock
held = Lock(Path(sys.argv[1]))
held.take()
if "fork" in sys.argv and not os.fork():
    os.close(1)
    time.sleep(30)
    os._exit(0)
print("held", flush=True)
time.sleep(300)
"""


def holder(folder: Path, *how: str) -> subprocess.Popen[str]:
    """A process that has taken a folder's lock, as a build does."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), *how],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process
