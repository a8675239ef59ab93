"""The rules on the text itself, over whole reports: what is planted is found, and nothing else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gxgen.checks.registry import checks
from gxgen.demo.agencies import GOVERNMENT, demo_agency
from gxgen.demo.faults import FAULTS
from gxgen.diagnostics import Finding
from gxgen.editions.declared import EDITIONS
from gxgen.model.narrative import Paragraph
from gxgen.model.report import Report, SignOff
from tests.checks.check_support import baseline, report_of, with_text, with_totals
from tests.demo.test_demo import COUNTY, clean_report

RULES = [rule for rule in checks() if rule.code.startswith("GX5") or rule.code == "GX048"]
TRAPS = Path(__file__).parent.parent / "data" / "text" / "lawful.txt"
LAWFUL = [line for line in TRAPS.read_text(encoding="utf-8").splitlines() if line[:1] not in "#"]


def told(report: Report) -> list[Finding]:
    return [found for rule in RULES if rule.check for found in rule.check(report)]


def opened(report: Report, sentence: str) -> Report:
    """With a sentence as the first paragraph of section one."""

    def longer(passage):
        return replace(passage, paragraphs=(Paragraph(sentence), *passage.paragraphs))

    return replace(
        report,
        narrative=tuple(longer(p) if p.mark == "1" else p for p in report.narrative),
    )


def without(report: Report, words: str, section: str, instead: str = "") -> Report:
    """Without the headings of a section, and the paragraphs of all, that have one of these words;
    ``instead`` closes the section."""

    def left(passage):
        kept = tuple(
            p
            for p in passage.paragraphs
            if passage.mark[0] != section or not re.search(words, p.text)
        )
        if passage.mark == section and instead:
            kept = (*kept, Paragraph(instead))
        return replace(passage, paragraphs=kept)

    passages = (
        left(p)
        for p in report.narrative
        if p.mark[0] != section or p.level == 1 or not re.search(words, p.heading or "")
    )
    return replace(report, narrative=tuple(passages))


QUESTIONS: dict[str, Callable[[Report], Report]] = {
    "GX503": lambda r: opened(r, f"{r.year - 1}年，全年公开信息稳步开展。"),
    "GX508": lambda r: opened(r, "进一步加强组织领导加强组织领导。"),
    "GX510": lambda r: opened(
        r,
        "本报告由总体情况、总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、"
        "行政复议和诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六部分组成。",
    ),
    "GX511": lambda r: without(r, "平台", "1"),
    "GX512": lambda r: without(
        r,
        "费",
        "6",
        "市民对公开栏目提出的意见，由综合科逐条记录，每个季度汇总一次，能改的当月就改，改不了的向提出的人说明原因。",
    ),
    "GX514": lambda r: opened(r, "全年公开情况见错误!未找到引用源。"),
    "GX521": lambda r: opened(r, "联系人：张伟，电话：0000-1234567。"),
    "GX530": lambda r: replace(r, sign_off=SignOff(date=dt.date(r.year + 1, 4, 20))),
}


def test_every_rule_on_the_text_is_planted() -> None:
    planted = {fault.code for fault in FAULTS} | set(QUESTIONS)
    assert {rule.code for rule in RULES} <= planted


@pytest.mark.parametrize("year", [2020, 2024])
def test_two_years_of_the_invented_county_raise_nothing(year: int) -> None:
    for index in range(GOVERNMENT, 100):
        assert told(clean_report(demo_agency(COUNTY, index), year)) == []


@pytest.mark.parametrize("year", [2020, 2024])
@pytest.mark.parametrize("code", QUESTIONS)
def test_a_question_planted_is_asked_and_no_other(code: str, year: int) -> None:
    for index in range(GOVERNMENT, 100):
        report = QUESTIONS[code](clean_report(demo_agency(COUNTY, index), year))
        assert [found.code for found in told(report)] == [code]


@pytest.mark.parametrize("year", [2020, 2024])
@pytest.mark.parametrize("code", sorted({rule.code for rule in RULES} - set(QUESTIONS)))
def test_an_error_planted_is_found_wherever_there_is_occasion(code: str, year: int) -> None:
    for fault in (fault for fault in FAULTS if fault.code == code):
        for index in range(GOVERNMENT, 100):
            unit = demo_agency(COUNTY, index)
            damaged = fault.damage(clean_report(unit, year), unit.random("text rules"))
            if damaged is not None:
                assert [found.code for found in told(damaged)] == [code], unit.agency.name


def test_a_long_overview_of_one_part_lacks_the_others() -> None:
    edition = EDITIONS["2021"]
    report = report_of(edition, with_totals(edition, baseline(edition)))
    for times, codes in ((2, []), (40, ["GX511"])):
        words = tuple(with_text(p, "逐人讲解，组织培训。" * times) for p in report.narrative)
        assert [found.code for found in told(replace(report, narrative=words))] == codes


def test_a_report_older_than_the_rules_on_the_fee_is_not_asked_about_it() -> None:
    report = QUESTIONS["GX512"](clean_report(demo_agency(COUNTY, 1), 2020))
    assert [found.code for found in told(report)] == ["GX512"]
    check = next(rule.check for rule in RULES if rule.code == "GX512")
    assert check is not None
    assert list(check(replace(report, year=2019))) == []


@pytest.mark.parametrize("sentence", LAWFUL)
def test_a_lawful_sentence_raises_nothing(sentence: str) -> None:
    edition = EDITIONS["2021"]
    report = report_of(edition, with_totals(edition, baseline(edition)))
    said = sentence.replace("{年}", str(report.year)).replace("{上年}", str(report.year - 1))
    report = replace(report, narrative=tuple(with_text(p, said) for p in report.narrative))
    assert told(report) == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("现向社会公布某县农业农村局{}年政府信息公开工作年度报告。", True),
        ("现将某县农业农村局{}年度政府信息公开工作年度报告公布如下。", True),
        ("根据《条例》第五十条的规定，编制{}年政务公开工作报告，统计期限自2022年1月1日起。", True),
        ("根据《关于做好{}年政府信息公开工作年度报告编制工作的通知》编制本报告。", False),
        ("按照县政府办公室关于编制{}年政府信息公开工作年度报告的通知要求编制。", False),
        ("结合本机关政府信息公开工作实际，对照{}年政府信息公开工作年度报告编制本报告。", False),
        ("上一年度公布了{}年政府信息公开工作年度报告，本报告接续其后。", False),
    ],
)
def test_a_preamble_publishes_the_report_of_its_own_year(sentence: str, found: bool) -> None:
    report = clean_report(demo_agency(COUNTY, 1), 2022)

    def beginning(year: int) -> list[str]:
        words = tuple(
            replace(p, paragraphs=(Paragraph(sentence.format(year)),)) if p.mark == "0" else p
            for p in report.narrative
        )
        return [one.code for one in told(replace(report, narrative=words))]

    assert beginning(2021) == (["GX501"] if found else [])
    assert beginning(2022) == []


def codes_of(sentence: str) -> set[str]:
    """What is told of a sound report that begins with a sentence."""
    return {
        found.code for found in told(opened(clean_report(demo_agency(COUNTY, 1), 2024), sentence))
    }


@pytest.mark.parametrize("sign", "零一二三四五六七八九十百千万亿")
def test_a_number_in_words_may_repeat_itself(sign: str) -> None:
    for number in (f"二{sign}", f"{sign}五八"):
        assert "GX508" not in codes_of(f"编号为{number}{number}的文件已公开。"), number


@pytest.mark.parametrize("word", "一逐又每挨")
def test_what_is_said_of_each_is_said_twice(word: str) -> None:
    assert "GX508" not in codes_of(f"做到{word}件{word}件落实。")
    assert "GX508" in codes_of("做到材件材件，落实。")


@pytest.mark.parametrize("between", [0, 1, 53, 54, 55, 200])
@pytest.mark.parametrize("before", ["", "依据", "依" * 70], ids=len)
def test_a_notice_is_known_by_its_title_within_sixty_signs(between: int, before: str) -> None:
    """The title has six signs; where it begins further back it is of another number."""
    sentence = f"{before}年度报告格式{'字' * between}国办函〔2021〕30号。"
    assert ("GX504" in codes_of(sentence)) == (between <= 54)
