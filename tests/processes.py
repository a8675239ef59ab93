"""Builds as processes of their own, and the processes that descend from them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


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
