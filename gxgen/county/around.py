"""What lies around a form: the agency's words in a file beside it, and its form of last year.

Both are its agency's by what they say: a form by the name in it, a text by a name that is the
agency's full, short or former one. What people add to a file's name counts for nothing.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from gxgen.county.agency_year import File, Filing
from gxgen.county.answered import answers_of
from gxgen.county.files import folded, read_bytes
from gxgen.county.listing import NEIGHBOUR_SUFFIXES, bare_name, stem_of
from gxgen.county.project import County
from gxgen.county.whose import Form, Whose, filling_of
from gxgen.errors import EnvironmentProblemError
from gxgen.letters import shown
from gxgen.model.facts import NO_FACTS
from gxgen.model.report import Answer
from gxgen.model.words import NO_WORDS

_YEAR = re.compile(r"(19|20)\d\d")
_TITLED = re.compile(
    r"(?P<name>.+?)(?:关于)?(?:(?P<year>(?:19|20)\d\d)(?:年度?)?)?(?:的?政府)?"
    r"(?:信息公开(?:工作)?(?:年度)?(?:工作)?(?:年度)?报告)?"
)
"""A file called as the report in it is; of a year it must be this one."""


def read(filing: Filing, whose: Whose | None = None) -> Filing:
    """A filing with its files' bytes, to be done by any worker.

    Raises:
        EnvironmentProblemError: one of the files cannot be read, or bears a name that nobody can.
    """
    try:
        filing.name.encode()
    except UnicodeEncodeError:
        raise EnvironmentProblemError(_misnamed(filing)) from None
    whose = whose or Whose(quick=True)
    data = read_bytes(filing.path)
    words = texts_of(filing, whose)
    previous, rivals = last_year_of(filing, whose)
    own = filing.name in of_government(filing.folder, [filing.name], filing.county, whose)
    before = _texts_beside(filing, previous, whose) if previous else []
    return Filing(
        filing.name,
        data,
        _named(words[0]) if words else None,
        _named(previous) if previous else None,
        filing.year,
        own,
        tuple(path.name for path in words[1:]),
        previous is None and not rivals and _expects_last_year(filing, whose),
        filing.county.words if filing.county else NO_WORDS,
        filing.county.facts if filing.county else NO_FACTS,
        rivals=rivals,
        also=_also(filing, whose) if previous else (),
        answers=_answers(filing, whose),
        previous_text=_named(before[0]) if before else None,
    )


def _answers(filing: Filing, whose: Whose) -> tuple[Answer, ...]:
    """What the county has answered for the agency. Only then is asked whose the form is."""
    if filing.county is None or filing.year is None or not (given := whose.answers(filing.folder)):
        return ()
    return answers_of(given, _agency(filing, whose), filing.county)


def _misnamed(filing: Filing) -> str:
    """That a name is written in another encoding, as it comes out of an old archive. Nobody could
    find last year's form by it, nor recognise its return copy."""
    name, guess = os.fsencode(filing.name), ""
    with contextlib.suppress(UnicodeDecodeError):
        guess = f"（按GBK读是“{shown(name.decode('gbk'))}”）"
    return f"文件名的编码不对：{shown(str(filing.path))}{guess}。请把文件改名后重新运行。"


def _named(path: Path) -> File:
    return shown(path.name), read_bytes(path)


def _agency(filing: Filing, whose: Whose) -> str:
    """The agency that the form names; empty where it cannot be read."""
    return whose.of(filing.folder, [filing.name])[filing.name].agency


def _last_year_names(filing: Filing, agency: str) -> tuple[str, ...]:
    if filing.county is None or filing.year is None:
        return (agency,)
    return tuple(sorted(filing.county.last_year_names(agency, filing.year)))


def _also(filing: Filing, whose: Whose) -> tuple[str, ...]:
    """By which names a form of last year that was found, not named, is this agency's."""
    return _last_year_names(filing, _agency(filing, whose)) if filing.last_year is None else ()


# -- words ---------------------------------------------------------------------------------------


def texts_of(filing: Filing, whose: Whose | None = None) -> list[Path]:
    """The text files of the agency, the one that counts first."""
    whose = whose or Whose(quick=True)
    found = _texts(filing, whose)
    whose.texts_read.update(found)
    return found


def _texts_beside(filing: Filing, previous: Path, whose: Whose) -> list[Path]:
    """The texts of last year's form; they go into no report of this year."""
    year = None if filing.year is None else filing.year - 1
    last = replace(filing, name=previous.name, folder=previous.parent, year=year, last_year=None)
    return _texts(last, whose)


def _texts(filing: Filing, whose: Whose) -> list[Path]:
    names = [name for name in whose.texts(filing.folder) if _is_its(name, filing, whose)]
    order = {suffix: at for at, suffix in enumerate(NEIGHBOUR_SUFFIXES)}
    itself = folded(filing.stem)
    names.sort(key=lambda n: (folded(stem_of(n)) != itself, order[Path(n).suffix.lower()], n))
    return [filing.folder / name for name in names]


