"""Sentence edits planted between two years of invented agencies, and how they are told.

    python -m benchmarks.compare [edits] [seed]

Each agency's text of one year is taken twice; in the second copy some sentences get one edit each:
a number changed (in words too), one to three words changed, the sentence dropped, one of another
agency's added, moved to another section, or its punctuation changed. The truth is what was
planted, never what the comparison says: where a dropped sentence and an added one happen to be
alike, telling them as one that was changed counts as two mistakes. Prints for each kind how many
were told as they were planted, then how many untouched sentences were told as the same, and the
processor time.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from gxgen.comparison.sentences import Pair, Sameness, Sentence, aligned, sentences
from gxgen.demo.agencies import demo_agency
from gxgen.demo.county import clean_report
from gxgen.prose.alike.lawful import lawful
from gxgen.prose.filled import filled

KINDS = ("number", "word", "dropped", "added", "moved", "punctuation")
EXPECTED = {
    "number": Sameness.NUMBERS,
    "word": Sameness.CHANGED,
    "dropped": Sameness.GONE,
    "added": Sameness.NEW,
    "moved": Sameness.SAME,
    "punctuation": Sameness.SAME,
}
EVERY = 3
"""One sentence in so many is edited."""
_NUMBER = re.compile(r"\d+")
_WORDS = (
    "推进",
    "完善",
    "优化",
    "规范",
    "落实",
    "提升",
    "加强",
    "开展",
    "建立",
    "组织",
    "及时",
    "全面",
)
_NUMERAL = re.compile("[二三四五六七八九](?=[次场期个类项名])")


@dataclass(frozen=True)
class Planted:
    """Two years of a text, and by place in either the kind of edit; ``edits`` counts them."""

    last: list[Sentence]
    this: list[Sentence]
    of_last: dict[int, str]
    of_this: dict[int, str]

    @property
    def edits(self) -> int:
        """How many."""
        return len(self.of_this) + sum(kind == "dropped" for kind in self.of_last.values())


def text_of(county: str, index: int, year: int) -> list[Sentence]:
    """The sentences of an invented agency; none stands there twice, so that each edit is clear."""
    report, _ = filled(clean_report(demo_agency(county, index), year))
    found: dict[str, Sentence] = {}
    for one in sentences(report.narrative, lawful()):
        found.setdefault(re.sub(r"\W", "", one.text), one)
    return list(found.values())


def planted(random: Random, text: list[Sentence], others: list[Sentence]) -> Planted:
    """The text twice, the second with edits; what is added is one of ``others``."""
    own = {re.sub(r"\W", "", one.text) for one in text}
    strange = [one for one in others if re.sub(r"\W", "", one.text) not in own]
    random.shuffle(strange)
    last: list[Sentence] = []
    this: list[Sentence] = []
    of_last: dict[int, str] = {}
    of_this: dict[int, str] = {}
    for at, one in enumerate(text):
        kind = random.choice(KINDS) if at % EVERY == 1 else ""
        if kind == "added":
            of_this[len(this)] = kind
            this.append(replace(strange.pop(), section=one.section))
            kind = ""
        old, new = edited(random, one, kind)
        if kind and old is not None and new is not None and old == new:
            kind = ""  # nothing in it to be edited so
        if old is not None:
            of_last |= {len(last): kind} if kind else {}
            last.append(old)
        if new is not None:
            of_this |= {len(this): kind} if kind else {}
            this.append(new)
    return Planted(last, this, of_last, of_this)


def edited(random: Random, one: Sentence, kind: str) -> tuple[Sentence | None, Sentence | None]:
    """The sentence of last year and of this year."""
    if kind == "number":
        return one, replace(one, text=_renumbered(random, one.text))
    if kind == "word":
        return one, replace(one, text=_reworded(random, one.text))
    if kind == "dropped":
        return one, None
    if kind == "moved" and len(one.text) > 10:
        return one, replace(one, section="6" if one.section != "6" else "5")
    if kind == "punctuation" and "，" in one.text:
        return one, replace(one, text=one.text.replace("，", random.choice((" ", "、", ",")), 1))
    return one, one


def _renumbered(random: Random, text: str) -> str:
    """Another number in the place of one, in words where there are no digits."""
    if found := list(_NUMBER.finditer(text)):
        hit = random.choice(found)
        return f"{text[: hit.start()]}{int(hit[0]) + random.randint(1, 40)}{text[hit.end() :]}"
    if found := list(_NUMERAL.finditer(text)):
        hit = random.choice(found)
        other = random.choice([one for one in "二三四五六七八九" if one != hit[0]])
        return text[: hit.start()] + other + text[hit.end() :]
    return text


def _reworded(random: Random, text: str) -> str:
    """Other words in the place of some: one for every fifteen letters, three at most."""
    for _ in range(min(3, len(text) // 15)):
        at = random.randrange(2, len(text) - 3)
        if not re.search(r"[\d\W]", text[at - 1 : at + 3]):
            word = random.choice([w for w in _WORDS if not set(w) & set(text[at - 2 : at + 4])])
            text = text[:at] + word + text[at + 2 :]
    return text


def judged(whole: Planted) -> Iterator[tuple[str, Sentence, Pair | None]]:
    """(kind, sentence, the pair that it is in) of each sentence, dropped ones by last year's."""
    pairs = aligned(whole.last, whole.this)
    by_this = {id(pair.this): pair for pair in pairs if pair.this is not None}
    by_last = {id(pair.last): pair for pair in pairs if pair.last is not None}
    for at, one in enumerate(whole.this):
        yield whole.of_this.get(at, ""), one, by_this.get(id(one))
    for at, one in enumerate(whole.last):
        if whole.of_last.get(at) == "dropped":
            yield "dropped", one, by_last.get(id(one))


def right(kind: str, pair: Pair | None) -> bool:
    """Whether an edit of that kind was told as it was planted."""
    if pair is None or pair.sameness is not EXPECTED.get(kind, Sameness.SAME):
        return False
    return (pair.moved_from is not None) == (kind == "moved")


def measured(edits: int, seed: int) -> tuple[Counter[str], Counter[str], list[tuple[str, str]]]:
    """How many of each kind were planted and told right, and (kind, sentence) of the others."""
    all_of, right_of, wrong = Counter[str](), Counter[str](), []
    random, index = Random(seed), 0
    while all_of.total() - all_of[""] < edits:
        others = text_of("另外县", index + 1, 2024)
        whole = planted(random, text_of("对照县", index, 2024), others)
        for kind, one, pair in judged(whole):
            all_of[kind] += 1
            right_of[kind] += right(kind, pair)
            if not right(kind, pair):
                wrong.append((kind, f"{pair and pair.sameness}: {one.text}"))
        index += 1
    return all_of, right_of, wrong


def main(edits: int, seed: int) -> None:
    """Measure and print."""
    start = time.process_time()
    all_of, right_of, wrong = measured(edits, seed)
    for kind in (*KINDS, ""):
        print(f"  {kind or 'untouched':12} {right_of[kind]:5} of {all_of[kind]:5}")
    count, good = (one.total() - one[""] for one in (all_of, right_of))
    print(f"edits told right: {good} of {count}, {100 * good / count:.2f} %")
    print(f"processor time {time.process_time() - start:.2f} s")
    for kind, text in wrong[:20]:
        print(f"  wrong {kind or 'untouched'}: {text}")


if __name__ == "__main__":
    main(*map(int, (sys.argv[1:] + ["200", "1"][len(sys.argv) - 1 :])))
