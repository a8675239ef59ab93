"""Faults in the tables and in the sentences that tell of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random

from benchmarks.planting.site import FORMER, YEAR, Plant, Planter, Site, cell_of, written
from gxgen.demo.faults import FAULTS, Fault, with_figures
from gxgen.demo.text import demo_narrative
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Report, Value

DOCUMENTS = "disclosure.normative_documents."
RECEIVED, GRANTED = "requests.received.total", "requests.granted."
UNPAID = "requests.other_handling.fee_unpaid."
REVIEWS, LATER = "remedies.reconsideration.", "remedies.litigation_after_reconsideration."
FEES = "disclosure.fees.amount"
DECISIONS = ("licensing", "other_services", "penalties", "coercive_measures")
Figures = Callable[[Site, Random], "dict[str, Value] | None"]


# -- as the demo makes them ------------------------------------------------------------------------


_FOLLOWS = {"narrative": "GX409", "remedies": "GX404 GX407"}
"""What rightly comes of a fault there: a suit more than the text tells is found in two blocks."""


def of_demo(fault: Fault) -> Planter:
    """A fault that ``gxgen init --demo --faulty`` makes too."""

    def plant(site: Site, random: Random) -> Plant | None:
        damaged = fault.damage(site.report, random)
        if damaged is None:
            return None
        also = _FOLLOWS.get(fault.where, "")
        found = site.changed(fault.code, damaged, also=also)
        # An emptied part has no line of its own any more.
        return found if found.where else site.filed(fault.code, written(damaged))

    return Planter(fault.code, fault.name, plant)


# -- a figure --------------------------------------------------------------------------------------


def figures(code: str, name: str, changes: Figures, *, year: int = YEAR, also: str = "") -> Planter:
    """Other figures in the form, its totals with them."""

    def plant(site: Site, random: Random) -> Plant | None:
        values = changes(site, random)
        if values is None:
            return None
        return site.changed(code, with_figures(site.report, values), also=also)

    return Planter(code, name, plant, year=year)


def _fewer_in_force(site: Site, random: Random) -> dict[str, Value] | None:
    issued = site.report.values[DOCUMENTS + "issued"]
    return {DOCUMENTS + "in_force": issued - 1} if issued else None


def _more_in_force(site: Site, random: Random) -> dict[str, Value] | None:
    now = site.report.values[DOCUMENTS + "in_force"]
    return {DOCUMENTS + "in_force": now + random.randint(2, 9)}


def _below_zero(site: Site, random: Random) -> dict[str, Value] | None:
    row = f"disclosure.{random.choice(DECISIONS)}."
    return {row + "change": -site.report.values[row + "previous_items"] - random.randint(1, 5)}


def _no_items(site: Site, random: Random) -> dict[str, Value] | None:
    row = f"disclosure.{random.choice(DECISIONS)}."
    return {row + "previous_items": 0, row + "change": 0, row + "decisions": random.randint(3, 90)}


def _one_sided(site: Site, random: Random) -> dict[str, Value] | None:
    row = "disclosure.procurement."
    if random.random() < 0.5:
        return {row + "projects": random.randint(1, 9), row + "amount": Decimal(0)}
    return {row + "projects": 0, row + "amount": Decimal("56.4")}


def _later_suit(site: Site, random: Random) -> dict[str, Value] | None:
    if site.last.values[REVIEWS + "total"] or site.last.values[LATER + "pending"]:
        return None
    none = dict.fromkeys((REVIEWS + end for end in ("upheld", "corrected", "other", "pending")), 0)
    return {**none, LATER + "upheld": random.randint(1, 3)}


def _rules(site: Site, random: Random) -> dict[str, Value] | None:
    return {"disclosure.rules.in_force": random.randint(1, 9)}


def _unpaid(site: Site, random: Random) -> dict[str, Value] | None:
    values = site.report.values
    if not values[GRANTED + "individual"] or values[UNPAID + "total"]:
        return None
    changed = {GRANTED + "individual": values[GRANTED + "individual"] - 1}
    return {**changed, UNPAID + "individual": values[UNPAID + "individual"] + 1}


def _in_yuan(site: Site, random: Random) -> dict[str, Value] | None:
    return {FEES: Decimal(random.randint(1000, 99999))}


def _many_reviews(site: Site, random: Random) -> dict[str, Value] | None:
    values = site.report.values
    requests = values[RECEIVED] + values["requests.carried_in.total"]
    requests += site.last.values["requests.processed.total"]
    return {REVIEWS + "upheld": requests + random.randint(1, 20)}


def _jump(site: Site, random: Random) -> dict[str, Value] | None:
    keys = [f"disclosure.{row}.decisions" for row in DECISIONS]
    before = {k: site.last.values[k] for k in keys if k in site.report.edition.fields}
    key = random.choice([*before])
    return {key: before[key] * 6 + 100}


def _pending(site: Site, random: Random) -> Plant | None:
    """Last year's form left more undecided than this year's tells of."""
    left = site.report.values[REVIEWS + "total"] + random.randint(1, 4)
    last = with_figures(site.last, {REVIEWS + "pending": left})
    where = frozenset({cell_of(site.report, REVIEWS + "total")})
    return Plant("GX304", {site.last_path: written(last)}, where)


# -- a sentence ------------------------------------------------------------------------------------


UNREAD = "规范性文件方面，"
"""Behind it a sentence names its documents no more, and is not read."""


def told_otherwise(code: str, name: str, key: str, *, unread: bool = False) -> Planter:
    """The text tells one more than the table has, wherever it tells of that figure; ``unread``:
    in the wording that nothing reads, else in any other."""

    def plant(site: Site, random: Random) -> Plant | None:
        values = site.report.values
        if values.get(key, 0) < 1:
            return None
        other = {**values, key: values[key] + random.choice((1, 2, 10))}
        told = demo_narrative(site.unit, site.report.edition, site.demo.year, other)
        known = {p.text for one in site.report.narrative for p in one.paragraphs}
        new = [p.text for one in told for p in one.paragraphs if p.text not in known]
        if not new or any(UNREAD in text for text in new) is not unread:
            return None
        return site.changed(code, replace(site.report, narrative=told), also="GX410")

    return Planter(code, name, plant)


_CHANGE = re.compile(r"较上年(?:增加|减少)(\d+)件")


def _changed_otherwise(site: Site, random: Random) -> Plant | None:
    """较上年增加 another number than the two years give."""

    def other(text: str) -> str:
        return _CHANGE.sub(lambda m: m[0].replace(m[1], str(int(m[1]) + 1)), text)

    told = rewritten(site.report, other)
    return None if told is None else site.changed("GX408", told)


def rewritten(report: Report, change: Callable[[str], str]) -> Report | None:
    """Every paragraph as ``change`` makes it; None where that is nothing new."""

    def passage(one: Passage) -> Passage:
        return replace(one, paragraphs=tuple(Paragraph(change(p.text)) for p in one.paragraphs))

    narrative = tuple(map(passage, report.narrative))
    return None if narrative == report.narrative else replace(report, narrative=narrative)


def added(report: Report, sentence: str, random: Random, mark: str = "1.") -> Report:
    """A paragraph more, somewhere under the parts whose mark begins so."""
    chosen = random.choice(
        [p for p in report.narrative if p.mark.startswith(mark) and p.paragraphs]
    )
    more = replace(chosen, paragraphs=(*chosen.paragraphs, Paragraph(sentence)))
    return replace(report, narrative=tuple(more if p is chosen else p for p in report.narrative))


def said(
    code: str,
    name: str,
    sentences: tuple[str, ...],
    fits: Callable[[Site], bool] = lambda _: True,
    marks: tuple[str, ...] = ("1.",),
) -> Planter:
    """One of these sentences as a paragraph of its own, {n} a number too large for any table."""

    def plant(site: Site, random: Random) -> Plant | None:
        if not fits(site):
            return None
        sentence = random.choice(sentences).format(n=random.randint(9000, 9999))
        return site.changed(
            code, added(site.report, sentence, random, random.choice(marks)), also="GX409"
        )

    return Planter(code, name, plant)


def _has(key: str) -> Callable[[Site], bool]:
    return lambda site: site.report.values[key] > 0


def planters() -> Iterator[Planter]:
    """All of them."""
    yield from map(of_demo, FAULTS)
    yield figures("GX103", "新制发多于现行有效", _fewer_in_force)
    yield figures("GX104", "项目数量成了负数", _below_zero, year=FORMER)
    yield figures("GX105", "没有项目却有决定", _no_items, year=FORMER)
    yield figures("GX106", "采购只填了一边", _one_sided, year=FORMER)
    yield figures("GX107", "没有复议却有复议后起诉", _later_suit, also="GX404")
    yield figures("GX201", "没有规章制定权", _rules)
    yield figures("GX202", "逾期不缴费却没有收费通知", _unpaid)
    yield figures("GX203", "把元写成万元", _in_yuan)
    yield figures("GX204", "复议多于申请", _many_reviews)
    yield figures("GX302", "与上年相差五倍以上", _jump)
    yield figures("GX303", "现行有效件数不合", _more_in_force)
    yield Planter("GX304", "上年未结的复议不见了", _pending)
    yield told_otherwise("GX401", "正文的新收数不同", RECEIVED)
    yield told_otherwise("GX402", "正文的予以公开数不同", GRANTED + "total")
    yield told_otherwise("GX403", "正文的结转下年数不同", "requests.carried_out.total")
    yield told_otherwise("GX404", "正文的复议数不同", REVIEWS + "total")
    yield told_otherwise("GX405", "正文的现行有效数不同", DOCUMENTS + "in_force")
    yield told_otherwise("GX406", "正文的收费数不同", FEES)
    yield said("GX407", "有申请却说没有", ("全年未收到政府信息公开申请。",), _has(RECEIVED))
    no_review = ("未发生因政府信息公开引起的行政复议。", "全年没有发生行政复议、行政诉讼。")
    yield said("GX407", "有复议却说没有", no_review, _has(REVIEWS + "total"))
    yield Planter("GX408", "较上年的增减不合", _changed_otherwise)
    fee = ("全年收取信息处理费{n}元。", "本年度依申请提供信息收取信息处理费{n}元，均按标准计算。")
    yield said("GX409", "两处的信息处理费不同", fee, marks=("6",))
    parts = (
        "全年举办开放活动5场，其中线上7场。",
        "全年编发简报30期（其中政策专刊48期）。",
        "接待来访群众40人次，其中老年人52人次。",
    )
    yield said("GX410", "其中之数大于总数", parts)


def beyond() -> Iterator[Planter]:
    """What the rules do not claim to find: how much of it they find all the same."""
    yield told_otherwise("GX405", "“规范性文件方面”后的数", DOCUMENTS + "in_force", unread=True)
    yield told_otherwise("GX401", "申请人的分项", "requests.received.individual")
    active = ("全年主动公开政府信息{n}条。", "本年度共主动公开政府信息{n}条，数量较为稳定。")
    yield said("GX409", "两处的主动公开数不同", active)
    channels = ("全年发布信息30条，其中网站18条、公众号15条。",)
    yield said("GX410", "各渠道之和大于总数", channels)
