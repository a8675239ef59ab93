"""Sentences filled from figures: what is printed, what is refused and where."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.county.agency_year import Filing
from gxgen.county.unit import check_unit
from gxgen.diagnostics import Finding, Severity
from gxgen.editions.declared import EDITIONS
from gxgen.form.layout import NARRATIVE_TEXT_COLUMN, NARRATIVE_TOP
from gxgen.form.write.narrative import plan_narrative
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.indicators import Indicator, in_order
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.record import to_record
from gxgen.model.record_parse import from_record
from gxgen.model.report import Entry, EntryState, Report, Value
from gxgen.model.vocabulary import vocabulary
from gxgen.places import SheetCell
from gxgen.prose.filled import filled
from tests.factory import make_report

ROOT = Path(__file__).parents[2]
CELL = SheetCell("正文", 5, 2)
NEW, DONE, OPEN = (f"requests.{row}.total" for row in ("received", "processed", "granted"))
FEES = "disclosure.fees.amount"


def said(text: str) -> tuple[Passage, ...]:
    return (Passage("1", "总体情况", (Paragraph(text, CELL),), CELL),)


def report_of(
    values: Mapping[str, Value | None], last: Mapping[str, Value | None] | None = None
) -> Report:
    """A report with these figures and zeros, and last year's where some are given."""
    edition = EDITIONS["2021"]
    zero = {key: Entry(0, "0") for key in edition.fields}
    given_now = {
        k: Entry(v, str(v), state=EntryState.GIVEN if v is not None else EntryState.BLANK)
        for k, v in values.items()
    }
    report = replace(make_report(edition), year=2024, entries={**zero, **given_now})
    if last is None:
        return report
    before = {**zero, **{k: Entry(v, str(v)) for k, v in last.items()}}
    return replace(report, previous=replace(report, year=2023, entries=before))


def fill(report: Report, text: str) -> tuple[str | None, list[Finding]]:
    """What is printed in place of a text (None if nothing is), and what is found."""
    done, findings = filled(replace(report, narrative=said(text)))
    (passage,) = done.narrative
    return (passage.paragraphs[0].text if passage.paragraphs else None), findings


NOW = {NEW: 12, DONE: 9, OPEN: 6, FEES: Decimal("25.1000"), "disclosure.licensing.decisions": 12345}
LAST = {NEW: 9, DONE: 12, OPEN: 6}
LIST = (
    "{% for 项 in 办理结果 if 项.件数 > 0 %}{{ 项.名称 }}{{ 项.件数 }}件"
    "{% if not 项.末项 %}、{% endif %}{% endfor %}。"
)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("新收{{ 申请.新收 }}件。", "新收12件。"),
        ("新收｛｛申请．新收｝｝件。", "新收12件。"),
        ("新收{{申请。新收|大写}}件", "新收十二件"),
        ("{{ 复议.总数|大写 }}件", "零件"),
        ("{{ 行政许可.处理决定|千分位 }}", "12,345"),
        ("{{ 行政事业性收费.收费金额|万元 }}", "25.1万元"),
        ("{{ 行政事业性收费.收费金额 }}", "25.1"),
        ("上年{{ 上年(申请.新收) }}件", "上年9件"),
        ("{{ 较上年(申请.新收) }}", "增加3件"),
        ("{{ 较上年（申请.办结） }}", "减少3件"),
        ("{{ 较上年(申请.予以公开) }}", "持平"),
        ("{{ 较上年(行政事业性收费.收费金额) }}", "增加25.1万元"),
        ("{{ 同比(申请.新收) }}", "增长33.3%"),
        ("{{ 同比(申请.办结) }}", "下降25%"),
        ("{{ 同比(申请.予以公开) }}", "持平"),
        ("{{ 占比(申请.予以公开, 申请.办结) }}", "66.7%"),
        ("{{ 占比（申请.新收，申请.新收） }}", "100%"),
        ("{% if 申请.新收 > 10 and not 复议.总数 > 0 %}多{% else %}少{% endif %}", "多"),
        ("{% if 申请.新收 < 上年(申请.新收) %}少{% elif 申请.新收 == 12 %}十二{% endif %}", "十二"),
        ("{% if 申请.新收 == 0 %}没有收到申请。{% endif %}", None),
        (LIST, "予以公开6件。"),
        ("{# 注 #}与{{ 申请.新收 }}", "{# 注 #}与12"),
        ("a { b } {% if 申请.新收 >= 12 %}{ c{% endif %}", "a { b } { c"),
    ],
)
def test_what_is_printed(text: str, printed: str | None) -> None:
    assert fill(report_of(NOW, LAST), text) == (printed, [])


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [(0, 9, "0%"), (9, 9, "100%"), (1, 3000, "0.03%"), (2999, 3000, "99.97%"), (1, 8, "12.5%")],
)
def test_a_share_is_neither_nothing_nor_the_whole_by_rounding(
    part: int, whole: int, share: str
) -> None:
    report = report_of({OPEN: part, DONE: whole})
    assert fill(report, "{{ 占比(申请.予以公开, 申请.办结) }}") == (share, [])


