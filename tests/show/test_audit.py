"""An audit shown: JSON of its schema, a page of ours with the marks in place, harmless text."""

from __future__ import annotations

import html
import json
import random
import re
import subprocess
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest

from gxgen.audit.judged import Audit
from gxgen.published.blocks import Para
from gxgen.show.audit.page import audit_page
from gxgen.show.audit.record import FORMAT, audits_record
from gxgen.show.audit.text import audits_text
from gxgen.show.compare.blocks import clean
from tests.audit.support import demo, judged, made
from tests.formats.test_html_browser import seen
from tests.shapes import misfits
from tests.support import need_html_validate

SCHEMA = json.loads(files("gxgen.show.audit").joinpath("audit.schema.json").read_text("utf-8"))
HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "&#60;script&#62;x&#60;/script&#62;",
    "&lt;iframe src=javascript:x&gt;", "\"><svg onload=alert(1)>", "</style><style>*{}</style>",
    "</mark></p><form action=x>", "{{ 7*7 }}{% raw %}", "javascript:alert(1)", "<!--", "]]>",
    "<a href='http://evil.example/'>甲</a>", "&amp;lt;b&amp;gt;", "\x1b[31m", "\u202e倒", "\ufffe",
    "<math><mi xlink:href=x>", "<base href=//e>", "' onmouseover='x", "<meta http-equiv=refresh>",
    "<object data=x>", "&#x3c;b&#x3e;粗",
)  # fmt: skip
OURS = {
    "html", "head", "meta", "title", "link", "style", "body", "header", "main", "article", "aside",
    "h1", "h2", "p", "ul", "li", "a", "b", "mark", "div", "table", "caption", "tbody", "tr", "td",
    "details", "summary",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "rel", "href", "class", "id", "aria-label",
    "tabindex", "rowspan", "colspan",
}  # fmt: skip


