"""Text and Markdown files: encodings, title, sign-off, tables, what is told."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.editions.declared import EDITIONS
from gxgen.model.narrative import Passage
from gxgen.model.numbering import fold, number_text, section_worded, written_number
from gxgen.model.outline import heading_text
from gxgen.prose.neighbour import NeighbourReading, read_neighbour

EDITION = EDITIONS["2021"]
TEXT = "一、总体情况\n垟塆的A&B，公开1条。\n"


def read(text: str, file: str = "稿.txt") -> NeighbourReading:
    return read_neighbour(text.encode(), file, EDITION)


def outline(reading: NeighbourReading) -> list[tuple[str, str]]:
    return [(heading_text(p), p.text) for p in reading.narrative]


def codes(reading: NeighbourReading) -> list[str]:
    return [finding.code for finding in reading.findings]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encodings(encoding: str) -> None:
    found = read_neighbour(TEXT.encode(encoding), "稿.txt", EDITION)
    assert outline(found) == [("一、总体情况", "垟塆的A&B，公开1条。")]
    assert codes(found) == []


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfe\x00", b"\x81" * 3, "一".encode("gbk") + b"\xaa\xa1"],
)
def test_an_unknown_encoding_is_refused(data: bytes) -> None:
    found = read_neighbour(data, "稿.txt", EDITION)
    assert (codes(found), found.narrative) == (["GX053"], ())


@given(st.binary(max_size=300), st.sampled_from(["稿.txt", "稿.md"]))
def test_any_bytes_are_read_or_refused(data: bytes, file: str) -> None:
    assert isinstance(read_neighbour(data, file, EDITION), NeighbourReading)


def test_a_text_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gxgen.prose.plain.PLAIN", 10)
    assert codes(read(TEXT)) == ["GX052"]


@pytest.mark.parametrize("file", ["稿.doc", "稿.wps", "稿.pdf", "稿.odt"])
def test_other_formats_are_told_how_to_come_back(file: str) -> None:
    found = read_neighbour(b"abc", file, EDITION)
    assert codes(found) == ["GX051"]
    assert "另存为" in found.findings[0].message


@pytest.mark.parametrize("file", ["稿.txt", "稿.md"])
@pytest.mark.parametrize(
    "sign", "\u061c\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
def test_signs_that_turn_the_direction_are_told_as_in_a_form(sign: str, file: str) -> None:
    found = read(f"一、总体情况\n公开{sign}12条。", file)
    assert codes(found) == ["GX083"]
    assert str(found.findings[0].place) == f"{file} 正文第2段"
    assert f"U+{ord(sign):04X}" in found.findings[0].message
    assert outline(found) == [("一、总体情况", "公开12条。")]


def test_letters_of_ones_own_are_told_and_kept() -> None:
    found = read("一、总体情况\n某\ue001村公开1条。")
    assert codes(found) == ["GX084"]
    assert outline(found) == [("一、总体情况", "某\ue001村公开1条。")]


def test_control_characters_are_told_with_their_paragraph() -> None:
    found = read("一、总体情况\n公开\x071条。")
    assert codes(found) == ["GX058"]
    assert found.findings[0].place is not None
    assert str(found.findings[0].place) == "稿.txt 正文第2段"
    assert outline(found) == [("一、总体情况", "公开1条。")]


def test_text_without_any_section_is_not_read() -> None:
    found = read("（一）主动公开\n公开1条。")
    assert (codes(found), found.narrative) == (["GX057"], ())


@pytest.mark.parametrize("text", ["\n \u3000\n", "", "某县财政局2023年政府信息公开工作年度报告\n"])
def test_a_file_without_text_is_told(text: str) -> None:
    found = read(text)
    assert (codes(found), found.narrative) == (["GX075"], ())


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("某县财政局2023年政府信息公开工作年度报告", "某县财政局2023年政府信息公开工作年度报告"),
        (
            "某县财政局\n2023年政府信息\n公开工作年度报告",
            "某县财政局2023年政府信息公开工作年度报告",
        ),
        ("某县财政局2023年度政府信息公开年度报告", "某县财政局2023年度政府信息公开年度报告"),
        ("导言。", None),
    ],
)
def test_the_title_is_taken_off(head: str, title: str | None) -> None:
    found = read(f"{head}\n{TEXT}")
    assert found.title == title
    assert outline(found)[-1][0] == "一、总体情况"
    assert (found.narrative[0].mark == "0") == (title is None)


@pytest.mark.parametrize(
    ("tail", "sign_off"),
    [
        ("某县财政局\n2024年1月8日", ("某县财政局", "2024年1月8日")),
        ("某县财政局\n二〇二四年一月八日", ("某县财政局", "二〇二四年一月八日")),
        ("某县财政局 2024年1月8日", ("某县财政局", "2024年1月8日")),
        ("某县财政局", ("某县财政局",)),
        ("2024 年 1 月 8 日", ("2024 年 1 月 8 日",)),
        ("无", ()),
        ("牵头单位为某县审计局", ()),
        ("以上数据统计至2023年12月31日", ()),
        ("工作由局办公室负责。", ()),
        ("（一）某县财政局", ()),
    ],
)
def test_the_sign_off_is_given_back_apart(tail: str, sign_off: tuple[str, ...]) -> None:
    found = read(
        f"某县财政局2023年政府信息公开工作年度报告\n六、其他需要报告的事项\n事项。\n{tail}"
    )
    assert found.sign_off == sign_off
    words = "".join(h + t for h, t in outline(found))
    assert (tail in words) == (not sign_off)


def test_names_of_attached_files_are_told() -> None:
    found = read(f"{TEXT}某县财政局\n2024年1月8日\n报告.doc\n报告.pdf")
    assert codes(found) == ["GX059"]
    assert "“报告.doc”“报告.pdf”不是正文" in found.findings[0].message
    assert found.sign_off == ("某县财政局", "2024年1月8日")


def test_cells_of_the_forms_tables_are_passed_over() -> None:
    found = read(
        "二、主动公开政府信息情况\n第二十条第（一）项\n\t信息内容\t本年制发件数\n规章\n0\n规章000\n"
        "|行政许可|12|\n本年度另有两件文件正在起草。\n三、收到和处理政府信息公开申请情况\n商业\n企业\n"
        "2.其他法律法规禁止公开\n[bookmark: _Hlk6]1.属于国家秘密\n"
    )
    assert outline(found) == [
        ("二、主动公开政府信息情况", "本年度另有两件文件正在起草。"),
        ("三、收到和处理政府信息公开申请情况", ""),
    ]

    assert codes(found) == ["GX055", "GX055"]
    assert [str(f.place) for f in found.findings] == ["稿.txt 正文第2段", "稿.txt 正文第10段"]


@pytest.mark.parametrize(
    "text",
    [
        "无",
        "没有",
        "无其他说明",
        "12件均已办结。",
        "本年收费金额20.3万元。",
        "本年新收政府信息公开申请12件。",
        "结转下年度继续办理1件。",
        "未经复议直接起诉1件。",
        "没有现成信息需要另行制作1件。",
        "没有现成信息需要另行制作。",
        "内容。",
        "情况",
        "规章",
        "规章。",
        "12",
    ],
)
def test_short_words_under_a_table_are_text(text: str) -> None:
    found = read(f"二、主动公开政府信息情况\n{text}\n三、收到和处理政府信息公开申请情况\n{text}")
    assert [p.text for p in found.narrative] == [text, text]


LABELS = sorted(
    {
        cell.text
        for e in EDITIONS.values()
        for g in e.grids.values()
        for cell in g.labels
        if cell.text
    }
)
SENTENCES = st.builds(
    lambda before, label, after: before + label + after,
    st.sampled_from(["", "本年", "1.", "共有"]),
    st.sampled_from(LABELS),
    st.sampled_from(
        ["。", "12件。", "0", "12", "1件", "，共3件。", "情况", "：无", "20.3万元。", ""]
    ),
)


@given(
    st.lists(
        st.one_of(SENTENCES, SENTENCES, st.sampled_from([*LABELS, "0", "12", "情况"])).filter(
            lambda text: section_worded(EDITION, text) is None  # 其他情况 opens section six, told
        ),
        max_size=12,
    ),
    st.sampled_from(["2", "3", "4"]),
)
def test_nothing_under_a_table_is_lost_without_a_finding(texts: list[str], mark: str) -> None:
    """Sentences stay to the letter; of labels and figures, as many go as are told."""
    title = EDITION.section(mark).title
    found = read("\n".join([f"{number_text(mark)}{title}", *texts, "以上是说明。"]))
    kept = "\n".join(heading_text(p) + p.text for p in found.narrative if p.section == mark)
    told = [f for f in found.findings if "没有读入" in f.message]
    for text in texts:
        if "。" in text or not _is_exact(text):
            number = written_number(text)
            assert text[len(number.token) if number else 0 :] in kept
    gone = sum(int(re.findall(r"有 (\d+) 行", f.message)[0]) for f in told)
    assert len(texts) + 1 - gone == sum(map(_lines_of, found.narrative)), kept


def _is_exact(text: str) -> bool:
    return fold(text).rstrip("0123456789") in {"", *map(fold, LABELS)}


def _lines_of(passage: Passage) -> int:
    """Lines that made it; a heading that runs in shares its line with the first paragraph."""
    split = passage.runs_in and not str(passage.heading).endswith("。") and passage.paragraphs
    return (passage.level > 1) + len(passage.paragraphs) - bool(split)


def test_a_row_of_another_wording_among_a_tables_rows_is_kept_and_told() -> None:
    found = read(
        "二、主动公开政府信息情况\n第二十条第（一）项\n信息内容\t本年制发件数\n"
        "规章（县级无此项）\t0\n行政许可\t12\n"
    )
    assert outline(found) == [("二、主动公开政府信息情况", "规章（县级无此项）\t0")]
    assert codes(found) == ["GX055", "GX055"]


@pytest.mark.parametrize("numbers", [("1. ", "2. "), ("1、", "2、"), ("（一）", "（二）")])
def test_titles_numbered_otherwise_are_titles_where_no_other_is(numbers: tuple[str, str]) -> None:
    found = read(f"{numbers[0]}总体情况\n公开1条。\n{numbers[1]}主动公开政府信息情况\n")
    assert outline(found) == [("一、总体情况", "公开1条。"), ("二、主动公开政府信息情况", "")]
    assert codes(found) == ["GX043"]
    assert "将印作“一、总体情况”" in found.findings[0].message


def test_a_numbered_line_like_a_title_is_a_sub_heading_where_titles_are_usual() -> None:
    found = read("一、总体情况\n（一）甲\n1.机制\n有。\n2.主动公开政府信息情况\n公开1条。")
    assert ("2.主动公开政府信息情况", "公开1条。") in outline(found)


def test_markdown_links_pictures_and_bullets_are_plain_text_and_told() -> None:
    found = read("## 总体情况\n\n- 甲。\n见[链接](http://a.cn)。\n![图](a.png)\n-5度。\n", "稿.md")
    assert outline(found) == [("一、总体情况", "甲。\n见链接（http://a.cn）。\n图\n-5度。")]
    assert codes(found) == ["GX059"]
    assert "列表符号（-）" in found.findings[0].message


def test_words_of_the_tables_elsewhere_are_text() -> None:
    assert outline(read("一、总体情况\n规章\n0\n")) == [("一、总体情况", "规章\n0")]


def test_markdown_levels_rules_comments_and_bold() -> None:
    found = read(
        "# 某县财政局2023年政府信息公开工作年度报告\n\n## 总体情况\n\n<!-- 给自己看的 -->\n"
        "### 主动公开 ###\n\n公开**1**条，2*3=6。\n\n---\n\n"
        "#### 体制机制\n\n有。\n\n## 2. 主动公开政府信息情况\n",
        "稿.md",
    )
    assert outline(found) == [
        ("一、总体情况", ""),
        ("（一）主动公开", "公开1条，2*3=6。"),
        ("1.体制机制", "有。"),
        ("二、主动公开政府信息情况", ""),
    ]
    assert codes(found) == []


def test_a_markdown_table_is_told_once() -> None:
    found = read("# 总体情况\n\n| 渠道 | 条数 |\n|---|---|\n| 网站 | 1 |\n\n公开1条。\n", "稿.md")
    assert codes(found) == ["GX055"]
    assert outline(found) == [("一、总体情况", "公开1条。")]


@pytest.mark.parametrize("mark", "\xad\u034f\u180e\u200b\u200c\u200d\u200e\u2060\u3164\ufeff")
@pytest.mark.parametrize("name", ["稿.txt", "稿.md"])
def test_letters_without_a_shape_divide_no_number(mark: str, name: str) -> None:
    found = read(f"一、总体情况\n受理3{mark}0件。", name)
    assert outline(found) == [("一、总体情况", "受理30件。")]
    assert not found.findings


@pytest.mark.parametrize("turn", "\u202a\u202d\u202e\u2066\u2067\u2068")
def test_letters_that_turn_the_writing_are_refused(turn: str) -> None:
    found = read(f"一、总体情况\n受理{turn}03\u202c件。")
    assert codes(found) == ["GX083"]
    assert str(found.findings[0].place) == "稿.txt 正文第2段"
