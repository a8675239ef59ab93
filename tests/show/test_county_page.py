"""The county's page: structure, escaping, what it says, and how it behaves in a browser."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.checks.registry import diagnose
from gxgen.demo.agencies import demo_agency
from gxgen.demo.figures import demo_figures
from gxgen.diagnostics import Diagnostic, Finding
from gxgen.editions.bridge import counterparts
from gxgen.editions.declared import EDITIONS, edition_for_year
from gxgen.editions.schema import Kind
from gxgen.model.report import Value
from gxgen.places import SheetCell
from gxgen.show.county.contents import MOST_COMPARED, MOST_SHOWN, contents
from gxgen.show.county.measures import change, measures
from gxgen.show.county.page import county_page
from gxgen.show.county.view import AgencyRow, CountyView, EarlierYear, State
from tests.support import ROOT, need_browser, need_tool

HOSTILE = "</script><script>alert('甲')</script>\"&<b>"
YEARS = [e.first_year for e in EDITIONS.values()]
YEARS += [year + 1 for year in YEARS]
EACH_YEAR = pytest.mark.parametrize("year", YEARS)
FAULTS = ("GX101", "GX020", "GX024", "GX301")


def state_of(index: int) -> State:
    every = {7: "returned", 11: "missing", 13: "late", 5: "unchanged"}
    return next((state for n, state in every.items() if index % n == n - 1), "built")


def faults(name: str, count: int = 3) -> tuple[Diagnostic, ...]:
    return tuple(
        diagnose(
            Finding(FAULTS[n % len(FAULTS)], f"第{n}处不符。", SheetCell("表三", n, 3)),
            agency=name,
            year=2023,
            file=f"{name}.xlsx",
        )
        for n in range(count)
    )


def added(rows: Sequence[dict[str, Value]]) -> dict[str, Value]:
    sums: Counter[str] = Counter()
    for row in rows:
        sums.update(row)
    return dict(sums)


def row_of(index: int, year: int, county: str = "垟塆县") -> AgencyRow:
    unit, state = demo_agency(county, index), state_of(index)
    name = unit.agency.name
    filed = state not in ("missing", "late")
    edition, before = edition_for_year(year), edition_for_year(year - 1)
    found = faults(name) if state == "returned" else ()
    links = {"return": f"returns/{name}.xlsx"} if found else {}
    if state in ("built", "unchanged"):
        links = {kind: f"{name}{year}年报告.{kind}" for kind in ("docx", "html", "pdf")}
    return AgencyRow(
        agency=name,
        short_name=unit.agency.short_name,
        kind=unit.agency.kind,
        state=state,
        figures=demo_figures(unit, edition, year) if filed else {},
        last_year=demo_figures(unit, before, year - 1) if before else None,
        findings=found,
        links=links,
        added=state in ("built", "unchanged"),
    )


def earlier_of(rows: Sequence[AgencyRow], year: int) -> tuple[EarlierYear, ...]:
    """Last year of such rows as are in the totals; the year before it nothing was otherwise."""
    both = [row for row in rows if row.added and row.last_year]
    now, figures = added([r.figures for r in both]), added([r.last_year for r in both])
    editions = ((then, edition_for_year(then)) for then in (year - 1, year - 2))
    return tuple(
        EarlierYear(then, edition, figures if then == year - 1 else now, now, len(both))
        for then, edition in editions
        if both and edition and (then == year - 1 or edition is edition_for_year(year))
    )


def larger(row: AgencyRow, times: int) -> AgencyRow:
    figures = {key: value * times for key, value in row.figures.items()}
    last = {key: value * (times + 300) for key, value in (row.last_year or {}).items()}
    return replace(row, figures=figures, last_year=last or None)


def view_of(count: int, year: int = 2023, times: int = 1) -> CountyView:
    rows = tuple(row_of(index, year) for index in range(count))
    rows = rows if times == 1 else tuple(larger(row, times) for row in rows)
    draft = any(row.state in ("returned", "missing", "late") for row in rows)
    return CountyView(
        county="垟塆县",
        year=year,
        edition=edition_for_year(year),
        agencies=rows,
        totals=added([row.figures for row in rows if row.added]) if rows else None,
        earlier=earlier_of(rows, year),
        rollup_links={"docx": "垟塆县人民政府报告.docx", "detail": "汇总明细.xlsx"},
        draft=draft,
        draft_reasons=("县政府的填报表还没有第一部分。",) if draft else (),
        built="gxgen 0.2.0",
    )


class Page(HTMLParser):
    """The page's elements in order with their attributes and own text, proved to be nested well."""

    VOID = ("meta", "link", "input")

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[int] = []
        self.feed(data.decode())
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.texts.append("")
        if tag not in self.VOID:
            self.open.append(len(self.elements) - 1)

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self.open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        for at in self.open:
            self.texts[at] += data

    def all(self, tag: str, **attributes: str) -> Iterator[tuple[dict[str, str | None], str]]:
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}.items()
        for (name, own), text in zip(self.elements, self.texts, strict=True):
            if name == tag and wanted <= own.items():
                yield own, text

    def texts_of(self, tag: str, **attributes: str) -> list[str]:
        return [text for _, text in self.all(tag, **attributes)]


