"""The page of a county as builds leave it: every link opens a file, whatever has happened."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html

from gxgen import api
from gxgen.county.earlier import BeforeLast
from gxgen.county.outputs import Outputs
from gxgen.county.project import load_county
from gxgen.editions.declared import edition_for_year
from gxgen.errors import EnvironmentProblemError
from gxgen.form.read.workbook import read_workbook
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.agency import Agency
from gxgen.model.report import Entry
from gxgen.opc.package import DOCUMENT, FixedZip, read_package
from gxgen.show.county.measures import change

YEAR, UNITS = 2023, 7
RETURNED, LATE, MISSING, HELD, BUILT = "退回", "逾期未报", "未报", "待处理", "已生成"
ORDER = (RETURNED, LATE, MISSING, HELD, BUILT)


class County:
    """A county's project, and its page as the last build left it."""

    def __init__(self, root: Path) -> None:
        self.root, self.home = root, root / "output" / str(YEAR)
        self.settings = root / "inputs" / "county.toml"
        self.names = [one.name for one in load_county(self.settings.parent).roster]

    def build(self, *paths: Path, **how: Any) -> None:
        how = {"workers": 1, "today": dt.date(YEAR + 1, 2, 1), **how}
        api.build(list(paths) or [self.root / "inputs"], output=self.root / "output", **how)
        self.page = html.document_fromstring((self.home / "index.html").read_bytes())

    def form(self, number: int, year: int = YEAR) -> Path:
        return self.root / "inputs" / str(year) / f"{self.names[number]}.xlsx"

    def changed(self, number: int, year: int = YEAR, name: str = "", **values: int | None) -> bytes:
        """A unit's form with other figures, or by another name."""
        report = read_workbook(self.form(number, year).read_bytes(), "").report
        assert report is not None
        given = {k.replace("__", "."): Entry(v, str(v or "")) for k, v in values.items()}
        agency = replace(report.agency, name=name or report.agency.name)
        report = replace(report, agency=agency, entries={**report.entries, **given})
        return blank_workbook(report.edition, year, agency=agency, fill=report)

    def set(self, old: str, new: str) -> None:
        text = self.settings.read_text(encoding="utf-8")
        assert old in text
        self.settings.write_text(text.replace(old, new, 1), encoding="utf-8")

    @property
    def tiles(self) -> dict[str, int]:
        labels, counts = self.page.xpath("//dt/text()"), self.page.xpath("//dd/text()")
        return dict(zip(labels, map(int, counts), strict=True))

    @property
    def rows(self) -> dict[str, tuple[str, str | None, str]]:
        """By name: the state, what the name opens, what is remarked."""
        found = {}
        for row in self.page.xpath("//table[@id='list']/tbody/tr"):
            (name,) = row.xpath("th//span[@class='name']/text()")
            (state,) = row.xpath("td/span/text()")
            opens = row.xpath("th/a/@href")
            assert name not in found, "a line a unit"
            found[name] = (
                state,
                unquote(opens[0]) if opens else None,
                "".join(row.xpath("th/small[@class='remark']/text()")),
            )
        return found

    def dead(self) -> list[str]:
        """The links that open nothing."""
        marks = set(self.page.xpath("//@id"))
        hrefs = list(self.page.xpath("//a/@href"))
        assert len(hrefs) > len(self.rows) / 2
        return [
            href
            for href in hrefs
            if not (href[1:] in marks if href[0] == "#" else (self.home / unquote(href)).is_file())
        ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forms of three years."""
    root = tmp_path_factory.mktemp("made")
    for year in (YEAR - 1, YEAR):
        api.init(root / str(year), county="云垟县", year=year, demo=UNITS)
    shutil.move(root / f"{YEAR - 1}/inputs/{YEAR - 2}", root / f"{YEAR}/inputs")
    return root / str(YEAR)


@pytest.fixture
def county(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> County:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(made / "inputs", tmp_path / "inputs")
    return County(tmp_path)


# -- a year of it: what happens, how it is brought about, who then stands how ---------------------


def _returned(county: County) -> None:
    county.form(5).write_bytes(county.changed(5, requests__received__total=99))
    county.build()


def _missing(county: County) -> None:
    county.form(3).unlink()
    county.build()


def _late(county: County) -> None:
    county.set(f"year = {YEAR}\n", f"year = {YEAR}\ndeadline = {YEAR + 1}-01-20\n")
    county.build()


def _blank(county: County) -> None:
    edition = edition_for_year(YEAR)
    assert edition is not None
    data = blank_workbook(edition, YEAR, agency=Agency(county.names[3]))
    county.form(3).write_bytes(data)
    county.build()


def _draft(county: County) -> None:
    county.build(draft=True)


def _two_forms(county: County) -> None:
    second = county.form(1).with_name(f"{county.names[1]}（修改版）.xlsx")
    second.write_bytes(county.changed(1, disclosure__licensing__decisions=77))
    county.build()


def _both_faulty(county: County) -> None:
    for path in county.form(1).parent.glob(f"{county.names[1]}*"):
        path.write_bytes(county.changed(1, requests__received__total=98))
    county.build()


def _file_for_a_name(county: County) -> None:
    county.form(2).rename(county.form(2).with_name(f"{county.names[2]}(1).xlsx"))
    county.form(2).with_name(f"{county.names[2]}(1).xlsx").write_bytes(b"PK\3\4 no workbook")
    county.build()


def _former_name(county: County) -> None:
    short = county.names[4].removeprefix("云垟县")
    county.set(f'name = "{county.names[4]}"', f'name = "{county.names[4]}"\nformerly = '
               f'{{ names = ["云垟县老{short}"], since = {YEAR} }}')  # fmt: skip
    data = county.changed(4, name=f"云垟县老{short}")
    county.form(4).write_bytes(data)
    county.build()


def _stranger(county: County) -> None:
    county.form(0).with_name("无名.xlsx").write_bytes(county.changed(0, name="云垟县无名办公室"))
    county.build()


def _part(county: County) -> None:
    """A report is taken away, and the build is of another unit."""
    (report,) = county.home.glob(f"{county.names[6]}*.docx")
    report.unlink()
    county.build(county.form(0))


def _html_only(county: County) -> None:
    county.set('formats = ["docx"]', 'formats = ["html"]')
    county.build(prune=True)


def _style_held(county: County) -> None:
    shutil.copytree(Path(api.__file__).parents[2] / "templates" / "official", "templates/本县")
    for path in Path("templates/本县").glob("report-*.docx"):
        members = read_package(path.read_bytes())
        members[DOCUMENT] = members[DOCUMENT].replace(b"{{ title }}", b"{{ titel }}")
        path.write_bytes(FixedZip({}).build(members))
    county.set('style = "official"', 'style = "本县"')
    shutil.rmtree(county.root / "output")
    county.build()


HAPPENINGS: tuple[tuple[Callable[[County], None], dict[int, tuple[str, str]]], ...] = (
    (County.build, dict.fromkeys(range(UNITS), (BUILT, "{n}2023年政府信息公开工作年度报告.docx"))),
    (_returned, {5: (RETURNED, "returns/{n}.xlsx")}),
    (_missing, {3: (MISSING, ""), 5: (RETURNED, "returns/{n}.xlsx")}),
    (_late, {3: (LATE, "")}),
    (_blank, {3: (LATE, "../../inputs/2023/{n}.xlsx")}),
    (_draft, {5: (RETURNED, "{n}2023年政府信息公开工作年度报告（草稿）.docx")}),
    (_two_forms, {1: (HELD, "../../inputs/2023/{n}.xlsx")}),
    (_both_faulty, {1: (RETURNED, "../../inputs/2023/{n}.xlsx")}),
    (_file_for_a_name, {2: (RETURNED, "returns/{n}(1).xlsx")}),
    (_former_name, {4: (BUILT, "云垟县老{s}2023年政府信息公开工作年度报告.docx")}),
    (_stranger, {0: (BUILT, "{n}2023年政府信息公开工作年度报告.docx")}),
    (_part, {6: (BUILT, "../../inputs/2023/{n}.xlsx")}),
    (_html_only, {6: (BUILT, "{n}2023年政府信息公开工作年度报告.html")}),
    (_style_held, {6: (HELD, "../../inputs/2023/{n}.xlsx")}),
)


def test_whatever_happens_every_unit_has_a_line_and_every_link_opens(county: County) -> None:
    for happens, wanted in HAPPENINGS:
        happens(county)
        what = happens.__name__
        assert county.dead() == [], what
        rows = county.rows
        assert [name for name in county.names if name not in rows] == [], what
        states = [state for state, _, _ in rows.values()]
        assert states == sorted(states, key=ORDER.index), what
        tiles, others = county.tiles, len(rows) - UNITS
        assert tiles["应报"] == UNITS == tiles["已报"] + tiles["未报"], what
        assert tiles.get("名册以外", 0) == others, what
        for number, (state, opens) in wanted.items():
            name = county.names[number]
            file = opens.format(n=name, s=name[3:]) or None
            assert rows[name][:2] == (state, file), (what, rows[name])


def test_what_the_disk_refuses_is_not_linked(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Outputs.put

    def refusing(outputs: Outputs, name: str, data: bytes) -> str:
        if name.startswith("云垟县人民政府") and name.endswith(".docx"):
            raise EnvironmentProblemError(f"写不了 {name}")
        return put(outputs, name, data)

    with monkeypatch.context() as patched:
        patched.setattr(Outputs, "put", refusing)
        county.build()
    shown = "//section[@id='totals']/p/a/text()"
    assert (county.page.xpath(shown), county.dead()) == (["汇总明细"], [])
    county.build()
    assert (county.page.xpath(shown), county.dead()) == (["DOCX", "汇总明细"], [])


# -- years beside each other ----------------------------------------------------------------------

LINES = {
    "本年新收": ("requests.received.total",),
    "本年度办理结果总计": ("requests.processed.total",),
    "行政处罚": ("disclosure.penalties.decisions",),
    "行政诉讼": (
        "remedies.litigation_direct.total",
        "remedies.litigation_after_reconsideration.total",
    ),
}


def _sum(county: County, year: int, units: list[int], keys: tuple[str, ...]) -> int:
    """Straight from the forms."""
    reports = [read_workbook(county.form(n, year).read_bytes(), "").report for n in units]
    return sum(int(report.values[key]) for report in reports if report for key in keys)


def _years(county: County) -> tuple[list[str], dict[str, list[str]]]:
    """The heads and the lines of the table of years."""
    (table,) = county.page.xpath("//table[@class='years']")
    rows = {
        row.xpath("string(th)"): row.xpath("td/text()")
        for row in table.xpath("tbody/tr[not(th[@colspan])]")
    }
    return [head.text_content() for head in table.xpath("thead//th")], rows


def _expected(
    county: County, groups: dict[int, list[int]], line: str, alike: list[int]
) -> list[str]:
    keys = LINES[line]
    now, last = (_sum(county, year, alike, keys) for year in (YEAR, YEAR - 1))
    values = [str(_sum(county, year, units, keys)) for year, units in sorted(groups.items())]
    return [*values, change(now, last) or "不变"]


def test_years_beside_each_other_are_the_sums_of_the_same_units(county: County) -> None:
    every = list(range(UNITS))
    county.build()
    heads, lines = _years(county)
    assert heads == ["2021年", "2022年", "2023年", "比上年"]
    for line in LINES:
        groups = dict.fromkeys((YEAR - 2, YEAR - 1, YEAR), every)
        assert lines[line] == _expected(county, groups, line, every), line
    sums = county.page.xpath("//table[@id='list']/tfoot/tr/td[3]/small/text()")
    assert "".join(sums) == lines["本年新收"][3]
    assert "各年都是本年已计入的7个单位" in county.page.xpath("string(//section[@id='totals'])")


def test_a_unit_without_a_past_is_in_no_comparison(county: County) -> None:
    county.form(2, YEAR - 1).unlink()
    county.form(4, YEAR - 2).unlink()
    county.form(5).write_bytes(county.changed(5, requests__received__total=99))
    county.build()
    heads, lines = _years(county)
    assert heads == ["2021年5个单位", "2022年5个单位", "2023年", "比上年5个单位"]
    added = [0, 1, 2, 3, 4, 6]
    both = [0, 1, 3, 4, 6]
    groups = {YEAR - 2: [0, 1, 2, 3, 6], YEAR - 1: both, YEAR: added}
    for line in LINES:
        assert lines[line] == _expected(county, groups, line, both), line
    assert "“比上年”只比两年都有数的5个单位" in county.page.xpath("string(//section[@id='totals'])")


def test_the_year_before_last_is_read_once_and_anew_when_it_changes(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    county.build()
    ledger = county.home / ".gxgen" / "ledger.jsonl"
    page, kept = (county.home / "index.html").read_bytes(), ledger.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(BeforeLast, "_not_taken", None)
        county.build()
        assert (county.home / "index.html").read_bytes() == page
        assert ledger.read_bytes() == kept
        county.form(0).write_bytes(county.changed(0, disclosure__penalties__decisions=5000))
        county.build()
    before = _years(county)[1]["行政处罚"]
    assert int(before[2]) > 5000
    county.form(1, YEAR - 2).write_bytes(
        county.changed(1, YEAR - 2, disclosure__penalties__decisions=3000)
    )
    county.build()
    now = _years(county)[1]["行政处罚"]
    assert int(now[0]) > 3000 > int(before[0])
    assert now[1:] == before[1:]


def test_what_the_build_of_that_year_found_is_not_read_again(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    county.build()
    page = (county.home / "index.html").read_bytes()
    shutil.rmtree(county.root / "output")
    how = {"workers": 1, "output": county.root / "output", "year": YEAR - 2}
    api.build([county.root / "inputs"], **how)  # type: ignore[arg-type]
    with monkeypatch.context() as patched:
        patched.setattr(BeforeLast, "_answered", None)
        county.build()
    assert (county.home / "index.html").read_bytes() == page
    # Another form under the name of one that was built is read all the same.
    county.form(1, YEAR - 2).write_bytes(
        county.changed(1, YEAR - 2, disclosure__penalties__decisions=3000)
    )
    county.build()
    assert int(_years(county)[1]["行政处罚"][0]) > 3000
