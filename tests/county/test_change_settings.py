"""Settings are changed as a person asks, all or nothing, and all else in the file stays."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
import tempfile
import tomllib
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gxgen.api.project import Project
from gxgen.api.settings import KEYS, SettingsError, change, undo
from gxgen.api.settings import settings as settings_of
from gxgen.cli import main
from gxgen.county.project import County, load_county
from gxgen.county.scaffold import scaffold
from gxgen.county.settings import CountySettings
from gxgen.errors import EnvironmentProblemError, UsageError
from gxgen.model.agency import Agency, AgencyKind, Contact

UNITS = (
    Agency("试县财政局", "财政局", AgencyKind.DEPARTMENT, Contact(phone="0536-1000001")),
    Agency("试县甲镇人民政府", "甲镇", AgencyKind.TOWN),
    Agency("试县教育局"),
)
MOMENT = dt.datetime(2026, 1, 5, 8)


def county(folder: Path, text: str | None = None) -> County:
    folder.mkdir(exist_ok=True, parents=True)
    made = scaffold("试县", 2025, UNITS) if text is None else text
    (folder / "county.toml").write_bytes(made.encode())
    return load_county(folder)


def text_of(home: County) -> str:
    return (home.folder / "county.toml").read_bytes().decode()


TYPED = {
    "county": ("新县", "新县"),
    "year": ("2025", 2025),
    "government": ("试县人民政府", "试县人民政府"),
    "office": ("试县政务公开办公室", "试县政务公开办公室"),
    "deadline": ("2026年1月20日", "2026-01-20"),
    "correct_by": ("2026-1-25", "2026-01-25"),
    "publish_by": ("01-25", "01-25"),
    "style": ("illustrated", "illustrated"),
    "accent": ("湖蓝", "湖蓝"),
    "formats": ("docx，pdf", ["docx", "pdf"]),
    "pdf": ("builtin", "builtin"),
}
"""Each setting as a person types it, and as it is read again."""


def test_every_setting_can_be_changed() -> None:
    assert set(KEYS) == set(CountySettings.model_fields) - {"agency"} == set(TYPED)


@pytest.mark.parametrize("key", KEYS)
def test_a_setting_is_changed_and_all_else_stays(tmp_path: Path, key: str) -> None:
    home = county(tmp_path / "a")
    before = text_of(home)
    typed, read = TYPED[key]
    done = change(home, {key: typed}, moment=MOMENT)
    assert settings_of(done.county) == {**settings_of(home), key: read}
    old, new = before.splitlines(), text_of(home).splitlines()
    differ = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    assert len(differ) == (0 if key == "year" else 1)
    assert all(re.match(rf"#? ?{key} = ", line) for pair in differ for line in pair)
    if differ:
        assert done.former is not None and done.former.read_bytes().decode() == before
    if key not in ("county", "year"):
        gone = change(done.county, {key: ""}, moment=MOMENT).county
        assert settings_of(gone)[key] == CountySettings.model_fields[key].get_default(
            call_default_factory=True
        )
        assert len(text_of(home).splitlines()) == len(old)


def test_all_settings_are_plain_data(tmp_path: Path) -> None:
    said = settings_of(county(tmp_path / "a"))
    assert json.loads(json.dumps(said)) == said
    assert [one["name"] for one in said["agency"]] == [one.name for one in UNITS]


WRONG = {
    "deadline": ("2026-02-30", "应是一个日期"),
    "correct_by": ("2025-01-25", "2025年度的改正期限应在"),
    "publish_by": ("2-30", "应是1月里的一天"),
    "year": ("去年", "四位数字"),
    "county": ("", "缺少这一项"),
    "style": ("../x", "文件夹的名字"),
    "accent": ("粉", "只能是"),
    "formats": ("docx,exe", "只能是"),
    "pdf": ("word", "只能是"),
    "office": ("甲\n乙", "不可见字符"),
    "government": ("x" * 600, "太长"),
    "名册": ("x", "没有这个设置项"),
}


@pytest.mark.parametrize("key", WRONG)
def test_what_cannot_be_is_told_by_its_field_and_nothing_is_saved(tmp_path: Path, key: str) -> None:
    home = county(tmp_path / "a")
    before = text_of(home)
    typed, said = WRONG[key]
    with pytest.raises(SettingsError) as caught:
        change(home, {key: typed, "office": "别的"} | {key: typed}, roster_rows="丁局\t丁")
    assert [*caught.value.fields] == [key]
    assert said in caught.value.fields[key]
    assert str(caught.value).endswith("什么都没有保存。")
    assert text_of(home) == before
    assert [one.name for one in home.folder.iterdir()] == ["county.toml"]


# -- the roster ----------------------------------------------------------------------------------


def test_pasted_units_are_added_and_others_told_anew(tmp_path: Path) -> None:
    home = county(tmp_path / "a")
    rows = (
        "试县财政局\t\t\t0536-1000009\n试县丁局\t丁局\t部门\t0536-1000004\r\n"
        "\n试县人民政府\t\t政府\n"
    )
    done = change(home, roster_rows=rows, moment=MOMENT)
    after = done.county
    assert [one.name for one in after.roster] == [*(one.name for one in UNITS), "试县丁局"]
    first, *rest, new = after.roster
    assert (first.short_name, first.kind) == (UNITS[0].short_name, UNITS[0].kind)
    assert first.contact.phone == "0536-1000009"
    assert tuple(rest) == UNITS[1:]
    assert (new.short_name, new.kind, new.contact.phone) == (
        "丁局",
        AgencyKind.DEPARTMENT,
        "0536-1000004",
    )
    assert after.government == "试县人民政府"
    assert done.told[0].startswith("名册：3个单位")


def test_the_first_units_come_into_a_new_county_s_file(tmp_path: Path) -> None:
    home = county(tmp_path / "a", scaffold("试县", 2025))
    before = text_of(home)
    after = change(home, roster_rows="试县丁局\n试县戊局").county
    assert [one.name for one in after.roster] == ["试县丁局", "试县戊局"]
    assert text_of(home).startswith(before)


def test_heads_may_be_pasted_too_in_any_order(tmp_path: Path) -> None:
    rows = "类型\t电话\t单位名称\n街道办\t0536-1\t试县乙街道\n"
    [*_, new] = change(county(tmp_path / "a"), roster_rows=rows).county.roster
    assert (new.name, new.kind) == ("试县乙街道", AgencyKind.SUBDISTRICT)


FAULTS = {
    "甲局\n乙局\t乙\t别的": "粘贴的第2行“乙局”的单位类别：“别的”不是单位的类别，只能是：部门、",
    "乙局\t\t\t13900000000": "粘贴的第1行“乙局”（电话）填的是手机号码",
    "乙局\n乙局": "粘贴的第2行“乙局”的单位全称：“乙局”和 粘贴的第1行“乙局”的单位全称 重复",
    "\t乙": "粘贴的第1行“”的单位全称：没有填单位名称",
    "合计": "粘贴的第1行“合计”的单位全称：“合计”不像单位名称",
    "乙 局": "中间有空格",
}


@pytest.mark.parametrize("rows", FAULTS)
def test_a_fault_is_told_by_its_row_and_nothing_is_saved(tmp_path: Path, rows: str) -> None:
    home = county(tmp_path / "a")
    before = text_of(home)
    with pytest.raises(SettingsError) as caught:
        change(home, {"office": "某办"}, roster_rows=rows)
    assert FAULTS[rows] in caught.value.rows[0]
    assert caught.value.fields == {}
    assert text_of(home) == before


def test_a_spreadsheet_is_read_as_for_a_new_county(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["单位名称", "简称"], ["试县丁局", "丁局"], ["试县财政局", "财局"]):
        book.active.append(row)
    book.save(tmp_path / "名册.xlsx")
    after = change(county(tmp_path / "a"), roster=tmp_path / "名册.xlsx").county
    assert (after.roster[0].short_name, after.roster[-1].name) == ("财局", "试县丁局")


def test_units_are_taken_out_by_name_only(tmp_path: Path) -> None:
    home = county(tmp_path / "a")
    after = change(home, drop=["财政局", "试县教育局"]).county
    assert after.roster == UNITS[1:2]
    with pytest.raises(SettingsError, match="名册里没有“试县教育局”"):
        change(after, drop=["试县教育局"])


def test_what_the_county_says_of_words_must_still_hold(tmp_path: Path) -> None:
    home = county(tmp_path / "a")
    (home.folder / "words.toml").write_text('[short_names]\n"试县财政局" = ["财政部门"]\n', "utf-8")
    before = text_of(home)
    with pytest.raises(UsageError, match="名册里没有“试县财政局”"):
        change(load_county(home.folder), drop=["试县财政局"])
    assert text_of(home) == before


# -- the file ------------------------------------------------------------------------------------

COMMENTS = st.lists(st.sampled_from(["# 我的备注", "", "  # 另一句", "#"]), max_size=3)
VALUES = st.dictionaries(
    st.sampled_from(["deadline", "office", "formats", "accent", "government"]),
    st.booleans(),
    max_size=3,
)


def _block(unit: Agency, shape: int) -> list[str]:
    """A unit as people write one."""
    lines = [f'name = "{unit.name}"  # 全称' if shape == 2 else f"name = '{unit.name}'"]
    lines += [f'short_name = "{unit.short_name}"'] if unit.short_name else []
    lines += [f'kind="{unit.kind.value}"'] if unit.kind else []
    phone = unit.contact.phone
    if phone and shape == 1:
        lines += ["[agency.contact]", f'phone = "{phone}"']
    elif phone:
        lines += [f'contact = {{phone = "{phone}"}}']
    return ["[[agency]]", *lines, ""]


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    comments=st.lists(COMMENTS, min_size=4, max_size=4),
    shapes=st.lists(st.integers(0, 2), min_size=3, max_size=3),
    values=VALUES,
    rows=st.lists(st.sampled_from([*(one.name for one in UNITS), "试县丁局"]), unique=True),
    dropped=st.lists(st.sampled_from([one.name for one in UNITS]), unique=True, max_size=2),
    feed=st.sampled_from(["\n", "\r\n"]),
)
def test_however_it_is_written_every_other_line_stays(
    comments: list[list[str]],
    shapes: list[int],
    values: dict[str, bool],
    rows: list[str],
    dropped: list[str],
    feed: str,
) -> None:
    lines = ['county = "试县"', *comments[0], "year = 2025", 'formats = ["docx"] # 只要这个']
    for unit, shape, above in zip(UNITS, shapes, comments[1:], strict=True):
        lines += [*above, *_block(unit, shape)]
    with tempfile.TemporaryDirectory() as place:
        home = county(Path(place) / "a", feed.join(lines))
        before = settings_of(home)
        rows = [name for name in rows if name not in dropped]
        typed = {key: TYPED[key][0] if set_ else "" for key, set_ in values.items()}
        pasted = "\n".join(f"{name}\t\t\t0536-2" for name in rows)
        done = change(home, typed, roster_rows=pasted, drop=dropped)
        after, text = settings_of(done.county), text_of(home)
        assert tomllib.loads(text)
        for key in KEYS:
            wanted = TYPED[key][1] if values.get(key) else before[key]
            if values.get(key) is False:
                wanted = ["docx"] if key == "formats" else None
            assert after[key] == wanted
        kept = [one["name"] for one in before["agency"] if one["name"] not in dropped]
        new = [name for name in rows if name not in kept]
        assert [one["name"] for one in after["agency"]] == [*kept, *new]
        for one in after["agency"]:
            if one["name"] in rows:
                assert one["contact"]["phone"] == "0536-2"
        assert ("\r\n" in text) == (feed == "\r\n" and len(lines) > 1)
        there = text.replace("\r\n", "\n").split("\n")
        for comment in ("# 我的备注", "  # 另一句"):
            assert there.count(comment) == lines.count(comment)


def test_a_file_that_only_a_person_can_change_is_left(tmp_path: Path) -> None:
    text = 'county = "试县"\nyear = 2025\nagency = [ {name = "甲局"} ]\n'
    home = county(tmp_path / "a", text)
    with pytest.raises(UsageError, match="写法特殊"):
        change(home, roster_rows="乙局")
    assert text_of(home) == text


def test_undo_brings_the_former_file_back_and_keeps_the_other(tmp_path: Path) -> None:
    home = county(tmp_path / "a")
    before = text_of(home)
    first = change(home, {"office": "甲办"}, moment=MOMENT).county
    change(first, {"office": "乙办"}, moment=MOMENT + dt.timedelta(seconds=1))
    aside = undo(home, moment=MOMENT + dt.timedelta(seconds=2))
    assert '"乙办"' in aside.read_text("utf-8") and '"甲办"' in text_of(home)
    undo(home, moment=MOMENT + dt.timedelta(seconds=3))
    assert text_of(home) == before
    with pytest.raises(UsageError, match="没有可以撤销的设置"):
        undo(home)
    changed = change(home, {"office": "丙办"}, moment=MOMENT + dt.timedelta(seconds=4)).county
    (home.folder / "county.toml").write_text(f"{text_of(changed)}# 手写\n", "utf-8")
    with pytest.raises(UsageError, match="又改过"):
        undo(home)


def test_without_what_changes_it_the_sentence_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tomlkit", None)
    with pytest.raises(EnvironmentProblemError, match=r"gxgen\[desk\]"):
        change(county(tmp_path / "a"), {"office": "某办"})


def test_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    county(tmp_path / "inputs")
    monkeypatch.chdir(tmp_path)

    def says(*arguments: str, status: int = 0) -> str:
        assert main(["settings", *arguments]) == status
        return "".join(capsys.readouterr())

    assert "deadline = （没有设）" in says()
    assert "deadline = 2026-01-20" in says("--set", "deadline=2026-01-20", "--set", "office=某办")
    assert json.loads(says("--format", "json"))["office"] == "某办"
    assert "什么都没有保存" in says("--set", "deadline=明天", status=2)
    assert "设置=值" in says("--set", "deadline", status=2)
    assert "不和别的改动" in says("--undo", "--set", "office=x", status=2)
    Path("名册.csv").write_text("单位名称\n试县丁局\n", "utf-8")
    assert "试县丁局" in says("--roster", "名册.csv", "--drop", "财政局")
    assert "换回了" in says("--undo")
    assert len(Project(tmp_path).counties[0].roster) == 3
