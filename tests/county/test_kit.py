"""The officer's kit: complete and true against ``build.json``, and what he writes stays."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gxgen import api
from gxgen.county.batch import Result
from gxgen.county.kit.problems import FILE, GONE, OURS, OWN, kept_of
from gxgen.demo.county import Demo, write_demo
from tests.support import soffice

COUNTY, YEAR = "试县", 2025
AFTER = dt.date(YEAR + 1, 2, 1)


class January:
    """A demo county of six units, three of them with faults, one missing, past the deadline."""

    def __init__(self, root: Path) -> None:
        self.root, self.inputs = root, root / "inputs"
        self.output = root / "output" / str(YEAR)

    def set(self, line: str) -> None:
        path = self.inputs / "county.toml"
        path.write_text(f"{line}\n{path.read_text('utf-8')}", "utf-8")

    def build(self) -> Result:
        return api.build([self.inputs], output=self.root / "output", today=AFTER, workers=1)

    def manifest(self) -> dict[str, dict[str, Any]]:
        said = json.loads((self.output / "build.json").read_text("utf-8"))
        return {unit["agency"]: unit for unit in said["units"]}

    def text(self, name: str) -> str:
        return (self.output / name).read_bytes().decode("utf-8-sig")

    def rows(self) -> list[dict[str, str]]:
        sheet = openpyxl.load_workbook(self.output / FILE).active
        lines = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
        at = next(n for n, line in enumerate(lines) if "编号" in line)
        return [dict(zip(lines[at], line, strict=True)) for line in lines[at + 1 :]]

    def fill(self, written: dict[int, dict[str, object]]) -> None:
        """Write into the list as an officer does: cells by line and head."""
        book = openpyxl.load_workbook(self.output / FILE)
        sheet = book.active
        heads = {cell.value: cell.column for row in sheet.iter_rows() for cell in row if cell.value}
        top = next(row[0].row for row in sheet.iter_rows() if "编号" in [c.value for c in row])
        for line, cells in written.items():
            for head, value in cells.items():
                sheet.cell(top + 1 + line, heads[head]).value = value
        book.save(self.output / FILE)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> January:
    root = tmp_path_factory.mktemp("kit")
    write_demo(root / "inputs", Demo(COUNTY, YEAR, 6, 3, 1), None)
    january = January(root)
    january.set(f"deadline = {YEAR + 1}-01-20\ncorrect_by = {YEAR + 1}-01-27")
    sound = [unit["agency"] for unit in _units(january) if unit["outcome"] == "built"]
    (january.inputs / str(YEAR) / f"{sound[0]}.xlsx").unlink()
    january.build()
    return january


def _units(january: January) -> list[dict[str, Any]]:
    january.build()
    return list(january.manifest().values())


@pytest.fixture
def january(built: January, tmp_path: Path) -> January:
    shutil.copytree(built.root, tmp_path / "copy")
    copy = January(tmp_path / "copy")
    copy.build()  # a copied folder is built anew
    return copy


def test_the_kit_is_complete_and_true(built: January) -> None:
    """Every unit that is missing or goes back is named, with all its faults, and no other is."""
    units = built.manifest()
    missing = {name for name, unit in units.items() if unit["outcome"] == "missing"}
    returned = {name for name, unit in units.items() if unit["outcome"] == "refused"}
    assert len(missing) == 1 and len(returned) == 3
    chase = built.text("催报.txt")
    assert {name for name in units if name in chase} == missing | returned
    assert "逾期未报（1个）" in chase and "2026年1月27日前" in chase
    notices = {path.name for path in (built.output / "退回通知").iterdir()}
    assert notices == {f"{name}{end}" for name in returned for end in (".txt", ".docx")}
    for name in returned:
        text = built.text(f"退回通知/{name}.txt")
        for finding in units[name]["findings"]:
            if finding["addressee"] == "clerk" and finding["severity"] != "note":
                assert finding["message"] in text
    listed = {(row["单位"], row["编号"], row["问题"]) for row in built.rows()}
    assert listed == {
        (name, one["code"], one["message"])
        for name, unit in units.items()
        for one in unit["findings"]
        if one["severity"] != "note"
    }
    bulletin = _words(built.output / "报送情况通报.docx")
    assert "应报送6个单位，已报送5个，其中核对通过2个、退回待改3个" in bulletin
    assert {name for name in units if name in bulletin} == missing | returned


def _words(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return "".join(re.findall(r"<w:t[^>]*>([^<]*)", package.read("word/document.xml").decode()))


def test_a_build_with_nothing_to_do_makes_nothing_anew(january: January) -> None:
    before = {p: p.stat().st_mtime_ns for p in january.output.rglob("*") if p.is_file()}
    january.build()
    assert before == {p: p.stat().st_mtime_ns for p in january.output.rglob("*") if p.is_file()}


def test_a_unit_that_comes_in_corrected_leaves_the_kit(january: January) -> None:
    name = sorted(p.stem for p in (january.output / "returns").iterdir())[0]
    (january.inputs / str(YEAR) / f"{name}.xlsx").unlink()
    january.build()
    assert not (january.output / f"退回通知/{name}.docx").exists()
    assert name not in {row["单位"] for row in january.rows()}
    assert "逾期未报（2个）" in january.text("催报.txt")


@pytest.mark.tool
def test_what_the_officer_wrote_is_kept_after_libreoffice_saved_it(
    january: January, tmp_path: Path
) -> None:
    """The acceptance: columns filled, saved by LibreOffice, then a form changes and is built."""
    rows = january.rows()
    written = {
        at: {"责任人": f"张{at}", "处理情况": f"打过{at}次电话\n{'约好' * at}", "备注": at + 0.5}
        for at in range(len(rows))
    }
    january.fill(written)
    (january.output / FILE).replace(tmp_path / FILE)
    saved = soffice(tmp_path / FILE, "xlsx", tmp_path / "saved", tmp_path / "profile")
    shutil.copy(saved, january.output / FILE)
    gone = rows[0]["单位"]
    (january.inputs / str(YEAR) / f"{gone}.xlsx").unlink()
    result = january.build()
    assert not result.set_aside and not result.faults
    after = {(r["单位"], r["编号"], r["工作表"], r["单元格"], r["问题"]): r for r in january.rows()}
    assert len(after) == len(rows)
    found = {
        (unit["agency"], one["code"], one["message"])
        for unit in january.manifest().values()
        for one in unit["findings"]
    }
    for at, row in enumerate(rows):
        now = after[row["单位"], row["编号"], row["工作表"], row["单元格"], row["问题"]]
        assert {head: now[head] for head in OWN} == written[at]
        still = (row["单位"], row["编号"], row["问题"]) in found
        assert (now["状态"] == GONE) == (not still)
    january.build()
    assert [r for r in january.rows() if r["状态"] == GONE], "kept by every later build too"


@pytest.mark.parametrize(
    ("head", "value"),
    [("状态", "已改"), ("问题", "我改的")],
)
def test_what_cannot_be_carried_over_is_set_aside(january: January, head: str, value: str) -> None:
    """A word in a column that gxgen writes is lost from the list, not from disk."""
    january.fill({0: {head: value, "备注": "留着"}})
    before = hashlib.sha256((january.output / FILE).read_bytes()).hexdigest()
    result = january.build()
    assert [hashlib.sha256(p.read_bytes()).hexdigest() for p in result.set_aside] == [before]
    if head == "状态":
        assert january.rows()[0]["备注"] == "留着"


def test_another_sheet_or_a_formula_is_not_lost(january: January) -> None:
    book = openpyxl.load_workbook(january.output / FILE)
    book.create_sheet("我的统计").append([1, 2])
    book.save(january.output / FILE)
    assert len(january.build().set_aside) == 1
    january.fill({0: {"备注": "=1+1"}})
    assert len(january.build().set_aside) == 1


def test_a_column_that_the_officer_added_is_kept(january: January) -> None:
    book = openpyxl.load_workbook(january.output / FILE)
    sheet = book.active
    at = next(row for row in sheet.iter_rows() if "编号" in [cell.value for cell in row])
    column = len(at) + 1
    sheet.cell(at[0].row, column).value = "联系日期"
    sheet.cell(at[0].row + 1, column).value = dt.datetime(2026, 1, 23)
    book.save(january.output / FILE)
    assert not january.build().set_aside
    assert january.rows()[0]["联系日期"] == dt.datetime(2026, 1, 23)


def test_no_cell_of_the_list_is_a_formula(january: January) -> None:
    """A unit's text may begin like one."""
    name = sorted(p.stem for p in (january.output / "returns").iterdir())[0]
    path = january.inputs / str(YEAR) / f"{name}.xlsx"
    book = openpyxl.load_workbook(path)
    book["基本信息"]["B7"].value = "=cmd|' /C calc'!A0"
    book["基本信息"]["B7"].data_type = "s"
    book.save(path)
    january.build()
    sheet = openpyxl.load_workbook(january.output / FILE).active
    assert any("=cmd" in str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_list_that_is_none_is_set_aside(january: January) -> None:
    (january.output / FILE).write_bytes(b"not a workbook")
    assert kept_of(b"not a workbook") is None
    assert len(january.build().set_aside) == 1
    assert {*OURS, *OWN} <= january.rows()[0].keys()


def test_the_county_s_own_template_is_taken(january: January) -> None:
    own = january.inputs / "催报.txt"
    own.write_text("{{ 县 }}的{% for 项 in 未报单位 %}{{ 项.单位 }}{% endfor %}快交", "utf-8")
    january.build()
    assert january.text("催报.txt").startswith(f"{COUNTY}的") and "快交" in january.text("催报.txt")


@pytest.mark.parametrize(
    "text", ["{{ 没有这个 }}", "{% for a in 县 %}{% endfor %}", "{{ ''.__class__ }}", "{{ 县"]
)
def test_a_wrong_template_is_told_and_stops_nothing_else(january: January, text: str) -> None:
    (january.inputs / "催报.txt").write_text(text, "utf-8")
    result = january.build()
    (fault,) = result.faults
    assert str(january.inputs / "催报.txt") in fault and "催报.txt 没有写出" in fault
    assert not (january.output / "催报.txt").exists()
    assert (january.output / "报送情况通报.docx").exists()


def test_a_notice_that_was_edited_is_set_aside(january: January) -> None:
    (january.output / "催报.txt").write_text("改过的", "utf-8")
    (aside,) = january.build().set_aside
    assert aside.read_text("utf-8") == "改过的"
