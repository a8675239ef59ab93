"""What the units of a county's year came to in the years before: like beside like.

Last year's figures came with each form. Those of the year before last are read once, and of such
units alone as are in this year's totals; the ledger keeps them as long as that year's folder is
as it was.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gxgen import __version__
from gxgen.county.agency_year import File, Judgement
from gxgen.county.around import year_before
from gxgen.county.digests import digest
from gxgen.county.files import read_bytes
from gxgen.county.listing import workbooks
from gxgen.county.pool import DiedError
from gxgen.county.project import County
from gxgen.county.whose import Whose
from gxgen.county.workers import Hands
from gxgen.editions.declared import EDITIONS, edition_for_year
from gxgen.editions.schema import Edition, FieldKey
from gxgen.errors import GxgenError
from gxgen.model.sums import add_up
from gxgen.show.county.measures import measures
from gxgen.show.county.view import EarlierYear

if TYPE_CHECKING:
    from gxgen.model.report import Report, Value

_BATCH = 8
"""So many forms a journey to the process that reads them."""
_FIGURES = "figures"
BEFORE_LAST = "before_last"
"""Where the ledger keeps what is known of it."""

Known = Mapping["FieldKey", "Value"]
Asked = Callable[[], list[list[Any]]]


def keys_of(edition: Edition, then: Edition) -> tuple[tuple[FieldKey, ...], tuple[FieldKey, ...]]:
    """What the page compares of both forms: this year's keys, and those of ``then``."""
    lines = [line for line in measures(edition, then) if line.last_keys is not None]
    now = dict.fromkeys(key for line in lines for key in line.keys)
    before = dict.fromkeys(key for line in lines for key in line.last_keys or ())
    return tuple(now), tuple(before)


def beside(year: int, then: int, pairs: Iterable[tuple[Known, Known]]) -> EarlierYear | None:
    """The sums of the year ``then`` and of ``year`` over such units as both are known of, from
    each unit's figures of ``year`` and of ``then``; None where there is none."""
    edition, former = edition_for_year(year), edition_for_year(then)
    if edition is None or former is None:
        return None
    mine, theirs = keys_of(edition, former)
    both = [
        (now, before)
        for now, before in pairs
        if all(key in before for key in theirs) and all(key in now for key in mine)
    ]
    if not both or not theirs:
        return None
    figures = add_up(theirs, (before for _, before in both))
    return EarlierYear(then, former, figures, add_up(mine, (now for now, _ in both)), len(both))


def published(year: int, totals: Known, last: Report | None) -> EarlierYear | None:
    """The county's own report of the year before, where it has all figures that are compared."""
    edition = edition_for_year(year)
    if edition is None or last is None:
        return None
    known = last.values
    theirs = keys_of(edition, last.edition)[1]
    if not any(known.values()) or not all(key in known for key in theirs):
        return None
    return EarlierYear(last.year, last.edition, known, totals, None)


