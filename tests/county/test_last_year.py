"""Last year's form is found whatever people added to the names of the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from gxgen.county.around import previous_of
from gxgen.county.listing import bare_name
from gxgen.county.plan import plan

NAME = "青川县公安局"
ADDED = ("（修改版）", "(1)", "（终稿）", "-最终", "_2", " (2)", "-副本", "（修改）(1)", "（定稿）")


def filed(root: Path, name: str, *before: str) -> Path | None:
    (root / "inputs/2024").mkdir(parents=True)
    (root / "inputs/2025").mkdir()
    (root / "inputs/county.toml").write_text('county = "青川县"\nyear = 2025\n', encoding="utf-8")
    (root / "inputs/2025" / name).write_bytes(b"form")
    for one in before:
        (root / "inputs/2024" / one).write_bytes(b"form")
    (filing,) = plan([root / "inputs/2025"], root / "output", year=2025)
    return previous_of(filing)


@pytest.mark.parametrize("added", ADDED)
@pytest.mark.parametrize("ending", [".xlsx", ".XLSX"])
def test_versions_of_a_name_are_one_name(tmp_path: Path, added: str, ending: str) -> None:
    others = "青川县教育局.xlsx", "青川县公安局交警大队.xlsx"
    found = filed(tmp_path, f"{NAME}{added}{ending}", f"{NAME}.xlsx", *others)
    assert found == tmp_path / "inputs/2024" / f"{NAME}.xlsx"
    back = filed(tmp_path / "back", f"{NAME}.xlsx", f"{NAME}{added}{ending}", *others)
    assert back == tmp_path / "back/inputs/2024" / f"{NAME}{added}{ending}"


def test_two_that_are_alike_are_none(tmp_path: Path) -> None:
    assert filed(tmp_path, f"{NAME}(1).xlsx", f"{NAME}.xlsx", f"{NAME}（终稿）.xlsx") is None


@pytest.mark.parametrize("name", ["青川县第2中学.xlsx", "青川县教育局（体育局）.xlsx", "(1).xlsx"])
def test_a_name_is_not_cut(name: str) -> None:
    assert bare_name(name) == name.removesuffix(".xlsx").replace("（", "(").replace("）", ")")
