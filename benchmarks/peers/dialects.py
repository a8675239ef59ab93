"""The shipped template in another engine's tag syntax: same paragraphs, tables, figures, words.

Layout directives (``{# keep-next … #}``) are dropped: the peers have no tag for them, so they do a
little less than gxgen and docxtpl, which carry them out.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STATEMENT = re.compile(r"\{%p (for block in|if|elif|else|endif|endfor)\s*([\w.]*) %\}")
VALUE = re.compile(r"\{\{ ([\w.]+) \}\}")
DIRECTIVE = re.compile(r"\{#.*?#\}")
PLAIN = "block.plain"
"""The condition of the ``else`` branch, for engines that have no ``else``."""

Rewrite = Callable[[etree._Element], None]
"""Puts an engine's tags in place of ours, in the tree of one part."""


@dataclass(frozen=True)
class Dialect:
    """How an engine writes a loop over a section, a condition and a value, given our paths."""

    loop: Callable[[str], str]
    loop_end: Callable[[str], str]
    condition: Callable[[str], str]
    condition_end: Callable[[str], str]
    value: Callable[[str], str]

    def rewrite(self, root: etree._Element) -> None:
        """Each statement a paragraph of its own, as these engines want it too."""
        section, open_if = "", ""
        for paragraph in list(root.iter(W + "p")):
            statement = statement_of(paragraph)
            if statement is None:
                put_values(paragraph, self.value)
                continue
            word, path = statement
            section = path if word.startswith("for") else section
            for tag in self._tags(word, path or PLAIN, section, open_if):
                paragraph.addprevious(_tagged(paragraph, tag))
            remove(paragraph)
            open_if = {"if": path, "elif": path, "else": PLAIN}.get(word, "")

    def _tags(self, word: str, path: str, section: str, open_if: str) -> Iterator[str]:
        if word in ("elif", "else", "endif"):
            yield self.condition_end(open_if)
        if word in ("if", "elif", "else"):
            yield self.condition(path)
        if word.startswith("for"):
            yield self.loop(section)
        if word == "endfor":
            yield self.loop_end(section)


def _own(path: str) -> str:
    return path.removeprefix("block.")


def _variable(path: str) -> str:
    return "$" + path if path.startswith("block.") else path


DOCXTEMPLATER = Dialect(
    loop=lambda section: f"{{#{section}}}",
    loop_end=lambda section: f"{{/{section}}}",
    condition=lambda path: f"{{#{_own(path)}}}",
    condition_end=lambda path: f"{{/{_own(path)}}}",
    value=lambda path: f"{{{_own(path)}}}",
)
DOCX_TEMPLATES = Dialect(
    loop=lambda section: f"+++FOR block IN {section}+++",
    loop_end=lambda _: "+++END-FOR block+++",
    condition=lambda path: f"+++IF {_variable(path)}+++",
    condition_end=lambda _: "+++END-IF+++",
    value=lambda path: f"+++= {_variable(path)}+++",
)


def translate(template: Path, rewrite: Rewrite) -> bytes:
    """The template's DOCX with every tag rewritten."""
    out = io.BytesIO()
    with zipfile.ZipFile(template) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as to:
        for name in source.namelist():
            data = source.read(name)
            if re.fullmatch(r"word/(document|header\d+|footer\d+)\.xml", name):
                root = etree.fromstring(data)
                rewrite(root)
                data = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
            to.writestr(name, data)
    return out.getvalue()


def statement_of(paragraph: etree._Element) -> tuple[str, str] | None:
    """The keyword and path of a paragraph that is a statement."""
    found = STATEMENT.fullmatch("".join(node.text or "" for node in paragraph.iter(W + "t")))
    return None if found is None else (found[1], found[2])


def put_values(paragraph: etree._Element, value: Callable[[str], str]) -> None:
    """The engine's tag for each value; runs that hold only a directive go."""
    for node in list(paragraph.iter(W + "t")):
        text = DIRECTIVE.sub("", node.text or "")
        node.text = VALUE.sub(lambda found: value(found[1]), text)
        run = node.getparent()
        if not text and run is not None:
            remove(run)


def remove(element: etree._Element) -> None:
    """Take an element out of its parent."""
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def _tagged(paragraph: etree._Element, tag: str) -> etree._Element:
    twin = copy.deepcopy(paragraph)
    twin.tail = None
    for number, node in enumerate(twin.iter(W + "t")):
        node.text = "" if number else tag
    return twin
