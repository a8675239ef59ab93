"""What a leader would send back, measured on the pages of demo reports and of the five samples.

    python -m benchmarks.pages [reports] [--office | --chromium] [--style illustrated] [--show]

Half of the reports are in the form of 2021, half in that of 2019. By default the built-in PDF is
measured; ``--office``: what LibreOffice makes of the DOCX, ``--chromium``: the page's print.
``--style illustrated``: the picture edition, which has no built-in PDF; what is measured by the
official page alone is left out. ``--show`` names each fault with its report, page and line. The
exit code is 1 if there is any.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median

from benchmarks.audit import demo_report
from benchmarks.printed import (
    OFFICIAL,
    PICTURED,
    RIGHT,
    Letter,
    Line,
    Printed,
    Sheet,
    printed,
    usual_space,
)
from benchmarks.printers import BUILT_IN, PRINTERS
from benchmarks.samples import reports
from gxgen.document import page as measures
from gxgen.document.blocks import Document, compose
from gxgen.document.lines import DASHES, NOT_FIRST, OPENING
from gxgen.fonts.catalogue import Face, own_faces
from gxgen.fonts.faces import Role
from gxgen.fonts.findings import texts_in_order
from gxgen.model.report import Report

STRETCH = 1.5
"""Of the paragraph's median: the white between a line's characters that is not seen as torn."""
SMALLEST = 7.5
"""Points of the smallest type."""
NUMBER = re.compile("[一-鿿]〔[12][0-9]{3}〕第?[0-9]{1,6}号")
_VERTICAL = "-VKana"
"""What LibreOffice adds to the names of some faces."""
_NEAR = 2.0
"""Points by which two places may differ that are one."""


@dataclass(frozen=True)
class Page:
    """A report, its blocks, and its pages as they were printed."""

    report: Report
    document: Document
    pages: Printed


Rule = Callable[[Page], Iterator[str]]


def stretched(of: Page) -> Iterator[str]:
    """Lines whose characters stand much further apart than in the rest of their paragraph."""
    for paragraph in of.pages.paragraphs():
        usual = max(usual_space(paragraph), 0.1)
        for line in paragraph[:-1]:
            if line.spaces and median(line.spaces) > STRETCH * usual:
                yield f"{_where(line)}（{median(line.spaces) / usual:.2f}倍）"


def split_words(of: Page) -> Iterator[str]:
    """Numbers of documents, dashes and points of omission that a line's end divides."""
    for paragraph in of.pages.paragraphs():
        text = "".join(line.text for line in paragraph)
        ends = set(_ends(paragraph))
        whole = [found.span() for found in NUMBER.finditer(text)]
        whole += [f.span() for two in DASHES for f in re.finditer(two, text)]
        yield from (text[a:b] for a, b in whole if ends & set(range(a + 1, b)))


def _ends(paragraph: Iterable[Line]) -> Iterator[int]:
    at = 0
    for line in paragraph:
        at += len(line.text)
        yield at


def forbidden(of: Page) -> Iterator[str]:
    """Lines that begin with a closing sign or end with an opening one."""
    for paragraph in of.pages.paragraphs():
        for before, after in pairwise(paragraph):
            if before.text[-1] in OPENING or after.text[0] in NOT_FIRST:
                yield f"{_where(before)}｜{after.text[:6]}"


def empty(of: Page) -> Iterator[str]:
    """Pages between cover and last page that are more than a third empty."""
    sheet = of.pages.sheet
    for number, depth in enumerate(of.pages.depths[sheet.covers : -1], 1 + sheet.covers):
        if (room := (sheet.foot - depth) / (sheet.foot - sheet.top)) > measures.MOST_EMPTY:
            yield f"第{number}页空{room:.0%}"


def outside(of: Page) -> Iterator[str]:
    """Lines that reach over a margin; a sign may hang half its width at either side."""
    sheet = of.pages.sheet
    half = sheet.character / 2
    for line in of.pages.body():
        last = line.letters[-1]
        end = last.x + (0.5 if ord(last.char) < 0x2E80 else 1.0) * last.size
        if line.x < sheet.left - half - _NEAR or end > sheet.right + half + _NEAR:
            yield _where(line)


def small(of: Page) -> Iterator[str]:
    """Type too small to read."""
    for number, page in enumerate(of.pages.letters, 1):
        if sizes := {letter.size for letter in page if letter.size < SMALLEST - 0.01}:
            yield f"第{number}页{min(sizes):g}磅"


def other_faces(of: Page) -> Iterator[str]:
    """Characters in another face than the one that ``gxgen doctor`` announces for them."""
    sizes = (measures.TITLE_SIZE, measures.BODY_SIZE)
    lines = [line for size in sizes for line in of.pages.body(size)]
    letters = [letter for line in lines for letter in line.letters]
    wanted = [(r, c) for r, text in texts_in_order(of.document) for c in text if c.strip()]
    if [c for _, c in wanted] != [letter.char for letter in letters]:
        yield "页上的文字与报告的文字对不上"
        return
    wrong = Counter(
        (role, letter.font)
        for (role, _), letter in zip(wanted, letters, strict=True)
        if not _is_named(letter.font, _announced(role, letter.char))
    )
    yield from (f"{role.value}用了{font}（{n}字）" for (role, font), n in wrong.items())


