"""Claims of the text: what is found, bound and told, on the corpus of ``tests/data/claims``.

    python -m benchmarks.claims [FOLDER] [-v]
    python -m benchmarks.claims --real [FOLDER]
    python -m benchmarks.claims --cost [FOLDER]

Each text is held against five random full tables on which all that it says is so: a finding is
false. Then each bound number, each cell that a sentence states and each year is changed, one at a
time: it should be named. With ``-v`` every miss is listed.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from benchmarks import claims_cost, real_claims
from gxgen.checks import registry
from gxgen.diagnostics import Finding, Severity
from gxgen.model.report import Report
from gxgen.prose.claims import claims_of
from gxgen.prose.claims.claim import Claim, Form
from tests.claims_corpus import CORPUS, Gold, Text, texts
from tests.claims_readings import NO_CELL
from tests.claims_tables import LAST, report_of, tables

TABLES = 5
_Sums = tuple[frozenset[tuple[str, Fraction]], frozenset[tuple[str, Fraction]]]


@dataclass(frozen=True, slots=True)
class Read:
    """A claim of the program and where its number, or its words, stand in the text."""

    claim: Claim
    start: int
    end: int


def located(text: Text, report: Report) -> list[Read]:
    """The program's claims with their places in the text of the file."""
    out: list[Read] = []
    at = {}
    cursor = 0
    for claim in claims_of(report):
        span = claim.quantity.span if claim.quantity else claim.span
        if span.paragraph not in at:
            found = text.text.find(span.paragraph, cursor)
            at[span.paragraph] = cursor = text.text.find(span.paragraph) if found < 0 else found
        begin = at[span.paragraph]
        out.append(Read(claim, begin + span.start, begin + span.end))
    return out


def forms(claim: Claim, year: int) -> set[_Sums]:
    """The readings of the program as sums of cells, as those of the corpus are written."""
    last = claim.year == year - 1
    return {
        form
        for reading in claim.readings
        for form in _forms(reading.expr.form, reading.expr, claim.sign, last or reading.year < 0)
    }


def _forms(form: Form, expr: object, sign: int, last: bool) -> Iterator[_Sums]:
    own = LAST if last else ""
    over = {f"{own}{key}": Fraction(s) for s, key in expr.terms}
    before = {f"{LAST}{key.removeprefix(LAST)}": f for key, f in over.items()}
    more = {**over, **{key: -f for key, f in before.items()}}
    side = -1 if sign < 0 else 1
    if form is Form.LEVEL:
        yield _sums(over)
    elif form is Form.SHARE:
        yield _sums(over, 100, {f"{own}{key}": Fraction(s) for s, key in expr.of})
    elif form is Form.CHANGE:
        yield _sums(more, side)
    elif form is Form.RATE:
        yield _sums(more, 100 * side, before)
    else:
        yield _sums(over, 1, before)
        yield _sums(over, 100, before)


def _sums(
    over: dict[str, Fraction], times: int = 1, under: dict[str, Fraction] | None = None
) -> _Sums:
    return frozenset((k, f * times) for k, f in over.items() if f), frozenset((under or {}).items())


def gold_forms(gold: Gold) -> list[_Sums]:
    """What the first readings of a mark say."""
    return [
        _sums(dict(c.readings[0].over), 1, dict(c.readings[0].under or {})) for c in gold.claims
    ]


def score(text: Text, report: Report, told: Counter[str], say: list[str]) -> None:
    """Extraction and binding of one text."""
    reads = located(text, report)
    year = int(text.head["year"])
    taken: set[int] = set()
    for gold in text.golds:
        near = [r for r in reads if r.start < gold.end and gold.start < r.end]
        numbers = [r for r in near if r.claim.quantity]
        taken |= {id(r) for r in numbers}
        if gold.numeral and gold.state in ("bound", "unbound"):
            told["numbers"] += 1
            right = [r for r in numbers if _value_right(gold, r.claim)]
            told["extracted"] += bool(right)
            if not right:
                say.append(f"MISSED {_around(text, gold)}")
        if gold.state == "bound" and not any(NO_CELL in dict(o) for o, _ in gold_forms(gold)):
            _bound(text, gold, near, year, told, say)
        elif gold.state != "bound":
            told["traps"] += 1
            if any(r.claim.readings and r.claim.year in (None, year - 1) for r in near):
                told["traps bound"] += 1
                say.append(f"TRAP {_around(text, gold)} {_why(near)}")
    extra = [r for r in reads if r.claim.quantity and id(r) not in taken]
    told["numbers too many"] += len(extra)
    say += [f"EXTRA {text.text[max(0, r.start - 10) : r.end + 5]}" for r in extra]


