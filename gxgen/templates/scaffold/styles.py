"""Styles, fonts, theme and settings of the official template (GB/T 9704-2012)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gxgen.document.page import (
    DRAFT_COLOUR,
    LINE,
    MARGIN_SIZE,
    SIGN_OFF_INDENT,
    TITLE_LINE,
    TWIPS,
)

SONG_TITLE, FANGSONG, KAITI = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312"
HEITI, SONG, LATIN = "黑体", "宋体", "Times New Roman"

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

BODY, HEADINGS = "BodyText", {1: "1", 2: "2", 3: "3", 4: "4"}
TITLE, SIGN_OFF_AGENCY, SIGN_OFF_DATE, TAG = "Title", "SignOffAgency", "SignOffDate", "TemplateTag"
HEADER, FOOTER = "Header", "Footer"
TABLE_TEXT, TABLE_HEAD, TABLE_NARROW_HEAD = "TableText", "TableHead", "TableNarrowHead"
TABLE_LABEL = "TableLabel"
LEADS = {2: "RunInHeading2", 3: "RunInHeading3"}

BOLD, KEPT, UNSNAPPED = "<w:b/><w:bCs/>", "<w:keepNext/><w:keepLines/>", '<w:snapToGrid w:val="0"/>'
CENTRED, LEFT, UNSPACED = '<w:jc w:val="center"/>', '<w:jc w:val="left"/>', '<w:spacing w:val="0"/>'
LATIN_WORDS = '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
"""Text whose Latin part is called Chinese may be broken inside a number; the document's own
language, which a PDF takes over, stays Chinese in the defaults."""

_COLOURS = "000000 FFFFFF 1F497D EEECE1 C00000 4F81BD 9BBB59 8064A2 4BACC6 F79646 0000FF 800080"

_INDENTED = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_EXACT = f'<w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/>'
_INSIDE = '<w:overflowPunct w:val="0"/>'
"""Full stops and commas keep inside the margin, whoever sets the page."""
CHARACTER = "a0"
"""What styles of characters are based on."""


def fonts(east_asian: str, latin: str = LATIN) -> str:
    """Run fonts: Chinese and Latin; the hint sends “ ” — … to the Chinese one."""
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{latin}" w:hAnsi="{latin}" '
        f'w:eastAsia="{east_asian}" w:cs="{latin}"/>'
    )


def size(half_points: int) -> str:
    """Run size in half points, for all scripts."""
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


@dataclass(frozen=True, slots=True)
class Style:
    """A style, with its paragraph and run properties as XML."""

    id: str
    name: str
    paragraph: str = ""
    run: str = ""
    based: str = "a"
    following: str = ""
    priority: int = 20

    @property
    def xml(self) -> str:
        """``w:style``."""
        kind = "character" if self.based == CHARACTER else "paragraph"
        own = "" if self.name.isascii() else ' w:customStyle="1"'
        return (
            f'<w:style w:type="{kind}"{own} w:styleId="{self.id}">'
            f'<w:name w:val="{self.name}"/><w:basedOn w:val="{self.based}"/>'
            + (f'<w:next w:val="{self.following}"/>' if self.following else "")
            + f'<w:uiPriority w:val="{self.priority}"/><w:qFormat/>'
            + (f"<w:pPr>{self.paragraph}</w:pPr>" if self.paragraph else "")
            + (f"<w:rPr>{self.run}</w:rPr>" if self.run else "")
            + "</w:style>"
        )


def _heading(level: int, run: str) -> Style:
    lines = f'{KEPT}{_INDENTED}<w:outlineLvl w:val="{level - 1}"/>'
    return Style(HEADINGS[level], f"heading {level}", lines, run + LATIN_WORDS, "a", BODY, 9)


def _spacing(line: float, rule: str) -> str:
    return f'<w:spacing w:line="{round(line)}" w:lineRule="{rule}"/>'


_SONG = fonts(SONG, SONG) + UNSPACED
_MARGIN_SIZE = size(round(MARGIN_SIZE * 2))
STYLES = (
    Style(
        TITLE,
        "Title",
        f'{KEPT}{UNSNAPPED}<w:spacing w:before="{LINE}" w:after="{LINE}" w:line="{TITLE_LINE}" '
        f'w:lineRule="exact"/>{CENTRED}',
        fonts(SONG_TITLE, SONG_TITLE) + UNSPACED + size(44),
        following=BODY,
        priority=10,
    ),
    _heading(1, fonts(HEITI)),
    _heading(2, fonts(KAITI)),
    _heading(3, BOLD),
    _heading(4, ""),
    Style(BODY, "Body Text", _INDENTED, LATIN_WORDS, priority=1),
    Style(LEADS[2], "段首标题（一）", "", fonts(KAITI), CHARACTER),
    Style(LEADS[3], "段首标题1", "", BOLD, CHARACTER),
    Style(
        SIGN_OFF_AGENCY,
        "落款单位",
        f'{KEPT}<w:spacing w:before="{LINE}"/>'
        f'<w:ind w:right="{round(SIGN_OFF_INDENT * TWIPS)}"/>{LEFT}',
        following=SIGN_OFF_DATE,
    ),
    Style(SIGN_OFF_DATE, "落款日期", f"<w:keepLines/>{LEFT}"),
    Style(
        TABLE_TEXT,
        "表格文字",
        UNSNAPPED + _spacing(250, "exact") + CENTRED,
        fonts(SONG) + UNSPACED + size(21),
    ),
    Style(TABLE_LABEL, "表格项目", LEFT, based=TABLE_TEXT),
    Style(TABLE_HEAD, "表格表头", "", fonts(HEITI), TABLE_TEXT),
    Style(TABLE_NARROW_HEAD, "表格窄表头", "", size(20), TABLE_HEAD),
    Style(
        HEADER,
        "header",
        UNSNAPPED + _spacing(240, "auto") + CENTRED,
        f'{fonts(HEITI)}<w:color w:val="{DRAFT_COLOUR}"/>{UNSPACED}{_MARGIN_SIZE}',
        priority=99,
    ),
    Style(
        FOOTER,
        "footer",
        UNSNAPPED + _spacing(MARGIN_SIZE * TWIPS, "exact"),
        _SONG + _MARGIN_SIZE,
        priority=99,
    ),
    Style(
        TAG,
        "模板标签",
        _spacing(240, "exact") + LEFT,
        f'{fonts(SONG, SONG)}<w:color w:val="808080"/>{UNSPACED}{size(18)}',
    ),
)


def style_sheet(styles: Iterable[Style]) -> str:
    """``word/styles.xml``: the document's defaults, then these styles."""
    inner = _defaults() + "".join(style.xml for style in styles)
    return f"{DECLARATION}<w:styles {NAMESPACES}>{inner}</w:styles>"


