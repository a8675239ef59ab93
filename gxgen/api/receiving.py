"""Forms that come in, under whatever name: each is put where the agency in it belongs."""

from __future__ import annotations

import datetime as dt
import itertools
import os
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gxgen.api.paths import Named
from gxgen.errors import GxgenError, UsageError

if TYPE_CHECKING:
    from gxgen.api.project import Project
    from gxgen.county.events import Hear, Stop
    from gxgen.county.project import County
    from gxgen.county.undoing import Done
    from gxgen.county.whose import Whose
    from gxgen.model.report import Report


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a file: ``first``, ``replaced``, ``same``, ``other_year``, ``stranger`` or
    ``unreadable``; of the last three nothing was placed. ``former`` is where the form lies now
    that it took the place of. What :func:`undo` says is ``restored``, ``withdrawn`` or ``kept``.
    """

    file: str
    outcome: str
    message: str
    agency: str | None = None
    year: int | None = None
    target: Path | None = None
    former: Path | None = None

    @property
    def placed(self) -> bool:
        """Whether the form is where it belongs."""
        return self.outcome in ("first", "replaced", "same")

    @property
    def undone(self) -> bool:
        """Whether what was received has been taken back."""
        return self.outcome in ("restored", "withdrawn")


def receive(
    project: Project,
    files: Sequence[Named | tuple[str, bytes]] | Named,
    *,
    year: int | None = None,
    moment: dt.datetime | None = None,
    waiting: Callable[[str], None] | None = None,
    hear: Hear | None = None,
    stop: Stop | None = None,
) -> list[Receipt]:
    """Place forms into ``inputs/``, by the agency and the year that they themselves name; a former
    name of the roster is the unit's.

    ``files`` are paths or (name, bytes); a name is for messages only. ``year`` is the one that is
    received, by default the county's. What a form replaces goes to ``.replaced/<moment>/`` first.
    A file that cannot be placed is told and does not stop the others. No form is placed while the
    county's year is being built: ``waiting`` hears of a build that is waited for.

    Raises:
        UsageError: a ``county.toml`` is wrong.
        EnvironmentProblemError: another build there does not move.
        CancelledError: it was asked to stop; what was placed is placed.
    """
    from gxgen.county.events import Event, Phase

    desk = _Desk(project, project.counties, year, moment or dt.datetime.now(), waiting, stop)
    given = [files] if isinstance(files, Named) else files
    receipts = []
    for done, one in enumerate(given, 1):
        file = Path(one) if isinstance(one, Named) else one
        name = file.name if isinstance(file, Path) else Path(file[0]).name
        receipt = desk.receive(name, file)
        receipts.append(receipt)
        if hear is not None:
            hear(Event(Phase.UNIT, done, len(given), name, receipt.outcome))
        if stop is not None:
            stop.heed()
    return receipts


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where forms come in; ``year`` as it was asked for."""

    project: Project
    counties: Sequence[County]
    year: int | None
    moment: dt.datetime
    waiting: Callable[[str], None] | None
    stop: Stop | None
    whose: dict[Path, Whose] = field(default_factory=dict)
    """Whose the forms of a year are, each asked once: what is placed in a form's place here is of
    the same agency."""

    def receive(self, name: str, file: Path | tuple[str, bytes]) -> Receipt:
        """What becomes of a file."""
        from gxgen.county.files import read_bytes

        try:
            data = read_bytes(file) if isinstance(file, Path) else file[1]
        except GxgenError as error:
            return Receipt(name, "unreadable", str(error))
        report, why = _report(name, data)
        if report is None:
            return Receipt(name, "unreadable", f"不是能读的填报表：{why}")
        called, year = report.agency.name, report.year
        county = _home(self.counties, called)
        if county is None:
            said = f"“{called}”不在名册里，没有放进来；是本县的单位，请先写进 county.toml。"
            return Receipt(name, "stranger", said, called, year)
        agency, wanted = county.own_name(called), self.year or county.year
        if wanted is not None and year != wanted:
            said = f"“{called}”的这份是{year}年度的，现在收的是{wanted}年度的，没有放进来。"
            return Receipt(name, "other_year", said, agency, year)
        receipt = self._placed(county, year, name=name, data=data, agency=agency)
        if called != agency and receipt.placed:
            said = f"{receipt.message}（表里写的是“{called}”，按名册是这个单位）"
            return replace(receipt, message=said)
        return receipt

    def _placed(self, county: County, year: int, *, name: str, data: bytes, agency: str) -> Receipt:
        """Put a form where it belongs; no build reads the folder meanwhile."""
        from gxgen.api.project import home_of
        from gxgen.county.lock import Lock

        folder = county.folder / str(year)
        home = home_of(folder, county, self.project.output)
        with Lock(home, self.waiting, self.stop):
            there = self._forms_of(county, folder, home, agency)
            try:
                return _place(folder, there, name, data, agency=agency, moment=self.moment)
            except GxgenError as error:
                return Receipt(name, "unreadable", str(error), agency, year)

    def _forms_of(self, county: County, folder: Path, home: Path, agency: str) -> list[Path]:
        """The forms that the agency has filed."""
        from gxgen.county.ledger import Ledger
        from gxgen.county.whose import Whose, forms_of

        if not folder.is_dir():
            return []
        if home not in self.whose:
            self.whose[home] = Whose(Ledger.of(home).county.get("whose", {}))
        return forms_of(folder, county, agency, self.whose[home])


