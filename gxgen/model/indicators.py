"""Counts that no official table holds, as an agency states them on sheet 指标.

A row that says nothing is no zero. Names are told apart by their letters alone, so that sentences
can call them: ``培训场次`` and ``培训 场次`` are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from gxgen.editions.indicators import INDICATORS
from gxgen.letters import ordinary, squeezed
from gxgen.places import Place

PREFIX, LAST_PREFIX = "indicators.", "indicators_last."
"""How the keys of an indicator and of its last year's count begin; its name follows."""
LONGEST_NAME, LONGEST_UNIT = 30, 8
MOST_INDICATORS = 200

_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row: this year's count and last year's, None where nothing is stated or nothing readable.

    ``place`` and ``last_place`` are the cells of the two; ``note`` is the agency's own remark.
    """

    name: str
    unit: str
    value: int | None = None
    last: int | None = None
    note: str = ""
    place: Place | None = None
    last_place: Place | None = None

    @property
    def key(self) -> str:
        """What findings and figures know it by."""
        return PREFIX + self.name

    @property
    def last_key(self) -> str:
        """What findings know its last year's count by."""
        return LAST_PREFIX + self.name

    @property
    def stated(self) -> bool:
        """Whether the agency says anything in it."""
        standard = STANDARD.get(letters(self.name))
        own = standard is None or standard.unit != self.unit
        return own or self.value is not None or self.last is not None or bool(self.note)


Indicators = Mapping[str, Indicator]
"""By name: standard ones as they are declared, then the agency's own in their order."""


@lru_cache(maxsize=256)  # most forms of a county have the same rows
def letters(name: str) -> str:
    """What a name is told apart by: its letters and digits."""
    return _NOT_LETTERS.sub("", squeezed(ordinary(name)))


STANDARD = {letters(row.name): row for row in INDICATORS}
"""The standard rows by their letters."""


def in_order(found: Iterable[Indicator]) -> dict[str, Indicator]:
    """Indicators by name, the standard ones first and as they are declared."""
    by_letters = {letters(one.name): one for one in found}
    order = [*(name for name in STANDARD if name in by_letters), *by_letters]
    return {by_letters[name].name: by_letters[name] for name in order}


def stated(indicators: Indicators) -> dict[str, Indicator]:
    """Those that say anything."""
    return {name: one for name, one in indicators.items() if one.stated}


def same_of(indicators: Indicators, name: str) -> Indicator | None:
    """The indicator of that name, however it is spaced."""
    wanted = letters(name)
    return next((one for one in indicators.values() if letters(one.name) == wanted), None)


def channels_of(total: str) -> tuple[str, ...]:
    """The names of the rows that are channels of a row; all ways of publishing are among them."""
    return tuple(row.name for row in INDICATORS if row.within == total)


def name_fault(name: str) -> str:
    """Why a name cannot be used, in words that follow it; empty if it can."""
    if not letters(name):
        return "里没有文字"
    return "只有数字" if letters(name).isdecimal() else _fault(name, LONGEST_NAME)


def unit_fault(unit: str) -> str:
    """Why a unit cannot be used, in words that follow it; empty if it can."""
    return "里有数字" if any(map(str.isdigit, unit)) else _fault(unit, LONGEST_UNIT)


def _fault(text: str, longest: int) -> str:
    if "\n" in text or "\t" in text:
        return "中间有换行或制表符"
    if text != text.strip():
        return "两头有空格"
    return f"有{len(text)}个字，超过{longest}个字" if len(text) > longest else ""
