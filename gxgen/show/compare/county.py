"""All agencies of a county, each beside itself a year before, as blocks and as a record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from gxgen.comparison.figures import INDICATORS, LEAST_BASE, Change
from gxgen.comparison.reports import Comparison, Tie
from gxgen.comparison.sentences import Sameness
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition, FieldKey
from gxgen.editions.tables import Blocks
from gxgen.model.measures import outcome_measures, remedy_measures, request_measures
from gxgen.show.compare.blocks import Block, Heading, Remark, Row, Sheet, Table, clean, row
from gxgen.show.compare.record import FORMAT, comparison_record
from gxgen.show.compare.words import UNKNOWN, UNTOLD, rate, signed, value

LARGEST = 40
"""So many of the largest changes are listed."""
MOST_OF_ONE = 5
"""And so many of one agency, or a single one would fill the list."""
Named = tuple[str, Comparison]
Left = tuple[str, str]
"""An agency that was not compared, and why."""


def county_sheet(county: str, year: int, compared: Sequence[Named], left: Sequence[Left]) -> Sheet:
    """One page of all agencies."""
    subject = f"各单位{year - 1}年、{year}年年度报告对照"
    blocks = tuple(_blocks(year, compared, left))
    return Sheet(clean(county), subject, year, blocks)


def county_record(
    county: str, year: int, compared: Sequence[Named], left: Sequence[Left]
) -> dict[str, Any]:
    """The same as data: a record for each agency, and who was left out."""
    return {
        "format": FORMAT,
        "county": county,
        "year": year,
        "agencies": [comparison_record(one) for _, one in compared],
        "not_compared": [{"agency": name, "reason": reason} for name, reason in left],
    }


def _blocks(year: int, compared: Sequence[Named], left: Sequence[Left]) -> Iterator[Block]:
    broken = [
        (name, tie)
        for name, one in compared
        for tie in (*one.carried, *one.in_force)
        if tie.holds is False
    ]
    yield Remark(f"对照了 {len(compared)} 个单位，{len(left)} 个没有对照（见最后）。")
    if compared:
        yield Remark(_tied(compared, broken), warns=bool(broken))
    yield Heading(1, "一、各单位")
    if compared:
        yield _agencies(year, compared)
        yield Remark("未变比例：本年的句子里，与上年相同或只有数字不同的占多少；固定表述不计。")
    yield Heading(1, "二、变化最大的数")
    yield from _largest(year, compared)
    yield Heading(1, "三、与上年接不上的数")
    yield _broken(year, broken) if broken else Remark("没有。")
    yield Heading(1, "四、没有对照的单位")
    if left:
        rows = tuple(row(name, reason) for name, reason in left)
        yield Table("", ("单位", "原因"), (350, 650), rows, wordy=True)
    else:
        yield Remark("没有。")


def _tied(compared: Sequence[Named], broken: Sequence[tuple[str, Tie]]) -> str:
    """Whether the figures follow from last year's, and of how many agencies nobody knows."""
    agencies = len({name for name, _ in broken})
    said = f"有 {agencies} 个单位的数与上年接不上，共 {len(broken)} 处" if broken else ""
    states = {
        "结转": [_state(one.carried) for _, one in compared],
        "现行有效件数": [_state(one.in_force) for _, one in compared],
    }
    unknown = {what: found.count(UNTOLD) for what, found in states.items() if UNTOLD in found}
    if not unknown:
        return f"{said or '结转和现行有效件数都与上年接得上'}。"
    listed = "、".join(f"{what}有 {count} 个单位" for what, count in unknown.items())
    return f"{said or '没有与上年接不上的数'}；{listed}无从核对。"


def _agencies(year: int, compared: Sequence[Named]) -> Table:
    heads = (
        "单位",
        f"{year - 1}年新收申请",
        f"{year}年新收申请",
        "增减",
        "结转",
        "现行有效",
        f"{year}年句数",
        "新写",
        "删去",
        "未变比例",
    )
    widths = (250, 85, 85, 75, 90, 90, 85, 75, 75, 90)
    return Table("", heads, widths, tuple(_agency(name, one) for name, one in compared))


def _agency(name: str, one: Comparison) -> Row:
    received = next(iter(request_measures(EDITIONS[one.this.edition], None))).keys[0]
    figure = next(change for change in one.changes if change.key == received)
    text = one.whole
    carried, in_force = _state(one.carried), _state(one.in_force)
    return row(
        name,
        value(figure.last),
        value(figure.this),
        signed(figure.change),
        carried,
        in_force,
        text.this,
        *(text.counts[kind] for kind in (Sameness.NEW, Sameness.GONE)),
        UNKNOWN if text.alike is None else f"{text.alike:.1f}%",
        look="bad" if "接不上" in (carried, in_force) else "",
    )


def _state(ties: Sequence[Tie]) -> str:
    """One word for several ties: the worst."""
    if any(tie.holds is False for tie in ties):
        return "接不上"
    return "接得上" if ties and all(tie.holds for tie in ties) else UNTOLD


def _largest(year: int, compared: Sequence[Named]) -> Iterator[Block]:
    found = [(name, one) for name, whole in compared for one in _most_changed(whole)]
    if not found:
        yield Remark("没有增减。")
        return
    found.sort(key=lambda each: -_size(each[1]))
    heads = ("单位", "项目", f"{year - 1}年", f"{year}年", "增减", "增减幅度")
    rows = tuple(
        row(
            name,
            f"{one.sheet} {one.label}",
            value(one.last, one.unit),
            value(one.this, one.unit),
            signed(one.change),
            rate(one),
        )
        for name, one in found[:LARGEST]
    )
    yield Table("", heads, (220, 310, 115, 115, 100, 140), rows, labels=(0, 1))
    yield Remark(
        f"按增减与上年的数之比排列，上年的数不到{LEAST_BASE}的按{LEAST_BASE}算；"
        f"每个单位最多 {MOST_OF_ONE} 项，共最多 {LARGEST} 项。表三、表四只看总计。"
    )


def _most_changed(whole: Comparison) -> list[Change]:
    changed = [one for one in _telling(whole) if one.change]
    return sorted(changed, key=_size, reverse=True)[:MOST_OF_ONE]


def _size(one: Change) -> Decimal:
    """How large a change is beside last year's figure, which is not taken for less than 30."""
    return abs(Decimal(one.change or 0)) / max(Decimal(one.last or 0), Decimal(LEAST_BASE))


def _telling(whole: Comparison) -> Iterator[Change]:
    """The figures worth a line of the county's page: of tables with totals, the totals."""
    keys = _telling_keys(EDITIONS[whole.this.edition])
    yield from (one for one in whole.changes if one.key in keys)
    yield from (one for one in whole.indicators if one.sheet == INDICATORS and not one.points)


def _telling_keys(edition: Edition) -> frozenset[FieldKey]:
    lists = (request_measures, outcome_measures, remedy_measures)
    keys = {key for of in lists for one in of(edition, None) for key in one.keys}
    whole = {form.key for form in edition.tables if isinstance(form, Blocks)}
    return frozenset(keys | {key for key, one in edition.fields.items() if one.table in whole})


def _broken(year: int, broken: Sequence[tuple[str, Tie]]) -> Table:
    heads = ("单位", "项目", "应为", "怎么来的", f"{year}年")
    rows = tuple(
        row(name, tie.label, value(tie.expected), tie.how, value(tie.this)) for name, tie in broken
    )
    return Table("", heads, (230, 300, 100, 270, 100), rows, labels=(0, 1, 3))
