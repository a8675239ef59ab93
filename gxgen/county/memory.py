"""What a county may remember: questions that were answered 属实, and what the number counts.

A person takes a proposal over; a build never writes here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from gxgen.checks.wording import named_cell
from gxgen.county.agency_year import Judgement
from gxgen.county.around import read
from gxgen.county.blocks import Said, with_block, without_block
from gxgen.county.files import write_whole
from gxgen.county.plan import plan
from gxgen.county.project import County
from gxgen.county.unit import check_unit
from gxgen.county.words import WORDS_FILE, said_by, text_of
from gxgen.diagnostics import Severity
from gxgen.errors import UsageError
from gxgen.model.report import Report
from gxgen.model.words import Remembered
from gxgen.prose.claims import claims_of, own_names
from gxgen.prose.claims.claim import Claim
from gxgen.prose.claims.lexicon import lexicon
from gxgen.prose.claims.memory import masked

TRUE = re.compile(r"(?:单位说明|县里说明（[^（）]*）)：属实")
"""How an answer reads in its finding, if it says that the sentence is true."""
_BLOCK = "frame"
_MOST_LETTERS = 400
_HEAD = """# 本县各单位文字中的约定，编码 UTF-8。
# 每个 [[frame]] 是一句问过、答过“属实”的话：clause 里 # 是数，[ ] 里是问的那个数，
# reads 是它说的是表中哪个数（空着就是不对应表中任何数）。
# 不要的整段删去，或用 gxgen words --remove。
"""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence that may be remembered, one reading of its number, and who wrote it when."""

    frame: Remembered
    sentence: str
    meaning: str
    agency: str
    year: int


def proposals(county: County, output: Path) -> list[Proposal]:
    """What the answers in the county's forms offer, without what is remembered already."""
    known = {one.clause for one in county.words.frames}
    found: dict[Remembered, Proposal] = {}
    for filing in plan([county.folder], output):
        for one in _of(check_unit(read(filing))):
            if one.frame.clause not in known:
                found.setdefault(one.frame, one)
    return list(found.values())


def _of(judgement: Judgement) -> Iterator[Proposal]:
    report = judgement.report
    notes = (one for one in judgement.findings if one.severity is Severity.NOTE)
    answered = [one for one in notes if TRUE.search(one.message)]
    if report is None or not answered:
        return
    questions = {(d.place, d.quote, d.key) for d in answered}
    for claim in claims_of(report):
        keys = [key for reading in claim.readings for key in reading.expr.keys]
        if keys and (claim.span.place, claim.sentence.text, keys[0]) in questions:
            yield from _readings(report, claim)


def _readings(report: Report, claim: Claim) -> Iterator[Proposal]:
    """One proposal for each figure that the number equals, and one for none of them."""
    clause = masked(claim, report.year, own_names(report.agency))
    if clause is None or claim.quantity is None or len(clause) > _MOST_LETTERS:
        return
    low, high = claim.quantity.low, claim.quantity.high
    # Only totals of the same table: a row deep in it that happens to be equal would next year be
    # an error out of nothing.
    tables = {key.partition(".")[0] for one in claim.readings for key in one.expr.keys}
    alike = [
        key
        for name in lexicon().names.values()
        for key in (name, f"{name}.total")
        if low == high == report.values.get(key, 0) != 0 and key.partition(".")[0] in tables
    ]
    for reads in (*alike, ""):
        meaning = named_cell(report, reads) if reads else "不对应表中任何数"
        frame = Remembered(clause, reads)
        yield Proposal(frame, claim.sentence.text, meaning, report.agency.name, report.year)


def accept(county: County, proposal: Proposal) -> Path:
    """Write a proposal into the county's words file.

    Raises:
        UsageError: the file is not valid, or cannot be written.
    """
    path = county.folder / WORDS_FILE
    text = text_of(path) or _HEAD
    frame = proposal.frame
    said: Said = {
        "sentence": proposal.sentence,
        "clause": frame.clause,
        "reads": frame.reads,
        "agency": proposal.agency,
        "year": proposal.year,
    }
    return _written(county, with_block(text, _BLOCK, said), (*county.words.frames, frame))


def remove(county: County, number: int) -> Path:
    """Take the ``number``-th remembered sentence out of the county's words file.

    Raises:
        UsageError: there is none, or the file is written in a way that only a person can change.
    """
    frames = county.words.frames
    if not 1 <= number <= len(frames):
        raise UsageError(f"没有第{number}句；现在记住的有{len(frames)}句。")
    path = county.folder / WORDS_FILE
    left = without_block(text_of(path), _BLOCK, number - 1, len(frames))
    if left is None:
        raise UsageError(f"{path} 的写法特殊，请打开它，删去那一段。")
    return _written(county, left, (*frames[: number - 1], *frames[number:]))


def _written(county: County, text: str, frames: tuple[Remembered, ...]) -> Path:
    """The file, written only if it says what it should and all else that it said."""
    path = county.folder / WORDS_FILE
    if said_by(text, path) != replace(county.words, frames=frames):
        raise UsageError(f"{path} 的写法特殊，没有改动它；请打开它，自己增删那一段。")
    write_whole(path, text.encode())
    return path
