"""What a desk has done to a county's files: one function a request, plain data in and out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gxgen.desk.work import Record, Work
from gxgen.errors import UsageError


def begin(work: Work, county: str, year: int) -> None:
    """A new county in an empty folder."""
    from gxgen import api

    api.init(work.root, county=county, year=year)


def take(work: Work, files: list[list[str]], year: int | None) -> list[Record]:
    """Place forms: ``files`` are their places in the scratch folder, and their names. Of what is
    no form it is told whether it may be a published report."""
    from gxgen.api.receiving import receive, receive_record
    from gxgen.county.imports.run import is_read

    given = [(name, Path(path).read_bytes()) for path, name in files]
    receipts = receive(work.project, given, year=year, **work.patience)
    done: list[Record] = receive_record(receipts)["received"]
    return [{**one, "importable": not one["agency"] and is_read(one["file"])} for one in done]


def import_report(work: Work, path: str, name: str) -> Record:
    """A published report made a form and placed into its own year: its receipt, the page that
    shows the reading (``review``), and how much of it asks to be looked at (``asks``).

    Raises:
        UsageError: no report can be read from it; the sentence says why.
    """
    from gxgen.api.importing import import_reports
    from gxgen.api.receiving import receive, receive_record
    from gxgen.county.files import safe_name
    from gxgen.diagnostics import Severity

    with TemporaryDirectory(dir=work.scratch) as folder:
        source = Path(folder, safe_name(name))
        source.write_bytes(Path(path).read_bytes())
        [one] = import_reports([source], to=Path(folder, "forms"), workers=1).each()
        if one.target is None:
            said = [found.message for found in one.found.diagnostics]
            raise UsageError("".join([*([one.fault] if one.fault else []), *said[:1]]))
        form = one.target.name, one.target.read_bytes()
        [receipt] = receive(work.project, [form], year=one.found.year, **work.patience)
        review = one.page and work.put(one.page.read_bytes(), ".html")
    asks = sum(found.severity is not Severity.NOTE for found in one.found.diagnostics)
    [told] = receive_record([receipt])["received"]
    return {"receipt": {**told, "file": name}, "review": review, "asks": asks}


def undo(work: Work, receipt: Record) -> Record:
    """Bring back what a form replaced.

    Raises:
        UsageError: the form is not what it was then; the sentence says why it was left alone.
    """
    from gxgen.api.receiving import Receipt, receive_record
    from gxgen.api.receiving import undo as take_back

    paths = {name: receipt[name] and Path(receipt[name]) for name in ("target", "former")}
    back = take_back(work.project, [Receipt(**{**receipt, **paths})], **work.patience)
    if not back[0].undone:
        raise UsageError(back[0].message)
    done: list[Record] = receive_record(back)["received"]
    return done[0]


def answer(work: Work, county: str, year: int, agency: str, question: dict[str, str]) -> None:
    """Answer a question in an agency's stead: its ``code``, ``cell``, ``figures``, and the
    ``reason``."""
    from gxgen.api.answering import answer as put

    put(
        work.project,
        work.county(county),
        year,
        agency,
        code=question["code"],
        cell=question["cell"],
        figures=question["figures"],
        reason=question["reason"],
        **work.patience,
    )


def withdraw(work: Work, county: str, year: int, agency: str, question: dict[str, str]) -> None:
    """Take an answer back."""
    from gxgen.api.answering import withdraw as take_back

    take_back(
        work.project,
        work.county(county),
        year,
        agency,
        code=question["code"],
        cell=question["cell"],
        figures=question["figures"],
        **work.patience,
    )


def change_settings(
    work: Work, county: str, values: Record, rows: str, drop: list[str]
) -> list[list[str]]:
    """Save settings, or nothing: then what is wrong is told, each with its setting; the roster's
    faults have none."""
    from gxgen.api.settings import SettingsError, change

    try:
        change(work.county(county), values, roster_rows=rows, drop=drop)
    except SettingsError as error:
        return [*map(list, error.fields.items()), *(["", row] for row in error.rows)]
    return []


def undo_settings(work: Work, county: str) -> None:
    """Take the last change of the settings back."""
    from gxgen.api.settings import undo as take_back

    take_back(work.county(county))


def build(work: Work, county: str, year: int) -> Record:
    """Bring the county's year up to date."""
    from gxgen.county.listing import workbooks

    folder = work.county(county).folder / str(year)
    if not folder.is_dir() or not workbooks(folder):
        return {"faults": []}
    result = work.project.build([folder], hear=work.hear, **work.patience)
    faults = [*result.faults, *(fault for one in result.outcomes for fault in one.faults)]
    return {"faults": faults, "remarks": list(result.remarks)}


CHANGES: tuple[Callable[..., Any], ...] = (
    begin,
    take,
    import_report,
    undo,
    answer,
    withdraw,
    change_settings,
    undo_settings,
    build,
)
"""What can be asked."""