def tiles(view: CountyView) -> dict[str, int]:
    page = Page(county_page(view))
    counts = map(int, page.texts_of("dd"))
    return dict(zip(page.texts_of("dt"), counts, strict=True))


@EACH_YEAR
@pytest.mark.parametrize("count", [0, 1, 30])
def test_page_is_whole_and_stands_alone(year: int, count: int) -> None:
    page = Page(county_page(view_of(count, year)))
    assert dict(page.elements)["html"] == {"lang": "zh-CN"}
    assert [text for text in page.texts_of("h1") if "垟塆县" in text and str(year) in text]
    for _, attributes in page.elements:
        assert not {"style", "onclick", "srcset"} & set(attributes)
        for name in ("src", "href"):
            assert not re.match(r"[a-z]+:(?!,)|//", attributes.get(name) or "")
    ids = [own["id"] for _, own in page.elements if "id" in own]
    assert len(set(ids)) == len(ids)
    marks = [own["href"] for own, _ in page.all("a") if (own["href"] or "").startswith("#")]
    assert {mark[1:] for mark in marks} <= set(ids)


def test_policy_lets_in_nothing_but_the_page_s_own_style_and_script() -> None:
    page = Page(county_page(view_of(2)))
    policy = next(own["content"] for own, _ in page.all("meta") if "http-equiv" in own)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert len(page.texts_of("script")) == len(page.texts_of("style")) == 1
    assert "aria-sort" in page.texts_of("script")[0]
    for tag in ("style", "script"):
        state = hashlib.sha256(page.texts_of(tag)[0].encode()).digest()
        assert f"{tag}-src 'sha256-{b64encode(state).decode()}';" in policy


def test_equal_input_gives_equal_bytes() -> None:
    assert county_page(view_of(25)) == county_page(view_of(25))


def test_hundred_agencies_fit_and_are_fast() -> None:
    view = view_of(100)
    assert len(county_page(view)) < 400_000
    spent = []
    for _ in range(5):
        start = time.process_time()
        county_page(view)
        spent.append(time.process_time() - start)
    assert min(spent) < 0.05


def test_nothing_in_the_template_is_let_through_unescaped() -> None:
    source = files("gxgen.show.county").joinpath("page.html.jinja").read_text(encoding="utf-8")
    assert not re.search(r"\bsafe\b|autoescape", source)


def test_ends_of_a_county_add_up() -> None:
    said = tiles(view_of(100))
    assert said["应报"] == said["已报"] + said["未报"] == 100
    assert said["已报"] == said["已生成"] + said["退回"]
    assert 0 < said["其中逾期"] < said["未报"]
    assert 0 < said["其中本次未变"] < said["已生成"]


def test_unchanged_is_told_only_where_given() -> None:
    view = view_of(4)
    assert "其中本次未变" not in tiles(view)
    assert "未变" not in Page(county_page(view)).texts_of("option")


def test_empty_county_says_so() -> None:
    page = Page(county_page(view_of(0)))
    assert not page.texts_of("table")
    assert {"名册里还没有单位。", "还没有汇总数。"} <= set(page.texts_of("p"))


def test_text_from_outside_is_never_markup() -> None:
    row = replace(row_of(6, 2023), agency=HOSTILE, short_name=HOSTILE, kind=HOSTILE)
    finding = replace(
        faults("甲")[0], message=HOSTILE, hint=HOSTILE, place=SheetCell(HOSTILE, 1, 1)
    )
    row = replace(row, findings=(finding,), links={HOSTILE: f"returns/{HOSTILE.replace('/', '')}"})
    view = replace(
        view_of(1), county=HOSTILE, agencies=(row,), draft=True, draft_reasons=(HOSTILE,),
        built=HOSTILE,
    )  # fmt: skip
    page = Page(county_page(view))
    assert len(page.texts_of("script")) == 1
    plain = Counter(tag for tag, _ in Page(county_page(replace(view, county="甲"))).elements)
    assert Counter(tag for tag, _ in page.elements) == plain
    for tag in ("h1", "summary", "th", "title", "footer", "a"):
        assert any(HOSTILE in text for text in page.texts_of(tag)), tag


