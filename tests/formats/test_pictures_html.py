"""The illustrated edition as a page and as a fragment: what it says, what is read back of it."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from gxgen.document.blocks import compose
from gxgen.document.cell import squash
from gxgen.document.illustrated.palettes import GREY, INK, PALETTES, WHITE
from gxgen.formats.html.declaration import FRAGMENT, HTML
from gxgen.formats.html.measured import page_faults
from gxgen.formats.html.pictures import words_of
from gxgen.formats.html.read import read_html
from gxgen.formats.manuscript import Manuscript
from gxgen.model.report import Report
from tests.formats.test_pictures import CASES, pictured, rich
from tests.support import ROOT, need_browser

EACH_CASE = pytest.mark.parametrize("case", CASES)
EACH_KIND = pytest.mark.parametrize("kind", ["html", "fragment"])
WRITERS = {"html": HTML.writer, "fragment": FRAGMENT.writer}


def manuscript(report: Report) -> Manuscript:
    return Manuscript(report, compose(report), pictured(report.edition.id))


def written(report: Report, kind: str) -> bytes:
    writer = WRITERS[kind]
    assert writer is not None
    return writer.write(manuscript(report))


def judged(data: bytes, report: Report, kind: str) -> list[str]:
    writer = WRITERS[kind]
    assert writer is not None
    return [f"{one.code} {one.message}" for one in writer.verify(data, manuscript(report))]


@EACH_KIND
@EACH_CASE
def test_reports_read_back(case: str, kind: str) -> None:
    report = CASES[case]()
    data = written(report, kind)
    assert judged(data, report, kind) == []
    assert data == written(report, kind)


@cache
def whole(kind: str) -> str:
    return written(rich(), kind).decode("utf-8-sig")


def _pictures(kind: str) -> list[re.Match[str]]:
    shape = r"<figure.*?</figure>" if kind == "html" else r"<table role.*?</table>"
    return list(re.finditer(shape, whole(kind), re.DOTALL))


@EACH_KIND
def test_any_digit_that_was_changed_is_told(kind: str) -> None:
    text = whole(kind)
    places = [
        found.start() + words.start(1) + at
        for found in _pictures(kind)
        for words in re.finditer(r">([^<]+)<", found[0])
        for at, letter in enumerate(words[1])
        if letter.isdigit()
    ]
    assert len(places) > 70
    for at in places:
        wrong = text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]
        found = judged(wrong.encode(), rich(), kind)
        assert [one[:5] for one in found] == ["GX627"], text[at - 40 : at + 20]


@EACH_KIND
def test_a_picture_that_was_lost_or_doubled_is_told(kind: str) -> None:
    text = whole(kind)
    for found in _pictures(kind):
        for instead in ("", found[0] * 2):
            wrong = text[: found.start()] + instead + text[found.end() :]
            assert any(one.startswith("GX627") for one in judged(wrong.encode(), rich(), kind))


_SHAPE = re.compile(r"<(?:svg|rect|path)\b[^>]*>")
_MEASURE = re.compile(r' (?:viewBox|width|height|x|y|d)="([^"]*)"')
EACH_DRAWN = pytest.mark.parametrize(
    ("old", "new"),
    [
        (r'(<rect [^>]*)class="m"', r'\1class="i"'),
        (r'(<path [^>]*)class="r0"', r'\1class="on"'),
        (r"<rect [^>]*></rect>", ""),
        (r"(<rect [^>]*></rect>)", r"\1\1"),
        (r'<path d="[^"]*" class="[^"]*"></path>', ""),
        (r' preserveAspectRatio="none"', ""),
        (r"<rect ", '<rect transform="scale(1.5)" '),
        (r"<rect ", '<rect style="width:9px" '),
        (r'<svg role="img"', '<svg role="img" opacity="0"'),
    ],
)
FRAGMENT_CHANGES = (
    (r'<td [^>]*width="(\d+)%', "+1"),
    (r'<td [^>]*bgcolor="(#[0-9A-Fa-f]{6})"[^>]*font-size:6px', "#ffffff"),
    (r"background:(#[0-9A-Fa-f]{6});font-size:6px", "#ffffff"),
    (r"border-top:(8)px[^>]*font-size:6px", "19"),
    (r"font-size:6(px)", "px;width:40px"),
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def _drawn(text: str) -> Iterator[tuple[int, int]]:
    """Where each number stands that a drawing of figures is made of; an icon shows none."""
    icons = [f.span() for f in re.finditer(r'<svg [^>]*><path d="[^"]*"></path></svg>', text)]
    for figure in re.finditer("<figure.*?</figure>", text, re.DOTALL):
        for shape in _SHAPE.finditer(text, *figure.span()):
            if any(start <= shape.start() < end for start, end in icons):
                continue
            for value in _MEASURE.finditer(text, *shape.span()):
                yield from (one.span() for one in _NUMBER.finditer(text, *value.span(1)))


def _otherwise(text: str, start: int, end: int) -> str:
    """A number a fiftieth more or less, and one unit at least."""
    number = float(text[start:end])
    by = max(1.0, number / 50) * (1 if start % 2 else -1)
    return f"{text[:start]}{number + by:.2f}{text[end:]}"


def test_whatever_is_drawn_to_measure_is_read_back() -> None:
    blocks = list(manuscript(rich()).shown.blocks)
    text = "".join(found[0] for found in _pictures("html"))
    assert list(page_faults(read_html(text).set_apart, blocks)) == []
    places = list(_drawn(text))
    assert len(places) > 280
    for start, end in places:
        wrong = read_html(_otherwise(text, start, end)).set_apart
        (found,) = page_faults(wrong, blocks)
        assert "画得与它的数不符" in found, text[start - 60 : end + 20]


@EACH_DRAWN
def test_a_part_that_was_lost_hidden_or_coloured_otherwise_is_told(old: str, new: str) -> None:
    places = list(re.finditer(old, whole("html")))
    assert places
    for found in places:
        wrong = whole("html")[: found.start()] + found.expand(new) + whole("html")[found.end() :]
        told = judged(wrong.encode(), rich(), "html")
        assert told and {one[:5] for one in told} <= {"GX627", "GX634"}, found[0]


def test_whatever_is_a_bar_of_a_fragment_is_read_back() -> None:
    """Its width, its ground, and that nothing else stretches it."""
    text = whole("fragment")
    changed = [
        (found.start(1), found.end(1), instead)
        for table in _pictures("fragment")
        for pattern, instead in FRAGMENT_CHANGES
        for found in re.compile(pattern).finditer(text, *table.span())
    ]
    assert len(changed) > 80
    for start, end, instead in changed:
        new = str(int(text[start:end]) + 1) if instead == "+1" else instead
        wrong = text[:start] + new + text[end:]
        found = judged(wrong.encode(), rich(), "fragment")
        assert {one[:5] for one in found} == {"GX627"}, text[start - 90 : end + 20]


def test_every_drawing_that_shows_figures_is_read_out() -> None:
    shown = manuscript(rich()).document.illustration.pictures
    said = [text for some in shown.values() for one in some for text in one.spoken]
    page = whole("html")
    drawn = re.findall(r'<svg role="img"[^>]*><title>([^<]*)</title>', page)
    assert set(drawn) <= set(said) and len(drawn) == 3
    for svg in re.findall(r"<svg\b[^>]*>", page):
        assert 'role="img"' in svg or 'aria-hidden="true"' in svg
    for some in shown.values():
        for one in some:
            assert all(squash(line) in words_of(one) for lines in one.cells for line in lines)


def test_a_fragment_has_no_more_than_editors_keep() -> None:
    text = whole("fragment")
    assert not re.search(r"<(?:svg|style|script|figure|img)\b|\b(?:class|id)=|position:", text)


@EACH_KIND
def test_the_page_is_in_the_county_s_colours_alone(kind: str) -> None:
    text = whole(kind).upper()
    assert PALETTES["红"].main in text
    assert not any(palette.main in text for name, palette in PALETTES.items() if name != "红")


def _luminance(colour: str) -> float:
    def part(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(part, bytes.fromhex(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", PALETTES)
def test_whatever_carries_text_is_told_from_its_ground(name: str) -> None:
    """WCAG 2 AA, small text: 4.5 to 1."""
    colours = PALETTES[name]
    pairs = [
        *((colour, WHITE) for colour in (INK, GREY, colours.main, colours.deep, colours.gold_text)),
        *((colour, colours.tint) for colour in (INK, GREY, colours.main, colours.deep)),
        (colours.gold_text, colours.tint),
        (colours.deep, colours.mid),
        (colours.deep, colours.sky),
        (colours.gold_text, colours.sky),
    ]
    for text, ground in pairs:
        assert contrast(text, ground) >= 4.5, (text, ground)


@pytest.mark.tool
@pytest.mark.parametrize("case", ["rich", "seven digits", "zero"])
def test_in_a_browser(case: str, tmp_path: Path) -> None:
    """Nothing is held against it by axe-core, and a phone shows it without scrolling sideways."""
    node, chromium = need_browser()
    page = tmp_path / "page.html"
    page.write_bytes(written(CASES[case](), "html"))
    command = [node, str(ROOT / "tests" / "tools" / "html_page.mjs"), chromium, str(page)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    found = json.loads(done.stdout)
    for screen in ("desktop", "phone"):
        assert found[screen]["violations"] == []
        assert found[screen]["overflow"] <= 0
    assert found["said"] == [] and found["outside"] == []
