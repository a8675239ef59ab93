"""Every format is made, read back and told of by codes; one without a verifier is none."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import gxgen.formats
from gxgen.checks.registry import homes
from gxgen.formats.docx.declaration import DOCX
from gxgen.formats.format import Converter, Format, Writer
from gxgen.formats.registry import FORMATS, format_of
from gxgen.formats.wanted import PdfEngine, Wanted
from gxgen.formats.writing import write
from tests.reports import real_report, shipped
from tests.support import sample_reports

EACH = pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)


def _nobody(*_: object) -> bytes:
    return b""


def test_a_format_without_a_verifier_cannot_be_declared() -> None:
    with pytest.raises(TypeError, match="verify"):
        Writer(_nobody)  # type: ignore[call-arg]
    for maker in (
        {"writer": Writer(_nobody, None)},  # type: ignore[arg-type]
        {"converter": Converter("doc", None)},  # type: ignore[arg-type]
        {},
    ):
        with pytest.raises(TypeError, match="rtf"):
            Format("rtf", "RTF", ".rtf", ("GX621",), **maker)  # type: ignore[arg-type]


def test_a_format_without_codes_cannot_be_declared() -> None:
    with pytest.raises(TypeError, match="docx"):
        replace(DOCX, codes=())


@EACH
def test_names_endings_and_codes(form: Format) -> None:
    assert FORMATS[form.name] is form
    assert form.ending.endswith(".html" if form.name == "fragment" else f".{form.name}")
    assert format_of("某局2023年报告" + form.ending) == form.name
    assert set(form.codes) <= homes().keys()


def test_every_code_that_a_reader_back_names_belongs_to_a_format() -> None:
    home = Path(gxgen.formats.__file__).parent
    found = {
        code
        for path in home.rglob("*.py")
        for code in re.findall(r'"(GX6[23]\d)"', path.read_text(encoding="utf-8"))
    }
    assert found == {code for form in FORMATS.values() for code in form.codes}


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.writer])
def test_what_is_written_is_verified(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    report = real_report(sorted(sample_reports())[0])
    made = write(report, shipped(report.edition.id), Wanted((name,)))
    assert made.faults == [] and set(made.files) == {name}
    writer = FORMATS[name].writer
    assert writer is not None
    broken = replace(FORMATS[name], writer=replace(writer, write=lambda _: b"\xef\xbb\xbf<broken"))
    monkeypatch.setattr("gxgen.formats.writing.FORMATS", {**FORMATS, name: broken})
    found = write(report, shipped(report.edition.id), Wanted((name,))).faults
    assert found and {one.code for one in found} <= set(broken.codes)


@EACH
@pytest.mark.parametrize("engine", [PdfEngine.BUILTIN, PdfEngine.LIBREOFFICE])
def test_each_format_has_one_maker(form: Format, engine: PdfEngine) -> None:
    wanted = Wanted((form.name,), engine)
    assert (form.name in wanted.of_office) != (form.name in wanted.made_here)
    assert ("docx" in wanted.made_here) == (form is DOCX or bool(wanted.of_office))


def test_the_declarations_load_no_writer() -> None:
    code = "import sys, gxgen.formats.wanted\nprint(*(m for m in sys.modules if 'gxgen' in m))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    declared = {name for name in loaded if name.endswith((".declaration", ".format"))}
    packages = {name for name in loaded if name.count(".") < 3} | declared
    home = Path(gxgen.formats.__file__).parent
    folders = {path.parent.name for path in home.glob("*/declaration.py")}
    lying = {f"gxgen.formats.{folder}.declaration" for folder in folders}
    assert declared == {*lying, "gxgen.formats.format"} and loaded == packages
    assert not loaded & {"gxgen.diagnostics", "gxgen.document", "gxgen.model", "gxgen.errors"}
