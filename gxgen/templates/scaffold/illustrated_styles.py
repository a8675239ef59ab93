"""Styles of the illustrated template."""

from __future__ import annotations

from collections.abc import Iterable

from gxgen.document.illustrated.palettes import GREY, INK, PALETTES, USUAL
from gxgen.document.illustrated.tables import LINE, SIZES
from gxgen.formats.docx.pictured import (
    BLOCK_TEXT,
    COVER_AGENCY,
    COVER_LONG_AGENCY,
    HEADING,
    LONG_HEADING,
)
from gxgen.formats.docx.pictured import (
    STYLES as TOLD,
)
from gxgen.formats.docx.prepare import FIGURES, ZERO
from gxgen.formats.drawings.words import NUMBERS
from gxgen.formats.emphasis import LEAD, NUMBER
from gxgen.templates.scaffold.styles import (
    BODY,
    BOLD,
    CENTRED,
    CHARACTER,
    FOOTER,
    HEADER,
    HEADINGS,
    HEITI,
    KEPT,
    LATIN_WORDS,
    LEADS,
    LEFT,
    SIGN_OFF_AGENCY,
    SIGN_OFF_DATE,
    SONG_TITLE,
    TABLE_TEXT,
    TAG,
    TITLE,
    UNSNAPPED,
    UNSPACED,
    Style,
    fonts,
    size,
)
from gxgen.templates.scaffold.styles import (
    STYLES as OFFICIAL,
)

COLOURS = PALETTES[USUAL]
COVER_LINE, COVER_YEAR, COVER_EDITION = "CoverLine", "CoverYear", "CoverEdition"
RUNNING_HEAD, PAGE_NUMBER = "RunningHead", "PageNumber"
SPACER, LOW_SPACER = "Spacer", "LowSpacer"
PREAMBLE_TEXT, SECTION_NUMBER, BLOCK_NUMBER = "PreambleText", "SectionNumber", "BlockNumber"
BAND, HEAD, LABEL, GROUP, NOTE = "TableBand", "TableHead", "TableLabel", "TableGroup", "TableNote"
"""Styles of a table's cells; each table has its own of them, see :func:`of_table`."""
_NARROW = '<w:w w:val="90"/>'
"""Figures of tables nine tenths as wide, so that a digit takes half its size as the layout of long
figures reckons with."""
_PREAMBLE_INK = "434A53"
_BLOCK = 737
"""Twips that numbered blocks stand in from the margin, 13 mm."""
_HEI = fonts(HEITI, NUMBERS) + UNSPACED
_NONE = '<w:ind w:left="0" w:firstLineChars="0" w:firstLine="0"/>'
_FIRST_LINE = '<w:ind w:left="0" w:firstLineChars="200" w:firstLine="460"/>'
_BOTH, _RIGHT = '<w:jc w:val="both"/>', '<w:jc w:val="right"/>'


def of_table(style: str, table: str) -> str:
    """The id of a cell's style in one of the form's tables."""
    return style + table.capitalize()


def _spacing(line: float, before: float = 0, after: float = 0, rule: str = "atLeast") -> str:
    return (
        f'{UNSNAPPED}<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" '
        f'w:line="{round(line * 20)}" w:lineRule="{rule}"/>'
    )


def _look(points: float, colour: str, *, bold: bool = False) -> str:
    """Run properties in the order of the schema."""
    weight = BOLD if bold else ""
    return (
        f'{fonts(HEITI, NUMBERS)}{weight}<w:color w:val="{colour}"/>{UNSPACED}'
        f"{size(round(points * 2))}"
    )


def _level(number: int) -> str:
    return f'<w:outlineLvl w:val="{number - 1}"/>'


def _indent(left: int, right: int = 0, hanging: int = 0) -> str:
    first = f'w:hanging="{hanging}"' if hanging else 'w:firstLine="0"'
    return f'<w:ind w:left="{left}" w:right="{right}" w:firstLineChars="0" {first}/>'


def _heading(level: int, paragraph: str, run: str) -> Style:
    name = f"heading {level}"
    return Style(HEADINGS[level], name, paragraph + _level(level), run + LATIN_WORDS, "a", BODY, 9)


def _own(style_id: str, name: str, paragraph: str, run: str, based: str = "a") -> Style:
    return Style(style_id, name, paragraph, run, based, priority=30)


def _characters(style_id: str, name: str, run: str) -> Style:
    return _own(style_id, name, "", run, CHARACTER)


def _coloured(colour: str, *, bold: bool = True) -> str:
    return f'{BOLD if bold else ""}<w:color w:val="{colour}"/>'


def _of_tables() -> Iterable[Style]:
    """Each table's kinds of cells."""
    for table, points in SIZES.items():
        base, line = of_table(TABLE_TEXT, table), points * LINE
        tight = _spacing(line, rule="exact") + _NONE + CENTRED
        title = {"disclosure": "表二", "requests": "表三", "remedies": "表四"}[table]
        yield _own(base, f"{title}文字", tight, _look(points, INK))
        looks = {
            BAND: ("栏目", CENTRED, _coloured("FFFFFF" if table != "disclosure" else COLOURS.deep)),
            HEAD: ("表头", CENTRED, _coloured(COLOURS.deep)),
            LABEL: ("项目", LEFT, ""),
            GROUP: ("大项", LEFT, _coloured(COLOURS.deep)),
            NOTE: ("说明", CENTRED, _coloured(COLOURS.deep, bold=False)),
        }
        for style, (name, paragraph, run) in looks.items():
            yield _own(of_table(style, table), title + name, paragraph, run, base)


