"""The agencies of an invented county: names, kinds, contact data, what each deals with.

Everything follows from the county's name and the agency's index, never from how many there are.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import Any

from gxgen.model.agency import Agency, AgencyKind, Contact

BLOCK = 100
"""So many agencies make a county; further ones belong to invented counties under the same name."""
MOST_AGENCIES = 20_000
GOVERNMENT = -1
"""The index of the county's own government, which files the roll-up."""


@dataclass(frozen=True, slots=True)
class DemoAgency:
    """One invented agency.

    ``powers``: orders of size of licences, penalties, coercive measures and fees, 0 for none;
    ``me`` is what it calls itself in a text.
    """

    county: str
    index: int
    agency: Agency
    topics: tuple[str, ...]
    powers: tuple[int, ...]
    me: str

    def random(self, *what: object) -> Random:
        """A stream of its own for each subject, so that none depends on another's draws."""
        return seeded(self.county, self.index, *what)


def seeded(*what: object) -> Random:
    """A stream that follows from these words alone, on every machine."""
    return Random("|".join(map(str, what)))  # noqa: S311 — figures of a game, no secret


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    text = files("gxgen.demo").joinpath("agencies.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=64)
def _places(county: str, block: object) -> tuple[str, ...]:
    """Every two-character place name, in this block's order."""
    data = _data()
    names = [a + b for a in data["first"] for b in data["second"] if a != b]
    return tuple(seeded(county, block, "places").sample(names, len(names)))


def government_of(county: str) -> str:
    """The name under which the county's own report is issued."""
    return f"{county}人民政府"


def demo_agency(county: str, index: int) -> DemoAgency:
    """The agency of that index, 0 to ``MOST_AGENCIES`` − 1, or ``GOVERNMENT``."""
    if index == GOVERNMENT:
        own: Mapping[str, Any] = {**_data()["government"], "powers": [0] * 4}
        title = _Title(government_of(county), "本级政府", AgencyKind.GOVERNMENT, own)
        return _made(county, index, title)
    block, slot = divmod(index, BLOCK)
    rhythm = _data()["rhythm"]
    round_, beat = divmod(slot, len(rhythm))
    kind = rhythm[beat]
    # Each kind counts its own agencies, so that no title comes twice in a block.
    nth = round_ * rhythm.count(kind) + rhythm[:beat].count(kind)
    seat = "" if block == 0 else _places(county, "seats")[block] + "县"
    title = _titled(county, block, kind, nth)
    full, short = county + seat + title.name, seat + title.short
    return _made(county, index, _Title(full, short, title.kind, title.own))


@dataclass(frozen=True, slots=True)
class _Title:
    name: str
    short: str
    kind: AgencyKind
    own: Mapping[str, Any]


def _titled(county: str, block: int, kind: str, nth: int) -> _Title:
    """Name without the county, short name, kind, and what it deals with."""
    data = _data()
    if kind in ("部", "其"):
        group: Sequence[Mapping[str, Any]] = data["department" if kind == "部" else "other"]
        own = seeded(county, block, kind).sample(group, len(group))[nth % len(group)]
        # A county of a hundred has more departments than there are titles: the rest are branches.
        branch = "" if nth < len(group) else _places(county, block)[nth + BLOCK] + "分局"
        title = own["title"] + branch
        found = AgencyKind.DEPARTMENT if kind == "部" else AgencyKind.OTHER
        return _Title(title, title, found, {"powers": [0] * 4, **own})
    places = _places(county, block)
    if kind == "镇":
        town = places[nth] + ("乡" if nth % 6 == 5 else "镇")
        return _Title(f"{town}人民政府", town, AgencyKind.TOWN, data["town"])
    area = places[nth + BLOCK // 2] + "街道"
    return _Title(f"{area}办事处", area, AgencyKind.SUBDISTRICT, data["subdistrict"])


def _made(county: str, index: int, title: _Title) -> DemoAgency:
    random = seeded(county, index, "contact")
    agency = Agency(title.name, title.short, title.kind, _contact(county, index, random))
    topics = random.sample(title.own["topics"], len(title.own["topics"]))
    me = random.choice([_myself(title.name, title.kind), title.short])
    return DemoAgency(county, index, agency, tuple(topics), tuple(title.own["powers"]), me)


def _myself(name: str, kind: AgencyKind) -> str:
    if kind is AgencyKind.TOWN:
        return "我镇" if "镇" in name[-6:] else "我乡"
    if kind is AgencyKind.SUBDISTRICT:
        return "街道"
    return {"局": "本局", "心": "中心"}.get(name[-1], "本机关")


def _contact(county: str, index: int, random: Random) -> Contact:
    """Office data that reach nobody: area code 0000, a reserved kind of domain."""
    number = index + 2
    road = random.choice(_data()["roads"])
    return Contact(
        address=f"{county}{road}{random.randint(1, 399)}号",
        postcode=f"00{random.randint(0, 9999):04d}",
        phone=f"0000-{2_000_000 + number * 7}",
        fax=f"0000-{2_000_000 + number * 7 + 1}" if random.random() < 0.4 else None,
        email=f"xxgk{number:05d}@example.gov.cn",
        website="http://www.example.gov.cn/",
    )
