"""county.toml: what is right loads, every fault is told with its line."""

import datetime as dt
from pathlib import Path

import pytest

from gxgen.county.project import load_county
from gxgen.county.scaffold import scaffold
from gxgen.errors import UsageError
from gxgen.model.agency import AgencyKind

GOOD = """
county = "安丘市"
year = 2024
[[agency]]
name = "安丘市凌河街道办事处"
short_name = "凌河街道"
kind = "街道"
contact = { phone = "0536-4641001" }
"""

DATED = GOOD.replace("year = 2024\n", "year = 2024\ndeadline = 2025-01-20\n")


def _county(folder: Path, text: str) -> Path:
    (folder / "county.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_good_file_loads(tmp_path: Path) -> None:
    county = load_county(_county(tmp_path, GOOD))
    assert (county.name, county.year, county.style) == ("安丘市", 2024, "official")
    agency = county.agency("凌河街道")
    assert agency is not None
    assert agency.kind is AgencyKind.SUBDISTRICT
    assert agency.contact.phone == "0536-4641001"


def test_a_new_file_loads_as_it_is(tmp_path: Path) -> None:
    county = load_county(_county(tmp_path, scaffold('某"县\\', 2025)))
    assert (county.name, county.year, [*county.roster]) == ('某"县\\', 2025, [])


def test_the_example_of_a_deadline_is_one_that_loads(tmp_path: Path) -> None:
    text = scaffold("某县", 2025).replace("# deadline", "deadline")
    assert load_county(_county(tmp_path, text)).deadline == dt.date(2026, 1, 20)


@pytest.mark.parametrize("written", ["2025-01-20", '"2025-01-20"'])
def test_the_day_itself_is_in_time(tmp_path: Path, written: str) -> None:
    county = load_county(_county(tmp_path, DATED.replace("2025-01-20", written)))
    assert county.deadline == dt.date(2025, 1, 20)
    late = [county.overdue(day and dt.date(2025, 1, day)) for day in (19, 20, 21)]
    assert (late, county.overdue(None)) == ([False, False, True], False)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (GOOD.replace("kind = ", "knd = "), r"第7行.*knd：没有这个设置项"),
        (GOOD.replace('"街道"', '"街"'), r"第7行.*kind：只能是：部门、镇、街道、政府、其他"),
        (GOOD.replace("2024", '"二〇二四"'), r"第3行.*year：应是四位数字"),
        (GOOD.replace("2024", "2018"), r"第3行.*year：应在2019到2100之间"),
        (GOOD.replace("county", "counti"), r"county：缺少这一项(.|\n)*counti：没有这个设置项"),
        (GOOD + "formats = [", "文件在中途结束|写法有误"),
        (GOOD.replace('= "安丘市"', "= 安丘市"), "第2行第10列写法有误"),
        (GOOD + GOOD.partition("[[agency]]")[2].join(["[[agency]]", ""]), "单位重复出现"),
        *(
            (
                f'{GOOD}[[agency]]\nname = "安丘市财政局"\nshort_name = "{name}"\n',
                f"不止一个单位.*：{name}",
            )
            for name in ("凌河街道", "安丘市凌河街道办事处")
        ),
        ('county = "x"\nstyle = "../../etc"\n', r"第2行.*style：应是 templates 里一个文件夹的名字"),
        ('county = "x"\nformats = ["exe"]\n', r"第2行.*formats：只能是 docx"),
        ('county = "x"\naccent = "紫"\n', r"第2行.*accent：只能是 红、湖蓝、松绿"),
        ('county = ""\n', r"第1行.*county：不能为空"),
        (DATED.replace("2025-01-20", "20250120"), r"第4行 deadline：应是一个日期.*2025-01-20"),
        (DATED.replace("2025-01-20", '"一月二十日"'), r"第4行 deadline：应是一个日期"),
        (DATED.replace("2025-01-20", "2025-01-20T17:00:00"), r"第4行 deadline：应是一个日期"),
        (DATED.replace("2025-01-20", "2025-1-20"), r"第4行第16列写法有误.*2025-01-20"),
        (DATED.replace("2025-01-20", "2025-02-30"), r"第4行第.*列写法有误，没有这一天"),
        (DATED.replace("2025-01-20", "2024-01-20"), r"第4行 deadline：2024年度.*应在2024-12-01到"),
        (DATED.replace("year = 2024\n", ""), r"第3行 deadline：要和 year（报告年度）一起写"),
        *(
            (f'county = "x"\npublish_by = {day}\n', r"第2行 publish_by：应是1月里的一天.*\"01-25\"")
            for day in (
                '"02-01"',
                '"1-25"',
                '"01-32"',
                '"01-00"',
                '"2025-01-25"',
                "2025-01-25",
                "125",
                '"01-25\\n"',
                '"０1-25"',
            )
        ),
    ],
)
def test_each_fault_is_told_with_its_line(tmp_path: Path, wrong: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        load_county(_county(tmp_path, wrong))


def test_the_example_of_a_day_for_publishing_is_one_that_loads(tmp_path: Path) -> None:
    text = scaffold("某县", 2025).replace("# publish_by", "publish_by")
    assert load_county(_county(tmp_path, text)).facts.publish_by == (1, 25)
    assert load_county(_county(tmp_path, scaffold("某县", 2025))).facts.publish_by is None


def test_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "county.toml").write_bytes('county = "安丘市"'.encode("gb18030"))
    with pytest.raises(UsageError, match="不是 UTF-8 编码"):
        load_county(tmp_path)
