"""An audit as one self-contained page: the report redrawn, the findings with the same numbers."""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.audit.judged import Audit
from gxgen.diagnostics import Diagnostic, Severity
from gxgen.places import FilePart
from gxgen.published.blocks import OUTSIDE
from gxgen.show.audit.words import SIDES, against_lines, heading_of, summary
from gxgen.show.published.drawing import Mark, MarkedPage, marked_page
from gxgen.show.text import place_of

MOST_MARKS = 2_000
"""So many findings are numbered; nobody reads on."""
LEFT = "没有算作报告的文字"
_LOOKS = {Severity.ERROR: "bad", Severity.WARNING: "odd", Severity.NOTE: "ask"}


def audit_page(whole: Audit) -> bytes:
    """The page as UTF-8."""
    read = whole.read
    outside = {one.place for one in read.left_out if one.why == OUTSIDE and one.place}
    heads = (summary(whole), *(against_lines(whole.against) if whole.against else ()))
    left = (Mark(f"{LEFT}：{one.why}", "left", one.place, one.text) for one in read.left_out)
    marks = [*list(_found(whole))[:MOST_MARKS], *left]
    title = f"审读：{heading_of(whole)}"
    return marked_page(
        MarkedPage(title, heads, read.blocks, marks, outside, kinds=tuple(SIDES.values()))
    )


def _found(whole: Audit) -> Iterator[Mark]:
    for side, each in whole.by_side.items():
        for one in each:
            yield _mark(SIDES[side], one)


def _mark(kind: str, one: Diagnostic) -> Mark:
    head = f"{one.severity.label} {one.code} {one.message}"
    lines = tuple(line for line in (place_of(one), one.hint) if line)
    place = None if isinstance(one.place, FilePart) else one.place
    words = (one.words or one.quote or "").strip().rstrip("…")
    return Mark(kind, _LOOKS[one.severity], place, head, lines, quote=words or None)
