"""The words and frames as data."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from gxgen.editions.declared import EDITIONS
from gxgen.letters import narrow
from gxgen.prose.claims import lexicon as home
from gxgen.prose.claims.lexicon import GENERAL, lexicon, mask_of
from gxgen.prose.claims.makers import MAKERS
from gxgen.prose.claims.readings import HANDLING_FEE, Readings
from gxgen.prose.claims.tokens import tokenised
from tests.claims_corpus import CORPUS, texts

FOLDER = Path(home.__file__).parent
DATA = tomllib.loads((FOLDER / "lexicon.toml").read_text(encoding="utf-8"))
WIDE = tomllib.loads((FOLDER / "wide.toml").read_text(encoding="utf-8"))["wide"]
PHRASES = [phrase for phrases in DATA["tags"].values() for phrase in phrases]


def test_no_phrase_has_two_tags() -> None:
    counts = Counter(phrase.removeprefix(GENERAL) for phrase in PHRASES)
    assert [phrase for phrase, count in counts.items() if count > 1] == []


def test_every_phrase_occurs_in_the_corpus_or_is_marked_as_general_knowledge() -> None:
    folders = (CORPUS / "tuned", CORPUS / "contradictions")
    words = "".join(narrow(text.text) for folder in folders for text in texts(folder))
    words = "".join(words.split())
    assert [p for p in PHRASES if not p.startswith(GENERAL) and narrow(p) not in words] == []


def test_phrases_are_written_as_sentences_are_read() -> None:
    known = lexicon().tags
    assert [p for p in known if narrow(p) != p or re.search(r"\s", p)] == []


@pytest.mark.parametrize("frame", lexicon().frames, ids=lambda f: f.name)
def test_a_frame_compiles(frame: home.Frame) -> None:
    assert frame.pattern.groupindex.keys() <= {"n", "rows"}
    assert frame.zero or frame.change == "same" or "n" in frame.pattern.groupindex


def test_what_a_frame_must_have_is_what_its_matches_have() -> None:
    """The probe before a frame never hides what the frame itself would match."""
    for frame in lexicon().frames:
        for sentence in _sentences():
            if frame.pattern.search(sentence):
                assert frame.possible(mask_of(sentence)), (frame.name, sentence)
    assert sum(bool(frame.must) for frame in lexicon().frames) > 30


def _sentences() -> list[str]:
    own = re.compile("某局")
    found = (re.split("[。\n]", narrow(t.text)) for t in texts(CORPUS / "tuned"))
    return [
        tokenised(s, 2023, own, wide=False, asked=True).tags for many in found for s in many if s
    ]


def test_every_name_is_a_figure_of_some_edition() -> None:
    declared = [one for frame in (*DATA["frame"], *WIDE) for one in _sums(frame)]
    for text in declared:
        found = [Readings(edition).terms(text) for edition in EDITIONS.values()]
        assert any(found) or text == HANDLING_FEE, text


def _sums(frame: dict[str, object]) -> list[str]:
    return [*frame.get("readings", ()), *frame.get("also", ())]  # type: ignore[misc]


def test_every_wide_rule_names_words_and_makers_that_exist() -> None:
    tags = {*DATA["tags"], "ROW"}
    for rule in WIDE:
        named = [
            *rule.get("need", ()),
            *(rule.get(k, "") for k in ("none", "only", "left", "sure")),
        ]
        words = [w for one in named for w in one.split("|") if len(w) > 1 and w[0] != "@"]
        assert set(words) <= tags, rule["name"]
        assert rule.get("make", "").partition(".")[0] in MAKERS, rule["name"]
