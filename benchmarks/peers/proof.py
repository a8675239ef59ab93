"""Whether a produced document says what it should: judged from its XML and the template alone.

Nothing of gxgen's own reading takes part: the shipped template tells which cell holds which
figure and which paragraph which words.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from benchmarks.peers.dialects import VALUE, W, statement_of

DOCUMENT = "word/document.xml"
FIGURES = 200

Context = dict[str, Any]


class Proof:
    """What the template asks of every document made from it."""

    def __init__(self, template: Path) -> None:
        """Read the template once."""
        self._body = _body(template)
        self._cells = _cells(self._body)
        self.figures = sum(bool(VALUE.fullmatch(text)) for text in self._cells)
        assert self.figures == FIGURES, self.figures

    def fault(self, document: Path, context: Context, *, exact: bool) -> str:
        """What is wrong with the document, or nothing.

        Every cell must hold its figure or label, and the words must stand in their order;
        ``exact``: with their numbering, headings, title and sign-off, and nothing besides.
        """
        try:
            body = _body(document)
        except (OSError, KeyError, BadZipFile, etree.XMLSyntaxError) as error:
            return f"{document.name} not readable: {error}"
        wanted = [VALUE.sub(lambda tag: str(_at(context, tag[1])), text) for text in self._cells]
        if _cells(body) != wanted:
            return f"{document.name}: a cell differs"
        words = [text for text in map(_text, body.iterchildren(W + "p")) if text.strip()]
        if exact:
            lines = [line for line in self._lines(context) if line.strip()]
            return "" if words == lines else f"{document.name}: a paragraph differs"
        return _first_missing("".join(words), context)

    def _lines(self, context: Context) -> Iterator[str]:
        inside = condition = ""
        for paragraph in self._body.iterchildren(W + "p"):
            statement = statement_of(paragraph)
            if statement is None:
                if not inside and (not condition or _at(context, condition)):
                    text = VALUE.sub(lambda tag: _at(context, tag[1]), _text(paragraph))
                    yield text.partition("#}")[2] if text.startswith("{#") else text
                continue
            word, path = statement
            if word.startswith("for"):
                inside = path
                yield from (b["number"] + b["lead"] + b["text"] for b in context[path])
            elif word == "endfor":
                inside = ""
            elif not inside:
                condition = path


def _first_missing(words: str, context: Context) -> str:
    place = 0
    for name, blocks in context.items():
        for block in blocks if isinstance(blocks, list) else ():
            place = words.find(block["text"], place)
            if place < 0:
                return f"{name}: “{block['text'][:20]}” is missing"
    return ""


def _body(path: Path) -> etree._Element:
    with ZipFile(path) as package:
        return etree.fromstring(package.read(DOCUMENT))[0]


def _cells(body: etree._Element) -> list[str]:
    return [_text(cell) for cell in body.iter(W + "tc")]


def _text(element: etree._Element) -> str:
    """Text with its line breaks, which some engines put into the text element itself."""
    parts = []
    for node in element.iter(W + "t", W + "br"):
        parts.append("\n" if node.tag == W + "br" else node.text or "")
        inside = node.getparent()
        if node.tag == W + "br" and inside is not None and inside.tag == W + "t":
            parts.append(node.tail or "")
    return "".join(parts)


def _at(context: Context, path: str) -> Any:
    value: Any = context
    for part in path.split("."):
        value = value[part]
    return value
