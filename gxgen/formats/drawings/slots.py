"""What a template can name of pictures: finished WordprocessingML for one report."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from gxgen.document.illustrated.edition import (
    ABOVE,
    BELOW,
    COVER,
    FLOW,
    FOOT,
    OF_TABLE,
    Illustration,
    county_of,
)
from gxgen.document.illustrated.palettes import Palette
from gxgen.document.illustrated.pictures import (
    Bars,
    Cards,
    Flow,
    Panels,
    Picture,
    Sentence,
    Tiles,
)
from gxgen.formats.drawings.flows import FlowDrawer
from gxgen.formats.drawings.marks import cover_drawing, foot_drawing, ring
from gxgen.formats.drawings.pictures import Drawer
from gxgen.formats.drawings.shapes import numbers
from gxgen.formats.drawings.words import gap

_FOOT = 10001
"""Of the drawing at the foot of pages, a part of its own."""
_AFTER = 11.0
"""Points between the last picture and what follows."""
_BETWEEN = 8.5


class Drawn:
    """The pictures of one report, drawn when they are asked for and numbered in that order."""

    def __init__(self, shown: Illustration, colours: Palette) -> None:
        """``colours``: those of the template."""
        self._shown, self._colours = shown, colours
        self._ids = numbers()
        self._pen = Drawer(colours, self._ids)
        self._county = county_of(shown.report)

    @property
    def general(self) -> dict[str, Markup]:
        """Cover, foot, and what stands over each table."""
        tables = {
            table: _markup(self._joined(self._shown.pictures[place]))
            for table, place in OF_TABLE.items()
        }
        return {
            COVER: _markup(cover_drawing(self._ids, self._county, self._colours)),
            FOOT: _markup(foot_drawing(numbers(_FOOT), self._county, self._colours)),
            **tables,
            "flow": _markup("".join(gap(_BETWEEN) + self._one(one) for one in self._flow)),
        }

    @property
    def _flow(self) -> tuple[Picture, ...]:
        return self._shown.pictures[FLOW]

    def ring(self, icon: str) -> Markup:
        """The mark beside a second heading."""
        return _markup(ring(self._ids, icon, self._colours))

    @property
    def above(self) -> Markup:
        """The tiles."""
        return _markup("".join(_free(self._one(one)) for one in self._shown.pictures[ABOVE]))

    def below(self, left: float) -> Markup:
        """The bars of channels, so many millimetres from the margin."""
        drawn = (
            FlowDrawer(self._pen).bars(one, left)
            if isinstance(one, Bars)
            else gap(4, keep=True) + self._one(one) + gap(9)
            for one in self._shown.pictures[BELOW]
        )
        return _markup("".join(drawn))

    def _joined(self, pictures: Iterable[Picture]) -> str:
        """Pictures under each other, the last apart from the table below."""
        drawn = [_free(self._one(one)) for one in pictures]
        return gap(_BETWEEN).join(drawn) + (gap(_AFTER) if drawn else "")

    def _one(self, picture: Picture) -> str:
        match picture:
            case Tiles():
                return self._pen.tiles(picture)
            case Sentence():
                return self._pen.sentence(picture)
            case Cards():
                return self._pen.cards(picture)
            case Panels():
                return self._pen.panels(picture)
            case Flow():
                return FlowDrawer(self._pen).flow(picture)
            case Bars():
                return FlowDrawer(self._pen).bars(picture)
        raise TypeError(type(picture).__name__)


def _free(table: str) -> str:
    """A picture that may end a page: its last row is not kept with what follows, else a table that
    needs a page of its own would take heading and picture along and leave the page before empty."""
    at = table.rindex("<w:tr>")
    return table[:at] + table[at:].replace("<w:keepNext/>", "")


def _markup(text: str) -> Markup:
    """Ours: all words in it have been escaped."""
    return Markup(text)  # noqa: S704
