"""The strict frames: all the words around a number, in their order."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from gxgen.prose.claims.claim import Form, Reading, Ring
from gxgen.prose.claims.lexicon import SHAPES, Frame, has, lexicon, mask_of_tags
from gxgen.prose.claims.readings import MAIN_ROWS, Found
from gxgen.prose.claims.work import Work


def strict(work: Work) -> None:
    """Binds what the frames of the inner ring match."""
    for frame, found in matches(work.tokens.tags):
        _framed(work, frame, found)


@lru_cache(maxsize=SHAPES)
def matches(tags: str) -> tuple[tuple[Frame, re.Match[str]], ...]:
    """Where which frames are in a sentence. Sentences of one form, whatever their numbers, have the
    same tags: the reports of a county have a few hundred forms."""
    mask = mask_of_tags(tags)
    return tuple(
        (frame, found)
        for rarest, frame in _by_rarest()
        if mask & rarest and has(mask, frame.must)
        for found in frame.pattern.finditer(tags)
    )


@cache
def _by_rarest() -> tuple[tuple[int, Frame], ...]:
    """The frames, each beside the words by which most are passed over."""
    return tuple((frame.rarest, frame) for frame in lexicon().frames)


def _framed(work: Work, frame: Frame, found: re.Match[str]) -> None:
    wordless = frame.zero or frame.change == "same"
    at = found.start() if wordless else found.start("n")
    if frame.needs and frame.needs != "total":
        spoken = {topic for token, topic in work.topics if token < at}
        spoken = work.with_documents_or_rules(spoken, at)
        if spoken.isdisjoint(frame.needs.split("|")):
            return
    if at in work.bound or (frame.zero and _inside(work, found)) or work.tainted(found.start()):
        return
    mixed = "" if wordless else work.mixed(at)
    if frame.kind == "carry" and frame.zero and work.of_other_things(at):
        return
    if frame.kind == "carry" and not wordless and work.of_cases_alone(at):
        return
    if frame.kind in ("review", "suit") and work.of_decisions(at):
        return
    if frame.kind == "requests" and work.elsewhere_told(at):
        return
    if frame.needs in _FOLLOWING and (work.strange(at) or work.of_other_things(at)):
        return
    if (
        mixed == "other"
        or work.afield(at)
        or (frame.kind == "requests" and not frame.needs and work.a_part(found))
    ):
        return
    if frame.change and not _adjacent(work, found):
        return
    readings, sign = _by_frame(work, frame, found)
    if not readings:
        return
    ring = frame.ring
    if frame.in_list and work.listed() < _rows_needed(work, found):
        ring = Ring.OUTER
    if frame.kind in ("requests", "carry", "outcome") and not wordless:
        ring = Ring.OUTER if work.informations(at) or work.other_unit(at) else ring
    if frame.name in _TAKEN_UP and work.context.totals:
        ring = Ring.OUTER  # 收到申请10件，受理8件
    if mixed or (not wordless and _goes_on(work, found.start())):
        ring = Ring.OUTER
    if frame.rows and work.one_or_other(*found.span("rows")):
        ring = Ring.OUTER
    if frame.kind in ("review", "suit") and not _sure_case(work, found, at):
        if work.taken_up(at) and not work.disclosed(at):
            return
        ring = Ring.OUTER
    if frame.kind == "requests" and frame.needs and work.divided(found.start()):
        ring = Ring.OUTER
    work.put(
        at,
        [(one,) for one in readings] if frame.each else [readings],
        kind=frame.kind,
        tokens=(found.start(), found.end() - 1),
        ring=ring,
        also=work.readings.of(frame.name, frame.also),
        sign=sign,
        wordless=wordless,
    )
    work.heard(at, frame.kind, frame.gives, zero=frame.zero)


_TAKEN_UP = ("受理申请", "受理…件申请")
_FOLLOWING = ("requests", "requests|carried", "carried")


def _goes_on(work: Work, start: int) -> bool:
    """Whether what is counted began before the frame: 咨询、部分公开5件."""
    tags = work.tokens.tags
    before = tags[:start].rstrip("、")
    listed = len(before) < start or tags[start : start + 1] == "、"
    joined = before[-1:] == lexicon().letters["and"]
    return (listed and before[-1:] not in "NZ%)") or (joined and before[-2:-1] not in "NZ%),")


def _sure_case(work: Work, found: re.Match[str], at: int) -> bool:
    """Whether reviews or suits are for certain those about disclosure, and the agency's own."""
    letters = lexicon().letters
    named = {letters["topic"], letters["request"]}
    tags = work.tokens.tags
    begin = tags.rfind(";", 0, found.start()) + 1
    if not work.taken_up(at):
        return work.disclosed(at)
    return not named.isdisjoint(tags[begin:at])


def _by_frame(work: Work, frame: Frame, found: re.Match[str]) -> Found:
    if frame.change:
        form = Form.RATE if frame.change == "rate" else Form.CHANGE
        falls = lexicon().letters["down"] in found[0]
        sign = 0 if frame.change == "same" else -1 if falls else 1
        return _changes(work, frame.name, form, found.start()), sign
    if frame.rows:
        rows = _framed_rows(work, frame, found)
        return (work.readings.shares(frame.name, rows) if frame.kind == "share" else rows), 0
    readings = work.readings.of(frame.name, frame.readings)
    if frame.kind == "suit" and work.after_review(found.start("n")):
        readings += work.readings.of(frame.name, ("after",))
    return work.newly(readings, found.start("n") if "n" in found.groupdict() else 0), 0


def _framed_rows(work: Work, frame: Frame, found: re.Match[str]) -> tuple[Reading, ...]:
    counted = [at for at in range(*found.span()) if at in work.tokens.numbers]
    if any(work.informations(at) for at in counted):
        return ()
    rows = work.readings.rows(frame.name, work.rows_in(found["rows"]))
    if _goes_on(work, found.start()):
        rows += work.any_row(frame.name, work.rows_in(found["rows"]))
    return work.either(frame.name, rows, work.rows_in(found["rows"]), found.start())


def _changes(work: Work, why: str, form: Form, start: int) -> tuple[Reading, ...]:
    totals = [claim for token, claim in work.context.totals if token < start]
    if not totals:
        return ()
    return work.readings.compared(why, (totals[-1], totals[0]), form)


def _adjacent(work: Work, found: re.Match[str]) -> bool:
    """Whether a change follows its total with nothing between."""
    return any(at >= 0 and at + 1 == found.start() for at, _ in work.context.totals)


def _inside(work: Work, found: re.Match[str]) -> bool:
    return any(begin <= found.start() and found.end() <= end for begin, end in work.taken)


def _rows_needed(work: Work, found: re.Match[str]) -> int:
    """How many outcomes a sentence must name before one of them may be called wrong."""
    main = all(tag in MAIN_ROWS for tag in work.rows_in(found["rows"]))
    if main and any(claim.ring is Ring.INNER for _, claim in work.context.totals):
        return 1
    return 2 if "requests" in work.context.topics else 3