@given(st.text(min_size=1, max_size=30))
def test_any_name_comes_back_as_it_went_in(text: str) -> None:
    shown = re.sub("\r\n?", "\n", text).replace("\0", "")
    row = AgencyRow(text, None, None, "built")
    page = Page(county_page(replace(view_of(0), agencies=(row,))))
    assert shown in [t.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
                     for t in page.texts_of("span", class_="name")]  # fmt: skip


@pytest.mark.parametrize("name", ["某局 100%#1?.docx", "javascript:alert(1).docx", "a&b'\".docx"])
def test_addresses_are_encoded_and_stay_paths(name: str) -> None:
    row = replace(row_of(0, 2023), links={"docx": f"x/{name}", "自选": name})
    page = Page(county_page(replace(view_of(1), agencies=(row,), rollup_links={})))
    found = {text: own["href"] for own, text in page.all("a")}
    assert unquote(found["DOCX"]) == f"x/{name}"
    assert unquote(found["自选"]) == name
    assert not re.search(r"[\s:?#&'\"]", found["DOCX"] + found["自选"])


def test_a_name_in_another_encoding_is_addressed_by_its_bytes() -> None:
    name = os.fsdecode("云垟县.xlsx".encode("gbk"))
    row = AgencyRow("甲", None, None, "missing", form=f"../../inputs/{name}")
    page = Page(county_page(replace(view_of(0), agencies=(row,))))
    found = [own["href"] for own, _ in page.all("a")]
    assert f"../../inputs/{quote('云垟县.xlsx'.encode('gbk'))}" in found


@pytest.mark.parametrize("path", ["/etc/passwd", "../x.docx", "//host/x", "a/../../b"])
def test_address_outside_the_folder_is_refused(path: str) -> None:
    row = replace(row_of(0, 2023), links={"docx": path})
    with pytest.raises(ValueError, match="not a path below"):
        county_page(replace(view_of(1), agencies=(row,)))


@EACH_YEAR
def test_measures_are_the_edition_s_own(year: int) -> None:
    edition = edition_for_year(year)
    found = measures(edition, edition_for_year(year - 1))
    assert [one.label for one in found[:4]] == [
        "本年新收", "上年结转", "本年度办理结果总计", "结转下年度继续办理",
    ]  # fmt: skip
    assert [one.label for one in found[-2:]] == ["行政复议", "行政诉讼"]
    assert len(found[-1].keys) == 2
    keys = [key for one in found for key in one.keys]
    assert set(keys) <= set(edition.fields)
    money = [one for one in found if edition.fields[one.keys[0]].kind is Kind.MONEY]
    assert all("万元" in one.label for one in money)
    page = Page(county_page(view_of(3, year)))
    assert [text for own, text in page.all("th") if "data-c" in own] == [
        "序号", "单位", "状态", "错误", "核实", "提示", "文件", *(one.label for one in found),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (12, 9, "+3"),
        (267, 257, "+10 (+3.9%)"),
        (34, 29, "+5"),
        (34, 30, "+4 (+13.3%)"),
        (3, 0, "+3"),
        (0, 0, ""),
        (Decimal("1.50"), Decimal("1.5"), ""),
        (Decimal("2648.52"), Decimal("29.3"), "+2619.22"),
        (Decimal("20.3"), Decimal("2648.52"), "−2628.22 (−99.2%)"),
        (3, None, "—"),
        (None, 3, "—"),
    ],
)
def test_change(now: Value | None, before: Value | None, said: str) -> None:
    assert change(now, before) == said


def test_years_of_different_editions_are_compared_only_where_they_can_be() -> None:
    edition = EDITIONS["2021"]
    before = edition_for_year(edition.first_year - 1)
    assert before is not edition
    for one in measures(edition, before):
        table = edition.fields[one.keys[0]].table
        comparable = all(counterparts(key, edition, before) for key in one.keys)
        assert (one.last_keys is not None) == comparable == (table != "disclosure")


@EACH_YEAR
def test_official_tables_are_the_grids(year: int) -> None:
    view = view_of(8, year)
    page = Page(county_page(view))
    for key, grid in view.edition.grids.items():
        assert page.texts_of("table", class_=f"official {key}")
        said = cells_of(page, key)
        assert [text for _, text in said] == [
            cell.text if cell.key is None else f"{view.totals[cell.key]}" for cell in grid.cells
        ]
        for (own, _), cell in zip(said, grid.cells, strict=True):
            assert int(own.get("colspan") or 1) == cell.column_span
            assert int(own.get("rowspan") or 1) == cell.row_span
            assert ("scope" in own) == (cell.key is None and not cell.text.startswith("（本列"))


