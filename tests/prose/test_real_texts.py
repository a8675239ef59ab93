"""The reports as published, and the samples' narratives: their outline, through every format."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest

from gxgen.editions.declared import EDITIONS
from gxgen.model.agency import Agency
from gxgen.model.outline import heading_text
from gxgen.model.report import SignOff
from gxgen.prose.compare import compare
from gxgen.prose.neighbour import NeighbourReading, read_neighbour
from tests.factory import make_report
from tests.prose.word_files import docx, paragraph
from tests.support import SHOWN, need_seeds

EDITION = EDITIONS["2021"]
SHOWN_FILES = sorted(SHOWN.glob("*.json"))

LINGHE = [
    "0", "1 一、总体情况", "1.1 （一）主动公开", "1.1.1 1.体制机制建设情况",
    "1.1.2 2.主动公开信息情况", "1.1.3 3.解读回应关切", "1.2 （二）依申请公开",
    "1.3 （三）政府信息管理", "1.4 （四）政府信息公开平台建设", "1.5 （五）监督保障",
    "2 二、主动公开政府信息情况", "3 三、收到和处理政府信息公开申请情况",
    "4 四、政府信息公开行政复议、行政诉讼情况", "5 五、存在的主要问题及改进情况",
    "5.1 （一）2022年问题整改情况", "5.2 （二）2023年存在的主要问题及改进情况",
    "6 六、其他需要报告的事项", "6.1 （一）收取信息处理费的情况",
    "6.2 （二）落实安丘市2023年度政务公开工作要点情况",
    "6.3 （三）人大代表建议和政协委员提案办理结果公开情况。",
    "6.4 （四）安丘市凌河街道办事处2023年度政务公开工作创新情况",
    "6.4.1 1.延伸公开触角。", "6.4.2 2.融合网格优势。",
    "6.5 （五）安丘市凌河街道办事处2023年度政府信息公开工作年度报告数据统计需要说明的事项",
    "6.6 （六）安丘市凌河街道办事处2023年度没有其他需要报告的事项。",
    "6.7 （七）安丘市凌河街道办事处本年度没有其他有关文件专门要求通过政府信息公开工作年度报告"
    "予以报告的事项。",
]  # fmt: skip

ZIBO = [
    "0", "1 一、总体情况", "1.1 （一）主动公开方面。", "1.2 （二）依申请公开方面。",
    "1.3 （三）政府信息管理方面。", "1.4 （四）平台建设方面。", "1.5 （五）全面强化监督保障。",
    "2 二、主动公开政府信息情况", "3 三、收到和处理政府信息公开申请情况",
    "4 四、政府信息公开行政复议、行政诉讼情况", "5 五、存在的主要问题及改进情况",
    "5.1 （一）存在问题：", "5.2 （二）改进情况：", "6 六、其他需要报告的事项",
    "6.1 （一）收取信息处理费情况。", "6.2 （二）人大代表建议和政协提案办理结果公开情况。",
    "6.3 （三）政务公开工作创新情况。", "6.4 （四）落实上级年度政务公开工作要点情况。",
]  # fmt: skip

SHENPI = [
    "0", "1 一、总体情况", "1.1 （一）主动公开", "1.1.1 1.体制机制建设情况",
    "1.1.2 2.主动公开信息情况", "1.1.3 3.解读回应关切", "1.2 （二）依申请公开",
    "1.3 （三）政府信息管理", "1.4 （四）政府信息公开平台建设", "1.5 （五）监督保障",
    "1.5.1 1.强化考核监督。", "1.5.2 2.加强人员配备。", "1.5.3 3.加强培训与考核。",
    "2 二、主动公开政府信息情况", "3 三、收到和处理政府信息公开申请情况",
    "4 四、政府信息公开行政复议、行政诉讼情况", "5 五、存在的主要问题及改进情况",
    "5.1 （一）2023年问题整改情况", "5.2 （二）2024年存在的主要问题及改进情况",
    "6 六、其他需要报告的事项", "6.1 （一）收取信息处理费的情况",
    "6.2 （二）人大代表建议和政协委员提案办理结果公开情况。",
    "6.3 （三）安丘市行政审批服务局2024年度政务公开工作创新情况",
    "6.4 （四）安丘市行政审批服务局2024年度政府信息公开工作年度报告数据统计需要说明的事项",
    "6.5 （五）安丘市行政审批服务局2024年度没有其他需要报告的事项。",
    "6.6 （六）安丘市行政审批服务局本年度没有其他有关文件专门要求通过政府信息公开工作年度报告"
    "予以报告的事项。",
]  # fmt: skip

LAOCHENG = [
    "1 一、总体情况", "1.1 （一）主动公开", "1.2 （二）依申请公开", "1.3 （三）政府信息管理",
    "1.4 （四）政府信息公开平台建设", "1.5 （五）监督保障", "2 二、主动公开政府信息情况",
    "3 三、收到和处理政府信息公开申请情况", "4 四、政府信息公开行政复议、行政诉讼情况",
    "5 五、存在的主要问题及改进情况", "6 六、其他需要报告的事项",
]  # fmt: skip

TABLES = ["GX059"] * 3
"""The rows of the three tables, left out and told."""


def seed(number: str) -> NeighbourReading:
    (path,) = need_seeds().glob(f"{number}_*.txt")
    return read_neighbour(path.read_bytes(), "报告.txt", EDITION)


def marks(reading: NeighbourReading) -> list[str]:
    return [f"{p.mark} {heading_text(p)}".strip() for p in reading.narrative]


@pytest.mark.parametrize(
    ("number", "expected", "codes", "sign_off"),
    [
        ("001", LINGHE, [*TABLES, "GX049"], ("安丘市凌河街道办事处", "2024年1月13日")),
        ("002", ZIBO, TABLES, ("淄博市机关事务管理局",)),
        (
            "003",
            SHENPI,
            ["GX059", *TABLES, "GX043", "GX049"],
            ("安丘市行政审批服务局", "2025年1月8日"),
        ),
        ("004", LAOCHENG, TABLES, ()),
    ],
)
def test_outline_of_a_published_report(
    number: str, expected: list[str], codes: list[str], sign_off: tuple[str, ...]
) -> None:
    found = seed(number)
    assert marks(found) == expected
    assert [finding.code for finding in found.findings] == codes
    assert found.sign_off == sign_off
    assert found.title is not None
    assert found.title.endswith("年政府信息公开工作年度报告")


def test_the_tables_of_published_reports_leave_nothing_in_the_text() -> None:
    for number in ("001", "002", "003", "004"):
        texts = [p.text for p in seed(number).narrative if p.mark in ("2", "3", "4")]
        assert texts == ["", "", ""]


def test_a_skipped_number_of_a_published_report_is_told() -> None:
    (finding,) = (f for f in seed("003").findings if f.code == "GX043")
    assert "“(三)”，前一项是“（一）”，应为“（二）”" in finding.message


def test_a_report_broken_by_pictures_keeps_its_words() -> None:
    path = next(need_seeds().glob("000_*.txt"))
    found = read_neighbour(path.read_bytes(), "报告.md", EDITION)
    words = "".join(heading_text(p) + p.text for p in found.narrative)
    for words_of_it in (
        "成立政务公开工作领导小组",
        "未收取任何费用",
        "我中心收到政府信息公开申请 1 件",
    ):
        assert words_of_it in words
    assert {p.section for p in found.narrative} >= {"0", "1", "2", "3", "5", "6"}


def shown(path: Path) -> list[dict[str, str]]:
    narrative: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))["narrative"]
    return narrative


@pytest.mark.parametrize("kind", ["txt", "docx"])
@pytest.mark.parametrize("path", SHOWN_FILES, ids=lambda p: p.stem)
def test_a_sample_written_out_reads_as_itself(path: Path, kind: str) -> None:
    """Its printed lines, as a clerk would type them, give the same outline."""
    lines = list(_printed(shown(path)))
    data = "\n".join(lines).encode() if kind == "txt" else docx(*map(paragraph, lines))
    found = read_neighbour(data, f"稿.{kind}", EDITION)
    expected = [(p["section"], p["heading"], p["text"]) for p in shown(path) if p["section"] != "9"]
    assert [(p.mark, p.heading, p.text) for p in found.narrative] == expected
    assert found.findings == ()


def _printed(passages):
    from gxgen.model.narrative import Passage

    for item in passages:
        if item["section"] == "9":
            continue
        passage = Passage(item["section"], item["heading"])
        texts = item["text"].split("\n") if item["text"] else []
        if passage.runs_in and texts:
            yield heading_text(passage) + texts.pop(0)
        elif passage.heading:
            yield heading_text(passage)
        yield from texts


NAMES = {
    "000": ("安丘市机关事务服务中心", 2023),
    "001": ("安丘市凌河街道办事处", 2023),
    "002": ("淄博市机关事务管理局", 2023),
    "003": ("安丘市行政审批服务局", 2024),
    "004": ("老城区机关事务服务中心", 2022),
}
WRONG = {"000": {"GX043"}, "003": {"GX043"}}
"""What is wrong in them: numbers of headings that repeat, (一) followed by (三)."""
HARMLESS = {"GX049", "GX059"}


@pytest.mark.parametrize("kind", ["txt", "md"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("number", NAMES)
def test_every_sentence_of_a_published_report_is_there_once(
    number: str, encoding: str, kind: str
) -> None:
    (path,) = need_seeds().glob(f"{number}_*.txt")
    text = path.read_text(encoding="utf-8")
    name, year = NAMES[number]
    found = read_neighbour(text.encode(encoding), f"稿.{kind}", EDITION)
    report = make_report(EDITION, agency=Agency(name), year=year, sign_off=SignOff())
    codes = {f.code for f in (*found.findings, *compare(report, found, f"稿.{kind}"))}
    assert codes - HARMLESS == WRONG.get(number, set())
    words = _squeezed("".join(heading_text(p) + p.text for p in found.narrative))
    at = 0
    for sentence in _sentences(text):
        place = words.find(sentence, at)
        assert place >= 0, sentence
        assert words.count(sentence) == _squeezed(text).count(sentence), sentence
        at = place


def test_another_agencys_report_is_an_error() -> None:
    for number in NAMES:
        report = make_report(EDITION, agency=Agency("云岭县招商服务局"), year=NAMES[number][1])
        assert "GX073" in {f.code for f in compare(report, seed(number), "稿.txt")}


def _sentences(text: str) -> list[str]:
    """Its sentences without numbers and marks; those of the preamble and of every section."""
    lines = (re.sub(r"^[#\s]+|^\s*[(（][一二三四五六七][)）]", "", x) for x in text.splitlines())
    return [
        _squeezed(sentence)
        for line in lines
        for sentence in re.findall(r"[^。]{6,}。", line)
        if "区分处理的" not in sentence
    ]


def _squeezed(text: str) -> str:
    text = re.sub(r"<(http[^>]*)>", r"\1", unicodedata.normalize("NFKC", text))
    return "".join(text.split())
