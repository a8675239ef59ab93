"""The text of a paragraph as Word shows it: runs by their look, fields, formulas, controls."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from lxml.etree import _Element

from gxgen.letters import has_chinese, lowered, raised
from gxgen.prose import word_fields as fields
from gxgen.prose import word_styles as looks
from gxgen.prose.raw import ENDS, TooLongError, begin
from gxgen.prose.word_controls import Bound, texts, unfilled
from gxgen.prose.word_elements import Means, chosen, meaning
from gxgen.prose.word_fields import Field
from gxgen.prose.word_ink import PAPER
from gxgen.prose.word_math import Shown, formula
from gxgen.prose.word_package import attribute, child, local
from gxgen.prose.word_styles import Styles
from gxgen.prose.word_told import ASIDE, BOUND, LOST, SLOT, STRANGER, UNSURE, Told

_CODES = {
    fields.Told.LOST: LOST,
    fields.Told.UNSURE: UNSURE,
    fields.Told.SLOT: SLOT,
    fields.Told.ASIDE: ASIDE,
}
_OWN_WORDS = (fields.Shows.EQUATION, fields.Shows.BUTTON)
"""Kinds of field whose code is what they show."""
_ASCII = re.compile("([!-~]+)")
_DEEPEST = 200
"""Fields in each other; Word itself gives up at twenty."""


class Words:
    """The words of one paragraph after the other; a field may span several of them."""

    def __init__(
        self, styles: Styles, bound: Bound, marks: dict[_Element, _Element], told: Told
    ) -> None:
        """``marks``: those of whole fields, see :func:`~gxgen.prose.word_fields.whole_marks`."""
        self.styles = styles
        self.bound = bound
        self.told = told
        self.in_contents = False
        self._marks = marks
        self._fields: list[Field] = []
        self._out: list[str] = []
        self._sink = self._out
        self._joints: list[int] = []
        self._look: str | None = None
        self._held: list[str] = []
        self._held_look: str | None = None
        self._style: str | None = None
        self._ground: str | None = None
        self._plain: str | None = None

    def text(
        self,
        parts: Iterable[_Element],
        style: str | None,
        properties: _Element | None,
        paper: str = PAPER,
    ) -> str:
        """What the parts of a paragraph on ``paper`` say; what they cannot say is told."""
        self._style, self._ground = style, self.styles.ground(properties, style, paper)
        self._out, self._joints = [], []
        self._choose_sink()
        self._look = self._plain = self._look_of(None)
        self.in_contents = any(f.is_contents for f in self._fields)
        self._walk(parts)
        self._release()
        self._set_apart()
        return "".join(self._out)

    def _walk(self, parts: Iterable[_Element]) -> None:
        for part in parts:
            means, word = meaning(part)
            if means is Means.TEXT:
                if part.text:
                    self._say(part.text)
            elif means is Means.RUN:
                self._run(part)
            elif means is not Means.NOTHING:
                _HANDLERS[means](self, part, word)

    def _run(self, run: _Element) -> None:
        before = self._look
        first = run[0] if len(run) else None
        if first is not None and local(first) == "rPr" and len(first):
            self._look = self._look_of(first)
        else:
            self._look = self._plain
        self._walk(run)
        self._look = before

    def _look_of(self, properties: _Element | None) -> str | None:
        return self.styles.look(self._style, properties, self._ground)

    # What is said, and where it goes.

    def _say(self, text: str) -> None:
        if self._fields and self._fields[-1].in_code:
            self._fields[-1].stray.append(text)
            self._sink.append(text)
        elif self._look is None:
            if self._held:
                self._release()
            self._sink.append(text)
        else:
            if self._held_look != self._look:
                self._release()
            self._held_look = self._look
            self._held.append(text)

    def _release(self) -> None:
        """What was held back because of its look: runs of one look are one text."""
        text, look = "".join(self._held), self._held_look
        self._held, self._held_look = [], None
        if look is None:
            return
        if look in looks.UNSEEN:
            if text.strip():
                self._leave_out(look, text, gap=look in looks.BLANK)
            elif look != looks.HIDDEN:
                # A gap is seen in any ink, and struck out it still is one.
                self._sink.append(text)
            return
        if look == looks.SIGNS:
            self._signs(text)
            return
        if look == looks.CAPITALS:
            self._sink.append(text.upper())
            return
        moved = {looks.RAISED: raised, looks.LOWERED: lowered}.get(look, lambda _text: None)(text)
        self._join(moved or text, moved is None)
        means = any(c.isdigit() for c in text) if look == looks.MOVED else text.strip(ENDS)
        if moved is None and means:
            self.told.say(UNSURE, look, text)

    def _signs(self, text: str) -> None:
        """Pictures for letters and digits; what is Chinese is set in another face."""
        pieces = _ASCII.split(text) if has_chinese(text) else ["", text]
        for at, piece in enumerate(pieces):
            if at % 2 and piece.strip():
                self._leave_out(looks.SIGNS, piece)
            else:
                self._sink.append(piece)

    def _leave_out(self, kind: str, quote: str = "", *, gap: bool = True) -> None:
        """What is not printed; digits beside a gap that is seen must not run together."""
        if gap and self._joints[-1:] != [len(self._out) - 1]:
            self._join("", apart=True)
        self._tell(LOST, kind, quote)

    def _tell(self, code: str, kind: str, quote: str = "") -> None:
        for one in self._fields:
            one.shows_more = True
        self.told.say(code, kind, quote)

    def _choose_sink(self) -> None:
        inner = next((f for f in reversed(self._fields) if f.in_code), None)
        self._sink = self._out if inner is None else inner.code

    def _set(self, shown: Shown) -> None:
        """A formula; a fraction must not run into a digit beside it."""
        self._release()
        self._join(shown.text, apart="/" in shown.text or not shown.sure)
        if not shown.text.strip():
            self._tell(LOST, "公式")
        elif not shown.sure:
            self.told.say(UNSURE, "公式", shown.text)

    def _join(self, text: str, apart: bool) -> None:
        if apart and self._sink is self._out:
            self._joints.append(len(self._sink))
        self._sink.append(text)

    def _set_apart(self) -> None:
        for at in reversed(self._joints):
            text = self._out[at]
            before = self._nearest(range(at - 1, -1, -1))[-1:]
            after = self._nearest(range(at + 1, len(self._out)))[:1]
            if not text and before.isdecimal() and after.isdecimal():
                # What stood here is not printed; the digits beside it were never one number.
                self._out[at] = " "
                continue
            left = " " if before.isascii() and before.isalnum() and text[:1].isalnum() else ""
            right = " " if after.isdecimal() and text[-1:].isalnum() else ""
            self._out[at] = f"{left}{text}{right}"
            if (left or right) and "/" in text:
                self.told.say(UNSURE, "分数", f"{before}{self._out[at]}{after}")

    def _nearest(self, places: range) -> str:
        return next((self._out[at] for at in places if self._out[at]), "")

    # The kinds of element.

    def _inside(self, part: _Element, _word: str) -> None:
        self._walk(part)

    def _turned(self, part: _Element, word: str) -> None:
        self._release()
        sink, at = self._sink, len(self._sink)
        self._walk(part)
        self._release()
        if attribute(part, "val") == "rtl" and (text := "".join(sink[at:])[::-1]):
            sink[at:] = [text]
            self._joints = [joint for joint in self._joints if joint <= at]
            self._tell(UNSURE, word, text)

    def _character(self, _part: _Element, word: str) -> None:
        self._say(word)

    def _break(self, _part: _Element, _word: str) -> None:
        if self._look is None or (self._fields and self._fields[-1].in_code):
            self._say("\n")
        else:
            # No look takes a break away.
            self._release()
            self._sink.append("\n")

    def _symbol(self, part: _Element, _word: str) -> None:
        code, font = attribute(part, "char") or "", attribute(part, "font") or ""
        shown = fields.symbol(code, font)
        if shown is None:
            self._lost(part, "特殊符号")
        else:
            self._say(shown)

    def _lost(self, _part: _Element, word: str) -> None:
        self._release()
        self._leave_out(word)

    def _aside(self, _part: _Element, word: str) -> None:
        self._tell(ASIDE, word)

    def _drawing(self, part: _Element, word: str) -> None:
        boxed = texts(part).strip(ENDS)
        program = next((attribute(e, "ProgID") for e in part.iter() if local(e) == "OLEObject"), "")
        if boxed:
            self._tell(LOST, "文本框", boxed)
        elif local(part) == "object":
            self._tell(LOST, word, program or "")
        else:
            self._tell(ASIDE, word)

    def _deleted(self, _part: _Element, _word: str) -> None:
        self.told.revise()

    def _inserted(self, part: _Element, _word: str) -> None:
        self.told.revise()
        self._walk(part)

    def _control(self, part: _Element, _word: str) -> None:
        prompt = unfilled(part)
        if prompt is not None:
            self._tell(SLOT, "内容控件", prompt)
            return
        content = child(part, "sdtContent")
        if content is not None:
            self.compare(part, content)
            self._walk(content)

    def compare(self, control: _Element, content: _Element) -> None:
        """A control that Word would fill otherwise than it is filled is told."""
        said = texts(content).strip(ENDS)
        data = self.bound.instead(control, said)
        if data is not None:
            self._tell(UNSURE, f"{BOUND}（数据里是“{begin(data)}”）", said)

    def _chosen(self, part: _Element, _word: str) -> None:
        one = chosen(part)
        if one is not None:
            self._walk(one)

    def _formula(self, part: _Element, _word: str) -> None:
        self._set(formula(part))

    def _strange(self, part: _Element, word: str) -> None:
        self._tell(UNSURE, STRANGER, word)
        self._walk(part)

    # Fields.

    def _code(self, part: _Element, _word: str) -> None:
        if self._fields and self._fields[-1].in_code:
            self._fields[-1].code.append(part.text or "")

    def _field(self, part: _Element, _word: str) -> None:
        self._release()
        one = Field(part, code=[attribute(part, "instr") or ""])
        self._open(one)
        self._begin_result(one)
        self._walk(part)
        self._end(part)

    def _field_mark(self, part: _Element, _word: str) -> None:
        first = self._marks.get(part)
        kind = attribute(part, "fldCharType")
        if first is None:
            if kind == "begin":
                self._tell(UNSURE, "不完整的域")
            return
        self._release()
        if kind == "begin":
            self._open(Field(part, data=child(part, "ffData")))
            self._choose_sink()
        elif kind == "end":
            self._end(first)
        else:
            for one in self._fields:
                if one.mark is first:
                    self._begin_result(one)

    def _open(self, one: Field) -> None:
        if len(self._fields) >= _DEEPEST:
            raise TooLongError(f"里的域一层套一层，超过{_DEEPEST}层")
        self._fields.append(one)

    def _begin_result(self, one: Field) -> None:
        one.in_code = False
        self._choose_sink()
        one.sink, one.begins = self._sink, len(self._sink)
        self.in_contents = self.in_contents or one.is_contents

    def _end(self, mark: _Element) -> None:
        """A field ends: its result gives way to what it leaves."""
        self._release()
        if not any(one.mark is mark for one in self._fields):
            return
        one = self._fields.pop()
        while one.mark is not mark:
            one = self._fields.pop()
        self._choose_sink()
        result = ""
        if not one.in_code:
            if one.sink is not self._sink:
                # Its result spans paragraphs, which are read already.
                one.shows_more = True
            else:
                result = "".join(self._sink[one.begins :])
                del self._sink[one.begins :]
        self._leave(one, result)

    def _leave(self, one: Field, result: str) -> None:
        stray = "".join(one.stray)
        kind = fields.FIELDS.get(one.name)
        if stray.strip() and kind not in _OWN_WORDS:
            self._tell(LOST, "域代码里的文字", stray)
        if kind is fields.Shows.CONTENTS:
            self._sink.append(result)
            spans = one.sink is not None and one.sink is not self._sink
            entry = "".join(self._out) if spans else result
            self.in_contents = bool(entry.strip(ENDS))
            return
        left = fields.outcome(one, result)
        if left.text:
            unsure = left.told is fields.Told.UNSURE
            self._join(left.text, kind is fields.Shows.EQUATION and ("/" in left.text or unsure))
        if left.told is not None:
            self._tell(_CODES[left.told], left.word, left.quote)


_HANDLERS: dict[Means, Callable[[Words, _Element, str], None]] = {
    Means.PARAGRAPH: Words._inside,
    Means.TABLE: Words._inside,
    Means.INSIDE: Words._inside,
    Means.TURNED: Words._turned,
    Means.CHARACTER: Words._character,
    Means.BREAK: Words._break,
    Means.SYMBOL: Words._symbol,
    Means.LOST: Words._lost,
    Means.ASIDE: Words._aside,
    Means.DRAWING: Words._drawing,
    Means.DELETED: Words._deleted,
    Means.INSERTED: Words._inserted,
    Means.CONTROL: Words._control,
    Means.FIELD: Words._field,
    Means.FIELD_MARK: Words._field_mark,
    Means.CODE: Words._code,
    Means.CHOICE: Words._chosen,
    Means.FORMULA: Words._formula,
    Means.STRANGE: Words._strange,
}
