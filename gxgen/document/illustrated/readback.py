"""Charts and tiles beside what was found of them in a written document, whatever its format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import zip_longest

from gxgen.document.illustrated.edition import TILES, Illustration

CHART_DIFFERS = "GX627"

Asked = Mapping[str, int | None]
"""How often a template shows each chart, by id, and the tiles; what it never shows is left out.
None: that hangs on a condition of the template's own, so any number is right."""


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


def tiles_fault(
    cells: Sequence[str], shown: Illustration, plain: Callable[[str], str] = str
) -> str | None:
    """What is wrong with the tiles' table; empty: nothing, None: it is another table.

    ``plain``: how text was changed on its way into ``cells``, to compare it with.
    """
    if not shown.tiles:
        return None
    orders = [tuple(map(plain, order)) for order in shown.tile_cells]
    have = tuple(cells)
    if have in orders:
        return ""
    want = max(orders, key=lambda order: sum(map(str.__eq__, order, have)))
    if not is_alike(want, have):
        return None
    pairs = zip_longest(want, have, fillvalue="")
    first, instead = next(pair for pair in pairs if pair[0] != pair[1])
    return f"图块应为“{first}”，写成了“{instead}”。"


def is_alike(want: Collection[str], have: Collection[str]) -> bool:
    """Whether at least half of the texts that are wanted are there."""
    common = Counter(want) & Counter(have)
    return 2 * common.total() >= len(want) > 0
