"""A text file beside a workbook: the agency's words written in Word or an editor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from gxgen.diagnostics import Finding
from gxgen.editions.schema import Edition
from gxgen.form.read.text import letters_told
from gxgen.model.narrative import PREAMBLE, Narrative
from gxgen.model.numbering import number_text, section_of, section_worded, written_number
from gxgen.model.outline import Line, assemble
from gxgen.places import FilePart
from gxgen.prose.frame import Framed, unframe
from gxgen.prose.raw import RawLine, RawTable, RawText, TooLongError
from gxgen.prose.tables import FormRows, form_rows

HEADING_LENGTH = 100
"""Longer paragraphs in a heading style are text that someone gave the wrong style."""

_UNREAD = ("GX051", "GX052", "GX053")
"""Codes of a file whose text nobody saw."""

_MOST_FINDINGS = 3_000
"""Of one file; the worst that was met has forty."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS = (
    (_OLE, "旧版 Word/WPS 格式或加了密码"),
    (b"{\\rtf", "RTF 格式"),
    (b"%PDF", "PDF"),
)


@dataclass(frozen=True, slots=True)
class NeighbourReading:
    """What a text file says; ``sign_off`` and ``title`` are its own and not part of the report.

    ``tables``: those of its tables that are the form's, whose figures the workbook holds.
    """

    narrative: Narrative
    findings: tuple[Finding, ...]
    sign_off: tuple[str, ...] = ()
    title: str | None = None
    agencies: tuple[str, ...] = ()
    under: str | None = None
    tables: tuple[RawTable, ...] = ()


def read_neighbour(data: bytes, file: str, edition: Edition) -> NeighbourReading:
    """Read a .docx, .md or .txt file; whatever is wrong with it comes back as findings."""
    try:
        raw = _raw(data, file)
    except TooLongError as error:
        raw = _refused(file, str(error))
    if len(raw.findings) > _MOST_FINDINGS:
        raw = _refused(file, f"有{len(raw.findings)}处要说明，超过{_MOST_FINDINGS}处")
    framed = unframe(raw.lines)
    findings = [*raw.findings, *_folded(raw), *_told(framed, file)]
    lines = _lines(edition, framed.body, findings)
    narrative, odd = assemble(edition, lines)
    if not framed.body and not any(f.code in _UNREAD for f in findings):
        odd = [Finding("GX075", f"{file} 里没有正文文字。", FilePart(file))]
    if framed.body and all(passage.mark == PREAMBLE for passage in narrative):
        narrative, odd = (), [_no_sections(edition, file, framed.body)]
    if len(findings) + len(odd) > _MOST_FINDINGS:
        why = f"有{len(findings) + len(odd)}处要说明，超过{_MOST_FINDINGS}处"
        return NeighbourReading((), tuple(_refused(file, why).findings))
    return NeighbourReading(
        narrative,
        (*findings, *odd),
        framed.sign_off,
        framed.title,
        framed.agencies,
        framed.under,
        tuple(raw.tables),
    )


def _refused(file: str, why: str) -> RawText:
    message = f"{file} {why}，不像一份报告的正文，没有读入。"
    hint = "只把报告的正文另存为一份新的文件再交。"
    return RawText(file, findings=[Finding("GX052", message, FilePart(file), hint=hint)])


def _raw(data: bytes, file: str) -> RawText:
    kind = next((name for magic, name in _OTHER_KINDS if data.startswith(magic)), None)
    suffix = PurePath(file).suffix.lower()
    if kind is not None or suffix not in (".docx", ".md", ".txt"):
        what = kind or f"“{suffix}”格式"
        message = f"{file} 是{what}，读不出来；请另存为没有密码的 .docx。"
        return RawText(file, findings=[Finding("GX051", message, FilePart(file))])
    if suffix == ".docx":
        from gxgen.prose.word import read_word

        return read_word(data, file)
    from gxgen.prose.plain import read_plain

    return read_plain(data, file, markdown=suffix == ".md")


def _lines(edition: Edition, raws: list[RawLine], findings: list[Finding]) -> list[Line]:
    """Lines with their level where the file's own marks tell it; the form's tables left out."""
    base = _section_depth(edition, raws)
    opening = {at: title for at, raw in enumerate(raws) if (title := _title(edition, raw, base))}
    if not any(section_of(edition, title) != PREAMBLE for title in opening.values()):
        opening |= _otherwise_numbered(edition, raws, findings)
    opening |= _worded(edition, raws, opening, base)
    lines: list[Line] = []
    stretch: list[RawLine] = []
    current = None
    for at, raw in enumerate(raws):
        title = opening.get(at)
        if title is None:
            stretch.append(raw)
            continue
        lines += _stretch(edition, current, stretch, base, findings)
        lines.append(Line(title, raw.place, 1))
        stretch, current = [], section_of(edition, title) or section_worded(edition, title)
    return lines + list(_stretch(edition, current, stretch, base, findings))


def _worded(
    edition: Edition, raws: list[RawLine], opening: dict[int, str], base: int
) -> dict[int, str]:
    """Titles in words of their own, by line: of sections that have no other, where they belong."""
    marks = {at: section_of(edition, title) or "" for at, title in opening.items()}
    found: dict[int, str] = {}
    for at, raw in enumerate(raws):
        mark = None if at in marks else section_worded(edition, raw.text)
        if mark is None or mark in marks.values() or (raw.depth or base) != base:
            continue
        before = max((m for line, m in marks.items() if line < at), default="")
        after = min((m for line, m in marks.items() if line > at), default="9")
        if written_number(raw.text) or raw.depth or before < mark < after:
            found[at] = raw.text
            marks[at] = mark
    return found


