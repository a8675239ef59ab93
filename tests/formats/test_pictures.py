"""The illustrated edition in Word: its templates, what they print, and what is read back of it."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from itertools import product
from pathlib import Path

import pytest
from lxml import etree

from gxgen.document.blocks import compose
from gxgen.document.cell import squash
from gxgen.document.illustrated.edition import PLACES, illustrate
from gxgen.document.illustrated.palettes import PALETTES
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.moulds import document_items
from gxgen.formats.docx.template import CompiledTemplate, compile_template
from gxgen.formats.docx.verify import verify_docx
from gxgen.formats.drawings.shapes import MEASURED
from gxgen.model.facts import CountyFacts
from gxgen.model.report import Entry, EntryState, Report
from gxgen.opc.package import DOCUMENT, FixedZip, read_package
from gxgen.templates.scaffold.illustrated import make_illustrated
from tests import factory
from tests.reports import FULL, REAL, make_report, passages, real_report, shipped, with_features
from tests.support import schema_errors

NEWEST = EDITIONS["2021"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COUNTED = passages(
    ("0", None, "本报告依据《条例》编制。"),
    ("1", "总体情况", "一年来，工作平稳有序。"),
    ("1.1", "主动公开", "主动公开信息900条，较上年增加12条。", "网站发布500条，公众号发布400条。"),
    ("1.1.1", "体制机制。", "明确4人。"),
    ("1.2", "依申请公开", "认真办理。"),
    ("1.3", "监督保障", "全年组织业务培训3次。"),
    ("6", "其他需要报告的事项", "一是收费。没有收取。"),
)  # fmt: skip


@cache
def pictured(edition: str = "2021") -> CompiledTemplate:
    return compile_template(make_illustrated(EDITIONS[edition]), EDITIONS[edition])


def printed(report: Report, *, draft: bool = False) -> bytes:
    return render_docx(report, pictured(report.edition.id), draft=draft)


def judged(data: bytes, report: Report) -> list[str]:
    used = pictured(report.edition.id)
    found = verify_docx(data, report, used.furniture(report), asked=used.asked)
    return [f"{finding.code} {finding.message}" for finding in found]


def zero(report: Report) -> Report:
    return replace(report, entries={k: replace(e, value=0) for k, e in report.entries.items()})


@cache
def rich(edition: str = "2021") -> Report:
    """Every kind of picture, and last year's figures beside them."""
    report = replace(factory.make_report(EDITIONS[edition]), narrative=COUNTED)
    last = zero(factory.make_report(EDITIONS[edition], year=report.year - 1))
    return replace(report, previous=last)


def one_outcome() -> Report:
    """All applications were granted, none else happened."""
    report = zero(rich())
    granted = {
        key: replace(entry, value=7)
        for key, entry in report.entries.items()
        if re.fullmatch(r"requests\.(received|granted|processed)\.(individual|total)", key)
    }
    return replace(report, entries={**report.entries, **granted})


def sparse(seed: int) -> Report:
    """Most figures are zero, any of them may not be; the totals are right."""
    dice = random.Random(seed)
    kept = (0.05, 0.15, 0.3)[seed % 3]
    report = rich("2021" if seed % 2 else "2019")
    values = {key: value if dice.random() < kept else 0 for key, value in report.values.items()}
    for _ in range(3):  # totals of totals
        for key, identity in report.edition.totals.items():
            values[key] = sum(values[part] for part in identity.right)
    some = {key: replace(entry, value=values[key]) for key, entry in report.entries.items()}
    return replace(report, entries=some)


def remedied(reviews: int, suits: int) -> Report:
    """With so many different results of reviews, and of suits."""
    report = zero(rich())
    values = dict(report.values)
    results = ("upheld", "corrected")
    for block, count in (("reconsideration", reviews), ("litigation_direct", suits)):
        for result in results[:count]:
            values[f"remedies.{block}.{result}"] = 3
        values[f"remedies.{block}.total"] = 3 * count
    some = {key: replace(entry, value=values[key]) for key, entry in report.entries.items()}
    return replace(report, entries=some)


