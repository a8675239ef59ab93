"""``xl/workbook.xml``: the sheets in order, and the names that find each figure again."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from lxml.etree import _Element

from gxgen.a1 import cell_reference
from gxgen.form.layout import FINDINGS_SHEET, NAME_PREFIX
from gxgen.form.read.cells import MAX_COLUMNS, MAX_ROWS
from gxgen.form.read.file import FormFile, PartError, damaged
from gxgen.opc.limits import KEPT, NAME, SHEETS
from gxgen.opc.relations import relations, relations_part
from gxgen.opc.xml import namespace, parse, whole

Target = tuple[str, int, int]
"""(sheet, row, column), 0-based."""
_SHARES = 8
"""What may be kept of eight workbooks of the largest size holds so many times more forms, none of
which needs as much as this part of it."""


@dataclass(eq=False)
class Names:
    """Sheets with their parts, and the ``gx.`` names: where each points, and what copies say.

    Shared by all workbooks with the same names, so nobody changes it.
    """

    sheets: dict[str, str] = field(default_factory=dict)
    """Sheet name → part name, in the order of the tabs; no part: it has no cells."""
    targets: dict[str, Target] = field(default_factory=dict)
    """Workbook-level names without their prefix."""
    lost: set[str] = field(default_factory=set)
    """Names that point nowhere: their sheet or cell was deleted."""
    copies: dict[str, set[str]] = field(default_factory=dict)
    """Sheet → names of its own: what is left when a sheet is copied."""
    hidden: set[str] = field(default_factory=set)
    """Sheets whose tab nobody sees."""

    since_1904: bool = False
    """Whether days are counted from 1904."""
    strings: str = "xl/sharedStrings.xml"
    styles: str = "xl/styles.xml"
    """The parts with the texts and the styles of all sheets."""


def read_names(file: FormFile) -> Names:
    """Parse the workbook part.

    Raises:
        PartError: it is missing, not well-formed, or lists more than a workbook can have.
    """
    parts = file.read(file.main), file.read(relations_part(file.main))
    kept = max(map(len, parts)) <= KEPT // _SHARES
    with file.explained(file.main):
        names = (_names if kept else _names.__wrapped__)(*parts, file.main)
    if fault := _fault(names):
        raise PartError(damaged(file.name, fault))
    return names


def _fault(names: Names) -> str | None:
    """What no program writes: it would have a sheet read again and again."""
    parts = [part.casefold() for part in names.sheets.values() if part]
    if len(names.sheets) > SHEETS:
        return f"工作表有{len(names.sheets)}张，超过{SHEETS}张"
    if any(len(name) > NAME for name in names.sheets):
        return f"有工作表的名字超过{NAME}个字"
    return "有几张工作表是同一个部件" if len(set(parts)) < len(parts) else None


@lru_cache(maxsize=8 * _SHARES)
def _names(workbook: bytes, relation_list: bytes, main: str) -> Names:
    """The forms of a county name the same cells but for how many lines of text they have, so most
    are parsed once."""
    root = parse(workbook, keep=False)
    space = namespace(root)
    sheets = list(root.iterfind(f"{space}sheets/{space}sheet"))
    found = [one for one, _ in relations(parse(relation_list, keep=False), main) if not one.outside]
    targets = {one.id: one.target for one in found if one.kind == "worksheet"}
    parts_of = {one.kind: one.target for one in found}
    properties = root.find(space + "workbookPr")
    parts = {sheet.get("name", ""): targets.get(_relation(sheet), "") for sheet in sheets}
    names = Names(
        {name: part for name, part in parts.items() if not name.startswith(FINDINGS_SHEET)},
        hidden={s.get("name", "") for s in sheets if s.get("state", "visible") != "visible"},
        since_1904=properties is not None and properties.get("date1904") in ("1", "true"),
        strings=parts_of.get("sharedStrings", Names.strings),
        styles=parts_of.get("styles", Names.styles),
    )
    order = [sheet.get("name", "") for sheet in sheets]
    for defined in root.iterfind(f"{space}definedNames/{space}definedName"):
        if defined.get("name", "").startswith(NAME_PREFIX):
            _note(names, order, defined)
    return names


def _far(target: Target) -> bool:
    """Whether a name points beyond what is read of a sheet."""
    return target[1] >= MAX_ROWS or target[2] >= MAX_COLUMNS


def _relation(sheet: _Element) -> str:
    """The id of the relation to a sheet's part, in whichever namespace."""
    return next((str(v) for k, v in sheet.attrib.items() if str(k).endswith("}id")), "")


def _note(names: Names, order: list[str], defined: _Element) -> None:
    key, scope = defined.get("name", "")[len(NAME_PREFIX) :], defined.get("localSheetId")
    if scope is not None:
        if 0 <= (sheet := whole(scope, -1)) < len(order):
            names.copies.setdefault(order[sheet], set()).add(key)
        return
    target = cell_reference(defined.text or "")
    if target is None or target[0] not in names.sheets or _far(target):
        names.lost.add(key)
    else:
        names.targets[key] = target
