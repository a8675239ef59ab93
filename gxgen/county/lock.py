"""One build at a time in a year's output folder: the next one waits, and says for whom.

The lock is the operating system's own on a file beside the ledger. It ends with the process that
holds it, however that ends, so none is ever left over. Where a disk knows no locks, some network
drives, nobody waits; then each file is still whole, and the next build puts the rest right.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO
from weakref import WeakSet

from gxgen.county.events import Stop
from gxgen.county.files import leads_away, open_here
from gxgen.county.ledger import FOLDER
from gxgen.errors import EnvironmentProblemError

FILE = "lock"
_PAUSE = 0.1
PATIENCE = 600.0
"""Seconds without any sign of life from the other build, until this one gives up."""
_BEYOND = 1 << 30
"""Windows locks bytes, which nobody may read then: one that is never written."""
_MOST_SAID = 200
_held: WeakSet[BinaryIO] = WeakSet()

if sys.platform == "win32":
    import msvcrt

    def _seize(file: BinaryIO) -> None:
        file.seek(_BEYOND)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _free(file: BinaryIO) -> None:
        file.seek(_BEYOND)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _seize(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _free(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)

    def _let_go() -> None:
        """A worker that outlives its parent must not keep the next build waiting."""
        for file in list(_held):
            file.close()

    os.register_at_fork(after_in_child=_let_go)


class Lock:
    """The right to work in one output folder."""

    def __init__(
        self, folder: Path, tell: Callable[[str], None] | None = None, stop: Stop | None = None
    ) -> None:
        """``tell`` gets one sentence if somebody must be waited for; ``stop`` ends the waiting."""
        self.folder, self._tell, self._stop = folder, tell, stop
        self._file: BinaryIO | None = None
        self._before = 0
        """When the file was changed before."""

    def __enter__(self) -> Lock:
        """Take it for a block."""
        self.take()
        return self

    def __exit__(self, *_: object) -> None:
        """Let the next one in, however the block ended."""
        self.release()

    def take(self) -> None:
        """Wait until nobody else works there.

        Raises:
            CancelledError: it was asked to stop waiting.
            EnvironmentProblemError: somebody does and has not moved for ten minutes.
        """
        place = self.folder / FOLDER
        try:
            place.mkdir(parents=True, exist_ok=True)
            if leads_away(place):
                return
            self._file = open_here(place / FILE, "r+b")
        except OSError:
            return  # where nothing can be written, nobody comes into another's way
        try:
            self._wait(self._file)
        except BaseException:
            self._file.close()
            self._file = None
            raise

    def release(self) -> None:
        """Let the next one in; also where nothing was taken."""
        if self._file is not None:
            with contextlib.suppress(OSError, ValueError):
                # A build that has changed nothing leaves no trace.
                os.utime(self.folder / FOLDER / FILE, ns=(self._before, self._before))
                _free(self._file)
            self._file.close()
            self._file = None

    def _wait(self, file: BinaryIO) -> None:
        sign, since, told = self._sign(), time.monotonic(), False
        while not _taken(file):
            if not told and self._tell is not None:
                self._tell(f"{self.folder} 正由{_holder(file)}处理，等它做完再接着做……")
            told = True
            if self._stop is not None:
                self._stop.heed()
            if (now := self._sign()) != sign:
                sign, since = now, time.monotonic()
            if time.monotonic() - since > PATIENCE:
                raise EnvironmentProblemError(
                    f"{self.folder} 一直被{_holder(file)}占着，"
                    f"等了{PATIENCE / 60:.0f}分钟没有动静，没有继续。"
                    "请看看那边是不是停住了，结束它以后重新运行。"
                )
            time.sleep(_PAUSE)
        _held.add(file)
        self._before = os.fstat(file.fileno()).st_mtime_ns
        with contextlib.suppress(OSError):
            file.seek(0)
            file.truncate()
            file.write(_me().encode("utf-8", "replace"))

    def _sign(self) -> tuple[int, ...]:
        """What changes while somebody works there."""
        times = []
        for path in (self.folder, self.folder / FOLDER, self.folder / FOLDER / "journal"):
            with contextlib.suppress(OSError):
                times.append(path.stat().st_mtime_ns)
        return tuple(times)


def _taken(file: BinaryIO) -> bool:
    try:
        _seize(file)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        pass  # no locks on this disk
    return True


def _me() -> str:
    """Who works there, for the others; from the environment, since asking the system takes long."""
    said = os.environ
    user = said.get("USERNAME") or said.get("USER") or "?"
    host = os.uname().nodename if hasattr(os, "uname") else said.get("COMPUTERNAME", "?")
    return f"{user}\t{host}\t{os.getpid()}\t{dt.datetime.now():%H:%M}"


def _holder(file: BinaryIO) -> str:
    """Who it is, as far as the file says; it is input like any other."""
    with contextlib.suppress(OSError):
        file.seek(0)
        said = file.read(_MOST_SAID).decode("utf-8", "replace").split("\t")
        if len(said) == 4:
            user, host, process, since = ("".join(c for c in s if c.isprintable()) for s in said)
            return f"另一个 gxgen（{host} 上的 {user}，进程 {process}，{since}开始）"
    return "另一个 gxgen"