def _is_named(font: str, names: frozenset[str]) -> bool:
    """Whether a face bears one of the names; a heading's may be the bold one of the same family."""
    plain = font.removesuffix(_VERTICAL)
    family = {name.partition("-")[0] for name in names}
    return plain in names or (plain.endswith("-Bold") and plain.partition("-")[0] in family)


@cache
def _announced(role: Role, char: str) -> frozenset[str]:
    catalogue = own_faces()
    latin = " " < char < "\x7f" and role is not Role.TITLE and catalogue.chain(Role.LATIN)
    face = catalogue.face_of(char, Role.LATIN if latin else role)
    return _names(face) if face else frozenset()


@cache
def _names(face: Face) -> frozenset[str]:
    """What a PDF may call a face: its PostScript name, or the name of its outlines."""
    from fontTools.ttLib import TTFont

    with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
        found = {str(font["name"].getDebugName(6))}
        if "CFF " in font:
            found |= set(font["CFF "].cff.fontNames)
    return frozenset(found | {name.replace("-", "") for name in found})


def signed(of: Page) -> Iterator[str]:
    """A sign-off alone on its page, broken inside a word, or not where the standard has it."""
    lines = of.document.sign_off.lines
    if not lines:
        return
    agency, *dates = of.document.sign_off.broken
    wanted = [*agency.split("\n"), *dates]
    found = of.pages.body()[-len(wanted) :]
    if [line.text for line in found] != ["".join(text.split()) for text in wanted]:
        yield f"落款断为{'｜'.join(line.text for line in found)}"
        return
    above = of.pages.body()[-len(wanted) - 1]
    if above.page != found[0].page or found[0].page != found[-1].page:
        yield "落款单独成页"
    yield from _placed(found[: -1 if dates else None], found[-1] if dates else None)


def _placed(agency: list[Line], date: Line | None) -> Iterator[str]:
    """GB/T 9704-2012, 7.3.5.2: the agency ends two characters from the margin, the date begins two
    characters after it; the longer of both ends there."""
    two = measures.SIGN_OFF_BLANK * measures.CHARACTER
    end, begin = max(_end(line.letters[-1]) for line in agency), agency[0].x
    if date is not None:
        if abs(date.x - begin - two) > _NEAR:
            yield f"成文日期从第{(date.x - begin) / measures.CHARACTER:.1f}字起"
        if (day := _end(date.letters[-1])) - date.x > end - begin:
            end = day
    if not two - _NEAR <= RIGHT - end <= two + measures.CHARACTER:
        yield f"落款右空{(RIGHT - end) / measures.CHARACTER:.1f}字"


def _end(letter: Letter) -> float:
    return letter.x + (0.5 if ord(letter.char) < 0x2E80 else 1.0) * measures.CHARACTER


def _where(line: Line) -> str:
    return f"第{line.page + 1}页“{line.text[:6]}…{line.text[-6:]}”"


RULES: Mapping[str, Rule] = {
    "拉得过开的行": stretched,
    "拆开的文号、破折号、省略号": split_words,
    "不该在行首、行末的标点": forbidden,
    "越出版心的行": outside,
    "空了三分之一以上的中间页": empty,
    "小于7.5磅的字": small,
    "与doctor所报不同的字体": other_faces,
    "落款不合规则": signed,
}


SHEETS: Mapping[str, Sheet] = {"official": OFFICIAL, "illustrated": PICTURED}
"""Where the text of each style stands."""
OF_OFFICIAL: Mapping[str, str] = {
    "与doctor所报不同的字体": "图中的字与正文同大，分不开；由test_office_faces.py核对",
    "落款不合规则": "落款的位置按公文格式量，图文版另有版式",
}
"""The rules that say nothing of another style, and why."""


def measured(report: Report, pdf: bytes, style: str = "official") -> dict[str, list[str]]:
    """What each rule holds against a report's PDF."""
    page = Page(report, compose(report), printed(pdf, SHEETS[style]))
    rules = RULES if style == "official" else RULES.keys() - OF_OFFICIAL.keys()
    return {name: list(rule(page)) for name, rule in RULES.items() if name in rules}


def main(number: int, printer: str, style: str, *, show: bool) -> bool:
    """Measure and print; whether nothing is wrong."""
    given = [*(demo_report(index) for index in range(number)), *reports()]
    totals: Counter[str] = Counter()
    sheets = 0
    for report, pdf in PRINTERS[printer](given, style):
        found = measured(report, pdf, style)
        totals.update({name: len(faults) for name, faults in found.items()})
        sheets += len(printed(pdf).depths)
        for name, faults in found.items() if show else ():
            for fault in faults:
                print(f"{report.agency.name}（{report.edition.id}）{name}：{fault}")
    print(f"{style}，{printer}，{len(given)}份报告，{sheets}页")
    for name in RULES:
        print(f"  {name:<20} {totals[name] if name in totals else '不量：' + OF_OFFICIAL[name]}")
    return not totals.total()


if __name__ == "__main__":
    words = sys.argv[1:]
    chosen = next(
        (w.removeprefix("--") for w in words if w.removeprefix("--") in PRINTERS), BUILT_IN
    )
    count = next((int(word) for word in words if word.isdecimal()), 100)
    style = words[words.index("--style") + 1] if "--style" in words else "official"
    sys.exit(not main(count, chosen, style, show="--show" in words))
