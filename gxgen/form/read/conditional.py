"""Formats that a sheet lays over its cells on conditions: what they strike out or hide.

A condition is followed as far as it is a comparison with a constant. Where it is another one and
would take something from the eye, nobody knows here whether it does, and it is asked.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from lxml.etree import _Element

from gxgen.a1 import Position, cell_position
from gxgen.form.read.runs import Mark, Piece, Pieces, pieces_in
from gxgen.form.read.styles import Change, Style, Styles, same
from gxgen.opc.xml import namespace, whole

_MOST_LOOKED = 2_000_000
"""Cells looked at for all rules of a sheet."""
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "lessThan": operator.lt,
    "lessThanOrEqual": operator.le,
    "equal": operator.eq,
    "notEqual": operator.ne,
    "greaterThanOrEqual": operator.ge,
    "greaterThan": operator.gt,
}
_SURE = {"containsBlanks": False, "notContainsBlanks": True, "containsErrors": False}
"""Of a cell that holds something."""
_CONSTANTS = {
    **dict.fromkeys(("TRUE", "TRUE()", "1"), True),
    **dict.fromkeys(("FALSE", "0"), False),
}
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")
_EMPTY = re.compile(
    r"(?:LEN|ISBLANK|N)?\(?(\$?[A-Z]{1,3}\$?\d{1,7})\)?(?:=0|=\"\")?", re.IGNORECASE
)
_TRUE = ("1", "true")


Held = dict[Position, tuple[object, Style]]
"""Cells with content: what they hold, and their own style."""


def laid(root: _Element, styles: Styles, held: Held) -> Iterator[tuple[Position, Pieces]]:
    """Those of the cells that a rule strikes out or hides, with what it leaves of them.

    Raises:
        OverflowError: there is more to look at than in any form.
    """
    space, looked = namespace(root), 0
    for block in root.iterchildren(space + "conditionalFormatting"):
        areas = [area for one in block.get("sqref", "").split() if (area := _area(one))]
        for rule in block.iterchildren(space + "cfRule"):
            change = _change(rule, space, styles)
            if change is None:
                continue
            for first, last in areas:
                looked += len(held)
                if looked > _MOST_LOOKED:
                    raise OverflowError
                for at, (value, style) in held.items():
                    if first[0] <= at[0] <= last[0] and first[1] <= at[1] <= last[1]:
                        holds = _holds(rule, space, value, areas[0][0])
                        made = None if holds is False else _made(style, change)
                        if made and (pieces := _pieces(value, made, sure=holds is True)):
                            yield at, pieces


def _pieces(value: object, style: Style, *, sure: bool) -> Pieces:
    """What a cell holds in the style that was made of its own; such a style outdoes its runs'."""
    pieces = pieces_in("".join(value) if isinstance(value, str) else value, style)
    if not sure:
        pieces = tuple(
            Piece(one.text, Mark.DOUBTED if one.mark and value else None) for one in pieces
        )
    return pieces if any(one.mark for one in pieces) else ()


def _change(rule: _Element, space: str, styles: Styles) -> Change | None:
    """What a rule changes of a look; a bar or a sign may stand alone in its cell."""
    for kind in ("dataBar", "iconSet"):
        shown = rule.find(space + kind)
        if shown is not None and shown.get("showValue", "1") not in _TRUE:
            return Change(hidden=True)
    return styles.changes.get(whole(rule.get("dxfId"), -1))


def _made(style: Style, change: Change) -> Style | None:
    paper = change.paper if change.paper is not None else style.paper
    hidden = change.hidden or (change.ink is not None and same(change.ink, paper))
    return replace(style, struck=change.struck, hidden=hidden) if change.struck or hidden else None


def _holds(rule: _Element, space: str, value: object, first: Position) -> bool | None:
    """Whether a rule's condition holds of a value; None where nobody knows here."""
    kind = rule.get("type", "")
    formulas = [(one.text or "").strip() for one in rule.iterchildren(space + "formula")]
    if kind in ("dataBar", "iconSet"):
        return isinstance(value, float)
    if kind == "cellIs":
        return _compared(rule.get("operator", ""), formulas, value)
    if kind == "expression" and formulas:
        formula = formulas[0].removeprefix("=").upper()
        found = _EMPTY.fullmatch(formula)
        if found and ("=" in formula or "ISBLANK" in formula):
            return False if cell_position(found[1].replace("$", "")) == first else None
        return _CONSTANTS.get(formula)
    return _SURE.get(kind)


def _compared(how: str, formulas: list[str], value: object) -> bool | None:
    numbers = [float(one) for one in formulas if _NUMBER.fullmatch(one)]
    if not isinstance(value, float) or not numbers or len(numbers) != len(formulas):
        return None
    if how in ("between", "notBetween") and len(numbers) == 2:
        low, high = sorted(numbers)
        return (low <= value <= high) == (how == "between")
    return _COMPARED[how](value, numbers[0]) if how in _COMPARED else None


def _area(text: str) -> tuple[Position, Position] | None:
    first, _, last = text.partition(":")
    start, end = cell_position(first), cell_position(last or first)
    return None if start is None or end is None else (start, end)
