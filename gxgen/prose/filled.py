"""Sentences filled from figures: ``新收申请{{ 申请.新收 }}件`` prints the figure of table three.

A sentence may hold figures by name, four functions, three filters, ``if``, and ``for`` over a list
of the form; nothing else. Jinja only parses: each node is taken from a closed list and evaluated
here, so no text can call, reach or repeat anything that is not named on this page. What cannot be
filled with certainty is a finding at its cell, and the text stays as written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from gxgen.diagnostics import Finding, Related
from gxgen.editions.declared import edition_for_year
from gxgen.model.measures import added, last_keys
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Report, Value
from gxgen.model.vocabulary import Figure, Item, Vocabulary, vocabulary
from gxgen.numerals import to_chinese
from gxgen.places import Place

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

WRONG, MISSING, INCOMPARABLE = "GX421", "GX422", "GX423"

_TAG = re.compile(r"([{｛][{｛]).{0,300}?[}｝][}｝]|[{｛][%％].{0,300}?[%％][}｝]")
_MARK = re.compile(r"[{｛][{｛%％]|[}｝%％][}｝]")
_ORDINARY = str.maketrans("（），．。＞＜＝！｜　\xa0", "(),..><=!|  ")
_INSIDE = re.compile(r"[\w\s.,()|<>=!]*")
"""All signs that a tag may hold: no quotes, no brackets, no arithmetic."""
_STATEMENT = re.compile(r"\s*(if|elif|else|endif|for|endfor)\b")
_LONGEST_TAG, _MOST_TAGS, _LONGEST_NUMBER = 200, 100, 10**12
_LAST = "末项"
_LABEL, _COUNT = "名称", "件数"
_COMPARE: Mapping[str, Callable[[Value, Value], bool]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "gt": lambda a, b: a > b,
    "gteq": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "lteq": lambda a, b: a <= b,
}


class _NotFilledError(Exception):
    """Why a sentence cannot be filled: code, sentence, and the figures behind it."""

    def __init__(self, code: str, message: str, keys: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.code, self.keys = code, keys


class _Number(NamedTuple):
    """A value with its unit, as filters take it."""

    value: Value
    unit: str


@dataclass(frozen=True, slots=True)
class _Turn:
    """Where a ``for`` stands."""

    item: Item
    last: bool


_Turns = Mapping[str, _Turn]
_Text = Callable[[_Turns], str]
_Amount = Callable[[_Turns], _Number]
_Test = Callable[[_Turns], bool]
_Named = Callable[[_Turns], Figure]


def filled(report: Report) -> tuple[Report, list[Finding]]:
    """The report with its sentences filled, and what could not be; ``written`` keeps the text.

    A paragraph of which nothing is left, as under an ``if``, is left out.
    """
    if not any(_MARK.search(text) for passage in report.narrative for text in _texts(passage)):
        return report, []
    findings: list[Finding] = []
    narrative = tuple(_passage(report, passage, findings) for passage in report.narrative)
    return replace(report, narrative=narrative, source=report.narrative), findings


def _texts(passage: Passage) -> Iterator[str]:
    if passage.heading and passage.level > 1:
        yield passage.heading
    for paragraph in passage.paragraphs:
        yield paragraph.text


def _passage(report: Report, passage: Passage, findings: list[Finding]) -> Passage:
    heading = passage.heading
    if heading and passage.level > 1:
        heading = _line(report, heading, passage.place, findings) or heading
    done = (
        replace(paragraph, text=_line(report, paragraph.text, paragraph.place, findings))
        for paragraph in passage.paragraphs
    )
    return replace(passage, heading=heading, paragraphs=tuple(filter(_says, done)))


def _says(paragraph: Paragraph) -> bool:
    return bool(paragraph.text.strip())


def _line(report: Report, text: str, place: Place | None, findings: list[Finding]) -> str:
    if _MARK.search(text) is None:
        return text
    try:
        return _fill(report, text)
    except _NotFilledError as trouble:
        at = f"{place or '正文'} "
        related = tuple(Related(key, report.place(key)) for key in trouble.keys[:8])
        message = f"{at}{trouble}"
        findings.append(Finding(trouble.code, message, place, related=related, quote=text[:200]))
        return text


def _fill(report: Report, text: str) -> str:
    """The text with its figures.

    Raises:
        _NotFilledError: it says what it may not, or a figure is not known.
    """
    tags = [match[0] for match in _TAG.finditer(text)]
    _refuse_stray(text, tags)
    # A line feed inside each tag makes Jinja's line numbers count the tags.
    from jinja2 import TemplateSyntaxError

    try:
        tree = _environment().parse(_TAG.sub(_plain, text))
        return _Sentence(report, tags).block(tree.body)({})
    except TemplateSyntaxError as error:
        raise _wrong(_tag(tags, error.lineno), "写法不完整，或者缺少配对的 endif、endfor") from None
    except RecursionError:
        raise _wrong(tags[0], "写得太复杂") from None


def _refuse_stray(text: str, tags: Sequence[str]) -> None:
    stray = _MARK.search(_TAG.sub("", text))
    if stray is not None:
        message = f"里的“{stray[0]}”没有配成对；要填数的写作“{{{{ 申请.新收 }}}}”，不填数的请删去。"
        raise _NotFilledError(WRONG, message)
    if len(tags) > _MOST_TAGS:
        raise _wrong(tags[0], f"所在的一段里要填的超过{_MOST_TAGS}处，请分段写")
    for tag in tags:
        inside = tag[2:-2].translate(_ORDINARY)
        if len(tag) > _LONGEST_TAG or not _INSIDE.fullmatch(inside):
            raise _wrong(tag, "只能写数的名称、约定的函数和比较，不能写别的符号")
        if tag[1] in "%％" and not _STATEMENT.match(inside):
            raise _wrong(tag, "只能是 if、elif、else、endif、for、endfor")


def _plain(match: re.Match[str]) -> str:
    """A tag in ordinary signs, whatever input method wrote it."""
    inside = match[0][2:-2].translate(_ORDINARY)
    return f"{{{{\n{inside}}}}}" if match[1] else f"{{%\n{inside}%}}"


def _tag(tags: Sequence[str], line: int) -> str:
    return tags[min(max(line - 2, 0), len(tags) - 1)]


def _wrong(tag: str, words: str) -> _NotFilledError:
    shown = tag if len(tag) <= 60 else f"{tag[:60]}……"
    stop = "" if words.endswith("？") else "。"
    return _NotFilledError(WRONG, f"的“{shown}”{words}{stop}")


@cache
def _environment() -> Environment:
    """A parser and nothing more: without filters, tests, extensions; comments are plain text."""
    from jinja2 import Environment

    return Environment(  # noqa: S701  # nothing is rendered
        comment_start_string="\x00{", comment_end_string="}\x00", keep_trailing_newline=True
    )


class _Sentence:
    """What the nodes of one paragraph come to; all is judged before anything is filled."""

    def __init__(self, report: Report, tags: Sequence[str]) -> None:
        self.report = report
        self.tags = tags
        self.names: Vocabulary = vocabulary(report.edition)
        self.loop: str | None = None

    def block(self, body: Sequence[nodes.Node]) -> _Text:
        """Text, tags and what stands between them."""
        parts = [self._statement(node) for node in body]
        return lambda turns: "".join(part(turns) for part in parts)

    def _statement(self, node: nodes.Node) -> _Text:
        from jinja2 import nodes

        match node:
            case nodes.TemplateData(data=data):
                return lambda _: str(data)
            case nodes.Output(nodes=inner):
                return self.block(inner)
            case nodes.If():
                return self._choice(node)
            case nodes.For():
                return self._loop(node)
        return self._text(node)

    def _choice(self, node: nodes.If) -> _Text:
        ways = [(self._test(one.test), self.block(one.body)) for one in (node, *node.elif_)]
        other = self.block(node.else_)
        return lambda turns: next((text for test, text in ways if test(turns)), other)(turns)

    def _loop(self, node: nodes.For) -> _Text:
        from jinja2 import nodes

        name, items = self._path(node.target), self.names.lists.get(self._path(node.iter) or "")
        if items is None:
            listed = "、".join(self.names.lists)
            raise self._error(node, f"的 in 后面只能是{listed}")
        taken = {known.partition(".")[0] for known in self.names.figures}
        plain = isinstance(node.target, nodes.Name) and name not in taken
        if self.loop or node.else_ or node.recursive or not plain:
            raise self._error(
                node, "不能这样写：for 后面起一个没有用过的名称，for 里面不能再有 for"
            )
        self.loop = name
        test = self._test(node.test) if node.test else lambda _: True
        body = self.block(node.body)
        self.loop = None
        return lambda turns: _repeat(items, str(name), test, body)

    def _text(self, node: nodes.Node) -> _Text:
        """What a tag prints."""
        from jinja2 import nodes

        if isinstance(node, nodes.Filter):
            return self._filter(node)
        if isinstance(node, nodes.Call) and (words := self._comparison(node)):
            return words
        if self.loop and self._path(node) == f"{self.loop}.{_LABEL}":
            name = self.loop
            return lambda turns: turns[name].item.label
        amount = self._amount(node)
        return lambda turns: _digits(amount(turns).value)

    def _filter(self, node: nodes.Filter) -> _Text:
        write = _FILTERS.get(node.name)
        bare = not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)
        if write is None or node.node is None or not bare:
            listed = "、".join(_FILTERS)
            raise self._error(node, f"的“|”后面只能是{listed}，“{node.name}”不是")
        amount = self._amount(node.node)

        def text(turns: _Turns) -> str:
            written = write(amount(turns))
            if written is None:
                raise self._error(node, f"不能用“{node.name}”写这个数")
            return written

        return text

    def _comparison(self, node: nodes.Call) -> _Text | None:
        """较上年、同比、占比; None for any other function."""
        name, args = self._path(node.node), self._arguments(node)
        if name in ("较上年", "同比") and len(args) == 1:
            figure, tell = self._figure(args[0]), _change if name == "较上年" else _rate
            return lambda turns: tell(self, figure(turns))
        if name == "占比" and len(args) == 2:
            part, whole = map(self._figure, args)
            return lambda turns: self._share(part(turns), whole(turns))
        return None

    def _arguments(self, node: nodes.Call) -> list[nodes.Expr]:
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise self._error(node, "里的函数只能写数的名称")
        return node.args

    def _amount(self, node: nodes.Node) -> _Amount:
        """A figure, this year's or in 上年(…) last year's."""
        from jinja2 import nodes

        if isinstance(node, nodes.Call):
            args = self._arguments(node)
            if self._path(node.node) != "上年" or len(args) != 1:
                raise self._error(
                    node, "只能用 上年(名称)、较上年(名称)、同比(名称)、占比(名称, 名称)"
                )
            figure = self._figure(args[0])
            return lambda turns: _Number(self.last(figure(turns)), figure(turns).unit)
        figure = self._figure(node)
        return lambda turns: _Number(self.now(figure(turns)), figure(turns).unit)

    def _figure(self, node: nodes.Node) -> _Named:
        path = self._path(node)
        if path is None:
            raise self._error(node, "只能写数的名称和约定的函数")
        if self.loop and path == f"{self.loop}.{_COUNT}":
            name = self.loop
            return lambda turns: turns[name].item.figure
        figure = self.names.figures.get(path)
        if figure is None:
            raise self._error(node, f"里没有叫“{path[:40]}”的数{self._meant(path)}")
        return lambda _: figure

    def _meant(self, path: str) -> str:
        """A question after the name that may be meant."""
        own = [f"{self.loop}.{word}" for word in (_LABEL, _COUNT)] if self.loop else []
        known = [*own, *self.names.figures]
        tail = [name for name in known if name.endswith(f".{path}")]
        near = tail[:1] or get_close_matches(path[:40], known, 1, 0.5)
        return f"，是不是“{near[0]}”？" if near else "；可用的名称见“填报说明”"

    def _path(self, node: nodes.Node) -> str | None:
        """A name with what is behind its dots; None for anything else."""
        from jinja2 import nodes

        match node:
            case nodes.Name(name=name):
                return str(name)
            case nodes.Getattr(node=inner, attr=attr) if path := self._path(inner):
                return f"{path}.{attr}"
        return None

    def _test(self, node: nodes.Node) -> _Test:
        from jinja2 import nodes

        match node:
            case nodes.Not(node=inner):
                test = self._test(inner)
                return lambda turns: not test(turns)
            case nodes.And(left=left, right=right):
                one, two = self._test(left), self._test(right)
                return lambda turns: one(turns) and two(turns)
            case nodes.Or(left=left, right=right):
                one, two = self._test(left), self._test(right)
                return lambda turns: one(turns) or two(turns)
            case nodes.Compare(expr=left, ops=[nodes.Operand(op=op, expr=right)]) if op in _COMPARE:
                a, b, holds = self._side(left), self._side(right), _COMPARE[op]
                return lambda turns: holds(a(turns).value, b(turns).value)
        if self.loop and self._path(node) == f"{self.loop}.{_LAST}":
            name = self.loop
            return lambda turns: turns[name].last
        raise self._error(node, "的条件只能是数与数相比，例如“申请.新收 > 0”")

    def _side(self, node: nodes.Node) -> _Amount:
        from jinja2 import nodes

        if isinstance(node, nodes.Const) and type(node.value) is int:
            number = node.value
            if number < _LONGEST_NUMBER:
                return lambda _: _Number(number, "")
        return self._amount(node)

    def _error(self, node: nodes.Node, words: str) -> _NotFilledError:
        return _wrong(_tag(self.tags, node.lineno), words)

    # -- figures -------------------------------------------------------------------------------

    def now(self, figure: Figure) -> Value:
        """This year's figure."""
        value = added(self.report.values, figure.keys)
        if value is None:
            lost = [key for key in figure.keys if key not in self.report.values]
            cells = "、".join(str(self.report.place(key) or key) for key in lost[:3])
            what = f"要填“{figure.name}”，但 {cells} 没有填，或者读不出来；先把数填好。"
            raise _NotFilledError(MISSING, what, lost)
        return value

    def last(self, figure: Figure) -> Value:
        """Last year's figure."""
        before = self.report.previous
        if before is None:
            year = self.report.year - 1
            words = f"要与上年比较“{figure.name}”，但没有{year}年度的填报表。"
            raise _NotFilledError(INCOMPARABLE, words)
        declared = edition_for_year(before.year)
        keys = last_keys(self.report.edition, declared, figure.keys)
        value = added(before.values, keys)
        if value is None:
            why = "上年的表样没有可比的数" if keys is None else "上年的填报表里没有填这个数"
            words = f"要与上年比较“{figure.name}”，但{why}；这一句请直接写。"
            raise _NotFilledError(INCOMPARABLE, words, figure.keys)
        return value

    def _share(self, part: Figure, whole: Figure) -> str:
        a, b = self.now(part), self.now(whole)
        if b == 0 or not 0 <= a <= b:
            words = f"的占比算不出来：“{part.name}”是 {_digits(a)}，“{whole.name}”是 {_digits(b)}。"
            raise _NotFilledError(INCOMPARABLE, words, (*part.keys, *whole.keys))
        return _percent(a, b)


