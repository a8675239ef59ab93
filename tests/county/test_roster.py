"""A roster out of a spreadsheet: columns by their heads, every fault by its cell."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from gxgen import api
from gxgen.cli import main
from gxgen.county.keys import CALLED
from gxgen.county.project import load_county
from gxgen.county.roster import KEYS, read_roster
from gxgen.county.scaffold import scaffold
from gxgen.county.settings import AgencySettings, ContactSettings, CountySettings
from gxgen.errors import UsageError
from gxgen.model.agency import AgencyKind

HEADS = ["序号", "单位名称", "简称", "类型", "联系人", "办公电话", "邮编", "地址", "电子邮箱"]


def _unit(number: int) -> list[object]:
    kind = ("部门", "乡镇", "街道办事处")[number % 3]
    return [
        number, f"试县第{number}局", f"{number}局", kind, "张三", f"0536-40000{number:02}",
        262100 + number, f"某路{number}号", f"u{number}@example.gov.cn",
    ]  # fmt: skip


UNITS = [_unit(number) for number in range(1, 31)]


def _xlsx(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def _csv(path: Path, rows: list[list[object]], encoding: str) -> Path:
    path.write_bytes("\r\n".join(",".join(map(str, row)) for row in rows).encode(encoding))
    return path


@pytest.mark.parametrize("kind", ["xlsx", "utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_county_begins_with_a_spreadsheet_of_thirty_units(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    """Title above, columns in any order, and the county's government among the units."""
    monkeypatch.chdir(tmp_path)
    own = [31, "试县人民政府", "", "政府", "", "", "", "", ""]
    rows = [["试县单位名册"], HEADS, *UNITS, own]
    rows = [row[::-1] if len(row) > 1 else row for row in rows]
    path = tmp_path / ("名册.xlsx" if kind == "xlsx" else "名册.csv")
    _xlsx(path, rows) if kind == "xlsx" else _csv(path, rows, kind)
    assert main(["init", "县", "--county", "试县", "--year", "2025", "--roster", str(path)]) == 0
    said = capsys.readouterr().out
    assert "31个单位（镇10个、街道10个、部门10个、政府1个）" in said
    assert "没有用到的列：联系人" in said
    county = load_county(tmp_path / "县" / "inputs")
    assert (len(county.roster), county.government) == (30, "试县人民政府")
    first = county.roster[0]
    assert (first.name, first.short_name, first.kind) == ("试县第1局", "1局", AgencyKind.TOWN)
    assert (first.contact.phone, first.contact.postcode) == ("0536-4000001", "262101")
    if kind == "xlsx":
        monkeypatch.chdir(tmp_path / "县")
        assert main(["blank", "--all", "--year", "2025"]) == 0
        assert len(list((tmp_path / "县/inputs/2025").glob("*.xlsx"))) == 30


FAULTS: list[tuple[list[list[object]], str]] = [
    ([["甲局", "", "局"]], "C2：“局”不是单位的类别，只能是：部门、镇、街道、政府、其他"),
    ([["甲局", "甲", "部门"], ["甲局", "乙", "部门"]], "A3：“甲局”和 A2 重复"),
    ([["甲局", "甲", "部门"], ["乙局", "甲", "部门"]], "B3：“甲”和 B2 重复"),
    ([["", "甲", "部门"]], "A2：没有填单位名称"),
    ([["甲 局", "甲", "部门"]], "A2：“甲 局”中间有空格"),
    ([["一、部门", "", ""]], "A2：“一、部门”不像单位名称"),
    ([["乡镇（12个）", "", ""]], "A2：.*不像单位名称"),
    ([["合计", "", ""]], "A2：.*不像单位名称"),
    ([["甲" * 201, "", ""]], "A2：有201个字"),
    ([["甲局", "", "", "13800000000"]], "D2.*手机号码“13800000000”"),
    ([["甲局", "", "", "", "1234"]], "E2.*“1234”，不是六位数字"),
    ([], "没有单位"),
]


@pytest.mark.parametrize(("rows", "said"), FAULTS, ids=[said[:12] for _, said in FAULTS])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_each_fault_is_told_with_its_cell(
    tmp_path: Path, rows: list[list[object]], said: str, kind: str
) -> None:
    whole: list[list[object]] = [["单位名称", "简称", "类型", "电话", "邮编"], *rows]
    path = tmp_path / f"名册.{kind}"
    _xlsx(path, whole) if kind == "xlsx" else _csv(path, whole, "gbk")
    with pytest.raises(UsageError, match=said):
        read_roster(path)


