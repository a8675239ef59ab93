"""The process that does a desk's work: JSON lines in, JSON lines out.

    python -m gxgen.desk.worker ROOT SCRATCH

A line ``{"id": 7, "do": "build", "with": {…}}`` asks; any number of ``{"id": 7, "event": …}`` and
one of ``{"id": 7, "done": …}``, ``"refused"`` (a sentence for the user) or ``"fault"`` (gxgen's
own; where, never with what) answer. ``{"stop": true}`` ends what is being done after the form in
hand. The end of the input is the end of the desk: so is then the process.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from gxgen.county.events import CancelledError, Event, Stop
from gxgen.desk.changing import CHANGES
from gxgen.desk.looking import LOOKS
from gxgen.desk.work import Work
from gxgen.errors import GxgenError

Line = dict[str, Any]
WORK: dict[str, Callable[..., Any]] = {one.__name__: one for one in (*LOOKS, *CHANGES)}
"""What can be asked, by its name."""
_CHUNK = 1 << 16


class _Asked:
    """What is asked, in order, each with its stop: a stop is for all that was asked before it."""

    def __init__(self) -> None:
        self._lines: SimpleQueue[tuple[Line, Stop] | None] = SimpleQueue()
        self._open: list[Stop] = []

    def listen(self, source: int) -> None:
        """Read until the input ends. Reads without a buffer: a fork must not find its lock taken
        by this thread."""
        rest = b""
        while data := _read(source):
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                self._hear(json.loads(line))
        self._stop()
        self._lines.put(None)

    def _hear(self, line: Line) -> None:
        if line.get("stop"):
            self._stop()
        else:
            self._open.append(Stop())
            self._lines.put((line, self._open[-1]))

    def _stop(self) -> None:
        for stop in list(self._open):
            stop()

    def each(self) -> Iterator[tuple[Line, Stop]]:
        """What is to be done, one after the other."""
        while (asked := self._lines.get()) is not None:
            yield asked
            self._open.remove(asked[1])


def _read(source: int) -> bytes:
    try:
        return os.read(source, _CHUNK)
    except OSError:
        return b""


def answers(asked: _Asked, root: Path, scratch: Path, say: Callable[[Line], None]) -> None:
    """Do what is asked until nobody asks any more."""
    for line, stop in asked.each():
        number = line["id"]

        def hear(event: Event, number: int = number) -> None:
            told = {"done": event.done, "total": event.total, "unit": event.unit}
            say({"id": number, "event": {**told, "outcome": event.outcome}})

        def waiting(sentence: str, number: int = number) -> None:
            say({"id": number, "event": {"waiting": sentence}})

        work = Work(root, scratch, hear, stop, waiting)
        say({"id": number, **_answer(line["do"], work, line.get("with", {}))})


def _answer(do: str, work: Work, given: Line) -> Line:
    try:
        return {"done": WORK[do](work, **given)}
    except CancelledError:
        return {"done": None, "stopped": True}
    except GxgenError as error:
        return {"refused": str(error)}
    except OSError as error:
        from gxgen.errors import reason

        return {"refused": reason(error)}
    except Exception as error:
        return {"fault": "\n".join(_frames(error))}


def _frames(error: Exception) -> Iterator[str]:
    """What a fault of gxgen's own was and where in its code; nothing of what a form says."""
    yield type(error).__name__
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"


def main(root: str, scratch: str) -> None:
    """Serve the desk that started this process."""
    out = os.dup(1)
    os.dup2(2, 1)  # what a library prints must not look like an answer
    os.chdir(root)  # where the services look for a project that is not named

    def say(line: Line) -> None:
        data = json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        while data:
            data = data[os.write(out, data) :]

    asked = _Asked()
    threading.Thread(target=asked.listen, args=(0,), daemon=True).start()
    try:
        answers(asked, Path(root), Path(scratch), say)
    except BrokenPipeError:
        pass
    finally:
        _clear(Path(scratch))


def _clear(scratch: Path) -> None:
    """The last of the desk's workers leaves nothing, however the desk ended."""
    shutil.rmtree(scratch, ignore_errors=True)
    if not any(one.is_dir() for one in scratch.parent.iterdir()):
        shutil.rmtree(scratch.parent, ignore_errors=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
