"""How a wide rule reads documents that are counted in a list, as a part, or as published."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from gxgen.prose.claims.claim import Claim
from gxgen.prose.claims.lexicon import UNKNOWN, Wide, lexicon
from gxgen.prose.claims.readings import NOTHING, Found
from gxgen.prose.claims.wide import Window
from gxgen.prose.claims.work import Work

_PIECES = ("", "件", "份", "个", "部")
"""Measure words of documents; what is counted by 条 are items on a page."""
_PUT_OUT = re.compile("(?:公开|发布|公布)(?:[了的]|各类)?(?:信息)?$")
"""Words with which new documents, too, are published; 转发, 解读, 收录 and 备案 are of documents of
others, or of earlier years."""
_NEWLY = re.compile("(?:发布|公布)[了的]?$")
"""What is done with a document once, when it is new; 公开 is said of any page put on a website."""
_DEEDS = ("issue", "issue_publish", "publish", "receive", "accept", "repeal", "in_force", "lapsed")


def _said(work: Work, token: int) -> str:
    return work.sentence.text[work.tokens.starts[token] : work.tokens.ends[token]]


def _publishing(work: Work, begin: int, end: int) -> list[str]:
    """The words of publishing between two tokens."""
    publish, tags = lexicon().letters["publish"], work.tokens.tags
    return [_said(work, n) for n in range(begin, end) if tags[n] == publish]


def _all_put_out(words: list[str]) -> bool:
    return all(_PUT_OUT.search(word) for word in words)


def _listed(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """Documents in a list of which the first is said to be issued: 制发规章1件、规范性文件3件."""
    named = lexicon().letters[detail] in seen.left
    if not named or not _all_put_out(_publishing(work, at - len(seen.listed), at)):
        return NOTHING
    return work.readings.of(rule.name, rule.readings), 0


def _told(work: Work) -> Iterator[Claim]:
    """The numbers of documents told so far, and all that the sentence tells for certain."""
    yield from (found[0] for found in work.bound.values() if found[0].kind == "document")
    yield from (claim for _, claim in work.context.levels if claim.kind == "document")


def _published(work: Work, rule: Wide, at: int) -> Found:
    """What was published may be what was issued this year, or all that is in force, told again; it
    may be neither where the text says besides what was issued."""
    issued = {reading.expr for reading in work.readings.of(rule.name, rule.readings[:1])}
    if any({reading.expr for reading in claim.readings} == issued for claim in _told(work)):
        return NOTHING
    whole = work.tokens.numbers[at].unit in _PIECES
    return (work.readings.of(rule.name, rule.readings), 0) if whole else NOTHING


def _put_out(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """发布规范性文件3件, 公开《…》等规范性文件3件; not 公开规范性文件3件, of whatever year."""
    letters = lexicon().letters
    words = _publishing(work, at - len(seen.listed), at)
    newly = letters["newly_public"] in seen.left or "T" in seen.left
    newly = newly or any(_NEWLY.search(word) for word in words)
    named = letters[detail] in seen.near and seen.near.count(letters["publish"]) <= 1
    return _published(work, rule, at) if named and newly and _all_put_out(words) else NOTHING


def _part(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """Documents among those that were issued (发文20件，含规范性文件2件), or published."""
    tags, verbs = work.tokens.tags, {lexicon().letters[tag]: tag for tag in _DEEDS}
    begin = tags.rfind(";", 0, at) + 1
    if not any(begin <= n < seen.first for n in work.tokens.numbers):
        return NOTHING
    deed = next((n for n in range(seen.first - 1, begin - 1, -1) if tags[n] in verbs), -1)
    done = verbs[tags[deed]] if deed >= 0 else ""
    if done == "publish" and _PUT_OUT.search(_said(work, deed)):
        return _published(work, rule, at)
    issued = done in ("issue", "issue_publish") and work.tokens.numbers[at].unit in _PIECES
    return (work.readings.of(rule.name, rule.readings[::2]), 0) if issued else NOTHING


def _issued(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """What was issued, unless what is counted only has documents in its name: 规范性文件草案3件."""
    letters = lexicon().letters
    behind = seen.left[seen.left.rfind(letters["document"]) + 1 :]
    other = {UNKNOWN, letters["publish"], letters["paper"]}
    named = letters["document"] in seen.left and not other.isdisjoint(behind)
    return NOTHING if named else (work.readings.of(rule.name, rule.readings), 0)


def _issued_all(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """What was issued, unless documents are only a part of it: 发文20件（含规范性文件2件）."""
    letters, tags = lexicon().letters, work.tokens.tags
    clause = re.split("[,;:()]", tags[at + 2 :])[0] if tags[at + 1 : at + 2] in (",", "(") else ""
    parts = {letters["among"], letters["includes"]}
    divided = letters["document"] in clause and not parts.isdisjoint(clause)
    return NOTHING if divided else (work.readings.of(rule.name, rule.readings), 0)


def _lapsed(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    apart = lexicon().letters["repeal"] in work.tokens.tags
    return (work.readings.of(rule.name, rule.readings), 0) if not apart else NOTHING


OF_DOCUMENTS: dict[str, Callable[[Work, Wide, int, Window, str], Found]] = {
    "lapsed": _lapsed,
    "listed": _listed,
    "put_out": _put_out,
    "part": _part,
    "issued": _issued,
    "issued_all": _issued_all,
}
