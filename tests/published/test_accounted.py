"""No sentence is lost: what a source says is in the report, or told with the reason why not."""

from __future__ import annotations

import pytest

from gxgen.editions.declared import PUBLISHED_EDITIONS
from gxgen.published.reader import read_published
from tests.published.accounted import odd_file, unaccounted
from tests.published.corpus import shapes, truth
from tests.published.measured import counted
from tests.published.sealed import sealed

SHAPES = {**shapes(), **sealed()}
SEEDS = range(8)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_paragraph_is_in_the_report_or_told(shape: str) -> None:
    """Odd paragraphs anywhere, strange rows in tables, damaged tables: over all shapes."""
    for seed in SEEDS:
        what = truth(seed, sorted(PUBLISHED_EDITIONS)[seed % 3])
        made = odd_file(what, SHAPES[shape], seed)
        read = read_published(made.data, f"报告{SHAPES[shape].ending}")
        assert unaccounted(read, made.said) == [], seed
        assert counted(read, what).wrong == (), seed


def test_a_lost_paragraph_would_be_seen() -> None:
    what = truth(1)
    made = odd_file(what, SHAPES["page"], 1)
    read = read_published(made.data, "报告.html")
    gone = "这一句哪里也没有。"
    assert unaccounted(read, (*made.said, gone)) == [gone]
