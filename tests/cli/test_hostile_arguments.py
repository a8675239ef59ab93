"""Every command with every hostile value of each kind of parameter: ours are all words.

The commands are walked, so a new one is covered by being there.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from gxgen import api
from gxgen.api import designing
from gxgen.cli import main
from gxgen.cli.app import app
from tests.support import ROOT

SAMPLE = ROOT / "inputs/安丘市/2023/安丘市凌河街道办事处.xlsx"
TEXTS = (
    "", " ", "a" * 300, "甲" * 5000, "\x1b[31m红", "甲\n乙", "\u202e倒", "\udcb0\udcff",
    "\U000e0041", "nul", "/dev/null", "%s%n", "{0}", "=1+1", "🏛", "--", "a/b\\c",
)  # fmt: skip
PLACES = (
    "没有.xlsx", "空", "空.xlsx", "坏.xlsx", "坏.json", "深.json", "大.json", "text.txt", "county",
    "回.xlsx", "/dev/zero", "/dev/full", "/proc/self/mem", "x" * 255 + ".xlsx", "甲" * 2000,
    "a/" * 1500, "坏.xlsx/里面", "\x1b]0;题\x07.xlsx", "甲\n乙.json", "\udcb0.xlsx", "\u202e.json",
    "名\u202e.xlsx", "管.xlsx", "county.toml",
)  # fmt: skip
NOT_TO_WRITE = ("/dev", "/proc/self")
READ = ("paths", "workbook", "last_year", "files", "against")
NUMBERS = (
    "0", "-1", "1", "2018", "2023", "10000", "1000000000", "9" * 400, "9" * 5000, "x", "1e3",
    "0x7e8", "", " 2023", "nan", "1.5", "２０２３",
)  # fmt: skip
ADDRESSES = (
    "x",
    "",
    "tcp://",
    "tcp://nowhere.invalid:1",
    "http://[::1",
    "tcp://127.0.0.1:99999",
)
CHOICES = ("", "x", "json", "pdf,pdf", "\x1b[0m", "docx,", "甲" * 300, "text,json")
BASE = {
    "folder": "新", "one": "没有.xlsx", "county": "某县", "year": "2023",
    "workbook": "没有.xlsx", "code": "GX101", "files": "坏.json", "to": "出", "name": "样式甲",
    "shell": "bash", "unit": "某局",
}  # fmt: skip
"""Values of parameters that a command cannot do without, while another one is hostile."""


def _commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(_commands(typer.main.get_command(app)))


def _hostile(parameter: Any) -> tuple[str, ...]:
    if parameter.name == "scheduler":
        return ADDRESSES
    kind = parameter.type.name
    if kind.startswith("int"):
        return NUMBERS
    if getattr(parameter.type, "choices", None) or parameter.name == "formats":
        return CHOICES
    places = (*PLACES, *NOT_TO_WRITE) if parameter.name in READ else PLACES
    return places if "path" in kind else (*TEXTS, *PLACES[::6])


def _call(command: Any, hostile: Any, value: str) -> list[str]:
    """The arguments with ``hostile`` set to ``value``, and what is required beside it."""
    options, operands = [], []
    for one in command.params:
        if one is not hostile and not one.required:
            continue
        given = value if one is hostile else BASE[one.name]
        if one.param_type_name == "argument":
            operands.append(given)
        else:
            options += [one.opts[-1], given]
    return [*options, "--", *operands]


CALLS = [
    pytest.param(path, command, one, id=f"{' '.join(path)} {one.name}")
    for path, command in COMMANDS.items()
    for one in command.params
    if one.name not in ("help", "watch", "show") and not getattr(one, "is_flag", False)
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    # A desk that can be opened would wait for its user.
    monkeypatch.setattr("gxgen.desk.server.run", lambda opening: None)
    # What is wrong with a style is the same wherever its copies are to go.
    monkeypatch.setattr(designing, "check_template", cache(designing.check_template))
    (tmp_path / "空").mkdir()
    (tmp_path / "空.xlsx").write_bytes(b"")
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04" + bytes(range(256)))
    (tmp_path / "名\u202e.xlsx").write_bytes(b"%PDF")
    (tmp_path / "坏.json").write_text('{"year": NaN, "\\u001b[31m": 1, "year": 1e999999999}')
    (tmp_path / "深.json").write_text("[" * 100_000)
    (tmp_path / "大.json").write_text('{"narrative": [' + "{}," * 100_000 + "{}]}")
    (tmp_path / "text.txt").write_text("文字", encoding="utf-8")
    (tmp_path / "回.xlsx").symlink_to("回.xlsx")
    (tmp_path / "county").mkdir()
    (tmp_path / "county/county.toml").write_text('county = "\x1b[31m"\n"\\u202e" = 1\n')
    (tmp_path / "county.toml").write_text("x = " + "[\n" * 3000)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "管.xlsx")
    return tmp_path


@pytest.mark.parametrize("path, command, parameter", CALLS)
def test_whatever_is_typed_is_answered_in_our_words(
    path: tuple[str, ...], command: Any, parameter: Any, here: Path, capsys: Any
) -> None:
    for value in _hostile(parameter):
        arguments = [*path, *_call(command, parameter, value)]
        status = main(arguments)
        out, err = capsys.readouterr()
        assert status in (0, 1, 2), (arguments, err)
        _ours(out + err, arguments)
        assert not english(err), (arguments, english(err))


def _ours(said: str, arguments: list[str]) -> None:
    """No traceback, no English sentence, nothing that a terminal obeys."""
    assert "Traceback" not in said and "panicked" not in said, (arguments, said)
    odd = [c for c in said if c not in "\n\t" and unicodedata.category(c) in ("Cc", "Cf", "Cs")]
    assert not odd, (arguments, odd, said)


def english(said: str) -> list[str]:
    """Runs of three words and more, outside paths, options, commands and what is quoted."""
    plain = re.sub(r"“[^”]*”|'[^']*'|\S*[/\\.=_:]\S*|--?[\w-]+|gxgen[ \w-]*", "、", said)
    return re.findall(r"[A-Za-z]{2,}(?:,? [A-Za-z]{2,}){2,}", plain)


def test_english_is_known_when_it_is_seen() -> None:
    assert english("这里：Input should be a valid integer")
    assert english("No such file or directory")
    assert not english("运行 gxgen blank --all --year 2024，见 /home/a b/c.xlsx")


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("more", (["--nope"], ["--help=1"], ["a", "b", "c\x1b", "d"], ["--year"]))
def test_wrong_calls(path: tuple[str, ...], more: list[str], here: Path, capsys: Any) -> None:
    assert main([*path, *more]) in (0, 1, 2)
    out, err = capsys.readouterr()
    _ours(out + err, [*path, *more])


# -- around the process ------------------------------------------------------------------------


def _run(*arguments: str, **changes: Any) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **changes.pop("env", {})}
    shell = f'"$0" -m gxgen "$@" {changes.pop("redirect", "")}'
    return subprocess.run(
        ["sh", "-c", shell, sys.executable, *arguments],
        capture_output=True, check=False, timeout=120, env=environment, **changes,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="只有 Linux 有 /dev/full，Windows 没有 sh")
@pytest.mark.parametrize(
    "redirect, statuses",
    {
        "> /dev/full": (2,), "2> /dev/full": (0,), ">&-": (0,), "2>&-": (0,), "<&-": (0,),
        ">&- 2>&- <&-": (0,), "| head -c 1": (0,), "> /dev/full 2> /dev/full": (2,),
    }.items(),
)  # fmt: skip
@pytest.mark.parametrize("command", (["check", str(SAMPLE)], ["explain", "all"], ["--help"]))
def test_streams_that_are_not_there(
    redirect: str, statuses: tuple[int, ...], command: list[str]
) -> None:
    done = _run(*command, redirect=redirect)
    assert done.returncode in statuses, done.stderr
    _ours(done.stderr.decode(), [redirect, *command])


@pytest.mark.parametrize(
    "env",
    (
        {"HOME": "/nonexistent", "XDG_CACHE_HOME": ""}, {"HOME": ""}, {"TMPDIR": "/nonexistent"},
        {"GXGEN_CACHE": "/dev/null"}, {"GXGEN_CACHE": "/proc/none"}, {"XDG_CACHE_HOME": "\x1b"},
        {"LANG": "C", "LC_ALL": "C"}, {"PYTHONIOENCODING": "gbk"}, {"PYTHONIOENCODING": "ascii"},
        {"NO_COLOR": "1"}, {"COLUMNS": "x"}, {"COLUMNS": "1"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0"},
    ),
    ids=str,
)  # fmt: skip
def test_odd_surroundings(env: dict[str, str], tmp_path: Path) -> None:
    for arguments in (["build", str(SAMPLE), "-o", str(tmp_path / "出")], ["--help"]):
        done = _run(*arguments, env=env)
        code = "gbk" if "gbk" in env.values() else "utf-8"
        _ours((done.stdout + done.stderr).decode(code), [str(env)])
        assert done.returncode in (0, 2), done.stderr.decode(code)


def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    env = {"GXGEN_CACHE": str(tmp_path / "cache")}
    build = ("build", str(SAMPLE), "--format", "docx,pdf", "-o")
    assert _run(*build, str(tmp_path / "一"), env=env).returncode == 0
    for number, file in enumerate(sorted((tmp_path / "cache").iterdir())):
        if file.is_file():
            file.write_bytes((b"", b"\0" * 99, file.read_bytes()[:-1])[number % 3])
    done = _run(*build, str(tmp_path / "二"), env=env)
    assert done.returncode == 0, done.stderr
    one, two = (sorted((tmp_path / name).glob("*.*")) for name in "一二")
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]


def test_json_says_the_same_on_every_console(tmp_path: Path) -> None:
    record = tmp_path / "坏.json"
    record.write_text('{"\\u001b[31m\\u202e𡌴": 1}', encoding="utf-8")
    import json

    said = [
        json.loads(_run("import", str(record), "--to", "x", "--format", "json",
                        env={"PYTHONIOENCODING": code}).stdout.decode("utf-8"))
        for code in ("utf-8", "gbk", "ascii")
    ]  # fmt: skip
    assert said[0] == said[1] == said[2]
    assert "[U+001B][31m[U+202E]" in said[0]["findings"][0]["message"]


def test_no_cell_reaches_the_terminal_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A county whose names and texts are what a terminal obeys, as far as a form can hold them."""
    import openpyxl

    book = openpyxl.load_workbook(SAMPLE)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and not isinstance(cell, openpyxl.cell.MergedCell):
                    cell.value = cell.value[:3] + "\u202e\u2066\x9b31m\x7f" + cell.value[3:]
    path = tmp_path / "甲\u202e.xlsx"
    book.save(path)
    for command in ("check", "show", "build"):
        extra = ["-o", str(tmp_path / "出")] if command == "build" else []
        assert main([command, str(path), *extra]) in (1, 2)
        out, err = capsys.readouterr()
        _ours(out + err, [command])


def test_a_faulty_roster_at_scale_is_told_in_few_lines(tmp_path: Path, capsys: Any) -> None:
    api.init(tmp_path, county="某县", year=2023)
    toml = tmp_path / "inputs/county.toml"
    toml.write_text('county = "某县"\n' + "[[agency]]\nx = 1\n" * 3000, encoding="utf-8")
    assert main(["check", str(tmp_path / "inputs")]) == 2
    assert len(capsys.readouterr().err.split("\n")) < 60