def cells_of(page: Page, key: str) -> list[tuple[dict[str, str | None], str]]:
    """The cells of the official table of that key, in order."""
    inside, found = False, []
    for (tag, own), text in zip(page.elements, page.texts, strict=True):
        if tag == "table":
            inside = own.get("class") == f"official {key}"
        elif inside and tag in ("th", "td"):
            found.append((own, text))
    return found


@EACH_YEAR
def test_charts_say_every_value_in_words(year: int) -> None:
    view = view_of(30, year)
    page = Page(county_page(view))
    outcomes, applicants, *years = page.texts_of("desc")
    for text, total in ((outcomes, "processed"), (applicants, "received")):
        numbers = [int(n) for n in re.findall(r" (\d+)", text)]
        assert sum(numbers) == view.totals[f"requests.{total}.total"]
    assert len(years) == bool(view.earlier)
    for text in years:
        assert f"{year}年 {view.totals['requests.received.total']}" in text
        assert f"{year - 1}年" in text
    assert all(own["role"] == "img" for own, _ in page.all("svg"))


def test_charts_of_nothing_say_so() -> None:
    view = view_of(3)
    zero = dict.fromkeys(view.totals, 0)
    page = Page(county_page(replace(view, totals=zero, earlier=())))
    assert page.texts_of("p").count("各项都是0。") == 2
    page = Page(county_page(replace(view, totals={}, earlier=())))
    assert page.texts_of("p").count("没有数据。") == 2


def test_draft_names_who_is_not_in_the_totals() -> None:
    view = view_of(30)
    page = Page(county_page(view))
    banner = page.texts_of("section", class_="draft")[0]
    assert "县政府的填报表还没有第一部分。" in banner
    for row in view.agencies:
        assert (row.agency in banner) == (row.state in ("returned", "missing", "late"))
    assert "草稿" not in "".join(Page(county_page(replace(view, draft=False))).texts_of("section"))


def test_findings_of_one_code_stand_together_with_their_advice_once() -> None:
    many = faults("某局", (MOST_SHOWN + 5) * len(FAULTS))
    row = replace(row_of(0, 2023), state="returned", findings=many)
    page = Page(county_page(replace(view_of(1), agencies=(row,))))
    assert [code.split()[1] for code in page.texts_of("p", class_="code")] == sorted(
        FAULTS, key=lambda code: (code == "GX024", FAULTS.index(code))
    )
    assert len(page.texts_of("p", class_="hint")) == len(FAULTS)
    assert sum(bool(re.search(r"第\d+处不符。$", li)) for li in page.texts_of("li")) == (
        MOST_SHOWN * len(FAULTS)
    )
    assert page.texts_of("li").count("还有5处同样的问题，见退回件。") == len(FAULTS)
    assert "表三!D1 第0处不符。" in page.texts_of("li")