def test_a_heading_is_filled_and_the_source_kept() -> None:
    text = (Passage("1.1", "收到{{ 申请.新收 }}件。", (Paragraph("话。", CELL),), CELL),)
    report = replace(report_of(NOW), narrative=text)
    done, findings = filled(report)
    assert (done.narrative[0].heading, findings) == ("收到12件。", [])
    assert done.written == text
    assert to_record(done)["narrative"] == to_record(report)["narrative"]


def test_text_without_braces_stays_the_same_report() -> None:
    report = replace(report_of(NOW), narrative=said("新收12件，{year}。"))
    assert filled(report)[0] is report


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("{{ 申请.新受 }}", "GX421", "是不是“申请.新收”？"),
        ("{{ 办结 }}", "GX421", "是不是“申请.办结”？"),
        ("{{ 申请.新收.自然 }}", "GX421", "是不是“申请.新收.自然人”？"),
        ("{% if 申请.新收 > 0 %}有{% else %}{{ 申请.办节 }}{% endif %}", "GX421", "“申请.办结”"),
        ("{{ 申请.结转下年 }}", "GX422", "没有填"),
        ("{{ 申请.新收 }", "GX421", "没有配成对"),
        ("{% if 申请.新收 > 0 %}有", "GX421", "endif"),
        ("{% if 申请.新收 %}有{% endif %}", "GX421", "数与数相比"),
        ("{{ 申请.新收|万元 }}", "GX421", "不能用“万元”"),
        ("{{ 行政许可.处理决定|大写 }}", "GX421", "不能用“大写”"),
        ("{{ 同比(复议.总数) }}", "GX423", "上年是 0"),
        ("{{ 占比(申请.新收, 申请.办结) }}", "GX423", "算不出来"),
        ("{{ 占比(复议.总数, 诉讼.总数) }}", "GX423", "算不出来"),
    ],
)
def test_what_is_refused(text: str, code: str, words: str) -> None:
    report = report_of({**NOW, "requests.carried_out.total": None}, LAST)
    printed, (finding,) = fill(report, f"好。{text}")
    assert printed == f"好。{text}"
    assert (finding.code, finding.place) == (code, CELL)
    assert finding.message.startswith("正文!C6")
    assert words in finding.message


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("新收1{{ 申请.新收 }}件。", "新收112件"),
        ("新收{{ 申请.新收 }} 5件。", "新收12 5件"),
        ("新收{{ 申请.新收 }}.5件。", "新收12.5件"),
        ("1.{{ 申请.新收 }}件。", "1.12件"),
        ("新收{{ 申请.新收 }}{{ 申请.办结 }}件。", "新收129件"),
        ("{% for 项 in 办理结果 if 项.件数 >= 0 %}{{ 项.件数 }}{% endfor %}", "60"),
        ("新收{{ 申请.新收|大写 }}十件。", "十二十件"),
        ("较上年减少{{ 较上年(申请.新收) }}。", "减少增加3件"),
        ("同比增长了{{ 同比(申请.办结) }}。", "增长了下降25%"),
        ("较上年增加{{ 较上年(申请.予以公开) }}。", "增加持平"),
        ("较上年{{ 较上年(申请.新收) }}件。", "增加3件件"),
        ("较上年{{ 较上年(申请.予以公开) }}件。", "持平件"),
        ("占{{ 占比(申请.予以公开, 申请.办结) }}%。", "66.7%%"),
        ("收费{{ 行政事业性收费.收费金额|万元 }}元。", "25.1万元元"),
    ],
)
def test_what_is_filled_in_does_not_run_into_what_stands_beside_it(text: str, shown: str) -> None:
    printed, (finding,) = fill(report_of(NOW, LAST), text)
    assert (printed, finding.code) == (text, "GX421")
    assert "填出来是“" in finding.message
    assert shown in finding.message


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("（1）{{ 申请.新收 }}件；2、{{ 申请.办结 }}件", "（1）12件；2、9件"),
        ("2024年{{ 申请.新收 }}件，12，{{ 申请.新收 }}", "2024年12件，12，12"),
        ("收费{{ 行政事业性收费.收费金额 }}万元", "收费25.1万元"),
        (
            "有所增加，{{ 较上年(申请.新收) }}、{{ 同比(申请.新收) }}",
            "有所增加，增加3件、增长33.3%",
        ),
        ("{{ 申请.新收|大写 }}件{{ 申请.办结 }}件", "十二件9件"),
        ("{{ 较上年(申请.新收) }}次、持平", "增加3件次、持平"),
    ],
)
def test_what_only_stands_near_is_printed(text: str, printed: str) -> None:
    assert fill(report_of(NOW, LAST), text) == (printed, [])


