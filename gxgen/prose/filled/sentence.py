"""What a sentence's nodes come to: a closed list; all is judged before anything is filled."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from jinja2 import nodes

from gxgen.model.indicators import letters
from gxgen.model.report import Report, Value
from gxgen.model.vocabulary import (
    CONTACT,
    INDICATORS,
    Figure,
    Item,
    Vocabulary,
    indicator_figures,
    vocabulary,
)
from gxgen.prose.filled.amounts import FILTERS, Amounts, Number, digits
from gxgen.prose.filled.seams import SEAM
from gxgen.prose.filled.tags import MISSING, QUOTED, NotFilledError, tag_at, wrong

_LARGEST = 10**12
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


@dataclass(frozen=True, slots=True)
class _Turn:
    """Where a ``for`` stands."""

    item: Item
    last: bool


_Turns = Mapping[str, _Turn]
_Text = Callable[[_Turns], str]
_Amount = Callable[[_Turns], Number]
_Test = Callable[[_Turns], bool]
_Named = Callable[[_Turns], Figure]


class Sentence:
    """The nodes of one paragraph."""

    def __init__(self, report: Report, tags: Sequence[str]) -> None:
        """``tags`` as written, for what is said of them."""
        self.amounts = Amounts(report)
        self.tags = tags
        self.names: Vocabulary = vocabulary(report.edition)
        self.figures: Mapping[str, Figure] = ChainMap(
            indicator_figures(report.indicators), self.names.figures
        )
        self.loop: str | None = None

    def block(self, body: Sequence[nodes.Node]) -> _Text:
        """Text, tags and what stands between them."""
        parts = [self._statement(node) for node in body]
        return lambda turns: "".join(part(turns) for part in parts)

    def _statement(self, node: nodes.Node) -> _Text:
        match node:
            case nodes.TemplateData(data=data):
                return lambda _: str(data)
            case nodes.Output(nodes=inner):
                return self.block(inner)
            case nodes.If():
                return self._choice(node)
            case nodes.For():
                return self._loop(node)
        text = self._text(node)
        return lambda turns: f"{SEAM}{text(turns)}{SEAM}"

    def _choice(self, node: nodes.If) -> _Text:
        ways = [(self._test(one.test), self.block(one.body)) for one in (node, *node.elif_)]
        other = self.block(node.else_)
        return lambda turns: next((text for test, text in ways if test(turns)), other)(turns)

    def _loop(self, node: nodes.For) -> _Text:
        name, items = self._path(node.target), self.names.lists.get(self._path(node.iter) or "")
        if items is None:
            listed = "、".join(self.names.lists)
            raise self._error(node, f"的 in 后面只能是{listed}")
        taken = {known.partition(".")[0] for known in self.figures}
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
        if isinstance(node, nodes.Filter):
            return self._filter(node)
        if isinstance(node, nodes.Call) and (words := self._comparison(node)):
            return words
        if self._path(node) == CONTACT:
            return lambda _: self._contact(node)
        if self.loop and self._path(node) == f"{self.loop}.{_LABEL}":
            name = self.loop
            return lambda turns: turns[name].item.label
        amount = self._amount(node)
        return lambda turns: digits(amount(turns).value)

    def _contact(self, node: nodes.Node) -> str:
        """How the agency is reached, as it is filled in."""
        said = str(self.amounts.report.agency.contact)
        if not said:
            lost = f"要填“{CONTACT}”，但地址、邮编、电话等一项都没有填；填上，或者删去这一句。"
            raise NotFilledError(MISSING, lost)
        return said

    def _filter(self, node: nodes.Filter) -> _Text:
        write = FILTERS.get(node.name)
        bare = not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)
        if write is None or node.node is None or not bare:
            listed = "、".join(FILTERS)
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
            figure, tell = self._figure(args[0]), self.amounts.change
            if name == "同比":
                tell = self.amounts.rate
            return lambda turns: tell(figure(turns))
        if name == "占比" and len(args) == 2:
            part, whole = map(self._figure, args)
            return lambda turns: self.amounts.share(part(turns), whole(turns))
        return None

    def _arguments(self, node: nodes.Call) -> list[nodes.Expr]:
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise self._error(node, "里的函数只能写数的名称")
        return node.args

    def _amount(self, node: nodes.Node) -> _Amount:
        """A figure, this year's or in 上年(…) last year's."""
        if isinstance(node, nodes.Call):
            args = self._arguments(node)
            if self._path(node.node) != "上年" or len(args) != 1:
                raise self._error(
                    node, "只能用 上年(名称)、较上年(名称)、同比(名称)、占比(名称, 名称)"
                )
            figure = self._figure(args[0])
            return lambda turns: Number(self.amounts.last(figure(turns)), figure(turns).unit)
        figure = self._figure(node)
        return lambda turns: Number(self.amounts.now(figure(turns)), figure(turns).unit)

    def _figure(self, node: nodes.Node) -> _Named:
        path = self._path(node)
        if path is None:
            raise self._error(node, "只能写数的名称和约定的函数")
        if self.loop and path == f"{self.loop}.{_COUNT}":
            name = self.loop
            return lambda turns: turns[name].item.figure
        figure = self.figures.get(_indicator_path(path))
        if figure is None:
            path = path.replace(f"{INDICATORS}.{QUOTED}", f"{INDICATORS}.", 1)
            raise self._error(node, f"里没有叫“{path[:40]}”的数{self._meant(path)}")
        return lambda _: figure

    def _meant(self, path: str) -> str:
        """A question after the name that may be meant."""
        own = [f"{self.loop}.{word}" for word in (_LABEL, _COUNT)] if self.loop else []
        known = [*own, *self.figures]
        tail = [name for name in known if name.endswith(f".{path}")]
        near = tail[:1] or get_close_matches(path[:40], known, 1, 0.5)
        return f"，是不是“{_as_typed(near[0])}”？" if near else "；可用的名称见“填报说明”"

    def _path(self, node: nodes.Node) -> str | None:
        """A name with what is behind its dots; None for anything else."""
        match node:
            case nodes.Name(name=name):
                return str(name)
            case nodes.Getattr(node=inner, attr=attr) if path := self._path(inner):
                return f"{path}.{attr}"
        return None

    def _test(self, node: nodes.Node) -> _Test:
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
        if self._path(node) == CONTACT:
            known = bool(str(self.amounts.report.agency.contact))
            return lambda _: known
        if self.loop and self._path(node) == f"{self.loop}.{_LAST}":
            name = self.loop
            return lambda turns: turns[name].last
        raise self._error(node, "的条件只能是数与数相比，例如“申请.新收 > 0”")

    def _side(self, node: nodes.Node) -> _Amount:
        if isinstance(node, nodes.Const) and type(node.value) is int:
            number = node.value
            if number < _LARGEST:
                return lambda _: Number(number, "")
        return self._amount(node)

    def _error(self, node: nodes.Node, words: str) -> NotFilledError:
        return wrong(tag_at(self.tags, node.lineno), words)


def _indicator_path(path: str) -> str:
    """A path to an indicator by its letters alone; any other as it is."""
    head, dot, name = path.partition(".")
    return f"{head}.{letters(name.removeprefix(QUOTED))}" if dot and head == INDICATORS else path


def _as_typed(name: str) -> str:
    """How a name is written in a tag: one that begins with a digit only in quotes."""
    head, _, rest = name.partition(".")
    return f'{head}("{rest}")' if rest[:1].isdecimal() else name


def _repeat(items: Sequence[Item], name: str, test: _Test, body: _Text) -> str:
    chosen = [item for item in items if test({name: _Turn(item, last=False)})]
    turns = ({name: _Turn(item, item is chosen[-1])} for item in chosen)
    return "".join(map(body, turns))
