"""Invented reports in every shape: what is right, what is refused, that nothing is wrong."""

from __future__ import annotations

import pytest

from gxgen.editions.declared import PUBLISHED_EDITIONS
from gxgen.published.reader import read_published
from tests.published.corpus import DAMAGES, UNTOLD, made, shapes, truth
from tests.published.measured import counted, partition_holds
from tests.published.sealed import sealed

NOT_WHOLE = UNTOLD | {"commas"}
"""Shapes of which a part, or all, is refused; commas may stand inside numbers."""
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


@pytest.mark.parametrize("edition", sorted(PUBLISHED_EDITIONS))
@pytest.mark.parametrize("shape", sealed())
def test_a_sealed_shape_is_read_or_refused(shape: str, edition: str) -> None:
    """Its figures may all be refused; what they are, ``benchmarks/README.md`` tells."""
    what = truth(1, edition)
    read = read_published(made(what, sealed()[shape]), f"报告{sealed()[shape].ending}")
    found = counted(read, what)
    assert read.report is not None
    assert (read.report.agency.name, read.report.year) == (what.agency, what.year)
    assert (found.wrong, found.lost) == ((), ())
    assert found.kept == sum(map(len, what.sentences.values()))


@pytest.mark.parametrize("shape", sealed())
def test_one_damage_makes_no_figure_of_a_sealed_shape_wrong(shape: str) -> None:
    for seed, damage in enumerate(DAMAGES):
        what = truth(seed, sorted(PUBLISHED_EDITIONS)[seed % 3])
        data = made(what, sealed()[shape], damage, seed)
        read = read_published(data, f"报告{sealed()[shape].ending}")
        assert counted(read, what).wrong == (), damage


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


@pytest.mark.parametrize("edition", PUBLISHED_EDITIONS)
@pytest.mark.parametrize("shape", ["heads and colons", "page, tables turned"])
def test_figures_that_are_called_by_their_names_are_read(shape: str, edition: str) -> None:
    what = truth(3, edition)
    read = read_published(made(what, sealed()[shape]), f"报告{sealed()[shape].ending}")
    found = counted(read, what)
    assert (found.right, found.refused, found.foreign) == (len(what.values), 0, ())
