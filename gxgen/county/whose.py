"""Whose the forms in a folder are: by what they say, whatever their files are called.

What a form says is read in a process of its own, as all that comes from strangers, and once: a
build keeps it in its ledger by the form's digest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from gxgen.county.agency_year import File
from gxgen.county.answered import CountyAnswer, answers_in
from gxgen.county.digests import digest
from gxgen.county.files import read_bytes
from gxgen.county.listing import bare_name, texts, workbooks
from gxgen.errors import EnvironmentProblemError

if TYPE_CHECKING:
    from gxgen.county.events import Stop
    from gxgen.county.project import County
    from gxgen.form.read.filling import Filling
    from gxgen.form.read.owner import Owner

_BATCH = 32
"""So many forms a journey to the process that reads them."""
Told = TypeVar("Told")
Call = Callable[[Sequence[File]], "list[Told | None]"]
Said = tuple[str, int | None, str]
"""The agency and the year that a form names, and when it was saved; the agency is empty where
nothing can be read."""
_NOTHING: Said = ("", None, "")


class Form(NamedTuple):
    """A form as it lies in its folder, and whose it is."""

    name: str
    digest: str
    agency: str
    year: int | None
    saved: str


class Whose:
    """Whose forms are; each folder and form is looked at once.

    A ``quick`` one is for a single form: of the year before only such files are opened as are
    called alike, and all others where that does not do.
    """

    def __init__(
        self, known: Mapping[str, Sequence[object]] = MappingProxyType({}), *, quick: bool = False
    ) -> None:
        """``known`` is what :attr:`used` was before."""
        self.quick = quick
        self.used: dict[str, Said] = {}
        """By the digests of the forms, what this one was asked."""
        self._known = known
        self._folders: dict[Path, dict[str, Form]] = {}
        self.texts_read: set[Path] = set()
        """The text files that went into a report."""
        self._texts: dict[Path, list[str]] = {}
        self._workbooks: dict[Path, list[str]] = {}
        self._called: dict[Path, dict[str, list[str]]] = {}
        self._owned: dict[Path, dict[str, list[Form]]] = {}
        self._answers: dict[Path, tuple[CountyAnswer, ...]] = {}

    def of(self, folder: Path, names: Iterable[str], stop: Stop | None = None) -> dict[str, Form]:
        """Whose these workbooks are; of such as cannot be read, nobody's.

        Raises:
            CancelledError: it was asked to ``stop`` before all were looked at.
        """
        seen = self._folders.setdefault(folder, {})
        new = [name for name in names if name not in seen]
        seen.update((form.name, form) for form in self._looked(folder, new, stop))
        return {name: seen[name] for name in names}

    def all_in(self, folder: Path, stop: Stop | None = None) -> dict[str, Form]:
        """The same of all workbooks in a folder."""
        return self.of(folder, workbooks(folder), stop)

    def workbooks(self, folder: Path) -> list[str]:
        """The names of a folder's workbooks, as they were first looked at."""
        if folder not in self._workbooks:
            self._workbooks[folder] = workbooks(folder)
        return self._workbooks[folder]

    def called(self, folder: Path, bare: str) -> list[str]:
        """The workbooks of a folder that are called so, whatever marks their versions."""
        if folder not in self._called:
            index = self._called[folder] = defaultdict(list)
            for name in self.workbooks(folder):
                index[bare_name(name)].append(name)
        return self._called[folder].get(bare, [])

    def owned(self, folder: Path, agencies: Iterable[str]) -> list[Form]:
        """The forms of a folder that name one of these agencies as theirs, in the order of their
        names."""
        if folder not in self._owned:
            index = self._owned[folder] = defaultdict(list)
            for form in self.of(folder, self.workbooks(folder)).values():
                index[form.agency].append(form)
        found = [form for name in {*agencies} - {""} for form in self._owned[folder].get(name, ())]
        return sorted(found, key=lambda form: form.name)

    def kept(self) -> dict[str, list[object]]:
        """What was asked, as a ledger keeps it."""
        return {mark: list(said) for mark, said in sorted(self.used.items())}

    def texts(self, folder: Path) -> list[str]:
        """The names of a folder's text files."""
        if folder not in self._texts:
            self._texts[folder] = texts(folder)
        return self._texts[folder]

    def answers(self, folder: Path) -> tuple[CountyAnswer, ...]:
        """What a county has answered for the year of a folder.

        Raises:
            UsageError: its file of answers is not valid.
        """
        if folder not in self._answers:
            self._answers[folder] = answers_in(folder)
        return self._answers[folder]

    def _looked(self, folder: Path, names: Sequence[str], stop: Stop | None) -> Iterator[Form]:
        queue = iter(names)
        several = len(names) > _BATCH
        while batch := list(islice(queue, _BATCH)):
            if stop is not None:
                stop.heed()
            files = {name: data for name in batch if (data := _bytes(folder / name)) is not None}
            marks = {name: digest(name.encode("utf-8", "replace"), files[name]) for name in files}
            new = [name for name, mark in marks.items() if mark not in self._known]
            if new and several:
                import gxgen.form.read.owner  # noqa: F401 - for the processes, which inherit it
            said = dict(zip(new, _asked([(name, files[name]) for name in new]), strict=True))
            for name in batch:
                mark = marks.get(name, "")
                about = said[name] if name in said else _said(self._known.get(mark))
                if mark:
                    self.used[mark] = about
                yield Form(name, mark, *about)


