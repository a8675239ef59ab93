"""Where lines are broken: a long agency's name, and what must stand on one line.

A name stands in few lines of like length, and is never broken inside a word. Telephone numbers,
short addresses, spans of years and the numbers of official documents stay whole. What is longer
than a line can spare breaks after its own signs, else the line before it would be torn apart.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, pairwise

MOST_LINES = 3
EXTRA_LINE, EDGE, UNKNOWN, SPLIT = 12.0, 3.0, 6.0, 30.0
"""What a line more than needed costs, and a break beside a word, anywhere, and inside a word."""

LONGEST = 16
"""Characters, half as wide as Chinese ones: a longer word would leave a quarter of a line empty."""

OPENING = "（《〈“‘〔【「『〖［([{"
CLOSING = "）》〉”’〕】」』〗］)]}，。、；：！？,;:!?"
NOT_FIRST = CLOSING + ".…—·～％‰℃%々"
"""Signs that open, and ones that close; a line ends in none of the first and begins with none of
the last."""
DASHES = ("——", "……")
"""Signs of two characters that stand on one line."""

YEAR_NUMBER = "〔[12][0-9]{3}〕第?[0-9]{1,6}号"
NUMBER = f"(?:(?![据照按由经以和与及的是为至《])[一-鿿]){{0,8}}{YEAR_NUMBER}"
"""The number of an official document: 国办公开办函〔2021〕30号."""
_WORD = re.compile(f"(?P<number>{NUMBER})|[!-~]+(?:[－–—][!-~]+)*")
"""Such a number, or a word that is not Chinese."""
_BREAKS = re.compile("[0-9A-Za-z](?:[-－–—@]|://)[0-9A-Za-z]")
"""Where some program would break a word."""
_SIGNS = "[-/.@?&=_－–—]"
_PART_OF_WORD = re.compile(f"(?:(?!{_SIGNS}).){{1,{LONGEST}}}{_SIGNS}{{0,3}}|{_SIGNS}{{1,3}}")
"""A long word up to its next sign; without one, as much as stands on one line."""

PART = re.compile(
    "[省县旗盟镇乡](?![长场政民])|(?<!城)市(?![长场政民])|区(?!域|划|块|级)|州(?!区)|街道(?!办)|局|委员会|办事处|办公[室厅]|中心|处(?!理|置)|所|"
    "站|[法学医研检]院|管委会|委(?!员|托|办)|(?<!社)会(?!计|议|展|保)|政府|厅|部(?!门|队|分)|分局|大队|支队|集团|公司|"
    "和(?!平|谐|田|顺|县)|[、及与]|开发区|园区|示范区"
)
"""After which an agency's name falls into parts of its own."""

WORDS = re.compile(
    "住房和城乡建设|自然资源和规划|人力资源和社会保障|文化和旅游|发展和改革|综合行政执法|市场监督管理|"
    "人民政府|办公[室厅]|办事处|委员会|管理委|街道|中心|综合|行政|执法|审批|服务|管理|监督|市场|住房|城乡|城市|建设|规划|"
    "自然|资源|人力|社会|保障|发展|改革|教育|体育|科学|技术|工业|信息化?|农业|农村|水利|卫生|健康|文化|旅游|"
    "广播|电视|生态|环境|交通|运输|应急|退役|军人|事务|机关|公共|医疗|审计|统计|财政|民政|司法|公安|商务|"
    "投资|促进|金融|国有|资产|监管|大数据|数据|林业|园林|海洋|渔业|知识|产权|药品|食品|质量|政务|公开|"
    "经济|技术|开发|高新|产业|示范|园区|试验|保税|新区|合作|区域|气象|地震|档案|文物|宗教|民族|外事|侨务|"
    "乡村|振兴|粮食|物资|储备|能源|供销|总社|联合|残疾|红十字|消防|救援|大队|支队|分局|集团|公司|研究|学院|"
    "大学|医院|学校|中学|小学|信访|机构|编制|接待|仲裁|劳动|就业|保险|公积金|住宅|房产|房地产|征收|"
    "地方|历史|博物馆|图书馆|文化馆|体育馆|事业|发射|指挥|调度|预防|控制|疾病|动物|植物|检疫|检验|检测"
)


