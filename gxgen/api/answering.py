"""What a county says in its agencies' stead, of questions (核实) about their reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gxgen.errors import UsageError

if TYPE_CHECKING:
    from gxgen.api.project import Project
    from gxgen.county.agency_year import Judgement
    from gxgen.county.answered import CountyAnswer
    from gxgen.county.events import Stop
    from gxgen.county.project import County
    from gxgen.model.report import Answer


def answers(county: County, year: int) -> tuple[CountyAnswer, ...]:
    """What the county has answered for a year, in the order of its file.

    Raises:
        UsageError: the file is not valid.
    """
    from gxgen.county.answered import answers_in

    return answers_in(county.folder / str(year))


def answer(
    project: Project,
    county: County,
    year: int,
    agency: str,
    *,
    code: str,
    cell: str,
    reason: str,
    figures: str | None = None,
    by: str = "",
    moment: dt.datetime | None = None,
    waiting: Callable[[str], None] | None = None,
    stop: Stop | None = None,
) -> CountyAnswer:
    """Answer a question about an agency's form as it lies there now; a former answer to the same
    question gives way. The next build says so in place of the question.

    ``cell`` names its place as the finding does (``表三!J9``), ``figures`` what stood there when it
    was looked at (当时的数): it must still stand there. Only where one cell raises several
    questions it is needed. ``by`` is who answers, and ``moment`` when.

    Raises:
        CancelledError: it was asked to ``stop`` while it waited for a build; nothing is written.
        UsageError: no such question, more than one, or its figures are others by now; no reason.
        EnvironmentProblemError: a file cannot be read or written.
        DiedError: whoever read the form came to an end.
    """
    from gxgen.checks.answers import alike
    from gxgen.county.answered import CountyAnswer, with_answer, without_answer

    now = moment or dt.datetime.now()
    plain = (" ".join(text.split()) for text in (code, cell, reason, by))
    code, cell, reason, by = plain
    if not reason:
        raise UsageError("没有写理由。")
    given = _given(code.upper(), cell, figures or "", (reason, by, now.date()))
    with _writing(project, county, year, now, waiting=waiting, stop=stop) as (folder, write):
        name = county.own_name(agency)
        bound = _bound(project, county, folder, name, given)
        one = CountyAnswer(name, replace(given, figures=bound))
        before = [other for other in answers(county, year) if county.own_name(other.agency) == name]
        text = None
        for former in (other for other in before if alike(other.answer, one.answer)):
            text = without_answer(folder, former, text)
        write(with_answer(folder, one, text))
    return one


def withdraw(
    project: Project,
    county: County,
    year: int,
    agency: str,
    *,
    code: str,
    cell: str,
    figures: str | None = None,
    moment: dt.datetime | None = None,
    waiting: Callable[[str], None] | None = None,
    stop: Stop | None = None,
) -> tuple[CountyAnswer, ...]:
    """Take an answer back, so that the question is asked again; without ``figures`` all that were
    given to this code and cell. Returns them.

    Raises:
        CancelledError: as with :func:`answer`.
        UsageError: there is none, or the file is written in a way that only a person can change.
        EnvironmentProblemError: it cannot be written.
    """
    from gxgen.checks.answers import same_place
    from gxgen.county.answered import without_answer

    name = county.own_name(agency)
    asked = _given(code, cell, figures or "", ("", "", dt.date.min))
    now = moment or dt.datetime.now()
    with _writing(project, county, year, now, waiting=waiting, stop=stop) as (folder, write):
        gone = [
            one
            for one in answers(county, year)
            if county.own_name(one.agency) == name
            and same_place(one.answer, asked)
            and figures in (None, one.answer.figures)
        ]
        if not gone:
            raise UsageError(f"县里没有对“{name}”的 {code} {cell} 作过说明。")
        text = None
        for one in gone:
            text = without_answer(folder, one, text)
        write(text or "")
    return tuple(gone)


def _given(code: str, cell: str, figures: str, who: tuple[str, str, dt.date]) -> Answer:
    from gxgen.county.answered import ANSWERS_FILE
    from gxgen.model.report import Answer
    from gxgen.places import FilePart

    reason, by, day = who
    return Answer(code, cell, reason, FilePart(ANSWERS_FILE), figures, day, by)


@contextmanager
def _writing(
    project: Project,
    county: County,
    year: int,
    moment: dt.datetime,
    *,
    waiting: Callable[[str], None] | None,
    stop: Stop | None,
) -> Iterator[tuple[Path, Callable[[str], object]]]:
    """The year's folder, and how its file of answers is written; no build reads it meanwhile."""
    from gxgen.api.project import home_of
    from gxgen.county.answered import ANSWERS_FILE
    from gxgen.county.lock import Lock
    from gxgen.county.replaced import replace as put

    folder = county.folder / str(year)
    if not folder.is_dir():
        raise UsageError(f"没有{year}年度的文件夹：{folder}")
    with Lock(home_of(folder, county, project.output), waiting, stop):
        yield folder, lambda text: put(folder / ANSWERS_FILE, text.encode(), moment)


def _bound(project: Project, county: County, folder: Path, agency: str, given: Answer) -> str:
    """The figures of the one question that an answer is given to, as they are now."""
    from gxgen.checks.answers import answerable

    found = _judged(project, county, folder, agency)
    asked = found.report and answerable(found.report, found.diagnostics, given)
    if not asked:
        raise UsageError(
            f"“{agency}”现在没有编号 {given.code}、单元格 {given.cell} 的核实事项；"
            "错误不能用说明代替，要由单位改正。"
        )
    wanted = [one for one in asked if given.figures in ("", one)]
    if not wanted:
        raise UsageError(f"当时的数是 {given.figures}，现在是 {'；'.join(asked)}，请重新看过再写。")
    if len(wanted) > 1:
        raise UsageError(f"这一格有几处要核实，请写明当时的数（--figures）：{'；'.join(wanted)}")
    return wanted[0]


def _judged(project: Project, county: County, folder: Path, agency: str) -> Judgement:
    """What is found in the agency's form without what the county has answered."""
    from gxgen.api.project import home_of
    from gxgen.county.around import read
    from gxgen.county.ledger import Ledger
    from gxgen.county.plan import plan
    from gxgen.county.unit import check_unit
    from gxgen.county.whose import Whose, forms_of
    from gxgen.county.workers import apart

    known = Ledger.of(home_of(folder, county, project.output)).county.get("whose", {})
    whose = Whose(known)
    forms = forms_of(folder, county, agency, whose)
    if len(forms) != 1:
        what = f"交了{len(forms)}份填报表" if forms else "还没有报送"
        raise UsageError(f"“{agency}”{what}，没有可以说明的。")
    filing = read(plan(forms, project.output)[0], whose)
    return apart(check_unit, replace(filing, answers=()))


def answers_record(given: Sequence[CountyAnswer]) -> dict[str, Any]:
    """The JSON of ``answer``."""
    from gxgen.diagnostics import FORMAT

    return {"format": FORMAT, "answers": [_record(one) for one in given]}


def _record(one: CountyAnswer) -> dict[str, Any]:
    said = one.answer
    return {
        "agency": one.agency,
        "code": said.code,
        "cell": said.cell,
        "figures": said.figures,
        "reason": said.reason,
        "by": said.by,
        "day": said.day and said.day.isoformat(),
    }
