"""The wide grammar at work: numbers, negations and 持平 that no frame has."""

from __future__ import annotations

import re

from gxgen.prose.claims.claim import Form, Ring
from gxgen.prose.claims.comparisons import subjects
from gxgen.prose.claims.lexicon import Wide, lexicon, mask_of_tags
from gxgen.prose.claims.makers import readings_by
from gxgen.prose.claims.nothing import denials
from gxgen.prose.claims.readings import MAIN_ROWS
from gxgen.prose.claims.wide import Window, fitting
from gxgen.prose.claims.work import Work

_CHAINED = {
    "share": ("outcome", "share"),
    "change": ("requests", "review", "suit", "document", "change"),
    "requests": ("requests", "review", "suit", "document", "change"),
}
"""The claims that a share, a change, or last year's number may follow directly."""


def loose(work: Work) -> None:
    """Binds what is left over by the words that stand near."""
    for at in sorted({*work.tokens.numbers, *work.bound}):
        if at in work.bound:
            work.told_level(at)
        elif work.tokens.tags[at] != "q" and not _long_ago(work, at):
            if not work.afield(at):
                _near(work, at)
            elif work.beside_its_office(at):
                _near(work, at, "document")


def denied(work: Work) -> None:
    """Binds the negations that no frame has."""
    for at, first, last, sums in denials(work.tokens.tags):
        if any(begin <= at < end for begin, end in work.taken):
            continue
        if work.tainted(at) or work.afield(at):
            continue
        if any("carried" in one for one in sums) and work.of_other_things(at):
            continue
        groups = [work.readings.of("没有", one.split("|")) for one in sums]
        if all(groups):
            work.put(at, groups, kind="zero", tokens=(first, last), wordless=True)


def unchanged(work: Work) -> None:
    """Binds 持平 where no frame has it."""
    same = lexicon().letters["same"]
    if same not in work.tokens.tags:
        return
    for at, tag in enumerate(work.tokens.tags):
        if tag != same or any(begin <= at < end for begin, end in work.taken):
            continue
        seen = work.window(at)
        if "O" in seen.left and "L" not in seen.left:
            continue
        aside = not seen.first and work.tokens.tags[at + 1 : at + 2] == ","
        if aside and not set(seen.left) - {lexicon().letters["compare"]}:
            continue  # 与上年一样，未发生被追究责任的情形
        readings = work.readings.compared("与上年持平", subjects(work, at, seen), Form.CHANGE)
        if readings:
            work.put(at, [readings], kind="change", tokens=(seen.first, at), wordless=True)


def _long_ago(work: Work, at: int) -> bool:
    """Whether the words since a year was named speak of many years: 自施行以来，共收到…."""
    letters = lexicon().letters
    tags = work.tokens.tags[:at]
    if letters["cumulative"] not in tags and letters["totted"] not in tags:
        return False
    if letters["in_force"] in work.window(at).left:
        return False
    reset = max(tags.rfind(one) for one in (";", "Y", "L", letters["now"]))
    if tags.rfind(letters["cumulative"]) > reset:
        return True
    totted = tags.rfind(letters["totted"])
    dated = {"Y", letters["now"], letters["when"]}
    return totted >= 0 and not work.context.totals and dated.isdisjoint(tags[:totted])


def _near(work: Work, at: int, kind: str = "") -> None:
    """Binds a number by the first rule that has readings, of one kind if only that may be meant."""
    seen = work.window(at)
    topics = _topics(work, at, seen)
    mixed = work.mixed(at)
    if mixed == "other" or (work.tokens.numbers[at].unit == "个" and work.of_bodies(at)):
        return
    for rule in fitting(work.tokens.tags[at], seen, frozenset(topics)):
        if kind and rule.kind != kind:
            continue
        if rule.topics and _goes_on_elsewhere(work, rule, at):
            continue
        if _of_others(work, rule, at, seen):
            continue
        readings, sign = readings_by(rule, work, at, seen)
        if readings:
            first = seen.first if seen.left else at
            last = at if rule.where == "left" else max(seen.last - 1, at)
            work.put(
                at,
                [(one,) for one in readings] if rule.make in ("each", "rest") else [readings],
                kind=rule.kind,
                tokens=(first, last),
                ring=Ring.INNER if not mixed and _sure(work, rule, at, seen) else Ring.OUTER,
                sign=sign,
                year=work.year - 1 if rule.make in ("before", "formerly") else None,
            )
            work.heard(at, rule.kind, rule.gives, zero=False)
            work.told_level(at)
            return


