"""``gxgen blank`` beside last year's forms: each form once, and a word on what cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from gxgen.api import blank
from gxgen.cli import main
from gxgen.editions.declared import EDITIONS
from gxgen.form.read.workbook import read_workbook
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.agency import Agency
from tests.factory import make_report

EDITION = EDITIONS["2021"]
NAMES = ("甲局", "乙局", "丙局")


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A county of three agencies, with last year's forms; the folder of these."""
    monkeypatch.chdir(tmp_path)
    last = tmp_path / "inputs/2023"
    last.mkdir(parents=True)
    for name in NAMES:
        (last / f"{name}.xlsx").write_bytes(_form(name, 2023))
    agencies = "".join(f'[[agency]]\nname = "{n}"\nshort_name = "{n[0]}"\n' for n in NAMES)
    text = f'county = "某县"\nyear = 2024\n{agencies}'
    (tmp_path / "inputs/county.toml").write_text(text, encoding="utf-8")
    return last


def _form(name: str, year: int) -> bytes:
    report = make_report(EDITION, agency=Agency(name), year=year)
    return blank_workbook(EDITION, year, agency=report.agency, fill=report)


def _prefilled(name: str) -> bool:
    path = Path(f"inputs/2024/{name}.xlsx")
    report = read_workbook(path.read_bytes(), path.name).report
    assert report is not None
    return report.values.get("requests.carried_in.total") is not None


def test_forms_take_over_last_year_without_a_word(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["blank", "--all", "--year", "2024"]) == 0
    assert capsys.readouterr().err == ""
    assert all(map(_prefilled, NAMES))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04 cut off", "inputs/2023/乙局.xlsx 读不出来：.*损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "inputs/2023/乙局.xlsx 读不出来"),
        (_form("乙局", 2022), "inputs/2023/乙局.xlsx 是“乙局”2022年度的，应是“乙局”2023年度的"),
        (_form("丁局", 2023), "inputs/2023/乙局.xlsx 是“丁局”2023年度的，应是“乙局”2023年度的"),
    ],
)
def test_last_year_s_form_that_cannot_be_used_is_told(
    county: Path, capsys: pytest.CaptureFixture[str], content: bytes, why: str
) -> None:
    import re

    (county / "乙局.xlsx").write_bytes(content)
    assert main(["blank", "--all", "--year", "2024"]) == 0
    told = capsys.readouterr()
    assert re.search(why, told.err), told.err
    assert told.err.count("\n") == 1
    assert "新表没有预填上年数；更正上年的文件后加 --force 重新生成" in told.err
    assert told.out.count("已生成") == 3
    assert [_prefilled(name) for name in NAMES] == [True, False, True]


def test_no_form_of_last_year_is_no_fault(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (county / "乙局.xlsx").unlink()
    assert main(["blank", "--all", "--year", "2024"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("names", [["甲局"], ["甲"], ["甲局", "甲", "乙"]])
def test_an_agency_named_beside_all_is_written_once(county: Path, names: list[str]) -> None:
    written = blank(names, year=2024, everyone=True)
    assert [path.stem for path in written] == list(NAMES)
    assert [path.stem for path in blank(names, year=2024, force=True)] == sorted(
        {path.stem for path in written if path.stem[0] in "".join(names)}, key=NAMES.index
    )
