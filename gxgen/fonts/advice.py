"""What to do to get a face: where the official one is found, which free one comes near."""

from __future__ import annotations

import sys

from gxgen.fonts.catalogue import Choice, Likeness
from gxgen.fonts.faces import Role

_SOURCES = {
    Role.TITLE: "方正字库的方正小标宋简体",
    Role.BODY: "Windows 的 simfang.ttf",
    Role.KAI: "Windows 的 simkai.ttf",
    Role.HEI: "Windows 的 simhei.ttf",
    Role.SONG: "Windows 的 simsun.ttc",
    Role.LATIN: "Windows 的 times.ttf 和 timesbd.ttf",
}
_FREE_PACKAGES = {
    Role.TITLE: "fonts-noto-cjk",
    Role.BODY: "texlive-lang-chinese",
    Role.KAI: "texlive-lang-chinese",
    Role.HEI: "fonts-noto-cjk",
    Role.SONG: "fonts-noto-cjk",
    Role.LATIN: "fonts-liberation",
}
"""Of Debian and its kin, with a face of the likest free design."""
_WINDOWS_FEATURE = (Role.BODY, Role.KAI, Role.HEI)

RARE_ADVICE = (
    "先看是不是打错了字；没有打错的，装一套字数多的宋体（例如 BabelStone Han），"
    "或把字体文件放进项目的 fonts 文件夹。"
)


def source(role: Role) -> str:
    """Where the official face comes from."""
    return _SOURCES[role]


def advice(choice: Choice) -> str:
    """What to do, in one or two sentences; empty if the official face is there."""
    if choice.likeness is Likeness.OFFICIAL:
        return ""
    return _official(choice.role) + _free(choice)


def _official(role: Role) -> str:
    if sys.platform == "win32" and role in _WINDOWS_FEATURE:
        return "在 Windows 的“设置—可选功能”里添加“中文(简体)补充字体”。"
    return f"把规定的字体（{source(role)}）放进项目的 fonts 文件夹，或安装到本机（须有使用许可）。"


def _free(choice: Choice) -> str:
    """A free face, where nothing alike is there and the system has packages."""
    if choice.likeness is Likeness.STAND_IN or not sys.platform.startswith("linux"):
        return ""
    return (
        "没有许可的，装免费的相近字体：Debian、Ubuntu、统信UOS、麒麟用 "
        f"sudo apt install {_FREE_PACKAGES[choice.role]}。"
    )
