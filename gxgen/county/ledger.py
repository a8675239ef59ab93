"""What was built from what: one hidden file beside a year's reports, so that the next run need not
do it again, and the roll-up and the county's page can be made without reading every form anew.

A line a unit, which stays on disk until it is asked for: a run over thousands of units holds no
more of them than one over a hundred.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, overload

from gxgen.county.files import write_whole
from gxgen.county.record import UnitRecord, line_of, name_in, record_in

FOLDER = ".gxgen"
FILE = "ledger.jsonl"
FORMAT = 2
_IN_MEMORY = 1 << 20
_RECENT = 128
"""So many records are kept as they were last read: a county of usual size is read once."""


class Ledger:
    """All units of a county's year by workbook name, and what the county itself was made of.

    ``county`` holds ``fingerprint``, ``outputs`` and ``findings`` of the roll-up and the page.
    What is put in goes to a file without a name, until :meth:`save`.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """The ledger of an output folder; an empty one where there is none that can be used."""
        self.county: Mapping[str, Any] = {}
        self._folder = folder
        self._lines = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - see the next line
        weakref.finalize(self, self._lines.close)
        self._at: dict[str, int] = {}
        self._recent: dict[str, UnitRecord] = {}
        self._digest = b""
        if folder is not None:
            self._load(folder / FOLDER / FILE)
        self._saved_until = self._lines.seek(0, 2)

    def __iter__(self) -> Iterator[str]:
        """The names of the workbooks."""
        return iter(self._at)

    def get(self, name: str) -> UnitRecord | None:
        """A unit's record."""
        if name not in self._at:
            return None
        known = self._recent.get(name)
        if known is None:
            known = record_in(self._line(self._at[name]))
            self._remember(known)
        return known

    def put(self, record: UnitRecord) -> None:
        """Keep a unit's record in the place of what was there."""
        self._at[record.workbook] = self._lines.seek(0, 2)
        self._lines.write(line_of(record))
        self._recent.pop(record.workbook, None)

    def view(self, names: Sequence[str]) -> Records:
        """The records of these units, each read when it is asked for."""
        return Records(self, names)

    def saved(self) -> Iterator[UnitRecord]:
        """Every unit as the file had it when it was read."""
        at = 0
        while at < self._saved_until:
            line = self._line(at)
            yield record_in(line)
            at += len(line)

    def save(self, names: Sequence[str], county: Mapping[str, Any]) -> None:
        """Write the ledger of these units whole; not at all if it holds the same.

        Raises:
            EnvironmentProblemError: it cannot be written.
        """
        foot = {"format": FORMAT, "county": county}
        digest = _digest((self._line(self._at[name]) for name in names), foot)
        if self._folder is None or digest == self._digest:
            return
        write_whole(self._folder / FOLDER / FILE, self._file(names, foot, digest))

    def _file(
        self, names: Iterable[str], foot: Mapping[str, Any], digest: bytes
    ) -> Iterator[bytes]:
        for name in names:
            yield self._line(self._at[name])
        yield json.dumps({**foot, "digest": digest.hex()}, ensure_ascii=False).encode()

    def _load(self, path: Path) -> None:
        """Take the file over; of a damaged one nothing is believed."""
        try:
            with path.open("rb") as file:
                last = self._take(file)
            foot = json.loads(last)
            digest = bytes.fromhex(foot.pop("digest"))
            if foot["format"] != FORMAT or digest != _digest(self._all(), foot):
                raise ValueError
            self.county, self._digest = foot["county"], digest
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self._at.clear()
            self._lines.seek(0)
            self._lines.truncate()

    def _take(self, file: Iterable[bytes]) -> bytes:
        """Copy the units' lines; returns the last line, which is the county's."""
        for line in file:
            if line.startswith(b"{"):
                return line
            self._at[name_in(line)] = self._lines.tell()
            self._lines.write(line)
        return b""

    def _all(self) -> Iterator[bytes]:
        return (self._line(at) for at in self._at.values())

    def _line(self, at: int) -> bytes:
        self._lines.seek(at)
        return self._lines.readline()

    def _remember(self, record: UnitRecord) -> None:
        self._recent[record.workbook] = record
        if len(self._recent) > _RECENT:
            del self._recent[next(iter(self._recent))]


class Records(Sequence[UnitRecord]):
    """Units of a ledger in some order, each read when it is asked for."""

    def __init__(self, ledger: Ledger, names: Sequence[str]) -> None:
        """``names`` are the workbooks'."""
        self._ledger, self.names = ledger, names

    def __len__(self) -> int:
        """How many there are."""
        return len(self.names)

    @overload
    def __getitem__(self, at: int) -> UnitRecord: ...
    @overload
    def __getitem__(self, at: slice) -> Records: ...
    def __getitem__(self, at: int | slice) -> UnitRecord | Records:
        """A record, or some of them."""
        if isinstance(at, slice):
            return Records(self._ledger, self.names[at])
        record = self._ledger.get(self.names[at])
        assert record is not None  # noqa: S101 - names are the ledger's own
        return record


def _digest(lines: Iterable[bytes], foot: Mapping[str, Any]) -> bytes:
    state = hashlib.blake2b(digest_size=16)
    for line in lines:
        state.update(line)
    state.update(json.dumps(foot, ensure_ascii=False).encode())
    return state.digest()