def seven_digits() -> Report:
    report = rich()
    larger = {
        key: replace(entry, value=entry.value * 10_000 if isinstance(entry.value, int) else 0)
        for key, entry in report.entries.items()
    }
    name = "某某哈萨克族自治州住房和城乡建设局房屋征收与补偿服务中心及档案管理所"
    return replace(report, entries=larger, agency=replace(report.agency, name=name))


CASES = {
    "rich": rich,
    "rich, 2019": lambda: rich("2019"),
    "zero": lambda: zero(rich()),
    "one": one_outcome,
    **{f"sparse {seed}": partial(sparse, seed) for seed in range(3)},
    **{
        f"{reviews} and {suits} results": partial(remedied, reviews, suits)
        for reviews, suits in product(range(3), repeat=2)
    },
    "seven digits": seven_digits,
    "no words": lambda: replace(rich(), narrative=()),
    "awkward": lambda: replace(make_report(), narrative=FULL),
    **{name: (lambda name=name: real_report(name)) for name in REAL},  # type: ignore[misc]
}
EACH_CASE = pytest.mark.parametrize("case", CASES)


@EACH_CASE
def test_reports_read_back(case: str) -> None:
    report = CASES[case]()
    data = printed(report)
    assert judged(data, report) == []
    assert data == printed(report)


def test_the_shipped_templates_take_the_fast_way(edition: Edition) -> None:
    made = pictured(edition.id)
    assert made.pictured and not made.illustrated and not made.features
    assert made.asked == dict.fromkeys(PLACES, 1)


def test_docxtpl_own_way_prints_the_same_words() -> None:
    slow = render_docx(rich(), with_features(pictured(), "forced"))
    assert judged(slow, rich()) == []


@EACH_CASE
def test_drawings_bear_a_number_of_their_own(case: str) -> None:
    members = read_package(printed(CASES[case]()))
    text = "".join(members[n].decode() for n in members if re.match(r"word/\w+\.xml", n))
    numbers = re.findall(r'<(?:wp:docPr|wps:cNvPr) id="(\d+)"', text)
    assert len(numbers) == len(set(numbers)) > 50
    for told in re.findall(r"<wp:docPr[^>]*>", text):
        assert 'descr="' in told


def test_no_word_stands_in_a_drawing() -> None:
    root = etree.fromstring(read_package(printed(rich()))[DOCUMENT])
    assert not list(root.iter("{*}txbx")) and not list(root.iter("{*}txbxContent"))


def _pictures_of(text: str) -> Iterator[re.Match[str]]:
    """Whatever a picture's tables say, and what is read out for them."""
    for table in re.finditer(r"<w:tbl>.*?</w:tbl>", text):
        if "w:tblCaption" not in table[0]:
            yield from re.compile(r"<w:t[ >][^<]*</w:t>").finditer(text, *table.span())
    yield from re.finditer(r'(?: descr|w:tblDescription w:val)="[^"]+"', text)


def _digits() -> list[int]:
    """Where each digit of a picture's words stands in the document."""
    text = read_package(printed(rich()))[DOCUMENT].decode()
    spans = (
        (found.start() + found[0].index(sign) + 1, found.end())
        for found in _pictures_of(text)
        for sign in (">" if found[0].startswith("<") else '"')
    )
    return [at for first, last in spans for at in range(first, last) if text[at].isdigit()]


def test_any_digit_that_was_changed_is_told() -> None:
    members = read_package(printed(rich()))
    text = members[DOCUMENT].decode()
    places = _digits()
    assert len(places) > 80
    for at in places:
        other = str((int(text[at]) + 1) % 10)
        wrong = (text[:at] + other + text[at + 1 :]).encode()
        found = judged(FixedZip({**members, DOCUMENT: wrong}).build({}), rich())
        assert any(one.startswith("GX627") for one in found), text[at - 60 : at + 20]


def test_a_drawing_of_another_size_is_told() -> None:
    members = read_package(printed(rich()))
    text = members[DOCUMENT].decode()
    sizes = list(re.finditer(rf'name="{MEASURED}"/>.*?<a:ext cx="(\d+)" cy="(\d+)"/>', text))
    measures = sum(len(one.measures) for p in illustrate(rich()).pictures.values() for one in p)
    assert len(sizes) == measures > 10
    for found in sizes:
        size = f'cx="{int(found[1]) * 102 // 100}" cy="{int(found[2]) * 102 // 100}"'
        wrong = text[: found.start()] + found[0].replace(
            f'cx="{found[1]}" cy="{found[2]}"', size
        ) + text[found.end() :]  # fmt: skip
        assert [t[:5] for t in judged(
            FixedZip({**members, DOCUMENT: wrong.encode()}).build({}), rich()
        )] == ["GX627"]  # fmt: skip


