"""Records are believed only where and by whom they were written, and nothing is lost without."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.forged import attacked
from gxgen import api
from gxgen.county.fingerprint import FOREIGN
from gxgen.county.ledger import FILE, FOLDER, Ledger
from gxgen.county.outputs import NOTICES, PACK, RETURNS, Outputs, is_ours
from gxgen.county.seal import KEY_FILE, Seal
from tests.county.test_incremental import form, visible
from tests.support import ROOT

YEAR = 2024


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this user's settings, empty yet."""
    monkeypatch.setenv("GXGEN_CACHE", str(tmp_path / "settings"))
    return tmp_path / "settings"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A county of two agencies, one refused, without a government."""
    year = tmp_path / "p/inputs" / str(YEAR)
    year.mkdir(parents=True)
    (year.parent / "county.toml").write_text('county = "某县"\n', encoding="utf-8")
    (year / "甲局.xlsx").write_bytes(form("甲局", YEAR, 0))
    (year / "乙局.xlsx").write_bytes(form("乙局", YEAR, 2))
    return tmp_path / "p"


def _build(county: Path) -> list[tuple[str, ...]]:
    result = api.build([county / "inputs"], output=county / "output", workers=1)
    assert result.exit_status == 1, result.faults
    return [outcome.causes for outcome in result.outcomes]


def test_a_mark_holds_for_its_words_its_folder_and_its_user(
    settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal = Seal.of(tmp_path / "a")
    mark = seal.mark(b"said")
    assert Seal.of(tmp_path / "a").holds(mark, b"said")
    assert not seal.holds(mark, b"sail")
    assert not seal.holds("", b"said")
    assert not Seal.of(tmp_path / "b").holds(mark, b"said")
    monkeypatch.setenv("GXGEN_CACHE", str(tmp_path / "another user"))
    assert not Seal.of(tmp_path / "a").holds(mark, b"said")


def test_without_a_key_there_is_no_mark_and_none_holds() -> None:
    assert Seal().mark(b"said") == ""
    assert not Seal().holds("", b"said")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 的文件没有这样的权限")
@pytest.mark.parametrize("harm", ["others may read it", "cut short", "a link"])
def test_a_secret_that_others_may_know_is_replaced(settings: Path, harm: str) -> None:
    before = Seal.of(settings).mark(b"said")
    key = settings / KEY_FILE
    assert key.stat().st_mode & 0o777 == 0o600
    if harm == "others may read it":
        key.chmod(0o644)
    elif harm == "cut short":
        key.write_bytes(key.read_bytes()[:-1])
    else:
        key.rename(settings / "moved")
        key.symlink_to(settings / "moved")
    assert Seal.of(settings).mark(b"said") not in ("", before)
    assert key.stat().st_mode & 0o777 == 0o600


def test_of_programs_that_make_the_secret_at_once_one_wins(settings: Path) -> None:
    code = (
        "from pathlib import Path\n"
        "from gxgen.county.seal import Seal\n"
        "print(Seal.of(Path()).mark(b''))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    marks = {process.communicate()[0] for process in running}
    assert len(marks) == 1
    assert [path.name for path in settings.iterdir()] == [KEY_FILE]


def test_where_no_secret_can_be_kept_all_is_worked_out_each_time(
    settings: Path, county: Path
) -> None:
    settings.write_text("a file where the folder should be")
    assert _build(county) == [("新收到",)] * 2
    made = visible(county / "output")
    assert _build(county) == [("新收到",)] * 2
    assert visible(county / "output") == made


def test_another_users_ledger_is_not_believed_and_nothing_is_lost(
    settings: Path, county: Path
) -> None:
    _build(county)
    made = visible(county / "output")
    shutil.rmtree(settings)
    assert _build(county) == [(FOREIGN,)] * 2
    assert _build(county) == [()] * 2
    assert visible(county / "output") == made


def test_a_copied_county_is_built_anew(settings: Path, county: Path) -> None:
    _build(county)
    copy = county.with_name("copy")
    shutil.copytree(county, copy)
    assert _build(copy) == [(FOREIGN,)] * 2
    assert visible(copy / "output") == visible(county / "output")


def test_a_report_that_nobody_knows_is_set_aside_under_another_word_than_an_edited_one(
    settings: Path, county: Path
) -> None:
    _build(county)
    shutil.rmtree(settings)
    (county / f"inputs/{YEAR}/甲局.xlsx").write_bytes(form("甲局", YEAR, 1))
    _build(county)
    aside = [path.name for path in (county / f"output/{YEAR}").iterdir() if "1）" in path.name]
    assert sorted(aside) == [
        "build（原有1）.json", "index（原有1）.html",
        f"甲局{YEAR}年政府信息公开工作年度报告（原有1）.docx",
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有这样的管道")
@pytest.mark.parametrize("file", [FILE, "journal", "lock"])
def test_a_pipe_in_the_place_of_a_record_keeps_nobody_waiting(
    settings: Path, county: Path, file: str
) -> None:
    import os

    hidden = county / f"output/{YEAR}/{FOLDER}"
    hidden.mkdir(parents=True)
    os.mkfifo(hidden / file)
    _build(county)
    assert list((county / f"output/{YEAR}").glob("甲局*.docx"))


@pytest.mark.parametrize("folder", ["returns", FOLDER])
def test_nothing_is_written_through_a_link(settings: Path, county: Path, folder: str) -> None:
    outside = county / "outside"
    outside.mkdir()
    (outside / ".gxgen-1-x.tmp").write_text("precious")
    (county / f"output/{YEAR}").mkdir(parents=True)
    (county / f"output/{YEAR}" / folder).symlink_to(outside, target_is_directory=True)
    result = api.build([county / "inputs"], output=county / "output", workers=1)
    told = [*result.faults, *(fault for outcome in result.outcomes for fault in outcome.faults)]
    assert (result.exit_status, len(told)) == (2, 1)
    assert "链接" in told[0]
    assert [path.name for path in outside.iterdir()] == [".gxgen-1-x.tmp"]


@given(st.text(max_size=40) | st.text(alphabet="./\\:甲a~", max_size=20))
def test_only_names_that_gxgen_gives_are_its_own(name: str) -> None:
    for file in (name, f"{name}.docx", f"returns/{name}.xlsx"):
        if is_ours(file):
            parts = Path(file).parts
            assert len(parts) == 1 or (len(parts) == 2 and parts[0] in (RETURNS, NOTICES, PACK))
            assert not {"..", "."} & set(parts)
            assert not set(parts[-1]) & set('/\\:*?"<>|')


def test_what_a_record_names_elsewhere_is_not_removed_even_under_the_right_mark(
    settings: Path, tmp_path: Path
) -> None:
    import hashlib

    folder = tmp_path / "output"
    (folder / FOLDER).mkdir(parents=True)
    for name in ("../victim.docx", "备忘.txt", ".bashrc", f"{FOLDER}/x.docx"):
        (folder / name).write_text("precious")
        said = f"{hashlib.sha256(b'precious').hexdigest()} {name}"
        mark = Seal.of(folder).mark(said.encode())
        (folder / FOLDER / "journal").write_text(f"{mark} {said}\n", encoding="utf-8")
        assert Outputs(folder, Ledger.of(folder)).keep_only(()) == []
        assert (folder / name).read_text() == "precious"


def test_forged_records_touch_nothing_outside_and_add_nothing(settings: Path) -> None:
    told = list(attacked(10))
    assert len(told) == 10
    assert [what for _, what in told if what] == []
