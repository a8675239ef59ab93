"""Plain text and Markdown: a block for each line, its tabs and bars left in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from gxgen.diagnostics import Finding, Side
from gxgen.letters import SHAPELESS, ordinary
from gxgen.places import FilePart, TextLine
from gxgen.prose.raw import EDGES
from gxgen.prose.reflow import Reflowed, reflow
from gxgen.published.blocks import MOST_CHARACTERS, Para, RefusedError, Source
from gxgen.published.charset import Decoded, decode
from gxgen.published.labels import TABLES, label_of

_MARKED = re.compile(r"(#{1,6})[ \t]+(\S.*)")
_RULE = re.compile(r"[-*_=\s|:｜+]{3,}")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"(!?)\[([^\[\]]{0,200})\]\([^()\s]{0,500}\)|<(https?://[^<>\s]{1,300})>")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_NUMBERS_BEHIND = re.compile(r"(?:[\s,，]|[^\d\W])\d[\d.]*$")
_LONGEST_LABEL = 60
_CONTROL = re.compile(f"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f{SHAPELESS}]")


def read_text(data: bytes, file: str) -> Source:
    """The lines of a text file.

    Raises:
        RefusedError: it says more than any report.
    """
    decoded = decode(data)
    source = Source(file, findings=[*charset_findings(decoded, file)])
    if len(decoded.text) > MOST_CHARACTERS:
        limit = MOST_CHARACTERS // 10_000
        raise RefusedError("GX802", f"{file} 的文字超过{limit}万字，没有读。", file)
    lines = [_CONTROL.sub("", line) for line in ordinary(decoded.text).splitlines()]
    markdown = sum(bool(_MARKED.match(line)) for line in lines) > 1
    done = Reflowed(list(lines)) if markdown else _rejoined(lines)
    source.findings += _reflowed(done, file)
    for number, line in _numbered(lines, done.lines):
        text, depth = _unmarked(line) if markdown else (line, None)
        if text.strip(EDGES) and not _RULE.fullmatch(text):
            source.blocks.append(Para(text, TextLine(file, number), depth))
    return source


def _rejoined(lines: Sequence[str]) -> Reflowed:
    """The lines with those joined that a page's edge broke; a table's rows stay what they are."""
    done = Reflowed([])
    for is_row, stretch in groupby(lines, key=_is_row):
        own = list(stretch)
        part = Reflowed(own) if is_row else reflow(own)
        done.lines += part.lines
        done.joined += part.joined
    return done


def _is_row(line: str) -> bool:
    """Whether a line holds cells of a table: signs between them, numbers behind, or a label."""
    text = line.strip(EDGES)
    return bool(text) and (
        "\t" in text
        or "|" in text
        or _NUMBERS_BEHIND.search(text) is not None
        or (len(text) < _LONGEST_LABEL and any(label_of(text, table) for table in TABLES))
    )


def charset_findings(decoded: Decoded, file: str) -> Iterator[Finding]:
    """What is to be said of how a file is encoded."""
    if decoded.damaged:
        message = (
            f"{file} 里有 {decoded.damaged} 处字节已损坏，读作“\ufffd”；请对照原报告补上这些字。"
        )
        yield Finding("GX818", message, FilePart(file), side=Side.DAMAGE)


def _numbered(lines: Sequence[str], made: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each line that was made with the number of the one that it begins with."""
    at = 0
    for line in made:
        while at < len(lines) - 1 and not line.startswith(lines[at].rstrip(EDGES) or "\0"):
            if not line.strip(EDGES) and not lines[at].strip(EDGES):
                break
            at += 1
        yield at + 1, line
        at = min(at + 1, len(lines) - 1)


def _reflowed(done: Reflowed, file: str) -> Iterator[Finding]:
    if done.joined:
        message = f"{file} 有 {done.joined} 处在版心右边断开的行，已接回原来的段落。"
        yield Finding("GX819", message, FilePart(file), side=Side.READING)


def _unmarked(line: str) -> tuple[str, int | None]:
    """A line of Markdown without its marks, and the depth of a heading."""
    found = _MARKED.match(line.strip(EDGES))
    text, depth = (found[2].rstrip("# "), len(found[1])) if found else (line, None)
    text = _LINK.sub(lambda link: link[3] or ("" if link[1] else link[2]), text)
    text = _EMPHASIS.sub(r"\2", text)
    return _ESCAPED.sub(r"\1", text.removesuffix("\\")), depth
