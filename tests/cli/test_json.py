"""Every JSON that a command prints, and ``build.json``, is of the schema that is shipped for it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import typer.main
from jsonschema import Draft202012Validator

from gxgen import api
from gxgen.api.project import Project
from gxgen.checks import registry
from gxgen.cli import main
from gxgen.cli.app import app
from gxgen.diagnostics import FORMAT
from gxgen.show.schema import SCHEMAS, schema
from gxgen.show.schema.shipped import MODELS, generated
from tests.shapes import misfits

YEAR = 2025
Says = Callable[..., Any]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county of four, one of them faulty, one that did not file, whose day is past."""
    root = tmp_path_factory.mktemp("county")
    demo = ["--demo", "4", "--faulty", "1", "--quiet"]
    assert main(["init", str(root), "--county", "云垟县", "--year", str(YEAR), *demo]) == 0
    settings = root / "inputs/county.toml"
    text = settings.read_text("utf-8")
    settings.write_text(
        text.replace("\n[[agency]]", "\ndeadline = 2026-01-20\n[[agency]]", 1), "utf-8"
    )
    sorted((root / f"inputs/{YEAR}").glob("*.xlsx"))[-1].unlink()
    return root


@pytest.fixture
def says(made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Says:
    monkeypatch.chdir(made)

    def run(*arguments: object) -> Any:
        assert main([str(one) for one in arguments]) in (0, 1)
        return json.loads(capsys.readouterr().out)

    return run


def _form(year: int = YEAR) -> Path:
    """One that is there in both years."""
    return sorted(Path(f"inputs/{year}").glob("*.xlsx"))[0]


def _unit() -> str:
    """The first of the roster."""
    return Project(Path()).counties[0].roster[0].name


def _report() -> Path:
    api.build([Path("inputs")])
    return sorted(Path(f"output/{YEAR}").glob("*年度报告.docx"))[0]


CALLS: dict[str, Callable[[], list[object]]] = {
    "check": lambda: ["check", "--format", "json"],
    "build": lambda: ["build", "--format", "json"],
    "rollup": lambda: ["rollup", "--year", YEAR, "--format", "json"],
    "show": lambda: ["show", _form(), "--format", "json"],
    "trace": lambda: ["trace", _form(), "--format", "json"],
    "compare": lambda: ["compare", _form(YEAR - 1), _form(), "--format", "json"],
    "audit": lambda: ["audit", _report(), "--format", "json"],
    "similarity": lambda: ["similarity", "--year", YEAR, "--format", "json"],
    "status": lambda: ["status", "--format", "json"],
    "receive": lambda: ["receive", _form(), _form(YEAR - 1), "county.toml", "--format", "json"],
    "notice": lambda: ["notice", "--format", "json"],
    "chase": lambda: ["chase", "--format", "json"],
    "unit": lambda: ["unit", _unit(), "--year", YEAR, "--format", "json"],
    "answer": lambda: ["answer", "--list", "--format", "json"],
    "settings": lambda: ["settings", "--format", "json"],
    "explain": lambda: ["explain", "all", "--format", "json"],
    "doctor": lambda: ["doctor", "--format", "json"],
    "import": lambda: ["import", _form(), "--to", "导入", "--format", "json"],
    "template check": lambda: ["template", "check", "--format", "json"],
}
SHAPE = {"template check": "check"}


def _with_json() -> set[str]:
    """The commands that can print JSON, as the parser knows them."""
    whole = typer.main.get_command(app)
    groups = [("", whole), ("template ", whole.commands["template"])]
    return {
        prefix + name
        for prefix, group in groups
        for name, command in group.commands.items()
        if any("--format" in one.opts for one in command.params)
    }


def test_the_list_is_whole() -> None:
    assert CALLS.keys() == _with_json()
    assert {SHAPE.get(name, name) for name in CALLS} == SCHEMAS.keys() - {"manifest"}


@pytest.mark.parametrize("name", CALLS)
def test_what_is_printed_is_of_its_schema(name: str, says: Says) -> None:
    said = says(*CALLS[name]())
    assert misfits(said, schema(SHAPE.get(name, name))) == []
    assert said["format"] == FORMAT


@pytest.mark.parametrize("name", MODELS)
def test_the_shipped_schema_is_the_model_s_and_refuses_what_is_none(name: str) -> None:
    assert schema(name) == json.loads(generated(name))
    Draft202012Validator.check_schema(schema(name))
    assert misfits({"format": FORMAT, "strange": 1}, schema(name))
    assert schema(name)["properties"]["format"]["const"] == FORMAT


def test_build_tells_who_is_missing_and_an_unchanged_run_who_was_refused(
    says: Says, made: Path
) -> None:
    shutil.rmtree(made / "output", ignore_errors=True)
    first, second = says("build", "--format", "json"), says("build", "--format", "json")
    assert {one["outcome"] for one in first["units"]} == {"built", "refused"}
    assert {one["outcome"] for one in second["units"]} == {"unchanged"}
    for said in (first, second):
        assert sorted(one["state"] for one in said["units"]) == ["built", "built", "refused"]
        assert {one["county"] for one in said["units"]} == {"云垟县"}
        assert {one["year"] for one in said["units"]} == {YEAR}
        [missing] = said["missing"]
        assert (missing["county"], missing["year"], missing["late"]) == ("云垟县", YEAR, True)
        assert {"index.html", "build.json"} <= {Path(one).name for one in said["outputs"]}


def test_the_manifest_names_whose_year_it_is_and_the_county_s_own_files(
    says: Says, made: Path
) -> None:
    says("build", "--format", "json")
    told = json.loads((made / f"output/{YEAR}/build.json").read_bytes())
    assert misfits(told, schema("manifest")) == []
    assert (told["format"], told["county"], told["year"]) == (FORMAT, "云垟县", YEAR)
    assert "index.html" in {one["file"] for one in told["outputs"]}
    assert [one["late"] for one in told["units"] if one["outcome"] == "missing"] == [True]


def test_a_finding_keeps_its_cells_in_check_as_in_show(
    says: Says, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["blank", _form().stem, "--year", str(YEAR), "-o", "空表"]) == 0
    capsys.readouterr()
    [blank] = Path("空表").glob("*.xlsx")
    book = openpyxl.load_workbook(blank)
    book["表三"]["D8"] = 1
    book.save(blank)
    checked = says("check", blank, "--format", "json")["findings"]
    assert max(len(one["cells"]) for one in checked) > 20
    assert says("show", blank, "--format", "json")["findings"] == checked


def test_explain_gives_every_rule(says: Says) -> None:
    told = {one["code"]: one for one in says("explain", "all", "--format", "json")["rules"]}
    assert told.keys() == set(registry.homes())
    assert says("explain", "101", "--format", "json")["rules"] == [told["GX101"]]
