"""A county's settings, read as plain data and changed; its comments are kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gxgen.errors import UsageError

if TYPE_CHECKING:
    from gxgen.county.patch import Patch
    from gxgen.county.project import County
    from gxgen.model.agency import Agency

KEYS = (
    "county", "year", "government", "office", "deadline", "correct_by", "publish_by", "style",
    "accent", "formats", "pdf",
)  # fmt: skip
"""The settings beside the roster."""
NOTHING_SAVED = "什么都没有保存。"


class SettingsError(UsageError):
    """Settings that cannot be; nothing was saved. ``fields`` are sentences by setting, ``rows`` one
    for each fault of the roster."""

    def __init__(self, fields: Mapping[str, str], rows: Sequence[str] = ()) -> None:
        """``str()`` has all of them."""
        self.fields, self.rows = dict(fields), tuple(rows)
        told = [*(f"{key}：{what}。" for key, what in fields.items()), *rows]
        super().__init__("\n".join([*told, NOTHING_SAVED]))


@dataclass(frozen=True, slots=True)
class Changed:
    """What was saved: the county as it is now, what was taken from the roster as sentences, and
    where the former file lies; None where nothing had to be changed."""

    county: County
    told: tuple[str, ...] = ()
    former: Path | None = None


def settings(county: County) -> dict[str, Any]:
    """A county's settings by their keys in ``county.toml``: texts, a number for ``year``, a list
    for ``formats``, days as 2026-01-20; None where nothing is set. ``agency`` is the roster, each
    unit with all of its keys.

    Raises:
        UsageError: the file is not valid any more.
    """
    said = _said(county)
    return {**{key: said.get(key) for key in KEYS}, "agency": list(map(_unit, county.roster))}


def settings_record(county: County) -> dict[str, Any]:
    """The JSON of ``settings``."""
    from gxgen.diagnostics import FORMAT

    return {"format": FORMAT, **settings(county)}


def change(
    county: County,
    values: Mapping[str, object] = {},
    *,
    roster_rows: str = "",
    roster: Path | None = None,
    drop: Sequence[str] = (),
    moment: dt.datetime | None = None,
) -> Changed:
    """Change settings and roster, all or nothing; the former file is kept in ``.replaced/``.

    ``values`` are as a person types them, by key; an empty text or None takes a setting out.
    ``roster_rows`` are rows copied out of a spreadsheet (cells apart by tabs): with their heads,
    or in the order 全称、简称、类别、电话; ``roster`` is a spreadsheet. Units that are new are
    added, those that are there get what is said of them, and no other changes. ``drop`` are the
    names of units to be taken out.

    Raises:
        SettingsError: something cannot be so; by setting, and by row of the roster.
        UsageError: the file is written in a way that only a person can change.
        EnvironmentProblemError: it cannot be read or written, or what changes it is not installed.
    """
    from gxgen.county.patch import Patch

    typed, fields = _typed(values)
    units, told, government = _units(county, roster_rows, roster)
    if government and not county.government and "government" not in typed:
        typed["government"] = government
    unknown = [name for name in drop if county.agency(name) is None]
    if unknown:
        fields["agency"] = f"名册里没有“{'”“'.join(unknown)}”"
    if fields:
        raise SettingsError(fields)
    names = {one.name for name in drop if (one := county.agency(name))}
    return _saved(county, Patch(typed, units, names), told, moment or dt.datetime.now())


def undo(county: County, *, moment: dt.datetime | None = None) -> Path:
    """Take the last change back; returns where the file lies now that it had made.

    Raises:
        UsageError: there is none, or the file has changed since.
        EnvironmentProblemError: it cannot be written.
    """
    from gxgen.county.project import FILE_NAME
    from gxgen.county.undoing import done_in, take_back

    done = [one for one in done_in(county.folder) if one.step.target == FILE_NAME]
    if not done:
        raise UsageError("没有可以撤销的设置。")
    return take_back(done[-1], moment or dt.datetime.now())


def _saved(county: County, patch: Patch, told: Sequence[str], moment: dt.datetime) -> Changed:
    from gxgen.county import replaced
    from gxgen.county.files import read_bytes
    from gxgen.county.project import FILE_NAME, county_of, text_in
    from gxgen.county.undoing import note
    from gxgen.toml import parsed

    path = county.folder / FILE_NAME
    text = text_in(county.folder)
    said = parsed(text, path)
    _refuse_invalid(patch.of(said))
    new = patch.into(text, said)
    if new == text:
        return Changed(county, tuple(told))
    if parsed(new, path) != patch.of(said):
        raise UsageError(f"{path} 的写法特殊，没有改动它；请打开它自己改。")
    after = county_of(county.folder, new)
    lines = "\r\n" if b"\r\n" in read_bytes(path) else "\n"
    data = new.replace("\n", lines).encode()
    former = replaced.replace(path, data, moment)
    if former is not None:
        note(path, data, moment, {path: former})
    return Changed(after, tuple(told), former)


def _refuse_invalid(said: Mapping[str, Any]) -> None:
    from pydantic import ValidationError

    from gxgen.county.faults import by_setting
    from gxgen.county.settings import CountySettings

    try:
        CountySettings.model_validate(said)
    except ValidationError as error:
        raise SettingsError(by_setting(error)) from None


def _said(county: County) -> dict[str, Any]:
    """What the file says with what it leaves unsaid, as plain data."""
    from gxgen.county.project import settings_in

    return settings_in(county.folder)


def _unit(one: Agency) -> dict[str, Any]:
    formerly = {"names": list(one.formerly), "since": one.since} if one.formerly else None
    return {
        "name": one.name,
        "short_name": one.short_name,
        "kind": one.kind and one.kind.value,
        "contact": asdict(one.contact),
        "formerly": formerly,
    }


# -- what a person types -------------------------------------------------------------------------


def _typed(values: Mapping[str, object]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of settings, and what is wrong with those that are none."""
    typed: dict[str, Any] = {}
    fields: dict[str, str] = {}
    for key, value in values.items():
        if key not in KEYS:
            fields[key] = f"没有这个设置项，可以改的有：{'、'.join(KEYS)}"
        else:
            typed[key] = _value(key, value.strip() if isinstance(value, str) else value)
    return typed, fields


def _value(key: str, value: object) -> object:
    """As TOML has it; what is none of its kind stays as it is, to be told."""
    if value in (None, "", []):
        return None
    if not isinstance(value, str):
        return value
    if key == "year" and re.fullmatch(r"[0-9]{4}", value):
        return int(value)
    if key == "formats":
        return [part for part in re.split(r"[,，、\s]+", value) if part]
    if key in ("deadline", "correct_by"):
        return _day(value)
    return value


def _day(value: str) -> object:
    found = re.fullmatch(r"([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?", value)
    try:
        return dt.date(*map(int, found.groups())) if found else value
    except ValueError:
        return value


def _units(
    county: County, rows: str, path: Path | None
) -> tuple[tuple[Agency, ...], list[str], str | None]:
    """The units of a spreadsheet and of pasted rows without the county's government, what was
    taken, and the government's name where they have it."""
    from gxgen.county.roster import Roster, RosterError, pasted, read_roster, told, units_of

    try:
        found = [read_roster(path)] if path else []
        found += [pasted(rows)] if rows.strip() else []
    except RosterError as error:
        raise SettingsError({}, error.faults) from None
    if not found:
        return (), [], None
    every = Roster(
        tuple(one for each in found for one in each.agencies),
        tuple(head for each in found for head in each.unused),
    )
    units, government = units_of(every, county.government or f"{county.name}人民政府")
    return units, told(every, government), government
