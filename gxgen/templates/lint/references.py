"""A template's parts and what refers to them: those that are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml.etree import _Element

from gxgen.diagnostics import Finding
from gxgen.formats.docx.wordml import R
from gxgen.opc.package import Members
from gxgen.places import FilePart, Place
from gxgen.templates.lint.parts import Part, relations, relations_name
from gxgen.templates.lint.sites import Site

UNREADABLE = "GX601"
OWN = ("styles", "numbering", "footnotes", "endnotes", "settings", "fontTable", "theme")
"""Kinds of relation that Word follows though nothing in the text refers to them. Any other that
leads nowhere harms nobody as long as nothing refers to it: it is left out of reports."""
_REFERENCES = tuple(R + name for name in ("id", "embed", "link", "pict", "dm", "lo", "qs", "cs"))


def lost_parts(
    members: Members, file: str, found: list[Part], sites: list[Site]
) -> Iterator[Finding]:
    """Parts and relations that are referred to and not there."""
    for name in sorted(n for n in members if n.endswith(".rels")):
        for relation in relations(members, name).values():
            if not relation.outside and relation.target not in members and relation.kind in OWN:
                message = f"模板缺少部件{relation.target}，Word打不开用它生成的报告。"
                yield Finding(UNREADABLE, message, FilePart(file, relation.target))
    for part in found:
        yield from _unrelated(part, members, file, sites)


def _unrelated(part: Part, members: Members, file: str, sites: list[Site]) -> Iterator[Finding]:
    """Pictures and the like whose relation is not there."""
    listed = relations(members, relations_name(part.name))
    known = {name for name, one in listed.items() if one.outside or one.target in members}
    for node in part.root.iter("*"):
        for attribute in _REFERENCES:
            identity = node.get(attribute)
            if identity and identity not in known:
                lost = listed[identity].target if identity in listed else ""
                message = (
                    f"这里引用的图片或部件（{lost or identity}）已经丢失，"
                    "Word打不开用它生成的报告。"
                )
                place = _place(node, sites) or FilePart(file, lost or part.name)
                yield Finding(UNREADABLE, message, place)


def _place(node: _Element, sites: Iterable[Site]) -> Place | None:
    around = set(node.iterancestors())
    return next((site.place for site in sites if site.paragraph in around), None)
