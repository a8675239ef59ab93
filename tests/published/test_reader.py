"""Single questions to the reader, each on a small page or text of its own."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest

from gxgen.diagnostics import Side
from gxgen.editions.declared import EDITIONS
from gxgen.model.numbering import written_number
from gxgen.model.report import Report
from gxgen.numbers import NOTHING_SIGNS
from gxgen.places import TextLine
from gxgen.published import blocks
from gxgen.published.blocks import Para
from gxgen.published.carried import carried_into
from gxgen.published.charset import decode
from gxgen.published.labels import TABLES, Vocabulary, _run_together, label_of, vocabulary
from gxgen.published.numerals import plain_numbers
from gxgen.published.reader import Asked, read_published
from gxgen.published.readings import Certainty, ReadReport
from gxgen.published.sections import best_chain, candidates
from gxgen.published.sniff import Kind, kind_of
from tests.published.corpus import Rows, Truth, made, shapes, tables_of, title, truth


def changed(
    what: Truth, change: Callable[[dict[str, Rows]], None], shape: str = "page"
) -> ReadReport:
    """A report whose tables somebody has changed, read."""
    tables = tables_of(what)
    change(tables)
    form = shapes()[shape]
    return read_published(form.write(what, tables), f"报告{form.ending}")


def page(what: Truth, old: str, new: str, shape: str = "page", **asked: object) -> ReadReport:
    """A page in which a text is another."""
    text = made(what, shapes()[shape]).decode()
    assert old in text
    return read_published(text.replace(old, new).encode(), "报告", Asked(**asked))  # type: ignore[arg-type]


def codes(read: ReadReport) -> set[str]:
    return {finding.code for finding in read.findings}


def cell(rows: Rows, label: str, number: int) -> tuple[list, int]:
    """The row with that label, and where its n-th figure is."""
    row = next(r for r in rows if any(c.text == label for c in r))
    figures = [at for at, c in enumerate(row) if c.figure]
    return row, figures[number]


def with_text(label: str, number: int, text: str, table: str) -> Callable[[dict[str, Rows]], None]:
    def change(tables: dict[str, Rows]) -> None:
        row, at = cell(tables[table], label, number)
        row[at] = replace(row[at], text=text)

    return change


def swapped_heads(tables: dict[str, Rows]) -> None:
    """自然人 and 总计 change places, heads and figures alike."""
    rows = tables["requests"]
    first, last = 3, 9
    for at, row in enumerate(rows):
        if at == 0:
            continue
        starts = {}
        column = 0
        for n, c in enumerate(row):
            starts[column] = n
            column += c.width
        a, b = starts[first], starts[last]
        row[a], row[b] = row[b], row[a]


# -- figures ---------------------------------------------------------------------------------------


def test_columns_in_another_order_are_read_by_name() -> None:
    what = truth(4)
    read = changed(what, swapped_heads)
    assert read.figures is not None
    got = {key: one.value for key, one in read.figures.readings.items()}
    assert got == dict(what.values)


def test_columns_in_another_order_without_cells_are_refused() -> None:
    read = changed(truth(4), swapped_heads, "a cell a line")
    assert read.figures is not None
    table = [key for key in read.figures.readings if key.startswith("requests.")]
    assert table == []


@pytest.mark.parametrize(
    ("text", "value", "done"),
    [
        ("22（其中修订16件）", 22, "去掉了注（其中修订16件）"),
        ("15件", 15, "按15读取"),
        ("１２", 12, None),
    ],
)
def test_what_stands_beside_a_number_is_taken_off_and_told(
    text: str, value: int, done: str | None
) -> None:
    read = changed(truth(0), with_text("行政许可", 0, text, "disclosure"))
    assert read.figures is not None
    one = read.figures.readings["disclosure.licensing.decisions"]
    assert one.value == value
    assert one.certainty is (Certainty.MENDED if done else Certainty.EXACT)
    assert done is None or done in one.done


@pytest.mark.parametrize("text", ["1O", "1 0", "约10", "3.8万余", "见附件", "10或12"])
def test_what_is_no_number_is_refused(text: str) -> None:
    read = changed(truth(0), with_text("行政许可", 0, text, "disclosure"))
    assert read.figures is not None
    assert "disclosure.licensing.decisions" not in read.figures.readings
    assert "GX810" in codes(read)


def test_a_blank_cell_is_blank_and_not_zero() -> None:
    read = changed(truth(0), with_text("行政处罚", 0, "", "disclosure"))
    assert read.figures is not None
    one = read.figures.readings["disclosure.penalties.decisions"]
    assert (one.value, one.certainty) == (None, Certainty.BLANK)


def test_a_shift_that_keeps_the_sum_is_refused() -> None:
    """0 0 0 0 2 2 4, shifted by one: the sum of what is left is right, and two figures wrong."""

    def change(tables: dict[str, Rows]) -> None:
        row, first = cell(tables["requests"], "2.重复申请", 0)
        said = ("", "0", "0", "0", "0", "2", "2")
        row[first:] = [replace(c, text=t) for c, t in zip(row[first:], said, strict=True)]

    for shape in ("page", "tabs", "bars between", "DOCX"):
        read = changed(truth(0), change, shape)
        assert read.figures is not None
        assert not any(".repeated." in key for key in read.figures.readings)


def test_a_row_twice_with_other_figures_is_refused() -> None:
    def change(tables: dict[str, Rows]) -> None:
        rows = tables["disclosure"]
        row = next(r for r in rows if r[0].text == "行政许可")
        rows.insert(rows.index(row) + 1, [row[0], replace(row[1], text="987")])

    read = changed(truth(0), change)
    assert read.figures is not None
    assert "disclosure.licensing.decisions" not in read.figures.readings
    assert any("出现了2次" in one.reason for one in read.figures.refusals)


def test_a_row_of_its_own_is_told() -> None:
    def change(tables: dict[str, Rows]) -> None:
        rows = tables["disclosure"]
        row = next(r for r in rows if r[0].text == "行政许可")
        rows.insert(rows.index(row), [replace(row[0], text="其他主动公开文件"), row[1]])

    assert "GX814" in codes(changed(truth(0), change))


def test_a_missing_table_is_absent_and_not_zero() -> None:
    read = changed(truth(0), lambda tables: tables["remedies"].clear())
    assert read.report is not None
    assert not any(key.startswith("remedies.") for key in read.report.values)
    assert "GX811" in codes(read)


def test_a_break_of_exact_figures_is_the_report_s_own() -> None:
    """It is read as it is: the form's own rules will tell it."""
    read = changed(truth(0), with_text("二、上年结转政府信息公开申请数量", 6, "77", "requests"))
    assert read.report is not None
    assert read.report.values["requests.carried_in.total"] == 77


