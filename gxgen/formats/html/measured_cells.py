"""The bars of a fragment, which are cells of tables, read back: their widths and grounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from gxgen.document.illustrated.pictures import Bars, Cards, Flow, Picture, Sentence
from gxgen.document.quoting import short
from gxgen.formats.html.pictured_fragment import LABEL, LONGEST, NUMBER, ROOM
from gxgen.formats.html.read import Attributes

_GROUND = re.compile(r"(?:^|;)background:(#[0-9a-fA-F]{6})(?=;|$)")
_STRETCHES = re.compile(r"(?:^|;)[a-z-]*(?:width|height)(?<!line-height):")
_LEAST = 1
_BOTH = (False, True)


@dataclass(frozen=True, slots=True)
class Row:
    """A table of a picture: what it shows, how wide its cells should be in hundredths of it (None:
    whatever is left), and which of its cells is a bar."""

    shows: str
    widths: tuple[float | None, ...]
    bar: int | None = None
    goes_on: bool = False


def fragment_faults(
    looks: Sequence[Sequence[Attributes]], pictures: Iterable[Picture]
) -> Iterator[str]:
    """A sentence on each cell that is wider or narrower than its figure asks for, or whose ground
    does not show it. ``looks``: of each table that pictures are made of, what its cells bear."""
    wanted = [row for picture in pictures for row in _rows(picture)]
    if len(wanted) != len(looks):
        yield f"图示的表应有{len(wanted)}个，写成了{len(looks)}个。"
        return
    for row, cells in zip(wanted, looks, strict=True):
        if fault := _width_fault(row, cells) or _ground_fault(row, cells):
            yield f"图示里，“{short(row.shows)}”画得与它的数不符：{fault}。"
    bars = [(row, cells[row.bar]) for row, cells in zip(wanted, looks, strict=True) if row.bar]
    yield from _unlike(bars)


def _width_fault(row: Row, cells: Sequence[Attributes]) -> str:
    found = [_hundredths(cell) for cell in cells]
    right = [None if one is None else round(max(one, _LEAST)) for one in row.widths]
    if found != right:
        return f"各格应宽{_said(right)}，写成了{_said(found)}"
    stretched = any(_STRETCHES.search(cell.get("style") or "") for cell in cells)
    return "格的样式里另有宽高" if stretched else ""


def _said(widths: Iterable[float | None]) -> str:
    return "、".join("不定" if one is None else f"{one:g}%" for one in widths)


def _hundredths(cell: Attributes) -> float | None:
    text = cell.get("width")
    if text is None:
        return None
    return float(text[:-1]) if re.fullmatch(r"\d{1,3}%", text) else -1


def _ground_fault(row: Row, cells: Sequence[Attributes]) -> str:
    """Every cell says its ground twice, alike; a bar's is another than that of all beside it."""
    if row.bar is None:
        return ""
    grounds = [_ground(cell) for cell in cells]
    around = {one for n, one in enumerate(grounds) if n != row.bar}
    told = "" in grounds or len(around) > 1 or grounds[row.bar] in around
    return "条形与旁边的底色分不清" if told else ""


def _ground(cell: Attributes) -> str:
    """Empty where the attribute and the style do not agree."""
    grounds = _GROUND.findall(cell.get("style") or "")
    return grounds[0] if grounds == [cell.get("bgcolor")] else ""


def _unlike(bars: list[tuple[Row, Attributes]]) -> Iterator[str]:
    """Bars look alike, but what goes on has its own colour; one that is higher is told."""
    looks = [(row, _GROUND.sub("", cell.get("style") or "")) for row, cell in bars]
    grounds = [[(row, _ground(cell)) for row, cell in bars if row.goes_on is on] for on in _BOTH]
    for some in (looks, *grounds):
        usual = [look for _, look in some]
        odd = (row for row, look in some if 1 < len(usual) >= usual.count(look) * 2)
        for row in islice(odd, 1):
            yield f"图示里，“{short(row.shows)}”的条形画得与别的条形不同。"


# -- what it should be -----------------------------------------------------------------------------


def _rows(picture: Picture) -> Iterator[Row]:
    match picture:
        case Flow():
            yield from _flow(picture)
        case Bars():
            yield Row(picture.head[0], (None,))
            most = max(one.count for one in picture.bars)
            for one in picture.bars:
                yield _bar(one.label, one.count, most)
        case Cards():
            for some in picture.rows:
                yield Row(some[0].caption, (100 // len(some),) * len(some))
        case Sentence():
            yield Row(picture.text, (None,))
        case _:
            beside = len(picture.cells)
            yield Row(picture.cells[0][0], (100 // beside,) * beside)


def _flow(picture: Flow) -> Iterator[Row]:
    head, *_ = picture.cells
    for line in (*head, *(one.label for one in picture.sources)):
        yield Row(line, (None,))
    most = max(one.count for one in picture.outcomes)
    for one in picture.outcomes:
        yield _bar(one.label, one.count, most, goes_on=one.goes_on)
    if picture.remark:
        yield Row(picture.remark, (None,))


def _bar(label: str, count: int, most: int, *, goes_on: bool = False) -> Row:
    if not count:
        return Row(label, (LABEL, ROOM, NUMBER))
    length = LONGEST * count / most
    return Row(label, (LABEL, length, ROOM - round(max(length, _LEAST)), NUMBER), 1, goes_on)
