"""The headings of a published report against the form: words, numbers, order, as written."""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.diagnostics import Finding, Side
from gxgen.editions.schema import Edition, Section
from gxgen.model.narrative import PREAMBLE, Narrative, Passage
from gxgen.model.numbering import fold, number_text, section_heading, section_of, written_number
from gxgen.places import FilePart, Place
from gxgen.prose.raw import EDGES
from gxgen.published.blocks import Para
from gxgen.published.readings import Layout

_ENDS = "：:。"
_REMAINS = "、，,.．"
"""What is left of a number whose letter a site lost."""
_REPEATED = "GX043"


def heading_findings(layout: Layout, edition: Edition, file: str) -> Iterator[Finding]:
    """All that is otherwise than the form has it."""
    written = {one.mark: layout.blocks[one.at] for one in layout.headings}
    for section in edition.sections:
        block = written.get(section.mark)
        if section.mark == PREAMBLE:
            continue
        if isinstance(block, Para):
            yield from _as_written(section, block)
        elif not section.narrative:  # a missing section of words is GX040's
            message = f"文件里没有找到“{section_heading(section)}”这个标题。"
            yield Finding("GX822", message, FilePart(file), side=Side.DAMAGE)
    yield from _out_of_place(layout, edition)


def _as_written(section: Section, block: Para) -> Iterator[Finding]:
    """A section's heading: its number, then its words."""
    text = _heading_of(block.text)
    number = written_number(text)
    words = text[len(number.token) :] if number else text.lstrip(_REMAINS)
    proper = section_heading(section)
    if number is None or number_text(section.mark).strip("、") != _ordinal(number.token):
        yield _misnumbered(text, proper, block.place, lost=number is None)
    if fold(words) != fold(section.title) and fold(text) != fold(proper):
        message = f"标题写作“{text}”，格式规定的是“{proper}”。"
        side = Side.REPORT
        yield Finding("GX820", message, block.place, quote=text, side=side)


def _ordinal(token: str) -> str:
    return fold(token).removeprefix("第").removesuffix("部分")


def _misnumbered(text: str, proper: str, place: Place, *, lost: bool) -> Finding:
    side = Side.DAMAGE if lost else Side.REPORT
    what = "没有完整的编号" if lost else "的编号与格式规定的不同"
    message = f"标题“{text}”{what}，应写作“{proper}”。"
    return Finding("GX821", message, place, quote=text, side=side)


def _heading_of(text: str) -> str:
    """A heading without the text that runs in behind it."""
    text = text.strip(EDGES + "|｜")
    cut = next((at for at, letter in enumerate(text) if letter in _ENDS), len(text))
    return text[:cut].strip(EDGES)


def _out_of_place(layout: Layout, edition: Edition) -> Iterator[Finding]:
    """Lines with a section's own number and title where the order of the form has none."""
    known = {one.at for one in layout.headings}
    for mark, numbers in layout.sections.items():
        if mark == PREAMBLE:
            continue
        for at in numbers:
            block = layout.blocks[at]
            if at not in known and at not in layout.tables and isinstance(block, Para):
                yield from _stray(edition, block, mark)


def _stray(edition: Edition, block: Para, under: str) -> Iterator[Finding]:
    text = block.text.strip(EDGES)
    number = written_number(text)
    meant = section_of(edition, text) if number is not None and number.level == 1 else None
    if meant is not None and meant != PREAMBLE:
        message = (
            f"“{text}”排在“{section_heading(edition.section(under))}”的后面，"
            "与格式规定的顺序不符，或者是重复的。"
        )
        yield Finding("GX829", message, block.place, quote=text, side=Side.REPORT)


def numbering_findings(
    outline: tuple[Finding, ...], layout: Layout, narrative: Narrative
) -> Iterator[Finding]:
    """Numbers below the sections that skip or repeat; what would be printed concerns nobody."""
    before = {here.place: there for there, here in _siblings(narrative)}
    lines = _lines(layout)
    for one in outline:
        told, _, _ = one.message.partition("；")
        last = before.get(one.place)
        counted = last is None or written_number(_text(lines, last.place)) is not None
        if one.code == _REPEATED and "应为“" in told and counted:
            yield Finding(one.code, f"{told}。", one.place, quote=one.quote, side=Side.REPORT)


def has_headings_below(layout: Layout, narrative: Narrative, place: Place | None) -> bool:
    """Whether the heading at a place is followed by one that the file marks as a lower one."""
    lines = _lines(layout)
    at = next((n for n, one in enumerate(narrative) if one.place == place), None)
    if at is None or at + 1 == len(narrative):
        return False
    depths = [lines[p].depth for one in narrative[at : at + 2] if (p := one.place) in lines]
    return len(depths) == 2 and None not in depths and (depths[0] or 0) < (depths[1] or 0)


def _siblings(narrative: Narrative) -> Iterator[tuple[Passage, Passage]]:
    """Each passage with the one before it under the same heading."""
    last: dict[str, Passage] = {}
    for one in narrative:
        parent = one.mark.rpartition(".")[0]
        if parent and parent in last:
            yield last[parent], one
        last[parent] = one


def _lines(layout: Layout) -> dict[Place, Para]:
    return {block.place: block for block in layout.blocks if isinstance(block, Para)}


def _text(lines: dict[Place, Para], place: Place | None) -> str:
    return lines[place].text.strip(EDGES) if place in lines else ""
