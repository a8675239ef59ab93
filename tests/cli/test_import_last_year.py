"""A published report of last year, imported, serves this year's form, checks and comparison."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gxgen import api
from gxgen.cli import main
from tests.published.corpus import Tables, Truth, shapes, tables_of, truth

AGENCY = "云垟县审计局"
COLUMNS = ("individual", "company", "research", "charity", "legal_service", "other", "total")
LAST = replace(truth(4), agency=AGENCY, year=2023)
THIS = replace(truth(7), agency=AGENCY, year=2024)


def page(what: Truth, damage: Callable[[Tables], None] = lambda _: None) -> bytes:
    """The report as a web page, its tables damaged first."""
    tables = tables_of(what)
    damage(tables)
    return shapes()["page"].write(what, tables)


def carried_out_lost(tables: Tables) -> None:
    """The row of what goes on next year has lost a cell, so that it is refused."""
    row = next(r for r in tables["requests"] if any("结转下年度继续办理" in c.text for c in r))
    row.pop()


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    api.init(tmp_path, county="云垟县", year=2024)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "inputs"


def data(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict]:
    capsys.readouterr()
    status = main([*words, "--format", "json"])
    return status, json.loads(capsys.readouterr().out)


def import_into(county: Path, what: Truth, made: bytes, *words: str) -> Path:
    source = county.parent / f"{what.year}.html"
    source.write_bytes(made)
    assert main(["import", str(source), "--to", f"inputs/{what.year}", *words]) == 0
    return county / str(what.year) / f"{what.agency}.xlsx"


def following(last: Truth, this: Truth) -> Truth:
    """This year's with what was carried over and what is in force as last year's have it."""
    values = dict(this.values)
    for column in COLUMNS:
        before = int(last.values[f"requests.carried_out.{column}"])
        out = int(values[f"requests.carried_out.{column}"])
        done = int(values[f"requests.processed.{column}"])
        received = max(out + done - before, 0)
        values[f"requests.carried_in.{column}"] = before
        values[f"requests.received.{column}"] = received
        values[f"requests.carried_out.{column}"] = before + received - done
    for row in ("rules", "normative_documents"):
        values[f"disclosure.{row}.issued"] = values[f"disclosure.{row}.repealed"] = 0
        values[f"disclosure.{row}.in_force"] = last.values[f"disclosure.{row}.in_force"]
    return replace(this, values=values)


def test_next_years_blank_is_prefilled_from_an_imported_page(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_into(county, LAST, page(LAST))
    assert main(["blank", AGENCY, "--year", "2024"]) == 0
    _, read = data(capsys, "show", f"inputs/2024/{AGENCY}.xlsx")
    given = {c: read["values"][f"requests.carried_in.{c}"] for c in COLUMNS}
    assert given == {c: LAST.values[f"requests.carried_out.{c}"] for c in COLUMNS}
    assert any(given.values())


def test_this_year_is_held_against_an_imported_last_year(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_into(county, LAST, page(LAST))
    sound = following(LAST, THIS)
    form = import_into(county, sound, page(sound))
    _, said = data(capsys, "build", str(form))
    codes = [found["code"] for found in said["findings"]]
    assert not {"GX301", "GX303", "GX704", "GX723"} & {*codes}, codes
    broken = dict(sound.values)
    for column in ("individual", "total"):  # sums hold, the year before says otherwise
        broken[f"requests.carried_in.{column}"] += 3
        broken[f"requests.received.{column}"] -= 3
    form = import_into(county, sound, page(replace(sound, values=broken)), "--force")
    status, said = data(capsys, "build", str(form))
    wrong = [found["key"] for found in said["findings"] if found["code"] == "GX301"]
    assert status == 1
    assert wrong == ["requests.carried_in.individual", "requests.carried_in.total"]


def test_what_was_refused_last_year_stays_blank_and_is_not_claimed_to_be_checked(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_into(county, LAST, page(LAST, carried_out_lost))
    assert main(["blank", AGENCY, "--year", "2024"]) == 0
    _, read = data(capsys, "show", f"inputs/2024/{AGENCY}.xlsx")
    assert [read["values"][f"requests.carried_in.{c}"] for c in COLUMNS[:-1]] == [None] * 6
    form = import_into(county, THIS, page(THIS), "--force")
    _, said = data(capsys, "check", str(form))
    assert not [found for found in said["findings"] if found["code"] == "GX301"]
    (told,) = [found for found in said["findings"] if found["code"] == "GX723"]
    assert "今年有 7 格没有与上年核对" in told["message"]


def test_any_mixture_of_files_is_compared_alike(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last, this = import_into(county, LAST, page(LAST)), import_into(county, THIS, page(THIS))
    _, record = data(capsys, "show", str(last))
    (county / "2023.json").write_text(json.dumps(record), encoding="utf-8")
    each = []
    for one in (last, county / "2023.json", county.parent / "2023.html"):
        for other in (this, county.parent / "2024.html"):
            status, said = data(capsys, "compare", str(one), str(other))
            assert status == 0
            each.append({key: said[key] for key in ("figures", "carried", "shares", "sections")})
    assert all(one == each[0] for one in each)
    known = {one["key"]: one["last"] for one in each[0]["figures"]}
    for key, value in LAST.values.items():
        assert known[key] == (str(value) if key == "disclosure.fees.amount" else value), key


def test_figures_that_were_refused_are_compared_as_not_read(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last, this = county / "a.html", county / "b.html"
    last.write_bytes(page(LAST, carried_out_lost))
    this.write_bytes(page(THIS))
    _, said = data(capsys, "compare", str(last), str(this))
    refused = {one["key"] for one in said["figures"] if one["unread"]}
    assert refused == {f"requests.carried_out.{c}" for c in COLUMNS}
    for one in said["figures"]:
        if one["key"] in refused:
            assert (one["last"], one["change"], one["unread"]) == (None, None, ["last"])
    assert said["last"]["unread"] == 7
    assert {tie["holds"] for tie in said["carried"]} == {None}
    assert main(["compare", str(last), str(this)]) == 0
    text = capsys.readouterr().out
    assert "7 格读不准，列作“读不准”），都不当作0。要比这些数，先用 gxgen import" in text
    assert "7 处有格没有数，无从核对" in text


@pytest.mark.parametrize(("name", "made", "said"), [
    ("a.txt", "只是一封信".encode(), "没有找到年度报告的六个部分"),
    ("a.docx", b"MZ\x90\x00" + bytes(99), "是程序，不是文档"),
])  # fmt: skip
def test_what_is_no_report_is_not_compared(
    name: str, made: bytes, said: str, county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (county / name).write_bytes(made)
    (county / "b.html").write_bytes(page(THIS))
    assert main(["compare", str(county / name), str(county / "b.html")]) == 2
    assert said in capsys.readouterr().err
