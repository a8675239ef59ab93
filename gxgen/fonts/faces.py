"""The faces that the official style names, what stands in for each, and where font files lie.

Names are data for every writer: a Word document names the official face alone, a page whose
glyphs are chosen here (PDF, HTML) names the whole stack.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path

VARIABLE = "GXGEN_FONTS"
"""Folders of font files, before all others; several are parted as those of PATH are."""

PROJECT_FOLDER = Path("fonts")
"""Beside the project's ``inputs/``: font files that need not be installed."""


class Role(StrEnum):
    """What a face is for; the value is its official name, as a Word document writes it."""

    TITLE = "方正小标宋简体"
    BODY = "仿宋_GB2312"
    KAI = "楷体_GB2312"
    HEI = "黑体"
    SONG = "宋体"
    LATIN = "Times New Roman"


_OFFICIAL = {
    Role.TITLE: (
        "方正小标宋简体",
        "FZXiaoBiaoSong-B05S",
        "方正小标宋_GBK",
        "FZXiaoBiaoSong-B05",
    ),
    Role.BODY: ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"),
    Role.KAI: ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"),
    Role.HEI: ("黑体", "SimHei"),
    Role.SONG: ("宋体", "SimSun"),
    Role.LATIN: ("Times New Roman",),
}

_SONG = (
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "思源宋体",
    "Source Han Serif CN",
    "Songti SC",
)
_STAND_IN = {
    Role.TITLE: ("华文中宋", "STZhongsong", *_SONG, "FandolSong"),
    Role.BODY: (
        "方正仿宋_GBK",
        "FZFangSong-Z02",
        "方正仿宋简体",
        "FZFangSong-Z02S",
        "华文仿宋",
        "STFangsong",
        "朱雀仿宋",
        "Zhuque Fangsong",
        "FandolFang",
        "FandolFang R",
    ),
    Role.KAI: (
        "方正楷体_GBK",
        "FZKai-Z03",
        "方正楷体简体",
        "FZKai-Z03S",
        "华文楷体",
        "STKaiti",
        "Kaiti SC",
        "FandolKai",
        "AR PL KaitiM GB",
        "LXGW WenKai",
        "霞鹜文楷",
    ),
    Role.HEI: (
        "华文黑体",
        "STHeiti",
        "Heiti SC",
        "Noto Sans CJK SC",
        "Noto Sans SC",
        "Source Han Sans SC",
        "思源黑体",
        "Source Han Sans CN",
        "WenQuanYi Zen Hei",
        "FandolHei",
    ),
    Role.SONG: ("新宋体", "NSimSun", "华文宋体", "STSong", *_SONG, "FandolSong"),
    Role.LATIN: ("Liberation Serif", "Tinos", "TeX Gyre Termes", "Nimbus Roman"),
}

_RARE_SERIF = (
    "SimSun-ExtB",
    "宋体-ExtB",
    "SimSun-ExtG",
    "宋体-ExtG",
    "AR PL UMing CN",
    *_SONG,
    "BabelStone Han",
    "HanaMinA",
    "HanaMinB",
    "Jigmo",
    "Jigmo2",
    "Jigmo3",
)
_RARE = {
    Role.TITLE: tuple(name for name in _RARE_SERIF if name != "AR PL UMing CN"),
    Role.BODY: _RARE_SERIF,
    Role.KAI: ("AR PL UKai CN", *_RARE_SERIF),
    Role.HEI: ("Plangothic P1", "遍黑体 P1", "Plangothic P2", "遍黑体 P2"),
    Role.SONG: _RARE_SERIF,
    Role.LATIN: (),
}
"""Faces that hold characters of few place names: thin strokes first, since 仿宋 is thin. The title
is heavy, so a thin face comes last in it."""

_FOR_SINGLE_CHARACTERS = ("AR PL UMing CN", "AR PL UKai CN")
"""Their ，and 。 stand in the middle of the square, which is right in Taiwan only."""

