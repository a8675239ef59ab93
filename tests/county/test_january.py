"""January in a county: forms come in under any name, twice, late, or not at all."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from benchmarks.january import wrong_in
from gxgen import api
from gxgen.api.answering import answer
from gxgen.api.choosing import chosen_county
from gxgen.api.project import Project, status_record
from gxgen.cli import main
from gxgen.county.around import read, texts_of
from gxgen.county.batch import Result
from gxgen.county.plan import plan
from gxgen.county.replaced import FOLDER
from gxgen.county.unit import check_unit
from gxgen.county.whose import Whose
from gxgen.diagnostics import Diagnostic
from gxgen.editions.declared import EDITIONS
from gxgen.form.read.filling import Filling, filling_of
from gxgen.form.read.workbook import read_workbook
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.agency import Agency
from gxgen.model.report import Entry
from tests.factory import make_report

EDITION, YEAR = EDITIONS["2021"], 2024
CORE = "docProps/core.xml"
NAMES = ("云垟县财政局", "云垟县教育局", "云垟县水务局")
PATTERNS = (
    "{n}.xlsx", "{n}（修改版）.xlsx", "{n}(1).xlsx", "{n} (2).xlsx", "{n}-最终.xlsx", "{n}.XLSX",
    "{n}_2.xlsx", "{n}-副本.xlsx", "{n}（终稿）.xlsx", "{n}—定稿.xlsx", "{s}.xlsx", "{s}(1).xlsx",
    "{s}终版.xlsx", "{y}年{n}.xlsx", "{n}{y}年政府信息公开工作年度报告.xlsx", "附件1：{s}.xlsx",
    "新建 XLSX 工作表{i}.xlsx", "{i}.xlsx", "最终版 最新{i}.Xlsx", "{other}.xlsx",
)  # fmt: skip


@cache
def form(name: str, year: int, **values: int) -> bytes:
    report = make_report(EDITION, year=year, agency=Agency(name))
    given = {key.replace("__", "."): Entry(value, str(value)) for key, value in values.items()}
    report = replace(report, entries={**report.entries, **given})
    return blank_workbook(EDITION, year, agency=report.agency, fill=report)


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A county's folder with its roster and no form."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "inputs"
    agencies = "".join(
        f'[[agency]]\nname = "{name}"\nshort_name = "{name[3:]}"\n' for name in NAMES
    )
    head = f'county = "云垟县"\nyear = {YEAR}\ndeadline = {YEAR + 1}-01-20\n'
    for year in (YEAR - 1, YEAR):
        (folder / str(year)).mkdir(parents=True)
    (folder / "county.toml").write_text(head + agencies, encoding="utf-8")
    return folder


def build(paths: Sequence[Path] = (), **more: object) -> Result:
    return api.build(list(paths), workers=1, today=dt.date(YEAR + 1, 2, 1), **more)  # type: ignore[arg-type]


def waiting(result: Result) -> list[str]:
    return [agency.name for _, _, agency in result.missing]


def codes(result: Result, name: str) -> set[str]:
    return {d.code for d in result.diagnostics if d.agency == name}


# -- whose a form is -----------------------------------------------------------------------------


def found_under(folder: Path, now: str, before: str) -> list[tuple[str, str, str]]:
    """What is found in three forms whose files are called after these patterns."""
    places = {YEAR: now, YEAR - 1: before}
    for year, pattern in places.items():
        home = folder / str(year)
        for path in home.iterdir():
            path.unlink()
        for at, name in enumerate(NAMES[:2]):
            called = pattern.format(n=name, s=name[3:], y=year, i=at, other=NAMES[1 - at])
            # What last year left over is one less than what this year begins with.
            over = {"requests__carried_out__individual": 2} if year == YEAR - 1 and not at else {}
            (home / called).write_bytes(form(name, year, **over))
    whose = Whose()
    found: list[Diagnostic] = []
    for filing in plan([folder], Path("output")):
        found += check_unit(read(filing, whose)).findings
    return sorted((d.agency or "", d.code, d.message) for d in found)


@pytest.mark.usefixtures("in_process")
def test_whatever_files_are_called_the_same_is_found(inputs: Path) -> None:
    right = found_under(inputs, PATTERNS[0], PATTERNS[0])
    assert (NAMES[0], "GX301") in {each[:2] for each in right}
    assert not any(code == "GX704" for _, code, _ in right)
    for pattern in PATTERNS[1:]:
        assert found_under(inputs, pattern, PATTERNS[0]) == right, pattern
        assert found_under(inputs, PATTERNS[0], pattern) == right, pattern
    assert found_under(inputs, PATTERNS[-1], PATTERNS[-2]) == right


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms are read here: their processes are tried elsewhere and cost a second each."""
    monkeypatch.setattr("gxgen.county.workers.apart", lambda call, *given: call(*given))


