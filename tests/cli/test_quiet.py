"""``check`` and ``build`` tell a handful of a report's questions; JSON and ``--all`` tell all."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from gxgen.cli import main
from tests.support import ROOT

SAMPLE = ROOT / "inputs/安丘市/2023/安丘市凌河街道办事处.xlsx"


@pytest.fixture
def asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A form and last year's, of which table two differs so that much is asked."""
    monkeypatch.chdir(tmp_path)
    paths = tmp_path / "今 年.xlsx", tmp_path / "上年.xlsx"
    for path, year, values in zip(paths, (2023, 2022), (range(900, 1000), [1] * 100), strict=True):
        book = openpyxl.load_workbook(SAMPLE)
        cells = {name: next(iter(one.destinations)) for name, one in book.defined_names.items()}
        for (name, (sheet, cell)), value in zip(cells.items(), values, strict=False):
            if name.startswith("gx.disclosure.") and "rules" not in name:
                book[sheet][cell] = value
            if name == "gx.report.year":
                book[sheet][cell] = year
        book.save(path)
    return paths


def _questions(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("  核实")]


def test_a_handful_is_shown_and_the_way_to_the_others(asking, capsys) -> None:
    form, last = (path.name for path in asking)
    ways = ["--last-year", last]
    main(["check", form, *ways, "--format", "json"])
    whole = json.loads(capsys.readouterr().out)["findings"]
    count = sum(one["severity"] == "warning" for one in whole)
    assert count > 5, whole
    more = f'另有 {count - 5} 条核实，运行 gxgen check "{form}" --all 查看'
    for words in (["check", form, *ways], ["build", form, *ways]):
        main([*words, "--quiet"])
        said = capsys.readouterr().out
        assert len(_questions(said)) == 5
        assert more in said
        assert f"{count}处核实" in said
    main(["check", form, *ways, "--all", "--quiet"])
    said = capsys.readouterr().out
    assert len(_questions(said)) == count
    assert "另有" not in said
