"""Blocks of a settings file, ``[[frame]]`` or ``[[answer]]``, put in and taken out; all else in the
file, comments too, stays as a person has written it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from gxgen.toml import quoted

Said = Mapping[str, str | int | dt.date]
"""What a block says, by its keys."""


def with_block(text: str, name: str, said: Said) -> str:
    """A file's text with one more block at its end."""
    lines = "".join(f"{key} = {_written(value)}\n" for key, value in said.items())
    return f"{text.rstrip()}\n\n[[{name}]]\n{lines}".lstrip()


def _written(value: str | int | dt.date) -> str:
    return quoted(value) if isinstance(value, str) else str(value)


def without_block(text: str, name: str, number: int, blocks: int) -> str | None:
    """A file's text without its ``number``-th block, counted from 0; None where it is not written
    as the ``blocks`` that it says, so that only a person can change it."""
    pattern = rf"^\[\[{name}\]\][^\n]*\n(?:(?![\[#])[^\n]*(?:\n|\Z))*"
    found = [*re.finditer(pattern, text, re.MULTILINE)]
    if len(found) != blocks:
        return None
    return text[: found[number].start()] + text[found[number].end() :]
