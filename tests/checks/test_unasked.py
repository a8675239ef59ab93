"""Sentences that a county calls lawful: questions about them are dropped, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gxgen.checks.unasked import without_lawful
from gxgen.diagnostics import Addressee, Diagnostic, Severity
from gxgen.model.narrative import Paragraph
from gxgen.model.report import Report
from gxgen.model.words import CountyWords
from gxgen.places import SheetCell
from tests.checks.test_answered_sentences import CELL, saying

LAWFUL = "设立公开专区2处；有专人引导。"
OTHER = SheetCell("正文", 6, 2)


def report(*lawful: str) -> Report:
    """``LAWFUL`` in one paragraph, in another a sentence with some of its words."""
    said = saying("")
    first = replace(
        said.narrative[1],
        paragraphs=(Paragraph(LAWFUL, CELL), Paragraph("由专人引导，设立公开专区3处。", OTHER)),
    )
    words = CountyWords(lawful=lawful)
    return replace(said, narrative=(said.narrative[0], first, *said.narrative[2:]), words=words)


def question(quote: str, place: SheetCell = CELL, **changes: object) -> Diagnostic:
    asked = Diagnostic(
        code="GX508",
        name="x",
        severity=Severity.WARNING,
        message="？",
        hint="",
        place=place,
        quote=quote,
        addressee=Addressee.CLERK,
    )
    return replace(asked, **changes)  # type: ignore[arg-type]


BOTH = ("设立公开专区…处", "有专人引导")


@pytest.mark.parametrize("quote", ["设立公开专区2处", "公开专区", "专人引导"])
def test_a_question_about_any_part_of_it_is_dropped(quote: str) -> None:
    assert list(without_lawful(report(*BOTH), [question(quote)])) == []


@pytest.mark.parametrize(
    ("lawful", "asked"),
    [
        ((), question("公开专区")),
        (BOTH, question("公开专区", OTHER)),
        (BOTH, question("专区2处；有专人")),
        (BOTH, question("别处的话")),
        (BOTH, question("公开专区", severity=Severity.ERROR)),
        (BOTH, question("公开专区", severity=Severity.NOTE)),
        (BOTH, question("")),
        (BOTH[1:], question("公开专区")),
        (BOTH, question(LAWFUL, words="专区2处；有专人")),
    ],
)
def test_any_other_stands(lawful: tuple[str, ...], asked: Diagnostic) -> None:
    assert list(without_lawful(report(*lawful), [asked])) == [asked]


def test_the_words_of_a_question_tell_which_sentence_it_is_about() -> None:
    asked = question(LAWFUL, words="公开专区2处")
    assert list(without_lawful(report(BOTH[0]), [asked])) == []
    assert list(without_lawful(report(BOTH[1]), [asked])) == [asked]
