"""What is kept between runs: losing it, or finding something else there, costs time alone."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gxgen
from gxgen import cache
from gxgen.cache import VARIABLE, recalled
from tests.support import ROOT

PACKAGE = Path(gxgen.__file__).parent
KEY = (b"a template", b"an edition")
VALUE = {"text": "垟塆" * 40, "numbers": [1, 2.5, None], "data": b"\0\xff"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own, which is not there yet."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


class Maker:
    """Gives a value, and counts how often it was asked."""

    def __init__(self, value: Any = VALUE) -> None:
        self.value, self.asked = value, 0

    def __call__(self) -> Any:
        self.asked += 1
        return self.value


def _twice() -> int:
    """How often it is worked out when it is wanted twice; what is given is right each time."""
    make = Maker()
    assert [recalled("kind", KEY, make) for _ in range(2)] == [VALUE, VALUE]
    return make.asked


def _kept(home: Path) -> Path:
    """The one file that the key gets."""
    _twice()
    (path,) = home.iterdir()
    return path


def test_it_is_worked_out_once_and_kept_for_the_next_run(home: Path) -> None:
    assert _twice() == 1
    assert _twice() == 0
    if os.name == "posix":
        assert home.stat().st_mode & 0o077 == 0, "nobody else looks into it"


@given(data=st.data())
@settings(max_examples=60)
def test_a_damaged_file_is_never_trusted(data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setenv(VARIABLE, folder)
        path = _kept(Path(folder))
        whole = path.read_bytes()
        start = data.draw(st.integers(0, len(whole)))
        end = data.draw(st.integers(start, len(whole)))
        path.write_bytes(whole[:start] + data.draw(st.binary(max_size=80)) + whole[end:])
        sound = path.read_bytes() == whole
        assert _twice() == (0 if sound else 1)
        assert path.read_bytes() == whole, "the damaged file is replaced"


def _directory(path: Path) -> None:
    path.unlink()
    (path / "inside").mkdir(parents=True)


def _dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def _of_another_key(path: Path) -> None:
    recalled("kind", (b"another",), lambda: "another's")
    (other,) = set(path.parent.iterdir()) - {path}
    data = bytearray(other.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    "harm", [_directory, _dangling, _of_another_key], ids=["folder", "dangling-link", "altered"]
)
def test_something_else_in_its_place_does_no_harm(home: Path, harm: Callable[[Path], None]) -> None:
    path = _kept(home)
    harm(path)
    assert _twice() in (1, 2)
    assert not list(home.glob("*.tmp"))


@pytest.mark.skipif(os.name != "posix", reason="files have no owner's number there")
def test_what_another_user_wrote_is_not_trusted(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _kept(home)
    assert _twice() == 0
    monkeypatch.setattr(os, "getuid", lambda: os.geteuid() + 1)
    assert _twice() == 2


def test_off_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "own"))
    monkeypatch.setenv(VARIABLE, "off")
    assert _twice() == 2
    assert list(tmp_path.iterdir()) == []


def test_without_a_word_the_user_s_own_folder_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "own")
    assert _twice() == 1
    assert len(list((tmp_path / "own").iterdir())) == 1


def _a_file_in_the_way(home: Path, _: pytest.MonkeyPatch) -> None:
    home.write_text("taken")


def _below_a_file(home: Path, patch: pytest.MonkeyPatch) -> None:
    home.write_text("taken")
    patch.setenv(VARIABLE, str(home / "below" / "it"))


def _full(_: Path, patch: pytest.MonkeyPatch) -> None:
    def write(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[: len(data) // 2])
        raise OSError(28, "No space left on device")

    patch.setattr(Path, "write_bytes", write)


def _read_only(_: Path, patch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    patch.setattr(Path, "mkdir", refuse)


def _held_open(_: Path, patch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, target: Path) -> None:
        raise PermissionError(13, "The process cannot access the file", str(target))

    patch.setattr(Path, "replace", refuse)


@pytest.mark.parametrize("way", [_a_file_in_the_way, _below_a_file, _full, _read_only, _held_open])
def test_a_folder_that_takes_nothing_costs_time_alone(
    home: Path, monkeypatch: pytest.MonkeyPatch, way: Callable[[Path, pytest.MonkeyPatch], None]
) -> None:
    with monkeypatch.context() as patch:
        way(home, patch)
        assert _twice() == 2
    assert not home.is_dir() or list(home.iterdir()) == [], "nothing half written stays"


def test_a_maker_that_fails_is_heard_and_nothing_is_kept(home: Path) -> None:
    def fail() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        recalled("kind", KEY, fail)
    assert not home.exists()


KEYS = st.lists(st.binary(max_size=3), max_size=4)


@given(one=KEYS, other=KEYS)
@settings(max_examples=100)
def test_another_key_is_another_thing(one: list[bytes], other: list[bytes]) -> None:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setenv(VARIABLE, folder)
        assert recalled("kind", one, lambda: 1) == 1
        assert recalled("kind", other, lambda: 2) == (1 if one == other else 2)
        assert recalled("other kind", one, lambda: 3) == 3


_MAKES_ALL = """
import json, sys
from pathlib import Path
from gxgen.county.project import load_county
from gxgen.county.unit import Style
from gxgen.county.gate import Gate
from gxgen.fonts.catalogue import faces
from gxgen.formats.doctor import doctor
load_county(Path(sys.argv[1]))
for style in ("official", "illustrated"):
    templates = Style(Gate.of(style).files)
    for edition in templates:
        templates[edition]
