"""The one Jinja environment that templates run in: sandboxed, strict, escaping."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import islice
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.compiler import CodeGenerator
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from gxgen.errors import GxgenError, TemplateError
from gxgen.formats.docx.allowed import FILTERS, MOST_TAG, Known, refused

MOST_OUTPUT = 8 * 2**20
"""Characters of a part that has been filled in; those of a report have about 150,000."""
_MOST_NUMBER = 10**12
"""What a template may reckon with; no figure of a form is so large."""
_PIECES = 512
"""So many pieces of a part are put together at a time."""

_ILLEGAL = "[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_SPECIAL = re.compile(f"[&<>'\"\t\n]|{_ILLEGAL}")
_BREAKS = {
    "\n": Markup('</w:t><w:br/><w:t xml:space="preserve">'),
    "\t": Markup('</w:t><w:tab/><w:t xml:space="preserve">'),
}
_LITERAL_BRACES = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))

_LONG_TAG = re.compile(rf"\{{[{{%](?:(?![}}%]\}}).){{{MOST_TAG}}}", re.DOTALL)


class UnprintableTextError(GxgenError):
    """A value holds a character that no XML document can hold."""


def print_value(value: Any) -> str:
    """A value as it goes into the text of a run: escaped, with line feeds and tabs as Word's own.

    Raises:
        TemplateError: it is None, which is never meant to be printed.
        UnprintableTextError: it holds a character that XML cannot.
    """
    if type(value) is not str:
        if value is None:
            raise TemplateError("模板引用的内容为空（None）；空白应当写成空文字。")
        value = escape(value)
    return value if _SPECIAL.search(value) is None else _spelled(value)


def _spelled(text: str) -> str:
    refuse_illegal(text)
    escaped: str = escape(text)
    for mark, element in _BREAKS.items():
        escaped = escaped.replace(mark, element)
    return escaped


def refuse_illegal(text: str) -> None:
    """Raise UnprintableTextError if the text holds what XML cannot."""
    found = re.search(_ILLEGAL, text)
    if found:
        before, after = text[max(0, found.start() - 10) : found.start()], text[found.end() :][:10]
        raise UnprintableTextError(
            f"文字“{before}□{after}”中的□处是不可打印的控制字符"
            f"（U+{ord(found.group()):04X}），Word文档无法保存；请在来源中删去。"
        )


class OneCallGenerator(CodeGenerator):
    """Prints each value through the environment's ``emit`` and nothing else.

    Jinja would call ``finalize`` and then ``escape``; one call that does both, with a quick way
    for ordinary text, takes a third off the time of a report.
    """

    def _output_child_to_const(self, node: nodes.Expr, frame: Any, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:
        self.write("environment.emit(")

    def _output_child_post(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:
        self.write(")")


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Names reach members of plain dictionaries and loop counters, and nothing else."""

    code_generator_class = OneCallGenerator
    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%", "**"))

    emit = staticmethod(print_value)

    def tree(self, source: str) -> nodes.Template:
        """The syntax tree of a source, whatever it says; nothing may be done with it but look.

        Raises:
            TemplateError: a tag is too long to be read.
            jinja2.TemplateSyntaxError: a tag is not well formed.
        """
        if _LONG_TAG.search(source):
            raise TemplateError(f"模板里有超过{MOST_TAG}个字符的标签，不允许。")
        return super()._parse(source, None, None)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Jinja's way to every tree that it compiles: only what is allowed comes through."""
        tree = self.tree(source)
        wrong = not_allowed(tree, self)
        if wrong:
            raise TemplateError(f"模板的标签用了模板中不允许的{wrong}。")
        return tree

    @staticmethod
    def concat(pieces: Iterable[str]) -> str:
        """A filled part in one piece.

        Raises:
            TemplateError: it grows beyond all reports.
        """
        waiting, whole, size = iter(pieces), [], 0
        while some := list(islice(waiting, _PIECES)):
            size += sum(map(len, some))
            if size > MOST_OUTPUT:
                raise TemplateError("用这份模板生成的内容多得不像一份报告，已经停下。")
            whole.append("".join(some))
        return "".join(whole)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A member of a dictionary; anything else is refused."""
        if type(obj) is dict:
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and not attribute.startswith("_"):
            return super().getattr(obj, attribute)
        if isinstance(obj, Undefined):
            obj._fail_with_undefined_error()
        return self.unsafe_undefined(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """A member of a dictionary or an item of a list."""
        if isinstance(obj, dict | list | tuple | str):
            try:
                return obj[argument]
            except (TypeError, LookupError):
                return self.undefined(obj=obj, name=argument)
        return self.getattr(obj, str(argument))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on numbers of a form's size only, so that nothing can be blown up."""
        sides = left, right
        if operator == "**" or not all(isinstance(one, int | float) for one in sides):
            raise SecurityError(f"operator {operator} is not allowed here")
        if not all(abs(one) < _MOST_NUMBER for one in sides):
            raise SecurityError("too large a number")
        return super().call_binop(context, operator, left, right)


def not_allowed(tree: nodes.Node, env: TemplateEnvironment | None = None) -> str:
    """The first thing in a tree that is not on the list of what tags may say; empty: nothing is."""
    env = env or environment()
    return next(refused(tree, Known(env.filters, env.tests)), "")


class PropertyEnvironment(TemplateEnvironment):
    """The same for document properties, which are plain text of one line."""

    @staticmethod
    def emit(value: Any) -> str:
        """A value as it goes into a document property."""
        return print_value(" ".join(value.split()) if isinstance(value, str) else value)


@cache
def environment(*, properties: bool = False) -> TemplateEnvironment:
    """The environment of document text, or that of document properties."""
    kind = PropertyEnvironment if properties else TemplateEnvironment
    env = kind(undefined=StrictUndefined, autoescape=True, keep_trailing_newline=True)
    env.globals = {}
    env.filters = {name: env.filters[name] for name in FILTERS}
    return env


def parse(source: str, *, properties: bool = False) -> nodes.Template:
    """The syntax tree of a patched part; ``{_{`` stands for a literal ``{{``.

    Raises:
        TemplateError: a tag says what is not allowed.
        jinja2.TemplateSyntaxError: a tag is not well formed.
    """
    tree = environment(properties=properties).parse(source)
    if any(mask in source for mask, _ in _LITERAL_BRACES):
        for data in tree.find_all(nodes.TemplateData):
            for mask, braces in _LITERAL_BRACES:
                data.data = data.data.replace(mask, braces)
    return tree
