"""The corpus of claims, scored: what is found, bound, told falsely and told rightly."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from benchmarks import claims as benchmark
from gxgen.checks.runner import run
from gxgen.prose.claims import claims_of
from tests.claims_corpus import CORPUS, Text, texts
from tests.claims_tables import report_of, tables

TUNED = list(texts(CORPUS / "tuned"))
SEALED = list(texts(CORPUS / "sealed"))
CONTRADICTIONS = list(texts(CORPUS / "contradictions"))
NOT_YET = {
    "share received[individual]": "a share of a column is outer, and no table stands beside it",
    "change received": "last year's own number is outer",
    "two-values carried_out": "年末尚有…件未办结、需结转: two words for one",
}


def scored(chosen: list[Text], seeds: int) -> tuple[Counter[str], list[str]]:
    told: Counter[str] = Counter()
    say: list[str] = []
    for text in chosen:
        told["texts"] += 1
        cells = benchmark.false(text, told, say, seeds)
        assert cells is not None, text.path.stem
        benchmark.score(text, report_of(text, cells), told, say)
        benchmark.changed(text, cells, told, say)
    return told, say


def check(told: Counter[str], say: list[str], *, bound: float = 0.95) -> None:
    assert told["false errors"] == 0, [one for one in say if one.startswith("ERROR")]
    assert told["texts asked falsely"] <= told["texts"] / 5
    assert told["extracted"] >= 0.98 * told["numbers"]
    assert told["numbers too many"] <= 0.002 * told["numbers"]
    assert told["marks bound"] >= bound * told["marks"]
    assert told["numbers named"] >= 0.9 * told["numbers changed"]
    assert told["numbers as an error"] >= 0.5 * told["numbers changed"]
    assert told["cells named by any rule"] >= 0.97 * told["cells changed"]
    assert told["cells as an error"] >= 0.6 * told["cells changed"]


def test_a_part_of_the_corpus() -> None:
    check(*scored(TUNED[::4], 1))


@pytest.mark.slow
def test_the_corpus() -> None:
    check(*scored(TUNED, 5))


@pytest.mark.slow
def test_texts_by_another_hand() -> None:
    check(*scored(SEALED, 5), bound=0.89)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "asked", "bound"),
    [
        ("sealed-2", 0.02, 0.95),
        ("sealed-3", 0.02, 0.88),
        ("sealed-4", 0.01, 0.95),
        ("sealed-5", 0.02, 0.80),
    ],
)
def test_texts_by_further_hands(name: str, asked: float, bound: float) -> None:
    told: Counter[str] = Counter()
    say: list[str] = []
    for text in texts(CORPUS / name):
        told["texts"] += 1
        cells = benchmark.false(text, told, say, 1)
        assert cells is not None, text.path.stem
        benchmark.score(text, report_of(text, cells), told, say)
    assert told["false errors"] == 0, [one for one in say if one.startswith("ERROR")]
    assert told["texts asked falsely"] <= asked * told["texts"]
    assert told["marks bound"] >= bound * told["marks"]


@pytest.mark.parametrize("text", TUNED[::3], ids=lambda t: t.path.stem)
def test_a_random_table_holds_all_that_it_must(text: Text) -> None:
    cells = tables(text, 7)
    assert cells is not None
    codes = {one.code for one in run(report_of(text, cells))}
    lawful = {"GX040", "GX041", "GX076", "GX302", "GX106", "GX107"}  # no word of these cells
    assert {c for c in codes if c < "GX400"} <= lawful, codes


@pytest.mark.parametrize("text", TUNED[::3], ids=lambda t: t.path.stem)
def test_figures_change_no_claim(text: Text) -> None:
    """So that a text is read once for all its tables, here and in the benchmark."""
    one, other = (report_of(text, tables(text, seed) or {}) for seed in (7, 8))
    assert one.values != other.values
    assert claims_of(one) == claims_of(other) != ()


def test_two_seeds_give_two_tables() -> None:
    first, again, other = (tables(TUNED[1], seed) for seed in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize("text", CONTRADICTIONS, ids=lambda t: t.path.stem)
def test_a_text_against_itself_is_told_without_any_table(text: Text) -> None:
    cells = {f"{year}{key}": 0 for year in ("", "last:") for key in text.edition.fields}
    report = replace(report_of(text, cells), entries={})
    codes = {one.code for one in benchmark.findings(report)}
    assert bool(codes & {"GX409", "GX410"}) == (text.head["expect"] not in NOT_YET)