def _value_right(gold: Gold, claim: Claim) -> bool:
    quantity = claim.quantity
    assert quantity is not None and gold.value is not None and gold.states is not None
    if gold.about:
        return True
    low = Fraction(quantity.low)
    if quantity.approximate:  # 八成 says 8 and states 80
        return any(low <= value <= Fraction(quantity.high) for value in (gold.value, gold.states))
    same = (gold.value, gold.states, gold.value / 10**4, gold.value * 10**4)  # 元, 亿元 as 万元
    return low in same or -low == gold.value


def _bound(
    text: Text, gold: Gold, near: list[Read], year: int, told: Counter[str], say: list[str]
) -> None:
    have = {form for r in near for form in forms(r.claim, year)}
    missing = [form for form in gold_forms(gold) if form not in have]
    kind = gold.claims[0].kind
    what = "outer marks" if gold.outer else "marks"
    told[what] += 1
    told[f"{what} bound"] += not missing
    told[f"of {kind}"] += 1
    told[f"ok {kind}"] += not missing
    told["inner"] += any(r.claim.ring == "inner" and r.claim.readings for r in near)
    if missing:
        word = "OUTER" if gold.outer else "WRONG" if have else "UNBOUND"
        say.append(
            f"{word} {_around(text, gold)} {[c.readings[0].said for c in gold.claims]} {_why(near)}"
        )


def _around(text: Text, gold: Gold) -> str:
    before, said = text.text[max(0, gold.start - 34) : gold.start], text.text[gold.start : gold.end]
    behind = text.text[gold.end : gold.end + 16]
    return f"{text.path.stem[:9]}: {before}【{said}】{behind}".replace("\n", "/")


def _why(reads: Iterable[Read]) -> str:
    claims = [read.claim for read in reads if read.claim.readings]
    return "; ".join(f"{c.ring} {c.readings[0].why} {c.readings[0].expr.keys[0]}" for c in claims)


def findings(report: Report) -> list[Finding]:
    """What the rules on claims find."""
    rules = (r for r in registry.checks() if r.code.startswith("GX4"))
    return [f for rule in rules if rule.check for f in rule.check(report)]


def _is_error(finding: Finding) -> bool:
    return (finding.severity or registry.rule(finding.code).severity) is Severity.ERROR


def false(
    text: Text, told: Counter[str], say: list[str], seeds: int = TABLES
) -> dict[str, int] | None:
    """Findings on tables that hold; gives the first table."""
    first = claims = None
    asked = set()
    for seed in range(seeds):
        cells = tables(text, seed)
        if cells is None:
            told["without a table"] += 1
            say.append(f"NO TABLE {text.path.stem}")
            return first
        first = first or cells
        told["tables"] += 1
        report = report_of(text, cells)
        claims = claimed(report, claims)
        for one in findings(report):
            told["false errors" if _is_error(one) else "false questions"] += 1
            asked.add(one.code)
            word = "ERROR" if _is_error(one) else "ASKED"
            say.append(f"{word} {text.path.stem} {one.code} {one.message}")
    told["texts asked falsely"] += bool(asked)
    return first


def claimed(report: Report, claims: tuple[Claim, ...] | None) -> tuple[Claim, ...]:
    """The claims of a report, which its figures do not change: those of one with the same words
    are given to it."""
    if claims is None:
        return claims_of(report)
    report.__dict__["_claims"] = claims
    return claims


def changed(text: Text, cells: dict[str, int], told: Counter[str], say: list[str]) -> None:
    """Each number, cell and year changed by one: what is named."""
    for gold in text.golds:
        other = bumped(text, gold)
        if other is not None and gold.claims[0].readings[0].over.keys() != {NO_CELL}:
            found = findings(report_of(text, cells, other))
            _noted("number", found, told, say, _around(text, gold), gold.outer)
    claims = None
    for key in sorted(stated(text)):
        if key.startswith(LAST) and text.head["last"] != "present":
            continue
        step = 10**4 if key.endswith(".amount") else 1
        report = report_of(text, {**cells, key: cells[key] + step})
        claims = claimed(report, claims)
        plain = key.removeprefix(LAST)
        found = findings(report)
        told["cells named by any rule"] += bool(found) or _named(report, plain)
        _noted("cell", found, told, say, f"{text.path.stem} {key}", False)


