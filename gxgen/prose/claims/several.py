"""Several things counted together: one number for each of them, or as many numbers as things.

``予以公开、不予公开各2件`` gives both the same number, ``新收、办结分别为9件、8件`` one each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.prose.claims.cases import CASES, case_results
from gxgen.prose.claims.claim import Reading, Ring
from gxgen.prose.claims.lexicon import UNKNOWN, lexicon, tag_of
from gxgen.prose.claims.readings import MAIN_ROWS
from gxgen.prose.claims.surroundings import shut_letters
from gxgen.prose.claims.tokens import NUMBERS
from gxgen.prose.claims.work import Work

_STOPS = ";()" + NUMBERS
_BETWEEN = ("and", "filler", "noun", "case", "sum")
_SUBJECTS = {
    "receive": ("requests", ("received", "received+carried_in")),
    "accept": ("requests", ("received", "received+carried_in", "processed")),
    "answer": ("requests", ("processed",)),
    "review": ("review", ("reconsideration",)),
    "suit": ("suit", ("direct+after",)),
    "direct": ("suit", ("direct",)),
    "after": ("suit", ("after",)),
    "issue": ("document", ("disclosure.normative_documents.issued",)),
    "repeal": ("document", ("disclosure.normative_documents.repealed",)),
    "in_force": ("document", ("disclosure.normative_documents.in_force",)),
    "licensing": ("decision", ("disclosure.licensing.decisions",)),
    "penalties": ("decision", ("disclosure.penalties.decisions",)),
    "coercive_measures": ("decision", ("disclosure.coercive_measures.decisions",)),
}
_COLUMNS = ("individual", "organisations", "company", "research", "charity", "legal_service")

Subject = tuple[str, tuple[Reading, ...]]
"""The kind of a claim and what may be counted."""


def several(work: Work) -> None:
    """Binds the numbers behind 各 and 分别."""
    letters, tags = lexicon().letters, work.tokens.tags
    if letters["each"] not in tags and letters["apart"] not in tags:
        return
    for at, tag in enumerate(tags):
        if tag not in (letters["each"], letters["apart"]):
            continue
        first, subjects = things_before(work, at)
        if len(subjects) < 2 or not shut_letters().isdisjoint(tags[:at]):
            continue
        numbers = list(numbers_behind(work, at))
        if tag == letters["each"] and len(numbers) == 1:
            ring = Ring.INNER if _table_told(work, first, subjects) else Ring.OUTER
            _same(work, first, subjects, numbers, ring)
        elif len(numbers) == len(subjects := _without_their_block(subjects, len(numbers))):
            ring = Ring.INNER if _sure(work, first, subjects) else Ring.OUTER
            for number, (kind, readings) in zip(numbers, subjects, strict=True):
                _put(work, first, number, kind, [readings], ring=ring)


def _without_their_block(subjects: list[Subject], count: int) -> list[Subject]:
    """Reasons without the outcome that is named behind them: 因甲、乙不予公开的分别为1件、2件."""
    reasons = subjects[:-1]
    whole = {kind for kind, _ in subjects} == {"outcome"}
    return reasons if whole and count > 1 and len(reasons) == count else subjects


def _same(work: Work, first: int, subjects: list[Subject], numbers: list[int], ring: Ring) -> None:
    if len(numbers) == 1:
        groups = [readings for _, readings in subjects]
        _put(work, first, numbers[0], subjects[0][0], groups, ring=ring)


def _sure(work: Work, first: int, subjects: list[Subject]) -> bool:
    """Whether as many numbers as things leave no doubt which is whose: outcomes of requests that
    were counted for certain, or reviews and suits about disclosure."""
    kinds = {kind for kind, _ in subjects}
    if kinds == {"outcome"}:
        told = any(claim.ring is Ring.INNER for _, claim in work.context.totals)
        return told or _table_told(work, first, subjects)
    return kinds == {"review", "suit"} and work.disclosed(first) and not work.taken_up(first)


def _table_told(work: Work, first: int, subjects: list[Subject]) -> bool:
    """Whether the table's own outcomes are told one after the other, where requests are spoken of:
    予以公开、部分公开、不予公开、无法提供、不予处理、其他处理分别为…."""
    blocks = [work.readings.rows("分别", [row]) for row in MAIN_ROWS]
    main = sum(readings in blocks for _, readings in subjects)
    if main < len(subjects) or main < _MOST or "requests" not in work.context.topics:
        return False
    letters, tags = lexicon().letters, work.tokens.tags
    part = tags[tags.rfind(";", 0, first) + 1 : first]
    some = {letters[tag] for tag in (*_COLUMNS, "channel", "wide", "within")}
    return some.isdisjoint(part) and UNKNOWN not in part.rpartition(",")[2]


_MOST = 4
"""So many of the six outcomes are the table's row, and no class of requests."""