def test_an_untaken_way_asks_for_no_figure() -> None:
    report = report_of({**NOW, OPEN: None})
    assert fill(report, "{% if 申请.新收 > 0 %}有{% else %}{{ 申请.予以公开 }}{% endif %}")[1] == []


@pytest.mark.parametrize("function", ["上年", "较上年", "同比"])
def test_without_last_year_nothing_is_compared(function: str) -> None:
    _, (finding,) = fill(report_of(NOW), f"{{{{ {function}(申请.新收) }}}}")
    assert finding.code == "GX423"
    assert "没有2023年度的填报表" in finding.message


def test_last_years_blank_is_no_zero() -> None:
    _, (finding,) = fill(report_of(NOW, {NEW: None}), "{{ 较上年(申请.新收) }}")
    assert (finding.code, "没有填" in finding.message) == ("GX423", True)


def test_what_the_editions_do_not_share_is_not_compared() -> None:
    now, last = report_of(NOW), make_report(EDITIONS["2019"])
    now = replace(now, year=2021, previous=last)
    _, (finding,) = fill(now, "{{ 较上年(规范性文件.制发) }}")
    assert (finding.code, "没有可比的数" in finding.message) == ("GX423", True)
    assert fill(now, "{{ 上年(申请.新收) }}") == (str(last.values[NEW]), [])


# -- counts beside the tables ----------------------------------------------------------------------


def at(row: int, column: int = 2) -> SheetCell:
    return SheetCell("指标", row, column)


