"""``gxgen import`` of folders: every file told once, none stops another, nothing is lost."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from gxgen.cli import main
from gxgen.county.imports import one, run
from gxgen.county.imports.one import Taken, taken
from gxgen.county.plan import workbooks
from gxgen.county.pool import Budget
from gxgen.published.reader import Asked
from tests.published.corpus import Truth, made, shapes, truth

SHAPE = "page"


def put(folder: Path, name: str, what: Truth, shape: str = SHAPE) -> Path:
    path = folder / f"{name}{shapes()[shape].ending}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made(what, shapes()[shape]))
    return path


def of(seed: int, agency: str, year: int = 2023) -> Truth:
    """An invented report of an agency's year."""
    return replace(truth(seed), agency=agency, year=year)


def imported(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict]:
    capsys.readouterr()
    status = main(["import", *words, "--format", "json", "--quiet"])
    return status, json.loads(capsys.readouterr().out)


def rows(path: Path) -> list[dict[str, object]]:
    """The summary's rows by their heads."""
    sheet = openpyxl.load_workbook(path).active
    heads, *lines = list(sheet.iter_rows(min_row=3, values_only=True))
    return [dict(zip(heads, line, strict=True)) for line in lines]


def test_a_folder_becomes_forms_by_year_and_a_summary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, to = tmp_path / "公开", tmp_path / "表"
    put(source / "甲", "a", of(1, "云垟县甲局"))
    put(source / "甲", "b", of(2, "云垟县甲局", 2022))
    put(source, "c", of(3, "云垟县乙局"), "tabs")
    (source / "d.txt").write_text("没有报告", encoding="utf-8")
    (source / "照片.jpg").write_bytes(b"\xff\xd8\xff")
    status, said = imported(capsys, str(source), "--to", str(to))
    assert status == 1
    made_here = ["2022/云垟县甲局.xlsx", "2023/云垟县甲局.xlsx", "2023/云垟县乙局.xlsx"]
    assert sorted(said["written"]) == sorted(str(to / name) for name in made_here)
    assert said["summary"] == str(to / "导入汇总.xlsx")
    told = {Path(str(row["文件"])).name: row for row in rows(to / "导入汇总.xlsx")}
    assert list(told) == ["c.txt", "d.txt", "a.html", "b.html"]
    text, page, bad = told["c.txt"], told["a.html"], told["d.txt"]
    assert (page["单位"], page["年度"], page["格式"]) == ("云垟县甲局", 2023, "2021")
    assert (page["确实"], page["按次序"], page["没有读入"], page["原文没有"]) == (200, 0, 0, 0)
    assert page["填报表"] == str(to / "2023/云垟县甲局.xlsx")
    assert not page["要做的事"]
    assert text["按次序"] and "对照核对页" in str(text["要做的事"])
    assert (bad["填报表"], bad["确实"]) == ("", "")
    assert "六个部分" in str(bad["要做的事"])


def test_what_is_to_be_done_is_counted_on_the_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The row that the year's form does not have leaves 21 cells blank."""
    what = replace(truth(3, "2021-one-row"), agency="云垟县甲局")
    put(tmp_path / "公开", "a", what)
    imported(capsys, str(tmp_path / "公开"), "--to", str(tmp_path / "表"))
    (row,) = rows(tmp_path / "表/导入汇总.xlsx")
    assert row["要做的事"] == "填报表里补填 21 格"
    assert row["格式"] == "2021-one-row"


def test_what_is_no_report_is_told_on_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path / "公开", "a", of(1, "云垟县甲局"))
    (tmp_path / "公开/照片.jpg").write_bytes(b"\xff\xd8\xff")
    assert main(["import", str(tmp_path / "公开"), "--to", str(tmp_path / "表")]) == 0
    out, err = capsys.readouterr()
    assert "另有 1 个文件不是报告的格式，没有读：.jpg 1 个" in out
    assert "[1/1] a.html" in err


