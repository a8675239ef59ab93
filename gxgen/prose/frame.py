"""What stands around the text of a finished report: its title, its sign-off, a site's furniture."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gxgen.editions.declared import EDITIONS
from gxgen.letters import squeezed
from gxgen.model.numbering import fold, section_of, written_number
from gxgen.prose.raw import EDGES, RawLine
from gxgen.prose.title import DATE, date_of, looks_like_agency, title_parts

_FILE_NAME = re.compile(r".*\.(?:docx?|pdf|wps|ofd|xlsx?|zip|rar|jpe?g|png)", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:您?(?:当前|现在|所在)?的?(?:当前|所在)?位置|网站首页|首页|返回首页|发布(?:时间|日期|机构|单位|人)|发文(?:时间|日期|机关)"
    r"|成文(?:时间|日期)|生成日期|公开(?:日期|方式|形式|时间)|日期|时间|来源|信息来源|文章来源|作者|编辑|责任编辑|审核|初审|终审"
    r"|签发|字体|字号|浏览(?:次数|量|数)?|阅读(?:次数|量|数)?|访问(?:量|次数)|点击(?:量|数|次数|率)|打印|关闭|收藏|分享|语音播报|无障碍"
    r"|扫一扫|扫码|上一[篇条]|下一[篇条]|附件|相关(?:链接|文章|附件|阅读)|版权所有|主办(?:单位)?|承办(?:单位)?|技术支持|网站标识码"
    r"|网站地图|联系我们|返回顶部|回到顶部|索引号|主题(?:分类|词)|信息分类|文号|发文字号|有效性|名称|信息名称|标题|copyright|©"
    r"|icp|保存|导出|【|〖|\[(?:打印|关闭|字体|大|中|小))",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r".*[>＞»›].*[>＞»›]|.*首页\s*[>＞»›/]")
_SURE = re.compile(
    r".*(?:icp备|公网安备|版权所有|copyright|扫一扫|点击下载|打印本页|关闭窗口|浏览次数|访问量)"
    r"|(?:责任编辑|编辑|审核|打印|关闭|分享到?|上一[篇条]|下一[篇条])(?:[:：\s|｜/【]|$)"
    r"|(?:https?://\S+|(?:【[^】]{1,8}】\s*)+|(?:\[[^\]]{1,8}\]\s*)+|[大中小\s]{3,7})$",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"[-—–－―‐~·]+\s*(\d{1,3})\s*[-—–－―‐~·]+|第\s*(\d{1,3})\s*页(?:[，,/\s]*共\s*\d{1,3}\s*页)?"
    r"|(\d{1,3})\s*/\s*\d{1,3}\s*页?|[Pp]age\s*(\d{1,3})(?:\s*of\s*\d{1,3})?"
)
_LABELLED = re.compile(r"[:：\s|｜/　]|$")

TITLE_LINES, NAME_LINES = 4, 3
HEAD_LINES = 30
TAIL_LINES = 20
FURNITURE_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Framed:
    """The text, and what was taken off around it.

    ``agencies``: names that the head gives, any of which may be the whole one; ``strange``: lines
    of the head that are no furniture that is known; ``under``: the agency named under the title.
    """

    body: list[RawLine]
    title: str | None
    sign_off: tuple[str, ...]
    furniture: tuple[RawLine, ...] = ()
    agencies: tuple[str, ...] = ()
    strange: tuple[RawLine, ...] = ()
    under: str | None = None


@dataclass(slots=True)
class _Head:
    start: int
    stop: int
    title: str
    agency: str
    agencies: list[str] = field(default_factory=list)


def unframe(lines: list[RawLine]) -> Framed:
    """Take off title, sign-off and what a web page or a printer adds around them."""
    limit = _head_limit(lines)
    head = _title(lines, limit)
    before = lines[: head.start if head else 0]
    name = None
    if head:
        under, name = _under(lines[head.stop : limit], head)
        body = lines[head.stop + len(under) :]
    else:
        under, body = _bare_head(lines, limit)
    if head and (longer := _signed_longer(before, head, body)):
        before.pop()
        head.agency = longer
        head.agencies.append(longer)
    strange = tuple(line for line in before if not is_furniture(line.text))
    furniture = [line for line in (*before, *under) if line not in strange and line.text != name]
    agency = head.agency if head else None
    body, tail, sign_off = _without_tail(body, agency)
    return Framed(
        body,
        head.title if head else None,
        sign_off,
        (*furniture, *tail),
        tuple(dict.fromkeys(head.agencies)) if head else (),
        strange,
        name,
    )


def is_furniture(text: str) -> bool:
    """Whether a line at a report's edge is a site's or a printer's and not the agency's."""
    if len(text) > FURNITURE_LENGTH or "。" in text:
        return False
    if is_surely_furniture(text) or _CRUMBS.match(text) or date_of(text):
        return True
    found = _FURNITURE.match(text)
    return found is not None and (
        text[:1] in "【〖[©" or bool(_LABELLED.match(text[found.end() :]))
    )


def is_surely_furniture(text: str) -> bool:
    """Whether a line is furniture wherever it stands."""
    return bool(_FILE_NAME.fullmatch(text) or _SURE.match(text)) or page_number(text) is not None


def page_number(line: str) -> int | None:
    """The number of a page that a line is and can be nothing else: ``- 3 -``, ``第 3 页``."""
    text = line.strip(EDGES)
    found = _PAGE.fullmatch(text) if len(text) < 20 else None
    return int(next(number for number in found.groups() if number)) if found else None


def _head_limit(lines: list[RawLine]) -> int:
    """The line at which the text begins: a section's title or a sentence."""
    edition = next(reversed(EDITIONS.values()))
    for at, line in enumerate(lines[:HEAD_LINES]):
        if section_of(edition, line.text) or "。" in line.text or len(line.text) > FURNITURE_LENGTH:
            return at
    return min(len(lines), HEAD_LINES)


