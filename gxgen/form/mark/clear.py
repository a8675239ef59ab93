"""Taking off what an earlier marked copy bears: list, fills and comments, and nothing else.

The copy may have been saved since by any program: sheets moved, rows inserted, styles numbered
anew. A list that was deleted by hand costs nothing but the exact fills beneath the marks.
"""

from __future__ import annotations

from lxml.etree import _Element

from gxgen.form.layout import FINDINGS_SHEET
from gxgen.form.mark.elements import RELATION, UnmarkableError, q
from gxgen.form.mark.findings_sheet import beneath, style_of
from gxgen.form.mark.notes import Notes
from gxgen.form.mark.sheet_tree import SheetTree
from gxgen.form.mark.styles import Styles
from gxgen.opc.editing import Editing
from gxgen.opc.limits import SHEETS
from gxgen.opc.xml import whole


def sheet_parts(package: Editing, main: str) -> list[tuple[str, str, bool]]:
    """(name, part, whether it is visible) of each worksheet, in the order of the tabs.

    Raises:
        UnmarkableError: the workbook part is not of the usual namespace, or has too many.
    """
    targets = {r.id: r.target for r in package.relations(main) if r.kind == "worksheet"}
    sheets = _sheets(package.tree(main))
    if len(sheets) > SHEETS:
        raise UnmarkableError("too many sheets")
    return [
        (sheet.get("name", ""), targets[relation], sheet.get("state", "visible") == "visible")
        for sheet in sheets
        if (relation := sheet.get(RELATION, "")) in targets and targets[relation] in package
    ]


def _sheets(workbook: _Element) -> _Element:
    found = workbook.find(q("sheets"))
    if workbook.tag != q("workbook") or found is None:
        raise UnmarkableError("not a workbook of the usual namespace")
    return found


def clear_marks(package: Editing, main: str, styles: Styles) -> None:
    """Take all marks off; ``main`` is the workbook part.

    Raises:
        UnmarkableError: the workbook part is not of the usual namespace.
    """
    known: dict[int, int] = {}
    sheets = sheet_parts(package, main)
    for name, part, _ in sheets:
        if name.startswith(FINDINGS_SHEET):
            pairs = beneath(SheetTree(package.tree(part)), styles)
            if pairs is not None:
                known |= pairs
                _drop_sheet(package, main, name, part)
    for _, part, _ in sheets:
        if part in package:
            if styles.any_marks:
                _clear_fills(package, part, styles, known)
            Notes(package, part).clear()


def _clear_fills(package: Editing, part: str, styles: Styles, known: dict[int, int]) -> None:
    restored: dict[int, int | None] = {}
    for cell in SheetTree(package.tree(part)).cells():
        style = style_of(cell)
        if style not in restored:
            mark = styles.mark_of(style)
            clean = None if mark is None else styles.unmarked(style, known.get(mark))
            restored[style] = clean
        if (clean := restored[style]) is not None:
            package.edit(part)
            cell.set("s", str(clean))


def _drop_sheet(package: Editing, main: str, name: str, part: str) -> None:
    workbook = package.edit(main)
    sheets = _sheets(workbook)
    place = [sheet.get("name") for sheet in sheets].index(name)
    sheets.remove(sheets[place])
    package.unrelate(main, part)
    package.drop(part)
    _forget_scope(workbook, place)


def _forget_scope(workbook: _Element, gone: int) -> None:
    """Names of a sheet refer to it by its number, which changes for those behind."""
    names = workbook.find(q("definedNames"))
    for name in [] if names is None else list(names):
        scope = whole(name.get("localSheetId"), -1)
        if scope == gone and names is not None:
            names.remove(name)
        elif scope > gone:
            name.set("localSheetId", str(scope - 1))
    if names is not None and not len(names):
        workbook.remove(names)
