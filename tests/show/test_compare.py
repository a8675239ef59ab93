"""A comparison shown: JSON of its schema, page and DOCX of the same blocks, harmless text."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from gxgen.comparison.reports import Comparison, compared
from gxgen.demo.agencies import demo_agency
from gxgen.demo.county import clean_report
from gxgen.editions.declared import EDITIONS
from gxgen.model.agency import Agency
from gxgen.model.indicators import Indicator
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Entry, Report
from gxgen.prose.filled import filled
from gxgen.show.compare.agency import agency_sheet
from gxgen.show.compare.blocks import Heading, Remark, Sheet, Table
from gxgen.show.compare.county import LARGEST, MOST_OF_ONE, county_record, county_sheet
from gxgen.show.compare.docx import sheet_docx
from gxgen.show.compare.page import sheet_page
from gxgen.show.compare.record import FORMAT, comparison_record
from gxgen.show.compare.text import sheet_text
from tests.factory import make_report
from tests.shapes import misfits
from tests.support import need_html_validate, schema_errors

SCHEMA = json.loads(files("gxgen.show.compare").joinpath("compare.schema.json").read_text("utf-8"))
LONG_TITLE = "title text cannot be longer than 70 characters"
"""What the checker says of a name that nobody bears."""
HOSTILE = "</style><script>alert('甲')</script>\"&<b>{{ 7*7 }}{%p if x %}\x1b[31m\u202e\ufffe"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _demo(index: int) -> Comparison:
    unit = demo_agency("对照县", index)
    last, this = (filled(clean_report(unit, year))[0] for year in (2023, 2024))
    return compared(last, this)


def _saying(year: int, text: str, **changes: Any) -> Report:
    words = (Passage("1", "总体情况", (Paragraph(text),)),)
    return replace(make_report(EDITIONS["2021"], year=year), narrative=words, **changes)


def _hostile() -> Comparison:
    agency = Agency(f"某局{HOSTILE}")
    row = {"走访": Indicator("走访", HOSTILE[:8], 31)}
    return compared(
        _saying(2023, f"开设窗口{HOSTILE}，共两处。", agency=agency, indicators=row),
        _saying(2024, f"=1+1 开设窗口{HOSTILE}，共三处。", agency=agency, indicators=row),
    )


class Page(HTMLParser):
    """Tags and visible words."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] not in ("style", "title"):
            self.words.append(data)


def _solid(text: str) -> str:
    return "".join(text.split())


def _block_texts(sheet: Sheet) -> str:
    """All that the blocks say, in order."""
    said = [sheet.title]
    for block in sheet.blocks:
        match block:
            case Heading() | Remark():
                said.append(block.text)
            case Table():
                said += [block.caption, *block.heads]
                said += [one.text for row in block.rows for cell in row.cells for one in cell]
    return _solid("".join(said))


