"""Commands as processes of their own, and the processes that descend from them."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from pathlib import Path
from typing import IO, Any

import pytest

from gxgen import api
from gxgen.cli import main
from tests.support import ROOT


class _Here:
    """A pool whose work is done by this very process."""

    def submit(self, call: Callable[..., Any], *arguments: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(call(*arguments))
        return done

    def each(self, call: Callable[..., Iterable[Any]], *arguments: Any) -> Future[list[Any]]:
        return self.submit(lambda: list(call(*arguments)))

    def shutdown(self, **_: Any) -> None:
        """There is nothing to end."""


def load_here(folder: Path) -> None:
    """A county with a fault in one form, built by this process alone: what its workers load and
    compile is here from now on, and copies of this process have it for nothing."""
    api.init(folder, county="云垟县", year=2024, demo=2, faulty=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gxgen.county.pool.Pool", lambda _: _Here())
        built = api.build([folder / "inputs"], output=folder / "output", workers=1)
    assert sorted(one.word for one in built.outcomes) == ["built", "refused"]


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


def copied(root: Path, *words: str, timeout: float) -> subprocess.CompletedProcess[bytes]:
    """A command in a folder, in a copy of this process: all is its own, as of one that is started,
    but what has been loaded and compiled here need not be again. POSIX only; see the fixture
    ``copied_workers`` for what must not have been loaded.

    Raises:
        subprocess.TimeoutExpired: it has no end; it is ended, and what descends from it.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as error:
        process = os.fork()
        if process == 0:
            _become(root, words, out, error)
        end = time.monotonic() + timeout
        while (ended := os.waitpid(process, os.WNOHANG))[0] == 0:
            if time.monotonic() > end:
                os.killpg(process, signal.SIGKILL)
                os.waitpid(process, 0)
                raise subprocess.TimeoutExpired(words, timeout)
            time.sleep(0.01)
        code = os.waitstatus_to_exitcode(ended[1])
        return subprocess.CompletedProcess(words, code, _said(out), _said(error))


def _said(stream: IO[bytes]) -> bytes:
    stream.seek(0)
    return stream.read()


def _become(root: Path, words: tuple[str, ...], out: IO[bytes], error: IO[bytes]) -> None:
    """The copy: whatever happens, it does not come back into the tests."""
    code = 70
    try:
        os.setsid()
        os.chdir(root)
        for stream, file in enumerate((os.open(os.devnull, os.O_RDONLY), out, error)):
            os.dup2(file if isinstance(file, int) else file.fileno(), stream)
        sys.stdin, sys.stdout, sys.stderr = (
            open(stream, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - until it ends
            for stream, mode in enumerate(("r", "w", "w"))
        )
        threading.excepthook = threading.__excepthook__  # pytest has its own
        sys.unraisablehook = sys.__unraisablehook__
        code = main(list(words))
    except SystemExit as wanted:
        code = wanted.code if isinstance(wanted.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


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
