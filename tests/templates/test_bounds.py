"""What a template may say and weigh: everything else is refused, with its place, and soon."""

from __future__ import annotations

import contextlib
import random
import re
from collections.abc import Callable

import jinja2.defaults
import pytest
from jinja2 import nodes
from lxml import etree

from gxgen.diagnostics import Finding
from gxgen.editions.declared import EDITIONS
from gxgen.errors import GxgenError, TemplateError
from gxgen.formats.docx import bounds
from gxgen.formats.docx.allowed import FILTERS, LISTS, MOST_TAG
from gxgen.formats.docx.environment import MOST_OUTPUT, environment, not_allowed
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.template import compile_template
from gxgen.opc.package import CONTENT_TYPES, DOCUMENT, FixedZip, Members, read_package
from gxgen.templates.lint.check import check_template, judged
from gxgen.templates.sample import sample_report
from tests.reports import shipped_bytes

NEWEST = EDITIONS["2021"]
FILE = "report.docx"
STYLES = "word/styles.xml"
BASE = read_package(shipped_bytes("2021"))
DEEP = 100
MANY_ATTRIBUTES = " ".join(f'a{n}=""' for n in range(50_000))


def packed(changes: Members) -> bytes:
    return FixedZip({}).build({**BASE, **changes})


def changed(old: str, new: str, part: str = DOCUMENT) -> bytes:
    text = BASE[part].decode()
    assert old in text
    return packed({part: text.replace(old, new, 1).encode()})


def paragraphs(*texts: str) -> str:
    return "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)


def in_front(*texts: str) -> bytes:
    return changed("<w:body>", "<w:body>" + paragraphs(*texts))


def refused_everywhere(data: bytes) -> list[Finding]:
    """The findings of a template that neither the checks nor the writer take."""
    with contextlib.suppress(TemplateError):
        judged(data, FILE, NEWEST)
    found = check_template(data, FILE, NEWEST)
    assert all(one.place is not None and re.search("[一-龥]", one.message) for one in found)
    with pytest.raises(TemplateError, match=r"[一-龥]"):
        render_docx(sample_report(NEWEST), compile_template(data, NEWEST))
    return found


EXPRESSIONS = [
    "9**9**9", "10**10**8", "'x' * 10**9", "('9'*10**6)|int", "year**year",
    "9999999999999 * 1", "1e308 * 1e308", "year * year * year * year * year * year", "1//0",
    "'%1000000000d' % 1", "'{:>999999999}'.format(1)", "title ~ title", "title + title",
    "title|center(10**9)", "title|indent(999999999)", "title|wordwrap(1)", "title|format(1)",
    "title|replace('', 'x')", "title|urlize", "title|tojson", "title|join(title)",
    "1|round(-999999999)", "1|round(10**7)", "1|round(1000000, 'ceil')", "1|round(year)",
    "1|round(**year)", "range(9)|length", "section1|batch(9)", "section1|groupby('text')",
    "section1|slice(999999999)", "section1|sum", "[title]", "(title, title)", "{'a': 1}",
    "title[0:9]", "title[year]", "cycler('a').next()", "joiner()", "loop(section1)",
    "namespace()", "lipsum()", "title|safe", "title is nothing", "year is divisibleby 0",
    "(" * 200 + "1" + ")" * 200, "[" * 200 + "1" + "]" * 200, "-" * 450 + "1",
    "not " * 110 + "nothing", "title" + ".a" * 200, "title" + "|upper" * 400, "a" * 15_000,
    "1+" * 400 + "1",
]  # fmt: skip
STATEMENTS = [
    ("{% for i in range(99999) %}", "{% for j in range(99999) %}", "{% endfor %}", "{% endfor %}"),
    ("{%p for a in section1 %}", "{%p for b in section1 %}", "{%p endfor %}", "{%p endfor %}"),
    ("{% for a in section1 %}" * 9 + "x" + "{% endfor %}" * 9,),
    ("{% for a in title %}x{% endfor %}",),
    ("{% for a in section1|string %}x{% endfor %}",),
    ("{% for a in section1 if 9**9 %}x{% endfor %}",),
    ("{% for a, b in section1 %}x{% endfor %}",),
    ("{% for a in section1 recursive %}{{ loop(section1) }}{% endfor %}",),
    ("{% for a in section1 %}{% else %}x{% endfor %}",),
    ("{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",),
    ("{% call m() %}{% endcall %}",),
    ("{% set x = 99999999 %}", *["{% set x = x*x %}"] * 40),
    ("{% set x = 'aaaaaaaa' %}", *["{% set x = x + x %}"] * 40),
    ("{% set x = 1 %}", *["{% set x = (x, x, x) %}"] * 40, "{{ x }}"),
    ("{% set x %}aa{% endset %}", *["{% set x %}{{ x }}{{ x }}{% endset %}"] * 40),
    ("{% set section1 = tiles[0] %}",),
    ("{% filter center(100000000) %}a{% endfilter %}",),
    ("{% with a = 1 %}{% endwith %}",),
    ("{% autoescape false %}{{ title }}{% endautoescape %}",),
    ("{% block a %}{{ self.a() }}{% endblock %}",),
    ("{% include 'x' %}",),
    ("{% import 'x' as y %}",),
    ("{% do 1 %}",),
    ("{{ title",) * 900,
    ("{%p if title",) * 900,
    ("{%p if title %}",) * 400 + ("{%p endif %}",) * 400,
    ("{%tr for a in section1 %}", "{%tr endfor %}") * 300,
    ("{%tc for a in section1 %}", "{%tc endfor %}") * 300,
    ("{% colspan 3 %}",) * 900,
    ("{% vm %}",),
]


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=lambda text: text[:30])
def test_an_expression_that_may_grow_is_refused_at_its_paragraph(expression: str) -> None:
    found = refused_everywhere(changed("{{ title }}", f"{{{{ title }}}}{{{{ {expression} }}}}"))
    assert {one.code for one in found} <= {"GX601", "GX602", "GX604", "GX615"}
    assert found


