"""Faults in the user's data, as values.

A reader or rule yields a :class:`Finding`. The registry of codes (:mod:`gxgen.checks.registry`)
adds name, severity and hint and makes a :class:`Diagnostic`, which is what people and programs see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gxgen.a1 import cell_position
from gxgen.places import (
    DocumentCell,
    DocumentParagraph,
    FilePart,
    PageCell,
    PageLine,
    Place,
    Sheet,
    SheetCell,
    TextLine,
)

FORMAT = 1
"""Of every JSON document that holds findings; raised when a program that reads the old shape would
misread the new one."""


class Severity(StrEnum):
    """How a finding bears on the report: errors block it, warnings (核实) ask, notes tell."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """Order of display, worst first."""
        return ("error", "warning", "note").index(self.value)

    @property
    def label(self) -> str:
        """The word that a clerk reads."""
        return {"error": "错误", "warning": "核实", "note": "提示"}[self.value]


class Addressee(StrEnum):
    """Who can mend what a code finds.

    The clerk has the agency's form and text; the officer the county's folder, roster and machine;
    the designer the templates.
    """

    CLERK = "clerk"
    OFFICER = "officer"
    DESIGNER = "designer"

    @property
    def rank(self) -> int:
        """Order of display: who has most to do with it first."""
        return [*Addressee].index(self)

    @property
    def label(self) -> str:
        """What they are called on the screen and on the county's page."""
        return {"clerk": "填报单位", "officer": "县里", "designer": "改模板的人"}[self.value]


class Side(StrEnum):
    """Whose doing it is, where a published report is read and not all of it comes through."""

    REPORT = "report"
    """The author wrote it so."""
    DAMAGE = "damage"
    """What the report went through since: a site that eats characters, a copy without its lines."""
    READING = "reading"
    """gxgen is not sure enough."""

    @property
    def label(self) -> str:
        """The word that stands before such a finding on the screen."""
        return {"report": "原报告", "damage": "文件损坏", "reading": "读取"}[self.value]


@dataclass(frozen=True, slots=True)
class Related:
    """Another cell that has a part in a finding."""

    key: str | None
    place: Place | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a reader or a rule says: which code, the sentence, where.

    ``message`` is one Chinese sentence with both sides and their values; ``hint`` replaces the
    code's general advice where something more exact can be said.
    """

    code: str
    message: str
    place: Place | None = None
    key: str | None = None
    related: tuple[Related, ...] = ()
    quote: str | None = None
    hint: str | None = None
    cells: tuple[SheetCell, ...] = ()
    """Every cell that it is about, where these are several."""
    severity: Severity | None = None
    """Where it weighs less than its code can."""
    words: str | None = None
    """The words of ``quote`` that it is about, where these are fewer: they tell it from others."""
    others: tuple[str, ...] = ()
    """Further sentences that it is about besides ``quote``."""
    side: Side | None = None
    """Whose doing it is, where a published report is read."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with its code's name, severity, hint and addressee, and whose report it is in."""

    code: str
    name: str
    severity: Severity
    message: str
    hint: str
    agency: str | None = None
    year: int | None = None
    file: str | None = None
    place: Place | None = None
    key: str | None = None
    related: tuple[Related, ...] = ()
    quote: str | None = None
    cells: tuple[SheetCell, ...] = ()
    """Every cell that it is about, where these are several."""
    addressee: Addressee = Addressee.CLERK
    """Who can mend it; the clerk, where nobody else is named."""
    words: str | None = None
    """The words of ``quote`` that it is about, or what it asks where it is about no figure and no
    sentence; for answering it: not in the JSON."""
    others: tuple[str, ...] = ()
    """Further sentences that it is about besides ``quote``; likewise."""
    side: Side | None = None
    """Whose doing it is, where a published report is read."""

    def as_json(self) -> dict[str, Any]:
        """The JSON object of the interface contract.

        ``addressee`` says who can mend it: ``clerk``, ``officer`` or ``designer``. ``sheet``,
        ``cell`` and ``key`` are null where there is none; ``place`` says in words where it is, also
        in a text or a document; ``cells`` are all cells of it. ``quote`` is there for text only.
        """
        own = (self.place,) if isinstance(self.place, SheetCell) else ()
        out: dict[str, Any] = {
            "code": self.code,
            "name": self.name,
            "severity": self.severity.value,
            "addressee": self.addressee.value,
            "message": self.message,
            "hint": self.hint,
            "agency": self.agency,
            "year": self.year,
            "file": self.file,
            **place_as_json(self.place),
            "cells": [{"sheet": one.sheet, "cell": one.cell} for one in self.cells or own],
            "key": self.key,
            "related": [{**place_as_json(one.place), "key": one.key} for one in self.related],
        }
        if self.quote is not None:
            out["quote"] = self.quote
        if self.side is not None:
            out["side"] = self.side.value
        return out


