"""Controls that show the document's data: asked about where it is not what they keep."""

from __future__ import annotations

import pytest

from tests.prose.test_word_elements import line, read
from tests.prose.word_files import paragraph, run

DATA = (
    '<r xmlns="http://x/r"><n>12</n><n>13</n><empty/><day>2024-01-31T00:00:00</day><pick>b</pick>'
    '<more><n>5</n></more><held a="7"/></r>'
)
SPACES = "xmlns:q='http://x/r'"
PICK = (
    '<w:dropDownList><w:listItem w:displayText="甲" w:value="a"/>'
    '<w:listItem w:displayText="乙" w:value="b"/></w:dropDownList>'
)


def bound(path: str, said: str, kind: str = "<w:text/>", store: str = "{A1}") -> str:
    binding = (
        f'<w:dataBinding w:prefixMappings="{SPACES}" w:xpath="{path}" w:storeItemID="{store}"/>'
    )
    return f"<w:sdt><w:sdtPr>{binding}{kind}</w:sdtPr><w:sdtContent>{said}</w:sdtContent></w:sdt>"


DATE = '<w:date><w:dateFormat w:val="yyyy年M月d日"/></w:date>'
SAME = [
    ("/q:r[1]/q:n[1]", "12", ""),
    ("/q:r/q:n[2]", "1 3", ""),
    ("/q:r/q:n[1]/text()", "12", ""),
    ("/q:r/q:held/@a", "7", ""),
    ("/q:r[1]/q:day[1]", "2024年1月31日", DATE),
    ("/q:r[1]/q:day[1]", "二〇二四年一月三十一日", DATE),
    ("/q:r[1]/q:pick[1]", "乙", PICK),
    # Nothing to show: Word keeps what the control holds.
    ("/q:r[1]/q:none[1]", "99", ""),
    ("/q:r[1]/q:more[1]", "99", ""),
    ("/r[1]/n[1]", "99", ""),
    ("/q:r[1]/q:n[1]", "99", "<w:picture/>"),
]
OTHER = [
    ("/q:r[1]/q:n[1]", "13", "", "数据里是“12”"),
    ("/q:r[1]/q:empty[1]", "13", "", "数据里是“”"),
    ("/q:r/q:held/@a", "8", "", "数据里是“7”"),
    ("/q:r[1]/q:day[1]", "2024年1月30日", DATE, "2024-01-31"),
    ("/q:r[1]/q:day[1]", "二〇二三年一月三十一日", DATE, "2024-01-31"),
    ("/q:r[1]/q:pick[1]", "甲", PICK, "数据里是“乙”"),
    ("//q:n[last()]", "13", "", "位置写法特殊的数据"),
]


@pytest.mark.parametrize(("path", "said", "kind"), SAME)
def test_what_is_bound_and_the_same_is_silent(path: str, said: str, kind: str) -> None:
    control = bound(path, run(said), kind or "<w:text/>")
    assert line(run("共") + control + run("件"), data=DATA) == (f"共{said}件", [])


@pytest.mark.parametrize(("path", "said", "kind", "told"), OTHER)
def test_what_is_bound_and_another_is_asked_about(
    path: str, said: str, kind: str, told: str
) -> None:
    control = bound(path, run(said), kind or "<w:text/>")
    for block in (paragraph(run("共") + control + run("件")), bound(path, paragraph(said), kind)):
        raw = read(paragraph("前"), block, data=DATA)
        assert said in raw.lines[1].text
        assert [f.code for f in raw.findings] == ["GX092"]
        assert raw.findings[0].place == raw.lines[1].place
        assert told in raw.findings[0].message


def test_data_of_another_name_or_damaged_is_not_shown() -> None:
    path = "/q:r[1]/q:n[1]"
    assert line(bound(path, run("13"), store="{B2}"), data=DATA) == ("13", [])
    assert line(bound(path, run("13"), store=""), data=DATA) == ("13", ["GX092"])
    assert line(bound(path, run("13")), data="<r") == ("13", [])
    assert line(bound(path, run("13"))) == ("13", [])
