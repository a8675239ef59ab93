"""Which lines of a section are headings, and the passages that follow from them.

A number alone does not make a heading: ``1.`` before a long sentence is an item of a list and
stays in the text. Lines numbered alike under one parent are judged together, so that the printed
numbers of a series never come half from the text and half from the order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from gxgen.diagnostics import Finding
from gxgen.model.narrative import PREAMBLE, RUN_IN_ENDINGS, Paragraph, Passage
from gxgen.model.numbering import Written, number_of, number_text, written_number
from gxgen.places import Place, SheetCell

LEAD_LENGTH = 24
"""A first sentence up to this long, with text behind it, is a run-in heading."""
TITLE_LENGTH = 60
"""A line up to this long without a sentence in it can be a heading: agency names are long."""

_STOPS = frozenset("。；！？;")
_NO_TITLE_ENDS = _STOPS | frozenset("，、,")


@dataclass(slots=True)
class Item:
    """A line inside a section; ``given`` is its level where the agency set one."""

    text: str
    place: Place | None
    given: int | None = None
    level: int = 0
    number: Written | None = field(init=False)

    def __post_init__(self) -> None:
        """Find the number; one without text behind it is text itself."""
        self.number = None if self.given == 0 else written_number(self.text)
        if self.number is not None and self.body == "":
            self.number = None
        if self.given is not None and self.given >= 2:
            self.level = min(self.given, 4)

    @property
    def body(self) -> str:
        """The text behind the number."""
        return self.text[len(self.number.token) :] if self.number else self.text

    @property
    def lead(self) -> int:
        """Length of the run-in heading that the body begins with; 0 if it begins with none."""
        return _lead(self.body)

    def may_be(self, level: int) -> bool:
        """Whether the number is of that level and nobody set another."""
        return self.level == 0 and self.number is not None and self.number.level == level


_LEAD_ENDING = re.compile(f"[{''.join(RUN_IN_ENDINGS)}]")


def _lead(body: str) -> int:
    for ending in _LEAD_ENDING.finditer(body, 0, len(body) - 1):
        at, character = ending.start(), ending[0]
        if character == "。":
            return at + 1
        if at < LEAD_LENGTH:
            behind = body[at + 1 :]
            address = character == ":" and behind[:1] in "/0123456789"
            if not address and (len(body) > LEAD_LENGTH or "。" in behind):
                return at + 1
    return 0


def _short_lead(item: Item) -> bool:
    return 0 < item.lead <= LEAD_LENGTH + 1


def _title_like(item: Item) -> bool:
    body = item.body
    return len(body) <= TITLE_LENGTH and body[-1:] not in _NO_TITLE_ENDS and _STOPS.isdisjoint(body)


def _one_sentence(item: Item) -> bool:
    body = item.body
    return len(body) <= TITLE_LENGTH and body.endswith("。") and body.count("。") == 1


def settle(items: list[Item]) -> None:
    """Decide each item's level: 0 a paragraph, 2–4 a heading."""
    _judge(
        items,
        2,
        lambda group: any(
            _short_lead(item) or _title_like(item) or _one_sentence(item) for item, _ in group
        ),
    )
    for level in (3, 4):
        for parent, children in _families(items, level):
            placed = parent is not None and parent.level == level - 1
            _judge(children, level, _all_lead if placed else _all_stand)


def _judge(
    items: list[Item], level: int, are_headings: Callable[[list[tuple[Item, bool]]], bool]
) -> None:
    """Make the items numbered at this level headings, if together they look like headings."""
    if not any(item.may_be(level) for item in items):
        return
    following = zip_longest(items, items[1:])
    group = [
        (item, after is not None and _is_text(after, level))
        for item, after in following
        if item.may_be(level)
    ]
    set_before = any(item.level == level for item in items)
    if set_before or are_headings(group):
        for item, _ in group:
            item.level = level


def _is_text(item: Item, level: int) -> bool:
    """Whether it can be the text under a heading of that level."""
    return item.level == 0 and (item.number is None or item.number.level > level)


def _all_lead(group: list[tuple[Item, bool]]) -> bool:
    return all(_short_lead(item) or _stands(item, heads) for item, heads in group)


def _all_stand(group: list[tuple[Item, bool]]) -> bool:
    return all(_stands(item, heads) and _title_like(item) for item, heads in group)


def _stands(item: Item, heads_text: bool) -> bool:
    """A short line of its own with text under it."""
    body = item.body.removesuffix("。")
    return heads_text and len(body) <= TITLE_LENGTH and _STOPS.isdisjoint(body)


