"""The page of a trace: whole in itself, its links lead somewhere, what is foreign stays text."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from gxgen.checks.runner import run
from gxgen.checks.trace import narrowed, trace
from gxgen.cli import main
from gxgen.editions.declared import EDITIONS
from gxgen.model.agency import Agency
from gxgen.model.narrative import Paragraph
from gxgen.model.report import Report
from gxgen.show.trace.page import trace_page
from gxgen.show.trace.words import STATES
from tests.factory import make_report
from tests.reports import REAL, real_report
from tests.support import ROOT, need_html_validate

HOSTILE = "</style><script>alert('甲')</script>\"&<b>"
SAMPLE = str(ROOT / "inputs/安丘市/2023/安丘市凌河街道办事处.xlsx")


class Page(HTMLParser):
    """Tags, ids, addresses and visible words."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def each(self, name: str) -> list[str]:
        return [own[name] or "" for _, own in self.tags if name in own]


def _page(report: Report) -> Page:
    return Page(trace_page(trace(report, run(report, strict=True))))


def _saying(*texts: str) -> Report:
    report = make_report(EDITIONS["2021"])
    paragraphs = tuple(map(Paragraph, texts))
    narrative = tuple(
        replace(one, paragraphs=paragraphs if one.mark == "1" else ()) for one in report.narrative
    )
    return replace(report, narrative=narrative)


@pytest.mark.parametrize("name", REAL)
def test_every_number_is_marked_once_and_every_link_leads_somewhere(name) -> None:
    report = real_report(name)
    whole = trace(report, run(report, strict=True))
    page = Page(trace_page(whole))
    ids = page.each("id")
    assert len(ids) == len(set(ids))
    addresses = page.each("href")
    assert all(one in ("data:,", *(f"#{own}" for own in ids)) for one in addresses)
    marks = [own for tag, own in page.tags if tag == "a" and (own.get("id") or "").startswith("t")]
    assert len(marks) >= len([one for one in whole.mentions if one.verdicts[0].claim.quantity])
    assert {f"m{number}" for number in range(1, len(whole.mentions) + 1)} <= set(ids)


@pytest.mark.parametrize("name", REAL)
def test_the_text_stands_as_it_was_written(name) -> None:
    report = real_report(name)
    words = "".join(_page(report).words)
    unmarked = words
    no_cell = "无从核对（表里没有信息处理费这一格，请与收费台账核对）"
    for state in (*STATES.values(), no_cell):
        unmarked = unmarked.replace(f"（{state}）", "")
    for passage in report.narrative:
        for paragraph in passage.paragraphs:
            assert paragraph.text in unmarked


def test_what_is_foreign_stays_text() -> None:
    report = _saying(f"收到政府信息公开申请7件{HOSTILE}，发布信息12条。")
    report = replace(report, agency=Agency(f"某局{HOSTILE}"))
    page = Page(trace_page(narrowed(trace(report), "12")))
    tags = [tag for tag, _ in page.tags]
    assert "script" not in tags
    assert "b" not in tags
    assert tags.count("style") == 1
    assert HOSTILE in "".join(page.words)


def test_it_needs_nothing_else() -> None:
    page = _page(_saying("发布信息12条。"))
    assert not page.each("src")
    assert any("default-src 'none'" in content for content in page.each("content"))


def test_of_two_paragraphs_alike_without_a_place_one_is_marked() -> None:
    page = _page(_saying("发布信息12条。", "发布信息12条。"))
    assert page.each("id").count("t1") == 1


def test_of_two_that_overlap_one_is_marked_and_the_text_stands() -> None:
    text = "全年发布信息12条，图片13张。"
    report = _saying(text)
    whole = trace(report)
    first, second = whole.mentions
    claim = first.verdicts[0].claim
    wide = replace(claim, quantity=None, span=replace(first.span, start=0))
    over = replace(first, verdicts=(replace(first.verdicts[0], claim=wide),))
    page = Page(trace_page(replace(whole, mentions=(over, first, second))))
    assert {one for one in page.each("id") if one.startswith("t")} == {"t1", "t3"}
    assert text in "".join(page.words).replace("（没有对照的数）", "")
    assert page.each("href").count("#t2") == 0


@pytest.mark.tool
def test_it_is_valid_html(tmp_path: Path) -> None:
    report = real_report(REAL[0])
    (tmp_path / "page.html").write_bytes(trace_page(trace(report)))
    rules = ROOT / "tests/tools/html_validate.json"
    done = subprocess.run(
        [*need_html_validate(), "-c", str(rules), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stdout


def test_the_command_writes_it_whole_and_over_nothing(tmp_path: Path, capsys) -> None:
    path = tmp_path / "数.html"
    assert main(["trace", SAMPLE, "--page", str(path)]) == 0
    first = path.read_bytes()
    assert "1554条" in first.decode()
    capsys.readouterr()
    assert main(["trace", SAMPLE, "2", "--page", str(path)]) == 2
    assert "没有覆盖" in capsys.readouterr().err
    assert path.read_bytes() == first
    assert main(["trace", SAMPLE, "2", "--page", str(path), "--force"]) == 0
    assert path.read_bytes() != first
    assert main(["trace", SAMPLE, "--page", str(tmp_path / "表.xlsx")]) == 2
    assert not (tmp_path / "表.xlsx").exists()
