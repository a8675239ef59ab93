"""Whether a record that lies beside the reports was written by this user, on this computer, for
this very folder.

Whoever sends a county's folder can write into it whatever he likes, so the records in it are input
like any other. What gxgen takes from them, figures and the right to remove files, it takes only
under a mark that nobody can make without the secret kept with the user's own settings.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from gxgen.cache import settings_folder
from gxgen.county.files import open_here

KEY_FILE = "records.key"
_LENGTH = 32
_MARK = 16
MARK_LENGTH = 2 * _MARK
"""How many letters a mark has."""


@dataclass(frozen=True)
class Seal:
    """Marks for the records of one folder; without a key it makes none and believes none.

    The key is the user's, bound to the place where the folder lies: a copy elsewhere is believed as
    little as a forgery.
    """

    key: bytes | None = field(default=None, repr=False)

    @classmethod
    def of(cls, folder: Path) -> Seal:
        """The seal of an output folder; the user's secret is made when it is first needed."""
        secret = _secret()
        if secret is None:
            return cls()
        place = os.path.normcase(os.path.realpath(folder)).encode("utf-8", "surrogatepass")
        return cls(hashlib.blake2b(place, key=secret).digest())

    def mark(self, data: bytes) -> str:
        """The mark of a record; empty without a key."""
        if self.key is None:
            return ""
        return hashlib.blake2b(data, digest_size=_MARK, key=self.key).hexdigest()

    def holds(self, mark: str, data: bytes) -> bool:
        """Whether a record bears the mark that it would have been given here."""
        own = self.mark(data)
        return bool(own) and own == mark


def _secret() -> bytes | None:
    """This user's secret; None where it can be neither read nor kept."""
    path = settings_folder() / KEY_FILE
    known = _read(path)
    if known is None:
        with contextlib.suppress(OSError):
            _make(path)
        known = _read(path)
    return known


def _read(path: Path) -> bytes | None:
    """The secret, if it is one that only this user can have written and read."""
    try:
        with open_here(path, "rb") as file:
            state = os.fstat(file.fileno())
            whole = stat.S_ISREG(state.st_mode) and state.st_size == _LENGTH
            return file.read() if whole and _private(state) else None
    except OSError:
        return None


def _private(state: os.stat_result) -> bool:
    if not hasattr(os, "getuid"):
        return True  # the folder of a Windows user's settings is his alone
    return state.st_uid == os.getuid() and not state.st_mode & 0o077


def _make(path: Path) -> None:
    """A new secret, whole or not at all; of two programs that make one at once, the first wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(os.urandom(_LENGTH))
            file.flush()
            os.fsync(file.fileno())
        if os.path.lexists(path) and _read(path) is None:
            path.unlink()  # no secret, or one that others may know
        # Neither takes the place of a file that is there.
        (os.rename if os.name == "nt" else os.link)(name, path)
    finally:
        with contextlib.suppress(OSError):
            Path(name).unlink()
