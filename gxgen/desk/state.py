"""How a county's year stands, as the pages show it: units in groups, files by ids."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from gxgen.county.files import safe_name
from gxgen.county.outputs import MANIFEST, NOTICES, RETURNS

GROUPS = ("fix", "held", "ask", "due", "missing", "done")
"""What is to be done with a unit, most urgent first: its form goes back; the county itself must
mend something; questions are open; its form waits for a build; nothing was filed; its report
stands."""
_GROUP = {
    "missing": "missing",
    "late": "missing",
    "unbuilt": "due",
    "stale": "due",
    "refused": "fix",
    "held": "held",
}
_MADE = {"built": "built", "unchanged": "", "refused": "refused", "held": "held", "missing": ""}
"""What a unit's state is after a build did this with its form; empty: as before."""


def id_of(text: str) -> str:
    """What a name or path is called in addresses: they hold nothing of it."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=9).hexdigest()


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's line."""

    id: str
    agency: str
    short: str
    kind: str
    phone: str
    state: str
    errors: int
    warnings: int
    listed: bool
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]

    @property
    def group(self) -> str:
        """What is to be done with it."""
        return _GROUP.get(self.state) or ("ask" if self.warnings else "done")

    @property
    def returned(self) -> str | None:
        """Its marked copy."""
        return next((one for one in self.outputs if Path(one).parent.name == RETURNS), None)

    @property
    def reports(self) -> tuple[str, ...]:
        """The files of its report."""
        return tuple(one for one in self.outputs if one != self.returned)


@dataclass
class State:
    """A county's year. Without a ``county`` there is none in the folder yet, or one of ``names``
    must be chosen."""

    county: str | None = None
    names: tuple[str, ...] = ()
    year: int = 0
    deadline: dt.date | None = None
    overdue: bool = False
    government: str | None = None
    listed: int = 0
    units: tuple[Unit, ...] = ()
    outputs: tuple[str, ...] = ()
    strays: tuple[Mapping[str, Any], ...] = ()
    marks: tuple[str, ...] = ()
    root: Path = Path()
    files: dict[str, Path] = field(default_factory=dict)
    """What the pages have offered for download, by ids; one for as long as the desk is open."""

    @cached_property
    def ordered(self) -> list[Unit]:
        """Most urgent first."""
        return sorted(self.units, key=lambda one: (GROUPS.index(one.group), -one.errors))

    @cached_property
    def counts(self) -> Counter[str]:
        """How many units are in each group."""
        return Counter(one.group for one in self.units)

    @cached_property
    def _by_id(self) -> dict[str, Unit]:
        return {one.id: one for one in self.units}

    @property
    def due(self) -> bool:
        """Whether there is something to build."""
        return self.counts["due"] > 0

    @property
    def home(self) -> Path | None:
        """The year's folder of outputs, as far as a build has made it."""
        made = self.made(MANIFEST)
        return self.root / Path(made).parent if made else None

    def unit(self, id_: str) -> Unit | None:
        """The unit of that id."""
        return self._by_id.get(id_)

    def of(self, group: str) -> list[Unit]:
        """The units of a group."""
        return [one for one in self.ordered if one.group == group]

    def after(self, id_: str) -> Unit | None:
        """The next unit with something to mend or to answer, after that one and then from the
        beginning."""
        asked = [one for one in self.ordered if one.group in ("fix", "held", "ask")]
        places = [at for at, one in enumerate(asked) if one.id == id_]
        rest = asked[places[0] + 1 :] + asked[: places[0]] if places else asked
        return rest[0] if rest else None

    def file(self, path: str) -> str:
        """The id by which a file can be downloaded."""
        found = id_of(path)
        self.files[found] = self.root / path
        return found

    def path(self, id_: str) -> Path | None:
        """The file of that id, if a page has offered it."""
        return self.files.get(id_)

    def made(self, *parts: str) -> str | None:
        """The county's own file of that name, or of that folder and name."""
        return next((one for one in self.outputs if Path(one).parts[-len(parts) :] == parts), None)

    def ending(self, ending: str) -> str | None:
        """The county's own file whose name ends so."""
        return next((one for one in self.outputs if one.endswith(ending)), None)

    def notice(self, unit: Unit) -> str | None:
        """What is written to a unit whose form goes back."""
        return self.made(NOTICES, f"{safe_name(unit.agency)}.txt")

    def became(self, form: str, outcome: str) -> None:
        """While a build runs: what it did with a form, by the form's name without ending."""
        made = _MADE.get(outcome, "")
        if not made:
            return
        units = tuple(self._became(form, made))
        self.__dict__.pop("ordered", None)
        self.__dict__.pop("counts", None)
        self.__dict__.pop("_by_id", None)
        self.units = units

    def _became(self, form: str, made: str) -> Iterator[Unit]:
        for one in self.units:
            own = any(Path(path).stem == form for path in one.inputs)
            yield replace(one, state=made) if own else one


def state_of(given: Mapping[str, Any], root: Path, files: dict[str, Path]) -> State:
    """What a worker's ``look`` says."""
    if given["county"] is None:
        return State(names=tuple(given["names"]), root=root, files=files)
    deadline = given["deadline"]
    return State(
        county=given["county"],
        year=given["year"],
        deadline=dt.date.fromisoformat(deadline) if deadline else None,
        overdue=given["overdue"],
        government=given["government"],
        listed=given["listed"],
        units=tuple(map(_unit, given["units"])),
        outputs=tuple(given["outputs"]),
        strays=tuple(given["strays"]),
        marks=tuple(given["marks"]),
        root=root,
        files=files,
    )


def _unit(one: Mapping[str, Any]) -> Unit:
    files = {name: tuple(one[name]) for name in ("inputs", "outputs")}
    return Unit(id=id_of(one["agency"]), **{**one, **files})
