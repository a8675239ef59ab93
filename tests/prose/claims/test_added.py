"""A county's own words: they may ask, never call wrong, and never hide what is wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import cache

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gxgen.checks.runner import run
from gxgen.diagnostics import Severity
from gxgen.editions.declared import EDITIONS
from gxgen.model.report import Report
from gxgen.model.words import CountyWords
from gxgen.prose.claims import added, claims_of
from gxgen.prose.claims.claim import Claim, Ring
from gxgen.prose.claims.lexicon import lexicon
from tests.checks.test_answered_sentences import saying
from tests.claims_corpus import CORPUS, texts
from tests.claims_tables import LAST, report_of

TEXTS = list(texts(CORPUS / "tuned"))
TAGS = sorted(lexicon().letters)
TOLD = "云上驿站收到政府信息公开申请3件。"


def weights(text: str, **words: object) -> list[Severity]:
    """How much the questions and errors about a text weigh; 15 requests were received."""
    report = replace(saying(text), words=CountyWords(**words))  # type: ignore[arg-type]
    return [d.severity for d in run(report, strict=True) if d.code.startswith("GX4")]


def test_a_channel_of_the_county_ends_a_false_question() -> None:
    assert weights(TOLD) == [Severity.WARNING]
    assert weights(TOLD, phrases=(("channel", "云上驿站"),)) == []
    assert weights(TOLD, phrases=(("channel", "山上驿站"),)) == [Severity.WARNING]


def test_what_was_wrong_for_certain_is_asked_about_at_least() -> None:
    wrong = "全年收到政府信息公开申请3件。"
    assert weights(wrong) == [Severity.ERROR]
    assert weights(wrong, phrases=(("channel", "全年收到"),)) == [Severity.WARNING]
    assert weights(wrong, phrases=(("channel", "政府信息"),)) == [Severity.ERROR]
    assert weights(wrong, phrases=(("channel", "别的说法"),)) == [Severity.ERROR]


def test_a_word_of_the_county_may_ask_and_no_more() -> None:
    said = "政府信息公开申请件次总规模为3件。"
    bound = weights(said, phrases=(("filler", "件次总规模"),))
    assert Severity.ERROR not in bound
    named = "农林部门收到政府信息公开申请3件。"
    name = (("某县农业农村局", "农林部门"),)
    assert weights(named, short_names=name) == [Severity.WARNING]
    assert weights(named.replace("3件", "15件"), short_names=name) == []
    assert weights(named, short_names=(("某县财政局", "农林部门"),)) == weights(named)


def test_blanks_and_widths_do_not_hide_a_word() -> None:
    spaced = TOLD.replace("云上驿站", "云上 驿站")
    assert weights(spaced, phrases=(("channel", "云上驿站"),)) == []
    assert weights(TOLD.replace("云上驿站", "Ａ驿站"), phrases=(("channel", "A驿站"),)) == []


# -- any words whatever --------------------------------------------------------------------------


@cache
def base(at: int) -> Report:
    """A text of the corpus over figures of which hardly one is as it says."""
    keys = {key for edition in EDITIONS.values() for key in edition.fields}
    return report_of(TEXTS[at], dict.fromkeys((*keys, *(LAST + key for key in keys)), 7))


def numbers(report: Report) -> dict[tuple[object, ...], list[Claim]]:
    found: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims_of(report):
        if claim.quantity is not None:
            span = claim.quantity.span
            found[span.place, span.paragraph, span.start, span.end].append(claim)
    return found


@settings(max_examples=150)
@given(st.data())
def test_no_word_makes_an_error_or_hides_one(data: st.DataObject) -> None:
    report = base(data.draw(st.integers(0, len(TEXTS) - 1)))
    sentence = data.draw(st.sampled_from(re.findall(r"[\u4e00-\u9fff]{2,}", _text(report))))
    start = data.draw(st.integers(0, len(sentence) - 2))
    phrase = sentence[start : start + data.draw(st.integers(2, 6))]
    assume(not added.unfit(phrase) and added.tag_of(phrase) is None)
    words = CountyWords(phrases=((data.draw(st.sampled_from(TAGS)), phrase),))
    before, after = numbers(report), numbers(replace(report, words=words))
    for where, claims in after.items():
        sure = [claim for claim in claims if claim.ring is Ring.INNER]
        assert sure in ([], before.get(where))
    for where, claims in before.items():
        if any(claim.ring is Ring.INNER for claim in claims):
            assert [c.readings for c in after[where]] == [c.readings for c in claims]


@settings(max_examples=60)
@given(st.data())
def test_what_is_found_in_whole_reports_keeps_to_it(data: st.DataObject) -> None:
    report = base(data.draw(st.integers(0, len(TEXTS) - 1)))
    known = st.sampled_from(
        ["本县信箱", "公开申请量", "全年收到", "件申请", "本年新收到", "申请办理"]
    )
    pairs = data.draw(
        st.lists(st.tuples(st.sampled_from(TAGS), known), max_size=4, unique_by=lambda p: p[1])
    )
    words = CountyWords(phrases=tuple(p for p in pairs if added.tag_of(p[1]) is None))
    before, after = (_found(one) for one in (report, replace(report, words=words)))
    assert {k for k, v in after.items() if v is Severity.ERROR} <= {
        k for k, v in before.items() if v is Severity.ERROR
    }
    for key in before:
        if before[key] is Severity.ERROR and key[0] != "GX409" and key[0] != "GX410":
            assert after.get(key) in (Severity.ERROR, Severity.WARNING)


def _found(report: Report) -> dict[tuple[str, object, str | None, str | None], Severity]:
    found = run(report, strict=True)
    return {(d.code, d.place, d.quote, d.words): d.severity for d in found if d.code[:3] == "GX4"}


def _text(report: Report) -> str:
    return "\n".join(p.text for passage in report.narrative for p in passage.paragraphs)


def test_the_texts_are_full_of_errors() -> None:
    errors = [s for at in range(20) for s in _found(base(at)).values() if s is Severity.ERROR]
    assert len(errors) > 40


def test_words_that_do_not_occur_cost_nothing() -> None:
    report = base(0)
    words = CountyWords(phrases=(("channel", "绝无此语"),))
    assert added.spoken(replace(report, words=words)) == ()
    assert claims_of(replace(report, words=words)) == claims_of(replace(report))


def test_every_tag_may_be_chosen_and_is_shown_with_a_word() -> None:
    shown = added.choices()
    assert all(f"{tag}（" in shown for tag in TAGS)