@pytest.mark.usefixtures("in_process")
def test_a_reorganised_agency_has_its_past(inputs: Path) -> None:
    (inputs / str(YEAR - 1) / "a.xlsx").write_bytes(form("云垟县环境保护局", YEAR - 1))
    (inputs / str(YEAR) / "b.xlsx").write_bytes(form(NAMES[0], YEAR))
    toml = inputs / "county.toml"
    text = toml.read_text(encoding="utf-8")

    def codes_with(formerly: str) -> set[str]:
        short = 'short_name = "财政局"\n'
        toml.write_text(text.replace(short, short + formerly), encoding="utf-8")
        (filing,) = plan([inputs], Path("output"))
        return {d.code for d in check_unit(read(filing)).findings}

    past = 'formerly = {{ names = ["云垟县环境保护局"], since = {} }}\n'
    assert "GX704" in codes_with("")
    assert "GX704" not in codes_with(past.format(YEAR))
    assert "GX704" in codes_with(past.format(YEAR - 1)), "then it bore its new name already"


@pytest.mark.usefixtures("in_process")
def test_two_forms_of_last_year_are_asked_about(inputs: Path) -> None:
    before = inputs / str(YEAR - 1)
    (before / "a.xlsx").write_bytes(form(NAMES[0], YEAR - 1))
    (before / "b.xlsx").write_bytes(form(NAMES[0], YEAR - 1, requests__carried_out__company=9))
    (inputs / str(YEAR) / "c.xlsx").write_bytes(form(NAMES[0], YEAR))
    (filing,) = plan([inputs], Path("output"))
    (told,) = [d for d in check_unit(read(filing)).findings if d.code == "GX707"]
    assert told.severity == "warning"
    assert "a.xlsx、b.xlsx" in told.message
    # Of a unit that was made of two it is so every year: the question is answered once, and asked
    # anew where there is another form.
    project = Project(inputs.parent)
    county = chosen_county(None, project.inputs)
    given = {"code": "GX707", "cell": "c.xlsx", "reason": "两局合并"}
    answer(project, county, YEAR, NAMES[0], **given)
    (filing,) = plan([inputs], Path("output"))
    (told,) = [d for d in check_unit(read(filing)).findings if d.code == "GX707"]
    assert (told.severity, str(told.place)) == ("note", "c.xlsx")
    (before / "d.xlsx").write_bytes(form(NAMES[0], YEAR - 1, requests__carried_out__company=8))
    (told,) = [d for d in check_unit(read(filing)).findings if d.code == "GX707"]
    assert told.severity == "warning" and "已失效" in told.message
    (before / "d.xlsx").unlink()
    (before / "b.xlsx").write_bytes(blank_workbook(EDITION, YEAR - 1, agency=Agency(NAMES[0])))
    assert "GX707" not in {d.code for d in check_unit(read(filing)).findings}


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("云垟县财政局.docx", 0), ("财政局.docx", 0), ("云垟县财政局（终稿）.DOCX", 0),
        ("云垟县财政局2024年政府信息公开工作年度报告.docx", 0), ("1.md", 1), ("1(2).txt", 1),
        ("云垟县财政局2023年政府信息公开工作年度报告.docx", None), ("说明.docx", None),
        ("云垟县林业局.docx", None),
    ],
)  # fmt: skip
def test_a_text_is_the_agency_s_by_its_name(inputs: Path, text: str, whose: int | None) -> None:
    """财政局's form is called 教育局, 教育局's 1, and no text goes astray."""
    folder = inputs / str(YEAR)
    (folder / f"{NAMES[1]}.xlsx").write_bytes(form(NAMES[0], YEAR))
    (folder / "1.xlsx").write_bytes(form(NAMES[1], YEAR))
    (folder / text).write_bytes(b"text")
    filings = {f.name: f for f in plan([inputs], Path("output"))}
    order = [filings[f"{NAMES[1]}.xlsx"], filings["1.xlsx"]]
    its = [at for at, filing in enumerate(order) if texts_of(filing)]
    assert its == ([] if whose is None else [whose])


