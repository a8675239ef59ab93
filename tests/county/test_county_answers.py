"""What the county answers in its agencies' stead holds, lapses and is taken back as an agency's own
answers on its sheet are."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from gxgen.api.answering import answer, answers, withdraw
from gxgen.api.project import Project
from gxgen.api.words import words
from gxgen.cli import main
from gxgen.county.answered import ANSWERS_FILE
from gxgen.county.around import read
from gxgen.county.plan import plan
from gxgen.county.unit import check_unit
from gxgen.diagnostics import Diagnostic, Severity
from gxgen.editions.declared import EDITIONS
from gxgen.errors import UsageError
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.agency import Agency, AgencyKind
from gxgen.model.narrative import Paragraph
from gxgen.model.report import Answer, Entry
from tests.checks.check_support import baseline, with_totals
from tests.checks.test_answered_sentences import FIRST, SECOND, WEB
from tests.factory import make_report

EDITION, YEAR = EDITIONS["2021"], 2024
MOMENT = dt.datetime(2025, 1, 20, 9, 30)
TOLD = "县里说明（2025年1月20日）"
AGENCY = "甲县甲局"


@cache
def form(name: str = AGENCY, *given: Answer, text: str = WEB, rules: int = 6) -> bytes:
    """A form about which several things are asked: rules without the power to make them, and what
    its text says."""
    values = with_totals(EDITION, baseline(EDITION)) | {"disclosure.rules.in_force": rules}
    report = make_report(EDITION, agency=Agency(name, kind=AgencyKind.DEPARTMENT), year=YEAR)
    passages = tuple(
        replace(p, paragraphs=(Paragraph(text),)) if p.mark == "1" else p for p in report.narrative
    )
    entries = {key: Entry(value, str(value)) for key, value in values.items()}
    report = replace(report, entries=entries, narrative=passages, answers=given)
    return blank_workbook(EDITION, YEAR, agency=report.agency, fill=report)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two units that have filed the like."""
    inputs = tmp_path / "inputs"
    (inputs / str(YEAR)).mkdir(parents=True)
    units = "".join(f'[[agency]]\nname = "{name}"\n' for name in (AGENCY, "甲县乙局"))
    head = f'county = "甲县"\nyear = {YEAR}\n'
    (inputs / "county.toml").write_text(
        head + units.replace('甲局"', '甲局"\nshort_name = "甲局"'), "utf-8"
    )
    for name in (AGENCY, "甲县乙局"):
        (inputs / str(YEAR) / f"{name}.xlsx").write_bytes(form(name))
    return Project(tmp_path)


def found(project: Project, agency: str = AGENCY) -> list[Diagnostic]:
    path = project.inputs / str(YEAR) / f"{agency}.xlsx"
    return list(check_unit(read(plan([path], project.output)[0])).diagnostics)


def asked(project: Project, agency: str = AGENCY) -> list[Diagnostic]:
    return [d for d in found(project, agency) if d.severity is Severity.WARNING]


def figures_of(one: Diagnostic) -> str:
    """What the question's own hint says is to be copied."""
    return one.hint.partition("当时的数 ")[2].partition("，理由")[0]


def give(project: Project, one: Diagnostic, **more: object) -> None:
    said = {"code": one.code, "cell": str(one.place), "reason": "属实", "moment": MOMENT}
    said["figures"] = figures_of(one)
    county = project.counties[0]
    answer(project, county, YEAR, AGENCY, **{**said, **more})  # type: ignore[arg-type]


def take(project: Project, one: Diagnostic, **more: object) -> None:
    said = {"code": one.code, "cell": str(one.place), **more}
    withdraw(project, project.counties[0], YEAR, AGENCY, **said)  # type: ignore[arg-type]


def test_every_question_can_be_answered_and_taken_back(project: Project) -> None:
    before, other = found(project), found(project, "甲县乙局")
    questions = asked(project)
    assert {one.code for one in questions} >= {"GX201", "GX401"}
    for one in questions:
        give(project, one)
        after = found(project)
        assert Counter(d.severity for d in after)[Severity.WARNING] == len(questions) - 1
        [told] = [d for d in after if TOLD in d.message]
        assert (told.severity, told.code, told.place) == (Severity.NOTE, one.code, one.place)
        assert told.message == f"{one.message}{TOLD}：属实。"
        assert [d for d in after if d != told] == [d for d in before if d != one]
        take(project, one)
        assert found(project) == before
    assert found(project, "甲县乙局") == other


def test_it_holds_as_the_sheet_does(project: Project) -> None:
    """The same words on the sheet: the same findings, but for who says so."""
    questions = asked(project)
    for one in questions:
        give(project, one)
    of_county = [(d.code, d.severity, d.message.replace(TOLD, "单位说明")) for d in found(project)]
    (project.inputs / str(YEAR) / ANSWERS_FILE).unlink()
    on_sheet = [
        Answer(one.code, str(one.place), "属实", figures=figures_of(one)) for one in questions
    ]
    path = project.inputs / str(YEAR) / f"{AGENCY}.xlsx"
    path.write_bytes(form(AGENCY, *on_sheet))
    assert [(d.code, d.severity, d.message) for d in found(project)] == of_county


