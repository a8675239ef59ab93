"""Which face each official name gets, and which characters nothing can show."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from array import array
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gxgen.document.blocks import compose
from gxgen.fonts import faces as fonts_module
from gxgen.fonts.catalogue import Likeness, faces, visible
from gxgen.fonts.faces import VARIABLE, Role, folders, official, present, stack, stand_ins
from gxgen.fonts.findings import face_findings, glyph_findings, texts_by_role
from gxgen.fonts.sfnt import FaceData, faces_of
from gxgen.places import SheetCell
from tests.formats.fonts_support import font, save
from tests.reports import make_report, passages
from tests.support import ROOT

IN_FOLDER = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
CODES = st.characters(min_codepoint=0x20, exclude_categories=("Cs",))
INSTALLED = sorted(
    p for folder in folders() for p in folder.rglob("*") if p.suffix in (".ttf", ".otf")
)
COMMON = "本报告依据条例编制一二三四五六总体情况主动公开、（）：。0123456789年"


def held(face: FaceData) -> set[int]:
    """Every code point that is covered."""
    bounds = array("I", face.bounds)
    return {c for a, b in zip(bounds[::2], bounds[1::2], strict=True) for c in range(a, b)}


# What a file says of itself.


@IN_FOLDER
@given(characters=st.sets(CODES, min_size=1, max_size=60), run=st.integers(0x4E00, 0x9000))
def test_what_was_put_in_is_held_and_nothing_beside_it(
    tmp_path: Path, characters: set[str], run: int
) -> None:
    characters |= {chr(run + step) for step in range(40)}
    save(tmp_path, "a.ttf", font("仿宋", characters))
    (found,) = faces([tmp_path]).faces
    edges = {ord(c) + step for c in characters for step in (-1, 0, 1)} - set(range(0xD800, 0xE000))
    assert {chr(code) for code in edges if chr(code) in found} == characters
    (face,) = faces_of(tmp_path / "a.ttf", {"仿宋"})
    assert held(face) == {ord(character) for character in characters}


@pytest.mark.parametrize("path", INSTALLED[:12], ids=lambda p: p.name)
def test_installed_files_are_read_as_by_the_names_of_their_glyphs(path: Path) -> None:
    with TTFont(path, lazy=True) as known:
        glyphs = known.getBestCmap()
        names = {str(n) for n in known["name"].names if n.nameID in (1, 16)}
        italic = known["head"].macStyle & 2
    found = faces_of(path, {name.casefold() for name in names})
    assert len(found) == (0 if italic else 1)
    for face in found:
        assert set(face.families) == names
        assert held(face) == {c for c, g in glyphs.items() if g != ".notdef"}


def test_a_collection_has_several_faces(tmp_path: Path) -> None:
    path = save(tmp_path, "a.ttc", font("甲", "一", weight=700), font("乙", "二", english="B"))
    first, second = faces_of(path, {"甲", "b"})
    assert (first.index, first.families, first.weight) == (0, ("甲",), 700)
    assert (second.index, set(second.families)) == (1, {"乙", "B"})
    assert (held(first), held(second)) == ({ord("一")}, {ord("二")})
    assert faces_of(path, {"丙"}) == []


@pytest.mark.parametrize("lost", ["一", "中", "\U00021334", "\U00021336"])
def test_a_code_that_leads_to_the_empty_box_is_not_held(tmp_path: Path, lost: str) -> None:
    """Whether the table is keyed by two bytes or by four, listed or in runs."""
    characters = "一丁中" + ("\U00021334\U00021335\U00021336" if ord(lost) > 0xFFFF else "")
    made = font("甲", characters)
    for table in made["cmap"].tables:
        if ord(lost) in table.cmap:
            table.cmap[ord(lost)] = ".notdef"
    (face,) = faces_of(save(tmp_path, "a.ttf", made), {"甲"})
    assert held(face) == {ord(c) for c in characters} - {ord(lost)}


@pytest.mark.parametrize("sign", ["一", "é"])
def test_a_table_of_one_run_is_read(tmp_path: Path, sign: str) -> None:
    made = font("甲", sign)
    known = made["cmap"].tables[0].cmap
    only = CmapSubtable.newSubtable(6)
    only.platformID, only.platEncID, only.language, only.cmap = 0, 3, 0, known
    made["cmap"].tables = [only]
    (face,) = faces_of(save(tmp_path, "a.ttf", made), {"甲"})
    assert held(face) == {ord(sign)}


def test_a_bold_face_that_gives_no_weight_is_known_by_its_style(tmp_path: Path) -> None:
    made = font("甲", "一")
    made["head"].macStyle = 1
    (face,) = faces_of(save(tmp_path, "a.ttf", made), {"甲"})
    assert face.weight == 700


def test_names_of_old_chinese_fonts_are_gbk(tmp_path: Path) -> None:
    made = font("A", "一")
    made["name"].names = []
    made["name"].setName("x", 1, 3, 3, 0x0804)
    made["name"].names[0].string = b"\xb7\xc2\xcb\xce\x00_\x00G\x00B"
    (face,) = faces_of(save(tmp_path, "old.ttf", made), {"仿宋_gb"})
    assert face.families == ("仿宋_GB",)


@IN_FOLDER
@given(data=st.data())
def test_a_broken_file_is_no_font_and_no_trouble(tmp_path: Path, data: st.DataObject) -> None:
    path = save(tmp_path, "a.ttc", font("甲", "一二"), font("宋体", "二\U00021334"))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, min(len(content) - 1, 900)))] = data.draw(
            st.integers(0, 255)
        )
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    faces_of(path, {"甲"})
    faces([tmp_path])


def test_a_broken_file_brings_no_word_of_the_library_s_to_the_screen(tmp_path: Path) -> None:
    path = save(tmp_path, "a.ttf", font("宋体", "一"))
    data = path.read_bytes()
    with TTFont(path, lazy=True) as known:
        at = known.reader.tables["cmap"].offset
    (first,) = struct.unpack_from(">L", data, at + 8)
    path.write_bytes(data[: at + first + 2] + b"\0\0" + data[at + first + 4 :])
    code = (
        "from pathlib import Path\n"
        "from gxgen.fonts.sfnt import faces_of\n"
        f"print(faces_of(Path({str(path)!r}), {{'宋体'}}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    assert done.stdout
    assert done.stderr == b""


# Which face a name gets.


def test_every_stack_begins_with_the_official_names_and_repeats_none() -> None:
    for role in Role:
        names = stack(role)
        assert names[: len(official(role))] == official(role)
        assert names[0] == role.value
        assert len({name.casefold() for name in names}) == len(names)
        assert set(stand_ins(role)) <= set(names)


def test_serif_stacks_hold_no_sans() -> None:
    for role in set(Role) - {Role.HEI}:
        assert not [n for n in stack(role) if "Sans" in n or "Hei" in n or "黑" in n]


@pytest.mark.parametrize("role", Role)
def test_the_official_face_comes_before_all_others(tmp_path: Path, role: Role) -> None:
    for at, name in enumerate(reversed(stack(role))):
        save(tmp_path, f"{at:02}.ttf", font(name, COMMON))
    choice = faces([tmp_path]).choice(role)
    assert (choice.likeness, choice.face.families) == (Likeness.OFFICIAL, (role.value,))
    assert [face.families[0] for face in faces([tmp_path]).chain(role)] == list(stack(role))


def test_a_face_is_known_by_any_of_its_names(tmp_path: Path) -> None:
    save(tmp_path, "a.ttf", font("某某仿宋", COMMON, english="fangsong_gb2312"))
    choice = faces([tmp_path]).choice(Role.BODY)
    assert choice.likeness is Likeness.OFFICIAL
    assert choice.face.name == "某某仿宋"


def test_the_title_s_stand_in_is_heavy_and_the_table_s_is_not(tmp_path: Path) -> None:
    for weight in (300, 400, 700, 900):
        save(tmp_path, f"{weight}.ttf", font("Noto Serif CJK SC", COMMON, weight=weight))
    there = faces([tmp_path])
    assert there.choice(Role.TITLE).face.weight == 700
    assert there.choice(Role.SONG).face.weight == 400
    assert there.choice(Role.TITLE).likeness is Likeness.STAND_IN


def test_a_face_of_another_style_is_borrowed_and_one_with_odd_commas_is_not_the_first(
    tmp_path: Path,
) -> None:
    save(tmp_path, "u.ttf", font("AR PL UMing CN", COMMON + "垟"))
    assert faces([tmp_path]).choice(Role.BODY).face.name == "AR PL UMing CN"
    save(tmp_path, "n.ttf", font("Noto Serif CJK SC", COMMON + "垟"))
    choice = faces([tmp_path]).choice(Role.BODY)
    assert (choice.likeness, choice.face.name) == (Likeness.BORROWED, "Noto Serif CJK SC")
    save(tmp_path, "f.ttf", font("FandolFang", COMMON))
    there = faces([tmp_path])
    assert there.choice(Role.BODY).face.name == "FandolFang"
    assert there.face_of("垟", Role.BODY).name == "AR PL UMing CN"
    assert present(Role.BODY, {"AR PL UMing CN"}.__contains__) == ("AR PL UMing CN",)


def test_italics_broken_files_and_other_families_are_left_out(tmp_path: Path) -> None:
    save(tmp_path, "i.ttf", font("Times New Roman", "a", italic=True))
    save(tmp_path, "o.ttf", font("Comic Sans MS", "a"))
    (tmp_path / "b.ttf").write_bytes(b"OTTO nothing")
    (tmp_path / "c.ttf").mkdir()
    there = faces([tmp_path, tmp_path / "absent"])
    assert there.faces == ()
    assert {there.choice(role).likeness for role in Role} == {Likeness.NONE}


def test_the_first_folder_wins(tmp_path: Path) -> None:
    for name in "ba":
        save(tmp_path / name, "x.ttf", font("黑体", COMMON))
    there = faces([tmp_path / "b", tmp_path / "a"])
    assert there.choice(Role.HEI).face.path.parent.name == "b"


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    path = save(tmp_path, "x.ttf", font("黑体", "一"))
    assert faces([tmp_path]).face_of("丁", Role.HEI) is None
    save(tmp_path, "x.ttf", font("黑体", "一丁"))
    os.utime(path, ns=(1, 1))
    assert faces([tmp_path]).face_of("丁", Role.HEI) is not None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets only administrators make links")
def test_a_folder_linked_into_itself_ends(tmp_path: Path) -> None:
    save(tmp_path / "in", "x.ttf", font("黑体", "一"))
    (tmp_path / "in" / "again").symlink_to(tmp_path)
    assert len(faces([tmp_path]).faces) == 1


# Which folders.


def test_the_named_and_the_project_s_folders_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two/below", "fonts"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    named = [str(tmp_path / "two"), "one", str(tmp_path / "absent"), "two/below"]
    monkeypatch.setenv(VARIABLE, os.pathsep.join(named))
    assert folders()[:3] == (tmp_path / "two", tmp_path / "one", tmp_path / "fonts")
    assert tmp_path / "two/below" not in folders()


@pytest.mark.parametrize("system", ["win32", "darwin", "linux"])
def test_folders_of_every_system_are_absolute_and_there(
    system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts_module.sys, "platform", system)
    assert all(folder.is_absolute() and folder.is_dir() for folder in folders())


# Which characters.


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A body face, a Latin one, and one with a rare character."""
    save(tmp_path, "b.ttf", font("仿宋", COMMON))
    save(tmp_path, "l.ttf", font("Times New Roman", "ABCé"))
    save(tmp_path, "r.ttf", font("Noto Serif CJK SC", COMMON + "㙍\ue123"))
    return tmp_path


