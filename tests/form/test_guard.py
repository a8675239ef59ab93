"""The quick scan of a sheet sees what the real parser sees, and always comes to an end."""

from __future__ import annotations

import pytest

from gxgen.form.read.guard import Guard, _slow, scan

SHEET = "<worksheet><sheetData><row r='1'>%s</row></sheetData></worksheet>"
FORMULA = '<c r="B2" s="1"><f>SUM(A1:A2)</f><v>3</v></c>'
UNCACHED = '<c r="C3"><f>1+1</f></c>'
ERROR = '<c r="D4" t="e"><v>#REF!</v></c>'
BROKEN_TOTAL = '<c r="E5" t="e"><f t="shared" si="0"/><v>#N/A</v></c>'


@pytest.mark.parametrize(
    "cells",
    [
        "",
        '<c r="A1"><v>1</v></c>',
        FORMULA + UNCACHED,
        ERROR + BROKEN_TOTAL + FORMULA,
        '<c r="A1" s="2"/>' + UNCACHED + '<c r="F6"/>',
        '<c s="1" r="B2"><f>1</f><v>1</v></c>',
        '<c r="B2"><f>1</f><v/></c>',
        '<c r="B2" t="e"/>',
        "<!-- <f>no</f> -->" + FORMULA,
        FORMULA + "<c><v>1</v></c>",
    ],
)
def test_both_ways_agree(cells: str) -> None:
    xml = (SHEET % cells).encode()
    assert scan(xml) == _slow(xml)


@pytest.mark.parametrize("cells", [ERROR + ' t="e"', UNCACHED + "<f>2</f>"])
def test_a_sign_right_behind_a_cell_does_not_hold_the_scan_up(cells: str) -> None:
    assert isinstance(scan((SHEET % cells).encode()), Guard)
