"""``gxgen compare`` as a user calls it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from gxgen.cli import main
from gxgen.demo.county import Demo, demo_settings, write_forms


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    demo = Demo("对照县", 2024, 3)
    write_forms(folder, demo, (0, 1, 2))
    (folder / "county.toml").write_text(demo_settings(demo), encoding="utf-8")
    return folder


def _form(county: Path, year: int, at: int = 0) -> str:
    return str(sorted((county / str(year)).glob("*.xlsx"))[at])


def test_two_forms_in_either_order_give_one_answer(county, capsys) -> None:
    assert main(["compare", _form(county, 2024), _form(county, 2023)]) == 0
    said = capsys.readouterr().out
    assert main(["compare", _form(county, 2023), _form(county, 2024)]) == 0
    assert capsys.readouterr().out == said
    assert "2023年、2024年年度报告对照" in said.splitlines()[0]
    for heading in ("一、数字", "二、与上年衔接", "三、文字"):
        assert f"\n{heading}\n" in said


def test_a_record_and_a_form_give_what_two_forms_give(county, tmp_path, capsys) -> None:
    assert main(["show", _form(county, 2023), "--format", "json"]) == 0
    (tmp_path / "上年.json").write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["compare", _form(county, 2023), _form(county, 2024)]) == 0
    said = capsys.readouterr().out
    assert main(["compare", str(tmp_path / "上年.json"), _form(county, 2024)]) == 0
    assert capsys.readouterr().out == said


def test_sentences_are_filled_from_figures_whatever_the_file(county, tmp_path, capsys) -> None:
    assert main(["show", _form(county, 2023), "--format", "json"]) == 0
    record = json.loads(capsys.readouterr().out)
    record["values"]["disclosure.penalties.decisions"] = 41
    item = next(one for one in record["narrative"] if one["section"] == "1.1")
    item["text"] = "全年作出行政处罚{{ 行政处罚.处理决定 }}件，逐件公示。"
    (tmp_path / "上年.json").write_text(json.dumps(record), encoding="utf-8")
    two = [str(tmp_path / "上年.json"), _form(county, 2024)]
    assert main(["compare", *two, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["sentences"]
    (said,) = [
        one["last"]["text"] for one in told if one["last"] and "逐件公示" in one["last"]["text"]
    ]
    assert said == "全年作出行政处罚41件，逐件公示。"


def test_files_are_named_by_themselves_and_never_written_over(
    county, tmp_path, capsys, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    two = [_form(county, 2023), _form(county, 2024)]
    assert main(["compare", *two, "--format", "docx"]) == 0
    (made,) = tmp_path.glob("*.docx")
    assert made.name.endswith("2023年、2024年年度报告对照.docx")
    before = made.read_bytes()
    assert main(["compare", *two, "--format", "docx"]) == 2
    assert "没有覆盖" in capsys.readouterr().err
    assert main(["compare", *two, "--format", "docx", "--force"]) == 0
    assert made.read_bytes() == before
    for name, begins in (("甲.html", "<!DOCTYPE html>"), ("甲.json", "{"), ("甲.txt", "对照县")):
        assert main(["compare", *two, "-o", name]) == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    assert main(["compare", *two, "--format", "html", "-o", "甲.pdf"]) == 2
    assert ".html" in capsys.readouterr().err


def test_a_county_with_what_could_not_be_compared(county, tmp_path, capsys) -> None:
    copy = tmp_path / "county"
    shutil.copytree(county, copy)
    broken, gone, new = (
        Path(_form(copy, year, at)) for year, at in ((2024, 0), (2024, 1), (2023, 2))
    )
    broken.write_bytes(b"no workbook")
    gone.unlink()
    new.unlink()
    assert main(["compare", str(copy), "--year", "2024", "--format", "json", "--quiet"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["agencies"] == []
    reasons = {one["agency"]: one["reason"] for one in told["not_compared"]}
    assert "读不出来" in reasons[broken.stem]
    assert reasons[gone.stem] == "没有2024年度的填报表，只有2023年度的。"
    assert reasons[new.stem] == "没有2023年度的填报表。"


def test_a_county_s_page(county, tmp_path) -> None:
    page = tmp_path / "全县.html"
    assert main(["compare", str(county), "--year", "2024", "--quiet", "-o", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    for path in (county / "2024").glob("*.xlsx"):
        assert path.stem in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["{2023}", "{2023}"], "两份都是2023年度的"),
        (["{2023}"], "对照要写两份"),
        (["{2023}", "没有.xlsx"], "没有这个文件"),
        (["{county}/county.toml", "{2023}"], "没有找到年度报告的六个部分"),
        (["{county}", "{2023}"], "填报表（.xlsx）"),
        (["{county}"], "对照全县要写年度"),
        (["{county}", "--year", "2020"], "没有2020年度的文件夹"),
        (["{2023}", "{2024}", "--year", "2024"], "--year 用来对照全县"),
        (["{2023}", "{other}"], "不是同一个单位的"),
    ],
)
def test_wrong_use_is_told_in_words(words, said, county, capsys) -> None:
    known = {
        "{2023}": _form(county, 2023),
        "{2024}": _form(county, 2024),
        "{other}": _form(county, 2024, 1),
    }
    given = [known.get(word, word).replace("{county}", str(county)) for word in words]
    assert main(["compare", *given]) == 2
    assert said in capsys.readouterr().err


def test_one_that_was_renamed_is_compared_when_told_so(county, capsys) -> None:
    two = [_form(county, 2023), _form(county, 2024, 1)]
    assert main(["compare", *two, "--renamed"]) == 0
    assert f"2023年度的名称：{Path(two[0]).stem}" in capsys.readouterr().out


def test_a_county_knows_by_its_roster_who_was_renamed(county, tmp_path, capsys) -> None:
    copy = tmp_path / "county"
    shutil.copytree(county, copy)
    former, own = Path(_form(copy, 2023)), Path(_form(copy, 2024, 1))
    Path(_form(copy, 2024)).unlink()
    Path(_form(copy, 2023, 1)).unlink()
    settings = (copy / "county.toml").read_text("utf-8")
    was = f'name = "{own.stem}"\nformerly = {{ names = ["{former.stem}"], since = 2024 }}'
    rest = [b for b in settings.split("[[agency]]") if f'"{former.stem}"' not in b]
    settings = "[[agency]]".join(rest).replace(f'name = "{own.stem}"', was)
    (copy / "county.toml").write_text(settings, "utf-8")
    assert main(["compare", str(copy), "--year", "2024", "--format", "json", "--quiet"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert own.stem in [one["agency"] for one in told["agencies"]]
    assert told["not_compared"] == []


def test_a_form_that_is_none_is_told_in_words(tmp_path, county, capsys) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04nothing")
    assert main(["compare", str(bad), _form(county, 2024)]) == 2
    said = capsys.readouterr().err
    assert "坏.xlsx" in said
    assert "Traceback" not in said


def test_a_mark_that_could_not_be_filled_is_told(county, tmp_path, capsys) -> None:
    assert main(["show", _form(county, 2023), "--format", "json"]) == 0
    record = json.loads(capsys.readouterr().out)
    item = next(one for one in record["narrative"] if one["section"] == "1.1")
    item["text"] = "新收{{ 没有这个数 }}件。"
    (tmp_path / "上年.json").write_text(json.dumps(record), encoding="utf-8")
    assert main(["compare", str(tmp_path / "上年.json"), _form(county, 2024)]) == 0
    assert "2023年度有 1 段的填数标记没有填上" in capsys.readouterr().out
