"""The page beside an imported form: every doubtful place marked, nothing of the source's markup."""

from __future__ import annotations

import html
from collections import Counter

import lxml.html
import pytest
from lxml.html import HtmlElement

from gxgen.form.layout import figure_position
from gxgen.places import SheetCell
from gxgen.published.blocks import Para
from gxgen.published.formed import formed, read_file
from gxgen.published.readings import Certainty, ReadReport
from gxgen.show.published.drawing import Mark, MarkedPage, marked_page
from gxgen.show.published.review import review_page
from tests.published.corpus import DAMAGES, made, shapes, truth

TAGS = frozenset(
    {"html", "head", "meta", "title", "link", "style", "body", "header", "h1", "h2", "p", "main"}
    | {"article", "aside", "details", "summary", "div", "table", "tr", "td", "a", "mark", "ul"}
    | {"li", "b", "caption", "tbody"}
)
ATTRIBUTES = frozenset({"id", "href", "class", "rowspan", "colspan", "tabindex", "aria-label"})


def reviewed(data: bytes, name: str = "a") -> tuple[ReadReport, HtmlElement]:
    read = read_file(data, name)
    report, _ = formed(read)
    assert report is not None, read.findings
    return read, lxml.html.fromstring(review_page(read, report).decode())


def parts(page: HtmlElement) -> tuple[HtmlElement, HtmlElement]:
    (article,), (aside,) = page.xpath("//article"), page.xpath("//aside")
    return article, aside


def items(page: HtmlElement) -> list[str]:
    return [li.text_content() for li in parts(page)[1].iter("li")]


@pytest.mark.parametrize("shape", list(shapes()))
@pytest.mark.parametrize("damage", [None, *list(DAMAGES)[:2]])
def test_every_doubtful_place_is_marked_and_named_in_the_form(
    shape: str, damage: str | None
) -> None:
    read, page = reviewed(made(truth(3), shapes()[shape], damage, 3))
    report, _ = formed(read)
    assert report is not None and read.figures is not None
    told = "\n".join(items(page))

    def cell(key: str) -> str:
        return str(SheetCell(*figure_position(report.edition, key)))

    for one in read.figures.readings.values():
        if one.certainty in (Certainty.COUNTED, Certainty.MENDED):
            assert f"{cell(one.key)} = {one.value}" in told
    for refusal in read.figures.refusals:
        assert cell(refusal.keys[0]) in told
        assert refusal.reason in told
    for left in read.left_out:
        assert left.text[:20] in told
    article, aside = parts(page)
    numbers = {a.get("id"): a.get("href") for a in article.iter("a")}
    back = {li.get("id"): li.find("a").get("href") for li in aside.iter("li")}
    assert all(back[href[1:]] == f"#{mark}" for mark, href in numbers.items())
    assert {href[1:] for href in back.values() if href} == set(numbers)
    assert sorted(int(name[1:]) for name in back) == list(range(1, len(back) + 1))


@pytest.mark.parametrize("shape", ["page with a site around", "tabs", "DOCX"])
def test_the_whole_source_is_drawn_in_its_order(shape: str) -> None:
    read, page = reviewed(made(truth(4), shapes()[shape]))
    article, _ = parts(page)
    for number in article.xpath(".//a | .//summary | .//caption"):
        number.drop_tree()
    drawn = [e.text_content() for e in article.iter("p", "table")]
    want = [
        block.text
        if isinstance(block, Para)
        else "".join(c.text for r in block.by_row() for c in r)
        for block in read.blocks
    ]
    assert ["".join(text.split()) for text in drawn] == ["".join(text.split()) for text in want]


def test_nothing_of_the_source_s_markup_passes() -> None:
    evil = (
        '<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:x">链接</a>'
        "<style>p{}</style><iframe src=//e></iframe><svg onload=x></svg>"
    )
    typed = html.escape('<img src=x onerror="y">&<script>z</script>\u202e{{ 1 }}')
    data = made(truth(5), shapes()["page with a site around"]).decode()
    data = data.replace("<p>", f"<p>{evil}{typed}", 12)
    _, page = reviewed(data.encode())
    assert {e.tag for e in page.iter() if isinstance(e.tag, str)} <= TAGS
    shown = page.xpath("//body//*")
    assert {name for e in shown for name in e.attrib} <= ATTRIBUTES
    assert all(e.get("href").startswith("#") for e in page.xpath("//body//*[@href]"))
    text = page.xpath("//body")[0].text_content()
    assert '<img src=x onerror="y">' in text, "what was typed as text is text"
    assert "\u202e" not in text
    assert "{{ 1 }}" in text


def test_a_row_without_a_place_in_the_form_is_told() -> None:
    _, page = reviewed(made(truth(3, "2021-one-row"), shapes()["page"]))
    assert any("没有这样的一行，没有填入" in item for item in items(page))


def test_marks_in_words_overlapping_and_nowhere() -> None:
    """Words that stand once are marked alone; others mark the paragraph; all have a number."""
    read, _ = reviewed(made(truth(3), shapes()["tabs"]))
    para = next(b for b in read.blocks if isinstance(b, Para) and len(b.text) > 20)
    once, part = para.text[5:12], para.text[8:15]
    looks = ("bad", "odd", "ask", "left")
    marks = [
        Mark("甲", look, place, "说", quote=quote)
        for look, place, quote in zip(
            looks,
            (para.place, para.place, para.place, None),
            (once, part, "没有", None),
            strict=True,
        )
    ]
    page = lxml.html.fromstring(marked_page(MarkedPage("题", ("头",), read.blocks, marks)).decode())
    article, aside = parts(page)
    assert [m.text_content() for m in article.iter("mark")] == [once]
    assert [a.text for a in article.iter("a")] == ["3", "1", "2"]
    assert Counter(li.find("a").get("href") for li in aside.iter("li"))[None] == 1
    assert article.xpath(".//p[@class='ask']")
