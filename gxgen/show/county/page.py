"""The county at a glance: one self-contained page (``index.html``) of a county's year.

The page needs no other file, no network and no script: the script that it carries adds sorting
and searching to what is there. It holds no time and no count that is not in its input, so equal
input gives equal bytes. Its looks are ``page.html.jinja``, ``page.css`` and ``page.js``.
"""

from __future__ import annotations

from gxgen.markup import Html, digest
from gxgen.show.county.contents import contents
from gxgen.show.county.view import CountyView
from gxgen.show.pages import own, template

_HERE = "gxgen.show.county"


def county_page(view: CountyView) -> bytes:
    """The page as UTF-8.

    Raises:
        ValueError: a link that is not a relative path below the page's folder.
    """
    style, script = own(_HERE, "page.css"), own(_HERE, "page.js")
    page = template(_HERE).render(
        contents(view),
        style=Html(style),
        script=Html(script),
        style_digest=digest(style),
        script_digest=digest(script),
    )
    return page.encode("utf-8", "replace")
