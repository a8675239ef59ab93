"""What a browser, axe-core and html-validate say of the page and the fragment."""

from __future__ import annotations

import json
import re
import subprocess
from html import escape
from pathlib import Path

import pytest

from gxgen.document.blocks import TableBlock, compose
from gxgen.editions.schema import Edition
from gxgen.formats.html.fragment import html_fragment
from gxgen.formats.html.page import html_page
from gxgen.model.agency import Agency
from gxgen.model.report import Report
from tests.acceptance.test_hostile_text import HOSTILE
from tests.reports import REAL, make_report, passages, real_report
from tests.support import ROOT, need_browser, need_html_validate, need_tool

from .page_cases import NEAR_LINE_ENDS, OFFSETS, TOGETHER

TOOLS = ROOT / "tests" / "tools"
pytestmark = pytest.mark.tool


def page_of(report: Report, *, draft: bool = False) -> bytes:
    return html_page(compose(report), report, draft=draft)


def site_with(fragment: str) -> bytes:
    """A website's page into which a fragment was pasted."""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>政府信息公开年报</title>\n</head>\n<body>\n<main>\n<h1>政府信息公开年报</h1>\n"
        f"{fragment}</main>\n</body>\n</html>\n"
    ).encode()


def fragment_site(report: Report) -> bytes:
    return site_with(html_fragment(compose(report), report))


def seen(markup: bytes, folder: Path) -> dict:
    """What the browser says of a page; its screenshots and print lie in the folder."""
    node, chromium = need_browser()
    file = folder / "report.html"
    file.write_bytes(markup)
    done = subprocess.run(
        [node, str(TOOLS / "html_page.mjs"), chromium, str(file), str(folder)],
        capture_output=True, text=True, check=False, timeout=180,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def assert_at_ease(said: dict) -> None:
    """No violation, no script's word, nothing asked for, nothing wider than the screen."""
    assert (said["said"], said["outside"]) == ([], [])
    for screen in ("desktop", "phone"):
        assert said[screen]["violations"] == []
        assert said[screen]["overflow"] == 0
        assert {"td-headers-attr", "th-has-data-cells", "heading-order"} & set(
            said[screen]["passes"]
        )


def words(report: Report) -> str:
    """All that the report prints, without white space, in order."""
    from gxgen.document.comparison import expected

    parts = []
    for wanted in expected(compose(report).blocks):
        if isinstance(wanted, TableBlock):
            parts += [c.text or wanted.values[c.key or ""] for c in wanted.grid.cells]
        else:
            parts.append(wanted[0])
    return re.sub(r"\s", "", "".join(parts))


@pytest.mark.parametrize("write", [page_of, fragment_site])
def test_in_a_browser(edition: Edition, write, tmp_path: Path) -> None:
    report = make_report(edition.id)
    said = seen(write(report), tmp_path)
    assert_at_ease(said)
    captions = [s.title for s in edition.sections if s.table]
    shown = re.sub(r"\s", "", said["text"])
    for caption in captions if write is page_of else ["政府信息公开年报"]:
        # A caption is read out, and seen by nobody: it follows its section's heading.
        shown = shown.replace(caption + caption, caption)
    assert words(report) in shown


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    name = "</title><script>alert(1)</script><img src=x onerror=alert(2)>局"
    report = make_report(
        agency=Agency(name), narrative=passages(("0", None, *HOSTILE), ("5", "问题", *HOSTILE))
    )
    for write in (page_of, fragment_site):
        said = seen(write(report), tmp_path)
        assert_at_ease(said)
        squashed = re.sub(r"\s", "", said["text"])
        assert re.sub(r"\s", "", "".join(HOSTILE)) in squashed
        assert re.sub(r"\s", "", name) in squashed


@pytest.mark.parametrize("draft", [False, True])
def test_on_paper(draft: bool, tmp_path: Path) -> None:
    """A4, numbered outside, table three whole under its heading, a draft marked on every sheet."""
    report = real_report(REAL[0])
    seen(page_of(report, draft=draft), tmp_path)
    done = subprocess.run(
        [need_tool("pdftotext"), "-layout", str(tmp_path / "print.pdf"), "-"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    sheets = done.stdout.split("\f")[:-1]
    for number, sheet in enumerate(sheets, 1):
        lines = [line for line in sheet.splitlines() if line.strip()]
        assert re.fullmatch(rf"\s*—\s*{number}\s*—", lines[-1])
        assert (len(lines[-1]) > 20) == bool(number % 2)
        assert sheet.count("草稿") == draft
    whole = [s for s in sheets if "三、收到和处理" in s and "四、结转下年度继续办理" in s]
    assert len(whole) == 1
    assert len([line for line in sheets[1].splitlines() if line.strip()]) <= 24


@pytest.mark.parametrize("write", [page_of, fragment_site])
def test_no_line_on_paper_ends_inside_a_number_or_an_address(write, tmp_path: Path) -> None:
    seen(write(make_report(narrative=NEAR_LINE_ENDS)), tmp_path)
    done = subprocess.run(
        [need_tool("pdftotext"), "-layout", str(tmp_path / "print.pdf"), "-"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    for word in TOGETHER:
        assert done.stdout.count(word) == len(OFFSETS), word


@pytest.mark.parametrize("write", [page_of, fragment_site])
def test_html_validate_finds_nothing(edition: Edition, write, tmp_path: Path) -> None:
    for name, report in (("made", make_report(edition.id)), ("real", real_report(REAL[0]))):
        (tmp_path / f"{name}.html").write_bytes(write(report))
    rules = "html_validate.json" if write is page_of else "html_validate_fragment.json"
    done = subprocess.run(
        [*need_html_validate(), "-c", str(TOOLS / rules), "-f", "json", str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert [m for file in json.loads(done.stdout) for m in file["messages"]] == []
    assert done.returncode == 0, done.stderr


def test_html_validate_is_awake(tmp_path: Path) -> None:
    """The tool would tell: a page that lost a caption's end, and text that is no markup."""
    markup = page_of(make_report()).decode().replace("</caption>", "", 1)
    (tmp_path / "broken.html").write_text(markup + escape("<p>"), encoding="utf-8")
    done = subprocess.run(
        [*need_html_validate(), "-c", str(TOOLS / "html_validate.json"), str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