class BeforeLast:
    """The forms of the year before last: whose they are, and their figures that are compared."""

    def __init__(self, folder: Path | None, kept: Mapping[str, Any]) -> None:
        """``folder`` is where the forms of this year lie, None where that is no year's; ``kept`` is
        what :meth:`record` gave.
        """
        last = folder and year_before(folder)
        self.folder = last and year_before(last)
        self.stamp = _stamp(self.folder) if self.folder else ""
        same = bool(self.stamp) and kept.get("stamp") == self.stamp
        self._whose: dict[str, list[str]] | None = kept["whose"] if same else None
        self._figures: dict[str, list[Any]] = dict(kept[_FIGURES]) if same else {}

    def record(self) -> dict[str, Any]:
        """What the ledger keeps."""
        known = {"whose": self._whose, _FIGURES: dict(sorted(self._figures.items()))}
        return {"stamp": self.stamp, **known} if self._whose is not None else {}

    def year(
        self, county: County, year: int, units: Sequence[Judgement], hands: Hands
    ) -> EarlierYear | None:
        """That year of the units that are in this year's totals."""
        edition, then = edition_for_year(year), edition_for_year(year - 2)
        if not self.stamp or edition is None or then is None:
            return None
        keys = keys_of(edition, then)[1]
        files = {unit.agency: file for unit in units if (file := self._form(county, year, unit))}
        new = [file for file in files.values() if file not in self._figures]
        self._read(new, then, keys, hands)
        known = ((unit.figures, self._known(files.get(unit.agency), keys)) for unit in units)
        return beside(year, year - 2, known)

    def _known(self, file: str | None, keys: Sequence[FieldKey]) -> Known:
        said = self._figures.get(file, []) if file else []
        values = (Decimal(one) if isinstance(one, str) else one for one in said)
        return dict(zip(keys, values, strict=False))

    def _form(self, county: County, year: int, unit: Judgement) -> str | None:
        """A unit's form of that year; None where there is none, or more than one."""
        names = county.last_year_names(unit.agency, year - 1)
        owners = self._owners(year)
        found = [file for name in names for file in owners.get(name, ())]
        return found[0] if len(found) == 1 else None

    def _owners(self, year: int) -> dict[str, list[str]]:
        """The forms of that year by the agencies that they name."""
        if self._whose is None:
            self._whose = {}
            for form in Whose().all_in(self.folder).values() if self.folder else ():
                if form.year == year - 2:
                    self._whose.setdefault(form.agency, []).append(form.name)
        return self._whose

    def _read(
        self, files: Sequence[str], edition: Edition, keys: Sequence[FieldKey], hands: Hands
    ) -> None:
        batches = [files[at : at + _BATCH] for at in range(0, len(files), _BATCH)]
        under_way: deque[tuple[Sequence[str], Asked]] = deque()
        while batches or under_way:
            while batches and len(under_way) <= hands.workers:
                batch = batches.pop()
                under_way.append((batch, self._asked(batch, edition, keys, hands)))
            batch, asked = under_way.popleft()
            try:
                self._figures.update(zip(batch, asked(), strict=True))
            except DiedError:  # nothing is known of the form that it died of
                self._figures[batch[0]] = []
                batches += [[name] for name in batch if len(batch) > 1]

    def _asked(
        self, names: Sequence[str], edition: Edition, keys: Sequence[FieldKey], hands: Hands
    ) -> Asked:
        files = [(name, _bytes(self.folder, name)) for name in names]
        return hands.begin(figures_in, files, edition.id, tuple(keys))


def figures_in(files: Sequence[File], form: str, keys: Sequence[FieldKey]) -> list[list[Any]]:
    """The figures of these keys in each form, money as text; nothing of one that is of another form
    of the year, or lacks one of them. For any process."""
    return [_figures_in(name, data, EDITIONS[form], keys) for name, data in files]


def _figures_in(name: str, data: bytes, edition: Edition, keys: Sequence[FieldKey]) -> list[Any]:
    from gxgen.form.read.workbook import read_workbook

    try:
        report = read_workbook(data, name).report
    except GxgenError:
        return []
    if report is None or report.edition.id != edition.id:
        return []
    known = [report.values.get(key) for key in keys]
    if None in known:
        return []
    return [f"{one:f}" if isinstance(one, Decimal) else one for one in known]


def _bytes(folder: Path | None, name: str) -> bytes:
    try:
        return read_bytes(folder / name) if folder else b""
    except GxgenError:
        return b""


def _stamp(folder: Path) -> str:
    """Tells a folder's forms from what they were, by their sizes and times; empty where there are
    none."""
    try:
        said = [(name, *_times(folder / name)) for name in workbooks(folder)]
    except OSError:  # there is no such folder
        return ""
    return digest(repr((__version__, said)).encode("utf-8", "replace")) if said else ""


def _times(path: Path) -> tuple[int, ...]:
    try:
        there = path.stat()
    except OSError:
        return ()
    return there.st_size, there.st_mtime_ns, there.st_ctime_ns
