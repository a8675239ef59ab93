"""What the documents name is there: tests, benchmarks, modules."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from pypdf import PdfReader

from tests.support import ROOT, need_browser

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


@pytest.mark.tool
def test_the_clerk_s_page_is_one_printed_page(tmp_path: Path) -> None:
    _, chromium = need_browser()
    page = ROOT / "docs/clerk.zh-CN.md"
    body = MarkdownIt().enable("table").render(page.read_text("utf-8"))
    style = (
        "@page{size:A4;margin:15mm}body{font:11pt/1.5 serif}img{width:100%}td{vertical-align:top}"
    )
    (tmp_path / "page.html").write_text(
        f"<meta charset=utf-8><style>{style}</style>{body}", "utf-8"
    )
    shutil.copytree(ROOT / "docs/pictures", tmp_path / "pictures")
    sheet = tmp_path / "page.pdf"
    flags = ("--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={sheet}")
    subprocess.run(
        [chromium, *flags, (tmp_path / "page.html").as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (only,) = PdfReader(sheet).pages
    assert len(only.images) == len(re.findall(r"!\[", page.read_text("utf-8"))) > 0


def test_the_manual_s_pages_are_reached_from_the_readmes() -> None:
    for readme in (ROOT / "README.md", ROOT / "README.zh-CN.md"):
        text = readme.read_text("utf-8")
        assert [p.name for p in ROOT.glob("docs/*.zh-CN.md") if f"docs/{p.name}" not in text] == []
