"""How a wide rule makes its readings where they are not fixed."""

from __future__ import annotations

import re
from collections.abc import Callable

from gxgen.prose.claims.cases import OF_CASES
from gxgen.prose.claims.claim import Expr, Reading
from gxgen.prose.claims.comparisons import (
    ANY_TOTAL,
    COLUMNS,
    COMPARISONS,
    told_last,
)
from gxgen.prose.claims.documents import OF_DOCUMENTS
from gxgen.prose.claims.lexicon import UNKNOWN, Wide, lexicon, tag_of
from gxgen.prose.claims.readings import MAIN_ROWS, NOTHING, Found
from gxgen.prose.claims.tokens import NUMBERS
from gxgen.prose.claims.wide import Window
from gxgen.prose.claims.work import Work


def readings_by(rule: Wide, work: Work, at: int, seen: Window) -> Found:
    """The readings of the number at a token by a rule."""
    name, _, detail = rule.make.partition(".")
    return MAKERS[name](work, rule, at, seen, detail)


def _asked(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    if _strange_request(seen):
        return NOTHING
    columns = [tag for letter in seen.left if (tag := tag_of(letter)) in COLUMNS]
    readings, sign = _fixed(work, rule, at, seen, detail)
    return (*readings, *(work.readings.column(rule.name, columns) if columns else ())), sign


def _alone(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """Nothing behind the number says more of it: 其余10件（占12.5%）为不予公开、不予处理."""
    more = work.tokens.tags[at + 1 : at + 2] == "("
    return NOTHING if more else _fixed(work, rule, at, seen, detail)


def _both_told(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """The two outcomes told last, together."""
    terms = told_last(work, at, "outcome")
    return ((Reading(Expr(terms), 0, rule.name),) if terms else ()), 0


def _strange_request(seen: Window) -> bool:
    """Whether unknown words stand between the request and the number: 申请内容为事故认定书4件."""
    asked = seen.left.rfind(lexicon().letters["request"])
    return asked >= 0 and UNKNOWN in seen.left[asked:]


def _fixed(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    return work.newly(work.readings.of(rule.name, rule.readings), at), 0


def _yuan(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    number = work.tokens.numbers[at]
    small = number.unit in ("元", "") and work.sentence.text[number.end : number.end + 1] != "/"
    return (work.readings.of(rule.name, rule.readings), 0) if small else NOTHING


def _beside(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """The thing named stands directly before the number, whatever stands before it."""
    letters = lexicon().letters
    words = seen.left.rstrip(letters["filler"] + letters["sum"])
    return _fixed(work, rule, at, seen, detail) if words.endswith(letters["fees"]) else NOTHING


def _charged(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """检验费、测绘费等收费20万元, where decisions and fees are told."""
    letters = lexicon().letters
    decided = any(found[0].kind == "decision" for n, found in work.bound.items() if n < at)
    said = work.sentence.text[work.tokens.starts[seen.first] : work.tokens.starts[at]]
    decided = decided and "罚" not in said
    several = letters["case"] + letters["charge"] in seen.left or UNKNOWN not in seen.left
    apart = work.sentence.section.startswith("2") or (decided and several)
    apart = apart and work.tokens.numbers[at].unit == "万元"
    return _fixed(work, rule, at, seen, detail) if apart else NOTHING


def _levied(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """收取人防易地建设费8460000元, where decisions and fees are told and not 信息处理费."""
    apart = work.sentence.section.startswith("2") and "处理费" not in work.sentence.text
    return _fixed(work, rule, at, seen, detail) if apart and UNKNOWN in seen.left else NOTHING


def _counted(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    if _of_named_things(work, at, seen):
        return NOTHING
    after = work.tokens.tags[at + 1 : at + 2]
    strange = _strange_request(seen) or after == lexicon().letters["no"]  # 本年一件没有
    counted = not strange and not work.informations(at)
    return (work.readings.of(rule.name, rule.readings), 0) if counted else NOTHING


def _of_named_things(work: Work, at: int, seen: Window) -> bool:
    """Whether a sum or a level is that of things named before it without a count (征地、宅基地和
    规划，三者合计39件), or of a class of requests (征地类申请由23件降为2件)."""
    tags, letters = work.tokens.tags, lexicon().letters
    if letters["level"] in seen.left:
        begin = max(tags.rfind(mark, 0, at) for mark in ",;") + 1
        return UNKNOWN in tags[begin:at]
    said = work.sentence.text[work.tokens.starts[seen.first] : work.tokens.starts[at]]
    return bool(_THOSE.search(said)) and not any(n < at for n in work.tokens.numbers)


_THOSE = re.compile("[二两三四五各][者项类].?[合共总相]")


def _all_of_them(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """12件中, unless these are told just before as some of them: 涉及征地的12件，12件中公开8件."""
    numbers = work.tokens.numbers
    some = (n for n in numbers if n < at and numbers[n].low == numbers[at].low)
    if any(n not in work.bound and UNKNOWN in work.window(n).near for n in some):
        return NOTHING
    return _fixed(work, rule, at, seen, detail)


def _this_year(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """本年3件, unless a class of requests was named before: 征地类申请居首，本年51件."""
    tags = work.tokens.tags
    astray = lexicon().letters["elsewhere"] in tags[tags.rfind(";", 0, at) + 1 : at]
    return NOTHING if astray else _counted(work, rule, at, seen, detail)


def _of_2019(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    if work.tokens.numbers[at].unit == "条":
        return NOTHING  # items on a page: 村务专栏新公开840条
    return work.readings.of(rule.name, (f"disclosure.{detail}",)), 0


def _decision(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    letters, unit = lexicon().letters, work.tokens.numbers[at].unit
    counted = unit in ("", "件", "起", "宗", "次", "例", "件次")
    made = (letters["accept"] + letters[detail], letters["decide"] + letters[detail])
    counted = counted or (unit == "条" and seen.left.endswith(made))  # 处理行政处罚27条
    if letters["cause"] in seen.left[seen.left.rfind(letters[detail]) + 1 :]:
        return NOTHING  # 与行政处罚相关的有5件
    return (
        (work.readings.of(rule.name, (f"disclosure.{detail}.decisions",)), 0)
        if counted
        else NOTHING
    )


def _rows(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    side = seen.left if rule.where == "left" else seen.right
    if work.informations(at):
        return NOTHING
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
    if UNKNOWN in seen.listed:
        readings += work.any_row(rule.name, tags)
    start = seen.first if rule.where == "left" else at
    return work.either(rule.name, readings, tags, start) if readings else (), 0


def _opened(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    letters = lexicon().letters
    tags, text = work.tokens.tags, work.sentence.text
    opened = tags.find(letters["publish"], seen.first)
    begin, end = work.tokens.starts[opened], work.tokens.ends[opened]
    if not text[begin:end].startswith("公开"):
        return NOTHING
    answers = "结果" in text[:begin] and text[begin:end] in ("公开", "公开了")
    if (work.listed() < 1 and not answers) or work.informations(at):
        return NOTHING
    if letters["among"] in seen.right.partition(letters["publish"])[0]:
        return NOTHING  # 六件答复的结果是公开三件
    return work.readings.of(rule.name, ("requests.granted",)), 0


def _clause_before(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """The outcome that the clause before names without a count: 予以公开占七成，为7件."""
    tags, letters = work.tokens.tags, lexicon().letters
    end = seen.first - 1
    if end < 1 or tags[end] != "," or work.informations(at):
        return NOTHING
    clause = re.split("[,;:(]", tags[:end])[-1]
    clause = clause.rpartition(letters["within"])[2]  # 7件答复中予以公开的占57.1%，即4件
    rows = work.rows_in(clause)
    bare = {letters[tag] for tag in ("filler", "noun", "cause")}
    told = letters["share"] in clause or not set(clause) - bare - {letters[row] for row in rows}
    if not rows or not told or not {*"NZ"}.isdisjoint(clause):
        return NOTHING
    return work.readings.rows(rule.name, rows), 0


def _beside_another(work: Work) -> bool:
    """Whether a sentence tells several outcomes, so that each of its numbers is all of one."""
    return work.listed() + (lexicon().letters["publish"] in work.tokens.tags) > 1


def _class_rows(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """涉及底稿的2件不予公开: all of an outcome, if the sentence names it but once."""
    tags, letters = work.tokens.tags, lexicon().letters
    rows = [row for row in work.rows_in(seen.right) if row in MAIN_ROWS]
    named = {*rows, "publish"} if "granted" in rows else {*rows}
    once = sum(tags.count(letters[row]) for row in named) == 1
    if (
        not once
        or not _beside_another(work)
        or UNKNOWN not in seen.left
        or work.divided(seen.first)
    ):
        return NOTHING
    return _rows(work, rule, at, seen, detail)


def _clause_behind(work: Work, seen: Window) -> str:
    """The clause after that of a number, if no number is in it."""
    tags = work.tokens.tags
    end = seen.last + len(seen.tail)
    if tags[end : end + 1] != ",":
        return ""
    clause = re.split("[,;:()]", tags[end + 1 :])[0]
    return "" if set(clause) & set(NUMBERS) else clause


def _carried_behind(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """1件12月底才收到，结转次年办理."""
    letters, clause = lexicon().letters, _clause_behind(work, seen)
    out = letters["carry"] in clause and bool({"X", letters["next"]} & set(clause))
    return (work.readings.of(rule.name, ("carried_out",)) if out else ()), 0


def _rows_behind(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """2件涉及他人用水资料，为保护第三方合法权益不予公开: an outcome named once."""
    tags, letters = work.tokens.tags, lexicon().letters
    rows = work.rows_in(_clause_behind(work, seen))
    main = [row for row in rows if row in MAIN_ROWS]
    once = all(tags.count(letters[row]) == 1 for row in rows)
    if len(main) > 1 or not rows or not once or not _beside_another(work):
        return NOTHING
    if work.informations(at) or UNKNOWN not in seen.right:
        return NOTHING
    return work.readings.rows(rule.name, rows), 0


def _pointed(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """前者20件，后者4件: of the two outcomes named last."""
    rows = work.rows_in(work.tokens.tags[: seen.first])[-2:]
    if len(rows) < 2 or rows[0] == rows[1]:
        return NOTHING
    row = rows[lexicon().letters["latter"] in seen.left]
    return work.readings.rows(rule.name, [row]), 0


def _pointed_share(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    return work.readings.shares(rule.name, _pointed(work, rule, at, seen, detail)[0]), 0


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
    before = max((n for n in work.bound if n < at), default=-1)
    if before >= 0 and work.bound[before][0].kind in ("review", "suit", "column", "document"):
        return NOTHING  # 维持3件，其他0件
    told = {tag for letter in work.tokens.tags[:at] if (tag := tag_of(letter)) in lexicon().rows}
    counted = {key for n in work.bound if n < at for key in work.bound[n][0].readings[0].expr.keys}
    left = [
        block
        for block in MAIN_ROWS
        if block not in told and counted.isdisjoint(key for _, key in work.readings.row(block))
    ]
    return tuple(r for one in left for r in work.readings.rows(rule.name, [one])), 0


def _column(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    tags = [tag for letter in seen.near if (tag := tag_of(letter)) in COLUMNS]
    if len(set(tags)) != 1:
        return NOTHING
    alone = len({tag for letter in work.tokens.tags if (tag := tag_of(letter)) in COLUMNS}) == 1
    either = work.readings.of(rule.name, ANY_TOTAL) if alone else ()
    return (*either, *work.readings.column(rule.name, tags)), 0


def _other_column(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """其他2件 behind other columns."""
    before = max((n for n in work.tokens.numbers if n < at), default=-1)
    told = work.bound.get(before)
    follows = (
        told is not None and told[0].kind == "column" and ";" not in work.tokens.tags[before:at]
    )
    return (work.readings.column(rule.name, ("other",)) if follows else ()), 0


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


def _column_asked(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """商业企业申请政府信息公开2件 says itself that requests are spoken of."""
    said = work.sentence.text[work.tokens.starts[seen.first] : work.tokens.starts[at]]
    return _column(work, rule, at, seen, detail) if _ASKED.search(said) else NOTHING


_ASKED = re.compile("申请.{0,4}公开|公开.{0,2}申请")


MAKERS: dict[str, Callable[[Work, Wide, int, Window, str], Found]] = {
    **COMPARISONS,
    **OF_CASES,
    **OF_DOCUMENTS,
    "": _fixed,
    "each": _fixed,
    "yuan": _yuan,
    "beside": _beside,
    "charged": _charged,
    "levied": _levied,
    "formerly": _fixed,
    "counted": _counted,
    "this_year": _this_year,
    "all_of_them": _all_of_them,
    "asked": _asked,
    "alone": _alone,
    "both_told": _both_told,
    "2019": _of_2019,
    "decision": _decision,
    "rows": _rows,
    "clause_before": _clause_before,
    "class_rows": _class_rows,
    "carried_behind": _carried_behind,
    "rows_behind": _rows_behind,
    "pointed": _pointed,
    "pointed_share": _pointed_share,
    "opened": _opened,
    "rest": _rest,
    "column": _column,
    "other_column": _other_column,
    "column_asked": _column_asked,
    "carried": _carried,
}
