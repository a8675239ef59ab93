"""GX301: carry-over against last year's report, within an edition and across two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gxgen.checks.runner import run
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.model.report import Entry, Report
from tests.factory import make_report


def _last_year(edition: Edition, report: Report, changed: dict[str, int]) -> Report:
    last = make_report(edition, year=report.year - 1)
    entries = {
        k.replace("carried_in", "carried_out"): e
        for k, e in report.entries.items()
        if k.startswith("requests.carried_in.")
    }
    entries |= {k: Entry(v, str(v)) for k, v in changed.items()}
    return replace(last, entries={**last.entries, **entries})


@pytest.mark.parametrize("before", sorted(EDITIONS))
@pytest.mark.parametrize("now", sorted(EDITIONS))
def test_only_the_column_that_differs_is_told(now: str, before: str) -> None:
    report = make_report(EDITIONS[now])
    clean = replace(report, previous=_last_year(EDITIONS[before], report, {}))
    assert run(clean, strict=True) == []
    differs = _last_year(EDITIONS[before], report, {"requests.carried_out.charity": 9})
    found = run(replace(report, previous=differs), strict=True)
    assert [(d.code, d.key) for d in found] == [("GX301", "requests.carried_in.charity")]
    assert "9" in found[0].message


def test_a_blank_of_last_year_says_nothing() -> None:
    edition = EDITIONS["2021"]
    report = make_report(edition)
    last = _last_year(edition, report, {})
    blank = {**last.entries, "requests.carried_out.charity": Entry(None, None)}
    report = replace(report, previous=replace(last, entries=blank))
    assert run(report, strict=True) == []
