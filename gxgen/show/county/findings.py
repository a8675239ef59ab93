"""The findings on the county's page: an agency each, those of one code together, advice once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from gxgen.diagnostics import Diagnostic, Severity, worst_first
from gxgen.markup import Html, el
from gxgen.show.county.table import name

if TYPE_CHECKING:
    from gxgen.show.county.page import AgencyRow, CountyView

BLOCKS = Html("\0findings\0")
"""Where the agencies' findings stand in the page; no text holds it."""
MOST_SHOWN = 20
"""So many of one code and advice are told; the rest stand in the return copy."""


def findings(told: Sequence[int]) -> Html | None:
    """The section for the agencies that have findings; None where none has."""
    if not told:
        return None
    title = el("h2", "需要处理的问题", id="h-findings")
    return el("section", title, BLOCKS, id="findings", aria_labelledby="h-findings")


def blocks(view: CountyView, told: Sequence[int]) -> Iterator[Html]:
    """What stands at :data:`BLOCKS`, in the order of the roster."""
    return (_agency(at + 1, view.agencies[at]) for at in told)


def _agency(number: int, row: AgencyRow) -> Html:
    counts = zip(Severity, (row.errors, row.warnings, row.notes), strict=True)
    said = "、".join(f"{n}处{severity.label}" for severity, n in counts if n)
    return el(
        "details",
        el("summary", name(row.agency), " ", el("span", said, class_="counts")),
        # The mark lies inside, so that a browser opens what it stands in when it is gone to.
        el("ul", *_groups(row.findings), id=f"f{number}", class_="groups"),
    )


def _groups(found: Iterable[Diagnostic]) -> Iterator[Html]:
    """The findings by weight, code and advice, the worst first."""
    together: dict[tuple[Severity, str, str], list[Diagnostic]] = {}
    for one in worst_first(found):
        together.setdefault((one.severity, one.code, one.hint), []).append(one)
    for (severity, code, hint), members in together.items():
        yield el(
            "li",
            el("p", el("b", severity.label), f" {code}", class_="code"),
            el("ul", *map(_sentence, members[:MOST_SHOWN]), _rest(len(members) - MOST_SHOWN)),
            el("p", f"怎么改：{hint}", class_="hint") if hint else None,
            class_=severity.value,
        )


def _sentence(finding: Diagnostic) -> Html:
    """Place and sentence; the place only where the sentence does not begin with it."""
    place = "" if finding.place is None else str(finding.place)
    if not place or finding.message.startswith(place):
        return el("li", finding.message)
    return el("li", el("b", place), " ", finding.message)


def _rest(number: int) -> Html | None:
    return el("li", f"还有{number}处同样的问题，见退回件。") if number > 0 else None
