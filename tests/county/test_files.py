"""Names and files: whatever a workbook says, only whole files at checked names appear."""

import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.county.files import read_bytes, safe_name, write_whole
from gxgen.errors import EnvironmentProblemError
from gxgen.opc.limits import largest_file


@given(st.text(max_size=300))
def test_any_text_becomes_one_harmless_path_component(text: str) -> None:
    name = safe_name(text)
    assert name
    assert Path(name).name == name
    assert name.isprintable()
    assert not set('/\\:*?"<>|') & set(name)
    assert not name.startswith((".", " "))
    assert len(name.encode()) < 240


@given(st.text(alphabet="县局服务中心", min_size=80, max_size=120), st.text("甲乙", min_size=1))
def test_long_names_that_differ_stay_apart(text: str, tail: str) -> None:
    assert safe_name(text) != safe_name(text + tail)


def test_the_official_title_is_kept_as_it_is() -> None:
    title = "安丘市凌河街道办事处2023年政府信息公开工作年度报告"
    assert safe_name(title) == title


def test_a_written_file_is_whole_and_readable_by_others(tmp_path: Path) -> None:
    path = tmp_path / "新" / "报告.docx"
    write_whole(path, b"old")
    write_whole(path, b"new content")
    assert path.read_bytes() == b"new content"
    assert [p.name for p in path.parent.iterdir()] == ["报告.docx"]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) & 0o444


def test_a_failed_write_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "报告.docx"
    write_whole(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(EnvironmentProblemError, match=r"磁盘已满.*没有改动"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["报告.docx"]


def test_a_missing_or_forbidden_file_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblemError, match="找不到文件"):
        read_bytes(tmp_path / "无.xlsx")
    with pytest.raises(EnvironmentProblemError, match=r"文件夹" if sys.platform != "win32" else ""):
        read_bytes(tmp_path)


@pytest.mark.parametrize("name", ["甲.xlsx", "甲.docx", "甲.md", "甲.txt", "甲.json", "甲"])
def test_the_size_of_a_file_is_looked_at_before_it_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(largest_file(path.suffix))
    assert len(read_bytes(path)) == largest_file(path.suffix)
    with path.open("wb") as file:
        file.truncate(2**40)  # a file with a hole: more than any machine's memory
    with pytest.raises(EnvironmentProblemError, match=r"1048576MB，这类文件最多\d+MB"):
        read_bytes(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "甲.xlsx")
    with pytest.raises(EnvironmentProblemError, match="不是普通文件"):
        read_bytes(tmp_path / "甲.xlsx")
