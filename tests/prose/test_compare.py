"""What a text file says of its agency, date and figures, against the workbook."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from gxgen.diagnostics import Finding
from gxgen.editions.declared import EDITIONS
from gxgen.model.agency import Agency
from gxgen.model.report import Report, SignOff
from gxgen.places import DocumentCell
from gxgen.prose.compare import compare
from gxgen.prose.neighbour import NeighbourReading, read_neighbour
from tests.factory import make_report
from tests.prose.word_files import docx, paragraph, table

EDITION = EDITIONS["2021"]
REPORT = make_report(
    EDITION,
    agency=Agency("青石县财政局"),
    year=2023,
    sign_off=SignOff(date=dt.date(2024, 1, 13)),
)


def found(report: Report = REPORT, **said: object) -> list[Finding]:
    return list(compare(report, NeighbourReading((), (), **said), "稿.docx"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "foreign"),
    [
        ("安丘市凌河街道办事处2022年政府信息公开工作年度报告", True),
        ("青石县财政局2022年政府信息公开工作年度报告", True),
        ("青石县审计局2023年政府信息公开工作年度报告", True),
        ("青石县财政局2023年政府信息公开工作年度报告", False),
        ("某市青石县财政局２０２３年政府信息公开工作年度报告", False),
        ("财政局2023年政府信息公开工作年度报告", False),
        ("2023年政府信息公开工作年度报告", False),
        (None, False),
    ],
)
def test_a_title_of_another_agency_or_year(title: str | None, foreign: bool) -> None:
    findings = found(title=title)
    assert [(f.code, f.quote) for f in findings] == ([("GX073", title)] if foreign else [])


@pytest.mark.parametrize(
    ("lines", "quotes"),
    [
        (("青石县财政局", "2024年1月13日"), []),
        (("青石县财政局", "二〇二四年一月十三日"), []),
        (("青石县财政局", "2023年1月13日"), ["2023年1月13日"]),
        (("青石县审计局", "2024年1月13日"), ["青石县审计局"]),
        (("青石县审计局", "二○二三年十二月三十日"), ["青石县审计局", "二○二三年十二月三十日"]),
        (("2024年13月41日",), []),
        ((), []),
    ],
)
def test_a_sign_off_that_differs(lines: tuple[str, ...], quotes: list[str]) -> None:
    assert [(f.code, f.quote) for f in found(sign_off=lines)] == [("GX074", q) for q in quotes]


def rows(key: str, report: Report = REPORT) -> list[tuple[str, ...]]:
    """A table as Word stores it: a row's cells, each once."""
    grid = report.edition.grids[key]
    return [
        tuple(
            cell.text if cell.key is None else str(report.values[cell.key])
            for cell in grid.cells
            if cell.row == row
        )
        for row in range(grid.rows)
    ]


def compared(*tables: list[tuple[str, ...]], report: Report = REPORT) -> list[Finding]:
    data = docx(paragraph("一、总体情况"), paragraph("甲。"), *(table(*t) for t in tables))
    reading = read_neighbour(data, "稿.docx", report.edition)
    assert reading.findings == ()
    return list(compare(report, reading, "稿.docx"))


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda e: e.id)
def test_the_same_tables_are_silent(edition) -> None:
    report = make_report(edition)
    assert compared(*(rows(key, report) for key in edition.grids), report=report) == []


@pytest.mark.parametrize("key", list(EDITION.grids))
def test_a_figure_that_differs_is_named_on_both_sides(key: str) -> None:
    changed = rows(key)
    changed[-1] = (*changed[-1][:-1], "987")
    (finding,) = compared(changed)
    figure = list(EDITION.grids[key].figures)[-1]
    assert (finding.code, finding.key, finding.quote) == ("GX072", figure, "987")
    assert finding.place == DocumentCell("稿.docx", 1, len(changed), len(changed[-1]))
    assert EDITION.fields[figure].label in finding.message
    assert f"是987，工作簿 是{REPORT.values[figure]}" in finding.message


def test_a_figure_that_the_workbook_lacks_differs_and_a_blank_does_not() -> None:
    entry = replace(REPORT.entries["requests.carried_out.total"], value=None)
    lacking = replace(REPORT, entries={**REPORT.entries, "requests.carried_out.total": entry})
    (finding,) = compared(rows("requests"), report=lacking)
    assert "工作簿 是空" in finding.message
    blank = [*rows("requests")[:-1], (rows("requests")[-1][0], *[""] * 7)]
    assert compared(blank) == []


def test_a_table_that_cannot_be_compared_is_told() -> None:
    old = compared(rows("disclosure", make_report(EDITIONS["2019"])))
    assert [f.code for f in old] == ["GX072"]
    short = compared([*rows("requests")[:5], *rows("requests")[6:]])
    assert [f.code for f in short] == ["GX072"]
    assert "没有与工作簿核对" in short[0].message
