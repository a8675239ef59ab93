"""What makes Word offer to repair a document, looked for in a DOCX that was written.

The schema does not say all of it: a cell without a paragraph, a row that does not fill the table,
a relation that leads nowhere are valid XML, and some of it valid by the schema too. Characters that
XML cannot hold are refused when a part is read.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from gxgen.errors import TemplateError
from gxgen.formats.docx.wordml import R, W, parse_xml
from gxgen.opc.package import CONTENT_TYPES, Members, read_package

if TYPE_CHECKING:
    from lxml.etree import _Element

_RELATIONS = "_rels/.rels"
_RESIDUE = ("ins", "del", "moveFrom", "moveTo", "commentRangeStart", "commentReference")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_STYLES = "word/styles.xml"


def package_faults(data: bytes) -> list[str]:
    """Everything wrong with a DOCX as a package; each fault names its part, and none is a guess."""
    try:
        members = read_package(data, "文档")
        roots = {name: parse_xml(members[name], name) for name in members if _is_xml(name)}
    except TemplateError as error:
        return [str(error)]
    faults = [*_types(members, roots), *_relations(members, roots)]
    styles = _ids(roots.get(_STYLES), "style", "styleId")
    for name, root in roots.items():
        if name.startswith("word/"):
            faults += (f"{name}：{fault}" for fault in _part(root, styles))
    return faults


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _types(members: Members, roots: dict[str, _Element]) -> Iterator[str]:
    """Parts without a content type, and content types without a part."""
    listed = Counter(node.get("PartName", "").lstrip("/") for node in roots[CONTENT_TYPES])
    endings = {node.get("Extension", "").lower() for node in roots[CONTENT_TYPES]}
    for name in members:
        known = name in listed or name.rpartition(".")[2].lower() in endings
        if name != CONTENT_TYPES and not known:
            yield f"{CONTENT_TYPES}：没有登记部件{name}的类型"
    for name, count in listed.items():
        if name and name not in members:
            yield f"{CONTENT_TYPES}：登记了不存在的部件{name}"
        if name and count > 1:
            yield f"{CONTENT_TYPES}：部件{name}登记了{count}次"


def _relations(members: Members, roots: dict[str, _Element]) -> Iterator[str]:
    """Relations that lead nowhere, are used and not there, or bear one number twice."""
    for name, root in roots.items():
        if name.endswith(".rels"):
            base = posixpath.dirname(posixpath.dirname(name))
            for node in root:
                if node.get("TargetMode") != "External":
                    target = _target(base, node.get("Target", ""))
                    if target not in members:
                        yield f"{name}：关系{node.get('Id')}指向不存在的部件{target}"
            yield from (f"{name}：编号{i}用了{n}次" for i, n in _repeated(root, "Id"))
        elif name != CONTENT_TYPES:
            home, own = posixpath.split(name)
            known = roots.get(f"{home}/_rels/{own}.rels")
            have = set() if known is None else {node.get("Id") for node in known}
            used = {v for n in root.iter() for a, v in n.attrib.items() if str(a).startswith(R)}
            yield from (f"{name}：引用了没有定义的关系{i}" for i in sorted(map(str, used - have)))
    if _RELATIONS not in members:
        yield f"{_RELATIONS}：缺少这个部件"


def _target(base: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", base, target)).lstrip("/")


def _repeated(root: _Element, attribute: str) -> Iterator[tuple[str, int]]:
    counted = Counter(node.get(attribute, "") for node in root)
    return ((value, n) for value, n in counted.items() if value and n > 1)


def _part(root: _Element, styles: set[str]) -> Iterator[str]:
    yield from _text(root)
    for table in root.iter(W + "tbl"):
        yield from _table(table)
    for kind in _RESIDUE:
        if next(root.iter(W + kind), None) is not None:
            yield f"留有修订或批注（w:{kind}）"
    named = {n.get(W + "val", "") for n in root.iter(W + "pStyle", W + "rStyle", W + "tblStyle")}
    yield from (f"用了没有定义的样式{name}" for name in sorted(named - styles))
    numbers = Counter(node.get("id", "") for node in root.iter(_DRAWING))
    yield from (f"图形编号{number}用了{n}次" for number, n in numbers.items() if n > 1)
    if root.tag == W + "document":
        yield from _body(root)


def _text(root: _Element) -> Iterator[str]:
    for node in root.iter(W + "t"):
        text = node.text or ""
        space = node.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
        if text != text.strip(" \t\n") and not space:
            yield f"文字“{text[:20]}”首尾的空格会丢失"
        if len(node):
            yield f"文字“{text[:20]}”里夹了别的标记"


def _body(root: _Element) -> Iterator[str]:
    body = root.find(W + "body")
    if body is None or not len(body):
        yield "没有正文"
        return
    if body[-1].tag != W + "sectPr":
        yield "正文不以页面设置结束"
    for before, after in pairwise(body):
        if before.tag == after.tag == W + "tbl":
            yield "两个表格之间没有段落，会连成一个"
    if len(body) > 1 and body[-2].tag == W + "tbl":
        yield "最后一个表格之后没有段落"


def _table(table: _Element) -> Iterator[str]:
    """Rows that do not fill the grid, cells without a paragraph at the end, merges of nothing."""
    columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    above: dict[int, int] = {}
    for number, row in enumerate(table.findall(W + "tr"), 1):
        place, open_now = _number(row, "gridBefore"), dict[int, int]()
        for cell in row.findall(W + "tc"):
            if not len(cell) or cell[-1].tag != W + "p":
                yield f"表格第{number}行有单元格不以段落结束"
            span = _number(cell, "gridSpan") or 1
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None:
                if merge.get(W + "val") != "restart" and above.get(place) != span:
                    yield f"表格第{number}行第{place + 1}列向上合并，上面却没有同宽的单元格"
                open_now[place] = span
            place += span
        place += _number(row, "gridAfter")
        if place != columns:
            yield f"表格第{number}行共{place}列，表格是{columns}列"
        above = open_now


def _number(node: _Element, name: str) -> int:
    found = node.find(f"{node.tag}Pr/{W}{name}")
    text = "" if found is None else found.get(W + "val", "")
    return int(text) if text.isdigit() else 0


def _ids(root: _Element | None, kind: str, attribute: str) -> set[str]:
    nodes = () if root is None else root.iter(W + kind)
    return {node.get(W + attribute, "") for node in nodes}
