"""What reading a file takes, measured in a process of its own: seconds of the processor, memory.

Run as a program it reads the files that it is given, each in a child of its own that is ended
beyond the limits, and prints a line of JSON for each.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.form.faulty.form import Form

SECONDS = 10
"""Of the processor, before a child is ended: what is bounded takes one or two."""
LONGEST = 1_500
"""Characters of a message."""
MEMORY = 300 * 2**20
"""More than the plain form takes."""


@dataclass(frozen=True)
class Taken:
    """What became of one file; ``codes`` are its findings', or ``ended`` where there are none."""

    codes: tuple[str, ...]
    messages: tuple[str, ...]
    seconds: float
    memory: int
    """Bytes at the peak."""


def sound(one: Taken, plain: Taken) -> bool:
    """Whether a file was read to its end, in little more than a plain one, and told in brief."""
    brief = all(len(message) < LONGEST for message in one.messages)
    return "ended" not in one.codes and one.memory - plain.memory < MEMORY and brief


def taken(files: Mapping[str, bytes], folder: Path) -> dict[str, Taken]:
    """Read each of these files; the ending of a name says how."""
    if sys.platform != "linux":
        pytest.skip("只在 Linux 上量内存和时间")
    for name, data in files.items():
        (folder / name).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-m", "tests.bounded", *(str(folder / name) for name in files)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60 + 2 * SECONDS * len(files),
    )
    assert done.returncode == 0, done.stderr
    lines = map(json.loads, done.stdout.splitlines())
    return {name: Taken(*map(_fixed, line)) for name, line in zip(files, lines, strict=True)}


def _fixed(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


@cache
def _without_text() -> bytes:
    """A form whose text stands in the file beside it."""
    return Form().delete("正文").data()


def _judge(path: Path) -> list[list[str]]:
    """As a build does it: read, judge, and make the return copy; and its sheets for a screen."""
    from gxgen.county.agency_year import Filing
    from gxgen.county.unit import check_unit, returned
    from gxgen.form.read.seen import MOST_CELLS, seen

    data = path.read_bytes()
    if path.suffix == ".xlsx":
        filing = Filing(path.name, data)
    else:
        filing = Filing("form.xlsx", _without_text(), (path.name, data))
    judgement = check_unit(filing)
    returned(filing.workbook, filing.name, judgement.findings)
    if judgement.report is not None:
        sheets = seen(filing.workbook, filing.name, judgement.report)
        assert all(sum(map(len, one.rows)) <= MOST_CELLS for one in sheets)
    found = [(one.code, one.message) for one in judgement.findings]
    return [[code for code, _ in found[:50]], [message[:2_000] for _, message in found[:50]]]


def _child(path: Path, write: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (4 * 2**30, 4 * 2**30))
    with os.fdopen(write, "w") as out:
        json.dump(_judge(path), out)


def _measured(path: Path) -> list[object]:
    read, write = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            os.close(read)
            _child(path, write)
            status = 0
        finally:
            os._exit(status)
    os.close(write)
    with os.fdopen(read) as result:
        said = result.read()
    _, status, usage = os.wait4(child, 0)
    codes, messages = json.loads(said) if said and status == 0 else (["ended"], [str(status)])
    return [codes, messages, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024]


def main() -> None:
    """Warm up on the first file, which is sound, then measure all."""
    paths = [Path(name) for name in sys.argv[1:]]
    _judge(paths[0])
    for path in paths:
        print(json.dumps(_measured(path)), flush=True)


if __name__ == "__main__":
    main()