def test_a_break_of_counted_figures_refuses_the_row() -> None:
    change = with_text("二、上年结转政府信息公开申请数量", 6, "77", "requests")
    read = changed(truth(0), change, "a cell a line")
    assert read.report is not None
    assert "requests.carried_in.total" not in read.report.values


# -- editions --------------------------------------------------------------------------------------


def test_the_figure_of_one_row_goes_to_none_of_the_three() -> None:
    what = truth(3, "2021-one-row")
    read = read_published(made(what, shapes()["page"]), "报告.html")
    assert read.report is not None
    form = EDITIONS["2021"]
    report, left = carried_into(form, read.report)
    blank = [key for key in form.fields if key not in report.values]
    assert blank == [key for key in form.fields if ".other_handling." in key]
    assert [one.code for one in left] == ["GX817"]
    assert "21 格留空" in left[0].message
    assert left[0].side is Side.REPORT


def test_the_old_form_in_a_new_year_keeps_what_both_have() -> None:
    what = truth(2, "2019")
    read = page(what, "2020年", "2023年")
    assert read.report is not None
    assert (read.report.edition.id, read.report.year) == ("2019", 2023)
    report, left = carried_into(EDITIONS["2021"], read.report)
    assert {k: v for k, v in report.values.items() if v != what.values[k]} == {}
    assert not any(key.startswith("disclosure.") for key in report.values)
    assert {one.code for one in left} == {"GX817"}


def test_heads_of_two_forms_are_refused_until_one_is_named() -> None:
    what = truth(0)
    read = page(what, "本年废止件数", "本年新公开数量")
    assert read.report is None
    assert codes(read) == {"GX805"}
    assert page(what, "本年废止件数", "本年新公开数量", edition="2021").report is not None


