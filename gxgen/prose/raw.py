"""A text file's lines before anything is made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gxgen.diagnostics import Finding
from gxgen.letters import TURNING, UNUSUAL, odd_letters, ordinary, without_shapeless
from gxgen.opc.limits import LINE, LINES, WORDS
from gxgen.places import DocumentParagraph

_QUOTE = 20
EDGES = " \t\r\u3000\xa0\u200b\ufeff\u2002\u2003"
"""White space that people put before and after a paragraph; none of it is text."""
ENDS = EDGES + "\n"
"""The same, and breaks: one that opens or ends a paragraph divides nothing."""

_ENDS_OF_PLANES = "".join(
    chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
_UNPRINTABLE = re.compile(f"[\\x00-\\x08\\x0a-\\x1f\\x7f-\\x9f{_ENDS_OF_PLANES}]")
"""What XML 1.0 cannot hold or no reader should meet."""
_BAD = (
    ("GX058", _UNPRINTABLE, "看不见的控制字符", "无法印出"),
    ("GX083", TURNING, "改变文字方向的控制字符", "看到的可能与印出的不一样"),
    ("GX084", UNUSUAL, "自造字或表情符号", "可能印不出来"),
)


MOST_LINES = 5 * LINES
"""Lines of a file, empty ones among them."""


class TooLongError(Exception):
    """A file says more than any report; ``str()`` says what, in Chinese, without its name."""


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line, where it stands, and its depth (1 …) where the file marks it as a heading.

    ``broken``: it follows a manual line break inside a paragraph.
    """

    text: str
    place: DocumentParagraph
    depth: int | None = None
    broken: bool = False


@dataclass(frozen=True, slots=True)
class RawTable:
    """The texts of a table's cells by row; ``number`` counts the file's tables from 1."""

    number: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class RawText:
    """What a file holds, and what was found while reading it."""

    file: str
    lines: list[RawLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    tables: list[RawTable] = field(default_factory=list)
    """Those of its tables that are the form's own."""
    odd: dict[str, DocumentParagraph] = field(default_factory=dict)
    """Letters that only look like the ordinary ones, and where each came first."""
    words: int = 0
    """Characters so far."""

    @property
    def next_place(self) -> DocumentParagraph:
        """The place of the paragraph that would be added now; empty ones do not count."""
        return DocumentParagraph(self.file, (self.lines[-1].place.number if self.lines else 0) + 1)

    def add(self, text: str, depth: int | None = None) -> None:
        """Add a paragraph, one line for each manual line break; empty ones are left out.

        Raises:
            TooLongError: it is longer than any, or with it there are more than in any report.
        """
        place = self.next_place
        self._weigh(text, place)
        text = without_shapeless(text)
        if letters := odd_letters(text):
            text = ordinary(text)
            self.odd |= {letter: place for letter in letters if letter not in self.odd}
        pieces = [p for piece in text.splitlines() if (p := self._clean(piece, place))]
        self.lines += (RawLine(p, place, depth, at > 0) for at, p in enumerate(pieces))

    def _weigh(self, text: str, place: DocumentParagraph) -> None:
        self.words += len(text)
        if len(text) > LINE:
            raise TooLongError(f"第{place.number}段有{len(text)}个字，超过{LINE // 10_000}万字")
        if self.words > WORDS:
            raise TooLongError(f"文字超过{WORDS // 10_000}万字")
        if len(self.lines) >= LINES:
            raise TooLongError(f"超过{LINES}段")

    def _clean(self, text: str, place: DocumentParagraph) -> str:
        for code, signs, kind, why in _BAD:
            if bad := signs.search(text):
                if signs is not UNUSUAL:
                    text = signs.sub("", text)
                message = (
                    f"第{place.number}段“{begin(text.strip())}”里有{kind}"
                    f"（U+{ord(bad[0]):04X}），{why}。"
                )
                self.findings.append(Finding(code, message, place))
        return text.strip(EDGES)


def begin(text: str) -> str:
    """A text's first words, for a message."""
    return text if len(text) <= _QUOTE else text[:_QUOTE] + "…"
