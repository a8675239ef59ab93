"""A template against the form: every fault in one run, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from gxgen.diagnostics import Finding
from gxgen.document.cell import squash
from gxgen.document.quoting import apart
from gxgen.editions.schema import Edition, FieldKey
from gxgen.errors import TemplateError
from gxgen.formats.docx.bounds import look_over, weigh
from gxgen.formats.docx.context import vocabulary
from gxgen.formats.docx.prepare import close_slivers
from gxgen.formats.docx.read import outline_levels, style_of
from gxgen.formats.docx.wordml import W
from gxgen.model.narrative import PREAMBLE
from gxgen.model.numbering import section_heading
from gxgen.opc.package import DOCUMENT, Members, read_package
from gxgen.opc.xml import written
from gxgen.places import DocumentCell, FilePart, Place
from gxgen.templates.lint.fields import CODE
from gxgen.templates.lint.flow import MISSING, Flow, flow_over
from gxgen.templates.lint.foreign import FOREIGN, OUTSIDE, foreign, unreadable
from gxgen.templates.lint.heights import CUT, heights
from gxgen.templates.lint.leftovers import PROTECTED, leftovers
from gxgen.templates.lint.missing import missing
from gxgen.templates.lint.page import CHARACTER_GRID, PAGE_LAYOUT, check_pages
from gxgen.templates.lint.parts import Part, parts
from gxgen.templates.lint.printed import FIXED_TEXT, fixed_texts, invisible
from gxgen.templates.lint.references import lost_parts
from gxgen.templates.lint.sites import Site, sites
from gxgen.templates.lint.tables import check_tables
from gxgen.templates.lint.trial import trial, trial_cells
from gxgen.templates.lint.unfilled import unfilled
from gxgen.templates.lint.whereabouts import Whereabouts

UNREADABLE, HEADING = "GX601", "GX612"
ADVICE = {
    "GX606",
    "GX607",
    "GX613",
    CHARACTER_GRID,
    FIXED_TEXT,
    PAGE_LAYOUT,
    OUTSIDE,
    FOREIGN,
    CODE,
    CUT,
    PROTECTED,
}
"""What does not keep a template from being used: with nothing else, a report is tried."""

LIKENESS = 0.6


def check_template(data: bytes, file: str, edition: Edition) -> list[Finding]:
    """What is wrong with a template of that edition; empty if it can be used."""
    try:
        return judged(data, file, edition)
    except TemplateError as error:
        return [Finding(UNREADABLE, str(error), FilePart(file))]
    except Exception as error:  # what no office program writes is not gxgen's fault
        what = f"这份模板的结构与Word写出的不同，检查不下去（{type(error).__name__}）。"
        return [Finding(UNREADABLE, what, FilePart(file))]


def judged(data: bytes, file: str, edition: Edition) -> list[Finding]:
    """The same.

    Raises:
        TemplateError: a part cannot be read, or is beyond what a template may weigh.
    """
    members = read_package(data, file)
    weigh(members)
    if broken := unreadable(members, file):
        return broken
    look_over(members)
    found = parts(members)
    document = found[0]
    if sum(close_slivers(table) for table in document.root.iter(W + "tbl")):
        members = {**members, DOCUMENT: written(document.root)}
    all_sites = list(sites(document, file))
    flow = flow_over(all_sites, vocabulary(edition))
    tables = check_tables(document.root[0], file, edition)
    findings = [*flow.findings, *tables.findings, *missing(flow, file, edition, tables)]
    findings += _around(members, found, all_sites, file, edition)
    findings = _with_leftovers(members, found, all_sites, file, findings)
    told = {finding.place for finding in findings}
    findings += (f for f in fixed_texts(all_sites, edition) if f.place not in told)
    wrong = {finding.place for finding in findings if finding.code not in ADVICE}
    if not wrong:
        return [*findings, *trial(members, file, edition, flow, all_sites)]
    texts: dict[Place, str] = {s.place: s.text for s in all_sites if s.place not in told}
    findings += trial_cells(tables, texts, edition)
    if all(isinstance(place, DocumentCell) for place in wrong):
        _put_right(all_sites, tables.figures)
        mended = {**members, DOCUMENT: written(document.root)}
        tried = trial(mended, file, edition, flow, all_sites)
        findings += (f for f in tried if not isinstance(f.place, DocumentCell))
    return findings


def _with_leftovers(
    members: Members, found: list[Part], all_sites: list[Site], file: str, findings: list[Finding]
) -> list[Finding]:
    """The same and what editing left; of a tag where none may stand nothing else is told."""
    known = [Whereabouts(found[0], all_sites, file)]
    known += [Whereabouts(part, list(sites(part, file)), file) for part in found[1:]]
    misplaced = list(unfilled(members, known, file))
    places = {one.place for one in misplaced}
    cut = [one for part in known for one in heights(members, part) if one.place not in places]
    rest = [one for one in findings if one.place not in places or isinstance(one.place, FilePart)]
    left = [*leftovers(members, known, file), *foreign(members, known, file)]
    return [*rest, *left, *misplaced, *cut]


def _put_right(all_sites: list[Site], figures: Mapping[DocumentCell, FieldKey]) -> None:
    """Each figure's cell as it should be, so that a report can be tried for all but the cells."""
    done: set[Place] = set()
    for site in all_sites:
        if isinstance(site.place, DocumentCell) and site.place in figures:
            text = "" if site.place in done else f"{{{{ {figures[site.place]} }}}}"
            for node in site.paragraph.iter(W + "t"):
                node.text, text = text, ""
            done.add(site.place)