def test_it_lapses_when_figures_or_sentence_change(project: Project) -> None:
    for one in asked(project):
        give(project, one)
    path = project.inputs / str(YEAR) / f"{AGENCY}.xlsx"
    path.write_bytes(form(text=WEB.replace("30", "31"), rules=7))
    again = {one.code: one for one in asked(project)}
    assert again.keys() >= {"GX201", "GX401"}
    assert f"{TOLD}已失效：说明时的数是 6、0、0，现在是 7、0、0" in again["GX201"].message
    assert f"{TOLD}已失效：" in again["GX401"].message


def test_an_answer_that_settles_nothing_is_told_to_the_officer(project: Project) -> None:
    give(project, next(one for one in asked(project) if one.code == "GX201"))
    path = project.inputs / str(YEAR) / f"{AGENCY}.xlsx"
    path.write_bytes(form(rules=0))
    [idle] = [one for one in found(project) if one.code == "GX724"]
    assert (idle.severity, idle.addressee.value) == (Severity.NOTE, "officer")
    assert idle.message.startswith(f"{TOLD}对 GX201 表二!D7 未起作用：没有与该编号和单元格对应的")
    assert "GX210" not in {one.code for one in found(project)}


def written(project: Project, code: str, cell: str, **more: object) -> None:
    """As a person may write it by hand."""
    said = {"agency": AGENCY, "code": code, "cell": cell, "reason": "就是这样", **more}
    lines = "".join(f'{key} = "{value}"\n' for key, value in said.items())
    path = project.inputs / str(YEAR) / ANSWERS_FILE
    path.write_text(f"[[answer]]\n{lines}day = 2025-01-20\n", "utf-8")


def test_errors_cannot_be_waived(project: Project) -> None:
    """None of the codes that are errors: neither by the command nor by the hand of a person."""
    path = project.inputs / str(YEAR) / f"{AGENCY}.xlsx"
    report = make_report(EDITION, agency=Agency(AGENCY), year=YEAR)
    entries = dict(report.entries)
    for key in ("requests.granted.total", "disclosure.permits.decisions", "requests.total"):
        if key in entries:
            entries[key] = Entry(None, "约3")
    first = next(key for key in entries if key.startswith("requests.received."))
    entries[first] = Entry(99, "99")
    report = replace(report, entries=entries)
    path.write_bytes(blank_workbook(EDITION, YEAR, agency=report.agency, fill=report))
    errors = [one for one in found(project) if one.severity is Severity.ERROR]
    assert errors
    for one in errors:
        with pytest.raises(UsageError, match="没有编号"):
            give(project, one)
        written(project, one.code, str(one.place))
        after = found(project)
        assert [d for d in after if d.code != "GX724"] == found_without(project)
        assert "该编号是错误" in next(d.message for d in after if d.code == "GX724")


def found_without(project: Project) -> list[Diagnostic]:
    path = project.inputs / str(YEAR) / ANSWERS_FILE
    path.unlink()
    return found(project)


def test_an_answer_rebuilds_that_unit_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.build()
    assert {one.word for one in project.build().outcomes} == {"unchanged"}
    one = asked(project)[0]
    give(project, one)
    words_of = {one.judgement.agency: one for one in project.build().outcomes}
    assert (words_of[AGENCY].word, words_of[AGENCY].causes) == ("built", ("县里的说明",))
    assert words_of["甲县乙局"].word == "unchanged"
    assert {one.word for one in project.build().outcomes} == {"unchanged"}
    take(project, one)
    again = {one.judgement.agency: one.word for one in project.build().outcomes}
    assert again == {AGENCY: "built", "甲县乙局": "unchanged"}
    assert {unit.state for unit in project.status()[0].units} == {"built"}


def test_what_was_answered_may_be_remembered(project: Project) -> None:
    one = next(one for one in asked(project) if one.code == "GX401")
    assert words(None, inputs=project.inputs).proposed == ()
    give(project, one, reason="属实，只算网站渠道")
    assert words(None, inputs=project.inputs).proposed[-1].meaning == "不对应表中任何数"


def test_of_several_questions_on_one_paragraph_the_sentence_tells(project: Project) -> None:
    path = project.inputs / str(YEAR) / f"{AGENCY}.xlsx"
    path.write_bytes(form(text=FIRST + SECOND))
    several = [one for one in asked(project) if one.code == "GX401"]
    assert len(several) == 2 and len({one.place for one in several}) == 1
    with pytest.raises(UsageError, match="几处要核实"):
        give(project, several[0], figures=None)
    for one in several:
        give(project, one)
    assert "GX401" not in {one.code for one in asked(project)}
    assert len(answers(project.counties[0], YEAR)) == 2
    take(project, several[0], figures=figures_of(several[0]))
    assert [one.message for one in asked(project) if one.code == "GX401"] == [several[0].message]


