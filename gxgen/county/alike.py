"""Which agencies of a county's year say the same in the same words, and who repeats last year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from gxgen import __version__
from gxgen.a1 import cell_position
from gxgen.county.agency_year import Judgement
from gxgen.county.digests import digest
from gxgen.county.overview import diagnosed
from gxgen.diagnostics import Diagnostic, Finding, from_json
from gxgen.places import FilePart, Place, SheetCell
from gxgen.prose.alike.lawful import ANYTHING, NAMELESS, bare, sentences
from gxgen.prose.alike.likeness import NEARLY_THE_SAME, marked, pairs
from gxgen.prose.alike.passages import Passage, unpacked

BETWEEN, WITH_LAST_YEAR = "GX730", "GX731"
_MOST_NAMED = 3
_LONGEST = 240
"""Letters of a passage that a sentence quotes."""
_LEAST_LEARNT = 10
"""Letters of a sentence that is worth being named as everybody's."""


class Pair(NamedTuple):
    """Two passages of two agencies that are alike: the filings' keys, where each stands in its
    filing's passages, and how much they are alike."""

    one: str
    at: int
    other: str
    there: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Texts:
    """The passages of a year by the filings' keys, and which of them are alike."""

    judgements: Mapping[str, Judgement]
    passages: Mapping[str, Sequence[Passage]]
    pairs: Sequence[Pair]

    @classmethod
    def of(cls, judgements: Mapping[str, Judgement], *, beside: bool = True) -> Texts:
        """Hold them beside each other; without ``beside`` only each beside its own last year."""
        found = {key: unpacked(one.passages) for key, one in judgements.items() if one.passages}
        alike = tuple(_pairs(judgements, found)) if beside else ()
        return cls(judgements, found, alike)

    def findings(self) -> Iterator[tuple[str, Finding]]:
        """What is to be asked, each with the key of its filing."""
        partners: dict[tuple[str, int], list[Pair]] = defaultdict(list)
        for pair in self.pairs:
            one, at, other, there, likeness = pair
            partners[one, at].append(pair)
            partners[other, there].append(Pair(other, there, one, at, likeness))
        for (key, _), found in sorted(partners.items()):
            yield key, self._between(sorted(found, key=_closest_first))
        for key, own in self.passages.items():
            repeated = [one for one in own if one.former]
            if repeated:
                yield key, _with_last_year(repeated)

    def _between(self, found: Sequence[Pair]) -> Finding:
        """A passage with the one that it is most like, and who else has such a one."""
        first = found[0]
        here, there = self.passages[first.one][first.at], self.passages[first.other][first.there]
        agencies = list(dict.fromkeys(self.judgements[pair.other].agency for pair in found))
        message = (
            f"这一段与“{agencies[0]}”（{there.place}）的一段{how(first.likeness)}。"
            f"{_both(here.text, there.text, '对方')}{_others(agencies[1:])}"
        )
        return Finding(BETWEEN, message, _place(here.place))

    def matrix(self) -> list[tuple[str, str, int, float]]:
        """(agency, agency, passages alike, the greatest likeness) of those that have any."""
        counts: dict[tuple[str, str], list[float]] = defaultdict(list)
        for pair in self.pairs:
            one, other = sorted(self.judgements[key].agency for key in (pair.one, pair.other))
            counts[one, other].append(pair.likeness)
        return [(*who, len(all_), max(all_)) for who, all_ in sorted(counts.items())]

    def shared_sentences(self, least: int) -> list[tuple[str, list[str]]]:
        """The sentences that stand in the passages of so many agencies, as a county's words file
        has them, with these agencies; those that most have first."""
        users: dict[str, set[str]] = defaultdict(set)
        for key, own in self.passages.items():
            for said in {bare(one) for passage in own for one in sentences(passage.own)}:
                if len(said) >= _LEAST_LEARNT:
                    users[said.replace(NAMELESS, ANYTHING)].add(self.judgements[key].agency)
        shared = [(said, sorted(who)) for said, who in users.items() if len(who) >= least]
        return sorted(shared, key=lambda one: (-len(one[1]), one[0]))


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of the texts of a year, as the ledger keeps it: ``of`` tells what it was made
    of, so that it need not be made anew; ``found`` are findings by the filings' keys, ``matrix`` as
    :meth:`Texts.matrix` has it."""

    of: str
    found: Mapping[str, Sequence[dict[str, Any]]]
    matrix: Sequence[tuple[str, str, int, float]]

    @classmethod
    def now(
        cls, judgements: Mapping[str, Judgement], before: Mapping[str, Any], *, beside: bool
    ) -> Told:
        """Of these filings; taken from ``before``, what the ledger kept, where they are the
        same."""
        of = digest(
            f"{__version__} {beside}".encode(),
            *(
                f"{key}\n{one.agency}\n{one.year}\n{one.passages}".encode("utf-8", "replace")
                for key, one in judgements.items()
            ),
        )
        if before.get("of") == of:
            return cls(**before)
        texts = Texts.of(judgements, beside=beside)
        found: dict[str, list[Finding]] = defaultdict(list)
        for key, finding in texts.findings():
            found[key].append(finding)
        said = {
            key: [one.as_json() for one in diagnosed(judgements[key], own)]
            for key, own in sorted(found.items())
        }
        return cls(of, said, texts.matrix())

    def kept(self) -> dict[str, Any]:
        """As the ledger keeps it."""
        return {"of": self.of, "found": self.found, "matrix": self.matrix}

    def diagnostics(self) -> dict[str, tuple[Diagnostic, ...]]:
        """What is to be asked, by the filings' keys."""
        return {key: tuple(map(from_json, own)) for key, own in self.found.items()}


