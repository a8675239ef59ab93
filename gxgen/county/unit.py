"""One agency, from bytes to bytes: read, check, render. No file, no clock, no other agency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from gxgen.checks import runner
from gxgen.checks.registry import diagnose
from gxgen.checks.wording import label
from gxgen.checks.yearly import carried, in_force
from gxgen.county.agency_year import Figures, File, Filing, Judgement, Outcome, unreadable
from gxgen.county.conversion import StyleBytes
from gxgen.county.counts import counts_of
from gxgen.diagnostics import Diagnostic, Finding, worst_first
from gxgen.errors import GxgenError
from gxgen.form.read.filling import Filling, filling_of
from gxgen.form.read.sheets import sheets_of
from gxgen.form.read.text import letters_once
from gxgen.form.read.workbook import read_workbook
from gxgen.formats.wanted import ONLY_DOCX, Wanted
from gxgen.letters import shown
from gxgen.model.indicators import LAST_PREFIX, PREFIX
from gxgen.model.narrative import Narrative
from gxgen.model.report import Report
from gxgen.prose.alike.lawful import lawful
from gxgen.prose.alike.passages import names_of, packed, passages
from gxgen.prose.filled import filled

if TYPE_CHECKING:
    from gxgen.formats.docx.template import CompiledTemplate

OWN_FIGURES = frozenset(f"GX{number:03}" for number in (*range(12, 19), *range(20, 31), 86, 87))
"""What a reader finds in the tables of a county government's own workbook (GX012–GX018 the tables'
shape, GX020–GX030 their figures, blank ones above all, GX086 hidden ones, GX087 those taken back by
their format) is dropped: its figures are not used."""


# -- read ----------------------------------------------------------------------------------------


def read_unit(filing: Filing) -> tuple[Report | None, list[Finding]]:
    """What one agency handed in, with what its readers found; no rule has run yet."""
    reading = read_workbook(filing.workbook, filing.name)
    findings = list(about_words(reading.findings) if filing.government else reading.findings)
    report = reading.report
    if report is None:
        return None, findings
    if filing.year not in (None, report.year):
        findings.append(
            Finding(
                "GX701",
                f"填报表是{report.year}年度的，却放在{filing.year}年度的文件夹里。",
            )
        )
    answers = filing.answers
    report = replace(report, words=filing.words, facts=filing.facts, county_answers=answers)
    findings += _around(filing)
    if filing.text is not None:
        report = _with_text(report, filing.text, findings)
    if filing.previous is not None:
        report = _with_previous(report, filing, filing.previous, findings)
        if report.previous is not None and not filing.government:
            findings += _not_held_against(report, report.previous, filing.previous[0])
    return report, findings


def about_words(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Of what the readers of a county government's workbook found, all that is not its figures;
    what it counts beside the tables is its own."""
    return (
        finding
        for finding in findings
        if finding.code not in OWN_FIGURES or (finding.key or "").startswith((PREFIX, LAST_PREFIX))
    )


def _around(filing: Filing) -> Iterator[Finding]:
    """What is odd about the files around a workbook."""
    if filing.other_texts and filing.text is not None:
        names = "、".join((filing.text[0], *filing.other_texts))
        yield Finding("GX705", f"本单位的文字文件有几份：{names}，不知以哪一份为准。")
    if filing.last_year_unmatched:
        yield Finding("GX704", f"上年的文件夹里没有 {filing.name} 这个单位的填报表。")
    if filing.rivals:
        names = "、".join(filing.rivals)
        yield Finding(
            "GX707",
            f"上年的文件夹里这个单位的填报表有{len(filing.rivals)}份：{names}，"
            "不知以哪一份为准，没有核对上年结转。",
        )


