"""The end of a county's year: its own files, which need all of its filings, and the ledger."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gxgen import __version__
from gxgen.county.agency_year import Filing, Outcome
from gxgen.county.around import government_of, read, texts_of
from gxgen.county.conversion import Converted, converted
from gxgen.county.digests import digest
from gxgen.county.earlier import BEFORE_LAST, BeforeLast
from gxgen.county.files import folded
from gxgen.county.fingerprint import intact
from gxgen.county.home import Home
from gxgen.county.kit.own import KIT, own_templates
from gxgen.county.ledger import line_of
from gxgen.county.outputs import MANIFEST, PAGE
from gxgen.county.overview import manifest
from gxgen.county.project import County
from gxgen.county.returned import hand_back
from gxgen.county.strays import Kind, Stray, by_unit, strays_in
from gxgen.county.why import PARTS, in_use
from gxgen.county.withdrawn import withdraw
from gxgen.county.workers import Hands
from gxgen.diagnostics import from_json
from gxgen.errors import EnvironmentProblemError, GxgenError

if TYPE_CHECKING:
    from gxgen.county.county_year import CountyYear
    from gxgen.model.report import Report

Made = TypeVar("Made")


def close(home: Home, hands: Hands) -> None:
    """Judge the filings beside each other, write what the county needs, and the ledger."""
    home.closed = True
    seen = home.judged()
    if home.writes:
        home.strays = _strays(home)
        try:
            if home.only is None:
                hand_back(home, seen, hands)
                _County(home).write(seen, hands)
            else:
                from gxgen.county.kit.alone import write_alone

                write_alone(home, seen, hands)
        except EnvironmentProblemError as error:
            home.faults.append(str(error))
        home.set_aside = tuple(home.outputs.set_aside)
        del home.outputs
    home.outcomes = {name: home.ledger.outcomes[name].told() for name in home.outcomes}
    del home.ledger
    home.release()


def _strays(home: Home) -> tuple[Stray, ...]:
    """What lies among the forms of a county's year and was not read."""
    if home.county is None or home.year is None:
        return ()
    passed_over: tuple[Stray, ...] = ()
    with suppress(EnvironmentProblemError):  # that there are several is told elsewhere
        if (own := government_of(home.filings[0], home.whose)) is not None:
            texts_of(own, home.whose)
            others = sorted(home.governments - {own.name})
            passed_over = tuple(Stray(name, Kind.GOVERNMENT) for name in others)
    read = {path.name for path in home.whose.texts_read}
    return (*passed_over, *strays_in(home.filings[0].folder, home.county, read))


