"""``gxgen import`` of published reports: the form that is written, what is said, how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gxgen.cli import main
from tests.published.corpus import made, shapes, tables_of, truth


def import_json(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict]:
    capsys.readouterr()
    status = main(["import", *words, "--format", "json"])
    return status, json.loads(capsys.readouterr().out)


def shown(capsys: pytest.CaptureFixture[str], form: Path) -> dict:
    capsys.readouterr()
    main(["show", str(form), "--format", "json"])
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "a0123.html"
    path.write_bytes(made(truth(5), shapes()["page"]))
    return path


def test_a_page_becomes_a_form(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    what = truth(5)
    status, said = import_json(capsys, str(page), "--to", str(tmp_path / "in"))
    form = tmp_path / "in" / f"{what.agency}.xlsx"
    assert (status, said["written"], said["faults"]) == (0, [str(form)], [])
    read = shown(capsys, form)
    assert (read["agency"], read["year"], read["edition"]) == (what.agency, what.year, "2021")
    amount = "disclosure.fees.amount"
    assert read["values"] == {**what.values, amount: str(what.values[amount])}


def test_refused_cells_are_blank_and_told_with_their_side(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    what = truth(5)
    tables = tables_of(what)
    row = next(r for r in tables["requests"] if any(c.text == "2.重复申请" for c in r))
    row.pop()
    (tmp_path / "a.txt").write_bytes(shapes()["tabs"].write(what, tables))
    status, said = import_json(capsys, str(tmp_path / "a.txt"), "--to", str(tmp_path))
    assert status == 0
    (found,) = (f for f in said["findings"] if f["code"] == "GX810")
    assert found["side"] == "reading"
    assert found["severity"] == "warning"
    assert "规定有7个数，这里有6格" in found["message"]
    assert found["place"].startswith("a.txt 第")
    values = shown(capsys, tmp_path / f"{what.agency}.xlsx")["values"]
    blank = {key for key, value in values.items() if value is None}
    parts = {key for key in what.values if ".repeated." in key}
    assert blank == parts


def test_one_bad_file_stops_no_other(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "坏.doc"
    bad.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 512)
    status, said = import_json(capsys, str(bad), str(page), "--to", str(tmp_path / "in"))
    assert status == 1
    assert [f["code"] for f in said["findings"] if f["severity"] == "error"] == ["GX802"]
    assert len(said["written"]) == 1


def test_nothing_is_written_over_unasked(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = (str(page), "--to", str(tmp_path / "in"))
    assert import_json(capsys, *words)[0] == 0
    status, said = import_json(capsys, *words)
    assert status == 2
    assert "没有覆盖" in said["faults"][0]
    assert import_json(capsys, *words, "--force")[0] == 0


def test_what_a_report_does_not_say_is_an_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    what = truth(5)
    text = made(what, shapes()["tabs"]).decode().splitlines()[2:-2]
    path = tmp_path / "无题.txt"
    path.write_text("\n".join(text), encoding="utf-8")
    status, said = import_json(capsys, str(path), "--to", str(tmp_path))
    assert status == 1
    assert [f["code"] for f in said["findings"]] == ["GX804"]
    words = (str(path), "--to", str(tmp_path), "--agency", "云垟县某局")
    status, said = import_json(capsys, *words)
    assert (status, said["written"]) == (0, [str(tmp_path / "云垟县某局.xlsx")])


def test_the_side_stands_on_the_screen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(made(truth(3, "2021-one-row"), shapes()["page"]))
    assert main(["import", str(path), "--to", str(tmp_path)]) == 0
    assert "核实 GX817（原报告）" in capsys.readouterr().out


def test_two_files_cannot_be_of_one_agency(page: Path, tmp_path: Path) -> None:
    assert main(["import", str(page), str(page), "--to", str(tmp_path), "--agency", "某局"]) == 2
