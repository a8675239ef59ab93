"""What a cell's style means: how its number is shown, and whether what it holds can be seen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from lxml.etree import _Element

from gxgen.form.read.display import BUILT_IN, GENERAL, is_plain, sections
from gxgen.form.read.serials import Moment, moment_of
from gxgen.letters import is_sign_font
from gxgen.opc.limits import FORMAT, KEPT
from gxgen.opc.xml import namespace, parse, whole

Colour = str
"""``RRGGBB``, or a name of its own for a colour that only the theme or the palette knows."""
WHITE, BLACK = "FFFFFF", "000000"
_PALETTE = (BLACK, WHITE, "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
_THEME = (WHITE, BLACK)
_MARK = re.compile(r"FE[AD][0-9A-F]{3}")
"""The fill of a return copy, laid over the agency's own."""
_NEAR, _CONTRAST = 51, 1.25
"""White on pale yellow is not seen, pale grey on white is: so much may two colours differ in each
part, and so little in contrast (WCAG), and be one to the eye."""


_UNKNOWN = "?"
"""The code of a format that is not declared, or longer than any program writes."""


@dataclass(frozen=True, slots=True)
class Style:
    """What one style says of a cell's content; ``paper``: the colour behind it, where known."""

    code: str = GENERAL
    moment: Callable[[float], Moment] | None = None
    struck: bool = False
    hidden: bool = False
    signs: bool = False
    """Whether its font has pictures where letters and digits stand."""
    paper: Colour | None = WHITE

    @property
    def plain(self) -> bool:
        """Whether it shows numbers as they are."""
        return is_plain(self.code)

    @property
    def marking(self) -> bool:
        """Whether what the cell holds may be other than what is seen in it."""
        if self.struck or self.hidden or self.signs:
            return True
        if ";" in self.code:
            return "" in map(str.strip, sections(self.code)[:4])
        return "@" in self.code and self.code != "@"


@dataclass(frozen=True, slots=True)
class Change:
    """What a conditional format changes of a look; None leaves a colour as it is."""

    struck: bool = False
    hidden: bool = False
    ink: Colour | None = None
    paper: Colour | None = None


Key = str | None
"""A style's number as cells name it; None is the first."""


@dataclass(frozen=True, eq=False)
class Styles:
    """The styles that matter; the others, nearly all, are looked up in vain."""

    formats: Mapping[Key, Style] = field(default_factory=dict)
    """Those that show numbers in a way of their own."""
    marking: Mapping[Key, Style] = field(default_factory=dict)
    every: Sequence[Style] = ()
    changes: Mapping[int, Change] = field(default_factory=dict)
    """Conditional formats that may strike out or hide what a cell holds, by their number."""

    def of(self, key: Key) -> Style:
        """Any style."""
        number = whole(key)
        return self.every[number] if number < len(self.every) else Style()


def read_styles(part: bytes, *, since_1904: bool) -> Styles:
    """The styles of a workbook; a county's forms share theirs, which are kept unless large.

    Raises:
        XmlError: the part is not well-formed.
    """
    read = _styles if len(part) <= KEPT else _styles.__wrapped__
    return read(part, since_1904=since_1904)


@lru_cache(maxsize=8)
def _styles(part: bytes, *, since_1904: bool) -> Styles:
    root = parse(part, keep=False)
    space = namespace(root)
    codes = BUILT_IN | {
        number: code if len(code := one.get("formatCode", "")) <= FORMAT else _UNKNOWN
        for one in root.iterfind(f"{space}numFmts/{space}numFmt")
        if (number := whole(one.get("numFmtId"), -1)) >= 0
    }
    fonts = list(root.iterfind(f"{space}fonts/{space}font"))
    papers = [_paper(one, space) for one in root.iterfind(f"{space}fills/{space}fill")]

    @cache
    def style(number: str | None, fill: str | None, font: str | None) -> Style:
        """Of the three that make it: a workbook may have tens of thousands that are alike."""
        code = codes.get(whole(number), _UNKNOWN)
        paper = papers[at] if (at := whole(fill)) < len(papers) else WHITE
        type_ = fonts[at] if (at := whole(font)) < len(fonts) else None
        moment = moment_of(code, since_1904=since_1904)
        if type_ is None:
            return Style(code, moment, paper=paper)
        struck = is_on(type_.find(space + "strike"))
        hidden = is_tiny(type_, space) or same(ink(type_, space), paper)
        return Style(code, moment, struck, hidden, has_signs(type_, space), paper)

    every = [
        style(xf.get("numFmtId"), xf.get("fillId"), xf.get("fontId"))
        for xf in root.iterfind(f"{space}cellXfs/{space}xf")
    ]
    keyed: list[tuple[Key, Style]] = [(str(n), style) for n, style in enumerate(every)]
    keyed += [(None, style) for style in every[:1]]
    return Styles(
        {key: style for key, style in keyed if style.code.lower() != "general"},
        {key: style for key, style in keyed if style.marking},
        every,
        dict(_changes(root, space, {*papers, WHITE})),
    )


