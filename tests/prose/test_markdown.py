"""Markdown: no mark is printed, no word is lost, and what is not shown is told once."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.editions.declared import EDITIONS
from gxgen.prose.markdown import read_markdown
from gxgen.prose.neighbour import read_neighbour
from gxgen.prose.raw import RawText


def read(text: str) -> RawText:
    raw = RawText("稿.md")
    read_markdown(text, raw)
    return raw


def lines(text: str) -> list[str]:
    return [line.text for line in read(text).lines]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("*重点*、**重点**、__重点__、_重点_", "重点、重点、重点、重点"),
        ("**“重点”**领域，**公开。**其他", "“重点”领域，公开。其他"),
        ("2*3*4=24，2**3**4，a_b_c，2*3=6", "2*3*4=24，2**3**4，a_b_c，2*3=6"),
        ("30~~33，40~~43", "30~~33，40~~43"),
        (r"\*甲\*、\#乙、1\. 丙、\~~30~~", "*甲*、#乙、1. 丙、~~30~~"),
        ("`代码`、==高亮==、<u>下划线</u>、脚注[^1]。", "代码、高亮、下划线、脚注。"),
        ("甲&nbsp;&amp;&lt;乙", "甲 &<乙"),
        ("10<sup>3</sup>、m<sup>2</sup>、H<sub>2</sub>O", "10³、m²、H₂O"),
        ("见[网站](http://a.cn)和<http://b.cn>", "见网站（http://a.cn）和http://b.cn"),
        ("见![照片](a.png)", "见照片"),
        ("印发<办法>和<XX>的通知", "印发<办法>和<XX>的通知"),
        ("[注]: 说明文字", "[注]: 说明文字"),
        ("公开<!-- 不印 -->1条", "公开1条"),
        ("    缩进四格", "缩进四格"),
        ("> 引用\n> 两行", "引用\n两行"),
        ("1. 甲\n3. 乙\n   - 丙\n     2) 丁", "1. 甲\n3. 乙\n丙\n2) 丁"),
        ("- [ ] 未办\n- [x] 已办", "未办\n已办"),
        ("甲  \n乙\\\n丙", "甲\n乙\n丙"),
        ("甲\n\n---\n\n***\n\n乙", "甲\n乙"),
        ("```\n*甲*\n```", "*甲*"),
        ("<div>**甲**<br>乙</div>", "甲\n乙"),
        ("<center>甲</center>", "甲"),
        ("- 1 -、第1页", "1 -、第1页"),
    ],
)
def test_marks_are_taken_off_and_text_is_kept(written: str, printed: str) -> None:
    assert "\n".join(lines(written)) == printed


@pytest.mark.parametrize(
    ("written", "printed", "told"),
    [
        ("甲\n\n==\n\n乙", "甲\n乙", "第2段的横线（==）"),
        ("甲\n\n- =", "甲", "第2段的列表符号（-）、第2段的横线（==）"),
        ("甲\n\n# ====\n\n==\n乙", "甲\n乙", "第2段的横线（==）"),
        ("甲。\n===\n\n乙", "甲。\n乙", ""),
        ("==甲==，==乙==", "甲，乙", "第1段的高亮符号（==）"),
        ("甲[^1]，乙[^2]", "甲，乙", "第1段的脚注记号（[^]）"),
        (
            "甲\n\n- 乙\n- 丙\n\n+ 丁",
            "甲\n乙\n丙\n丁",
            "第2、3段的列表符号（-）、第4段的列表符号（+）",
        ),
        ("1. 甲\n2) 乙", "1. 甲\n2) 乙", ""),
        ("> 甲\n\n乙\n\n> 丙", "甲\n乙\n丙", "第1、3段的引用符号（>）"),
        ("- [ ] 甲\n- [x] 乙", "甲\n乙", "第1、2段的列表符号（-）、第1、2段的任务框（[ ]）"),
        ("[ ] 甲", "[ ] 甲", ""),
        ("```\n甲\n```", "甲", "第1段的代码块（```）"),
        ("~~~~\n甲\n乙\n~~~~", "甲\n乙", "第1段的代码块（~~~）"),
        ("```\n甲", "甲", "第1段的没有结束的代码块（```）"),
        ("```甲\n乙\n```", "甲\n乙", "第2段的代码块（```）"),
        ("```text\n乙\n```", "乙", "第1段的代码块（```）"),
        ("甲`乙`", "甲乙", "第1段的代码符号（`）"),
        ("甲\n\n![乙](a.png)", "甲\n乙", "第2段的图片（![]）"),
        ("[甲](http://a.cn)", "甲（http://a.cn）", "第1段的链接（[]()）"),
        ("[甲]()", "甲", "第1段的链接（[]()）"),
        ("<http://a.cn>", "http://a.cn", ""),
        ("甲<u>乙</u>", "甲乙", "第1段的网页标签（<>）"),
        ("<div>\n甲\n</div>", "甲", "第1段的网页标签（<>）"),
        ("**甲**", "甲", ""),
        (
            "\n\n".join(["> 甲"] * 6),
            "\n".join("甲甲甲甲甲甲"),
            "第1、2、3、4、5段等处的引用符号（>）",
        ),
    ],
)
def test_each_kind_of_mark_is_told_where_it_is_and_no_other(
    written: str, printed: str, told: str
) -> None:
    raw = read(written)
    assert "\n".join(line.text for line in raw.lines) == printed
    said = [f"Markdown 的记号没有读入，文字已保留：{told}。"] if told else []
    assert [f.message for f in raw.findings] == said


@pytest.mark.parametrize(
    ("written", "printed", "depths"),
    [
        ("甲\n===", ["甲"], [1]),
        ("甲\n--", ["甲"], [2]),
        ("甲\n乙\n===", ["甲", "乙"], [None, None]),
        ("这是一句。\n---", ["这是一句。"], [None]),
        ("字" * 60 + "\n---", ["字" * 60], [2]),
        ("字" * 61 + "\n---", ["字" * 61], [None]),
        ("# " + "字" * 61, ["字" * 61], [1]),
        ("###### 这是一句。", ["这是一句。"], [6]),
        ("#\u3000甲", ["甲"], [1]),
        ("##一、甲", ["一、甲"], [2]),
        ("##甲", ["##甲"], [None]),
        ("##", [], []),
        ("####### 甲", ["####### 甲"], [None]),
    ],
)
def test_what_is_a_heading_and_how_deep(
    written: str, printed: list[str], depths: list[int | None]
) -> None:
    read_lines = read(written).lines
    assert [line.text for line in read_lines] == printed
    assert [line.depth for line in read_lines] == depths


@pytest.mark.parametrize(
    ("written", "printed", "quoted"),
    [
        ("公开~~30~~33条", "公开33条", "30"),
        ("公开<del>30</del>33条", "公开33条", "30"),
        ("公开<s>3<b>0</b></s>33条", "公开33条", "30"),
        ("公开<span style='text-decoration:line-through'>30</span>33条", "公开33条", "30"),
        ("公开<span style='display: none'>30</span>33条", "公开33条", "30"),
        ("甲，~~，乙~~。", "甲，。", "，乙"),
        ("<p>公开<strike>30</strike>33条</p>", "公开33条", "30"),
        ("甲[^1]\n\n[^1]: 说明文字", "甲", "说明文字"),
        ("---\ntitle: 甲\n---\n乙", "乙", "title: 甲"),
        ("---\nnote: 受理30件。\n---\n乙", "乙", "note: 受理30件。"),
        ("<script>\nalert(1)\n</script>\n\n甲", "甲", "alert(1)"),
    ],
)
def test_text_that_is_not_printed_is_quoted(written: str, printed: str, quoted: str) -> None:
    raw = read(written)
    assert "".join(line.text for line in raw.lines) == printed
    assert [f.quote for f in raw.findings if f.code == "GX056"] == [quoted]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("**重点领域", "**"),
        ("30~~33，公开", "~~"),
        ("10<sup>注</sup>", "<sup>"),
        ("见[文][1]", "]["),
    ],
)
def test_marks_that_are_not_sure_stay_and_are_named(text: str, mark: str) -> None:
    raw = read(text)
    assert [line.text for line in raw.lines] == [text]
    assert [f.quote for f in raw.findings if f.code == "GX096"] == [mark]


@pytest.mark.parametrize("text", ["公开1条。", "# 总体情况\n\n- 5度。", r"\*甲", "2*3=6", "a~b"])
def test_what_is_no_mark_is_silent(text: str) -> None:
    assert [f.code for f in read(text).findings if f.code == "GX096"] == []


def test_headings_of_every_kind() -> None:
    text = "甲\n===\n\n乙\n---\n\n### 丙 ###\n\n#一、丁\n\n##（一）戊\n\n这是一句话。\n---\n"
    assert [(x.text, x.depth) for x in read(text).lines] == [
        ("甲", 1), ("乙", 2), ("丙", 3), ("一、丁", 1), ("（一）戊", 2), ("这是一句话。", None),
    ]  # fmt: skip


@pytest.mark.parametrize("rule", ["==", "=====", "  ===", "===="])
def test_a_rule_that_underlines_nothing_is_told_and_not_printed(rule: str) -> None:
    raw = read(f"甲。\n\n{rule}\n\n乙。\n\n3=3")
    assert [line.text for line in raw.lines] == ["甲。", "乙。", "3=3"]
    assert any("横线（==）" in one.message for one in raw.findings)


def test_front_matter_is_told_and_a_foreign_title_in_it_is_read() -> None:
    title = "邻县财政局2024年政府信息公开工作年度报告"
    text = f"---\ntitle: {title}\ntags:\n  - a\n---\n\n# 总体情况\n\n甲。"
    found = read_neighbour(text.encode(), "稿.md", EDITIONS["2021"])
    assert found.title == title
    assert found.narrative[0].text == "甲。"
    assert lines("---\n甲。\n---\n") == ["甲。"]


def test_what_is_not_closed_loses_nothing() -> None:
    assert lines("```\n## 五、甲\n乙") == ["五、甲", "乙"]
    assert lines("甲<!-- 没完\n\n## 五、乙") == ["甲 没完", "五、乙"]
    assert lines("<div>\n## 五、乙\n丙") == ["五、乙", "丙"]


@pytest.mark.parametrize(
    "table",
    [
        "| 名称 | 数量 |\n| --- | --- |\n| 网站 | 3 |",
        "名称 | 数量\n--- | ---\n网站 | 3",
        "| 名称 | 数量 |\n| 网站 | 3 |",
        "<table><tr><td>名称</td><td>数量</td></tr></table>",
    ],
)
def test_a_table_is_told_once(table: str) -> None:
    raw = read(f"前。\n\n{table}\n\n中。\n\n{table}\n\n后。")
    assert [line.text for line in raw.lines] == ["前。", "中。", "后。"]
    assert [f.code for f in raw.findings if f.code != "GX059"] == ["GX055"]


@pytest.mark.parametrize("inside", ["", "> ", "- "])
def test_a_line_right_below_a_table_is_a_paragraph(inside: str) -> None:
    set_in = "  " if inside == "- " else inside
    table = ["| 名称 | 数量 |", "| --- | --- |", "| 网站 | 3 |", "全年受理30件。", r"甲\|乙。"]
    raw = read(inside + f"\n{set_in}".join(table) + "\n| 丙 | 4 |\n\n后。")
    assert [line.text for line in raw.lines] == ["全年受理30件。", "甲|乙。", "后。"]
    assert "GX055" in [f.code for f in raw.findings]


WORDS = st.text("公开信息甲乙丙一二1230，。：（）", min_size=1, max_size=8).map(
    lambda text: "字" + text + "字"
)
INLINE = st.one_of(
    WORDS,
    st.tuples(st.sampled_from(["*", "**", "`", "==", "__"]), WORDS).map(
        lambda x: x[0] + x[1] + x[0]
    ),
    WORDS.map(lambda text: f"<u>{text}</u>"),
    WORDS.map(lambda text: f"[{text}](http://a.cn)"),
    WORDS.map(lambda text: f"![{text}](a.png)"),
)
BLOCK = st.tuples(
    st.sampled_from(["", "", "# ", "### ", "- ", "> ", "* ", "<div>", "- [ ] ", "    ", "> - "]),
    st.lists(INLINE, min_size=1, max_size=4).map("".join),
    st.sampled_from(["\n\n", "\n", "  \n", "\n---\n\n", "\n\n***\n\n"]),
).map("".join)


@given(st.lists(BLOCK, max_size=8).map("".join))
def test_visible_words_survive_in_order(text: str) -> None:
    marks = str.maketrans("", "", "*`=_#>- \n[]()!（）<u/divx")
    visible = text.replace("http://a.cn", "").replace("a.png", "")
    printed = "".join(lines(text)).replace("http://a.cn", "")
    assert printed.translate(marks) == visible.translate(marks)


@given(st.text("*_~=`[]()<>#-!|&\\甲 \n1.", max_size=60))
def test_any_marks_are_read_and_no_letter_goes_without_a_word(text: str) -> None:
    raw = read(text)
    gone = text.count("甲") - sum(line.text.count("甲") for line in raw.lines)
    assert (
        gone <= 0
        or any(f.code in ("GX055", "GX056", "GX059") for f in raw.findings)
        or ("<!--" in text or "](" in text)
    )


@pytest.mark.parametrize(
    "text",
    [
        "# a" + " " * 50_000, "*a **a " * 7_000, "[" * 50_000, "![a](" * 10_000, "<" * 50_000,
        "~~a~~ " * 8_000, "> " * 25_000 + "a", "- " * 25_000 + "a", "<div a" * 8_000,
        "<!--" * 12_000, "`" * 49_999 + "a", "|a|\n" * 12_000, "\n\n<div\n" * 6_000,
    ],
    ids=lambda text: text[:8].strip(),
)  # fmt: skip
def test_long_runs_of_marks_take_no_time(text: str) -> None:
    begin = time.process_time()
    read(text)
    assert time.process_time() - begin < 3


def test_deep_nesting_keeps_its_words() -> None:
    assert len(lines("\n".join("  " * depth + "- 甲" for depth in range(150)))) == 150
    assert lines("> " * 40 + "甲") == ["甲"]
