"""A worker process as the web process has it: asked line by line, heard as it goes."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gxgen.desk.here import here
from gxgen.errors import GxgenError

Hear = Callable[[dict[str, Any]], None]


class RefusedError(GxgenError):
    """A service said no: ``str()`` is its sentence."""


class FaultError(GxgenError):
    """A fault of gxgen's own; ``str()`` says where, nothing of what a form says."""


class StoppedError(GxgenError):
    """It was asked to stop, and has."""


class GoneError(GxgenError):
    """The process came to an end with something in hand."""


@dataclass(eq=False)
class _Waiting:
    answer: asyncio.Future[Any]
    hear: Hear | None


@dataclass(eq=False)
class Hand:
    """One worker process: what is asked is done in order. It starts when first asked, and anew
    after it has died."""

    root: Path
    scratch: Path
    log: Path
    """What it says beside its answers: libraries' warnings."""
    _process: subprocess.Popen[bytes] | None = None
    _waiting: dict[int, _Waiting] = field(default_factory=dict)
    _last: int = 0

    async def ask(self, do: str, hear: Hear | None = None, **given: Any) -> Any:
        """What a request gives.

        Raises:
            RefusedError: the service refused, with the sentence for the user.
            StoppedError: it was stopped.
            FaultError: gxgen's own fault.
            GoneError: its process died.
        """
        loop = asyncio.get_running_loop()
        self._last += 1
        waiting = self._waiting[self._last] = _Waiting(loop.create_future(), hear)
        self._write({"id": self._last, "do": do, "with": given}, loop)
        return await waiting.answer

    def start(self) -> None:
        """Have the process there before it is needed."""
        self._running(asyncio.get_running_loop())

    def stop(self) -> None:
        """Ask it to leave what it has in hand after the next form."""
        if self._process is not None and self._process.poll() is None:
            self._put(self._process, {"stop": True})

    def close(self) -> None:
        """Nothing will be asked any more; it ends by itself after the form in hand."""
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()

    def wait(self, seconds: float) -> None:
        """Wait until it has ended, but no longer than that."""
        if self._process is not None:
            try:
                self._process.wait(seconds)
            except subprocess.TimeoutExpired:
                self._process.kill()

    def _write(self, line: dict[str, Any], loop: asyncio.AbstractEventLoop) -> None:
        self._put(self._running(loop), line)

    @staticmethod
    def _put(process: subprocess.Popen[bytes], line: dict[str, Any]) -> None:
        stdin = process.stdin
        if stdin is None or stdin.closed:
            return
        try:
            stdin.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
            stdin.flush()
        except (OSError, ValueError):
            pass  # it has died: whoever reads its answers tells all that wait

    def _running(self, loop: asyncio.AbstractEventLoop) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.scratch.mkdir(mode=0o700, exist_ok=True)
            quiet = getattr(subprocess, "CREATE_NO_WINDOW", 0)
            command = [sys.executable, "-P", "-m", "gxgen.desk.worker"]
            command += [str(self.root), str(self.scratch)]
            with self.log.open("ab") as log:
                self._process = subprocess.Popen(  # noqa: S603 - this very program
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    creationflags=quiet,
                )
            reader = threading.Thread(target=self._listen, args=(self._process, loop), daemon=True)
            reader.start()
        return self._process

    def _listen(self, process: subprocess.Popen[bytes], loop: asyncio.AbstractEventLoop) -> None:
        """In a thread of its own: every system has threads and pipes, not every loop has both."""
        try:
            for line in process.stdout or ():
                loop.call_soon_threadsafe(self._heard, json.loads(line))
            process.wait()
            loop.call_soon_threadsafe(self._lost)
        except RuntimeError:
            pass  # the loop is closed: the desk has ended
        finally:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()

    def _heard(self, line: dict[str, Any]) -> None:
        waiting = self._waiting.get(line["id"])
        if waiting is None:
            return
        if "event" in line:
            if waiting.hear is not None:
                waiting.hear(line["event"])
            return
        del self._waiting[line["id"]]
        if waiting.answer.done():
            return
        if (error := _error(line)) is not None:
            waiting.answer.set_exception(error)
        else:
            waiting.answer.set_result(line["done"])

    def _lost(self) -> None:
        waiting, self._waiting = self._waiting, {}
        for one in waiting.values():
            if not one.answer.done():
                one.answer.set_exception(GoneError())


def _error(line: dict[str, Any]) -> GxgenError | None:
    if line.get("stopped"):
        return StoppedError()
    if "refused" in line:
        return RefusedError(here(line["refused"]))
    return FaultError(line["fault"]) if "fault" in line else None
