"""gxgen: checked, consistent 政府信息公开工作年度报告 from an Excel form.

The functions that scripts use; ``docs/api.md`` shows them at work. Each is loaded when it is first
asked for, so that ``import gxgen`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOMES = {
    "Project": "gxgen.api.project",
    "Stop": "gxgen.county.events",
    "CancelledError": "gxgen.county.events",
    "read": "gxgen.api.single",
    "check": "gxgen.api.single",
    "build": "gxgen.api.single",
    "build_county": "gxgen.api",
    "roll_up": "gxgen.api",
    "blank": "gxgen.api.single",
    "explain": "gxgen.api.single",
    "compare": "gxgen.api.comparing",
    "import_reports": "gxgen.api.importing",
    "receive": "gxgen.api.receiving",
    "schema": "gxgen.show.schema",
}
_NAMES = {"build_county": "build", "roll_up": "rollup"}
"""What a function is called where it lives, if it is not called so here."""

if TYPE_CHECKING:
    from gxgen.api import build as build_county
    from gxgen.api import rollup as roll_up
    from gxgen.api.comparing import compare
    from gxgen.api.importing import import_reports
    from gxgen.api.project import Project
    from gxgen.api.receiving import receive
    from gxgen.api.single import blank, build, check, explain, read
    from gxgen.county.events import CancelledError, Stop
    from gxgen.show.schema import schema


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'gxgen' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), _NAMES.get(name, name))


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})


__all__ = [
    "CancelledError",
    "Project",
    "Stop",
    "blank",
    "build",
    "build_county",
    "check",
    "compare",
    "explain",
    "import_reports",
    "read",
    "receive",
    "roll_up",
    "schema",
]
