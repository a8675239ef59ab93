"""The DOCX of a whole county, both editions of the form, both styles: nothing to repair in any.

gxgen's own check and ooxml-integrity look at every document of a hundred agencies; openxml-audit
and the Open XML SDK, which take a tenth of a second and half a second each, at those of a few
agencies, in the long run (``GXGEN_COUNTY=100``) at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from ooxml_integrity import check
from openxml_audit import OpenXmlValidator

from gxgen.demo.county import Demo, demo_report
from gxgen.editions.declared import EDITIONS
from gxgen.formats.docx.fill import render_docx
from gxgen.model.report import Report
from tests.county.size import COUNTY, YEARS
from tests.formats.test_validators import STYLES, template_of
from tests.support import need_validator, schema_errors

from .soundness import package_faults

WHOLE = 100


def _reports(agencies: int) -> Iterator[Report]:
    """Every agency's report of each year; one of the first year knows the year before."""
    demo = Demo("云岭县", YEARS[0], agencies)
    for index in demo.indices:
        later, earlier = (demo_report(demo, index, year)[0] for year in YEARS)
        yield from (replace(later, previous=earlier), earlier)


def _documents(agencies: int) -> Iterator[tuple[str, bytes]]:
    """(name, DOCX) of each report in each style."""
    for report in _reports(agencies):
        for style in STYLES:
            docx = render_docx(report, template_of(style, report.edition.id))
            yield f"{report.title}_{style}.docx", docx


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The files of a few agencies, or of all."""
    folder = tmp_path_factory.mktemp("packages")
    for name, data in _documents(COUNTY):
        (folder / name).write_bytes(data)
    return sorted(folder.iterdir())


def _judged(name: str, files: list[Path], judge: Callable[[Path], list[str]], hands: int) -> None:
    """Nothing is held against any file."""
    with ThreadPoolExecutor(hands) as crew:
        said = dict(zip(files, crew.map(judge, files), strict=True))
    assert not {path.name: faults[:5] for path, faults in said.items() if faults}
    print(f"{name}: {len(said)} documents, 0 errors")


def test_the_county_is_of_both_editions() -> None:
    assert Counter(report.edition.id for report in _reports(1)) == dict.fromkeys(EDITIONS, 2)


def test_our_own_check_and_integrity_find_nothing_in_a_hundred(tmp_path: Path) -> None:
    path, count = tmp_path / "report.docx", 0
    for name, data in _documents(WHOLE):
        path.write_bytes(data)
        assert [*package_faults(data), *map(str, check(path))] == [], name
        count += 1
    print(f"gxgen and ooxml-integrity: {count} documents, 0 errors")
    assert count == (WHOLE + 1) * len(YEARS) * len(STYLES)


def test_audit_finds_nothing(few: list[Path]) -> None:
    audit = OpenXmlValidator(max_errors=0)
    _judged("openxml-audit", few, lambda path: [*map(str, audit.validate(path).errors)], 1)


@pytest.mark.tool
def test_the_sdk_finds_nothing(few: list[Path]) -> None:
    need_validator()
    _judged("Open XML SDK", few, schema_errors, 2)