def _families(items: list[Item], level: int) -> Iterator[tuple[Item | None, list[Item]]]:
    """(heading above this level or None, the items under it)."""
    parent: Item | None = None
    children: list[Item] = []
    for item in items:
        if 0 < item.level < level:
            yield parent, children
            parent, children = item, []
        else:
            children.append(item)
    yield parent, children


def build(opening: Passage, items: list[Item], findings: list[Finding]) -> list[Passage]:
    """The section's passages in order; findings on numbers are added to ``findings``."""
    tree = _Tree(opening, findings)
    for item, following in zip_longest(items, items[1:]):
        if item.level == 0 or opening.mark == PREAMBLE:
            tree.add_text(item)
        else:
            tree.add_heading(item, following is not None and following.level == 0)
    return tree.passages()


@dataclass(slots=True)
class _Open:
    """A passage that still takes paragraphs, and the last numbers written under it.

    ``asked`` is the level that its line had, which is deeper than its mark's where a level is
    skipped.
    """

    mark: str
    heading: str | None
    place: Place | None
    asked: int = 1
    paragraphs: list[Paragraph] = field(default_factory=list)
    children: int = 0
    written: int = 0
    listed: dict[int, int] = field(default_factory=dict)
    told: bool = False


class _Tree:
    """Passages in order, with the path from the section to the one that is open."""

    def __init__(self, opening: Passage, findings: list[Finding]) -> None:
        self.findings = findings
        self.all = [_Open(opening.mark, opening.heading, opening.place)]
        self.path = [self.all[0]]

    def passages(self) -> list[Passage]:
        return [Passage(p.mark, p.heading, tuple(p.paragraphs), p.place) for p in self.all]

    def add_text(self, item: Item) -> None:
        here = self.path[-1]
        here.paragraphs.append(Paragraph(item.text, item.place))
        if item.number is None:
            return
        level, ordinal = item.number.level, item.number.ordinal
        last = here.listed.get(level, 0)
        if ordinal not in (1, last + 1) and level > 1:
            self._tell_list(item, last)
        here.listed[level] = ordinal

    def add_heading(self, item: Item, text_follows: bool) -> None:
        while self.path[-1].asked >= item.level:
            self.path.pop()
        depth = len(self.path) + 1
        parent = self.path[-1]
        parent.children += 1
        mark = f"{parent.mark}.{parent.children}"
        self._check_number(item, parent, number_text(mark), depth)
        lead = item.lead
        heading, rest = (item.body[:lead], item.body[lead:].strip()) if lead else (item.body, "")
        passage = _Open(mark, heading, item.place, item.level)
        if rest:
            passage.paragraphs.append(Paragraph(rest, item.place))
        elif text_follows:
            self._tell_joined(item, heading)
        self.all.append(passage)
        self.path.append(passage)

    def _check_number(self, item: Item, parent: _Open, printed: str, depth: int) -> None:
        number, last = item.number, parent.written
        parent.written = number.ordinal if number else last + 1
        if number is None:
            return
        written = number.token.strip()
        if number.level != depth:
            if not parent.told:
                self._tell(
                    item,
                    f"“{_begin(item.text)}”写的编号是“{written}”，按层次将印作“{printed}”，同级的各项也这样印。",
                )
            parent.told = True
        elif number.ordinal != last + 1:
            before = f"前一项是“{number_of(depth, last)}”，" if last else "这是第一项，"
            self._tell(
                item,
                f"“{_begin(item.text)}”写的编号是“{written}”，{before}"
                f"应为“{number_of(depth, last + 1)}”；将按顺序印作“{printed}”，其后各项依次顺延。",
            )

    def _tell_list(self, item: Item, last: int) -> None:
        if item.number is None:
            return
        level = item.number.level
        before = f"前一项是“{number_of(level, last)}”，" if last else "这是第一项，"
        self._tell(
            item,
            f"“{_begin(item.text)}”写的编号是“{item.number.token.strip()}”，{before}"
            f"应为“{number_of(level, last + 1)}”；这是正文里的编号，将照原样印出。",
        )

    def _tell(self, item: Item, message: str) -> None:
        self.findings.append(Finding("GX043", message, item.place, quote=_begin(item.text)))

    def _tell_joined(self, item: Item, heading: str) -> None:
        # On sheet 正文 a heading's full stop is how one asks for a run-in heading.
        if heading.endswith(RUN_IN_ENDINGS) and not isinstance(item.place, SheetCell):
            self.findings.append(
                Finding(
                    "GX049",
                    f"小标题“{_begin(item.text)}”以“{heading[-1]}”结尾，将与下面的文字排在同一段。",
                    item.place,
                    quote=item.text,
                )
            )


def _begin(text: str, length: int = 20) -> str:
    return text if len(text) <= length else text[:length] + "…"
