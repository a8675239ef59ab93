"""The filings of a county's year beside each other: filed twice, unknown, missing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from gxgen.county.agency_year import Judgement, Outcome
from gxgen.county.files import folded, safe_name
from gxgen.county.listing import bare_name
from gxgen.county.project import County
from gxgen.diagnostics import FORMAT, Diagnostic, Finding
from gxgen.editions.declared import EDITIONS
from gxgen.letters import json_shown
from gxgen.model.agency import Agency

_MOST_TWINS, _MOST_DIFFERENCES = 3, 5


def county_findings(
    judgements: Mapping[str, Judgement],
    county: County | None,
    saved: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, tuple[Diagnostic, ...]]:
    """What needs the whole county to be seen, by the filings' keys: filed twice, one file name for
    two reports, not in the roster. Texts are held beside each other in :mod:`gxgen.county.alike`.
    ``saved`` tells when each was last saved, as text that sorts.
    """
    found: dict[str, list[Finding]] = defaultdict(list)
    _twice(judgements, county, saved, found)
    if county is not None:
        _like_the_government(judgements, county, found)
    if county is not None and county.roster:
        _strangers(judgements, county, found)
    return {key: diagnosed(judgements[key], found[key]) for key in judgements if key in found}


def missing(
    judgements: Iterable[Judgement], county: County, unread: Iterable[str] = ()
) -> tuple[Agency, ...]:
    """The agencies of the roster that filed nothing, in its order: a form as it was handed out is
    nothing, and a unit's short or former name is the unit. The government is no unit, though a
    roster may list it.

    ``unread`` are workbooks that nobody has read: an agency after which one is called has filed.
    """
    filed = [unit_of(one, county) for one in judgements if not one.blank]
    filed += [county.called(bare_name(file)) for file in unread]
    there = {county.government, *(unit.name for unit in filed if unit)}
    return tuple(agency for agency in county.roster if agency.name not in there)


def unit_of(one: Judgement, county: County) -> Agency | None:
    """The agency of the roster that filed a form: it says itself, by any of its names; of one that
    nobody can read its file's name is taken."""
    found = county.called(one.agency)
    unreadable = one.edition is None
    return county.called(bare_name(one.workbook)) if found is None and unreadable else found


def manifest(
    outcomes: Mapping[str, Outcome],
    absent: Iterable[Agency],
    *,
    county: str | None,
    year: int | None,
    late: bool,
    made: Mapping[str, str],
    strays: Sequence[Mapping[str, str | None]] = (),
) -> bytes:
    """``build.json``: whose year it is, an entry a unit by its key, then the missing ones, then the
    county's own files with their SHA-256 (``made``), but for this one, and what lies among the
    forms and was not read (``strays``)."""
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
        if agency.name not in {one.judgement.agency for one in outcomes.values()}
    ]
    head: dict[str, Any] = {
        "format": FORMAT,
        "county": county,
        "year": year,
        "outputs": _files(made),
    }
    head["strays"] = list(strays)
    texts = [json_shown(json.dumps(one, ensure_ascii=False)) for one in [head, *units, *others]]
    listed = "\n " + ",\n ".join(texts[1:]) + "\n" if texts[1:] else ""
    return f'{texts[0][:-1]}, "units": [{listed}]}}\n'.encode()


def _files(files: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"file": name, "sha256": sha} for name, sha in sorted(files.items())]


def _twice(
    judgements: Mapping[str, Judgement],
    county: County | None,
    saved: Mapping[str, str],
    found: Mapping[str, list[Finding]],
) -> None:
    """Reports of one unit and year, or that would stand under one file name, on any disk."""
    by_file: dict[str, list[str]] = defaultdict(list)
    for key, one in judgements.items():
        if one.title and not one.blank:
            by_file[folded(safe_name(_title(one, county)))].append(key)
    for same in by_file.values():
        for key in same if len(same) > 1 else ():
            one, others = judgements[key], [other for other in same if other != key]
            twins = [o for o in others if _title(judgements[o], county) == _title(one, county)]
            if twins:
                found[key].append(Finding("GX702", _twins(key, twins, judgements, saved)))
            for other in others:
                if other not in twins:
                    found[key].append(_alike(one, f"“{judgements[other].agency}”（{other}）"))


