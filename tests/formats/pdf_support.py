"""What the tests of the built-in PDF share: faces to print with, where words stand on a page."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from gxgen.document.blocks import compose
from gxgen.errors import EnvironmentProblemError
from gxgen.fonts.faces import folders
from gxgen.formats.pdf.typst_fonts import faces
from gxgen.formats.pdf.write import pdf_of
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Report
from tests.reports import FULL

RARE = "𡌴"
"""Held by no face that can be relied on to be there."""


@cache
def need_faces() -> None:
    """Skips where no Chinese face is installed; in CI that is a failure."""
    try:
        faces(folders())
    except EnvironmentProblemError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))


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
