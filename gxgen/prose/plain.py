"""Plain text and Markdown files."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

from gxgen.diagnostics import Finding
from gxgen.opc.limits import MIB, PLAIN
from gxgen.places import FilePart
from gxgen.prose.frame import page_number
from gxgen.prose.raw import MOST_LINES, RawText, TooLongError
from gxgen.prose.reflow import Reflowed, reflow

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MARKED = re.compile(r"#{1,6}[ \t]+\S")
_COMMON = re.compile("[\t\n\r -~\u2010-\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_ENOUGH = 0.9
"""Share of common characters that makes UTF-16 of bytes without a mark."""


def decode(data: bytes) -> str | None:
    """The text of UTF-8, UTF-16 or GB18030 bytes; None where none of them fits.

    GB18030 reads almost any bytes as something, so a result with control or unassigned
    characters is not believed.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _try(data, encoding)
    text = _try(data, "utf-8")
    if text is not None and 3 * data.count(0) <= len(data):
        return text
    if 0 in data:
        return text if text is not None and not _utf16(data) else _utf16(data)
    text = _try(data, "gb18030")
    return text if text is not None and all(map(_believable, text)) else None


def _utf16(data: bytes) -> str | None:
    """The text of UTF-16 without its mark: every line break in it has a zero byte."""
    texts = [text for name in ("utf-16-le", "utf-16-be") if (text := _try(data, name))]
    best = max(texts, key=lambda text: len(_COMMON.findall(text)), default="")
    return best if best and len(_COMMON.findall(best)) >= _ENOUGH * len(best) else None


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
    """The lines of a text file; in Markdown with the depth of ``#`` headings.

    Raises:
        TooLongError: it says more than any report.
    """
    raw = RawText(file)
    if len(data) > PLAIN:
        limit = PLAIN // MIB
        raw.findings.append(
            Finding("GX052", f"{file} 超过 {limit} MB，不是一份报告的正文。", FilePart(file))
        )
        return raw
    text = decode(data)
    if max(data.count(b"\n"), data.count(b"\r")) > MOST_LINES:
        raise TooLongError(f"超过{MOST_LINES}行")
    if text is None:
        raw.findings.append(
            Finding(
                "GX053",
                f"{file} 的文字编码既不是 UTF-8，也不是 GB18030，读不出来。",
                FilePart(file),
            )
        )
        return raw
    lines = text.splitlines()
    if markdown or sum(bool(_MARKED.match(line)) for line in lines) > 1:
        from gxgen.prose.markdown import read_markdown

        pages = [line.strip() for line in lines if page_number(line) is not None]
        read_markdown("\n".join(x for x in lines if page_number(x) is None), raw)
        raw.findings += _reflowed(Reflowed([], pages=pages), file)
        return raw
    done = reflow(lines)
    for line in done.lines:
        raw.add(line)
    raw.findings += _reflowed(done, file)
    return raw


def _reflowed(done: Reflowed, file: str) -> Iterator[Finding]:
    """What was done about a page's edge, once a file."""
    said = []
    if done.joined:
        said.append(f"有 {done.joined} 处在版心右边断开的行，已接回原来的段落")
    if done.pages:
        shown = "、".join(f"“{page}”" for page in done.pages[:5])
        said.append(f"行间的页码{shown}{'等' if len(done.pages) > 5 else ''}没有读入")
    if said:
        yield Finding("GX059", f"{file} {'；'.join(said)}。", FilePart(file))
    if done.split_numbers:
        shown = "、".join(f"“{number}”" for number in done.split_numbers[:5])
        message = f"{file} 断行处的数{shown}，看不出是一个数还是两个数、是不是页码；请核对。"
        yield Finding("GX095", message, FilePart(file), quote=done.split_numbers[0])
