"""The work of a build as pure tasks: bytes travel in, bytes travel out, so any worker will do."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gxgen.county.source import Source
from gxgen.errors import GxgenError
from gxgen.formats.wanted import ONLY_DOCX, Wanted

if TYPE_CHECKING:
    from gxgen.county.unit import Built, Checked
    from gxgen.formats.docx.template import CompiledTemplate
    from gxgen.model.report import Report

StyleBytes = tuple[tuple[str, bytes], ...]
"""A style as it travels: (edition, template file) of each."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A few units that one worker does in a row; ``style`` is None when they are only checked.

    A source that could not be read travels as the sentence that says why.
    """

    sources: tuple[Source | str, ...]
    style: StyleBytes | None = None
    draft: bool = False
    wanted: Wanted = ONLY_DOCX
    debug: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one unit, small enough to travel.

    ``figures`` and ``last_figures`` (last year's) are the known ones by key, ``findings`` the JSON
    of the diagnostics, ``returned`` the marked copy of a workbook with errors, ``fault`` a trouble
    outside the data; ``crashed`` says that the trouble is gxgen's own; ``report`` comes along
    where its documents are not done yet.
    """

    agency: str | None = None
    year: int | None = None
    edition: str | None = None
    title: str = ""
    figures: Mapping[str, int | str] = field(default_factory=dict)
    last_figures: Mapping[str, int | str] = field(default_factory=dict)
    findings: tuple[dict[str, Any], ...] = ()
    documents: Mapping[str, bytes] = field(default_factory=dict)
    returned: bytes | None = None
    fault: str | None = None
    crashed: bool = False
    report: Report | None = None

    @property
    def unseen(self) -> bool:
        """Whether nobody could look at the unit, so that nothing new is known of it."""
        return self.fault is not None and self.agency is None and not self.findings


def run_chunk(chunk: Chunk) -> list[Outcome]:
    """Do the units of a chunk; each stands alone."""
    return [_run(source, chunk) for source in chunk.sources]


def warm_up(chunk: Chunk) -> None:
    """Load and compile here what every chunk of this kind needs; forked workers inherit it."""
    import gxgen.county.preload  # noqa: F401 - loading it is the point
    from gxgen.editions.declared import edition_for_year
    from gxgen.errors import TemplateError

    years = {source.year for source in chunk.sources if isinstance(source, Source) and source.year}
    for edition in {edition_for_year(year) for year in years} - {None}:
        if chunk.style is not None and edition is not None:
            with suppress(TemplateError):
                Style(chunk.style)[edition.id]


def _run(source: Source | str, chunk: Chunk) -> Outcome:
    if isinstance(source, str):
        return Outcome(fault=source)
    from gxgen.county.unit import Built, build_unit, check_unit

    try:
        if chunk.style is None:
            return _outcome(source, Built(check_unit(source)), marked=False)
        style = Style(chunk.style)
        built = build_unit(source, style, draft=chunk.draft, wanted=chunk.wanted)
        outcome = _outcome(source, built, marked=True)
        # Only what LibreOffice makes later is still to be compared with the report.
        return replace(outcome, report=built.checked.report) if chunk.wanted.of_office else outcome
    except GxgenError as error:
        return Outcome(fault=str(error))
    except Exception as error:  # one unit's mishap must not stop the others
        if chunk.debug:
            raise
        fault = f"程序自身出错（{type(error).__name__}），这个单位没有生成报告；其他单位不受影响。"
        return Outcome(fault=fault, crashed=True)


class Style(Mapping[str, "CompiledTemplate"]):
    """A style's templates by edition, each compiled when first asked for."""

    def __init__(self, files: StyleBytes) -> None:
        """``files`` as they travelled."""
        self._files = dict(files)

    def __getitem__(self, edition: str) -> CompiledTemplate:
        """The template for an edition.

        Raises:
            TemplateError: the style has none, or it cannot be used.
        """
        if edition not in self._files:
            from gxgen.errors import TemplateError

            raise TemplateError(f"这个样式没有{edition}版表样的模板。")
        return _compiled(self._files[edition], edition)

    def __iter__(self) -> Any:
        """The editions that it serves."""
        return iter(self._files)

    def __len__(self) -> int:
        """How many editions it serves."""
        return len(self._files)


@lru_cache(maxsize=8)
def _compiled(data: bytes, edition: str) -> CompiledTemplate:
    """Kept per worker: the same few templates serve all units."""
    from gxgen.editions.declared import EDITIONS
    from gxgen.formats.docx.template import load_template

    return load_template(data, EDITIONS[edition])


def _outcome(source: Source, built: Built, *, marked: bool) -> Outcome:
    checked, report = built.checked, built.checked.report
    return Outcome(
        agency=report.agency.name if report else None,
        year=report.year if report else None,
        edition=report.edition.id if report else None,
        title=report.title if report else "",
        figures=_figures(report),
        last_figures=_figures(report.previous if report else None),
        findings=tuple(d.as_json() for d in checked.diagnostics),
        documents=built.documents,
        returned=_returned(source, checked) if marked and not checked.passed else None,
        fault=built.fault,
    )


def _figures(report: Report | None) -> dict[str, int | str]:
    if report is None:
        return {}
    return {
        key: value if isinstance(value, int) else format(value, "f")
        for key, value in report.values.items()
    }


def _returned(source: Source, checked: Checked) -> bytes:
    from gxgen.form.mark.workbook import findings_workbook, mark_workbook

    marked = mark_workbook(source.workbook, checked.diagnostics)
    return marked or findings_workbook(checked.diagnostics, source.name)
