"""What the doctor finds on a machine, and how it says so."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pytest

from gxgen.document.blocks import compose
from gxgen.fonts import advice as fonts_advice
from gxgen.fonts.faces import Role, official
from gxgen.fonts.findings import texts_by_role
from gxgen.formats import doctor as fonts_doctor
from gxgen.formats.doctor import doctor
from gxgen.formats.office.program import VARIABLE
from gxgen.show.doctor import doctor_text
from tests.reports import make_report

from .fonts_support import font, save

NEEDS_PROGRAM = pytest.mark.skipif(
    sys.platform == "win32", reason="the stand-in for LibreOffice is a shell script"
)
COMMON = "垟塆县镇人民政府报告本"


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A LibreOffice that tells its version, and a cache of the test's own."""
    program = tmp_path / "soffice"
    program.write_text('#!/bin/sh\necho "LibreOffice 24.2.7.2 0123abc"\n')
    program.chmod(0o755)
    monkeypatch.setenv(VARIABLE, str(program))
    monkeypatch.setenv("GXGEN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(fonts_advice.sys, "platform", "linux")


@pytest.fixture
def complete(tmp_path: Path) -> Path:
    """Every official face."""
    for at, role in enumerate(Role):
        save(tmp_path / "fonts", f"{at}.ttf", font(official(role)[0], COMMON))
    return tmp_path / "fonts"


def test_a_complete_machine_is_healthy(complete: Path) -> None:
    report = doctor({"垟塆县": {Role.BODY: ["垟塆县报告"]}}, [complete])
    text = doctor_text(report)
    assert report.healthy
    assert "✗" not in text
    assert text.count("规定的字体") == len(Role)
    assert "查了1个单位的文字，都能显示" in text
    assert text.endswith("没有问题。")


@NEEDS_PROGRAM
def test_the_program_is_told_with_its_version(complete: Path) -> None:
    report = doctor(where=[complete])
    assert report.as_json()["office"]["version"] == "24.2.7.2"
    assert "✓ LibreOffice：24.2.7.2" in doctor_text(report)


def test_each_official_name_is_told_with_its_face_and_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "some"
    save(folder, "serif.ttf", font("Noto Serif CJK SC", COMMON, weight=700))
    save(folder, "latin.ttf", font("Liberation Serif", "A"))
    report = doctor(where=[folder])
    lines = doctor_text(report).splitlines()
    told = {line[4:].split("：")[0]: line for line in lines if line[2:3] in "✓✗"}
    assert "相近的字体 Noto Serif CJK SC" in told["方正小标宋简体"]
    assert str(folder / "serif.ttf") in told["方正小标宋简体"]
    assert "✗ 仿宋_GB2312：不相近，借用" in told["仿宋_GB2312"]
    assert "✗ 黑体：没有字体可用" in told["黑体"]
    below = lines[lines.index(told["仿宋_GB2312"]) + 1]
    assert "simfang.ttf" in below
    assert "apt install" in below
    assert "要换成规定的字体" in "\n".join(lines)
    assert not report.healthy
    assert lines[-1].startswith("标 ✗ 的有问题")


def test_windows_offers_its_own_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts_advice.sys, "platform", "win32")
    told = {face.role: face.advice for face in doctor(where=[tmp_path]).faces}
    assert "补充字体" in told[Role.BODY]
    assert "apt" not in "".join(told.values())


def test_characters_that_nothing_shows_are_told_by_agency_with_counts(complete: Path) -> None:
    save(complete, "rare.ttf", font("BabelStone Han", "㙍"))
    report = doctor(
        {
            "甲镇": {Role.TITLE: ["垟𡌴"], Role.BODY: ["𡌴𡌴", "㙍\ue999"]},
            "乙镇": {Role.BODY: ["垟塆县"]},
        },
        [complete],
    )
    text = doctor_text(report)
    assert "✗ 甲镇：下列字没有字体能显示" in text
    assert "“𡌴”（U+21334）3处" in text
    assert "自造字（U+E999）1处" in text
    assert "\ue999" not in text
    assert "代为显示：㙍（BabelStone Han）" in text
    assert "乙镇" not in text
    assert not report.healthy
    assert {(s.agency, s.character) for s in report.missing} == {("甲镇", "𡌴"), ("甲镇", "\ue999")}


def test_the_words_of_a_report_can_be_looked_at(complete: Path) -> None:
    report = make_report()
    found = doctor({report.agency.name: texts_by_role(compose(report))}, [complete])
    assert "云" in {state.character for state in found.missing}


def test_json_is_plain_and_says_the_same(complete: Path) -> None:
    report = doctor({"甲镇": {Role.BODY: ["𡌴"]}}, [complete])
    told = json.loads(json.dumps(report.as_json(), ensure_ascii=False))
    assert told["healthy"] is False
    assert [face["role"] for face in told["faces"]] == [role.value for role in Role]
    assert {face["likeness"] for face in told["faces"]} == {"official"}
    (character,) = told["characters"]
    assert character["code_point"] == "U+21334"
    assert (character["agency"], character["count"], character["face"]) == ("甲镇", 1, None)


def test_a_missing_program_is_a_fault_only_if_the_other_is_missing_too(
    complete: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "/nowhere/soffice")
    monkeypatch.setattr(fonts_doctor, "_TYPST", "pip")
    assert "· LibreOffice：没有找到，有另一个可用" in doctor_text(doctor(where=[complete]))
    assert doctor(where=[complete]).healthy
    monkeypatch.setattr(fonts_doctor, "_TYPST", "no-such-distribution")
    text = doctor_text(doctor(where=[complete]))
    assert "✗ LibreOffice：没有找到\n" in text
    assert "✗ 内置引擎 typst：没有找到\n" in text
    assert not doctor(where=[complete]).healthy


@NEEDS_PROGRAM
def test_a_program_that_does_not_answer_is_named_without_a_version(
    complete: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts_doctor, "_ASK", 0.2)
    program = tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\nsleep 60 &\necho $! >"{tmp_path}/child"\nwait\n')
    assert "✓ LibreOffice：版本不明" in doctor_text(doctor(where=[complete]))
    child = int((tmp_path / "child").read_text())
    state = Path(f"/proc/{child}/stat")
    for _ in range(100):  # a signal needs a moment to arrive
        if not _running(state):
            break
        time.sleep(0.05)
    assert not _running(state)
    program.write_text('#!/bin/sh\necho "LibreOffice 7.4.7.2"\n')
    assert doctor(where=[complete]).office.version == "7.4.7.2"


@NEEDS_PROGRAM
def test_the_program_is_asked_once(complete: Path, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\necho asked >>"{tmp_path}/log"\necho "LibreOffice 7.4.7.2"\n')
    for _ in range(3):
        assert doctor(where=[complete]).office.version == "7.4.7.2"
    assert (tmp_path / "log").read_text().count("asked") == 1


def test_a_cache_that_cannot_be_written_is_told(
    complete: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("")
    monkeypatch.setenv("GXGEN_CACHE", str(tmp_path / "taken"))
    report = doctor(where=[complete])
    assert not report.healthy
    assert f"✗ {tmp_path / 'taken'}" in doctor_text(report)
    monkeypatch.setenv("GXGEN_CACHE", "off")
    assert "设成了 off" in doctor_text(doctor(where=[complete]))


def _running(state: Path) -> bool:
    try:
        return ") Z " not in state.read_text(encoding="ascii")
    except OSError:
        return False
