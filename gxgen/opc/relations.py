"""How the parts of a package know each other: relations by type, and names without case."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml.etree import _Element

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "_rels/.rels"
MAIN = "officeDocument"
"""The kind of relation that leads from a package to what it is about."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation: its id, the last word of its type, and a part name or an address ``outside``.

    The last word is the same in Transitional and in Strict packages; ``type`` is the whole.
    """

    id: str
    kind: str
    target: str
    outside: bool = False
    type: str = ""


def relations_part(part: str) -> str:
    """Where a part's relations lie: ``xl/workbook.xml`` → ``xl/_rels/workbook.xml.rels``."""
    folder, _, file = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{file}.rels")


def relations(root: _Element, part: str) -> Iterator[tuple[Relation, _Element]]:
    """The relations of a part, each with its element in the part that lists them."""
    for entry in root:
        if isinstance(entry.tag, str):
            target, outside = entry.get("Target", ""), entry.get("TargetMode") == "External"
            name = target if outside else part_name(target, posixpath.dirname(part))
            type_ = entry.get("Type", "")
            kind = type_.rpartition("/")[2]
            yield Relation(entry.get("Id", ""), kind, name, outside, type_), entry


def part_type(types: _Element, part: str) -> str | None:
    """A part's content type by the list of them: by its name, else by its ending; case does not
    count. None where it has none.
    """
    ending = part.rpartition("/")[2].rpartition(".")[2]
    for attribute, wanted in (("PartName", f"/{part}"), ("Extension", ending)):
        for entry in types.iterchildren("{*}*"):
            if entry.get(attribute, "").casefold() == wanted.casefold():
                return entry.get("ContentType")
    return None


def part_name(target: str, folder: str = "") -> str:
    """The name of the part that a relation leads to from a part in that folder."""
    target = target.replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def main_part(root: _Element) -> str | None:
    """What a package is about, by its own relations: ``xl/workbook.xml``, ``word/document.xml``."""
    found = (one.target for one, _ in relations(root, "") if one.kind == MAIN and not one.outside)
    return next(found, None)


def find_part(names: Iterable[str], wanted: str) -> str | None:
    """The part of that name as the package spells it: case does not count, nor which slash."""
    folded = part_name(wanted).casefold()
    return next((name for name in names if part_name(name).casefold() == folded), None)
