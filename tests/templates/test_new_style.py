"""Styles of one's own: copied, holding only what they change, and looked at in a preview."""

from __future__ import annotations

from pathlib import Path

import pytest

from gxgen.checks import runner
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.errors import EnvironmentProblemError, UsageError
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.read import body_items, text_of
from gxgen.formats.docx.template import compile_template
from gxgen.formats.docx.verify import verify_docx
from gxgen.formats.docx.wordml import W, parse_xml
from gxgen.model.report import SignOff, SignOffForm
from gxgen.opc.package import DOCUMENT, FixedZip, read_package
from gxgen.templates.lint.check import check_template
from gxgen.templates.new_style import new_style
from gxgen.templates.preview import preview
from gxgen.templates.sample import sample_report
from gxgen.templates.styles import (
    SETTINGS,
    TEMPLATES,
    shipped_templates,
    source_of,
    style_templates,
    unused_files,
)
from tests.reports import make_report
from tests.support import soffice

STYLES = ("official", "illustrated")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project, and the working directory in it."""
    shipped_templates()
    monkeypatch.chdir(tmp_path)
    return tmp_path / TEMPLATES


def _paths(style: str) -> dict[str, Path]:
    return {edition.id: path.resolve() for edition, path in style_templates(style)}


@pytest.mark.parametrize("source", STYLES)
def test_a_new_style_is_a_copy_that_names_its_source(source: str, project: Path) -> None:
    made = new_style("本县", source, project)
    assert [path.name for path in made] == ["report-2019.docx", "report-2021.docx", SETTINGS]
    assert all(path.is_file() and path.parent == project / "本县" for path in made)
    assert {e: p.read_bytes() for e, p in _paths("本县").items()} == {
        e: p.read_bytes() for e, p in _paths(source).items()
    }
    assert sorted(p.name for p in project.iterdir()) == ["本县"]


@pytest.mark.parametrize("source", STYLES)
def test_what_is_deleted_comes_from_the_source(source: str, project: Path) -> None:
    new_style("本县", source, project)
    (project / "本县" / "report-2019.docx").unlink()
    paths = _paths("本县")
    assert paths["2021"] == (project / "本县" / "report-2021.docx").resolve()
    assert paths["2019"] == _paths(source)["2019"]
    (project / "本县" / "report-2021.docx").unlink()
    assert _paths("本县") == _paths(source)


def test_without_settings_nothing_else_fills_in(project: Path) -> None:
    (project / "甲").mkdir(parents=True)
    (project / "甲" / "report-2021.docx").write_bytes(_paths("illustrated")["2021"].read_bytes())
    assert "2019" not in _paths("甲")
    with pytest.raises(UsageError, match=r"“甲”没有2019年版.*report-2019\.docx.*from = "):
        preview("甲", EDITIONS["2019"])
    (project / "甲" / SETTINGS).write_text('from = "official"\n', encoding="utf-8")
    assert _paths("甲")["2019"] == _paths("official")["2019"]


@pytest.mark.parametrize("style", STYLES)
def test_without_settings_a_shipped_name_takes_the_rest_from_that(
    style: str, project: Path
) -> None:
    shipped = _paths(style)
    (project / style).mkdir(parents=True)
    (project / style / "report-2021.docx").write_bytes(shipped["2021"].read_bytes())
    assert _paths(style)["2019"] == shipped["2019"]


def test_a_former_name_means_the_edition_that_bore_it(project: Path) -> None:
    """``report.docx`` was the newest edition's; a newer one does not take the name over."""
    (project / "甲").mkdir(parents=True)
    own = project / "甲" / "report.docx"
    own.write_bytes(_paths("illustrated")["2021"].read_bytes())
    paths = _paths("甲")
    assert paths.pop("2021") == own.resolve()
    assert own.resolve() not in paths.values()
    assert unused_files("甲") == []


def test_a_style_named_as_a_shipped_one_takes_the_rest_from_it(project: Path) -> None:
    shipped = _paths("illustrated")
    (project / "illustrated").mkdir(parents=True)
    (project / "illustrated" / "report-2019.docx").write_bytes(shipped["2019"].read_bytes())
    (project / "illustrated" / SETTINGS).write_text('from = "illustrated"\n', encoding="utf-8")
    paths = _paths("illustrated")
    assert paths["2019"].parent == (project / "illustrated").resolve()
    assert paths["2021"] == shipped["2021"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('from = "乙"', "“乙”不存在"),
        ('from = "../official"', "不存在"),
        ('from = "甲"', "绕成了圈"),
        ("from = 3", "要写样式的名字"),
        ("from = ", "不是有效的 TOML"),
        ('form = "official"', "“form”不认识"),
        ("\x00", "不是有效的 TOML"),
        ("#" * 20_000, "太大"),
    ],
)
def test_wrong_settings_are_told(text: str, said: str, project: Path) -> None:
    new_style("甲", "official", project)
    (project / "甲" / SETTINGS).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        style_templates("甲")


