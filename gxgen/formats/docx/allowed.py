"""What the tags of a template may say: a closed list, so that whatever they say ends soon.

A report needs names, conditions and one loop over the blocks of a section. Nothing here calls,
repeats without end, makes text longer or numbers larger than they can be in a form; what is not
on the list is refused before it is compiled.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from jinja2 import nodes

from gxgen.editions.declared import EDITIONS
from gxgen.formats.docx.context import slot

MOST_TAG = 500
"""Characters of a tag. The longest that the shipped templates need has 60."""
TILES = "tiles"
NOTICE_LISTS = frozenset({"问题", "要点", "未报单位", "退回单位", "待处理单位"})
"""Of a notice: what is wrong with a form, and which units it concerns."""
LISTS = frozenset({TILES, *(slot(s.mark) for e in EDITIONS.values() for s in e.sections)})
"""What a loop of a report's template may run over: the slots that hold several things."""
FILTERS = ("abs", "default", "first", "float", "int", "last", "length", "lower", "round", "string",
           "trim", "upper")  # fmt: skip
"""None that marks text as safe, joins, repeats or widens."""
_MOST_DIGITS = 9
"""Of what ``round`` rounds to: it raises ten to that power."""

_STATEMENTS: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Assign,
)  # fmt: skip
_EXPRESSIONS: tuple[type[nodes.Node], ...] = (
    nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.List, nodes.Tuple,
    nodes.CondExpr, nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand,
    nodes.Filter, nodes.Test, nodes.Keyword,
    nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Neg, nodes.Pos,
)  # fmt: skip
_WORDS: dict[type[nodes.Node], str] = {
    nodes.Call: "调用",
    nodes.Pow: "乘方",
    nodes.Concat: "“~”连接",
    nodes.Slice: "截取",
    nodes.Macro: "宏（macro）",
    nodes.AssignBlock: "set",
    nodes.Include: "别的文件（include）",
    nodes.Import: "别的文件（import）",
    nodes.FromImport: "别的文件（import）",
    nodes.Extends: "别的文件（extends）",
}


@dataclass(frozen=True, slots=True)
class Known:
    """The filters and tests of an environment, by name."""

    filters: Container[str]
    tests: Container[str]


def refused(node: nodes.Node, known: Known, *, in_loop: bool = False) -> Iterator[str]:
    """What is not on the list in a tree or an expression: in words."""
    why = _reason(node, known, in_loop=in_loop)
    if why:
        yield why
        return
    inside = in_loop or isinstance(node, nodes.For)
    for child in node.iter_child_nodes():
        yield from refused(child, known, in_loop=inside)


def _reason(node: nodes.Node, known: Known, *, in_loop: bool) -> str:
    """Why this very node is refused; empty if it is not."""
    match node:
        case nodes.For():
            return "循环里的循环" if in_loop else _loop(node)
        case nodes.Assign():
            return "" if _is_our_own(node) else "set"
        case nodes.Filter():
            return _filter(node, known.filters)
        case nodes.Test():
            return "" if node.name in known.tests else f"判断 {node.name}"
        case nodes.Getitem(arg=arg) if not isinstance(arg, nodes.Const):
            return _WORDS[nodes.Slice]
        case nodes.List(items=items) | nodes.Tuple(items=items):
            return "" if all(isinstance(item, nodes.Const) for item in items) else "成组的内容"
    if isinstance(node, _STATEMENTS + _EXPRESSIONS):
        return ""
    return _WORDS.get(type(node), f"写法（{type(node).__name__}）")


def _loop(node: nodes.For) -> str:
    over = node.iter
    if not (isinstance(over, nodes.Name) and over.name in LISTS | NOTICE_LISTS):
        return f"循环（只能循环 {'、'.join(sorted(LISTS))}）"
    plain = isinstance(node.target, nodes.Name) and node.target.name not in LISTS
    return "" if plain and not node.recursive and not node.else_ else "循环的写法"


def _is_our_own(node: nodes.Assign) -> bool:
    """Whether it gives a tile its name, as :mod:`gxgen.formats.docx.place` writes it."""
    match node:
        case nodes.Assign(
            target=nodes.Name(name=name),
            node=nodes.Getitem(node=nodes.Name(name="tiles"), arg=nodes.Const(value=int())),
        ):
            return name not in LISTS
    return False


def _filter(node: nodes.Filter, filters: Container[str]) -> str:
    name = f"过滤器 {node.name}"
    if node.node is None or node.name not in filters:
        return name
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        return name
    given = [*node.args, *(pair.value for pair in node.kwargs)]
    constants = [value.value for value in given if isinstance(value, nodes.Const)]
    if node.name != "default" and len(constants) < len(given):
        return f"{name}的用法"
    if node.name == "round" and not all(one in range(_MOST_DIGITS + 1) for one in constants):
        return f"{name}的位数"
    return ""
