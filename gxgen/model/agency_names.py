"""Whether a name that a text uses is the agency's own, as a reader would take it.

The agency's full name may stand without its county, with a higher region before it, or shortened
as people do (安丘市审批局 for 安丘市行政审批服务局). Another place's name is never its own.
"""

from __future__ import annotations

import re

from gxgen.model.agency import Agency
from gxgen.model.numbering import fold

_REGION = re.compile(
    "(?:[^省市县区州盟旗]{1,8}(?:省|自治区|特别行政区|自治州|地区|自治县|市(?!场|政|容|民)|县"
    "|区(?!域|划)|州|盟|旗))+"
)
_LEVEL = re.compile(r"[省市县区州盟旗镇乡]|[我本][省市县区州盟旗镇乡]")
_OWN = re.compile("[我本](?:单位|机关|部门|[局委办镇乡院中心街道]{1,2})")
_PLACE = re.compile(r"(.+?)(?:镇|乡|街道)")
_TAILS = (
    ("委员会", "委"), ("办公室", "办"), ("街道办事处", "街道"), ("街道办事处", "街道办"),
    ("镇人民政府", "镇"), ("乡人民政府", "乡"), ("人民政府", "政府"), ("中心", ""),
)  # fmt: skip
"""Endings of names and what they are shortened to."""


def is_called(agency: Agency, name: str) -> bool:
    """Whether ``name`` is the agency's, in full, in short or in a form taken for it."""
    said, full = fold(name), fold(agency.name)
    short = fold(agency.short_name or "")
    region = _region(full, short)
    if said in ("", full, short) or _OWN.fullmatch(said):
        return True
    if full.endswith(said) and len(said) > 2:
        return True
    if said.endswith(full) and _may_precede(said.removesuffix(full), region, full):
        return True
    if short and said.endswith(short) and _is_region_of(said.removesuffix(short), region, full):
        return True
    return _is_shortened(said, full, region)


def _region(full: str, short: str) -> str:
    """The place that a full name begins with: 安丘市."""
    found = _REGION.match(full)
    region = found[0] if found else ""
    if short and full.endswith(short) and len(full) > len(short):
        region = full.removesuffix(short)
    return region if len(region) < len(full) else ""


def _may_precede(head: str, region: str, full: str) -> bool:
    """Whether a higher region stands before a full name."""
    found = _REGION.fullmatch(head)
    return found is not None or _is_region_of(head, region, full)


def _is_region_of(head: str, region: str, full: str) -> bool:
    """Whether what stands before a short name is the agency's own place, in full or in part."""
    if head == "" or (not region and _REGION.fullmatch(head) and not _PLACE.match(full)):
        return True
    if _LEVEL.fullmatch(head):
        return not region or head[-1] == region[-1]
    bare = region.rstrip("省市县区州盟旗")
    return bool(region) and (
        region.endswith(head)
        or (len(head) > 1 and bare.endswith(head))
        or (head.endswith(region) and _REGION.fullmatch(head) is not None)
    )


def _is_shortened(said: str, full: str, region: str) -> bool:
    """Whether ``said`` leaves out letters of the full name, its place and kind being the same."""
    at = said.find(region) if region else -1
    if at > 0 and _REGION.fullmatch(said[:at]):
        said = said[at:]
    bare = region.rstrip("省市县区州盟旗")
    core = full.removeprefix(region)
    rest = next(
        (
            said.removeprefix(head)
            for head in (region, bare, region[-1:])
            if head and said.startswith(head)
        ),
        said,
    )
    if len(rest) < 2 or not _subsequence(rest, core):
        return False
    place = _PLACE.match(core)
    if place is not None:
        return rest.startswith(place[0])
    return rest[-1] == core[-1] or any(
        core.endswith(long) and (short == "" or rest.endswith(short)) for long, short in _TAILS
    )


def _subsequence(part: str, whole: str) -> bool:
    letters = iter(whole)
    return all(letter in letters for letter in part)
