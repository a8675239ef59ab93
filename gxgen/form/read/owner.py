"""Whose a form is and of which year, read from the form alone and in a quarter of the time."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import NamedTuple

from gxgen.diagnostics import Finding
from gxgen.form.read.book import Book
from gxgen.form.read.file import FormFile, PartError, open_file
from gxgen.form.read.filling import Filling, filling_of
from gxgen.form.read.info import read_info
from gxgen.form.read.workbook import number_in, read_meta, read_workbook

_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"<dcterms:modified[^>]{0,400}>([\dTZ:.+-]{10,32})<")


class Owner(NamedTuple):
    """The agency and the year that a form names. ``agency`` is empty where nothing can be read;
    a form that bears no name has that of its file, as everywhere."""

    agency: str = ""
    year: int | None = None
    saved: str = ""
    """When it was last saved, as the program that saved it says: text that sorts."""


def owner_of(data: bytes, file: str) -> Owner:
    """Whose a workbook is. Never raises for what it holds."""
    opened = open_file(data, file)
    if isinstance(opened, Finding):
        return Owner()
    try:
        book = Book(opened)
        meta, info = read_meta(book), read_info(book)
    except PartError:
        return Owner()
    year = info.year or number_in(meta.get("year"))
    if not info.found and not meta:
        return Owner()
    return Owner(info.agency(meta.get("agency") or PurePath(file).stem).name, year, _saved(opened))


def _saved(file: FormFile) -> str:
    if _CORE not in file.package:
        return ""
    try:
        said = _MODIFIED.search(file.read(_CORE))
    except PartError:
        return ""
    return said[1].decode("ascii") if said else ""


def filling_in(data: bytes, file: str) -> Filling | None:
    """How far a workbook is filled; None where nobody can tell. Never raises for what it holds."""
    report = read_workbook(data, file).report
    return None if report is None else filling_of(report)