def _named(report: Report, key: str) -> bool:
    return any(
        key == f.key or any(key == r.key for r in f.related)
        for rule in registry.checks()
        if rule.check
        for f in rule.check(report)
    )


def _noted(
    what: str, found: list[Finding], told: Counter[str], say: list[str], where: str, outer: bool
) -> None:
    if outer:
        told[f"outer {what}s changed"] += 1
        told[f"outer {what}s named"] += bool(found)
        return
    told[f"{what}s changed"] += 1
    told[f"{what}s named"] += bool(found)
    told[f"{what}s as an error"] += any(map(_is_error, found))
    if not found:
        say.append(f"UNNOTICED {what}{' outer' if outer else ''} {where}")


def stated(text: Text) -> set[str]:
    """The cells that sentences state as such."""
    return {
        key
        for gold in text.golds
        if not gold.outer
        for claim in gold.claims
        if claim.readings[0].under is None
        for key in claim.readings[0].over
        if key != NO_CELL and len(claim.readings[0].over) == 1
    }


def bumped(text: Text, gold: Gold) -> str | None:
    """The text with one number more by one of its last place; None where it has no exact one."""
    if gold.state != "bound" or not gold.numeral or gold.about:
        return None
    said = text.text[gold.start : gold.end]
    plain = said.translate(_PLAIN).replace(",", "")
    if re.fullmatch(r"-?\d+(\.\d+)?[万亿]?", plain):
        scale = plain[-1] if plain[-1] in "万亿" else ""
        digits = plain.rstrip("万亿")
        places = len(digits.partition(".")[2])
        more = f"{float(digits) + 10.0**-places:.{places}f}{scale}"
    else:
        assert gold.value is not None
        if "点" in said or gold.value >= 10**8:
            return None
        more = in_words(int(gold.value) + 1)
    return text.text[: gold.start] + more + text.text[gold.end :]


_PLAIN = str.maketrans("０１２３４５６７８９．－−，", "0123456789.--,")


def in_words(number: int) -> str:
    """A whole number in Chinese."""
    if number >= 10**4:
        high, rest = divmod(number, 10**4)
        low = in_words(rest) if rest else ""
        return f"{in_words(high)}万{'零' if 0 < rest < 1000 else ''}{low}"
    out, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            one = "" if place == 10 and digit == 1 and not out else "零一二三四五六七八九"[digit]
            out += ("零" if gap and out else "") + one + name
            gap = False
        else:
            gap = True
    return out or "零"


def main(folder: Path, verbose: bool) -> Counter[str]:
    """Score a folder and print."""
    told: Counter[str] = Counter()
    say: list[str] = []
    for text in texts(folder):
        told["texts"] += 1
        cells = false(text, told, say)
        if cells is not None:
            score(text, report_of(text, cells), told, say)
            changed(text, cells, told, say)
    if verbose:
        print("\n".join(dict.fromkeys(say)))
    print("\n".join(f"{name:<28}{count}" for name, count in sorted(told.items())))
    for part, whole in _RATIOS:
        if told[whole]:
            print(f"{part} / {whole}: {100 * told[part] / told[whole]:.1f} %")
    return told


_RATIOS = (
    ("extracted", "numbers"),
    ("marks bound", "marks"),
    ("outer marks bound", "outer marks"),
    ("texts asked falsely", "texts"),
    ("numbers named", "numbers changed"),
    ("numbers as an error", "numbers changed"),
    ("outer numbers named", "outer numbers changed"),
    ("cells named", "cells changed"),
    ("cells named by any rule", "cells changed"),
    ("cells as an error", "cells changed"),
)

if __name__ == "__main__":
    names = [Path(arg) for arg in sys.argv[1:] if not arg.startswith("-")]
    if "--real" in sys.argv:
        real_claims.main(*names)
    elif "--cost" in sys.argv:
        claims_cost.main(*names)
    else:
        main(*(names or [CORPUS / "tuned"]), "-v" in sys.argv)
