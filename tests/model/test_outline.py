"""Lines to outline: what becomes a heading, what is told, and that no character is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.editions.declared import EDITIONS
from gxgen.model.headings import LEAD_LENGTH
from gxgen.model.numbering import number_text, section_of, written_number
from gxgen.model.outline import Line, assemble, heading_text
from gxgen.places import DocumentParagraph, SheetCell

EDITION = EDITIONS["2021"]


def outline(*lines: str | Line) -> list[tuple[str, str]]:
    """(printed heading, text) of each passage."""
    passages, _ = read(*lines)
    return [(heading_text(p), p.text) for p in passages]


def codes(*lines: str | Line) -> list[str]:
    return [finding.code for finding in read(*lines)[1]]


def read(*lines: str | Line):
    given_lines = [
        Line(line, DocumentParagraph("稿.txt", at)) if isinstance(line, str) else line
        for at, line in enumerate(lines, 1)
    ]
    return assemble(EDITION, given_lines)


@pytest.mark.parametrize(
    ("mark", "printed"),
    [
        ("0", ""),
        ("1", "一、"),
        ("1.2", "（二）"),
        ("1.11", "（十一）"),
        ("1.2.3", "3."),
        ("1.2.3.4", "（4）"),
        ("6.20", "（二十）"),
    ],
)
def test_number_of_a_mark(mark: str, printed: str) -> None:
    assert number_text(mark) == printed


@given(st.integers(1, 99), st.integers(1, 4))
def test_a_printed_number_reads_as_itself(ordinal: int, level: int) -> None:
    mark = ".".join(["1"] * (level - 1) + [str(ordinal)])
    if mark == "9":
        return
    found = written_number(number_text(mark) + "标题")
    assert found is not None
    assert (found.level, found.ordinal) == (level, ordinal)


@pytest.mark.parametrize("text", ["3.8万余条", "一是健全制度", "2023年，", "十分重要", "①公开", ""])
def test_text_that_begins_with_no_number(text: str) -> None:
    assert written_number(text) is None


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("一、总体情况", "1"),
        ("一 、 总 体 情 况", "1"),
        ("总体情况：", "1"),
        ("第五部分 存在的主要问题及改进情况", "5"),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "4"),
        ("四、政府信息公开行政复议,行政诉讼情况", "4"),
        ("（二）主动公开政府信息情况", None),
        ("2.主动公开政府信息情况", None),
        ("总体情况良好", None),
        ("", None),
    ],
)
def test_section_titles(text: str, mark: str | None) -> None:
    assert section_of(EDITION, text) == mark


def test_headings_of_four_levels() -> None:
    assert outline(
        "本报告根据《条例》编制。",
        "一、总体情况",
        "总的来说。",
        "（一）主动公开",
        "1.体制机制",
        "（1）机构",
        "设了机构。",
        "（2）人员",
        "有两人。",
        "2.解读回应",
        "解读了。",
        "(二)依申请公开",
        "收到1件。",
    ) == [
        ("", "本报告根据《条例》编制。"),
        ("一、总体情况", "总的来说。"),
        ("（一）主动公开", ""),
        ("1.体制机制", ""),
        ("（1）机构", "设了机构。"),
        ("（2）人员", "有两人。"),
        ("2.解读回应", "解读了。"),
        ("（二）依申请公开", "收到1件。"),
    ]


def test_run_in_headings_keep_their_stop_and_their_text() -> None:
    found = outline(
        "一、总体情况",
        "（一）主动公开方面。根据《条例》要求，公开211条。其余见网站。",
        "（二）存在问题：一是不够；二是不深。",
        "1.强化考核。成立小组。",
        "2.加强人员。配置1名。",
    )
    assert found[1:] == [
        ("（一）主动公开方面。", "根据《条例》要求，公开211条。其余见网站。"),
        ("（二）存在问题：", "一是不够；二是不深。"),
        ("1.强化考核。", "成立小组。"),
        ("2.加强人员。", "配置1名。"),
    ]


def test_a_numbered_list_of_sentences_stays_text() -> None:
    lines = (
        "1.建立信息快速更新机制,要求各科室在信息生成或变更后及时提交至信息公开科室。优化流程。",
        "2.对政务公开专区进行重新规划布局。",
        "一是加强培训。",
    )
    found = outline("五、存在的主要问题及改进情况", "（一）整改情况", *lines)
    assert found == [
        ("五、存在的主要问题及改进情况", ""),
        ("（一）整改情况", "\n".join(lines)),
    ]


def test_a_series_is_judged_together() -> None:
    long = "2." + "长" * LEAD_LENGTH + "句子在这里结束。后面还有一句。"
    found = outline("一、总体情况", "（一）甲", "1.短标题。有文字。", long)
    assert found[-1] == ("（一）甲", f"1.短标题。有文字。\n{long}")
    assert codes("一、总体情况", "（一）甲", "1.短标题。有文字。", long) == []


def test_a_sentence_numbered_among_headings_is_a_heading_itself() -> None:
    found = outline("六、其他需要报告的事项", "（一）收费", "无。", "（二）本年度没有其他事项。")
    assert found[-1] == ("（二）本年度没有其他事项。", "")


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (("（一）", "（二）", "（三）"), 0),
        (("（一）", "（三）", "（四）"), 1),
        (("（一）", "（一）"), 1),
        (("（二）", "（三）"), 1),
        (("（一）", "（三）", "（二）"), 2),
    ],
)
def test_numbers_that_skip_or_repeat_are_told_once(numbers: tuple[str, ...], expected: int) -> None:
    lines = ["一、总体情况", *(f"{number}小标题{at}" for at, number in enumerate(numbers))]
    assert codes(*lines) == ["GX043"] * expected


def test_a_broken_number_is_told_with_both_numbers_and_its_place() -> None:
    _, (finding,) = read("一、总体情况", "（一）甲", "（三）乙")
    assert "写的编号是“（三）”，前一项是“（一）”，应为“（二）”" in finding.message
    assert "将按顺序印作“（二）”" in finding.message
    assert finding.place == DocumentParagraph("稿.txt", 3)


def test_numbers_inside_the_text_are_told_and_kept() -> None:
    lines = ("一、总体情况", "1.这是一句话，不是标题。", "这是插进来的一段。", "3.这也是一句话。")
    assert codes(*lines) == ["GX043"]
    assert outline(*lines)[0][1] == "\n".join(lines[1:])


def test_a_level_without_its_parent_prints_one_level_up_and_says_so() -> None:
    lines = ("五、存在的主要问题及改进情况", "1.问题", "不够。", "2.改进", "更好。")
    assert outline(*lines)[1:] == [("（一）问题", "不够。"), ("（二）改进", "更好。")]
    assert codes(*lines) == ["GX043"]


def test_levels_given_by_the_form_are_obeyed() -> None:
    found = outline(
        Line("", section="1"),
        Line("主动公开", level=2),
        Line("（一）这一行是正文", level=0),
        Line("机制", level=3),
        Line("1.成立小组", level=0),
    )
    assert found == [
        ("一、总体情况", ""),
        ("（一）主动公开", "（一）这一行是正文"),
        ("1.机制", "1.成立小组"),
    ]


@pytest.mark.parametrize("typed", ["（一）主动公开情况", "（一）主动公开", "(一)主动公开方面。"])
def test_a_heading_typed_below_the_forms_own_takes_its_place(typed: str) -> None:
    lines = (
        Line("", section="1"),
        Line("主动公开", level=2),
        Line(typed),
        Line("公开1条。", level=0),
        Line("依申请公开", level=2),
        Line("收到1件。", level=0),
    )
    core = typed[3:]
    assert outline(*lines)[1:] == [
        (f"（一）{core}", "公开1条。"),
        ("（二）依申请公开", "收到1件。"),
    ]
    assert "GX043" not in codes(*lines)


@pytest.mark.parametrize("typed", ["（一）主动公开渠道", "（一）解读回应"])
def test_another_heading_below_the_forms_own_stays_beside_it(typed: str) -> None:
    found = outline(Line("", section="1"), Line("主动公开", level=2), Line(typed), "公开1条。")
    assert [heading for heading, _ in found[1:]] == ["（一）主动公开", f"（二）{typed[3:]}"]


@pytest.mark.parametrize("typed", ["1.、甲", "（一）、、甲", "（1） 、甲", "1. ．甲"])
def test_points_between_a_number_and_its_heading_belong_to_the_number(typed: str) -> None:
    assert outline("一、总体情况", Line(typed, level=2))[1:] == [("（一）甲", "")]


def test_text_beside_a_section_marker_is_kept() -> None:
    assert outline(Line("没有要说明的。", section="2")) == [
        ("二、主动公开政府信息情况", "没有要说明的。")
    ]


def test_line_breaks_make_paragraphs() -> None:
    passages, _ = read("一、总体情况", Line("甲\n乙\r\n\n丙", SheetCell("正文", 4, 2)))
    assert [p.text for p in passages[0].paragraphs] == ["甲", "乙", "丙"]
    assert {p.place for p in passages[0].paragraphs} == {SheetCell("正文", 4, 2)}


SHORT = ("一、总体情况", "甲", "五、存在的主要问题及改进情况", "乙")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("一、总体情况", "甲", "五、存在的主要问题及改进情况", "乙"), []),
        (("五、存在的主要问题及改进情况", "乙", "一、总体情况", "甲"), ["GX044"]),
        (("一、总体情况", "甲", "一、总体情况", "乙"), ["GX045"]),
        (("一、总体情况", "五、存在的主要问题及改进情况", *SHORT), []),
        (("二、行政机关主动公开政府信息情况",), ["GX046"]),
        (("三、主动公开政府信息情况",), ["GX043"]),
        (("五、存在问题及改进措施", "甲"), ["GX046"]),
        (("六、其他需要报告的事项", "七、附则"), ["GX047"]),
        (("六、其他需要报告的事项：无",), []),
        (("一、总体情况", "（一）主动公开。", "公开1条。"), ["GX049"]),
    ],
)
def test_titles_and_their_order(lines: tuple[str, ...], expected: list[str]) -> None:
    assert codes(*lines) == expected


def test_a_section_that_comes_twice_keeps_both_texts() -> None:
    found = outline("一、总体情况", "甲", "六、其他需要报告的事项", "丙", "一、总体情况", "乙")
    assert found == [("一、总体情况", "甲\n乙"), ("六、其他需要报告的事项", "丙")]


def test_text_behind_a_title_is_kept() -> None:
    assert outline("六、其他需要报告的事项：无") == [("六、其他需要报告的事项", "无")]


def test_an_odd_title_is_taken_where_number_and_words_agree() -> None:
    assert outline("五、存在问题的改进", "甲") == [("五、存在的主要问题及改进情况", "甲")]
    assert outline("一、存在问题的改进", "甲") == [("", "一、存在问题的改进\n甲")]


def test_a_number_that_contradicts_the_words_gives_way_to_them() -> None:
    assert outline("一、存在问题及改进措施", "甲") == [("五、存在的主要问题及改进情况", "甲")]
    assert codes("一、存在问题及改进措施", "甲") == ["GX043", "GX046"]


NUMBERS = (
    "",
    "",
    "（一）",
    "（二）",
    "(三)",
    "1.",
    "2、",
    "３．",
    "（1）",
    "一是",
    "㈡",
    "⒈",
    "二、",
)
WORDS = st.text("公开情况数据，、。：；:3万 A<&", min_size=0, max_size=40)
LINES = st.lists(
    st.one_of(
        st.builds(lambda number, words: number + words, st.sampled_from(NUMBERS), WORDS),
        st.sampled_from([section.title for section in EDITION.sections]),
    ),
    max_size=25,
)
LEVELS = st.sampled_from([None, None, None, 0, 2, 3, 4])


@given(LINES, st.data())
def test_no_character_is_lost_or_moved(texts: list[str], data: st.DataObject) -> None:
    """Every line stands in the outline, in order, whole but for a heading's own number."""
    lines = [Line(text, level=data.draw(LEVELS)) for text in texts]
    passages, findings = assemble(EDITION, lines)
    written: dict[str, str] = {}
    current = "0"
    for passage in passages:
        written[passage.section] = written.get(passage.section, "") + squeeze(
            ("" if passage.level == 1 else passage.heading or "") + passage.text
        )
    for line in lines:
        mark = section_of(EDITION, line.text) if line.level is None else None
        if mark is not None:
            current = mark
            continue
        rest = written.get(current, "")
        number = written_number(line.text.strip())
        whole = squeeze(line.text)
        bare = squeeze(line.text.strip()[len(number.token) :]) if number else whole
        assert rest.startswith((whole, bare)), (line, rest)
        written[current] = rest[len(whole) if rest.startswith(whole) else len(bare) :]
    assert not any(written.values())
    assert all(finding.message.endswith(("。", "？")) for finding in findings)


@given(LINES)
def test_a_printed_outline_reads_as_itself(texts: list[str]) -> None:
    """What is printed from an outline and read again is the same outline."""
    first, _ = assemble(EDITION, [Line(text) for text in ["一、总体情况", *texts]])
    printed = []
    for passage in first:
        if passage.heading is not None:
            level = passage.level if passage.level > 1 else None
            printed.append(Line(heading_text(passage), level=level))
        printed += (Line(p.text, level=0) for p in passage.paragraphs)
    if first[0].mark == "0":
        return
    again, _ = assemble(EDITION, printed)
    assert [(p.mark, p.heading) for p in again] == [(p.mark, p.heading) for p in first]


def squeeze(text: str) -> str:
    return "".join(text.split())
