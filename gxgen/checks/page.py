"""The Markdown page of a code that a reader or writer finds: a head, then what people read.

The head stands between two lines ``---`` and holds each key once, in order, as ``key: value``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Addressee, Severity

_FENCE = "---"
_HEAD: dict[str, Callable[[str], Any]] = {
    "code": str,
    "name": str,
    "severity": Severity,
    "addressee": Addressee,
    "since": str,
    "hint": str,
}


def read_page(path: Path) -> tuple[Rule, str]:
    """What a page declares, and its text.

    Raises:
        ValueError: a line of the head is not as it must be; the message names file and line.
    """
    lines = path.read_text(encoding="utf-8").split("\n")
    declared = {key: _value(path, lines, at, key) for at, key in enumerate(_HEAD, 1)}
    end = len(_HEAD) + 1
    for at in (0, end):
        if lines[at : at + 1] != [_FENCE]:
            raise _wrong(path, at, _FENCE)
    if declared["code"] != path.stem:
        raise _wrong(path, 1, f"code: {path.stem}")
    return Rule(**declared), "\n".join(lines[end + 1 :]).strip()


def _value(path: Path, lines: list[str], at: int, key: str) -> Any:
    found, _, text = lines[at].partition(": ") if at < len(lines) else ("", "", "")
    try:
        if found != key or not text.strip():
            raise ValueError
        return _HEAD[key](text)
    except ValueError:
        raise _wrong(path, at, f"{key}: …") from None


def _wrong(path: Path, at: int, wanted: str) -> ValueError:
    return ValueError(f"{path}:{at + 1}: not “{wanted}”")
