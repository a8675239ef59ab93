"""The files of one year's output folder: written only when they differ, removed when nothing makes
them any more, and a file that a person has edited is set aside, never lost."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from threading import Lock

from gxgen.county.files import clear_temporary, safe_name, write_whole
from gxgen.county.fingerprint import sha256
from gxgen.county.ledger import FOLDER
from gxgen.formats.registry import FORMATS

MANIFEST, PAGE = "build.json", "index.html"
JOURNAL = "journal"
RETURNS = "returns"
DRAFT = "（草稿）"
"""Ends the file name of a draft, so that it never stands where the report belongs."""


def documents_of(
    title: str, documents: Mapping[str, bytes], formats: Collection[str], *, draft: bool
) -> dict[str, bytes]:
    """Those of a report's documents that are asked for, by file name."""
    name = safe_name(title + (DRAFT if draft else ""))
    return {name + FORMATS[one].ending: data for one, data in documents.items() if one in formats}


class Outputs:
    """A folder and what is known to be gxgen's own in it.

    The journal names each file before it is written, so that after a killed run the next one
    still knows its own files. Several threads may put files at a time.
    """

    def __init__(self, folder: Path, recorded: Iterable[tuple[str, str]]) -> None:
        """``recorded``: each file that the ledger knows, with its SHA-256."""
        self.folder = folder
        self.set_aside: list[Path] = []
        self.stuck: dict[str, str] = {}
        self._journal = folder / FOLDER / JOURNAL
        self._lock = Lock()
        self._own = {*recorded, *self._journalled()}
        for place in (folder, folder / RETURNS, folder / FOLDER):
            clear_temporary(place)

    def put(self, name: str, data: bytes) -> str:
        """Make ``name`` hold ``data``; an equal file is left alone. Returns the SHA-256.

        Raises:
            EnvironmentProblemError: it cannot be written; what stood there still stands.
        """
        wanted = hashlib.sha256(data).hexdigest()
        if not self._stands(name, wanted):
            write_whole(self.folder / name, data, partial(self._make_way, name, wanted))
        return wanted

    def keep_only(self, names: Collection[str]) -> list[str]:
        """Remove own files that are not in ``names`` and stand as written; returns the removed.
        What cannot be removed is ``stuck``."""
        removed = []
        for name in sorted({name for name, _ in self._own}.difference(names)):
            if (there := self.own(name)) is not None:
                try:
                    (self.folder / name).unlink()
                except OSError:
                    self.stuck[name] = there
                else:
                    removed.append(name)
        with contextlib.suppress(OSError):
            (self.folder / RETURNS).rmdir()
        return removed

    def own(self, name: str) -> str | None:
        """The SHA-256 of what stands there, if it is gxgen's own."""
        there = sha256(self.folder / name)
        return there if there is not None and (name, there) in self._own else None

    def forget(self) -> None:
        """Drop the journal: the ledger, now written, knows all."""
        with contextlib.suppress(OSError):
            self._journal.unlink()

    def _stands(self, name: str, wanted: str) -> bool:
        """Whether the very content is there already; then it is ours, whoever wrote it."""
        if sha256(self.folder / name) != wanted:
            return False
        with self._lock:
            self._own.add((name, wanted))
        return True

    def _make_way(self, name: str, sha: str) -> None:
        """Set a stranger's file aside, and note what is going to stand there. Another build may
        have written the same by now."""
        if self._stands(name, sha):
            return
        there = (self.folder / name).exists()
        with self._lock:
            if there and self.own(name) is None:
                self._set_aside(name)
            self._own.add((name, sha))
            # Opened for each note: a run over a thousand counties has no descriptor for each.
            with contextlib.suppress(OSError):
                self._journal.parent.mkdir(parents=True, exist_ok=True)
                with self._journal.open("a", encoding="utf-8") as notes:
                    notes.write(f"{sha} {name}\n")

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
