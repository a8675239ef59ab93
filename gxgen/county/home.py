"""One folder of outputs (a county's one year) while it is being built."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from gxgen.county.agency_year import Filing, Fingerprint, Judgement, Outcome
from gxgen.county.alike import NOTHING_ALIKE, Told
from gxgen.county.alongside import alongside, saved_in
from gxgen.county.around import of_government, year_before
from gxgen.county.conversion import Asked, NoOffice, converted
from gxgen.county.digests import digest
from gxgen.county.files import folded, safe_name
from gxgen.county.fingerprint import (
    CANNOT,
    FOREIGN,
    NEW,
    READ,
    RENAMED,
    as_read,
    causes,
    lasting,
    unread,
)
from gxgen.county.gate import Gate
from gxgen.county.kept import Kept
from gxgen.county.ledger import Ledger
from gxgen.county.listing import workbooks
from gxgen.county.lock import Lock
from gxgen.county.outputs import RETURNS, Outputs, documents_of
from gxgen.county.overview import missing
from gxgen.county.project import County
from gxgen.county.whose import Whose, claimed_twice
from gxgen.county.why import PARTS, Parts, what_changed
from gxgen.diagnostics import Diagnostic, has_errors
from gxgen.errors import EnvironmentProblemError, UsageError
from gxgen.formats.wanted import ONLY_DOCX, Wanted

if TYPE_CHECKING:
    from gxgen.county.events import Stop
    from gxgen.county.kit.own import Only
    from gxgen.county.kit.standing import Standing
    from gxgen.county.strays import Stray
    from gxgen.formats.office.pool import OfficePool
    from gxgen.model.agency import Agency


_FEW = 4
"""To check so few forms not all of a county are opened."""


@dataclass(eq=False)
class Home:
    """The filings of one output folder, what the ledger knows, and what has been done so far.

    It is opened when its first filing comes up, and closed when all are done. Where nothing
    ``writes``, the filings are only checked.
    """

    folder: Path
    county: County | None
    filings: list[Filing]
    """Those to be done, the county government's among them."""
    writes: bool = True
    gate: Gate = field(default_factory=lambda: Gate(""))
    wanted: Wanted = ONLY_DOCX
    """What the agencies' reports are written as."""
    singly: Mapping[str, Wanted] = field(default_factory=dict)
    """What of single forms, by their keys, where somebody asked for more of them."""
    of_county: Wanted = ONLY_DOCX
    """What the county's own report is written as."""
    kept: Kept = field(default_factory=Kept)
    """In which formats the next build has them."""
    overdue: bool = False
    """Whether the day for filing is past."""
    office: OfficePool | NoOffice | None = None
    tell: Callable[[str], None] | None = None
    """Who hears that another build must be waited for."""
    stop: Stop | None = None
    """How waiting for it, and the first look at all forms, is ended."""
    only: Only | None = None
    """Of a run that builds nothing: what of the officer's kit it is about."""
    standing: Standing | None = None
    """How the units stand, of such a run."""
    parts: dict[str, Parts] = field(default_factory=dict)
    """What its settings and styles are made of, now and when its files were made."""
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    """What became of each filing, by its key."""
    unread: dict[str, str] = field(default_factory=dict)
    """The workbooks of which nobody knows what they say now, by their keys, and why."""
    _claimed_twice: frozenset[str] = frozenset()
    absent: tuple[Agency, ...] = ()
    alike: Told = NOTHING_ALIKE
    """What is said of its filings' texts."""
    found: tuple[Diagnostic, ...] = ()
    """What the roll-up found."""
    made: tuple[Path, ...] = ()
    """The county's own files."""
    kit: tuple[Path, ...] = ()
    """What is for the officer to send out and to keep in hand."""
    removed: tuple[Path, ...] = ()
    set_aside: tuple[Path, ...] = ()
    faults: list[str] = field(default_factory=list)
    strays: tuple[Stray, ...] = ()
    """What lies among its forms and was not read."""
    closed: bool = False
    crashed: bool = False
    """Whether a trouble with the county's own files is gxgen's own."""
    debug: bool = False
    """Whether such a trouble is to be raised."""

    @classmethod
    def of(
        cls,
        filings: list[Filing],
        gate: Gate,
        asked: Asked,
        *,
        rollup: bool,
        prune: bool = False,
        tell: Callable[[str], None] | None = None,
        stop: Stop | None = None,
    ) -> Home:
        r"""The home of these filings.

        What was asked for earlier is kept up to date unless this run ``prune``\ s; of some forms
        of a year it asks for these alone. A ``rollup`` is about the county's own report: the others
        keep the formats that they have.
        """
        folder, county = filings[0].home, filings[0].county
        home = cls(folder, county, filings, gate=gate, tell=tell, stop=stop)
        some = [one.key for one in filings] if home.others else []
        home.wanted, home.of_county, home.singly, home.kept = Kept.of(folder).now(
            county, gate.files, asked, rollup=rollup, prune=prune, some=some
        )
        return home

    def wanted_of(self, filing: Filing) -> Wanted:
        """What its report is written as."""
        return self.singly.get(filing.key, self.wanted)

    @cached_property
    def ledger(self) -> Ledger:
        """What the last build knew, and what is known by now. From here on until the home is closed
        no other build works in the folder."""
        if not self.writes:
            return Ledger()
        self._lock.take()
        known = Ledger.of(self.folder)
        self._refuse_others(known.county.get("forms"))
        self.parts |= known.county.get(PARTS, {})
        return known

    @cached_property
    def whose(self) -> Whose:
        """Whose its forms are, and those of the year before."""
        few = not self.writes and len(self.filings) < _FEW
        return Whose(self.ledger.county.get("whose", {}), quick=few)

    def look(self) -> None:
        """Ask whose all its forms are, before the first is worked on; of two of one unit none is
        built. What else must be known of the county is checked along."""
        if self.writes:
            self.open()
        if self.year is None or self.county is None or self.whose.quick:
            for folder in {filing.folder for filing in self.filings}:
                names = [one.name for one in self.filings if one.folder == folder]
                self.whose.of(folder, names, self.stop)
            return
        folder = self.filings[0].folder
        forms = self.whose.all_in(folder, self.stop)
        if (before := year_before(folder)) is not None and before.is_dir():
            self.whose.all_in(before, self.stop)
        self._claimed_twice = claimed_twice(folder, forms.values(), self.county, self.year)

    @cached_property
    def governments(self) -> set[str]:
        """The forms that are the county government's own, by their keys; no unit's."""
        names = [filing.name for filing in (*self.filings, *self.others)]
        county = self.county if self.year is not None else None
        return of_government(self.filings[0].folder, names, county, self.whose)

    def builds(self, filing: Filing) -> bool:
        """Whether anything may be made of a filing: asked for, and its unit's only one."""
        return filing.name not in self._claimed_twice and not self.only_judged(filing)

    @cached_property
    def others(self) -> list[Filing]:
        """The forms beside those that were asked for: they are judged, and nothing is written."""
        if self.year is None or self.county is None or not self.writes:
            return []
        names = {filing.name for filing in self.filings}
        sample = replace(self.filings[0], last_year=None)
        return [replace(sample, name=n) for n in workbooks(sample.folder) if n not in names]

    @cached_property
    def _others(self) -> frozenset[str]:
        return frozenset(filing.key for filing in self.others)

    def only_judged(self, filing: Filing) -> bool:
        """Whether a form was not asked for."""
        return self.only is not None or filing.key in self._others

    def known(self, filing: Filing, now: Fingerprint) -> bool:
        """Whether a form that was not asked for has been checked as it is now."""
        return as_read(now, self.ledger.outcomes.get(filing.key))

    @cached_property
    def forms(self) -> str:
        """The folder of a year's forms; empty where single forms may come from any."""
        return "" if self.year is None else os.path.realpath(self.filings[0].folder)

    def _refuse_others(self, before: str | None) -> None:
        """The reports of another county of the same name would be taken for stale ones."""
        if before and self.forms and before != self.forms and Path(before).is_dir():
            raise UsageError(
                f"{self.folder} 里是 {before} 的报告，这次的填报表在 {self.forms}；"
                "请用 -o 另指一个文件夹。前者不再用的，先把它移走。"
            )

    @cached_property
    def _lock(self) -> Lock:
        return Lock(self.folder, self.tell, self.stop)

    def release(self) -> None:
        """Let others build here, however this run ended."""
        self._lock.release()

    @cached_property
    def outputs(self) -> Outputs:
        """What stands there."""
        return Outputs(self.folder, self.ledger)

    @cached_property
    def _namesakes(self) -> set[str]:
        """What the return copies of two forms would be called alike: 甲局.xls beside 甲局.xlsx, or
        forms of one name from several folders."""
        keys = {filing.key for filing in self.filings} | self._there()
        files = (key.rpartition("/")[2] for key in keys)
        stems = Counter(folded(safe_name(file.rpartition(".")[0])) for file in files)
        return {stem for stem, number in stems.items() if number > 1}

    @property
    def year(self) -> int | None:
        """The year that all is about."""
        return self.filings[0].year

    @property
    def late(self) -> bool:
        """Whether somebody is missing and the day is past: only then does the day tell."""
        return self.overdue and bool(self.absent)

    def open(self) -> None:
        """Look at what stands there: once, before several threads write and the ledger grows."""
        self.outputs, self._namesakes  # noqa: B018 - they are made when they are first asked for

    # -- filing by filing ------------------------------------------------------------------------

    def causes(self, filing: Filing, now: Fingerprint, *, force: bool) -> tuple[str, ...]:
        """Why a filing must be worked on; else what became of it the last time stands."""
        before = self.ledger.outcomes.get(filing.key)
        why = causes(now, before, self.folder, force=force)
        if why == (NEW,) and self.ledger.foreign:
            return (FOREIGN,)
        if before is not None and not why:
            returned = {name for name in before.files if name.startswith(f"{RETURNS}/")}
            if returned and returned != {self.return_copy(filing)}:
                return (RENAMED,)
            self._keep(filing, replace(before, filing=filing, word="unchanged"))
        return why

    def return_copy(self, filing: Filing) -> str:
        """Where the return copy of a filing stands."""
        name = safe_name(filing.stem)
        if folded(name) in self._namesakes:
            kind = PurePath(filing.place).name or PurePath(filing.name).suffix[1:]
            name = safe_name(
                f"{name}（{kind}-{digest(filing.key.encode('utf-8', 'replace'))[:6]}）"
            )
        return f"{RETURNS}/{name}.xlsx"

    def write(self, filing: Filing, outcome: Outcome) -> Outcome:
        """Write what was made of a filing. For any thread."""
        if not self.writes:
            return outcome
        documents, faults = dict(outcome.documents), list(outcome.faults)
        wanted = self.wanted_of(filing)
        report = outcome.judgement.report
        if report is not None and "docx" in documents:
            extra, told = converted(documents["docx"], report, wanted, self.office)
            documents |= extra
            faults += told
        files: dict[str, str] = {}
        stale: dict[str, str] = {}
        judged = outcome.judgement
        named = documents_of(judged.title, documents, wanted.formats, draft=not judged.passed)
        for name, data in named.items():
            try:
                files[name] = self.outputs.put(name, data)
            except EnvironmentProblemError as error:
                faults.append(str(error))
                if (there := self.outputs.own(name)) is not None:
                    stale[name] = there
        # A return copy waits for what the county will show.
        held = {"return": documents["return"]} if "return" in documents else {}
        before = self.ledger.outcomes.get(filing.key)
        if before is not None and outcome.made == "held":
            # A report of earlier stands; a form that is sound now is nobody's to mend.
            stale |= {n: sha for n, sha in before.files.items() if not n.startswith(f"{RETURNS}/")}
        elif before is not None and outcome.faults and outcome.made != "built":
            stale |= before.files  # what was made of it earlier stands
        files |= stale
        return replace(
            outcome, files=files, stale=frozenset(stale), faults=tuple(faults), documents=held
        )

    def _judged_only(self, filing: Filing, now: Fingerprint, outcome: Outcome) -> None:
        """Keep what was found in a form that was not asked for; its files stand."""
        if outcome.unseen:
            self.unread[filing.key] = CANNOT
            return
        before = self.ledger.outcomes.get(filing.key)
        made = "held" if outcome.judgement.passed else outcome.made
        self.ledger.outcomes[filing.key] = replace(
            outcome,
            made=made if before is None or not before.files else before.made,
            files=dict(before.files) if before else {},
            fingerprint={} if outcome.faults else {word: now[word] for word in READ},
            documents={},
        )

    def finish(
        self, filing: Filing, now: Fingerprint, why: tuple[str, ...], outcome: Outcome
    ) -> None:
        """Keep what became of a filing whose files have been written."""
        if self.only_judged(filing):
            self._judged_only(filing, now, outcome)
            return
        before = self.ledger.outcomes.get(filing.key)
        changed = what_changed(why, before, now, outcome, self.parts)
        outcome = replace(outcome, filing=filing, causes=why, changed=changed)
        outcome = replace(outcome, word=outcome.made if self.writes else "checked")
        if outcome.unseen:
            self.unread[filing.key] = CANNOT
        if before is not None and outcome.unseen:
            outcome = replace(outcome, judgement=before.judgement, made=before.made)
        found = replace(outcome.judgement, report=None)
        self._keep(filing, replace(outcome, judgement=found, fingerprint=lasting(now, outcome)))

    def _keep(self, filing: Filing, outcome: Outcome) -> None:
        self.ledger.outcomes[filing.key] = self.outcomes[filing.key] = outcome

    # -- the county ------------------------------------------------------------------------------

    def judged(self) -> dict[str, Outcome]:
        """All of the folder with what only the county shows; what it forbids is withheld."""
        there = self._there() - self.governments
        if self.writes and self.county is not None:
            others = there - self.outcomes.keys()
            self.unread |= unread(self.filings[0], others, self.ledger.outcomes, self.whose)
        names = sorted(self.ledger.outcomes.keys() & (there | self.outcomes.keys()))
        seen = {name: self.ledger.outcomes[name] for name in names}
        judgements = {name: outcome.judgement for name, outcome in seen.items()}
        for name, found in self._beside(judgements).items():
            outcome = seen[name]
            judgement = replace(outcome.judgement, beside=found)
            outcome = replace(outcome, judgement=judgement)
            if self.writes and has_errors(found):
                # It has no files, and is built anew when the county's findings are gone; what was
                # read of it is known.
                known = {word: now for word, now in outcome.fingerprint.items() if word in READ}
                outcome = replace(outcome, made="refused", files={}, documents={}, word="refused")
                outcome = replace(outcome, fingerprint=known)
            seen[name] = self.ledger.outcomes[name] = outcome
        # Nobody is late for a year that is not in work.
        if self.writes and self.county is not None and self.county.year == self.year:
            self.absent = missing(judgements.values(), self.county, self.unread)
        return seen

    def _beside(self, judgements: dict[str, Judgement]) -> dict[str, tuple[Diagnostic, ...]]:
        """What only the county shows of its filings."""
        first = self.filings[0].folder
        saved = {} if self.year is None else saved_in(first, judgements, self.whose)
        before = self.ledger.county.get("alike", {})
        self.alike, found = alongside(judgements, self.county, self.year, before, saved)
        return found

    def _there(self) -> set[str]:
        """The keys of all workbooks in the folders that the home's filings have come from. Of
        single forms only those count that were ever built."""
        if self.year is not None:
            return set(workbooks(self.filings[0].folder))
        real = os.path.realpath(self.folder)
        return {key for key in self.ledger.outcomes if Path(real, key).is_file()}