COUNTED = in_order(
    [
        Indicator("培训场次", "场", 12, 10, "", at(13), at(13, 3)),
        Indicator("培训人次", "人次", None, None, "", at(14), at(14, 3)),
        Indicator("新闻发布会", "场", 3, None, "", at(11), at(11, 3)),
        Indicator("12345 热线（受理）", "件", 1300, 0, "", at(20), at(20, 3)),
    ]
)
COUNTING = replace(report_of(NOW, LAST), indicators=COUNTED)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{ 指标.培训场次 }}场", "12场"),
        ('{{ 指标("培训场次") }}场', "12场"),
        ("{{ 指标（“培训场次”） }}场", "12场"),
        ("｛｛指标．培训场次｝｝", "12"),
        ("{{ 指标('12345热线(受理)')|千分位 }}", "1,300"),
        ("{{ 指标.培训场次|大写 }}", "十二"),
        ("{{ 上年(指标.培训场次) }}", "10"),
        ("{{ 较上年(指标.培训场次) }}", "增加2场"),
        ('{{ 较上年(指标("12345 热线（受理）")) }}', "增加1300件"),
        ("{{ 同比(指标.培训场次) }}", "增长20%"),
        ("{{ 占比(指标.新闻发布会, 指标.培训场次) }}", "25%"),
        ("{% if 指标.培训场次 > 10 %}多{% else %}少{% endif %}", "多"),
        ("{% if 指标.培训场次 > 上年(指标.培训场次) %}多{% endif %}", "多"),
    ],
)
def test_indicators_are_printed_by_name(text: str, printed: str) -> None:
    assert fill(COUNTING, text) == (printed, [])


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("{{ 指标.培训人次 }}", "GX422", "指标!C15 没有填"),
        ("{{ 指标.政协提案 }}", "GX422", "“指标”表的“政协提案”一行 没有填"),
        ("{{ 较上年(指标.新闻发布会) }}", "GX423", "指标!D12 没有填上年的数"),
        ('{{ 同比(指标("12345热线受理")) }}', "GX423", "上年是 0"),
        ("{{ 占比(指标.培训场次, 申请.新收) }}", "GX423", "单位不同"),
        ("{{ 指标.培训场数 }}", "GX421", "是不是“指标.培训场次”？"),
        ("{{ 培训场次 }}", "GX421", "是不是“指标.培训场次”？"),
        ('{{ 指标("12345热现") }}', "GX421", '是不是“指标("12345热线受理")”？'),
        ("{{ 指标 }}", "GX421", "里没有叫“指标”的数"),
        ('{{ 指标("") }}', "GX421", "不能写别的符号"),
        ('{{ 指标("（）") }}', "GX421", "里没有叫“指标.”的数"),
        ('{{ 申请("新收") }}', "GX421", "不能写别的符号"),
        ("{{ 指标(申请.新收) }}", "GX421", "只能用"),
        ("{% for 指标 in 办理结果 %}{{ 指标.件数 }}{% endfor %}", "GX421", "没有用过的名称"),
    ],
)
def test_what_is_refused_of_indicators(text: str, code: str, words: str) -> None:
    printed, (finding,) = fill(COUNTING, f"好。{text}")
    assert printed == f"好。{text}"
    assert (finding.code, finding.place) == (code, CELL)
    assert finding.message.startswith("正文!C6")
    assert words in finding.message


def test_last_years_form_knows_what_the_row_does_not_say() -> None:
    last = COUNTING.previous
    assert last is not None
    known = replace(last, indicators=in_order([Indicator("新闻 发布会", "场", 2)]))
    report = replace(COUNTING, previous=known)
    assert fill(report, "{{ 较上年(指标.新闻发布会) }}") == ("增加1场", [])
    other = replace(last, indicators=in_order([Indicator("新闻发布会", "次", 2)]))
    _, (finding,) = fill(replace(COUNTING, previous=other), "{{ 较上年(指标.新闻发布会) }}")
    assert finding.code == "GX423"


