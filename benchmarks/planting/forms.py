"""Faults of the file and its sheets: as tests/form plants them, here in real forms."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from benchmarks.planting.site import FORMER, Plant, Planter, Site, cell_of, written
from gxgen.demo.county import clean_report
from gxgen.form.layout import INDICATORS_SHEET, figure_position
from tests.form.faulty.form import FILE, Form
from tests.form.test_formats import HIDING, RAISED, STRUCK, put_rich, restyle, run
from tests.form.test_indicators import OWN, UNUSABLE_ROWS
from tests.form.test_read_diagnosed import FIELDS, hide_row
from tests.form.test_read_faulty import AS_CALCULATED, CASES, FILES

_FREE = OWN + 9
"""A row of sheet 指标 that no invented agency fills."""
_FOLLOWS = {
    "GX013": "GX014",
    "GX027": "GX076",
    "GX031": "GX703 GX071 GX704",
    "GX032": "GX703 GX071",
    "GX033": "GX076",
    "GX034": "GX040 GX041 GX076 GX401 GX408",
    "GX038": "GX071 GX301 GX501 GX530 GX701",
    "GX039": "GX071 GX509 GX702 GX703",
}
"""What rightly comes of it at another place: a section whose marker is gone has lost its subject,
so that its numbers are asked about; two agencies that both bear a third one's name filed twice."""
_DECLARED = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    b'<?xml version="1.0"?><!DOCTYPE workbook>',
)


def of_file(code: str) -> Planter:
    """Something else under the form's name."""
    makers = [make for make, told, _ in FILES.values() if told == code]

    def plant(site: Site, random: Random) -> Plant:
        return site.filed(code, random.choice(makers)(), f"{site.stem}.xlsx")

    return Planter(code, "不是填报表的文件", plant)


def of_case(code: str) -> Planter:
    """One of the faults of tests/form/test_read_faulty.py in an agency's own form."""
    cases = [name for name, (_, told) in CASES.items() if told and told[0].startswith(code)]

    def plant(site: Site, random: Random) -> Plant | None:
        name = random.choice(cases)
        if name == "no date" and site.report.sign_off.date is None:
            return None  # who signs without a date needs none
        change, told = CASES[name]
        form = site.form()
        change(form)
        if name not in AS_CALCULATED and "表三" in form.sheets:
            form.forget("表三")
        where = {line[6:].replace(FILE, f"{site.stem}.xlsx") for line in told}
        return site.filed(code, form.data(), *where, also=_FOLLOWS.get(code, ""))

    return Planter(code, "填报表改动：" + "、".join(cases[:3]), plant)


def of_field(code: str) -> Planter:
    """One of the fields of tests/form/test_read_diagnosed.py."""
    fields = [(f"基本信息!{cell}", text) for cell, text, told, _ in FIELDS if told == code]

    def plant(site: Site, random: Random) -> Plant:
        cell, text = random.choice(fields)
        return site.filed(code, site.form().put(cell, text).data(), cell, also="GX530")

    return Planter(code, "基本信息填得不像", plant)


def _with_doctype(site: Site, random: Random) -> Plant:
    form = site.form()
    part = random.choice(["xl/workbook.xml", "xl/sharedStrings.xml", form.part("表三")])
    form.parts[part] = random.choice(_DECLARED) + form.parts[part].partition(b"?>")[2]
    return site.filed("GX010", form.data())


def _busy(site: Site, random: Random) -> str | None:
    """A figure above 0 that an agency types."""
    report = site.report
    keys = [k for k, v in report.values.items() if v > 0 and k not in report.edition.totals]
    return random.choice(keys) if keys else None


def _hidden_row(site: Site, random: Random) -> Plant | None:
    key = _busy(site, random)
    if key is None:
        return None
    sheet, row, _ = figure_position(site.report.edition, key)
    form = hide_row(site.form(), sheet, row + 1)
    cells = (cell_of(site.report, k) for k in site.report.edition.fields)
    same = {
        c
        for c in cells
        if c.startswith(f"{sheet}!") and c.rstrip()[-len(str(row + 1)) :] == str(row + 1)
    }
    return site.filed("GX086", form.data(), *same)


