"""Claims read by hand in published reports: what is found in their quotes, and what it is bound to.

The quotes are short (24 letters before a number, 12 behind it), so this says how the quotes are
put together again, and counts apart those that do not hold the words that say what is counted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from gxgen.editions.declared import EDITIONS
from gxgen.model.agency import Agency, AgencyKind
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Report
from gxgen.prose.claims import claims_of
from gxgen.prose.claims.claim import Claim, Expr
from gxgen.prose.claims.readings import readings_of
from gxgen.prose.claims.tokens import tokenised
from tests.support import SEEDS

FOLDER = SEEDS.parent / "real"
HOW = """\
Quotes of one report that overlap are joined to one passage. A passage is a paragraph of its own,
under a heading only where it quotes one (（二）依申请公开…); nothing is added. A claim whose
passage lacks the words that say what is counted is told apart (subject outside the quote)."""
_Sums = tuple[str, frozenset[tuple[str, int]]]
BEHIND = 12
"""So many letters stand in a quote behind its number, unless the paragraph ends before."""
LEAST = 6
"""Quotes are joined where they share so many letters."""
_HEADING = re.compile(
    "(?:^| )[(（]?[一二三四五六七八九十0-9]+[)）、.．] ?(?P<name>[^ 。,，:：0-9]{2,20})[ 。:：]"
)
_SUBJECT = {
    "litigation": "诉讼|起诉|应诉|审结|维持|纠正",
    "reconsideration": "复议|审结|维持|纠正",
    "[individual]": "自然人|个人|公民|居民",
    "requests": "申请|公开|受理|收到|办理|办结|答复|结转|提供|不予|处理|占|收件",
    "disclosure": "规范性文件|规章|许可|处罚|强制|收费|制发|废止|有效",
    "handling_fee": "费",
}


@dataclass
class Joined:
    """Quotes joined; ``begins`` counts letters of the page, about."""

    text: str
    marks: list[tuple[int, int, dict[str, Any]]] = field(default_factory=list)


def main(folder: Path = FOLDER) -> Counter[str]:
    """Score the claims of ``claims.jsonl`` in a folder and print."""
    path = folder / "claims.jsonl"
    if not path.is_file():
        raise SystemExit(f"{path} is not there: the published claims cannot be read")
    told: Counter[str] = Counter()
    say: list[str] = []
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for _, group in groupby(lines, key=lambda one: one["report"]):
        for passage in passages(group):
            _scored(passage, told, say)
    print(HOW, *dict.fromkeys(say), sep="\n")
    print(*(f"{name:<48}{count}" for name, count in sorted(told.items())), sep="\n")
    for part, whole in _RATIOS:
        print(f"{part} / {whole}: {100 * told[part] / max(1, told[whole]):.1f} %")
    return told


_RATIOS = (
    ("extracted", "numbers"),
    ("bound", "marked"),
    ("bound", "marked, subject in the quote"),
    ("bound or partly", "marked"),
    ("nothing, yet bound", "nothing in the tables"),
)


def passages(lines: Iterable[dict[str, Any]]) -> Iterator[Joined]:
    """The quotes of a report, joined where they overlap."""
    last: Joined | None = None
    for line in sorted(lines, key=lambda one: one["span"]):
        quote = line["quote"]
        start, end = _in_quote(line)
        shared = _shared(last.text, quote) if last is not None else 0
        if last is not None and shared:
            moved = len(last.text) - shared
            last.text += quote[shared:]
            last.marks.append((moved + start, moved + end, line))
            continue
        if last is not None:
            yield last
        last = Joined(quote, [(start, end, line)])
    if last is not None:
        yield last


def _shared(before: str, quote: str) -> int:
    return next((n for n in range(len(quote), LEAST - 1, -1) if before.endswith(quote[:n])), 0)


def _in_quote(line: dict[str, Any]) -> tuple[int, int]:
    """Where the claimed words stand in the quote: the occurrence nearest to where it should be."""
    quote, value = line["quote"], line["value"] or ""
    long = line["span"][1] - line["span"][0]
    there = max(0, len(quote) - BEHIND - long)
    if line["kind"] in ("zero", "same"):
        return min(there, 24), len(quote)
    whole = rf"(?<![0-9]){re.escape(value)}(?![0-9])"
    found = [m.start() for m in re.finditer(whole, quote)] if value else []
    at = min(found, key=lambda one: abs(one - min(there, 24)), default=min(there, 24))
    return at, at + (len(value) if found else long)


def report_of(passage: Joined, line: dict[str, Any]) -> tuple[Report, list[tuple[int, str]]]:
    """A report with the passage in it, and where its pieces began."""
    pieces: list[tuple[int, str]] = []
    narrative: list[Passage] = [Passage("1", "总体情况")]
    at, heading = 0, None
    for found in [*_HEADING.finditer(passage.text), None]:
        end = len(passage.text) if found is None else found.start()
        body = passage.text[at:end]
        if body.strip():
            pieces.append((at, body))
            mark = "1" if heading is None else f"1.{len(narrative)}"
            narrative.append(Passage(mark, heading, (Paragraph(body),)))
        if found is not None:
            at, heading = found.end(), found["name"]
    year = line["year"]
    edition = EDITIONS["2019" if year < 2021 else "2021"]
    kind = AgencyKind.GOVERNMENT if line["level"] in _WHOLE else None
    agency = Agency(line["agency"], kind=kind)
    return Report(edition, agency, year, {}, tuple(narrative)), pieces


_WHOLE = ("市政府", "县政府", "开发区")
"""Levels whose report is about all that is under them."""


def _scored(passage: Joined, told: Counter[str], say: list[str]) -> None:
    line = passage.marks[0][2]
    report, pieces = report_of(passage, line)
    reads = []
    for claim in claims_of(report):
        span = claim.quantity.span if claim.quantity else claim.span
        begin = next(at for at, body in pieces if body == span.paragraph)
        reads.append((begin + span.start, begin + span.end, claim))
    for start, end, one in passage.marks:
        near = [claim for a, b, claim in reads if a < end and start < b]
        _one(passage, start, one, near, report, told, say)


def _one(
    passage: Joined,
    start: int,
    line: dict[str, Any],
    near: list[Claim],
    report: Report,
    told: Counter[str],
    say: list[str],
) -> None:
    said = line["value"] or ""
    before, behind = passage.text[max(0, start - 40) : start], passage.text[start + len(said) :]
    where = f"{line['report']} {before}【{said}】{behind[:18]}"
    if line["kind"] not in ("zero", "same"):
        told["numbers"] += 1
        right = any(_same_value(claim, line) for claim in near)
        told["extracted"] += right
        if not right:
            cause = _unfound(line, near)
            told[f"not extracted: {cause}"] += 1
            say.append(f"NOT EXTRACTED ({cause}) {where}")
    if line["claim_year"] not in (None, line["year"]):
        told["of another year"] += 1
    elif wanted := [
        form for text in line["readings"] if (form := _form(text, report, line["kind"]))
    ]:
        _marked(passage, start, line, near, wanted, told, say, where)
    else:
        told["nothing in the tables"] += 1
        wrong = [c for c in near if c.readings and c.kind != "zero" and c.quantity]
        if wrong and line["kind"] not in ("zero", "same"):
            told["nothing, yet bound"] += 1
            say.append(f"BOUND TO {wrong[0].ring} {wrong[0].readings[0].why} {where}")


def _marked(
    passage: Joined,
    start: int,
    line: dict[str, Any],
    near: list[Claim],
    wanted: list[_Sums],
    told: Counter[str],
    say: list[str],
    where: str,
) -> None:
    have = {_have(r.expr) for c in near for r in c.readings}
    held = [form for form in wanted if form in have]
    outside = not _subject_there(passage, start, line)
    told["marked"] += 1
    told["bound"] += len(held) == len(wanted)
    told["bound or partly"] += bool(held)
    told["marked, subject in the quote"] += not outside or len(held) == len(wanted)
    if len(held) == len(wanted):
        return
    unknown = _unknown(passage, start, line["year"])
    if held:
        cause = "some of the readings"
    elif outside:
        cause = "cut quote: subject outside the quote"
    elif have:
        cause = "another reading"
    elif unknown:
        cause = "word not in lexicon"
    elif line["kind"] in ("outcome", "share", "review", "suit"):
        cause = "carried subject"
    else:
        cause = "bound to nothing"
    told[f"not bound: {cause}"] += 1
    say.append(f"NOT BOUND ({cause}) {where} {unknown} {line['readings']}")


def _same_value(claim: Claim, line: dict[str, Any]) -> bool:
    quantity = claim.quantity
    if quantity is None or line["value"] is None:
        return False
    try:
        value = Decimal(line["value"])
    except InvalidOperation:
        return False
    if quantity.unit == "万元" and (line["unit"] or "")[:1] == "元":
        return value == quantity.low * 10_000
    unit = line["unit"] or quantity.unit
    right = unit.startswith(quantity.unit) or quantity.unit.startswith(unit)
    return quantity.low <= value <= quantity.high and right


def _unfound(line: dict[str, Any], near: list[Claim]) -> str:
    if not near:
        return "a measure word not known, or no measure word"
    return "another value or unit"


def _subject_there(passage: Joined, start: int, line: dict[str, Any]) -> bool:
    """Whether the passage holds a word of each thing that the claim is about; that what was
    received are requests, none or one, must be said."""
    said = passage.text[: start + 30]
    if line["readings"][0] == "requests.received" and "申请" not in said:
        return False
    named = [
        next(
            (words for name, words in _SUBJECT.items() if name in reading), _SUBJECT["handling_fee"]
        )
        for reading in line["readings"]
    ]
    return all(re.search(words, said) for words in named)


def _unknown(passage: Joined, start: int, year: int) -> str:
    """Words of the number's clause that the lexicon has not got."""
    clause = re.split("[,，;；。:：(（ ]", passage.text[:start])[-1]
    tokens = tokenised(clause, year, re.compile("某某某"), wide=False)
    parts = zip(tokens.tags, tokens.starts, tokens.ends, strict=True)
    return "|".join(clause[a:b] for tag, a, b in parts if tag == ".")


