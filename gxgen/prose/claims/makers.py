"""How a wide rule makes its readings where they are not fixed."""

from __future__ import annotations

from collections.abc import Callable

from gxgen.prose.claims.claim import Expr, Form, Reading
from gxgen.prose.claims.lexicon import UNKNOWN, Wide, lexicon
from gxgen.prose.claims.readings import MAIN_ROWS, Terms
from gxgen.prose.claims.wide import Window
from gxgen.prose.claims.work import Work, tag_of

Found = tuple[tuple[Reading, ...], int]
"""Readings and the direction of a change."""
_NOTHING: Found = ((), 0)
_ANY_TOTAL = ("received", "received+carried_in", "processed")
_OF_REQUESTS = ("申请的", "新收", "办结", "答复")
"""What a share of the requests is said to be a share of: 复议8件，占新收申请的20%."""
_COLUMNS = frozenset(
    ("individual", "organisations", "company", "research", "charity", "legal_service")
)
CASES = {
    "upheld": ("upheld",),
    "corrected": ("corrected",),
    "other_result": ("other",),
    "withdrawn": ("other",),
    "ended": ("upheld", "other"),
    "unsettled": ("pending",),
    "other_ones": ("other",),
}


def readings_by(rule: Wide, work: Work, at: int, seen: Window) -> Found:
    """The readings of the number at a token by a rule."""
    name, _, detail = rule.make.partition(".")
    return MAKERS[name](work, rule, at, seen, detail)