_SIGNED = _spacing(20.5) + f'<w:ind w:right="{2 * 230}" w:firstLineChars="0" w:firstLine="0"/>'
_PARAGRAPHS = (
    Style(
        TITLE,
        "Title",
        f"{_spacing(34, 6)}{_NONE}{LEFT}",
        f'{fonts(SONG_TITLE, SONG_TITLE)}<w:color w:val="{COLOURS.deep}"/>{UNSPACED}{size(48)}',
        following=BODY,
        priority=10,
    ),
    _own(
        COVER_LINE,
        "封面题名",
        f"{_spacing(18)}{_indent(283)}{LEFT}",
        _look(12, COLOURS.deep).replace(UNSPACED, '<w:spacing w:val="40"/>'),
    ),
    _own(
        COVER_YEAR,
        "封面年度",
        f"{_spacing(104, 70)}{_NONE}{LEFT}",
        _look(96, COLOURS.main, bold=True),
    ),
    _own(RUNNING_HEAD, "页眉标题", f"{_spacing(12)}{_NONE}{_RIGHT}", _look(9, GREY)),
    _own(PAGE_NUMBER, "页码", f"{_spacing(14)}{_NONE}{CENTRED}", _look(11, COLOURS.deep)),
    _own(SPACER, "间隔", f"{_spacing(16, rule='exact')}{_NONE}{LEFT}", _look(8, INK)),
    _own(LOW_SPACER, "小间隔", _spacing(6, rule="exact"), _look(5, INK), SPACER),
    _own(
        PREAMBLE_TEXT,
        "导语",
        f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="10" w:color="{COLOURS.gold}"/></w:pBdr>'
        f"{_spacing(18)}{_indent(227, 170)}{_BOTH}",
        _look(10.5, _PREAMBLE_INK) + LATIN_WORDS,
    ),
    _heading(
        1, KEPT + _spacing(27, after=18) + _indent(918) + LEFT, _look(19, COLOURS.deep, bold=True)
    ),
    _heading(
        2, KEPT + _spacing(21, after=5) + _indent(595) + LEFT, _look(14, COLOURS.main, bold=True)
    ),
    _heading(
        3,
        f'{KEPT}<w:tabs><w:tab w:val="left" w:pos="{_BLOCK}"/></w:tabs>'
        f"{_spacing(22, 2, 1)}{_indent(_BLOCK, hanging=_BLOCK)}{LEFT}",
        _look(12.5, INK, bold=True),
    ),
    _heading(
        4, KEPT + _spacing(20.5) + _indent(_BLOCK) + LEFT, _look(11.5, COLOURS.deep, bold=True)
    ),
    Style(
        BODY,
        "Body Text",
        _spacing(20.5, after=7) + _FIRST_LINE + _BOTH,
        _look(11.5, INK) + LATIN_WORDS,
        priority=1,
    ),
    _own(
        BLOCK_TEXT,
        "编号下的正文",
        f"{_spacing(20.5, after=7)}{_indent(_BLOCK)}{_BOTH}",
        _look(11.5, INK) + LATIN_WORDS,
    ),
    Style(
        SIGN_OFF_AGENCY,
        "落款单位",
        KEPT + _SIGNED.replace('w:before="0"', 'w:before="400"') + _RIGHT,
        _look(11.5, INK),
        following=SIGN_OFF_DATE,
    ),
    Style(SIGN_OFF_DATE, "落款日期", f"<w:keepLines/>{_SIGNED}{_RIGHT}", _look(11.5, INK)),
)
_CHARACTERS = (
    _characters(COVER_AGENCY, "封面单位", size(58)),
    _characters(COVER_LONG_AGENCY, "封面长单位", size(46)),
    _characters(COVER_EDITION, "封面版别", _coloured(COLOURS.gold_text) + UNSPACED),
    _characters(SECTION_NUMBER, "部分编号", _coloured(COLOURS.main)),
    _characters(BLOCK_NUMBER, "编号", _coloured(COLOURS.main) + size(36)),
    _characters(HEADING, "二级标题文字", ""),
    _characters(LONG_HEADING, "二级长标题文字", size(26)),
    _characters(LEADS[2], "段首标题（一）", _coloured(COLOURS.main)),
    _characters(LEADS[3], "段首标题1", _coloured(COLOURS.deep)),
    _characters(TOLD[NUMBER], "文中数字", _coloured(COLOURS.main)),
    _characters(TOLD[LEAD], "段首语", _coloured(COLOURS.deep)),
    _characters(FIGURES, "表中数字", _coloured(COLOURS.main) + _NARROW),
    _characters(ZERO, "表中零", _coloured(GREY, bold=False) + _NARROW),
)
_KEPT_AS_IS = tuple(style for style in OFFICIAL if style.id in (HEADER, FOOTER, TAG))
STYLES = (*_PARAGRAPHS, *_of_tables(), *_CHARACTERS, *_KEPT_AS_IS)
"""Every style of the illustrated template."""
