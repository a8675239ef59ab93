"""What a county's agencies count beside the tables, from their forms to the county's own report."""

from __future__ import annotations

import dataclasses
import io
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest

from gxgen.county.agency_year import Filing
from gxgen.county.batch import Options, Result, build_all
from gxgen.county.counts import kinds, summed
from gxgen.county.plan import plan
from gxgen.county.unit import check_unit
from gxgen.editions.declared import EDITIONS
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.agency import Agency, AgencyKind
from gxgen.model.indicators import Indicator, in_order
from gxgen.model.narrative import Paragraph
from tests.county.test_incremental import visible
from tests.factory import make_report

EDITION = EDITIONS["2021"]
YEAR, GOVERNMENT = 2024, "某县人民政府"
NAMES = ("某县甲局", "某县乙镇人民政府")
COUNTED = (Indicator("培训场次", "场", 3, 2), Indicator("走访 群众", "次", 40))


def write_form(folder: Path, name: str, *counted: Indicator, text: str = "") -> None:
    """A sound form of an agency; of the government its words only."""
    report = make_report(EDITION, agency=Agency(name), year=YEAR, indicators=in_order(counted))
    if text:
        section = next(p for p in report.narrative if p.mark == "1")
        said = dataclasses.replace(section, paragraphs=(Paragraph(text),))
        words = tuple(said if p is section else p for p in report.narrative)
        report = dataclasses.replace(
            report, narrative=words, agency=Agency(name, kind=AgencyKind.GOVERNMENT)
        )
    path = folder / "inputs" / str(YEAR) / f"{name}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(blank_workbook(EDITION, YEAR, agency=report.agency, fill=report))


@pytest.fixture
def county(tmp_path: Path) -> Path:
    agencies = "".join(f'\n[[agency]]\nname = "{name}"\n' for name in NAMES)
    for name in NAMES:
        write_form(tmp_path, name, *COUNTED)
    write_form(
        tmp_path, GOVERNMENT, text="全县培训{{ 指标.培训场次 }}场，{{ 较上年(指标.培训场次) }}。"
    )
    settings = f'county = "某县"\ngovernment = "{GOVERNMENT}"\nyear = {YEAR}\n{agencies}'
    (tmp_path / "inputs/county.toml").write_text(settings, encoding="utf-8")
    return tmp_path


def build(root: Path) -> Result:
    return build_all(plan([root / "inputs"], root / "output"), Options(workers=1))


def county_says(root: Path) -> str:
    (path,) = (root / "output").rglob(f"{GOVERNMENT}*.docx")
    return "\n".join(one.text for one in docx.Document(str(path)).paragraphs)


def totals(root: Path) -> dict[str, int]:
    """What the sheet of the parts adds up."""
    (path,) = (root / "output").rglob("*汇总明细.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True)["指标"]
    heads, _, sums = ([cell.value for cell in row][2:] for row in sheet.iter_rows(3, 5))
    return dict(zip(heads, sums, strict=True))


def test_a_changed_count_rebuilds_its_agency_and_the_county(county: Path) -> None:
    build(county)
    assert totals(county) == {"培训场次\n（场）": 6, "走访 群众\n（次）": 80}
    assert "全县培训6场，增加2场。" in county_says(county)
    assert [one.word for one in build(county).outcomes] == ["unchanged"] * 2
    write_form(county, NAMES[0], Indicator("培训场次", "场", 10, 2), COUNTED[1])
    words = {one.judgement.agency: one.word for one in build(county).outcomes}
    assert words == {NAMES[0]: "built", NAMES[1]: "unchanged"}
    assert totals(county)["培训场次\n（场）"] == 13
    assert "全县培训13场，增加9场。" in county_says(county)
    step_by_step = visible(county / "output")
    shutil.rmtree(county / "output")
    build(county)
    assert visible(county / "output") == step_by_step


def test_a_county_never_prints_half_a_sum(county: Path) -> None:
    write_form(county, NAMES[1], COUNTED[1])
    result = build(county)
    ((_, _, found),) = result.rollups
    (told,) = (one for one in found if one.code == "GX422")
    assert told.hint.startswith(f"没有填“培训场次”的单位：{NAMES[1]}；各单位都填了才相加")
    assert totals(county) == {"培训场次\n（场）": 3, "走访 群众\n（次）": 80}


def test_the_governments_own_sheet_is_read_whatever_its_tables_say() -> None:
    report = make_report(EDITION, agency=Agency(GOVERNMENT), year=YEAR)
    book = openpyxl.load_workbook(
        io.BytesIO(blank_workbook(EDITION, YEAR, agency=report.agency, fill=report))
    )
    book["指标"]["C14"] = "约12"
    saved = io.BytesIO()
    book.save(saved)
    found = check_unit(Filing("县政府.xlsx", saved.getvalue(), government=True)).findings
    assert [(one.code, str(one.place)) for one in found if one.code == "GX021"] == [
        ("GX021", "指标!C14")
    ]


def test_names_and_units_tell_counts_apart() -> None:
    one, two = (("培训场次", "场", 3, None),), (("培训 场次", "期", 4, None),)
    assert list(kinds([one, two]).values()) == ["培训场次", "培训 场次"]
    assert summed({}, [one, two])["培训场次"].value is None
    alike = (("（培训）场次", "场", 4, 1),)
    assert summed({}, [one, alike])["培训场次"].value == 7
    assert summed({}, [one, alike])["培训场次"].last is None
    assert summed({}, []) == {}
