"""One reader for every published report: bytes in, a report and what is to be said of it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gxgen.diagnostics import Finding, Side
from gxgen.document.illustrated.edition import illustrate
from gxgen.editions.declared import EDITIONS, PUBLISHED_EDITIONS, edition_for_year
from gxgen.editions.schema import Edition
from gxgen.model.agency import Agency
from gxgen.model.report import Entry, EntryState, Report
from gxgen.places import FilePart
from gxgen.published.blocks import CHART, LeftOut, RefusedError, Source
from gxgen.published.edition import edition_of
from gxgen.published.frame import Framed, frame
from gxgen.published.judge import doubts, judged
from gxgen.published.narrative import TOLD, narrative_of
from gxgen.published.numerals import plain_numbers
from gxgen.published.readings import Figures, Layout, ReadReport
from gxgen.published.sections import Heading, chains, newest
from gxgen.published.sniff import Kind, kind_of
from gxgen.published.tables import Tables, read_tables
from gxgen.published.told import told

_LONGEST_REMARK = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user says of a report that does not say it, or says it wrongly."""

    agency: str | None = None
    year: int | None = None
    edition: str | None = None


def read_published(data: bytes, file: str, asked: Asked = Asked()) -> ReadReport:
    """Read a published report; whatever is wrong with it comes back as findings."""
    try:
        source = blocks_of(data, file)
        source.blocks[:] = plain_numbers(source.blocks)
        chain, until, framed = _one_report(source, asked)
        return _read(source, chain, framed, until, asked)
    except RefusedError as refused:
        return ReadReport(file, None, findings=(refused.finding,))


def blocks_of(data: bytes, file: str) -> Source:
    """The paragraphs and tables of a file.

    Raises:
        RefusedError: it is nothing that can be read, or has more than any report.
    """
    source = _source(data, file)
    source.bound()
    return source


def _source(data: bytes, file: str) -> Source:
    match kind_of(data, file):
        case Kind.DOCX:
            from gxgen.published.docx import read_docx

            return read_docx(data, file)
        case Kind.HTML:
            from gxgen.published.html import read_html

            return read_html(data, file)
        case Kind.PDF:
            from gxgen.published.pdf import read_pdf

            return read_pdf(data, file)
        case _:
            from gxgen.published.text import read_text

            return read_text(data, file)


def _one_report(source: Source, asked: Asked) -> tuple[list[Heading], int | None, Framed]:
    """The headings of the one report in the file, or of the one that is asked for."""
    found = chains(source.blocks)
    if not found:
        raise RefusedError(
            "GX801",
            f"{source.file} 里没有找到年度报告的六个部分（至少要有两个部分的标题）。",
            source.file,
        )
    stops: list[int | None] = [chain[0].at for chain in found[1:]]
    each = [
        (chain, stop, frame(source, chain, stop))
        for chain, stop in zip(found, [*stops, None], strict=True)
    ]
    wanted = [one for one in each if len(each) == 1 or one[2].year == asked.year]
    if len(wanted) == 1:
        return wanted[0]
    years = "、".join(str(one[2].year or "年度不明") for one in each)
    message = f"{source.file} 里有 {len(each)} 份报告（{years}），不知道要哪一份。"
    raise RefusedError("GX803", message, source.file, "用 --year 指明年度，或者拆成几个文件。")


def _read(
    source: Source, chain: Sequence[Heading], framed: Framed, until: int | None, asked: Asked
) -> ReadReport:
    sections = _sections(framed.own, chain)
    tables = read_tables(source.blocks, sections)
    agency, year = asked.agency or framed.agency, asked.year or framed.year
    if agency is None or year is None or edition_for_year(year) is None:
        raise _unknown(source.file, agency, year)
    edition = _edition(tables, year, asked, source.file)
    figures = judged(tables, edition)
    words = edition if edition.id in EDITIONS else newest()
    narrative, odd = narrative_of(words, source.blocks, sections, chain, tables.taken)
    report = Report(
        edition,
        Agency(agency),
        year,
        _entries(figures),
        narrative,
        framed.sign_off,
        file=source.file,
    )
    report, remarks = _without_remarks(report)
    left = (*framed.left_out, *tables.left_out, *remarks)
    findings = [
        *source.findings,
        *(one for one in odd if one.code in TOLD),
        *told(figures, tables, source.file),
        *doubts(figures, source.file),
        *_left_out(left, source.file),
    ]
    layout = Layout(
        tuple(source.blocks),
        tuple(chain),
        {mark: tuple(numbers) for mark, numbers in sections.items()},
        frozenset(tables.taken),
    )
    return ReadReport(source.file, report, figures, tuple(findings), left, layout, tuple(odd))


