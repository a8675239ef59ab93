"""The fields of a template: each by its code against the closed list.

A code may be spread over runs and hold fields of its own. It is put together as Word does it, and
whatever could be read in two ways is refused: a code that leaves its paragraph, stands in what some
programs pass over, or holds a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from gxgen.diagnostics import Finding
from gxgen.formats.docx.closed_list import may_open, of_code
from gxgen.formats.docx.wordml import W
from gxgen.templates.lint.whereabouts import Whereabouts

CODE = "GX651"
_STORIES = tuple(
    W + name
    for name in (
        "fldSimple",
        "txbxContent",
        "footnote",
        "endnote",
        "comment",
        "docPartBody",
        "body",
    )
)
"""Texts of their own: a field that begins in one ends there."""
_INNER = "\0"
"""Stands in a code for a field inside it."""
_NAME = re.compile(r"\s*(=|[^\s\\\"“”]+)")
_ARGUMENT = re.compile(r"(\\.)|\"([^\"]*)\"|“([^”]*)”|([^\s\\\"“”]+)")
_WITH_ARGUMENT = {r"\l", r"\o", r"\s", r"\t", r"\*", r"\@", r"\#"}
_TAGS = ("{{", "{%", "{#")
_READ = tuple(W + name for name in ("fldSimple", "fldChar", "instrText", "delInstrText", "t"))
_GONE = (W + "del", W + "moveFrom")
"""Told as revisions."""


@dataclass(eq=False, slots=True)
class _Open:
    """A field that has begun: its mark, its code so far, and whether it is written oddly."""

    mark: _Element
    story: _Element | None
    code: list[str] = field(default_factory=list)
    in_code: bool = True
    odd: bool = False

    def take(self, node: _Element, text: str) -> None:
        """A piece of the code."""
        self.code.append(text)
        self.odd = self.odd or not _is_plain(node, self)


def fields(known: Whereabouts) -> Iterator[Finding]:
    """What is wrong with a part's fields, each at its place."""
    for mark, code, odd in _codes(known.part.root):
        why = "写法不合规范的域：请删去，重新插入" if odd else _wrong(code)
        if why:
            shown = " ".join(code.replace(_INNER, "{…}").split())[:40]
            yield Finding(CODE, f"这里有{why}。", known.of(mark), quote=shown)
    for mark in known.part.root.iter(W + "entryMacro", W + "exitMacro"):
        message = "这里有运行宏的窗体域：请在“窗体域选项”里把“运行宏”改为空，或者删去。"
        yield Finding(CODE, message, known.of(mark), quote=mark.get(W + "val"))


def _wrong(code: str) -> str | None:
    """What a code is that may not be there, and what to do; None if it may."""
    if any(tag in code for tag in _TAGS):
        return "域代码里的标签：域代码里不能写标签，请移到普通文字里"
    found = _NAME.match(code)
    name = found[1].upper() if found else ""
    if not code.strip():
        return None
    verdict = of_code(name)
    if verdict.refused:
        shown = "" if _INNER in name else f"（{name[:20]}）"
        return f"{verdict.what}{shown}：{verdict.mend}"
    if name == "HYPERLINK" and not _opens(code[found.end() if found else 0 :]):
        return "指向文件的链接：只能链接到http、https网页和邮箱，请修改或者删去"
    return None


def _opens(arguments: str) -> bool:
    """Whether a link leads to a page, an address of mail or a place of the same document."""
    switch = ""
    for option, *texts in _ARGUMENT.findall(arguments):
        address = "".join(texts)
        if option or switch:
            switch = option if option.lower() in _WITH_ARGUMENT else ""
        elif address and not may_open(address):
            return False
    return _INNER not in arguments


def _codes(root: _Element) -> Iterator[tuple[_Element, str, bool]]:
    """Each field's mark, its code, and whether it is written oddly."""
    stacks: dict[_Element | None, list[_Open]] = {}
    for node in root.iter(*_READ):
        story = next(node.iterancestors(*_STORIES), None)
        stack = stacks.setdefault(story, [])
        in_code = bool(stack) and stack[-1].in_code
        if next(node.iterancestors(*_GONE), None) is not None:
            continue
        if node.tag == W + "fldChar":
            yield from _marked(node, story, stack)
        elif node.tag == W + "fldSimple":
            yield node, node.get(W + "instr", ""), False
            if in_code:
                stack[-1].take(node, _INNER)
        elif in_code:
            stack[-1].take(node, str(node.xpath("string()")))
        elif node.tag != W + "t" and not _is_result(story, stack):
            yield node, str(node.xpath("string()")), True
    yield from (_closed(one) for stack in stacks.values() for one in stack if one.in_code)


def _is_result(story: _Element | None, stack: list[_Open]) -> bool:
    """Whether here the result of a field stands as if it were code: Word writes it so inside the
    code of another."""
    simple = story is not None and story.tag == W + "fldSimple"
    return simple or any(one.in_code for one in stack)


def _marked(
    mark: _Element, story: _Element | None, stack: list[_Open]
) -> Iterator[tuple[_Element, str, bool]]:
    """The stack after a field's mark, and the code that ends with it."""
    kind = mark.get(W + "fldCharType")
    if kind == "begin":
        if stack and stack[-1].in_code:
            stack[-1].take(mark, _INNER)
        stack.append(_Open(mark, story))
    elif stack:
        if stack[-1].in_code:
            stack[-1].take(mark, "")
            stack[-1].in_code = False
            yield _closed(stack[-1])
        if kind != "separate":
            stack.pop()


def _closed(one: _Open) -> tuple[_Element, str, bool]:
    return one.mark, "".join(one.code), one.odd


def _is_plain(node: _Element, one: _Open) -> bool:
    """Whether a piece of a code stands where every program reads it: in a run of the paragraph in
    which the field begins, below elements of Word's own alone, none of which holds a tag."""
    around = list(node.iterancestors())
    paragraph = next((a for a in around if a.tag == W + "p"), None)
    if paragraph is None or paragraph is not next(one.mark.iterancestors(W + "p"), None):
        return False
    inside = around[: around.index(paragraph)]
    return (
        node.tag != W + "delInstrText"
        and (node.tag == W + "fldSimple" or (bool(inside) and inside[0].tag == W + "r"))
        and all(str(each.tag).startswith(W) for each in inside)
        and not _holds_tags(paragraph)
    )


def _holds_tags(paragraph: _Element) -> bool:
    """Whether an attribute in it holds a tag, which could take half of a code away."""
    values = (str(value) for node in paragraph.iter("*") for value in node.attrib.values())
    return any(tag in value for value in values for tag in _TAGS)
