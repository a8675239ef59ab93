"""Text out of cells: what spreadsheets add is taken off, what cannot be printed is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from gxgen.diagnostics import Finding
from gxgen.form.read.cells import SheetCells
from gxgen.form.read.display import GENERAL, displayed
from gxgen.form.read.runs import in_words, lost, printed
from gxgen.letters import (
    ODD,
    SHAPELESS,
    TURNING,
    UNUSUAL,
    odd_letters,
    ordinary,
    squeezed,
    without_shapeless,
)
from gxgen.places import Place, SheetCell

MAX_TEXT = 32_767
"""The longest text that a cell can hold in Excel."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_RANGES = "".join(p.pattern[1:-1] for p in (_UNPRINTABLE, TURNING, UNUSUAL))
_SUSPECT = re.compile(f"[{SHAPELESS}{_RANGES}{ODD}]")
_PICTURE = re.compile(r"=\s*(?:_xlfn\.)?DISPIMG\(", re.I)
"""What WPS writes into a cell for a picture that floats no longer."""


class TextReader:
    """Reads the text cells of one sheet and collects what is wrong with them."""

    def __init__(self, cells: SheetCells, findings: list[Finding]) -> None:
        """``findings`` is added to."""
        self.cells = cells
        self.findings = findings

    def text(self, row: int, column: int) -> str:
        """The cell's text, stripped; empty where there is none or it was refused."""
        at = (row, column)
        if at in self.cells.errors:
            self._say("GX027", at, f"显示错误值{self.cells.errors[at]}，没有内容")
            return ""
        if at in self.cells.uncached:
            self._say("GX028", at, "是公式，但公式没有计算结果")
            return ""
        value = self.cells.at(row, column)
        if value is None:
            return ""
        if isinstance(value, str) and _PICTURE.match(value):
            self._say("GX056", at, "是一张图片（单元格图片），图片不会印在报告里")
            return ""
        text = self._shown(value, at)
        if at in self.cells.formulas:
            self._say(
                "GX029", at, f"是公式，不是直接填的文字；印的是它显示的“{visible(text[:60])}”"
            )
        return self._clean(text, at)

    def _shown(self, value: object, at: tuple[int, int]) -> str:
        """What a person sees in the cell, as far as a report can show it."""
        if at in self.cells.marked:
            pieces = self.cells.marked[at]
            text = printed(pieces)
            if odd := lost(pieces):
                left = visible(text.strip()[:60])
                what = f"印的是“{left}”" if left else "没有印出"
                self._say("GX088", at, f"里的{visible(in_words(odd))}；{what}")
            return text
        if isinstance(value, str):
            return value
        style = self.cells.formats.get(at)
        code = GENERAL if style is None else style.code
        shown = displayed(value, code)
        if shown is None:
            text = plain_text(value)
            how = "" if code == GENERAL else f"，显示格式是“{visible(code[:60])}”"
            self._say("GX089", at, f"存的不是文字，是“{text}”{how}；印的是“{text}”")
            return text
        return shown

    def _clean(self, text: str, at: tuple[int, int]) -> str:
        if len(text) > MAX_TEXT:
            self._say("GX036", at, f"有{len(text)}个字，超过一格最多的{MAX_TEXT}个字，未读取")
            return ""
        if _SUSPECT.search(text) is None:
            return text.strip()
        text = without_shapeless(text).replace("\r", "").strip()
        if letters := odd_letters(text):
            place = self.cells.place(*at)
            self.findings.append(Finding(LETTERS, "", place, quote=letters))
            text = ordinary(text)
        for code, pattern, kind in _REFUSED:
            if match := pattern.search(text):
                self._say(code, at, f"含有{kind}（{_where(text, match)}），未读取")
                return ""
        if match := UNUSUAL.search(text):
            self._say("GX084", at, f"含有自造字或表情符号（{_where(text, match)}），可能印不出来")
        return text

    def _say(self, code: str, at: tuple[int, int], words: str) -> None:
        place = self.cells.place(*at)
        self.findings.append(Finding(code, f"{place}{words}。", place))

    def place(self, row: int, column: int) -> SheetCell:
        """The place of a cell."""
        return self.cells.place(row, column)


LETTERS = "GX090"


def letters_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, those of compatibility letters made one: they are many where there are any."""
    odd = []
    for finding in findings:
        if finding.code == LETTERS:
            odd.append(finding)
        else:
            yield finding
    if odd:
        yield letters_told("".join(one.quote or "" for one in odd), odd[0].place, len(odd))


def letters_told(letters: str, first: Place | None, places: int = 1) -> Finding:
    """That letters were folded: which, where the first of them stands, and in how many places."""
    letters = "".join(dict.fromkeys(letters))
    some = "、".join(f"{letter}→{ordinary(letter)}" for letter in letters[:_LISTED])
    more = f"等{len(letters)}个" if len(letters) > _LISTED else ""
    where = f"{first}{f'等{places}处' if places > 1 else ''}"
    message = f"{where}里有看着像常用字、编码却不同的字（{some}{more}），已换成常用字印出。"
    return Finding(LETTERS, message, first, quote=letters)


_LISTED = 8
REFUSING = frozenset({"GX027", "GX028", "GX033", "GX036", "GX056", "GX083"})
"""Codes of a text that was not read."""
_REFUSED = (
    ("GX033", _UNPRINTABLE, "不能打印的控制字符"),
    ("GX083", TURNING, "改变文字方向的控制字符"),
)


def _where(text: str, match: re.Match[str]) -> str:
    before = visible(text[max(0, match.start() - 10) : match.start()])
    return f"U+{ord(match[0]):04X}，{f'在“{before}”之后' if before else '在开头'}"


def plain_text(value: object) -> str:
    """A number as it is typed (``262100.0`` → ``262100``), anything else as Python shows it."""
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 10**15:
            return str(int(value))
        shown = format(value, ".15g")
        return format(Decimal(shown), "f") if shown[-1:].isdigit() else shown
    return str(value)


_INVISIBLE = re.compile(
    "[\u0000-\u001f\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)


def visible(text: str) -> str:
    """For a message: what cannot be seen by its code, a line break as ↵."""
    return _INVISIBLE.sub(
        lambda match: "↵" if match[0] == "\n" else f"[U+{ord(match[0]):04X}]", text
    )


def folded(text: str) -> str:
    """For matching: NFKC, with ordinary letters, without white space."""
    return squeezed(ordinary(text))
