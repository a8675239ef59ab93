"""Hostile files: each is refused or read within limits, in a process of its own.

The limits are the system's: a file that takes more time or memory ends its process with a signal
or an error, and the test fails by its name.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from gxgen.published.reader import read_published
from tests.published.corpus import truth
from tests.published.hostile import hostile_files
from tests.published.measured import counted

SECONDS, MIB = 2, 300
FEWEST = 60
CHILDREN = """
import json, os, resource, socket, sys
from tests.published.hostile import hostile_files
from tests.published.test_hostile import SECONDS, MIB, judged_file

def stopped(event, args):
    if event in ("socket.connect", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"):
        os._exit(77)

for name, (ending, make) in hostile_files().items():
    data = make()
    child = os.fork()
    if not child:
        sys.addaudithook(stopped)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
        start = sum(os.times()[:2])
        resource.setrlimit(resource.RLIMIT_CPU, (int(start) + SECONDS + 1,) * 2)
        with open("/proc/self/statm") as f:
            own = int(f.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (own + MIB * 2**20,) * 2)
        try:
            wrong = judged_file(data, ending)
        except BaseException as error:
            print(repr(error)[:200], file=sys.stderr)
            os._exit(78)
        os._exit(79 if wrong else 76 if sum(os.times()[:2]) - start > SECONDS else 0)
    _, status = os.waitpid(child, 0)
    print(json.dumps([name, os.waitstatus_to_exitcode(status)]), flush=True)
"""


def judged_file(data: bytes, ending: str) -> bool:
    """Whether any figure of a hostile file is read wrong."""
    return bool(counted(read_published(data, f"报告{ending}"), truth(1)).wrong)


def test_every_hostile_file_is_refused_or_read_within_limits() -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", CHILDREN], cwd=root, capture_output=True, text=True, check=True
    )
    ends = dict(json.loads(line) for line in done.stdout.splitlines())
    assert len(ends) == len(hostile_files()) >= FEWEST
    assert not {name for name, code in ends.items() if code}, (ends, done.stderr)
