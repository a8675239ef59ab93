"""By which names a text may speak of the agencies of a county, so that a reader knows which."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from gxgen.model.agency import Agency, AgencyKind

_ABOVE = re.compile(
    "(?:(?<![镇乡])人民|(?<![镇乡民]))政府(?:办公[室厅]|办)?$|委(?:员会)?办公室$|政务公开办(?:公室)?$"
)
"""A county's government, its offices and the party's: any report speaks of them."""
_WITH_PLACE = re.compile(
    r"[^省市县区旗州]{2,6}[省市县区旗州].{2,}(?:局|委员会|委|办|中心|院|馆|所|站)$"
)
_TOWN = re.compile(".{2,}(?:[镇乡](?:(?:人民)?政府)?|街道(?:办事处|办)?)$")


def named(roster: Sequence[Agency], government: str | None) -> tuple[tuple[str, str], ...]:
    """(what it is called, full name) of each agency that another's report has no cause to be
    signed by: under its full name, and under a short one that can mean nobody else and says where
    it is."""
    short = Counter(name for one in roster for name in _names(one))
    return tuple(
        (name, one.name)
        for one in roster
        if not _is_above(one, government)
        for name in _names(one)
        if name == one.name or (short[name] == 1 and _is_whole(name))
    )


def _names(agency: Agency) -> Iterable[str]:
    return dict.fromkeys(name for name in (agency.name, agency.short_name) if name)


def _is_above(agency: Agency, government: str | None) -> bool:
    name, kind = agency.name, agency.kind
    return name == government or kind is AgencyKind.GOVERNMENT or _ABOVE.search(name) is not None


def _is_whole(name: str) -> bool:
    """Whether a short name is as good as a full one: 县水务局 may be any county's."""
    return _WITH_PLACE.fullmatch(name) is not None or _TOWN.fullmatch(name) is not None
