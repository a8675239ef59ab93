"""Numbers that go on with what is not known: they count that, and no requests."""

from __future__ import annotations

import re
from dataclasses import replace

from gxgen.prose.claims.claim import Ring
from gxgen.prose.claims.lexicon import UNKNOWN, lexicon
from gxgen.prose.claims.surroundings import COUNTS
from gxgen.prose.claims.work import Work

_OWN_WORK = ("receive", "accept", "answer", "carry", "pending_work", "due")
"""Words of the agency's own work on requests: with one of them a number is no stranger."""
_STRANGE = ("elsewhere", "publish", "paper", "sanction")
"""Words of other work: whatever stands beside them, the number is one."""
_DISOWNED = re.compile(
    "(?:不涉及|不属于|均非|并非|不含)(?:政府|政务)?信息公开|信息公开(?:工作|事项)?(?:均)?无关"
)
"""Reviews and suits are told only to say that they are about other things."""
_OF_OTHERS = re.compile(
    "(?:均|都|全部)(?:为|系|是|因|由)[^,;]{0,12}(?:处罚|许可|强制|征收|举报处理|工伤|登记)"
)
"""The same of sentences that do not speak of disclosure."""


def _disowned(text: str) -> bool:
    return bool(_DISOWNED.search(text) or ("公开" not in text and _OF_OTHERS.search(text)))


def after_strangers(work: Work) -> None:
    """What goes on with a number of things that are not known (质疑函12件，答复12件) counts
    them; what stands in a list behind cases that may be of another kind (林权争议复议8宗、
    诉讼5宗) is not certain: unless requests were counted before or are named anew."""
    for at, found in sorted(work.bound.items()):
        case = found[0].kind in ("review", "suit")
        if case and (_disowned(work.sentence.text) or _beside_strange_cases(work, at)):
            work.forget(at)
            continue
        if _parts_of_strangers(work, at, found[0].kind):
            work.forget(at)
            continue
        if not _goes_on_with_strangers(work, at, found[0].kind):
            continue
        if _are_strangers(work, at):
            work.forget(at)
        else:
            work.bound[at] = [replace(one, ring=Ring.OUTER) for one in found]


def _parts_of_strangers(work: Work, at: int, kind: str) -> bool:
    """Whether a number is a part (其中) of a total that counts things that are not known."""
    tags, letters = work.tokens.tags, lexicon().letters
    begin = tags.rfind(";", 0, at) + 1
    if kind == "outcome" and _same_again(work, at):
        return True
    among = max(tags.rfind(letters[tag], begin, at) for tag in ("among", "within"))
    if among < 0 or kind not in ("requests", "carry", "outcome"):
        return False
    whole = max((n for n in work.tokens.numbers if begin <= n < among), default=-1)
    return whole >= 0 and tags[whole] in COUNTS and _is_strange(work, whole)


def _beside_strange_cases(work: Work, at: int) -> bool:
    """Whether suits or results follow, in the same sentence, reviews that are about other things
    (对举报处理不服申请复议的263件；提起诉讼的47件), with no word of disclosure since."""
    tags, letters = work.tokens.tags, lexicon().letters
    named = [n for n, tag in enumerate(tags[:at]) if tag in (letters["review"], letters["suit"])]
    begin = tags.rfind(";", 0, at)
    before = [n for n in named if n < begin]
    if not before or not {letters["topic"], letters["request"]}.isdisjoint(tags[before[-1] : at]):
        return False
    counted = [n for n in work.tokens.numbers if before[-1] < n < begin and tags[n] in COUNTS]
    shut = {letters["elsewhere"], letters["sanction"]}
    about = tags[tags.rfind(";", 0, before[-1]) + 1 : before[-1]]
    strange = not shut.isdisjoint(about)
    return strange and bool(counted) and not any(n in work.bound for n in counted)


def _are_strangers(work: Work, at: int) -> bool:
    """Whether words that are not known tell what a number before counts, and nothing that is known
    was counted since."""
    tags = work.tokens.tags
    begin = tags.rfind(";", 0, at) + 1
    before = [n for n in work.tokens.numbers if begin <= n < at and tags[n] in COUNTS]
    known = max((n for n in before if n in work.bound), default=-1)
    return any(_is_strange(work, n) for n in before if n > known)


def _is_strange(work: Work, at: int) -> bool:
    near, letters = work.window(at).near, lexicon().letters
    if letters["within"] in work.window(at).right:
        near += _told_before(work, at)
    if at in work.bound or letters["request"] in near or _told_again(work, at):
        return False
    known = any(letters[tag] in near for tag in _OWN_WORK) or work.rows_in(near)
    return any(letters[tag] in near for tag in _STRANGE) or (UNKNOWN in near and not known)


def _same_again(work: Work, at: int) -> bool:
    """Whether a number repeats the one directly before it, which counts what is not known: 有3件为
    同一人提出，3件均予以公开."""
    numbers = work.tokens.numbers
    before = max((n for n in numbers if n < at), default=-1)
    same = before >= 0 and before not in work.bound and numbers[before].low == numbers[at].low
    return same and not work.window(at).left and UNKNOWN in work.window(before).near


def _told_before(work: Work, at: int) -> str:
    """The words around the same number told before it: 涉及征地的12件，12件中公开8件."""
    numbers = work.tokens.numbers
    same = (n for n in numbers if n < at and numbers[n].low == numbers[at].low)
    return "".join(work.window(n).near for n in same if n not in work.bound)


def _told_again(work: Work, at: int) -> bool:
    """Whether a part of the sentence opens with a total told before: 10件均为档案查阅，公开8件."""
    tags, value = work.tokens.tags, work.tokens.numbers[at].low
    opens = not work.window(at).left and tags[at - 1 : at] in ("", ";")
    return opens and any(
        token < at and claim.quantity is not None and claim.quantity.low == value
        for token, claim in work.context.totals
    )


def _goes_on_with_strangers(work: Work, at: int, kind: str) -> bool:
    tags, letters = work.tokens.tags, lexicon().letters
    begin = tags.rfind(";", 0, at) + 1
    before = [n for n in work.tokens.numbers if begin <= n < at and tags[n] in COUNTS]
    if not before:
        return False
    between = tags[before[-1] + 1 : at]
    if not {letters["request"], letters["topic"]}.isdisjoint(between):
        return False
    last = work.bound.get(before[-1])
    if kind in ("review", "suit"):
        listed = "、" in between and (last is None or last[0].ring is Ring.OUTER)
        return listed or (last is None and _are_strangers(work, at))
    counted = (work.bound[n][0].kind for n in before if n in work.bound)
    return (
        kind in ("requests", "carry", "outcome", "share")
        and last is None
        and not any(one in ("requests", "carry", "outcome") for one in counted)
    )
