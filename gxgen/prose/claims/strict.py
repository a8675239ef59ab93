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
    ring = Ring.OUTER if mixed or _unsure(work, frame, found, at, wordless=wordless) else frame.ring
    if frame.kind in ("review", "suit") and not _sure_case(work, found, at):
        if work.taken_up(at) and not work.disclosed(at):
            return
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


def _unsure(work: Work, frame: Frame, found: re.Match[str], at: int, *, wordless: bool) -> bool:
    """Whether something around the words of a frame leaves a doubt of what is counted."""
    if frame.in_list and work.listed() < _rows_needed(work, found):
        return True
    if frame.rows and (not _numbered(work, found) or work.one_or_other(*found.span("rows"))):
        return True
    if frame.name in _TAKEN_UP and work.context.totals:
        return True  # 收到申请10件，受理8件
    if frame.kind == "requests" and frame.needs and work.divided(found.start()):
        return True
    if wordless:
        return False
    if frame.kind == "outcome" and work.of_one_channel(at):
        return True
    if frame.kind == "document" and work.tokens.numbers[at].unit == "条":
        return True  # items on a page
    requests = frame.kind in ("requests", "carry", "outcome")
    other = requests and (work.informations(at) or work.other_unit(at))
    return other or _goes_on(work, found.start())


def _numbered(work: Work, found: re.Match[str]) -> bool:
    """Whether what is masked before an outcome is but the number of a point ((1)予以公开19件), and
    no article, under which a part may be published: 依第三十六条予以公开3件."""
    tokens = work.tokens
    masked = (n for n in range(found.start(), found.start("rows")) if tokens.tags[n] == "T")
    text = work.sentence.text
    return all(_POINT.fullmatch(text, tokens.starts[n], tokens.ends[n]) for n in masked)


_POINT = re.compile(r"\(?[0-9]{1,2}[).、]")
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
        return work.disclosed(at) or _says_disclosure(work, found) or _part_of_suits(work, at)
    return not named.isdisjoint(tags[begin:at])


def _says_disclosure(work: Work, found: re.Match[str]) -> bool:
    """Whether the very name of the cases says what they are about (政府信息公开行政诉讼5件): unless
    other cases are counted beside them, as a class of those that the agency decides."""
    letters, tokens = lexicon().letters, work.tokens
    if work.decides:
        return False
    if "复议" in (heading := work.sentence.heading) and not _OF_REPORT.search(heading):
        return False  # what an agency tells under 行政复议 are those that it decides
    named = next(n for n in range(*found.span()) if tokens.tags[n] in _cases())
    begin = tokens.tags.rfind(";", 0, named) + 1
    said = work.sentence.text[tokens.starts[begin] : tokens.ends[named]]
    alone = tokens.tags.count(tokens.tags[named]) == 1
    decided = letters["answer"] in tokens.tags[begin:named] or _DECIDED.search(said)
    return alone and not decided and "公开" in said[tokens.starts[named] - tokens.starts[begin] :]


_OF_REPORT = re.compile("公开|诉")
_DECIDED = re.compile("审|裁|化解|代理|代表|承办|经办")


@cache
def _cases() -> frozenset[str]:
    return frozenset(lexicon().letters[tag] for tag in ("review", "suit", "both", *_SUITS))


_SUITS = ("direct", "after")


def _part_of_suits(work: Work, at: int) -> bool:
    """Whether suits stand directly behind others that are certain: 行政诉讼5件，其中直接起诉3件."""
    before = max((n for n in work.tokens.numbers if n < at), default=-1)
    told = work.bound.get(before, ())
    sure = any(claim.kind == "suit" and claim.ring is Ring.INNER for claim in told)
    letters, between = lexicon().letters, work.tokens.tags[before + 1 : at]
    parts = {letters[tag] for tag in _SUITS}
    return sure and ";" not in between and not parts.isdisjoint(between)


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
