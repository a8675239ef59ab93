"""The table of agencies on the county's page: a row each, key figures with their change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from gxgen.markup import Html, el, joined
from gxgen.model.measures import Measure
from gxgen.show.county.measures import NOTHING, Compared, comparison, measures

if TYPE_CHECKING:
    from gxgen.show.county.page import AgencyRow, CountyView, State, Tally

STATES: dict[State, str] = {
    "built": "已生成",
    "unchanged": "未变",
    "returned": "退回",
    "missing": "未报",
    "late": "逾期未报",
}
"""The word for each state, in the order in which the states sort."""

ROWS = Html("\0rows\0")
"""Where the agencies stand in the page; no text holds it."""
_RANKS = {state: rank for rank, state in enumerate(STATES)}
_LINK_WORDS = {"return": "退回件", "detail": "汇总明细"}
_BEFORE = (("序号", "n"), ("单位", "t"), ("状态", "n"))
_AFTER = (("错误", "n"), ("核实", "n"), ("文件", "n"))


def agencies(view: CountyView, tally: Tally) -> Html:
    """Search, filter and table; without agencies a sentence."""
    title = el("h2", "各单位", id="h-agencies")
    if tally.agencies:
        lines = measures(view.edition, view.last_edition)
        content = joined((_controls(tally), _table(view, lines, tally)))
    else:
        content = el("p", "名册里还没有单位。")
    return el("section", title, content, id="agencies", aria_labelledby="h-agencies")


def rows(view: CountyView) -> Iterator[Html]:
    """What stands at :data:`ROWS`."""
    lines = measures(view.edition, view.last_edition)
    for number, row in enumerate(view.agencies, 1):
        yield Html(f"{_row(number, row, lines)}\n")


def links(named: Mapping[str, str]) -> Html:
    """A link for each file; the address is percent-encoded.

    Raises:
        ValueError: a path that is absolute or climbs out of the page's folder.
    """
    return joined((_link(name, path) for name, path in named.items()), " ")


def _link(name: str, path: str) -> Html:
    if path.startswith("/") or ".." in path.split("/"):
        raise ValueError(f"not a path below the page: {path!r}")
    is_suffix = path.lower().endswith(f".{name.lower()}")
    return el("a", _LINK_WORDS.get(name, name.upper() if is_suffix else name), href=quote(path))


def _controls(tally: Tally) -> Html:
    """Hidden until the script that serves them shows them."""
    options = (el("option", word, value=s) for s, word in STATES.items() if tally.states[s])
    search = el("input", id="q", type="search", autocomplete="off")
    # Its value is empty on purpose; an option without one would stand for its own text.
    everything = Html('<option value="">全部</option>')
    return el(
        "div",
        el("div", el("label", "按名称查找", for_="q"), search),
        el("div", el("label", "状态", for_="s"), el("select", everything, *options, id="s")),
        el("p", id="told", role="status", aria_live="polite"),
        id="controls",
        class_="controls",
        hidden=True,
    )


def _table(view: CountyView, lines: Sequence[Measure], tally: Tally) -> Html:
    table = el(
        "table",
        el("caption", _caption(view)),
        *_head(lines),
        el("tbody", ROWS),
        _foot(view, lines, tally),
        id="list",
    )
    return el("section", table, class_="scroll tall", aria_label="单位列表", tabindex=0)


def _caption(view: CountyView) -> str:
    first = "（这是第一个年度，没有上年）" if view.last_edition is None else ""
    return (
        f"关键数字下方是与上年相比的增减{first}；“{NOTHING}”表示没有这个数，或者没有可比的上年数。"
        "退回单位的数字未经核实。"
    )


def _head(lines: Sequence[Measure]) -> Iterator[Html]:
    """Column groups and two rows of heads: the sections of the form above their figures."""
    bands = [(title, len(list(same))) for title, same in groupby(lines, lambda one: one.group)]
    yield from (
        el("colgroup", span=span) for span in (len(_BEFORE), *(n for _, n in bands), len(_AFTER))
    )
    after = len(_BEFORE) + len(lines)
    yield el(
        "thead",
        el(
            "tr",
            *(_sorted_by(at, *head, rowspan=2) for at, head in enumerate(_BEFORE)),
            *(el("th", title, scope="colgroup", colspan=span) for title, span in bands),
            *(_sorted_by(at, *head, rowspan=2) for at, head in enumerate(_AFTER, after)),
        ),
        el(
            "tr",
            *(
                _sorted_by(at, line.label, "n", title=line.full if line.full != line.label else "")
                for at, line in enumerate(lines, len(_BEFORE))
            ),
        ),
    )


def _sorted_by(column: int, label: str, kind: str, **more: object) -> Html:
    """A head that the script makes a button of; ``kind`` is ``n`` for numbers, ``t`` for text."""
    return el("th", label, scope="col", data_c=column, data_t=kind, **more)


def _row(number: int, row: AgencyRow, lines: Sequence[Measure]) -> Html:
    also = " · ".join(part for part in (row.short_name, row.kind) if part)
    state = el("span", STATES[row.state], class_=f"state {row.state}")
    return el(
        "tr",
        el("td", number),
        el("th", name(row.agency), el("small", also), scope="row"),
        el("td", state, class_="l", data_v=_RANKS[row.state]),
        *map(_compared, comparison(lines, row.figures, row.last_year)),
        _count(row.errors, number, row),
        _count(row.warnings, number, row),
        el("td", links(row.links), class_="l", data_v=len(row.links)),
        data_s=row.state,
    )


def name(text: str) -> Html:
    """A name from outside, kept from changing the direction of the text around it."""
    return el("span", text, class_="name")


def _compared(one: Compared) -> Html:
    small = None if one.value == NOTHING else el("small", one.change)
    return el("td", one.value, small)


def _count(number: int, row_number: int, row: AgencyRow) -> Html:
    linked = number and row.findings
    return el("td", el("a", number, href=f"#f{row_number}") if linked else number)


def _foot(view: CountyView, lines: Sequence[Measure], tally: Tally) -> Html | None:
    if view.totals is None:
        return None
    sums = comparison(lines, view.totals, view.last_totals)
    return el(
        "tfoot",
        el(
            "tr",
            el("td"),
            el("th", "各单位合计（草稿）" if view.draft else "各单位合计", scope="row"),
            el("td"),
            *map(_compared, sums),
            el("td", tally.errors),
            el("td", tally.warnings),
            el("td"),
        ),
    )
