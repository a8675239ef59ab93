"""Pages of a template beside the official page: paper, margins, grid, headers and page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.etree import _Element

from gxgen.diagnostics import Finding
from gxgen.document import page
from gxgen.formats.docx.wordml import W, paragraph_text, parse_xml
from gxgen.opc.package import DOCUMENT, Members
from gxgen.places import FilePart
from gxgen.templates.lint.flow import MISSING
from gxgen.templates.lint.parts import PAGES, Part, is_on, number_in, sections

CHARACTER_GRID, PAGE_LAYOUT = "GX610", "GX618"
CHARACTER_GRIDS = ("linesAndChars", "snapToChars")
SETTINGS = "word/settings.xml"
_PICTURES = re.compile(r"\{\{\s*pictures\.\w")
PER_MM = 1440 / 25.4
"""Twips of a millimetre."""
SLACK = 1.0
"""Millimetres that nobody sees."""
MARGINS = (
    ("top", "上", page.TOP),
    ("bottom", "下", page.BOTTOM),
    ("left", "左", page.LEFT),
    ("right", "右", page.RIGHT),
)
PICTURED = (
    ("top", "上", page.PICTURED_TOP),
    ("bottom", "下", page.PICTURED_BOTTOM),
    ("left", "左", page.PICTURED_SIDES),
    ("right", "右", page.PICTURED_SIDES),
)
"""Those of an illustrated edition."""


@dataclass(frozen=True, slots=True)
class Pages:
    """A section: its settings, the header and footer of each kind of page, its own or inherited,
    and which ``kinds`` its pages are of (``default``, ``even``, ``first``).
    """

    settings: _Element
    members: dict[tuple[str, str], str]
    kinds: tuple[str, ...]


def check_pages(members: Members, document: Part, drafts: set[str], file: str) -> Iterator[Finding]:
    """What is wrong with the pages; ``drafts`` are the headers that bear the draft mark."""
    every = _sections(members, document.root)
    for section in every:
        yield from _grid(section.settings, file)
    if not every:
        yield Finding(
            PAGE_LAYOUT, "模板没有页面设置，纸张和页边距由打开它的程序决定。", FilePart(file)
        )
        return
    yield from _without_header(every, drafts, file)
    pictured = any(_PICTURES.search(paragraph_text(p)) for p in document.root.iter(W + "p"))
    yield from _sheet(every[-1].settings, file, PICTURED if pictured else MARGINS)
    yield from _page_numbers(members, every[-1], file)


def _sections(members: Members, root: _Element) -> list[Pages]:
    """The sections in order, each with what it inherits from the one before."""
    settings = parse_xml(members[SETTINGS], SETTINGS) if SETTINGS in members else None
    twofold = settings is not None and is_on(settings.find(W + "evenAndOddHeaders"))
    inherited: dict[tuple[str, str], str] = {}
    found = []
    for section in sections(members, root):
        inherited = inherited | section.members
        first = is_on(section.settings.find(W + "titlePg"))
        kinds = ("default", *("even",) * twofold, *("first",) * first)
        found.append(Pages(section.settings, inherited, kinds))
    return found


def _without_header(every: list[Pages], drafts: set[str], file: str) -> Iterator[Finding]:
    """Pages that no header with the draft mark belongs to.

    Only the last section can be of any length; one before it, such as a cover, need not have a
    header for its even pages. Headers that are there and lack the mark are told elsewhere.
    """
    headers = {name for each in every for (kind, _), name in each.members.items()}
    if not drafts & headers:
        return
    for number, section in enumerate(every, 1):
        for kind in section.kinds:
            if kind == "even" and section is not every[-1]:
                continue
            if not section.members.get(("header", kind)):
                which = f"第{number}节的" if len(every) > 1 else ""
                message = (
                    f"{which}{PAGES[kind] or '各页'}没有页眉，“{{{{ draft_mark }}}}”无处可放，"
                    "草稿不能在每页标明。"
                )
                yield Finding(MISSING, message, FilePart(file))


def _grid(settings: _Element, file: str) -> Iterator[Finding]:
    grid = settings.find(W + "docGrid")
    kind = "" if grid is None else grid.get(W + "type", "")
    if grid is None or not kind or kind == "default":
        return
    place = FilePart(file, DOCUMENT)
    if kind in CHARACTER_GRIDS:
        message = f"页面设置的文档网格是“{kind}”，转成PDF时每行字数会变少。"
        yield Finding(CHARACTER_GRID, message, place)
    pitch = number_in(grid, "linePitch")
    if pitch is None or abs(pitch - page.LINE) > 1:
        now = "没有写" if pitch is None else f"现为{pitch / page.TWIPS:g}磅"
        message = f"文档网格的行距应为{page.LINE / page.TWIPS:g}磅（每页22行），{now}。"
        yield Finding(PAGE_LAYOUT, message, place)


def _sheet(
    settings: _Element, file: str, margins: Sequence[tuple[str, str, float]]
) -> Iterator[Finding]:
    """Paper and margins of the report itself; a cover may have its own."""
    place = FilePart(file, DOCUMENT)
    size, sides = settings.find(W + "pgSz"), settings.find(W + "pgMar")
    wide, high = (_millimetres(size, name) for name in ("w", "h"))
    if not (_near(wide, page.SHEET[0]) and _near(high, page.SHEET[1])):
        now = "没有写" if wide is None or high is None else f"现为宽{wide:.0f}、高{high:.0f}毫米"
        message = f"纸张应为A4纵向（宽{page.SHEET[0]:g}、高{page.SHEET[1]:g}毫米），{now}。"
        yield Finding(PAGE_LAYOUT, message, place)
    found = {name: _millimetres(sides, name) for name, _, _ in margins}
    if not all(_near(found[name], right) for name, _, right in margins):
        right = "、".join(f"{word}{length:g}" for _, word, length in margins)
        now = "、".join(f"{word}{_said(found[name])}" for name, word, _ in margins)
        yield Finding(PAGE_LAYOUT, f"页边距应为{right}毫米，现为{now}。", place)


def _said(length: float | None) -> str:
    return "没有写" if length is None else f"{round(length, 1):g}"


def _near(length: float | None, right: float) -> bool:
    return length is not None and abs(length - right) <= SLACK


def _millimetres(node: _Element | None, name: str) -> float | None:
    twips = number_in(node, name)
    return None if twips is None else twips / PER_MM


def _page_numbers(members: Members, section: Pages, file: str) -> Iterator[Finding]:
    """Each kind of page needs its number in the footer; a first page may do without. A footer that
    several kinds share is told once."""
    told: set[str] = set()
    for kind in section.kinds:
        name = section.members.get(("footer", kind), "")
        if name in told:
            continue
        lost = bool(name) and name not in members
        if kind == "first" or lost or (name and _numbers(members, name)):
            continue
        told |= {name} if name else set()
        place = FilePart(file, name or None)
        yield Finding(PAGE_LAYOUT, f"{PAGES[kind]}页脚里没有页码。", place)


def _numbers(members: Members, name: str) -> bool:
    root = parse_xml(members[name], name)
    typed = (node.text or "" for node in root.iter(W + "instrText"))
    fields = [*typed, *(node.get(W + "instr", "") for node in root.iter(W + "fldSimple"))]
    return any("PAGE" in field.upper().split() for field in fields)
