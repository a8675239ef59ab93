"""One table of limits: what a stranger's file may weigh, each with the largest that was met.

What is beyond them is refused before anything is made of it. They are numbers alone, so that the
size of a file can be looked at without the libraries that read it.
"""

from __future__ import annotations

from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """What a package may weigh, whatever its headers declare; sizes in bytes.

    ``part``: the largest part that is unpacked; ``unpacked``: all parts together, as declared;
    ``ratio``: how many times its packed size a package beyond :data:`RATIO_MATTERS` may be;
    ``read``: all parts together that a reader asks for; ``marks``: :func:`marks_of` all of them.
    """

    file: int
    parts: int
    part: int
    unpacked: int | None = None
    ratio: int | None = None
    read: int | None = None
    marks: int | None = None


RATIO_MATTERS = 8 * MIB
FORM = Limits(
    20 * MIB,
    parts=2_000,
    part=16 * MIB,
    unpacked=200 * MIB,
    ratio=500,
    read=32 * MIB,
    marks=400_000,
)
"""An agency's workbook. Real sheets of spaces and repeats reach a ratio of about 100; a zip bomb
starts at 1000. The largest form met reads 170 KB in 13 parts, the largest 39 KB, with 12 000
marks."""
TEMPLATE = Limits(20 * MIB, parts=500, part=64 * MIB, unpacked=64 * MIB)
"""A style, and what is made of it: every part is unpacked."""
TEXT = Limits(64 * MIB, parts=5_000, part=16 * MIB, read=32 * MIB, marks=800_000)
"""A Word text beside the form, or a report just written: large only by its pictures. The largest
met reads 450 KB with 39 000 marks."""
MAX_XML = 16 * MIB
"""The largest XML part of a template."""
PLAIN = 5 * MIB
"""A text file; the longest report met has a hundredth of it."""
RECORD = 4 * MIB
"""A record in JSON; the longest report met takes a twentieth of it."""
LINES, LINE, WORDS = 10_000, 100_000, 2_000_000
"""Of the text beside a form: paragraphs, characters in one of them, and in all. A county of sixty
pages has 1500, 2000 and 60 000."""
CELL, FORMAT, NAME = 32_767, 255, 255
"""Characters that Excel can write into a cell, a number format, a name."""
KEPT = MIB
"""Bytes of a part that is kept for the next workbook, which mostly has the same."""
SHEETS = 200
"""Of a workbook; a form has eight, a county's folder of forms in one file would have a hundred."""

_READ = {
    ".xlsx": 4 * FORM.file,
    ".docx": 2 * TEXT.file,
    ".md": 4 * PLAIN,
    ".txt": 4 * PLAIN,
    ".json": RECORD,
}


def largest_file(ending: str) -> int:
    """How many bytes of a file are read into memory at all, by the ending of its name.

    A file somewhat above its limit is read, so that a finding tells its agency.
    """
    return _READ.get(ending.lower(), 2 * TEXT.file)
