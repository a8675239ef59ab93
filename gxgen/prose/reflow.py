"""Text copied from a PDF: lines broken at the page's edge and numbers of pages between them.

A line is joined to the next only where the file as a whole is broken at one right edge, the line
reaches it, ends in no sentence's end, and what follows begins nothing of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from gxgen.editions.declared import EDITIONS
from gxgen.model.numbering import section_of, written_number
from gxgen.opc.limits import LINE
from gxgen.prose.frame import page_number
from gxgen.prose.raw import EDGES
from gxgen.prose.tables import is_figure, is_label

NARROWEST = 36
"""Columns of the narrowest page that is taken for one; a Chinese character has two."""
SLACK = 4
"""Columns that a full line may lack: no line begins with a comma, and figures are narrow."""
FEWEST = 5
"""Full lines that end inside a sentence, at least."""
SHARE = 0.4
"""Of the lines of prose, how many reach the edge."""
_BARE = re.compile(r"\d{1,3}")
_ENDS = tuple("。！？：；!?:;")
_CLAUSE = re.compile("[，。；：、,;:]")
_COMMA = re.compile("[，。；]")
_UNIT = re.compile(
    r"[条件份次个项篇名人月日年万亿千百余元%％℃°号期场起宗部家处例批届天小组张页户所辆台．.、，。；）)]"
)
_LISTED = re.compile(
    r"(?:[-*•●·■◆]|[①-⑳]|[一二三四五六七八九十]是|第[一二三四五六七八九十]+[，、])"
)
_GAP = re.compile(r"[\s\u4e00-\u9fff]")
_HEAD = 400
"""Characters of a joined paragraph that tell whether it is a heading, a row, an address."""
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(slots=True)
class Reflowed:
    """Lines as they were meant, and what was done: joined lines, removed numbers, doubts."""

    lines: list[str]
    joined: int = 0
    pages: list[str] = field(default_factory=list)
    split_numbers: list[str] = field(default_factory=list)


def reflow(lines: Sequence[str]) -> Reflowed:
    """Join what a page's edge broke; remove page numbers."""
    done = Reflowed([])
    lines = _without_pages(lines, done)
    edge = _edge(lines)
    if edge:
        lines = _without_bare_pages(lines, edge, done)
    open_at: int | None = None
    blank = False
    for line in lines:
        text = line.strip(EDGES)
        if not text:
            blank = True
            done.lines.append(line)
            continue
        if open_at is not None and _BARE.fullmatch(text):
            done.split_numbers.append(text)
        if open_at is not None and _goes_on(line, done.lines[open_at], blank):
            done.lines[open_at] = _join(done.lines[open_at], text, done)
            done.joined += 1
        else:
            done.lines.append(line)
            open_at = len(done.lines) - 1
        long = open_at is not None and len(done.lines[open_at]) > LINE
        if long or not edge or not _reaches(line, edge) or text.endswith(_ENDS):
            open_at = None
        blank = False
    return done


def _without_pages(lines: Sequence[str], done: Reflowed) -> Sequence[str]:
    pages = [line.strip(EDGES) for line in lines if page_number(line) is not None]
    if not pages:
        return lines
    done.pages += pages
    return [line for line in lines if page_number(line) is None]


def _width(text: str) -> int:
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def _edge(lines: Sequence[str]) -> int:
    """The right edge at which lines are broken, in columns; 0 where there is none."""
    widths = [
        (_width(line.rstrip(EDGES)), line.rstrip(EDGES))
        for line in lines
        if "\t" not in line.strip() and "|" not in line
    ]
    prose = [
        (w, text)
        for w, text in widths
        if (w >= NARROWEST or _CLAUSE.search(text)) and not _is_heading(text.strip(EDGES))
    ]
    count = Counter(w for w, text in prose if w >= NARROWEST)
    best = max(
        count, key=lambda w: (sum(count[w - slack] for slack in range(SLACK + 1)), w), default=0
    )
    full = [text for w, text in prose if best - SLACK <= w <= best]
    inside = [text for text in full if not text.endswith(_ENDS)]
    beyond = sum(w > best + SLACK for w, _ in prose)
    prosy = sum(bool(_COMMA.search(text)) for text in inside)
    if (
        len(inside) < FEWEST
        or 3 * prosy < len(inside)
        or len(full) < SHARE * len(prose)
        or beyond > len(full) // 4
    ):
        return 0
    return best if 2 * len(inside) >= len(full) else 0


def _reaches(line: str, edge: int) -> bool:
    return edge - SLACK <= _width(line.rstrip(EDGES)) <= edge + SLACK


def _goes_on(line: str, before: str, blank: bool) -> bool:
    """Whether a line continues the one before, which reached the edge inside a sentence."""
    text = line.strip(EDGES)
    before = before.strip(EDGES)[:_HEAD]
    if _is_row(text) or _is_row(before) or _is_title(before) or _is_title(text):
        return False
    if _is_heading(before):
        # A heading's own rest is short and holds no sentence.
        return not (blank or _begins(line)) and len(text) < 12 and not _CLAUSE.search(text)
    return not _begins(line)


def _begins(line: str) -> bool:
    """Whether a line begins something of its own: an indent, a number, a sign of a list."""
    indented = line[:1] in "\u3000\t" or line[:2] == "  "
    text = line.strip(EDGES)
    return indented or written_number(text) is not None or bool(_LISTED.match(text))


def _is_title(text: str) -> bool:
    return any(section_of(edition, text) for edition in EDITIONS.values())


def _is_heading(text: str) -> bool:
    return written_number(text) is not None and not _CLAUSE.search(
        text[len(number.token) :] if (number := written_number(text)) else text
    )


def _is_row(text: str) -> bool:
    return "\t" in text or "|" in text or "｜" in text or is_label(text) or is_figure(text)


def _join(before: str, after: str, done: Reflowed) -> str:
    before = before.rstrip(EDGES)
    if before[-1:].isdecimal() and after[:1].isdecimal():
        done.split_numbers.append(before[-8:] + after[:8])
    words = _LATIN.match(before[-1:]) and _LATIN.match(after)
    address = words and _is_address(before[-_HEAD:])
    return f"{before} {after}" if words and not address else before + after


def _is_address(text: str) -> bool:
    """Whether a text ends in a word with a sign of an address in it: ``www.a``."""
    last = _GAP.split(text)[-1]
    return any(sign in last for sign in "/.@:_-")


def _without_bare_pages(lines: Sequence[str], edge: int, done: Reflowed) -> list[str]:
    """Without numbers alone between a line that is open and its rest, counted up by one."""
    filled = [at for at, line in enumerate(lines) if line.strip(EDGES)]
    found: list[int] = []
    for here, at in enumerate(filled):
        text = lines[at].strip(EDGES)
        if not _BARE.fullmatch(text) or not 0 < here < len(filled) - 1:
            continue
        before, after = lines[filled[here - 1]], lines[filled[here + 1]]
        rest = after.strip(EDGES)
        if _is_row(before.strip(EDGES)) or _is_row(rest) or _UNIT.match(rest):
            continue
        if _reaches(before, edge) or before.rstrip(EDGES).endswith(_ENDS):
            last = int(lines[found[-1]].strip(EDGES)) if found else int(text) - 1
            if int(text) == last + 1 and (found or int(text) < 4):
                found.append(at)
    if len(found) == 1 and not _reaches(lines[filled[filled.index(found[0]) - 1]], edge):
        found = []
    done.pages += [lines[at].strip(EDGES) for at in found]
    gone = set(found)
    return [line for at, line in enumerate(lines) if at not in gone]
