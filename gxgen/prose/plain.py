"""Plain text and Markdown files."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

from gxgen.diagnostics import Finding
from gxgen.places import FilePart
from gxgen.prose.raw import RawText

LARGEST = 5 * 1024 * 1024
"""Bytes; the longest report seen has a hundredth of it."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEADING = re.compile(r"(#{1,6})[ \t\u3000]+(.*?)(?:[ \t]+#+)?\s*")
_RULE = re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKUP = (
    (re.compile(r"!\[([^\]]*)\]\([^)\s]*\)"), "图片没有读入，只留下图名。", r"\1"),
    (
        re.compile(r"(?<!!)\[([^\]]+)\]\((?!\))([^)\s]+)\)"),
        "链接已改为“文字（网址）”的写法。",
        r"\1（\2）",
    ),
    (re.compile(r"^\s*[-*+][ \t]+(?=\S)"), "列表符号没有读入，文字已保留。", ""),
)
"""What Markdown marks, what is said of it, and what is kept in its stead."""
_TABLE_ROW = re.compile(r"\s*\|.*\|\s*")


def decode(data: bytes) -> str | None:
    """The text of UTF-8, UTF-16 with its mark, or GB18030 bytes; None where none of them fits.

    GB18030 reads almost any bytes as something, so a result with control or unassigned
    characters is not believed.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _try(data, encoding)
    text = _try(data, "utf-8")
    if text is not None:
        return text
    text = _try(data, "gb18030")
    return text if text is not None and all(map(_believable, text)) else None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _believable(character: str) -> bool:
    return character in "\t\r\n\f" or unicodedata.category(character) not in (
        "Cc",
        "Cn",
        "Co",
        "Cs",
    )


def read_plain(data: bytes, file: str, *, markdown: bool) -> RawText:
    """The lines of a text file; in Markdown with the depth of ``#`` headings."""
    raw = RawText(file)
    if len(data) > LARGEST:
        limit = LARGEST // 1024 // 1024
        raw.findings.append(
            Finding("GX052", f"{file} 超过 {limit} MB，不是一份报告的正文。", FilePart(file))
        )
        return raw
    text = decode(data)
    if text is None:
        raw.findings.append(
            Finding(
                "GX053",
                f"{file} 的文字编码既不是 UTF-8，也不是 GB18030，读不出来。",
                FilePart(file),
            )
        )
        return raw
    for line in _markdown(text, raw) if markdown else ((t, None) for t in text.splitlines()):
        raw.add(*line)
    return raw


def _markdown(text: str, raw: RawText) -> Iterator[tuple[str, int | None]]:
    """(text, depth) of each line; comments and rules are not text, rows of a table are told."""
    in_table = False
    for line in _COMMENT.sub("", text).splitlines():
        if _TABLE_ROW.fullmatch(line):
            if not in_table:
                raw.findings.append(_table_told(line, raw))
            in_table = True
            continue
        in_table = False
        if _RULE.fullmatch(line):
            continue
        heading = _HEADING.fullmatch(line)
        content = heading.group(2) if heading else line
        content = _BOLD.sub(r"\2", _without_marks(content, raw))
        yield content, len(heading.group(1)) if heading else None


def _without_marks(line: str, raw: RawText) -> str:
    """A line with its pictures, links and bullets as plain text; each is told."""
    for mark, said, kept in _MARKUP:
        found = mark.search(line)
        if found:
            line = mark.sub(kept, line)
            begin = found.group().strip()
            place = raw.next_place
            raw.findings.append(Finding("GX059", f"第{place.number}段的{said}", place, quote=begin))
    return line


def _table_told(line: str, raw: RawText) -> Finding:
    begin = line.strip(" |")[:20]
    return Finding(
        "GX055",
        f"{raw.file} 第{raw.next_place.number}段之前有一个表格（开头是“{begin}”），没有读入。",
        raw.next_place,
    )
