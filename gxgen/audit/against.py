"""What became of a report since it was built: its figures and sentences against the workbook."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from unicodedata import normalize

from gxgen.comparison.differing import parted
from gxgen.comparison.sentences import Pair, Sameness, Sentence, aligned, sentences
from gxgen.diagnostics import Finding, Side
from gxgen.document.illustrated.edition import illustrate
from gxgen.document.illustrated.readback import words
from gxgen.editions.schema import FieldKey
from gxgen.formats.html.pictured_fragment import table_words
from gxgen.formats.html.pictures import words_of as page_words
from gxgen.model.narrative import Narrative, Paragraph
from gxgen.model.numbering import fold, section_heading
from gxgen.model.report import Report, Value
from gxgen.places import FilePart, Place
from gxgen.prose.alike.lawful import lawful
from gxgen.published.blocks import CHART, STRANGE_TABLE
from gxgen.published.readings import Figures, ReadReport

_MOST_PIECES = 4
"""Into so many pieces a paragraph may have been broken."""


class Fate(StrEnum):
    """What became of a figure or a sentence since the report was built."""

    EQUAL = "equal"
    CHANGED = "changed"
    UNREAD = "unread"
    """A figure that is not there, or not surely read."""
    MOVED = "moved"
    MISSING = "missing"
    ADDED = "added"

    @property
    def label(self) -> str:
        """What a clerk reads."""
        return _LABELS[self]


_LABELS = {
    Fate.EQUAL: "相同",
    Fate.CHANGED: "改了",
    Fate.UNREAD: "没有读到",
    Fate.MOVED: "移了位置",
    Fate.MISSING: "少了",
    Fate.ADDED: "多了",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the workbook, and what the file has in its place."""

    key: FieldKey
    label: str
    fate: Fate
    built: Value | None
    found: Value | None
    place: Place | None


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the workbook, the file, or both."""

    fate: Fate
    built: Sentence | None
    found: Sentence | None


@dataclass(frozen=True)
class Against:
    """A report against the workbook that it was built from; ``form`` counts what of headings and
    tables is not as the official form has it, for so it was built."""

    workbook: str
    figures: tuple[Figure, ...]
    sentences: tuple[Said, ...]
    findings: tuple[Finding, ...]
    form: int = 0

    @property
    def equal(self) -> bool:
        """Whether nothing differs, and everything was read."""
        return not self.findings and not self.form

    def counts(self, of: str) -> Counter[Fate]:
        """How many ``figures`` or ``sentences`` became what."""
        given: Sequence[Figure | Said] = self.figures if of == "figures" else self.sentences
        return Counter(one.fate for one in given)


def against(built: Report, read: ReadReport) -> Against:
    """Compare; ``read`` must hold a report."""
    report, figures = read.report, read.figures
    if report is None or figures is None:
        raise ValueError("nothing was read")
    counted = tuple(_figures(built, figures))
    narrative = _rejoined(_without_remarks(report.narrative, built), built)
    said = tuple(_sentences(built.narrative, narrative))
    findings = (
        *_frame(built, report, read.file),
        *_figure_findings(counted, read.file),
        *(_said_finding(one, built, read.file) for one in said if one.fate is not Fate.EQUAL),
        *_pictures(built, read),
    )
    return Against(built.file or built.title, counted, said, findings)


# -- figures ---------------------------------------------------------------------------------------


def _figures(built: Report, figures: Figures) -> Iterator[Figure]:
    places = {key: one.place for one in figures.refusals for key in one.keys}
    for key, field in built.edition.fields.items():
        wanted, one = built.values.get(key), figures.readings.get(key)
        section = built.edition.section(built.edition.table(field.table).section).title
        label = f"“{section}”的“{field.label}”"
        if one is None:
            yield Figure(key, label, Fate.UNREAD, wanted, None, places.get(key))
        else:
            fate = Fate.EQUAL if one.value == wanted else Fate.CHANGED
            yield Figure(key, label, fate, wanted, one.value, one.place)


def _figure_findings(figures: Sequence[Figure], file: str) -> Iterator[Finding]:
    """A finding a figure that changed; those that were not read together."""
    for one in figures:
        if one.fate is Fate.CHANGED:
            message = f"{one.label}生成时是 {_told(one.built)}，文件里是 {_told(one.found)}。"
            yield Finding("GX830", message, one.place, one.key, side=Side.REPORT)
    unread = [one for one in figures if one.fate is Fate.UNREAD]
    if unread:
        labels = "、".join(one.label for one in unread[:3]) + ("等" if len(unread) > 3 else "")
        message = f"有 {len(unread)} 个数没有读到，没有比对：{labels}。"
        place = unread[0].place or FilePart(file)
        yield Finding("GX831", message, place, unread[0].key, side=Side.READING)


def _told(value: Value | None) -> str:
    return "空" if value is None else f"{value}"


# -- sentences -------------------------------------------------------------------------------------


def _without_remarks(narrative: Narrative, built: Report) -> Narrative:
    """Without what an illustrated edition says in place of charts: it follows from the figures."""
    remarks = set(illustrate(built).remarks)
    return tuple(
        replace(one, paragraphs=tuple(p for p in one.paragraphs if p.text not in remarks))
        for one in narrative
    )


def _rejoined(narrative: Narrative, built: Report) -> Narrative:
    """With paragraphs made one again that a page or a converter broke at the end of a line."""
    whole = {_letters(p.text) for one in built.narrative for p in one.paragraphs}
    return tuple(
        replace(one, paragraphs=tuple(_joined(one.paragraphs, whole))) for one in narrative
    )


def _joined(paragraphs: Sequence[Paragraph], whole: set[str]) -> Iterator[Paragraph]:
    at = 0
    while at < len(paragraphs):
        ends = range(at + 2, min(at + _MOST_PIECES, len(paragraphs)) + 1)
        texts = {end: "".join(p.text for p in paragraphs[at:end]) for end in ends}
        known = _letters(paragraphs[at].text) in whole
        end = next((e for e in ends if not known and _letters(texts[e]) in whole), at + 1)
        yield replace(paragraphs[at], text=texts.get(end, paragraphs[at].text))
        at = end


def _letters(text: str) -> str:
    """Width and blanks mean nothing, all else does."""
    return "".join(normalize("NFKC", text).split())


def _sentences(built: Narrative, found: Narrative) -> Iterator[Said]:
    before, now = (list(sentences(one, lawful())) for one in (built, found))
    pairs = aligned(before, now, fold=_letters)
    moved = _moved(pairs, before, now)
    for at, pair in enumerate(pairs):
        yield Said(_fate(pair, at in moved), pair.last, pair.this)


def _fate(pair: Pair, moved: bool) -> Fate:
    match pair.sameness:
        case Sameness.SAME:
            return Fate.MOVED if moved else Fate.EQUAL
        case Sameness.NEW:
            return Fate.ADDED
        case Sameness.GONE:
            return Fate.MISSING
        case _:
            return Fate.CHANGED


def _moved(pairs: Sequence[Pair], before: list[Sentence], now: list[Sentence]) -> set[int]:
    """The pairs whose sentence stands elsewhere: the fewest that put the others in one order."""
    old = {id(one): at for at, one in enumerate(before)}
    new = {id(one): at for at, one in enumerate(now)}
    both = [(new[id(p.this)], old[id(p.last)], n) for n, p in enumerate(pairs) if p.this and p.last]
    both.sort()
    kept = _rising([was for _, was, _ in both])
    return {number for at, (_, _, number) in enumerate(both) if at not in kept}


def _rising(numbers: Sequence[int]) -> set[int]:
    """The places of a longest rising run."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        where = bisect_left(ends, number)
        before.append(last[where - 1] if where else -1)
        ends[where : where + 1] = [number]
        last[where : where + 1] = [at]
    kept: set[int] = set()
    at = last[-1] if last else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return kept


