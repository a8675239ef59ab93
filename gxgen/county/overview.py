"""The filings of a county's year beside each other: filed twice, unknown, missing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

from gxgen.county.agency_year import Judgement, Outcome
from gxgen.county.files import folded, safe_name
from gxgen.county.project import County
from gxgen.diagnostics import FORMAT, Diagnostic, Finding
from gxgen.letters import json_shown
from gxgen.model.agency import Agency


def county_findings(
    judgements: Mapping[str, Judgement], county: County | None
) -> dict[str, tuple[Diagnostic, ...]]:
    """What needs the whole county to be seen, by the filings' keys: filed twice, one file name for
    two reports, not in the roster. Texts are held beside each other in :mod:`gxgen.county.alike`.
    """
    found: dict[str, list[Finding]] = defaultdict(list)
    _twice(judgements, found)
    if county is not None:
        _like_the_government(judgements, county, found)
    if county is not None and county.roster:
        _strangers(judgements, county, found)
    return {key: diagnosed(judgements[key], found[key]) for key in judgements if key in found}


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


def manifest(
    outcomes: Mapping[str, Outcome],
    absent: Iterable[Agency],
    *,
    county: str | None,
    year: int | None,
    late: bool,
    made: Mapping[str, str],
) -> bytes:
    """``build.json``: whose year it is, an entry a unit by its key, then the missing ones, then the
    county's own files with their SHA-256 (``made``), but for this one."""
    units = [
        {
            "agency": one.judgement.agency,
            "year": one.judgement.year,
            "input": key,
            "outcome": one.made,
            "late": False,
            "outputs": _files(one.files),
            "findings": [d.as_json() for d in one.diagnostics],
        }
        for key, one in outcomes.items()
    ]
    others: list[dict[str, Any]] = [
        {
            "agency": agency.name,
            "year": year,
            "input": None,
            "outcome": "missing",
            "late": late,
            "outputs": [],
            "findings": [],
        }
        for agency in absent
    ]
    head = {"format": FORMAT, "county": county, "year": year, "outputs": _files(made)}
    texts = [json_shown(json.dumps(one, ensure_ascii=False)) for one in [head, *units, *others]]
    listed = "\n " + ",\n ".join(texts[1:]) + "\n" if texts[1:] else ""
    return f'{texts[0][:-1]}, "units": [{listed}]}}\n'.encode()


def _files(files: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"file": name, "sha256": sha} for name, sha in sorted(files.items())]


def _twice(judgements: Mapping[str, Judgement], found: Mapping[str, list[Finding]]) -> None:
    """Reports that would stand under one file name, on this disk or on any other."""
    by_file: dict[str, list[str]] = defaultdict(list)
    for key, one in judgements.items():
        if one.title:
            by_file[folded(safe_name(one.title))].append(key)
    for same in by_file.values():
        for key in same if len(same) > 1 else ():
            one, others = judgements[key], [other for other in same if other != key]
            twins = [other for other in others if judgements[other].title == one.title]
            if twins:
                message = f"“{one.agency}”交了不止一份：另有 {'、'.join(twins)}。"
                found[key].append(Finding("GX702", message))
            for other in others:
                if other not in twins:
                    found[key].append(_alike(one, f"“{judgements[other].agency}”（{other}）"))


def _alike(one: Judgement, other: str) -> Finding:
    message = f"“{one.agency}”和{other}的报告文件名相同或只差在大小写和看不见的字符上，会互相覆盖。"
    return Finding("GX706", message)


def _like_the_government(
    judgements: Mapping[str, Judgement], county: County, found: Mapping[str, list[Finding]]
) -> None:
    """A unit's report that would stand where the county's own belongs."""
    own = county.government and folded(safe_name(county.government))
    for key, one in judgements.items():
        itself = PurePath(one.workbook).stem == county.government
        if own and one.title and not itself and folded(safe_name(one.agency)) == own:
            found[key].append(_alike(one, f"全县汇总（“{county.government}”）"))


def _strangers(
    judgements: Mapping[str, Judgement], county: County, found: Mapping[str, list[Finding]]
) -> None:
    names = {agency.name for agency in county.roster} | {county.government}
    for key, one in judgements.items():
        if one.edition is not None and one.agency not in names:
            from difflib import get_close_matches

            near = get_close_matches(one.agency, [n for n in names if n], n=1, cutoff=0.7)
            asked = f"是不是“{near[0]}”？" if near else ""
            found[key].append(Finding("GX703", f"“{one.agency}”不在{county.name}的名册里。{asked}"))


def diagnosed(judgement: Judgement, findings: Iterable[Finding]) -> tuple[Diagnostic, ...]:
    """Findings about a filing, as people and programs see them."""
    from gxgen.checks.registry import diagnose

    agency, year, file = judgement.agency, judgement.year, judgement.workbook
    return tuple(diagnose(f, agency=agency, year=year, file=file) for f in findings)
