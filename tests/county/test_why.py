"""``build --why`` says which sheet, which setting and which template has changed since the last."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import openpyxl
import pytest

from gxgen.cli import main
from gxgen.county.ledger import FILE, FOLDER
from gxgen.county.why import SAVED
from tests.county.test_january import NAMES, YEAR, form
from tests.support import ROOT


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two agencies, built once."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "inputs"
    (folder / str(YEAR)).mkdir(parents=True)
    agencies = "".join(f'[[agency]]\nname = "{name}"\n' for name in NAMES[:2])
    (folder / "county.toml").write_text(f'county = "云垟县"\nyear = {YEAR}\n{agencies}', "utf-8")
    for at, name in enumerate(NAMES[:2]):
        (folder / f"{YEAR}/{at}.xlsx").write_bytes(form(name, YEAR))
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    assert main(["build", "-q", "--jobs", "1"]) == 0
    return folder


def why(capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    main(["build", "-q", "--why", "--jobs", "1"])
    out, err = capsys.readouterr()
    assert not err, err
    said = [line.strip() for line in out.splitlines()]
    return [line for line in said if line.startswith("原因：")]


def saved(path: Path, sheet: str = "", cell: str = "", value: object = None) -> None:
    """As another program saves it: every part of the file differs."""
    book = openpyxl.load_workbook(path)
    if sheet:
        book[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())


def test_it_is_the_sheet(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = county / f"{YEAR}/0.xlsx"
    saved(path)
    assert why(capsys) == [f"原因：填报表（{SAVED}）"]
    saved(path, "表四", "A8", 3)
    assert why(capsys) == ["原因：填报表（表四）"]
    saved(path, "基本信息", "B4", "云垟县财政所")
    said = why(capsys)
    assert said[0].startswith("原因：填报表（基本信息"), said
    path.write_bytes(form(NAMES[0], YEAR))
    assert why(capsys)[0].count("表四") == 1


def test_it_is_the_setting_and_it_is_the_template(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    toml = county / "county.toml"
    text = toml.read_text("utf-8")
    toml.write_text('formats = ["html"]\n' + text, "utf-8")
    assert why(capsys) == ["原因：县的设置（county.toml 的 formats 或 --format）"] * 2
    (county / "words.toml").write_text('[lawful]\nsentences = ["通过云上驿站收到申请"]\n', "utf-8")
    assert why(capsys) == ["原因：县的设置（words.toml 的 lawful）"] * 2
    toml.write_text('formats = ["html"]\n' + text + '[[agency]]\nname = "云垟县林业局"\n', "utf-8")
    assert why(capsys) == ["原因：县的设置（county.toml 的名册）"] * 2
    template = Path("templates/official/report-2021.docx")
    template.write_bytes(Path("templates/illustrated/report-2021.docx").read_bytes())
    assert why(capsys) == ["原因：模板（report-2021.docx）"] * 2
    toml.write_text('style = "illustrated"\n' + toml.read_text("utf-8"), "utf-8")
    assert why(capsys)[0].startswith("原因：模板（county.toml 的 style")


def test_the_ledger_stays_small(county: Path) -> None:
    ledger = (county.parent / f"output/{YEAR}/{FOLDER}/{FILE}").read_bytes()
    *lines, foot = ledger.splitlines()[:3]
    assert len(lines) == 2
    assert max(line.count(b'"\xe8\xa1\xa8\xe5\x9b\x9b":"') for line in lines) == 1
    assert foot.count(b'"words.toml') == 5, "once, not for each form"
