"""Help pages: as they are kept, at 80 and 120 columns; no line too long, no word broken, no
sentence of the parser's; and what a shell needs to complete.

``python -m tests.cli.test_help`` writes the pages anew, to be looked at.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer.main
from hypothesis import given
from hypothesis import strategies as st

from gxgen.cli import main
from gxgen.cli.app import app
from gxgen.cli.options import COMPLETE, Shell
from gxgen.cli.pages import columns, wrapped
from tests.support import ROOT

WHOLE = typer.main.get_command(app)
COMMANDS = [
    (),
    *((name,) for name in WHOLE.commands),
    *(("template", name) for name in WHOLE.commands["template"].commands),
]
GOLDEN = ROOT / "tests/golden/help"
WIDTHS = (80, 120)


def page(command: tuple[str, ...], width: int, word: str = "--help") -> str:
    out, before = io.StringIO(), os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = str(width)
    try:
        with contextlib.redirect_stdout(out):
            assert main([*command, word]) == 0
    finally:
        os.environ.pop("COLUMNS")
        if before is not None:
            os.environ["COLUMNS"] = before
    return out.getvalue()


def kept(command: tuple[str, ...], width: int) -> Path:
    return GOLDEN / str(width) / f"{'-'.join(('gxgen', *command))}.txt"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_page_is_as_it_is_kept(command: tuple[str, ...], width: int) -> None:
    said = page(command, width)
    assert said == kept(command, width).read_text("utf-8")
    assert page(command, width, "-h") == said
    assert max(columns(line) for line in said.splitlines()) < width
    prose = said.partition("\n")[2]
    assert re.findall(r"[A-Za-z]+ [a-z]+ [a-z]+", prose) == []


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_choices_are_shown(command: tuple[str, ...]) -> None:
    one = WHOLE
    for name in command:
        one = one.commands[name]
    said = page(command, 120)
    for parameter in one.params:
        for choice in getattr(parameter.type, "choices", ()):
            assert str(getattr(choice, "value", choice)) in said


@given(st.text("ab-./ 单位（。”）", max_size=60), st.integers(12, 40))
def test_lines_are_short_and_hold_every_word(text: str, width: int) -> None:
    lines = list(wrapped(text, width))
    assert "".join("".join(lines).split()) == "".join(text.split())
    words = {word for line in lines for word in re.findall(r"[ab./-]+", line)}
    assert words == set(re.findall(r"[ab./-]+", text))


@pytest.mark.parametrize("shell", list(Shell))
def test_each_shell_gets_what_it_needs(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell.value]) == 0
    said = capsys.readouterr().out
    assert COMPLETE in said
    program = shutil.which(shell.value)
    if program and shell is not Shell.POWERSHELL:
        subprocess.run([program, "-n"], input=said, text=True, check=True, capture_output=True)


def test_a_shell_that_asks_is_answered(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(COMPLETE, "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "gxgen st")
    monkeypatch.setenv("COMP_CWORD", "1")
    with pytest.raises(SystemExit):
        main([])
    assert capsys.readouterr().out.split() == ["status"]


if __name__ == "__main__":
    for width in WIDTHS:
        for command in COMMANDS:
            kept(command, width).parent.mkdir(parents=True, exist_ok=True)
            kept(command, width).write_text(page(command, width), "utf-8")
