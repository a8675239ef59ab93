"""An audit as one self-contained page, without script or network; ours throughout.

Its looks are ``page.html.jinja`` and ``page.css``; text is escaped as it is put in.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

from gxgen.audit.judged import Audit
from gxgen.markup import Html, digest
from gxgen.published.blocks import OUTSIDE
from gxgen.show.audit.drawn import drawn
from gxgen.show.audit.words import SIDES, against_lines, heading_of, summary
from gxgen.show.compare.blocks import clean
from gxgen.show.pages import own, template
from gxgen.show.text import place_of

_HERE = "gxgen.show.audit"


def audit_page(whole: Audit) -> bytes:
    """The report redrawn with numbered marks, and the findings beside it, as UTF-8."""
    read, style = whole.read, own(_HERE, "page.css")
    outside = [one.place for one in read.left_out if one.why == OUTSIDE and one.place]
    found = [one for side in whole.by_side.values() for one in side]
    picture = drawn(read.layout, found, outside)
    page = template(_HERE).render(
        title=heading_of(whole),
        summary=summary(whole),
        against=list(against_lines(whole.against)) if whole.against else [],
        groups=[(kind, list(each)) for kind, each in groupby(picture.blocks, attrgetter("kind"))],
        sides=[
            (SIDES[side], list(each))
            for side, each in groupby(picture.remarks, lambda remark: remark.one.side)
            if side is not None
        ],
        left=[(one.why, clean(one.text)) for one in read.left_out],
        clean=clean,
        place_of=place_of,
        style=Html(style),
        style_digest=digest(style),
    )
    return page.encode("utf-8", "replace")
