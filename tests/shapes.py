"""Whether JSON has the shape that a schema says, in as much of JSON Schema as the schemas use."""

from __future__ import annotations

from typing import Any

TYPES = {
    "string": str,
    "integer": int,
    "number": float,
    "null": type(None),
    "boolean": bool,
    "array": list,
    "object": dict,
}


def misfits(value: Any, schema: dict[str, Any]) -> list[str]:
    """Where a value is not of a schema's shape."""
    return _misfits(value, schema, schema, "$")


def _misfits(value: Any, shape: dict[str, Any], schema: dict[str, Any], at: str) -> list[str]:
    if "$ref" in shape:
        return _misfits(value, schema["$defs"][shape["$ref"].rpartition("/")[2]], schema, at)
    if "anyOf" in shape:
        found = [_misfits(value, one, schema, at) for one in shape["anyOf"]]
        return min(found, key=len)
    if value != shape.get("const", value) or value not in shape.get("enum", [value]):
        return [f"{at}: {value!r}"]
    kinds = shape.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and type(value) not in [TYPES[kind] for kind in kinds]:
        return [f"{at}: {type(value).__name__}"]
    out: list[str] = []
    if isinstance(value, dict):
        known = shape.get("properties", {})
        out += [f"{at}.{key}: missing" for key in shape.get("required", []) if key not in value]
        if shape.get("additionalProperties", True) is False:
            out += [f"{at}.{key}: too many" for key in value if key not in known]
        for key in value.keys() & known.keys():
            out += _misfits(value[key], known[key], schema, f"{at}.{key}")
    if isinstance(value, list) and "items" in shape:
        for number, item in enumerate(value):
            out += _misfits(item, shape["items"], schema, f"{at}[{number}]")
    return out