# -- nothing is lost -----------------------------------------------------------------------------


@pytest.mark.usefixtures("in_process")
def test_blank_makes_what_is_wanting(inputs: Path) -> None:
    folder = inputs / str(YEAR)
    received = folder / "财政局(1).xlsx"
    received.write_bytes(form(NAMES[0], YEAR))
    broken = folder / f"{NAMES[1]}.xlsx"
    broken.write_bytes(b"PK half a file")
    kept = {path: path.read_bytes() for path in (received, broken)}
    said: list[str] = []
    written = api.blank([], year=YEAR, everyone=True, tell=said.append)
    assert [path.name for path in written] == [f"{NAMES[2]}.xlsx"]
    written = api.blank([], year=YEAR, everyone=True, force=True, tell=said.append)
    assert [path.name for path in written] == [f"{NAMES[2]}.xlsx"], "only what nobody has filled"
    assert {path: path.read_bytes() for path in kept} == kept
    assert all("已有2份填过的或读不出来的表" in one for one in said[-1:])
    assert len(list((folder / FOLDER).rglob("*.xlsx"))) == 1


@pytest.mark.usefixtures("in_process")
def test_blank_takes_last_year_wherever_it_writes(inputs: Path) -> None:
    (inputs / str(YEAR - 1) / "旧表.xlsx").write_bytes(form(NAMES[0], YEAR - 1))
    (path,) = api.blank(["财政局"], year=YEAR, output=Path("elsewhere"))
    report = read_workbook(path.read_bytes(), path.name).report
    assert report is not None
    assert report.values["requests.carried_in.total"] == 18
    assert filling_of(report) is Filling.BLANK


def test_how_far_a_form_is_filled() -> None:
    report = read_workbook(blank_workbook(EDITION, YEAR, agency=Agency("甲局")), "甲局.xlsx").report
    assert report is not None
    assert filling_of(report) is Filling.BLANK
    dated = replace(report, sign_off=replace(report.sign_off, date=dt.date(2025, 1, 3)))
    assert filling_of(dated) is Filling.STARTED
    one = {**report.entries, "remedies.reconsideration.upheld": Entry(0, "0")}
    assert filling_of(replace(report, entries=one)) is Filling.FILLED


# -- filed means filled --------------------------------------------------------------------------


def test_a_form_as_it_was_handed_out_is_not_filed(inputs: Path) -> None:
    api.blank([], year=YEAR, everyone=True)
    folder = inputs / str(YEAR)
    (folder / "财政局(1).xlsx").write_bytes(form(NAMES[0], YEAR))
    result = build()
    assert waiting(result) == list(NAMES[1:]), "the filled one counts, not the blank beside it"
    assert result.late
    assert codes(result, NAMES[1]) == {"GX708"}
    assert not list(Path("output").rglob("returns/*"))
    assert len(list(Path("output").rglob(f"{NAMES[0]}*.docx"))) == 1