def test_settings_in_another_encoding_are_told(project: Path) -> None:
    new_style("甲", "official", project)
    (project / "甲" / SETTINGS).write_bytes('# 来源\nfrom = "official"'.encode("gbk"))
    with pytest.raises(UsageError, match="UTF-8"):
        style_templates("甲")


def test_two_styles_that_come_from_each_other_are_told(project: Path) -> None:
    new_style("甲", "official", project)
    new_style("乙", "甲", project)
    (project / "甲" / SETTINGS).write_text('from = "乙"', encoding="utf-8")
    with pytest.raises(UsageError, match="绕成了圈"):
        style_templates("乙")


def test_an_empty_folder_is_no_style(project: Path) -> None:
    (project / "空").mkdir(parents=True)
    with pytest.raises(UsageError, match=r"没有 report-2019\.docx、report-2021\.docx"):
        style_templates("空")


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/b", "a\\b", "con", "COM1.x", " x", "x" * 61, "x."]
)
def test_names_that_are_no_folders_are_refused(name: str, project: Path) -> None:
    with pytest.raises(UsageError):
        new_style(name, "official", project)
    assert not project.exists()


def test_what_is_there_is_never_touched(project: Path) -> None:
    new_style("甲", "official", project)
    with pytest.raises(UsageError, match="已经存在"):
        new_style("甲", "illustrated", project)


def test_an_unwritable_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "templates").write_text("文件")
    with pytest.raises(EnvironmentProblemError, match="写不进去"):
        new_style("甲", "official", tmp_path / "templates")


@pytest.mark.parametrize("style", STYLES)
def test_the_preview_is_a_whole_report(style: str, edition: Edition) -> None:
    data = preview(style, edition)
    template = compile_template(_paths(style)[edition.id].read_bytes(), edition)
    report = sample_report(edition)
    assert verify_docx(data, report, template.furniture(report)) == []
    assert preview(style, edition) == data


def test_the_invented_report_holds_to_every_rule(edition: Edition) -> None:
    assert runner.run(sample_report(edition), []) == []


def test_the_preview_of_a_style_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="没有名为"):
        preview("没有这套", EDITIONS["2021"])


def _texts(data: bytes) -> list[str]:
    body = parse_xml(read_package(data)[DOCUMENT], DOCUMENT)[0]
    return [text_of(item) for item in body_items(body) if item.tag == W + "p"]


@pytest.mark.parametrize("style", STYLES)
def test_empty_blocks_leave_no_blank_paragraph(style: str, edition: Edition) -> None:
    """A report without a word and without a sign-off has no more than one with all of them."""
    template = compile_template(_paths(style)[edition.id].read_bytes(), edition)
    full, bare = (
        render_docx(report, template)
        for report in (
            make_report(edition.id),
            make_report(edition.id, narrative=(), sign_off=SignOff(SignOffForm.NONE)),
        )
    )
    assert _texts(bare).count("") <= _texts(full).count("")
    if style == "official":
        assert "" not in _texts(bare)


@pytest.mark.tool
@pytest.mark.parametrize("style", STYLES)
def test_a_template_saved_by_libreoffice_prints_the_same(
    style: str, edition: Edition, tmp_path: Path
) -> None:
    """It passes, or what LibreOffice changed is told; the text of a report is the same."""
    source = tmp_path / "report.docx"
    source.write_bytes(_paths(style)[edition.id].read_bytes())
    (tmp_path / "saved").mkdir()
    saved = soffice(source, "docx", tmp_path / "saved", tmp_path / "profile").read_bytes()
    told = [f.message for f in check_template(saved, "report.docx", edition)]
    empty_header = "第1节偶数页页眉里没有“{{ draft_mark }}”，草稿不能在每页标明。"
    assert told == ([] if style == "official" else [empty_header])
    report = sample_report(edition)
    before, after = (
        render_docx(report, compile_template(data, edition))
        for data in (source.read_bytes(), saved)
    )
    assert [t for t in _texts(after) if t] == [t for t in _texts(before) if t]
    assert verify_docx(after, report, compile_template(saved, edition).furniture(report)) == []


