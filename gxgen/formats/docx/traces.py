"""What a template's designer left in the file, taken out: none of it leaves with a report.

Who made it and when, for which office, from which file, what was changed and remarked: all that
office programs note beside the text. Kept are the parts that the document refers to and that the
closed lists let travel. Revisions are accepted, though a style that has any is not printed with.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lxml.etree import _Element

from gxgen.formats.docx.closed_list import may_open, of_relation, of_type
from gxgen.formats.docx.wordml import W, parse_xml
from gxgen.opc.package import CONTENT_TYPES, CORE, DOCUMENT, Members
from gxgen.opc.relations import (
    MAIN,
    PACKAGE_RELATIONS,
    Relation,
    part_type,
    relations,
    relations_part,
)
from gxgen.opc.xml import written

APP = "docProps/app.xml"
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>gxgen</Application></Properties>"
)
_OF_THE_PACKAGE = {MAIN: DOCUMENT, "core-properties": CORE, "extended-properties": APP}
"""The relations of the package itself that stay, and the only part that they may lead to."""
LINK = "hyperlink"
"""The kind of relation that may lead outside: nothing is fetched until somebody clicks."""
WORDML = W[1:-1].encode()
UNWRAPPED = ("ins", "moveTo")
DELETED = ("del", "moveFrom")
FORMER = ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange",
          "tcPrChange", "tblPrExChange", "numberingChange")  # fmt: skip
"""Properties as they were before."""
CELL_MARKS = ("cellIns", "cellDel", "cellMerge")
RANGES = tuple(
    f"{kind}Range{end}"
    for kind in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom",
                 "customXmlMoveTo")
    for end in ("Start", "End")
)  # fmt: skip
COMMENTS = ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef")
BINDINGS = ("{*}dataBinding",)
_SETTINGS = ("rsids", "attachedTemplate", "docVars", "mailMerge", "attachedSchema", "schemaLibrary",
             "saveThroughXslt", "docId", "smartTagType")  # fmt: skip
_ATTRIBUTE = re.compile(r"\{[^}]*\}(?:rsid\w*|paraId|textId|anchorId|editId)")
"""Marks of editing sessions; a loop would repeat those that must be unique, and none is needed."""
_PATH = re.compile(r"(?i)^(?:[a-z]:[\\/]|\\\\|file:|/(?:home|users)/)")


def without_traces(members: Members) -> Members:
    """The members that may leave with a report, cleaned of what tells of the designer."""
    types = parse_xml(members[CONTENT_TYPES], CONTENT_TYPES)
    kept = dict(_reachable(members, types))
    if APP in kept:
        kept[APP] = _APP
    for name, content in kept.items():
        if WORDML in content and name.endswith(".xml"):
            root = parse_xml(content, name)
            if _clean(root):
                kept[name] = written(root)
    lost = [
        entry
        for entry in types
        if (entry.get("PartName") and entry.get("PartName", "")[1:] not in kept)
        or of_type(entry.get("ContentType")).refused
    ]
    for entry in lost:
        types.remove(entry)
    kept[CONTENT_TYPES] = written(types) if lost else members[CONTENT_TYPES]
    return {name: kept[name] for name in members if name in kept}


def _reachable(members: Members, types: _Element) -> Iterator[tuple[str, bytes]]:
    """The parts that the document needs, and what says so, without relations that lead nowhere."""
    waiting, seen = [DOCUMENT, ""], {DOCUMENT, ""}
    while waiting:
        part = waiting.pop()
        listing = relations_part(part) if part else PACKAGE_RELATIONS
        if part:
            yield part, members[part]
        if listing not in members:
            continue
        root, changed = parse_xml(members[listing], listing), False
        for relation, entry in list(relations(root, part)):
            there = relation.outside or relation.target in members
            if not there or not _stays(part, relation, types):
                root.remove(entry)
                changed = True
            elif not relation.outside and relation.target not in seen:
                seen.add(relation.target)
                waiting.append(relation.target)
        yield listing, written(root) if changed else members[listing]


def _stays(part: str, relation: Relation, types: _Element) -> bool:
    """Whether the closed lists let a relation travel, and what it leads to."""
    if not of_relation(relation.type).stays:
        return False
    if relation.outside:
        return bool(part) and relation.kind == LINK and may_open(relation.target)
    if not part:
        return relation.target == _OF_THE_PACKAGE.get(relation.kind)
    return of_type(part_type(types, relation.target)).stays


def _clean(root: _Element) -> bool:
    """Take the traces out of a part; whether there were any."""
    found = _accept(root) + _drop(root)
    for node in root.iter("*"):
        for name in [n for n in map(str, node.attrib) if _ATTRIBUTE.fullmatch(n)]:
            del node.attrib[name]
            found += 1
        if str(node.tag).endswith(("}docPr", "}cNvPr", "}imagedata")):
            found += _forget_path(node)
    return found > 0


def _accept(root: _Element) -> int:
    """Revisions as if they had been accepted; how many there were."""
    found = 0
    for node in list(root.iter(W + "tr", W + "tc")):
        kind = "trPr/" + W + "del" if node.tag == W + "tr" else "tcPr/" + W + "cellDel"
        if node.find(W + kind) is not None:
            found += _remove(node)
    for node in list(root.iter(*(W + name for name in UNWRAPPED))):
        parent = node.getparent()
        if parent is not None:
            for child in list(node):
                node.addprevious(child)
            found += _remove(node)
    gone = (*DELETED, *FORMER, *CELL_MARKS, *RANGES, *COMMENTS)
    return found + sum(map(_remove, list(root.iter(*(W + name for name in gone)))))


def _drop(root: _Element) -> int:
    """What stands for something outside the text; how much there was."""
    found = sum(map(_remove, list(root.iter(W + "rsid", *BINDINGS))))
    if root.tag == W + "settings":
        names = [f"{{*}}{name}" for name in _SETTINGS]
        found += sum(map(_remove, [node for name in names for node in root.findall(name)]))
    if root.tag == W + "document":
        for control in root.iter(W + "sdtPr"):  # a loop would repeat its number
            found += sum(map(_remove, control.findall(W + "id")))
    return found


def _remove(node: _Element) -> bool:
    """Take it out; whether it was in anything."""
    parent = node.getparent()
    if parent is None:
        return False
    parent.remove(node)
    return True


def _forget_path(node: _Element) -> int:
    """A picture's name and description are often the file that it was taken from."""
    paths = [n for n in ("name", "descr", "title") if _PATH.match(node.get(n, ""))]
    for name in paths:
        node.set(name, posixpath.basename(node.get(name, "").replace("\\", "/")))
    return len(paths)
