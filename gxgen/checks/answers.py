"""Answers: which warnings they settle, which lapsed, which are idle. An agency gives them on its
sheet 说明, its county in its stead in a file of its own; both hold alike.

An answer names a code and a cell, and of several questions on one paragraph the words. It holds as
long as the figures behind the warning, and the sentence that it is about, are those that stood
there when it was given; where a warning is about neither, as long as it asks the same. An answer
without them is taken, and said to be unbound.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from gxgen.checks import answered_words as words
from gxgen.checks.wording import figure
from gxgen.diagnostics import Addressee, Diagnostic, Finding, Severity
from gxgen.form.invitation import invitation
from gxgen.form.layout import ANSWERS_COLUMNS, ANSWERS_SHEET
from gxgen.model.indicators import LAST_PREFIX, PREFIX
from gxgen.model.report import Answer, Report
from gxgen.places import FilePart, SheetCell

UNUSED, UNUSED_OF_COUNTY = "GX210", "GX724"
INVITED = "如情况属实，请在"
"""Begins what is said of how a question is answered."""
CORRECTED = "GX301"
"""The error that can be answered: last year's published figure was wrong and has been corrected."""
_BETWEEN = re.compile(r"[、,;\s]+")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_CORRECTION = re.compile(r"(?:更正|订正)[^\d]{0,12}(\d+)")


def settle(
    report: Report, diagnostics: Iterable[Diagnostic]
) -> tuple[list[Diagnostic], list[Finding]]:
    """(diagnostics after the answers, findings on answers that did nothing)."""
    out = [_asked(report, d) for d in diagnostics]
    idle = []
    # Answers that hold come first, so that one whose words are gone lapses on what is left.
    given = (*report.answers, *report.county_answers)
    for answer in sorted(given, key=lambda one: not _hits(report, one, out)[0]):
        holding, left = _hits(report, answer, out)
        hits = holding or left
        problem = _problem(answer, [out[i] for i in hits])
        if problem:
            idle.append(_idle(answer, problem))
        for index in hits if not problem else ():
            out[index] = _answered(report, answer, out[index])
    return [_invite(report, d) for d in out], idle


def _asked(report: Report, diagnostic: Diagnostic) -> Diagnostic:
    """A question as it can be answered. One about no figure and no sentence, such as a date or what
    is missing, has what it asks as its words: another question at its place is not answered by its
    answer. One about nothing in the form, such as last year's file, stands at the form's name."""
    if diagnostic.severity is not Severity.WARNING:
        return diagnostic
    if diagnostic.place is None and diagnostic.file is not None:
        diagnostic = replace(diagnostic, place=FilePart(diagnostic.file))
    if diagnostic.quote or _figures_now(report, diagnostic):
        return diagnostic
    return replace(diagnostic, words=diagnostic.message)


def _idle(answer: Answer, problem: str) -> Finding:
    code, cell = _plain(answer.code) or "（空）", answer.cell.strip() or "（空）"
    if answer.day is None:
        return Finding(UNUSED, f"对 {code} {cell} 的说明未起作用：{problem}", answer.place)
    message = f"{_called(answer)}对 {code} {cell} 未起作用：{problem}"
    return Finding(UNUSED_OF_COUNTY, message, answer.place)


def _called(answer: Answer) -> str:
    """What an answer is called in its finding, the county's with its day."""
    day = answer.day
    return "单位说明" if day is None else f"县里说明（{day.year}年{day.month}月{day.day}日）"


def _hits(report: Report, answer: Answer, out: Sequence[Diagnostic]) -> tuple[list[int], list[int]]:
    """Of the findings with an answer's code and place: the questions for which it still holds, and
    all that ask; where none asks, all."""
    met = [i for i, d in enumerate(out) if _meets(answer, d)]
    asking = [i for i in met if out[i].severity is Severity.WARNING]
    return [i for i in asking if not _lapsed(report, answer, out[i])], asking or met


