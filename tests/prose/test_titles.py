"""Titles in every order of their words, whose they are, and what stands around them."""

from __future__ import annotations

import datetime as dt

import pytest

from gxgen.editions.declared import EDITIONS
from gxgen.model.agency import Agency
from gxgen.model.agency_names import is_called
from gxgen.model.report import Report, SignOff
from gxgen.prose.compare import compare
from gxgen.prose.neighbour import NeighbourReading, read_neighbour
from gxgen.prose.title import date_of, title_parts
from tests.factory import make_report

EDITION = EDITIONS["2021"]
AGENCY = Agency("云岭县招商服务局", "招商局")
REPORT: Report = make_report(
    EDITION, agency=AGENCY, year=2024, sign_off=SignOff(date=dt.date(2025, 1, 8))
)
BODY = "一、总体情况\n公开1条。\n六、其他需要报告的事项\n没有其他需要报告的事项。\n"

FORMS = (
    "{n}2024年政府信息公开工作年度报告",
    "{n}2024年度政府信息公开工作年度报告",
    "2024年{n}政府信息公开工作年度报告",
    "2024年度{n}政府信息公开年度报告",
    "{n}政府信息公开工作年度报告（2024年度）",
    "{n}政府信息公开工作年度报告（2024年）",
    "{n}政府信息公开工作年度报告\n（2024年度）",
    "政府信息公开工作年度报告（2024年度）\n{n}",
    "政府信息公开工作年度报告\n（2024年度）\n{n}",
    "{n}\n政府信息公开工作年度报告\n（2024年度）",
    "{n}\n2024年政府信息公开工作年度报告",
    "{n}\n2024年政府信息公开\n工作年度报告",
    "{n}\n2024年\n政府信息公开\n工作年度报告",
    "{n}2024年政府信息\n公开工作年度报告",
    "2024年政府信息公开工作年度报告\n{n}",
    "2024年政府信息公开工作年度报告\n{n}\n2025年1月8日",
    "{n}关于2024年政府信息公开工作的年度报告",
    "{n}关于2024年度政府信息公开工作情况的报告",
    "关于{n}2024年政府信息公开工作情况的报告",
    "{n}关于政府信息公开工作的报告（2024年度）",
    "{n}2024年政府信息公开年报",
    "{n}政府信息公开2024年度报告",
    "{n}政府信息公开工作2024年年度报告",
    "{n}2024年政务公开工作年度报告",
    "{n}二〇二四年政府信息公开工作年度报告",
    "{n}二○二四年度政府信息公开工作年度报告",
    "《{n}2024年政府信息公开工作年度报告》",
    "{n} 2024 年 政府信息公开 工作年度报告",
    "{n}２０２４年政府信息公开工作年度报告",
    "{n}2024年政府信息公开工作年度报告\n（2025年1月8日）",
    "{n}政府信息公开工作年度报告（2024年1月1日至2024年12月31日）",
    "首页 > 公开 > 年报\n发布时间：2025-01-08  来源：本站\n{n}2024年政府信息公开工作年度报告",
    "标题：{n}2024年政府信息公开工作年度报告",
    "- 1 -\n{n}2024年政府信息公开工作年度报告\n发布机构：{n}",
)
OWN = (
    "云岭县招商服务局",
    "招商局",
    "招商服务局",
    "县招商局",
    "云岭县招商局",
    "东平市云岭县招商服务局",
)
FOREIGN = (
    "邻水县招商服务局",
    "云岭县财政局",
    "邻水县招商局",
    "东云岭县招商服务局",
    "云岭县人民政府",
)


def told(
    text: str, report: Report = REPORT, file: str = "稿.txt"
) -> tuple[NeighbourReading, list[str]]:
    found = read_neighbour(text.encode(), file, report.edition)
    return found, [f.code for f in (*found.findings, *compare(report, found, file))]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("file", ["稿.txt", "稿.md"])
def test_every_form_is_a_title_own_or_foreign(form: str, file: str) -> None:
    """The table: every form is own for each own name, GX073 for each foreign one, off the text."""
    separate = "\n\n" if file.endswith("md") else "\n"
    for name in (*OWN, *FOREIGN):
        head = form.format(n=name).replace("\n", separate)
        found, codes = told(f"{head}{separate}{BODY}", file=file)
        assert found.title is not None, name
        assert ("GX073" in codes) == (name in FOREIGN), (name, found.title, found.agencies)
        assert set(codes) <= {"GX073", "GX059", "GX074"}, (name, codes)
        assert "GX074" not in codes or name in FOREIGN
        assert [p.mark for p in found.narrative] == ["1", "6"], name


@pytest.mark.parametrize("form", [form for form in FORMS if "2024" in form or "二四" in form])
def test_another_year_is_an_error_in_every_form(form: str) -> None:
    report = make_report(EDITION, agency=AGENCY, year=2023)
    assert "GX073" in told(form.format(n=AGENCY.name) + "\n" + BODY, report)[1]


