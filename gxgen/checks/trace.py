"""Where each number of a report comes from, and what checked it: figures and sentences alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gxgen.checks.counted import Said, filled_from, said_of
from gxgen.checks.guards import Guard, guards
from gxgen.diagnostics import Diagnostic
from gxgen.editions.schema import FieldKey
from gxgen.errors import UsageError
from gxgen.model.indicators import Indicator
from gxgen.model.indicators import stated as stated_of
from gxgen.model.narrative import Paragraph
from gxgen.model.report import Entry, Report
from gxgen.places import FilePart
from gxgen.prose.claims import verdicts_of
from gxgen.prose.claims.claim import Reading, Span, State, Verdict
from gxgen.prose.claims.tokens import Number, squeezed_with_places, tokenised


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a table, what guards it, the sentences that state it, what was found of it."""

    key: FieldKey
    entry: Entry
    guards: tuple[Guard, ...]
    stated: tuple[Verdict, ...]
    found: tuple[Diagnostic, ...]

    @property
    def quiet(self) -> bool:
        """Whether it is 0 and there is nothing to tell of it."""
        return not self.entry.value and not self.stated and not self.found


@dataclass(frozen=True, slots=True)
class Mention:
    """A number of the text, or a statement that there was nothing, with all that it was held
    against and what was found of it."""

    verdicts: tuple[Verdict, ...]
    found: tuple[Diagnostic, ...]

    @property
    def span(self) -> Span:
        """The number as written; the words where there is none."""
        claim = self.verdicts[0].claim
        return claim.span if claim.quantity is None else claim.quantity.span

    @property
    def bound(self) -> bool:
        """Whether there is anything to hold it against."""
        return any(verdict.state is not State.UNBOUND for verdict in self.verdicts)


@dataclass(frozen=True, slots=True)
class Counted:
    """An indicator that is stated: what the text says of it, which paragraphs are filled from it,
    what was found of it."""

    indicator: Indicator
    said: tuple[Said, ...]
    filled: tuple[Paragraph, ...]
    found: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """The numbers of a report, or those that were asked for: of the tables, of the sheet beside
    them, and of the text."""

    report: Report
    figures: tuple[Figure, ...]
    mentions: tuple[Mention, ...]
    number: str | None = None
    counted: tuple[Counted, ...] = ()


def trace(report: Report, found: Sequence[Diagnostic] = ()) -> Trace:
    """Every number of a report; ``found`` is what its checks said."""
    stated: dict[FieldKey, list[Verdict]] = defaultdict(list)
    for verdict in verdicts_of(report):
        for key in _keys(verdict):
            stated[key].append(verdict)
    told: dict[str, list[Diagnostic]] = defaultdict(list)
    for one in found:
        for key in _named(one):
            told[key].append(one)
    figures = (
        Figure(
            key,
            report.entries[key],
            tuple(guards(report, key)),
            tuple(stated.get(key, ())),
            tuple(told.get(key, ())),
        )
        for key in report.edition.fields
    )
    counted = (
        Counted(
            one,
            said_of(report, one),
            filled_from(report, one),
            (*told.get(one.key, ()), *told.get(one.last_key, ())),
        )
        for one in stated_of(report.indicators).values()
    )
    mentions = tuple(_mentions(report, found))
    return Trace(report, tuple(figures), mentions, counted=tuple(counted))


def readings_told(verdict: Verdict) -> tuple[Reading, ...]:
    """The readings that a verdict rests on: the one that fits, else all of them."""
    if verdict.state in (State.FITS, State.ALSO) and verdict.reading is not None:
        return (verdict.reading,)
    return verdict.claim.readings


def _keys(verdict: Verdict) -> dict[FieldKey, None]:
    """The figures of this year that a sentence states."""
    if verdict.claim.year is not None:
        return {}
    return dict.fromkeys(key for one in readings_told(verdict) for key in one.expr.keys)


def _named(one: Diagnostic) -> dict[str, None]:
    """The figures of this year's form that a finding names."""
    others = (r.key for r in one.related if not isinstance(r.place, FilePart))
    return dict.fromkeys(key for key in (one.key, *others) if key)


