"""A self-contained page: its template and its looks lie beside the module that fills it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import jinja2

from gxgen.cache import recalled

_NAME = "page.html.jinja"


@cache
def template(package: str) -> jinja2.Template:
    """``page.html.jinja`` of a package, compiled once for each text of it and kept."""
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    source = own(package, _NAME)
    key = (jinja2.__version__.encode(), source.encode())
    code = recalled("page", key, lambda: environment.compile(source, _NAME))
    return jinja2.Template.from_code(environment, code, environment.make_globals(None))


@cache
def own(package: str, file: str) -> str:
    """A file of a package: the program's own, not to be escaped."""
    return files(package).joinpath(file).read_text(encoding="utf-8")
