"""``county.toml``: the county, its roster of agencies, its style and formats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from gxgen.cache import recalled
from gxgen.county.words import WORDS_FILE, county_words
from gxgen.errors import UsageError, reason
from gxgen.formats.wanted import PdfEngine
from gxgen.model.agency import Agency, AgencyKind, Contact
from gxgen.model.facts import NO_FACTS, CountyFacts
from gxgen.model.siblings import named
from gxgen.model.words import NO_WORDS, CountyWords

FILE_NAME = "county.toml"
_MOST_BYTES = 8_000_000
"""A roster of fifteen thousand takes half of it."""


@dataclass(frozen=True, slots=True)
class County:
    """A folder with a ``county.toml``: its settings and the agencies that must file.

    ``year`` limits a build to one year's folder; None means every year that is there.
    ``government`` is the name under which the county's own roll-up is issued; its workbook holds
    the narrative and is not counted as a unit. ``deadline`` is the last day on which a unit may
    file for ``year``.
    """

    name: str
    folder: Path
    year: int | None = None
    style: str = "official"
    formats: tuple[str, ...] = ("docx",)
    pdf: PdfEngine = PdfEngine.AUTO
    roster: tuple[Agency, ...] = ()
    government: str | None = None
    deadline: dt.date | None = None
    correct_by: dt.date | None = None
    """The last day on which a form that was returned may come back."""
    office: str | None = None
    """In whose name notices are sent out."""
    digest: str = ""
    """Tells these settings from all others, wherever the folder lies."""
    words: CountyWords = NO_WORDS
    """What ``words.toml`` beside it says of texts."""
    facts: CountyFacts = NO_FACTS
    """What checks of a single report ask for: by which names its agencies are called, and the
    day until which their reports are to be published."""

    def overdue(self, today: dt.date | None) -> bool:
        """Whether the day for filing is past; None for ``today`` leaves it open."""
        return self.deadline is not None and today is not None and today > self.deadline

    _units: dict[str, Agency] = field(default_factory=dict, init=False, compare=False, repr=False)
    """Made of the roster when first asked; not ``init``, so that a changed copy has its own."""

    def agency(self, name: str) -> Agency | None:
        """The agency of that full or short name."""
        found = self.called(name)
        return found if found and name in (found.name, found.short_name) else None

    def called(self, name: str) -> Agency | None:
        """The agency of that full, short or former name."""
        if not self._units and self.roster:
            for one in self.roster:
                for former in one.formerly:
                    self._units.setdefault(former, one)
            for one in reversed(self.roster):
                if one.short_name:
                    self._units[one.short_name] = one
            self._units.update((one.name, one) for one in reversed(self.roster))
        return self._units.get(name)

    def own_name(self, called: str) -> str:
        """The roster's name for a unit, by whichever of its names; of a stranger its own."""
        unit = None if called == self.government else self.called(called)
        return unit.name if unit else called

    def last_year_names(self, name: str, year: int) -> frozenset[str]:
        """By which names a form of the year before ``year`` is that of the agency called ``name``:
        its own, and such former ones as it can have borne then."""
        one = self.called(name)
        if one is None:
            return frozenset({name})
        before = one.since is None or year - 1 < one.since
        names = (name, one.name, one.short_name, *(one.formerly if before else ()))
        return frozenset(each for each in names if each and self.called(each) in (one, None))


def load_county(folder: Path) -> County:
    """Read ``folder/county.toml``.

    Raises:
        UsageError: it is not valid; the message lists every fault with its line.
    """
    return county_of(folder, text_in(folder))


def county_of(folder: Path, text: str) -> County:
    """The county whose ``folder/county.toml`` says ``text``.

    Raises:
        UsageError: it is not valid; the message lists every fault with its line.
    """
    return _county(folder, _recalled(folder / FILE_NAME, text))


def settings_in(folder: Path) -> dict[str, Any]:
    """What ``folder/county.toml`` says as plain data, with what it leaves unsaid where that has a
    usual value.

    Raises:
        UsageError: it is not valid; the message lists every fault with its line.
    """
    return _recalled(folder / FILE_NAME, text_in(folder))


def _recalled(path: Path, text: str) -> dict[str, Any]:
    said: dict[str, Any] = recalled("county", (text.encode(),), lambda: _settings(path, text))
    return said


def _settings(path: Path, text: str) -> dict[str, Any]:
    """What the file says, valid and as plain data."""
    from gxgen.toml import parsed

    return _validated(path, text, parsed(text, path))


def text_in(folder: Path) -> str:
    """The text of ``folder/county.toml``.

    Raises:
        UsageError: it cannot be read, or is far too long.
    """
    path = folder / FILE_NAME
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"{path} 超过8兆字节，不像是一份县级设置文件。")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path} 不是 UTF-8 编码；请用记事本“另存为”，编码选 UTF-8。") from None
    except OSError as error:
        raise UsageError(f"读不了 {path}：{reason(error)}") from None


def _validated(path: Path, text: str, data: dict[str, Any]) -> dict[str, Any]:
    from pydantic import ValidationError

    from gxgen.county.settings import CountySettings

    try:
        settings = CountySettings.model_validate(data)
    except ValidationError as error:
        from gxgen.county.faults import explain

        raise UsageError(f"{path} 有误：\n" + "\n".join(explain(error, text))) from None
    return settings.model_dump(mode="json", exclude_none=True)


def _county(folder: Path, said: dict[str, Any]) -> County:
    import hashlib

    government = said.get("government")
    roster = tuple(_agency(**entry) for entry in said["agency"])
    words = county_words(folder)
    _known(folder, words, roster, government)
    return County(
        name=said["county"],
        folder=folder,
        year=said.get("year"),
        style=said["style"],
        formats=tuple(said["formats"]),
        pdf=PdfEngine(said["pdf"]),
        roster=roster,
        government=government,
        deadline=_date(said.get("deadline")),
        correct_by=_date(said.get("correct_by")),
        office=said.get("office"),
        words=words,
        facts=CountyFacts(
            named(roster, government),
            _month_and_day(said.get("publish_by")),
            # The plain pages show nothing of it, so its change is no reason to build them anew.
            "" if said["style"] == "official" else said["county"],
            said.get("accent", ""),
        ),
        digest=hashlib.blake2b(repr(said).encode(), digest_size=16).hexdigest(),
    )


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _known(
    folder: Path, words: CountyWords, roster: Sequence[Agency], government: str | None
) -> None:
    """See that ``words.toml`` names only agencies that there are.

    Raises:
        UsageError: it gives a short name to another.
    """
    names = {*(agency.name for agency in roster), government}
    for name in dict.fromkeys(name for name, _ in words.short_names) if roster else ():
        if name not in names:
            path = folder / WORDS_FILE
            raise UsageError(
                f"{path} 的 short_names：名册里没有“{name}”，应写 {FILE_NAME} 里的单位全称。"
            )


def _month_and_day(text: str | None) -> tuple[int, int] | None:
    return (int(text[:2]), int(text[3:])) if text else None


def _agency(
    name: str,
    contact: Mapping[str, str],
    short_name: str | None = None,
    kind: str | None = None,
    formerly: Mapping[str, Any] = MappingProxyType({}),
) -> Agency:
    return Agency(
        name,
        short_name,
        AgencyKind(kind) if kind else None,
        Contact(**contact),
        tuple(formerly.get("names", ())),
        formerly.get("since"),
    )