def _goes_on_elsewhere(work: Work, rule: Wide, at: int) -> bool:
    """Whether the number may go on with other things that were counted before it."""
    others = rule.kind in ("requests", "carry") and work.of_other_things(at)
    return others or work.strange(at)


def _of_others(work: Work, rule: Wide, at: int, seen: Window) -> bool:
    """Whether a number is that of a part (其中县政府本级收到21件), of reviews that the agency
    decides, or in a part about reviews no request."""
    letters = lexicon().letters
    own = letters["self"] in seen.left
    tags = work.tokens.tags
    before = tags[max(0, seen.first - 2) : seen.first]
    part = letters["among"] in seen.left + before or work.divided(seen.first)
    if rule.kind == "requests" and own and part:
        return letters["wide"] not in tags[:at]
    if rule.kind == "requests" and ("本级" in work.part(at) or work.elsewhere_told(at)):
        return True  # 本级收到71件，各部门收到239件
    if _beside_the_figures(work, rule, at, seen):
        return True
    if rule.kind in ("review", "suit") and (
        work.of_decisions(at) or _REVIEWER.search(work.part(at))
    ):
        return True
    if rule.make == "finished" and work.tainted(at) and letters["request"] not in tags[:at]:
        return True
    if rule.kind == "outcome" and not {letters["accept"], letters["receive"]}.isdisjoint(seen.left):
        return True  # 办理信访投诉30件
    if rule.name in ("收到", "受理") and "D" in seen.right and letters["other_ones"] in seen.left:
        return True  # 剩下1件2023年12月27日收到
    if rule.name in ("收到", "受理") and not {
        letters["carry"],
        letters["pending_work"],
    }.isdisjoint(seen.near):
        return True
    if rule.make in ("upheld", "righted"):
        told = (n for n in work.bound if n < at and work.bound[n][0].kind == "review")
        return not work.disclosed(at) and not [*told]
    if rule.kind in ("review", "suit") and not work.disclosed(at):
        return work.taken_up(at)
    if rule.kind in ("review", "suit") and part and work.tainted(at) and work.taken_up(at):
        return True  # 代县政府受理复议申请119件，其中涉及信息公开的11件
    reviewed = "复议" in work.sentence.heading and letters["request"] not in work.tokens.tags
    return rule.kind == "carry" and reviewed


_REVIEWER = re.compile("(?:作为|各级)(?:行政)?复议机关")
"""Words by which reviews are those that are decided, and not those that were asked for."""


def _beside_the_figures(work: Work, rule: Wide, at: int, seen: Window) -> bool:
    """Whether a number counts what no table does: what came late, a step on the way, a part."""
    letters = lexicon().letters
    if rule.kind == "carry":
        return work.of_cases_alone(at)
    if rule.kind not in ("requests", "outcome"):
        return False
    if work.is_of_sorted(at) or letters["interim"] in seen.right:
        return True  # 1件经申请人同意延期后办结
    if rule.kind == "outcome":
        said = seen.left.rstrip(letters["filler"] + letters["noun"])
        return said.endswith(letters["interim"])  # 因内容不明确要求补正3件
    before = work.tokens.tags[max(0, seen.first - 1) : seen.first]
    if not {letters["overdue"], letters["within"]}.isdisjoint(before + seen.left):
        return True  # 15件中14件办结
    answers = letters["some_answer"]
    if answers in seen.near and (
        work.divided(seen.first)
        or letters["among"] in seen.left
        or work.tokens.tags.count(answers) > 1
    ):
        return True  # 其中5件当场答复，3件书面答复
    told = any(n < at for n in work.bound)
    return rule.make == "before" and work.of_decisions(at) and not told  # 行政强制由0件增至3件


_LISTED = 3
"""So many outcomes in a sentence are those of all requests, where these are spoken of."""


def _sure(work: Work, rule: Wide, at: int, seen: Window) -> bool:
    """Whether all the words of the clause are known to belong to it, after what must stand
    before."""
    if not rule.sure or mask_of_tags(seen.near) & ~rule.sure or work.tainted(at):
        return False
    if rule.kind not in ("share", "change") and (work.informations(at) or work.other_unit(at)):
        return False
    if not _behind_all(work, seen.first):
        return False
    if rule.kind == "requests" and (
        work.divided(seen.first) or lexicon().letters["among"] in seen.near
    ):
        return False
    if rule.make == "opened" and not _opened_among_others(work, seen):
        return False
    if rule.kind == "outcome" and (
        work.one_or_other(seen.first, seen.last) or work.of_one_channel(at)
    ):
        return False
    if rule.kind == "outcome" and not set(work.rows_in(seen.near)) <= set(MAIN_ROWS):
        return work.listed() > 1
    if rule.after == "asked":
        return work.asked and not (rule.name == "受理" and work.context.totals)
    if rule.after in ("total", "outcomes"):
        counted = any(n < at and claim.ring is Ring.INNER for n, claim in work.context.totals)
        listed = rule.after == "outcomes" and work.listed() >= _LISTED
        return counted or (listed and "requests" in work.context.topics)
    before = [n for n in work.tokens.numbers if n < at][-1:]
    if before and ";" in work.tokens.tags[before[0] : at]:
        return False  # of anything that was counted before it
    if rule.after == "case":
        return _behind_case(work, at, seen)
    told = work.bound.get(before[0], []) if before else []
    return bool(told) and told[0].ring is Ring.INNER and told[0].kind in _CHAINED[rule.kind]


