"""Compares a report's page or fragment, read back, with the report that it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gxgen.diagnostics import Finding
from gxgen.document.blocks import (
    NUMBERED,
    Block,
    Document,
    PictureBlock,
    TableBlock,
    compose,
)
from gxgen.document.cell import squash
from gxgen.document.comparison import Furniture, Medium, Wanted, Written, compare, expected
from gxgen.document.illustrated.readback import CHART_DIFFERS, is_alike
from gxgen.document.page import DRAFT_MARK
from gxgen.document.quoting import apart, short
from gxgen.formats.html.illustrated import set_apart
from gxgen.formats.html.measured import page_faults
from gxgen.formats.html.measured_cells import fragment_faults
from gxgen.formats.html.page import html_title
from gxgen.formats.html.pictured_fragment import words_of as fragment_words
from gxgen.formats.html.read import HtmlError, ReadPage, read_html
from gxgen.model.report import Report
from gxgen.places import FilePart

UNREADABLE, TEXT_DIFFERS, TABLE_DIFFERS = "GX634", "GX635", "GX636"
_DIGITS = re.compile(r"\d+")


def verify_html(
    data: bytes | str,
    report: Report,
    furniture: Furniture = (),
    document: Document | None = None,
    *,
    draft: bool = False,
) -> list[Finding]:
    """What differs between the page (bytes) or fragment (text) and the report; empty if nothing.

    ``furniture``: other text that may stand between the report's. ``document``: the report's
    blocks, where they have been composed already. ``draft``: the page must say that it is one.
    """
    medium = Medium(f"{report.title}.html", "网页", TEXT_DIFFERS, TABLE_DIFFERS)
    document = document or compose(report)
    blocks = list(document.blocks)
    mark: list[Wanted] = [(DRAFT_MARK, None)] if draft else []
    try:
        page = read_html(data.decode("utf-8") if isinstance(data, bytes) else data)
    except HtmlError as error:
        return [Finding(UNREADABLE, f"写好的网页读不回来：{error}。", FilePart(medium.file))]
    except UnicodeDecodeError:
        return [Finding(UNREADABLE, "写好的网页读不回来：不是UTF-8。", FilePart(medium.file))]
    names = {squash(shown): own for shown, own in document.headings_shown.items()}
    items = [
        one if one.level != NUMBERED else replace(one, text=names.get(squash(one.text), one.text))
        for one in page.items
    ]
    told: list[Finding] = []
    if isinstance(data, str):
        items, told = _without_pictures(page, items, blocks, medium)
    wanted = list(expected(blocks))
    at = next((n for n, one in enumerate(items) if one.text == DRAFT_MARK), 0) if draft else 0
    found = list(compare([*wanted[:at], *mark, *wanted[at:]], items, medium, furniture))
    found += told
    if isinstance(data, bytes):
        tables = [block.table for block in blocks if isinstance(block, TableBlock)]
        found += _named(page, html_title(report, draft=draft), medium)
        told = list(_illustrations(page, set_apart(blocks), medium))
        found += told or _drawn(page_faults(page.set_apart, blocks), medium)
        found += _captions(page, [_section_title(report, table) for table in tables], medium)
    return found


def _without_pictures(
    page: ReadPage, items: list[Written], blocks: list[Block], medium: Medium
) -> tuple[list[Written], list[Finding]]:
    """A fragment's items without the tables that its pictures are made of, and what is wrong with
    those: each digit of them is read, in their order, then the widths that are drawn to measure."""
    pictures = [b.picture for b in blocks if isinstance(b, PictureBlock)]
    want = "".join(map(fragment_words, pictures))
    if not want:
        return items, []
    grids = [block.grid for block in blocks if isinstance(block, TableBlock)]
    sizes = {(grid.rows, grid.columns, len(grid.cells)) for grid in grids}
    own, have, looks = [], [], []
    of_tables = iter(page.looks)
    for item in items:
        look = [] if item.table is None else next(of_tables)
        if item.table is None or (*item.table[:2], len(item.table[2])) in sizes:
            own.append(item)
        else:
            have += [squash(cell.text) for cell in item.table[2]]
            looks.append(look)
    if "".join(have) == want:
        return own, list(_drawn(fragment_faults(looks, pictures), medium))
    right, now = apart(want, "".join(have))
    message = f"写好的网页片段里，图示应为“{right}”，写成了“{now}”。"
    return own, [Finding(CHART_DIFFERS, message, FilePart(medium.file))]


def _drawn(faults: Iterator[str], medium: Medium) -> Iterator[Finding]:
    """What is drawn to measure and does not have the measure of its figure; asked of pictures
    whose words are right, since by these the drawings are known."""
    return (Finding(CHART_DIFFERS, f"写好的网页里，{one}", FilePart(medium.file)) for one in faults)


def _named(page: ReadPage, name: str, medium: Medium) -> Iterator[Finding]:
    if page.name != name:
        message = f"网页的名称应为“{name}”，写成了“{page.name or ''}”。"
        yield Finding(TEXT_DIFFERS, message, FilePart(medium.file), quote=page.name)


def _illustrations(page: ReadPage, wanted: list[list[str]], medium: Medium) -> Iterator[Finding]:
    """The tiles, charts and pictures of an illustrated edition, each with all its words and
    figures; how they are cut into elements means nothing."""
    left, missing = [one.texts for one in page.set_apart], []
    whole = [squash("".join(texts)) for texts in left]
    if whole == [squash("".join(texts)) for texts in wanted]:
        return
    for texts in wanted:
        if (text := squash("".join(texts))) in whole:
            del left[at := whole.index(text)], whole[at]
        else:
            missing.append(texts)
    faults = [_fault(texts, left, alone=len(missing) == len(left) == 1) for texts in missing]
    faults += [f"多出图或图块“{short(''.join(texts))}”。" for texts in left]
    for fault in faults or ["图和图块的次序与报告不同。"]:
        yield Finding(CHART_DIFFERS, f"写好的网页里，{fault}", FilePart(medium.file))


def _fault(texts: list[str], left: list[list[str]], *, alone: bool) -> str:
    """What is wrong with a drawing that is not there as it should be; what is taken for it, is no
    longer left."""
    text = squash("".join(texts))
    bare = _DIGITS.sub("", text)
    near = next(
        (
            have
            for have in left
            if alone or is_alike(texts, have) or _DIGITS.sub("", squash("".join(have))) == bare
        ),
        None,
    )
    if near is None:
        return f"缺少图或图块“{short(text)}”。"
    left.remove(near)
    right, now = apart(text, squash("".join(near)))
    return f"图或图块“{short(text)}”与报告不同：应为“{right}”，写成了“{now}”。"


def _captions(page: ReadPage, titles: list[str], medium: Medium) -> Iterator[Finding]:
    """A table's caption is read out before it: it is the title of the table's section."""
    for number, (have, want) in enumerate(zip(page.captions, titles, strict=False), 1):
        if have != want:
            message = f"表格的名称应为“{want}”，写成了“{have or ''}”。"
            yield Finding(TABLE_DIFFERS, message, medium.cell(number))


def _section_title(report: Report, table: str) -> str:
    return next(section.title for section in report.edition.sections if section.table == table)
