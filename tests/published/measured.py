"""What a reader made of a file, counted against the truth."""

from __future__ import annotations

from dataclasses import dataclass

from gxgen.editions.schema import Edition
from gxgen.published.carried import carried_into
from gxgen.published.readings import ReadReport
from tests.published.corpus import Truth


@dataclass(frozen=True, slots=True)
class Counted:
    """Figures right, refused or absent, blank, wrong; sentences kept, misplaced, lost, foreign."""

    right: int = 0
    refused: int = 0
    blank: int = 0
    wrong: tuple[str, ...] = ()
    kept: int = 0
    lost: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()


def counted(read: ReadReport, what: Truth) -> Counted:
    """Every figure and every sentence, once."""
    if read.report is None or read.figures is None:
        return Counted(refused=len(what.values))
    got = read.figures.readings
    wrong = [
        f"{key}: {one.value} for {what.values.get(key)} ({one.place})"
        for key, one in got.items()
        if one.value is not None and one.value != what.values.get(key)
    ]
    blank = sum(one.value is None for one in got.values())
    right = len(got) - blank - len(wrong)
    missed = sum(len(x.keys) for x in (*read.figures.refusals, *read.figures.absent))
    kept, lost, foreign = _sentences(read, what)
    return Counted(right, missed, blank, tuple(wrong), kept, lost, foreign)


def _sentences(read: ReadReport, what: Truth) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """How many stand under their own heading; which do not; what stands there and is no sentence.

    A section's text counts as a whole: headings that run in are put together with their text.
    """
    kept, lost, foreign = 0, [], []
    for mark in "123456":
        passages = read.report.passages(mark) if read.report else []
        have = "".join(
            ("" if p.level == 1 else p.heading or "") + "".join(x.text for x in p.paragraphs)
            for p in passages
        )
        for sentence in what.sentences.get(mark, ()):
            bare = sentence[3:] if sentence.startswith("（") else sentence
            if have.startswith(bare):
                kept, have = kept + 1, have[len(bare) :]
            elif bare in have:
                before, _, have = have.partition(bare)
                kept += 1
                foreign.append(before)
            else:
                lost.append(sentence)
        foreign += [have] if have else []
    return kept, tuple(lost), tuple(foreign)


def partition_holds(read: ReadReport, edition: Edition) -> bool:
    """Whether every key of the edition is read, refused or absent, exactly once."""
    figures = read.figures
    if figures is None:
        return True
    keys = [*figures.readings]
    keys += [key for one in (*figures.refusals, *figures.absent) for key in one.keys]
    return sorted(keys) == sorted(edition.fields)


def wrong_in_form(read: ReadReport, what: Truth, form: Edition) -> list[str]:
    """Figures of the form of the year that are not the truth's."""
    if read.report is None:
        return []
    report, _ = carried_into(form, read.report)
    return [k for k, value in report.values.items() if value != what.values.get(k)]
