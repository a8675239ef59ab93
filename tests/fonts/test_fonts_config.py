"""The private fontconfig file: names lead to the faces chosen here, and nothing else changes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gxgen.document.blocks import compose
from gxgen.errors import EnvironmentProblemError
from gxgen.fonts.catalogue import faces
from gxgen.fonts.config import FILE_VARIABLE, configuration, fontconfig_file
from gxgen.fonts.faces import Role, folders, official
from gxgen.fonts.findings import texts_by_role
from gxgen.formats.docx.fill import render_docx
from gxgen.model.agency import Agency
from tests.formats.fonts_support import font, save
from tests.reports import make_report, passages, shipped
from tests.support import need_tool, soffice

RARE = "㙍䃅𠙶"
NARRATIVE = passages(
    ("0", None, f"本报告“{RARE}”依据条例编制，共3件。"),
    ("1", "总体情况"),
    ("1.1", f"主动公开{RARE}", "一段。"),
    ("1.1.1", "体制机制", "一段。"),
)
REPORT = make_report(narrative=NARRATIVE, agency=Agency(f"云垟县{RARE}镇人民政府"))
WORDS = "".join(text for texts in texts_by_role(compose(REPORT)).values() for text in texts)
LABELS = "".join(cell.text or "" for grid in REPORT.edition.grids.values() for cell in grid.cells)
COMMON = "".join(sorted(set(WORDS + LABELS + "0123456789—.") - set(RARE)))
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fontconfig")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own, and no other configuration."""
    monkeypatch.setenv("GXGEN_CACHE", str(tmp_path / "缓存 & <1>"))
    monkeypatch.delenv(FILE_VARIABLE, raising=False)
    return tmp_path / "缓存 & <1>"


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Stand-ins for some names, the official face for one, and a face with rare characters."""
    folder = tmp_path / "字库 & <2>"
    save(folder, "kai.ttf", font("楷体", COMMON, english="KaiTi"))
    save(folder, "fang.ttf", font("FandolFang", COMMON))
    for weight in (400, 700):
        save(folder, f"s{weight}.ttf", font("Noto Serif SC", COMMON + RARE, weight=weight))
    return folder


def matched(config: Path, asked: str) -> tuple[str, str]:
    """Family and file that fontconfig gives for a pattern."""
    done = subprocess.run(
        [need_tool("fc-match"), "-f", "%{family}\t%{file}", asked.replace("-", r"\-")],
        env={**os.environ, FILE_VARIABLE: str(config)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert not done.stderr
    family, file = done.stdout.split("\t")
    return family, file


def test_the_file_is_well_formed_and_names_the_system_s_own(made: Path) -> None:
    root = ElementTree.fromstring(fontconfig_file([made]).read_text(encoding="utf-8"))
    assert root.findtext("include") == "/etc/fonts/fonts.conf"
    assert [node.text for node in root.findall("dir")] == [str(made)]
    asked = [node.findtext("test/string") for node in root.findall("match")]
    assert asked == [name for role in Role if role is not Role.HEI for name in official(role)]


def test_same_fonts_give_the_same_file_and_others_another(made: Path, own_cache: Path) -> None:
    first = fontconfig_file([made])
    stamp = first.stat().st_mtime_ns
    assert fontconfig_file([made]) == first
    assert first.stat().st_mtime_ns == stamp
    assert first.is_relative_to(own_cache)
    save(made, "hei.ttf", font("黑体", COMMON))
    assert fontconfig_file([made]) != first


def test_a_spoilt_file_is_written_anew(made: Path) -> None:
    path = fontconfig_file([made])
    content = path.read_bytes()
    path.write_bytes(b"<fontconfig>")
    assert fontconfig_file([made]).read_bytes() == content


def test_the_file_is_not_included_in_itself(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = fontconfig_file([made])
    monkeypatch.setenv(FILE_VARIABLE, str(path))
    assert fontconfig_file([made]) == path
    monkeypatch.setenv(FILE_VARIABLE, "/somewhere/fonts.conf")
    assert '<include ignore_missing="yes">/somewhere/fonts.conf<' in configuration(
        [made], faces([made])
    )


def test_without_a_cache_the_file_lasts_as_long_as_the_process(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GXGEN_CACHE", "off")
    path = fontconfig_file([made])
    assert path.is_file()
    assert path.stat().st_mode & 0o077 == 0


def test_a_cache_that_cannot_be_written_is_told(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("")
    monkeypatch.setenv("GXGEN_CACHE", str(tmp_path / "taken"))
    with pytest.raises(EnvironmentProblemError, match="GXGEN_CACHE"):
        fontconfig_file([made])


@pytest.mark.tool
def test_every_name_leads_to_the_face_chosen_here(made: Path) -> None:
    need_tool("fc-match")
    there = faces([made])
    config = fontconfig_file([made])
    for role in (Role.TITLE, Role.BODY, Role.KAI, Role.SONG):
        chosen = there.choice(role).face
        for name in official(role):
            for asked in (name, f"{name}:lang=zh-cn"):
                assert matched(config, asked)[1] == str(chosen.path), asked


@pytest.mark.tool
def test_without_a_latin_face_digits_are_in_the_face_of_the_text(made: Path) -> None:
    need_tool("fc-match")
    config = fontconfig_file([made])
    assert matched(config, "Times New Roman") == matched(config, "仿宋_GB2312")


@pytest.mark.tool
def test_rare_characters_lead_to_the_face_that_follows(made: Path) -> None:
    config = fontconfig_file([made])
    assert matched(config, "仿宋_GB2312:charset=364d")[1] == str(made / "s400.ttf")
    assert matched(config, "仿宋_GB2312:charset=4e91")[1] == str(made / "fang.ttf")


@pytest.mark.tool
def test_other_names_go_where_they_went(made: Path) -> None:
    system = Path("/etc/fonts/fonts.conf")
    config = fontconfig_file([made])
    for name in ("Liberation Sans", "DejaVu Sans Mono"):
        assert matched(config, name) == matched(system, name)


@pytest.mark.tool
def test_libreoffice_embeds_the_faces_chosen_here_and_no_other(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdffonts = need_tool("pdffonts")
    where = (made, *folders())
    there = faces(where)
    docx = tmp_path / "a.docx"
    docx.write_bytes(render_docx(REPORT, shipped(REPORT.edition.id)))
    monkeypatch.setenv(FILE_VARIABLE, str(fontconfig_file(where)))
    pdf = soffice(docx, "pdf", tmp_path / "out", tmp_path / "profile")
    said = subprocess.run([pdffonts, str(pdf)], capture_output=True, text=True, check=True).stdout
    embedded = {re.sub(r"^[A-Z]{6}\+", "", line.split()[0]) for line in said.splitlines()[2:]}
    assert embedded
    used = {face.path for role in Role for face in there.chain(role)}
    used |= {p.with_name(p.name.replace("Regular", "Bold")) for p in used}
    known = {name for path in used if path.is_file() for name in postscript_names(path)}
    strange = {e for e in embedded if not any(plain(e).startswith(plain(k)) for k in known)}
    assert not strange
    assert {"KaiTi", "FandolFang"} <= embedded
    assert [name for name in embedded if "NotoSerif" in name]


def plain(name: str) -> str:
    """A name of a font as producers of PDF agree on it."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def postscript_names(path: Path) -> set[str]:
    """What a file's faces call themselves inside a PDF, from the tables of names and outlines."""
    from fontTools.ttLib import TTCollection, TTFont

    fonts = TTCollection(path).fonts if path.suffix == ".ttc" else [TTFont(path)]
    names = {str(n) for made in fonts for n in made["name"].names if n.nameID == 6}
    return names | {made["CFF "].cff.fontNames[0] for made in fonts if "CFF " in made}