def _repeat(items: Sequence[Item], name: str, test: _Test, body: _Text) -> str:
    chosen = [item for item in items if test({name: _Turn(item, last=False)})]
    turns = ({name: _Turn(item, item is chosen[-1])} for item in chosen)
    return "".join(map(body, turns))


def _change(sentence: _Sentence, figure: Figure) -> str:
    difference = Decimal(sentence.now(figure)) - Decimal(sentence.last(figure))
    if difference == 0:
        return "持平"
    return f"{'增加' if difference > 0 else '减少'}{_digits(abs(difference))}{figure.unit}"


def _rate(sentence: _Sentence, figure: Figure) -> str:
    now, last = sentence.now(figure), sentence.last(figure)
    if last <= 0:
        words = f"的同比算不出来：“{figure.name}”上年是 {_digits(last)}；可用“较上年”。"
        raise _NotFilledError(INCOMPARABLE, words, figure.keys)
    if now == last:
        return "持平"
    return f"{'增长' if now > last else '下降'}{_percent(abs(Decimal(now) - Decimal(last)), last)}"


def _percent(part: Value, whole: Value) -> str:
    """With one decimal, or as many as a small share needs to be more than nothing."""
    exact = Decimal(part) * 100 / Decimal(whole)
    for places in range(1, 7):
        rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        if rounded or not exact:
            break
    return f"{_digits(rounded)}%"


def _digits(value: Value) -> str:
    """A number without zeros that say nothing: 25.10 → 25.1."""
    if isinstance(value, int):
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _capital(number: _Number) -> str | None:
    value = number.value
    if value != int(value) or not 0 <= value <= 9999:
        return None
    return to_chinese(int(value)) or "零"


def _grouped(number: _Number) -> str:
    whole, dot, rest = _digits(number.value).partition(".")
    return f"{int(whole):,}{dot}{rest}"


def _money(number: _Number) -> str | None:
    return f"{_digits(number.value)}万元" if number.unit == "万元" else None


_FILTERS: Mapping[str, Callable[[_Number], str | None]] = {
    "大写": _capital,
    "千分位": _grouped,
    "万元": _money,
}
