"""Faults as designers make them in Word, planted in a template; each knows where it stands."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from gxgen.opc.package import FixedZip, read_package
from gxgen.places import DocumentCell
from gxgen.templates.lint.parts import parts
from gxgen.templates.lint.sites import Site, sites

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FILE = "report.docx"
FIGURE = re.compile(r"\{\{ ((?:disclosure|requests|remedies)\.[a-z_.]+) \}\}")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Template:
    """A template in pieces; what is planted goes straight into its trees."""

    def __init__(self, data: bytes) -> None:
        self.members = dict(read_package(data))
        self.parts = parts(self.members)
        self.document = self.parts[0]
        self.body = self.document.root[0]
        self.taken: list[etree._Element] = []

    @property
    def sites(self) -> list[Site]:
        return list(sites(self.document, FILE))

    def build(self) -> bytes:
        for part in self.parts:
            self.members[part.name] = etree.tostring(part.root)
        return FixedZip(self.members).build({})

    def take(self, wanted: Callable[[Site], bool], dice: random.Random) -> Site:
        """A paragraph that nothing has been planted in."""
        free = [s for s in self.sites if wanted(s) and not self._is_taken(s)]
        site = dice.choice(free)
        self.taken.append(site.paragraph)
        return site

    def _is_taken(self, site: Site) -> bool:
        return any(site.paragraph is taken for taken in self.taken)

    def figure(self, dice: random.Random) -> Site:
        return self.take(lambda s: FIGURE.fullmatch(s.text) is not None, dice)

    def control(self, pattern: str, dice: random.Random) -> Site:
        """A paragraph outside tables."""
        return self.take(
            lambda s: not isinstance(s.place, DocumentCell) and bool(re.search(pattern, s.text)),
            dice,
        )

    def place(self, paragraph: etree._Element | None) -> str:
        """Where it stands in the end: what comes before it may have moved."""
        return next((str(s.place) for s in self.sites if s.paragraph is paragraph), FILE)


@dataclass(frozen=True)
class Planted:
    """A fault: what, the codes that may tell it, the paragraph (None: the file or a part of it)."""

    what: str
    codes: tuple[str, ...]
    paragraph: etree._Element | None = None
    part: str = ""
    also: etree._Element | None = None
    """Another paragraph that is broken by it."""


def text_node(site: Site) -> etree._Element:
    return max(site.paragraph.iter(W + "t"), key=lambda node: len(node.text or ""))


def rewrite(site: Site, old: str, new: str) -> None:
    for node in site.paragraph.iter(W + "t"):
        if re.search(old, node.text or ""):
            node.text = re.sub(old, lambda m: m.expand(new), node.text, count=1)
            return
    raise AssertionError((old, site.text))


Plant = Callable[[Template, random.Random], Planted]


def _figure_text(what: str, new: str, *codes: str) -> Plant:
    """A figure's whole cell rewritten; ``KEY`` in the new text stands for its key."""

    def plant(template: Template, dice: random.Random) -> Planted:
        site = template.figure(dice)
        node = text_node(site)
        node.text = new.replace("KEY", FIGURE.fullmatch(site.text)[1])
        return Planted(what, codes, site.paragraph)

    return plant


def _control_text(what: str, pattern: str, old: str, new: str, *codes: str) -> Plant:
    def plant(template: Template, dice: random.Random) -> Planted:
        site = template.control(pattern, dice)
        rewrite(site, old, new)
        return Planted(what, codes, site.paragraph)

    return plant


def misspelt(template: Template, dice: random.Random) -> Planted:
    site = template.figure(dice)
    key = FIGURE.fullmatch(site.text)[1]
    at = dice.randrange(len(key) - 3, len(key) - 1)
    text_node(site).text = "{{ " + key[:at] + key[at] + key[at:] + " }}"
    return Planted("misspelt name", ("GX602",), site.paragraph)