def _report(name: str, data: bytes) -> tuple[Report | None, str]:
    """The form as read, apart: it is a stranger's file."""
    from gxgen.checks.registry import rule
    from gxgen.county.agency_year import Filing
    from gxgen.county.listing import WORKBOOK_SUFFIXES
    from gxgen.county.pool import DiedError
    from gxgen.county.unit import read_unit
    from gxgen.county.workers import apart
    from gxgen.diagnostics import Severity

    if not name.lower().endswith(WORKBOOK_SUFFIXES):
        return None, f"填报表的文件名以 {'、'.join(WORKBOOK_SUFFIXES)} 结尾。"
    try:
        report, findings = apart(read_unit, Filing(name, data))
    except DiedError as died:
        return None, f"读它的进程{died}。"
    errors = [one.message for one in findings if rule(one.code).severity is Severity.ERROR]
    return report, errors[0] if errors else "里面没有填报表。"


def _home(counties: Sequence[County], called: str) -> County | None:
    """The county whose roster knows the agency by its full or short name, else by a former one; or
    the only one where it has no roster yet."""
    named = [one for one in counties if one.agency(called) or called == one.government]
    named = named or [one for one in counties if one.called(called)]
    if len(counties) == 1 and not counties[0].roster:
        named = list(counties)
    return named[0] if len(named) == 1 else None


def _place(
    folder: Path,
    there: Sequence[Path],
    name: str,
    data: bytes,
    *,
    agency: str,
    moment: dt.datetime,
) -> Receipt:
    """Put a form into the year's ``folder``, in the place of those of its agency that are
    ``there``."""
    from gxgen.county import replaced
    from gxgen.county.files import read_bytes, safe_name

    year = int(folder.name)
    if len(there) == 1 and read_bytes(there[0]) == data:
        said = f"“{agency}”已经报过一模一样的一份：{there[0]}"
        return Receipt(name, "same", said, agency, year, there[0])
    target = _free(folder / (safe_name(agency) + Path(name).suffix.lower()), there)
    gone: dict[Path, Path] = {}
    if (kept := replaced.replace(target, data, moment)) is not None:
        gone[target] = kept
    for other in there:
        if other.exists() and not other.samefile(target):
            gone[other] = replaced.put_aside(other, moment)
    less = _noted(target, data, moment, gone, agency)
    if not gone:
        said = f"“{agency}”第一次报送：{target}{less}"
        return Receipt(name, "first", said, agency, year, target)
    former = [*gone.values()][-1]
    said = f"“{agency}”换下了原来的表，原来的留在 {former}{less}"
    return Receipt(name, "replaced", said, agency, year, target, former)


def _noted(
    target: Path, data: bytes, moment: dt.datetime, gone: dict[Path, Path], agency: str
) -> str:
    """Keep how it can be undone; a form that is placed stays so where that cannot be kept."""
    from gxgen.county.undoing import note

    try:
        note(target, data, moment, gone, agency)
    except GxgenError as error:
        return f"（这一份不能用 --undo 撤销：{error}）"
    return ""