def test_a_second_answer_takes_the_place_of_the_first(project: Project) -> None:
    one = asked(project)[0]
    give(project, one)
    give(project, one, reason="核对过", by="张三")
    [only] = answers(project.counties[0], YEAR)
    assert (only.answer.reason, only.answer.by, only.agency) == ("核对过", "张三", AGENCY)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"reason": " "}, "没有写理由"),
        ({"code": "GX999"}, "没有编号 GX999"),
        ({"cell": "表二!A1"}, "没有编号"),
        ({"figures": "5、0、0"}, "现在是 6、0、0"),
    ],
)
def test_what_is_no_answer_is_refused_and_nothing_is_written(
    project: Project, more: dict[str, object], said: str
) -> None:
    one = next(one for one in asked(project) if one.code == "GX201")
    with pytest.raises(UsageError, match=said):
        give(project, one, **more)
    assert not (project.inputs / str(YEAR) / ANSWERS_FILE).exists()


def test_the_file_keeps_its_comments_and_its_former_self(project: Project) -> None:
    first, second = asked(project)[:2]
    give(project, first)
    path = project.inputs / str(YEAR) / ANSWERS_FILE
    before = path.read_text("utf-8")
    path.write_text(f"{before}\n# 我的备注，不要删\n", "utf-8")
    give(project, second, moment=MOMENT + dt.timedelta(seconds=1))
    take(project, first)
    text = path.read_text("utf-8")
    assert text.startswith("# 县里对核实事项的说明") and "# 我的备注，不要删" in text
    kept = {one.read_text("utf-8") for one in path.parent.glob(f".replaced/*/{ANSWERS_FILE}")}
    assert f"{before}\n# 我的备注，不要删\n" in kept


SOUND = '[[answer]]\nagency = "甲"\ncode = "GX201"\ncell = "x"\nreason = "y"\nday = 2025-01-20\n'
BAD = {
    "[[answer]]\n": "缺少这一项",
    "answer = 3\n": "应是方括号中的列表",
    SOUND.replace("GX201", "201"): "GX 加",
    SOUND.replace("2025-01-20", '"x"'): "日期",
    SOUND.replace("cell", "cel"): "cell？",
    SOUND.replace('"y"', '" "'): "不能为空",
    "[[answer": "不是有效的 TOML",
}


@pytest.mark.parametrize("text", BAD)
def test_a_file_that_is_not_valid_is_told_before_anything_is_done(
    project: Project, text: str
) -> None:
    (project.inputs / str(YEAR) / ANSWERS_FILE).write_text(text, "utf-8")
    with pytest.raises(UsageError, match=BAD[text]):
        project.build()
    assert not project.output.exists()


def test_it_is_no_stray(project: Project) -> None:
    give(project, asked(project)[0])
    assert project.status()[0].strays == ()


def test_a_unit_that_has_not_filed_one_form_is_told(project: Project) -> None:
    one = asked(project)[0]
    path = project.inputs / str(YEAR) / f"{AGENCY}.xlsx"
    path.with_name("又一份.xlsx").write_bytes(form(rules=5))
    with pytest.raises(UsageError, match="交了2份"):
        give(project, one)
    for each in (path, path.with_name("又一份.xlsx")):
        each.unlink()
    with pytest.raises(UsageError, match="还没有报送"):
        give(project, one)


def said_by(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert main(["answer", *arguments]) == status
    return "".join(capsys.readouterr())


def test_the_command(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project.root)
    question = ("甲局", "gx201", "表二!D7")
    assert "还没有说明" in said_by(capsys, "--list")
    assert "没有写理由" in said_by(capsys, *question, status=2)
    assert "要写明单位" in said_by(capsys, status=2)
    assert "已记下" in said_by(capsys, *question, "代管文本", "--by", "张三")
    assert "代管文本" in said_by(capsys, "--list")
    [told] = json.loads(said_by(capsys, "--list", "甲局", "--format", "json"))["answers"]
    today = dt.date.today().isoformat()
    assert told == {
        "agency": AGENCY,
        "code": "GX201",
        "cell": "表二!D7",
        "figures": "6、0、0",
        "reason": "代管文本",
        "by": "张三",
        "day": today,
    }
    assert json.loads(said_by(capsys, "--list", "甲县乙局", "--format", "json"))["answers"] == []
    assert "撤回不用写理由" in said_by(capsys, *question, "x", "--withdraw", status=2)
    assert "已撤回" in said_by(capsys, *question, "--withdraw")
    assert "没有对" in said_by(capsys, *question, "--withdraw", status=2)
    assert "不在名册里" in said_by(capsys, "丙局", "GX201", "D7", "x", status=2)
