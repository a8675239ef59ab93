"""Every figure and every word of a county's reports, read back from every format by others' eyes.

From the workbook to the finished file: the figures are taken from the form by openpyxl and found
in the tables of the DOCX, the page, the fragment and both engines' PDFs, each in its place in the
order; the words are found in theirs, and in the official style nothing stands between them.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gxgen import api
from gxgen.demo.agencies import government_of
from gxgen.editions.declared import EDITIONS
from gxgen.formats.registry import FORMATS
from tests.county.as_read import Reading, Record, filed, read_docx, read_html, read_pdf, told
from tests.county.size import COUNTY, YEARS
from tests.support import need_tool

pytestmark = pytest.mark.tool

TEXTS = ("docx", "html", "fragment")
BUILDS = (
    ("official", "builtin", (*TEXTS, "pdf")),
    ("official", "libreoffice", ("pdf",)),
    ("illustrated", "libreoffice", (*TEXTS, "pdf")),
)
NAME = "云岭县"
Filed = tuple[Record, list[list[str]]]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo county whose two years are of two editions."""
    root = tmp_path_factory.mktemp("county")
    api.init(root, county=NAME, year=YEARS[0], demo=COUNTY, years=2)
    return root


@pytest.fixture(scope="module")
def records(county: Path) -> dict[str, Filed]:
    """Record and figures of every agency by its report's title; the government has words only."""
    found = {}
    for form in sorted((county / "inputs").glob("*/*.xlsx")):
        if form.stem != government_of(NAME):
            record, _ = api.show(form)
            assert record is not None
            found[told(record)[0]] = record, filed(form, record)
    assert len(found) == COUNTY * len(YEARS)
    assert {record["edition"] for record, _ in found.values()} == set(EDITIONS)
    return found


@pytest.mark.parametrize(("style", "engine", "formats"), BUILDS)
def test_a_county_reads_back(
    county: Path,
    records: dict[str, Filed],
    style: str,
    engine: str,
    formats: tuple[str, ...],
    tmp_path: Path,
) -> None:
    need_tool("pdftotext")
    if engine == "libreoffice":
        need_tool("soffice")
    _build(county, style, engine, formats, tmp_path)
    for form in formats:
        written = {
            p.name.removesuffix(FORMATS[form].ending): p
            for p in tmp_path.glob(f"*/*{FORMATS[form].ending}")
        }
        assert written.keys() >= records.keys()
        count = 0
        for title, (record, wanted) in records.items():
            read = _read(written[title], record)
            charted = style == "illustrated" and form == "pdf"
            wrong = [*_figures(read, wanted, charted), *_words(read, record, style)]
            assert not wrong, (written[title].name, wrong[:5])
            count += sum(map(len, wanted))
        print(f"{style} {engine} {form}: {len(records)} files, {count} figures read back")


def _build(county: Path, style: str, engine: str, formats: tuple[str, ...], output: Path) -> None:
    settings = county / "inputs" / "county.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub("(?m)^style = .*$", f'style = "{style}"', text), encoding="utf-8")
    years = [county / "inputs" / str(year) for year in YEARS]
    options = ["-o", output, "--format", ",".join(formats), "--pdf", engine, "--jobs", 2, "--quiet"]
    command = [sys.executable, "-m", "gxgen", "build", *years, *options]
    done = subprocess.run([*map(str, command)], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def _read(path: Path, record: Record) -> Reading:
    if path.suffix == ".pdf":
        return read_pdf(path, record)
    return (read_docx if path.suffix == ".docx" else read_html)(path.read_bytes())


def _figures(read: Reading, wanted: list[list[str]], charted: bool) -> Iterator[str]:
    """Which tables differ; around a table on paper stand the pictures of an illustrated edition."""
    if len(read.figures) != len(wanted):
        yield f"{len(read.figures)} tables for {len(wanted)}"
    for number, (have, want) in enumerate(zip(read.figures, wanted, strict=False), 1):
        starts = range(len(have) - len(want) + 1) if charted else (0,)
        if not any((have[at : at + len(want)] if charted else have) == want for at in starts):
            yield f"table {number}: {have} for {want}"


def _words(read: Reading, record: Record, style: str) -> Iterator[str]:
    """Which lines are not there in their order, or that there are others."""
    lines, at = told(record), 0
    for line in lines:
        found = read.words.find(line, at)
        if found < 0 and style == "illustrated" and line[1:2] == ".":  # 1. is printed as 01 there
            found = read.words.find(f"0{line[0]}{line[2:]}", at)
        if found < 0:
            yield f"missing: {line}"
        else:
            at = found + len(line)
    if style == "official" and read.words != "".join(lines):
        yield f"other words than the report's: {read.words}"