def test_two_of_one_unit_are_not_built(inputs: Path) -> None:
    folder = inputs / str(YEAR)
    (folder / "a.xlsx").write_bytes(form(NAMES[0], YEAR))
    (folder / "b.xlsx").write_bytes(form("财政局", YEAR, remedies__reconsideration__upheld=4))
    result = build()
    told = [d.message for d in result.diagnostics if d.code == "GX702"]
    assert len(told) == 2
    assert all("a.xlsx" in one and "b.xlsx" in one for one in told)
    assert any("维持" in one and "那份4" in one for one in told)
    assert not result.removed
    assert not list(Path("output").rglob(f"*财政局{YEAR}*.docx"))


def test_the_form_saved_last_is_named_where_both_say_when(inputs: Path) -> None:
    """openpyxl declares namespaces on the date itself: it went unread, and the other was last."""
    older, later = inputs / str(YEAR) / "a.xlsx", inputs / str(YEAR) / "b.xlsx"
    older.write_bytes(form(NAMES[0], YEAR))
    openpyxl.load_workbook(older).save(later)

    def told() -> list[bool]:
        found = [d.message for d in build().diagnostics if d.code == "GX702"]
        assert len(found) == 2
        return ["保存得最晚的是 b.xlsx" in one for one in found]

    assert all(told())
    with zipfile.ZipFile(older) as whole:
        parts = {name: whole.read(name) for name in whole.namelist() if name != CORE}
    with zipfile.ZipFile(older, "w") as undated:
        for name, content in parts.items():
            undated.writestr(name, content)
    assert not any(told())


def test_a_build_of_one_judges_all_and_writes_one(inputs: Path) -> None:
    folder = inputs / str(YEAR)
    for at, name in enumerate(NAMES):
        (folder / f"{at}.xlsx").write_bytes(form(name, YEAR))
    result = build([folder / "1.xlsx"])
    assert waiting(result) == []
    assert [path.name[:6] for path in Path("output").rglob("*年度报告*.docx")] == [NAMES[1]]
    assert {unit.word for unit in build().outcomes} == {"built", "unchanged"}
    assert {unit.word for unit in build([folder / "1.xlsx"]).outcomes} == {"unchanged"}
    assert len(list(Path("output").rglob("*年度报告*.docx"))) == 3


