"""Tiles for the parts of section one: a title, and a figure or the first words of its text.

A figure that the sheet 指标 counts for a part stands under its name there. Any other is quoted with
the clause that it stands in, so that nobody can take it for another; rates and changes on last year
are no key figures, nor are dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from gxgen.document.lines import balanced
from gxgen.editions.indicators import INDICATORS
from gxgen.model.indicators import Indicator, same_of
from gxgen.model.narrative import Passage
from gxgen.model.report import Report

OVERVIEW = "1"
FEWEST, MOST = 2, 6
"""Parts that stand side by side; with fewer or more there are no tiles."""
TITLE_WIDTH = 7
"""Characters of a title that fit on a line of one of five tiles."""
LONGEST = 44
"""Characters of a tile's text; a longer sentence is cut at a comma."""

_FIGURE = re.compile(
    r"((?<![\d.,第〔])\d[\d,]*(?:\.\d+)?\s*(?:万|余|多)*(?:条次|条|件|次|篇|场|期|份|名|人|个))"
    r"(?!以上|以下|左右|月|工作日|小时)"
)
_CHANGE = re.compile("较|比|增长|增加|减少|下降|上升|每")
"""A change on last year, or a rate: no figure of the year."""
_CLAUSE = re.compile("[^，。；！？]+")
_SENTENCE = re.compile("[^。！？]+[。！？]?")
_END = "。：:，；"


@dataclass(frozen=True, slots=True)
class Tile:
    """A part's title in lines, its key figure with unit (may be empty), and the words around."""

    title: str
    figure: str
    text: str

    @property
    def plain_title(self) -> str:
        """The title on one line."""
        return "".join(self.title.splitlines())


TILE_SLOTS = tuple(field.name for field in fields(Tile))
"""What a template can name of a tile."""


def tiles(report: Report) -> tuple[Tile, ...]:
    """A tile for each part （一）, （二） … of section one; none where their number is unusual."""
    passages = report.passages(OVERVIEW)
    parts = [p for p in passages if p.level == 2 and p.heading]
    if not FEWEST <= len(parts) <= MOST:
        return ()
    return tuple(_tile(report, part, _paragraphs(part, passages)) for part in parts)


def _paragraphs(part: Passage, passages: list[Passage]) -> list[str]:
    """The text of a part and of all below it."""
    below = (p for p in passages if p.mark == part.mark or p.mark.startswith(part.mark + "."))
    return [paragraph.text for p in below for paragraph in p.paragraphs]


def _tile(report: Report, part: Passage, texts: list[str]) -> Tile:
    title = "\n".join(balanced((part.heading or "").rstrip(_END), TITLE_WIDTH))
    for one in _counted(report, part.heading or ""):
        return Tile(title, f"{one.value}{one.unit}", one.name)
    for clause, figure in _figures(texts):
        return Tile(title, "".join(figure.split()), clause)
    return Tile(title, "", _opening(texts))


def _counted(report: Report, heading: str) -> Iterator[Indicator]:
    """The indicator that is a part's key figure, where the sheet counts any."""
    for row in INDICATORS:
        one = same_of(report.indicators, row.name) if row.part and row.part in heading else None
        if one is not None and one.value:
            yield one


def _figures(texts: list[str]) -> Iterator[tuple[str, str]]:
    """(clause, figure) of each clause that counts one thing."""
    for text in texts:
        for clause in _CLAUSE.findall(text):
            found = _FIGURE.findall(clause)
            if len(found) == 1 and not _CHANGE.search(clause) and len(clause) <= LONGEST:
                yield clause.strip(), found[0]


def _opening(texts: list[str]) -> str:
    """The first sentence, cut at a comma where it is long."""
    sentence = next((found.group() for text in texts for found in _SENTENCE.finditer(text)), "")
    if len(sentence) <= LONGEST:
        return sentence.strip()
    at = max(sentence.rfind(mark, 0, LONGEST) for mark in "，；、：")
    return (sentence[:at] if at > LONGEST // 3 else sentence[: LONGEST - 1]).strip() + "……"
