"""A read file's paragraphs and tables drawn anew, with numbered marks and what is said of each.

Every sign that comes from the file is escaped text; elements, links and looks are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import groupby

from gxgen.document.cell import Cell
from gxgen.markup import Html, digest, el, joined
from gxgen.places import DocumentCell, PageCell, Place, TextLine
from gxgen.published.blocks import Block, Para, Table
from gxgen.show.compare.blocks import clean
from gxgen.show.pages import own, template

_HERE = "gxgen.show.published"
LOOKS = ("bad", "odd", "ask", "left")
"""How a mark may look, the worst first; page.css knows these."""
_FEWEST_FOLDED = 3
"""So many blocks on end that are not the report's are folded away."""
_MANY = 12
"""More remarks of one kind than this are folded in the list."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A remark on a place of the file: ``head`` and ``lines`` say what.

    ``kind`` is the title under which the list has it, ``look`` one of :data:`LOOKS`. ``quote`` are
    the words that are marked, where the place is a paragraph and has them once; else all of it is.
    ``also`` are cells that are shaded with it.
    """

    kind: str
    look: str
    place: Place | None
    head: str
    lines: tuple[str, ...] = ()
    quote: str | None = None
    also: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """What a page shows: ``heads`` are sentences above; blocks at a place in ``folded`` are not the
    report's, and several on end are folded away; ``kinds`` are listed first, in this order."""

    title: str
    heads: tuple[str, ...]
    blocks: Sequence[Block]
    marks: Sequence[Mark]
    folded: AbstractSet[Place] = frozenset()
    kinds: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Numbered:
    number: int
    mark: Mark
    drawn: bool
    """Whether it has a place in the drawing to go back to."""


def marked_page(page: MarkedPage) -> bytes:
    """The page as UTF-8: self-contained, without script or network."""
    marks = _numbered(page.blocks, page.marks)
    style = own(_HERE, "page.css")
    said = template(_HERE).render(
        title=_clean(page.title),
        heads=[_clean(line) for line in page.heads],
        source=_drawn(page.blocks, marks, page.folded),
        remarks=_listed(marks, page.kinds),
        style=Html(style),
        style_digest=digest(style),
    )
    return said.encode("utf-8", "replace")


def _clean(text: str) -> str:
    return clean(text, lines=True)


# -- which mark stands where -----------------------------------------------------------------------


def _places(blocks: Sequence[Block]) -> dict[Place, int]:
    """Every place of the file in order."""
    order: dict[Place, int] = {}
    for block in blocks:
        if isinstance(block, Para):
            order.setdefault(block.place, len(order))
        else:
            for cell in block.cells:
                order.setdefault(block.place(cell), len(order))
    return order


def _known(place: Place | None, order: Mapping[Place, int]) -> Place | None:
    """The place of a block or cell that holds this one; a cell of a line is in the line."""
    if isinstance(place, TextLine) and place not in order:
        place = replace(place, cell=None)
    return place if place in order else None


def _numbered(blocks: Sequence[Block], marks: Iterable[Mark]) -> list[_Numbered]:
    """The marks in the order of the file, those that stand nowhere in it last."""
    order = _places(blocks)
    settled = [
        replace(
            mark,
            place=_known(mark.place, order) or mark.place,
            also=tuple(known for one in mark.also if (known := _known(one, order))),
        )
        for mark in marks
    ]
    settled.sort(
        key=lambda mark: len(order) if mark.place is None else order.get(mark.place, len(order))
    )
    return [_Numbered(n, mark, mark.place in order) for n, mark in enumerate(settled, 1)]


# -- the file --------------------------------------------------------------------------------------


def _drawn(blocks: Sequence[Block], marks: Iterable[_Numbered], folded: AbstractSet[Place]) -> Html:
    at: dict[Place, list[_Numbered]] = {}
    shaded: dict[Place, str] = {}
    for one in marks:
        if one.drawn and one.mark.place is not None:
            at.setdefault(one.mark.place, []).append(one)
        shaded |= dict.fromkeys(one.mark.also, one.mark.look)
    return joined(_folded(blocks, at, shaded, folded), "\n")


