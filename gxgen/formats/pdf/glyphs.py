"""The text of a PDF page by marked content: what each MCID shows, by the fonts' own ToUnicode.

By hand, since no library gives text by MCID: to take a page's content apart alone, pikepdf needs
6.5 ms a report, and this 7.7 ms for all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

UNKNOWN = "\ufffd"
"""Stands for a glyph that has no ToUnicode entry."""

_LITERAL = rb"\((?:[^\\()]+|\\.|\((?:[^\\()]|\\.)*\))*\)|<[0-9A-Fa-f\s]*>"
_STRING = re.compile(_LITERAL, re.DOTALL)
_ARRAY = rb"\[(?:[^\[\]()<>]+|" + _LITERAL + rb")*\]"
_NAME = rb"/[^\s/<>\[\]()%]*"
_END = rb"(?![A-Za-z0-9'\"*])"
_MOOT = (
    rb"(?:[-+.0-9][-+.0-9\s]*+(?:cm|T[DLcdmrswz]|re|[JMcdgijklmvwyGK]|rg|RG|scn?|SCN?)"
    rb"|/[^\s/<>\[\]()%]*+\s+(?:cs|CS|gs)|BT|ET|[SWfhn])" + _END
)
"""An operator that tells neither text nor font, with its operands: where, how wide, what colour."""
_TOKENS = (
    rb"(?P<moot>(?:" + _MOOT + rb"\s*+)++)",
    rb"/\w+\s*<<\s*/MCID\s+(?P<mcid>\d+)\s*>>\s*BDC" + _END,
    rb"(?P<shown>" + _ARRAY + rb"|" + _LITERAL + rb")\s*(?P<show>T[jJ])" + _END,
    rb"(?P<named>" + _NAME + rb")\s+[-+.0-9]+\s+(?P<font>Tf)" + _END,
    rb"(?P<operand>" + _ARRAY + rb"|" + _LITERAL + rb"|<<|>>|" + _NAME + rb"|[-+.0-9]+)",
    rb"(?P<operator>[A-Za-z'\"*]+[01]?)",
)
"""Whole: what shows text, chooses a font, begins a mark: a page is full of them. Else by token."""
_TOKEN = re.compile(b"|".join(_TOKENS), re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {
    b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f",
    b"\n": b"", b"\r": b"", b"\r\n": b"",
} | {
    b"%0*o" % (digits, code): bytes([code & 0xFF])
    for digits in (1, 2, 3)
    for code in range(8**digits)
}  # fmt: skip
_SHOWING = (b"'", b'"')

_ONE_SIGN = 4
_HEX = rb"<([0-9A-Fa-f\s]*)>"
_SECTION = re.compile(rb"begin(bfchar|bfrange|codespacerange)(.*?)end\1", re.DOTALL)
_PAIR = re.compile(_HEX + rb"\s*" + _HEX)
_RANGE = re.compile(_HEX + rb"\s*" + _HEX + rb"\s*(?:" + _HEX + rb"|\[(.*?)\])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ToUnicode:
    """Codes of ``width`` bytes each, and what they mean."""

    width: int
    texts: Mapping[int, str]
    _known: dict[bytes, str] = field(default_factory=dict, repr=False, compare=False)
    """Strings met before: text that is justified has a string for each character."""

    def decode(self, shown: bytes) -> str:
        """The text of a string, or of the strings of an array, as it stands in the page; what has
        no entry is :data:`UNKNOWN`."""
        known, strings = self._known, _STRING.findall(shown) if shown[:1] == b"[" else [shown]
        return "".join([known.get(one) or self._read(one) for one in strings])

    def _read(self, string: bytes) -> str:
        codes, width = _string(string), self.width
        text = self._known[string] = "".join(
            self.texts.get(int.from_bytes(codes[at : at + width]), UNKNOWN)
            for at in range(0, len(codes), width)
        )
        return text


def to_unicode(cmap: bytes) -> ToUnicode:
    """Reads a ToUnicode CMap."""
    width, texts = 1, {}
    for kind, body in _SECTION.findall(cmap):
        if kind == b"codespacerange":
            width = max(width, *(len(_raw(low)) for low, _ in _PAIR.findall(body)))
        elif kind == b"bfchar":
            texts.update({int(code, 16): _utf16(text) for code, text in _PAIR.findall(body)})
        else:
            texts.update(_ranges(body))
    return ToUnicode(width, texts)


def _ranges(body: bytes) -> Iterator[tuple[int, str]]:
    for low, high, first, listed in _RANGE.findall(body):
        codes = range(int(low, 16), int(high, 16) + 1)
        if listed:
            yield from zip(codes, map(_utf16, re.findall(_HEX, listed)), strict=False)
            continue
        text = _utf16(first)
        for step, code in enumerate(codes):
            yield code, text[:-1] + chr(ord(text[-1]) + step) if text else ""


def _raw(digits: bytes) -> bytes:
    clean = b"".join(digits.split()).decode()
    return bytes.fromhex(clean + "0" * (len(clean) % 2))


def _utf16(digits: bytes) -> str:
    if len(digits) == _ONE_SIGN and digits.isalnum() and digits[:1] not in b"Dd":
        return chr(int(digits, 16))  # most are one sign, and none of a pair
    return _raw(digits).decode("utf-16-be", "replace")


@dataclass(slots=True)
class _Reader:
    """The state of a content stream while it is read."""

    font_of: Callable[[str], ToUnicode]
    texts: dict[int, list[str]] = field(default_factory=dict)
    font: ToUnicode | None = None
    saved: list[ToUnicode | None] = field(default_factory=list)
    marks: list[_Mark] = field(default_factory=list)
    sink: list[str] | None = None
    """Where text that is shown now belongs; None where it is no text of the document."""

    def operate(self, operator: bytes, operands: list[bytes]) -> None:
        """Carry out an operator."""
        if operator == b"EMC" and self.marks:
            self._close(self.marks.pop())
        elif operator in (b"BDC", b"BMC"):
            self.open(_number(operands), _actual_text(operands))
        elif operator == b"q":
            self.saved.append(self.font)
        elif operator == b"Q" and self.saved:
            self.font = self.saved.pop()
        elif operator in _SHOWING and operands:
            self.show(operands[-1])

    def show(self, shown: bytes) -> None:
        """A string, or an array of strings and shifts."""
        if self.sink is not None and self.font is not None:
            self.sink.append(self.font.decode(shown))

    def open(self, mcid: int | None, said: str | None = None) -> None:
        """Marked content begins."""
        outer = self.marks[-1] if self.marks else _OUTSIDE
        home = outer.home if mcid is None else self.texts.setdefault(mcid, [])
        muted = outer.muted or said is not None
        self.marks.append(_Mark(home, muted, said))
        self.sink = None if muted else home

    def _close(self, mark: _Mark) -> None:
        if mark.said and mark.home is not None:
            mark.home.append(mark.said)
        outer = self.marks[-1] if self.marks else _OUTSIDE
        self.sink = None if outer.muted else outer.home


class _Mark(NamedTuple):
    """Marked content that is open: where its text belongs, whether it, or what it stands in, says
    something in place of its glyphs, and what it says itself."""

    home: list[str] | None
    muted: bool
    said: str | None


_OUTSIDE = _Mark(None, muted=False, said=None)


def marked_texts(content: bytes, font_of: Callable[[str], ToUnicode]) -> dict[int, str]:
    """The text of each MCID of a page's content stream; artifacts are left out.

    ``font_of`` gives the meaning of the codes of a font by its resource name (``/f0``).
    """
    reader = _Reader(font_of)
    operands: list[bytes] = []
    for token in _TOKEN.finditer(content):
        kind = token.lastgroup
        if kind == "show":
            reader.show(token["shown"])
        elif kind == "font":
            reader.font = font_of(token["named"].decode("latin-1"))
        elif kind == "mcid":
            reader.open(int(token["mcid"]))
        elif kind == "operator":
            reader.operate(token.group(), operands)
            operands = []
        elif kind == "moot":
            operands = []
        else:
            operands.append(token.group())
    return {mcid: "".join(parts) for mcid, parts in reader.texts.items()}


def _string(token: bytes) -> bytes:
    if token[:1] == b"<":
        return _raw(token[1:-1])
    body = token[1:-1]
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), body)


def _number(operands: list[bytes]) -> int | None:
    return int(operands[operands.index(b"/MCID") + 1]) if b"/MCID" in operands else None


def _actual_text(operands: list[bytes]) -> str | None:
    if b"/ActualText" not in operands:
        return None
    raw = _string(operands[operands.index(b"/ActualText") + 1])
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", "replace")
    return raw.decode("latin-1")