class _County:
    """The county's own files of a home."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.gone: frozenset[str] = frozenset()
        self._again: Callable[[Collection[str]], bytes | None] | None = None
        self.forms = _way(home.folder, home.forms)
        folder = home.filings[0].folder if home.year is not None else None
        known = home.ledger.county.get(BEFORE_LAST, {})
        self.before_last = BeforeLast(folder, home.folder, known)

    def write(self, seen: dict[str, Outcome], hands: Hands) -> None:
        """Make what differs, withdraw what nothing makes any more, and save the ledger."""
        own = self._own()
        self.gone = frozenset(_gone(self.home.folder, seen.values()))
        before = self.home.ledger.county
        now, words = self._county_fingerprint(seen), _words_of(own)
        former = str(before.get("fingerprint", ""))
        # Where nobody can read its words just now, what was made of them stands as long as all
        # else does.
        same = former.startswith(now) if words is None else former == now + words
        same = same and intact(self.home.folder, before["outputs"])
        kit = dict(before.get(KIT, {}))
        if same:
            made = dict(before["outputs"])
            self.home.found = tuple(map(from_json, before["findings"]))
        else:
            made, kit = self._all_made(seen, own, hands)
        self.home.made = tuple(self.home.folder / name for name in made if name not in kit)
        self.home.kit = tuple(self.home.folder / name for name in kit)
        if self._held:  # the county's own report of the last build stands
            former_files = {name: self.home.outputs.own(name) for name in before.get("outputs", {})}
            made = {**{name: sha for name, sha in former_files.items() if sha}, **made}
        of_units = (name for one in seen.values() for name in one.files)
        made |= withdraw(self.home, {*made, *of_units})
        if not same or self.home.outputs.stuck:
            former = "" if self.home.faults or self._held or words is None else now + words
        county = {
            "fingerprint": former,
            "outputs": made,
            "findings": [one.as_json() for one in self.home.found],
            "forms": self.home.forms,
            "alike": self.home.alike.kept(),
            KIT: kit,
            BEFORE_LAST: self.before_last.record(),
            "whose": self.home.whose.kept(),
            PARTS: in_use(self.home.parts, seen.values()),
        }
        self.home.kept.save(self.home.folder)
        self.home.ledger.save(self.home.folder, seen, county)
        self.home.outputs.forget()

    @property
    def _held(self) -> bool:
        """Whether the county's own report could not be printed for its style's sake."""
        return (
            self.home.gate.stopped(self.home.year)
            if self.home.county and self.home.county.government
            else False
        )

    def _own(self) -> Filing | str | None:
        """What the county government filed, or why it cannot be read, which is told."""
        try:
            own = government_of(self.home.filings[0], self.home.whose)
            return own and read(own, self.home.whose)
        except EnvironmentProblemError as error:
            self.home.faults.append(str(error))
            return str(error)

    def _manifest(self, seen: dict[str, Outcome], made: dict[str, str]) -> dict[str, str]:
        home = self.home
        county = home.county.name if home.county else None
        said = manifest(
            seen,
            home.absent,
            county=county,
            year=home.year,
            late=home.late,
            made=made,
            strays=[one.record for one in home.strays],
        )
        return self._put({MANIFEST: said})

    def _put(self, files: dict[str, bytes]) -> dict[str, str]:
        """Write the county's own files, each as far as it can be."""
        made: dict[str, str] = {}
        for name, content in files.items():
            try:
                made[name] = self.home.outputs.put(name, content)
            except EnvironmentProblemError as error:
                self.home.faults.append(str(error))
                if (there := self.home.outputs.own(name)) is not None:
                    made[name] = there
        return made

    def _all_made(
        self, seen: dict[str, Outcome], own: Filing | str | None, hands: Hands
    ) -> tuple[dict[str, str], dict[str, str]]:
        """The manifest; the roll-up, the page and the kit, if it is a county's year at all; and
        what the kit is made of. Whatever happens to one, the others are there."""
        if self.home.county is None or self.home.year is None:
            return self._manifest(seen, {}), {}
        view = self._view(self.home.county, self.home.year, seen, own)
        files = self._guarded("全县的汇总和总览页", lambda: self._of_county(view, seen, hands))
        kit = self._guarded("催报、退回通知和问题清单", lambda: self._kit(view))
        written, essences = kit or ({}, {})
        made = {**self._put(files or {}), **written}
        if self._again is not None and (page := self._again(made)) is not None:
            made |= self._put({PAGE: page})
        return {**made, **self._manifest(seen, made)}, essences

    def _guarded(self, what: str, make: Callable[[], Made]) -> Made | None:
        """What is made, or None and a sentence: what was done of the agencies is kept."""
        try:
            return make()
        except GxgenError as error:
            self.home.faults.append(str(error))
        except Exception as error:
            if self.home.debug:
                raise
            self.home.crashed = True
            fault = f"程序自身出错（{type(error).__name__}），没有做出{what}"
            self.home.faults.append(f"{fault}；各单位的报告不受影响。")
        return None

    def _kit(self, view: CountyYear) -> tuple[dict[str, str], dict[str, str]]:
        from gxgen.county.kit.standing import standing
        from gxgen.county.kit.writing import write_kit
        from gxgen.county.rows import agency_rows

        sent = by_unit(self.home.strays)
        return write_kit(self.home, standing(view.county, view.year, agency_rows(view), sent))

    def _view(
        self, county: County, year: int, seen: dict[str, Outcome], own: Filing | str | None
    ) -> CountyYear:
        from gxgen.county.county_year import CountyYear

        return CountyYear(
            county,
            year,
            tuple(seen.values()),
            self.home.absent,
            own,
            self.home.gate.passed([year]) if county.government else (),
            self.home.of_county,
            self._converted,
            self.home.unread,
            self.home.alike.matrix,
            self.home.late,
            self.gone,
            self.forms,
            self.before_last,
        )

    def _of_county(
        self, view: CountyYear, seen: dict[str, Outcome], hands: Hands
    ) -> dict[str, bytes]:
        from gxgen.county.county_files import county_files

        files, self.home.found, faults, self._again = county_files(view, hands)
        self.home.faults += faults
        taken = {folded(name) for outcome in seen.values() for name in outcome.files}
        for name in [name for name in files if folded(name) in taken]:
            self.home.faults.append(
                f"全县汇总的 {name} 与一个单位的报告同名，没有写；请改其中一个的全称。"
            )
            del files[name]
        return files

    def _converted(self, docx: bytes, report: Report) -> Converted:
        """What LibreOffice is wanted for of the county's own report."""
        return converted(docx, report, self.home.of_county, self.home.office)

    def _county_fingerprint(self, seen: dict[str, Outcome]) -> str:
        """What the county's files are made of, but for the government's own words."""
        said = chain(
            (
                __version__,
                self.home.county.digest if self.home.county else "",
                repr((self.home.absent, self.home.late, sorted(self.home.unread.items()))),
                repr((sorted(self.gone), self.forms, self.before_last.stamp)),
                repr(self.home.strays),
                digest(*(data for _, data in self.home.gate.files)),
                repr(self.home.of_county),
                own_templates(self.home.county.folder) if self.home.county else "",
            ),
            (repr((_essence(key, one), one.judgement.beside)) for key, one in seen.items()),
        )
        return digest(*(part.encode("utf-8", "replace") for part in said))


def _gone(folder: Path, outcomes: Iterable[Outcome]) -> Iterator[str]:
    """The files of these that are not there any more."""
    return (name for one in outcomes for name in one.files if not (folder / name).is_file())


def _way(folder: Path, forms: str) -> str:
    """From a folder to the forms, as an address goes; empty where there is none."""
    try:
        return Path(os.path.relpath(forms, os.path.realpath(folder))).as_posix() if forms else ""
    except ValueError:  # another drive
        return ""


def _words_of(own: Filing | str | None) -> str | None:
    """Tells the government's own files from others; None where nobody can read them."""
    if isinstance(own, str):
        return None
    return digest(*own.pieces) if own else digest()


def _essence(key: str, outcome: Outcome) -> object:
    """What tells an outcome from another; all the rest follows from its fingerprint."""
    if not outcome.fingerprint:
        return line_of(key, outcome)
    return key, outcome.fingerprint, dict(outcome.files)