def _with_text(report: Report, text: File, findings: list[Finding]) -> Report:
    from gxgen.prose.compare import compare
    from gxgen.prose.merge import merge
    from gxgen.prose.neighbour import read_neighbour

    name, data = text
    reading = read_neighbour(data, name, report.edition)
    findings += reading.findings
    findings += compare(report, reading, name)
    narrative, merged = merge(report.edition, report.narrative, reading.narrative, name)
    findings += merged
    findings[:] = letters_once(findings)
    return replace(report, narrative=narrative)


def _with_previous(
    report: Report, filing: Filing, previous: File, findings: list[Finding]
) -> Report:
    """With last year's form and the text that lay beside it; what is odd about that text was told
    last year."""
    name, data = previous
    last = read_workbook(data, name).report
    if last is None:
        findings.append(Finding("GX070", f"上年的填报表 {name} 读不出来，没有核对上年结转。"))
        return report
    if last.year != report.year - 1 or last.agency.name not in (report.agency.name, *filing.also):
        findings.append(
            Finding(
                "GX071",
                f"上年的填报表 {name} 是“{last.agency.name}”{last.year}年度的，"
                f"应是“{report.agency.name}”{report.year - 1}年度的，没有采用。",
            )
        )
        return report
    if filing.previous_text is not None:
        last = _with_text(last, filing.previous_text, [])
    return replace(report, previous=last)


def _not_held_against(report: Report, last: Report, name: str) -> Iterator[Finding]:
    """The figures that last year's should tell and does not: they are not claimed to be checked."""
    missing = [
        *(one.key for one in carried(report, last) if one.last is None),
        *(one.keys[2] for one in in_force(report, last) if one.last is None),
    ]
    if missing:
        labels = "、".join(f"“{label(report, key)}”" for key in missing[:3])
        more = "等" if len(missing) > 3 else ""
        yield Finding(
            "GX723",
            f"上年的填报表 {name} 有的格空着或读不准，今年有 {len(missing)} 格没有与上年核对："
            f"{labels}{more}。",
            key=missing[0],
        )


# -- check ---------------------------------------------------------------------------------------


def check_unit(filing: Filing) -> Judgement:
    """Read one agency's form and judge it."""
    report, findings = read_unit(filing)
    if report is None:
        found = diagnosed(findings, None, filing.name)
        return Judgement(filing.name, shown(filing.stem), findings=found)
    filling = Filling.FILLED if filing.government else filling_of(report)
    if filling is Filling.BLANK:
        return _untouched(report, filing)
    if filling is Filling.STARTED:
        findings.append(Finding("GX709", "这份填报表已经开始填，但表里的数一个都没有填。"))
    report, unfilled = filled(report)
    findings += unfilled
    previous = report.previous.values if report.previous else {}
    return Judgement(
        filing.name,
        report.agency.name,
        report.year,
        report.edition.id,
        report.title,
        Figures.of(report.values, report.edition.id),
        Figures.of(previous, report.year - 1),
        tuple(runner.run(report, findings)),
        _passages(report, filing),
        counts=counts_of(report),
        filling=filling.value,
        sheets=sheets_of(report),
        report=report,
    )


def _untouched(report: Report, filing: Filing) -> Judgement:
    """Of a form as it was handed out one thing is said: that nothing has been filed."""
    untouched = Finding("GX708", f"{filing.name} 还是发下去时的空白表，没有填，按未报送处理。")
    return Judgement(
        filing.name,
        report.agency.name,
        report.year,
        report.edition.id,
        report.title,
        findings=diagnosed([untouched], report, filing.name),
        filling=Filling.BLANK.value,
        sheets=sheets_of(report),
        report=report,
    )


def _passages(report: Report, filing: Filing) -> str:
    """What of its text can be held beside others, and what was said last year already: as it was
    printed, under the name of that time."""
    known, also = lawful(filing.words.shared), filing.words.names_of(report.agency.name)
    former: Narrative = ()
    if (last := report.previous) is not None:
        former, also = filled(last)[0].narrative, (*also, *names_of(last.agency))
    return packed(passages(report.narrative, report.agency, known, former, also))


