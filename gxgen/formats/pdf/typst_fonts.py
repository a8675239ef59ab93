"""The faces that the built-in PDF engine finds, under the names that the engine gives them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import typst

from gxgen.errors import EnvironmentProblemError
from gxgen.fonts.faces import Role, present

_STYLE = re.compile(
    "[ _-](?:(?:extra|ext|ex|x|semi|sem|sm|demi|dem|ultra)[ _-]?)?"
    "(?:normal|italic|oblique|slanted|thin|th|hairline|light|lt|regular|medium|med|md|bold|bd|"
    "demi|black|blk|bk|heavy|narrow|condensed|cond|cn|cd|compressed|expanded|exp)+$",
    re.IGNORECASE,
)
"""What the engine takes off the end of a family's name."""

_CHINESE = "[^\u0020-\u007e\u00a0-\u00b6\u00b8-\u024f]"
"""What the Chinese face covers: all but Latin letters and digits; “ ” — … · are Chinese here. It
comes before the Latin one, since nearly all characters are its own and each face in turn is tried
on what the ones before it left."""


@cache
def fonts(places: tuple[Path, ...]) -> typst.Fonts:
    """All font files of these folders; read once, since a system has hundreds."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(places)
    )


@cache
def faces(places: tuple[Path, ...]) -> dict[str, list[Any]]:
    """For each kind of text, the families of its stack that are there, as the program names them.

    Text in a Chinese face takes Latin letters and digits from the Latin one; the title and the page
    number do not, as in the Word document.

    Raises:
        EnvironmentProblemError: there is no face at all for some kind of text.
    """
    known = {family.lower(): family for family in fonts(places).families()}
    found = {role: _found(role, known) for role in Role}
    lacking = "、".join(role for role in Role if not found[role] and role is not Role.LATIN)
    if lacking:
        raise EnvironmentProblemError(
            f"没有找到可用的字体：{lacking}。请安装中文字体（例如 Noto CJK），或放进 fonts 文件夹。"
        )
    latin = found[Role.LATIN][:1]
    return {
        "title": found[Role.TITLE],
        "margin": found[Role.SONG],
        "body": _with_latin(found[Role.BODY], latin),
        "kai": _with_latin(found[Role.KAI], latin),
        "hei": _with_latin(found[Role.HEI], latin),
        "song": _with_latin(found[Role.SONG], latin),
    }


def _with_latin(names: list[str], latin: list[str]) -> list[Any]:
    if not latin:
        return names
    return [{"name": names[0], "covers": _CHINESE}, *latin, *names]


def _found(role: Role, known: dict[str, str]) -> list[str]:
    def named(name: str) -> str | None:
        return known.get(name.lower()) or known.get(engine_name(name).lower())

    there = present(role, lambda name: named(name) is not None)
    return list(dict.fromkeys(filter(None, map(named, there))))


def engine_name(family: str) -> str:
    """A family's name without the words at its end that the engine takes for a style.

    The engine calls ``AR PL UMing CN`` ``AR PL UMing``: it reads CN as condensed.
    """
    name = family.strip()
    while (shorter := _STYLE.sub("", name)) != name:
        name = shorter
    return name
