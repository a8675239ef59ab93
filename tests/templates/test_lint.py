"""``gxgen template check``: every fault in one run, each with its place, none invented."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest
from lxml import etree

from gxgen.editions.declared import EDITIONS
from gxgen.formats.docx.prepare import DIRECTIVE
from gxgen.opc.package import DOCUMENT, FixedZip, read_package
from gxgen.places import DocumentCell, DocumentParagraph, FilePart
from gxgen.templates.lint.check import check_template
from gxgen.templates.lint.parts import parts
from gxgen.templates.lint.sites import sites
from tests.reports import shipped_bytes

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FILE = "report.docx"
TAG = re.compile(r"\{\{ ([a-z0-9_.]+) \}\}")


def _sites(data: bytes) -> list:
    return [s for part in parts(read_package(data)) for s in sites(part, FILE)]


def _check(data: bytes, edition: str = "2021") -> list:
    return check_template(data, FILE, EDITIONS[edition])


def _replaced(old: str, new: str, member: str = DOCUMENT, count: int = 1) -> bytes:
    members = read_package(shipped_bytes("2021"))
    text = members[member].decode()
    assert re.search(old, text, re.DOTALL), old
    members[member] = re.sub(old, new, text, count=count, flags=re.DOTALL).encode()
    return FixedZip(members).build({})


def test_a_template_of_the_other_edition_is_not() -> None:
    found = Counter(f.code for f in check_template(shipped_bytes("2021"), FILE, EDITIONS["2019"]))
    assert found["GX602"] > 10
    assert found["GX608"]


def _mistype(name: str, dice: random.Random) -> str:
    """Two neighbouring letters swapped, or one doubled or lost, in one part of a name."""
    names = name.split(".")
    at = max(range(len(names)), key=lambda n: (len(names[n]) > 3) * dice.random())
    word = names[at]
    where = dice.randrange(1, len(word) - 1)
    made = dice.choice(
        (
            word[:where] + word[where + 1] + word[where] + word[where + 2 :],
            word[:where] + word[where] + word[where:],
            word[:where] + word[where + 1 :],
        )
    )
    names[at] = made if made != word else word + "x"
    return ".".join(names)


def _planted(seed: int, count: int) -> tuple[bytes, set[str]]:
    """The official template with that many mistyped tags, and their places."""
    dice = random.Random(seed)
    members = read_package(shipped_bytes("2021"))
    all_parts = parts(members)
    here = [
        s
        for part in all_parts
        for s in sites(part, FILE)
        if TAG.search(s.text) and not DIRECTIVE.search(s.text)
    ]
    chosen = dice.sample(here, count)
    for site in chosen:
        for node in site.paragraph.iter(W + "t"):
            found = TAG.search(node.text or "")
            if found:
                node.text = node.text.replace(found.group(1), _mistype(found.group(1), dice), 1)
                break
    for part in all_parts:
        members[part.name] = etree.tostring(part.root)
    return FixedZip(members).build({}), {str(site.place) for site in chosen}


@pytest.mark.parametrize("seed", range(5))
def test_forty_mistyped_tags_are_all_found_each_with_its_place(seed: int) -> None:
    data, planted = _planted(seed, 40)
    findings = _check(data)
    assert len(planted) == 40
    assert {str(f.place) for f in findings if f.code == "GX602"} == planted
    assert {f.code for f in findings} <= {"GX602", "GX603"}


def test_each_place_of_the_template_by_itself() -> None:
    """One mistyped tag at a time, at a spread of places: exactly one finding, there."""
    for seed in range(60):
        data, planted = _planted(1000 + seed, 1)
        findings = [f for f in _check(data) if f.code != "GX603"]
        assert [(f.code, str(f.place)) for f in findings] == [("GX602", *planted)]


def test_control_tags_and_directives_one_by_one() -> None:
    """Every loop, condition and directive, mistyped alone, is told at its own place."""
    members = read_package(shipped_bytes("2021"))
    document = members[DOCUMENT].decode()
    for found in list(re.finditer(r"\{%p (\w+)|\{# ([\w-]+)", document))[::3]:
        word = found.group(1) or found.group(2)
        at = found.start(1 if found.group(1) else 2)
        wrong = document[:at] + word[:-1] + word[-1] * 2 + document[at + len(word) :]
        data = FixedZip({**members, DOCUMENT: wrong.encode()}).build({})
        before = [s.text for s in _sites(shipped_bytes("2021"))]
        place = next(s.place for s, old in zip(_sites(data), before, strict=True) if s.text != old)
        findings = [f for f in _check(data) if f.code != "GX603"]
        assert [(f.code, f.place) for f in findings] == [("GX604", place)], word


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (r"\{\{ title \}\}", "{{ titel }}", "GX602 正文第1段 是不是“title”"),
        (r"\{\{ title \}\}", "{{ title }", "GX604 正文第1段 没有结尾的括号"),
        (r"\{\{ title \}\}", "{ title }}", "GX604 正文第1段 开头的括号不完整"),
        (r"\{\{ title \}\}", "{{ title %}", "GX604 正文第1段 不配对"),
        (r"\{\{ title \}\}", "｛｛ title ｝｝", "GX604 正文第1段 全角"),
        (r"\{\{ title \}\}", "{ title }", "GX604 正文第1段 括号不完整"),
        (r"\{\{ title \}\}", "{{ title ti }}", "GX604 正文第1段 看不懂"),
        (r"\{\{ title \}\}", "{{ }}{{ title }}", "GX604 正文第1段 没有内容"),
        (r"\{\{ title \}\}", "{{ requests.received }}", "GX602 正文第1段 具体的一项"),
        (r"\{\{ title \}\}", "{{ title|uper }}", "GX602 正文第1段 过滤器 uper"),
        (r"\{\{ title \}\}", "{{ title }}{{ agency.upper() }}", "GX602 正文第1段 调用"),
        (r"\{\{ title \}\}", "{{ title }}{{ year == “2021” }}", "GX607 正文第1段 中文引号"),
        (r"\{\{ title \}\}", "", "GX603 report.docx title"),
        (
            r"\{\{ title \}\}",
            "{{ ti</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>tle }}",
            "GX606 正文第1段 格式",
        ),
        (r"\{%p endfor %\}", "{%p endif %}", "GX605 正文第16段 endif"),
        (r"\{%p if block.heading2 %\}", "{%p note %}", "GX605 正文第5段 没有对应的 if"),
        (r"block in section1 %", "block in secton1 %", "GX602 正文第18段 是不是“section1”"),
        (r"for block in section1", "for blok in section1", "GX602 正文第18段 循环变量写作“blok”"),
        (r"\{%p endfor %\}", "{% endfor %}", "GX613 正文第16段 多一个空段"),
        (r"\{%p endfor %\}", "{%p endfor %}说明", "GX604 正文第16段 丢了"),
        (r"\{\{ requests.granted.total \}\}", "", "GX603 第2个表格第6行第9格 总计"),
        (
            r"\{\{ requests.granted.total \}\}",
            "{{ requests.granted.other }}",
            "GX611 第2个表格第6行第9格 requests.granted.total",
        ),
        (r"社会公益组织", "社会组织", "GX608 第2个表格第3行第5格 应为“社会公益组织”"),
        (r'<w:gridSpan w:val="7"/>', '<w:gridSpan w:val="6"/>', "GX608 第2个表格第1行第2格 7列"),
        (r"<w:tr>(?:(?!<w:tr>).)*重复申请.*?</w:tr>", "", "GX608 第2个表格 没有“2.重复申请”"),
        (r"<w:tbl>.*?</w:tbl>", "", "GX609 report.docx 主动公开政府信息情况"),
        (r"三、收到和处理", "三、收到与处理", "GX612 正文第49段 应为“三、收到和处理"),
        (r"五、存在的主要问题及改进情况", "", "GX612 report.docx 五、存在的主要问题及改进情况"),
        (r'<w:pStyle w:val="1"/>', '<w:pStyle w:val="BodyText"/>', "GX612 正文第17段 标题 1"),
        (r'w:type="lines"', 'w:type="linesAndChars"', "GX610 word/document.xml linesAndChars"),
        (
            r"(<w:r>(?:(?!<w:r>).)*\{\{ title \}\}.*?</w:r>)",
            r'<w:ins w:id="1" w:author="x">\1</w:ins>',
            "GX614 正文第1段 修订",
        ),
    ],
)
def test_one_fault_one_finding(old: str, new: str, expected: str) -> None:
    code, place, said = expected.split(" ", 2)
    findings = _check(_replaced(old, new))
    matching = [f for f in findings if f.code == code and place in str(f.place)]
    assert any(said in f.message for f in matching), [
        (f.code, str(f.place), f.message) for f in findings
    ]


def test_a_header_without_the_draft_mark() -> None:
    found = _check(_replaced(r"\{\{ draft_mark \}\}", "", "word/header2.xml"))
    assert [(f.code, f.place) for f in found] == [("GX603", FilePart(FILE, "word/header2.xml"))]
    assert "偶数页页眉" in found[0].message


def test_a_mistyped_tag_in_a_header_is_placed_there() -> None:
    found = _check(_replaced("draft_mark", "draf_mark", "word/header2.xml"))
    assert found[0].place == DocumentParagraph(FILE, 1, "偶数页页眉")


def test_faults_of_all_kinds_come_in_one_run() -> None:
    members = read_package(_replaced(r"\{\{ title \}\}", "{{ titel }}"))
    text = (
        members[DOCUMENT].decode().replace("社会公益组织", "社会组织").replace("linePitch", "x", 1)
    )
    text = text.replace('w:type="lines"', 'w:type="linesAndChars"')
    text = text.replace("{%p endfor %}", "{%p endfr %}", 1)
    members[DOCUMENT] = text.encode()
    codes = {f.code for f in _check(FixedZip(members).build({}))}
    assert {"GX602", "GX604", "GX608", "GX610"} <= codes


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.4"])
def test_what_is_no_template_is_one_finding(data: bytes) -> None:
    assert [f.code for f in _check(data)] == ["GX601"]


def test_cells_are_named_as_word_counts_them() -> None:
    found = _check(
        _replaced(r"\{\{ requests.carried_out.total \}\}", "{{ requests.carried_out.totl }}")
    )
    assert DocumentCell(FILE, 2, 28, 8) in {f.place for f in found}
