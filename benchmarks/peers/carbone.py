"""The shipped template for Carbone, and the data in the shape that this asks for.

Carbone knows a loop by its sample items ``[i]`` and ``[i+1]``, and its conditions leave the
paragraphs of their tags behind, blank. So a block of a section is one paragraph whose style is a
tag too, and what may be missing is a list of none or one. That is less work than the branches
that the other engines walk through.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree

from benchmarks.peers.dialects import PLAIN, W, put_values, remove, statement_of

Branches = dict[str, etree._Element]
"""The paragraph that each kind of block is printed as."""

SAMPLE = "block.runin2"
"""The branch that has both runs, lead and text."""


def rewrite(root: etree._Element) -> None:
    """Carbone's tags in place of ours, in the tree of one part."""
    section, condition = "", ""
    branches: Branches = {}
    for paragraph in list(root.iter(W + "p")):
        statement = statement_of(paragraph)
        if statement is None and section:
            branches[condition] = paragraph
            remove(paragraph)
        elif statement is None and condition:
            _repeat(paragraph, condition)
        elif statement is None:
            put_values(paragraph, _value)
        else:
            word, path = statement
            if word == "endfor":
                block = _block(branches[SAMPLE], section)
                paragraph.addprevious(block)
                _double(block, section)
            section = {"for block in": path, "endfor": ""}.get(word, section)
            condition = {"if": path, "elif": path, "else": PLAIN}.get(word, "")
            remove(paragraph)


def adapt(contexts: list[dict[str, Any]], template: Path) -> list[dict[str, Any]]:
    """The contexts with a style for each block, and lists for what may be missing."""
    styles = _styles(template)
    return [_adapted(context, styles) for context in contexts]


def _adapted(context: dict[str, Any], styles: dict[str, tuple[str, str]]) -> dict[str, Any]:
    lists = {name: items for name, items in context.items() if isinstance(items, list)}
    blocks = {name: [_line(block, styles) for block in items] for name, items in lists.items()}
    sign_off = {
        name: [{"text": value}] if value else [] for name, value in context["sign_off"].items()
    }
    return {**context, **blocks, "sign_off": sign_off}


def _line(block: dict[str, Any], styles: dict[str, tuple[str, str]]) -> dict[str, Any]:
    kind = next(kind for kind in styles if block[kind])
    style, lead_style = styles[kind]
    text = block["number"] + block["text"]
    return {"style": style, "lead_style": lead_style, "lead": block["lead"], "text": text}


def _styles(template: Path) -> dict[str, tuple[str, str]]:
    """Paragraph style of each kind of block, and the style of its lead (or of any lead)."""
    with ZipFile(template) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    found: dict[str, tuple[str, str]] = {}
    kind = ""
    for paragraph in root.iter(W + "p"):
        statement = statement_of(paragraph)
        if statement is None and kind:
            found[kind] = _style(paragraph, "pStyle"), _style(paragraph, "rStyle")
        elif statement is not None:
            word, path = statement
            if word == "endfor":
                break
            kind = (path or PLAIN).removeprefix("block.") if word in ("if", "elif", "else") else ""
    lead = next(style for _, style in found.values() if style)
    return {kind: (style, own or lead) for kind, (style, own) in found.items()}


def _style(paragraph: etree._Element, tag: str) -> str:
    return next((node.get(W + "val", "") for node in paragraph.iter(W + tag)), "")


def _value(path: str) -> str:
    return f"{{d.{path}{':convCRLF' * (path == 'title')}}}"


def _block(sample: etree._Element, section: str) -> etree._Element:
    block = copy.deepcopy(sample)
    home = f"d.{section}[i]"
    for tag, name in (("pStyle", "style"), ("rStyle", "lead_style")):
        for node in block.iter(W + tag):
            node.set(W + "val", f"{{{home}.{name}}}")
    put_values(block, lambda path: f"{{{home}.{path.removeprefix('block.')}}}")
    return block


def _repeat(paragraph: etree._Element, path: str) -> None:
    put_values(paragraph, lambda path: f"{{d.{path}[i].text}}")
    _double(paragraph, path)


def _double(paragraph: etree._Element, path: str) -> None:
    """The second sample item after the first."""
    second = copy.deepcopy(paragraph)
    for node in second.iter(W + "t", W + "pStyle", W + "rStyle"):
        if node.text:
            node.text = node.text.replace(f"{path}[i]", f"{path}[i+1]")
        style = node.get(W + "val")
        if style:
            node.set(W + "val", style.replace(f"{path}[i]", f"{path}[i+1]"))
    paragraph.addnext(second)