def _meets(answer: Answer, diagnostic: Diagnostic) -> bool:
    """Whether an answer names a finding's code and its place, in any of the ways to name it."""
    if _plain(answer.code) != diagnostic.code:
        return False
    place = diagnostic.place
    names = [diagnostic.key, "" if place is None else str(place)]
    names += [place.cell] if isinstance(place, SheetCell) else []
    return _cell(answer.cell) in {_cell(name) for name in names if name}


def _problem(answer: Answer, hits: Sequence[Diagnostic]) -> str | None:
    """Why an answer cannot be used, or None."""
    if not hits:
        return "没有与该编号和单元格对应的核实事项；如数字已改，可删去这一行。"
    if len({d.place for d in hits}) > 1:
        return "该单元格名在几张表里都有对应事项，请写明工作表，例如“表二!D7”。"
    error = hits[0].severity is Severity.ERROR
    if _plain(answer.code) == CORRECTED and error and answer.day is None:
        return _uncorrected(answer)
    if hits[0].severity is not Severity.WARNING:
        if any(d.severity is Severity.ERROR for d in hits):
            return "该编号是错误，不能用说明代替，必须改正。"
        return "该编号只是提示，或已有说明，不需要说明。"
    if len({words.told(d) for d in hits}) > 1 and not words.then(answer.figures):
        return f"这里有几处要核实，请照各处末尾给出的“{ANSWERS_COLUMNS[3]}”填写，一处一行。"
    return None if answer.reason.strip() else f"没有写“{ANSWERS_COLUMNS[2]}”。"


def _uncorrected(answer: Answer) -> str | None:
    """Why an answer does not say to what last year's figure was corrected, or None."""
    if _corrected(answer):
        return None
    return "上年公布的数已经更正的，要写明为什么和更正后的数，例如“上年漏计1件，已更正为3”。"


def _corrected(answer: Answer) -> str:
    """To what last year's published figure has been corrected; empty if nobody says."""
    said = _CORRECTION.search(unicodedata.normalize("NFKC", answer.reason))
    return str(int(said[1])) if said else ""


def _correction(report: Report, answer: Answer, diagnostic: Diagnostic) -> Diagnostic:
    """An error that is answered is still to be looked at: by the officer, not by the clerk."""
    now, then = figure(report, diagnostic.key or ""), _corrected(answer)
    if now != then:
        told = f"单位说明上年的数更正为{then}，但本年这一格是{now}，仍不相等。"
        return replace(diagnostic, message=f"{diagnostic.message}{told}")
    reason = answer.reason.strip().rstrip("。")
    told = f"单位说明上年公布的数已更正为{then}：{reason}。{_unbound(report, answer, diagnostic)}"
    return replace(
        diagnostic,
        severity=Severity.WARNING,
        addressee=Addressee.OFFICER,
        message=f"{diagnostic.message}{told}",
        hint="请核对上年的报告是否确已按程序更正并重新公布。",
    )


def _answered(report: Report, answer: Answer, diagnostic: Diagnostic) -> Diagnostic:
    if lapsed := _lapsed(report, answer, diagnostic):
        former = "原说明" if answer.day is None else _called(answer)
        return replace(diagnostic, message=f"{diagnostic.message}{former}已失效：{lapsed}。")
    if diagnostic.severity is Severity.ERROR:
        return _correction(report, answer, diagnostic)
    reason = answer.reason.strip().rstrip("。")
    said = f"{_called(answer)}：{reason}。{_unbound(report, answer, diagnostic)}"
    hint = "单位已说明，请核对理由是否成立。" if answer.day is None else "县里已说明。"
    message = f"{diagnostic.message}{said}"
    return replace(diagnostic, severity=Severity.NOTE, message=message, hint=hint)


