"""A county's texts beside each other: who is asked, what silences the question, and what the page,
the return copies and ``gxgen similarity`` show."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from gxgen import api
from gxgen.cli import main
from gxgen.county.agency_year import Judgement
from gxgen.county.alike import BETWEEN, WITH_LAST_YEAR, Texts
from gxgen.county.project import load_county
from gxgen.county.words import WORDS_FILE, proposing
from gxgen.diagnostics import Diagnostic, Severity
from gxgen.editions.declared import EDITIONS
from gxgen.errors import UsageError
from gxgen.form.layout import FINDINGS_SHEET
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.agency import Agency
from gxgen.model.narrative import Paragraph
from gxgen.model.report import Entry
from gxgen.prose.alike.passages import Passage, packed
from tests.county.test_incremental import visible
from tests.factory import make_report

EDITION = EDITIONS["2021"]
YEAR = 2024
SAME = (
    "在大厅东侧新设一处查阅角，摆放目录、指南和常见问答，由窗口人员轮流值守，"
    "来访的人可以当场查、当场问、当场带走复印件。"
)
NEARLY = SAME.replace("东侧", "西侧").replace("窗口", "值班")
OTHER = (
    "{}把去年堆积在仓库里的旧档案逐箱清点，按年份重新编号，"
    "扫描以后上网，方便种粮大户和村民随时查找。"
)
LAW = "2024年，{}没有发生因政府信息公开引起的行政复议和行政诉讼的情况，也没有被责任追究。"


@cache
def form(name: str, text: str, *, wrong: bool = False, year: int = YEAR) -> bytes:
    """A form with that text in its first section; a ``wrong`` one has a wrong total."""
    report = make_report(EDITION, agency=Agency(name), year=year)
    first = replace(report.narrative[1], paragraphs=(Paragraph(text.format(name)),))
    entries = dict(report.entries)
    if wrong:
        entries["requests.received.total"] = Entry(9999, None)
    narrative = (report.narrative[0], first, *report.narrative[2:])
    report = replace(report, narrative=narrative, entries=entries)
    return blank_workbook(EDITION, year, agency=report.agency, fill=report)


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The forms' folder of a county whose three agencies say the same, nearly, and otherwise."""
    monkeypatch.chdir(tmp_path)
    inputs = tmp_path / "inputs"
    (inputs / str(YEAR)).mkdir(parents=True)
    names = ("甲局", "乙局", "丙局")
    roster = "".join(f'[[agency]]\nname = "{name}"\n' for name in names)
    (inputs / "county.toml").write_text(f'county = "某县"\nyear = {YEAR}\n{roster}', "utf-8")
    for name, text in zip(names, (SAME, NEARLY, OTHER), strict=True):
        (inputs / str(YEAR) / f"{name}.xlsx").write_bytes(form(name, text))
    return inputs / str(YEAR)


def asked(result: api.Result) -> dict[str, list[Diagnostic]]:
    """What is asked about texts, by agency."""
    return {
        one.judgement.agency: found
        for one in result.outcomes
        if (found := [d for d in one.diagnostics if d.code in (BETWEEN, WITH_LAST_YEAR)])
    }


def build(**options: object) -> api.Result:
    return api.build([Path("inputs")], workers=1, **options)  # type: ignore[arg-type]


# -- between agencies ---------------------------------------------------------------------------


def test_both_are_asked_with_both_passages_and_what_differs(county: Path) -> None:
    found = asked(build())
    assert found.keys() == {"甲局", "乙局"}
    (one,) = found["甲局"]
    assert one.severity is Severity.WARNING
    assert str(one.place) == "正文!C6" or str(one.place).startswith("正文!")
    assert "“乙局”（正文!" in one.message
    assert "几乎相同" in one.message
    assert "【东】侧" in one.message
    assert "【西】侧" in one.message
    assert asked(api.check([Path("inputs")], workers=1)) == found


def test_reports_are_built_all_the_same(county: Path) -> None:
    assert build().exit_status == 0


