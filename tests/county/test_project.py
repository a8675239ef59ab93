"""county.toml: what is right loads, every fault is told with its line."""

from pathlib import Path

import pytest

from gxgen.county.project import load_county, scaffold
from gxgen.errors import UsageError
from gxgen.model import AgencyKind

GOOD = """
county = "安丘市"
year = 2024
[[agency]]
name = "安丘市凌河街道办事处"
short_name = "凌河街道"
kind = "街道"
contact = { phone = "0536-4641001" }
"""


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
    assert (county.name, county.year, county.roster) == ('某"县\\', 2025, ())


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
        ('county = "x"\nstyle = "../../etc"\n', r"第2行.*style：应是 templates 里一个文件夹的名字"),
        ('county = "x"\nformats = ["exe"]\n', r"第2行.*formats：只能是 docx"),
        ('county = ""\n', r"第1行.*county：不能为空"),
    ],
)
def test_each_fault_is_told_with_its_line(tmp_path: Path, wrong: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        load_county(_county(tmp_path, wrong))


def test_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "county.toml").write_bytes('county = "安丘市"'.encode("gb18030"))
    with pytest.raises(UsageError, match="不是 UTF-8 编码"):
        load_county(tmp_path)
