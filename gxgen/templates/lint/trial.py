"""A trial of a template: an invented report is printed through it and read back.

What the static checks cannot know (an expression that changes a figure, a condition that never
holds, a paragraph too many) shows in print. Paragraphs carry their number in the template along,
so that what differs in the document can be placed in the template.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from gxgen.diagnostics import Finding
from gxgen.document.blocks import compose, display
from gxgen.document.cell import squash
from gxgen.document.illustrated.tiles import tiles
from gxgen.editions.derive import Field
from gxgen.editions.schema import Edition, Kind
from gxgen.errors import GxgenError, TemplateError
from gxgen.formats.docx.context import BLOCK_SLOTS, make_context, slot
from gxgen.formats.docx.environment import environment
from gxgen.formats.docx.pictured import add_pictures
from gxgen.formats.docx.read import body_items
from gxgen.formats.docx.template import CompiledTemplate, compile_template
from gxgen.formats.docx.verify import UNREADABLE, verify_docx
from gxgen.formats.docx.wordml import W, parse_xml
from gxgen.model.agency import Agency
from gxgen.model.narrative import PREAMBLE, Paragraph, Passage
from gxgen.model.report import Entry, EntryState, Report, SignOff, SignOffForm
from gxgen.opc.package import DOCUMENT, FixedZip, Members, read_package
from gxgen.opc.xml import written
from gxgen.places import DocumentCell, DocumentParagraph, FilePart, Place
from gxgen.templates.lint.flow import Flow
from gxgen.templates.lint.sites import Site
from gxgen.templates.lint.tables import Tables
from gxgen.templates.lint.tags import SMART_QUOTES, Tag, scan, split_prefix, statement

DIFFERS = "GX615"
ORIGIN = "gxgen"
"""The attribute that tells from which paragraph of the template one was printed."""
SIGNED = dt.date(2031, 12, 29)
_MARK = re.compile(r"〔(section\d|preamble)〕")
_WRITTEN = re.compile("^写好的文档")


def trial(
    members: Members, file: str, edition: Edition, flow: Flow, all_sites: list[Site]
) -> Iterator[Finding]:
    """What a full report and a blank one lose, gain or change in print."""
    told: dict[Place | None, Finding] = {}
    try:
        reports = full_report(edition), blank_report(edition)
        counts = [len(tiles(report)) for report in reports]
        template = _traced(members, edition, [count for count in counts if count])
        for report in reports:
            for finding in _tried(template, report, file, flow):
                told.setdefault(finding.place, finding)
    except GxgenError as error:
        yield from _unprintable(str(error), file, edition, flow, all_sites)
    yield from told.values()


def _traced(members: Members, edition: Edition, tiles: Sequence[int]) -> CompiledTemplate:
    """The template with :data:`ORIGIN` on each paragraph; ``tiles``: numbers of them to print.

    Raises:
        TemplateError: it cannot be compiled.
    """
    root = parse_xml(members[DOCUMENT], DOCUMENT)
    for number, item in enumerate((i for i in body_items(root[0]) if i.tag == W + "p"), 1):
        item.set(ORIGIN, str(number))
    packed = FixedZip({}).build({**members, DOCUMENT: written(root)})
    return compile_template(packed, edition, tiles)


def trial_cells(tables: Tables, texts: Mapping[Place, str], edition: Edition) -> Iterator[Finding]:
    """Cells that would print another figure, where other faults keep a report from being tried."""
    tried = [(report, _context(report)) for report in (full_report(edition), blank_report(edition))]
    for place, key in tables.figures.items():
        text = texts.get(place, "")
        if squash(text) == squash(f"{{{{ {key} }}}}") or not _is_sound(text):
            continue
        for report, context in tried:
            wanted = display(report.values.get(key))
            try:
                printed = environment().from_string(text.translate(SMART_QUOTES)).render(context)
            except Exception:
                printed = None
            if printed is None or squash(printed) != wanted:
                now = "算不出来" if printed is None else f"印出的是“{squash(printed)}”"
                message = f"试印与填报内容不符：这一格应印“{wanted}”，{now}。"
                yield Finding(DIFFERS, message, place, key, quote=text)
                break


def _is_sound(text: str) -> bool:
    """Whether a cell has a tag, and nothing in it that is told already."""
    tags = list(scan(text))
    return bool(tags) and all(isinstance(tag, Tag) and tag.opening == "{{" for tag in tags)


def full_report(edition: Edition) -> Report:
    """Every figure another number, every kind of heading and text in each section."""
    return Report(
        edition,
        Agency("试印市样张县机关事务服务中心", "样张县中心"),
        edition.first_year,
        {key: _figure(n, field) for n, (key, field) in enumerate(edition.fields.items(), 101)},
        tuple(p for section in edition.sections for p in _passages(section.mark, section.title)),
        SignOff(SignOffForm.AGENCY_AND_DATE, SIGNED),
    )


def blank_report(edition: Edition) -> Report:
    """No figure and no word, as a draft may be."""
    entries = {key: Entry(None, None, state=EntryState.BLANK) for key in edition.fields}
    return replace(full_report(edition), entries=entries, narrative=(), sign_off=SignOff())


def _figure(number: int, field: Field) -> Entry:
    value = Decimal(f"{number}.50") if field.kind is Kind.MONEY else number
    return Entry(-number if field.kind is Kind.SIGNED else value, str(number))


def _passages(mark: str, title: str) -> Iterator[Passage]:
    def passage(below: str, heading: str | None, kind: str) -> Passage:
        texts = (f"{kind}下第{n}段〔{slot(mark)}〕<&>。" for n in (1, 2))
        return Passage(mark + below, heading, tuple(map(Paragraph, texts)))

    yield passage("", None if mark == PREAMBLE else title, "标题")
    for below, level in (("1", "二"), ("1.1", "三"), ("1.1.1", "四")):
        yield passage(f".{below}", f"{level}级标题〔{slot(mark)}〕", f"{level}级")
    for below, level in (("1.2", "三"), ("2", "二"), ("3", "二")):
        yield passage(f".{below}", f"{level}级段首{below}〔{slot(mark)}〕。", f"{level}级段首")


def _tried(template: CompiledTemplate, report: Report, file: str, flow: Flow) -> Iterator[Finding]:
    """What differs in the print of one report.

    The charts' own parts are left out: no template has a say in them, and they take time.

    Raises:
        TemplateError: nothing that can be read comes out.
    """
    document = compose(report)
    context = make_context(report, document, draft=True)
    if template.pictured:
        add_pictures(context, document, template.colours)
    shown = document.illustration.slots if template.illustrated else {}
    data = template.render(shown | context)
    own = template.furniture(report)
    findings = verify_docx(data, report, own, document, template.asked, with_charts=False)
    unreadable = next((finding for finding in findings if finding.code == UNREADABLE), None)
    if unreadable is not None:
        raise TemplateError(unreadable.message)
    origins = _origins(data) if findings else []
    for finding in findings:
        message = f"试印与填报内容不符：{_WRITTEN.sub('印出的文档', finding.message)}"
        place = _place(finding, file, origins, flow)
        yield Finding(DIFFERS, message, place, finding.key, quote=finding.quote)


def _origins(data: bytes) -> list[int]:
    """For each paragraph of the document, the number of the template's it was printed from."""
    body = parse_xml(read_package(data)[DOCUMENT], DOCUMENT)[0]
    return [int(i.get(ORIGIN, "0")) for i in body_items(body) if i.tag == W + "p"]


