"""What editing left in a template: revisions and comments, controls bound to what is not sent,
protection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from lxml.etree import _Element

from gxgen.diagnostics import Finding
from gxgen.formats.docx.traces import (
    BINDINGS,
    CELL_MARKS,
    COMMENTS,
    DELETED,
    FORMER,
    UNWRAPPED,
    WORDML,
)
from gxgen.formats.docx.wordml import W, parse_xml
from gxgen.opc.package import Members
from gxgen.places import FilePart, Place
from gxgen.templates.lint.page import SETTINGS
from gxgen.templates.lint.parts import Part, is_on
from gxgen.templates.lint.whereabouts import Whereabouts

REVISIONS, BOUND, PROTECTED = "GX614", "GX620", "GX645"

_WORDS = {
    **dict.fromkeys((W + name for name in UNWRAPPED), "插入"),
    **dict.fromkeys((W + name for name in DELETED), "删除"),
    **dict.fromkeys((W + name for name in FORMER), "格式改动"),
    **dict.fromkeys((W + name for name in CELL_MARKS), "单元格改动"),
    W + "moveTo": "移动",
    W + "moveFrom": "移动",
}
_ANCHORS = tuple(W + name for name in COMMENTS)
_ELSEWHERE = ("word/comments", "word/people", "word/glossary/")
"""Parts that never leave with a report, so that revisions in them harm nobody."""


def leftovers(members: Members, parts: Iterable[Whereabouts], file: str) -> Iterator[Finding]:
    """All of it, in every part that reports are made of."""
    read = set()
    for known in parts:
        read.add(known.part.name)
        yield from _revisions(known.part.root, known.of)
        yield from _comments(known)
        for node in known.part.root.iter(*BINDINGS):
            message = "这里的内容控件与文档属性绑定，打开报告时显示的是属性，不是这里的文字或标签。"
            yield Finding(BOUND, message, known.of(node))
    for name, content in members.items():
        if name not in read and WORDML in content and not name.startswith(_ELSEWHERE):
            part = Part(name, "other", name, parse_xml(content, name))
            yield from _revisions(part.root, Whereabouts(part, (), file).of)
    yield from _protection(members, file)


def _revisions(root: _Element, place_of: Callable[[_Element], Place]) -> Iterator[Finding]:
    found: dict[Place, list[str]] = defaultdict(list)
    for node in root.iter(*_WORDS):
        found[place_of(node)].append(_WORDS[str(node.tag)])
    for place, words in found.items():
        kinds = "、".join(dict.fromkeys(words))
        yield Finding(REVISIONS, f"这里留有修订（{kinds}），会印进每一份报告。", place)


def _comments(known: Whereabouts) -> Iterator[Finding]:
    """Each comment at the first of its anchors."""
    first: dict[str, Place] = {}
    for node in known.part.root.iter(*_ANCHORS):
        first.setdefault(node.get(W + "id", ""), known.of(node))
    for place in dict.fromkeys(first.values()):
        yield Finding(REVISIONS, "这里留有批注，会印进每一份报告。", place)


def _protection(members: Members, file: str) -> Iterator[Finding]:
    """Settings that every report would take over."""
    if SETTINGS not in members:
        return
    root, place = parse_xml(members[SETTINGS], SETTINGS), FilePart(file, SETTINGS)
    protection = root.find(W + "documentProtection")
    enforced = protection is not None and protection.get(W + "enforcement", "0") in (
        "1",
        "true",
        "on",
    )
    for wrong, words in (
        (enforced, "设了限制编辑（保护），每一份报告打开后都不能改"),
        (
            root.find(W + "writeProtection") is not None,
            "设了修改密码或“建议只读”，每一份报告都带着",
        ),
        (is_on(root.find(W + "trackRevisions")), "开着修订，每一份报告打开后一改就留痕"),
    ):
        if wrong:
            yield Finding(PROTECTED, f"模板{words}。", place)
