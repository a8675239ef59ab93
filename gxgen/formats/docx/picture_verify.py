"""Reads the drawings of pictures back: what is read out for them, and their measures."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from gxgen.document.illustrated.pictures import Flow, Picture
from gxgen.document.quoting import apart, short
from gxgen.formats.drawings.shapes import MEASURED, emu

EXACT = 0.01
"""How far a drawing's measure may be from what its figure asks for."""
_SPOKEN = re.compile(r'<wp:docPr\b[^>]*? descr="([^"]+)"|<w:tblDescription w:val="([^"]+)"')
_NAMED, _SIZE = f' name="{MEASURED}"/>', re.compile(r'<a:ext cx="(\d{1,9})" cy="(\d{1,9})"/>')


def picture_faults(document: bytes, pictures: Iterable[Picture]) -> Iterator[str]:
    """A sentence on each picture of the document part whose drawing or text is not as it should be.

    ``pictures``: those that were found, in their order.
    """
    shown = list(pictures)
    xml = document.decode()
    said = [html.unescape(one or other) for one, other in _SPOKEN.findall(xml)]
    yield from _unsaid(said, Counter(text for one in shown for text in _spoken(one)))
    sizes = [_size(shape) for shape in xml.split(_NAMED)[1:]]
    measures = [(one, mm) for one in shown for mm in one.measures]
    if len(sizes) != len(measures):
        yield f"图示里按数画的图形应有{len(measures)}个，写成了{len(sizes)}个。"
        return
    for (picture, mm), (width, height) in zip(measures, sizes, strict=True):
        drawn = height if isinstance(picture, Flow) else width
        if abs(drawn - emu(mm)) > EXACT * emu(mm):
            yield f"图示“{short(picture.called)}”里有一处画得与它的数不符。"


def _size(shape: str) -> tuple[int, int]:
    """Width and height of a shape, from behind its name."""
    found = _SIZE.search(shape)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _spoken(picture: Picture) -> Iterator[str]:
    """What is read out for a picture; all of a table is said in one."""
    if picture.spoken:
        yield " ".join(picture.spoken)


def _unsaid(said: list[str], wanted: Counter[str]) -> Iterator[str]:
    """What should be read out and is not, with what stands nearest in its place."""
    left = Counter(said)
    for text in (wanted - left).elements():
        near = next((o for o in left if o not in wanted and o[:4] == text[:4]), "")
        right, now = apart(text, near)
        instead = f"，写成了“{now}”" if near else ""
        yield f"图示的替代文字应为“{right}”{instead}。"
