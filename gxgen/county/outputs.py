"""The files of one year's output folder: written only when they differ, removed when nothing makes
them any more, and a file that a person has edited is set aside, never lost."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import IO

from gxgen.county.files import Staged, clear_temporary
from gxgen.county.fingerprint import sha256
from gxgen.county.ledger import FOLDER

JOURNAL = "journal"
RETURNS = "returns"

Recorded = Callable[[], Iterable[tuple[str, str]]]
"""Gives each file that the ledger knows, with its SHA-256."""


class Outputs:
    """A folder and what is known to be gxgen's own in it.

    The journal names each file before it is written, so that after a killed run the next one
    still knows its own files. Several threads may put files at a time.
    """

    def __init__(self, folder: Path, recorded: Recorded) -> None:
        """``recorded`` is asked now and again at the end."""
        self.folder = folder
        self.set_aside: list[Path] = []
        self._recorded = recorded
        self._journal = folder / FOLDER / JOURNAL
        self._notes: IO[str] | None = None
        self._lock = Lock()
        self._own = {_mark(name, sha) for name, sha in chain(recorded(), self._journalled())}
        for place in (folder, folder / RETURNS, folder / FOLDER):
            clear_temporary(place)

    def put(self, name: str, data: bytes | Iterable[bytes]) -> str:
        """Make ``name`` hold ``data``; an equal file is left alone. Returns the SHA-256.

        Raises:
            EnvironmentProblemError: it cannot be written; what stood there still stands.
        """
        if isinstance(data, bytes):
            wanted = hashlib.sha256(data).hexdigest()
            if self._stands(name, wanted):
                return wanted
            data = (data,)
        with Staged(self.folder / name) as staged:
            for chunk in data:
                staged.write(chunk)
            if not self._stands(name, staged.sha256):
                self._make_way(name, staged.sha256)
                staged.commit()
            return staged.sha256

    def keep_only(self, names: Iterable[str]) -> list[str]:
        """Remove own files that are not in ``names`` and stand as written; returns the removed."""
        kept = {_mark(name) for name in names}
        removed = []
        self.close()
        for name, _ in chain(self._recorded(), self._journalled()):
            if _mark(name) in kept:
                continue
            if self.own(name) is not None:
                with contextlib.suppress(OSError):
                    (self.folder / name).unlink()
                    removed.append(name)
        with contextlib.suppress(OSError):
            (self.folder / RETURNS).rmdir()
        return sorted(removed)

    def own(self, name: str) -> str | None:
        """The SHA-256 of what stands there, if it is gxgen's own."""
        there = sha256(self.folder / name)
        return there if there is not None and _mark(name, there) in self._own else None

    def forget(self) -> None:
        """Drop the journal: the ledger, now written, knows all."""
        self.close()
        with contextlib.suppress(OSError):
            self._journal.unlink()

    def close(self) -> None:
        """Let go of the journal; it stays for the next run."""
        with self._lock:
            if self._notes is not None:
                with contextlib.suppress(OSError):
                    self._notes.close()
                self._notes = None

    def _stands(self, name: str, wanted: str) -> bool:
        """Whether the very content is there already; then it is ours, whoever wrote it."""
        if sha256(self.folder / name) != wanted:
            return False
        with self._lock:
            self._own.add(_mark(name, wanted))
        return True

    def _make_way(self, name: str, sha: str) -> None:
        """Set a stranger's file aside, and note what is going to stand there."""
        there = (self.folder / name).exists()
        with self._lock:
            if there and self.own(name) is None:
                self._set_aside(name)
            self._own.add(_mark(name, sha))
            with contextlib.suppress(OSError):
                if self._notes is None:
                    self._journal.parent.mkdir(parents=True, exist_ok=True)
                    self._notes = self._journal.open("a", encoding="utf-8")
                self._notes.write(f"{sha} {name}\n")
                self._notes.flush()

    def _journalled(self) -> Iterator[tuple[str, str]]:
        try:
            # What a fall of power left in it spoils its own line only.
            with self._journal.open(encoding="utf-8", errors="replace") as lines:
                for line in lines:
                    sha, _, name = line.rstrip("\n").partition(" ")
                    if name:
                        yield name, sha
        except OSError:
            return

    def _set_aside(self, name: str) -> None:
        path = self.folder / name
        for number in range(1, 1000):
            aside = path.with_name(f"{path.stem}（手工修改{number}）{path.suffix}")
            if not aside.exists():
                with contextlib.suppress(OSError):
                    path.rename(aside)
                    self.set_aside.append(aside)
                return


def _mark(*texts: str) -> int:
    """A number that stands for some texts: thousands of names cost little."""
    text = "\n".join(texts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest())