def diagnosed(findings: list[Finding], report: Report | None, file: str) -> tuple[Diagnostic, ...]:
    """Findings that no rule made, as people and programs see them."""
    agency = report.agency.name if report else None
    year = report.year if report else None
    return tuple(worst_first(diagnose(f, agency=agency, year=year, file=file) for f in findings))


# -- render --------------------------------------------------------------------------------------


def build_unit(
    filing: Filing,
    templates: Mapping[str, CompiledTemplate],
    *,
    draft: bool = False,
    wanted: Wanted = ONLY_DOCX,
) -> Outcome:
    """Check one agency and render it; ``templates`` holds a style's template by edition.

    With ``draft``, a report that something blocks is rendered all the same, marked as a draft.
    What was rendered is read back and compared before it is handed out. Where an error of the
    agency's own blocks the report, the workbook marked for the agency comes along. Without a
    template for its edition a sound report is ``held``.
    """
    judgement = check_unit(filing)
    documents: Mapping[str, bytes] = {}
    trouble, made = None, "refused"
    if (report := judgement.report) is None or judgement.blank or not (judgement.passed or draft):
        pass
    elif report.edition.id not in templates:
        made = "held" if judgement.passed else made
    else:
        from gxgen.formats.writing import write

        written = write(
            report,
            templates[report.edition.id],
            wanted,
            draft=not judgement.passed,
            wrong=judgement.wrong,
        )
        if written.faults or written.remarks:
            found = diagnosed([*written.faults, *written.remarks], report, filing.name)
            found = tuple(worst_first((*judgement.findings, *found)))
            made = "held" if judgement.passed else made
            judgement = replace(judgement, findings=found)
        documents, trouble = {} if written.faults else written.files, written.trouble
    marked = {}
    if judgement.returned:
        marked = {"return": returned(filing.workbook, filing.name, judgement.findings)}
    if judgement.blank:
        made = "missing"
    return Outcome(
        judgement,
        "built" if documents else made,
        faults=(trouble,) if trouble else (),
        documents={**documents, **marked},
    )


def returned(workbook: bytes, name: str, found: Sequence[Diagnostic]) -> bytes:
    """The workbook marked for the agency, or a list of what was found where it cannot be."""
    from gxgen.form.mark.workbook import findings_workbook, mark_workbook

    return mark_workbook(workbook, found) or findings_workbook(found, name)


class Style(Mapping[str, "CompiledTemplate"]):
    """A style's templates by edition, each compiled when first asked for."""

    def __init__(self, files: StyleBytes) -> None:
        """``files`` as they travelled."""
        self._files = dict(files)

    def __getitem__(self, edition: str) -> CompiledTemplate:
        """The template for an edition.

        Raises:
            TemplateError: it cannot be used.
        """
        return _compiled(self._files[edition], edition)

    def __iter__(self) -> Iterator[str]:
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


# -- as a worker does it -------------------------------------------------------------------------


def work(
    filing: Filing, style: StyleBytes | None, wanted: Wanted, *, draft: bool, debug: bool
) -> Outcome:
    """What comes of a filing, small enough to travel; without a ``style`` it is only checked.

    Whatever happens to it, the others go on: a trouble becomes a sentence, unless ``debug`` asks
    for the traceback.
    """
    try:
        if style is None:
            found = check_unit(filing).kept()
            return Outcome(found, "missing" if found.blank else "refused")
        outcome = build_unit(filing, Style(style), draft=draft, wanted=wanted)
        # Only what LibreOffice makes later is still to be compared with the report.
        kept = outcome.judgement.kept(report=bool(wanted.of_office))
        return replace(outcome, judgement=kept)
    except GxgenError as error:
        return unreadable(filing, str(error))
    except MemoryError:  # its process has no room left
        raise
    except Exception as error:  # one unit's mishap must not stop the others
        if debug:
            raise
        fault = f"程序自身出错（{type(error).__name__}），这个单位没有生成报告；其他单位不受影响。"
        return unreadable(filing, fault, crashed=True)
