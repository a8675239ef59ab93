"""Invented reports in every shape: what is right, what is refused, that nothing is wrong."""

from __future__ import annotations

import pytest

from gxgen.editions.declared import PUBLISHED_EDITIONS
from gxgen.published.reader import read_published
from tests.published.corpus import DAMAGES, made, shapes, truth
from tests.published.measured import counted, partition_holds

NOT_WHOLE = {
    "on end",
    "commas",
    "a cell a line, labels last",
    "tabs, labels last",
    "labels around their figures",
    "column by column",
}
"""Shapes of which a part, or all, is refused: digits on end, commas inside numbers, figures of
which nothing says to which label they belong."""
SEEDS = range(3)


@pytest.mark.parametrize("edition", sorted(PUBLISHED_EDITIONS))
@pytest.mark.parametrize("shape", shapes())
def test_a_whole_report_is_read(shape: str, edition: str) -> None:
    for seed in SEEDS:
        what = truth(seed, edition)
        read = read_published(made(what, shapes()[shape]), f"报告{shapes()[shape].ending}")
        assert read.report is not None, [finding.message for finding in read.findings]
        report = read.report
        found = counted(read, what)
        assert found.wrong == ()
        assert (report.agency.name, report.year) == (what.agency, what.year)
        assert (found.kept, found.lost) == (sum(map(len, what.sentences.values())), ())
        if shape not in NOT_WHOLE:
            assert report.edition.id == edition
            assert (found.refused, found.blank, found.foreign) == (0, 0, ())


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("shape", shapes())
def test_one_damage_makes_no_figure_wrong(shape: str, damage: str) -> None:
    """The property on which all else rests: what is damaged is refused, never misread."""
    for seed in SEEDS[:2]:
        for edition in PUBLISHED_EDITIONS:
            what = truth(seed, edition)
            data = made(what, shapes()[shape], damage, seed)
            read = read_published(data, f"报告{shapes()[shape].ending}")
            assert counted(read, what).wrong == (), f"seed {seed}, edition {edition}"
            if read.figures is not None:
                assert partition_holds(read, read.figures.edition)


def test_damage_costs_a_row_and_not_the_report() -> None:
    """Refusing everything would never be wrong either."""
    right = whole = 0
    for damage in DAMAGES:
        for seed in SEEDS:
            what = truth(seed)
            read = read_published(made(what, shapes()["page"], damage, seed), "报告.html")
            right += counted(read, what).right
            whole += len(what.values)
    assert right > 0.9 * whole
