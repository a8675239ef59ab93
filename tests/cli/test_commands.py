"""The commands as a user calls them: words, files, exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from benchmarks.startup import imported
from gxgen.cli import main
from gxgen.editions.declared import EDITIONS
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.indicators import Indicator, in_order
from tests.factory import make_report
from tests.support import ROOT

SAMPLE = ROOT / "inputs/安丘市/2023/安丘市凌河街道办事处.xlsx"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _spoiled(folder: Path) -> Path:
    """The sample with one typed-over total that is wrong."""
    book = openpyxl.load_workbook(SAMPLE)
    book["表三"]["J8"].value = 77
    path = folder / SAMPLE.name
    book.save(path)
    return path


def test_help_is_light() -> None:
    assert imported() == []


def test_from_an_empty_folder_to_a_report(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", ".", "--county", "某某县", "--year", "2024"]) == 0
    roster = here / "inputs/county.toml"
    text = roster.read_text(encoding="utf-8")
    roster.write_text(
        text + '\n[[agency]]\nname = "某某县财政局"\nshort_name = "财政局"\nkind = "部门"\n',
        encoding="utf-8",
    )
    assert main(["blank", "--all", "--year", "2024"]) == 0
    form = here / "inputs/2024/某某县财政局.xlsx"
    assert form.is_file()
    assert main(["build"]) == 1
    said = capsys.readouterr().out
    assert "没有填" in said or "未填" in said
    assert not list((here / "output").rglob("*年度报告*.docx"))
    _fill(form)
    assert main(["build"]) == 0, capsys.readouterr().out
    assert [p.name for p in (here / "output/2024").glob("*年度报告*.docx")] == [
        "某某县财政局2024年政府信息公开工作年度报告.docx"
    ]


def _fill(form: Path) -> None:
    """Zeroes everywhere, text in each section: what a quiet bureau would enter."""
    book = openpyxl.load_workbook(form)
    edition = EDITIONS["2021"]
    for name, defined in book.defined_names.items():
        key = name.removeprefix("gx.")
        if key in edition.fields and key not in edition.totals:
            sheet, cell = next(iter(defined.destinations))
            book[sheet][cell] = 0
    info = {"sign_off.date": "2025年1月8日", "sign_off.form": "单位和日期"}
    for key, value in info.items():
        sheet, cell = next(iter(book.defined_names[f"gx.{key}"].destinations))
        book[sheet][cell] = value
    text = book["正文"]
    for row in range(1, text.max_row + 1):
        above = text.cell(row - 1, 2).value if row > 1 else None
        marker = str(text.cell(row - 1, 1).value or "") if row > 1 else ""
        mine = not text.cell(row, 1).value and not text.cell(row, 3).value
        if mine and (above == "（一）标题" or marker == "提示"):
            text.cell(row, 3).value = "本机关按要求开展工作，没有需要特别报告的情况。"
    book.save(form)


def test_a_form_with_content_is_never_overwritten(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["blank", "某局", "--year", "2024"]) == 0
    before = (here / "某局.xlsx").read_bytes()
    for force in ([], ["--force"]):
        (here / "某局.xlsx").write_bytes(b"mine")
        assert main(["blank", "某局", "--year", "2024", *force]) == 0
        assert "填过的或读不出来的表" in capsys.readouterr().err
        assert (here / "某局.xlsx").read_bytes() == b"mine"
    (here / "某局.xlsx").write_bytes(before)
    assert main(["blank", "某局", "--year", "2024", "--force"]) == 0
    (kept,) = (here / ".replaced").rglob("某局.xlsx")
    assert kept.read_bytes() == (here / "某局.xlsx").read_bytes() == before


def test_findings_as_json_on_stdout_alone(here: Path) -> None:
    spoiled = _spoiled(here)
    done = subprocess.run(
        [sys.executable, "-m", "gxgen", "check", str(spoiled), "--format", "json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    said = json.loads(done.stdout)
    assert said["checked"] == 1
    found = next(f for f in said["findings"] if f["code"] == "GX101")
    assert (found["sheet"], found["cell"]) == ("表三", "J8")
    assert found["key"] == "requests.received.total"
    assert {"name", "severity", "message", "hint", "agency", "year", "file", "related"} <= set(
        found
    )
    assert done.stderr == f"[1/1] {SAMPLE.stem}\n"


def test_a_refused_report_is_not_written_unless_a_draft(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoiled = _spoiled(here)
    assert main(["build", str(spoiled), "--quiet"]) == 1
    assert "表三!J8" in capsys.readouterr().out
    assert not list(here.rglob("*年度报告*.docx"))
    assert main(["build", str(spoiled), "--quiet", "--draft"]) == 1
    assert [p.stem.endswith("（草稿）") for p in here.rglob("*年度报告*.docx")] == [True]


def test_one_bad_workbook_does_not_stop_the_others(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "好.xlsx").write_bytes(SAMPLE.read_bytes())
    (here / "坏.xlsx").write_bytes(b"%PDF-1.7 not a workbook")
    (here / "空.xlsx").write_bytes(b"")
    assert main(["build", str(here), "--format", "json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert {Path(u["input"]).name: u["outcome"] for u in said["units"]} == {
        "好.xlsx": "built",
        "坏.xlsx": "refused",
        "空.xlsx": "refused",
    }
    manifest = json.loads(next(here.rglob("build.json")).read_text(encoding="utf-8"))
    assert manifest["units"][0]["outputs"][0]["sha256"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "没有命令 chek"),
        (["build", "--foo"], "没有选项 --foo"),
        (["init"], "缺少参数 文件夹"),
        (["init", "x", "--year", "2024"], "缺少选项 --county"),
        (["blank", "--year", "二〇二四"], "选项 --year的值不对"),
        (["blank", "--year", "2012"], "没有对应的表样"),
        (["check", "nowhere"], "没有这个文件或文件夹"),
        (["build", "--format", "pdg"], "不认识的格式"),
        (["explain", "GX999"], "GX999"),
        (["import", "x.pdf", "--to", "."], "找不到文件"),
        (["import", "x.txt", "--to", ".", "--edition", "2012"], "没有“2012”这一版格式"),
        (["template", "check", "../x"], "没有名为"),
        (["show", "nowhere.xlsx"], "没有这个文件或文件夹"),
    ],
)
def test_wrong_use_is_told_in_chinese(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(arguments) == 2
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err


def test_show_and_import_give_the_same_workbook(here: Path) -> None:
    shown = here / "shown.json"
    record = _stdout("show", str(SAMPLE), "--format", "json")
    shown.write_text(record, encoding="utf-8")
    assert main(["import", str(shown), "--to", str(here)]) == 0
    assert (here / SAMPLE.name).read_bytes() == SAMPLE.read_bytes()
    assert _stdout("show", str(here / SAMPLE.name), "--format", "json") == record


def test_a_record_as_people_write_it_gives_the_same_workbook(here: Path) -> None:
    record = json.loads(_stdout("show", str(SAMPLE), "--format", "json"))
    fee = "disclosure.fees.amount"
    record["values"] = {
        key: float(value) if key == fee else str(value) for key, value in record["values"].items()
    }
    kept = [i for i in record["narrative"] if i["section"] != "9"]
    for item in kept:
        if "." not in item["section"]:
            item["heading"] = ""
        item["text"] = item["text"] or None
    record["narrative"] = [i for i in kept if i["section"] not in "123456" or i["text"]]
    assert len(record["narrative"]) < len(kept)
    written = here / "written.json"
    written.write_text(json.dumps(record, indent=2), encoding="utf-8-sig")
    assert main(["import", str(written), "--to", str(here)]) == 0
    shown = json.loads(_stdout("show", str(here / SAMPLE.name), "--format", "json"))
    whole = json.loads(_stdout("show", str(SAMPLE), "--format", "json"))
    assert shown["values"].pop(fee) in (whole["values"][fee], f"{whole['values'][fee]}.0")
    del whole["values"][fee]
    assert shown == whole


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"zz": "' + "长" * 17_000_000 + '"}', "没有读文件"),
        ("[" * 10_000 + "]" * 10_000, "太深"),
        ('{"agency": "某局",\n}', "第2行"),
    ],
    ids=["51 MB", "10,000 deep", "a comma too many"],
)
def test_what_is_no_record_is_told_and_the_others_are_imported(
    here: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    bad, good = here / "bad.json", here / "good.json"
    bad.write_text(text, encoding="utf-8")
    good.write_text(_stdout("show", str(SAMPLE), "--format", "json"), encoding="utf-8")
    assert main(["import", str(bad), str(good), "--to", str(here)]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert "Traceback" not in told.err
    assert (here / SAMPLE.name).is_file()


def _stdout(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "gxgen", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def test_show_as_text_reads_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(SAMPLE)]) == 0
    said = capsys.readouterr().out
    assert "requests.received.total = 2" in said
    assert "【正文】" in said


def test_the_shipped_style_has_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "check"]) == 0
    assert "没有问题" in capsys.readouterr().out


def test_explain_has_every_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "GX101"]) == 0
    assert "总计" in capsys.readouterr().out
    assert main(["explain", "all"]) == 0
    assert "GX301" in capsys.readouterr().out


@pytest.mark.parametrize("kept", [True, False])
def test_a_fault_of_its_own_is_noted_where_it_can_be_found(
    here: Path, kept: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GXGEN_CACHE", str(here / "kept") if kept else "off")

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("某处坏了")

    monkeypatch.setattr("gxgen.api.check", broken)
    assert main(["check", str(SAMPLE)]) == 3
    said = capsys.readouterr().err
    assert "程序出错（RuntimeError），不是您的数据的问题" in said
    assert "Traceback" not in said
    note = here / "kept/last-fault.txt"
    if kept:
        assert str(note) in said
        assert "某处坏了" in note.read_text(encoding="utf-8")
    else:
        assert "--debug" in said


def test_show_tells_the_counts_beside_the_tables(tmp_path, capsys):
    report = make_report(
        EDITIONS["2021"],
        indicators=in_order(
            [Indicator("培训场次", "场", 12, 10, "含\n线上"), Indicator("政协提案", "件", None, 3)]
        ),
    )
    path = tmp_path / "某局.xlsx"
    path.write_bytes(blank_workbook(report.edition, report.year, fill=report))
    assert main(["show", str(path)]) == 0
    said = capsys.readouterr().out
    assert (
        "【指标】\n  培训场次 = 12场，上年 10场（含 线上）\n  政协提案 = 没有填，上年 3件\n" in said
    )