def _without_remarks(report: Report) -> tuple[Report, list[LeftOut]]:
    """The report without the sentences that an illustrated edition has in place of charts.

    They follow from the figures to the letter, and are no words of the agency.
    """
    tables = {section.mark for section in report.edition.sections if section.table}
    short = {
        p.text
        for passage in report.narrative
        if passage.section in tables
        for p in passage.paragraphs
        if len(p.text) < _LONGEST_REMARK
    }
    remarks = short.intersection(illustrate(report).remarks) if short else set()
    if not remarks:
        return report, []
    left = [
        LeftOut(p.text, p.place, CHART)
        for passage in report.narrative
        for p in passage.paragraphs
        if p.text in remarks
    ]
    narrative = tuple(
        replace(one, paragraphs=tuple(p for p in one.paragraphs if p.text not in remarks))
        for one in report.narrative
    )
    return replace(report, narrative=narrative), left


def _sections(own: Sequence[int], chain: Sequence[Heading]) -> dict[str, list[int]]:
    """The numbers of the blocks under each heading; those before the first are the preamble's."""
    sections: dict[str, list[int]] = {"0": []}
    opens = {heading.at: heading.mark for heading in chain}
    mark = "0"
    for at in own:
        if at in opens:
            mark = opens[at]
            sections[mark] = []
        else:
            sections[mark].append(at)
    return sections


def _unknown(file: str, agency: str | None, year: int | None) -> RefusedError:
    if agency is None:
        message = f"{file} 里没有找到标题，不知道是哪个单位的报告。"
        return RefusedError("GX804", message, file, "用 --agency 写明单位全称。")
    if year is None:
        message = f"{file} 里没有写明年度。"
        return RefusedError("GX804", message, file, "用 --year 写明年度。")
    message = f"{file} 写的是{year}年度，没有这一年的表样。"
    return RefusedError("GX804", message, file, "年度认错了的，用 --year 写明。")


def _edition(tables: Tables, year: int, asked: Asked, file: str) -> Edition:
    if asked.edition is not None:
        return PUBLISHED_EDITIONS[asked.edition]
    found = edition_of(tables.harvests, year)
    if found is None:
        message = f"{file} 的同一张表里有两版格式的表头，不能确定是哪一版。"
        names = "、".join(PUBLISHED_EDITIONS)
        raise RefusedError("GX805", message, file, f"看清以后用 --edition 写明：{names}。")
    return found


def _entries(figures: Figures) -> dict[str, Entry]:
    """Every key of the edition: what was read, and blank what was not."""
    blank = Entry(None, None, None, EntryState.BLANK)
    entries = dict.fromkeys(figures.edition.fields, blank)
    for key, one in figures.readings.items():
        state = EntryState.BLANK if one.value is None else EntryState.GIVEN
        entries[key] = Entry(one.value, one.raw or None, one.place, state)
    return entries


def _left_out(left: Sequence[LeftOut], file: str) -> Iterator[Finding]:
    """What of the file is not in the report, once for each reason."""
    reasons: dict[str, list[LeftOut]] = {}
    for one in left:
        reasons.setdefault(one.why, []).append(one)
    for why, each in reasons.items():
        quoted = "".join(f"“{one.text[:20]}”" for one in each[:5])
        more = "等" if len(each) > 5 else ""
        message = f"{file} 有 {len(each)} 处{why}，没有读入：{quoted}{more}。"
        yield Finding("GX816", message, each[0].place or FilePart(file), side=Side.READING)
