"""``county.toml`` as a stranger makes it: refused with the line, never a fault of our own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from pydantic_core.core_schema import ErrorType

from gxgen.county.faults import _what
from gxgen.county.project import load_county
from gxgen.errors import UsageError
from tests.support import ROOT

HEAD = 'county = "某某县"\n'
HOSTILE = ROOT.parent / "shared" / "cases" / "hostile"
BEYOND = {
    "deep in one line": ("x = " + "[" * 5000, "第2行"),
    "deep in many lines": ("x = " + "[\n" * 5000, "第10行"),
    "tables in tables": ("x = " + "{a = " * 700, "第2行"),
    "digits": ("year = " + "9" * 5000, "第2行"),
    "digits of base 16": ("year = 0x" + "f" * 3000, "第2行"),
    "no number": ("year = nan", "第2行"),
    "parts of a name": (".".join("a" * 1500) + " = 1", "第2行"),
    "parts of many names": ("".join(f"{'.'.join('abcdefgh')}{i} = 1\n" for i in range(40_000)), ""),
    "names": ("".join(f"x{i} = 1\n" for i in range(250_000)), ""),
    "agencies": ("[[agency]]\n" * 60_000, "agency"),
    "formats": ("formats = [" + "[],\n" * 90_000 + "]", "formats"),
    "a name that a terminal obeys": ('"\\u001b[31m\\n\\u202e" = 1', "[U+001B]"),
    "another program": ('pdf = "word"', "builtin"),
    "a kind": ('[[agency]]\nname = "甲"\nkind = "局"', "街道"),
}


@pytest.mark.parametrize("text, told", BEYOND.values(), ids=BEYOND)
def test_it_is_refused_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "county.toml").write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        load_county(tmp_path)
    said = str(refused.value)
    assert told in said
    assert "\x1b" not in said and "\u202e" not in said
    assert len(said.split("\n")) < 60


@pytest.mark.parametrize("kind", get_args(ErrorType))
def test_no_sentence_of_the_library_is_shown(kind: str) -> None:
    context = {"expected": "'甲' or '乙'"}
    detail = {"type": kind, "loc": ("x",), "msg": "Input should be", "ctx": context}
    said = _what(detail, "CountySettings")
    assert said and not said.isascii() and "Input" not in said


@pytest.mark.parametrize("name", ("toml_deep.toml", "toml_year_5000digits.toml"))
def test_the_specimens(tmp_path: Path, name: str) -> None:
    if not HOSTILE.is_dir():
        pytest.skip(f"没有样本文件夹 {HOSTILE}")
    (tmp_path / "county.toml").write_bytes((HOSTILE / name).read_bytes())
    done = subprocess.run(
        [sys.executable, "-m", "gxgen", "check", str(tmp_path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert "行" in done.stderr and "Traceback" not in done.stderr
