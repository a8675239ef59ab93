"""What the desk knows between requests: how the county stands, what is being done, who looks on.

It keeps nothing on disk. What it knows of the county is what the services say; what it knows
besides is gone when it ends, and nothing is lost by that.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gxgen.desk.hands import FaultError, GoneError, Hand, RefusedError, StoppedError
from gxgen.desk.here import here
from gxgen.desk.state import State, Unit, state_of
from gxgen.desk.words import WORDS
from gxgen.errors import GxgenError

_POLL = 1.0
"""Seconds between looks at the folders, while somebody looks on."""
IDLE = 30 * 60.0
"""Seconds without a page or a job after which the desk ends."""


@dataclass(slots=True)
class Job:
    """What is being done, as the page shows it."""

    done: int = 0
    total: int = 0
    unit: str = ""
    stopping: bool = False


@dataclass(eq=False)
class Desk:
    """A county's desk. Its methods are called in the one loop of the web process."""

    root: Path
    scratch: Path
    county: str | None = None
    """Its name, where the folder holds several."""
    eager: bool = True
    """Whether what arrives is checked and built at once."""
    state: State = field(default_factory=State)
    job: Job | None = None
    version: int = 0
    said: str = ""
    """What went wrong last, as a sentence."""
    waits: bool = False
    """Whether what is to be done waits for another program's build."""
    stopped: bool = False
    """Whether the last build was stopped before its end."""
    fault: str = ""
    """Where gxgen's own last fault was."""
    quit: bool = False
    ending: Callable[[], None] = lambda: None
    """Ends the server."""
    received: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What was received, by an id: for undoing it."""
    reviews: dict[str, str] = field(default_factory=dict)
    """Pages that show how a published report was read, by an id."""
    staged: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Uploads on their way: place and name, by an id."""
    watching: int = 0
    """How many windows look on."""
    used: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        """Two hands: one reads and answers while the other builds."""
        log = self.scratch / "worker.log"
        self.reader = Hand(self.root, self.scratch / "reader", log)
        self.builder = Hand(self.root, self.scratch / "builder", log)
        self._changed = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._building: asyncio.Task[Any] | None = None
        self._writing = asyncio.Lock()
        self.sign = ""
        """Tells the county's files as they were when they were last looked at."""

    # -- who looks on ----------------------------------------------------------------------------

    def tell(self) -> None:
        """Every window hears that something is new."""
        self.version += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def changes(self) -> AsyncIterator[int]:
        """The number of each state of things, the present one first."""
        self.watching += 1
        try:
            while not self.quit:
                changed, version = self._changed, self.version
                yield version
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), 15)
        finally:
            self.watching -= 1
            self.used = time.monotonic()

    async def follow(self) -> None:
        """Look after the folders as long as the desk is open, and end it when nobody uses it."""
        settled = ""
        while not self.quit:
            await asyncio.sleep(_POLL)
            if self.watching or self.job:
                self.used = time.monotonic()
            if time.monotonic() - self.used > IDLE:
                self.end()
            if not self.watching or self.job or self._writing.locked():
                continue
            now = self._signs()
            if now not in (self.sign, settled):
                settled = now  # a file that is still being copied changes once more
            elif now != self.sign:
                await self.refresh()
                self.build_if_eager()

    def _signs(self) -> str:
        """What changes when somebody else changes the county's files: the command line, or a
        person who copies a form into the folder."""
        found = hashlib.blake2b(digest_size=16)
        ledger = self.state.home / ".gxgen" / "ledger.jsonl" if self.state.home else None
        for path in (*map(Path, self.state.marks), *([ledger] if ledger else ())):
            for one in _listed(path):
                found.update(one.encode("utf-8", "replace"))
        return found.hexdigest()

    # -- how things stand ------------------------------------------------------------------------

    async def refresh(self) -> None:
        """Ask how things stand, and tell."""
        if self.quit:
            return
        self.sign = self._signs() if self.state.marks else ""
        try:
            given = await self.reader.ask("look", county=self.county)
            self.state, self.said = state_of(given, self.root, self.state.files), ""
        except (RefusedError, FaultError, GoneError) as error:
            self.trouble(error)
        self.sign = self._signs()
        self.tell()

    def trouble(self, error: Exception) -> None:
        """Keep what went wrong for the page."""
        if isinstance(error, RefusedError):
            self.said = str(error)
        elif isinstance(error, FaultError):
            self.said, self.fault = WORDS.fault, str(error)
        else:
            self.said = WORDS.gone

    # -- work ------------------------------------------------------------------------------------

    def build_if_eager(self) -> None:
        """Bring all up to date, where that is wanted; what is so already takes a moment."""
        if self.eager:
            self.build()

    def build(self) -> None:
        """Start a build, unless one runs already."""
        if self.job is None and self.state.county:
            self.job, self.stopped = Job(), False
            self._building = self._spawn(self._build())

    def _spawn(self, work: Awaitable[None]) -> asyncio.Task[Any]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _build(self) -> None:
        self.tell()
        said = ""
        try:
            state = self.state
            done = await self.builder.ask("build", self._hear, county=state.county, year=state.year)
            said = here("\n".join(done["faults"]))
        except StoppedError:
            self.stopped = True
        except (RefusedError, FaultError, GoneError) as error:
            self.trouble(error)
            said = self.said
        self.job, self.waits = None, False
        self.tell()
        await self.refresh()
        if said:
            self.said = said
            self.tell()

    def _hear(self, event: dict[str, Any]) -> None:
        self.waits = "waiting" in event
        if self.waits:
            self.said = event["waiting"]
        elif self.job is not None:
            self.said = ""
            self.job.done, self.job.total = event["done"], event["total"]
            self.job.unit = event["unit"] or ""
            if event["unit"] and event["outcome"]:
                self.state.became(event["unit"], event["outcome"])
        self.tell()

    async def idle(self) -> None:
        """Wait for the build that runs: what it has in hand is not to be read meanwhile."""
        if self._building is not None and self.job is not None:
            await asyncio.shield(self._building)

    def stop(self) -> None:
        """Leave the build after the form in hand, or what waits for another one undone."""
        if self.job is not None:
            self.job.stopping = True
        if self.job is not None or self.waits:
            self.builder.stop()
            self.tell()

    async def change(self, do: str, **given: Any) -> Any:
        """Do something that changes the county's files; a build makes way and goes on afterwards.

        Raises:
            RefusedError: it was refused, with the sentence for the user.
            StoppedError: it was stopped while it waited for another program's build.
            FaultError: gxgen's own fault.
            GoneError: its process died.
        """
        async with self._writing:
            interrupted = self.job is not None
            if interrupted:
                self.stop()
                await self.idle()
            done = False
            try:
                given = await self.builder.ask(do, self._hear, **given)
                done = True
                return given
            finally:
                self.waits = False
                await self.refresh()
                if interrupted or (done and self.eager):
                    self.build()

    async def seen(self, one: Unit) -> dict[str, Any]:
        """A unit's record."""
        state = self.state
        found: dict[str, Any] = await self.reader.ask(
            "unit",
            county=state.county,
            year=state.year,
            agency=one.agency,
            forms=[*one.inputs],
            sign=self.sign,
        )
        return found

    def warm(self) -> None:
        """Have the reader ready for the unit that is most likely opened first."""
        first = self.state.after("")
        if first is not None:
            self._spawn(self._warmed(first))

    async def _warmed(self, one: Unit) -> None:
        with contextlib.suppress(GxgenError):
            await self.seen(one)

    def review(self, path: str) -> str:
        """The id by which a page that shows a reading can be seen."""
        number = secrets.token_hex(9)
        self.reviews[number] = path
        return number

    def unstage(self, number: str) -> None:
        """An upload is not needed any more."""
        path, _ = self.staged.pop(number)
        Path(path).unlink(missing_ok=True)

    def forget(self, seconds: float) -> None:
        """Uploads that have lain so long are not needed any more."""
        for number, (path, _) in [*self.staged.items()]:
            with contextlib.suppress(OSError):
                if time.time() - Path(path).stat().st_mtime > seconds:
                    self.unstage(number)

    def end(self) -> None:
        """Let the desk end: builds end after the form in hand."""
        self.quit = True
        self.tell()
        for hand in (self.reader, self.builder):
            hand.stop()
            hand.close()
        self.ending()


def _listed(path: Path) -> list[str]:
    """A file's or a folder's names, sizes and times."""
    try:
        if path.is_dir():
            with os.scandir(path) as found:
                return sorted(_sign(one.path, one.stat()) for one in found)
        return [_sign(str(path), path.stat())]
    except OSError:
        return []


def _sign(path: str, found: os.stat_result) -> str:
    return f"{path}|{found.st_size}|{found.st_mtime_ns}"
