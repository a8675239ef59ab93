"""The paragraph of a roll-up that says whose figures it adds up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gxgen.county.roll_call import RollCall
from gxgen.editions.schema import Edition
from gxgen.form.detail.sheet import DETAIL_SHEET, plain_name
from gxgen.model.agency import AgencyKind
from gxgen.model.narrative import Narrative, Paragraph, Passage
from gxgen.places import Sheet

SECTION = "6"
HEADING = "数据汇总范围"
_KIND_WORDS = {AgencyKind.TOWN: "镇（乡）", AgencyKind.OTHER: "其他单位"}
_MOST_PRINTED = 300
"""A report that names more units than this would be a directory; their numbers are given."""


def with_units(edition: Edition, narrative: Narrative, call: RollCall) -> Narrative:
    """The narrative with the units listed at the end of section six.

    A section with sub-headings gets one more; else the list is its last paragraph.
    """
    text = Paragraph(units_sentence(call), Sheet(DETAIL_SHEET))
    own = [passage for passage in narrative if passage.section == SECTION]
    before = [passage for passage in narrative if passage.section < SECTION]
    if not own:
        own = [Passage(SECTION, edition.section(SECTION).title)]
    parts = [passage for passage in own if passage.level == 2]
    if parts:
        heading = HEADING + ("。" if all(part.runs_in for part in parts) else "")
        own.append(Passage(f"{SECTION}.{parts[-1].ordinal + 1}", heading, (text,)))
    else:
        first = own[0]
        own[0] = Passage(first.mark, first.heading, (*first.paragraphs, text), first.place)
    return (*before, *own)


def units_sentence(call: RollCall) -> str:
    """How many units the figures come from, and which; in a draft also which are wanting."""
    count = len(call.added)
    groups = dict(_groups(call))
    named = count <= _MOST_PRINTED
    if len(groups) == 1 and named:
        names = next(iter(groups.values()))
        text = f"本报告汇总了{_enumerated(names)}的数据。"
    else:
        parts = [
            f"{kind}{len(names)}个" + (f"（{'、'.join(names)}）" if named else "")
            for kind, names in groups.items()
        ]
        text = f"本报告汇总了{count}个单位的数据：{'，'.join(parts)}。"
    absent = [*call.missing, *(name for name, _ in call.faulty)]
    if absent:
        text += f"{_enumerated(absent)}的数据尚未计入。"
    return text


def _enumerated(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{'、'.join(names[:_MOST_PRINTED])}等{len(names)}个单位"


def _groups(call: RollCall) -> Iterator[tuple[str, list[str]]]:
    """Names by kind, in the order in which kinds are declared."""
    kinds = {agency.name: agency.kind for agency in call.county.roster}
    for kind in AgencyKind:
        names = [
            plain_name(unit.agency)
            for unit in call.added
            if (kinds.get(unit.agency) or AgencyKind.OTHER) is kind
        ]
        if names:
            yield _KIND_WORDS.get(kind, kind.value), names
