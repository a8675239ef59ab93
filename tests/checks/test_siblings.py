"""Texts that speak as another agency of the county: what is asked about, and what never is."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxgen.checks import registry
from gxgen.checks.runner import run
from gxgen.checks.siblings import mentions
from gxgen.demo.agencies import demo_agency
from gxgen.diagnostics import Diagnostic, Severity
from gxgen.editions.declared import EDITIONS
from gxgen.model.agency import Agency, AgencyKind
from gxgen.model.agency_names import is_called
from gxgen.model.facts import CountyFacts
from gxgen.model.narrative import Paragraph
from gxgen.model.report import Answer, Report
from gxgen.model.siblings import named
from gxgen.model.words import CountyWords
from gxgen.places import SheetCell
from tests.checks.check_support import with_text
from tests.demo.test_demo import COUNTY, clean_report
from tests.factory import make_report

ROSTER = (
    Agency("云岭县水务局", "县水务局"),
    Agency("云岭县水务局河道管理站"),
    Agency("云岭县农业农村局", "云岭县农业局"),
    Agency("云岭县财政局", "财政局"),
    Agency("云岭县司法局"),
    Agency("云岭县档案馆"),
    Agency("青山镇人民政府", "青山镇"),
    Agency("云岭县人民政府", kind=AgencyKind.GOVERNMENT),
    Agency("云岭县人民政府办公室", "县政府办"),
)
FACTS = CountyFacts(named(ROSTER, "云岭县人民政府"))


def saying(*paragraphs: str, agency: str = "云岭县水务局", facts: CountyFacts = FACTS) -> Report:
    report = make_report(EDITIONS["2021"], agency=Agency(agency), facts=facts)
    words = tuple(
        replace(p, paragraphs=tuple(map(Paragraph, paragraphs))) if p.mark == "6" else p
        for p in report.narrative
    )
    return replace(report, narrative=words)


def called(report: Report) -> list[str]:
    return [mention.called for mention in mentions(report)]


def told(report: Report) -> list[str]:
    check = registry.rule("GX732").check
    assert check is not None
    return [finding.message for finding in check(report)]


def test_who_may_sign_nobody_elses_report() -> None:
    assert {name for name, _ in FACTS.named} == {
        "云岭县水务局",
        "云岭县水务局河道管理站",
        "云岭县农业农村局",
        "云岭县农业局",
        "云岭县财政局",
        "云岭县司法局",
        "云岭县档案馆",
        "青山镇人民政府",
        "青山镇",
    }


def test_a_short_name_of_two_agencies_is_nobodys() -> None:
    twins = (Agency("云岭县东镇人民政府", "东山镇"), Agency("云岭县西镇人民政府", "东山镇"))
    assert [name for name, _ in named(twins, None)] == [one.name for one in twins]


@pytest.mark.parametrize(
    "text",
    [
        "2024年，云岭县农业局共收到政府信息公开申请3件，均按时答复。",
        "一是云岭县财政局持续推进政务公开。",
        "云岭县财政局成立了政务公开工作领导小组。",
        "（一）2024年度青山镇主动公开政府信息32条。",
        "云岭县财政局现将2024年度情况报告如下。",
        "云岭县财政局政府信息公开工作总体情况",
        "云岭县财政局2024年度政务公开工作创新情况",
        "云岭县财政局2024年度没有其他需要报告的事项。",
        "云岭县财政局本年度没有其他有关文件要求报告的事项。",
        "如对本年度报告有疑问，请联系云岭县财政局（电话：000-1234567）。",
    ],
)
def test_a_copied_sentence_is_asked_about(text: str) -> None:
    assert len(called(saying(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "转云岭县财政局办理政府信息公开申请1件。",
        "云岭县司法局受理涉及我局的政府信息公开行政复议1件。",
        "云岭县水务局收到政府信息公开申请3件，云岭县财政局收到政府信息公开申请2件。",
        "云岭县档案馆建立政务公开专区，群众可就近查阅。",
        "云岭县档案馆积极宣传我局政务公开工作。",
        "邀请云岭县司法局政务公开工作负责同志授课。",
        "原云岭县财政局2023年收到政府信息公开申请3件。",
        "青山镇全面推进政务公开标准化，经验在全县推广。",
        "在青山镇召开政务公开现场会。",
        "县水务局2024年收到政府信息公开申请3件。",
        "水务局严格落实政务公开要求。",
        "财政局2024年收到政府信息公开申请3件。",
        "云岭县司法局对3份规范性文件进行合法性审核。",
        "经云岭县司法局审核，发布规范性文件2件。",
        "报云岭县财政局备案后公开部门预算。",
        "根据云岭县司法局的政务公开工作要点制定清单。",
        "按照云岭县司法局统一部署，推进政务公开。",
        "云岭县档案馆持续开设政务公开专栏，我局供稿30篇。",
        "云岭县司法局认真组织全县政务公开培训，参训2人。",
        "云岭县财政局公开政府采购信息30条、我局公开5条。",
        "云岭县财政局收取的信息处理费全部上缴国库。",
        "云岭县档案馆接收政府信息公开目录120条。",
        "云岭县司法局受理窗口收到政府信息公开申请1件，移送我局办理。",
        "云岭县司法局受理后，收到的政府信息公开申请送我局办理。",
        "不服云岭县财政局的答复，申请人提起诉讼。",
        "云岭县财政局批复预算后20日内公开。",
        "云岭县司法局、云岭县财政局高度重视政务公开工作。",
        "对云岭县财政局政务公开工作情况进行通报。",
        "云岭县财政局在全县政务公开评议中典型引路，严格把关政务公开。",
        "联系云岭县档案馆，新增政务公开查阅点1处。",
        "赴云岭县财政局政务公开专区观摩。",
        "办公地址：云岭县财政局院内。",
        "政务公开专区设在云岭县档案馆。",
        "按部门分：云岭县财政局主动公开政府信息3条；云岭县司法局主动公开政府信息2条。",
        "编辑《2024年，云岭县财政局主动公开政府信息3条》一文。",
        "转载“2024年，云岭县财政局主动公开政府信息3条”的消息。",
        "网址https://www.example.cn/发布云岭县财政局政府信息公开年度报告",
        "云岭县司法局主动公开我局政府信息3条。",
        "云岭县司法局收到依申请公开2件，均转至水务部门办理。",
        "云岭县司法局公布政府信息公开年度报告编制要求后，及时编制。",
        "积极配合完善云岭县档案馆政府信息公开目录。",
        "及时更新云岭县档案馆政务公开制度栏目链接。",
        "云岭县财政局依据有关规定拨付政务公开经费3万元。",
        "今年云岭县司法局坚持每季度对政务公开工作调度。",
    ],
)
def test_a_lawful_sentence_is_not(text: str) -> None:
    assert called(saying(text)) == []


def test_the_last_line_is_a_signature_and_no_other() -> None:
    assert called(saying("没有其他事项。", "云岭县财政局")) == ["云岭县财政局"]
    assert called(saying("没有其他事项。", "云岭县财政局", "2025年1月8日")) == ["云岭县财政局"]
    assert called(saying("没有其他事项。", "云岭县财政局2025年1月8日")) == ["云岭县财政局"]
    assert called(saying("查阅点：", "云岭县档案馆", "云岭县财政局", "以上各处均可查阅。")) == []


def test_one_question_a_neighbour_says_how_often() -> None:
    text = "云岭县财政局主动公开政府信息{}条。"
    (one,) = told(saying(text.format(3), text.format(4), text.format(5)))
    assert "这样的共有3处" in one
    assert len(told(saying(text.format(3), text.replace("财政", "司法").format(4)))) == 2
    assert "“云岭县农业局”（云岭县农业农村局）" in told(saying("云岭县农业局未收取信息处理费。"))[0]


def test_a_station_and_its_bureau_are_not_strangers() -> None:
    bureau, station = (
        f"{name}2024年主动公开政府信息3条。" for name in (one.name for one in ROSTER[:2])
    )
    assert called(saying(station)) == []
    assert called(saying(bureau, agency="云岭县水务局河道管理站")) == []
    assert called(saying(station, agency="云岭县财政局")) == ["云岭县水务局河道管理站"]
    town = "青山镇人民政府2024年主动公开政府信息3条。"
    assert called(saying(town, agency="青山镇财政所")) == []


@pytest.mark.parametrize("agency", ["云岭县人民政府", "云岭县人民政府办公室"])
def test_above_it_is_never_a_neighbour(agency: str) -> None:
    text = f"{agency}2024年收到政府信息公开申请30件。"
    assert called(saying(text)) == []


def test_a_name_that_may_be_its_own_in_another_form_is_not_asked_about() -> None:
    roster = (Agency("云岭县行政审批局"), Agency("云岭县审批管理局", "云岭县审批服务局"))
    text, facts = "云岭县行政审批局主动公开政府信息3条。", CountyFacts(named(roster, None))
    assert called(saying(text, agency="云岭县行政审批服务局", facts=facts)) == []
    assert called(saying(text, agency="云岭县财政局", facts=facts)) == ["云岭县行政审批局"]
    short = text.replace("行政审批局", "审批服务局")
    assert called(saying(short, agency="云岭县行政审批服务局", facts=facts)) == []
    assert called(saying(short, agency="云岭县财政局", facts=facts)) == ["云岭县审批服务局"]


def test_a_countys_own_report_speaks_of_all() -> None:
    assert called(saying("云岭县财政局主动公开政府信息3条。", agency="云岭县人民政府")) == []


LETTERS = st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=5)
NAMES = st.lists(st.builds("云岭县{}局".format, LETTERS), min_size=2, max_size=8, unique=True)


@settings(max_examples=150)
@given(NAMES, st.data())
def test_the_longest_name_is_found_and_its_own_never(names: list[str], data: st.DataObject) -> None:
    longer = [*names, *(f"{name}{data.draw(LETTERS)}站" for name in names)]
    facts = CountyFacts(named([Agency(name) for name in longer], None))
    own, meant = data.draw(st.sampled_from(longer)), data.draw(st.sampled_from(longer))
    found = called(saying(f"{meant}2024年主动公开政府信息3条。", agency=own, facts=facts))
    assert found in ([], [meant])
    if own in meant or meant in own:
        assert found == []
    elif not is_called(Agency(own), meant) and own.removeprefix("云岭县") not in meant:
        assert found == [meant]


@pytest.mark.parametrize("year", [2020, 2024])
def test_no_report_of_the_invented_county_is_asked_about(year: int) -> None:
    units = [demo_agency(COUNTY, index) for index in range(100)]
    facts = CountyFacts(named([unit.agency for unit in units], None))
    for unit in units:
        assert called(replace(clean_report(unit, year), facts=facts)) == []


def test_a_whole_narrative_with_the_neighbours_name_is_asked_about_once() -> None:
    units = [demo_agency(COUNTY, index) for index in range(60)]
    facts = CountyFacts(named([unit.agency for unit in units], None))
    for ours, theirs in pairwise(units):
        copy = clean_report(theirs, 2024)
        text = f"2024年，{theirs.agency.name}认真落实政府信息公开各项要求。"
        words = tuple(with_text(p, text) for p in copy.narrative)
        asked = told(replace(copy, agency=ours.agency, facts=facts, narrative=words))
        assert len(asked) == 1
        assert theirs.agency.name in asked[0]


FIRST = "2024年，云岭县财政局共收到政府信息公开申请3件。"
AGAIN = "云岭县财政局成立了政务公开工作领导小组。"


def asked(report: Report) -> list[Diagnostic]:
    return [one for one in run(report, strict=True) if one.code == "GX732"]


def test_an_answer_holds_for_the_sentences_that_it_was_given_to() -> None:
    (one,) = asked(with_places(FIRST, AGAIN))
    line = re.search(r"编号 (\S+?)，单元格 (\S+?)，当时的数 (.*)，理由……", one.hint)
    assert line is not None
    answer = Answer(line[1], line[2], "属实", SheetCell("说明", 3, 0), line[3])
    for said, severity in [
        ((FIRST, AGAIN), Severity.NOTE),
        ((FIRST,), Severity.WARNING),
        ((FIRST, AGAIN, FIRST.replace("3", "4")), Severity.WARNING),
        ((FIRST, AGAIN.replace("成立", "已经成立")), Severity.WARNING),
    ]:
        (now,) = asked(replace(with_places(*said), answers=(answer,)))
        assert now.severity is severity
        assert ("已失效" in now.message) is (severity is Severity.WARNING)


@pytest.mark.parametrize("lawful", [(FIRST,), (AGAIN,), (FIRST, AGAIN)])
def test_what_a_county_calls_lawful_is_asked_about_until_all_of_it_is(
    lawful: tuple[str, ...],
) -> None:
    words = CountyWords(lawful=tuple(one.rstrip("。") for one in lawful))
    found = asked(replace(with_places(FIRST, AGAIN), words=words))
    assert len(found) == (2 - len(lawful))


def with_places(*paragraphs: str) -> Report:
    """The same in cells of the form, as an answer names one."""
    report = saying(*paragraphs)
    words = tuple(
        replace(
            p,
            paragraphs=tuple(
                replace(one, place=SheetCell("正文", 40 + at, 2))
                for at, one in enumerate(p.paragraphs)
            ),
        )
        if p.mark == "6"
        else p
        for p in report.narrative
    )
    return replace(report, narrative=words)


def test_a_roster_of_thousands_costs_little() -> None:
    names = [Agency(f"云岭县{at:05}号村民服务中心") for at in range(15_000)]
    facts = CountyFacts(named(names, None))
    report = saying(*["云岭县00007号村民服务中心主动公开政府信息3条。"] * 50, facts=facts)
    called(report)
    start = time.process_time()
    assert len(called(report)) == 50
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "unit",
    [
        "云岭县财政局",
        "报告",
        "报告请与云岭县财政局",
        "，",
        "， ",
        "《",
        "云岭县",
        "2024年，",
        "申请收",
    ],
)
def test_no_paragraph_takes_long(unit: str) -> None:
    report = saying(*[unit * (9_000 // len(unit))] * 5, facts=FACTS)
    rules = [registry.rule(code).check for code in ("GX732", "GX511", "GX512")]
    start = time.process_time()
    for check in rules:
        assert check is not None
        list(check(report))
    assert time.process_time() - start < 1
