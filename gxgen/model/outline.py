"""From an agency's lines to the report's outline.

Lines come from sheet 正文, from a Word or text file, or from a published report. What an agency
writes is kept to the letter; only the numbers of headings are left out, because they follow from
the order, and every number that will print otherwise than written is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import zip_longest

from gxgen.diagnostics import Finding, Related
from gxgen.editions.schema import Edition, Section
from gxgen.model.headings import Item, build, settle
from gxgen.model.narrative import PREAMBLE, Narrative, Passage
from gxgen.model.numbering import (
    Written,
    fold,
    number_text,
    section_heading,
    section_of,
    section_worded,
    written_number,
)
from gxgen.places import Place

LONGEST_TITLE = 40
"""A line longer than this is no section's title in words of its own."""
LIKENESS = 0.5
"""How alike a numbered title must be to the fixed one of the same number to be taken for it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as read.

    ``section``: the line opens that section. ``level``: 0 a paragraph, 1 a section's title,
    2 （一）, 3 1., 4 （1）; None leaves it to be inferred from the number.
    """

    text: str
    place: Place | None = None
    level: int | None = None
    section: str | None = None


@dataclass(slots=True)
class _Stretch:
    """The lines from one section title to the next."""

    mark: str
    place: Place | None = None
    items: list[Item] = field(default_factory=list)


def heading_text(passage: Passage) -> str:
    """Number and heading as printed; empty for the preamble."""
    return "" if passage.heading is None else printed_number(passage) + passage.heading


def printed_number(passage: Passage) -> str:
    """Its number as printed: ``1.`` keeps apart from a heading that begins with a digit."""
    number = number_text(passage.mark)
    starts_with_digit = passage.heading is not None and passage.heading[:1].isdigit()
    return f"{number} " if starts_with_digit and number.endswith(".") else number


def assemble(edition: Edition, lines: Iterable[Line]) -> tuple[Narrative, list[Finding]]:
    """The passages of every section that occurs, in the form's order, and what is odd about them.

    Text before the first title is the preamble. A section that occurs twice gets both texts.
    """
    findings: list[Finding] = []
    stretches = list(_stretches(edition, lines, findings))
    kept = _without_empty_doubles(stretches)
    findings += _misplaced(edition, kept)
    passages: list[Passage] = []
    for section in edition.sections:
        own = [s for s in kept if s.mark == section.mark]
        if own and (section.mark != PREAMBLE or any(s.items for s in own)):
            items = [item for stretch in own for item in stretch.items]
            settle(items)
            items = _without_preset_doubles(section, items)
            heading = None if section.mark == PREAMBLE else section.title
            opening = Passage(section.mark, heading, (), own[0].place)
            passages += build(opening, items, findings)
    return tuple(passages), findings


def _stretches(
    edition: Edition, lines: Iterable[Line], findings: list[Finding]
) -> Iterator[_Stretch]:
    current = _Stretch(PREAMBLE)
    lines = list(_single(lines))
    titled = frozenset(
        mark
        for line in lines
        if line.section is None and line.level in (None, 1)
        if (mark := section_of(edition, line.text))
    )
    for line in lines:
        opening = _opens(edition, line, findings, current.mark, titled)
        if opening is None:
            level = line.level
            if level is None and _is_part(edition, line, current.mark, titled):
                level = 2
            current.items.append(Item(line.text, line.place, level))
            continue
        if opening.mark == current.mark == PREAMBLE and current.place is None:
            current.place = line.place
        else:
            yield current
            current = _Stretch(opening.mark, line.place)
        if opening.rest:
            level = line.level if line.section else None
            current.items.append(Item(opening.rest, line.place, level))
    yield current