def _defaults() -> str:
    language = '<w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(FANGSONG)}{size(32)}{language}</w:rPr>"
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/>'
        f'<w:qFormat/><w:pPr><w:widowControl w:val="0"/>{_INSIDE}{_EXACT}<w:jc w:val="both"/>'
        f'</w:pPr><w:rPr>{fonts(FANGSONG)}<w:spacing w:val="-5"/><w:kern w:val="2"/>{size(32)}'
        '</w:rPr></w:style><w:style w:type="character" w:default="1" w:styleId="a0">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>'
        '</w:style><w:style w:type="table" w:default="1" w:styleId="a1">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )


def font_table() -> str:
    """``word/fontTable.xml``: the official names, with what they are also called."""
    listed = (
        (FANGSONG, "仿宋", "02010609060101010101", "modern"),
        (KAITI, "楷体", "02010609060101010101", "modern"),
        (HEITI, "SimHei", "02010609060101010101", "modern"),
        (SONG, "SimSun", "02010600030101010101", "auto"),
        (SONG_TITLE, "方正小标宋_GBK", "02010601030101010101", "auto"),
    )
    signature = (
        '<w:sig w:usb0="00000001" w:usb1="080E0000" w:usb2="00000010" w:usb3="00000000" '
        'w:csb0="00040000" w:csb1="00000000"/>'
    )
    inner = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:panose1 w:val="{panose}"/>'
        f'<w:charset w:val="86"/><w:family w:val="{family}"/><w:pitch w:val="default"/>'
        f"{signature}</w:font>"
        for name, other, panose, family in listed
    )
    latin = (
        f'<w:font w:name="{LATIN}"><w:panose1 w:val="02020603050405020304"/>'
        '<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    )
    return f"{DECLARATION}<w:fonts {NAMESPACES}>{inner}{latin}</w:fonts>"


def settings() -> str:
    """``word/settings.xml``: odd and even pages, Chinese typography, Word 2013 and later."""
    compatibility = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/>'
        "<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>"
        '<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        f'<w:drawingGridVerticalSpacing w:val="{LINE}"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:spaceForUL/>'
        "<w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
        f"<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>{compatibility}</w:compat>"
        '<w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/>'
        '<w:listSeparator w:val=","/></w:settings>'
    )


def theme() -> str:
    """``word/theme/theme1.xml``: the least that the format asks for."""
    solid = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{solid}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    names = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
    colours = zip(names, _COLOURS.split(), strict=True)
    family = f'<a:latin typeface="{LATIN}"/><a:ea typeface="{SONG}"/><a:cs typeface=""/>'
    return (
        f'{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'name="公文"><a:themeElements><a:clrScheme name="公文">'
        + "".join(f'<a:{name}><a:srgbClr val="{rgb}"/></a:{name}>' for name, rgb in colours)
        + f'</a:clrScheme><a:fontScheme name="公文"><a:majorFont>{family}</a:majorFont>'
        f'<a:minorFont>{family}</a:minorFont></a:fontScheme><a:fmtScheme name="公文">'
        f"<a:fillStyleLst>{solid * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{solid * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements>"
        "</a:theme>"
    )