@pytest.mark.parametrize("edition", sorted(EDITIONS))
def test_every_figure_of_a_form_has_names_of_its_own(edition: str) -> None:
    names = vocabulary(EDITIONS[edition])
    single = {figure.keys[0] for figure in names.figures.values() if len(figure.keys) == 1}
    assert single == set(EDITIONS[edition].fields)
    for name in names.shown:
        assert names.figures[name].name == name
    named: dict[str, set[tuple[str, ...]]] = {}
    for name, figure in names.figures.items():
        named.setdefault(figure.name, set()).add(figure.keys)
        assert name.replace(".", "").isidentifier()
    assert all(len(keys) == 1 for keys in named.values())


@pytest.mark.parametrize("edition", sorted(EDITIONS))
def test_every_name_prints_its_figure(edition: str) -> None:
    report = replace(make_report(EDITIONS[edition]), year=EDITIONS[edition].first_year)
    for name, figure in vocabulary(report.edition).figures.items():
        total = sum(report.values[key] for key in figure.keys)
        printed, findings = fill(report, f"{{{{ {name} }}}}")
        assert findings == []
        assert printed is not None
        assert Decimal(printed) == total


# -- what a text may try ---------------------------------------------------------------------------

X = "申请.新收"
ESCAPES = (
    "{{ 申请.新收 -}} 件", "{{ 申请.新收 +}}", "件 {%- if 申请.新收 > 0 -%} 有{% endif %}",
    *(f"{{{{ {inside} }}}}" for inside in (
        "7*7", "7", "1.5", "'a'", '"a"', "none", "true", "self", "loop.index", "range(9)",
        "range(999999999)", "lipsum()", "cycler()", "joiner()", "namespace()", "dict(a=1)",
        "config", "request", "g", "caller()", "varargs", "kwargs", f"{X}.__class__",
        f"{X}.__class__.__mro__", "().__class__", "[].append", "{}", "''.join(x)",
        f"{X}.keys", f"{X}.keys()", f"{X}|attr(申请)", f"{X}|map", f"{X}|safe", f"{X}|e",
        f"{X}|format", f"{X}|string", f"{X}|int", f"{X}|大写(9)", f"{X}|大写|千分位",
        f"{X}()", f"{X}({X})", f"{X}[0]", f"{X}.0", "申请", "申请.__init__", "_", "__import__",
        "__builtins__", f"较上年({X}, {X})", f"较上年(名={X})", f"较上年(*{X})", f"较上年(**{X})",
        f"较上年(较上年({X}))", f"上年(上年({X}))", "占比(申请.新收)", "占比(7, 7)", "同比()",
        f"{X}+1", f"{X}-1", f"{X}**99", "9**9**9", f"{X}//0", f"{X}%2", f"{X}~{X}", f"-{X}",
        f"not {X}", f"{X} > 0", f"{X} if {X} > 0 else {X}", f"{X} in 申请人", f"{X} is defined",
        f"{X},{X}", f"({X}", f"{X})", f"{X}||大写", "申请..新收", "申请 新收", "", " ", "if",
        "9" * 190, "(" * 90 + ")" * 90, "not " * 40 + X, "a" * 100_000, "　" * 400,
        "申请人", "办理结果", "项.名称", "\\u0041", "申请.新收\x00",
    )),
    *(f"{{% {inside} %}}" for inside in (
        "raise", "raw", "raw %}{{ 7 }}{% endraw", "set a = 申请.新收", "include 申请", "import os",
        "from a import b", "extends a", "macro a()", "call a()", "block a", "filter 大写", "do a",
        "with a", "autoescape true", "trans", "break", "continue", "debug", "print 申请.新收",
        "if", "else", "endif", "endfor", "for", "for x in x", "if 申请.新收 > 0",
        "if 1 %}a{% endif", "if 申请.新收 %}a{% endif", "if 申请.新收 in 申请人 %}a{% endif",
        "if 申请.新收 is odd %}a{% endif", "if 1 < 申请.新收 < 3 %}a{% endif",
        "if 申请.新收 > 99999999999999999999 %}a{% endif", "if 申请.新收 > 1.5 %}a{% endif",
        "for 项 in range(9) %}a{% endfor", "for 项 in 申请 %}a{% endfor",
        "for 项 in 申请.新收 %}a{% endfor", "for 申请 in 办理结果 %}a{% endfor",
        "for a, b in 办理结果 %}a{% endfor", "for a.b in 办理结果 %}a{% endfor",
        "for 项 in 办理结果 recursive %}a{% endfor", "for 项 in 办理结果 %}a{% else %}b{% endfor",
        "for 项 in 办理结果 %}{{ loop.index }}{% endfor", "for 项 in 办理结果 %}{{ 项 }}{% endfor",
        "for 项 in 办理结果 %}{{ 项.末项 }}{% endfor",
        "for 项 in 办理结果 %}{{ 项.名称|大写 }}{% endfor",
        "for 项 in 办理结果 %}{{ 项.figure }}{% endfor",
        "for 项 in 办理结果 %}a{% endfor %}{{ 项.件数 }}{% if 1 < 2 %}{% endif",
    )),
    "{{", "}}", "{%", "%}", "｛｛", "｝｝", "{{ }", "{{{{", "{{ {{ 申请.新收 }} }}", "{{" * 16_000,
    "{% for a in 办理结果 %}{% for b in 申请人 %}x{% endfor %}{% endfor %}",
    "{% for a in 办理结果 %}" * 60 + "x" + "{% endfor %}" * 60,
    "{% if 申请.新收 > 0 %}" * 6000, "{% if 申请.新收 > 0 %}" * 50 + "x",
    "{{ 申请.新收 }}" * 5000, "{{ a" + "(" * 30_000 + "}}", "{%" + " " * 30_000 + "%}",
)  # fmt: skip