def test_missing_characters_are_counted_and_unseen_ones_are_not(small: Path) -> None:
    there = faces([small])
    texts = ["本报告𡌴，𡌴é", "㙍\u200b\u3000\t\ufe0f\U000e0100\u00ad"]
    assert there.missing(texts, Role.BODY) == {"，": 1, "𡌴": 2}
    assert {c: f.name for c, f in there.rare(["㙍本A"], Role.BODY).items()} == {
        "㙍": "Noto Serif CJK SC"
    }
    assert there.missing(["本报告"], Role.BODY) == {}
    assert there.missing([], Role.BODY) == {}


def test_a_private_code_is_trusted_to_the_official_face_alone(small: Path) -> None:
    assert faces([small]).missing(["\ue123"], Role.BODY) == {"\ue123": 1}
    save(small, "b.ttf", font("仿宋", COMMON + "\ue123"))
    assert faces([small]).missing(["\ue123"], Role.BODY) == {}
    assert faces([small]).missing(["\ue123"], Role.SONG) == {"\ue123": 1}


@IN_FOLDER
@given(text=st.text(CODES, max_size=30))
def test_every_visible_character_is_shown_or_missing(small: Path, text: str) -> None:
    there = faces([small])
    missing = there.missing([text], Role.BODY)
    for character in set(text):
        shown = there.face_of(character, Role.BODY) is not None
        assert (character in missing) == (visible(character) and not shown)
        assert missing.get(character, text.count(character)) == text.count(character)