def moved(template: Template, dice: random.Random) -> Planted:
    """The tag of another cell of the same table, pasted over."""
    site = template.figure(dice)
    table = FIGURE.fullmatch(site.text)[1].partition(".")[0]
    others = [
        found[1]
        for s in template.sites
        if (found := FIGURE.fullmatch(s.text))
        and found[1].startswith(table)
        and s.text != site.text
    ]
    text_node(site).text = "{{ " + dice.choice(others) + " }}"
    return Planted("moved figure", ("GX611",), site.paragraph)


def split_look(template: Template, dice: random.Random) -> Planted:
    """Half of a tag made bold."""
    site = template.figure(dice)
    run = text_node(site).getparent()
    twin = copy.deepcopy(run)
    run.addnext(twin)
    text, half = site.text, len(site.text) // 2
    run.find(W + "t").text, twin.find(W + "t").text = text[:half], text[half:]
    look = twin.find(W + "rPr")
    if look is None:
        look = etree.Element(W + "rPr")
        twin.insert(0, look)
    etree.SubElement(look, W + "em").set(W + "val", "dot")
    return Planted("formatting inside a tag", ("GX606",), site.paragraph)


def two_paragraphs(template: Template, dice: random.Random) -> Planted:
    """Return pressed inside a tag."""
    site = template.control(r"^\{\{ block\.number \}\}|\{\{ block.lead", dice)
    twin = copy.deepcopy(site.paragraph)
    site.paragraph.addnext(twin)
    node = text_node(site)
    other = list(twin.iter(W + "t"))
    for each in other:
        each.text = "" if each.text != node.text else node.text[5:]
    node.text = node.text[:5]
    template.taken.append(twin)
    return Planted("return inside a tag", ("GX604",), site.paragraph, also=twin)


def hidden(template: Template, dice: random.Random) -> Planted:
    site = template.figure(dice)
    look = _look(site)
    kind = dice.choice(("vanish", "color", "sz"))
    for old in look.findall(W + kind):
        look.remove(old)
    node = etree.SubElement(look, W + kind)
    if kind != "vanish":
        node.set(W + "val", "FFFFFF" if kind == "color" else "2")
    return Planted("invisible figure", ("GX616",), site.paragraph)


def _look(site: Site) -> etree._Element:
    run = text_node(site).getparent()
    look = run.find(W + "rPr")
    if look is None:
        look = etree.Element(W + "rPr")
        run.insert(0, look)
    return look


def label(template: Template, dice: random.Random) -> Planted:
    site = template.take(
        lambda s: isinstance(s.place, DocumentCell) and len(s.text) > 4 and "{" not in s.text, dice
    )
    text = site.text
    node = text_node(site)
    node.text = node.text.replace(node.text[1], "某", 1)
    assert text != "".join(n.text or "" for n in site.paragraph.iter(W + "t"))
    return Planted("label changed", ("GX608",), site.paragraph)


def heading(template: Template, dice: random.Random) -> Planted:
    site = template.control("^[一二三四五六]、.{4}", dice)
    node = text_node(site)
    node.text = node.text.replace("情况", "状况").replace("事项", "事宜")
    return Planted("heading changed", ("GX612",), site.paragraph)


def heading_style(template: Template, dice: random.Random) -> Planted:
    site = template.control("^[一二三四五六]、.{4}", dice)
    site.paragraph.find(f"{W}pPr/{W}pStyle").set(W + "val", "a")
    return Planted("heading without its style", ("GX612",), site.paragraph)


def revision(template: Template, dice: random.Random) -> Planted:
    site = template.figure(dice)
    run = text_node(site).getparent()
    around = etree.Element(W + "ins", {W + "id": "77", W + "author": "设计"})
    run.addprevious(around)
    around.append(run)
    return Planted("tracked insertion", ("GX614",), site.paragraph)


def fixed_text(template: Template, dice: random.Random) -> Planted:
    site = template.control("^\\{%p endfor", dice)
    new = copy.deepcopy(site.paragraph)
    site.paragraph.addnext(new)
    next(new.iter(W + "t")).text = "请各单位按本说明填写"
    return Planted("text left standing", ("GX617",), new)


