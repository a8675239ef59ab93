"""Styles of the illustrated template, where they differ from the official one's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gxgen.document.charts import DARK, PALE
from gxgen.formats.docx.wordml import W, parse_xml
from gxgen.templates.scaffold.styles import (
    BODY,
    HEADER,
    HEADINGS,
    HEITI,
    KAITI,
    LEADS,
    NAMESPACES,
    SONG_TITLE,
    TITLE,
    fonts,
    size,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

"""The ground of tiles and of the bands behind headings; a light grey in print."""

COVER_YEAR, COVER_EDITION, RUNNING_HEAD = "CoverYear", "CoverEdition", "RunningHead"
TILE_TITLE, TILE_FIGURE, TILE_TEXT = "TileTitle", "TileFigure", "TileText"
CHART_PLACE, BLOCK_NUMBER = "ChartPlace", "BlockNumber"

_BODY_SIZE = 28
_BLUE = f'<w:color w:val="{DARK}"/>'
_UNSNAPPED = '<w:snapToGrid w:val="0"/>'
_KEPT = "<w:keepNext/><w:keepLines/>"
_FLUSH = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'


@dataclass(frozen=True, slots=True)
class Style:
    """A style: paragraph and run properties in place of those that it has, if it exists."""

    id: str
    name: str
    paragraph: str = ""
    run: str = ""
    based: str = "a"
    kind: str = "paragraph"


def _exact(points: float, before: float = 0, after: float = 0) -> str:
    return (
        f'{_UNSNAPPED}<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" '
        f'w:line="{round(points * 20)}" w:lineRule="exact"/>'
    )


def _rule(edge: str, eighths: int, space: int) -> str:
    return (
        f'<w:pBdr><w:{edge} w:val="single" w:sz="{eighths}" w:space="{space}" '
        f'w:color="{DARK}"/></w:pBdr>'
    )


def _band(level: int, lines: str) -> str:
    """A heading behind a bar, on a pale ground."""
    return (
        f"{_KEPT}{_rule('left', 36, 6)}"
        f'<w:shd w:val="clear" w:color="auto" w:fill="{PALE}"/>{lines}'
        f'<w:ind w:left="160" w:firstLineChars="0" w:firstLine="0"/>'
        f'<w:outlineLvl w:val="{level - 1}"/>'
    )


def _headings() -> tuple[Style, ...]:
    plain = f'{_KEPT}{_exact(27, 6, 2)}{_FLUSH}<w:outlineLvl w:val="%d"/>'
    first = f'{_KEPT}{_rule("bottom", 12, 3)}{_exact(32, 16, 8)}{_FLUSH}<w:outlineLvl w:val="0"/>'
    return (
        Style(HEADINGS[1], "heading 1", first, fonts(HEITI) + _BLUE + size(36)),
        Style(HEADINGS[2], "heading 2", _band(2, _exact(28, 12, 6)), fonts(HEITI) + size(30)),
        Style(HEADINGS[3], "heading 3", plain % 2, fonts(KAITI) + "<w:b/><w:bCs/>" + size(30)),
        Style(HEADINGS[4], "heading 4", plain % 3, fonts(KAITI) + size(_BODY_SIZE)),
    )


def _cover() -> tuple[Style, ...]:
    left = '<w:jc w:val="left"/>'
    return (
        Style(
            TITLE,
            "Title",
            f"{_KEPT}{_rule('top', 24, 14)}{_exact(36, 10)}{left}",
            fonts(SONG_TITLE, SONG_TITLE) + _BLUE + '<w:spacing w:val="0"/>' + size(44),
        ),
        Style(
            COVER_YEAR,
            "封面年度",
            f"{_exact(96, 150, 0)}{left}",
            f'<w:b/><w:bCs/>{_BLUE}<w:spacing w:val="40"/>{size(176)}',
        ),
        Style(
            COVER_EDITION,
            "封面版别",
            f"{_exact(30, 4, 8)}{left}",
            f'{fonts(HEITI)}<w:color w:val="595959"/><w:spacing w:val="200"/>{size(28)}',
        ),
        Style(
            RUNNING_HEAD,
            "页眉标题",
            f'{_rule("bottom", 6, 3)}{_UNSNAPPED}<w:spacing w:line="240" w:lineRule="auto"/>'
            '<w:jc w:val="right"/>',
            f'{fonts(HEITI)}<w:color w:val="595959"/><w:spacing w:val="0"/>{size(18)}',
            based=HEADER,
        ),
    )


def _tiles() -> tuple[Style, ...]:
    centre, bare = '<w:jc w:val="center"/>', '<w:spacing w:val="0"/>'
    return (
        Style(
            TILE_TITLE,
            "图块标题",
            f"{_KEPT}{_exact(16, 3, 3)}{centre}",
            f'{fonts(HEITI)}<w:color w:val="FFFFFF"/>{bare}{size(22)}',
        ),
        Style(
            TILE_FIGURE,
            "图块数字",
            f"{_KEPT}{_exact(28, 4, 0)}{centre}",
            f"{fonts(HEITI)}<w:b/><w:bCs/>{_BLUE}{bare}{size(40)}",
        ),
        Style(
            TILE_TEXT,
            "图块文字",
            f"<w:keepLines/>{_exact(14, 3, 3)}{centre}",
            f"{fonts(KAITI)}{bare}{size(20)}",
        ),
    )


STYLES = (
    *_cover(),
    *_headings(),
    Style(
        BODY,
        "Body Text",
        f'{_exact(26)}<w:ind w:firstLineChars="200" w:firstLine="{_BODY_SIZE * 20}"/>',
        size(_BODY_SIZE) + '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>',
    ),
    Style(LEADS[2], "段首标题（一）", "", fonts(HEITI) + _BLUE, "a0", "character"),
    Style(LEADS[3], "段首标题1", "", fonts(KAITI) + "<w:b/><w:bCs/>" + _BLUE, "a0", "character"),
    Style(BLOCK_NUMBER, "编号", "", f"<w:b/><w:bCs/>{_BLUE}{size(40)}", "a0", "character"),
    *_tiles(),
    Style(
        CHART_PLACE,
        "图",
        f'<w:keepLines/>{_UNSNAPPED}<w:spacing w:before="160" w:after="40" w:line="300" '
        'w:lineRule="atLeast"/><w:jc w:val="center"/>',
        f'{fonts(KAITI)}<w:color w:val="404040"/><w:spacing w:val="0"/>{size(24)}',
    ),
)


def restyled(data: bytes) -> bytes:
    """``word/styles.xml`` of the official template with the illustrated one's looks."""
    from lxml import etree

    root = parse_xml(data, "word/styles.xml")
    known = {style.get(W + "styleId"): style for style in root.iterchildren(W + "style")}
    for style in STYLES:
        node = known.get(style.id)
        if node is None:
            root.append(_new(style))
        else:
            _replace(node, style)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _new(style: Style) -> _Element:
    custom = "" if style.name.isascii() else ' w:customStyle="1"'
    return _parsed(
        f'<w:style w:type="{style.kind}"{custom} w:styleId="{style.id}">'
        f'<w:name w:val="{style.name}"/><w:basedOn w:val="{style.based}"/>'
        f'<w:uiPriority w:val="30"/><w:qFormat/>{_properties(style)}</w:style>'
    )


def _replace(node: _Element, style: Style) -> None:
    for name in ("pPr", "rPr"):
        for old in node.findall(W + name):
            node.remove(old)
    node.extend(_parsed(f"<w:style>{_properties(style)}</w:style>"))


def _properties(style: Style) -> str:
    paragraph = f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else ""
    return paragraph + (f"<w:rPr>{style.run}</w:rPr>" if style.run else "")


def _parsed(markup: str) -> _Element:
    return parse_xml(f"<x {NAMESPACES}>{markup}</x>".encode(), "word/styles.xml")[0]