def _around(
    members: Members, found: list[Part], all_sites: list[Site], file: str, edition: Edition
) -> Iterator[Finding]:
    """What is wrong beside the tags and tables of the document itself."""
    names = vocabulary(edition)
    flows = {part.name: flow_over(sites(part, file), names) for part in found[1:]}
    for each in flows.values():
        yield from each.findings
    yield from _headings(members, all_sites, file, edition)
    yield from invisible(members, all_sites)
    yield from lost_parts(members, file, found, all_sites)
    yield from _draft_mark(found, flows, file)
    drafts = {name for name, each in flows.items() if "draft_mark" in each.used}
    yield from check_pages(members, found[0], drafts, file)


def _headings(
    members: Members, all_sites: list[Site], file: str, edition: Edition
) -> Iterator[Finding]:
    """The sections' titles, each as a heading of the first level."""
    levels = outline_levels(members["word/styles.xml"]) if "word/styles.xml" in members else {}
    lines = [site for site in all_sites if not isinstance(site.place, DocumentCell)]
    for section in edition.sections:
        if section.mark == PREAMBLE:
            continue
        title = section_heading(section)
        site = next((s for s in lines if squash(s.text) == title), None)
        if site is None:
            yield _lost_heading(title, lines, file)
        elif levels.get(style_of(site.paragraph) or "") != 1:
            message = f"“{title}”没有用一级标题的样式（标题 1）。"
            yield Finding(HEADING, message, site.place, quote=site.text)


def _lost_heading(title: str, lines: list[Site], file: str) -> Finding:
    def likeness(site: Site) -> float:
        return SequenceMatcher(None, title, site.text).ratio()

    near = max((s for s in lines if "{" not in s.text), key=likeness, default=None)
    if near is None or likeness(near) < LIKENESS:
        return Finding(HEADING, f"模板里没有标题“{title}”。", FilePart(file))
    right, now = apart(title, near.text)
    message = f"标题应为“{right}”，现为“{now}”。"
    return Finding(HEADING, message, near.place, quote=near.text)


def _draft_mark(found: list[Part], flows: dict[str, Flow], file: str) -> Iterator[Finding]:
    headers = [part for part in found if part.kind == "header"]
    lacking = [part for part in headers if "draft_mark" not in flows[part.name].used]
    for part in lacking:
        message = f"{part.label}里没有“{{{{ draft_mark }}}}”，草稿不能在每页标明。"
        yield Finding(MISSING, message, FilePart(file, part.name))
    if not headers:
        message = "模板没有页眉，“{{ draft_mark }}”无处可放，草稿不能在每页标明。"
        yield Finding(MISSING, message, FilePart(file))
