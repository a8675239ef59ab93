"""Sheet 正文 and a text file beside it: whichever holds text, and a question where both do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.diagnostics import Finding
from gxgen.editions.declared import EDITIONS
from gxgen.model.narrative import Narrative
from gxgen.model.outline import Line, assemble, heading_text
from gxgen.places import DocumentParagraph, SheetCell
from gxgen.prose.merge import merge

EDITION = EDITIONS["2021"]
DRAFT = EDITION.section("0").draft
TITLES = {section.mark: section.title for section in EDITION.sections}


def sheet(*lines: Line | str) -> Narrative:
    return _narrative(lines, lambda at: SheetCell("正文", at, 2))


def word(*lines: Line | str) -> Narrative:
    return _narrative(lines, lambda at: DocumentParagraph("某局.docx", at))


def _narrative(lines, place) -> Narrative:
    made = [
        Line(line, place(at))
        if isinstance(line, str)
        else Line(line.text, place(at), line.level, line.section)
        for at, line in enumerate(lines, 1)
    ]
    return assemble(EDITION, made)[0]


def merged(here: Narrative, there: Narrative) -> tuple[list[tuple[str, str]], list[Finding]]:
    narrative, findings = merge(EDITION, here, there, "某局.docx")
    return [(heading_text(p), p.text) for p in narrative], findings


BLANK = tuple(Line("", section=mark) for mark in TITLES)
DEFAULTS = (
    Line(DRAFT.format(agency="某县财政局", year=2023), section="0"),
    Line("", section="1"),
    Line("主动公开", level=2),
    Line("依申请公开", level=2),
    Line("", section="5"),
)


@pytest.mark.parametrize("form", [(), BLANK, DEFAULTS])
def test_the_file_fills_a_form_that_says_nothing(form: tuple[Line, ...]) -> None:
    found, findings = merged(
        sheet(*form), word("自己的导语。", "一、总体情况", "（一）公开", "甲。")
    )
    assert ("（一）公开", "甲。") in found
    assert ("", "自己的导语。") in found
    assert not any(heading == "（一）主动公开" for heading, _ in found)
    assert findings == []


def test_the_offered_preamble_stays_where_the_file_has_none() -> None:
    found, findings = merged(sheet(*DEFAULTS), word("一、总体情况", "甲。"))
    assert found[0] == ("", DRAFT.format(agency="某县财政局", year=2023))
    assert findings == []


def test_each_section_comes_from_whoever_wrote_it() -> None:
    found, findings = merged(
        sheet("一、总体情况", "甲。", "六、其他需要报告的事项"),
        word("一、总体情况", "六、其他需要报告的事项", "（一）没有其他事项。"),
    )
    assert found == [
        ("一、总体情况", "甲。"),
        ("六、其他需要报告的事项", ""),
        ("（一）没有其他事项。", ""),
    ]
    assert findings == []


def test_the_same_text_in_other_widths_is_the_same() -> None:
    _, findings = merged(
        sheet("一、总体情况", "（一）公开", "共１条（全）。"),
        word("一、总体情况", "(一) 公开", "共1条(全)。"),
    )
    assert findings == []


def test_different_texts_are_asked_about_with_both_places() -> None:
    found, (finding,) = merged(
        sheet("一、总体情况", "同样的话。", "公开1554条。"),
        word("一、总体情况", "同样的话。", "公开1445条。"),
    )
    assert found == [("一、总体情况", "同样的话。\n公开1554条。")]
    assert finding.code == "GX050"
    assert "正文!C4 是“公开1554条。”" in finding.message
    assert "某局.docx 正文第3段 是“公开1445条。”" in finding.message
    assert finding.place == SheetCell("正文", 3, 2)
    assert finding.related[0].place == DocumentParagraph("某局.docx", 3)


def test_a_difference_deep_in_a_line_is_shown() -> None:
    same = "前面的话都一样，" * 10
    _, (finding,) = merged(
        sheet("一、总体情况", f"{same}共1554条。"), word("一、总体情况", f"{same}共1445条。")
    )
    assert "共1554条。”" in finding.message
    assert "共1445条。”" in finding.message


def test_text_that_only_one_has_at_the_end_is_asked_about() -> None:
    _, (finding,) = merged(sheet("一、总体情况", "甲。"), word("一、总体情况", "甲。", "乙。"))
    assert "工作簿 是空，某局.docx 正文第3段 是“乙。”" in finding.message
    assert finding.place is not None


def test_a_heading_that_differs_is_a_difference() -> None:
    _, findings = merged(
        sheet("一、总体情况", "（一）甲", "话。"), word("一、总体情况", "（一）乙", "话。")
    )
    assert [f.code for f in findings] == ["GX050"]


TEXTS = st.dictionaries(
    st.sampled_from(["1", "5", "6"]), st.text("公开情况。", min_size=1, max_size=6), max_size=3
)


@given(TEXTS, TEXTS)
def test_no_text_is_lost_unless_asked_about(here: dict[str, str], there: dict[str, str]) -> None:
    narrative, findings = merge(EDITION, _plain(here), _plain(there), "某局.docx")
    text = {p.section: p.text for p in narrative}
    for mark in ("1", "5", "6"):
        assert text.get(mark, "") == here.get(mark, there.get(mark, ""))
    asked = {m for m in here.keys() & there.keys() if here[m] != there[m]}
    assert len(findings) == len(asked)


def _plain(texts: dict[str, str]) -> Narrative:
    return sheet(*(Line(text, section=mark) for mark, text in sorted(texts.items())))