def test_a_picture_that_was_lost_or_doubled_is_told() -> None:
    members = read_package(printed(rich()))
    tables = etree.fromstring(members[DOCUMENT])[0].findall(W + "tbl")
    for number, table in enumerate(tables):
        if table.find(f"{W}tblPr/{W}tblCaption") is not None:
            continue
        for double in (False, True):
            root = etree.fromstring(members[DOCUMENT])
            node = root[0].findall(W + "tbl")[number]
            if double:
                node.addnext(etree.fromstring(etree.tostring(node)))
            else:
                root[0].remove(node)
            wrong = FixedZip({**members, DOCUMENT: etree.tostring(root)}).build({})
            assert any(one.startswith("GX627") for one in judged(wrong, rich()))


@EACH_CASE
def test_both_editions_hold_the_same_text_and_figures(case: str) -> None:
    """Word by word: what the official edition says stands in this one, in its order."""
    report = CASES[case]()
    names = compose(report).headings_shown
    plain = _said(render_docx(report, shipped(report.edition.id)), {})
    shown = iter(_said(printed(report), names))
    assert all(text in shown for text in plain)


def _said(data: bytes, names: dict[str, str]) -> list[object]:
    items = document_items(read_package(data)[DOCUMENT])
    return [
        names.get(text, text) if table is None else [squash(cell.text) for cell in table[2]]
        for text, _, table in items
        if table is not None or text.strip()
    ]  # fmt: skip


def test_a_draft_is_marked_on_the_cover_too_and_guesses_nothing() -> None:
    report = rich()
    key = "requests.granted.total"
    blank = {**report.entries, key: Entry(None, None, state=EntryState.BLANK)}
    report = replace(report, entries=blank)
    data = printed(report, draft=True)
    members = read_package(data)
    heads = [name for name in members if re.fullmatch(r"word/header\d\.xml", name)]
    assert len(heads) == 3
    assert all("草稿" in members[name].decode() for name in heads)
    assert illustrate(report).pictures["pictures.requests"] == ()
    assert judged(data, report) == []


@pytest.mark.parametrize("accent", PALETTES)
def test_an_accent_changes_every_colour_and_no_word(accent: str) -> None:
    plain, report = rich(), replace(rich(), facts=CountyFacts(county="某县", accent=accent))
    data = printed(report)
    assert judged(data, report) == []
    text = "".join(
        part.decode() for name, part in read_package(data).items() if name.startswith("word/")
    )
    for name, palette in PALETTES.items():
        assert (palette.main in text) == (name == accent)
    assert _said(data, {}) == _said(printed(plain), {})


def test_every_county_has_its_own_hills() -> None:
    def cover(county: str) -> str:
        data = printed(replace(rich(), facts=CountyFacts(county=county)))
        return read_package(data)["word/header3.xml"].decode()

    assert cover("甲县") == cover("甲县") != cover("乙县")


@pytest.mark.parametrize("count", range(8))
def test_as_many_tiles_as_parts(count: int) -> None:
    parts = [(f"1.{n}", f"部分{n}", f"办理{n}件。") for n in range(1, count + 1)]
    report = replace(rich(), narrative=passages(("1", "总体情况"), *parts))
    assert judged(printed(report), report) == []
    shown = illustrate(report).pictures["pictures.above"]
    assert len(shown) == (2 <= count <= 6)


def test_what_is_read_out_says_every_figure() -> None:
    text = read_package(printed(rich()))[DOCUMENT].decode()
    said = html.unescape(text)
    for pictures in illustrate(rich()).pictures.values():
        for one in pictures:
            assert all(sentence in said for sentence in one.spoken)


@pytest.mark.tool
def test_the_sdk_finds_no_error(edition: Edition, tmp_path: Path) -> None:
    cases = (rich(edition.id), zero(rich(edition.id)))
    for number, data in enumerate((make_illustrated(edition), *map(printed, cases))):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(data)
        assert schema_errors(path) == []