def test_what_is_no_roster_is_refused(tmp_path: Path) -> None:
    nothing = _xlsx(tmp_path / "a.xlsx", [["甲", "乙"], ["丙", "丁"]])
    with pytest.raises(UsageError, match="没有找到单位名称一列"):
        read_roster(nothing)
    two = openpyxl.Workbook()
    two.active.append(["单位名称", "简称"])
    two.create_sheet("另一张").append(["单位名称", "简称"])
    two.save(tmp_path / "b.xlsx")
    with pytest.raises(UsageError, match="几张表都像名册"):
        read_roster(tmp_path / "b.xlsx")
    for name, data in (("c.xls", b"x"), ("d.xlsx", b"x"), ("e.csv", b'"a,b\n')):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(UsageError):
            read_roster(tmp_path / name)


def test_a_wrong_roster_leaves_nothing_behind(tmp_path: Path) -> None:
    path = _xlsx(tmp_path / "名册.xlsx", [["单位名称", "类型"], ["甲局", "什么"]])
    with pytest.raises(UsageError, match="B2"):
        api.init(tmp_path / "县", county="试县", year=2025, roster=path)
    assert not (tmp_path / "县").exists()


@pytest.mark.parametrize("key", KEYS)
def test_every_name_of_a_column_is_found(tmp_path: Path, key: str) -> None:
    values = {"name": "甲局", "kind": "部门", "postcode": "100000", "email": "a@b.cn",
              "website": "www.a.gov.cn"}  # fmt: skip
    for head in CALLED[key]:
        heads = [head] if key == "name" else ["单位名称", head]
        row = ["甲局"] if key == "name" else ["甲局", values.get(key, "010-1")]
        (unit,) = read_roster(_csv(tmp_path / "a.csv", [heads, row], "utf-8")).agencies
        held = unit.contact if hasattr(unit.contact, key) else unit
        assert getattr(held, key) == row[-1]


def test_a_new_file_names_every_key_once(tmp_path: Path) -> None:
    """Each key stands in it once, in a line or in the example of a unit, and beside a comment."""
    text = scaffold("某县", 2025)
    for key in {*CountySettings.model_fields, *AgencySettings.model_fields} - {"agency"}:
        assert len(re.findall(rf"^(?:# )?{key} = ", text, re.M)) == 1, key
    assert text.count("[[agency]]") == 1
    for key in ContactSettings.model_fields:
        assert re.search(rf"\b{key}（", text), key
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if re.match(r"(?:# )?[a-z_]+ = ", line) and "[[agency]]" not in "\n".join(lines[:at]):
            assert lines[at - 1].startswith("# ") and re.search("[\u4e00-\u9fff]", lines[at - 1])


def test_every_setting_of_a_new_file_can_be_switched_on(tmp_path: Path) -> None:
    text = re.sub(r"^# (?=[a-z_]+ = |\[\[agency)", "", scaffold("某县", 2025), flags=re.M)
    (tmp_path / "county.toml").write_text(text, "utf-8")
    county = load_county(tmp_path)
    assert county.government and county.office and county.deadline and county.correct_by
    assert county.roster[0].contact.postcode == "100000"


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ('goverment = "x"', "government"),
        ("dead-line = 2026-01-20", "deadline"),
        ('截止日期 = "x"', "deadline"),
        ('agencies = "x"', "agency"),
        ('[[agency]]\nname = "甲局"\nshortname = "甲"', "short_name"),
        ('[[agency]]\nname = "甲局"\n简称 = "甲"', "short_name"),
        ('[[agency]]\nname = "甲局"\ncontact = { tel = "1", 电话 = "2" }', "phone"),
    ],
)
def test_an_unknown_key_suggests_the_right_one(tmp_path: Path, line: str, meant: str) -> None:
    (tmp_path / "county.toml").write_text(
        f'county = "某县"\n{line}\n'.replace("截止日期", '"截止日期"')
        .replace("简称 =", '"简称" =').replace("电话 =", '"电话" ='),
        "utf-8",
    )  # fmt: skip
    with pytest.raises(UsageError, match=f"没有这个设置项，是不是 {meant}？"):
        load_county(tmp_path)
