"""``gxgen pack``: what is packed is what was built, whole and with its checksums."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from gxgen import api
from gxgen.cli import main
from gxgen.county.batch import Result
from gxgen.county.kit.packing import CHECKSUMS, HANDED_UP, PRINTED, RETURNED
from gxgen.demo.county import Demo, write_demo

COUNTY, YEAR = "试县", 2025


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five units, one with faults, as DOCX and PDF."""
    root = tmp_path_factory.mktemp("pack")
    write_demo(root / "inputs", Demo(COUNTY, YEAR, 5, 1, 1), None)
    _build(root)
    return root


def _build(root: Path) -> Result:
    formats = ("docx", "pdf")
    return api.build([root / "inputs"], output=root / "output", formats=formats, workers=1)


def _pack(root: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> int:
    monkeypatch.chdir(root)
    return main(["pack", "--year", str(YEAR), "-q", *more])


def _sums(text: str) -> dict[str, str]:
    return {name: sha for sha, _, name in (line.partition("  ") for line in text.splitlines())}


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_everything_is_packed_once_and_true_to_its_checksums(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = built / "output" / str(YEAR)
    assert _pack(built, monkeypatch, "--print") == 1  # a unit's form goes back: a draft
    assert "全县汇总还是草稿" in capsys.readouterr().out
    packs = {path.name: path.read_bytes() for path in (home / "打包").iterdir()}
    sums = _sums(packs.pop(CHECKSUMS).decode())
    assert sums == {name: _sha(data) for name, data in packs.items()}
    inner: dict[str, dict[str, bytes]] = {}
    for name, data in packs.items():
        if name.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                inner[name] = {one: archive.read(one) for one in archive.namelist()}
            listed = _sums(inner[name].pop(CHECKSUMS).decode())
            assert listed == {one: _sha(content) for one, content in inner[name].items()}
    units = json.loads((home / "build.json").read_text("utf-8"))["units"]
    reports = {one["file"] for u in units if u["outcome"] == "built" for one in u["outputs"]}
    by_kind = [one for name, files in inner.items() if name.startswith("报告-") for one in files]
    assert sorted(by_kind) == sorted(reports)
    assert set(inner[HANDED_UP]) == {f"各单位报告/{name}" for name in reports}
    (back,) = [u["agency"] for u in units if u["outcome"] == "refused"]
    assert set(inner[RETURNED]) == {
        f"returns/{back}.xlsx", f"退回通知/{back}.docx", f"退回通知/{back}.txt"
    }  # fmt: skip
    for files in inner.values():
        for name, data in files.items():
            assert data == (home / name.removeprefix("各单位报告/")).read_bytes()
    _printed(packs[PRINTED], units, home)


def _printed(data: bytes, units: list[dict], home: Path) -> None:
    """Every report is in it, on the front of a sheet, under its bookmark, whole."""
    pdf = pypdfium2.PdfDocument(data)
    marks = [(one.get_title(), one.level, one.get_dest().get_index()) for one in pdf.get_toc()]
    built = {u["agency"]: u for u in units if u["outcome"] == "built"}
    assert {title for title, level, _ in marks if level == 1} == set(built)
    starts = {title: page for title, level, page in marks if level == 1}
    for name, page in starts.items():
        (file,) = [o["file"] for o in built[name]["outputs"] if o["file"].endswith(".pdf")]
        own = pypdfium2.PdfDocument(home / file)
        assert page % 2 == 0
        for at in range(len(own)):
            texts = [
                doc[n].get_textpage().get_text_range() for doc, n in ((pdf, page + at), (own, at))
            ]
            assert texts[0] == texts[1] != ""


def test_packing_twice_writes_the_same_and_a_change_takes_the_packs_away(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "copy"
    shutil.copytree(built / "inputs", root / "inputs")
    home = root / "output" / str(YEAR)
    _build(root)
    _pack(root, monkeypatch, "--print")
    before = {path: path.read_bytes() for path in (home / "打包").iterdir()}
    _pack(root, monkeypatch)
    assert {path: path.read_bytes() for path in (home / "打包").iterdir()} == before
    _build(root)
    assert {path: path.read_bytes() for path in (home / "打包").iterdir()} == before
    form = next(path for path in (root / "inputs" / str(YEAR)).iterdir())
    form.unlink()
    result = api.build(
        [root / "inputs"], output=root / "output", workers=1, formats=("docx", "pdf")
    )
    assert set(before) <= set(result.removed) and not (home / "打包").exists()
    capsys.readouterr()


def test_what_cannot_be_printed_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_demo(tmp_path / "inputs", Demo(COUNTY, YEAR, 1, 0, 1), None)
    assert _pack(tmp_path, monkeypatch, "--print") == 2
    assert "1个单位的报告没有 PDF" in (said := capsys.readouterr().err)
    assert "gxgen build --format docx,pdf" in said
    assert _pack(tmp_path, monkeypatch) == 0  # everybody is in
    names = zipfile.ZipFile(tmp_path / f"output/{YEAR}/打包/{HANDED_UP}").namelist()
    assert f"{COUNTY}人民政府{YEAR}年政府信息公开工作年度报告.docx" in names
    assert not [name for name in names if "问题清单" in name or "催报" in name]