@pytest.mark.parametrize(
    ("agency", "own", "foreign"),
    [
        (
            Agency("安丘市凌河街道办事处", "凌河街道"),
            "凌河街道办事处 安丘市凌河街道 安丘凌河街道办 山东省安丘市凌河街道办事处 我街道",
            "安丘市凌东街道办事处 凌水街道 青州市凌河街道办事处 凌街道 安丘市凌河镇人民政府",
        ),
        (
            Agency("安丘市行政审批服务局"),
            "安丘市审批局 审批服务局 市审批局 安丘审批局 潍坊市安丘市行政审批服务局 本机关",
            "青州市行政审批服务局 潍坊市行政审批服务局 安丘市财政局 安丘市机关事务服务中心",
        ),
        (
            Agency("云岭县市场监督管理局"),
            "云岭县市场监管局 市场监管局 县市场监督管理局",
            "云溪县市场监督管理局 云岭县医疗保障局",
        ),
        (
            Agency("云岭县卫生健康委员会"),
            "云岭县卫健委 卫健委",
            "云岭县教育体育局 云溪县卫健委",
        ),
        (
            Agency("云岭县人力资源和社会保障局", "县人社局"),
            "云岭县人社局 人社局",
            "云岭县医保局 云溪县人社局",
        ),
        (
            Agency("云岭县王家镇人民政府"),
            "王家镇 王家镇政府 云岭县王家镇 王家镇人民政府",
            "王家庄镇人民政府 云岭县李家镇人民政府 云岭县人民政府",
        ),
        (Agency("财政局"), "某县财政局 财政局", "审计局 某县审计局"),
    ],
)
def test_whose_a_name_is(agency: Agency, own: str, foreign: str) -> None:
    assert [name for name in own.split() if not is_called(agency, name)] == []
    assert [name for name in foreign.split() if is_called(agency, name)] == []


@pytest.mark.parametrize(
    "text",
    [
        "现将2024年政府信息公开工作年度报告公布如下",
        "编制政府信息公开工作年度报告",
        "根据要求编制2024年政府信息公开工作年度报告",
        "认真落实政府信息公开工作年度报告制度",
        "本报告是2024年政府信息公开工作年度报告。",
        "政府信息公开指南",
    ],
)
def test_words_about_a_report_are_no_title(text: str) -> None:
    assert title_parts(text) is None


@pytest.mark.parametrize("name", ["云岭县第{}号办事处", "{}工程办公室", "云岭县{}局"])
@pytest.mark.parametrize("form", ["{}2021年政府信息公开工作年度报告", "2021年度{}政府信息公开年报"])
def test_a_number_in_a_name_is_no_year(name: str, form: str) -> None:
    """Not even one that could be: a report was read as that year's, of an agency without it."""
    for number in range(1898, 2102):
        agency = name.format(number)
        assert title_parts(form.format(agency)) == (agency, 2021)


def test_another_agency_under_an_own_title_is_asked_about() -> None:
    head = f"{AGENCY.name}2024年政府信息公开工作年度报告"
    assert told(f"{head}\n云岭县财政局\n{BODY}")[1] == ["GX074"]
    assert told(f"{head}\n招商局\n{BODY}")[1] == []


HEAD = (
    "您现在的位置：首页 > 政务公开 > 政府信息公开年报",
    "发布时间：2025-01-08 10:00",
    "来源：云岭县招商服务局",
    "浏览次数：123",
    "【字体：大 中 小】",
    "索引号：11370000/2025-00001",
    "- 1 -",
)
TAIL = (
    "打印本页 关闭窗口",
    "【打印】【关闭】",
    "扫一扫在手机打开当前页",
    "上一篇：没有了",
    "下一篇：2023年年报",
    "附件：报告.pdf",
    "责任编辑：某某",
    "版权所有：云岭县人民政府 鲁ICP备00000000号",
    "报告.docx",
)


@pytest.mark.parametrize("head", [*HEAD, "\n".join(HEAD)])
@pytest.mark.parametrize("tail", [*TAIL, "\n".join(TAIL)])
def test_furniture_is_kept_out_and_told_once(head: str, tail: str) -> None:
    title = f"{AGENCY.name}2024年政府信息公开工作年度报告"
    found, codes = told(f"{head}\n{title}\n{BODY}{AGENCY.name}\n2025年1月8日\n{tail}")
    assert set(codes) == {"GX059"} and codes.count("GX059") <= 2
    assert found.sign_off == (AGENCY.name, "2025年1月8日")
    words = "".join(p.text for p in found.narrative)
    assert words == "公开1条。没有其他需要报告的事项。"


def test_a_line_before_the_title_that_is_unknown_is_asked_about() -> None:
    found, codes = told(f"县委书记批示已阅\n{AGENCY.name}2024年政府信息公开工作年度报告\n{BODY}")
    assert codes == ["GX056"]
    assert "县委书记批示已阅" in found.findings[0].message


@pytest.mark.parametrize(
    "last", ["来源：本机关统计。", "附件：无", "地址：云岭县1号", "A > B > C", "联系方式：0536-1"]
)
def test_text_at_the_end_is_no_furniture(last: str) -> None:
    assert told(f"{BODY}{last}")[0].narrative[-1].text.endswith(last)


@pytest.mark.parametrize(
    "written",
    [
        "2025年1月8日", "二〇二五年一月八日", "二○二五年一月八日", "二零二五年一月八日",
        "二O二五年一月八日", "２０２５年１月８日", "2025-01-08", "2025.1.8", "（2025年1月8日）",
    ],
)  # fmt: skip
def test_dates_of_sign_offs(written: str) -> None:
    assert date_of(written) == dt.date(2025, 1, 8)
    found, codes = told(f"{BODY}{AGENCY.name}\n{written}")
    assert (found.sign_off, codes) == ((AGENCY.name, written), [])