_HALVES = re.compile("[\x00-\xb6\xb8-\u2013\u2015-\u2017\u201a\u201b\u201e-\u2025\u2027-\u2e7f]+")
"""What a Latin font sets: none of “ ” ‘ ’ — … · is."""


def em_width(text: str) -> float:
    """Width in Chinese characters; what a Latin font sets counts half."""
    return len(text) - 0.5 * sum(map(len, _HALVES.findall(text)))


@lru_cache(maxsize=1024)
def balanced(name: str, width: int) -> tuple[str, ...]:
    """The name in lines of at most ``width``, broken between parts and of like length.

    As few lines as it needs; one more, up to three, where fewer would cut a word.
    """
    least = max(1, math.ceil(em_width(name) / width))
    if least == 1:
        return (name,)
    penalties = _penalties(name)
    best: tuple[float, tuple[int, ...]] = (math.inf, ())
    for count in range(least, max(least, MOST_LINES) + 1):
        if best[0] >= SPLIT:
            extra = EXTRA_LINE * (count - least)
            found = (
                (_cost(name, c, width, penalties) + extra, c) for c in _cuts(name, count, width)
            )
            best = min(best, *found)
    if best[0] == math.inf:
        return _filled(name, width)
    return tuple(name[a:b] for a, b in pairwise((0, *best[1], len(name))))


def _cuts(name: str, count: int, width: int) -> Sequence[tuple[int, ...]]:
    """Every way to break a name; a very long one is broken near equal lengths only."""
    if count <= MOST_LINES and len(name) <= MOST_LINES * width:
        return list(combinations(range(1, len(name)), count - 1))
    return [tuple(round(len(name) * n / count) for n in range(1, count))]


def _cost(name: str, cuts: tuple[int, ...], width: int, penalties: list[float]) -> float:
    widths = [em_width(name[a:b]) for a, b in pairwise((0, *cuts, len(name)))]
    if max(widths) > width:
        return math.inf
    target = sum(widths) / len(widths)
    return sum(penalties[at] for at in cuts) + max(abs(w - target) for w in widths)


def _penalties(name: str) -> list[float]:
    """For each place between two characters, what it costs to break there."""
    out = [UNKNOWN] * (len(name) + 1)
    for found in WORDS.finditer(name):
        out[found.start()], out[found.end()] = (min(out[at], EDGE) for at in found.span())
    for found in PART.finditer(name):
        out[found.end()] = 0
    for found in re.finditer("[（《“]", name):
        out[found.start()], out[found.end()] = 0, SPLIT
    for found in re.finditer("[）》”、，]", name):
        out[found.start()] = SPLIT
    for found in (*WORDS.finditer(name), *re.finditer("[0-9A-Za-z]+", name)):
        out[found.start() + 1 : found.end()] = [SPLIT] * (len(found.group()) - 1)
    return out


def _filled(name: str, width: int) -> tuple[str, ...]:
    """Line after line as full as it gets."""
    at = next((n for n in range(len(name), 1, -1) if em_width(name[:n]) <= width), 1)
    return (name[:at], *(_filled(name[at:], width) if name[at:] else ()))


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and whether each must stand on one line; joined they are the text.

    A line may be broken between two that must.
    """
    at = 0
    for found in _WORD.finditer(text):
        if parts := _unbroken(found):
            if at < found.start():
                yield text[at : found.start()], False
            yield from ((part, True) for part in parts)
            at = found.end()
    if at < len(text):
        yield text[at:], False


def _unbroken(word: re.Match[str]) -> list[str]:
    """What of a word must stand on one line; nothing where no program would break it."""
    if word["number"] is not None or len(word[0]) <= LONGEST:
        return [word[0]] if word["number"] or _BREAKS.search(word[0]) else []
    return _PART_OF_WORD.findall(word[0])