def _changes(
    root: _Element, space: str, papers: set[Colour | None]
) -> Iterator[tuple[int, Change]]:
    for number, one in enumerate(root.iterfind(f"{space}dxfs/{space}dxf")):
        font, fill = (
            one.find(space + "font"),
            one.find(f"{space}fill/{space}patternFill/{space}bgColor"),
        )
        colour = None if font is None else font.find(space + "color")
        letters = None if colour is None else _colour(colour, BLACK)
        paper = None if fill is None else _colour(fill, WHITE)
        struck = font is not None and is_on(font.find(space + "strike"))
        grounds = papers if paper is None else {paper}
        if struck or (letters is not None and any(same(letters, ground) for ground in grounds)):
            yield number, Change(struck, ink=letters, paper=paper)


def is_on(switch: _Element | None) -> bool:
    """Whether an element that is a switch, such as ``strike``, stands there and is not off."""
    return switch is not None and switch.get("val", "1") not in ("0", "false")


def has_signs(font: _Element, space: str) -> bool:
    """Whether a font, of a style or of a run of text, shows pictures for letters and digits."""
    return any(
        is_sign_font(one.get("val", "")) for n in ("name", "rFont") for one in font.iter(space + n)
    )


def is_tiny(font: _Element, space: str) -> bool:
    """Whether nobody can see letters of its size."""
    size = font.find(space + "sz")
    return size is not None and size.get("val", "") in _TINY


_TINY = frozenset(("1", "1.5", "2", "1.0", "2.0"))
"""Points; Excel knows no smaller ones."""


def ink(font: _Element, space: str) -> Colour:
    """The colour of a font, in a style or in a run of text."""
    return _colour(font.find(space + "color"), BLACK)


def _paper(fill: _Element, space: str) -> Colour | None:
    """The colour that a fill gives; None for a pattern or a gradient."""
    pattern = fill.find(space + "patternFill")
    kind = None if pattern is None else pattern.get("patternType", "none")
    if pattern is None or kind not in ("none", "solid"):
        return None
    colour = WHITE if kind == "none" else _colour(pattern.find(space + "fgColor"), WHITE)
    return WHITE if _MARK.fullmatch(colour) else colour


def _colour(found: _Element | None, usual: Colour) -> Colour:
    if found is None:
        return usual
    rgb, indexed, theme = (found.get(name, "") for name in ("rgb", "indexed", "theme"))
    if rgb:
        colour = rgb[-6:].upper()
    elif 0 <= (number := whole(indexed, -1)) < 2 * len(_PALETTE):
        colour = _PALETTE[number % len(_PALETTE)]
    elif indexed in ("64", "65"):
        colour = BLACK if indexed == "64" else WHITE
    elif (number := whole(theme, -1)) >= 0:
        colour = _THEME[number] if number < len(_THEME) else f"theme{number}"
    else:
        return usual if not indexed else f"indexed{indexed}"
    return _tinted(colour, found.get("tint", ""))


def _tinted(colour: Colour, tint: str) -> Colour:
    if not re.fullmatch(r"-?(?:0?\.\d+|[01])(?:[eE]-\d+)?", tint) or not float(tint):
        return colour
    if not _RGB.fullmatch(colour):
        return f"{colour}{tint}"
    by = float(tint)
    parts = (part * (1 + by) if by < 0 else part + (255 - part) * by for part in _parts(colour))
    return "".join(f"{round(part):02X}" for part in parts)


_RGB = re.compile(r"[0-9A-F]{6}")


def _parts(colour: Colour) -> tuple[int, int, int]:
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16)


def same(ink: Colour, paper: Colour | None) -> bool:
    """Whether nobody sees what is written in such ink on such paper."""
    if paper is None or ink == paper:
        return ink == paper
    if not (_RGB.fullmatch(ink) and _RGB.fullmatch(paper)):
        return False
    far = max(abs(a - b) for a, b in zip(_parts(ink), _parts(paper), strict=True))
    dark, light = sorted((_luminance(ink), _luminance(paper)))
    return far <= _NEAR and (light + 0.05) / (dark + 0.05) < _CONTRAST


def _luminance(colour: Colour) -> float:
    red, green, blue = (float(((part / 255 + 0.055) / 1.055) ** 2.4) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
