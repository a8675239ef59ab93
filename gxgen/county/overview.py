"""The filings of a county's year beside each other: filed twice, unknown, missing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from gxgen.county.agency_year import Judgement, Outcome
from gxgen.county.project import County
from gxgen.diagnostics import Diagnostic, Finding
from gxgen.letters import json_shown
from gxgen.model.agency import Agency


def county_findings(
    judgements: Sequence[Judgement], county: County | None
) -> dict[str, tuple[Diagnostic, ...]]:
    """What needs the whole county to be seen, by workbook name: filed twice, not in the roster."""
    found: dict[str, list[Finding]] = defaultdict(list)
    _twice(judgements, found)
    if county is not None and county.roster:
        _strangers(judgements, county, found)
    return {
        one.workbook: _diagnosed(one, found[one.workbook])
        for one in judgements
        if one.workbook in found
    }


def missing(
    judgements: Iterable[Judgement], county: County, unread: Iterable[str] = ()
) -> tuple[Agency, ...]:
    """The agencies of the roster that filed nothing, in its order.

    ``unread`` are workbooks that nobody has read: an agency after which one is called has filed.
    """
    filed = {one.agency for one in judgements}
    called = {PurePath(file).stem for file in unread}
    return tuple(
        agency
        for agency in county.roster
        if agency.name not in filed and called.isdisjoint((agency.name, agency.short_name))
    )


def manifest(outcomes: Iterable[Outcome], absent: Iterable[Agency]) -> bytes:
    """``build.json``: an entry a unit by workbook name, then the missing ones."""
    units = [
        {
            "agency": one.judgement.agency,
            "input": one.judgement.workbook,
            "outcome": one.made,
            "outputs": [{"file": name, "sha256": sha} for name, sha in sorted(one.files.items())],
            "findings": [d.as_json() for d in one.diagnostics],
        }
        for one in outcomes
    ]
    others: list[dict[str, Any]] = [
        {"agency": a.name, "input": None, "outcome": "missing", "outputs": [], "findings": []}
        for a in absent
    ]
    texts = [json_shown(json.dumps(one, ensure_ascii=False)) for one in [*units, *others]]
    listed = "\n " + ",\n ".join(texts) + "\n" if texts else ""
    return f'{{"units": [{listed}]}}\n'.encode()


def _twice(judgements: Iterable[Judgement], found: Mapping[str, list[Finding]]) -> None:
    by_title: dict[str, list[Judgement]] = defaultdict(list)
    for one in judgements:
        by_title[one.title].append(one)
    by_title.pop("", None)
    for same in by_title.values():
        for one in same if len(same) > 1 else ():
            others = "、".join(other.workbook for other in same if other is not one)
            found[one.workbook].append(
                Finding("GX702", f"“{one.agency}”交了不止一份：另有 {others}。")
            )


def _strangers(
    judgements: Iterable[Judgement], county: County, found: Mapping[str, list[Finding]]
) -> None:
    names = {agency.name for agency in county.roster} | {county.government}
    for one in judgements:
        if one.edition is not None and one.agency not in names:
            from difflib import get_close_matches

            near = get_close_matches(one.agency, [n for n in names if n], n=1, cutoff=0.7)
            asked = f"是不是“{near[0]}”？" if near else ""
            found[one.workbook].append(
                Finding("GX703", f"“{one.agency}”不在{county.name}的名册里。{asked}")
            )


def _diagnosed(judgement: Judgement, findings: Iterable[Finding]) -> tuple[Diagnostic, ...]:
    from gxgen.checks.registry import diagnose

    agency, year, file = judgement.agency, judgement.year, judgement.workbook
    return tuple(diagnose(f, agency=agency, year=year, file=file) for f in findings)
