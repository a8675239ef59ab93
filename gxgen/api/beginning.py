"""The settings of a new county."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.county.scaffold import scaffold

if TYPE_CHECKING:
    from gxgen.county.roster import Roster


def new_settings(
    county: str, year: int, roster: Path | None, tell: Callable[[str], None] | None
) -> str:
    """The text of ``county.toml``, with the units of a spreadsheet where one is given.

    The county's government, where the roster names it, is no unit: its report adds up the others.

    Raises:
        UsageError: the spreadsheet is no roster.
        EnvironmentProblemError: it cannot be read.
    """
    if roster is None:
        return scaffold(county, year)
    from gxgen.county.roster import read_roster

    found, government = read_roster(roster), f"{county}人民政府"
    units = [one for one in found.agencies if one.name != government]
    own = government if len(units) < len(found.agencies) else None
    if tell is not None:
        for said in _told(found, own):
            tell(said)
    return scaffold(county, year, units, own)


def _told(found: Roster, government: str | None) -> list[str]:
    kinds = Counter(one.kind.value if one.kind else "没有写类别" for one in found.agencies)
    counts = "、".join(f"{kind}{number}个" for kind, number in kinds.items())
    said = [f"名册：{len(found.agencies)}个单位（{counts}）。"]
    if government:
        said.append(f"“{government}”写成了 government：它发布全县汇总，不算一个报送单位。")
    if found.unused:
        said.append(f"没有用到的列：{'、'.join(found.unused)}。")
    return said
