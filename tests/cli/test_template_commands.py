"""``gxgen template new | check --comments | preview``, as a designer uses them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from gxgen.cli import main
from tests.formats.soundness import package_faults
from tests.support import ROOT


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _spoiled(path: Path, old: str, new: str) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    text = members["word/document.xml"].decode()
    assert old in text
    members["word/document.xml"] = text.replace(old, new, 1).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    path.write_bytes(out.getvalue())


def test_a_new_style_passes_and_is_shown(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "new", "我县"]) == 0
    assert main(["template", "check", "我县"]) == 0
    assert main(["template", "preview", "我县", "--year", "2024"]) == 0
    made = here / "output/我县样式预览2024.docx"
    assert f"已生成 {made.relative_to(here)}" in capsys.readouterr().out
    assert zipfile.is_zipfile(made)


def test_each_fault_becomes_a_comment(here: Path) -> None:
    assert main(["template", "new", "我县"]) == 0
    _spoiled(here / "templates/我县/report-2021.docx", "{{ title }}", "{{ titel }}")
    assert main(["template", "check", "我县", "--comments", "批注"]) == 1
    (copy,) = (here / "批注").iterdir()
    assert copy.name == "report-2021（批注）.docx"
    with zipfile.ZipFile(copy) as archive:
        assert "titel" in archive.read("word/comments.xml").decode()


def _comments(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/comments.xml").count(b"<w:comment ")


def test_the_page_s_promises_of_commented_copies(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """docs/templates.zh-CN.md, “检查”: the command as it stands there; a comment for each fault;
    two templates, two copies; nothing that is there is written over, and no template ever."""
    command = "template check 本县 --comments 有批注的模板.docx"
    assert f"gxgen {command}\n" in (ROOT / "docs/templates.zh-CN.md").read_text("utf-8")
    assert main(["template", "new", "本县"]) == 0
    one, other = (here / f"templates/本县/report-{year}.docx" for year in (2021, 2019))
    _spoiled(one, "{{ title }}", "{{ titel }}")
    originals = {path: path.read_bytes() for path in (one, other)}
    capsys.readouterr()
    assert main(command.split()) == 1
    copy = here / "有批注的模板.docx"
    told = capsys.readouterr().out
    assert _comments(copy) == told.count("GX6") > 0
    assert [one for one in package_faults(copy.read_bytes()) if "留有修订或批注" not in one] == []
    assert main(command.split()) == 1, "the same is no fault"
    copy.write_bytes(b"worked on")
    assert main(command.split()) == 2
    assert "--force" in capsys.readouterr().err
    assert copy.read_bytes() == b"worked on"
    assert main([*command.split(), "--force"]) == 1
    itself = ["template", "check", "本县", "--comments", str(one), "--force"]
    assert main(itself) == 2
    assert "就是模板本身" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in originals} == originals
    _spoiled(other, "{{ title }}", "{{ titel }}")
    assert main([*command.split()[:-1], "两份.docx"]) == 1
    assert {path.name for path in here.glob("两份*")} == {
        "两份（report-2019）.docx",
        "两份（report-2021）.docx",
    }


@pytest.mark.parametrize("name", ["official", "../x", "a/b", ""])
def test_a_name_that_cannot_be_is_refused(
    here: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "templates" / "official").mkdir(parents=True)
    assert main(["template", "new", name]) == 2
    said = capsys.readouterr().err
    assert said.strip()
    assert "Traceback" not in said


def test_a_file_that_is_not_used_is_told_once(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["template", "new", "我县"]) == 0
    (here / "templates/我县/report-2019.docx").rename(here / "templates/我县/报告.docx")
    capsys.readouterr()
    assert main(["template", "check", "我县"]) == 0
    out, err = capsys.readouterr()
    assert err.count("报告.docx") == 1
    assert out.splitlines() == [
        "report-2019.docx（来自自带的样式“official”）  没有问题",
        "report-2021.docx  没有问题",
    ]
