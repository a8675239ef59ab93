"""Styles of the illustrated template, where they differ from the official one's."""

from __future__ import annotations

from dataclasses import replace

from gxgen.document.charts import DARK, PALE
from gxgen.templates.scaffold.styles import (
    BODY,
    BOLD,
    CENTRED,
    CHARACTER,
    HEADER,
    HEADINGS,
    HEITI,
    KAITI,
    KEPT,
    LATIN_WORDS,
    LEADS,
    LEFT,
    SONG_TITLE,
    TITLE,
    UNSNAPPED,
    UNSPACED,
    Style,
    fonts,
    size,
)
from gxgen.templates.scaffold.styles import STYLES as OFFICIAL_STYLES

COVER_YEAR, COVER_EDITION, RUNNING_HEAD = "CoverYear", "CoverEdition", "RunningHead"
TILE_TITLE, TILE_FIGURE, TILE_TEXT = "TileTitle", "TileFigure", "TileText"
CHART_PLACE, BLOCK_NUMBER = "ChartPlace", "BlockNumber"

_BODY_SIZE = 28
_BLUE = f'<w:color w:val="{DARK}"/>'
_FLUSH = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_OFFICIAL = {style.id: style for style in OFFICIAL_STYLES}


def _changed(style_id: str, paragraph: str, run: str) -> Style:
    return replace(_OFFICIAL[style_id], paragraph=paragraph, run=run)


def _added(style_id: str, name: str, paragraph: str, run: str, based: str = "a") -> Style:
    return Style(style_id, name, paragraph, run, based, priority=30)


def _exact(points: float, before: float = 0, after: float = 0) -> str:
    return (
        f'{UNSNAPPED}<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" '
        f'w:line="{round(points * 20)}" w:lineRule="exact"/>'
    )


def _rule(edge: str, eighths: int, space: int) -> str:
    return (
        f'<w:pBdr><w:{edge} w:val="single" w:sz="{eighths}" w:space="{space}" '
        f'w:color="{DARK}"/></w:pBdr>'
    )


def _level(number: int) -> str:
    return f'<w:outlineLvl w:val="{number - 1}"/>'


_PLAIN = KEPT + _exact(27, 6, 2) + _FLUSH
_OWN = (
    _changed(
        TITLE,
        f"{KEPT}{_rule('top', 24, 14)}{_exact(36, 10)}{LEFT}",
        fonts(SONG_TITLE, SONG_TITLE) + _BLUE + UNSPACED + size(44),
    ),
    _added(
        COVER_YEAR,
        "封面年度",
        _exact(96, 150) + LEFT,
        f'{BOLD}{_BLUE}<w:spacing w:val="40"/>{size(176)}',
    ),
    _added(
        COVER_EDITION,
        "封面版别",
        _exact(30, 4, 8) + LEFT,
        f'{fonts(HEITI)}<w:color w:val="595959"/><w:spacing w:val="200"/>{size(28)}',
    ),
    _added(
        RUNNING_HEAD,
        "页眉标题",
        f'{_rule("bottom", 6, 3)}{UNSNAPPED}<w:spacing w:line="240" w:lineRule="auto"/>'
        '<w:jc w:val="right"/>',
        f'{fonts(HEITI)}<w:color w:val="595959"/>{UNSPACED}{size(18)}',
        HEADER,
    ),
    _changed(
        HEADINGS[1],
        f"{KEPT}{_rule('bottom', 12, 3)}{_exact(32, 16, 8)}{_FLUSH}{_level(1)}",
        fonts(HEITI) + _BLUE + size(36),
    ),
    _changed(  # behind a bar, on a pale ground
        HEADINGS[2],
        f'{KEPT}{_rule("left", 36, 6)}<w:shd w:val="clear" w:color="auto" w:fill="{PALE}"/>'
        f'{_exact(28, 12, 6)}<w:ind w:left="160" w:firstLineChars="0" w:firstLine="0"/>{_level(2)}',
        fonts(HEITI) + size(30),
    ),
    _changed(HEADINGS[3], f"{_PLAIN}{_level(3)}", fonts(KAITI) + BOLD + size(30)),
    _changed(HEADINGS[4], f"{_PLAIN}{_level(4)}", fonts(KAITI) + size(_BODY_SIZE)),
    _changed(
        BODY,
        f'{_exact(26)}<w:ind w:firstLineChars="200" w:firstLine="{_BODY_SIZE * 20}"/>',
        size(_BODY_SIZE) + LATIN_WORDS,
    ),
    _changed(LEADS[2], "", fonts(HEITI) + _BLUE),
    _changed(LEADS[3], "", fonts(KAITI) + BOLD + _BLUE),
    _added(BLOCK_NUMBER, "编号", "", BOLD + _BLUE + size(40), CHARACTER),
    _added(
        TILE_TITLE,
        "图块标题",
        KEPT + _exact(16, 3, 3) + CENTRED,
        f'{fonts(HEITI)}<w:color w:val="FFFFFF"/>{UNSPACED}{size(22)}',
    ),
    _added(
        TILE_FIGURE,
        "图块数字",
        KEPT + _exact(28, 4) + CENTRED,
        fonts(HEITI) + BOLD + _BLUE + UNSPACED + size(40),
    ),
    _added(
        TILE_TEXT,
        "图块文字",
        "<w:keepLines/>" + _exact(14, 3, 3) + CENTRED,
        fonts(KAITI) + UNSPACED + size(20),
    ),
    _added(
        CHART_PLACE,
        "图",
        f'<w:keepLines/>{UNSNAPPED}<w:spacing w:before="160" w:after="40" w:line="300" '
        f'w:lineRule="atLeast"/>{CENTRED}',
        f'{fonts(KAITI)}<w:color w:val="404040"/>{UNSPACED}{size(24)}',
    ),
)
STYLES = tuple((_OFFICIAL | {style.id: style for style in _OWN}).values())
"""The official styles as they look here, then the illustrated edition's own."""