def _title(one: Judgement, county: County | None) -> str:
    """The title under the unit's own name, whichever of its names the form bears."""
    unit = county.called(one.agency) if county else None
    return one.title if unit is None else one.title.replace(one.agency, unit.name, 1)


def _twins(
    key: str, twins: list[str], judgements: Mapping[str, Judgement], saved: Mapping[str, str]
) -> str:
    one = judgements[key]
    said = [f"“{one.agency}”交了不止一份：本份 {key}，另有 {'、'.join(twins)}，都没有生成。"]
    said += [_differences(one, judgements[twin], twin) for twin in twins[:_MOST_TWINS]]
    dates = {saved.get(name, "") for name in (key, *twins)}
    if len(dates) > 1 and "" not in dates:  # of one that does not say when nobody knows
        said.append(f"保存得最晚的是 {max((key, *twins), key=lambda name: saved.get(name, ''))}。")
    return "".join(said)


def _differences(one: Judgement, other: Judgement, name: str) -> str:
    """What two forms of one unit do not say alike."""
    edition = EDITIONS.get(one.edition or "")
    keys = edition.fields if edition else {}
    differ = [key for key in keys if one.figures.get(key) != other.figures.get(key)]
    if not differ:
        return f"与 {name} 的数字完全相同。" if one.edition == other.edition else ""
    told = "；".join(
        f"{keys[key].label}本份{_figure(one, key)}、那份{_figure(other, key)}"
        for key in differ[:_MOST_DIFFERENCES]
    )
    return f"与 {name} 有{len(differ)}个数不同：{told}{'等' * (len(differ) > _MOST_DIFFERENCES)}。"


def _figure(one: Judgement, key: str) -> str:
    value = one.figures.get(key)
    return "空着" if value is None else f"{value}"


def _alike(one: Judgement, other: str) -> Finding:
    message = f"“{one.agency}”和{other}的报告文件名相同或只差在大小写和看不见的字符上，会互相覆盖。"
    return Finding("GX706", message)


def _like_the_government(
    judgements: Mapping[str, Judgement], county: County, found: Mapping[str, list[Finding]]
) -> None:
    """A unit's report that would stand where the county's own belongs."""
    own = county.government and folded(safe_name(county.government))
    for key, one in judgements.items():
        itself = one.agency == county.government
        if own and one.title and not itself and folded(safe_name(one.agency)) == own:
            found[key].append(_alike(one, f"全县汇总（“{county.government}”）"))


def _strangers(
    judgements: Mapping[str, Judgement], county: County, found: Mapping[str, list[Finding]]
) -> None:
    names = {agency.name for agency in county.roster} | {county.government}
    for key, one in judgements.items():
        if one.edition is not None and not one.blank and one.agency not in names:
            known = county.called(one.agency)
            told = _by_other_name(one, known) if known else _unknown(one, county)
            found[key].append(told)


def _by_other_name(one: Judgement, known: Agency) -> Finding:
    """A form that names its unit otherwise than the report must."""
    which = "从前的名称" if one.agency in known.formerly else "简称"
    return Finding(
        "GX703",
        f"“{one.agency}”是名册里“{known.name}”的{which}。",
        hint=f"报告以全称发布：请把单位全称改为“{known.name}”；名册错了就改名册。",
    )


def _unknown(one: Judgement, county: County) -> Finding:
    from difflib import get_close_matches

    names = [*(agency.name for agency in county.roster), county.government or ""]
    near = get_close_matches(one.agency, names, n=1, cutoff=0.7)
    asked = f"是不是“{near[0]}”？" if near and near[0] else ""
    return Finding("GX703", f"“{one.agency}”不在{county.name}的名册里。{asked}")


def diagnosed(judgement: Judgement, findings: Iterable[Finding]) -> tuple[Diagnostic, ...]:
    """Findings about a filing, as people and programs see them."""
    from gxgen.checks.registry import diagnose

    agency, year, file = judgement.agency, judgement.year, judgement.workbook
    return tuple(diagnose(f, agency=agency, year=year, file=file) for f in findings)
