"""gxgen: checked, consistent 政府信息公开工作年度报告 from an Excel form.

The functions that scripts use; ``docs/api.md`` shows them at work. Each is loaded when it is first
asked for, so that ``import gxgen`` costs nothing; their types stand in ``__init__.pyi``.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

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
