"""``gxgen trace`` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gxgen.cli import main
from tests.support import ROOT

SAMPLE = str(ROOT / "inputs/安丘市/2023/安丘市凌河街道办事处.xlsx")


def test_a_number_with_its_cell_its_sentence_and_what_checked_it(capsys) -> None:
    assert main(["trace", SAMPLE, "2"]) == 0
    said = capsys.readouterr().out
    assert "表三!J8  一、本年新收政府信息公开申请数量·总计 ＝ 2" in said
    assert "GX101  对得上：" in said
    assert "正文!C20  “2件”" in said
    assert "读法  “收到申请”：表三!J8" in said


def test_without_a_number_all_is_listed_and_summed_up(capsys) -> None:
    assert main(["trace", SAMPLE]) == 0
    said = capsys.readouterr().out
    assert "【没有对照的数】" in said
    assert "“1554条”" in said
    assert said.rstrip().endswith("处。")


def test_of_many_zeros_those_with_nothing_to_tell_are_counted(capsys) -> None:
    assert main(["trace", SAMPLE, "0"]) == 0
    said = capsys.readouterr().out
    assert len(said.splitlines()) < 60
    assert "格是 0，正文没有写到" in said
    assert "“都没有发生行政复议、行政诉讼”" in said
    assert main(["trace", SAMPLE, "0", "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["figures"]) > 100


def test_json_has_every_figure_and_is_alone_on_stdout(capsys) -> None:
    assert main(["trace", SAMPLE, "--format", "json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["format"], len(record["figures"])) == (1, 200)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([SAMPLE, "abc"], "看不出“abc”是什么数"),
        (["报告.docx"], "没有这个文件"),
        (["没有.xlsx"], "没有这个文件"),
        ([str(ROOT / "inputs")], "是文件夹"),
    ],
)
def test_wrong_use_is_told_in_words(words, said, capsys) -> None:
    assert main(["trace", *words]) == 2
    assert said in capsys.readouterr().err


def test_what_is_no_workbook_is_told_as_check_tells_it(tmp_path: Path, capsys) -> None:
    path = tmp_path / "某局.xlsx"
    path.write_bytes(b"no workbook")
    assert main(["trace", str(path)]) == 1
    assert "错误" in capsys.readouterr().out
    assert main(["trace", str(path), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["findings"]