def test_what_law_makes_alike_is_not_asked(county: Path) -> None:
    for path in county.glob("*.xlsx"):
        path.write_bytes(form(path.stem, LAW))
    assert asked(build()) == {}


def test_who_filed_twice_is_not_held_beside_himself(county: Path) -> None:
    shutil.copy(county / "甲局.xlsx", county / "甲局（修改版）.xlsx")
    found = asked(build())
    assert len(found["甲局"]) == 1
    assert "“甲局”（" not in found["甲局"][0].message


def test_single_forms_are_not_held_beside_each_other(tmp_path: Path) -> None:
    for name in ("甲局", "乙局"):
        (tmp_path / f"{name}.xlsx").write_bytes(form(name, SAME))
    assert asked(api.check([tmp_path], workers=1)) == {}


def test_of_many_the_nearest_is_shown_and_some_are_named() -> None:
    texts = [SAME, NEARLY, SAME.replace("当场", "立刻"), *[SAME.replace("常见", "部分")] * 4]
    judged = {
        f"{at}.xlsx": Judgement(f"{at}.xlsx", f"第{at}局", passages=packed([Passage("", t, t)]))
        for at, t in enumerate(texts)
    }
    found = dict(Texts.of(judged).findings())
    assert "“第3局”（）的一段几乎相同" in found["0.xlsx"].message
    assert "、“第6局”等单位有这样的一段" in found["0.xlsx"].message


# -- with last year -----------------------------------------------------------------------------


def test_last_years_words_are_asked_about_once(county: Path) -> None:
    (county.parent / str(YEAR - 1)).mkdir()
    for name in ("甲局", "丙局"):
        text = SAME if name == "甲局" else OTHER
        path = county.parent / str(YEAR - 1) / f"{name}.xlsx"
        path.write_bytes(form(name, text, year=YEAR - 1))
    (county / "甲局.xlsx").write_bytes(form("甲局", "每月逢五，巡回车到各村收取申请。" + OTHER))
    found = asked(build())
    codes = {name: [one.code for one in own] for name, own in found.items()}
    assert codes["丙局"].count(WITH_LAST_YEAR) == 1
    assert WITH_LAST_YEAR not in codes.get("甲局", [])
    (one,) = (d for d in found["丙局"] if d.code == WITH_LAST_YEAR)
    assert "完全相同" in one.message


def test_last_years_filled_sentence_is_compared_as_it_was_printed(county: Path) -> None:
    tag = "{% if 申请.新收 > 0 %}收到{{ 申请.新收 }}件{% else %}一件也没有收到{% endif %}"
    text = OTHER.replace("村民", f"村民（{tag.replace('{', '{{').replace('}', '}}')}）")
    (county.parent / str(YEAR - 1)).mkdir()
    for year in (YEAR - 1, YEAR):
        path = county.parent / str(year) / "丙局.xlsx"
        path.write_bytes(form("丙局", text, year=year))
    (one,) = asked(build())["丙局"]
    assert one.code == WITH_LAST_YEAR
    assert "除单位名称和数字外完全相同" in one.message
    assert "{" not in one.message


def test_last_years_text_counts_that_lay_beside_its_form(county: Path) -> None:
    before = county.parent / str(YEAR - 1)
    before.mkdir()
    (before / "丙局.xlsx").write_bytes(form("丙局", "", year=YEAR - 1))
    assert "丙局" not in asked(build())
    (before / "丙局（定稿）.txt").write_text(f"一、总体情况\n{OTHER.format('丙局')}\n", "utf-8")
    (before / "乙局.txt").write_text(f"一、总体情况\n{OTHER.format('乙局')}\n", "utf-8")
    (one,) = asked(build())["丙局"]
    assert one.code == WITH_LAST_YEAR
    assert "完全相同" in one.message