NOTHING_ALIKE = Told("", {}, ())


def _pairs(
    judgements: Mapping[str, Judgement], found: Mapping[str, Sequence[Passage]]
) -> Iterator[Pair]:
    """Those of different agencies: who filed twice is told so elsewhere."""
    places = [(key, at) for key, own in found.items() for at in range(len(own))]
    for one, other, likeness in pairs([found[key][at].own for key, at in places]):
        (key, at), (beside, there) = places[one], places[other]
        if judgements[key].agency != judgements[beside].agency:
            yield Pair(key, at, beside, there, round(likeness, 3))


def _closest_first(pair: Pair) -> tuple[float, str, int]:
    return -pair.likeness, pair.other, pair.there


def _with_last_year(repeated: Sequence[Passage]) -> Finding:
    first = max(repeated, key=lambda one: one.likeness)
    places = [place for one in repeated if isinstance(place := _place(one.place), SheetCell)]
    more = f"这样的共有{len(repeated)}段：" if len(repeated) > 1 else ""
    listed = "、".join(one.place for one in repeated) if more else ""
    message = (
        f"这一段与上年报告的一段{how(first.likeness)}。"
        f"{_both(first.text, first.former, '上年')}{more}{listed}{'。' if more else ''}"
    )
    return Finding(WITH_LAST_YEAR, message, _place(first.place), cells=tuple(places))


def how(likeness: float) -> str:
    """In words."""
    if likeness >= 1:
        return "除单位名称和数字外完全相同"
    word = "几乎相同" if likeness >= NEARLY_THE_SAME else "很相像"
    return f"{word}（相像{int(likeness * 100)}%）"


def _both(here: str, there: str, whose: str) -> str:
    if here == there:
        return f"两处都是“{_short(here)}”。"
    own, other = marked(here, there)
    return f"本报告“{_short(own)}”，{whose}“{_short(other)}”，【】里是不同的字。"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "……"


def _others(agencies: Sequence[str]) -> str:
    if not agencies:
        return ""
    named = "、".join(f"“{name}”" for name in agencies[:_MOST_NAMED])
    many = "等单位" if len(agencies) > _MOST_NAMED else ""
    return f"还有{named}{many}有这样的一段。"


def _place(text: str) -> Place | None:
    """A place as it was kept, made one again."""
    if not text:
        return None
    sheet, _, cell = text.rpartition("!")
    position = cell_position(cell) if sheet else None
    return FilePart(text) if position is None else SheetCell(sheet, *position)
