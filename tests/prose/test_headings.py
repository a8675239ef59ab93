"""Headings of the six sections in every form that published reports give them."""

from __future__ import annotations

import pytest

from gxgen.editions.declared import EDITIONS
from gxgen.model.numbering import fold
from gxgen.prose.neighbour import NeighbourReading, read_neighbour

EDITION = EDITIONS["2021"]
PROPER = {s.mark: s.title for s in EDITION.sections}

FORMS = (
    ("1", "一、总体情况"), ("1", "一、概述"), ("1", "一、总结概述"), ("1", "一、基本情况"),
    ("1", "一、总体工作情况"), ("1", "概述"), ("1", "一、2024年政府信息公开工作总体情况"),
    ("2", "二、行政机关主动公开政府信息情况"), ("2", "、主动公开政府信息情况"),
    ("2", "二、主动公开政府信息的情况"), ("2", "二．主动公开信息情况"),
    ("2", "二主动公开政府信息情况"),
    ("2", "第二部分 主动公开政府信息情况"), ("2", "三、主动公开政府信息情况"),
    ("3", "三、收到和处理政府信息公开申报情况"), ("3", "三、收到及处理政府信息公开申请情况"),
    ("3", "三、收到、处理政府信息公开申请的情况"),
    ("3", "三、行政机关收到和处理政府信息公开申请情况"),
    ("3", "三、受理和处理政府信息公开申请情况"), ("3", "三、办理政府信息依申请公开情况"),
    ("4", "四、因政府信息公开工作被申请行政复议提起行政诉讼情况"),
    ("4", "四、政府信息公开行政复议和行政诉讼情况"), ("4", "四、政府信息公开行政复议及诉讼情况"),
    ("4", "四、行政复议、行政诉讼情况"), ("4", "四、政府信息公开行政复议、行政诉讼、举报投诉情况"),
    ("5", "五、存在的主要问题及整改措施"), ("5", "五、存在问题及改进措施"),
    ("5", "五、存在问题和改进情况"), ("5", "五、政府信息公开工作存在的主要问题及改进情况"),
    ("5", "五、工作不足及改进措施"), ("5", "五、存在的问题及下一步工作打算"),
    ("5", "六、存在的主要问题及改进情况"),
    ("6", "六、其他事项"), ("6", "六、其他报告的事项"), ("6", "l六、其他需要报告的事项"),
    ("6", "六、其他需要报告事项"), ("6", "六、需要报告的其他事项"), ("6", "六、其它需要说明的事项"),
    ("6", "其他需要报告的事项"), ("6", "其他事项"),
)  # fmt: skip


def read(text: str, file: str = "稿.txt") -> NeighbourReading:
    return read_neighbour(text.encode(), file, EDITION)


def report(mark: str, heading: str) -> str:
    lines = [
        heading
        if section.mark == mark
        else f"{'一二三四五六'[int(section.mark) - 1]}、{section.title}"
        for section in EDITION.sections
        if section.mark != "0"
    ]
    return "\n".join(f"{line}\n第{at}句话。" for at, line in enumerate(lines, 1))


@pytest.mark.parametrize(("mark", "heading"), FORMS)
@pytest.mark.parametrize("file", ["稿.txt", "稿.md"])
def test_every_form_opens_its_section(mark: str, heading: str, file: str) -> None:
    """The table: words decide; what prints otherwise than written is told, and nothing else."""
    found = read(report(mark, heading), file)
    assert [(p.mark, p.text) for p in found.narrative] == [(m, f"第{m}句话。") for m in "123456"]
    codes = {f.code for f in found.findings}
    assert codes <= {"GX043", "GX046"}
    written = heading.lstrip("第一二三四五六部分、．l ")
    assert ("GX046" in codes or fold(written) == fold(PROPER[mark])) and len(codes) < 3


@pytest.mark.parametrize(("mark", "heading"), [(m, h) for m, h in FORMS if h[0] in "一二三四五六"])
def test_in_markdown_a_heading_needs_no_number(mark: str, heading: str) -> None:
    number, _, words = heading.partition("、")
    text = report(mark, f"## {words or number}")
    text = "\n\n".join(f"## {line}" if line[1:2] == "、" else line for line in text.split("\n"))
    assert [p.mark for p in read(text, "稿.md").narrative] == list("123456")


@pytest.mark.parametrize(
    "sentence",
    [
        "总体情况良好",
        "主动公开政府信息情况良好，公开1条。",
        "二、主动公开政府信息情况良好，共公开1条。",
        "其他事项已办结。",
        "（二）主动公开政府信息情况",
        "2.其他事项",
        "存在的主要问题及改进情况如下：",
        "五、存在的主要问题及改进情况已在上年报告中说明，本年继续改进，成效明显。",
    ],
)
def test_sentences_that_begin_like_a_heading_are_text(sentence: str) -> None:
    found = read(report("1", f"一、总体情况\n{sentence}"))
    assert [p.section for p in found.narrative if p.level == 1] == list("123456")
    words = "".join((p.heading or "") + p.text for p in found.narrative if p.section == "1")
    assert sentence.lstrip("（二）2五、.").removeprefix("、") in words


def test_six_numbered_parts_inside_section_one_are_its_parts() -> None:
    parts = ("主动公开", "依申请公开情况", "政府信息管理", "平台建设", "监督保障情况")
    inner = "\n".join(f"{'一二三四五'[at]}、{part}\n{part}如下。" for at, part in enumerate(parts))
    found = read(report("1", f"一、总体情况\n{inner}\n六、其他情况"))
    assert [p.section for p in found.narrative if p.level == 1] == list("123456")
    assert [p.heading for p in found.narrative if p.section == "1" and p.level == 2] == list(parts)
    assert sorted({f.code for f in found.findings}) == ["GX043", "GX047"]


def test_letters_from_a_pdf_are_folded_before_headings_are_matched() -> None:
    found = read("⼀、总体情况\n公开⼯作1条。\n五、存在的主要问题及改进情况\nﬁ。")
    assert [(p.mark, p.text) for p in found.narrative] == [("1", "公开工作1条。"), ("5", "fi。")]
    (finding,) = found.findings
    assert (finding.code, str(finding.place)) == ("GX090", "稿.txt 正文第1段")
    assert "⼀→一、⼯→工、ﬁ→fi" in finding.message