def _docx_root(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


SHEETS = {
    "agency": lambda: agency_sheet(_demo(3)),
    "hostile": lambda: agency_sheet(_hostile()),
    "county": lambda: county_sheet(
        f"某县{HOSTILE}", 2024, [("甲局", _demo(3)), (HOSTILE, _hostile())], [("乙局", "没有。")]
    ),
}
EACH_SHEET = pytest.mark.parametrize("name", SHEETS)


@pytest.mark.parametrize("whole", [_demo(3), _hostile()], ids=["demo", "hostile"])
def test_json_has_the_shape_of_its_schema_and_every_sentence(whole) -> None:
    record = json.loads(json.dumps(comparison_record(whole)))
    assert misfits(record, SCHEMA) == []
    assert record["format"] == FORMAT == SCHEMA["properties"]["format"]["const"]
    counts = record["sections"][-1]["counts"]
    own = [one for one in record["sentences"] if not one["fixed"]]
    assert counts == {kind: sum(one["sameness"] == kind for one in own) for kind in counts}


def test_a_wrong_shape_is_noticed() -> None:
    record = comparison_record(_demo(3))
    record["figures"][0]["extra"] = 1
    del record["sentences"][0]["section"]
    record["this"]["year"] = "2024"
    record["sentences"][1]["this"] = 5
    assert len(misfits(record, SCHEMA)) == 4


@EACH_SHEET
def test_page_and_docx_say_what_the_blocks_say_and_no_more(name) -> None:
    sheet = SHEETS[name]()
    wanted = _block_texts(sheet)
    page = Page(sheet_page(sheet))
    assert _solid("".join(page.words)) == wanted
    root = _docx_root(sheet_docx(sheet))
    assert _solid("".join(node.text or "" for node in root.iter(f"{W}t"))) == wanted


@EACH_SHEET
def test_what_is_foreign_stays_text(name) -> None:
    sheet = SHEETS[name]()
    page = sheet_page(sheet)
    parsed = Page(page)
    assert not {"script", "b", "img", "a", "form"} & set(parsed.tags)
    assert parsed.tags.count("style") == 1
    assert b"default-src 'none'" in page
    data = sheet_docx(sheet)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {one: package.read(one).decode() for one in package.namelist()}
    assert not re.search(r"fldSimple|hyperlink|oleObject|TargetMode", "".join(parts.values()))
    assert "instrText" not in parts["word/document.xml"]
    for text in (page.decode(), sheet_text(sheet), *parts.values()):
        assert not re.search("[\x1b\u202e\ufffe]", text)


def test_a_line_of_text_stays_a_line() -> None:
    text = sheet_text(agency_sheet(_hostile()))
    assert not [line for line in text.splitlines() if line.startswith(("=", "</style", "alert"))]


def test_equal_years_give_equal_bytes() -> None:
    assert sheet_page(SHEETS["agency"]()) == sheet_page(SHEETS["agency"]())
    assert sheet_docx(SHEETS["agency"]()) == sheet_docx(SHEETS["agency"]())


def test_numbers_are_marked_whole_and_only_what_differs() -> None:
    whole = compared(
        _saying(2023, "全年发布信息1189条，办件12件。"),
        _saying(2024, "全年发布信息1289条，办件12件。"),
    )
    text = sheet_text(agency_sheet(whole))
    assert "2023年：全年发布信息【1189】条，办件12件。" in text
    assert "2024年：全年发布信息【1289】条，办件12件。" in text


def test_text_for_the_screen_leaves_out_what_did_not_change_and_the_page_does_not() -> None:
    said = "在村口开设窗口，现场答复。"
    whole = compared(_saying(2023, said), _saying(2024, said))
    assert said not in sheet_text(agency_sheet(whole, everything=False))
    assert "1 句都相同" in sheet_text(agency_sheet(whole, everything=False))
    assert said in sheet_page(agency_sheet(whole)).decode()


def test_what_could_not_be_held_against_last_year_is_not_said_to_follow_from_it() -> None:
    old, new = (
        make_report(EDITIONS[name], year=year) for name, year in (("2019", 2020), ("2021", 2021))
    )
    text = sheet_text(county_sheet("某县", 2021, [("甲局", compared(old, new))], []))
    assert "没有与上年接不上的数；现行有效件数有 1 个单位无从核对。" in text
    assert "都与上年接得上" not in text
    assert "与上年接得上" not in sheet_text(county_sheet("某县", 2021, [], [("甲局", "没有。")]))
    blank = {key: Entry(None, None) for key in new.entries}
    nothing = compared(replace(new, year=2022), replace(new, year=2023, entries=blank))
    assert re.search("结转：[0-9]+ 处有格没有数，无从核对。", sheet_text(agency_sheet(nothing)))


def test_troubles_are_told_at_the_top() -> None:
    key = "requests.carried_in.individual"
    last, this = _saying(2023, "无。"), _saying(2024, "无。")
    entry = replace(this.entries[key], value=777)
    blank = replace(this.entries["disclosure.fees.amount"], value=None, raw=None)
    this = replace(this, entries={**this.entries, key: entry, "disclosure.fees.amount": blank})
    warned = [
        block.text
        for block in agency_sheet(compared(last, this)).blocks
        if isinstance(block, Remark) and block.warns
    ]
    assert any(text.startswith("结转：有") for text in warned)
    assert any("2024年度有 1 格没有数" in text for text in warned)


def test_a_county_has_every_agency_and_the_largest_changes_of_each() -> None:
    found = [(f"单位{at}", _demo(at)) for at in range(12)]
    sheet = county_sheet("对照县", 2024, found, [("撤销的局", "没有2024年度的填报表。")])
    agencies, largest, *_ = (block for block in sheet.blocks if isinstance(block, Table))
    assert [row.cells[0][0].text for row in agencies.rows] == [name for name, _ in found]
    named = [row.cells[0][0].text for row in largest.rows]
    assert 0 < len(named) <= LARGEST
    assert max(map(named.count, named)) <= MOST_OF_ONE
    assert "撤销的局" in sheet_text(sheet)
    record = county_record("对照县", 2024, found, [])
    assert all(misfits(json.loads(json.dumps(one)), SCHEMA) == [] for one in record["agencies"])


@pytest.mark.tool
@EACH_SHEET
def test_docx_is_valid_for_word(name, tmp_path: Path) -> None:
    path = tmp_path / "对照.docx"
    path.write_bytes(sheet_docx(SHEETS[name]()))
    assert schema_errors(path) == []


@pytest.mark.tool
@EACH_SHEET
def test_page_is_valid_html(name, tmp_path: Path) -> None:
    import subprocess

    path = tmp_path / "page.html"
    path.write_bytes(sheet_page(SHEETS[name]()))
    done = subprocess.run(
        [*need_html_validate(), str(path)], capture_output=True, text=True, check=False, timeout=60
    )
    errors = [line for line in done.stdout.splitlines() if "  error  " in line]
    assert [line for line in errors if LONG_TITLE not in line] == [], done.stdout
