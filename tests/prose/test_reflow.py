"""Text copied from a PDF: broken lines, page numbers, and what must not be joined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.editions.declared import EDITIONS
from gxgen.prose.neighbour import NeighbourReading, read_neighbour
from gxgen.prose.reflow import page_number, reflow

EDITION = EDITIONS["2021"]
SENTENCE = (
    "本年度我局认真贯彻落实条例要求主动公开各类政府信息共1554条其中网站公开81条微信公众号公开393条，"
    "较上年增长一成，涵盖政策法规与工作动态，按时更新机构职能、办公地址和联系方式，"
    "回应群众关切，未发生因公开不到位需要追究责任的情况，"
)
PARAGRAPHS = [SENTENCE + f"这是第{at}段的末句。" for at in "甲乙丙丁"]


def broken(paragraphs: list[str], width: int, indent: str = "") -> list[str]:
    """Paragraphs as a PDF gives them: so many wide characters a line, two figures for one."""
    lines = []
    for paragraph in paragraphs:
        line, columns = "", 0
        for character in indent + paragraph:
            if columns >= 2 * width and character not in "，。、":
                lines.append(line)
                line, columns = "", 0
            line += character
            columns += 1 if character.isascii() else 2
        lines.append(line)
    return lines


def read(lines: list[str]) -> NeighbourReading:
    return read_neighbour("\n".join(lines).encode(), "稿.txt", EDITION)


@pytest.mark.parametrize("width", [22, 28, 30, 35])
@pytest.mark.parametrize("indent", ["", "　　", "    "])
@pytest.mark.parametrize("page", ["", "- {} -", "— {} —", "第 {} 页", "{}", "第{}页 共9页", "{}/9"])
def test_broken_lines_are_joined_and_page_numbers_go(width: int, indent: str, page: str) -> None:
    lines = broken(PARAGRAPHS, width, indent)
    if page:
        for number, at in enumerate((len(lines) - 2, len(lines) // 2, 2)):
            while lines[at - 1].endswith("。"):
                at -= 1
            lines[at:at] = ["", page.format(3 - number), ""]
    found = read(["一、总体情况", *lines, "五、存在的主要问题及改进情况", "不够。"])
    assert [p.text for p in found.narrative] == ["\n".join(PARAGRAPHS), "不够。"]
    (finding,) = found.findings
    assert finding.code == "GX059" and "已接回原来的段落" in finding.message
    assert ("页码" in finding.message) == bool(page)


def test_a_number_of_a_sentence_is_never_eaten() -> None:
    lines = broken(PARAGRAPHS, 28)
    lines[2:2] = ["1554"]
    found = read(["一、总体情况", *lines])
    assert "1554" in found.narrative[0].text.replace("共1554条", "")
    cut = broken([SENTENCE + "全年共公开"], 28)
    text = "\n".join(["一、总体情况", *broken(PARAGRAPHS, 28), *cut[:-1], "3", "条信息。"])
    kept = read_neighbour(text.encode(), "稿.txt", EDITION)
    assert "\n3\n条信息。" in kept.narrative[0].text
    assert "GX095" in [f.code for f in kept.findings]


def test_digits_that_meet_at_an_edge_are_asked_about() -> None:
    lines = broken(PARAGRAPHS, 28)
    whole = "字" * 26 + "20"
    found = read(["一、总体情况", *lines, whole, "23条信息。"])
    assert "字2023条信息。" in found.narrative[0].text
    assert [f.code for f in found.findings] == ["GX059", "GX095"]


@pytest.mark.parametrize(
    "kept",
    [
        ["（一）主动公开", "公开1条。"],
        ["1.机制", "有。"],
        ["一是健全制度。", "二是加强培训。"],
        ["　　另起一段。"],
        ["规章\t0\t0\t0"],
        ["六、其他需要报告的事项", "无"],
    ],
)
def test_what_begins_anew_is_not_joined(kept: list[str]) -> None:
    full = "字" * 28
    done = reflow([*broken(PARAGRAPHS, 28), full, *kept])
    assert done.lines[-len(kept) :] == kept


def test_text_that_is_not_broken_stays_as_it_is() -> None:
    for lines in (
        PARAGRAPHS,
        ["一、总体情况", *PARAGRAPHS, "字" * 28, "字" * 27],
        [f"第{at}条工作已经完成并按要求向社会公开相关信息共{at}条。" for at in range(20)],
        [f"第{at}项工作" for at in range(40)],
    ):
        assert reflow(lines).lines == lines


@given(st.lists(st.text("公开信息，。、1230 一（）\t", max_size=60), max_size=30))
def test_nothing_but_page_numbers_is_lost(lines: list[str]) -> None:
    done = reflow(lines)
    kept = "".join("".join(done.lines).split())
    pages = list(done.pages)
    given_ = "".join("".join(x for x in lines if not _is_page(x.strip(), pages)).split())
    assert kept == given_


def _is_page(text: str, pages: list[str]) -> bool:
    if text in pages and (page_number(text) is not None or text.isdecimal()):
        pages.remove(text)
        return True
    return False
