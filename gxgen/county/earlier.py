"""What the units of a county's year came to in the years before: like beside like.

Last year's figures came with each form. Those of the year before last are read once, and of such
units alone as are in this year's totals, where the build of that year has not found them in the
very form; the ledger keeps them as long as that year's folder is as it was.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gxgen import __version__
from gxgen.county.agency_year import File, Filing, Judgement, Outcome
from gxgen.county.around import year_before
from gxgen.county.digests import digest
from gxgen.county.files import read_bytes
from gxgen.county.fingerprint import OF_FORM, fingerprint
from gxgen.county.ledger import Ledger
from gxgen.county.listing import workbooks
from gxgen.county.pool import DiedError
from gxgen.county.project import County
from gxgen.county.whose import Whose
from gxgen.county.workers import Hands
from gxgen.editions.declared import edition_for_year
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

    def __init__(self, folder: Path | None, home: Path, kept: Mapping[str, Any]) -> None:
        """``folder`` is where the forms of this year lie, None where that is no year's, ``home``
        where what is made of them goes; ``kept`` is what :meth:`record` gave.
        """
        self.folder = _before_last(folder)
        self._home = _before_last(home)
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
        # Once, since all of it must be read: what the build of that year found need not be again.
        former = Ledger.of(self._home) if self._home and self._whose is None else Ledger()
        self._ask_whose(year - 2, former)
        files = {unit.agency: file for unit in units if (file := self._form(county, year, unit))}
        new = [file for file in files.values() if file not in self._figures]
        self._read(new, former, _Wanted(then.id, keys), hands)
        known = ((unit.figures, self._known(files.get(unit.agency), keys)) for unit in units)
        return beside(year, year - 2, known)

    def _known(self, file: str | None, keys: Sequence[FieldKey]) -> Known:
        said = self._figures.get(file, []) if file else []
        values = (Decimal(one) if isinstance(one, str) else one for one in said)
        return dict(zip(keys, values, strict=False))

    def _form(self, county: County, year: int, unit: Judgement) -> str | None:
        """A unit's form of that year; None where there is none, or more than one."""
        names = county.last_year_names(unit.agency, year - 1)
        found = [file for name in names for file in (self._whose or {}).get(name, ())]
        return found[0] if len(found) == 1 else None

    def _ask_whose(self, then: int, former: Ledger) -> None:
        """The forms of that year by the agencies that they name."""
        if self._whose is None:
            self._whose = {}
            whose = Whose(former.county.get("whose", {}))
            for form in whose.all_in(self.folder).values() if self.folder else ():
                if form.year == then:
                    self._whose.setdefault(form.agency, []).append(form.name)

    def _read(self, names: Sequence[str], former: Ledger, wanted: _Wanted, hands: Hands) -> None:
        batches = [names[at : at + _BATCH] for at in range(0, len(names), _BATCH)]
        under_way: deque[tuple[list[str], Asked]] = deque()
        while batches or under_way:
            while batches and len(under_way) <= hands.workers:
                files = list(self._not_taken(batches.pop(), former, wanted))
                if files:
                    asked = hands.begin(figures_in, files, *wanted)
                    under_way.append(([name for name, _ in files], asked))
            if under_way:
                batches += self._answered(*under_way.popleft())

    def _not_taken(self, names: Sequence[str], former: Ledger, wanted: _Wanted) -> Iterator[File]:
        """The forms that must be read; of the others the build of that year has the figures. One
        that cannot be had just now is asked for the next time."""
        for name in names:
            with suppress(GxgenError):
                data = read_bytes(self.folder / name) if self.folder else b""
                before = former.outcomes.get(name)
                if before is not None and _same_form(name, data, before):
                    said = before.judgement
                    self._figures[name] = wanted.listed(said.edition, said.figures)
                else:
                    yield name, data

    def _answered(self, names: list[str], asked: Asked) -> list[list[str]]:
        """Keep what was said; of several of which one ended the process, each is to be asked
        alone."""
        try:
            self._figures.update(zip(names, asked(), strict=True))
        except DiedError:
            if len(names) > 1:
                return [[name] for name in names]
            self._figures[names[0]] = []
        return []


class _Wanted(NamedTuple):
    """The figures that are compared, and of which form."""

    form: str
    keys: tuple[FieldKey, ...]

    def listed(self, form: str | None, figures: Known) -> list[Any]:
        """These figures of a report, money as text; nothing of one that is of another form of the
        year, or lacks one of them."""
        known = [figures.get(key) for key in self.keys]
        if form != self.form or None in known:
            return []
        return [f"{one:f}" if isinstance(one, Decimal) else one for one in known]


def figures_in(files: Sequence[File], form: str, keys: tuple[FieldKey, ...]) -> list[list[Any]]:
    """The figures of these keys in each form, nothing where they are not all there. For any
    process."""
    return [_figures_in(name, data, _Wanted(form, keys)) for name, data in files]


def _figures_in(name: str, data: bytes, wanted: _Wanted) -> list[Any]:
    from gxgen.form.read.workbook import read_workbook

    try:
        report = read_workbook(data, name).report
    except GxgenError:
        return []
    return wanted.listed(report.edition.id, report.values) if report else []


def _same_form(name: str, data: bytes, before: Outcome) -> bool:
    """Whether a build found what it found in this very form, as this program would."""
    now = fingerprint(Filing(name, data), "", "")
    return all(now[word] == before.fingerprint.get(word) for word in OF_FORM)


def _before_last(folder: Path | None) -> Path | None:
    last = folder and year_before(folder)
    return last and year_before(last)


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
