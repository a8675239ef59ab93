"""What the documents name is there: tests, benchmarks, modules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "benchmarks/README.md"])
_FILE = re.compile(r"`((?:tests|gxgen|benchmarks|docs)/[\w./-]+\.\w+)`")
_PATTERN = re.compile("NNN|YYYY|NAME")
"""Stands for a number, a year or a name."""
_BENCHMARK = re.compile(r"python -m (benchmarks\.\w+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    files = [ROOT / name for name in _FILE.findall(text) if not _PATTERN.search(name)]
    modules = [ROOT / name.replace(".", "/") for name in _BENCHMARK.findall(text)]
    files += [one if one.is_dir() else one.with_suffix(".py") for one in modules]
    assert [str(one.relative_to(ROOT)) for one in files if not one.exists()] == []
