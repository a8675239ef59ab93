"""``gxgen trace`` of a report that was built: its form, or why not and what to do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gxgen.cli import main
from gxgen.county.ledger import FOLDER
from gxgen.county.outputs import MANIFEST
from tests.support import ROOT

SAMPLE = ROOT / "inputs/安丘市/2023/安丘市凌河街道办事处.xlsx"
YEAR = 2025


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county of three, built as DOCX and web page; with it its government's own report."""
    folder = tmp_path_factory.mktemp("county")
    with pytest.MonkeyPatch.context() as here:
        here.chdir(folder)
        words = ["init", ".", "--county", "云岭县", "--year", str(YEAR), "--demo", "3", "-q"]
        assert main(words) == 0
        assert main(["build", "-q", "--format", "docx,html"]) == 0
    return folder


@pytest.fixture
def own(county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The built county, at its own place, whatever a test does to it; gives one report."""
    shutil.copytree(county, tmp_path / "kept")
    monkeypatch.chdir(county)
    yield _report(county)
    shutil.rmtree(county)
    shutil.copytree(tmp_path / "kept", county)


def _report(county: Path, ending: str = ".docx") -> Path:
    found = sorted((county / "output" / str(YEAR)).glob(f"*报告{ending}"))
    return next(one for one in found if not one.name.startswith("云岭县人民政府"))


def _form(report: Path) -> Path:
    name = report.name.partition(str(YEAR))[0]
    return report.parents[2] / "inputs" / str(YEAR) / f"{name}.xlsx"


def _told(report: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main(["trace", str(report), *more])
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.mark.parametrize("ending", [".docx", ".html"])
def test_a_report_is_traced_through_its_form(own: Path, ending: str, capsys) -> None:
    report = _report(own.parents[2], ending)
    assert _told(_form(report), capsys)[1]
    by_form = _told(_form(report), capsys)[1]
    status, out, err = _told(report, capsys)
    assert (status, out) == (0, by_form)
    assert f"由填报表 {_form(report)} 生成，两者生成以后都没有改过" in err
    status, out, _ = _told(report, capsys, "表三!J8", "--format", "json")
    record = json.loads(out)
    assert (record["file"], record["figures"][0]["cell"]) == (_form(report).name, "J8")


def test_the_page_is_written_too(own: Path, tmp_path: Path, capsys) -> None:
    status, *_ = _told(own, capsys, "--page", str(tmp_path / "数.html"))
    assert status == 0
    assert _form(own).stem in (tmp_path / "数.html").read_text(encoding="utf-8")


def test_a_report_that_was_edited_is_not_traced(own: Path, capsys) -> None:
    own.write_bytes(own.read_bytes() + b"\n")
    status, out, err = _told(own, capsys)
    assert (status, out) == (2, "")
    assert "不是当初生成的那一份" in err
    assert f"写回填报表（{_form(own).name}）" in err


def test_a_form_that_was_changed_since_is_not_traced(own: Path, capsys) -> None:
    form = _form(own)
    form.write_bytes(_form(_other(own)).read_bytes())
    status, out, err = _told(own, capsys)
    assert (status, out) == (2, "")
    assert "填报表改过" in err
    assert "先重新生成" in err


def test_a_text_that_came_since_counts_as_a_change(own: Path, capsys) -> None:
    _form(own).with_suffix(".txt").write_text("一、总体情况\n", encoding="utf-8")
    assert "同名文字文件改过" in _told(own, capsys)[2]


def test_a_form_that_is_gone_is_named(own: Path, capsys) -> None:
    _form(own).unlink()
    assert f"由 {_form(own)} 生成，现在没有这个文件了" in _told(own, capsys)[2]


def _other(report: Path) -> Path:
    found = sorted(report.parent.glob("*报告.docx"))
    return next(one for one in found if one != report and "人民政府2" not in one.name)


def test_the_county_s_own_report_is_a_sum(own: Path, capsys) -> None:
    (path,) = own.parent.glob("云岭县人民政府*.docx")
    status, _, err = _told(path, capsys)
    assert status == 2
    assert "各单位之和" in err
    assert "各单位之和" in _told(own.parent / "index.html", capsys)[2]


def test_a_report_from_elsewhere_is_refused_with_the_remedy(
    own: Path, tmp_path: Path, capsys
) -> None:
    there = tmp_path / "收到" / own.name
    there.parent.mkdir()
    shutil.copy(own, there)
    status, _, err = _told(there, capsys)
    assert status == 2
    assert "不是这里生成的报告" in err
    assert "gxgen import" in err
    stranger = own.with_name("另一份报告.docx")
    stranger.write_bytes(own.read_bytes())
    assert "不是这里生成的报告" in _told(stranger, capsys)[2]


def test_in_a_copied_folder_the_manifest_names_the_form(
    own: Path, tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(own.parents[2], copy)
    report = _report(copy)
    for here in (copy, tmp_path):
        monkeypatch.chdir(here)
        status, out, err = _told(report, capsys)
        assert status == 0
        assert out == _told(_form(report), capsys)[1]
        assert "不知道这份填报表在生成以后改过没有" in err
    report.write_bytes(report.read_bytes() + b"\n")
    assert "不是当初生成的那一份" in _told(report, capsys)[2]
    shutil.copy(own, report)
    shutil.rmtree(copy / "inputs")
    assert f"由填报表 {_form(report).name} 生成，没有找到它" in _told(report, capsys)[2]


@pytest.mark.parametrize(
    "manifest",
    [b"", b"[]", b"{}", b'{"units": 5}', b"[" * 100_000, b'{"units": [null]}', b"\xff\xfe"],
)
def test_a_manifest_that_cannot_be_read_names_nothing(
    own: Path, tmp_path: Path, manifest: bytes, capsys
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(own.parent, copy)
    shutil.rmtree(copy / FOLDER)
    (copy / MANIFEST).write_bytes(manifest)
    assert "不是这里生成的报告" in _told(copy / own.name, capsys)[2]


def test_a_forged_manifest_leads_nowhere(own: Path, tmp_path: Path, capsys) -> None:
    """It may name any file; only forms that would be built into the very folder are opened."""
    secret = tmp_path / "秘密.xlsx"
    shutil.copy(_form(own), secret)
    copy = tmp_path / "copy"
    shutil.copytree(own.parent, copy)
    manifest = json.loads((copy / MANIFEST).read_bytes())
    for unit in manifest["units"]:
        unit["input"] = str(secret)
    (copy / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    status, out, err = _told(copy / own.name, capsys)
    assert (status, out) == (2, "")
    assert "没有找到它" in err


def test_a_form_outside_a_county_is_found_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "来件").mkdir()
    form = tmp_path / "来件" / SAMPLE.name
    shutil.copy(SAMPLE, form)
    assert main(["build", str(form), "--quiet"]) == 0
    (report,) = tmp_path.rglob("*年度报告*.docx")
    status, out, err = _told(report, capsys, "2")
    assert (status, "表三!J8" in out) == (0, True)
    assert "两者生成以后都没有改过" in err