def _taken_back(site: Site, random: Random) -> Plant | None:
    key = _busy(site, random)
    if key is None:
        return None
    cell = cell_of(site.report, key)
    value, other = site.report.values[key], random.choice((STRUCK, RAISED, *HIDING))
    if random.random() < 0.5:
        form = put_rich(site.form(), cell, run("30", other), run(str(value)), shared=False)
    else:
        form = restyle(site.form(), cell, random.choice((STRUCK, *HIDING)))
    return site.filed("GX087", form.data(), cell)


def _text_taken_back(site: Site, random: Random) -> Plant:
    form = put_rich(
        site.form(),
        "正文!C6",
        run(site.report.narrative[0].text),
        run("旧文一句", random.choice((STRUCK, *HIDING))),
        shared=random.random() < 0.5,
    )
    return site.filed("GX088", form.data(), "正文!C6")


def _number_in_text(site: Site, random: Random) -> Plant:
    value, code = random.choice(((0.5, "# ?/?"), (123456.0, "0.00E+00"), (5.0, "[DBNum1]0")))
    form = restyle(site.form().put("正文!C6", value), "正文!C6", code=code)
    return site.filed("GX089", form.data(), "正文!C6", also="GX076")


def _odd_letters(site: Site, random: Random) -> Plant:
    text = site.report.narrative[0].text.replace("工", "⼯")
    return site.filed("GX090", site.form().put("正文!C6", text).data(), "正文!C6")


def _hidden_text(site: Site, random: Random) -> Plant:
    return site.filed("GX085", hide_row(site.form(), "正文", 6).data(), "正文!C6", also="GX076")


def _picture(site: Site, random: Random) -> Plant:
    form = site.form().formula("正文!C6", '_xlfn.DISPIMG("ID_1",1)', '=DISPIMG("ID_1",1)')
    return site.filed("GX056", form.data(), "正文!C6", also="GX076")


def _old_form(site: Site, random: Random) -> Plant:
    """The form of the edition before, with this year written over its own."""
    old = Form("2019", written(clean_report(site.unit, FORMER)))
    return site.filed("GX018", old.put("基本信息!B7", site.demo.year).data(), also="GX080")


def of_indicator(code: str) -> Planter:
    """One of the rows of tests/form/test_indicators.py on the last line of sheet 指标."""
    rows = [(row, cell) for row, told, cell, _ in UNUSABLE_ROWS if told == code]

    def plant(site: Site, random: Random) -> Plant:
        row, cell = random.choice(rows)
        form = site.form()
        for letter, value in zip("ABCDE", row, strict=False):
            form.put(f"{INDICATORS_SHEET}!{letter}{_FREE}", value)  # type: ignore[arg-type]
        return site.filed(code, form.data(), f"{INDICATORS_SHEET}!{cell}{_FREE}")

    return Planter(code, "指标一行不全或不能用", plant)


def _idle_answer(site: Site, random: Random) -> Plant:
    form = site.form()
    for cell, text in zip("ABC", ("GX201", "表二!D7", "代管文本"), strict=True):
        form.put(f"说明!{cell}4", text)
    return site.filed("GX210", form.data(), "说明!A4")


def planters() -> Iterator[Planter]:
    """All of them."""
    yield from map(of_file, sorted({code for _, code, _ in FILES.values()}))
    yield from map(of_case, sorted({told[0][:5] for _, told in CASES.values() if told}))
    yield from map(of_field, sorted({code for _, _, code, _ in FIELDS}))
    yield from map(of_indicator, sorted({code for _, code, _, _ in UNUSABLE_ROWS}))
    yield Planter("GX018", "旧版的表改了年度", _old_form)
    yield Planter("GX010", "文件里声明了外部实体", _with_doctype)
    yield Planter("GX056", "正文格里是图片", _picture)
    yield Planter("GX085", "隐藏了正文的一行", _hidden_text)
    yield Planter("GX086", "隐藏了有数的一行", _hidden_row)
    yield Planter("GX087", "数字加了删除线", _taken_back)
    yield Planter("GX088", "正文加了删除线", _text_taken_back)
    yield Planter("GX089", "正文格里是数", _number_in_text)
    yield Planter("GX090", "部首字代替常用字", _odd_letters)
    yield Planter("GX210", "说明没有对应的核实事项", _idle_answer)
