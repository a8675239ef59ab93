"""Where the report lies in its file, whose it is and of which year, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gxgen.model.numbering import fold
from gxgen.model.report import SignOff, SignOffForm
from gxgen.places import DocumentParagraph
from gxgen.prose import frame as prose
from gxgen.prose.frame import (
    TITLE_LINES,
    is_furniture,
    is_signed_in_lines,
    page_number,
    sign_off_parts,
    unframe,
)
from gxgen.prose.raw import EDGES, RawLine
from gxgen.prose.title import BODIES, title_parts
from gxgen.published.blocks import OUTSIDE, Block, LeftOut, Para, Path, Source
from gxgen.published.sections import Heading, common_path

_PERIOD = re.compile(r"((?:19|20)\d\d)年1月1日[^。]{0,12}12月31日")
_CRUMB = re.compile(r"[>＞»›|｜]")


@dataclass(frozen=True, slots=True)
class Framed:
    """The numbers of the blocks that are the report's, and what its frame says."""

    own: tuple[int, ...]
    agency: str | None
    year: int | None
    sign_off: SignOff
    left_out: tuple[LeftOut, ...]


def frame(source: Source, chain: Sequence[Heading], until: int | None = None) -> Framed:
    """The report that these headings are of; ``until``: the block at which another begins."""
    blocks = source.blocks[:until]
    box = common_path(blocks, chain)
    inside = [at for at, block in enumerate(blocks) if _within(block, box)]
    first, last = chain[0].at, max([*inside, chain[-1].at])
    start = _title_start(blocks, first)
    if start is None:
        start = max(inside[0] if inside else first, first - 30)
    framed, own = _unframed(source.file, blocks[start : last + 1])
    kept = [blocks[start + at] for at in own]
    around = [*blocks[:start], *blocks[last + 1 :]]
    left = [_left(b, OUTSIDE) for b in around if isinstance(b, Para)]
    return Framed(
        tuple(start + at for at in own),
        _agency(framed, source),
        _year(framed, source, kept),
        _sign_off(framed),
        (*source.left_out, *left, *_off(framed, blocks[start : last + 1])),
    )


def _within(block: Block, box: Path) -> bool:
    return block.path[: len(box)] == box


def _title_start(blocks: Sequence[Block], first: int) -> int | None:
    """The block at which the nearest title above section one begins, its agency's line too."""
    for size in range(1, TITLE_LINES + 1):
        for end in range(first, size - 1, -1):
            lines = [b.text for b in blocks[max(end - size, 0) : end] if isinstance(b, Para)]
            parts = title_parts("".join(lines)) if len(lines) == size else None
            if parts and not any(_CRUMB.search(line) for line in lines):
                return _with_name(blocks, end - size, parts)
    return None


def _with_name(blocks: Sequence[Block], start: int, parts: tuple[str, int | None]) -> int:
    """The same with the lines above that the agency's name begins on."""
    agency, year = parts
    whole = agency.endswith(BODIES) and year is not None
    while not whole and start > 0:
        above = blocks[start - 1]
        if not isinstance(above, Para) or is_furniture(above.text) or len(above.text) > 40:
            break
        longer = title_parts(above.text + agency + f"{year or ''}政府信息公开工作年度报告")
        if longer is None:
            break
        start, agency, whole = start - 1, above.text + agency, True
    return start - (start > 0 and _begins_name(blocks, start - 1, agency))


def _begins_name(blocks: Sequence[Block], at: int, agency: str) -> bool:
    """Whether a line begins the name that a title goes on with, as the sign-off's lines say."""
    above = blocks[at]
    lines = [block.text for block in blocks if isinstance(block, Para)]
    return isinstance(above, Para) and is_signed_in_lines(above.text + agency, lines)


def _unframed(file: str, blocks: Sequence[Block]) -> tuple[prose.Framed, list[int]]:
    """The frame of the lines, and the blocks that are left when it is taken off."""
    raws = [
        RawLine(b.text.strip(EDGES), DocumentParagraph(file, at), b.depth)
        for at, b in enumerate(blocks)
        if isinstance(b, Para) and not _numbers_a_page(b)
    ]
    framed = unframe(raws)
    kept = {raw.place.number for raw in framed.body}
    return framed, [
        at for at, block in enumerate(blocks) if not isinstance(block, Para) or at in kept
    ]


def _off(framed: prose.Framed, blocks: Sequence[Block]) -> list[LeftOut]:
    lines = [line.place.number for line in (*framed.furniture, *framed.strange)]
    lines += [at for at, block in enumerate(blocks) if _numbers_a_page(block)]
    return [
        _left(b, "是网页或印本上的，不是正文") for at in lines if isinstance(b := blocks[at], Para)
    ]


def _numbers_a_page(block: Block) -> bool:
    """Whether a paragraph is what stood at the edge of a printed page, wherever it stands now."""
    return isinstance(block, Para) and page_number(block.text) is not None


def _left(block: Para, why: str) -> LeftOut:
    return LeftOut(block.text, block.place, why)


def _agency(framed: prose.Framed, source: Source) -> str | None:
    """Whose report it is: as its title says, else who signs, else as the page is called."""
    named = [name for name in framed.agencies if name.endswith(BODIES)]
    signed = sign_off_parts(framed.sign_off)[0]
    page = title_parts(_CRUMB.split(source.name or "")[0].split("_")[0])
    others = [name for name in (framed.under, signed, page[0] if page else None) if name]
    likely = sorted(named, key=len)[-1:] or others[:1] or sorted(framed.agencies, key=len)[-1:]
    return fold(likely[0]) if likely else None


def _year(framed: prose.Framed, source: Source, kept: Sequence[Block]) -> int | None:
    """Of which year: as the title says, else the period, else the year before it was signed."""
    titled = title_parts(framed.title) if framed.title else None
    if titled and titled[1]:
        return titled[1]
    texts = [block.text for block in kept if isinstance(block, Para)]
    periods = [int(found[1]) for text in texts if (found := _PERIOD.search(text))]
    if len(set(periods)) == 1:
        return periods[0]
    page = title_parts(_CRUMB.split(source.name or "")[0].split("_")[0])
    date = sign_off_parts(framed.sign_off)[1]
    return page[1] if page and page[1] else (date.year - 1 if date else None)


def _sign_off(framed: prose.Framed) -> SignOff:
    name, date = sign_off_parts(framed.sign_off)
    if date is not None:
        return SignOff(SignOffForm.AGENCY_AND_DATE, date)
    return SignOff(SignOffForm.AGENCY if name else SignOffForm.NONE)