def test_there_are_enough_escapes() -> None:
    assert len(set(ESCAPES)) >= 120


@pytest.mark.parametrize("text", ESCAPES, ids=range(len(ESCAPES)))
def test_an_escape_is_refused_with_its_cell(text: str) -> None:
    printed, (finding,) = fill(report_of(NOW, LAST), text)
    assert printed == text
    assert (finding.code, finding.place) == ("GX421", CELL)
    assert len(finding.message) < 400


@pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")
def test_no_escape_takes_a_second_or_100_megabytes() -> None:
    """Each by itself, in a process that the system stops at 100 MB more than it had, and should one
    never end, after two seconds of it."""
    code = (
        "import resource, time\n"
        "from tests.prose.test_filled import ESCAPES, NOW, LAST, fill, report_of\n"
        "report = report_of(NOW, LAST)\n"
        "fill(report, '{{ 申请.新收 }}')\n"
        "had = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()\n"
        "resource.setrlimit(resource.RLIMIT_AS, (had + 100_000_000,) * 2)\n"
        "slowest = 0\n"
        "for text in ESCAPES:\n"
        "    soft = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2])) + 2\n"
        "    resource.setrlimit(resource.RLIMIT_CPU, (soft, 999))\n"
        "    start = time.process_time()\n"
        "    assert fill(report, text)[1]\n"
        "    slowest = max(slowest, time.process_time() - start)\n"
        "print(len(ESCAPES), slowest)"
    )
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, capture_output=True, text=True, cwd=ROOT, timeout=300)
    assert done.returncode == 0, done.stderr
    count, slowest = done.stdout.split()
    assert int(count) == len(ESCAPES)
    assert float(slowest) < 1


@given(st.text(alphabet="{}%｛｝ 申请.新收办结(),|><=!ifendorelsandt年上较占比01", max_size=80))
def test_any_text_is_filled_or_refused(text: str) -> None:
    _, findings = fill(report_of(NOW, LAST), text)
    assert all(f.code in ("GX421", "GX423") for f in findings)


# -- through the house -----------------------------------------------------------------------------


