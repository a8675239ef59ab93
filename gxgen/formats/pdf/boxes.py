"""Characters that a PDF shows as the empty box of a face that lacks them.

LibreOffice draws the box and gives the file the right text all the same: whoever reads the text
alone finds nothing wrong. It writes simple fonts, Type 1 made of CFF and TrueType, with the box
under a code of its own (PDF 32000-1, 9.6; Adobe Type 1 Font Format, 2.3).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]

import gxgen.fonts.sfnt  # noqa: F401 - fontTools says nothing: LibreOffice's fonts have no date
from gxgen.diagnostics import Finding
from gxgen.fonts.catalogue import visible
from gxgen.formats.pdf.structure import BROKEN, meaning_of
from gxgen.formats.pdf.verify import TEXT_DIFFERS
from gxgen.model.report import Report
from gxgen.places import FilePart

_ENCODED = re.compile(rb"dup\s+(\d+)\s*/([^\s/]+)\s+put")
_BOX = ".notdef"
_ADVICE = (
    "请安装有这些字的字体（例如 Noto CJK，生僻字用 BabelStone Han），"
    "或把字体文件本身（不是快捷方式）放进 fonts 文件夹，再重新生成。"
)


def boxed_findings(data: bytes, report: Report) -> list[Finding]:
    """That characters are shown so, if any are."""
    characters = boxed(data)
    if not characters:
        return []
    named = "".join(f"“{one}”" for one in characters)
    message = f"写好的 PDF 里，{named}等字没有字形，印出来是空框。{_ADVICE}"
    return [Finding(TEXT_DIFFERS, message, FilePart(f"{report.title}.pdf"))]


def boxed(data: bytes) -> str:
    """Characters that are shown so, each once in the order of the fonts; of several that share one
    box the first alone. What cannot be read shows none, and hides none of another font."""
    found: dict[str, None] = {}
    with suppress(*BROKEN), pikepdf.open(io.BytesIO(data)) as document:
        for font in document.objects:
            if isinstance(font, pikepdf.Dictionary) and "/FontDescriptor" in font:
                with suppress(*BROKEN, TTLibError):
                    found.update(dict.fromkeys(_of_font(font)))
    return "".join(found)


def _of_font(font: Any) -> Iterator[str]:
    codes, descriptor = meaning_of(font).texts, font.FontDescriptor
    if "/FontFile" in descriptor:
        bare = _without_name(descriptor.FontFile, codes)
    elif "/FontFile2" in descriptor:
        bare = _drawn_as_box(descriptor.FontFile2.read_bytes(), codes)
    else:
        return
    for code in bare:
        if any(map(visible, codes[code])):
            yield codes[code]


def _without_name(file: Any, codes: Any) -> Iterator[int]:
    """Codes that the font's encoding gives no glyph."""
    named = dict(_ENCODED.findall(file.read_bytes()[: int(file.Length1)]))
    box = _BOX.encode()
    yield from (code for code in codes if named.get(str(code).encode(), box) == box)


def _drawn_as_box(data: bytes, codes: Any) -> Iterator[int]:
    """Codes whose glyph is drawn as the one for whatever has none, or not at all."""
    with TTFont(io.BytesIO(data), lazy=True) as font:
        glyphs, named = font["glyf"], font["cmap"].getcmap(1, 0)
        if named is None:
            return
        box = glyphs[_BOX]
        for code in codes:
            glyph = glyphs[named.cmap.get(code, _BOX)]
            if not glyph.numberOfContours or glyph == box:
                yield code
