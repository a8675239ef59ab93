"""A settings file's text, looked over before it is parsed, and its faults with their lines.

The parser takes time and memory out of all proportion to some texts: names of a thousand parts,
numbers of a million digits, brackets within brackets.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from gxgen.errors import UsageError

LONGEST_LINE, MOST_DOTS = 4_000, 20
"""In one line. What the settings hold at most takes a quarter of it."""
MOST_SIGNS = 200_000
"""Of each sign that begins something: a roster of fifteen thousand has half as many."""
DEEPEST = 8
"""No setting stands in so many brackets."""


def parsed(text: str, path: Path) -> dict[str, Any]:
    """What the text says.

    Raises:
        UsageError: it is not valid TOML or beyond all bounds; the message names the line.
    """
    import tomllib

    if said := _beyond(text):
        raise UsageError(f"{path} 不像是设置文件：{said}")
    try:
        return tomllib.loads(text)
    except RecursionError:
        said = f"第{_deep_line(text)}行的括号一层套一层，太深了；请检查方括号和花括号。"
    except ValueError as error:
        said = _fault(error)
    raise UsageError(f"{path} 不是有效的 TOML：{said}")


def quoted(text: str) -> str:
    """A string as TOML writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _beyond(text: str) -> str:
    """What is beyond all bounds; empty for a sound file."""
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            return f"第{number}行有{len(line)}个字，最多{LONGEST_LINE}个；请分行写，并检查引号。"
        if line.count(".") > MOST_DOTS:
            return f"第{number}行有{line.count('.')}个点，请改正。"
    if any(text.count(sign) > MOST_SIGNS for sign in "=,.[{"):
        return f"设置超过{MOST_SIGNS}项。"
    return ""


def _fault(error: ValueError) -> str:
    place = re.search(r"at line (\d+), column (\d+)", str(error))
    if place is None:
        return "文件在中途结束，请检查引号和方括号是否成对。"
    what = "请检查引号、等号和方括号；日期要写成 2025-01-20 的样子"
    if "Invalid date" in str(error):
        what = "没有这一天"
    return f"第{place[1]}行第{place[2]}列写法有误，{what}。"


def _deep_line(text: str) -> int:
    """The line in which it becomes deeper than any setting; brackets in texts come in pairs."""
    depth = 0
    for found in re.finditer(r"[][{}]", text):
        depth += 1 if found[0] in "[{" else -1
        if depth > DEEPEST:
            return text.count("\n", 0, found.start()) + 1
    return 1
