"""The scanner passes over letters at a glance, and nothing that it would have read."""

from __future__ import annotations

import re

import pytest

from gxgen.prose.claims import tokens
from gxgen.prose.claims.lexicon import lexicon
from gxgen.prose.phrases import alternatives
from tests.claims_corpus import CORPUS, texts


def _begins(source: str) -> set[str]:
    """The letters at which an expression was found to begin, over all letters of the corpus
    followed by whatever its numbers and titles go on with."""
    compiled = re.compile(source, re.VERBOSE)
    said = [tokens.squeezed_with_places(text.text)[0] for text in texts(CORPUS / "tuned")]
    rests = {text[at + 1 : at + 12] for text in said for at in range(0, len(text), 7)}
    rests |= {
        "3件",
        "条",
        "千件",
        "分之三",
        "部分",
        "123456789",
        "-12345678",
        "12:30",
        "3人”",
        "月",
    }
    letters = {*"".join(said), *map(chr, range(0x20, 0x7F))}
    found = {m[0][0] for text in said for m in compiled.finditer(text)}
    return found | {one for one in letters if any(compiled.match(one + rest) for rest in rests)}


def test_every_letter_that_begins_a_mask_is_looked_at() -> None:
    assert _begins(tokens._MASKS) <= set(tokens._MASKED)


def test_every_letter_that_begins_a_number_is_looked_at() -> None:
    known = lexicon()
    source = (
        tokens._NUMBER.replace("WORDS", tokens._WORDS)
        .replace("MEASURES", known.measures)
        .replace("CHINESE", known.chinese)
    )
    assert _begins(source) <= set(tokens._NUMBERED)


@pytest.mark.parametrize("count", [0, 1, 23, 24, 25, 400])
def test_phrases_are_found_however_many_there_are(count: int) -> None:
    phrases = [chr(0x4E00 + at) + "々" * (at % 3) for at in range(count)]
    phrases += [one + "了" for one in phrases]
    pattern = re.compile(alternatives(phrases))
    assert all(pattern.match(one + "。")[0] == one for one in phrases)
    assert not pattern.search("。々了")
