"""The county at a glance: one self-contained page (``index.html``) of a county's year.

The page needs no other file, no network and no script: the script that it carries adds sorting
and searching to what is there. It holds no time and no count that is not in its input, so equal
input gives equal bytes. Its looks are ``page.html.jinja``, ``page.css`` and ``page.js``.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import jinja2

from gxgen.cache import recalled
from gxgen.markup import Html, digest
from gxgen.show.county.contents import contents
from gxgen.show.county.view import CountyView


def county_page(view: CountyView) -> bytes:
    """The page as UTF-8.

    Raises:
        ValueError: a link that is not a relative path below the page's folder.
    """
    style, script = _own("page.css"), _own("page.js")
    page = _template().render(
        contents(view),
        style=Html(style),
        script=Html(script),
        style_digest=digest(style),
        script_digest=digest(script),
    )
    return page.encode("utf-8", "replace")


@cache
def _template() -> jinja2.Template:
    """The template, compiled once for each text of it and kept."""
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    source = _own("page.html.jinja")
    key = (jinja2.__version__.encode(), source.encode())
    code = recalled("page", key, lambda: environment.compile(source, "page.html.jinja"))
    return jinja2.Template.from_code(environment, code, environment.make_globals(None))


@cache
def _own(file: str) -> str:
    """A file beside this one: the program's own, not to be escaped."""
    return files("gxgen.show.county").joinpath(file).read_text(encoding="utf-8")