_HEAVY = (Role.TITLE,)


def official(role: Role) -> tuple[str, ...]:
    """The names under which the official face itself may be installed."""
    return _OFFICIAL[role]


def stand_ins(role: Role) -> tuple[str, ...]:
    """The names of faces that look like the official one, the likest first."""
    return _STAND_IN[role]


def stack(role: Role) -> tuple[str, ...]:
    """Family names in order of preference: official, alike, then those with rare characters.

    All are of one kind, serif with serif: what none of them holds is told, not set in a face
    that spoils the page.
    """
    heavy_last = ("AR PL UMing CN",) if role is Role.TITLE else ()
    names = (*_OFFICIAL[role], *_STAND_IN[role], *_RARE[role], *heavy_last)
    return tuple(dict.fromkeys(names))


def unseen_stack(role: Role) -> tuple[str, ...]:
    """The same for a page whose reader's faces nobody knows: those fit for running text first, so
    that whichever is there, it is the one that :func:`present` would choose."""
    names = stack(role)
    fit = [name for name in names if name not in _FOR_SINGLE_CHARACTERS]
    return tuple(dict.fromkeys((*fit, *names)))


def present(role: Role, there: Callable[[str], bool]) -> tuple[str, ...]:
    """The names of a stack that are there, the first of them fit for running text.

    ``there`` tells whether a family is at hand. Use this, not the plain stack, wherever the faces
    at hand are known.
    """
    names = [name for name in stack(role) if there(name)]
    fit = [name for name in names if name not in _FOR_SINGLE_CHARACTERS]
    return tuple(dict.fromkeys((*fit[:1], *names)))


def stand_in_weight(role: Role) -> int:
    """The weight (400 regular, 700 bold) that a stand-in needs to look like the official face."""
    return 700 if role in _HEAVY else 400


def folders() -> tuple[Path, ...]:
    """The folders that exist, in order: named by ``GXGEN_FONTS``, the project's, the user's, all's.

    Absolute, none twice, none inside another that comes before it.
    """
    found: list[Path] = []
    for folder in _candidates():
        path = Path(os.path.abspath(folder))  # noqa: PTH100 - names stay as the user wrote them
        if path.is_dir() and not any(path.is_relative_to(known) for known in found):
            found.append(path)
    return tuple(found)


def _candidates() -> Iterator[Path]:
    yield from (Path(name) for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name)
    yield PROJECT_FOLDER
    match sys.platform:
        case "win32":
            yield from _windows()
        case "darwin":
            yield from _mac()
        case _:
            yield from _unix()


def _windows() -> Iterator[Path]:
    local = Path(os.environ.get("LOCALAPPDATA", "~/AppData/Local")).expanduser()
    yield local / "Microsoft/Windows/Fonts"
    yield Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
    programs = [os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)")]
    for home in (local, *(Path(name) for name in programs if name)):
        yield from sorted(home.glob("Kingsoft/WPS Office/*/office6/fonts"))


def _mac() -> Iterator[Path]:
    yield Path("~/Library/Fonts").expanduser()
    yield Path("/Library/Fonts")
    yield Path("/System/Library/Fonts")
    yield from sorted(Path("/System/Library/AssetsV2").glob("com_apple_MobileAsset_Font*"))
    yield Path("/Applications/Microsoft Word.app/Contents/Resources/DFonts")
    yield Path("/Applications/wpsoffice.app/Contents/Resources/office6/fonts")


def _unix() -> Iterator[Path]:
    home = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser()
    yield home / "fonts"
    yield Path("~/.fonts").expanduser()
    yield Path("/usr/local/share/fonts")
    yield Path("/usr/share/fonts")
    yield Path("/opt/kingsoft/wps-office/office6/fonts")
    for tree in ("/usr/share/texlive/texmf-dist", "/usr/share/texmf-dist"):
        yield Path(tree) / "fonts/opentype/public/fandol"
