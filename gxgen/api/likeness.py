"""Which agencies of a county say the same in the same words, and which sentences all may share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.errors import EnvironmentProblemError, UsageError

if TYPE_CHECKING:
    from gxgen.county.agency_year import Filing, Judgement
    from gxgen.county.alike import Texts
    from gxgen.county.batch import Options, Progress
    from gxgen.county.project import County

LEAST = 3
"""A sentence that so many agencies use may be everybody's."""


@dataclass(frozen=True, slots=True)
class Similarity:
    """The texts of a county's year; ``unread`` are troubles with single files, as sentences."""

    county: County
    year: int
    texts: Texts
    unread: tuple[str, ...]


def similarity(
    county: str | None,
    *,
    year: int,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Similarity:
    """Read a year's forms and hold their texts beside each other; nothing is written.

    Raises:
        UsageError: no such county or year, or several counties to choose from.
    """
    from gxgen.api import OUTPUT, default_inputs
    from gxgen.api.choosing import chosen_county, processors
    from gxgen.county.alike import Texts
    from gxgen.county.around import units_of
    from gxgen.county.batch import Options
    from gxgen.county.plan import plan
    from gxgen.county.whose import Whose

    home = chosen_county(county, default_inputs())
    folder = home.folder / str(year)
    if not folder.is_dir():
        raise UsageError(f"没有{year}年度的文件夹：{folder}")
    filings = units_of(plan([folder], OUTPUT), Whose())
    unread: list[str] = []
    options = Options(workers=workers or processors())
    found = dict(sorted(_judged(filings, options, unread, progress)))
    return Similarity(home, year, Texts.of(found), tuple(unread))


def _judged(
    filings: Sequence[Filing], options: Options, unread: list[str], progress: Progress | None
) -> Iterator[tuple[str, Judgement]]:
    """What was found in each filing, by its key."""
    from gxgen.county.workers import Task

    reading = _read(filings, unread)
    tasks = (
        (Task(tuple(read for _, read in some)), tuple(filing for filing, _ in some))
        for some in iter(lambda: tuple(islice(reading, options.chunk)), ())
    )
    with options.hands(len(filings)) as hands:
        for done, (filing, outcome) in enumerate(hands.outcomes(tasks), 1):
            unread.extend(f"{filing.name}：{fault}" for fault in outcome.faults)
            if progress is not None:
                progress(filing.stem, done, len(filings))
            yield filing.key, outcome.judgement


def _read(filings: Sequence[Filing], unread: list[str]) -> Iterator[tuple[Filing, Filing]]:
    """Each filing as it is planned and as it is read."""
    from gxgen.county.around import read

    for filing in filings:
        try:
            yield filing, read(filing)
        except EnvironmentProblemError as error:
            unread.append(str(error))


def learn(found: Similarity, least: int = LEAST) -> tuple[Path, list[tuple[str, list[str]]]]:
    """Write the sentences that ``least`` agencies or more use into the county's ``words.toml``,
    each behind a #: it counts when a person has taken that away. Returns the file and what was
    added.

    Raises:
        UsageError: the file is not valid, or written in a way that nothing can be added to.
        EnvironmentProblemError: it cannot be written.
    """
    from gxgen.county.files import write_whole
    from gxgen.county.words import WORDS_FILE, proposing

    folder = found.county.folder
    text, added = proposing(folder, found.texts.shared_sentences(least))
    if added:
        write_whole(folder / WORDS_FILE, text.encode())
    return folder / WORDS_FILE, added
