"""Which cells hold a table's figures: by name where the labels agree, else by label, else not.

Never by position alone. Names follow the cells when rows or columns are inserted and when sheets
are renamed; they are lost when sheets are pasted into another workbook, moved with cells that
are cut and pasted, doubled when a sheet is copied, and broken when a sheet is deleted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from gxgen.diagnostics import Finding
from gxgen.editions.declared import EDITIONS
from gxgen.editions.grid import Role
from gxgen.editions.schema import Edition, FieldKey
from gxgen.editions.tables import TableForm
from gxgen.form.labels import Label, Plan, plan
from gxgen.form.layout import META_SHEET, sheet_order
from gxgen.form.read.book import Book
from gxgen.form.read.cells import SheetCells
from gxgen.form.read.lattice import (
    Lattice,
    expected_place,
    extra_cells,
    from_names,
    missing_labels,
)
from gxgen.form.read.misplaced import holds_any, in_words, missed, moved_rows, there
from gxgen.form.read.names import Names
from gxgen.form.read.search import find_table, unfound_labels
from gxgen.form.read.text import plain_text, visible
from gxgen.places import FilePart, Place, Sheet, SheetCell


@dataclass
class Location:
    """Where one table is: its lattice (None if not found), figures not to be trusted, findings."""

    form: TableForm
    lattice: Lattice | None = None
    doubtful: set[FieldKey] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    other_edition: Edition | None = None
    """The edition whose table was found instead."""


def locate(book: Book, edition: Edition, form: TableForm) -> Location:
    """Find one table of the edition in the workbook."""
    what = plan(edition, form.key)
    location = Location(form)
    named, complete = _named(book.names, edition.id, form.key)
    cells = None if named is None else book.sheet(named.sheet)
    if named is not None and cells is not None:
        missing = missing_labels(what, named, cells)
        if not missing and complete:
            location.lattice = named
            return location
    found = by_labels(book, form, what)
    if found is not None:
        location.lattice = found
        location.findings += _relocated(book, form, what, found)
    elif (other := _other_edition(book, edition, form)) is not None:
        location.other_edition = other
    elif named is not None and cells is not None:
        _doubt(location, what, named, cells, missing)
    else:
        location.findings.append(_lost(book, form, what))
    return location


@lru_cache(maxsize=64)
def _named(names: Names, edition_id: str, table: str) -> tuple[Lattice | None, bool]:
    """The lattice that the names span, and whether it has every row and column."""
    what = plan(EDITIONS[edition_id], table)
    lattice = from_names(what, names.targets)
    return lattice, lattice is not None and all(
        lattice.position(*at) is not None for at in what.figures.values()
    )


def _candidates(book: Book, form: TableForm) -> Iterator[str]:
    """Sheets that may hold the table, the one with its name first."""
    names = list(book.names.sheets)
    yield from sorted((n for n in names if n != META_SHEET), key=lambda n: n != form.sheet)


def by_labels(book: Book, form: TableForm, what: Plan) -> Lattice | None:
    """The table by its labels alone, on whichever sheet it stands."""
    for name in _candidates(book, form):
        cells = book.sheet(name)
        if cells is not None and (lattice := find_table(what, cells)) is not None:
            return lattice
    return None


def _other_edition(book: Book, edition: Edition, form: TableForm) -> Edition | None:
    """The edition whose table is there instead: all of it, and nothing of this edition's own."""
    for other in EDITIONS.values():
        if other.id != edition.id and other.grids[form.key] != edition.grids[form.key]:
            there = plan(other, form.key)
            lattice = by_labels(book, other.table(form.key), there)
            cells = None if lattice is None else book.sheet(lattice.sheet)
            if lattice is None or cells is None or any(extra_cells(there, lattice, cells)):
                continue
            if not holds_any(plan(edition, form.key), there, cells):
                return other
    return None


def _relocated(book: Book, form: TableForm, what: Plan, lattice: Lattice) -> Iterator[Finding]:
    """The names were lost, or some of them point elsewhere than the labels say."""
    targets = book.names.targets
    named = [key for key in what.figures if key in targets]
    if not named:
        yield Finding(
            "GX013",
            f"{form.sheet}各格的名称已丢失（多半是把表粘贴到了新的工作簿），"
            f"已按行、列标题在工作表“{lattice.sheet}”找到全部{len(what.figures)}格。",
            Sheet(lattice.sheet),
        )
        return
    astray = []
    for key in named:
        at = lattice.position(*what.figures[key])
        if at is not None and targets[key] != (lattice.sheet, *at):
            astray.append((key, SheetCell(lattice.sheet, *at), SheetCell(*targets[key])))
    lost = len(what.figures) - len(named)
    if astray:
        key, right, wrong = astray[0]
        yield Finding(
            "GX014",
            f"{form.sheet}有{len(astray)}格被剪切、粘贴过，格子的名称跟着移走了"
            f"（如应在{right.cell}的名称现在{wrong}）；已按行、列标题读取。",
            right,
            key=key,
        )
    elif lost:
        yield Finding(
            "GX013",
            f"{form.sheet}有{lost}格的名称已丢失，已按行、列标题读取。",
            Sheet(lattice.sheet),
        )


def _doubt(
    location: Location, what: Plan, named: Lattice, cells: SheetCells, missing: list[Label]
) -> None:
    """The names hold but some labels do not, or some rows or columns are gone."""
    if (moved := moved_rows(what, named, cells)) is not None:
        location.lattice = moved
        location.findings.append(_moved(location.form, what, moved))
        return
    location.lattice = named
    for label in missing:
        at = expected_place(label, named)
        keys = what.headed(label)
        location.doubtful.update(keys)
        location.findings.append(_wrong_label(label, cells, at, len(keys)))
    gone = [key for key, at in what.figures.items() if named.position(*at) is None]
    if gone:
        location.doubtful.update(gone)
        location.findings.append(_gone(location.form, what, named, gone))