@pytest.mark.parametrize("texts", STATEMENTS, ids=lambda texts: texts[0][:40])
def test_a_statement_that_may_repeat_is_refused_at_its_paragraph(texts: tuple[str, ...]) -> None:
    assert refused_everywhere(in_front(*texts))


HEAVY: dict[str, Callable[[], bytes]] = {
    "tags": lambda: in_front(*["{{ title }}"] * 2_600),
    "braces": lambda: in_front("}}" * 6_000),
    "wide braces": lambda: in_front("｛" * 11_000),
    "a tag of a megabyte": lambda: in_front("{{ " + "a" * 2**20 + " }}"),
    "pieces": lambda: changed(
        "<w:body>", "<w:body><w:p>" + "<w:r><w:t>a</w:t></w:r>" * 9_000 + "</w:p>"
    ),
    "a tag in many pieces": lambda: changed(
        "{{ title }}", "{{</w:t></w:r>" + "<w:r><w:t> </w:t></w:r>" * 600 + "<w:r><w:t> title }}"
    ),
    "runs": lambda: changed(
        "<w:body>", "<w:body><w:p>" + "<w:r><w:t>a</w:t></w:r>" * 100_000 + "</w:p>"
    ),
    "rows": lambda: changed(
        "<w:body>",
        "<w:body><w:tbl>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 100_000 + "</w:tbl>",
    ),
    "cells": lambda: changed(
        "<w:body>",
        "<w:body><w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 100_000 + "</w:tr></w:tbl>",
    ),
    "depth": lambda: changed("<w:body>", "<w:body>" + "<w:sdt>" * DEEP + "</w:sdt>" * DEEP),
    "attributes": lambda: changed("<w:body>", f"<w:body><w:p {MANY_ATTRIBUTES}/>"),
    "attributes of settings": lambda: changed(
        "<w:settings ",
        f"<w:settings {MANY_ATTRIBUTES} ",
        "word/settings.xml",
    ),
    "styles": lambda: changed(
        "</w:styles>", '<w:style w:styleId="x"/>' * 40_000 + "</w:styles>", STYLES
    ),
    "bytes of styles": lambda: packed({STYLES: BASE[STYLES] + b" " * bounds.MOST_BYTES}),
    "numbering": lambda: packed({"word/numbering.xml": b"<a>" + b"<b/>" * 50_000 + b"</a>"}),
    "all together": lambda: packed({f"x{n}.xml": b"<a>" + b"<b/>" * 25_000 for n in range(5)}),
    "content types": lambda: packed(
        {CONTENT_TYPES: BASE[CONTENT_TYPES].replace(b"</Types>", b"<x/>" * 60_000 + b"</Types>")}
    ),
}


@pytest.mark.parametrize("kind", HEAVY)
def test_what_is_too_heavy_is_refused_with_its_part(kind: str) -> None:
    (found,) = refused_everywhere(HEAVY[kind]())
    assert found.code == "GX601"
    assert re.search(r"word/|\[Content|一共", found.message)


def test_what_grows_in_print_is_stopped() -> None:
    """Every paragraph may be as it is; a loop repeats them for each block."""
    loop = ("{%p for block in section1 %}", *["甲" * 19_000] * 60, "{%p endfor %}")
    assert MOST_OUTPUT > 60 * 19_000
    data = in_front(*loop)
    (stopped,) = (one for one in check_template(data, FILE, NEWEST) if one.code == "GX615")
    assert "已经停下" in stopped.message


def test_a_table_of_tiles_is_copied_only_if_it_is_small() -> None:
    cells = paragraphs("{%tc for tile in tiles %}"), "<w:p/>" * 2_000, paragraphs("{%tc endfor %}")
    row = "".join(f"<w:tc>{cell}</w:tc>" for cell in cells)
    with pytest.raises(TemplateError, match="图块"):
        compile_template(changed("<w:body>", f"<w:body><w:tbl><w:tr>{row}</w:tr></w:tbl>"), NEWEST)


def _every(kind: type[nodes.Node]) -> list[type[nodes.Node]]:
    below = [one for child in kind.__subclasses__() for one in _every(child)]
    return [kind, *below]