def _title(lines: list[RawLine], limit: int) -> _Head | None:
    """The fewest lines that are a title, with the lines around that belong to it."""
    for size in range(1, TITLE_LINES + 1):
        for start in range(limit - size + 1):
            parts = title_parts(_joined(lines[start : start + size]))
            if parts and not any(map(_is_beside, lines[start : start + size])):
                return _extended(lines, limit, start, start + size, parts)
    return None


def _is_beside(line: RawLine) -> bool:
    """Whether a line is furniture and cannot be a title's part, as its date can."""
    if _CRUMBS.match(line.text):
        return True
    return is_furniture(line.text) and not title_parts(line.text) and not date_of(line.text)


def _joined(lines: list[RawLine]) -> str:
    return "".join(line.text for line in lines)


def _extended(
    lines: list[RawLine], limit: int, start: int, stop: int, parts: tuple[str, int | None]
) -> _Head:
    """The title with a year under it and the beginning of its agency's name above it."""
    agency, year = parts
    if stop < limit and year is None:
        longer = title_parts(_joined(lines[start : stop + 1]))
        if longer and longer[1] is not None and not longer[0].startswith("年"):
            stop, (agency, year) = stop + 1, longer
    agencies = [agency] if agency else []
    while start and stop - start < TITLE_LINES:
        above = lines[start - 1].text
        longer = None if is_furniture(above) else title_parts(_joined(lines[start - 1 : stop]))
        whole = len(agency) > 3 and looks_like_agency(agency)
        if longer is None or (whole and longer[1] == year):
            break
        start, (agency, year) = start - 1, longer
        if agency:
            agencies.append(agency)
    return _Head(start, stop, _joined(lines[start:stop]), agency, agencies)


def _under(lines: list[RawLine], head: _Head) -> tuple[list[RawLine], str | None]:
    """The lines under a title that are not yet the text, and the agency that one of them names."""
    taken: list[RawLine] = []
    name = None
    for line in lines:
        if looks_like_agency(line.text) and name is None and line.depth is None:
            name = line.text
            if not head.agency:
                head.agencies.append(name)
                head.agency = fold(name)
        elif not is_furniture(line.text) and title_parts(line.text) is None:
            break
        taken.append(line)
    return taken, name


