"""Marked copies before the Open XML SDK and through LibreOffice."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from gxgen.form.layout import FINDINGS_SHEET
from gxgen.form.mark.workbook import findings_workbook
from tests.factory import checked
from tests.form.mark_support import changed, faulty, filled, finding, load, marked, marks, mend
from tests.form.test_mark_again import comments, fills, note
from tests.support import need_tool, schema_errors, soffice

pytestmark = pytest.mark.tool


def through_office(data: bytes, folder: Path) -> bytes:
    (folder / "out").mkdir(exist_ok=True)
    source = folder / "copy.xlsx"
    source.write_bytes(data)
    return soffice(source, "xlsx", folder / "out", folder / "profile").read_bytes()


def errors(data: bytes, folder: Path) -> list[str]:
    path = folder / "judged.xlsx"
    path.write_bytes(data)
    return schema_errors(path)


def test_the_sdk_finds_nothing_wrong(tmp_path: Path) -> None:
    _, diagnostics = faulty()
    copy = marked(filled(), diagnostics)
    assert errors(copy, tmp_path) == []
    assert errors(marked(copy, diagnostics[:2]), tmp_path) == []
    assert errors(findings_workbook(diagnostics, "某局错误清单"), tmp_path) == []


def test_the_sdk_finds_nothing_new_where_comments_were(tmp_path: Path) -> None:
    data = changed(filled(), note)
    copy = marked(data, [finding("表三", (8, 6)), finding("表三", (9, 3))])
    assert len(errors(copy, tmp_path)) == len(errors(data, tmp_path))


def test_saved_by_libreoffice_it_checks_the_same_and_is_known_again(tmp_path: Path) -> None:
    first = through_office(faulty()[0], tmp_path)
    diagnostics = list(checked(first).diagnostics)
    copy = marked(first, diagnostics)
    assert errors(copy, tmp_path) == []
    saved = through_office(copy, tmp_path)
    assert list(checked(saved).diagnostics) == diagnostics
    assert marks(load(saved)) == marks(load(copy)) != set()
    again = marked(saved, [])
    assert fills(again) == fills(first)
    assert comments(again) == {}
    assert errors(again, tmp_path) == []
    assert checked(changed(saved, mend)).passed


def test_comments_of_the_agency_survive_libreoffice(tmp_path: Path) -> None:
    data = changed(filled(), note)
    saved = through_office(marked(data, [finding("表三", (8, 6))]), tmp_path)
    assert comments(saved)["表三", "G9"].startswith("本局批注\n【填报检查】")
    assert comments(marked(saved, [])) == comments(data)


def test_the_list_prints_on_one_page_width(tmp_path: Path) -> None:
    data, diagnostics = faulty()
    source = tmp_path / "copy.xlsx"
    source.write_bytes(marked(data, diagnostics))
    pdf = soffice(source, "pdf", tmp_path, tmp_path / "profile")
    done = subprocess.run(
        [need_tool("pdftotext"), "-layout", str(pdf), "-"], capture_output=True, check=True
    )
    last = done.stdout.decode().rstrip("\f\n").split("\f")[-1]
    assert FINDINGS_SHEET in last
    assert all(one.code in last for one in diagnostics)
