"""What only the county shows of its filings, once all are judged and lie beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gxgen.county.agency_year import Judgement
from gxgen.county.alike import Told
from gxgen.county.overview import county_findings
from gxgen.county.project import County
from gxgen.county.whose import Whose
from gxgen.diagnostics import Diagnostic


def alongside(
    judgements: Mapping[str, Judgement],
    county: County | None,
    year: int | None,
    before: Mapping[str, Any],
    saved: Mapping[str, str],
) -> tuple[Told, dict[str, tuple[Diagnostic, ...]]]:
    """(what is said of their texts, every finding that needs the whole county), by the filings'
    keys. ``before`` is what the ledger kept of the texts, ``saved`` as :func:`saved_in` has it."""
    told = Told.now(judgements, before, beside=county is not None and year is not None)
    found = county_findings(judgements, county, saved)
    for key, more in told.diagnostics().items():
        found[key] = (*found.get(key, ()), *more)
    return told, found


def saved_in(folder: Path, names: Mapping[str, Judgement], whose: Whose) -> dict[str, str]:
    """When each form of a year's folder was last saved, where its program says so."""
    return {name: form.saved for name, form in whose.of(folder, names).items()}
