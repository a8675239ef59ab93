"""No sentence in the desk tells its reader to run a command: there is no terminal."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gxgen.checks.registry import homes, page, rule
from gxgen.desk.here import PRESSED, here
from tests.support import ROOT

COMMAND = re.compile(r"gxgen [a-z]|(?<![\w-])--[a-z]")
ASKED = re.compile(r"请技术人员用 (?:gxgen [a-z]+ ?)?(?:--)?[a-z]*(?:、--[a-z]+)?")
ROOMS = (
    "api",
    "county",
    "checks",
    "comparison",
    "formats",
    "published",
    "form",
    "show",
    "templates",
)
UNSEEN = {
    "api/__init__.py": "an invented county, which the desk does not make",
    "api/auditing.py": "auditing is no part of the desk",
    "api/comparing.py": "of documents; the desk compares forms",
    "api/designing.py": "making styles is no part of the desk",
    "api/importing.py": "a name that is given with a file, which the desk does not give",
    "api/sending.py": "the desk names its county and year",
    "api/words.py": "words.toml is not changed in the desk",
    "comparison/reports.py": "the desk knows which units were renamed",
    "county/answered.py": "a comment in a file",
    "county/files.py": "the desk writes blank forms where there are none",
    "county/forms.py": "the desk writes blank forms where there are none",
    "county/memory.py": "a comment in a file",
    "county/origin.py": "tracing is no part of the desk",
    "county/plan.py": "the desk names folders that are there",
    "county/workers.py": "the desk uses no cluster",
    "formats/office/program.py": "the command of another program's installer",
}
"""Where sentences name a command that nobody reads in the desk, and why."""
NOT_HERE = {"GX060": "JSON is not dropped into the desk", "GX070": "last year's form is not named"}


def told(path: Path) -> Iterator[str]:
    """The Chinese sentences of a module that name a command, whatever is filled in as {}."""
    tree = ast.parse(path.read_text("utf-8"))
    parts = {id(v) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for v in n.values}
    docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        text = "" if id(node) in parts | docs else _text(node)
        if COMMAND.search(text) and re.search("[一-鿿]", text):
            yield text


def _text(node: ast.AST) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(_text(one) or "{}" for one in values)
    return ""


def wrong(sentence: str) -> bool:
    return COMMAND.search(ASKED.sub("", here(sentence))) is not None


MODULES = {
    path.relative_to(ROOT / "gxgen").as_posix(): [*told(path)]
    for room in ROOMS
    for path in sorted((ROOT / "gxgen" / room).rglob("*.py"))
}
SAID = {name: found for name, found in MODULES.items() if found}


@pytest.mark.parametrize("name", sorted(SAID.keys() - UNSEEN.keys()))
def test_what_a_module_tells_to_run_is_pressed_in_the_desk(name: str) -> None:
    assert [here(one) for one in SAID[name] if wrong(one)] == []


def test_what_is_left_out_is_there() -> None:
    assert {name for name in UNSEEN if not any(map(wrong, SAID.get(name, ())))} == set()


def said_of(code: str) -> list[str]:
    """A code's advice and page, a paragraph each, as the desk shows them."""
    paragraphs = [one.replace("\n", "") for one in page(code).split("\n\n")]
    return [rule(code).hint or "", *paragraphs]


@pytest.mark.parametrize("code", homes())
def test_what_a_code_tells_to_run_is_pressed_in_the_desk(code: str) -> None:
    found = [here(one) for one in said_of(code) if wrong(one)]
    assert bool(found) == (code in NOT_HERE), found


def test_every_exchange_has_its_sentence() -> None:
    codes = "\n".join(one for code in homes() for one in said_of(code))
    every = "\n".join([codes, *(text for found in SAID.values() for text in found)])
    assert [pattern for pattern, _ in PRESSED if not re.search(pattern, every)] == []


@pytest.mark.parametrize("said", [said for _, said in PRESSED])
def test_what_is_pressed_is_on_a_screen(said: str) -> None:
    words = (ROOT / "gxgen" / "desk" / "words.py").read_text("utf-8")
    assert [one for one in re.findall("“([^”]+)”", said) if one not in words] == []