def test_years_of_other_units_are_compared_unit_by_unit() -> None:
    """A unit without a past is in this year's total and in no change."""
    view = view_of(4)
    last = view.earlier[0]
    fewer = replace(last, units=3, now={key: value // 2 for key, value in last.now.items()})
    page = Page(county_page(replace(view, earlier=(fewer,))))
    assert len(page.texts_of("desc")) == 2
    heads = [text for text in page.texts_of("th", scope="col") if re.match(r"20\d\d年", text)]
    assert heads == ["2022年3个单位", "2023年"]
    received = "requests.received.total"
    told = change(fewer.now[received], fewer.figures[received])
    assert told != change(view.totals[received], fewer.figures[received])
    assert told in page.texts_of("td")
    assert told in page.texts_of("small")


def driven(view: CountyView, folder: Path) -> dict:
    """What the browser says of a page."""
    node, chromium = need_browser()
    file = folder / "index.html"
    file.write_bytes(county_page(view))
    script = ROOT / "tests" / "tools" / "county_page.mjs"
    done = subprocess.run(
        [node, str(script), chromium, str(file), str(folder)],
        capture_output=True, text=True, check=False, timeout=180,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.tool
def test_page_in_a_browser(tmp_path: Path) -> None:
    view = view_of(30, times=997)
    names = [row.agency for row in view.agencies]
    copied = [(one, other, 1, 0.93) for one, other in pairwise(names)]
    view = replace(view, alike=[*copied, (names[0], names[9], 2, 0.8)])
    seen = driven(view, tmp_path)
    assert seen["said"] == []
    assert seen["outside"] == []
    for screen in ("laptop", "desktop"):
        assert seen[screen] == {"violations": [], "overflow": 0, "cut": [], "hints": 0}
    phone = seen["phone"]
    assert (phone["violations"], phone["overflow"]) == ([], 0)
    assert "单位列表" in phone["cut"]
    assert phone["hints"] >= len(phone["cut"])
    assert seen["bare"] == {"rows": 30, "controls": False}
    used = seen["used"]
    assert used["names"] == used["restored"] == names
    for direction, sign in (("ascending", 1), ("descending", -1)):
        known = [int(text) for text in used[direction] if text != "—"]
        assert known == sorted(known, key=lambda n, sign=sign: sign * n)
        assert used[direction][len(known) :] == ["—"] * (30 - len(known))
    assert sorted(used["byName"]) == sorted(names)
    assert used["byName"] != names
    order = ["已生成", "未变", "退回", "未报", "逾期未报"]
    assert used["byState"] == sorted(used["byState"], key=order.index)
    assert used["sorted"] == ["ascending"]
    assert used["found"] == [name for name in names if names[2][-5:] in name]
    assert used["toldFound"].startswith(f"显示 {len(used['found'])} 个，共 30 个单位")
    assert used["toldNothing"].startswith("没有符合条件的单位")
    assert set(used["returned"]) == {"returned"}
    assert (used["opened"], used["focused"]) == (1, "SUMMARY")
    assert_prints_whole(tmp_path / "print.pdf", view)


def assert_prints_whole(file: Path, view: CountyView) -> None:
    """Every sheet is marked, the heads repeat over all agencies, and every finding is there."""
    done = subprocess.run(
        [need_tool("pdftotext"), "-layout", str(file), "-"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    sheets = done.stdout.split("\f")[:-1]
    assert all("草稿" in sheet for sheet in sheets)
    listing = [sheet for sheet in sheets if re.search(r"DOCX HTML PDF", sheet)]
    assert len(listing) > 1
    assert all("状态" in sheet and "本年新收" in sheet for sheet in listing)
    found = sum(len(row.findings) for row in view.agencies)
    assert done.stdout.count("处不符。") == found > 0


@pytest.mark.tool
def test_hostile_names_stay_harmless_in_a_browser(tmp_path: Path) -> None:
    rows = tuple(replace(row_of(n, 2019), agency=f"{HOSTILE}{n}") for n in range(8))
    view = replace(view_of(8, 2019), agencies=rows, county=HOSTILE)
    seen = driven(view, tmp_path)
    assert (seen["said"], seen["outside"]) == ([], [])
    assert seen["desktop"]["violations"] == seen["phone"]["violations"] == []
    assert seen["phone"]["overflow"] == 0


# -- whose texts are alike ------------------------------------------------------------------------


def test_who_copies_from_each_other_stands_together() -> None:
    alike = [
        ("丁", "戊", 1, 0.8),
        ("丙", "甲", 2, 0.97),
        ("甲", "乙", 1, 0.81),
        ("乙", "己", 1, 0.9),
    ]
    matrix = contents(replace(view_of(3), alike=alike))["matrix"]
    assert (matrix.agencies, matrix.more) == (["甲", "丙", "乙", "己", "丁", "戊"], 0)
    kinds = {name: [cell.kind for cell in cells] for name, cells in matrix.lines}
    assert kinds["甲"] == ["self", "near", "shared", "", "", ""]
    assert kinds["己"] == ["", "", "near", "self", "", ""]
    assert kinds["戊"] == ["", "", "", "", "shared", "self"]
    assert matrix.lines[0][1][1] == (2, "丙与甲：2段，最像的97%", "near")


def test_of_very_many_the_largest_group_is_shown() -> None:
    pair = [("某乡", "某镇", 9, 0.8)]
    ring = [(f"{n:03}局", f"{n + 1:03}局", 1, 0.8) for n in range(99)]
    matrix = contents(replace(view_of(3), alike=pair + ring))["matrix"]
    assert (len(matrix.agencies), matrix.more) == (MOST_COMPARED, 102 - MOST_COMPARED)
    assert "某乡" not in matrix.agencies
    page = Page(county_page(replace(view_of(3), alike=pair + ring)))
    assert sum(1 for _ in page.all("td", class_="self")) == MOST_COMPARED
    assert f"另有{102 - MOST_COMPARED}个" in "".join(text for _, text in page.all("p"))


def test_names_of_strangers_stay_text_in_the_matrix() -> None:
    page = Page(county_page(replace(view_of(3), alike=[(HOSTILE, "甲局", 1, 0.95)])))
    assert sum(1 for _ in page.all("script")) == 1
    assert any(own["title"] == HOSTILE for own, _ in page.all("abbr"))
