"""Shares, changes and last year's numbers: how a wide rule reads a number beside others."""

from __future__ import annotations

from collections.abc import Callable

from gxgen.prose.claims.claim import Claim, Expr, Form, Reading
from gxgen.prose.claims.lexicon import UNKNOWN, Wide, lexicon, tag_of
from gxgen.prose.claims.readings import NOTHING, Found, Terms
from gxgen.prose.claims.surroundings import COUNTS, MAIN
from gxgen.prose.claims.wide import Window
from gxgen.prose.claims.work import Work

_OF_REQUESTS = ("申请的", "新收", "办结", "答复")
"""What a share of the requests is said to be a share of: 复议8件，占新收申请的20%."""
_THINGS = COUNTS | {"$", "q"}
"""The letters of numbers that are compared themselves; shares and multiples are not."""
COLUMNS = frozenset(
    ("individual", "organisations", "company", "research", "charity", "legal_service")
)
ANY_TOTAL = ("received", "received+carried_in", "processed")
_SUBJECTS = {
    "review": ("reconsideration",),
    "suit": ("direct+after",),
    "in_force": ("disclosure.normative_documents.in_force",),
    "penalties": ("disclosure.penalties.decisions",),
    "licensing": ("disclosure.licensing.decisions",),
    "receive": ("received", "received+carried_in"),
    "answer": ("processed",),
    "request": ("received", "received+carried_in", "processed"),
}
"""What a clause may name that is compared; of several the first counts."""


def earlier(work: Work, at: int) -> list[Claim]:
    """The number told last, and the first and the last total."""
    shut = {n for n in work.tokens.numbers if n < at and work.shut_off(n, at)}
    shut |= _by_channel(work, at)
    before = max((n for n in work.tokens.numbers if n < at and n not in shut), default=-1)
    if before in work.bound and work.bound[before][0].year == work.year - 1:
        told = work.bound[before][0]  # 上年新收2件，本年减少2件
        if all(token < 0 for token, _ in work.context.levels):
            return [told] if told.readings[0].expr.form is Form.LEVEL else []
    if before >= 0 and before not in work.bound and work.tokens.tags[before] in _THINGS:
        return []  # it is that number which is compared: 许可3件，罚没收入30万元，下降45%
    levels = [c for token, c in work.context.levels if token < at]
    last = [c for c in levels[-1:] if c.kind in MAIN or work.context.levels[-1][0] >= 0]
    totals = [c for c in levels if c.kind in MAIN]
    return [*last, *totals[-1:], *totals[:1], *_came_in(work, totals, at)]


def _by_channel(work: Work, at: int) -> set[int]:
    """Parts before a number by the ways in which requests came, if there are several: 其中网上1件、
    当面2件，较上年增加1件."""
    letters, tags = lexicon().letters, work.tokens.tags
    begin = tags.rfind(letters["among"], tags.rfind(";", 0, at) + 1, at)
    if begin < 0 or letters["channel"] in work.window(at).left:
        return set()
    parts = work.by_channel(begin, at)
    return set(parts) if len(parts) > 1 else set()


def _came_in(work: Work, totals: list[Claim], at: int) -> list[Claim]:
    """All requests, where only what was answered is told for certain: 收到书面申请8件，办复8件；
    较上年减少1件."""
    received = work.readings.of("", ANY_TOTAL[:2])
    told = {reading.expr for claim in totals for reading in claim.readings}
    missed = any(n < at and n not in work.bound for n in work.tokens.numbers)
    answered = totals and all(claim.kind == "requests" for claim in totals)
    if not (missed and answered) or any(one.expr in told for one in received):
        return []
    return [work.claim("", received, (0, 0))]


def subjects(work: Work, at: int, seen: Window) -> list[Claim]:
    """What is compared: what the clause names, or the last number told and the first total."""
    named = _named(work, seen)
    if named:
        return named
    whole = lexicon().letters["sum"] in seen.left and "requests" in work.context.topics
    if whole and (all_of_them := work.readings.of("", ANY_TOTAL)):
        return [*earlier(work, at), work.claim("", all_of_them, (0, 0))]
    return earlier(work, at)


def _named(work: Work, seen: Window) -> list[Claim]:
    letters = lexicon().letters
    for tag, texts in _SUBJECTS.items():
        if letters[tag] in seen.near:
            readings = work.readings.of("", texts)
            return [work.claim("", readings, (0, 0))] if readings else []
    return []


def told_last(work: Work, at: int, kind: str) -> Terms:
    """The sum of the two claims of a kind that were told last before a number, if there are two."""
    told = [work.bound[n][0] for n in sorted(work.bound) if n < at]
    told = [claim for claim in told if claim.kind == kind][-2:]
    if len(told) < 2:
        return ()
    return tuple(term for claim in told for term in claim.readings[0].expr.terms)