# -- where the report lies -------------------------------------------------------------------------


def test_a_list_of_contents_is_no_report() -> None:
    what = truth(0)
    text = made(what, shapes()["tabs"]).decode()
    contents = "\n".join(
        f"{n}、{name}"
        for n, _, name in (
            ("一", 1, "总体情况"),
            ("二", 2, "主动公开政府信息情况"),
            ("三", 3, "收到和处理政府信息公开申请情况"),
        )
    )
    read = read_published(
        text.replace(title(what), f"{title(what)}\n目录\n{contents}").encode(), "a.txt"
    )
    assert read.report is not None
    assert read.report.passages("1")[0].text.startswith(f"{what.year}年")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("一、总体情况", "l一、总结概述"),
        ("二、主动公开政府信息情况", "、主动公开政府信息情况"),
        ("三、收到和处理政府信息公开申请情况", "三、收到和处理政府信息公开申报情况"),
        (
            "四、政府信息公开行政复议、行政诉讼情况",
            "四、因政府信息公开工作被申请行政复议提起行政诉讼情况",
        ),
        ("五、存在的主要问题及改进情况", "五、工作不足及改进措施"),
        ("六、其他需要报告的事项", "七、其他报告的事项"),
    ],
)
def test_headings_in_other_words_and_numbers(old: str, new: str) -> None:
    read = page(truth(1), old, new, "a cell a line")
    assert read.report is not None
    assert [p.mark for p in read.report.narrative if p.level == 1] == list("0123456")


def test_two_reports_in_a_file_are_refused_until_a_year_is_named() -> None:
    one, two = truth(1), truth(2)
    assert one.year != two.year
    both = made(one, shapes()["tabs"]) + b"\n" + made(two, shapes()["tabs"])
    read = read_published(both, "报告.txt")
    assert codes(read) == {"GX803"}
    for what in (one, two):
        read = read_published(both, "报告.txt", Asked(year=what.year))
        assert read.report is not None
        assert (read.report.agency.name, read.report.year) == (what.agency, what.year)
        assert dict(read.report.values) == dict(what.values)


def test_what_the_title_does_not_say_is_asked_for() -> None:
    what = truth(0)
    text = made(what, shapes()["tabs"]).decode().replace(title(what), "年度报告")
    text = text.replace(what.agency, "").replace(f"{what.year}年1月1日", "年初")
    text = "\n".join(text.splitlines()[:-1])
    assert codes(read_published(text.encode(), "a.txt")) == {"GX804"}
    read = read_published(text.encode(), "a.txt", Asked(agency="某局", year=what.year))
    assert read.report is not None
    assert (read.report.agency.name, read.report.year) == ("某局", what.year)


def test_what_is_no_report_is_told() -> None:
    read = read_published("今天天气很好。\n\n明天也是。".encode(), "日记.txt")
    assert codes(read) == {"GX801"}


def test_the_site_around_is_left_out_and_told() -> None:
    what = truth(0)
    read = read_published(made(what, shapes()["page with a site around"]), "报告.html")
    assert read.report is not None
    texts = [p.text for passage in read.report.narrative for p in passage.paragraphs]
    assert not any("上一篇" in text or "当前位置" in text for text in texts)
    assert any("上一篇" in one.text for one in read.left_out)
    assert "GX816" in codes(read)


@pytest.mark.parametrize("number", ["- 2 -", "—12—", "－3－", "~ 2 ~", "第 3 页", "第3页 共12页"])
def test_a_printed_page_s_number_amid_the_text_is_no_sentence(number: str) -> None:
    what = truth(0)
    whole = made(what, shapes()["page"]).decode()
    first = read_published(whole.encode(), "报告.html").report
    at = [found.start() for found in re.finditer("<p", whole)]
    for place in at[3:]:
        text = f"{whole[:place]}<p>{number}</p>{whole[place:]}"
        read = read_published(text.encode(), "报告.html")
        assert read.report is not None
        assert said(read.report) == said(first)
        assert number in {one.text for one in read.left_out}


def said(report: Report | None) -> list[str]:
    assert report is not None
    return [p.text for passage in report.narrative for p in passage.paragraphs]