def _moved(form: TableForm, what: Plan, moved: Lattice) -> Finding:
    lines = [label for label in what.stubs if label.row not in moved.rows]
    gone = [key for label in lines for key in what.headed(label)]
    words = "、".join(f"“{label.cell.text}”" for label in lines)
    return Finding(
        "GX012",
        f"{form.sheet}的{words}{'一' if len(lines) == 1 else f'{len(lines)}'}行不见了，"
        f"下面各行上移；缺少的{len(gone)}格没有数，其余各行已按行标题读取。",
        Sheet(moved.sheet),
        key=gone[0],
        hint=f"在原来的位置补回{words}，填上数；其他行的标题不要改。",
    )


def _wrong_label(label: Label, cells: SheetCells, at: tuple[int, int], figures: int) -> Finding:
    what = "行标题" if label.cell.role is Role.STUB else "列标题"
    return Finding(
        "GX015",
        f"{cells.name}的{what}应为“{label.cell.text}”，{there(at, cells)}；"
        f"与它对应的{figures}格不能确定是什么数，未读取。",
        cells.place(*at),
    )


def _gone(form: TableForm, what: Plan, named: Lattice, gone: list[FieldKey]) -> Finding:
    lines = [
        label.cell.text
        for label in what.labels
        if (label.row not in named.rows and label.cell.role is Role.STUB)
        or (label.column not in named.columns and label.cell.role is Role.HEAD)
    ]
    return Finding(
        "GX012",
        f"{form.sheet}缺少{len(gone)}格：{'、'.join(f'“{line}”' for line in lines[:6])}"
        f"{'等' if len(lines) > 6 else ''}的行或列已被删除。",
        Sheet(named.sheet),
        key=gone[0],
    )


def _lost(book: Book, form: TableForm, what: Plan) -> Finding:
    count = len(what.figures)
    key = next(iter(what.figures))
    if (almost := _almost(book, form, what)) is not None:
        name, reason = almost
        message = f"工作表“{name}”里没有找到标题{reason}；{form.sheet}的{count}个数未读取。"
        return Finding("GX012", message, Sheet(name), key=key)
    if form.sheet in book.names.sheets and (cells := book.sheet(form.sheet)) is not None:
        labels = unfound_labels(what, cells)
        words = "、".join(f"“{label.cell.text}”" for label in labels[:5])
        more = f"等{len(labels)}个标题" if len(labels) > 5 else ""
        reason = (
            f"没有找到标题{words}{more}" if labels else "标题重复或顺序变动，不能确定各格的位置"
        )
        place: Place = Sheet(form.sheet)
        message = f"工作表“{form.sheet}”里{reason}；{form.sheet}的{count}个数未读取。"
    elif any(key in book.names.lost for key in what.figures):
        place = FilePart(book.file.name)
        message = f"工作表“{form.sheet}”已被删除，缺少{form.sheet}的全部{count}个数。"
    else:
        place = FilePart(book.file.name)
        sheets = "、".join(f"“{name}”" for name in list(book.names.sheets)[:8])
        message = f"没有找到{form.sheet}：在工作表{sheets}里都没有找到它的行、列标题。"
    return Finding("GX012", message, place, key=key)


def _almost(book: Book, form: TableForm, what: Plan) -> tuple[str, str] | None:
    """A sheet that holds most of the table, and the labels that it lacks, in words."""
    for name in _candidates(book, form):
        cells = book.sheet(name)
        if cells is not None and (labels := missed(what, cells)):
            words = "、".join(in_words(label, at, cells) for label, at in labels[:5])
            return name, words + (f"等{len(labels)}个标题" if len(labels) > 5 else "")
    return None


def copied_sheets(book: Book, edition: Edition, locations: list[Location]) -> Iterator[Finding]:
    """A second sheet with the same table: which one was read, and which was not."""
    used = {at.lattice.sheet for at in locations if at.lattice is not None}
    usual = {*sheet_order(edition), META_SHEET}
    for name in book.names.sheets:
        own = book.names.copies.get(name, set())
        if name in used or (name in usual and not own):
            continue
        for location in locations:
            what = plan(edition, location.form.key)
            if location.lattice is None:
                continue
            if own & what.figures.keys() or _holds(book, name, what):
                yield Finding(
                    "GX016",
                    f"发现复制的工作表“{name}”，内容也是{location.form.sheet}；"
                    f"只读取了“{location.lattice.sheet}”，“{name}”未读取。",
                    Sheet(name),
                )


def _holds(book: Book, name: str, what: Plan) -> bool:
    cells = book.sheet(name)
    return cells is not None and find_table(what, cells) is not None


def extra_lines(book: Book, edition: Edition, location: Location) -> Iterator[Finding]:
    """Content inside the table that belongs to no cell of the form, by row or by column."""
    if location.lattice is None or (cells := book.sheet(location.lattice.sheet)) is None:
        return
    found = list(extra_cells(plan(edition, location.form.key), location.lattice, cells))
    for first in found[:1]:
        more = f"等{len(found)}格" if len(found) > 1 else ""
        yield Finding(
            "GX017",
            f"{location.form.sheet}里多出的行或列有内容：{first.cell}写着"
            f"“{visible(plain_text(cells.at(first.row, first.column))[:60])}”{more}，"
            "表样里没有这一格，未读取。",
            first,
        )
