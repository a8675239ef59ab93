"""The sentence that an answer is bound to, as column 当时的数 holds it: “收到申请2件”〔1f09c2〕.

The words tell the questions on one paragraph apart; the mark in brackets stands for the whole
sentence, so that a change anywhere in it is seen.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from gxgen.diagnostics import Diagnostic

_MOST_WORDS = 24
_MARK = 6
_TYPED = re.compile(
    rf"(?:[“\"](?P<words>.*)[”\"])?\s*(?:[〔\[(【](?P<mark>[0-9a-fA-F]{{{_MARK}}})[〕\])】])?", re.S
)


@dataclass(frozen=True, slots=True)
class Said:
    """What an answer says of its sentence; either may be empty."""

    words: str
    mark: str

    def __bool__(self) -> bool:
        """Whether it names a sentence at all."""
        return bool(self.words or self.mark)

    def __str__(self) -> str:
        """As the column shows it."""
        return f"“{self.words}”" + (f"〔{self.mark}〕" if self.mark else "")

    def holds(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding's words and sentence are still those."""
        now = _now(diagnostic)
        return self.words in ("", now.words) and self.mark in ("", now.mark)


def then(figures: str) -> Said:
    """The sentence that an answer's column names."""
    found = _found(figures)
    return (
        Said(_plain(found["words"] or ""), (found["mark"] or "").lower()) if found else Said("", "")
    )


def without(figures: str) -> str:
    """The column without the sentence: the figures."""
    found = _found(figures)
    return (figures[: found.start()] if found else figures).strip().rstrip("、,，;； ")


def told(diagnostic: Diagnostic) -> str:
    """A finding's sentence as the column is to name it; empty where it is about none."""
    return str(_now(diagnostic) or "")


def _now(diagnostic: Diagnostic) -> Said:
    """The words of a finding, and the mark of all its sentences, or of the words themselves."""
    whole = diagnostic.quote or diagnostic.words
    if not whole:
        return Said("", "")
    sentence = "".join(unicodedata.normalize("NFKC", "".join((whole, *diagnostic.others))).split())
    mark = hashlib.blake2b(sentence.encode(), digest_size=_MARK // 2).hexdigest()
    return Said(_plain(diagnostic.words or whole)[:_MOST_WORDS], mark)


def _plain(words: str) -> str:
    """Words without blanks, widths and quotation marks: what typing may vary."""
    return re.sub(r"[\s\"“”]", "", unicodedata.normalize("NFKC", words))


def _found(figures: str) -> re.Match[str] | None:
    """Where the column's sentence begins: its first quotation mark, or its mark alone."""
    opens = re.search(rf"[“\"]|[〔\[(（【][0-9a-fA-F]{{{_MARK}}}[〕\])）】]", figures)
    return _TYPED.match(figures, opens.start()) if opens else None
