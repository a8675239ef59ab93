"""Whether JSON has the shape that a schema says."""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator


def misfits(value: Any, schema: dict[str, Any]) -> list[str]:
    """Where a value is not of a schema's shape."""
    found = Draft202012Validator(schema).iter_errors(value)
    return [f"{one.json_path}: {one.message[:300]}" for one in found]