ALLOWED = {
    "Template", "Output", "TemplateData", "For", "If", "Assign", "Name", "Getattr", "Getitem",
    "Const", "List", "Tuple", "CondExpr", "And", "Or", "Not", "Compare", "Operand", "Filter",
    "Test", "Keyword", "Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Neg", "Pos",
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted({one.__name__ for one in _every(nodes.Node)}))
def test_every_kind_of_node_is_on_the_list_or_refused(kind: str) -> None:
    """A new version of Jinja may bring more: they are refused until somebody lists them."""
    node_type = next(one for one in _every(nodes.Node) if one.__name__ == kind)
    node = node_type.__new__(node_type)
    for name in (*node_type.fields, *node_type.attributes):
        setattr(node, name, [] if name in ("items", "body", "nodes", "args", "kwargs") else None)
    if kind not in ALLOWED:
        assert not_allowed(node)


@pytest.mark.parametrize("name", sorted(jinja2.defaults.DEFAULT_FILTERS))
def test_every_filter_is_on_the_list_or_refused(name: str) -> None:
    tree = environment().tree(f"{{{{ title|{name} }}}}")
    assert bool(not_allowed(tree)) == (name not in FILTERS)


@pytest.mark.parametrize("name", sorted(jinja2.defaults.DEFAULT_NAMESPACE))
def test_nothing_is_there_to_be_called(name: str) -> None:
    assert name not in environment().globals


@pytest.mark.parametrize(
    "tag",
    [
        "{{ title if year else '无' }}",
        "{{ title|default('无') }}",
        "{{ sign_off.date|default(title)|trim }}",
        "{{ requests['received'].total }}",
        "{{ year - 1 }}",
        "{{ 2.345|round(2) }}",
        "{% if year in [2021, 2022] and not title %}{{ year }}{% endif %}",
        *(f"{{% for one in {name} if loop.first %}}{{{{ one.text }}}}{{% endfor %}}"
          for name in sorted(LISTS)),
    ],
)  # fmt: skip
def test_what_a_designer_may_say_stays_allowed(tag: str) -> None:
    assert not not_allowed(environment().tree(tag))
    assert environment().compile(tag)


def test_the_longest_tag_is_as_long_as_it_is_said() -> None:
    tag = "{{ '" + "a" * (MOST_TAG - 10) + "' }}"
    assert environment().compile(tag)
    with pytest.raises(TemplateError, match=str(MOST_TAG)):
        environment().compile(tag.replace("a", "aa", 10))


SPOILT = ("", "abc", "-1", "9" * 12, "9" * 5_000, "３", "1.5", "nan", "1e999", "rId1", "{% if %}",
          "{{ 9**9 }}", "{{ title }}", "{{r x", "\U0001f600", "../../x")  # fmt: skip


def _mutated(dice: random.Random) -> Members:
    """A shipped template, a few of whose parts are dropped, swapped, cut, renamed or spoilt."""
    members = dict(read_package(shipped_bytes(dice.choice(list(EDITIONS)))))
    for _ in range(dice.randint(1, 4)):
        name, other = dice.choice(list(members)), dice.choice(list(members))
        content = members[name]
        match dice.randrange(9):
            case 0 if name != DOCUMENT:
                del members[name]
            case 1:
                members[name], members[other] = members[other], content
            case 2:
                members[name] = content[: dice.randrange(len(content) + 1)]
            case 3:
                members[name.upper() if dice.random() < 0.5 else f"x/{name}"] = members.pop(name)
            case 4:
                members[name] = dice.choice((b"", b"<a/>", b"\xff\xfe<", b"<w:p/>"))
            case _:
                members[name] = _spoilt(content, dice)
    return members


def _spoilt(content: bytes, dice: random.Random) -> bytes:
    try:
        root = etree.fromstring(content)
    except etree.XMLSyntaxError:
        return content
    node = dice.choice(list(root.iter("*")))
    match dice.randrange(5):
        case 0 if node.attrib:
            node.set(dice.choice(list(map(str, node.attrib))), dice.choice(SPOILT))
        case 1 if node.getparent() is not None:
            node.getparent().remove(node)
        case 2:
            node.tag = dice.choice(("{urn:x}a", "a", str(root.tag)))
        case 3:
            node.text = dice.choice(SPOILT)
        case _:
            node.append(etree.fromstring(etree.tostring(node)))
    return etree.tostring(root)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(150))
def test_whatever_is_broken_is_told_and_is_no_fault_of_our_own(seed: int) -> None:
    """Neither the checks nor the writer know any other way out than their own errors."""
    data = FixedZip({}).build(_mutated(random.Random(seed)))
    try:
        found = judged(data, FILE, NEWEST)
    except TemplateError as error:
        assert re.search("[一-龥]", str(error))
    else:
        assert all(one.message and one.place is not None for one in found)
    try:
        render_docx(sample_report(NEWEST), compile_template(data, NEWEST))
    except GxgenError as error:
        assert re.search("[一-龥]", str(error))
