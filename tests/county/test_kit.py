"""The officer's kit: complete and true against ``build.json``, and what he writes stays."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from openpyxl.comments import Comment

from gxgen import api
from gxgen.checks.registry import diagnose, rules
from gxgen.county.batch import Result
from gxgen.county.kit.letters import county_slots, return_slots
from gxgen.county.kit.notices import notice_template
from gxgen.county.kit.problems import (
    FILE,
    GONE,
    OURS,
    OWN,
    Kept,
    kept_of,
    merged,
    problems_workbook,
)
from gxgen.county.kit.standing import Standing, State, Unit
from gxgen.county.project import County
from gxgen.demo.county import Demo, write_demo
from gxgen.diagnostics import Finding, worst_first
from gxgen.errors import TemplateError
from gxgen.model.agency import Agency
from gxgen.places import SheetCell
from gxgen.templates.scaffold.notices import NOTICES, make_notice
from gxgen.templates.styles import shipped_templates
from tests.support import ROOT, soffice

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


def test_what_cannot_be_carried_over_is_set_aside(january: January) -> None:
    """A word in a column that gxgen writes is lost from the list, not from disk; and a notice that
    was edited is there under another name."""
    january.fill({0: {"状态": "已改", "备注": "留着"}})
    before = hashlib.sha256((january.output / FILE).read_bytes()).hexdigest()
    (january.output / "催报.txt").write_text("改过的", "utf-8")
    listed, chase = sorted(january.build().set_aside, key=lambda path: path.suffix, reverse=True)
    assert hashlib.sha256(listed.read_bytes()).hexdigest() == before
    assert chase.read_text("utf-8") == "改过的"
    assert january.rows()[0]["备注"] == "留着"
    (january.output / FILE).write_bytes(b"not a workbook")
    assert len(january.build().set_aside) == 1
    assert {*OURS, *OWN} <= january.rows()[0].keys()


LINES = [("甲局", "表三", f"J{at}", "错误", "GX101", f"问题{at}", "改", "填报单位", "待改正")
         for at in range(3)]  # fmt: skip


def _list(kept: Kept | None = None) -> openpyxl.Workbook:
    data = problems_workbook("清单", LINES, kept or Kept())
    assert data is not None
    return openpyxl.load_workbook(io.BytesIO(data))


def _kept(book: openpyxl.Workbook) -> Kept:
    out = io.BytesIO()
    book.save(out)
    kept = kept_of(out.getvalue())
    assert kept is not None
    return kept


def _cell(book: openpyxl.Workbook, head: str, line: int = 0) -> Any:
    rows = list(book.active.iter_rows())
    top = next(row for row in rows if "编号" in [cell.value for cell in row])
    column = next(cell.column for cell in top if cell.value == head)
    return book.active.cell(top[0].row + 1 + line, column)


CHANGES: dict[str, Callable[[openpyxl.Workbook], object]] = {
    "a column of ours": lambda book: setattr(_cell(book, "问题"), "value", "我改的"),
    "a formula": lambda book: setattr(_cell(book, "备注"), "value", "=1+1"),
    "another sheet": lambda book: book.create_sheet("统计"),
    "a comment": lambda book: setattr(_cell(book, "备注"), "comment", Comment("看", "我")),
    "a row of one's own": lambda book: book.active.append(["", "电话里说的"]),
    "a cell beside": lambda book: setattr(book.active["Z9"], "value", "备忘"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_a_list_cannot_hold_is_seen(change: Callable[[openpyxl.Workbook], object]) -> None:
    book = _list()
    assert _kept(book).whole
    change(book)
    assert not _kept(book).whole


def test_what_the_officer_may_write_is_whole_and_kept() -> None:
    """Sorted, lines deleted, a column added, a date, a line whose words have changed since."""
    book = _list()
    sheet, at = book.active, _cell(book, "编号").row
    sheet.cell(at - 1, sheet.max_column + 1).value = "联系日期"
    sheet.cell(at, sheet.max_column).value = dt.datetime(2026, 1, 23)
    _cell(book, "备注", 1).value = "第二行"
    first = [cell.value for cell in sheet[at]]
    sheet.delete_rows(at)
    sheet.append(first)
    kept = _kept(book)
    assert kept.whole and kept.heads == (*OWN, "联系日期")
    said = merged([LINES[0], (*LINES[1][:5], "别的话", *LINES[1][6:])], kept)
    assert [dict(own) for _, own in said] == [
        {"联系日期": dt.date(2026, 1, 23)},
        {"备注": "第二行"},
    ]
    again = _list(kept)
    assert _cell(again, "联系日期").value == dt.datetime(2026, 1, 23)


def test_no_cell_of_the_list_is_a_formula() -> None:
    """A unit's text may begin like one."""
    evil = tuple(f"=cmd|'/C calc'!A{at}" for at in range(len(OURS)))
    data = problems_workbook("=1+1", [evil], Kept(lines=((evil, {"备注": "=2+2"}),)))
    sheet = openpyxl.load_workbook(io.BytesIO(data or b"")).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert {*evil, "=1+1", "=2+2"} <= {cell.value for cell in cells}


