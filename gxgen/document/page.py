"""The official page in numbers (GB/T 9704-2012): what every writer of pages shares.

Lengths of the sheet are in millimetres, those of type in points.
"""

from __future__ import annotations

from typing import Any

from gxgen.document.blocks import SignOffBlock
from gxgen.document.lines import em_width

SHEET = (210.0, 297.0)
TOP, RIGHT, BOTTOM, LEFT = 37.0, 26.0, 35.0, 28.0
"""Margins: 225 mm of 22 lines and 156 mm of 28 characters are left."""
PICTURED_TOP, PICTURED_SIDES, PICTURED_BOTTOM = 23.5, 20.0, 20.0
PICTURED_SIZE = 11.5
"""Margins of the illustrated edition in millimetres, and points of its text."""
HEADER, FOOTER = 15.0, 25.5
"""From the sheet's upper and lower edge to the draft mark and to the foot of the page number, whose
dashes stand 7 mm below the text (GB/T 9704-2012, 7.5)."""

TWIPS = 20
"""A point holds twenty of them."""
LINE = 579
"""Twips of a line: 225 mm in 22 lines."""
TITLE_LINE = 680
"""Twips of a line of the title."""

BODY_SIZE, TITLE_SIZE, MARGIN_SIZE = 16.0, 22.0, 14.0
TRACKING = -0.25
"""What is added after each character of the body, so that 28 fill a line."""
TEXT_WIDTH = 442.2
CHARACTER = BODY_SIZE + TRACKING
"""The width of a line, and of one of its 28 characters."""
SIGN_OFF_BLANK = 2
"""Characters between the sign-off and the right margin (GB/T 9704-2012, 7.3.5.2)."""
SIGN_OFF_INDENT = (SIGN_OFF_BLANK - 0.5) * CHARACTER
"""Points kept free at the right of the agency's name: half a character less than the blank, since a
name that just fits must not be broken."""

MOST_EMPTY = 1 / 3
"""Of a page that is not the last: what may stay empty at its foot."""
NUMBER_BASELINE = 7.0 + 0.36 * MARGIN_SIZE * 25.4 / 72
"""Millimetres from the text down to the page number's baseline: its dashes stand 7 below the text
(GB/T 9704-2012, 7.5), and 0.36 of their size above the baseline."""
BEFORE_HEADING, AFTER_HEADING = 10.0, 5.0
"""Air above a section's heading that follows a table, and below one that a table follows."""
DRAFT_COLOUR = "C00000"
DRAFT_MARK = "草稿（仅供核对，不得公布）"
DATE_JOINTS = 1.25
"""Characters that the automatic gaps between digits and 年月日 add to a date."""


def ends_with_agency(block: SignOffBlock) -> bool:
    """Whether it is the agency, not a longer date, that ends two characters from the margin."""
    name, day = _widths(*(*block.broken, "", "")[:2])
    return day <= name


def _widths(agency: str, date: str) -> tuple[float, float]:
    """Points that an agency and a date take; no date none."""
    day = em_width(date) + DATE_JOINTS if date else 0.0
    return max(map(em_width, agency.split("\n"))) * CHARACTER, day * CHARACTER


def sign_off_slots(block: SignOffBlock) -> dict[str, Any]:
    """Lines with left indents in twips (GB/T 9704-2012, 7.3.5.2).

    The agency ends two characters from the margin and the date begins two characters right of
    it; a date longer than the agency ends two characters from the margin instead. An agency too
    long for a line stands in lines of like length, broken by sense as in the title.
    """
    agency, date = (*block.broken, "", "")[:2]
    space = SIGN_OFF_BLANK * CHARACTER
    name, day = _widths(agency, date)
    left = TEXT_WIDTH - space - (name if day <= name else day + space)
    left = max(left, 0.0)
    return {
        "agency": agency,
        "agency_indent": round(left * 20),
        "date": date,
        "date_indent": round((left + space) * 20),
    }
