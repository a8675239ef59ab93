"""Text whose format says something: struck out, hidden, raised or lowered, run by run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import NamedTuple

from lxml.etree import _Element

from gxgen.form.read.display import GENERAL, displayed, displayed_text
from gxgen.form.read.styles import BLACK, Colour, Style, has_signs, ink, is_on, is_tiny, same
from gxgen.letters import has_chinese, lowered, raised


class Mark(Enum):
    """What a format says; the value is what people call it."""

    STRUCK = "加了删除线"
    HIDDEN = "看不见"
    RAISED = "是上标"
    LOWERED = "是下标"
    SIGNS = "用的是符号字体，看到的是图形"
    DOUBTED = "设了条件格式，可能看不见或者带删除线"


class Run(NamedTuple):
    """A run of one text; without a font of its own it has the cell's."""

    text: str
    mark: Mark | None = None
    ink: Colour = BLACK
    own: bool = False


class Rich(str):
    """A text of several runs: as a string all of it, whatever its format."""

    runs: tuple[Run, ...]

    @classmethod
    def of(cls, runs: Sequence[Run]) -> Rich:
        """The text of these runs."""
        whole = cls("".join(run.text for run in runs))
        whole.runs = tuple(runs)
        return whole

    @property
    def telling(self) -> bool:
        """Whether a run may mean something else than it says."""
        return any(run.mark or run.ink != BLACK for run in self.runs)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of what a cell holds, and what its format says of it."""

    text: str
    mark: Mark | None = None


Pieces = tuple[Piece, ...]


def run_of(text: str, font: _Element | None, space: str) -> Run:
    """A run as its properties have it."""
    if font is None:
        return Run(text)
    mark = None
    if is_on(font.find(space + "strike")):
        mark = Mark.STRUCK
    elif is_tiny(font, space):
        mark = Mark.HIDDEN
    elif has_signs(font, space):
        mark = Mark.SIGNS
    elif (raised := font.find(space + "vertAlign")) is not None:
        mark = {"superscript": Mark.RAISED, "subscript": Mark.LOWERED}.get(raised.get("val", ""))
    return Run(text, mark, ink(font, space), own=True)


def pieces_of(runs: Iterable[Run], style: Style) -> Pieces:
    """The runs as pieces in a cell of that style; white space has no format worth telling."""
    whole = Mark.STRUCK if style.struck else Mark.HIDDEN if style.hidden else None
    whole = Mark.SIGNS if whole is None and style.signs else whole
    marked = [
        (
            run.text,
            (Mark.HIDDEN if same(run.ink, style.paper) else run.mark) if run.own else whole,
        )
        for run in runs
        if run.text
    ]
    plain = [(text, mark if _tells(text, mark) else None) for text, mark in marked]
    return tuple(
        Piece("".join(text for text, _ in group), mark)
        for mark, group in groupby(plain, key=lambda one: one[1])
    )


def pieces_in(value: object, style: Style) -> Pieces:
    """What a cell of that style holds, as its number format shows it."""
    if isinstance(value, Rich):
        runs = value.runs
    elif isinstance(value, str):
        shown = displayed_text(value, style.code)
        runs = (Run(value if shown is None else shown or value),)
        style = style if shown != "" else Style(hidden=True)
    else:
        shown = displayed(value, style.code)
        runs = (Run(shown or displayed(value, GENERAL) or str(value)),)
        unseen = shown == "" or style.hidden
        style = Style(struck=style.struck, hidden=unseen and value != 0, signs=style.signs)
    return pieces_of(runs, style)


def _tells(text: str, mark: Mark | None) -> bool:
    """Chinese text is set in another face than the letters of a font of signs."""
    return bool(text.strip()) and not (mark is Mark.SIGNS and has_chinese(text))


_UNPRINTED = (Mark.STRUCK, Mark.HIDDEN, Mark.SIGNS, Mark.DOUBTED)


def _letters(piece: Piece) -> str | None:
    """A raised or lowered piece in letters that are so themselves; None where they lack."""
    return raised(piece.text) if piece.mark is Mark.RAISED else lowered(piece.text)


def printed(pieces: Pieces) -> str:
    """What is printed of them: neither what is struck out nor what nobody sees or
    nobody can read. A raised or lowered
    text that has no such letters stands apart from digits and Latin letters beside it."""
    said, apart = "", False
    for piece in pieces:
        if piece.mark in _UNPRINTED:
            continue
        small = _letters(piece) if piece.mark else None
        text, alone = small or piece.text, piece.mark is not None and small is None
        beside = all(c.isascii() and c.isalnum() for c in (said[-1:], text[:1]))
        said += f" {text}" if beside and (alone or apart) else text
        apart = alone
    return said


def unmarked(pieces: Pieces) -> str:
    """The text whose format says nothing."""
    return "".join(piece.text for piece in pieces if piece.mark is None).strip()


def lost(pieces: Pieces) -> list[Piece]:
    """The pieces whose format a report cannot show."""
    return [
        piece
        for piece in pieces
        if piece.mark in _UNPRINTED or (piece.mark is not None and _letters(piece) is None)
    ]


def in_words(pieces: Iterable[Piece]) -> str:
    """``“30”加了删除线``."""
    return "，".join(f"“{p.text.strip()[:60]}”{p.mark.value}" for p in pieces if p.mark)
