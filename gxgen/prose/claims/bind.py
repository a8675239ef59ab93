"""From frames to claims: which number of a sentence counts what."""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.editions.schema import Edition
from gxgen.prose.claims.claim import Claim
from gxgen.prose.claims.lexicon import lexicon, mask_of_tags
from gxgen.prose.claims.loose import denied, loose, unchanged
from gxgen.prose.claims.nothing import denials
from gxgen.prose.claims.readings import readings_of
from gxgen.prose.claims.segment import Sentence
from gxgen.prose.claims.series import series
from gxgen.prose.claims.several import several
from gxgen.prose.claims.strangers import after_strangers
from gxgen.prose.claims.strict import matches, strict
from gxgen.prose.claims.surroundings import Context
from gxgen.prose.claims.tokens import Tokens, merges, scanner
from gxgen.prose.claims.twice import told_twice
from gxgen.prose.claims.wide import fitting, window
from gxgen.prose.claims.work import Work


class Binder:
    """Binds the sentences of one report."""

    def __init__(self, edition: Edition, year: int, *, decides: bool = False) -> None:
        """``edition`` says which figures there are, ``year`` which year is this one, ``decides``
        whether the agency decides reviews itself."""
        self.readings, self.year, self.decides = readings_of(edition), year, decides

    def claims(self, sentence: Sentence, tokens: Tokens, context: Context) -> Iterator[Claim]:
        """What a sentence claims, in the order of its words; numbers that count nothing known come
        without readings."""
        work = Work(self.readings, self.year, sentence, tokens, context, decides=self.decides)
        strict(work)
        several(work)
        loose(work)
        series(work)
        denied(work)
        unchanged(work)
        told_twice(work)
        after_strangers(work)
        context.case = work.case_at(len(tokens.tags))
        context.astray = work.goes_astray()
        context.over()
        context.year = work.year_of_all()
        yield from work.in_order()


def forget() -> None:
    """Drop what was kept of the forms of sentences, so that a text costs what the first does."""
    for kept in (mask_of_tags, merges, matches, denials, window, fitting):
        kept.cache_clear()


def warm_up() -> None:
    """Compile here what every text needs."""
    scanner()
    for frame in lexicon().frames:
        _ = frame.pattern
