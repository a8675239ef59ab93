"""The JSON that gxgen prints and writes, as JSON Schemas for programs that read it."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

SCHEMAS = {
    "check": "gxgen.show.schema/check.schema.json",
    "build": "gxgen.show.schema/build.schema.json",
    "manifest": "gxgen.show.schema/manifest.schema.json",
    "rollup": "gxgen.show.schema/rollup.schema.json",
    "import": "gxgen.show.schema/import.schema.json",
    "show": "gxgen.show.schema/show.schema.json",
    "status": "gxgen.show.schema/status.schema.json",
    "receive": "gxgen.show.schema/receive.schema.json",
    "notice": "gxgen.show.schema/notice.schema.json",
    "chase": "gxgen.show.schema/chase.schema.json",
    "unit": "gxgen.show.schema/unit.schema.json",
    "answer": "gxgen.show.schema/answer.schema.json",
    "settings": "gxgen.show.schema/settings.schema.json",
    "explain": "gxgen.show.schema/explain.schema.json",
    "doctor": "gxgen.show.schema/doctor.schema.json",
    "similarity": "gxgen.show.schema/similarity.schema.json",
    "trace": "gxgen.show.trace/trace.schema.json",
    "compare": "gxgen.show.compare/compare.schema.json",
    "audit": "gxgen.show.audit/audit.schema.json",
}
"""Where each schema is shipped, by the command that prints such JSON; ``manifest`` is
``build.json``, and ``check`` that of ``template check`` too."""


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a command's JSON, one of :data:`SCHEMAS`.

    Raises:
        KeyError: there is none of that name.
    """
    package, _, file = SCHEMAS[name].partition("/")
    found: dict[str, Any] = json.loads(files(package).joinpath(file).read_text("utf-8"))
    return found