def _otherwise_numbered(
    edition: Edition, raws: list[RawLine], findings: list[Finding]
) -> dict[int, str]:
    """The titles of a file that numbers its sections 1. 2. …, by line; told once."""
    found = [
        (at, raw, bare)
        for at, raw in enumerate(raws)
        if (number := written_number(raw.text))
        and (bare := _bare_title(edition, raw))
        and section_of(edition, bare) == str(number.ordinal)
    ]
    for _, raw, bare in found[:1]:
        printed = f"{number_text(section_of(edition, bare) or '')}{bare}"
        message = (
            f"部分的标题写作“{raw.text}”，将印作“{printed}”；其余各部分的标题也这样改用“一、二、”。"
        )
        findings.append(Finding("GX043", message, raw.place, quote=raw.text))
    return {at: bare for at, _, bare in found}


def _stretch(
    edition: Edition,
    mark: str | None,
    raws: list[RawLine],
    base: int,
    findings: list[Finding],
) -> Iterator[Line]:
    """The lines of one section; in a section with a table, without that table's rows."""
    # A line in a heading style is never a table's.
    rows = form_rows([raw.text if raw.depth is None else "。" for raw in raws])
    if mark is None or not edition.section(mark).table:
        rows = rows if rows.whole else FormRows()
    findings += _rows_told(rows, raws)
    dropped = set(rows.lines)
    for at, raw in enumerate(raws):
        if at not in dropped:
            yield Line(raw.text, raw.place, _level(raw, base))


def _rows_told(rows: FormRows, raws: list[RawLine]) -> Iterator[Finding]:
    """Each table's rows once; a note where it surely is the form's own table as a whole."""
    if not rows.lines:
        return
    first, last = raws[rows.lines[0]], raws[rows.lines[-1]]
    odd = "".join(f"“{raws[at].text[:20]}”" for at in rows.odd[:3])
    message = (
        f"第{first.place.number}段到第{last.place.number}段里有 {len(rows.lines)} 行是规定表格的"
        f"标题和数字（开头是“{first.text[:20]}”），没有读入；数以工作簿里填的为准。"
        f"{f'其中{odd}不是规定的内容。' if odd else ''}"
    )
    code = "GX059" if rows.whole and not rows.odd else "GX055"
    yield Finding(code, message, first.place, quote=first.text[:20])
    strays = [raws[at] for at in rows.strays if raws[at].depth is None]
    if strays:
        quoted = "".join(f"“{raw.text[:20]}”" for raw in strays[:5])
        more = f"等 {len(strays)} 段" if len(strays) > 5 else ""
        message = f"{quoted}{more}夹在规定表格的行之间，不是规定的内容，已作为正文保留。"
        yield Finding("GX055", message, strays[0].place, quote=strays[0].text[:20])


def _section_depth(edition: Edition, raws: Sequence[RawLine]) -> int:
    """The depth of heading that the file uses for the six sections."""
    return min((raw.depth for raw in raws if raw.depth and _bare_title(edition, raw)), default=1)


def _title(edition: Edition, raw: RawLine, base: int) -> str | None:
    """The line, if it is a section's title; a heading of their depth may be numbered anyhow."""
    if section_of(edition, raw.text):
        return raw.text
    return _bare_title(edition, raw) if raw.depth == base else None


def _bare_title(edition: Edition, raw: RawLine) -> str | None:
    number = written_number(raw.text)
    bare = raw.text[len(number.token) :] if number else raw.text
    return bare if section_of(edition, bare) else None


def _level(raw: RawLine, base: int) -> int | None:
    """2–4 for a line that the file marks as a heading; None leaves it to its number."""
    if raw.depth is None or raw.depth <= base or len(raw.text) > HEADING_LENGTH:
        return None
    number = written_number(raw.text)
    if number is not None:
        return number.level if number.level > 1 else None
    return min(raw.depth - base + 1, 4)


def _told(framed: Framed, file: str) -> Iterator[Finding]:
    breaks = [line for line in framed.body if line.broken]
    if breaks:
        message = f"{file} 有 {len(breaks)} 处段内手动换行，换行后的文字已各自成段。"
        yield Finding("GX059", message, breaks[0].place)
    yield from _around(framed.furniture, "GX059", "不是正文")
    yield from _around(framed.strange, "GX056", "不像正文")


def _around(lines: Sequence[RawLine], code: str, what: str) -> Iterator[Finding]:
    """Lines around the text that are kept out, told once."""
    if lines:
        quoted = "".join(f"“{line.text[:30]}”" for line in lines[:6]) + (
            "等" if len(lines) > 6 else ""
        )
        message = f"标题、落款前后的 {len(lines)} 行{quoted}{what}，没有读入。"
        yield Finding(code, message, lines[0].place, quote=lines[0].text[:30])


def _folded(raw: RawText) -> Iterator[Finding]:
    if raw.odd:
        yield letters_told("".join(raw.odd), next(iter(raw.odd.values())))


def _no_sections(edition: Edition, file: str, body: list[RawLine]) -> Finding:
    titles = "、".join(f"“{s.title}”" for s in edition.sections if s.narrative)
    message = (
        f"{file} 里没有找到任何一个部分的标题（如{titles}），不知道文字属于哪一部分，没有读入。"
    )
    return Finding("GX057", message, FilePart(file), quote=body[0].text[:20])