def _mentions(report: Report, found: Sequence[Diagnostic]) -> Iterator[Mention]:
    """The claims of each number together, in the order of the text."""
    together: dict[Span, list[Verdict]] = defaultdict(list)
    for verdict in verdicts_of(report):
        claim = verdict.claim
        together[claim.span if claim.quantity is None else claim.quantity.span].append(verdict)
    for verdicts in together.values():
        about = (one for one in found if any(_is_about(one, v) for v in verdicts))
        yield Mention(tuple(verdicts), tuple(dict.fromkeys(about)))


def _is_about(one: Diagnostic, verdict: Verdict) -> bool:
    """Whether a finding quotes a claim's sentence and names its words."""
    claim = verdict.claim
    return (
        verdict.state is not State.UNBOUND
        and (one.quote, one.place) == (claim.sentence.text, claim.span.place)
        and claim.span.text.strip("，、（(；： ") in one.message
    )


# -- only some of them ---------------------------------------------------------------------------


def narrowed(whole: Trace, asked: str) -> Trace:
    """Those that are the number asked for (``12``, ``1,234``, ``62%``, ``2.5万``, ``三件``), or
    that stand in a cell (``表三!J5``) or under a key.

    Raises:
        UsageError: it is no number, no cell with a number and no key.
    """
    text = "".join(squeezed_with_places(asked)[0].split())
    figures = tuple(f for f in whole.figures if text.upper() in _addresses(f))
    mentions = tuple(m for m in whole.mentions if str(m.span.place).upper() == text.upper())
    counted = tuple(c for c in whole.counted if text.upper() in _names(c.indicator))
    if figures or mentions or counted:
        return replace(whole, figures=figures, mentions=mentions, number=asked, counted=counted)
    number = _number(text)
    if number is None:
        raise UsageError(
            f"看不出“{asked}”是什么数。写数字，例如 12、1,234、62%；也可以写单元格，例如 表三!J5。"
        )
    return replace(
        whole,
        figures=tuple(f for f in whole.figures if _is_figure(f, number)),
        mentions=tuple(m for m in whole.mentions if _is_mention(m, number)),
        number=asked,
        counted=tuple(c for c in whole.counted if _is_counted(c.indicator, number)),
    )


def _names(one: Indicator) -> tuple[str, ...]:
    return str(one.place).upper(), str(one.last_place).upper(), one.key.upper()


def _is_counted(one: Indicator, number: Number) -> bool:
    low, high = number.low, number.high
    return number.unit != "%" and any(
        count is not None and low <= count <= high for count in (one.value, one.last)
    )


def _addresses(figure: Figure) -> tuple[str, str]:
    return str(figure.entry.place).upper(), figure.key.upper()


_NO_NAME = re.compile(r"(?!)")


_LONGEST = 40
"""No number of a report has more letters."""


def _number(text: str) -> Number | None:
    """A number as it is read in a sentence, where it is all that is written."""
    for written in (text, f"{text}件") if len(text) <= _LONGEST else ():
        found = [*tokenised(written, 0, _NO_NAME, wide=False).numbers.values()]
        if len(found) == 1 and (found[0].start, found[0].end) == (0, len(written)):
            sure = found[0].low or not found[0].high  # a numeral that cannot be read may be any
            return (
                replace(found[0], unit=found[0].unit if written == text else "") if sure else None
            )
    return None


def _is_figure(figure: Figure, number: Number) -> bool:
    value = figure.entry.value
    return value is not None and number.unit != "%" and number.low <= Decimal(value) <= number.high


def _is_mention(mention: Mention, number: Number) -> bool:
    """Whether the text says that number, in the same measure where one was asked for."""
    quantity = mention.verdicts[0].claim.quantity
    if quantity is None:
        return not number.low and number.unit != "%"
    same = number.unit in ("", quantity.unit)
    return same and quantity.low <= number.high and number.low <= quantity.high
