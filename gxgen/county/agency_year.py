"""What is known of one agency's year: what was filed, what was found, what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from gxgen.county.counts import Counts
from gxgen.county.project import County
from gxgen.diagnostics import (
    Addressee,
    Diagnostic,
    Finding,
    Severity,
    from_json,
    has_errors,
    worst_first,
)
from gxgen.letters import shown
from gxgen.model.facts import NO_FACTS, CountyFacts
from gxgen.model.words import NO_WORDS, CountyWords

if TYPE_CHECKING:
    from gxgen.editions.schema import FieldKey
    from gxgen.model.report import Answer, Report, Value

File = tuple[str, bytes]
"""A file by its name, which is for messages only."""
OF_PRINT = "GX6"
"""How the codes begin of what was found in templates and in what was written, not in a form."""
Fingerprint = dict[str, str]
"""Digest of each thing that a filing's outputs depend on, by the word that ``--why`` says."""


@dataclass(frozen=True, slots=True)
class Filing:
    """What one agency filed for one year: a workbook, and what lies around it.

    As it is planned it says where it lies (``folder``) and where its report goes (``home``, the
    year's folder inside a county). As it is read (:func:`gxgen.county.plan.read`) it holds the
    files' bytes and no place any more, so that any worker can do it. ``year`` is the one that it
    is filed under: its folder's, inside a county.
    """

    name: str
    workbook: bytes = b""
    text: File | None = None
    """The text file of the agency, the one that counts."""
    previous: File | None = None
    """Last year's workbook."""
    year: int | None = None
    government: bool = False
    """Whether it is the county government's own: words for the roll-up, which adds the figures."""
    other_texts: tuple[str, ...] = ()
    """Further text files of it, which nobody can choose from but the agency."""
    last_year_unmatched: bool = False
    """Whether there are forms of last year, but none of this agency."""
    words: CountyWords = NO_WORDS
    """What its county says of texts."""
    facts: CountyFacts = NO_FACTS
    """What its county's settings say that checks ask for."""
    folder: Path = Path()
    home: Path = Path()
    place: str = ""
    """Its folder as the output folder sees it, with a slash at its end; empty inside a county's
    year, which has one folder."""
    county: County | None = None
    answers: tuple[Answer, ...] = ()
    """What its county answered in its stead."""
    last_year: Path | None = None
    """Last year's workbook where somebody named it."""
    rivals: tuple[str, ...] = ()
    """Last year's forms of this agency, where they are several and nobody knows which counts."""
    also: tuple[str, ...] = ()
    """By which names last year's form is this agency's; empty where only its own will do."""
    previous_text: File | None = None
    """The text file that lay beside last year's workbook."""

    @property
    def path(self) -> Path:
        """The workbook's file."""
        return self.folder / self.name

    @property
    def key(self) -> str:
        """What it is known by in its home: outside a county forms of one name are many."""
        return self.place + self.name

    @property
    def stem(self) -> str:
        """The workbook's name without ending."""
        return PurePath(self.name).stem

    @property
    def pieces(self) -> tuple[bytes, ...]:
        """All that its files say, for a digest."""
        around = self.text, self.previous, self.previous_text
        files = (self.name, self.workbook), *(file or ("", b"") for file in around)
        return tuple(piece for name, data in files for piece in (name.encode(), data))


@dataclass(frozen=True, slots=True, eq=False)
class Figures(Mapping["FieldKey", "Value"]):
    """The known figures of a report by key.

    ``numbers`` stand in the order of the form, as JSON holds them: money as decimal text, None
    where nobody knows. A dictionary of the 200 keys would take ten times as much memory. ``form``
    is the edition's id, or a year that it covers.
    """

    numbers: Sequence[int | str | None]
    form: str | int

    @classmethod
    def of(cls, values: Mapping[FieldKey, Value], form: str | int) -> Figures:
        """Those of a report."""
        known = map(values.get, _columns(form)) if values else ()
        return cls([n if n is None or isinstance(n, int) else format(n, "f") for n in known], form)

    def __getitem__(self, key: FieldKey) -> Value:
        """A figure as a number."""
        at, money = _columns(self.form)[key]
        number = self.numbers[at] if self.numbers else None
        if number is None:
            raise KeyError(key)
        return Decimal(number) if money else int(number)

    def __iter__(self) -> Iterator[FieldKey]:
        """The keys of those that are known."""
        pairs = zip(_columns(self.form), self.numbers, strict=False) if self.numbers else ()
        return (key for key, number in pairs if number is not None)

    def __len__(self) -> int:
        """How many are known."""
        return sum(number is not None for number in self.numbers)


