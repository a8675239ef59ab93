"""Makes the manual's pictures, of templates and of the form: ``python -m tests.make_pictures``.

Needs LibreOffice, pdftoppm and fc-match, and Pillow for small palette files
(``pip install pillow``).
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader

from gxgen.checks.registry import diagnose
from gxgen.editions.declared import EDITIONS
from gxgen.fonts.config import fontconfig_file
from gxgen.fonts.faces import folders
from gxgen.form.write.workbook import blank_workbook
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.template import load_template
from gxgen.opc.package import DOCUMENT, FixedZip, read_package
from gxgen.templates.lint.annotate import annotated
from gxgen.templates.lint.check import check_template
from gxgen.templates.sample import sample_report
from gxgen.templates.styles import style_templates

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
NEWEST = max(EDITIONS.values(), key=lambda e: e.first_year)
COLOURS = 32
DPI = 72
BALLOON, SIZE, LINE, WORDS = 260, 13, 18, 18
"""A comment beside the page: pixels wide, of its letters and lines; characters of a line."""
NOTED = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
INK, PAPER = (192, 0, 0), (255, 244, 204)
Crop = tuple[float, float, float, float]
"""Left, top, right, bottom as shares of the page."""
PAGE: Crop = (0, 0, 1, 1)
FORM: tuple[tuple[str, int, Crop], ...] = (
    ("form-about", 3, (0.05, 0.03, 0.95, 0.43)),
    ("form-table", 5, (0.05, 0.03, 0.95, 0.82)),
    ("form-text", 8, (0.05, 0.03, 0.95, 0.43)),
)
"""Of the form: the sheet about the agency, table three, the text; which printed page it is."""


def main() -> None:
    """Make them all."""
    path = {edition.id: path for edition, path in style_templates("official")}[NEWEST.id]
    shipped = path.read_bytes()
    faulty = spoilt(shipped)
    found = check_template(faulty, "report-2021.docx", NEWEST)
    told = [diagnose(f, agency=None, year=None, file=None) for f in found]
    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(Path(folder))
        studio.shoot("template-tags", shipped, 1, (0.08, 0.08, 0.95, 0.62))
        studio.shoot("template-table", shipped, 3, (0.08, 0.1, 0.95, 0.52))
        studio.shoot("report", filled(shipped), 1)
        studio.shoot("report-restyled", filled(restyled(shipped)), 1)
        studio.shoot("template-comments", annotated(faulty, told), 1, (0, 0.06, 1, 0.91))
        form = filled_form()
        for name, page, crop in FORM:
            studio.shoot(name, form, page, crop, ".xlsx")


def filled_form() -> bytes:
    """The invented report as a clerk has filled it in, with one figure that does not add up."""
    report = sample_report(NEWEST)
    wrong = {"requests.granted.company": 99, "requests.granted.total": 122}
    told = {key: replace(report.entries[key], value=value) for key, value in wrong.items()}
    entries = {**report.entries, **told}
    return blank_workbook(NEWEST, report.year, fill=replace(report, entries=entries))


def filled(template: bytes) -> bytes:
    """The invented report in a template."""
    return render_docx(sample_report(NEWEST), load_template(template, NEWEST))


def restyled(template: bytes) -> bytes:
    """What a designer may do in a minute: other colours for the title and the headings."""
    members = read_package(template)
    styles = members["word/styles.xml"].decode()
    for name, colour in (("heading 1", "1F4E79"), ("heading 2", "2E75B6"), ("Title", "C00000")):
        head, mark, rest = styles.partition(f'<w:name w:val="{name}"/>')
        own, end, tail = rest.partition("</w:rPr>")
        at = min(own.index(child) for child in ("<w:spacing w:val", "<w:lang ") if child in own)
        styles = head + mark + own[:at] + f'<w:color w:val="{colour}"/>' + own[at:] + end + tail
    return FixedZip({**members, "word/styles.xml": styles.encode()}).build({})


def spoilt(template: bytes) -> bytes:
    """Four faults on the first page, as they happen in Word."""
    members = read_package(template)
    text = members[DOCUMENT].decode()
    for old, new in (
        ("{{ title }}", "{{ titel }}"),
        ("{%p elif block.heading3 %}", "{%p elif block.heading3 }"),
        ("{{ block.lead }}", "｛｛ block.lead ｝｝"),
        ("一、总体情况", "一、总体概况"),
    ):
        text = text.replace(old, new, 1)
    return FixedZip({**members, DOCUMENT: text.encode()}).build({})


class Studio:
    """Turns documents into pictures of a page, by LibreOffice with a profile of its own."""

    def __init__(self, folder: Path) -> None:
        """Work in that folder, which is thrown away."""
        self.folder = folder

    def shoot(
        self, name: str, file: bytes, page: int, crop: Crop = PAGE, suffix: str = ".docx"
    ) -> None:
        """A page of a document, or a part of it, as ``name.png``; its comments stand beside it."""
        source = self.folder / f"{name}{suffix}"
        source.write_bytes(file)
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        self._run(
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            NOTED if suffix == ".docx" else "pdf",
            source,
        )
        shot, pdf = self.folder / name, self.folder / f"{name}.pdf"
        pages = ("-f", str(page), "-l", str(page), "-singlefile")
        self._run("pdftoppm", "-png", "-r", str(DPI), *pages, pdf, shot)
        with Image.open(shot.with_suffix(".png")) as image:
            picture = self._with_comments(image.convert("RGB"), list(_comments(pdf, page)))
        left, top, right, bottom = (
            round(share * length) for share, length in zip(crop, picture.size * 2, strict=True)
        )
        small = picture.crop((left, top, right, bottom)).quantize(
            COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
        small.save(PICTURES / f"{name}.png", optimize=True)

    def _with_comments(self, page: Image.Image, comments: list[Any]) -> Image.Image:
        """The page and what its comments say; text and places are the PDF's own."""
        if not comments:
            return page
        wide = Image.new("RGB", (page.width + BALLOON, page.height), "white")
        wide.paste(page)
        draw, floor = ImageDraw.Draw(wide), 0.0
        font = ImageFont.truetype(self._run("fc-match", "-f", "%{file}", "sans:lang=zh-cn"), SIZE)
        for comment in comments:
            _, _, right, top = map(float, comment["/Rect"])
            lines = list(_lines(comment["/Contents"]))
            start = max(page.height - top, floor)
            floor = start + LINE * len(lines) + 14
            box = (page.width - 20, start, wide.width - 10, floor - 6)
            draw.line((right, page.height - top + 8, box[0], start + 8), fill=INK)
            draw.rectangle(box, fill=PAPER, outline=INK)
            for number, words in enumerate(lines):
                place = box[0] + 6, start + 3 + LINE * number
                draw.text(place, words, fill="black", font=font)
        return wide

    def _run(self, *command: str | Path) -> str:
        environment = {**os.environ, "FONTCONFIG_FILE": str(fontconfig_file(folders()))}
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=180,
        )
        return done.stdout


def _comments(pdf: Path, page: int) -> Iterator[Any]:
    """The comments of a page, from the top down."""
    notes = [note.get_object() for note in PdfReader(pdf).pages[page - 1].get("/Annots", ())]
    comments = [note for note in notes if note["/Subtype"] == "/Text"]
    yield from sorted(comments, key=lambda note: -float(note["/Rect"][3]))


def _lines(text: str) -> Iterator[str]:
    """A comment's text in lines that fit."""
    for paragraph in text.splitlines():
        width, line = 0.0, ""
        for letter in paragraph:
            width += 0.55 if letter.isascii() else 1
            if width > WORDS:
                yield line
                width, line = 0.0, ""
            line += letter
        yield line


if __name__ == "__main__":
    main()
