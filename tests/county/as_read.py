"""A finished report as a stranger reads it: no module of gxgen helps, nor hides its fault.

A reading is every number that stands alone in a cell, in order, table by table, and all text
outside the tables without its white space, which a PDF does not keep.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from html.parser import HTMLParser
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree

from tests.support import need_tool

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_ALONE = re.compile(rf"(?<!\S){_NUMBER.pattern}(?!\S)")
_PAGE_NUMBER = re.compile(r"—\d+—")
_LEVELS = ("{}、", "（{}）", "{}.", "（{}）")
_CHINESE = "一二三四五六七八九十"


Record = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """What a document says; ``figures`` has a list for each table that holds any."""

    figures: list[list[str]]
    words: str


def squeezed(text: str) -> str:
    """The text without white space and the mark of the byte order."""
    return "".join(text.replace("\ufeff", "").split())


# -- what should be there ----------------------------------------------------------------------


def filed(workbook: Path, record: Record) -> list[list[str]]:
    """The figures of a form, sheet by sheet, in the order of rows and columns, as they are printed.

    The cells are found by their names with openpyxl; the record only says how money was written,
    and must hold the same values.
    """
    book = openpyxl.load_workbook(workbook, data_only=True)
    sheets = book.sheetnames
    found = []
    for name, defined in book.defined_names.items():
        key = name.removeprefix("gx.")
        if key in record["values"]:
            sheet, reference = next(iter(defined.destinations))
            cell = book[sheet][reference.replace("$", "").partition(":")[0]]
            assert Decimal(str(cell.value)) == Decimal(record["values"][key]), key
            found.append((sheets.index(sheet), cell.row, cell.column, str(record["values"][key])))
    assert len(found) == len(record["values"])
    return [[one[-1] for one in sheet] for _, sheet in groupby(sorted(found), itemgetter(0))]


def told(record: Record) -> list[str]:
    """Title, headings with their numbers, paragraphs and sign-off of a record, without spaces."""
    title = f"{record['agency']}{record['year']}年政府信息公开工作年度报告"
    lines = [title]
    for passage in record["narrative"]:
        if passage["heading"]:
            lines.append(_number(passage["section"]) + passage["heading"])
        lines += _filled(passage["text"], record).split("\n")
    return [line for line in map(squeezed, lines) if line]


def _filled(text: str, record: Record) -> str:
    """The counts that an invented agency calls by name, in their places."""
    for one in record.get("indicators", ()):
        text = re.sub(rf"\{{\{{\s*指标\.{re.escape(one['name'])}\s*\}}\}}", str(one["value"]), text)
    return text


def _number(mark: str) -> str:
    steps = mark.split(".")
    written = _CHINESE[int(steps[-1]) - 1] if len(steps) < 3 else steps[-1]
    return _LEVELS[len(steps) - 1].format(written)


# -- what is there -----------------------------------------------------------------------------


def read_docx(data: bytes) -> Reading:
    """The body of a DOCX; only the form's own tables bear a caption."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))[0]
    tables = [
        map(_of, table.iter(W + "tc"))
        for table in body.findall(W + "tbl")
        if table.find(f"{W}tblPr/{W}tblCaption") is not None
    ]
    return Reading(_numbers(tables), squeezed("".join(map(_of, body.findall(W + "p")))))


def _of(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(W + "t"))


def _numbers(tables: Iterable[Iterable[str]]) -> list[list[str]]:
    found = ([t for cell in cells if _NUMBER.fullmatch(t := squeezed(cell))] for cells in tables)
    return [numbers for numbers in found if numbers]


def read_html(data: bytes) -> Reading:
    """A page or a fragment; charts, tiles and pictures are left out."""
    reader = _Html()
    reader.feed(data.decode("utf-8"))
    reader.close()
    return Reading(_numbers(reader.tables), squeezed("".join(reader.words)))


class _Html(HTMLParser):
    """``inside`` counts what is open of the elements whose text is none of the report's words."""

    CELLS = ("td", "th")
    ASIDE = ("title", "style", "table", "figure", "ul")

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[str]] = []
        self.words: list[str] = []
        self.inside = 0
        self.in_cell = self.drawn = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside += tag in self.ASIDE
        if tag == "table":
            self.drawn = ("role", "presentation") in attrs
            self.tables += [] if self.drawn else [[]]
        elif tag in self.CELLS and not self.drawn:
            self.in_cell = True
            self.tables[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag in self.ASIDE
        self.in_cell = self.in_cell and tag not in self.CELLS

    def handle_data(self, data: str) -> None:
        if self.in_cell:
            self.tables[-1][-1] += data
        elif not self.inside:
            self.words.append(data)


def read_pdf(path: Path, record: Record) -> Reading:
    """What poppler prints of a PDF; a section of which the record says nothing is all table."""
    command = [need_tool("pdftotext"), "-raw", "-nopgbrk", str(path), "-"]
    printed = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    tables, title = _tables(record), told(record)[0]
    figures: list[list[str]] = []
    words: list[str] = []
    in_table = False
    for line in printed.splitlines():
        text = squeezed(line)
        if _PAGE_NUMBER.fullmatch(text) or text == title:  # which heads every illustrated page
            continue
        if text in tables:
            in_table = tables[text]
            figures += [[]] * in_table
        elif in_table:
            figures[-1] = figures[-1] + _ALONE.findall(line)
            continue
        words.append(text)
    return Reading(figures, "".join(words))


def _tables(record: Record) -> dict[str, bool]:
    """The sections' headings as printed, and whether nothing but a table stands below."""
    narrative = record["narrative"]
    own = [passage for passage in narrative if passage["section"] in "123456"]
    assert len(own) == 6
    spoken = {p["section"].partition(".")[0] for p in narrative if p["text"] or "." in p["section"]}
    return {_number(p["section"]) + p["heading"]: p["section"] not in spoken for p in own}
