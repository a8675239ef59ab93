"""Pictures, charts and tiles beside what was found of them in a written document, whatever its
format. White space means nothing in them, since every format breaks lines in its own way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Protocol

from gxgen.document.cell import squash
from gxgen.document.illustrated.edition import PLACES, TILES, Illustration
from gxgen.document.illustrated.pictures import Picture
from gxgen.document.quoting import apart, short

CHART_DIFFERS = "GX627"

Asked = Mapping[str, int | None]
"""How often a template shows each chart, by id, and the tiles; what it never shows is left out.
None: that hangs on a condition of the template's own, so any number is right."""


class Shows(Protocol):
    """A document, of which it costs time to know what an illustrated edition adds to it."""

    @property
    def illustration(self) -> Illustration:
        """What it adds."""


@dataclass(slots=True)
class Met:
    """The pictures that were met in a document, in its order, and how often each place's."""

    document: Shows
    pictures: list[Picture] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)

    @property
    def shown(self) -> Illustration:
        """What could be met."""
        return self.document.illustration

    def table_fault(self, cells: Sequence[str], asked: Asked | None) -> tuple[str, str | None]:
        """Of a table, what it is (:data:`TILES`, or empty), and what is wrong with it; None: it is
        neither the tiles nor a picture. Pictures are looked for where a template asks for any."""
        tiles = tiles_fault(cells, self.shown, squash)
        if tiles == "" and (asked is None or TILES in asked):
            return TILES, tiles
        if asked is None or any(place in asked for place in PLACES):
            fault = self.fault(cells)
            if fault is not None or asked is not None:
                return "", fault
        return (TILES if tiles is not None else ""), tiles

    def fault(self, texts: Iterable[str]) -> str | None:
        """What is wrong with a picture's cells; empty: nothing, None: they are no picture's."""
        have = [text for text in map(squash, texts) if text]
        known = [(place, one) for place in PLACES for one in self.shown.pictures[place]]
        for place, one in known:
            if have == words(one):
                return self._counted(place, one, "")
        for place, one in known:
            if _is_like(words(one), have):
                return self._counted(place, one, _differing(words(one), have))
        return None

    def _counted(self, place: str, one: Picture, fault: str) -> str:
        self.pictures.append(one)
        self.found[place] += 1
        return fault

    def missing(self, asked: Asked) -> Iterator[str]:
        """A sentence on the pictures of each place that are too few or too many."""
        for place in PLACES:
            pictures = self.shown.pictures[place]
            want, have = asked.get(place, 0), self.found[place]
            if want is None or want * len(pictures) == have:
                continue
            named = "、".join(f"图示“{short(words(one)[0])}”" for one in pictures)
            yield f"{named}应有{want * len(pictures)}处，写成了{have}处。"

    @property
    def as_asked(self) -> dict[str, int | None]:
        """What a template that made this document asks for."""
        some = {p: self.shown.pictures[p] for p in PLACES if self.found[p]}
        return {place: self.found[place] // len(pictures) for place, pictures in some.items()}


def words(picture: Picture) -> list[str]:
    """What the cells of a picture say, without white space."""
    return [squash("".join(lines)) for lines in picture.cells]


def _is_like(want: list[str], have: list[str]) -> bool:
    """Whether it is the same picture with other figures, or at least half of it is there."""
    same = [_DIGITS.sub("", t) for t in want] == [_DIGITS.sub("", t) for t in have]
    return same or (len(want) > 1 and is_alike(want, have))


def _differing(want: list[str], have: list[str]) -> str:
    pairs = zip_longest(want, have, fillvalue="")
    right, now = apart(*next(pair for pair in pairs if pair[0] != pair[1]))
    return f"图示“{short(want[0])}”应为“{right}”，写成了“{now}”。"


def miscounted(asked: Asked, found: Mapping[str, int], shown: Illustration) -> Iterator[str]:
    """A sentence on each chart, and on the tiles, of which there are too few or too many."""
    for name, said in _named(shown):
        want, have = asked.get(name, 0), found.get(name, 0)
        if want is None or want == have:
            continue
        if not have:
            yield f"缺少{said}。"
        elif not want:
            yield f"多出{said}，模板没有要求。"
        else:
            yield f"{said}应有{want}处，写成了{have}处。"


def _named(shown: Illustration) -> Iterator[tuple[str, str]]:
    if shown.tiles:
        yield TILES, "图块"
    yield from ((chart.id, f"图“{chart.title}”") for chart in shown.charts)


_DIGITS = re.compile(r"\d+")


def tiles_fault(
    cells: Sequence[str], shown: Illustration, plain: Callable[[str], str] = str
) -> str | None:
    """What is wrong with the tiles' table; empty: nothing, None: it is another table.

    ``plain``: how text was changed on its way into ``cells``, to compare it with.
    """
    if not shown.tiles:
        return None
    orders = [tuple(map(plain, order)) for order in shown.tile_cells]
    have = tuple(map(plain, cells))
    if have in orders:
        return ""
    want = max(orders, key=lambda order: sum(map(str.__eq__, order, have)))
    if not is_alike(want, have):
        return None
    pairs = zip_longest(want, have, fillvalue="")
    first, instead = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
    if first == instead:
        return None
    return f"图块应为“{first}”，写成了“{instead}”。"


def is_alike(want: Collection[str], have: Collection[str]) -> bool:
    """Whether at least half of the texts that are wanted are there."""
    common = Counter(want) & Counter(have)
    return 2 * common.total() >= len(want) > 0
