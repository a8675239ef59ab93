"""Compares a report's page or fragment, read back, with the report that it was made from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from gxgen.diagnostics import Finding
from gxgen.document.blocks import Document, TableBlock, compose
from gxgen.document.comparison import Furniture, Medium, Wanted, compare, expected
from gxgen.document.illustrated.readback import CHART_DIFFERS, is_alike
from gxgen.document.page import DRAFT_MARK
from gxgen.formats.html.illustrated import set_apart
from gxgen.formats.html.page import html_title
from gxgen.formats.html.read import HtmlError, ReadPage, read_html
from gxgen.model.report import Report
from gxgen.places import FilePart

UNREADABLE, TEXT_DIFFERS, TABLE_DIFFERS = "GX634", "GX635", "GX636"


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
    blocks = list((document or compose(report)).blocks)
    mark: list[Wanted] = [(DRAFT_MARK, None)] if draft else []
    try:
        page = read_html(data.decode("utf-8") if isinstance(data, bytes) else data)
    except HtmlError as error:
        return [Finding(UNREADABLE, f"写好的网页读不回来：{error}。", FilePart(medium.file))]
    except UnicodeDecodeError:
        return [Finding(UNREADABLE, "写好的网页读不回来：不是UTF-8。", FilePart(medium.file))]
    found = list(compare([*mark, *expected(blocks)], page.items, medium, furniture))
    if isinstance(data, bytes):
        tables = [block.table for block in blocks if isinstance(block, TableBlock)]
        found += _named(page, html_title(report, draft=draft), medium)
        found += _illustrations(page, set_apart(blocks), medium)
        found += _captions(page, [_section_title(report, table) for table in tables], medium)
    return found


def _named(page: ReadPage, name: str, medium: Medium) -> Iterator[Finding]:
    if page.name != name:
        message = f"网页的名称应为“{name}”，写成了“{page.name or ''}”。"
        yield Finding(TEXT_DIFFERS, message, FilePart(medium.file), quote=page.name)


def _illustrations(page: ReadPage, wanted: list[list[str]], medium: Medium) -> Iterator[Finding]:
    """The tiles and charts of an illustrated edition, each with all its words and figures."""
    if page.set_apart == wanted:
        return
    left = list(page.set_apart)
    missing = [texts for texts in wanted if not _taken(left, texts)]
    faults = []
    for texts in missing:
        near = next((have for have in left if is_alike(texts, have)), None)
        if near is None and len(missing) == len(left) == 1:
            near = left[0]
        if near is None:
            faults.append(f"缺少图或图块“{texts[0]}”。")
        else:
            left.remove(near)
            pairs = zip_longest(texts, near, fillvalue="")
            first, instead = next(pair for pair in pairs if pair[0] != pair[1])
            said = f"应为“{first}”，写成了“{instead}”"
            faults.append(f"图或图块“{texts[0]}”与报告不同：{said}。")
    faults += [f"多出图或图块“{texts[0] if texts else ''}”。" for texts in left]
    for fault in faults or ["图和图块的次序与报告不同。"]:
        yield Finding(CHART_DIFFERS, f"写好的网页里，{fault}", FilePart(medium.file))


def _taken(left: list[list[str]], texts: list[str]) -> bool:
    if texts not in left:
        return False
    left.remove(texts)
    return True


def _captions(page: ReadPage, titles: list[str], medium: Medium) -> Iterator[Finding]:
    """A table's caption is read out before it: it is the title of the table's section."""
    for number, (have, want) in enumerate(zip(page.captions, titles, strict=False), 1):
        if have != want:
            message = f"表格的名称应为“{want}”，写成了“{have or ''}”。"
            yield Finding(TABLE_DIFFERS, message, medium.cell(number))


def _section_title(report: Report, table: str) -> str:
    return next(section.title for section in report.edition.sections if section.table == table)
