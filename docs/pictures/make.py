"""Makes the pictures of docs/templates.zh-CN.md: ``python docs/pictures/make.py``.

Needs LibreOffice and pdftoppm, and Pillow for small palette files (``pip install pillow``).
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from gxgen.checks.registry import diagnose
from gxgen.editions import EDITIONS
from gxgen.render.annotate import annotated
from gxgen.render.docx import render_docx
from gxgen.render.fonts import folders
from gxgen.render.fonts_config import fontconfig_file
from gxgen.render.lint import check_template
from gxgen.render.package import DOCUMENT, FixedZip, read_package
from gxgen.render.sample import sample_report
from gxgen.render.styles import style_templates
from gxgen.render.template import load_template

HERE = Path(__file__).parent
NEWEST = max(EDITIONS.values(), key=lambda e: e.first_year)
COLOURS = 16
DPI = 72
PLAIN = "writer_pdf_Export"
WITH_COMMENTS = PLAIN + ':{"ExportNotesInMargin":{"type":"boolean","value":"true"}}'
Crop = tuple[float, float, float, float]
"""Left, top, right, bottom as shares of the page."""
PAGE: Crop = (0, 0, 1, 1)


def main() -> None:
    """Make them all."""
    path = {edition.id: path for edition, path in style_templates("official")}[NEWEST.id]
    shipped = path.read_bytes()
    restyled = restyle(shipped)
    faulty = spoilt(shipped)
    found = check_template(faulty, "report.docx", NEWEST)
    told = [diagnose(f, agency=None, year=None, file=None) for f in found]
    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(Path(folder))
        studio.shoot("template-tags", shipped, 1, (0.08, 0.08, 0.95, 0.62))
        studio.shoot("template-table", shipped, 4, (0.08, 0.1, 0.95, 0.5))
        studio.shoot("report", filled(shipped), 1)
        studio.shoot("report-restyled", filled(restyled), 1)
        studio.shoot(
            "template-comments", annotated(faulty, told), 1, (0, 0.06, 1, 0.6), WITH_COMMENTS
        )


def filled(template: bytes) -> bytes:
    """The invented report in a template."""
    return render_docx(sample_report(NEWEST), load_template(template, NEWEST))


def restyle(template: bytes) -> bytes:
    """What a designer may do in a minute: coloured headings, a line under the title."""
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
        self, name: str, docx: bytes, page: int, crop: Crop = PAGE, kind: str = PLAIN
    ) -> None:
        """A page of a document, or a part of it, as ``name.png``."""
        source = self.folder / f"{name}.docx"
        source.write_bytes(docx)
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        self._run("soffice", profile, "--headless", "--convert-to", f"pdf:{kind}", source)
        shot = self.folder / name
        pages = ("-f", str(page), "-l", str(page), "-singlefile")
        self._run("pdftoppm", "-png", "-r", str(DPI), *pages, shot.with_suffix(".pdf"), shot)
        with Image.open(shot.with_suffix(".png")) as image:
            width, height = image.size
            left, top, right, bottom = crop
            box = (
                round(left * width),
                round(top * height),
                round(right * width),
                round(bottom * height),
            )
            small = image.convert("RGB").crop(box).quantize(COLOURS, dither=Image.Dither.NONE)
            small.save(HERE / f"{name}.png", optimize=True)

    def _run(self, *command: str | Path) -> None:
        environment = {**os.environ, "FONTCONFIG_FILE": str(fontconfig_file(folders()))}
        subprocess.run(  # noqa: S603 - programs named here, files made here
            command, cwd=self.folder, env=environment, check=True, capture_output=True, timeout=180
        )


if __name__ == "__main__":
    main()
