"""``gxgen doctor`` as a user calls it: what it prints, and its exit status."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gxgen.cli import main
from gxgen.county.agency_year import Filing
from gxgen.county.unit import read_unit
from gxgen.document.blocks import compose
from gxgen.editions.declared import EDITIONS
from gxgen.fonts.faces import Role, official
from gxgen.fonts.findings import texts_by_role
from gxgen.form.write.workbook import blank_workbook
from gxgen.formats import doctor as looking
from gxgen.formats.office.program import VARIABLE
from gxgen.model.agency import Agency
from gxgen.model.narrative import Paragraph
from gxgen.model.report import Report
from tests.factory import make_report
from tests.formats.fonts_support import font, save
from tests.support import ROOT

RARE = "𡌴"
PRIVATE = "\ue999"
NAMES = ("云垟县甲局", f"云垟县{RARE}里镇人民政府")


def _form(name: str, year: int, added: str = "") -> bytes:
    """A sound form of an agency; ``added`` stands behind its first paragraph."""
    report = make_report(EDITIONS["2021"], agency=Agency(name), year=year)
    first, *others = report.narrative
    said = replace(first, paragraphs=(Paragraph(first.paragraphs[0].text + added),))
    report = replace(report, narrative=(said, *others))
    return blank_workbook(report.edition, year, agency=report.agency, fill=report)


@cache
def _characters() -> str:
    """All that the reports are set in, but the rare ones."""
    words: set[str] = set()
    for year in (2023, 2024):
        for name in NAMES:
            report, _ = read_unit(Filing(f"{name}.xlsx", _form(name, year)))
            assert isinstance(report, Report)
            words.update(
                "".join(t for said in texts_by_role(compose(report)).values() for t in said)
            )
    return "".join(sorted(words - {RARE, PRIVATE}))


@pytest.fixture
def fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with the official faces, without LibreOffice, and a cache of the test's own; a
    county's folder to stand in."""
    for at, role in enumerate(Role):
        save(tmp_path / "faces", f"{at}.ttf", font(official(role)[0], _characters()))
    monkeypatch.setattr(looking, "folders", lambda: (tmp_path / "faces",))
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none"))
    monkeypatch.setenv("GXGEN_CACHE", str(tmp_path / "cache"))
    (tmp_path / "inputs").mkdir()
    (tmp_path / "inputs/county.toml").write_text('county = "云垟县"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "faces"


def _file(name: str, year: int = 2024, added: str = "") -> Path:
    path = Path("inputs", str(year), f"{name}.xlsx")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(_form(name, year, added))
    return path


def _doctor(capsys: pytest.CaptureFixture[str], status: int, *arguments: str) -> str:
    assert main(["doctor", *arguments]) == status
    told = capsys.readouterr()
    assert told.err == ""
    return told.out


def _json(capsys: pytest.CaptureFixture[str], status: int, *arguments: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(_doctor(capsys, status, *arguments, "--format", "json"))
    return said


def test_a_machine_that_has_all_is_healthy(fonts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _file(NAMES[0])
    text = _doctor(capsys, 0)
    assert "✗" not in text
    assert "查了1个单位的文字，都能显示" in text
    assert text.endswith("没有问题。\n")
    told = _json(capsys, 0)
    assert told["healthy"] is True
    assert (told["agencies"], told["characters"]) == (1, [])


PROGRAM = {"name", "version", "path", "advice"}
KEYS: dict[str, set[str] | None] = {
    "gxgen": None,
    "python": None,
    "system": None,
    "office": PROGRAM,
    "typst": PROGRAM,
    "folders": None,
    "faces": {"role", "likeness", "face", "file", "source", "advice"},
    "characters": {"character", "agency", "role", "count", "face", "advice", "code_point"},
    "agencies": None,
    "cache": {"folder", "writable", "advice"},
    "healthy": None,
}


def test_the_keys_of_its_json_are_what_scripts_rely_on(
    fonts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _file(NAMES[1])
    told = _json(capsys, 1)
    assert told.keys() == {*KEYS, "format"}
    for name, keys in KEYS.items():
        for one in (told[name] if isinstance(told[name], list) else [told[name]]) if keys else ():
            assert one.keys() == keys, name
    assert [face["role"] for face in told["faces"]] == [role.value for role in Role]
    assert told["folders"] == [str(fonts)]


def test_a_character_that_no_font_has_is_named_with_its_agency(
    fonts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _file(NAMES[0], added=PRIVATE)
    _file(NAMES[1])
    text = _doctor(capsys, 1)
    assert f"✗ {NAMES[1]}：下列字没有字体能显示\n      “{RARE}”（U+21334）" in text
    assert f"✗ {NAMES[0]}：下列字没有字体能显示\n      自造字（U+E999）1处" in text
    assert PRIVATE not in text
    assert "→" in text.partition(RARE)[2]
    told = _json(capsys, 1)
    assert told["healthy"] is False
    lost = {(one["agency"], one["code_point"]) for one in told["characters"]}
    assert lost == {(NAMES[0], "U+E999"), (NAMES[1], "U+21334")}
    assert {one["face"] for one in told["characters"]} == {None}
    assert all(one["advice"] for one in told["characters"])


@pytest.mark.parametrize("year", [2023, 2024])
def test_no_year_of_an_agency_hides_another(
    fonts: Path, capsys: pytest.CaptureFixture[str], year: int
) -> None:
    for each in (2023, 2024):
        _file(NAMES[0], each, added=RARE if each == year else "")
    told = _json(capsys, 1)
    assert [(one["code_point"], one["count"]) for one in told["characters"]] == [("U+21334", 1)]
    assert told["agencies"] == 1


def test_only_what_is_named_is_looked_at(fonts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _file(NAMES[1])
    assert _json(capsys, 0, str(_file(NAMES[0])))["agencies"] == 1


def test_what_cannot_be_read_is_passed_over(
    fonts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _file(NAMES[0])
    (path.parent / "坏.xlsx").write_bytes(b"%PDF-1.7")
    (path.parent / "空.xlsx").write_bytes(b"")
    assert _json(capsys, 0)["agencies"] == 1


def test_without_any_workbook_the_machine_is_looked_at(
    fonts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "没有查报告的用字" in _doctor(capsys, 0)


def test_settings_that_are_wrong_are_told(fonts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("inputs/county.toml").write_text('county = "云垟县"\nyaer = 2024\n', encoding="utf-8")
    assert main(["doctor"]) == 2
    assert "yaer" in capsys.readouterr().err


def test_a_path_that_is_not_there_is_wrong_use(
    fonts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", "nowhere"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "没有这个文件或文件夹：nowhere" in told.err


def test_a_machine_that_lacks_a_face_is_told_what_to_do(
    fonts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (fonts / f"{list(Role).index(Role.BODY)}.ttf").unlink()
    text = _doctor(capsys, 1)
    line = next(line for line in text.splitlines() if "仿宋_GB2312" in line)
    assert line.startswith("  ✗ ")
    assert text.endswith("请按“→”后面的办法处理。\n")
    assert next(f for f in _json(capsys, 1)["faces"] if f["role"] == "仿宋_GB2312")["advice"]


PROMISES: dict[tuple[str, str], tuple[str, ...]] = {
    ("README.zh-CN.md", "这台电脑的字体、PDF 引擎、版本；各单位文字里有哪些字没有字体能显示"): (
        *("【字体】", "仿宋_GB2312", "【生成 PDF 的程序】", "LibreOffice", "typst"),
        *("gxgen ", "Python "),
        *("下列字没有字体能显示", RARE),
    ),
    ("README.zh-CN.md", "缺什么用 `gxgen doctor` 看"): ("✗ 仿宋_GB2312", "→ "),
    ("docs/guide.zh-CN.md", "没有中文字体或缺字的，`gxgen doctor` 会说明缺什么、怎么补"): (
        *("✗ 仿宋_GB2312", "→ ", "请按“→”后面的办法处理"),
    ),
    ("README.md", "fonts, PDF engines, versions; characters of the agencies' texts"): (),
    ("README.md", "`gxgen doctor` says which are wanting"): (),
}  # fmt: skip
"""What pages say that it tells, and the words by which it does; English ones say the same."""


def test_what_the_pages_promise_it_tells(fonts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (fonts / f"{list(Role).index(Role.BODY)}.ttf").unlink()
    _file(NAMES[1])
    text = _doctor(capsys, 1)
    named = 0
    for (page, promise), words in PROMISES.items():
        assert promise in (ROOT / page).read_text("utf-8"), promise
        named += len(words)
        assert [word for word in words if word not in text] == [], promise
    assert named
    pages = [ROOT / name for name in ("README.md", "README.zh-CN.md", "docs/guide.zh-CN.md")]
    others = [p for p in (ROOT / "docs").glob("*.md") if p not in pages]
    assert [p.name for p in others if "gxgen doctor" in p.read_text("utf-8")] == []
    lists = ("take `--format json`", "都可加 `--format json`")
    said = sum(
        "doctor" in line and not any(one in line for one in lists)
        for page in pages
        for line in page.read_text("utf-8").splitlines()
    )
    assert said == len(PROMISES), "a page promises more"
