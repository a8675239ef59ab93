"""What an agency's sentences claim, held against its figures.

``segment → tokens → bind → judge``: pure functions of the text and the figures. Two rings: a wide
grammar binds what it can and may only ask; a small set of frames that match all the words around a
number may call it wrong, and only if no reading of it fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from gxgen.model.agency import Agency, AgencyKind
from gxgen.model.report import Report
from gxgen.prose.claims.added import outside, spoken
from gxgen.prose.claims.bind import Binder
from gxgen.prose.claims.claim import Claim, Verdict
from gxgen.prose.claims.judge import Figures, judge
from gxgen.prose.claims.memory import recalled
from gxgen.prose.claims.segment import Sentence, sentences
from gxgen.prose.claims.surroundings import Context
from gxgen.prose.claims.tokens import Added, tokenised


def claims_of(report: Report) -> tuple[Claim, ...]:
    """Every number of the text, and every statement that there was nothing, with what it may
    count. Computed once a report."""
    kept: tuple[Claim, ...] | None = report.__dict__.get("_claims")
    if kept is None:
        own = own_names(report.agency)
        found = recalled(_claims(report), report.words, report.edition, report.year, own)
        kept = report.__dict__["_claims"] = tuple(found)
    return kept


def verdicts_of(report: Report) -> tuple[Verdict, ...]:
    """Each claim with what came of holding it against the figures. Computed once a report."""
    kept: tuple[Verdict, ...] | None = report.__dict__.get("_verdicts")
    if kept is None:
        figures = Figures(report)
        kept = tuple(judge(claim, figures, report.year) for claim in claims_of(report))
        report.__dict__["_verdicts"] = kept
    return kept


def _claims(report: Report) -> Iterator[Claim]:
    added = spoken(report)
    if added:
        return outside(_by_sentence(report), _by_sentence(report, added))
    return chain.from_iterable(_by_sentence(report))


def _by_sentence(report: Report, added: Added = ()) -> Iterator[tuple[Claim, ...]]:
    decides = decides_reviews(report.agency)
    binder, context = Binder(report.edition, report.year, decides=decides), Context()
    own, wide = own_names(report.agency), speaks_for_all(report.agency)
    heading = ""
    for sentence in sentences(report.narrative):
        if sentence.heading != heading:
            heading, context = sentence.heading, Context()
        if sentence.opens:
            context = context.next_paragraph()
            if _REQUESTS.search(heading):
                context.topics.add("requests")
            elif _DOCUMENTS.search(heading):
                context.topics.add("document")
        if "requests" not in context.topics and _REQUESTS.search(_since_point(sentence)):
            context.topics.add("requests")
        asked = "requests" in context.topics
        tokens = tokenised(sentence.text, report.year, own, wide=wide, asked=asked, added=added)
        yield tuple(binder.claims(sentence, tokens, context))


def _since_point(sentence: Sentence) -> str:
    """What the paragraph says before a sentence, since the last 一是, 二是."""
    before = sentence.before
    points = [found.end() for found in _POINT.finditer(before)]
    return before[points[-1] :] if points else ""


_POINT = re.compile("[一二三四五六七八九]是")
_REQUESTS = re.compile("依申请|公开申请|申请公开")
"""Headings under which requests are spoken of."""
_DOCUMENTS = re.compile("规范性文件(?:的?(?:管理|制发|制定|清理|公开|工作|情况|数量))*[。：:]?$")
"""Headings that name documents, so that what stands under them need not: 制发3件，废止1件."""


def speaks_for_all(agency: Agency) -> bool:
    """Whether an agency's report is about the whole county, or the whole zone: its government's, or
    the committee's that governs a development zone."""
    name = agency.name
    if _ZONE.search(name):
        return True
    if name.endswith("人民政府"):
        return not name.endswith(("镇人民政府", "乡人民政府"))
    return agency.kind is AgencyKind.GOVERNMENT and not name.endswith(("办公室", "局", "委员会"))


def decides_reviews(agency: Agency) -> bool:
    """Whether an agency decides reviews itself, so that those it tells of need not be its own."""
    return speaks_for_all(agency) or agency.name.endswith(("司法局", "司法厅", "政府办公室"))


_ZONE = re.compile("(?:开发|高新|新|园|示范|合作|度假|保税|试验|集聚)区(?:管理委员会|管委会)$")


def own_names(agency: Agency, also: Iterable[str] = ()) -> re.Pattern[str]:
    """What finds the names of an agency in its text, and what else it is called."""
    names = map(re.escape, _longest_first(_given(agency, also)))
    return re.compile("|".join([*names, *_shorter(agency.name)]))


def full_names(agency: Agency, also: Iterable[str] = ()) -> list[str]:
    """The names alone, the longest first, without what is made by leaving letters out, which a
    neighbour's name may hold."""
    names = _given(agency, also)
    places, core = _PLACES.fullmatch(agency.name[:_LONGEST_NAME]).groups()  # type: ignore[union-attr]
    if places and len(core) >= _SHORTEST_NAME:
        names |= {places[-1] + core, core}
    return _longest_first(names)


def _given(agency: Agency, also: Iterable[str]) -> set[str]:
    return {agency.name, agency.short_name or agency.name, *also}


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(filter(None, names), key=lambda name: (-len(name), name))


def _shorter(name: str) -> Iterator[str]:
    """Patterns of what an agency calls itself for short: without its places, in its own letters
    left out (县住建局 for 县住房和城乡建设局)."""
    places, core = _PLACES.fullmatch(name[:_LONGEST_NAME]).groups()  # type: ignore[union-attr]
    if len(core) < _SHORTEST_NAME:
        return
    where = "".join(f"(?:{re.escape(place)})?" for place in _PLACE.findall(places))
    level = f"[{places[-1]}]?" if places else ""
    if core.endswith(("人民政府办公室", "人民政府办公厅")):
        yield f"{where}{level}(?:人民)?政府办(?:公[室厅])?"
        return
    first, middle, last = core[0], core[1:-1], core[-1]
    if core.endswith("委员会"):
        middle, last = core[1:-3], "委(?:员会)?"
    if len(middle) < _FEW:
        yield where + level + re.escape(core)
        return
    inner = "".join(f"{re.escape(letter)}?" for letter in middle)
    yield f"{where}{level}{re.escape(first)}(?!{last}){inner}{last}"


_SHORTEST_NAME, _FEW, _LONGEST_NAME = 3, 2, 60
_PLACE = re.compile("(?<![^省市县区旗州盟])[^省市县区旗州盟]+[省市县区旗州盟]")
_PLACES = re.compile(r"((?:[^省市县区旗州盟]+[省市县区旗州盟])*)(.*)", re.DOTALL)
"""Places before the name proper: the agency calls itself 县水务局, or 水务局."""