def _asked(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    if _strange_request(seen):
        return _NOTHING
    columns = [tag for letter in seen.left if (tag := tag_of(letter)) in _COLUMNS]
    readings, sign = _fixed(work, rule, at, seen, detail)
    return (*readings, *(work.readings.column(rule.name, columns) if columns else ())), sign


def _alone(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """Nothing behind the number says more of it: 其余10件（占12.5%）为不予公开、不予处理."""
    more = work.tokens.tags[at + 1 : at + 2] == "("
    return _NOTHING if more else _fixed(work, rule, at, seen, detail)


def _both_told(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """The two outcomes told last, together."""
    terms = _told_last(work, at, "outcome")
    return ((Reading(Expr(terms), 0, rule.name),) if terms else ()), 0


def _told_last(work: Work, at: int, kind: str) -> Terms:
    """The sum of the two claims of a kind that were told last before a number, if there are two."""
    told = [work.bound[n][0] for n in sorted(work.bound) if n < at]
    told = [claim for claim in told if claim.kind == kind][-2:]
    if len(told) < 2:
        return ()
    return tuple(term for claim in told for term in claim.readings[0].expr.terms)


def _strange_request(seen: Window) -> bool:
    """Whether unknown words stand between the request and the number: 申请内容为事故认定书4件."""
    asked = seen.left.rfind(lexicon().letters["request"])
    return asked >= 0 and UNKNOWN in seen.left[asked:]


def _fixed(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    return work.newly(work.readings.of(rule.name, rule.readings), at), 0


def _yuan(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    number = work.tokens.numbers[at]
    small = number.unit in ("元", "") and work.sentence.text[number.end : number.end + 1] != "/"
    return (work.readings.of(rule.name, rule.readings), 0) if small else _NOTHING


def _beside(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """The thing named stands directly before the number, whatever stands before it."""
    letters = lexicon().letters
    words = seen.left.rstrip(letters["filler"] + letters["sum"])
    return _fixed(work, rule, at, seen, detail) if words.endswith(letters["fees"]) else _NOTHING


def _charged(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """检验费、测绘费等收费20万元, where decisions and fees are told."""
    apart = work.sentence.section.startswith("2") and work.tokens.numbers[at].unit == "万元"
    return _fixed(work, rule, at, seen, detail) if apart else _NOTHING


def _cases_told(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    letters = lexicon().letters
    named = [case for case in ("review", "suit") if letters[case] in seen.right]
    case = named[0] if len(named) == 1 else work.case_at(at)
    sums = {"review": "reconsideration", "suit": "direct+after"}.get(case, "")
    return work.readings.of(rule.name, (sums,) if sums else ()), 0


def _counted(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    after = work.tokens.tags[at + 1 : at + 2]
    strange = _strange_request(seen) or after == lexicon().letters["no"]  # 本年一件没有
    counted = not strange and not work.informations(at)
    return (work.readings.of(rule.name, rule.readings), 0) if counted else _NOTHING


def _this_year(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """本年3件, unless a class of requests was named before: 征地类申请居首，本年51件."""
    tags = work.tokens.tags
    astray = lexicon().letters["elsewhere"] in tags[tags.rfind(";", 0, at) + 1 : at]
    return _NOTHING if astray else _counted(work, rule, at, seen, detail)


def _of_2019(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    return work.readings.of(rule.name, (f"disclosure.{detail}",)), 0


def _decision(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    counted = work.tokens.numbers[at].unit in ("", "件", "起", "宗", "次", "例", "件次")
    letters = lexicon().letters
    if letters["cause"] in seen.left[seen.left.rfind(letters[detail]) + 1 :]:
        return _NOTHING  # 与行政处罚相关的有5件
    return (
        (work.readings.of(rule.name, (f"disclosure.{detail}.decisions",)), 0)
        if counted
        else _NOTHING
    )


def _rows(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    side = seen.left if rule.where == "left" else seen.right
    if work.informations(at):
        return _NOTHING
    tags = work.rows_in(side)
    if rule.where == "right":
        tags += _listed_behind(work, seen.last)
    readings = work.readings.rows(rule.name, tags)
    if rule.where == "left" and lexicon().letters["other_ones"] in side:
        readings = work.readings.rows(rule.name, [*tags, "other_handling"])
        if not tags:
            readings += work.readings.of(rule.name, ("requests.other_handling.other",))
    if rule.where == "left" and seen.listed.endswith(")"):
        reasons = work.rows_in(seen.listed[seen.listed.rindex("(") :])
        readings += work.readings.rows(rule.name, reasons) if readings else ()
    if len(tags) > 1 and readings and work.one_or_other(at, seen.last):
        blocks = dict.fromkeys(work.block_of(tag) for tag in tags)
        readings += work.readings.rows(rule.name, blocks)  # 2件属行政查询或内部事务
    start = seen.first if rule.where == "left" else at
    return work.either(rule.name, readings, tags, start) if readings else (), 0


def _opened(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    letters = lexicon().letters
    if work.listed() < 1 or work.informations(at):
        return _NOTHING
    if letters["among"] in seen.right.partition(letters["publish"])[0]:
        return _NOTHING  # 六件答复的结果是公开三件
    return work.readings.of(rule.name, ("requests.granted",)), 0


def _listed_behind(work: Work, last: int) -> list[str]:
    """The outcomes of a list that goes on behind the clause of a number, if no number ends it:
    其余64件为不予公开、无法提供或其他情形."""
    letters, tags = lexicon().letters, work.tokens.tags
    between = {"、", letters["and"], letters["filler"]}
    end = last
    others = (letters["other_ones"], letters["case"])
    while end < len(tags) and (tags[end] in (*between, *others) or work.rows_in(tags[end])):
        end += 1
    if end == last or (end < len(tags) and tags[end] not in ",;)"):
        return []
    rows = work.rows_in(tags[last:end])
    return [*rows, "other_handling"] if rows and others[0] in tags[last:end] else rows


def _rest(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    told = {tag for letter in work.tokens.tags[:at] if (tag := tag_of(letter)) in lexicon().rows}
    counted = {key for n in work.bound if n < at for key in work.bound[n][0].readings[0].expr.keys}
    left = [
        block
        for block in MAIN_ROWS
        if block not in told and counted.isdisjoint(key for _, key in work.readings.row(block))
    ]
    return tuple(r for one in left for r in work.readings.rows(rule.name, [one])), 0


def _column(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    tags = [tag for letter in seen.near if (tag := tag_of(letter)) in _COLUMNS]
    if len(set(tags)) != 1:
        return _NOTHING
    alone = len({tag for letter in work.tokens.tags if (tag := tag_of(letter)) in _COLUMNS}) == 1
    either = work.readings.of(rule.name, _ANY_TOTAL) if alone else ()
    return (*either, *work.readings.column(rule.name, tags)), 0


def _column_shares(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    tags = {tag for letter in seen.near if (tag := tag_of(letter)) in _COLUMNS}
    readings = work.readings.column(rule.name, tags) if len(tags) == 1 else ()
    return work.readings.column_shares(rule.name, readings), 0


def _cases(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    named = {tag for letter in seen.near if (tag := tag_of(letter)) in CASES}
    tags = {CASES[tag] for tag in named - {"other_ones"} or named}  # 其余2件尚未审结
    if len(tags) != 1:
        return _NOTHING
    said = work.sentence.text[work.tokens.starts[seen.first] : work.tokens.starts[at]]
    own = [case for case, words in _COURTS.items() if any(word in said for word in words)]
    case = own[0] if len(own) == 1 else ""
    return case_results(work, rule.name, at, tags.pop(), case), 0


_COURTS = {"review": ("复议",), "suit": ("诉讼", "法院", "判决", "胜诉", "败诉")}
"""Words of a result that say whose it is: 复议维持3件，判决维持1件."""


def case_results(
    work: Work, why: str, at: int, results: tuple[str, ...], case: str = ""
) -> tuple[Reading, ...]:
    """Results of the reviews or suits that are spoken of at a token, or of the ``case`` named."""
    case = case or work.case_at(at)
    texts = (text for result in results for text in _RESULTS[case](result)) if case else ()
    return work.readings.of(why, texts)


def _of_review(result: str) -> tuple[str, ...]:
    return (f"remedies.reconsideration.{result}",)


def _of_suit(result: str) -> tuple[str, ...]:
    direct = f"remedies.litigation_direct.{result}"
    after = f"remedies.litigation_after_reconsideration.{result}"
    return (f"{direct}+{after}", direct, after)


_RESULTS = {"review": _of_review, "suit": _of_suit}


def _carried(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """结转 without a year: out of this one where what came in is told before."""
    came = {reading.expr for reading in work.readings.of(rule.name, ("carried_in",))}
    told = any(
        {reading.expr for reading in claims[0].readings} == came
        for n, claims in work.bound.items()
        if n < at
    )
    readings = work.readings.of(rule.name, rule.readings)
    return (readings[:1] if told else readings), 0


def _lapsed(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    apart = lexicon().letters["repeal"] in work.tokens.tags
    return (work.readings.of(rule.name, rule.readings), 0) if not apart else _NOTHING


def _changes(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    letters = lexicon().letters
    form = {"%": Form.RATE, "*": Form.RATIO}.get(work.tokens.tags[at], Form.CHANGE)
    if any(tag_of(letter) in _COLUMNS for letter in seen.left):
        return _NOTHING
    if form is Form.RATIO and letters["up"] in seen.left:
        return _NOTHING  # 增加1.25倍: some mean 1.25 times, others that much more
    begin = max(work.tokens.tags.rfind(mark, 0, at) for mark in ",;") + 1
    if letters["apart"] in work.tokens.tags[begin:at]:
        return _NOTHING  # of several things at once
    claims = work.subjects(at, seen)
    falls = letters["down"] in seen.left and letters["up"] not in seen.left
    return work.readings.compared(rule.name, claims, form), -1 if falls else 1


def _ratio(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    return work.readings.compared(rule.name, work.subjects(at, seen), Form.RATIO), 0


def _before(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    readings = _levels(work, rule.name, at)
    if not readings and "requests" in work.context.topics:
        readings = work.readings.of(rule.name, _ANY_TOTAL)
    return readings, 0


def _now(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    return _levels(work, rule.name, at), 0


def _shares(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    letters = lexicon().letters
    rows = work.readings.rows(rule.name, work.rows_in(seen.left))
    if not rows and "T" in seen.left and letters["sum"] in seen.left:
        return _shares_of_both(work, rule.name, at), 0
    if not rows and not work.rows_in(seen.left):
        rows = _just_told(work, at, seen)
    return work.readings.shares(rule.name, rows), 0


def _finished(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    if work.tokens.numbers[at].low == 100:
        return _NOTHING  # of what was due, as a rule
    return work.readings.share_of(rule.name, "processed", "received+carried_in", "received"), 0


def _upheld(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    block = "remedies.reconsideration"
    return work.readings.share_of(rule.name, f"{block}.upheld", f"{block}.total"), 0


def _righted(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    block = "remedies.reconsideration"
    return work.readings.share_of(rule.name, f"{block}.corrected", f"{block}.total"), 0


def _levels(work: Work, why: str, at: int) -> tuple[Reading, ...]:
    return work.readings.compared(why, work.earlier(at), Form.LEVEL)


def _shares_of_both(work: Work, why: str, at: int) -> tuple[Reading, ...]:
    """二者合计占: the two shares told last, together."""
    terms = _told_last(work, at, "share")
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


MAKERS: dict[str, Callable[[Work, Wide, int, Window, str], Found]] = {
    "": _fixed,
    "each": _fixed,
    "yuan": _yuan,
    "beside": _beside,
    "charged": _charged,
    "formerly": _fixed,
    "cases_told": _cases_told,
    "counted": _counted,
    "this_year": _this_year,
    "asked": _asked,
    "alone": _alone,
    "both_told": _both_told,
    "2019": _of_2019,
    "decision": _decision,
    "rows": _rows,
    "opened": _opened,
    "rest": _rest,
    "column": _column,
    "column_shares": _column_shares,
    "cases": _cases,
    "lapsed": _lapsed,
    "carried": _carried,
    "changes": _changes,
    "ratio": _ratio,
    "before": _before,
    "now": _now,
    "shares": _shares,
    "finished": _finished,
    "upheld": _upheld,
    "righted": _righted,
}
