"""The corpus of claims: every file parses, contradicts itself only where it should, is counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import inf
from pathlib import Path

import pytest

from gxgen.editions.bridge import counterparts
from gxgen.editions.declared import EDITIONS
from gxgen.prose.neighbour import read_neighbour
from tests.claims_corpus import CORPUS, Gold, Text, read, texts
from tests.claims_readings import keys_of

TUNED = list(texts(CORPUS / "tuned"))
CONTRADICTIONS = list(texts(CORPUS / "contradictions"))
ALL = TUNED + CONTRADICTIONS
TRAPS = ("unbound", "free", "nothing")

Row = tuple[Mapping[str, Fraction | int], float, float]
"""A sum of cells, and between what it must lie."""


def named(chosen: list[Text]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("text", chosen, ids=[text.path.stem for text in chosen])


@named(ALL)
def test_a_text_is_what_its_head_says(text: Text) -> None:
    needed = {"edition", "year", "agency", "kind", "last"}
    assert set(text.head) - {"expect"} == needed
    assert text.edition.covers(int(text.head["year"]))
    assert text.head["kind"] in ("部门", "镇", "街道", "政府", "其他")
    assert text.head["last"] in ("present", "absent")
    assert ("expect" in text.head) == (text in CONTRADICTIONS)
    assert text.path.stem == text.head["agency"]
    assert not re.search("[⟨⟩‹›]", text.text)


@named(ALL)
def test_a_text_file_beside_a_workbook_is_read_to_the_letter(text: Text) -> None:
    reading = read_neighbour(text.text.encode(), "年报.txt", text.edition)
    assert reading.findings == ()
    kept = "".join(f"{p.heading or ''}{p.text}" for p in reading.narrative)
    for sentence in sentences(text):
        assert "".join(sentence[-8:].split()) in "".join(kept.split())


@named(ALL)
def test_no_number_with_a_measure_word_is_left_unmarked(text: Text) -> None:
    marked = {at for gold in text.golds for at in range(gold.start, gold.end)}
    counted = re.compile(
        "(?<![第0-9])[0-9０-９][0-9０-９.,，]*[余多]?[万亿]?[件条份次篇名人元起宗个项场期%％成倍]"
    )
    left = [m.group() for m in counted.finditer(text.text) if m.start() not in marked]
    assert left == []


@named(ALL)
def test_last_year_is_compared_only_where_the_editions_allow_it(text: Text) -> None:
    before = EDITIONS["2019" if int(text.head["year"]) <= 2021 else "2021"]
    keys = {key.removeprefix("last:") for row in claimed(text) for key in row[0] if "last:" in key}
    assert all(counterparts(key, text.edition, before) for key in keys)


@named(TUNED)
def test_a_table_can_make_every_first_reading_true(text: Text) -> None:
    assert possible(text)


@named(CONTRADICTIONS)
def test_no_table_can_make_a_contradiction_true(text: Text) -> None:
    assert not possible(text)


def test_the_counts_are_those_of_the_readme() -> None:
    stated = (CORPUS / "README.md").read_text(encoding="utf-8")
    for name, chosen in (("tuned", TUNED), ("contradictions", CONTRADICTIONS)):
        for what, count in counts(chosen).items():
            assert f"| {name} | {what} | {count} |" in stated


def test_every_state_kind_and_scope_occurs() -> None:
    seen = {gold.state for text in TUNED for gold in text.golds}
    assert seen == {"bound", *TRAPS}
    scopes = {gold.scope for text in TUNED for gold in text.golds}
    assert {"", "all", "other", "plan", "2020"} <= scopes
    lengths = [len("".join(text.text.split())) for text in TUNED]
    assert sum(length >= 1500 for length in lengths) >= 8 and min(lengths) < 60


HEAD = "edition: 2021\nyear: 2023\nagency: 某局\nkind: 部门\nlast: present\n---\n"


@pytest.mark.parametrize(
    ("marked", "value", "about", "low", "high"),
    [
        ("收到2⟨received⟩件", 2, "", 2, 2),
        ("收到１,２０８⟨received⟩件", 1208, "", 1208, 1208),
        ("收到一万零三百二十六⟨received⟩件", 10326, "", 10326, 10326),
        ("收到两⟨received⟩件", 2, "", 2, 2),
        ("收到110余⟨received⟩件", 110, "above", 111, 119),
        ("收到100⟨received⟩余万件", 1000000, "above", 1100000, 1900000),
        ("收到近30⟨received⟩件", 30, "below", 25, 29),
        ("收到1.2万⟨received⟩件", 12000, "", 11500, 12500),
        ("占33.3⟨share(granted/processed)⟩%", Fraction("33.3"), "", Fraction("33.25"), None),
        ("占百分之四十点二⟨share(granted/processed)⟩", Fraction("40.2"), "", None, None),
        ("约占七⟨?70:share(granted/processed)⟩成", 7, "around", Fraction("67.5"), None),
        ("收费203000⟨20.3:fees⟩元", 203000, "", Fraction("20.3"), Fraction("20.3")),
        ("同比-14.3⟨rate(received)⟩%", Fraction("-14.3"), "", None, Fraction("-14.25")),
    ],
)
def test_a_numeral_is_read(
    tmp_path: Path, marked: str, value: int, about: str, low: int | None, high: int | None
) -> None:
    gold = only(tmp_path, marked)
    assert (gold.value, gold.about, gold.state) == (value, about, "bound")
    between = gold.bounds(gold.claims[0].readings[0])
    assert low in (None, between[0]) and high in (None, between[1])


def test_readings_are_sums_of_cells(tmp_path: Path) -> None:
    gold = only(tmp_path, "复议6⟨?reviews|~reviews-reviews.pending⟩件")
    total, pending = "remedies.reconsideration.total", "remedies.reconsideration.pending"
    (claim,) = gold.claims
    assert gold.outer and [dict(r.over) for r in claim.readings] == [{total: 1}]
    assert [dict(r.over) for r in claim.also] == [{total: 1, pending: -1}]
    fall = only(tmp_path, "下降5⟨-rate(received)⟩%").claims[0].readings[0]
    new = "requests.received.total"
    assert fall.over == {new: -100, f"last:{new}": 100} and fall.under == {f"last:{new}": 1}
    share = only(tmp_path, "占5⟨share(granted)⟩%").claims[0]
    assert len(share.readings) == 3
    both = only(tmp_path, "均为0⟨reviews,suits⟩件")
    assert [claim.kind for claim in both.claims] == ["review", "suit"]
    firms = only(tmp_path, "企业等2⟨received[organisations]⟩件").claims[0].readings[0]
    assert len(firms.over) == 5


def test_a_phrase_and_a_trap_are_read(tmp_path: Path) -> None:
    zero = only(tmp_path, "‹未收到申请›⟨0:received⟩")
    assert (zero.start, zero.end, zero.numeral, zero.states) == (0, 5, False, 0)
    trap = only(tmp_path, "2020年3⟨-@2020⟩件")
    assert (trap.start, trap.state, trap.scope, trap.claims) == (5, "unbound", "2020", ())


@pytest.mark.parametrize("marked", ["3⟨recieved⟩件", "很多⟨received⟩件", "3⟨received+⟩件"])
def test_a_mark_that_means_nothing_is_refused(tmp_path: Path, marked: str) -> None:
    with pytest.raises(AssertionError):
        only(tmp_path, marked)


def only(folder: Path, marked: str) -> Gold:
    path = folder / "t.txt"
    path.write_text(HEAD + marked, encoding="utf-8")
    (gold,) = read(path).golds
    return gold


def sentences(text: Text) -> list[str]:
    """The sentences with a mark in them."""
    ends = [m.end() for m in re.finditer("[。；！？\n]", text.text)] + [len(text.text)]
    spans = list(zip([0, *ends[:-1]], ends, strict=True))
    return [text.text[a:b] for a, b in spans if any(a <= g.start < b for g in text.golds)]


def counts(chosen: list[Text]) -> Counter[str]:
    """How much there is of what."""
    found = Counter(texts=len(chosen))
    for text in chosen:
        found["sentences"] += len(sentences(text))
        for gold in text.golds:
            found[gold.state] += 1
            found["zero or other phrases"] += gold.state == "bound" and not gold.numeral
            found["outer"] += gold.outer
            found.update(f"kind {claim.kind}" for claim in gold.claims)
    return found


def claimed(text: Text) -> Iterator[Row]:
    """What the first readings ask of the tables."""
    for gold in text.golds:
        for first in (claim.readings[0] for claim in gold.claims):
            low, high = gold.bounds(first)
            if first.under is None:
                yield first.over, float(low), float(high)
                continue
            yield less(first.over, low, first.under), 0, inf
            yield less(first.over, high, first.under), -inf, 0
            yield first.under, 1 if gold.states else 0, inf


def less(
    over: Mapping[str, Fraction], times: Fraction, under: Mapping[str, Fraction]
) -> dict[str, Fraction]:
    keys = {**over, **under}
    return {key: over.get(key, Fraction(0)) - times * under.get(key, Fraction(0)) for key in keys}


def identities(text: Text) -> Iterator[Row]:
    """What the form itself asks of this year's table and of last year's."""
    for year in ("", "last:"):
        for identity in text.edition.identities:
            left = dict.fromkeys((year + key for key in identity.left), 1)
            yield {**left, **dict.fromkeys((year + key for key in identity.right), -1)}, 0, 0
    for into, out_of in text.edition.carries.items():
        yield {into: 1, f"last:{out_of}": -1}, 0, 0


def blocks(text: Text) -> Iterator[frozenset[str]]:
    """Cells that sentences add up: the rows of an outcome, the columns of organisations."""
    names = ["refused", "unavailable", "not_processed", "other_handling"]
    for year in ("", "last:"):
        for name in names:
            yield frozenset(year + key for key in keys_of(name, None, text.edition))
        for row in ("received", "carried_in"):
            keys = keys_of(row, "organisations", text.edition)
            yield frozenset(year + key for key in keys)


def gathered(row: Row, sets: Iterable[frozenset[str]]) -> Row:
    """The row with each block in it as one sum."""
    form = dict(row[0])
    for block in sets:
        factors = {form.get(key, 0) for key in block}
        if len(factors) == 1 and factors != {0}:
            form = {key: factor for key, factor in form.items() if key not in block}
            form["Σ" + min(block)] = factors.pop()
    return form, row[1], row[2]


def possible(text: Text) -> bool:
    """Whether bounds drawn ever closer by each sum leave room for every cell."""
    sets = [block for block in blocks(text) if len(block) > 1]
    rows = [gathered(row, sets) for row in (*identities(text), *claimed(text))]
    rows += [({**dict.fromkeys(block, 1), "Σ" + min(block): -1}, 0, 0) for block in sets]
    low: dict[str, float] = dict.fromkeys((key for row in rows for key in row[0]), 0.0)
    high = dict.fromkeys(low, 1e9)
    low |= {key: -1e9 for key in low if key.endswith(".change")}
    for _ in range(60):
        before = dict(low), dict(high)
        for row in rows:
            narrow(row, low, high)
        if any(low[key] > high[key] + 1e-6 for key in low):
            return False
        if before == (low, high):
            break
    return True


def narrow(row: Row, low: dict[str, float], high: dict[str, float]) -> None:
    form, least, most = row
    for key, factor in form.items():
        if not factor:
            continue
        rest = [(float(f), k) for k, f in form.items() if k != key]
        over = most - sum(f * (low if f > 0 else high)[k] for f, k in rest)
        under = least - sum(f * (high if f > 0 else low)[k] for f, k in rest)
        ends = sorted((over / float(factor), under / float(factor)))
        whole = not key.endswith((".amount", "handling_fee"))
        low[key] = max(low[key], up(ends[0]) if whole else ends[0])
        high[key] = min(high[key], -up(-ends[1]) if whole else ends[1])


def up(number: float) -> float:
    """The next whole number, forgiving what floats lose."""
    return number if abs(number) == inf else float(-(-(number - 1e-6) // 1))


def readme_rows(parts: Iterable[tuple[str, list[Text]]]) -> str:
    """The table of counts, to be pasted into the README after a change of the corpus."""
    return "\n".join(
        f"| {name} | {what} | {count} |"
        for name, chosen in parts
        for what, count in sorted(counts(chosen).items())
    )