def from_json(data: dict[str, Any]) -> Diagnostic:
    """The inverse of :meth:`Diagnostic.as_json`; a place outside a sheet comes back as its text."""
    place = _place(data)
    cells = tuple(one for said in data["cells"] if isinstance(one := _place(said), SheetCell))
    return Diagnostic(
        code=data["code"],
        name=data["name"],
        severity=Severity(data["severity"]),
        message=data["message"],
        hint=data["hint"],
        agency=data["agency"],
        year=data["year"],
        file=data["file"],
        place=place,
        key=data["key"],
        related=tuple(Related(one["key"], _place(one)) for one in data["related"]),
        quote=data.get("quote"),
        cells=() if cells == (place,) else cells,
        addressee=Addressee(data["addressee"]),
        side=None if data.get("side") is None else Side(data["side"]),
    )


def _place(said: dict[str, Any]) -> Place | None:
    sheet, cell, words = said["sheet"], said["cell"], said.get("place")
    if sheet is None:
        return None if words is None else FilePart(words)
    position = None if cell is None else cell_position(cell)
    return Sheet(sheet) if position is None else SheetCell(sheet, *position)


def place_as_json(place: Place | None) -> dict[str, str | None]:
    """A place as JSON has it: ``sheet`` and ``cell`` where it is in a workbook, ``place`` in words.

    ``cell`` is the name of a cell, ``G9``, or null: never anything else.
    """
    return {
        "sheet": place.sheet if isinstance(place, SheetCell | Sheet) else None,
        "cell": place.cell if isinstance(place, SheetCell) else None,
        "place": None if place is None else str(place),
    }


def _position(place: Place | None) -> tuple[str, int, int]:
    match place:
        case SheetCell():
            return place.sheet, place.row, place.column
        case Sheet():
            return place.sheet, -1, -1
        case DocumentParagraph():
            return place.part, place.number, 0
        case DocumentCell():
            return "", place.table * 10_000 + place.row, place.cell
        case TextLine():
            return "", place.line, place.cell or 0
        case PageCell():
            return "", place.page * 10_000 + place.table * 1_000 + place.row, place.column
        case PageLine():
            return "", place.page * 10_000, place.line
        case _:
            return "", -1, -1


def worst_first(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted for reading: severity, then place, then code. A total order, so output repeats."""
    return sorted(
        diagnostics,
        key=lambda d: (d.severity.rank, *_position(d.place), d.code, d.message),
    )


def by_addressee(diagnostics: Iterable[Diagnostic]) -> dict[Addressee, list[Diagnostic]]:
    """Whose they are: the clerk's first, each one's in the order given."""
    whose: dict[Addressee, list[Diagnostic]] = {who: [] for who in Addressee}
    for one in diagnostics:
        whose[one.addressee].append(one)
    return {who: found for who, found in whose.items() if found}


def has_errors(diagnostics: Iterable[Diagnostic], of: Addressee | None = None) -> bool:
    """Whether any of them, or of one addressee's, blocks the report."""
    return any(d.severity is Severity.ERROR and of in (None, d.addressee) for d in diagnostics)
