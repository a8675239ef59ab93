"""A template's package as its checks read it: parts that hold text, relations, sections."""

from __future__ import annotations

import math
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from gxgen.formats.docx.wordml import R, W, parse_xml, part_names
from gxgen.opc.package import DOCUMENT, Members

PAGES = {"default": "", "even": "偶数页", "first": "首页"}
KINDS = {"header": "页眉", "footer": "页脚"}
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the package that holds text: ``document``, ``header`` or ``footer``."""

    name: str
    kind: str
    label: str
    root: _Element


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to; ``target`` is a member, or an address outside."""

    kind: str
    target: str
    outside: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the document: its settings, and the header and footer that it names for each
    kind of page (``default``, ``even``, ``first``).
    """

    settings: _Element
    members: dict[tuple[str, str], str]


def parts(members: Members) -> list[Part]:
    """The document, then its headers and footers."""
    root = parse_xml(members[DOCUMENT], DOCUMENT)
    labels = _labels(sections(members, root))
    out = [Part(DOCUMENT, "document", "正文", root)]
    for name in part_names(members):
        part = parse_xml(members[name], name)
        kind = "header" if part.tag == W + "hdr" else "footer"
        out.append(Part(name, kind, labels.get(name, KINDS[kind]), part))
    return out


def relations_name(part: str) -> str:
    """``word/document.xml`` → ``word/_rels/document.xml.rels``."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(members: Members, name: str) -> dict[str, Relation]:
    """The relations in a ``.rels`` member by id; none where there is no such member."""
    base = posixpath.dirname(posixpath.dirname(name))
    found = {}
    for entry in parse_xml(members[name], name) if name in members else ():
        outside = entry.get("TargetMode") == "External"
        target = entry.get("Target", "")
        if not outside:
            target = posixpath.normpath(posixpath.join("/", base, target)).lstrip("/")
        kind = entry.get("Type", "").rpartition("/")[2]
        found[entry.get("Id", "")] = Relation(kind, target, outside)
    return found


def sections(members: Members, root: _Element) -> list[Section]:
    """The sections of the document in order; tracked changes keep a former one, which is none."""
    found = relations(members, relations_name(DOCUMENT))
    return [
        Section(node, dict(_references(node, found)))
        for node in root.iter(W + "sectPr")
        if (parent := node.getparent()) is None or parent.tag != W + "sectPrChange"
    ]


def _references(
    section: _Element, found: dict[str, Relation]
) -> Iterator[tuple[tuple[str, str], str]]:
    for kind in KINDS:
        for node in section.iterchildren(f"{W}{kind}Reference"):
            relation = found.get(node.get(R + "id", ""))
            pages = node.get(W + "type", "default")
            yield (kind, pages), "" if relation is None else relation.target


def _labels(every: list[Section]) -> dict[str, str]:
    """``word/header2.xml`` → 偶数页页眉; in a document of several sections 第2节偶数页页眉."""
    labels: dict[str, str] = {}
    for number, section in enumerate(every, 1):
        which = f"第{number}节" if len(every) > 1 else ""
        for (kind, pages), name in section.members.items():
            labels.setdefault(name, which + PAGES.get(pages, "") + KINDS[kind])
    return labels


def is_on(node: _Element | None) -> bool:
    """Whether a switch such as ``w:titlePg`` is there and on."""
    return node is not None and node.get(W + "val", "1") not in _OFF


def number_in(node: _Element | None, name: str = "val") -> float | None:
    """The number in an attribute; None where there is none."""
    try:
        found = math.nan if node is None else float(node.get(W + name, ""))
    except ValueError:
        return None
    return found if math.isfinite(found) else None
