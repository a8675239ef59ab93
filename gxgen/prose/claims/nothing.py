"""Statements that there was nothing: what a negation denies, whatever the order of its words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from gxgen.prose.claims.lexicon import SHAPES, lexicon, tag_of
from gxgen.prose.claims.readings import MAIN_ROWS
from gxgen.prose.claims.tokens import NUMBERS

_ENDS = ",;()"
_DENIALS = ("no_receive", "no", "no_issue", "no_repeal", "no_decide", "no_charge", "no_carry")
_OBJECTS = {
    "review": ("reconsideration",),
    "suit": ("direct+after",),
    "both": ("reconsideration", "direct+after"),
    "licensing": ("disclosure.licensing.decisions",),
    "penalties": ("disclosure.penalties.decisions",),
    "coercive_measures": ("disclosure.coercive_measures.decisions",),
    "fees": ("disclosure.fees.amount",),
}
_OTHER = (
    "publish",
    "elsewhere",
    "cumulative",
    "unsettled",
    "upheld",
    "corrected",
    "accept",
    "in_time",
    "channel",
    "written",
    "overdue",
)


Denial = tuple[int, int, int, tuple[str, ...]]


@lru_cache(maxsize=SHAPES)
def denials(tags: str) -> tuple[Denial, ...]:
    """Each negation with the first and last token of its clause and the sums that it says are 0
    (``|`` for one of them)."""
    return () if _names().keys().isdisjoint(tags) else tuple(_denials(tags))


def _denials(tags: str) -> Iterator[Denial]:
    letters, names = lexicon().letters, _names()
    for at, tag in enumerate(tags):
        if tag not in names:
            continue
        last = _end(tags, at)
        words = tags[at + 1 : last + 1]
        begin = _begin(tags, at)
        first = at
        if names[tag] == "no_carry" or letters["carry"] in words:
            first, words = begin, tags[begin:at] + words
        denied = _denied(names[tag], words) or _of_documents(names[tag], tags, at, last)
        if not denied and last == at:
            first = begin
            denied = _denied(names[tag], tags[first:at])
        if denied:
            yield at, first, last, denied


def _of_documents(denial: str, tags: str, at: int, last: int) -> tuple[str, ...]:
    """废止规范性文件1件，未新制发: what the clauses before have named."""
    letters = lexicon().letters
    known = {letters[tag] for tag in ("filler", "when", "now", "issue")}
    if denial != "no_issue" or set(tags[at + 1 : last + 1]) - known:
        return ()
    document, rules = (tags.rfind(letters[tag], 0, at) for tag in ("document", "rules"))
    return (_ISSUED,) if document > rules else ()


@cache
def _names() -> dict[str, str]:
    """The negations by their letters."""
    return {lexicon().letters[tag]: tag for tag in _DENIALS}


def _end(tags: str, at: int) -> int:
    last = at
    while last + 1 < len(tags) and tags[last + 1] not in _ENDS + NUMBERS:
        last += 1
    return last


def _begin(tags: str, at: int) -> int:
    first = at
    while first and tags[first - 1] not in _ENDS + NUMBERS:
        first -= 1
    return first


def _denied(denial: str, words: str) -> tuple[str, ...]:
    said = {tag_of(letter) or letter for letter in words}

    def has(*tags: str) -> bool:
        return not said.isdisjoint(tags)

    if denial == "no_charge" and not has("fees"):
        return ("handling_fee",)
    if has("charge") and not has("fees"):
        return ()
    if has("other_ones"):
        return ()
    if has(*_DECISIONS) and has("review", "suit", "both") and not _in_list(words):
        return ()  # 没有对处罚不服的复议
    if denial == "no_receive" and has("carry", *lexicon().rows):
        return ()
    if denial == "no_carry" or (has("carry") and not has("review", "suit", "both")):
        return () if has("elsewhere", "cumulative") else _carried(words)
    if has(*_OTHER):
        return ()
    if denial == "no" and has("pending_work"):
        return ("carried_out",)
    if denial == "no_repeal" or (has("repeal") and not has("issue")):
        if has("rules") and not has("document"):
            return ("disclosure.rules.repealed",)
        return ("disclosure.normative_documents.repealed",)
    if has("document"):
        issued = denial in ("no_issue",) or has("issue")
        if has("in_force"):
            return () if issued or has("other_ones", ".") else (_IN_FORCE,)
        return (_ISSUED,) if issued else ()
    if has("rules"):
        return ("disclosure.rules.in_force",)
    out = [one for tag, own in _OBJECTS.items() if has(tag) for one in own]
    if not out and denial == "no":
        blocks = tuple(f"requests.{tag}" for tag in MAIN_ROWS if has(tag))
        if blocks:
            return blocks
    if has("request") and (not out or _listed(words)):
        out.insert(0, "received")
    return tuple(dict.fromkeys(out))


_IN_FORCE = "disclosure.normative_documents.in_force"
_ISSUED = "disclosure.normative_documents.issued|disclosure.normative_documents.produced"
_DECISIONS = ("licensing", "penalties", "coercive_measures", "sanction")


def _in_list(words: str) -> bool:
    return "、" in words or lexicon().letters["and"] in words


def _carried(words: str) -> tuple[str, ...]:
    letters = lexicon().letters
    into = "X" in words or letters["next"] in words
    out_of = "L" in words or letters["last"] in words
    if into == out_of:
        return ("carried_out|carried_in",)
    return ("carried_out",) if into else ("carried_in",)


def _listed(words: str) -> bool:
    """Whether a request is denied beside a review or suit, not named as what these are about."""
    letters = lexicon().letters
    at = words.index(letters["request"])
    if letters["cause"] in words[:at]:
        return False
    case = min(
        (words.index(letters[tag]) for tag in ("review", "suit", "both") if letters[tag] in words),
        default=len(words),
    )
    between = words[at:case]
    return case < at or "、" in between or letters["and"] in between