def _place(finding: Finding, file: str, origins: list[int], flow: Flow) -> Place:
    """Where in the template: the cell, the section's loop, or the paragraph printed."""
    match finding.place:
        case DocumentCell() as cell:
            return replace(cell, file=file)
        case DocumentParagraph(number=number):
            section = _MARK.search(finding.quote or finding.message)
            if section and "缺少" in finding.message:
                loops = [loop.place for loop in flow.loops if loop.over == section.group(1)]
                return loops[0] if loops else FilePart(file)
            origin = origins[number - 1] if number <= len(origins) else 0
            return DocumentParagraph(file, origin) if origin else FilePart(file)
    return FilePart(file)


def _unprintable(
    why: str, file: str, edition: Edition, flow: Flow, all_sites: list[Site]
) -> Iterator[Finding]:
    """The tags that fail by themselves; else the first thing that was told of the control tags."""
    names = _names(edition, flow)
    failing = [
        Finding(DIFFERS, f"试印时“{tag.text}”算不出来，报告生成不了。", site.place, quote=tag.text)
        for site in all_sites
        for tag in scan(site.text)
        if isinstance(tag, Tag) and _fails(tag, names)
    ]
    near = flow.findings[0] if flow.findings else Finding(DIFFERS, "", FilePart(file))
    yield from failing or [
        Finding(DIFFERS, f"试印不成：{why}", near.place, quote=near.quote),
    ]


def _names(edition: Edition, flow: Flow) -> dict[str, Any]:
    """What tags can name in the full report, a loop's own name included."""
    context = _context(full_report(edition))
    items = {loop.variable: (context.get(loop.over) or [BLOCK_SLOTS])[0] for loop in flow.loops}
    return {**context, **items}


def _context(report: Report) -> dict[str, Any]:
    document = compose(report)
    return document.illustration.slots | make_context(report, document, draft=True)


def _fails(tag: Tag, names: dict[str, Any]) -> bool:
    expression = _expression(tag)
    if not expression:
        return False
    try:
        environment().from_string(f"{{{{ ({expression})|string }}}}").render(names)
    except Exception:
        return "loop." not in expression
    return False


def _expression(tag: Tag) -> str:
    inside = tag.inside.translate(SMART_QUOTES)
    if tag.opening == "{{":
        return split_prefix(inside)[1].strip().strip("-").strip()
    parsed = statement(inside) if tag.opening == "{%" else None
    return parsed.rest if parsed and parsed.meant in ("if", "elif") else ""
