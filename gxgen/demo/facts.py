"""What an invented agency's text may say of itself: facts as words, taken from its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from gxgen.demo.agencies import GOVERNMENT, DemoAgency
from gxgen.demo.figures import FEES, demo_figures
from gxgen.editions.schema import Edition, FieldKey
from gxgen.editions.tables import Matrix, walk
from gxgen.model.numbering import written_number
from gxgen.model.report import Value

Values = Mapping[FieldKey, Value]
_RECEIVED = "requests.received.total"
_NAMED = {
    "issued": "disclosure.normative_documents.issued",
    "repealed": "disclosure.normative_documents.repealed",
    "in_force": "disclosure.normative_documents.in_force",
    "produced": "disclosure.normative_documents.produced",
    "published": "disclosure.normative_documents.published",
    "public_total": "disclosure.normative_documents.public_total",
    "fees": FEES,
    "projects": "disclosure.procurement.projects",
    "procured": "disclosure.procurement.amount",
    "received": _RECEIVED,
    "carried_in": "requests.carried_in.total",
    "carried_out": "requests.carried_out.total",
    "processed": "requests.processed.total",
    "notices": "requests.other_handling.fee_unpaid.total",
    "reviews": "remedies.reconsideration.total",
}
"""Facts that are a figure of the form, where the edition has it."""
_SUITS = (
    "remedies.litigation_direct.total",
    "remedies.litigation_after_reconsideration.total",
)


def demo_facts(unit: DemoAgency, edition: Edition, year: int, values: Values) -> dict[str, str]:
    """Every fact as it is printed, by the name of its slot; the government has no figures."""
    agency = unit.agency
    facts = {
        "name": agency.name,
        "me": unit.me,
        "county": unit.county,
        "year": str(year),
        "last": str(year - 1),
        "next": str(year + 1),
        "notice": edition.notice.number,
        "notice_title": edition.notice.title.replace("《", "〈").replace("》", "〉"),
        **{f: getattr(agency.contact, f) or "" for f in _CONTACT},
    }
    if unit.index != GOVERNMENT:
        facts |= _figures(unit, edition, year, values)
    return facts


_CONTACT = ("address", "postcode", "phone", "email", "website")


def _figures(unit: DemoAgency, edition: Edition, year: int, values: Values) -> dict[str, str]:
    facts = {name: str(values[key]) for name, key in _NAMED.items() if key in values}
    if _RECEIVED in values:
        before = demo_figures(unit, edition, year - 1)
        facts["received_change"] = _change(int(values[_RECEIVED]), int(before[_RECEIVED]), "件")
    facts["suits"] = str(sum(int(values.get(key, 0)) for key in _SUITS))
    facts["decisions"] = _decisions(edition, values)
    facts["applicants"] = _applicants(edition, values)
    facts["outcomes"] = _outcomes(edition, values)
    return facts | _published(unit, year)


def _published(unit: DemoAgency, year: int) -> dict[str, str]:
    """How many pieces of information were published, against last year, and where."""
    now, before = published(unit, year), active_total(unit, year - 1)
    told = {name: str(count) for name, count in now.items()}
    return told | {"active_change": _change(now["active"], before, "条", rate=True)}


def published(unit: DemoAgency, year: int) -> dict[str, int]:
    """How many pieces of information were published in a year, and where."""
    active, random = active_total(unit, year), unit.random(year, "channels")
    site = int(active * random.uniform(0.35, 0.65))
    social = int((active - site) * random.uniform(0.4, 0.9))
    return {"active": active, "site": site, "social": social, "board": active - site - social}


def active_total(unit: DemoAgency, year: int) -> int:
    """Pieces of information published in a year (主动公开…条)."""
    usual = unit.random("active", "usual").lognormvariate(5.9, 0.8)
    return max(20, int(usual * unit.random(year, "active").uniform(0.8, 1.35)))


def _change(now: int, before: int, measure: str, *, rate: bool = False) -> str:
    """``较上年增加10条，增长3.89%``; no rate from a base of 0."""
    if now == before:
        return "与上年持平"
    more = now > before
    words = f"较上年{'增加' if more else '减少'}{abs(now - before)}{measure}"
    if not rate or before == 0:
        return words
    share = Decimal(abs(now - before) * 100) / before
    return f"{words}，{'增长' if more else '下降'}{share.quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


def _listed(counts: Iterable[tuple[str, Value]], measure: str = "件") -> str:
    return "、".join(f"{label}{count}{measure}" for label, count in counts if count)


def _decisions(edition: Edition, values: Values) -> str:
    fields = (f for f in edition.fields.values() if f.column == "decisions")
    return _listed((f"{f.row_label}决定", values[f.key]) for f in fields)


def _applicants(edition: Edition, values: Values) -> str:
    total = edition.totals.get(_RECEIVED)
    fields = (edition.fields[key] for key in (total.right if total else ()))
    return _listed((f.column_label, values[f.key]) for f in fields)


def _outcomes(edition: Edition, values: Values) -> str:
    """The kinds of outcome with their sums, in the form's own words."""
    form = edition.table("requests")
    kinds: Counter[str] = Counter()
    processed = edition.totals.get("requests.processed.total")
    if isinstance(form, Matrix) and processed is not None:
        for row, _, labels in walk(form.rows):
            key = f"{form.key}.{row}.total"
            if key in processed.right:
                kinds[_plain(labels[1])] += int(values[key])
    return _listed(kinds.items())


def _plain(label: str) -> str:
    """A label without its number and without what stands in brackets."""
    number = written_number(label)
    return label[len(number.token) if number else 0 :].partition("（")[0]
