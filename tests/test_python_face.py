"""``import gxgen``: what it offers is there, documented and cheap, and the page's example runs."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import gxgen
from gxgen import api
from tests.support import ROOT

PAGE = (ROOT / "docs/api.md").read_text("utf-8")


@pytest.mark.parametrize("name", gxgen.__all__)
def test_each_name_is_there_typed_and_explained(name: str) -> None:
    found = getattr(gxgen, name)
    assert inspect.getdoc(found)
    assert name in dir(gxgen)
    if inspect.isfunction(found):
        signature = inspect.signature(found)
        assert signature.return_annotation is not inspect.Signature.empty
        assert all(one.annotation is not one.empty for one in signature.parameters.values())
        assert f"`{name}(" in PAGE


def test_types_are_told_of_the_same_names() -> None:
    stub = Path(gxgen.__file__).with_suffix(".pyi").read_text("utf-8")
    named = {
        one.asname: node.module
        for node in ast.parse(stub).body
        if isinstance(node, ast.ImportFrom)
        for one in node.names
    }
    assert named.keys() == set(gxgen.__all__)
    for name, home in named.items():
        assert str(getattr(gxgen, name).__module__) == home


def test_no_name_of_it_is_a_room_s_too() -> None:
    """Importing a room would put it in the place of the function."""
    rooms = {one.name for one in pkgutil.iter_modules(gxgen.__path__)}
    assert rooms & set(gxgen.__all__) == set()


def test_what_is_not_there_is_told() -> None:
    with pytest.raises(AttributeError, match="no_such_thing"):
        gxgen.no_such_thing  # noqa: B018


def test_importing_loads_nothing_else() -> None:
    code = "import sys, gxgen; print(sorted(n for n in sys.modules if n.startswith('gxgen.')))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_the_example_of_the_page_runs_as_a_script_without_a_guard(tmp_path: Path) -> None:
    root = tmp_path / "项目"
    api.init(root, county="某某县", year=2025)
    settings = root / "inputs/county.toml"
    settings.write_text(
        settings.read_text("utf-8") + '\n[[agency]]\nname = "某某县财政局"\n', "utf-8"
    )
    [example] = re.findall(r"```python\n(.*?)```", PAGE, re.S)
    script = tmp_path / "例子.py"
    script.write_text(example.replace("ROOT", repr(str(root))), "utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", str(script)], capture_output=True, text=True, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "某某县财政局"
    assert lines[1].startswith("error GX")
    assert lines[3] == "[] False"
    assert lines[4] == "[]"
    assert lines[5].startswith("first “某某县财政局”第一次报送")
    assert "unit 某某县财政局 missing" in lines
    assert lines[-1].startswith("某某县财政局 missing ")
    assert not (tmp_path / "output").exists()
