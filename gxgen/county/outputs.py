"""The files of one year's output folder: written only when they differ, removed when nothing makes
them any more, and a file that a person has edited is set aside, never lost."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from gxgen.county.files import clear_temporary, write_whole
from gxgen.county.fingerprint import sha256
from gxgen.county.ledger import FOLDER

JOURNAL = "journal"
RETURNS = "returns"


class Outputs:
    """A folder and what is known to be gxgen's own in it.

    The journal names each file before it is written, so that after a killed run the next one
    still knows its own files.
    """

    def __init__(self, folder: Path, recorded: Mapping[str, str]) -> None:
        """``recorded`` are the files of the ledger with their SHA-256."""
        self.folder = folder
        self.set_aside: list[Path] = []
        self._journal = folder / FOLDER / JOURNAL
        self._own: dict[str, set[str]] = {name: {sha} for name, sha in recorded.items()}
        for sha, name in self._journalled():
            self._own.setdefault(name, set()).add(sha)
        for place in (folder, folder / RETURNS, folder / FOLDER):
            clear_temporary(place)

    def put(self, name: str, data: bytes) -> str:
        """Make ``name`` hold ``data``; an equal file is left alone. Returns the SHA-256.

        Raises:
            EnvironmentProblemError: it cannot be written; what stood there still stands.
        """
        wanted = hashlib.sha256(data).hexdigest()
        there = sha256(self.folder / name)
        if there == wanted:
            self._own.setdefault(name, set()).add(wanted)
            return wanted
        if there is not None and there not in self._own.get(name, ()):
            self._set_aside(name)
        self._note(wanted, name)
        write_whole(self.folder / name, data)
        return wanted

    def keep_only(self, names: Iterable[str]) -> list[str]:
        """Remove own files that are not in ``names`` and stand as written; returns the removed."""
        removed = []
        for name in sorted(set(self._own) - set(names)):
            if sha256(self.folder / name) in self._own[name]:
                with contextlib.suppress(OSError):
                    (self.folder / name).unlink()
                    removed.append(name)
        with contextlib.suppress(OSError):
            (self.folder / RETURNS).rmdir()
        return removed

    def close(self) -> None:
        """Forget the journal: the ledger, now written, knows all."""
        with contextlib.suppress(OSError):
            self._journal.unlink()

    def _journalled(self) -> list[tuple[str, str]]:
        try:
            lines = self._journal.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return []
        return [(sha, name) for sha, _, name in (line.partition(" ") for line in lines) if name]

    def _note(self, sha: str, name: str) -> None:
        self._own.setdefault(name, set()).add(sha)
        with contextlib.suppress(OSError):
            self._journal.parent.mkdir(parents=True, exist_ok=True)
            with self._journal.open("a", encoding="utf-8") as file:
                file.write(f"{sha} {name}\n")

    def _set_aside(self, name: str) -> None:
        path = self.folder / name
        for number in range(1, 1000):
            aside = path.with_name(f"{path.stem}（手工修改{number}）{path.suffix}")
            if not aside.exists():
                with contextlib.suppress(OSError):
                    path.rename(aside)
                    self.set_aside.append(aside)
                return
