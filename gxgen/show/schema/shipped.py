"""The schemas that are shipped, as they are made of the shapes: ``python -m
gxgen.show.schema.shipped`` writes them anew, a test sees that they agree.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from gxgen.show.schema.filing import Answers, Chase, Notice, Receive, Settings, Status
from gxgen.show.schema.models import (
    Build,
    Check,
    Doctor,
    Explain,
    Import,
    Manifest,
    Rollup,
    Show,
    Similarity,
)
from gxgen.show.schema.viewing import Unit

MODELS: dict[str, type[BaseModel]] = {
    "check": Check,
    "build": Build,
    "manifest": Manifest,
    "rollup": Rollup,
    "import": Import,
    "show": Show,
    "status": Status,
    "receive": Receive,
    "notice": Notice,
    "chase": Chase,
    "unit": Unit,
    "answer": Answers,
    "settings": Settings,
    "explain": Explain,
    "doctor": Doctor,
    "similarity": Similarity,
}


def generated(name: str) -> str:
    """The text of a shipped schema."""
    said: dict[str, Any] = {
        "$schema": GenerateJsonSchema.schema_dialect,
        **MODELS[name].model_json_schema(mode="validation"),
        "title": f"gxgen {name}",
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for name in MODELS:
        Path(__file__).with_name(f"{name}.schema.json").write_text(generated(name), "utf-8")