def test_the_county_s_own_template_is_taken_and_a_wrong_one_told(january: January) -> None:
    own = january.inputs / "催报.txt"
    own.write_text("{{ 县 }}的{% for 项 in 未报单位 %}{{ 项.单位 }}{% endfor %}快交", "utf-8")
    january.build()
    assert january.text("催报.txt").startswith(f"{COUNTY}的") and "快交" in january.text("催报.txt")
    own.write_text("{{ 没有这个 }}", "utf-8")
    (fault,) = january.build().faults
    assert str(own) in fault and "催报.txt 没有写出" in fault
    assert not (january.output / "催报.txt").exists()
    assert (january.output / "报送情况通报.docx").exists()


@pytest.mark.parametrize(
    "text",
    [
        "{{ 没有这个 }}",
        "{% for a in 县 %}{% endfor %}",
        "{{ ''.__class__ }}",
        "{{ 县",
        "{% for 项 in 未报单位 %}{{ 项.单位.join(项) }}{% endfor %}",
        "{{ 年度 ** 年度 }}",
        "\udcff",
    ],
)
def test_a_template_of_a_stranger_says_what_it_may_or_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "催报.txt").write_bytes(text.encode("utf-8", "surrogateescape"))
    told = Standing(County("县", tmp_path, year=YEAR), YEAR, ())
    with pytest.raises(TemplateError, match=r"催报\.txt"):
        notice_template(tmp_path, "催报.txt").text(county_slots(told))


def test_the_manual_names_every_slot() -> None:
    """And no other."""
    told = Standing(County("县", Path(), year=YEAR), YEAR, ())
    unit = Unit(Agency("甲局"), True, State.RETURNED)
    slots = {**county_slots(told), **return_slots(told, unit)}
    properties = {"document_title", "agency", "created"}
    page = (ROOT / "docs/templates.zh-CN.md").read_text("utf-8").partition("## 通知的模板")[2]
    named = set(re.findall(r"\{\{ (\w+) \}\}|in (\w+) %|`(\w+单位)`|\{% if (\w+) %", page))
    assert {name for found in named for name in found if name} == slots.keys() - properties


@pytest.mark.parametrize("name", NOTICES)
def test_the_shipped_templates_are_as_they_are_made(name: str) -> None:
    assert (shipped_templates() / "notices" / f"{name}.docx").read_bytes() == make_notice(name)


@pytest.mark.tool
def test_the_longest_notice_takes_one_page(tmp_path: Path) -> None:
    """Names that take two lines, every code that a clerk can be told of, five times each."""
    name = "某某市某某新区国有资产监督管理和金融工作服务中心（挂牌：某某市某某新区财政金融服务局）"
    found = [
        diagnose(Finding(one.code, "说明", SheetCell("表三", 20 + at, 8)), agency=name, year=YEAR,
                 file="x")
        for one in rules() for at in range(5)
    ]  # fmt: skip
    county = County("某某市某某新区", tmp_path, year=YEAR, correct_by=dt.date(2026, 1, 31))
    unit = Unit(Agency(name), True, State.RETURNED, tuple(worst_first(found)), (f"{name}.xlsx",))
    slots = return_slots(Standing(county, YEAR, (unit,)), unit)
    path = tmp_path / "退回通知.docx"
    path.write_bytes(notice_template(tmp_path, "退回通知.docx").letter(slots))
    pdf = soffice(path, "pdf", tmp_path, tmp_path / "profile")
    assert len(pypdfium2.PdfDocument(pdf)) == 1