def test_last_years_copy_is_found_under_the_name_of_that_time(county: Path) -> None:
    settings = (county.parent / "county.toml").read_text("utf-8")
    was = f'name = "丙局"\nformerly = {{ names = ["乡村振兴服务局"], since = {YEAR} }}'
    (county.parent / "county.toml").write_text(settings.replace('name = "丙局"', was), "utf-8")
    (county.parent / str(YEAR - 1)).mkdir()
    former = county.parent / str(YEAR - 1) / "乡村振兴服务局.xlsx"
    former.write_bytes(form("乡村振兴服务局", OTHER, year=YEAR - 1))
    (one,) = asked(build())["丙局"]
    assert "除单位名称和数字外完全相同" in one.message


# -- the county's own words ---------------------------------------------------------------------


def accept(county: Path, *said: str) -> None:
    lines = "".join(f'  "{one}",\n' for one in said)
    text = f"[boilerplate]\nsentences = [\n{lines}]\n"
    (county.parent / WORDS_FILE).write_text(text, encoding="utf-8")


def test_a_sentence_that_the_county_accepts_is_not_asked_about(county: Path) -> None:
    assert asked(build())
    accept(county, "在大厅…新设一处查阅角，…人员轮流值守，…")
    result = build()
    assert asked(result) == {}
    assert {one.causes for one in result.outcomes} == {("县的设置",)}
    (county.parent / WORDS_FILE).unlink()
    assert asked(build())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[boilerplate\n", "第1行"),
        ("[boilerplat]\n", "没有这个设置项"),
        ('[boilerplate]\nsentence = ["某某某某某某某"]\n', "第2行"),
        (
            '[boilerplate]\nsentences = ["…年…"]\n',
            "第2行 boilerplate 的 sentences 的 第1个：至少要有",
        ),
        ('[boilerplate]\nsentences = [""]\n', "不能为空"),
        ("[boilerplate]\nsentences = 3\n", "应是方括号中的列表"),
    ],
)
def test_a_faulty_words_file_is_refused_with_its_line(county: Path, text: str, told: str) -> None:
    (county.parent / WORDS_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        load_county(county.parent)


def test_a_words_file_of_another_encoding_is_refused(county: Path) -> None:
    (county.parent / WORDS_FILE).write_bytes("# 约定".encode("gbk"))
    with pytest.raises(UsageError, match="UTF-8"):
        load_county(county.parent)


# -- whatever changes ---------------------------------------------------------------------------


def clean(tmp_path: Path) -> dict[str, bytes]:
    """What a build in an empty folder makes of the same forms."""
    api.build([Path("inputs")], output=tmp_path / "clean", workers=1)
    return visible(tmp_path / "clean")


def told_in(copy: Path) -> str:
    book = openpyxl.load_workbook(copy)
    return "".join(str(c) for row in book[FINDINGS_SHEET].values for c in row if c)


def test_a_return_copy_tells_of_it_whatever_neighbours_do(county: Path, tmp_path: Path) -> None:
    (county / "甲局.xlsx").write_bytes(form("甲局", SAME, wrong=True))
    copy = tmp_path / "output" / str(YEAR) / "returns" / "甲局.xlsx"
    build()
    assert BETWEEN in told_in(copy)
    assert "【东】侧" in told_in(copy)
    assert visible(tmp_path / "output") == clean(tmp_path)
    for text in (OTHER.replace("档案", "账簿") + "乙" * 30, NEARLY):
        (county / "乙局.xlsx").write_bytes(form("乙局", text))
        result = build()
        assert [o.word for o in result.outcomes if o.judgement.agency == "甲局"] == ["unchanged"]
        assert (BETWEEN in told_in(copy)) is (text == NEARLY)
        assert visible(tmp_path / "output") == clean(tmp_path)
        shutil.rmtree(tmp_path / "clean")


def test_a_build_of_one_form_leaves_the_neighbours_copy_to_the_next(
    county: Path, tmp_path: Path
) -> None:
    (county / "甲局.xlsx").write_bytes(form("甲局", SAME, wrong=True))
    build()
    (county / "乙局.xlsx").write_bytes(form("乙局", OTHER))
    api.build([county / "乙局.xlsx"], workers=1)
    build()
    assert visible(tmp_path / "output") == clean(tmp_path)


def test_a_build_with_nothing_to_do_compares_nothing(county: Path, tmp_path: Path) -> None:
    build()
    code = (
        "import sys; from gxgen.cli import main; main(['build', '--quiet', '--jobs', '1'])\n"
        "assert 'rapidfuzz' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path, capture_output=True)
    assert visible(tmp_path / "output") == clean(tmp_path)


# -- what is shown ------------------------------------------------------------------------------


def test_the_page_has_a_matrix(county: Path, tmp_path: Path) -> None:
    build()
    page = (tmp_path / "output" / str(YEAR) / "index.html").read_text("utf-8")
    (matrix,) = page.split('<table class="matrix">')[1:]
    matrix = matrix.partition("</table>")[0]
    assert matrix.count('class="near"') == 2
    assert "丙局" not in matrix
    (county / "乙局.xlsx").unlink()
    build()
    page = (tmp_path / "output" / str(YEAR) / "index.html").read_text("utf-8")
    assert 'matrix">' not in page


def similarity(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    capsys.readouterr()
    assert main(["similarity", "--year", str(YEAR), "--quiet", *options]) == 0
    return capsys.readouterr().out


def test_the_command_lists_the_pairs(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = similarity(capsys)
    assert "“乙局”与“甲局”有一段几乎相同" in said or "“甲局”与“乙局”有一段几乎相同" in said
    assert "【西】侧" in said
    assert "3 个单位，比较了 3 段，1 对相像" in said
    (pair,) = json.loads(similarity(capsys, "--format", "json"))["pairs"]
    assert {one["agency"] for one in pair["passages"]} == {"甲局", "乙局"}
    assert {one["text"] for one in pair["passages"]} == {SAME, NEARLY}


def test_what_is_proposed_counts_when_a_person_has_accepted_it(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (county / "乙局.xlsx").write_bytes(form("乙局", SAME))
    words = county.parent / WORDS_FILE
    assert "建议 1 句" in similarity(capsys, "--learn", "--least", "2")
    assert asked(build())
    assert "没有新的句子" in similarity(capsys, "--learn", "--least", "2")
    words.write_text(words.read_text("utf-8").replace('  # "', '  "'), "utf-8")
    assert asked(build()) == {}
    assert "0 对相像" in similarity(capsys)


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# 只有注释\n",
        "[boilerplate]\nsentences = []\n",
        '[boilerplate]\nsentences = ["甲乙丙丁戊己"]\n',
        '[boilerplate] # 说明\n# 又一行\nsentences = [\n  "甲乙丙丁戊己",\n]\n',
    ],
)
def test_proposals_change_nothing_that_is_there(tmp_path: Path, before: str) -> None:
    (tmp_path / WORDS_FILE).write_text(before, encoding="utf-8")
    proposals = [('带"引号"和\\的一句共用的话', ["甲局", "乙局"]), ("甲乙丙丁戊己", ["甲局"])]
    text, added = proposing(tmp_path, proposals)
    assert added[:1] == proposals[:1]
    assert len(added) == 1 + ("甲乙丙丁戊己" not in before)
    (tmp_path / "county.toml").write_text('county = "某县"', encoding="utf-8")
    known = load_county(tmp_path).words
    (tmp_path / WORDS_FILE).write_text(text, encoding="utf-8")
    assert load_county(tmp_path).words == known
    uncommented = text.replace('  # "', '  "')
    (tmp_path / WORDS_FILE).write_text(uncommented, encoding="utf-8")
    assert '带"引号"和\\的一句共用的话' in load_county(tmp_path).words.boilerplate
    assert proposing(tmp_path, proposals)[1] == []


@pytest.mark.parametrize(
    "text",
    [
        "[boilerplate]\n",
        "boilerplate = { sentences = [] }\n",
        'boilerplate.sentences = ["甲乙丙丁戊己"]\n',
    ],
)
def test_a_list_that_stands_elsewhere_is_left_alone(tmp_path: Path, text: str) -> None:
    (tmp_path / WORDS_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="sentences"):
        proposing(tmp_path, [("一句大家共用的话", ["甲局"])])
