"""A template's way from the bytes of a DOCX to code: patched by docxtpl, compiled by Jinja, once.

What comes of it is plain data, so that it can be kept from one run to the next: the patching and
compiling takes as long as checking and writing forty reports.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from types import CodeType
from typing import TypedDict

from jinja2 import Template
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from lxml import etree

from gxgen.cache import recalled
from gxgen.errors import GxgenError, TemplateError
from gxgen.formats.docx.bounds import ready_to_patch
from gxgen.formats.docx.environment import environment, parse
from gxgen.formats.docx.fit import figure_rooms
from gxgen.formats.docx.place import asked
from gxgen.formats.docx.read import body_items, text_of
from gxgen.formats.docx.wordml import HEADER_TYPES, W, parse_xml, part_names
from gxgen.formats.docx.wrapped import patcher
from gxgen.opc.package import CORE, DOCUMENT, Members

Sources = dict[str, str]
"""Jinja source of each part that varies, by member name."""

FEATURES: dict[str, re.Pattern[str]] = {
    "rich text": re.compile(r"\{\{r\s|\{%r\s"),
    "table cell loop": re.compile(r"\{%\s*tc\s|\{\{tc\s|\{#tc\s"),
    "table row loop": re.compile(r"\{%tr\s|\{\{tr\s|\{#tr\s"),
    "cell merge or colour": re.compile(r"\{%\s*(?:colspan|cellbg|hm|vm)\b"),
}
_ILLUSTRATED = re.compile(r"\{[{%][^{}]*\b(?:charts|tiles)\b")
_PICTURED = re.compile(r"\{\{ (?:pictures\.|block\.(?:above|below|icon|numeral|look)\b)")
_LOOPS = re.compile(r"\{%-?\s*(for|endfor)\b|<wp:docPr\b")
GENERAL_TAG = re.compile(r"\{\{\s*(agency|short_name|year|document_title)\s*\}\}")

_CORE_SOURCE = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties \
xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\
<dc:title>{{ document_title }}</dc:title><dc:creator>{{ agency }}</dc:creator>\
<cp:lastModifiedBy>{{ agency }}</cp:lastModifiedBy><cp:revision>1</cp:revision>\
<dcterms:created xsi:type="dcterms:W3CDTF">{{ created }}</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">{{ created }}</dcterms:modified>\
<dc:language>zh-CN</dc:language></cp:coreProperties>"""
"""Made anew for each report: a template's own would tell who edited it, and when."""


class CompiledParts(TypedDict):
    """All that is known of a template before its first report.

    ``features``: what it uses that only docxtpl itself can do. ``furniture``: its own paragraphs,
    each as text and, every other time, the name of a tag. ``rooms``: how many digits each
    figure's cell holds on a line. ``marks_drafts``: whether every header has the place for the
    draft mark. ``asked``: how often it shows each chart and the tiles; ``illustrated``: whether it
    names charts or tiles anywhere, ``pictured`` whether it names pictures or marks.
    """

    members: Members
    sources: Sources
    codes: dict[str, CodeType]
    features: list[str]
    furniture: list[list[str]]
    rooms: dict[str, int]
    marks_drafts: bool
    asked: dict[str, int | None]
    illustrated: bool
    pictured: bool


def compiled_parts(key: Iterable[bytes], members: Callable[[], Members]) -> CompiledParts:
    """A template compiled, or what is kept of an earlier time; ``key`` tells it from all others.

    Raises:
        TemplateError: it is no usable template.
    """
    made: CompiledParts = recalled(
        "template", (_libraries(), *key), lambda: dict(_compiled(members()))
    )
    return made


def _libraries() -> bytes:
    """The very files of the libraries that patch and compile; they are not imported for it."""
    found = [find_spec(name) for name in ("docxtpl", "jinja2")]
    places = [Path(spec.origin) for spec in found if spec is not None and spec.origin]
    said = [(str(place), place.parent.stat().st_mtime_ns) for place in places]
    return repr(said).encode()


def _compiled(members: Members) -> CompiledParts:
    sources = _patched(members)
    if CORE in members:
        sources[CORE] = _CORE_SOURCE
    headers = part_names(members, HEADER_TYPES[:1])
    return CompiledParts(
        members=members,
        sources=sources,
        codes={name: code_of(source, name) for name, source in sources.items()},
        features=sorted(_features(members, sources)),
        furniture=_furniture(members),
        rooms=figure_rooms(members),
        marks_drafts=bool(headers) and all("draft_mark" in sources.get(h, "") for h in headers),
        asked=asked(sources.get(DOCUMENT, "")),
        illustrated=any(_ILLUSTRATED.search(source) for source in sources.values()),
        pictured=any(_PICTURED.search(source) for source in sources.values()),
    )


def code_of(source: str, part: str) -> CodeType:
    """The code of a part's Jinja source.

    Raises:
        TemplateError: a tag is wrong, or not allowed.
    """
    properties = part == CORE
    try:
        tree = parse(source, properties=properties)
        code: CodeType = environment(properties=properties).compile(tree)
    except GxgenError:
        raise
    except Exception as error:
        raise explained(error, part) from error
    return code


def template_of(code: CodeType, part: str) -> Template:
    """The code of a part, ready to render in the sandbox."""
    env = environment(properties=part == CORE)
    return Template.from_code(env, code, env.make_globals(None))


def _furniture(members: Members) -> list[list[str]]:
    body = parse_xml(members[DOCUMENT], DOCUMENT)[0]
    texts = [text_of(item) for item in body_items(body) if item.tag == W + "p"]
    return [
        GENERAL_TAG.split(text)
        for text in texts
        if text.strip() and "{" not in GENERAL_TAG.sub("", text)
    ]


def _patched(members: Members) -> Sources:
    """Jinja source of the document, headers and footers that hold tags."""
    patch = patcher()
    sources = {}
    for name in (DOCUMENT, *part_names(members)):
        root = parse_xml(members[name], name)
        ready_to_patch(root, name)
        text = etree.tostring(root, encoding="unicode")
        if any(mark in text for mark in ("{{", "{%", "{#")):
            declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            sources[name] = declaration + patch(text)
    return sources


def _features(members: Members, sources: Sources) -> frozenset[str]:
    text = "".join(members[name].decode() for name in sources if name != CORE)
    found = {name for name, pattern in FEATURES.items() if pattern.search(text)}
    folders = (name.replace("word/", "word/_rels/") + ".rels" for name in part_names(members))
    if any(rels in members for rels in folders):
        found.add("header with pictures or links")
    if any(map(_repeats_drawing, sources.values())):
        found.add("picture or drawing in a loop")
    return frozenset(found)


def _repeats_drawing(source: str) -> bool:
    """Whether a drawing stands in a loop: each copy needs a number of its own."""
    depth = 0
    for found in _LOOPS.finditer(source):
        depth += {"for": 1, "endfor": -1}.get(found[1] or "", 0)
        if found[1] is None and depth > 0:
            return True
    return False


def explained(error: Exception, part: str) -> TemplateError:
    """Whatever Jinja says of a stranger's template, as one Chinese sentence."""
    match error:
        case TemplateSyntaxError():
            what = "有写错的标签"
        case UndefinedError():
            what = "有不认识的标签"
        case SecurityError() | OverflowError():
            what = "有不允许的标签"
        case _:
            what = "有无法执行的标签"
    name = re.search(r"'(\w+)'(?: is undefined)?$", str(error))
    which = f"“{name.group(1)}”" if name else ""
    return TemplateError(
        f"模板的{part}{what}{which}；用 gxgen template check 可列出全部错误及其位置。"
    )