class Page(HTMLParser):
    """Tags with their attributes, and visible words."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        last, _ = self.tags[-1] if self.tags else ("", {})
        marks = last == "a" and data.isdigit()
        if last not in ("style", "title") and not marks:
            self.words.append(data)


def sprinkled(page: str, dice: random.Random) -> str:
    """A page with hostile markup, and hostile text, anywhere between its elements and in it."""
    ends = [m.end() for m in re.finditer("</(?:p|td|th|h2|h3)>|<(?:p|td|h2|h3)[^>]*>", page)]
    for at in sorted(dice.sample(ends, 25), reverse=True):
        said = dice.choice(HOSTILE)
        page = page[:at] + (said if dice.random() < 0.3 else html.escape(said)) + page[at:]
    return page


@cache
def hostile(seed: int) -> Audit:
    dice = random.Random(seed)
    report = demo(seed % 5)
    style = dice.choice(("official", "illustrated"))
    page = sprinkled(made(report, "html", style).decode(), dice)
    built = report if seed % 2 else None  # what was added since is marked, else it stands plain
    return judged(page.encode("utf-8", "surrogatepass"), built, f"{dice.choice(HOSTILE)}.html")


@cache
def plain() -> Audit:
    report = demo(3)
    page = made(report, "html").decode()
    page = page.replace("社会公益组织", "社会组织", 1).replace(
        "五、存在的主要", "六、存在的主要", 1
    )
    texts = (p.text for one in report.narrative for p in one.paragraphs)
    text = max((text for text in texts if text in page), key=len)
    return judged(page.replace(text, text.replace("，", "、", 1)).encode(), report, "报告.html")


@pytest.mark.parametrize("seed", range(24))
def test_nothing_of_the_markup_passes(seed: int) -> None:
    page = audit_page(hostile(seed))
    parsed = Page(page)
    assert {tag for tag, _ in parsed.tags} <= OURS
    assert {name for _, own in parsed.tags for name in own} <= ATTRIBUTES
    links = [own["href"] or "" for tag, own in parsed.tags if "href" in own]
    assert all(re.fullmatch(r"#[nm]\d+|data:,", link) for link in links)
    assert [tag for tag, _ in parsed.tags].count("style") == 1
    assert page.decode().count("default-src 'none'") == 1
    assert not re.search("[\x00-\x08\x0b\x0e-\x1f\u202e\ufffe]", page.decode())


def test_the_test_sees_what_passes() -> None:
    """A page in which one piece of text is not escaped would not do."""
    parsed = Page(audit_page(hostile(1)).replace(b"</h1>", b"<img src=x onerror=a></h1>"))
    assert not {tag for tag, _ in parsed.tags} <= OURS
    assert not {name for _, own in parsed.tags for name in own} <= ATTRIBUTES


def test_every_paragraph_and_cell_that_was_read_is_drawn() -> None:
    audits = [plain(), *(one for seed in range(8) if (one := hostile(seed)).read.layout)]
    assert len(audits) > 5
    for audit in audits:
        said = _solid("".join(Page(audit_page(audit)).words))
        assert audit.read.layout is not None
        for block in audit.read.layout.blocks:
            texts = [block.text] if isinstance(block, Para) else [cell.text for cell in block.cells]
            assert all(_solid(clean(text)) in said for text in texts)


def _solid(text: str) -> str:
    return "".join(text.split())


def test_marks_and_findings_lead_to_each_other() -> None:
    audit = plain()
    parsed = Page(audit_page(audit))
    ids = [own["id"] for _, own in parsed.tags if "id" in own]
    assert len(ids) == len(set(ids))
    links = {str(own["href"])[1:] for tag, own in parsed.tags if tag == "a"}
    assert links <= set(ids)
    numbers = {f"n{at}" for at in range(1, len(audit.found) + 1)}
    assert numbers <= set(ids)
    marks = {one for one in ids if one and one.startswith("m")}
    assert len(marks) >= 3
    here = {str(own["href"]) for tag, own in parsed.tags if str(own.get("id", "")).startswith("m")}
    assert here == {f"#n{one[1:]}" for one in marks if one}


@pytest.mark.parametrize("seed", range(3))
def test_json_has_the_shape_of_its_schema(seed: int) -> None:
    record = json.loads(json.dumps(audits_record([plain(), hostile(seed)])))
    assert misfits(record, SCHEMA) == []
    assert record["format"] == FORMAT == SCHEMA["properties"]["format"]["const"]
    assert record["checked"] == 2
    mine = record["reports"][0]["against"]
    assert mine["form"] == 2
    assert [one["fate"] for one in mine["changed_sentences"]] == ["changed"]
    record["findings"][0]["extra"] = 1
    assert len(misfits(record, SCHEMA)) == 1


def test_text_is_told_by_side_and_obeyed_by_no_terminal() -> None:
    said = audits_text([plain(), *(hostile(seed) for seed in range(4))])
    assert "【原报告的问题】" in said
    assert "标题和表格：有 2 处与生成时的格式不同。" in said
    assert not re.search("[\x1b\u202e]", said)
    assert said.splitlines()[-1].startswith("共审读 5 份")


def test_equal_input_gives_equal_bytes() -> None:
    one = made(demo(3), "html")
    assert audit_page(judged(one, demo(3))) == audit_page(judged(one, demo(3)))


@pytest.mark.tool
@pytest.mark.parametrize("which", ["plain", "hostile"])
def test_page_is_valid_and_at_ease_in_a_browser(which: str, tmp_path: Path) -> None:
    page = audit_page(plain() if which == "plain" else hostile(2))
    said = seen(page, tmp_path)
    for view in ("desktop", "phone"):
        assert said[view]["violations"] == []
        assert said[view]["overflow"] <= 0
    assert said["outside"] == []
    assert said["said"] == []
    done = subprocess.run(
        [*need_html_validate(), str(tmp_path / "report.html")],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert "  error  " not in done.stdout, done.stdout