def _bare_head(lines: list[RawLine], limit: int) -> tuple[list[RawLine], list[RawLine]]:
    """Furniture at the head of a text that has no title; a name with its date under it."""
    at = 0
    while at < limit:
        dated = at + 1 < limit and looks_like_agency(lines[at].text) and date_of(lines[at + 1].text)
        if not dated and not is_furniture(lines[at].text):
            break
        at += 2 if dated else 1
    return lines[:at], lines[at:]


def _without_tail(
    lines: list[RawLine], agency: str | None
) -> tuple[list[RawLine], list[RawLine], tuple[str, ...]]:
    """(the text, furniture behind the sign-off, the sign-off).

    What may be text as well (附件：…) goes only where a sign-off stands before it.
    """
    for known in (is_furniture, is_surely_furniture):
        end = len(lines)
        lowest = max(0, end - TAIL_LINES)
        while end > lowest and known(text := lines[end - 1].text) and not date_of(text):
            end -= 1
        body, sign_off = _take_sign_off(lines[:end], agency)
        if sign_off:
            break
    return body, lines[end:], sign_off


def sign_off_parts(lines: tuple[str, ...]) -> tuple[str | None, dt.date | None]:
    """(agency, date) that a sign-off names."""
    agency = next((line for line in lines if not DATE.fullmatch(squeezed(line))), None)
    return agency, next((date for line in lines if (date := date_of(line))), None)


def _signed_longer(before: list[RawLine], head: _Head, body: list[RawLine]) -> str | None:
    """The name that the line above a title begins, where the report is signed so, in lines too."""
    if not before or not head.agency:
        return None
    longer = before[-1].text + head.agency
    return fold(longer) if is_signed_in_lines(longer, [line.text for line in body]) else None


def is_signed_in_lines(agency: str, lines: list[str]) -> bool:
    """Whether among the last lines there is the agency's name, broken over two or three."""
    tail, name = lines[-TAIL_LINES:], fold(agency)
    return any(_name_ends(tail[:end], name) for end in range(2, len(tail) + 1))


def _name_ends(lines: list[str], agency: str | None) -> int:
    """Over how many of the last lines the agency's name is broken; 0 if it is not."""
    many = range(2, min(NAME_LINES, len(lines)) + 1)
    return next((n for n in many if agency and fold("".join(lines[-n:])) == agency), 0)


def _take_sign_off(
    lines: list[RawLine], agency: str | None
) -> tuple[list[RawLine], tuple[str, ...]]:
    if not lines:
        return lines, ()
    last = squeezed(lines[-1].text)
    date = next(_dates_at_end(last), None)
    if date is None:
        if many := _name_ends([line.text for line in lines[-NAME_LINES:]], agency):
            return lines[:-many], ("".join(line.text for line in lines[-many:]),)
        signs = _signs(lines[-1].text, agency, alone=True)
        return (lines[:-1], (lines[-1].text,)) if signs else (lines, ())
    before = last[: date.start()]
    if before:
        signed = (before, date.group())
        return (lines[:-1], signed) if _signs(before, agency, alone=True) else (lines, ())
    if many := _name_ends([line.text for line in lines[-1 - NAME_LINES : -1]], agency):
        name = "".join(line.text for line in lines[-1 - many : -1])
        return lines[: -1 - many], (name, lines[-1].text)
    if len(lines) > 1 and _signs(lines[-2].text, agency, alone=False):
        return lines[:-2], (lines[-2].text, lines[-1].text)
    return lines[:-1], (lines[-1].text,)


def _dates_at_end(text: str) -> Iterator[re.Match[str]]:
    return (found for found in DATE.finditer(text) if found.end() == len(text))


def _signs(text: str, agency: str | None, *, alone: bool) -> bool:
    """Whether a line is the signing agency; without a date below it, it must be the title's."""
    if agency and fold(text) == agency:
        return True
    if any(not c.isalnum() and not c.isspace() for c in text) or written_number(text):
        return False
    return (not alone or not agency) and looks_like_agency(text)
