"""What an agency types to mend its form: right values, only where the findings lead it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.acceptance.county_support import County, Form, Place, blocking, form

BLANK = "GX020"
NO_TEXT = "GX041"
"""A section without text: the finding marks its heading, what is missing belongs below."""


def corrected(findings: Iterable[dict[str, Any]], wrong: Form, right: Form) -> dict[Place, object]:
    """The values by cell; ``right`` is the same form without its faults."""
    typed: dict[Place, object] = {}
    for finding in findings:
        if finding["code"] == NO_TEXT:
            typed |= missing_section(finding["cell"], wrong, right)
            continue
        places = led_to(finding, wrong)
        typed |= {p: right.cells[p] for p in places if wrong.cells.get(p) != right.cells[p]}
    return typed


def led_to(finding: dict[str, Any], wrong: Form) -> set[Place]:
    """Its cell and those that it relates; all figures of the table that it is about as a whole."""
    if finding["cell"] is None:
        return {place for place in wrong.keys.values() if place[0] == finding["sheet"]}
    related = ((one["key"], (finding["sheet"], one["cell"])) for one in finding["related"])
    return {(finding["sheet"], finding["cell"]), *(wrong.keys.get(k, at) for k, at in related)}


def cells_noted(county: County, agency: str) -> set[Place]:
    """The cells with a comment: those that findings name; of a sheet that nobody filled the cell of
    the finding's key."""
    keys = form(county.inputs / f"{agency}.xlsx").keys
    return {
        (f["sheet"], f["cell"]) if f["cell"] else keys[f["key"]] for f in blocking(county, agency)
    }


def cells_coloured(county: County, agency: str) -> set[Place]:
    """The cells with a fill: beside those with a comment every one that was left blank."""
    wrong = form(county.inputs / f"{agency}.xlsx")
    blank = (led_to(f, wrong) for f in blocking(county, agency) if f["code"] == BLANK)
    return cells_noted(county, agency) | {p for places in blank for p in places - set(wrong.cells)}


def missing_section(head: str, wrong: Form, right: Form) -> dict[Place, object]:
    """A first paragraph on the first free line below the heading."""
    lines = range(int(head.removeprefix("A")) + 1, 200)
    free = next(n for n in lines if not any(("正文", f"{c}{n}") in wrong.cells for c in "ABC"))
    text = next(n for n in lines if right.cells.get(("正文", f"B{n}")) == "正文")
    return {("正文", f"C{free}"): right.cells["正文", f"C{text}"]}
