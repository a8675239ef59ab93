"""What the tests of the built-in PDF share: faces to print with, where words stand on a page."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from benchmarks import pages as measure
from gxgen.document.blocks import compose
from gxgen.errors import EnvironmentProblemError
from gxgen.fonts.catalogue import Catalogue, own_faces
from gxgen.fonts.catalogue import faces as catalogue_of
from gxgen.fonts.faces import folders
from gxgen.formats.pdf.typst_fonts import faces
from gxgen.formats.pdf.write import pdf_of
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Report
from tests.reports import FULL
from tests.support import missing

RARE = "𡌴"
"""Held by no face that can be relied on to be there."""


@cache
def need_faces() -> None:
    """Skips where no Chinese face is installed; in CI that is a failure."""
    try:
        faces(folders())
    except EnvironmentProblemError as error:
        missing(str(error))


@contextmanager
def only_faces(
    begins: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Catalogue]:
    """A machine that has these font files and no other, for the measure of pages too."""
    for file in {face.path for face in own_faces().faces}:
        if file.name.startswith(begins):
            shutil.copy(file, folder)
    for one in begins:
        if not list(folder.glob(f"{one}*")):
            missing(f"{one} 没有安装；运行 sh tests/tools/install.sh")
    there = catalogue_of([folder])
    monkeypatch.setattr(measure, "own_faces", lambda: there)
    measure._announced.cache_clear()
    try:
        yield there
    finally:
        measure._announced.cache_clear()


def printable(narrative: tuple[Passage, ...] = FULL) -> tuple[Passage, ...]:
    """The same words without a character that the faces of this machine may lack."""
    return tuple(
        replace(
            passage,
            paragraphs=tuple(Paragraph(p.text.replace(RARE, "")) for p in passage.paragraphs),
        )
        for passage in narrative
    )


def written(report: Report, *, draft: bool = False) -> bytes:
    """The PDF of a report."""
    return pdf_of(compose(report), report, draft=draft)


def pages(data: bytes) -> list[PageObject]:
    """The pages of a PDF."""
    return list(PdfReader(io.BytesIO(data)).pages)


@dataclass(frozen=True)
class Piece:
    """A run of glyphs: its text, the start of its baseline in points from the upper left, size."""

    text: str
    x: float
    y: float
    size: float


def pieces(page: PageObject) -> list[Piece]:
    """What is drawn on a page, in the order in which it is drawn."""
    found = []

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text.strip():
            height = float(page.mediabox.height)
            found.append(Piece(text.strip(), cm[4] + tm[4], height - cm[5] - tm[5], size))

    page.extract_text(visitor_text=visit)
    return found