faces([Path(sys.argv[1])])
makers = "gxgen.county.project", "gxgen.formats.docx.compiling", "gxgen.fonts"
print(json.dumps([m.__file__ for n, m in sys.modules.items() if n.startswith("gxgen.")
                  and n.startswith(makers + tuple(json.loads(sys.argv[2])))]))
"""
LOWER = ("model", "editions", "render", "places", "numbers", "diagnostics", "errors", "markup")
"""The rooms below those that keep something."""


def _modules_that_make(folder: Path) -> list[str]:
    """The files of the modules that were loaded to make everything that is ever kept."""
    (folder / "county.toml").write_text('county = "某县"\n', encoding="utf-8")
    rooms = json.dumps([f"gxgen.{room}" for room in LOWER])
    done = subprocess.run(
        [sys.executable, "-c", _MAKES_ALL, str(folder), rooms],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, VARIABLE: "off"},
        check=True,
    )
    return [str(Path(name).relative_to(PACKAGE)) for name in json.loads(done.stdout)]


def test_the_key_tells_every_file_of_the_program_that_has_a_part_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(PACKAGE, tmp_path / "gxgen", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "gxgen" / "cache.py"))
    names = _modules_that_make(tmp_path)
    assert {"county/project.py", "formats/docx/compiling.py"} <= {Path(n).as_posix() for n in names}
    seen = {cache.program.__wrapped__()}
    for name in names:
        (tmp_path / "gxgen" / name).write_bytes(b"changed")
        assert cache.program.__wrapped__() not in seen, name
        seen.add(cache.program.__wrapped__())


def test_another_program_takes_nothing_over(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _kept(home)
    monkeypatch.setattr(cache, "program", lambda: b"another program")
    assert _twice() == 1


def _many(number: int) -> Iterator[bytes]:
    return (str(n).encode() for n in range(number))


def test_the_number_of_files_stays_bounded_and_the_newest_stay(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_MOST_FILES", 10)
    for number, part in enumerate(_many(40)):
        recalled("kind", (part,), lambda: None)
        for path in home.iterdir():  # a clock that ticks between two files
            os.utime(path, ns=(about := path.stat().st_mtime_ns - 10**9, about))
        assert len(list(home.iterdir())) <= 10, number
    make = Maker(None)
    for part in list(_many(40))[-len(list(home.iterdir())) :]:
        recalled("kind", (part,), make)
    assert make.asked == 0


def test_files_of_others_in_the_folder_are_never_removed(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody names a folder that holds other things: they are no cache of gxgen's."""
    monkeypatch.setattr(cache, "_MOST_FILES", 6)
    home.mkdir()
    others = [f"年度报告{n}.docx" for n in range(20)] + ["kind-notes.txt", "kind-" + "f" * 39]
    for name in others:
        (home / name).write_text("mine")
        os.utime(home / name, ns=(0, 0))
    for part in _many(20):
        recalled("kind", (part,), lambda: None)
    there = {path.name for path in home.iterdir()}
    assert set(others) <= there
    assert len(there) <= len(others) + 6


_AT_ONCE = """
import random, sys
from gxgen import cache
cache._MOST_FILES = 4
dice = random.Random(int(sys.argv[1]))
for _ in range(150):
    number = dice.randrange(8)
    value = [number] * 5000
    assert cache.recalled("kind", (bytes([number]),), lambda: value) == value
"""


def test_several_processes_at_once_do_no_harm(home: Path) -> None:
    seeds = random.Random(1).sample(range(1000), 3)
    started = [
        subprocess.Popen(
            [sys.executable, "-c", _AT_ONCE, str(seed)],
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=ROOT,
            env={**os.environ, VARIABLE: str(home)},
        )
        for seed in seeds
    ]
    for process in started:
        _, said = process.communicate()
        assert (process.returncode, said) == (0, "")
    assert not list(home.glob("*.tmp"))
