"""Tags where nothing fills them in, or where two copies of them stand: addresses, notes, boxes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gxgen.diagnostics import Finding
from gxgen.formats.docx.traces import without_traces
from gxgen.formats.docx.wordml import R, W, parse_xml
from gxgen.opc.package import CORE, Members
from gxgen.opc.relations import relations_part
from gxgen.places import FilePart
from gxgen.templates.lint.parts import relations
from gxgen.templates.lint.whereabouts import Whereabouts

BROKEN = "GX604"
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{\{|\{%|｛｛|｛[%％]", re.DOTALL)
_ESCAPED = re.compile("%7B(?:%7B|%25)|｛｛", re.IGNORECASE)
"""How Word writes the braces of a tag into an address."""
_TWINS = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_WORDS = {"footnotes": "脚注", "endnotes": "尾注", "chart": "图表", "diagram": "智能图形"}
_NOT_TEXT = (CORE, "docProps/app.xml", "word/theme/", "word/fontTable.xml")


def unfilled(members: Members, parts: Iterable[Whereabouts], file: str) -> Iterator[Finding]:
    """What a tag can be written into and is not filled in, or not surely."""
    read = set()
    for known in parts:
        read.add(known.part.name)
        yield from _in_twins(known)
        yield from _in_addresses(members, known)
    for name, content in without_traces(members).items():
        if name in read or not name.endswith(".xml") or name.startswith(_NOT_TEXT):
            continue
        if b"{" in content or "｛".encode() in content:
            found = TAG.search("".join(map(str, parse_xml(content, name).itertext())))
            if found:
                what = next((word for part, word in _WORDS.items() if part in name), "这个部件")
                message = (
                    f"{what}里的标签“{found.group()[:40]}”不会换成内容，"
                    "请移到正文、表格或页眉页脚里。"
                )
                yield Finding(BROKEN, message, FilePart(file, name), quote=found.group())


def _in_twins(known: Whereabouts) -> Iterator[Finding]:
    """Boxes and shapes are stored twice, for newer and older programs."""
    for node in known.part.root.iter(_TWINS):
        found = TAG.search("".join(text.text or "" for text in node.iter(W + "t")))
        if found and next(node.iterancestors(_TWINS), None) is None:
            message = (
                f"标签“{found.group()[:40]}”写在文本框或图形里，文件里存有新旧两份，"
                "印出来不能核对；请移到正文段落或表格里。"
            )
            yield Finding(BROKEN, message, known.of(node), quote=found.group())


def _in_addresses(members: Members, known: Whereabouts) -> Iterator[Finding]:
    listed = relations(members, relations_part(known.part.name))
    tagged = {
        identity: relation.target
        for identity, relation in listed.items()
        if _ESCAPED.search(relation.target) or TAG.search(relation.target)
    }
    for node in known.part.root.iter("*") if tagged else ():
        identity = node.get(R + "id", "")
        if identity in tagged:
            message = f"链接的地址里不能写标签，不会换成内容：“{tagged[identity][:60]}”。"
            yield Finding(BROKEN, message, known.of(node))
