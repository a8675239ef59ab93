"""A return copy: the agency's own workbook with what is wrong marked in it.

Each faulty cell gets a fill over its own style and a comment; of several cells that one finding is
about, such as blank ones, only the first bears the comment. A sheet 错误清单 lists all findings and
leads to the cells; sheet 说明 gets a row for each question, ready but for the reason. Only the
parts of the package that these concern are changed, and in them only this. Marks of an earlier
copy are taken off first, so a corrected copy can be handed in as it is.
What the parts of this work are: :mod:`~gxgen.opc.editing` (the file), ``styles`` (fills, and how
they are known again), ``notes`` and ``note_boxes`` (comments and their boxes), ``findings`` and
``findings_sheet`` (the list), ``answers``, ``clear``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree
from lxml.etree import _Element

from gxgen.a1 import Position
from gxgen.diagnostics import Diagnostic, Finding, Severity, worst_first
from gxgen.form.layout import FINDINGS_SHEET
from gxgen.form.mark.answers import prefill
from gxgen.form.mark.clear import clear_marks, sheet_parts
from gxgen.form.mark.elements import RELATION, UnmarkableError, q
from gxgen.form.mark.findings import findings_workbook, listing, of_clerk, printable
from gxgen.form.mark.findings_sheet import list_sheet, style_of
from gxgen.form.mark.notes import MOST_CHARACTERS, Notes
from gxgen.form.mark.sheet_tree import SheetTree
from gxgen.form.mark.styles import Styles
from gxgen.form.read.file import FormFile, open_file
from gxgen.opc.editing import Editing
from gxgen.opc.package import PackageError
from gxgen.opc.relations import OFFICE
from gxgen.opc.xml import XmlError, whole
from gxgen.places import SheetCell

__all__ = ["findings_workbook", "mark_workbook"]

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_SELECTED = re.compile(rb"tabSelected\s*=\s*[\"'](?:1|true)")

Faults = dict[Position, list[tuple[Diagnostic, bool]]]
"""What concerns a cell, and whether the cell's comment says it: else another cell's does."""


def mark_workbook(data: bytes, diagnostics: Sequence[Diagnostic]) -> bytes | None:
    """A copy of a workbook with the clerk's of these findings marked; the same input gives the
    same bytes.

    Errors and warnings are marked in their cells; notes, and what has no cell, are in the list
    only. None where the file cannot be marked without risk (no .xlsx, damaged, encrypted, Strict
    Open XML): then :func:`findings_workbook` says what is wrong instead.
    """
    file = open_file(data, "")
    if isinstance(file, Finding) or any(map(file.package.encrypted, file.package.parts)):
        return None

    try:
        package = Editing(file.package)
        _mark(package, file, of_clerk(diagnostics))
        return package.build()
    except (PackageError, UnmarkableError, XmlError):
        return None


def _mark(package: Editing, file: FormFile, diagnostics: list[Diagnostic]) -> None:
    main = file.main
    styles_part = _styles_part(package, main)
    styles = Styles(package.tree(styles_part))
    clear_marks(package, main, styles)
    sheets = sheet_parts(package, main)
    faults = _by_sheet(package, diagnostics, {name: part for name, part, _ in sheets})
    for part, found in faults.items():
        _mark_sheet(package, part, found, styles)
    prefill(package, file, {name: part for name, part, _ in sheets}, diagnostics)
    for _, part, _ in sheets:
        if part in package and _SELECTED.search(package.content(part)):
            SheetTree(package.edit(part)).deselect()
    visible = frozenset(name for name, _, shown in sheets if shown)
    root = list_sheet(listing(diagnostics, visible), styles)
    _add_sheet(package, main, root, [name for name, _, _ in sheets])
    if styles.changed:
        package.edit(styles_part)


def _styles_part(package: Editing, main: str) -> str:
    found = [r.target for r in package.relations(main) if r.kind == "styles"]
    if len(found) != 1 or found[0] not in package:
        raise UnmarkableError("no styles part")
    return found[0]


def _by_sheet(
    package: Editing, diagnostics: list[Diagnostic], parts: dict[str, str]
) -> dict[str, Faults]:
    """What is to be marked, by worksheet part and cell."""
    found: dict[str, Faults] = {}
    for one in diagnostics:
        first = (one.place,) if isinstance(one.place, SheetCell) else one.cells[:1]
        for cell in dict.fromkeys((*first, *one.cells)):
            part = parts.get(cell.sheet)
            if part is not None and part in package:
                here = found.setdefault(part, {}).setdefault((cell.row, cell.column), [])
                here.append((one, cell in first))
    return found


def _mark_sheet(package: Editing, part: str, faults: Faults, styles: Styles) -> None:
    sheet = SheetTree(package.edit(part))
    shown: Faults = {}
    for at, found in faults.items():
        shown.setdefault(sheet.anchor(at), []).extend(found)
    notes: dict[Position, str] = {}
    for at in sorted(shown):
        worst = worst_first(one for one, _ in shown[at])[0].severity
        if worst is Severity.NOTE:
            continue
        cell = sheet.cell(at)
        style = styles.marked(style_of(cell), worst)
        if style is not None:
            cell.set("s", str(style))
        if said := worst_first(one for one, here in shown[at] if here):
            notes[at] = _note(said)
    if notes:
        Notes(package, part).add(sheet, notes)


def _note(found: list[Diagnostic]) -> str:
    """The comment: each finding's sentence and what to do."""
    said = []
    for one in found:
        hint = f"\n怎么改：{printable(one.hint)}" if one.hint else ""
        said.append(f"{one.severity.label} {one.code}：{printable(one.message)}{hint}")
    text = "\n\n".join(said)
    more = f"……\n其余见“{FINDINGS_SHEET}”。"
    return text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + more


def _add_sheet(package: Editing, main: str, root: _Element, names: list[str]) -> None:
    """The list goes behind all sheets, so that nothing that counts them moves, and is shown."""
    part = package.unused("xl/worksheets/sheet{}.xml")
    package.put(part, root)
    package.declare(part, _SHEET_TYPE)
    relation = package.relate(main, "worksheet", part)
    workbook = package.edit(main)
    sheets = workbook.find(q("sheets"))
    if sheets is None:
        raise UnmarkableError("no sheets")
    ids = [whole(sheet.get("sheetId")) for sheet in sheets]
    new = etree.SubElement(sheets, q("sheet"), nsmap={"r": OFFICE})
    new.set("name", _free_name(names))
    new.set("sheetId", str(max(ids, default=0) + 1))
    new.set(RELATION, relation)
    _open_on_last(workbook, sheets)


def _free_name(names: list[str]) -> str:
    taken = {name.casefold() for name in names}
    names = [FINDINGS_SHEET, *(f"{FINDINGS_SHEET}（{n}）" for n in range(2, len(taken) + 3))]
    return next(name for name in names if name.casefold() not in taken)


def _open_on_last(workbook: _Element, sheets: _Element) -> None:
    views = workbook.find(q("bookViews"))
    if views is None:
        views = etree.Element(q("bookViews"))
        sheets.addprevious(views)
    if views.find(q("workbookView")) is None:
        etree.SubElement(views, q("workbookView"))
    for view in views.iterfind(q("workbookView")):
        view.set("activeTab", str(len(sheets) - 1))