def test_a_hairs_width_column_is_no_column() -> None:
    """Word and LibreOffice leave such columns in a table; nobody sees them."""
    data = _paths("official")["2021"].read_bytes()
    members = read_package(data)
    xml = members[DOCUMENT].decode()
    head, last = xml[: xml.rindex("<w:tbl>")], xml[xml.rindex("<w:tbl>") :]
    last = last.replace('<w:gridCol w:w="590"/>', '<w:gridCol w:w="588"/><w:gridCol w:w="2"/>', 1)
    last = last.replace('<w:gridSpan w:val="5"/>', '<w:gridSpan w:val="6"/>', 1)
    rows = last.split("<w:tr>")
    for number in (2, 3, 4):
        at = rows[number].index("</w:tcPr>")
        at = rows[number].index('w:type="dxa"/>') + len('w:type="dxa"/>') if at else at
        rows[number] = rows[number][:at] + '<w:gridSpan w:val="2"/>' + rows[number][at:]
    made = FixedZip({**members, DOCUMENT: (head + "<w:tr>".join(rows)).encode()}).build({})
    assert check_template(made, "report.docx", EDITIONS["2021"]) == []
    report = sample_report(EDITIONS["2021"])
    template = compile_template(made, EDITIONS["2021"])
    assert verify_docx(render_docx(report, template), report, template.furniture(report)) == []


@pytest.mark.parametrize(
    "name", ["report-2019(1).docx", "报告.docx", "Report.DOCX", "report-2023.docx", "Style.toml"]
)
def test_a_file_under_another_name_is_told_with_the_names_that_are_read(
    name: str, project: Path
) -> None:
    new_style("甲", "official", project)
    assert unused_files("甲") == []
    (project / "甲" / name).write_bytes(b"")
    if len(list((project / "甲").iterdir())) == 3:
        pytest.skip("this disk takes the names for the same file")
    (said,) = unused_files("甲")
    assert str(TEMPLATES / "甲" / name) in said
    for read in ("report-2019.docx", "report-2021.docx", SETTINGS):
        assert read in said


def test_what_nobody_takes_for_a_template_is_not_told(project: Path) -> None:
    new_style("甲", "official", project)
    for name in ("~$report-2021.docx", ".DS_Store", ".报告.docx", "说明.txt", "国徽.png"):
        (project / "甲" / name).write_bytes(b"")
    assert unused_files("甲") == []


def test_of_two_names_for_one_edition_the_unused_is_told(project: Path) -> None:
    new_style("甲", "official", project)
    (project / "甲" / "report.docx").write_bytes(b"")
    assert _paths("甲")["2021"] == (project / "甲" / "report-2021.docx").resolve()
    (said,) = unused_files("甲")
    assert said.startswith(str(TEMPLATES / "甲" / "report.docx"))
    assert "report-2021.docx" in said


def test_files_of_the_style_that_another_comes_from_are_told_too(project: Path) -> None:
    new_style("甲", "official", project)
    new_style("乙", "甲", project)
    (project / "甲" / "报告.docx").write_bytes(b"")
    assert [str(TEMPLATES / "甲" / "报告.docx") in said for said in unused_files("乙")] == [True]


def test_a_folder_with_nothing_but_a_wrong_name_says_so(project: Path) -> None:
    (project / "甲").mkdir(parents=True)
    (project / "甲" / "报告.docx").write_bytes(b"")
    with pytest.raises(UsageError, match=r"报告\.docx 没有用上"):
        style_templates("甲")


def test_a_template_says_which_style_it_comes_from(project: Path) -> None:
    new_style("甲", "illustrated", project)
    (project / "甲" / "report-2019.docx").unlink()
    new_style("乙", "甲", project)
    (project / "乙" / "report-2021.docx").unlink()
    said = {edition.id: source_of("乙", path) for edition, path in style_templates("乙")}
    assert said["2021"] == "来自样式“甲”"
    (project / "乙" / "report-2019.docx").unlink()
    said = {edition.id: source_of("乙", path) for edition, path in style_templates("乙")}
    assert said["2019"] == "来自自带的样式“illustrated”"
    assert {source_of("甲", path) for _, path in style_templates("甲")} == {"", said["2019"]}
