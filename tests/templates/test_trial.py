"""What passes ``template check`` prints what was filed: a trial print tells otherwise."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from gxgen.document.blocks import compose
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.formats.docx.context import make_context
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.read import table_cells
from gxgen.formats.docx.verify import verify_docx
from gxgen.formats.docx.wordml import W, parse_xml
from gxgen.model.report import Entry, Report
from gxgen.opc.package import DOCUMENT, FixedZip, read_package
from gxgen.templates.lint.check import check_template
from gxgen.templates.lint.trial import blank_report, full_report
from tests.reports import make_report, shipped, shipped_bytes, with_features
from tests.support import schema_errors

FILE = "report.docx"
COMPANY = r"<w:r>(<w:t>\{\{ requests.granted.company \}\}</w:t>)"
TABLE = "(<w:tbl>(?:(?!<w:tbl>).)*</w:tbl>)"


def _changed(old: str, new: str, nth: int = 0, data: bytes | None = None) -> bytes:
    members = read_package(data or shipped_bytes("2021"))
    text = members[DOCUMENT].decode()
    found = list(re.finditer(old, text, re.DOTALL))[nth]
    text = text[: found.start()] + found.expand(new) + text[found.end() :]
    return FixedZip({**members, DOCUMENT: text.encode()}).build({})


def _found(data: bytes) -> list[tuple[str, str, str]]:
    findings = check_template(data, FILE, EDITIONS["2021"])
    return [(f.code, str(f.place).removeprefix(f"{FILE} "), f.message) for f in findings]


@pytest.mark.parametrize(
    ("old", "new", "nth", "code", "place", "said"),
    [
        (
            r"\{\{ requests.received.total \}\}",
            r"\g<0> ",
            0,
            "GX615",
            "第2个表格第4行第8格",
            "”，写成",
        ),
        (
            r"\{\{ disclosure.fees.amount \}\}",
            r"\g<0>万元",
            0,
            "GX615",
            "第1个表格第14行第2格",
            "万元",
        ),
        (r"(s.received.total) \}\}", r"\1 + 1 }}", 0, "GX615", "第2个表格第4行第8格", "算不出来"),
        (r"(s.carried_in.total) \}\}", r"\1 * 0 }}", 0, "GX615", "第2个表格第5行第8格", "算不出来"),
        (r"(fees.amount) \}\}", r"\1|int }}", 0, "GX615", "第1个表格第14行第2格", "写成了“110”"),
        (r"(s.received.total) \}\}", r"\1|int }}", 0, "GX615", "第2个表格第4行第8格", "写成了“0”"),
        (
            r"\{\{ disclosure.rules.issued \}\}",
            r"\g<0>{{ 7*7 }}",
            0,
            "GX615",
            "第1个表格第3行第2格",
            "49",
        ),
        (r"\{\{ block.text \}\}", "", -1, "GX615", "正文第98段", "标题下第1段"),
        (r"\{\{ block.text \}\}", "", 8, "GX615", "正文第18段", "四级标题"),
        (r"\{\{ block.number \}\}", "", 3, "GX615", "正文第18段", "（一）二级标题"),
        (r"\{\{ block.number \}\}", "", 0, "GX615", "正文第2段", "（一）二级标题"),
        (r"\{\{ block.number \}\}", "", 1, "GX615", "正文第2段", "1.三级标题"),
        (r"\{\{ block.number \}\}", "", 2, "GX615", "正文第2段", "（1）四级标题"),
        (r"\{%p else %\}", "{%p elif false %}", 1, "GX615", "正文第18段", "标题下第1段"),
        (TABLE, r"\1\1", 2, "GX608", "第4个表格第1行第1格", "多出一个表格"),
        (r"\{%p (for block in section1)", r"{% \1", 0, "GX605", "正文第18段", "另一个没有写"),
        (COMPANY, r"<w:r><w:rPr><w:vanish/></w:rPr>\1", 0, "GX616", "第2个表格第6行第4格", "隐藏"),
        (
            COMPANY,
            r'<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr>\1',
            0,
            "GX616",
            "第2个表格第6行第4格",
            "白色",
        ),
        (
            "(<w:sectPr>)",
            r"<w:p><w:r><w:t>请按本说明填写</w:t></w:r></w:p>\1",
            0,
            "GX617",
            "正文第119段",
            "请按本说明填写",
        ),
        ('<w:vMerge w:val="restart"/>', "", 0, "GX608", "第2个表格第1行第1格", "应占3行3列"),
    ],
)
def test_what_prints_otherwise_is_told_at_its_place(
    old: str, new: str, nth: int, code: str, place: str, said: str
) -> None:
    found = _found(_changed(old, new, nth))
    assert any(f[:2] == (code, place) and said in f[2] for f in found), found


OUTSIDE = [
    (r"\{\{ block.text \}\}", "", 8),
    (r"\{\{ block.number \}\}", "", 3),
    (r"\{%p else %\}", "{%p elif false %}", 1),
    (r"\{\{ sign_off.date \}\}", r"\g<0>前", 0),
]
IN_CELLS = [
    (r"(requests.received.tot)al", r"\1l", 0),
    (r"\{\{ requests.granted.company \}\}", "", 0),
    (r"\{\{ remedies.reconsideration.total \}\}", "{{ remedies.reconsideration.total", 0),
    (r"\{\{ disclosure.rules.issued \}\}", "{{ disclosure.rules.revoked }}", 0),
    ("社会公益组织", "社会组织", 0),
]


@pytest.mark.parametrize("in_cell", IN_CELLS)
@pytest.mark.parametrize("outside", OUTSIDE)
def test_what_prints_otherwise_is_told_beside_faults_of_the_tables(
    outside: tuple[str, str, int], in_cell: tuple[str, str, int]
) -> None:
    """Both are told in one run, as they are told each by itself."""
    alone = [_found(_changed(*outside)), _found(_changed(*in_cell))]
    assert all(alone)
    both = _found(_changed(*in_cell, data=_changed(*outside)))
    assert sorted(both) == sorted([*alone[0], *alone[1]])


def test_tables_in_each_others_place_are_told() -> None:
    members = read_package(shipped_bytes("2021"))
    first, middle, last = re.findall(TABLE, members[DOCUMENT].decode(), re.DOTALL)
    swap = {first: last, last: first, middle: middle}
    text = re.sub(TABLE, lambda m: swap[m[1]], members[DOCUMENT].decode(), flags=re.DOTALL)
    found = _found(FixedZip({**members, DOCUMENT: text.encode()}).build({}))
    assert [f[:2] for f in found] == [
        ("GX615", "第1个表格第1行第1格"),
        ("GX615", "第3个表格第1行第1格"),
    ]


def test_a_part_that_is_not_there_is_told() -> None:
    members = read_package(shipped_bytes("2021"))
    del members["word/footer1.xml"]
    found = _found(FixedZip(members).build({}))
    assert [(f[0], "word/footer1.xml" in f[1]) for f in found] == [("GX601", True)]


@pytest.mark.parametrize(
    ("old", "codes"),
    [
        (TABLE, ["GX609"]),
        (r"<w:tr>(?:(?!<w:tr>).)*重复申请.*?</w:tr>", ["GX608"]),
    ],
)
def test_a_missing_table_or_row_is_told_once(old: str, codes: list[str]) -> None:
    assert [f[0] for f in _found(_changed(old, "", -1 if old == TABLE else 0))] == codes


def test_the_trial_reports_leave_nothing_out(edition: Edition) -> None:
    report = full_report(edition)
    printed = [str(value) for value in report.values.values()]
    assert len(set(printed)) == len(printed) == len(edition.fields)
    assert not blank_report(edition).values


def test_a_merge_that_does_not_begin_is_no_merge() -> None:
    data = _changed('<w:vMerge w:val="restart"/>', "")
    tables = list(parse_xml(read_package(data)[DOCUMENT], DOCUMENT).iter(W + "tbl"))
    assert table_cells(tables[1])[2][0].row_span == 1
    report = make_report()
    printed = read_package(render_docx(report, shipped("2021")))
    text = printed[DOCUMENT].decode().replace('<w:vMerge w:val="restart"/>', "", 1)
    findings = verify_docx(FixedZip({**printed, DOCUMENT: text.encode()}).build({}), report)
    assert {f.code for f in findings} == {"GX623"}


def long_total(digits: int) -> Report:
    key = "remedies.reconsideration.total"
    report = make_report()
    value = int("9" * digits)
    return make_report(entries={**report.entries, key: Entry(value, str(value))})


@pytest.mark.parametrize("digits", range(4, 10))
def test_a_long_figure_takes_width_from_other_columns(digits: int) -> None:
    """Its column, head and all; the table stays as wide as it is."""
    plain, long = (
        parse_xml(read_package(render_docx(r, shipped("2021")))[DOCUMENT], DOCUMENT)
        for r in (make_report(), long_total(digits))
    )
    widths = [
        [int(column.get(W + "w", "")) for column in list(root.iter(W + "tbl"))[2][1]]
        for root in (plain, long)
    ]
    assert abs(sum(widths[0]) - sum(widths[1])) < len(widths[0])
    assert (widths[1][4] > widths[0][4]) == (digits > 4)
    for row in list(long.iter(W + "tbl"))[2].iterfind(W + "tr"):
        of_row = [int(w.get(W + "w", "")) for w in row.iterfind(f"{W}tc/{W}tcPr/{W}tcW")]
        assert sum(of_row) == sum(widths[1])
    assert verify_docx(render_docx(long_total(digits), shipped("2021")), long_total(digits)) == []


def test_both_ways_of_printing_fit_long_figures_alike() -> None:
    context = make_context(make_report(), compose(make_report()), draft=False)
    context["remedies"]["reconsideration"]["total"] = "1234567"
    quick = shipped("2021").fitted(compose(long_total(7)))
    slow = with_features(quick, "table row loop")
    trees = [
        etree.tostring(
            parse_xml(read_package(t.render(context))[DOCUMENT], DOCUMENT), method="c14n"
        )
        for t in (quick, slow)
    ]
    assert trees[0] == trees[1]


@pytest.mark.tool
def test_the_sdk_finds_no_error_with_long_figures(edition: Edition, tmp_path: Path) -> None:
    report = make_report(edition.id)
    entries = {key: replace(entry, value=1234567) for key, entry in report.entries.items()}
    path = tmp_path / "long.docx"
    path.write_bytes(render_docx(replace(report, entries=entries), shipped(edition.id)))
    assert schema_errors(path) == []


@pytest.mark.parametrize(("fill", "codes"), [("C00000", []), ("F2F2F2", ["GX616"])])
def test_white_on_a_dark_ground_can_be_read(fill: str, codes: list[str]) -> None:
    look = f'<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="{fill}"/>'
    found = _found(_changed(COMPANY, rf"<w:r><w:rPr>{look}</w:rPr>\1"))
    assert [f[0] for f in found] == codes