@pytest.mark.parametrize("years", [(2023, 2023), (2022, 2023)])
def test_of_two_files_for_one_form_neither_is_lost_in_silence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], years: tuple[int, int]
) -> None:
    one = put(tmp_path, "a", of(1, "云垟县甲局", years[0]))
    other = put(tmp_path, "b", of(2, "云垟县甲局", years[1]))
    for force in ((), ("--force",)):  # even then not what this very run has written
        status, said = imported(capsys, str(one), str(other), "--to", str(tmp_path / "表"), *force)
        assert status == 2
        (fault,) = said["faults"]
        assert str(one) in fault and str(other) in fault and "没有导入" in fault
        assert said["written"] == [str(tmp_path / "表/云垟县甲局.xlsx")]
        capsys.readouterr()
        main(["show", said["written"][0], "--format", "json"])
        assert json.loads(capsys.readouterr().out)["year"] == years[0]


def test_nothing_that_is_there_is_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path / "公开", "a", of(1, "云垟县甲局"))
    to = tmp_path / "2023"
    assert imported(capsys, str(tmp_path / "公开"), "--to", str(to))[0] == 0
    before = {path.name: path.read_bytes() for path in to.iterdir()}
    assert sorted(before) == ["云垟县甲局.xlsx", "云垟县甲局.核对.html", "导入汇总.xlsx"]
    put(tmp_path / "公开", "a", of(2, "云垟县甲局"))
    status, said = imported(capsys, str(tmp_path / "公开"), "--to", str(to))
    assert (status, said["written"]) == (2, [])
    assert {path.name: path.read_bytes() for path in to.iterdir()}.items() >= before.items()
    assert said["summary"] == str(to / "导入汇总（2）.xlsx")
    assert workbooks(to) == ["云垟县甲局.xlsx"], "a summary is no form"


def test_a_form_of_another_year_does_not_go_into_a_years_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(tmp_path, "a", of(1, "云垟县甲局", 2022))
    status, said = imported(capsys, str(path), "--to", str(tmp_path / "2023"))
    assert (status, said["written"]) == (2, [])
    assert "是2022年度的" in said["faults"][0]
    assert str(tmp_path / "2022") in said["faults"][0]


def _crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _hang() -> None:
    time.sleep(600)


def _eat() -> None:
    raise MemoryError


def harmful(
    harm: Callable[[], None], data: bytes, name: str, asked: Asked, debug: bool = False
) -> Taken:
    """What a worker does, but for one file."""
    if name == "2.txt":
        harm()
    return taken(data, name, asked, debug)


@pytest.mark.skipif(sys.platform == "win32", reason="processes end by signals")
@pytest.mark.parametrize("harm, told", [
    (_crash, "中途崩溃"), (_hang, "还没有做完"), (_eat, "要用的内存"),
])  # fmt: skip
def test_a_file_that_harms_its_process_costs_itself(
    harm: Callable[[], None],
    told: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(5):
        put(tmp_path / "公开", f"{number}", of(number, f"云垟县第{number}局"), "tabs")
    monkeypatch.setattr(run, "taken", partial(harmful, harm))
    if harm is _hang:
        monkeypatch.setattr(run, "BUDGET", Budget(clock=30.0))
    words = (str(tmp_path / "公开"), "--to", str(tmp_path / "表"), "--jobs", "1")
    status, said = imported(capsys, *words)
    assert len(said["written"]) == 4
    assert status == 1
    (row,) = (r for r in rows(tmp_path / "表/导入汇总.xlsx") if not r["填报表"])
    assert str(row["文件"]).endswith("2.txt")
    assert told in str(row["要做的事"])


def test_no_cell_of_the_summary_is_a_formula(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """File names are strangers' words too."""
    name = "=1+1"
    put(tmp_path / "公开", name, of(1, "云垟县甲局"))
    monkeypatch.chdir(tmp_path / "公开")
    imported(capsys, f"{name}.html", f"{name}.html", "--to", str(tmp_path / "表"))
    sheet = openpyxl.load_workbook(tmp_path / "表/导入汇总.xlsx").active
    assert [c.value for c in sheet["B"][3:]] == [f"{name}.html"] * 2
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_an_exception_is_one_files_and_ends_with_three(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> Taken:
        raise LookupError("甲")

    monkeypatch.setattr(one, "_published", fails)
    found = taken(b"x", "a.txt", Asked())
    assert found.crashed and found.fault is not None
    assert "LookupError" in found.fault and "a.txt" in found.fault
    with pytest.raises(LookupError):
        taken(b"x", "a.txt", Asked(), debug=True)
