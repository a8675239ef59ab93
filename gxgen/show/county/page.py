"""The county at a glance: one self-contained page (``index.html``) of a county's year.

The page needs no other file, no network and no script: the script that it carries adds sorting
and searching to what is there. It holds no time and no count that is not in its input, so equal
input gives equal bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

from gxgen.diagnostics import Diagnostic
from gxgen.editions.declared import edition_for_year
from gxgen.editions.schema import Edition, FieldKey
from gxgen.markup import Html, digest, el, joined
from gxgen.model.report import Value
from gxgen.show.county.findings import BLOCKS, blocks, findings
from gxgen.show.county.table import ROWS, STATES, agencies, name, rows
from gxgen.show.county.totals import totals

State = Literal["built", "unchanged", "returned", "missing", "late"]
"""What became of an agency's form: ``built`` or ``unchanged`` (its report is there), ``returned``
(filed, with errors), ``missing`` (nothing filed), ``late`` (nothing filed and the day is past)."""


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency of the roster.

    ``figures`` and ``last_year`` hold what is known; blank figures are absent. ``links`` maps
    ``docx``, ``html``, ``pdf``, ``return`` or a word of one's own to a file, as a path relative
    to the page.
    """

    agency: str
    short_name: str | None
    kind: str | None
    state: State
    figures: Mapping[FieldKey, Value] = field(default_factory=dict)
    last_year: Mapping[FieldKey, Value] | None = None
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    findings: tuple[Diagnostic, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def filed(self) -> bool:
        """Whether the agency handed in a form at all."""
        return self.state not in ("missing", "late")


@dataclass(frozen=True, slots=True)
class CountyView:
    """What the page tells. ``agencies`` may be made one by one when they are asked for.

    ``last_totals`` and each agency's ``last_year`` are in the keys of the edition of the year
    before. ``draft_reasons`` are whole sentences beside the agencies that are missing or sent
    back, which the page names itself. ``built`` says by what the page was made (program and
    version), never when. ``rollup_links`` is like an agency's ``links``, with ``detail`` for the
    workbook that shows each total's parts.
    """

    county: str
    year: int
    edition: Edition
    agencies: Sequence[AgencyRow]
    totals: Mapping[FieldKey, Value] | None = None
    last_totals: Mapping[FieldKey, Value] | None = None
    rollup_links: Mapping[str, str] = field(default_factory=dict)
    draft: bool = False
    draft_reasons: tuple[str, ...] = ()
    built: str = ""

    @property
    def last_edition(self) -> Edition | None:
        """The edition of the year before, None before the first one."""
        return edition_for_year(self.year - 1)


@dataclass(slots=True)
class Tally:
    """What the agencies come to, gone through once."""

    agencies: int = 0
    states: Counter[State] = field(default_factory=Counter)
    absent: dict[State, list[str]] = field(default_factory=dict)
    """The names of those whose figures are not in the totals."""
    errors: int = 0
    warnings: int = 0
    told: list[int] = field(default_factory=list)
    """Who has findings, as places in the list of agencies."""

    @classmethod
    def of(cls, rows: Iterable[AgencyRow]) -> Tally:
        """Count."""
        tally = cls()
        for at, row in enumerate(rows):
            tally.agencies += 1
            tally.states[row.state] += 1
            if row.state not in ("built", "unchanged"):
                tally.absent.setdefault(row.state, []).append(row.agency)
            tally.errors += row.errors
            tally.warnings += row.warnings
            if row.findings:
                tally.told.append(at)
        return tally

    @property
    def filed(self) -> int:
        """How many handed in a form."""
        return self.agencies - self.states["missing"] - self.states["late"]


def county_page(view: CountyView) -> bytes:
    """The page as UTF-8.

    Raises:
        ValueError: a link that is not a relative path below the page's folder.
    """
    return b"".join(county_page_pieces(view))


def county_page_pieces(view: CountyView) -> Iterator[bytes]:
    """The page piece by piece: thousands of agencies are never in memory together.

    Raises:
        ValueError: a link that is not a relative path below the page's folder.
    """
    tally = Tally.of(view.agencies)
    lists = {ROWS: rows(view), BLOCKS: blocks(view, tally.told)}
    text = f"<!DOCTYPE html>\n{_page(view, tally)}\n"
    for place, pieces in lists.items():
        before, found, text = text.partition(place)
        if not found:
            text = before
            continue
        yield before.encode("utf-8", "replace")
        for piece in pieces:
            yield piece.encode("utf-8", "replace")
    yield text.encode("utf-8", "replace")


def _page(view: CountyView, tally: Tally) -> Html:
    """The page with marks where its two long lists stand."""
    sections = (
        _draft(view, tally),
        _overview(tally),
        agencies(view, tally),
        findings(tally.told),
        totals(view),
    )
    return el(
        "html",
        _head(view),
        el(
            "body",
            el("a", "跳到单位列表", class_="skip", href="#agencies"),
            _header(view),
            el("main", joined(filter(None, sections), "\n")),
            el("footer", el("p", view.built)) if view.built else None,
            el("script", _asset("page.js")),
            class_="drafted" if view.draft else None,
        ),
        lang="zh-CN",
    )


def _subject(view: CountyView) -> str:
    return f"{view.year}年度政府信息公开工作年度报告编制情况"


def _head(view: CountyView) -> Html:
    """Title, style, and the policy that lets in the page's own style and script alone."""
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{digest(style)}'; script-src '{digest(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    title = f"{view.county}{_subject(view)}{'（草稿）' if view.draft else ''}"
    return el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", title),
        # Without it a browser asks the server for an icon, which the policy forbids.
        el("link", rel="icon", href="data:,"),
        el("style", style),
    )


def _header(view: CountyView) -> Html:
    return el(
        "header",
        el("h1", name(view.county), _subject(view)),
        el("p", f"依据 {view.edition.notice.number}"),
    )


def _draft(view: CountyView, tally: Tally) -> Html | None:
    """The banner of a draft: why it is one, and which agencies are not in its totals."""
    if not view.draft:
        return None
    reasons = (*(el("li", reason) for reason in view.draft_reasons), *_absent(tally))
    return el(
        "section",
        el("h2", "草稿：汇总数还不完整，请勿公布", id="h-draft"),
        el("ul", *reasons) if reasons else None,
        class_="draft",
        aria_labelledby="h-draft",
    )


def _absent(tally: Tally) -> Iterator[Html]:
    for state in ("returned", "late", "missing"):
        names = [name(agency) for agency in tally.absent.get(state, ())]
        if names:
            head = el("strong", f"{STATES[state]}（{len(names)}个）：")
            yield el("li", head, joined(names, "、"), "。")


def _overview(tally: Tally) -> Html:
    return el(
        "section",
        el("h2", "报送情况", id="h-overview"),
        el("dl", *_tiles(tally), class_="tiles"),
        aria_labelledby="h-overview",
    )


def _tiles(tally: Tally) -> Iterator[Html]:
    """应报 = 已报 + 未报, 已报 = 已生成 + 退回; a tile of class ``part`` is a share of the last."""
    count = tally.states
    yield _tile("应报", tally.agencies, "all")
    yield _tile("已报", tally.filed, "all")
    yield _tile("已生成", count["built"] + count["unchanged"], "built")
    if count["unchanged"]:
        yield _tile("其中本次未变", count["unchanged"], "unchanged part")
    yield _tile("退回", count["returned"], "returned")
    yield _tile("未报", tally.agencies - tally.filed, "missing")
    yield _tile("其中逾期", count["late"], "late part")


def _tile(label: str, count: int, kind: str) -> Html:
    return el("div", el("dt", label), el("dd", count), class_=kind)


@cache
def _asset(file: str) -> Html:
    """Style or script as it stands: the program's own, not to be escaped."""
    return Html(files("gxgen.show.county").joinpath(file).read_text(encoding="utf-8"))