# -- labels ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("2.其他法律法规禁止公开", "refused.prohibited_by_law"),
        ("其他法律行政止公开", "refused.prohibited_by_law"),
        (
            "1、申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "other_handling.not_corrected",
        ),
        ("三、本年度办理结果（一）予以公开", "granted"),
        ("[bookmark: _Hlk1]1.信访举报投诉类申请", "not_processed.petition"),
        ("（二）部分公开", "partly_granted"),
        ("七）总计", "processed"),
    ],
)
def test_labels_as_they_are_met(text: str, row: str) -> None:
    found = label_of(text, "requests")
    assert found is not None
    assert found.row == row


@pytest.mark.parametrize(
    "text", ["其他主动公开文件", "公开", "行政", "重复申请的处理。", "处理情况"]
)
def test_words_that_are_no_label(text: str) -> None:
    assert label_of(text, "disclosure") is None
    assert label_of(text, "requests") is None


INVENTED = Vocabulary(
    "invented", dict.fromkeys(("甲乙", "乙甲"), ""), {}, frozenset({"甲乙丙乙", "丙乙"})
)


@pytest.mark.parametrize("words", [INVENTED, *map(vocabulary, TABLES)], ids=lambda one: one.table)
def test_of_labels_on_end_the_last_counts(words: Vocabulary) -> None:
    """All labels of a table in pairs, whole and without their first letter; the longest label at
    the end that labels stand before is the last."""
    counted = {one: one for one in words.cores} | dict(words.whole)

    def last(text: str) -> str | None:
        ends = (x for x in sorted(counted, key=len, reverse=True) if text.endswith(x))
        return next((x for x in ends if x == text or last(text.removesuffix(x))), None)

    for pair in product(counted, repeat=2):
        for text in ("".join(pair), "".join(pair)[1:]):
            found, whole = _run_together(text, words), last(text)
            assert found == (whole and (counted[whole], counted[whole] != whole)), text


@pytest.mark.parametrize("table", TABLES)
def test_no_label_is_a_number(table: str) -> None:
    """So no figure is held against labels."""
    words = vocabulary(table)
    assert not [one for one in (*words.cores, *words.whole) if one.isdecimal()]


# -- files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_what_bytes_say_whatever_they_are_declared(name: str) -> None:
    text = made(truth(0), shapes()["page"]).decode().replace('"utf-8"', '"big5"')
    assert decode(text.encode(name)).text == text


def test_damaged_bytes_are_told() -> None:
    data = made(truth(0), shapes()["tabs"]).replace("坚持".encode(), b"\xe5\x9d", 1)
    read = read_published(data, "报告.txt")
    assert read.report is not None
    assert [f.side for f in read.findings if f.code == "GX818"] == [Side.DAMAGE]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "旧版 Word"),
        (b"{\\rtf1 x}", "RTF"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b"\x89PNG\r\n", "图片"),
        (b"PK\x03\x04 nothing", "已损坏"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "网页归档"),
    ],
)
def test_other_files_are_refused_with_what_to_do(data: bytes, said: str) -> None:
    read = read_published(data, "某文件.doc")
    (found,) = read.findings
    assert found.code == "GX802"
    assert said in found.message


@pytest.mark.parametrize(
    ("part", "said"), [("xl/workbook.xml", "工作簿"), ("OFD.xml", "OFD"), ("a.txt", "压缩包")]
)
def test_other_packages_are_refused_with_what_to_do(part: str, said: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(part, "x")
    assert said in read_published(out.getvalue(), "某文件").findings[0].message


def test_a_file_is_what_its_bytes_are() -> None:
    what = truth(0)
    for shape, kind in (("page", Kind.HTML), ("DOCX", Kind.DOCX), ("tabs", Kind.TEXT)):
        assert kind_of(made(what, shapes()[shape]), "报告.pdf") is kind


# -- hostile files ---------------------------------------------------------------------------------


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE html [<!ENTITY a "b">]><html><body>&a;</body></html>'
    assert "ENTITY" in read_published(bomb, "a.html").findings[0].message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<html><table>" + "<tr><td>1</td></tr>" * (blocks.MOST_CELLS + 1), "单元格"),
        ("<html>" + "<div>" * (blocks.DEEPEST + 9) + "x", "太深"),
        ("<html>" + "<p>" * (2 * blocks.MOST_ELEMENTS + 2), "元素"),
        ("<html><p>" + "字" * (blocks.MOST_CHARACTERS + 1), "万字"),
    ],
)
def test_what_is_larger_than_any_page_is_refused(text: str, said: str) -> None:
    (found,) = read_published(text.encode(), "a.html").findings
    assert found.code == "GX802"
    assert said in found.message