def _column_shares(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    tags = {tag for letter in seen.near if (tag := tag_of(letter)) in COLUMNS}
    readings = work.readings.column(rule.name, tags) if len(tags) == 1 else ()
    return work.readings.column_shares(rule.name, readings), 0


def _changes(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    letters = lexicon().letters
    form = {"%": Form.RATE, "*": Form.RATIO}.get(work.tokens.tags[at], Form.CHANGE)
    if work.tokens.tags[at + 1 : at + 3] in (letters["up"] + "q", letters["down"] + "q"):
        return NOTHING  # 较上年33.3%下降11.1个百分点: a share of last year's
    if any(tag_of(letter) in COLUMNS for letter in seen.left):
        return NOTHING
    if form is Form.RATIO and letters["up"] in seen.left:
        return NOTHING  # 增加1.25倍: some mean 1.25 times, others that much more
    begin = max(work.tokens.tags.rfind(mark, 0, at) for mark in ",;") + 1
    if letters["apart"] in work.tokens.tags[begin:at]:
        return NOTHING  # of several things at once
    claims = subjects(work, at, seen)
    falls = letters["down"] in seen.left and letters["up"] not in seen.left
    return work.readings.compared(rule.name, claims, form), -1 if falls else 1


def _ratio(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    said = work.sentence.text[work.tokens.starts[seen.first] : work.tokens.starts[at]]
    if said.endswith(("为", "是")):
        return NOTHING  # 上年为13.5%: a share of last year's
    return work.readings.compared(rule.name, subjects(work, at, seen), Form.RATIO), 0


def _before(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    readings = _levels(work, rule.name, at)
    if not readings and "requests" in work.context.topics:
        readings = work.readings.of(rule.name, ANY_TOTAL)
    return readings, 0


def _now(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    return _levels(work, rule.name, at), 0


def _shares(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    letters = lexicon().letters
    rows = work.readings.rows(rule.name, work.rows_in(seen.left))
    if not rows and "T" in seen.left and letters["sum"] in seen.left:
        return _shares_of_both(work, rule.name, at), 0
    if not rows and not work.rows_in(seen.left):
        rows = _opened(work, rule.name, at, seen) or _just_told(work, at, seen)
    return work.readings.shares(rule.name, rows), 0


def _opened(work: Work, why: str, at: int, seen: Window) -> tuple[Reading, ...]:
    """公开占答复总数的60%: of the answers, as the share says itself."""
    letters, first = lexicon().letters, seen.first
    said = work.sentence.text[work.tokens.starts[first] : work.tokens.starts[at]]
    of_answers = any(word in said for word in ("办结", "答复", "办理", "申请"))
    named = letters["publish"] in seen.left or said.startswith("公开件")
    if not named or not said.startswith("公开") or not of_answers:
        return ()
    return work.readings.rows(why, ["granted"]) if UNKNOWN not in seen.left else ()


def _open_rate(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """公开率（含部分公开）66.7%: of the answers; one of 100% is of what was due, as a rule."""
    if work.tokens.numbers[at].low == 100:
        return NOTHING
    partly = lexicon().letters["partly_granted"] in seen.listed
    rows = [work.readings.rows(rule.name, ["granted"])]
    rows += [work.readings.rows(rule.name, ["granted", "partly_granted"])] if partly else []
    return tuple(one for some in rows for one in work.readings.shares(rule.name, some)), 0


def _finished(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    if work.tokens.numbers[at].low == 100:
        return NOTHING  # of what was due, as a rule
    return work.readings.share_of(rule.name, "processed", "received+carried_in", "received"), 0


def _upheld(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    block = "remedies.reconsideration"
    return work.readings.share_of(rule.name, f"{block}.upheld", f"{block}.total"), 0


def _righted(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    block = "remedies.reconsideration"
    return work.readings.share_of(rule.name, f"{block}.corrected", f"{block}.total"), 0


def _levels(work: Work, why: str, at: int) -> tuple[Reading, ...]:
    return work.readings.compared(why, earlier(work, at), Form.LEVEL)


def _shares_of_both(work: Work, why: str, at: int) -> tuple[Reading, ...]:
    """二者合计占: the two shares told last, together, or the two outcomes."""
    terms = told_last(work, at, "share") or told_last(work, at, "outcome")
    return work.readings.shares(why, [Reading(Expr(terms), 0, why)]) if terms else ()


def _just_told(work: Work, at: int, seen: Window) -> tuple[Reading, ...]:
    """The number directly before the clause of a share, if it is one that can have a share."""
    letters = lexicon().letters
    if (
        seen.first < 2
        or work.tokens.tags[seen.first - 1] not in ",("
        or letters["other_ones"] in seen.left
    ):
        return ()
    if UNKNOWN in seen.left:
        return ()  # 前者占80%
    if letters["share"] not in seen.left and work.tokens.tags[seen.first - 1] != "(":
        return ()
    claims = [
        c for token, c in work.context.levels if seen.first - 5 <= token < seen.first and token >= 0
    ]
    told = (
        claims[-1].readings if claims and claims[-1].kind in ("outcome", "column", "review") else ()
    )
    said = work.sentence.text[work.tokens.starts[seen.first] : work.tokens.starts[at]]
    if told and claims[-1].kind == "review" and any(word in said for word in _OF_REQUESTS):
        return ()
    return tuple(r for r in told if r.expr.form is Form.LEVEL)


COMPARISONS: dict[str, Callable[[Work, Wide, int, Window, str], Found]] = {
    "column_shares": _column_shares,
    "changes": _changes,
    "ratio": _ratio,
    "before": _before,
    "now": _now,
    "shares": _shares,
    "finished": _finished,
    "open_rate": _open_rate,
    "upheld": _upheld,
    "righted": _righted,
}
