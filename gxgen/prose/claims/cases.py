"""Reviews and suits: how a wide rule reads their totals, results and parts."""

from __future__ import annotations

import re
from collections.abc import Callable

from gxgen.prose.claims.claim import Reading
from gxgen.prose.claims.lexicon import Wide, lexicon, tag_of
from gxgen.prose.claims.readings import NOTHING, Found
from gxgen.prose.claims.wide import Window
from gxgen.prose.claims.work import Work

CASES = {
    "upheld": ("upheld",),
    "corrected": ("corrected",),
    "other_result": ("other",),
    "withdrawn": ("other",),
    "ended": ("upheld", "other"),
    "unsettled": ("pending",),
    "other_ones": ("other",),
}
_COURTS = {"review": ("复议",), "suit": ("诉讼", "法院", "判决", "胜诉", "败诉")}
"""Words of a result that say whose it is: 复议维持3件，判决维持1件."""


_BOTH = re.compile("[二两]者|[二两]类|合计")
"""Of reviews and suits together."""


def _cases_told(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    letters = lexicon().letters
    named = [case for case in ("review", "suit") if letters[case] in seen.right]
    case = named[0] if len(named) == 1 else work.case_at(at)
    sums = {"review": "reconsideration", "suit": "direct+after"}.get(case, "")
    return work.readings.of(rule.name, (sums,) if sums else ()), 0


def _both_suits(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """直接起诉7件，复议后起诉4件，共11件: the two kinds of suits told last, together."""
    before = [work.bound[n][0] for n in sorted(work.tokens.numbers) if n < at and n in work.bound]
    told = [claim.readings[0].expr.keys for claim in before[-2:] if claim.kind == "suit"]
    kinds = {keys[0].split(".")[1] for keys in told if len(keys) == 1}
    both = len(kinds) == len(told) == 2
    return (work.readings.of(rule.name, rule.readings or ("direct+after",)) if both else ()), 0


def _cases(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    named = {tag for letter in seen.near if (tag := tag_of(letter)) in CASES}
    tags = {CASES[tag] for tag in named - {"other_ones"} or named}  # 其余2件尚未审结
    if len(tags) != 1:
        return NOTHING
    said = work.sentence.text[work.tokens.starts[seen.first] : work.tokens.starts[at]]
    if _BOTH.search(said):
        return NOTHING
    own = [case for case, words in _COURTS.items() if any(word in said for word in words)]
    case = own[0] if len(own) == 1 else ""
    return case_results(work, rule.name, at, tags.pop(), case), 0


def _concluded(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """Reviews or suits that are over: all but those that are pending."""
    pending = {
        "review": ("reconsideration-remedies.reconsideration.pending",),
        "suit": (
            "direct+after-remedies.litigation_direct.pending"
            "-remedies.litigation_after_reconsideration.pending",
        ),
    }
    return work.readings.of(rule.name, pending.get(work.case_at(at), ())), 0


def _of_disclosure(work: Work, rule: Wide, at: int, seen: Window, detail: str) -> Found:
    """行政复议29件，其中因信息公开引起的3件: it is these that the table has, and not all."""
    letters, tags = lexicon().letters, work.tokens.tags
    review, suit = (tags.rfind(letters[case], 0, at) for case in ("review", "suit"))
    sums = "reconsideration" if review > suit else "direct+after"
    readings = work.readings.of(rule.name, (sums,))
    before = max((n for n in work.tokens.numbers if max(review, suit) < n < at), default=-1)
    told = work.bound.get(before, ())
    if any(reading.expr == readings[0].expr for claim in told for reading in claim.readings):
        work.forget(before)
    decides = {letters[tag] for tag in ("receive", "accept", "elsewhere", "wide")}
    own = decides.isdisjoint(tags[:at])  # no 受理行政复议119件，其中信息公开类23件
    return (readings, 0) if own else NOTHING


def case_results(
    work: Work, why: str, at: int, results: tuple[str, ...], case: str = ""
) -> tuple[Reading, ...]:
    """Results of the reviews or suits that are spoken of at a token, or of the ``case`` named."""
    case = case or work.case_at(at)
    texts = (text for result in results for text in _RESULTS[case](result)) if case else ()
    return work.readings.of(why, texts)


def _of_review(result: str) -> tuple[str, ...]:
    return (f"remedies.reconsideration.{result}",)


def _of_suit(result: str) -> tuple[str, ...]:
    direct = f"remedies.litigation_direct.{result}"
    after = f"remedies.litigation_after_reconsideration.{result}"
    return (f"{direct}+{after}", direct, after)


_RESULTS = {"review": _of_review, "suit": _of_suit}


OF_CASES: dict[str, Callable[[Work, Wide, int, Window, str], Found]] = {
    "cases_told": _cases_told,
    "both_suits": _both_suits,
    "cases": _cases,
    "concluded": _concluded,
    "of_disclosure": _of_disclosure,
}