def test_too_large_a_file_is_not_looked_into() -> None:
    data = b"0" * (blocks.MOST_BYTES + 1)
    assert "30 MB" in read_published(data, "a.txt").findings[0].message


def test_wide_spans_take_no_room() -> None:
    text = "<html><table><tr><td colspan=100000 rowspan=99999>x</td></tr></table>"
    assert codes(read_published(text.encode(), "a.html")) == {"GX801"}


def test_markup_does_not_get_through() -> None:
    what = truth(0)
    text = (
        "一句<script>alert(1)</script>话<img src=x onerror=alert(1)>，&lt;b&gt;照原样&lt;/b&gt;。"
    )
    read = page(what, "<p>" + what.sentences["6"][0] + "</p>", f"<p>{text}</p>")
    assert read.report is not None
    assert read.report.passages("6")[0].text == "一句话，<b>照原样</b>。"


def test_the_mark_of_a_note_is_no_digit_more() -> None:
    what = truth(0)
    amount = f"<td>{what.values['disclosure.licensing.decisions']}</td>"
    for mark in ("<sup>1</sup>", "<sup><span>2</span></sup>", "<sub>3</sub>"):
        read = page(what, amount, amount.replace("</td>", f"{mark}</td>"))
        assert read.figures is not None
        wrong = {k for k, one in read.figures.readings.items() if one.value != what.values[k]}
        assert wrong == set()


def test_many_lines_that_could_be_headings_take_no_time() -> None:
    text = "\n".join("一、总体情况" for _ in range(20_000))
    assert read_published(text.encode(), "a.txt").report is None
    assert len(best_chain(candidates([]))) == 0


@pytest.mark.parametrize("stroke", sorted(NOTHING_SIGNS))
@pytest.mark.parametrize("seed", range(4))
def test_a_stroke_is_0_only_where_sums_prove_it(stroke: str, seed: int) -> None:
    what = truth(seed)
    for number, (key, value) in enumerate(what.values.items()):
        if number % 23 != seed:
            continue
        read = changed(what, stroked(what, key, stroke))
        assert read.figures is not None
        proved = any(key in identity.keys for identity in what.edition.identities) and value == 0
        one = read.figures.readings.get(key)
        assert (one is not None) == proved, key
        if one is not None:
            assert (one.value, one.certainty) == (0, Certainty.MENDED)


def stroked(what: Truth, key: str, stroke: str) -> Callable[[dict[str, Rows]], None]:
    """A stroke in the cell of a key."""

    def change(tables: dict[str, Rows]) -> None:
        name = what.edition.fields[key].table
        grid = what.edition.grids[name]
        cell = next(c for c in grid.owners.values() if c.key == key)
        row = tables[name][cell.row]
        column = 0
        for at, one in enumerate(row):
            if column == cell.column:
                row[at] = replace(one, text=stroke)
            column += one.width

    return change


@pytest.mark.parametrize("shape", ["page", "tabs"])
def test_a_row_of_strokes_beside_no_printed_figure_is_refused(shape: str) -> None:
    def change(tables: dict[str, Rows]) -> None:
        for rows in tables.values():
            for row in rows:
                row[:] = [replace(c, text="/") if c.figure else c for c in row]

    read = changed(truth(0), change, shape)
    assert read.figures is not None
    assert read.figures.readings == {}


def test_only_where_a_row_begins_with_01_are_such_numbers_headings() -> None:
    place = TextLine("报告.txt", 1)

    def said(*texts: str) -> list[str]:
        return [one.text for one in plain_numbers(Para(text, place) for text in texts)]

    assert said("01 体制", "02\t平台", "10\t队伍") == ["1.体制", "2.平台", "10.队伍"]
    own = ("08 年以来，公开3件。", "05 月份收到申请2件。", "12\t件")
    assert said(*own) == list(own)
    assert [written_number(text) for text in own] == [None] * len(own)