def _said_finding(one: Said, built: Report, file: str) -> Finding:
    """A sentence that is no longer as and where it was."""
    here = (one.found.place if one.found else None) or FilePart(file)
    text = one.found.text if one.found else one.built.text if one.built else ""
    match one.fate:
        case Fate.CHANGED if one.built and one.found:
            old, new = parted(one.built.text, one.found.text)
            message = f"句子改了。生成时：“{old.marked}”现在：“{new.marked}”"
            return Finding("GX832", message, here, quote=text, side=Side.REPORT)
        case Fate.MISSING:
            under = section_heading(built.edition.section(one.built.section if one.built else "1"))
            message = f"“{under}”里少了生成时的一句：“{text}”"
            return Finding("GX833", message, here, quote=text, side=Side.REPORT)
        case Fate.ADDED:
            message = f"多了生成时没有的一句：“{text}”"
            return Finding("GX834", message, here, quote=text, side=Side.REPORT)
        case _:
            message = f"句子移了位置：“{text}”"
            return Finding("GX835", message, here, quote=text, side=Side.REPORT)


# -- whose, of which year, how signed --------------------------------------------------------------


def _frame(built: Report, found: Report, file: str) -> Iterator[Finding]:
    asked = (
        ("单位名称", built.agency.name, found.agency.name),
        ("年度", str(built.year), str(found.year)),
        (
            "落款",
            "".join(built.sign_off.lines(built.agency.name)),
            "".join(found.sign_off.lines(found.agency.name)),
        ),
    )
    for what, was, now in asked:
        if fold(was) != fold(now):
            message = f"{what}生成时是“{was or '（没有）'}”，文件里是“{now or '（没有）'}”。"
            yield Finding("GX836", message, FilePart(file), side=Side.REPORT)


# -- tiles -----------------------------------------------------------------------------------------


def _pictures(built: Report, read: ReadReport) -> Iterator[Finding]:
    """Tiles and pictures of an illustrated edition that say what they did not, and tables that
    nothing built."""
    shown = illustrate(built)
    every = [one for some in shown.pictures.values() for one in some]
    wanted = {_letters("".join(cells)) for cells in shown.tile_cells}
    wanted |= {_letters("".join(words(one))) for one in every}
    wanted |= {_letters(text) for one in every for text in (page_words(one), *table_words(one))}
    alike = {_DIGITS.sub("", text) for text in wanted}
    titles = [_letters(tile.title) for tile in shown.tiles]
    for left in read.left_out:
        text = _letters(left.text)
        named = titles and all(title in text for title in titles)
        drawn = left.why == CHART and (named or _DIGITS.sub("", text) in alike)
        if (drawn or left.why == STRANGE_TABLE) and text not in wanted:
            message = f"图块或表格与生成时的不同，或者是后来加的：“{left.text}”"
            yield Finding("GX837", message, left.place or FilePart(read.file), side=Side.REPORT)


_DIGITS = re.compile(r"\d+")
