"""The files of one year's output folder: written only when they differ, removed when nothing makes
them any more, and a file that a person has edited is set aside, never lost."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from threading import Lock

from gxgen.county.files import (
    clear_temporary,
    folded,
    inner_file,
    leads_away,
    open_here,
    own_bytes,
    plain_name,
    safe_name,
    write_whole,
)
from gxgen.county.fingerprint import sha256
from gxgen.county.ledger import FOLDER, Ledger
from gxgen.county.seal import MARK_LENGTH
from gxgen.errors import EnvironmentProblemError
from gxgen.formats.registry import FORMATS

MANIFEST, PAGE, CHASE = "build.json", "index.html", "催报.txt"
JOURNAL = "journal"
RETURNS, NOTICES, PACK = "returns", "退回通知", "打包"
"""Folders: the marked copies, the notices that go with them, what is packed for handing on."""
EDITED, FOUND = "手工修改", "原有"
"""How a file that is set aside is called: where the last build is known it has been edited since;
else nobody knows whose it is."""
_MOST_JOURNALLED = 64_000_000
DRAFT = "（草稿）"
"""Ends the file name of a draft, so that it never stands where the report belongs."""


def documents_of(
    title: str, documents: Mapping[str, bytes], formats: Collection[str], *, draft: bool
) -> dict[str, bytes]:
    """Those of a report's documents that are asked for, by file name."""
    name = safe_name(title + (DRAFT if draft else ""))
    return {name + FORMATS[one].ending: data for one, data in documents.items() if one in formats}


def is_ours(name: str) -> bool:
    """Whether a file's name, as a record has it, is one that gxgen gives: in the folder itself or
    in one of its own in it, with an ending that it writes."""
    *place, file = name.split("/")
    folder = (place[0] or None) if len(place) == 1 else None if place else ""
    ending = next((one for one in _ENDINGS.get(folder, ()) if file.endswith(one)), "")
    stem = file.removesuffix(ending)
    plain = bool(ending and stem) and plain_name(stem) == stem
    return name in (MANIFEST, PAGE, CHASE) or plain


_REPORTS = (".xlsx", *(one.ending for one in FORMATS.values()))
_ENDINGS: dict[str | None, tuple[str, ...]] = {
    "": _REPORTS,
    RETURNS: _REPORTS,
    NOTICES: (".txt", ".docx"),
    PACK: (".txt", ".zip", ".pdf"),
}
"""What may be gxgen's own in a year's folder and in the folders in it."""


class Outputs:
    """A folder and what is known to be gxgen's own in it.

    The journal names each file before it is written, so that after a killed run the next one
    still knows its own files; each of its lines bears a mark, as the ledger does. Several threads
    may put files at a time.
    """

    def __init__(self, folder: Path, ledger: Ledger) -> None:
        """What the ledger knows is its own, each file with its SHA-256."""
        self.folder = folder
        self.set_aside: list[Path] = []
        self.stuck: dict[str, str] = {}
        self._seal, self._word = ledger.seal, EDITED if ledger.county else FOUND
        self._journal = folder / FOLDER / JOURNAL
        self._lock = Lock()
        self._own = {one for one in {*ledger.files(), *self._journalled()} if is_ours(one[0])}
        for place in (folder, *(folder / name for name in (RETURNS, NOTICES, PACK, FOLDER))):
            if place == folder or not leads_away(place):
                clear_temporary(place)

    def put(self, name: str, data: bytes) -> str:
        """Make ``name`` hold ``data``; an equal file is left alone. Returns the SHA-256.

        Raises:
            EnvironmentProblemError: it cannot be written; what stood there still stands.
        """
        wanted = hashlib.sha256(data).hexdigest()
        if not self._stands(name, wanted):
            path = inner_file(self.folder, name)
            write_whole(path, data, partial(self._make_way, name, wanted))
        return wanted

    def keep_only(self, names: Collection[str]) -> list[str]:
        """Remove own files that are not in ``names`` and stand as written; returns the removed.
        What cannot be removed is ``stuck``."""
        kept = {folded(name): name for name in names}
        removed = []
        for name in sorted({name for name, _ in self._own}.difference(names)):
            there = self.own(name)
            if there is not None and not self._same(name, kept.get(folded(name))):
                try:
                    (self.folder / name).unlink()
                except OSError:
                    self.stuck[name] = there
                else:
                    removed.append(name)
        for inner in (RETURNS, NOTICES, PACK):
            with contextlib.suppress(OSError):
                (self.folder / inner).rmdir()
        return removed

    def adopt(self, name: str, sha: str) -> None:
        """Take a file of that content for gxgen's own: whatever a person wrote into it is in what
        takes its place."""
        with self._lock:
            self._own.add((name, sha))

    def own(self, name: str) -> str | None:
        """The SHA-256 of what stands there, if it is gxgen's own."""
        try:
            there = sha256(inner_file(self.folder, name))
        except EnvironmentProblemError:
            return None
        return there if there is not None and (name, there) in self._own else None

    def known(self) -> dict[str, str]:
        """Its own files, each with its SHA-256; whether they stand is not asked."""
        return dict(sorted(self._own))

    def forget(self) -> None:
        """Drop the journal: the ledger, now written, knows all."""
        with contextlib.suppress(OSError):
            self._journal.unlink()

    def _same(self, name: str, other: str | None) -> bool:
        """Whether the disk takes two names for one."""
        try:
            return other is not None and (self.folder / name).samefile(self.folder / other)
        except OSError:
            return False

    def _stands(self, name: str, wanted: str) -> bool:
        """Whether the very content is there already; then it is ours, whoever wrote it."""
        if sha256(inner_file(self.folder, name)) != wanted:
            return False
        with self._lock:
            self._own.add((name, wanted))
        return True

    def _make_way(self, name: str, sha: str) -> None:
        """Set a stranger's file aside, and note what is going to stand there. Another build may
        have written the same by now."""
        if self._stands(name, sha):
            return
        there = os.path.lexists(self.folder / name)
        with self._lock:
            if there and self.own(name) is None:
                self._set_aside(name)
            self._own.add((name, sha))
            self._note(f"{sha} {name}")

    def _note(self, said: str) -> None:
        """A line of the journal; where it could not be known again, or leads away, none."""
        mark = self._seal.mark(said.encode())
        if not mark or leads_away(self._journal.parent):
            return
        # Opened for each note: a run over a thousand counties has no descriptor for each.
        with contextlib.suppress(OSError):
            self._journal.parent.mkdir(parents=True, exist_ok=True)
            with open_here(self._journal, "ab") as notes:
                # On a line of its own, whatever the line before ends in.
                notes.write(f"\n{mark} {said}\n".encode())

    def _journalled(self) -> Iterator[tuple[str, str]]:
        """What an earlier run noted here and could not enter into the ledger."""
        away = leads_away(self._journal.parent)
        data = None if away else own_bytes(self._journal, _MOST_JOURNALLED)
        # What a fall of power left in it spoils its own line only.
        for line in (data or b"").split(b"\n"):
            mark, said = line[:MARK_LENGTH], line[MARK_LENGTH + 1 :]
            if self._seal.holds(mark.decode("ascii", "replace"), said):
                sha, _, name = said.decode().partition(" ")
                yield name, sha

    def _set_aside(self, name: str) -> None:
        """Raises OSError if it cannot be: then it must not be written over either."""
        path = self.folder / name
        for number in itertools.count(1):
            aside = path.with_name(f"{path.stem}（{self._word}{number}）{path.suffix}")
            if not os.path.lexists(aside):
                path.rename(aside)
                self.set_aside.append(aside)
                return