def _put(
    work: Work,
    first: int,
    at: int,
    kind: str,
    groups: list[tuple[Reading, ...]],
    *,
    ring: Ring = Ring.OUTER,
) -> None:
    if at in work.bound or not all(groups):
        return
    if work.tokens.tags[at] == "%":
        groups, kind = [work.readings.shares("分别", group) for group in groups], "share"
    if all(groups):
        work.put(at, groups, kind=kind, tokens=(first, at), ring=ring)


def things_before(work: Work, at: int) -> tuple[int, list[Subject]]:
    """The things named before a token in its clause, and where the first stands."""
    tags, first = work.tokens.tags, at
    out: list[Subject] = []
    for token in range(at - 1, -1, -1):
        if tags[token] in _STOPS or tags[token] == ":":
            break
        if tags[token] == "," and out and not _goes_on(work, token):
            break
        found = list(subject_at(work, token))
        if found:
            out, first = [*found, *out], token
    return (first, out) if _all_known(work, first, at) else (at, [])


def _all_known(work: Work, first: int, at: int) -> bool:
    """Whether a list has no thing that is not known: another would get its number."""
    items = re.split("[、,]", work.tokens.tags[first:at])
    return all(set(one) != {UNKNOWN} for one in items)


def _goes_on(work: Work, comma: int) -> bool:
    """Whether a list goes on before a comma: what stands directly there is a thing counted."""
    return comma > 0 and any(True for _ in subject_at(work, comma - 1))


def subject_at(work: Work, token: int) -> Iterator[Subject]:
    """What a word names that can be counted."""
    tag = tag_of(work.tokens.tags[token])
    if tag in lexicon().rows:
        yield "outcome", work.readings.rows("分别", [tag])
    elif tag in _COLUMNS:
        yield "column", work.readings.column("分别", [tag])
    elif tag == "both":
        said = work.sentence.text[work.tokens.starts[token] : work.tokens.ends[token]]
        order = sorted(("review", "suit"), key=lambda one: said.find(_NAMES[one]))
        for one in order:
            kind, texts = _SUBJECTS[one]
            yield kind, work.readings.of("分别", texts)
    elif tag in CASES and (results := case_results(work, "分别", token, CASES[tag])):
        yield "review", results
    elif tag in _SUBJECTS:
        kind, texts = _SUBJECTS[tag]
        if kind != "document" or lexicon().letters["document"] in work.tokens.tags:
            yield kind, work.readings.of("分别", texts)


_NAMES = {"review": "复议", "suit": "诉"}


def numbers_behind(work: Work, at: int) -> Iterator[int]:
    """The numbers of the list that begins behind a token."""
    letters, tags = lexicon().letters, work.tokens.tags
    skipped = {letters[tag] for tag in _BETWEEN} | {letters["share"], *"、,:"}
    for token in range(at + 1, len(tags)):
        if tags[token] in "NZ%":
            yield token
        elif tags[token] not in skipped:
            return
