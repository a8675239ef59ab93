"""Which workbooks are built, to where, with which neighbours."""

from pathlib import Path

import pytest

from gxgen.county.around import previous_of, texts_of
from gxgen.county.plan import plan
from gxgen.errors import UsageError


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    root = tmp_path / "inputs"
    for name in (
        "安丘市/2022/甲.xlsx",
        "安丘市/2023/甲.xlsx",
        "安丘市/2023/乙.xlsx",
        "淄博市/2023/丙.xlsx",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    (root / "安丘市/county.toml").write_text('county = "安丘市"\nyear = 2023\n', encoding="utf-8")
    (root / "淄博市/county.toml").write_text('county = "淄博市"\n', encoding="utf-8")
    for litter in ("~$甲.xlsx", ".~甲.xlsx", "甲.txt", "readme.pdf"):
        (root / "安丘市/2023" / litter).write_bytes(b"")
    return root


def _short(filings: list, root: Path) -> list[tuple[str, str]]:
    return [
        (one.path.relative_to(root).as_posix(), one.home.relative_to(root.parent).as_posix())
        for one in filings
    ]


def test_all_counties_below_a_folder(inputs: Path) -> None:
    filings = plan([inputs], inputs.parent / "output")
    assert _short(filings, inputs) == [
        ("安丘市/2023/乙.xlsx", "output/安丘市/2023"),
        ("安丘市/2023/甲.xlsx", "output/安丘市/2023"),
        ("淄博市/2023/丙.xlsx", "output/淄博市/2023"),
    ]


def test_neighbour_and_last_year_are_found(inputs: Path) -> None:
    filing = plan([inputs / "安丘市/2023/甲.xlsx"], inputs.parent / "output")[0]
    assert texts_of(filing)[0] == inputs / "安丘市/2023/甲.txt"
    assert previous_of(filing) == inputs / "安丘市/2022/甲.xlsx"
    assert filing.county is not None


def test_another_year_by_folder_or_option(inputs: Path) -> None:
    output = inputs.parent / "output"
    expected = [("安丘市/2022/甲.xlsx", "output/安丘市/2022")]
    assert _short(plan([inputs / "安丘市/2022"], output), inputs) == expected
    assert _short(plan([inputs], output, year=2022), inputs) == expected


def test_a_county_straight_in_inputs_writes_straight_into_output(tmp_path: Path) -> None:
    root = tmp_path / "inputs"
    (root / "2024").mkdir(parents=True)
    (root / "county.toml").write_text('county = "某县"\nyear = 2024\n', encoding="utf-8")
    (root / "2024/甲.xlsx").write_bytes(b"")
    assert plan([root], tmp_path / "output")[0].home == tmp_path / "output" / "2024"


def test_a_workbook_named_twice_is_built_once(inputs: Path) -> None:
    path = inputs / "安丘市/2023/甲.xlsx"
    assert len(plan([path, inputs / "安丘市/2023"], Path("output"))) == 2


def test_nothing_to_build_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有找到填报表"):
        plan([tmp_path], Path("output"))
    with pytest.raises(UsageError, match="没有这个文件或文件夹"):
        plan([tmp_path / "无"], Path("output"))


def test_a_workbook_outside_any_county_builds_too(tmp_path: Path) -> None:
    (tmp_path / "甲.xlsx").write_bytes(b"")
    filing = plan([tmp_path / "甲.xlsx"], tmp_path / "output")[0]
    assert (filing.county, filing.home) == (None, tmp_path / "output")


@pytest.mark.parametrize("ending", ["xlsx", "xls", "et", "xlsm", "XLSX", "Et"])
def test_each_kind_of_workbook_is_taken_in(tmp_path: Path, ending: str) -> None:
    """Those that cannot be read as well: somebody has filed them, and is to be told so."""
    for name in (f"甲.{ending}", "乙.csv", "丙.ods", f"丁{ending}", f"~$甲.{ending}"):
        (tmp_path / name).write_bytes(b"")
    assert [one.name for one in plan([tmp_path], tmp_path / "output")] == [f"甲.{ending}"]
