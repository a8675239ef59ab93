"""The line that answers a question on sheet 说明, as advice shows it and return copies hold it.

``编号 GX201，单元格 表二!D7，当时的数 6、0、0，理由……``
"""

from __future__ import annotations

import re

from gxgen.form.layout import ANSWERS_COLUMNS

_CODE, _CELL, _REASON, _FIGURES = ANSWERS_COLUMNS
_LINE = re.compile(
    rf"{_CODE} (GX\d{{3}})，{_CELL} ([^，]+)，{_FIGURES} (.+)，{_REASON}……", re.DOTALL
)


def invitation(code: str, cell: str, figures: str) -> str:
    """The line; ``figures`` are what the answer is bound to, empty where there is nothing."""
    then = f"，{_FIGURES} {figures}" if figures else ""
    return f"{_CODE} {code}，{_CELL} {cell}{then}，{_REASON}……"


def invited(advice: str) -> tuple[str, str, str] | None:
    """Code, cell and figures of the line that an advice ends in; None where it invites to none, or
    to one that is bound to nothing."""
    start = advice.find(f"{_CODE} GX")  # one place only: what is quoted behind it may be anything
    found = _LINE.fullmatch(advice, max(start, 0))
    return (found[1], found[2], found[3]) if found else None
