"""``xl/workbook.xml``: the sheets in order, and the names that find each figure again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import Any
from xml.parsers import expat

from gxgen.a1 import cell_reference
from gxgen.form.layout import FINDINGS_SHEET, NAME_PREFIX
from gxgen.form.read.file import FormFile, PartError, damaged

Target = tuple[str, int, int]
"""(sheet, row, column), 0-based."""


@dataclass(eq=False)
class Names:
    """Sheets with their parts, and the ``gx.`` names: where each points, and what copies say.

    Shared by all workbooks with the same names, so nobody changes it.
    """

    sheets: dict[str, str] = field(default_factory=dict)
    """Sheet name → part name, in the order of the tabs."""
    targets: dict[str, Target] = field(default_factory=dict)
    """Workbook-level names without their prefix."""
    lost: set[str] = field(default_factory=set)
    """Names that point nowhere: their sheet or cell was deleted."""
    copies: dict[str, set[str]] = field(default_factory=dict)
    """Sheet → names of its own: what is left when a sheet is copied."""
    hidden: set[str] = field(default_factory=set)
    """Sheets whose tab nobody sees."""


def read_names(file: FormFile) -> Names:
    """Parse the workbook part.

    Raises:
        PartError: it is missing or not well-formed.
    """
    parts = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    try:
        return _names(*map(file.read, parts))
    except (expat.ExpatError, ValueError):
        raise PartError(damaged(file.name, f"部件 {parts[0]} 不是完整的 XML")) from None


@lru_cache(maxsize=8)
def _names(workbook: bytes, relations: bytes) -> Names:
    """The forms of a county name the same cells, so most are parsed once."""
    targets = _Relations()
    _parse(relations, targets)
    parser = _Parser()
    if not _take(workbook, parser):
        _parse(workbook, parser)
    order = [name for name, _ in parser.sheets]
    found = {name: targets.targets.get(rid, "") for name, rid in parser.sheets}
    names = Names({n: part for n, part in found.items() if not n.startswith(FINDINGS_SHEET)})
    names.hidden.update(parser.hidden)
    for name, scope, reference in parser.names:
        key = name[len(NAME_PREFIX) :]
        if scope is not None:
            if scope.isdecimal() and int(scope) < len(order):
                names.copies.setdefault(order[int(scope)], set()).add(key)
            continue
        target = cell_reference(reference)
        if target is None or target[0] not in names.sheets:
            names.lost.add(key)
        else:
            names.targets[key] = target
    return names


_SHEETS = re.compile(r'<sheet name="([^"]*)"[^>]* r:id="([^"]*)"[^>]*/>')
_UNSEEN = re.compile(r'<sheet name="([^"]*)"[^>]* state="(?:hidden|veryHidden)"')
_GLOBAL = re.compile(
    r'<definedName (?:function="false" hidden="false" )?name="(gx\.[^"]*)"'
    r'(?: vbProcedure="false")?>([^<]*)</definedName>'
)


def _take(xml: bytes, parser: _Parser) -> bool:
    """The quick way, for the part as programs write it; False if it is written otherwise."""
    if b"<!" in xml:
        return False
    text = xml.decode("utf-8", "replace")
    sheets = _SHEETS.findall(text)
    names = _GLOBAL.findall(text)
    if not sheets or len(sheets) != text.count("<sheet ") or len(names) != text.count(NAME_PREFIX):
        return False
    parser.sheets = [(unescape(name), rid) for name, rid in sheets]
    parser.names = [(name, None, unescape(target)) for name, target in names]
    parser.hidden = [unescape(name) for name in _UNSEEN.findall(text)]
    return True


class _Parser:
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.hidden: list[str] = []
        self.names: list[tuple[str, str | None, str]] = []
        self.open: tuple[str, str | None] | None = None
        self.text: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "definedName":
            name = attributes.get("name", "")
            if name.startswith(NAME_PREFIX):
                self.open, self.text = (name, attributes.get("localSheetId")), []
        elif tag == "sheet":
            rid = next(
                (v for k, v in attributes.items() if k.rpartition(":")[1:] == (":", "id")), ""
            )
            self.sheets.append((attributes.get("name", ""), rid))
            if attributes.get("state", "visible") != "visible":
                self.hidden.append(attributes.get("name", ""))

    def characters(self, data: str) -> None:
        if self.open is not None:
            self.text.append(data)

    def end(self, _tag: str) -> None:
        if self.open is not None:
            self.names.append((*self.open, "".join(self.text)))
            self.open = None


class _Relations:
    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, _tag: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        if "Id" in attributes and attributes.get("TargetMode") != "External":
            path = target[1:] if target.startswith("/") else f"xl/{target}"
            self.targets[attributes["Id"]] = path.replace("xl/./", "xl/")

    def characters(self, data: str) -> None:
        pass

    def end(self, tag: str) -> None:
        pass


def _parse(xml: bytes, handler: Any) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.characters
    parser.Parse(xml, True)