def _is_its(name: str, filing: Filing, whose: Whose) -> bool:
    """Whether a text is this form's: it bears an agency's name, which must be that of the form's
    own; else it is called as the form is."""
    called, bare = folded(stem_of(name)), bare_name(name)
    alike = called == folded(filing.stem) or bare == bare_name(filing.name)
    titled = _TITLED.fullmatch(bare)
    names = {bare, titled["name"]} if titled else {bare}
    year = titled["year"] if titled else None
    if not alike and year is not None and filing.year is not None and int(year) != filing.year:
        return False
    units = _units(names, filing.county)
    if not alike and not units and filing.county is None:
        return False
    agency = _agency(filing, whose)
    if not agency:
        return alike
    if units:
        own = filing.county.called(agency) if filing.county else None
        return (own.name if own else agency) in units
    return alike or agency in names


def _units(names: set[str], county: County | None) -> set[str]:
    """The agencies of the roster that are called so."""
    found = (county.called(name) for name in names) if county else ()
    return {one.name for one in found if one is not None}


# -- last year -----------------------------------------------------------------------------------


def previous_of(filing: Filing, whose: Whose | None = None) -> Path | None:
    """Last year's workbook; None where there is none, or more than one."""
    return last_year_of(filing, whose or Whose(quick=True))[0]


def last_year_of(
    filing: Filing, whose: Whose, agency: str | None = None
) -> tuple[Path | None, tuple[str, ...]]:
    """Last year's workbook, in the year's folder before this one: the agency's by what it says.
    Where several are, there is none and their names are given. One that is only called as this
    year's form is, and says something else, is given for want of a better: it will be told.

    ``agency`` is whose the form is, where it need not be there yet.
    """
    agency = _agency(filing, whose) if agency is None and filing.last_year is None else agency
    before = year_before(filing.folder)
    if filing.last_year is not None or before is None or not before.is_dir():
        return filing.last_year, ()
    alike = whose.called(before, bare_name(filing.name))
    mine = _last_year_names(filing, agency or "")
    quick = whose.of(before, alike).values() if whose.quick else ()
    found = _of_agency(mine, before, quick) or _of_agency(mine, before, whose.owned(before, mine))
    if len({form.digest for form in found}) > 1:
        found = [form for form in found if filling_of(before, form.name) != "blank"]
    if len(found) > 1:
        return None, tuple(form.name for form in found)
    if not found and len(alike) > 1:
        return None, tuple(alike)
    one = found[0].name if found else alike[0] if alike else None
    return (None if one is None else before / one), ()


def _of_agency(mine: Collection[str], before: Path, forms: Iterable[Form]) -> list[Form]:
    """The forms among these that are of the agency of these names and of the year before."""
    return [
        form
        for form in forms
        if form.agency and form.agency in mine and form.year == int(before.name)
    ]


def _expects_last_year(filing: Filing, whose: Whose) -> bool:
    """Whether there are forms of last year at all.

    Samples of single years lie side by side; only a county with a year in work expects last
    year's.
    """
    before = year_before(filing.folder)
    if filing.county is None or filing.county.year is None or before is None:
        return False
    return before.is_dir() and bool(whose.workbooks(before))


@lru_cache(maxsize=8)
def year_before(folder: Path) -> Path | None:
    """The folder of the year before, which need not exist; None for a folder of no year."""
    name = folder.name
    return folder.parent / str(int(name) - 1) if _YEAR.fullmatch(name) else None


def of_government(
    folder: Path, names: Iterable[str], county: County | None, whose: Whose
) -> set[str]:
    """Which of these workbooks are the county government's own: by the agency that they name; one
    that nobody can read is after which it is called."""
    if county is None or county.government is None:
        return set()
    forms = whose.of(folder, names).values()
    return {f.name for f in forms if (f.agency or bare_name(f.name)) == county.government}


def units_of(filings: Sequence[Filing], whose: Whose) -> list[Filing]:
    """The filings of a folder without the government's own."""
    if not filings:
        return []
    first = filings[0]
    own = of_government(first.folder, [one.name for one in filings], first.county, whose)
    return [one for one in filings if one.name not in own]


def government_of(filing: Filing, whose: Whose) -> Filing | None:
    """What the county's own government filed, beside what one of its agencies did; one as it was
    handed out, or that nobody can read, counts only where there is no other.

    Raises:
        EnvironmentProblemError: it has filed several, and nobody knows which counts.
    """
    if filing.county is None or filing.county.government is None:
        return None
    forms = whose.all_in(filing.folder)
    names = sorted(of_government(filing.folder, forms, filing.county, whose))
    names = [
        name for name in names if forms[name].agency
    ] or names  # one that can be read goes first
    if len({forms[name].digest for name in names}) > 1:
        filled = [name for name in names if filling_of(filing.folder, name) != "blank"]
        names = filled or names[:1]
    if len(names) > 1:
        raise EnvironmentProblemError(
            f"县政府自己的填报表有{len(names)}份：{'、'.join(map(shown, names))}，"
            "不知道用哪一份的文字；请只留一份。是哪个单位把全称填成了县政府的，请退回改正。"
        )
    return replace(filing, name=names[0], last_year=None) if names else None
