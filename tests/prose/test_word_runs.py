"""The closed list of what a run of a Word file may hold: none joins what is seen apart."""

from __future__ import annotations

import re

import pytest

from gxgen.editions.declared import EDITIONS
from gxgen.prose.neighbour import read_neighbour
from tests.prose.test_word_elements import RAISED, WHITE, line, read
from tests.prose.word_files import docx, looking, numbering, paragraph, run

CHILDREN_OF_A_RUN = """
w:rPr w:br w:t w:contentPart w:delText w:instrText w:delInstrText w:noBreakHyphen w:softHyphen
w:dayShort w:monthShort w:yearShort w:dayLong w:monthLong w:yearLong w:annotationRef w:footnoteRef
w:endnoteRef w:separator w:continuationSeparator w:sym w:pgNum w:cr w:tab w:object w:pict w:fldChar
w:ruby w:footnoteReference w:endnoteReference w:commentReference w:drawing w:ptab
w:lastRenderedPageBreak
"""
TOLD_CODES = {"GX056", "GX059", "GX092"}
KINDS = ("", *(f' w:type="{kind}"' for kind in ("textWrapping", "page", "column")))
BREAKS = [f"<w:br{kind}/>" for kind in KINDS] + ["<w:cr/>"]
BETWEEN = {
    **dict.fromkeys(BREAKS, ("3\n5件", ["GX059"])),
    **dict.fromkeys(["<w:tab/>", "<w:ptab/>"], ("3\t5件", [])),
    "<w:noBreakHyphen/>": ("3-5件", []),
    "<w:t>0</w:t>": ("305件", []),
    '<w:sym w:font="宋体" w:char="2460"/>': ("3①5件", []),
    '<w:sym w:font="Wingdings" w:char="F0FC"/>': ("3 5件", ["GX056"]),
    "<w:ruby><w:rt/><w:rubyBase><w:r><w:t>0</w:t></w:r></w:rubyBase></w:ruby>": (
        "305件", ["GX059"]
    ),
    '<w:fldChar w:fldCharType="begin"/>': ("35件", ["GX092"]),
    **dict.fromkeys(
        ["w:contentPart", "w:footnoteReference", "w:endnoteReference"], ("3 5件", ["GX056"])
    ),
    **dict.fromkeys(
        ["w:pgNum", *(f"w:{w}{n}" for w in ("day", "month", "year") for n in ("Long", "Short"))],
        ("3 5件", ["GX056"]),
    ),
    **dict.fromkeys(["w:commentReference", "w:drawing", "w:pict"], ("35件", ["GX059"])),
    "w:object": ("35件", ["GX056"]),
    **dict.fromkeys(
        ["w:rPr", "w:delText", "w:instrText", "w:delInstrText", "w:annotationRef",
         "w:footnoteRef", "w:endnoteRef", "w:separator", "w:continuationSeparator",
         "w:softHyphen", "w:lastRenderedPageBreak"],
        ("35件", []),
    ),
}  # fmt: skip
"""All that a run may hold (ECMA-376, CT_R), set between two digits, and what is read of it."""


@pytest.mark.parametrize("inner", BETWEEN)
def test_what_stands_between_two_digits_joins_them_only_where_they_are_seen_joined(
    inner: str,
) -> None:
    text, codes = BETWEEN[inner]
    between = inner if inner[0] == "<" else f"<{inner}/>"
    content = f"<w:r><w:t>3</w:t>{between}<w:t>5件</w:t></w:r>"
    file = docx(paragraph("一、总体情况"), paragraph(content))
    reading = read_neighbour(file, "稿.docx", EDITIONS["2021"])
    said = "\n".join(p.text for one in reading.narrative for p in one.paragraphs)
    assert (said, [f.code for f in reading.findings if f.code in TOLD_CODES]) == (text, codes)


def test_every_child_of_a_run_is_decided() -> None:
    decided = {re.split(r"[ />]", inner.strip("<"))[0] for inner in BETWEEN}
    assert decided == set(CHILDREN_OF_A_RUN.split())


@pytest.mark.parametrize("look", ["<w:vanish/>", "<w:strike/>", WHITE, RAISED, '<w:sz w:val="2"/>'])
@pytest.mark.parametrize("inner", BREAKS)
def test_no_look_takes_a_break_away(look: str, inner: str) -> None:
    broken = f"<w:r><w:rPr>{look}</w:rPr>{inner}</w:r>"
    assert line(run("前") + broken + run("后")) == ("前\n后", [])


def test_a_gap_that_is_white_or_struck_is_still_a_gap() -> None:
    assert line(run("3") + looking(" ", WHITE) + run("5")) == ("3 5", [])
    assert line(run("3") + looking("\t", "<w:strike/>") + run("5")) == ("3\t5", [])


@pytest.mark.parametrize("inner", BREAKS)
def test_a_break_that_opens_or_ends_a_paragraph_divides_nothing(inner: str) -> None:
    broken = f"<w:r>{inner}</w:r>"
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    raw = read(
        paragraph(broken + run("甲")),
        paragraph(broken),
        paragraph(run("乙") + broken),
        paragraph(broken + run("丙"), numbered),
        numbering=numbering(("chineseCounting", "%1、")),
    )
    assert [(one.text, one.broken) for one in raw.lines] == [
        ("甲", False), ("乙", False), ("一、丙", False)
    ]  # fmt: skip
    assert raw.findings == []


def test_signs_that_turn_the_direction_are_told() -> None:
    assert line(run("共\u202e21\u202c件")) == ("共21件", ["GX083"])
