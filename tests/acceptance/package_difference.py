"""Two workbooks compared by their XML, without any spreadsheet library: what a marked copy may
differ in is taken away from both, and all the rest must be the same."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WORKBOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"
_ADDED = re.compile(
    r"xl/(comments\d*\.xml|drawings/vmlDrawing\d+\.vml|comments/comment\d+\.xml"
    r"|worksheets/sheet\d+\.xml|worksheets/_rels/sheet\d+\.xml\.rels)"
)
_GROWING = ("numFmts", "fonts", "fills", "borders", "cellXfs")
"""Lists of styles: what is there stays at its number, more may follow."""

Cells = set[tuple[str, str]]


class Parts(dict[str, bytes]):
    """The parts of a workbook."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            super().__init__({name: archive.read(name) for name in archive.namelist()})

    def tree(self, part: str) -> etree._Element:
        return etree.fromstring(self[part])

    def targets(self, part: str) -> dict[str, str]:
        """Parts by relation id."""
        folder, name = posixpath.split(part)
        relations = f"{folder}/_rels/{name}.rels"
        if relations not in self:
            return {}
        return {
            r.get("Id"): posixpath.normpath(posixpath.join("/", folder, r.get("Target")))[1:]
            for r in self.tree(relations)
            if r.get("TargetMode") != "External"
        }

    def sheets(self) -> dict[str, str]:
        """Parts of the sheets by name, in their order."""
        targets = self.targets(_WORKBOOK)
        sheets = self.tree(_WORKBOOK).find(f"{_MAIN}sheets")
        return {s.get("name"): targets[s.get(f"{_OFFICE}id")] for s in sheets}


def package_differences(
    before: Path, after: Path, filled: Cells, commented: Cells, new_sheet: str
) -> Iterator[str]:
    """All that differs but the fills of ``filled``, the comments of ``commented`` and the last
    sheet."""
    old, new = Parts(before), Parts(after)
    sheets = old.sheets()
    if list(new.sheets()) != [*sheets, new_sheet]:
        yield f"sheets: {list(new.sheets())}"
    yield from (f"gone: {part}" for part in sorted(set(old) - set(new)))
    extra = sorted(set(new) - set(old))
    yield from (f"new: {part}" for part in extra if not _ADDED.fullmatch(part))
    passed = {"[Content_Types].xml", _WORKBOOK, _STYLES, "xl/_rels/workbook.xml.rels"}
    passed |= set(sheets.values()) | {p for p in old if p.startswith("xl/worksheets/_rels/")}
    yield from (f"changed: {p}" for p in sorted(old) if p not in passed and old[p] != new.get(p))
    yield from _declarations(old, new)
    yield from _workbook(old, new)
    yield from _style_lists(old, new)
    for name, part in sheets.items():
        marked, told = ({c for s, c in cells if s == name} for cells in (filled, commented))
        yield from _sheet(old, new, name, part, marked)
        noted = [_noted(parts, part) for parts in (old, new)]
        if noted[1] - noted[0] != told or noted[0] - noted[1]:
            yield f"{name}: comments at {sorted(noted[1] - noted[0])}"


def _declarations(old: Parts, new: Parts) -> Iterator[str]:
    """Content types and relations may only grow."""
    for part in old:
        if part == "[Content_Types].xml" or part.endswith(".rels"):
            before, after = ({_text(e) for e in p.tree(part)} for p in (old, new))
            yield from (f"{part}: {line}" for line in sorted(before - after))


def _workbook(old: Parts, new: Parts) -> Iterator[str]:
    trees = [parts.tree(_WORKBOOK) for parts in (old, new)]
    last = trees[1].find(f"{_MAIN}sheets")[-1]
    if last.get("state"):
        yield "the list is hidden"
    last.getparent().remove(last)
    for tree in trees:
        for view in tree.iter(f"{_MAIN}workbookView"):
            view.attrib.pop("activeTab", None)
    if _text(trees[0]) != _text(trees[1]):
        yield "workbook.xml"


def _style_lists(old: Parts, new: Parts) -> Iterator[str]:
    before, after = (parts.tree(_STYLES) for parts in (old, new))
    for kind in before:
        twin = after.find(kind.tag)
        if twin is None:
            yield f"styles: no {kind.tag}"
            continue
        lines, others = [_text(e) for e in kind], [_text(e) for e in twin]
        grows = etree.QName(kind).localname in _GROWING
        if lines != (others[: len(lines)] if grows else others):
            yield f"styles: {etree.QName(kind).localname}"


def _sheet(old: Parts, new: Parts, name: str, part: str, marked: set[str]) -> Iterator[str]:
    trees = [parts.tree(part) for parts in (old, new)]
    styles = [_taken_away(tree, marked) for tree in trees]
    if _text(trees[0]) != _text(trees[1]):
        yield f"{name}: something beside the marks"
    xfs = [list(parts.tree(_STYLES).find(f"{_MAIN}cellXfs")) for parts in (old, new)]
    for cell in sorted(marked):
        yield from (
            f"{name}!{cell}: {what}"
            for what in _restyled(*(xfs[i][styles[i].get(cell, 0)] for i in (0, 1)))
        )


def _taken_away(tree: etree._Element, marked: set[str]) -> dict[str, int]:
    """Drop what marks change; returns the styles of marked cells."""
    for view in tree.iter(f"{_MAIN}sheetView"):
        view.attrib.pop("tabSelected", None)
    for drawing in tree.findall(f"{_MAIN}legacyDrawing"):
        tree.remove(drawing)
    cells = (cell for cell in tree.iter(f"{_MAIN}c") if cell.get("r") in marked)
    return {cell.get("r"): int(cell.attrib.pop("s", 0)) for cell in cells}


def _restyled(old: etree._Element, new: etree._Element) -> Iterator[str]:
    """What a marked cell's style differs in beside its fill."""
    if old.get("fillId") == new.get("fillId"):
        yield "no fill of its own"
    looks = [
        ({k: v for k, v in xf.items() if k not in ("fillId", "applyFill")}, [_text(e) for e in xf])
        for xf in (old, new)
    ]
    if looks[0] != looks[1]:
        yield f"{looks[0]} became {looks[1]}"


def _noted(parts: Parts, part: str) -> set[str]:
    """Cells with a comment."""
    found = (p for p in parts.targets(part).values() if re.search(r"comments?\d*\.xml$", p))
    return {c.get("ref") for p in found for c in parts.tree(p).iter(f"{_MAIN}comment")}


def _text(element: etree._Element) -> str:
    return etree.tostring(element, method="c14n", with_tail=False).decode()