def _lapsed(report: Report, answer: Answer, diagnostic: Diagnostic) -> str:
    """What is no longer as it was when the answer was given; empty if all is."""
    then, now = _figures_then(answer), _figures_now(report, diagnostic)
    said = words.then(answer.figures)
    if then and [_comparable(text) for text in now] not in then:
        return f"说明时的数是 {words.without(answer.figures)}，现在是 {'、'.join(now)}"
    if said and not said.holds(diagnostic):
        return f"说明时的句子是 {said}，现在是 {words.told(diagnostic) or '别的'}"
    return ""


def _unbound(report: Report, answer: Answer, diagnostic: Diagnostic) -> str:
    """That an answer will not lapse by itself, for it does not say of what it was given."""
    column = ANSWERS_COLUMNS[3]
    if _figures_now(report, diagnostic) and not _figures_then(answer):
        return f"（说明没有写“{column}”，数字以后变动时不会自动失效。）"
    if words.told(diagnostic) and not words.then(answer.figures).mark:
        return f"（“{column}”里没有照抄句子和它的记号，句子以后改动时不会自动失效。）"
    return ""


def _invite(report: Report, diagnostic: Diagnostic) -> Diagnostic:
    """A warning with the line that would answer it."""
    asks = diagnostic.severity is Severity.WARNING and diagnostic.code != CORRECTED
    if not asks or diagnostic.place is None:
        return diagnostic
    line = invitation(diagnostic.code, str(diagnostic.place), bound_to(report, diagnostic))
    return replace(diagnostic, hint=f"{diagnostic.hint}{INVITED}“{ANSWERS_SHEET}”表填写：{line}")


def bound_to(report: Report, diagnostic: Diagnostic) -> str:
    """What an answer to a finding is bound to, as column 当时的数 holds it."""
    now = [*_figures_now(report, diagnostic), words.told(diagnostic)]
    return "、".join(filter(None, now))


def answerable(report: Report, diagnostics: Iterable[Diagnostic], answer: Answer) -> list[str]:
    """What the questions that an answer can be given to are bound to, each once."""
    met = [d for d in diagnostics if _meets(answer, d) and d.severity is Severity.WARNING]
    return list(dict.fromkeys(bound_to(report, d) for d in met))


def same_place(one: Answer, other: Answer) -> bool:
    """Whether two answers name one code and cell."""
    return _plain(one.code) == _plain(other.code) and _cell(one.cell) == _cell(other.cell)


def alike(one: Answer, other: Answer) -> bool:
    """Whether two answers are given to one question, whatever its figures were."""
    same = words.then(one.figures).words == words.then(other.figures).words
    return same and same_place(one, other)


def _plain(text: str) -> str:
    """Without spaces, widths and case: what typing may vary."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()


def _cell(text: str) -> str:
    """A cell as typed, made comparable: ``表二！$d$7`` → ``表二!D7``."""
    return re.sub(r"[$'\"‘’“”]", "", _plain(text))


def _figures_now(report: Report, diagnostic: Diagnostic) -> list[str]:
    """The figures of a finding's cell and of its related cells, in order.

    A related place that is part of another file stands in last year's form.
    """
    last = report.previous or report
    sources = [(report, diagnostic.key)]
    sources += [
        (last if isinstance(r.place, FilePart) else report, r.key) for r in diagnostic.related
    ]
    return [figure(form, key) for form, key in sources if key and _counts(form, key)]


def _counts(form: Report, key: str) -> bool:
    """Whether a key is that of a number."""
    return key in form.edition.fields or key.startswith((PREFIX, LAST_PREFIX))


def _figures_then(answer: Answer) -> list[list[str]]:
    """The figures of the column; where commas may group digits (9,487) both ways to read them."""
    typed = unicodedata.normalize("NFKC", words.without(answer.figures))
    ways = dict.fromkeys((typed, _GROUPED.sub("", typed)))
    split = ([_comparable(text) for text in _BETWEEN.split(way) if text] for way in ways)
    return [figures for figures in split if figures]


def _comparable(text: str) -> str:
    """A figure so that 20.30 and 20.3 are the same."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return str(number.normalize()) if number.is_finite() else text