def _behind_all(work: Work, first: int) -> bool:
    """Whether what opens behind 中 is divided from a number that is certain: of the 12 about land
    (涉及征地的12件中予以公开8件) it is only a part."""
    if work.tokens.tags[first - 1 : first] != lexicon().letters["within"]:
        return True
    whole = work.bound.get(first - 2, ())
    return any(claim.ring is Ring.INNER for claim in whole)


def _behind_case(work: Work, at: int, seen: Window) -> bool:
    """Whether the reviews or suits before are certain: directly before, or before what compares
    them with last year (复议19件，较上年增加3件，其中维持11件)."""
    if _of_both(work, at, seen):
        return False
    for number in sorted((n for n in work.tokens.numbers if n < at), reverse=True):
        claim = next(iter(work.bound.get(number, ())), None)
        if claim is None or ";" in work.tokens.tags[number:at]:
            return False
        if claim.kind in ("review", "suit"):
            return claim.ring is Ring.INNER
        if claim.kind != "change" and claim.year != work.year - 1:
            return False
    return False


def _of_both(work: Work, at: int, seen: Window) -> bool:
    """Whether reviews and suits were counted one after the other, and a result names neither: it
    may be of both (复议9件，诉讼3件，其中维持6件)."""
    tokens = work.tokens
    begin = tokens.tags.rfind(";", 0, at) + 1
    told = [work.bound[n][0] for n in sorted(work.bound) if begin <= n < at]
    last = [one for one in told if one.kind in ("review", "suit") and one.year is None][-2:]
    totals = {one.kind for one in last if one.readings[0].expr.keys[0].endswith(".total")}
    said = work.sentence.text[tokens.starts[seen.first] : tokens.ends[seen.last - 1]]
    return totals == {"review", "suit"} and not _NAMES_COURT.search(said)


_NAMES_COURT = re.compile("复议|诉|法院|判决")


def _opened_among_others(work: Work, seen: Window) -> bool:
    """Whether 公开 stands beside 部分公开 and others, so that it means 予以公开 and no 主动公开."""
    tags, letters = work.tokens.tags, lexicon().letters
    first = tags.find(letters["publish"], seen.first)
    said = work.sentence.text[work.tokens.starts[first] : work.tokens.ends[first]]
    beside = letters["partly_granted"] in tags and work.listed() > 1
    return beside and said.startswith("公开") and tags.count(letters["publish"]) == 1


def _of_a_channel(work: Work, comma: int) -> bool:
    """Whether a clause that names a channel and no number ends here: 以网上平台为主，达103件."""
    tags, letters = work.tokens.tags, lexicon().letters
    begin = max((n for n in work.tokens.numbers if n < comma), default=-1) + 1
    return letters["channel"] in tags[begin:comma] and letters["carry"] not in tags[begin:comma]


def _topics(work: Work, at: int, seen: Window) -> set[str]:
    """What is spoken of, and what the words around the number add to it."""
    out = work.context.topics | work.context.before
    letters = lexicon().letters
    tags = work.tokens.tags[:at]
    out |= {case for case in ("review", "suit") if letters[case] in tags}
    out = work.with_documents_or_rules(out, at)
    if work.listed() >= 2:
        out.add("listed")
    if letters["request"] in tags:
        out.add("requests")
    if work.context.levels and work.context.levels[-1][1].kind in ("review", "suit"):
        out.add("cases")
    if letters["issue"] in tags and "document" not in work.context.topics:
        out.add("issued")
    before = tags[max(0, seen.first - 1) : seen.first]
    if (
        "requests" in out
        and before == ","
        and not _of_a_channel(work, seen.first - 1)
        and not {
            letters["channel"],
            letters["carry"],
        }.isdisjoint(tags)
    ):
        out.add("summed")
    if before == "(" and tags[max(0, seen.first - 2)] in ("L", letters["last"]):
        out.add("after_last")
    return out
