"""The built-in PDF writer: a document through ``official.typ``, all in memory.

PDF/A-2a and PDF/UA-1 at once: tagged, with the faces inside, for reading aloud and for keeping.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cache
from pathlib import Path

from typst import Compiler, TypstError

from gxgen.document.blocks import Document, TableBlock, signed_on
from gxgen.errors import EnvironmentProblemError, InternalError
from gxgen.fonts.faces import folders
from gxgen.formats.pdf.content import content
from gxgen.formats.pdf.row_heads import with_row_heads
from gxgen.formats.pdf.typst_fonts import faces, fonts
from gxgen.model.report import Report

PROGRAM = Path(__file__).with_name("official.typ")

_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class NoGlyphError(EnvironmentProblemError):
    """No face that was found holds some characters of a report; ``characters`` lists them."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        """``characters``: each once, in the order of the report."""
        named = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in characters)
        super().__init__(
            f"PDF 没有写出：现有字体里没有{named}。请安装有这些字的字体"
            "（例如 BabelStone Han），或放进 fonts 文件夹后再试。"
        )
        self.characters = characters


def pdf_of(document: Document, report: Report, *, draft: bool = False) -> bytes:
    """The report as a PDF; a draft bears its mark on every page. Same input, same bytes.

    Raises:
        NoGlyphError: no face holds a character.
        EnvironmentProblemError: there is no face at all for some of the text.
    """
    places = folders()
    found = faces(places)
    data = content(document, report, found, draft=draft)
    day = signed_on(report)
    try:
        pdf = _compiler(places).compile(
            format="pdf",
            sys_inputs={"report": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC),
        )
    except TypstError as error:
        raise _explained(error) from error
    if not isinstance(pdf, bytes):
        raise InternalError("内置的 PDF 引擎没有交出文件。")
    return with_row_heads(pdf, [b.grid for b in document.blocks if isinstance(b, TableBlock)])


@cache
def _compiler(places: tuple[Path, ...]) -> Compiler:
    """Kept warm: the layout program is parsed and the font files are opened once a process."""
    return Compiler(
        PROGRAM, root=PROGRAM.parent, font_paths=fonts(places), ignore_system_fonts=True
    )


def _explained(error: TypstError) -> Exception:
    said = error.diagnostic
    texts = [_ESCAPED.sub(lambda m: chr(int(m[1], 16)), t) for t in _NO_GLYPH.findall(said)]
    if not texts:
        return InternalError(f"内置的 PDF 引擎出错：{error.message}")
    return NoGlyphError(tuple(dict.fromkeys("".join(texts))))