def _single(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines without a break in them and without white space around."""
    for line in lines:
        written = line.text.splitlines()
        if len(written) == 1 and written[0].strip(_EDGES) == line.text:
            yield line
            continue
        pieces = [p for piece in written if (p := piece.strip(_EDGES))]
        if not pieces and line.section:
            yield replace(line, text="")
        for at, piece in enumerate(pieces):
            if at == 0:
                yield line if piece == line.text else replace(line, text=piece)
            else:
                yield Line(piece, line.place, 0 if line.level is not None else None)


_EDGES = " \t\u3000\xa0\u200b\ufeff\u2002\u2003"


@dataclass(frozen=True, slots=True)
class _Opening:
    """The section that a line opens, and the text that stands behind its title."""

    mark: str
    rest: str = ""


def _opens(
    edition: Edition, line: Line, findings: list[Finding], current: str, titled: frozenset[str]
) -> _Opening | None:
    """``current``: the mark of the section that is open; ``titled``: those with a fixed title."""
    if line.section is not None:
        is_title = section_of(edition, line.text) == line.section
        return _Opening(line.section, "" if is_title else line.text)
    if line.level not in (None, 1):
        return None
    number = written_number(line.text)
    numbered = number is not None and number.level == 1
    for title, rest in _cuts(line.text) if numbered else ((line.text, ""),):
        if mark := section_of(edition, title):
            findings += _title_findings(edition.section(mark), title, number, line.place)
            return _Opening(mark, rest)
    damaged = line.text[:1] in "lI|丨、，"
    if numbered or damaged or line.level == 1:
        mark = section_worded(edition, line.text)
        if mark and mark not in titled:
            findings += _title_findings(edition.section(mark), line.text, number, line.place)
            return _Opening(mark)
    if _is_part(edition, line, current, titled):
        return None
    return _probably_opens(edition, line, findings, current, titled)


def _is_part(edition: Edition, line: Line, current: str, titled: frozenset[str]) -> bool:
    """Whether a line numbered like a section is a part of the one that is open: 一、主动公开."""
    number = written_number(line.text)
    if number is None or number.level != 1 or current == PREAMBLE:
        return False
    core = fold(line.text[len(number.token) :])
    meant = next((s for s in edition.sections if s.mark == str(number.ordinal)), None)
    if meant is not None and meant.mark not in titled and _alike(core, meant):
        return False
    bare = core.removeprefix("政府信息公开")
    return any(
        bare == title + tail or core == title + tail
        for part in edition.section(current).parts
        for title in (fold(part.title), fold(part.title).removeprefix("政府信息公开"))
        for tail in _HEADING_TAILS
    )


def _cuts(text: str) -> Iterator[tuple[str, str]]:
    """(title, rest): the whole line, then up to each mark that can end a title."""
    yield text, ""
    for at, character in enumerate(text[:LONGEST_TITLE]):
        if character in "：:。":
            yield text[:at], text[at + 1 :].strip(_EDGES)


def _probably_opens(
    edition: Edition, line: Line, findings: list[Finding], current: str, titled: frozenset[str]
) -> _Opening | None:
    """A title in words of its own: taken where its number and wording point to one section."""
    number = written_number(line.text)
    if number is None or number.level != 1:
        return None
    core = line.text[len(number.token) :]
    if not core or len(core) > LONGEST_TITLE or any(c in "。；！？" for c in core):
        return None
    meant = next((s for s in edition.sections if s.mark == str(number.ordinal)), None)
    if meant is not None and meant.mark not in titled and _alike(core, meant):
        message = (
            f"标题写作“{line.text}”，与格式规定的不同；"
            f"已按“{section_heading(meant)}”读入，并将这样印出。"
        )
    else:
        meant = None
        message = (
            f"“{line.text}”的编号像是一个部分的标题，但格式规定的六个标题里没有它；"
            f"已作为一段正文留在“{section_heading(edition.section(current))}”里。"
        )
    findings.append(Finding("GX047", message, line.place, quote=line.text))
    return None if meant is None else _Opening(meant.mark)


def _alike(core: str, section: Section) -> bool:
    return any(
        SequenceMatcher(None, fold(core), fold(title), autojunk=False).ratio() >= LIKENESS
        for title in (section.title, *section.aliases)
    )


def _title_findings(
    section: Section, written: str, number: Written | None, place: Place | None
) -> Iterator[Finding]:
    """A title whose number or wording will print otherwise than written."""
    if section.mark == PREAMBLE:
        return
    core = written[len(number.token) :] if number else written
    if number is not None and str(number.ordinal) != section.mark:
        proper = number_text(section.mark)
        message = f"“{written}”的编号应为“{proper}”，将印作“{section_heading(section)}”。"
        yield Finding("GX043", message, place, quote=written)
    if fold(core) != fold(section.title):
        message = f"标题写作“{written}”，将按格式规定印作“{section_heading(section)}”。"
        yield Finding("GX046", message, place, quote=written)


def _without_empty_doubles(stretches: list[_Stretch]) -> list[_Stretch]:
    """A title without text, as in a table of contents, gives way to its double."""
    last = {stretch.mark: stretch for stretch in stretches}
    filled = {stretch.mark for stretch in stretches if stretch.items}
    return [
        stretch
        for stretch in stretches
        if stretch.items or (stretch is last[stretch.mark] and stretch.mark not in filled)
    ]


_HEADING_TAILS = ("", "情况", "方面", "工作", "工作情况", "方面情况")


def _without_preset_doubles(section: Section, items: list[Item]) -> list[Item]:
    """A heading that the form offers gives way to the same one typed right below it."""
    offered = {fold(part.title) for part in section.parts}
    return [
        item
        for item, after in zip_longest(items, items[1:])
        if after is None
        or not (item.given == item.level == after.level)
        or after.given is not None
        or fold(item.text) not in offered
        or not _same_heading(fold(item.text), after)
    ]


def _same_heading(offered: str, typed: Item) -> bool:
    core = fold(typed.body[: typed.lead] if typed.lead else typed.body)
    return core.startswith(offered) and core.removeprefix(offered) in _HEADING_TAILS


def _misplaced(edition: Edition, stretches: list[_Stretch]) -> Iterator[Finding]:
    """Sections that come twice, and sections that come after a later one."""
    order = [section.mark for section in edition.sections]
    seen: dict[str, _Stretch] = {}
    for stretch in stretches:
        name = section_heading(edition.section(stretch.mark))
        highest = max(seen, key=order.index, default=stretch.mark)
        if stretch.mark in seen:
            first = seen[stretch.mark].place
            before = "" if first is None else f"，前一次在 {first}"
            message = f"“{name}”出现了两次{before}；两处的文字都已放在这一部分里。"
            yield Finding("GX045", message, stretch.place, related=(Related(None, first),))
        elif order.index(highest) > order.index(stretch.mark):
            after = section_heading(edition.section(highest))
            message = f"“{name}”排在“{after}”的后面；将按格式规定的顺序印出。"
            yield Finding("GX044", message, stretch.place)
        seen.setdefault(stretch.mark, stretch)