def test_what_was_not_read_is_named(inputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the screen, in ``build.json``, by ``status``, and to whoever is chased."""
    folder = inputs / str(YEAR)
    (folder / "1.xlsx").write_bytes(form(NAMES[0], YEAR))
    (folder / "1.md").write_text("### 一、总体情况\n\n一段话。\n", encoding="utf-8")
    for name in ("教育局报送.rar", "水务局.pdf", "杂记.docx"):
        (folder / name).write_bytes(b"")
    (folder / "云垟县水务局").mkdir()
    (folder / "Thumbs.db").write_bytes(b"")
    result = build()
    said = "\n".join(result.remarks)
    assert f"教育局报送.rar，看名称像是“{NAMES[1]}”的" in said
    assert f"水务局.pdf，看名称像是“{NAMES[2]}”的" in said
    assert f"这个文件夹：云垟县水务局，看名称像是“{NAMES[2]}”的" in said
    assert "这份文字：杂记.docx。" in said
    assert "1.md" not in said and "Thumbs.db" not in said
    strays = [
        {"name": "云垟县水务局", "kind": "folder", "unit": NAMES[2]},
        {"name": "教育局报送.rar", "kind": "archive", "unit": NAMES[1]},
        {"name": "杂记.docx", "kind": "text", "unit": None},
        {"name": "水务局.pdf", "kind": "file", "unit": NAMES[2]},
    ]
    out = Path(f"output/{YEAR}")
    assert _sorted(json.loads((out / "build.json").read_text("utf-8"))["strays"]) == strays
    assert _sorted(status_record(Project(Path()).status())["counties"][0]["strays"]) == strays
    with zipfile.ZipFile(out / "报送情况通报.docx") as package:
        bulletin = re.sub("<[^>]+>", "", package.read("word/document.xml").decode())
    chase = (out / "催报.txt").read_text("utf-8-sig")
    assert f"{NAMES[1]}（送来的教育局报送.rar不是填报表）" in bulletin
    assert f"{NAMES[1]}（送来的 教育局报送.rar 不是填报表）" in chase
    assert f"{NAMES[2]}（送来的 云垟县水务局、水务局.pdf 不是填报表）" in chase
    assert "杂记.docx" not in bulletin + chase
    capsys.readouterr()
    assert main(["status"]) == 0
    said = capsys.readouterr().out
    assert f"：{NAMES[1]}（没有读：教育局报送.rar）" in said
    assert "没有读，不知道是哪个单位的：杂记.docx" in said
    before = (out / "build.json").read_bytes()
    (folder / "杂记.docx").unlink()
    build()
    assert (out / "build.json").read_bytes() != before


def _sorted(strays: list[dict[str, str]]) -> list[dict[str, str]]:
    return sorted(strays, key=lambda one: one["name"])


# -- what was asked for stays --------------------------------------------------------------------


def test_formats_stay_until_they_are_pruned(inputs: Path) -> None:
    path = inputs / str(YEAR) / "1.xlsx"
    path.write_bytes(form(NAMES[0], YEAR))

    def endings() -> set[str]:
        return {one.suffix for one in Path("output", str(YEAR)).glob(f"{NAMES[0]}*")}

    build(formats=("html",))
    build()
    assert endings() == {".html", ".docx"}
    path.write_bytes(form(NAMES[0], YEAR, remedies__reconsideration__upheld=-1))
    build()
    assert endings() == set(), "a faulty form has no report"
    path.write_bytes(form(NAMES[0], YEAR))
    build()
    assert endings() == {".html", ".docx"}, "asked for once, it comes back"
    assert [one.suffix for one in build(prune=True).removed] == [".html"]


def test_a_format_that_was_asked_for_one_form_is_that_form_s_alone(inputs: Path) -> None:
    """It is kept up to date, and no other has it; neither has the county's own report."""
    toml = inputs / "county.toml"
    toml.write_text('government = "云垟县人民政府"\n' + toml.read_text("utf-8"), "utf-8")
    one, two = (inputs / str(YEAR) / f"{at}.xlsx" for at in (1, 2))
    for path, name in ((one, NAMES[0]), (two, NAMES[1])):
        path.write_bytes(form(name, YEAR))

    def endings() -> list[set[str]]:
        names = (*NAMES[:2], "云垟县人民政府")
        found = [{p.suffix for p in Path("output").rglob(f"{name}*报告*.*")} for name in names]
        return [each - {".xlsx"} for each in found]

    build()
    build([one], formats=("html",))
    assert endings() == [{".docx", ".html"}, {".docx"}, {".docx"}]
    result = build()
    assert not result.removed and {o.word for o in result.outcomes} == {"unchanged"}
    resaved = io.BytesIO()
    openpyxl.load_workbook(one).save(resaved)
    one.write_bytes(resaved.getvalue())
    again = build().outcomes[0]
    assert (again.word, {path.suffix for path in again.outputs}) == ("built", {".docx", ".html"})
    assert not build([two], prune=True).removed, "it withdraws of what it is about"
    assert [path.suffix for path in build([one], prune=True).removed] == [".html"]
    assert endings() == [{".docx"}] * 3
    build([two], formats=("html",))
    assert [path.suffix for path in build(prune=True).removed] == [".html"]


@pytest.mark.parametrize("seed", [1001, 1002])
def test_nothing_is_lost_and_all_is_as_a_clean_build_makes_it(tmp_path: Path, seed: int) -> None:
    assert wrong_in(tmp_path, seed, agencies=2) == []
