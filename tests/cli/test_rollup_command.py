"""``gxgen rollup`` as a user calls it, after builds in whatever formats; and what ``--format json``
tells of a build beside its units."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gxgen import api
from gxgen.cli import main
from gxgen.formats.registry import format_of
from tests.county.test_incremental import visible
from tests.county.test_unreadable import refuse

YEAR = 2024
OWN = f"云垟县人民政府{YEAR}年"


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A county of two agencies and its government, all of them sound; a folder to stand in."""
    monkeypatch.chdir(tmp_path)
    api.init(tmp_path, county="云垟县", year=YEAR, demo=2, years=1)
    return tmp_path


def _build(*options: str) -> None:
    assert main(["build", "--quiet", *options]) == 0


def _rollup(*options: str) -> None:
    assert main(["rollup", "--year", str(YEAR), "--quiet", *options]) == 0


def _formats(county: Path) -> tuple[set[str | None], set[str | None]]:
    """The formats of the county's own report, and those of its agencies'."""
    names = [path.name for path in (county / "output" / str(YEAR)).iterdir()]
    titled = [name for name in names if format_of(name) and "报告" in name]
    own = {format_of(name) for name in titled if name.startswith(OWN)}
    return own, {format_of(name) for name in titled if not name.startswith(OWN)}


@pytest.mark.parametrize(
    ("built", "rolled", "own", "agencies"),
    [
        ("docx,html", "", {"docx", "html"}, {"docx", "html"}),
        ("docx,html", "docx", {"docx", "html"}, {"docx", "html"}),
        ("docx", "docx,html,pdf", {"docx", "html", "pdf"}, {"docx"}),
        ("html", "fragment", {"fragment", "html"}, {"html"}),
        ("", "html", {"docx", "html"}, {"docx"}),
    ],
)
def test_its_formats_are_for_the_county_alone_and_what_is_withdrawn_is_said(
    county: Path,
    capsys: pytest.CaptureFixture[str],
    built: str,
    rolled: str,
    own: set[str],
    agencies: set[str],
) -> None:
    _build("--format", built)
    capsys.readouterr()
    before = visible(county / "output")
    _rollup("--format", rolled)
    said = capsys.readouterr().out
    assert _formats(county) == (own, agencies)
    after = visible(county / "output")
    gone = {name for name in before if name not in after}
    assert all(Path(name).name.startswith(OWN) for name in gone)
    assert {line.partition("：")[2] for line in said.splitlines() if "已撤下" in line} == {
        f"output/{name}" for name in gone
    }
    for name in after.keys() & before.keys():
        if not Path(name).name.startswith(OWN) and not name.endswith(("index.html", "build.json")):
            assert after[name] == before[name]
    _rollup("--format", rolled)
    assert visible(county / "output") == after


def test_a_changed_agency_is_built_in_the_formats_of_the_last_build(county: Path) -> None:
    _build("--format", "docx,html")
    form = next(p for p in (county / f"inputs/{YEAR}").glob("*.xlsx") if not p.name.startswith(OWN))
    form.with_suffix(".txt").write_text("", encoding="utf-8")
    _rollup("--format", "pdf")
    assert _formats(county) == ({"docx", "html", "pdf"}, {"docx", "html"})
    _rollup()
    assert _formats(county) == ({"docx", "html", "pdf"}, {"docx", "html"})
    _build("--prune")
    assert _formats(county) == ({"docx"}, {"docx"})
    assert main(["build", "--quiet", "-o", "clean"]) == 0
    assert visible(county / "output") == visible(county / "clean")


def test_without_any_build_the_county_s_settings_count(county: Path) -> None:
    path = county / "inputs/county.toml"
    text = path.read_text(encoding="utf-8")
    assert 'formats = ["docx"]' in text
    path.write_text(text.replace('["docx"]', '["html"]'), encoding="utf-8")
    _rollup("--format", "docx")
    assert _formats(county) == ({"docx"}, {"html"})


def test_who_makes_the_pdf_is_asked_for_the_county_alone(county: Path) -> None:
    _build("--format", "pdf", "--pdf", "builtin")
    before = visible(county / "output")
    _rollup("--format", "pdf", "--pdf", "builtin")
    assert visible(county / "output") == before


def _json(capsys: pytest.CaptureFixture[str], status: int, *arguments: str) -> dict[str, Any]:
    assert main([*arguments, "--quiet"]) == status
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return said


def test_json_tells_what_was_withdrawn_and_what_is_worth_knowing(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _json(capsys, 0, "build", "--format", "json,docx,pdf")
    assert told["removed"] == []
    assert any("PDF 由" in remark for remark in told["remarks"])
    assert told["faults"] == []
    rolled = _json(capsys, 0, "rollup", "--year", str(YEAR), "--format", "json,docx")
    assert rolled.keys() >= {"findings", "checked", "outputs", "removed", "faults", "remarks"}
    assert rolled["removed"] == []
    assert all(Path(name).is_file() for name in rolled["outputs"])
    told = _json(capsys, 0, "build", "--prune", "--format", "json,html")
    assert {format_of(name) for name in told["removed"]} == {"docx", "pdf"}
    assert len(told["removed"]) == 6
    assert not any(Path(name).exists() for name in told["removed"])
    assert told["remarks"] == []


def test_what_could_not_be_read_or_written_is_told_and_counts(
    county: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _build()
    forms = sorted((county / f"inputs/{YEAR}").glob("*.xlsx"))
    for form in forms:
        with monkeypatch.context() as patch:
            refuse(patch, form)
            assert main(["rollup", "--year", str(YEAR), "--jobs", "1", "--quiet"]) == 2
            assert f"读不了文件：{form.relative_to(county)}" in capsys.readouterr().err
            told = _json(
                capsys, 2, "rollup", "--year", str(YEAR), "--jobs", "1", "--format", "json"
            )
            assert told["removed"] == []
            if form.stem == "云垟县人民政府":
                assert str(form.relative_to(county)) in "".join(told["faults"])
