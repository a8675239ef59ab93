"""One report in every format: what is written, by whom, and what happens when one cannot be."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from gxgen.county.batch import Options, Result, build_all
from gxgen.county.plan import plan
from gxgen.formats.registry import FORMATS, format_of
from gxgen.formats.wanted import PdfEngine
from tests.county.test_incremental import NAMES, YEAR, Project, visible
from tests.support import need_tool

TITLE = f"{YEAR}年政府信息公开工作年度报告"
HERE = ("docx", "html", "fragment", "pdf")
"""What needs no other program."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path)


def build(
    project: Project,
    formats: Sequence[str] = (),
    *,
    engine: PdfEngine | None = None,
    workers: int = 1,
    output: str = "output",
    prune: bool = False,
) -> Result:
    jobs = plan([project.inputs], project.root / output)
    options = Options(formats=tuple(formats), engine=engine, workers=workers, chunk=1, prune=prune)
    return build_all(jobs, options)


def files_of(project: Project, name: str = NAMES[0], output: str = "output") -> dict[str, bytes]:
    """An agency's files by format."""
    return {
        kind: path.read_bytes()
        for path in (project.root / output / str(YEAR)).iterdir()
        if path.name.startswith(name + TITLE) and (kind := format_of(path.name))
    }


@pytest.mark.parametrize("kind", FORMATS)
def test_a_name_tells_its_format(kind: str) -> None:
    assert format_of("某局" + TITLE + FORMATS[kind].ending) == kind


def test_each_format_is_written_and_the_page_links_to_it(project: Project) -> None:
    result = build(project, HERE)
    assert result.exit_status == 0, [d.message for d in result.diagnostics]
    files = files_of(project)
    assert files.keys() == set(HERE)
    assert files["pdf"].startswith(b"%PDF-")
    assert files["html"].startswith(b"<!DOCTYPE html>")
    assert b"<style" not in files["fragment"]
    page = (project.root / f"output/{YEAR}/index.html").read_text(encoding="utf-8")
    for word in ("DOCX", "HTML", "PDF"):
        assert page.count(f">{word}</a>") == 3
    manifest = json.loads((project.root / f"output/{YEAR}/build.json").read_bytes())
    assert {len(unit["outputs"]) for unit in manifest["units"]} == {len(HERE)}


def test_the_same_bytes_again_however_many_work(project: Project) -> None:
    for workers in (1, 2):
        build(project, HERE, workers=workers, output=f"o{workers}")
    assert visible(project.root / "o1") == visible(project.root / "o2")


def test_a_format_no_longer_wanted_is_withdrawn_on_request(project: Project) -> None:
    build(project, ("docx", "html"))
    assert not build(project, ("docx",)).removed
    assert files_of(project).keys() == {"docx", "html"}
    result = build(project, ("docx",), prune=True)
    assert files_of(project).keys() == {"docx"}
    assert {path.suffix for path in result.removed} == {".html"}
    assert {unit.causes for unit in result.outcomes} == {("县的设置",)}


def test_the_county_s_settings_choose_and_nothing_changes_twice(project: Project) -> None:
    path = project.inputs / "county.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f'formats = ["html", "pdf"]\npdf = "builtin"\n{text}', encoding="utf-8")
    build(project)
    assert files_of(project).keys() == {"html", "pdf"}
    assert {unit.word for unit in build(project).outcomes} == {"unchanged"}


def test_auto_is_the_built_in_engine_only_for_the_style_as_shipped(project: Project) -> None:
    need_tool("soffice")
    assert any("内置排版" in remark for remark in build(project, ("pdf",)).remarks)
    built_in = files_of(project)["pdf"]
    project.restyle(46)
    result = build(project, ("pdf",), workers=2)
    assert result.exit_status == 0, [unit.faults for unit in result.outcomes]
    assert any("LibreOffice" in remark for remark in result.remarks)
    assert files_of(project)["pdf"] != built_in
    assert {unit.word for unit in build(project, ("pdf",), workers=2).outcomes} == {"unchanged"}


def test_libreoffice_gives_the_same_pdf_again_and_a_doc(project: Project) -> None:
    need_tool("soffice")
    for output in ("o1", "o2"):
        build(project, ("pdf", "doc"), engine=PdfEngine.LIBREOFFICE, workers=2, output=output)
    first, second = files_of(project, output="o1"), files_of(project, output="o2")
    assert first.keys() == {"pdf", "doc"}
    assert first["pdf"] == second["pdf"]
    assert first["doc"].startswith(b"\xd0\xcf\x11\xe0")


def test_without_libreoffice_it_says_what_to_do(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from gxgen.cli import main

    monkeypatch.setenv("GXGEN_SOFFICE", str(project.root / "none"))
    assert main(["build", "--format", "doc,docx,html", "--quiet"]) == 2
    said = capsys.readouterr().err
    assert said.count("不是可以运行的程序") == 1, "what to do is said once"
    assert "Traceback" not in said
    assert files_of(project).keys() == {"docx", "html"}
    monkeypatch.undo()
    monkeypatch.chdir(project.root)
    assert main(["build", "--format", "docx,html", "--quiet"]) == 0


def test_a_converter_that_fails_is_told_and_the_other_formats_stand(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub = project.root / "soffice"
    stub.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    stub.chmod(0o755)
    monkeypatch.setenv("GXGEN_SOFFICE", str(stub))
    result = build(project, ("docx", "html", "doc"))
    assert files_of(project).keys() == {"docx", "html"}
    assert result.exit_status == 2
    assert all(unit.judgement.agency in "".join(unit.faults) for unit in result.outcomes)
    monkeypatch.undo()
    monkeypatch.chdir(project.root)
    # What is wanting is tried again.
    assert {unit.word for unit in build(project, ("docx", "html")).outcomes} == {"built"}