def _said(kept: Sequence[object] | None) -> Said:
    """What a ledger kept."""
    match kept:
        case [str(agency), int() | None as year, str(saved)]:
            return agency, year, saved
    return _NOTHING


def claimed_twice(folder: Path, forms: Iterable[Form], county: County, year: int) -> frozenset[str]:
    """The forms of such units as have filed two for the year; one as it was handed out is none."""
    units: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        unit = county.called(form.agency)
        if form.agency and form.year == year:
            units[unit.name if unit else form.agency].append(form.name)
    twice: set[str] = set()
    for names in units.values():
        if len(names) > 1:
            filled = [name for name in names if filling_of(folder, name) != "blank"]
            twice.update(filled if len(filled) > 1 else ())
    return frozenset(twice)


def forms_of(folder: Path, county: County, agency: str, whose: Whose) -> list[Path]:
    """The forms that an agency has filed for a year, whatever they are called; one that nobody can
    read is the agency's after which it is called."""
    if not folder.is_dir():
        return []
    named = {one.name: one.agency or bare_name(one.name) for one in whose.all_in(folder).values()}
    own = [file for file, called in named.items() if county.own_name(called) == agency]
    return [path for file in own if (path := folder / file).is_file()]


def filling_of(folder: Path, name: str) -> Filling | None:
    """How far a form is filled; None where nobody can tell."""
    data = _bytes(folder / name)
    return None if data is None else _apart(fillings, [(name, data)])[0]


def _asked(files: Sequence[File]) -> list[Said]:
    found = _apart(owners, files) if files else []
    return [_NOTHING if one is None else (one.agency, one.year, one.saved) for one in found]


def owners(files: Sequence[File]) -> list[Owner | None]:
    """Whose each is. For any process."""
    from gxgen.form.read.owner import owner_of

    return [owner_of(data, name) for name, data in files]


def fillings(files: Sequence[File]) -> list[Filling | None]:
    """How far each is filled. For any process."""
    from gxgen.form.read.owner import filling_in

    return [filling_in(data, name) for name, data in files]


def _apart(call: Call[Told], files: Sequence[File]) -> list[Told | None]:
    """What a call says of files; nothing of one that ends the process which reads it."""
    from gxgen.county.pool import DiedError
    from gxgen.county.workers import apart

    try:
        return apart(call, files)
    except DiedError:
        return [None] if len(files) == 1 else [_apart(call, [one])[0] for one in files]


def _bytes(path: Path) -> bytes | None:
    try:
        return read_bytes(path)
    except EnvironmentProblemError:
        return None