def _folded(
    blocks: Sequence[Block],
    at: Mapping[Place, list[_Numbered]],
    shaded: Mapping[Place, str],
    folded: AbstractSet[Place],
) -> Iterator[Html]:
    def away(block: Block) -> bool:
        return isinstance(block, Para) and block.place in folded

    for hidden, group in groupby(blocks, away):
        run = [_block(block, at, shaded) for block in group]
        if hidden and len(run) >= _FEWEST_FOLDED:
            yield el("details", el("summary", f"报告之外的 {len(run)} 段"), *run)
        else:
            yield from run


def _block(block: Block, at: Mapping[Place, list[_Numbered]], shaded: Mapping[Place, str]) -> Html:
    if isinstance(block, Table):
        return _table(block, at, shaded)
    marks = at.get(block.place, [])
    whole = next((one.mark.look for one in marks if not _once(one, block.text)), "")
    look = " ".join(filter(None, (f"h{min(block.depth, 6)}" if block.depth else "", whole)))
    return el("p", *_pieces(block.text, marks), class_=look)


def _once(one: _Numbered, text: str) -> bool:
    """Whether the words of a mark stand in a text, and only once."""
    quote = one.mark.quote
    return bool(quote) and quote is not None and text.count(quote) == 1


def _pieces(text: str, marks: Sequence[_Numbered]) -> Iterator[Html | str]:
    """A paragraph with its marked words; what is about all of it stands before."""
    spans = []
    for one in marks:
        if _once(one, text) and one.mark.quote is not None:
            spans.append((text.index(one.mark.quote), one, one.mark.quote))
        else:
            yield _number(one)
    done = 0
    for start, one, quote in sorted(spans, key=lambda span: span[0]):
        if start < done:  # two that overlap: the second one's number stands behind the first
            yield _number(one)
            continue
        yield _clean(text[done:start])
        yield el("mark", _clean(quote), class_=one.mark.look)
        yield _number(one)
        done = start + len(quote)
    yield _clean(text[done:])


def _number(one: _Numbered) -> Html:
    return el("a", one.number, id=f"m{one.number}", href=f"#n{one.number}", class_=one.mark.look)


def _table(table: Table, at: Mapping[Place, list[_Numbered]], shaded: Mapping[Place, str]) -> Html:
    rows = (el("tr", *(_cell(table, cell, at, shaded) for cell in row)) for row in table.by_row())
    named = el("caption", _called(table))
    body = el("tbody", *rows)
    return el("div", el("table", named, body), class_="scroll", tabindex="0")


def _called(table: Table) -> str:
    """What messages call it."""
    first = table.first
    if isinstance(first, PageCell):
        return f"第{first.page}页第{first.table}个表格"
    return f"第{first.table}个表格" if isinstance(first, DocumentCell) else "表格"


def _cell(
    table: Table, cell: Cell, at: Mapping[Place, list[_Numbered]], shaded: Mapping[Place, str]
) -> Html:
    place = table.place(cell)
    marks = at.get(place, [])
    return el(
        "td",
        _clean(cell.text),
        *map(_number, marks),
        class_=marks[0].mark.look if marks else shaded.get(place, ""),
        rowspan=_span(cell.row_span),
        colspan=_span(cell.column_span),
    )


def _span(span: int) -> int | None:
    return span if span > 1 else None


# -- what is said ----------------------------------------------------------------------------------


def _listed(marks: Sequence[_Numbered], first: Sequence[str]) -> Html:
    """The remarks by kind: the worst look first, then where a kind first occurs in the file."""
    kinds: dict[str, list[_Numbered]] = {kind: [] for kind in first}
    for one in sorted(marks, key=lambda one: LOOKS.index(one.mark.look)):
        kinds.setdefault(one.mark.kind, []).append(one)
    return joined((_kind(kind, each) for kind, each in kinds.items() if each), "\n")


def _kind(kind: str, each: Sequence[_Numbered]) -> Html:
    items = [_remark(one) for one in each]
    title = f"{kind}（{len(each)}）"
    if len(each) > _MANY and all(one.mark.look == "left" for one in each):
        return el("details", el("summary", title), el("ul", *items))
    return joined((el("h2", title), el("ul", *items)))


def _remark(one: _Numbered) -> Html:
    number = one.number
    link = el("a", number, href=f"#m{number}" if one.drawn else None, class_=one.mark.look)
    lines = (el("p", _clean(line)) for line in one.mark.lines)
    return el("li", link, el("b", _clean(one.mark.head)), *lines, id=f"n{number}")