def outside_loop(template: Template, dice: random.Random) -> Planted:
    """The paragraph of a section's text, dragged below the end of its loop."""
    site = template.control("^\\{%p endfor", dice)
    new = copy.deepcopy(site.paragraph)
    site.paragraph.addnext(new)
    next(new.iter(W + "t")).text = "{{ block.text }}"
    return Planted("tag outside its loop", ("GX602",), new)


def loop_without_end(template: Template, dice: random.Random) -> Planted:
    """The last loop's end deleted; the fault stands where the loop begins."""
    starts = [s for s in template.sites if re.search("^\\{%p for", s.text)]
    ends = [s for s in template.sites if re.search("^\\{%p endfor", s.text)]
    starts[-1].paragraph.getparent().remove(ends[-1].paragraph)
    return Planted("loop without end", ("GX605",), starts[-1].paragraph)


def table_of(template: Template, name: str) -> etree._Element:
    return next(
        t
        for t in template.body.iter(W + "tbl")
        if name in "".join(n.text or "" for n in t.iter(W + "t"))
    )


def row_deleted(template: Template, dice: random.Random) -> Planted:
    table = table_of(template, "requests.received")
    row = next(
        r for r in table.iter(W + "tr") if "not_processed.repeated." in "".join(r.itertext())
    )
    table.remove(row)
    return Planted("row deleted", ("GX608",), part="2.重复申请")


def table_removed(template: Template, dice: random.Random) -> Planted:
    table = table_of(template, "remedies.")
    table.getparent().remove(table)
    return Planted("table removed", ("GX609",), part="行政复议、行政诉讼情况")


def span_altered(template: Template, dice: random.Random) -> Planted:
    table = table_of(template, "disclosure.")
    cell = next(c for c in table.iter(W + "tc") if c.find(f"{W}tcPr/{W}gridSpan") is not None)
    cell.find(f"{W}tcPr/{W}gridSpan").set(W + "val", "3")
    return Planted("span altered", ("GX608",), next(cell.iter(W + "p")))


def _section(template: Template) -> etree._Element:
    return list(template.document.root.iter(W + "sectPr"))[-1]


def margins(template: Template, dice: random.Random) -> Planted:
    for side, value in (("top", "1440"), ("bottom", "1440"), ("left", "1800"), ("right", "1800")):
        _section(template).find(W + "pgMar").set(W + side, value)
    return Planted("margins changed", ("GX618",), part="页边距")


def paper(template: Template, dice: random.Random) -> Planted:
    size = _section(template).find(W + "pgSz")
    size.set(W + "w", "12240")
    size.set(W + "h", "15840")
    return Planted("paper changed", ("GX618",), part="纸张")


def grid(template: Template, dice: random.Random) -> Planted:
    node = _section(template).find(W + "docGrid")
    if node is None:
        node = etree.SubElement(_section(template), W + "docGrid")
    node.set(W + "type", "linesAndChars")
    node.set(W + "linePitch", "579")
    node.set(W + "charSpace", "-849")
    return Planted("character grid", ("GX610",), part="文档网格")


def grid_pitch(template: Template, dice: random.Random) -> Planted:
    node = _section(template).find(W + "docGrid")
    if node is None:
        node = etree.SubElement(_section(template), W + "docGrid")
    node.set(W + "type", "lines")
    node.set(W + "linePitch", "312")
    return Planted("grid of other lines", ("GX618",), part="文档网格")


def _header(template: Template, kind: str) -> str:
    """That of even pages, or the one that all pages share."""
    own = [part for part in template.parts if part.kind == kind]
    return next((part.name for part in own if "偶数页" in part.label), own[0].name)


