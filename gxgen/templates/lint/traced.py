"""A template made ready for a trial print: quickly, and so that each paragraph tells its origin.

Most of a template is the cells of the form's tables, each with one plain tag. To have them patched
and compiled takes longer than everything else together, and they are gone after two prints; so
tables in which nothing but plain figures is asked for are set aside and filled in by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gxgen.editions.schema import Edition
from gxgen.formats.docx.environment import print_value
from gxgen.formats.docx.read import body_items
from gxgen.formats.docx.template import CompiledTemplate, compile_template
from gxgen.formats.docx.wordml import W, parse_xml
from gxgen.opc.package import DOCUMENT, FixedZip, Members
from gxgen.templates.lint.flow import Flow
from gxgen.templates.lint.parts import as_bytes

if TYPE_CHECKING:
    from lxml.etree import _Element

ORIGIN = "gxgen"
"""The attribute that tells from which paragraph of the template one was printed."""
_ASIDE = "gxgenTable"
_HELD = re.compile(rf'<{_ASIDE} n="(\d+)"/>')
_PLAIN = re.compile(r"\{\{ ?([a-z0-9_.]+) ?\}\}")
_NAMES_MORE = re.compile(rb"\{%\w*-?\s*(?:set|raw)\b")
_DECLARED = re.compile(r' xmlns(?::\w+)?="[^"]*"')


@dataclass(frozen=True)
class TracedTemplate(CompiledTemplate):
    """A template whose plain tables stand beside it, as XML with their tags."""

    tables: tuple[str, ...]

    def _texts(self, context: Mapping[str, Any]) -> Members:
        parts = super()._texts(context)
        text = _HELD.sub(lambda m: self._filled(int(m[1]), context), parts[DOCUMENT].decode())
        return {**parts, DOCUMENT: text.encode()}

    def _filled(self, number: int, context: Mapping[str, Any]) -> str:
        return _PLAIN.sub(lambda m: print_value(_value(context, m[1])), self.tables[number])


def traced(
    members: Members, edition: Edition, flow: Flow, tiles: Sequence[int]
) -> CompiledTemplate:
    """The template compiled, with :data:`ORIGIN` on each paragraph of its document.

    ``tiles``: the numbers of tiles that will be printed.

    Raises:
        TemplateError: it cannot be compiled.
    """
    from copy import deepcopy

    root = parse_xml(members[DOCUMENT], DOCUMENT)
    for number, item in enumerate((i for i in body_items(root[0]) if i.tag == W + "p"), 1):
        item.set(ORIGIN, str(number))
    if not _renames_figures(members, edition, flow):
        lighter = deepcopy(root)
        tables = tuple(_set_aside(lighter, edition))
        template = compile_template(_packed(members, lighter), edition, tiles)
        if not template.features:
            return TracedTemplate(edition, template.parts, tables)
    return compile_template(_packed(members, root), edition, tiles)


def _renames_figures(members: Members, edition: Edition, flow: Flow) -> bool:
    """Whether a figure's name might mean something else somewhere in the document."""
    roots = {key.partition(".")[0] for key in edition.fields}
    named = any(loop.variable in roots for loop in flow.loops)
    return named or _NAMES_MORE.search(members[DOCUMENT]) is not None


def _set_aside(root: _Element, edition: Edition) -> Iterator[str]:
    """Take out the tables that ask for plain figures only; each leaves its number in its place."""
    from lxml import etree

    number = 0
    for table in [item for item in body_items(root[0]) if item.tag == W + "tbl"]:
        text, parent = etree.tostring(table, encoding="unicode", with_tail=False), table.getparent()
        if parent is not None and _is_plain(text, edition):
            held = etree.Element(_ASIDE, n=str(number))
            parent.replace(table, held)
            opening, end, rest = text.partition(">")
            yield _DECLARED.sub("", opening) + end + rest
            number += 1


def _is_plain(text: str, edition: Edition) -> bool:
    """Whether figures are all that is asked for, anywhere in a table."""
    rest = _PLAIN.sub(lambda m: "" if m[1] in edition.fields else "{", text)
    return "{" not in rest and "}" not in rest


def _packed(members: Members, root: _Element) -> bytes:
    return FixedZip({}).build({**members, DOCUMENT: as_bytes(root)})


def _value(context: Mapping[str, Any], path: str) -> Any:
    value: Any = context
    for name in path.split("."):
        value = value[name]
    return value
