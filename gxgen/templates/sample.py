"""An invented report to look at a style with: every kind of heading and text, figures that add up.

Nothing in it is an agency's; the same edition gives the same report.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from gxgen.editions.derive import IdentityKind
from gxgen.editions.schema import Edition, FieldKey, Kind
from gxgen.model.agency import Agency, AgencyKind
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Entry, Report, SignOff, SignOffForm, Value

AGENCY = Agency("云岭市样张县文化旅游服务中心", "样张县文旅中心", AgencyKind.DEPARTMENT)

YEARS_ON = 4
"""So many years after its first the form in force is shown."""

_FIGURES: dict[FieldKey, int | str] = {
    "disclosure.normative_documents.issued": 2,
    "disclosure.normative_documents.produced": 2,
    "disclosure.normative_documents.published": 2,
    "disclosure.normative_documents.repealed": 1,
    "disclosure.normative_documents.in_force": 14,
    "disclosure.normative_documents.public_total": 14,
    "disclosure.licensing.previous_items": 9,
    "disclosure.licensing.change": -1,
    "disclosure.licensing.decisions": 1286,
    "disclosure.penalties.previous_items": 4,
    "disclosure.penalties.decisions": 37,
    "disclosure.fees.amount": "20.35",
    "requests.carried_in.individual": 2,
    "requests.carried_out.individual": 3,
    "requests.carried_out.company": 1,
    "requests.granted.individual": 21,
    "requests.granted.company": 6,
    "requests.granted.legal_service": 2,
    "requests.partly_granted.individual": 4,
    "requests.refused.third_party_rights.individual": 2,
    "requests.refused.enforcement_files.company": 1,
    "requests.unavailable.not_held.individual": 9,
    "requests.unavailable.not_held.company": 2,
    "requests.unavailable.must_be_created.research": 1,
    "requests.not_processed.petition.individual": 3,
    "requests.other_handling.individual": 2,
    "requests.other_handling.other.individual": 2,
    "remedies.reconsideration.upheld": 2,
    "remedies.reconsideration.corrected": 1,
    "remedies.litigation_direct.pending": 1,
}
"""In the words of every edition; what an edition does not declare is passed over."""

_TEXTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("0", "", (
        "本报告根据《中华人民共和国政府信息公开条例》和上级关于年度报告格式的要求编制，全文包括总体情况、"
        "主动公开政府信息情况、收到和处理政府信息公开申请情况等六个部分。所列数据的统计期限自{year}年"
        "1月1日起至{year}年12月31日止。",
        "（这是用来看版式的样张，单位、数字和文字都是虚构的。）",
    )),
    ("1", "", ("{year}年，本中心把公开透明贯穿服务全过程，各项工作平稳有序。",)),
    ("1.1", "", ("全年主动公开政府信息412条，其中动态信息286条、公示公告126条。",)),
    ("1.1.1", "重点领域", (
        "围绕“文化惠民”公开演出场次、场馆开放和补助资金安排，方便群众查询和监督。",
    )),
    ("1.1.1.1", "场馆开放", ("公布12处文化场馆的开放时间、预约方式和咨询电话。",)),
    ("1.1.2", "政策解读。", ("制发规范性文件2件，配发解读材料2篇，图文、问答形式各占一半。",)),
    ("1.2", "", (
        "全年新收政府信息公开申请{received}件，上年结转{carried_in}件；"
        "办结{processed}件，结转下年度继续办理{carried_out}件。",
    )),
    ("1.3", "", ("落实先审后发，全年清理规范性文件1件，更新公开指南和公开目录。",)),
    ("1.4", "", ("网站专栏改版后设6个栏目，新媒体账号发布信息368条。",)),
    ("1.5", "", ("组织业务培训2次，培训86人次；社会评议结果为“好”，未发生责任追究。",)),
    ("5", "", ("存在的主要问题：一是解读形式还不够丰富；二是个别栏目更新不够及时。",)),
    ("5.1", "丰富解读形式。", ("增加短视频和现场讲解，重要政策解读率达到100%。",)),
    ("5.2", "加强栏目维护。", ("每月巡检一次，发现问题3个工作日内整改。",)),
    ("6", "", ()),
    ("6.1", "", ("本年度没有发出收费通知，未收取信息处理费。",)),
    ("6.2", "其他事项", ("没有其他需要报告的事项。",)),
)  # fmt: skip
"""Mark, heading where the form gives none, paragraphs."""


def sample_report(edition: Edition) -> Report:
    """The invented report of an edition, with that of the year before."""
    year = edition.last_year or edition.first_year + YEARS_ON
    now = sample_figures(edition)
    shown = {name: now[f"requests.{name}.total"] for name in _SHOWN}
    report = Report(
        edition,
        AGENCY,
        year,
        _entries(now),
        tuple(_passages(edition, {**shown, "year": year})),
        SignOff(SignOffForm.AGENCY_AND_DATE, dt.date(year + 1, 1, 18)),
    )
    last = replace(report, year=year - 1, entries=_entries(_year_before(edition, now)))
    return replace(report, previous=last)


_SHOWN = ("received", "carried_in", "processed", "carried_out")
"""The figures of table three that the text quotes."""


def sample_figures(edition: Edition) -> dict[FieldKey, Value]:
    """Every figure of an edition, true to its identities."""
    zero = {k: Decimal(0) if f.kind is Kind.MONEY else 0 for k, f in edition.fields.items()}
    given = {
        key: Decimal(value) if isinstance(value, str) else value
        for key, value in _FIGURES.items()
        if key in edition.fields
    }
    return _added_up(edition, {**zero, **given})


def _year_before(edition: Edition, now: Mapping[FieldKey, Value]) -> dict[FieldKey, Value]:
    """About half of everything, except what goes on into this year: what was carried over, and
    documents in force."""
    before = {key: value // 2 if value > 0 else value for key, value in now.items()}
    before |= {last: now[this] for this, last in edition.carries.items()}
    for key in (key for key in now if key.endswith(".in_force")):
        issued, repealed = (now[key.replace("in_force", word)] for word in ("issued", "repealed"))
        before[key] = now[key] - issued + repealed
    return _added_up(edition, before)


def _added_up(edition: Edition, values: Mapping[FieldKey, Value]) -> dict[FieldKey, Value]:
    """The same with its totals, and with as much received as was processed and is left over."""
    out = dict(values)
    _totals(edition, out)
    for identity in edition.identities:
        if identity.kind is IdentityKind.BALANCE:
            first, *others = identity.left
            out[first] = sum(out[k] for k in identity.right) - sum(out[k] for k in others)
    _totals(edition, out)
    return out


def _totals(edition: Edition, values: dict[FieldKey, Value]) -> None:
    def value(key: FieldKey) -> Value:
        if key in edition.totals:
            values[key] = sum(value(part) for part in edition.totals[key].right)
        return values[key]

    for key in edition.totals:
        value(key)


def _entries(values: Mapping[FieldKey, Value]) -> dict[FieldKey, Entry]:
    return {key: Entry(value, str(value)) for key, value in values.items()}


def _passages(edition: Edition, shown: Mapping[str, Value]) -> Iterator[Passage]:
    titles = _titles(edition)
    for mark, heading, texts in _TEXTS:
        paragraphs = (Paragraph(text.format_map(shown)) for text in texts)
        yield Passage(mark, heading or titles.get(mark), tuple(paragraphs))


def _titles(edition: Edition) -> dict[str, str]:
    """The form's own titles of sections and their parts, by mark."""
    titles = {section.mark: section.title for section in edition.sections[1:]}
    for section in edition.sections:
        parts = enumerate(section.parts, 1)
        titles |= {f"{section.mark}.{number}": part.title for number, part in parts}
    return titles
