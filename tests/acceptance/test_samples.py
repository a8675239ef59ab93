"""The five sample agencies: what is read, what is written, and whether other programs accept it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from gxgen.cli import main
from gxgen.editions.declared import EDITIONS
from gxgen.editions.derive import Field
from gxgen.editions.schema import Edition
from tests.support import ROOT, need_seeds, sample_records, schema_errors, soffice

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORKBOOKS = sorted((ROOT / "inputs").glob("*/*/*.xlsx"))
SEED_FILES = {
    "安丘市机关事务服务中心": "000_72e72a2c63e0f17f.txt",
    "安丘市凌河街道办事处": "001_33d6a2f84f217729.txt",
    "淄博市机关事务管理局": "002_7d228fbfc49ecc56.txt",
    "安丘市行政审批服务局": "003_96dc5378fca52781.txt",
    "老城区机关事务服务中心": "004_075fb8c0c28ee6ce.txt",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The five DOCX, by agency."""
    folder = tmp_path_factory.mktemp("built")
    assert main(["build", str(ROOT / "inputs"), "-o", str(folder), "--quiet"]) == 0
    found = {p.name.partition("20")[0]: p for p in sorted(folder.rglob("*年度报告*.docx"))}
    assert sorted(found) == sorted(sample_records())
    return found


def test_there_are_five_workbooks() -> None:
    assert sorted(p.stem for p in WORKBOOKS) == sorted(sample_records())


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda p: p.stem)
def test_show_gives_the_recorded_figures_and_text(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", str(path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == sample_records()[path.stem]


@pytest.mark.parametrize("agency", sorted(SEED_FILES))
def test_the_recorded_figures_are_those_of_the_published_report(agency: str) -> None:
    """Row by row. Only what a published text leaves out is not compared: a column lost in 000,
    the row figures of 予以公开 and 部分公开 in 004."""
    record = sample_records()[agency]
    published = _published_tables(agency)
    edition = EDITIONS[record["edition"]]
    rows: dict[str, tuple[Field, list[str]]] = {}
    for key, field in edition.fields.items():
        if field.table != "remedies":
            rows.setdefault(f"{field.table}.{field.row}", (field, []))[1].append(
                str(record["values"][key])
            )
    for field, expected in rows.values():
        short = agency == "安丘市机关事务服务中心" and len(expected) == 7
        found = _row_numbers(published, field.row_label, len(expected), one_line=short)
        if short:
            found, expected = ([n for n in row if n != "0"] for row in (found, expected))
        elif agency == "老城区机关事务服务中心" and field.row in ("granted", "partly_granted"):
            found, expected = found[:1], expected[-1:]
        assert found == expected, field.row_label


def _published_tables(agency: str) -> str:
    text = (need_seeds() / SEED_FILES[agency]).read_text(encoding="utf-8")
    text = unicodedata.normalize("NFKC", re.sub(r"\[bookmark: [^\]]*\]", "", text))
    return re.split(r"五、存在的主要问题", text[text.index("第二十条第(一)项") :])[0]


def _row_numbers(text: str, label: str, count: int, *, one_line: bool) -> list[str]:
    """The numbers that follow a row's label, however its words are spaced and punctuated."""
    words = re.findall(r"[\u4e00-\u9fff]", label)
    optional = {"行": "行?", "政": "政?"} if "法律行政法规" in label else {}
    pattern = r"[^\d\u4e00-\u9fff]*".join(optional.get(word, word) for word in words)
    last = [m.end() for m in re.finditer(pattern, text) if re.match(r"\D{0,12}\d", text[m.end() :])]
    assert last, label
    at = last[-1] if len(words) == 2 else last[0]
    rest = text[at:].partition("\n")[0] if one_line else text[at:]
    return re.findall(r"(?<!\d)\d+(?:\.\d+)?(?![.\d])", rest)[:count]


def _grid(document: Path) -> list[list[list[tuple[int, str, str]]]]:
    """Tables of a document: rows of (columns spanned, vertical merge, text)."""
    root = etree.fromstring(zipfile.ZipFile(document).read("word/document.xml"))
    tables = []
    for table in root.iter(f"{W}tbl"):
        rows = []
        for row in table.iter(f"{W}tr"):
            cells = []
            for cell in row.iter(f"{W}tc"):
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                text = "".join(t.text or "" for t in cell.iter(f"{W}t"))
                cells.append(
                    (
                        1 if span is None else int(span.get(f"{W}val", "1")),
                        "" if merge is None else merge.get(f"{W}val", "continue"),
                        text,
                    )
                )
            rows.append(cells)
        tables.append(rows)
    return tables


def _expected(edition: Edition, table: str, values: dict) -> list[list[tuple[int, str, str]]]:
    grid = edition.grids[table]
    rows = []
    for row in range(grid.rows):
        cells, column = [], 0
        while column < grid.columns:
            owner = grid.owners[row, column]
            merge = "" if owner.row_span == 1 else "restart" if owner.row == row else "continue"
            text = owner.text if owner.key is None else str(values[owner.key])
            cells.append((owner.column_span, merge, text if owner.row == row else ""))
            column += owner.column_span
        rows.append(cells)
    return rows


@pytest.mark.parametrize("agency", sorted(SEED_FILES))
def test_the_three_tables_equal_the_declaration_cell_by_cell(
    built: dict[str, Path], agency: str
) -> None:
    record = sample_records()[agency]
    edition = EDITIONS[record["edition"]]
    expected = [_expected(edition, form.key, record["values"]) for form in edition.tables]
    assert _grid(built[agency]) == expected


@pytest.mark.tool
@pytest.mark.parametrize("agency", sorted(SEED_FILES))
def test_the_open_xml_sdk_finds_no_error(built: dict[str, Path], agency: str) -> None:
    assert schema_errors(built[agency]) == []


@pytest.mark.tool
def test_libreoffice_opens_all_five(built: dict[str, Path], tmp_path: Path) -> None:
    for agency, path in built.items():
        pdf = soffice(path, "pdf", tmp_path, tmp_path / "profile")
        assert pdf.read_bytes().startswith(b"%PDF"), agency


def test_same_input_same_bytes_under_two_time_zones(tmp_path: Path) -> None:
    """Whole processes, so that nothing is shared: DOCX and blank form."""
    made = []
    for zone in ("UTC", "Asia/Shanghai"):
        folder = tmp_path / zone.replace("/", "-")
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": zone[:0] or str(len(zone))}
        for command in (
            ["build", str(ROOT / "inputs"), "-o", str(folder), "--quiet"],
            ["blank", "某某局", "--year", "2024", "-o", str(folder)],
            ["blank", "某某局", "--year", "2020", "-o", str(folder / "2020")],
        ):
            subprocess.run(
                [sys.executable, "-m", "gxgen", *command],
                check=True,
                env=environment,
                cwd=ROOT,
                capture_output=True,
            )
        made.append(
            {
                p.relative_to(folder).as_posix(): p.read_bytes()
                for p in sorted(folder.rglob("*"))
                if p.suffix in (".docx", ".xlsx")
            }
        )
    assert sum(name.endswith(("年度报告.docx", ".xlsx")) for name in made[0]) == 7
    assert made[0] == made[1]