def draft_mark(template: Template, dice: random.Random) -> Planted:
    name = _header(template, "header")
    part = next(p for p in template.parts if p.name == name)
    for node in part.root.iter(W + "t"):
        node.text = (node.text or "").replace("{{ draft_mark }}", "")
    return Planted("draft mark removed", ("GX603",), part="偶数页页眉")


def page_number(template: Template, dice: random.Random) -> Planted:
    name = _header(template, "footer")
    part = next(p for p in template.parts if p.name == name)
    for node in list(part.root.iter(W + "instrText")):
        node.getparent().remove(node)
    said = "偶数页页脚" if "偶数页" in part.label else "页脚"
    return Planted("page number removed", ("GX618",), part=said)


def first_page(template: Template, dice: random.Random) -> Planted:
    section = _section(template)
    node = etree.Element(W + "titlePg")
    grid = section.find(W + "docGrid")
    if grid is not None:
        grid.addprevious(node)
    else:
        section.append(node)
    return Planted("first page without a header", ("GX603",), part="首页没有页眉")


def lost_picture(template: Template, dice: random.Random) -> Planted:
    site = template.figure(dice)
    run = etree.SubElement(site.paragraph, W + "r")
    run.append(etree.fromstring(_PICTURE))
    return Planted("picture without its relation", ("GX601",), site.paragraph)


_PICTURE = (
    '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:blip r:embed="rId99"/></w:drawing>'
)


def outside_picture(template: Template, dice: random.Random) -> Planted:
    name = "word/_rels/document.xml.rels"
    template.members[name] = template.members[name].replace(
        b"</Relationships>",
        b'<Relationship Id="rId98" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/image" Target="http://example.invalid/a.png" TargetMode="External"/>'
        b"</Relationships>",
    )
    return Planted("linked picture", ("GX619",), part="example.invalid")


SMALL: tuple[Plant, ...] = (
    misspelt,
    moved,
    split_look,
    two_paragraphs,
    hidden,
    label,
    heading,
    heading_style,
    revision,
    fixed_text,
    outside_loop,
    lost_picture,
    _figure_text("full-width braces", "｛｛ KEY ｝｝", "GX604"),
    _figure_text("one brace too few", "{{ KEY }", "GX604"),
    _figure_text("one brace too few at first", "{ KEY }}", "GX604"),
    _figure_text("wrong closing", "{{ KEY %}", "GX604"),
    _figure_text("smart quotes", "{{ KEY|default(“”) }}", "GX607"),
    _figure_text("unknown filter", "{{ KEY|money }}", "GX602"),
    _figure_text("tag deleted", "", "GX603"),
    _figure_text("a number in place of the tag", "0", "GX603"),
    _figure_text("arithmetic", "{{ KEY + 1 }}", "GX615", "GX602"),
    _figure_text("capital letter", "{{ KEY.upper() }}", "GX602"),
    _figure_text("a unit behind the tag", "{{ KEY }}件", "GX615"),
    _figure_text("full-width stop", "{{ requests。received }}", "GX604"),
    _control_text("paragraph mark forgotten", r"^\{%p endif", r"\{%p endif", "{% endif", "GX613"),
    _control_text("text beside a control tag", r"^\{%p endfor", r"$", "说明", "GX604"),
    _control_text("keyword misspelt", r"^\{%p elif block.runin2", "elif", "elsif", "GX604"),
    _control_text("block misspelt", r"block\.runin3 %", "runin3", "runnin3", "GX602"),
    _control_text("space lost", r"^\{%p else", r"\{%p else", "{%pelse", "GX604"),
)
FIGURES: tuple[Plant, ...] = (misspelt, moved, split_look, hidden, revision, *SMALL[12:20])
"""What can be planted in any number, since there are so many figures."""
WHOLE: tuple[Plant, ...] = (
    loop_without_end,
    row_deleted,
    table_removed,
    span_altered,
    margins,
    paper,
    grid,
    draft_mark,
    page_number,
    first_page,
    outside_picture,
)
APART: tuple[Plant, ...] = (grid_pitch,)