def _have(expr: Expr) -> _Sums:
    return str(expr.form), frozenset((key, one) for one, key in expr.terms)


_FORMS = {"rate of change of ": "rate", "change of ": "change", "share of ": "share"}


def _form(text: str, report: Report, kind: str) -> _Sums | None:
    """A reading as the hand wrote it; None for what no table holds."""
    if "active total" in text:
        return None
    if text.startswith("information-processing fee"):
        return "level", frozenset({("handling_fee", 1)})
    form = "change" if kind == "same" else "level"
    for start, name in _FORMS.items():
        if text.startswith(start):
            text, form = text.removeprefix(start), name
            break
    return form, frozenset(_terms(text, report))


def _terms(text: str, report: Report) -> Iterator[tuple[str, int]]:
    text, _, column = text.replace("Σ litigation pending", _PENDING).partition(" [")
    heads = _COLUMNS.get(column.rstrip("]"), (column.rstrip("]"),))
    for sign, name in re.findall(r"([+-]?) ?(?:Σ )?([a-z_.*]+)", text):
        for key in _keys(name, report.edition.id):
            for head in heads:
                whole = f"{key.removesuffix('.total')}.{head}" if column else key
                yield whole, -1 if sign == "-" else 1


_PENDING = "remedies.litigation_direct.pending - remedies.litigation_after_reconsideration.pending"
_COLUMNS = {
    "": ("total",),
    "Σ organisations": ("company", "research", "charity", "legal_service", "other"),
}


@cache
def _keys(name: str, edition: str) -> tuple[str, ...]:
    terms = readings_of(EDITIONS[edition]).terms(name.removesuffix(".*"))
    return tuple(key for _, key in terms) or (name,)
