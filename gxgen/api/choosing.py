"""Which county, which edition of the form, and how many processes a command is about."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.errors import UsageError

if TYPE_CHECKING:
    from gxgen.county.project import County
    from gxgen.editions.schema import Edition


def chosen_county(name: str | None, inputs: Path) -> County:
    """The county of that name or folder; without a name the only one in ``inputs``.

    Raises:
        UsageError: there is none such, or there are several to choose from.
    """
    from gxgen.county.plan import counties

    folder = Path(name) if name and Path(name).is_dir() else inputs
    found = counties(folder) if folder.is_dir() else []
    if name and folder != Path(name):
        found = [c for c in found if name in (c.name, c.folder.name)]
    if len(found) != 1:
        there = "、".join(c.name for c in counties(inputs)) if found else "没有"
        raise UsageError(f"说不清是哪个县，请写明县名。现有：{there}。")
    return found[0]


def chosen_edition(year: int) -> Edition:
    """The edition of the form for a year, up to next year's.

    Raises:
        UsageError: there is none.
    """
    from gxgen.editions.declared import EDITIONS, edition_for_year

    edition = edition_for_year(year)
    if edition is None or year > dt.date.today().year + 1:
        first = min(e.first_year for e in EDITIONS.values())
        raise UsageError(f"年度 {year} 没有对应的表样；可用年度是{first}年到今年。")
    return edition


def processors() -> int:
    """How many processors there are for us: so many processes work, where nobody says otherwise."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
