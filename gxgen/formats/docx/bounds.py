"""What a template may weigh, looked at before anything is made of it.

All that follows (docxtpl's patterns, Jinja's compiler, the checks, the trial) takes time by the
number of tags, paragraphs and elements. Six times what the shipped templates have is enough for
any that a person makes in Word, and done in a moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

from gxgen.errors import TemplateError
from gxgen.formats.docx.wordml import HEADER_TYPES, W, paragraph_text, parse_xml, part_names
from gxgen.opc.package import DOCUMENT, MIB, Members, read_package

MOST_BYTES = 4 * MIB
MOST_ELEMENTS = 30_000
MOST_ATTRIBUTES = 1_000
MOST_DEPTH = 100
"""Bytes, elements and levels of an XML part, attributes of an element."""
MOST_IN_ALL = 100_000
"""Elements of a package."""
MOST_BRACES = 10_000
"""Curly braces in the text of a part; a tag has two or four, a shipped template 1,400."""
MOST_TEXT = 20_000
MOST_PIECES = 500
"""Characters of a paragraph, and the pieces that they are stored in."""

_SLACK = 4_000
"""Bytes; a shorter stretch of XML has not so many attributes."""
_LONG_STRETCH = re.compile(rb"<[^<]{%d,}" % _SLACK)
_MARKUP = re.compile(rb"[\xef\xbb\xbf\s]*<")
_BRACE = re.compile("[{}｛｝]")
_OPENED = re.compile(r"\{[{%#]")
_CLOSED = re.compile(r"\{\{(?:(?!\}\}|\{\{).)*\}\}|\{%(?:(?!%\}|\{%).)*%\}|\{#(?:(?!#\}|\{#).)*#\}",
                     re.DOTALL)  # fmt: skip
_PLAIN = re.compile(r"\{\{ [^{}]* \}\}")
"""The only tag that fills anything in where no text is."""
_OF_A_TABLE = re.compile(r"\{[{%#](?:tr|tc)\s|\{%\s*(?:cellbg|colspan|vm|hm)\b")
_ROOTS = dict(zip(("hdr", "ftr"), HEADER_TYPES, strict=True))


def read_template(data: bytes, name: str = "模板") -> Members:
    """All members of a template that is a Word document and within the bounds.

    Raises:
        TemplateError: it is not; the sentence says which part, and where in it.
    """
    members = read_package(data, name)
    weigh(members)
    look_over(members)
    return members


def weigh(members: Members) -> None:
    """Count what a template holds, by bytes: nothing is parsed yet.

    Raises:
        TemplateError: it is beyond what a template may weigh.
    """
    markup = [part for part in members if _is_markup(part, members[part])]
    if sum(_weighed(part, members[part]) for part in markup) > MOST_IN_ALL:
        raise TemplateError(f"模板里一共有{MOST_IN_ALL}个以上的元素（段落、单元格等），{_UNLIKE}。")


def look_over(members: Members) -> None:
    """See that its text is in order: roots, nesting, paragraphs, tags.

    Raises:
        TemplateError: it is not, or a part cannot be read.
    """
    _look_at(_document(members), DOCUMENT)
    for tag, content_type in _ROOTS.items():
        for part in part_names(members, (content_type,)):
            _weighed(part, members[part])
            root = parse_xml(members[part], part)
            if root.tag != W + tag:
                raise TemplateError(f"模板的{part}不是页眉或页脚，{_DAMAGED}。")
            _look_at(root, part)


_UNLIKE = "不像是一份公文模板，已拒绝使用"
_DAMAGED = "文件已损坏；请从随程序提供的模板重做"


def _is_markup(part: str, content: bytes) -> bool:
    """Whether it is XML, whatever its name; a drawing in SVG is passed on and never read."""
    return _MARKUP.match(content) is not None and not part.lower().endswith(".svg")


def _weighed(part: str, content: bytes) -> int:
    """How many elements a part has, by counting bytes: nothing is parsed yet."""
    if len(content) > MOST_BYTES:
        size = -(-len(content) // MIB)
        raise TemplateError(f"模板的{part}有{size} MB，超过{MOST_BYTES // MIB} MB，{_UNLIKE}。")
    elements = content.count(b"<") - content.count(b"</")
    if elements > MOST_ELEMENTS:
        raise TemplateError(
            f"模板的{part}有{elements}个元素（段落、单元格等），超过{MOST_ELEMENTS}个，{_UNLIKE}。"
        )
    if any(tag[0].count(b"=") > MOST_ATTRIBUTES for tag in _LONG_STRETCH.finditer(content)):
        raise TemplateError(f"模板的{part}有元素带着{MOST_ATTRIBUTES}个以上的属性，{_UNLIKE}。")
    return elements


def _document(members: Members) -> _Element:
    root = parse_xml(members[DOCUMENT], DOCUMENT)
    first = next(root.iterchildren("*"), None)
    if first is not None and first.tag == W + "background":
        raise TemplateError(
            "模板设了页面颜色，报告不能有底色：请在Word的“设计”—“页面颜色”里选“无颜色”，再存盘。"
        )
    if root.tag != W + "document" or first is None or root[0].tag != W + "body":
        raise TemplateError(f"模板的{DOCUMENT}里没有Word文档的正文，{_DAMAGED}。")
    return root


def _look_at(root: _Element, part: str) -> None:
    """The text of the document, a header or a footer."""
    if next(root.iterfind("/".join("*" * MOST_DEPTH)), None) is not None:
        raise TemplateError(f"模板的{part}里一层套一层，超过{MOST_DEPTH}层，{_UNLIKE}。")
    braces = 0
    for number, paragraph in enumerate(root.iter(W + "p"), 1):
        text = paragraph_text(paragraph)
        braces += len(_BRACE.findall(text))
        pieces = sum(1 for _ in paragraph.iter(W + "t"))
        if len(text) > MOST_TEXT or pieces > MOST_PIECES:
            raise TemplateError(
                f"模板的{part}从头数第{number}段（连同表格里的）有{len(text)}个字、分成{pieces}截，"
                f"最多{MOST_TEXT}个字、{MOST_PIECES}截；请删去这一段，重新输入。"
            )
    if braces > MOST_BRACES:
        raise TemplateError(f"模板的{part}有{braces}个花括号，超过{MOST_BRACES}个，{_UNLIKE}。")


def ready_to_patch(root: _Element, part: str) -> None:
    """See that docxtpl's patterns find the end of each tag near its beginning, in place.

    They look for the end of a tag, and for that of the row, cell or paragraph that it stands for;
    where there is none they would search all that follows, for each tag anew.

    Raises:
        TemplateError: a tag has no end, or stands where nothing is that it could stand for.
    """
    for node in root.iter(*(W + name for name in ("p", "r", "t", "tc", "tr"))):
        if node.attrib and not len(node) and node.text is None:
            node.text = ""
    for number, paragraph in enumerate(root.iter(W + "p"), 1):
        text = paragraph_text(paragraph)
        open_tag = _OPENED.search(_CLOSED.sub("", text)) if "{" in text else None
        astray = _OF_A_TABLE.search(text) and next(paragraph.iterancestors(W + "tc"), None) is None
        if open_tag or astray:
            why = "没有写完的" if open_tag else "只能写在表格里的"
            raise TemplateError(f"模板的{part}从头数第{number}段（连同表格里的）有{why}标签。")
    for text in _beside_the_text(root):
        if "{" in text and _OPENED.search(_PLAIN.sub("", text)):
            raise TemplateError(f"模板的{part}里有标签写在不能换成内容的地方：“{text[:40]}”。")


def _beside_the_text(root: _Element) -> Iterator[str]:
    """Attributes, and text that is in no paragraph's runs."""
    for node in root.iter():
        yield from map(str, node.attrib.values())
        yield node.tail or ""
        if node.tag != W + "t":
            yield node.text or ""