@lru_cache(maxsize=16)
def _columns(form: str | int) -> dict[FieldKey, tuple[int, bool]]:
    """Where each figure of a form stands, and whether it is money."""
    from gxgen.editions.declared import EDITIONS, edition_for_year
    from gxgen.kinds import Kind

    edition = EDITIONS[form] if isinstance(form, str) else edition_for_year(form)
    fields = edition.fields if edition else {}
    return {key: (at, fields[key].kind is Kind.MONEY) for at, key in enumerate(fields)}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found in a filing: whose report of which year it is, its figures, its faults.

    ``last_figures`` are those of last year's form. ``findings`` are the filing's own, ``beside``
    what only the county shows when all lie beside each other, ``passages`` the texts that it needs
    for it (:func:`gxgen.prose.alike.passages.packed`). ``report`` is there as long as somebody
    works on it; where nothing was readable there is none, and no ``edition`` either.
    """

    workbook: str
    agency: str
    year: int | None = None
    edition: str | None = None
    title: str = ""
    figures: Mapping[FieldKey, Value] = field(default_factory=dict)
    last_figures: Mapping[FieldKey, Value] = field(default_factory=dict)
    findings: tuple[Diagnostic, ...] = ()
    passages: str = ""
    beside: tuple[Diagnostic, ...] = field(default=(), compare=False)
    counts: Counts = ()
    """What it counts beside the tables."""
    filling: str = "filled"
    """How far the form is filled (:class:`gxgen.form.read.filling.Filling`)."""
    sheets: Mapping[str, str] = field(default_factory=dict)
    """Short digests of what each sheet of the form says."""
    report: Report | None = field(default=None, compare=False, repr=False)

    @property
    def blank(self) -> bool:
        """Whether the form is as it was handed out: then its agency has filed nothing."""
        return self.filling == "blank"

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings, worst first."""
        return tuple(worst_first((*self.findings, *self.beside)))

    @property
    def passed(self) -> bool:
        """Whether nothing blocks the report."""
        return self.edition is not None and not has_errors((*self.findings, *self.beside))

    @property
    def returned(self) -> bool:
        """Whether the form goes back: it has an error that the agency itself can mend."""
        return not self.blank and has_errors((*self.findings, *self.beside), Addressee.CLERK)

    @property
    def wrong(self) -> frozenset[str]:
        """The figures that an error is about."""
        errors = (one for one in self.diagnostics if one.severity is Severity.ERROR)
        return frozenset(one.key for one in errors if one.key is not None)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with what was filed, whatever may be wrong with its print."""
        errors = [one for one in self.diagnostics if one.severity is Severity.ERROR]
        return self.edition is not None and all(one.code.startswith(OF_PRINT) for one in errors)

    def kept(self, *, report: bool = False) -> Judgement:
        """As the ledger has it and as it travels: findings as JSON can tell them, and the report
        only if it is asked for."""
        findings = tuple(from_json(one.as_json()) for one in self.findings)
        return replace(self, findings=findings, report=self.report if report else None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a filing.

    The ledger keeps ``made``, whether a report was ``built``, ``refused``, or ``held`` because
    of its style or because nobody could finish it, not of its form, or ``missing`` because the form
    is as it was handed out; ``files`` by name
    (relative to the year's folder) with their SHA-256; and the ``fingerprint`` of what they were
    made of, empty where it must be tried again. All else is this run's.
    """

    judgement: Judgement
    made: str = "refused"
    files: Mapping[str, str] = field(default_factory=dict)
    fingerprint: Fingerprint = field(default_factory=dict)
    filing: Filing | None = field(default=None, compare=False)
    """As it was planned; None where this run was not about it."""
    word: str = field(default="", compare=False)
    """What this run did: ``checked``, ``built``, ``unchanged``, ``refused``,
    ``held``, or ``missing`` of a form that nobody has filled."""
    causes: tuple[str, ...] = field(default=(), compare=False)
    """Why it was worked on."""
    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    """Of a cause of which more is known: which sheets, settings or templates."""
    faults: tuple[str, ...] = field(default=(), compare=False)
    """Troubles outside the data, as sentences."""
    crashed: bool = field(default=False, compare=False)
    """Whether the trouble is gxgen's own."""
    stale: frozenset[str] = field(default=frozenset(), compare=False)
    """Files that could not be replaced: what stands there is of an earlier run."""
    documents: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)
    """What is still to be written, by format; ``return`` is the workbook marked for the agency."""

    @property
    def path(self) -> Path:
        """The workbook's file."""
        return self.filing.path if self.filing else Path(self.judgement.workbook)

    @property
    def outputs(self) -> tuple[Path, ...]:
        """The files that stand as this filing has them."""
        home = self.filing.home if self.filing else Path()
        return tuple(home / name for name in self.files if name not in self.stale)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings, worst first."""
        return self.judgement.diagnostics

    @property
    def passed(self) -> bool:
        """Whether nothing stands against its report."""
        return not self.faults and self.judgement.passed

    @property
    def unseen(self) -> bool:
        """Whether nobody could look at the filing, so that nothing new is known of it."""
        judgement = self.judgement
        return bool(self.faults) and judgement.edition is None and not judgement.findings

    def told(self) -> Outcome:
        """What is said of it in the end; the figures and texts stay in the ledger."""
        found = replace(
            self.judgement, figures={}, last_figures={}, passages="", counts=(), sheets={}
        )
        return replace(self, judgement=found)


def unreadable(filing: Filing, fault: str, *, crashed: bool = False) -> Outcome:
    """What became of a filing that nobody could look at."""
    judgement = Judgement(filing.name, shown(filing.stem))
    return Outcome(judgement, faults=(fault,), crashed=crashed)


def unfinished(filing: Filing, how: object) -> Outcome:
    """What became of a filing whose process came to an end. Whether it was its doing nobody knows:
    what was made of it earlier stands, and it is tried again."""
    from gxgen.checks.registry import diagnose

    finding, agency = not_finished(filing, how), shown(filing.stem)
    found = diagnose(finding, agency=agency, year=filing.year, file=filing.name)
    return Outcome(Judgement(filing.name, agency, findings=(found,)), "held")


def not_finished(filing: Filing, how: object) -> Finding:
    """That the process which had a filing in hand came to an end; ``how``, as half a sentence."""
    files = (filing.name, *(file[0] for file in (filing.text, filing.previous) if file))
    beside = f"（连同{'、'.join(files[1:])}）" if files[1:] else ""
    return Finding("GX722", f"处理{filing.name}{beside}的进程{how}，没有做完。")