def _form(*texts: str) -> tuple[bytes, list[str]]:
    """A sound form with these paragraphs first in section one, and their cells."""
    report = make_report(EDITIONS["2021"])
    data = blank_workbook(report.edition, report.year, agency=report.agency, fill=report)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["正文"]
    top = next(r for r in range(1, sheet.max_row) if str(sheet.cell(r, 1).value).startswith("一、"))
    row = next(r for r in range(top + 1, sheet.max_row) if sheet.cell(r, 2).value == "正文")
    sheet.cell(row, 3).value = "\n".join(texts)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), [f"正文!C{row}"] * len(texts)


def test_a_form_is_filled_checked_and_shown_as_written() -> None:
    text = "本年新收政府信息公开申请{{ 申请.新收 }}件。"
    data, _ = _form(text)
    judged = check_unit(Filing("某.xlsx", data))
    report = judged.report
    assert report is not None
    assert [d for d in judged.findings if d.severity is Severity.ERROR] == []
    printed = text.replace("{{ 申请.新收 }}", str(report.values[NEW]))
    assert any(printed in p.text for p in report.narrative)
    record = to_record(report)
    assert any(text in item["text"] for item in record["narrative"])
    again, _ = from_record(record, "某.json")
    assert again is not None
    assert to_record(again)["narrative"] == record["narrative"]


def test_every_escape_in_a_form_is_refused_with_its_own_cell() -> None:
    """All in one form, a row each: but for those that no cell can hold."""
    texts = [text for text in ESCAPES if text.isprintable() and len(text) <= 32_000]
    assert len(texts) >= 120
    report = make_report(EDITIONS["2021"])
    first = next(passage for passage in report.narrative if passage.mark == "1")
    told = replace(first, paragraphs=tuple(map(Paragraph, texts)))
    report = replace(
        report, narrative=tuple(told if one is first else one for one in report.narrative)
    )
    data = blank_workbook(report.edition, report.year, agency=report.agency, fill=report)
    rows = plan_narrative(report.edition, report.agency.name, report.year, report).rows
    cells = {
        str(SheetCell("正文", NARRATIVE_TOP + at, NARRATIVE_TEXT_COLUMN))
        for at, row in enumerate(rows)
        if row.text in texts
    }
    refused = [d for d in check_unit(Filing("某.xlsx", data)).findings if d.code == "GX421"]
    assert {str(d.place) for d in refused} == cells
    assert len(cells) == len(texts)


def test_a_text_file_is_filled_with_its_own_place() -> None:
    text = "一、总体情况\n新收{{ 申请.新收 }}件，办结{{ 申请.半结 }}件。\n".encode()
    report = replace(make_report(EDITIONS["2021"]), narrative=())
    data = blank_workbook(report.edition, report.year, fill=report)
    judged = check_unit(Filing("甲.xlsx", data, ("甲.txt", text)))
    (finding,) = [d for d in judged.findings if d.code == "GX421"]
    assert "甲.txt" in str(finding.place)


def test_the_form_lists_names_that_can_be_filled() -> None:
    data, _ = _form("话。")
    guide = openpyxl.load_workbook(io.BytesIO(data))["填报说明"]
    lines = [str(cell.value) for (cell, *_) in guide.iter_rows() if cell.value]
    (names,) = [line for line in lines if line.startswith("名称：")]
    listed = names.removeprefix("名称：").rstrip("。").split("、")
    assert set(listed) == set(vocabulary(EDITIONS["2021"]).shown)
    examples = [line for line in lines if line.startswith(("把数字写成", "逐项写"))]
    for line in examples:
        text = line.partition("例如：")[2] or line.partition("：")[2].partition("；")[0]
        assert fill(report_of(NOW, LAST), text)[1] == []


def test_a_form_that_cannot_be_filled_goes_back_marked_at_the_sentence() -> None:
    data, (cell,) = _form("新收{{ 申请.新受 }}件。")
    judged = check_unit(Filing("某.xlsx", data))
    assert judged.returned
    (finding,) = [d for d in judged.findings if d.code == "GX421"]
    assert str(finding.place) == cell
