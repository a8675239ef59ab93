"""``import gxgen``: what it offers is there, documented and cheap, and the page's example runs."""

from __future__ import annotations

import inspect
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable
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


def test_types_are_told_of_the_same_names(tmp_path: Path) -> None:
    """As whoever writes a script is told them, by a checker that takes no name for granted."""
    asked = "import gxgen\n" + "".join(f"reveal_type(gxgen.{one})\n" for one in gxgen.__all__)
    (tmp_path / "asking.py").write_text(asked, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "asking.py"]
    here = {**os.environ, "MYPYPATH": str(ROOT), "MYPY_CACHE_DIR": str(ROOT / ".mypy_cache/face")}
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=here)
    told = re.findall(r'note: Revealed type is "(.*)"', done.stdout)
    assert "error:" not in done.stdout and len(told) == len(gxgen.__all__), done.stdout
    assert not [one for one in told if one.startswith("Any")]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county with forms of two years."""
    root = tmp_path_factory.mktemp("face") / "项目"
    api.init(root, county="某某县", year=2024, demo=2, years=2)
    return root


Kind = type[Path] | type[str]
NO_FILES = {"CancelledError", "Stop", "explain", "roll_up", "schema"}
WITH_FILES: dict[str, Callable[[Kind, Path, Path], object]] = {
    "Project": lambda kind, root, _: (
        gxgen.Project(kind(root)).check(kind(root / "inputs")).outcomes[0].judgement.title
    ),
    "read": lambda kind, root, _: gxgen.read(kind(form(root))),
    "check": lambda kind, root, _: gxgen.check(kind(form(root)), last_year=kind(form(root, 2023))),
    "build": lambda kind, root, _: repr(gxgen.build(kind(form(root)))),
    "build_county": lambda kind, root, to: [
        one.exit_status
        for one in (
            gxgen.build_county(kind(form(root)), output=kind(to), last_year=kind(form(root, 2023))),
            gxgen.build_county([kind(form(root))], output=kind(to)),
        )
    ],
    "blank": lambda kind, root, _: len(gxgen.blank(2025, last_year=kind(form(root)))),
    "compare": lambda kind, root, _: repr(gxgen.compare(kind(form(root)), kind(form(root, 2023)))),
    "import_reports": lambda kind, root, to: (
        gxgen.import_reports(kind(root / "a.txt"), to=kind(to)).files
    ),
    "receive": lambda kind, root, _: [
        gxgen.receive(gxgen.Project(root), some)[0].outcome
        for some in (kind(form(root)), [kind(form(root))])
    ],
}


def form(root: Path, year: int = 2024) -> Path:
    """The form of one agency."""
    return sorted((root / "inputs" / str(year)).glob("*.xlsx"))[0]


@pytest.mark.parametrize("name", sorted(set(gxgen.__all__) - NO_FILES))
def test_a_file_is_named_by_a_path_or_by_its_text(name: str, county: Path, tmp_path: Path) -> None:
    """One alone too: a text is a path, and no row of letters."""
    (county / "a.txt").write_text("无", "utf-8")
    by_path, by_text = (WITH_FILES[name](kind, county, tmp_path) for kind in (Path, str))
    assert by_path == by_text and by_path not in (None, [], ())


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