# What the build says.


def test_words_go_by_the_face_they_are_set_in() -> None:
    found = texts_by_role(compose(make_report()))
    assert found[Role.TITLE] == ["云垟市机关事务服务中心", "2021年政府信息公开工作年度报告"]
    assert "一、总体情况" in found[Role.HEI]
    assert {"（一）主动公开", "（二）依申请公开方面。"} <= set(found[Role.KAI])
    assert {"1.体制机制", "收到12件。", "2026年1月15日"} <= set(found[Role.BODY])


def test_a_missing_character_is_told_once_with_its_place(small: Path) -> None:
    place = SheetCell("正文", 4, 1)
    narrative = passages(("0", None, "前面没有。", "小𡌴村和𡌴里，自造\ue123字。"))
    (passage,) = narrative
    first, second = passage.paragraphs
    report = make_report(
        narrative=(replace(passage, paragraphs=(first, replace(second, place=place))),)
    )
    found = {f.message: f for f in glyph_findings(report, compose(report), faces([small]))}
    told = found["本机没有字体能显示“𡌴”（U+21334），报告里有2处。"]
    assert (told.code, told.place, told.quote) == ("GX640", place, "小𡌴村和𡌴里，自造\ue123")
    private = found["本机没有字体能显示自造字（U+E123），报告里有1处。"]
    assert "GB 18030" in private.hint
    assert private.code == "GX640"


def test_a_character_of_the_agency_s_name_is_told_without_a_place(small: Path) -> None:
    report = make_report(narrative=())
    told = [f for f in glyph_findings(report, compose(report), faces([small])) if "垟" in f.message]
    assert [(f.place, "报告里有2处" in f.message, "垟" in f.quote) for f in told] == [
        (None, True, True)
    ]


def test_faces_that_are_missing_are_told_and_stand_ins_are_not(small: Path) -> None:
    told = [f.message for f in face_findings(faces([small]))]
    assert told == [
        "本机没有楷体_GB2312，也没有与它相近的字体，改用Noto Serif CJK SC。",
        "本机没有黑体，也没有与它相近的字体，用这种字体的文字没有字形可用。",
    ]