def _free(path: Path, own: Sequence[Path]) -> Path:
    """``path``, or where another agency's form stands under that name, the same with a number."""
    for number in itertools.count(2):
        if path in own or not os.path.lexists(path):
            return path
        stem = path.stem if number == 2 else path.stem.rpartition("（")[0]
        path = path.with_name(f"{stem}（{number}）{path.suffix}")
    raise AssertionError("numbers do not end")


def undo(
    project: Project,
    receipts: Sequence[Receipt] = (),
    *,
    moment: dt.datetime | None = None,
    waiting: Callable[[str], None] | None = None,
    stop: Stop | None = None,
) -> list[Receipt]:
    """Take back what was received: of these receipts, or all of the last time, the last one first.

    What was replaced stands again where it stood (``restored``), and of a unit's first form
    nothing does (``withdrawn``); what is taken out lies then in ``.replaced/<moment>/``, as
    ``former`` says. A form that is not what it was then is left alone (``kept``), and the message
    says why. As with :func:`receive` no form moves while the county's year is being built.

    Raises:
        CancelledError: it was asked to ``stop`` while it waited; what is taken back is so.
        UsageError: there is nothing to take back, or a ``county.toml`` is wrong.
        EnvironmentProblemError: another build there does not move.
    """
    from gxgen.county.lock import Lock

    homes = _year_homes(project)
    wanted = _last(homes) if not receipts else [_step_of(one, homes) for one in receipts]
    now, undone = moment or dt.datetime.now(), []
    for one in wanted:
        with Lock(homes[one.folder], waiting, stop):
            undone.append(_taken_back(one, now))
    return undone


def _year_homes(project: Project) -> dict[Path, Path]:
    """Of every year's folder of every county, where its outputs go."""
    from gxgen.api.project import home_of

    return {
        folder: home_of(folder, county, project.output)
        for county in project.counties
        for folder in county.folder.iterdir()
        if folder.is_dir() and folder.name.isdecimal()
    }


def _last(folders: Iterable[Path]) -> list[Done]:
    """What the last command received."""
    from gxgen.county.listing import WORKBOOK_SUFFIXES
    from gxgen.county.undoing import done_in

    every = [
        one
        for folder in folders
        for one in done_in(folder)
        if one.step.target.lower().endswith(WORKBOOK_SUFFIXES)
    ]
    if not every:
        raise UsageError("没有可以撤销的收表。")
    last = max(one.moment for one in every)
    return [one for one in reversed(every) if one.moment == last]


def _step_of(receipt: Receipt, folders: Collection[Path]) -> Done:
    from gxgen.county.undoing import done_in

    target = receipt.target
    if target is not None and target.parent in folders:
        for one in reversed(done_in(target.parent)):
            if one.step.target == target.name:
                return one
    raise UsageError(f"没有可以撤销的：{receipt.file}")


def _taken_back(one: Done, moment: dt.datetime) -> Receipt:
    from gxgen.county.undoing import take_back

    step, year = one.step, int(one.folder.name)
    try:
        aside = take_back(one, moment)
    except GxgenError as error:
        return Receipt(step.target, "kept", str(error), step.whose, year, one.target)
    if not step.former:
        said = f"“{step.whose}”的表撤下了，现在没有报；撤下的留在 {aside}"
        return Receipt(step.target, "withdrawn", said, step.whose, year, None, aside)
    back = one.folder / step.former[-1].name
    said = f"“{step.whose}”换回了原来的表：{back}；撤下的留在 {aside}"
    return Receipt(step.target, "restored", said, step.whose, year, back, aside)


def receive_record(receipts: Sequence[Receipt]) -> dict[str, Any]:
    """The JSON of ``receive``."""
    from gxgen.diagnostics import FORMAT

    return {"format": FORMAT, "received": [_record(one) for one in receipts]}


def _record(one: Receipt) -> dict[str, Any]:
    paths = {"target": one.target, "former": one.former}
    return {**asdict(one), **{name: path and str(path) for name, path in paths.items()}}
