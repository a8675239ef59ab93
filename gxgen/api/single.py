"""One form at a time, as bytes or as a file; nothing is written, and no folder matters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gxgen.api.paths import Named
from gxgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gxgen.county.agency_year import File, Filing, Judgement
    from gxgen.diagnostics import Diagnostic

Source = Named | bytes
"""A form: its path, or its bytes."""
_NAME = "填报表.xlsx"


@dataclass(frozen=True, slots=True)
class Built:
    """What was made of a form: ``documents`` by format (``docx``, ``html``, ``pdf``…), none where
    an error stands against it; then ``return_copy`` is the form with its faults marked, where the
    agency itself can mend them. ``trouble`` tells what failed outside the data."""

    title: str
    findings: tuple[Diagnostic, ...]
    documents: Mapping[str, bytes]
    return_copy: bytes | None
    trouble: tuple[str, ...] = ()


def read(form: Source) -> dict[str, Any] | None:
    """What a form says, as ``gxgen show --format json`` prints it; None if nothing can be read.

    Raises:
        EnvironmentProblemError: the file cannot be read.
        DiedError: whoever read it came to an end.
    """
    from gxgen.model.record import to_record

    found = _judged(_filing(form))
    return to_record(found.report, found.diagnostics) if found.report else None


def check(form: Source, *, last_year: Source | None = None) -> tuple[Diagnostic, ...]:
    """What is wrong or asked, worst first; ``last_year`` is the form of the year before.

    Raises:
        EnvironmentProblemError: a file cannot be read.
        DiedError: whoever read it came to an end.
    """
    return _judged(_filing(form, last_year)).diagnostics


def build(
    form: Source,
    *,
    last_year: Source | None = None,
    formats: Sequence[str] = ("docx",),
    style: str = "official",
    draft: bool = False,
) -> Built:
    """Check a form and make its report; ``draft`` makes one in spite of errors, marked as such.

    Raises:
        UsageError: no such style, or a format that is not made without LibreOffice.
        EnvironmentProblemError: a file cannot be read.
        DiedError: whoever worked on it came to an end.
    """
    from gxgen.county.conversion import wanted_for
    from gxgen.county.gate import Gate
    from gxgen.county.unit import work
    from gxgen.county.workers import apart
    from gxgen.formats.registry import FORMATS

    if unknown := set(formats) - FORMATS.keys():
        raise UsageError(
            f"不认识的格式：{'、'.join(sorted(unknown))}。可用：{'、'.join(FORMATS)}。"
        )
    gate = Gate.of(style)
    wanted = wanted_for(None, gate.files, tuple(formats), None)
    if wanted.of_office:
        raise UsageError("这些格式要用 LibreOffice 转换，请用 build_county。")
    filing = _filing(form, last_year)
    call = partial(work, draft=draft, debug=False)
    made = apart(call, filing, gate.passed([None]), wanted)
    documents = {name: data for name, data in made.documents.items() if name in formats}
    judged = made.judgement
    return Built(
        judged.title, judged.diagnostics, documents, made.documents.get("return"), made.faults
    )


def blank(year: int, *, agency: str | None = None, last_year: Source | None = None) -> bytes:
    """An empty form (.xlsx) of a year, with the agency's name and last year's figures if given.

    Raises:
        UsageError: no edition for that year, or ``last_year`` is no form that can be read.
    """
    from gxgen.api.choosing import chosen_edition
    from gxgen.form.write.workbook import blank_workbook
    from gxgen.model.agency import Agency

    edition, previous = chosen_edition(year), None
    if last_year is not None:
        previous = _judged(_filing(last_year)).report
        if previous is None or previous.year != year - 1:
            raise UsageError(f"last_year 不是{year - 1}年度的、读得出来的填报表。")
    return blank_workbook(
        edition, year, agency=Agency(agency) if agency else None, previous=previous
    )


def explain(code: str) -> dict[str, Any]:
    """A code's rule and page: ``code``, ``name``, ``severity``, ``title``, ``hint``, ``page``…

    Raises:
        UsageError: no such code; the message offers the nearest ones.
    """
    from gxgen.show.explain import explain_record

    [rule] = explain_record(code)["rules"]
    found: dict[str, Any] = rule
    return found


def _judged(filing: Filing) -> Judgement:
    """In a process of its own: a form is a stranger's file."""
    from gxgen.county.unit import check_unit
    from gxgen.county.workers import apart

    return apart(check_unit, filing)


def _filing(form: Source, last_year: Source | None = None) -> Filing:
    from gxgen.county.agency_year import Filing

    name, data = _file(form)
    return Filing(name, data, previous=None if last_year is None else _file(last_year))


def _file(source: Source) -> File:
    from gxgen.county.files import read_bytes

    if isinstance(source, bytes):
        return _NAME, source
    return Path(source).name, read_bytes(Path(source))
