"""The house keeps its order: who imports whom, what an edition may hold, how large things get."""

from __future__ import annotations

import ast
import importlib.util
import statistics
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import gxgen

PACKAGE = Path(gxgen.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

ORDER = (
    {"cli"},
    {"desk"},
    {"api"},
    {"demo"},
    {"county"},
    {"show"},
    {"templates"},
    {"audit"},
    {"comparison"},
    {"checks"},
    {"formats"},
    {"fonts"},
    {"published"},
    {"prose"},
    {"form"},
    {"document"},
    {"model"},
    {"opc"},
    {"editions"},
    {
        "a1",
        "letters",
        "toml",
        "places",
        "kinds",
        "numbers",
        "numerals",
        "diagnostics",
        "errors",
        "cache",
        "markup",
    },
)
LEVEL = {room: level for level, rooms in enumerate(ORDER) for room in rooms}
OUTSIDE = {"__init__", "__main__"}

HEAVY = {"openpyxl", "docxtpl", "lxml", "xlsxwriter", "pydantic", "docx", "isal", "pypdfium2"}
DOCUMENT_LIBRARIES = HEAVY - {"pydantic"}
LONGEST_FUNCTION = 60
MEDIAN_FUNCTION = 8
LONGEST_FILE = 400
LONGEST_RULE = 80
"""Without its docstring, which is the rule's page and may be as long as it must."""


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class File:
    """What the rules of the house ask of a module, which is parsed once for all of them."""

    path: Path
    imports: list[tuple[str, int]]
    """(module, line) of every import, wherever it stands; relative ones do not occur."""
    functions: list[tuple[str, int]]
    """(name, lines) of every function, its docstring and decorators included."""
    compared: list[tuple[str, int]]
    """(constant, line) of every comparison."""
    page: int
    """Where its docstring ends."""
    lines: int

    def __str__(self) -> str:
        return self.path.relative_to(PACKAGE).as_posix()


@cache
def files() -> list[File]:
    return [_file(path) for path in FILES]


def _file(path: Path) -> File:
    text = path.read_text(encoding="utf-8")
    module = ast.parse(text)
    page = (module.body[0].end_lineno or 0) if module.body else 0
    file = File(path, [], [], [], page, len(text.splitlines()))
    for node in ast.walk(module):
        match node:
            case ast.Import():
                file.imports.extend((alias.name, node.lineno) for alias in node.names)
            case ast.ImportFrom():
                assert node.level == 0, f"{file}:{node.lineno}: a relative import"
                names = (f"{node.module}.{alias.name}" for alias in node.names)
                file.imports.extend((name, node.lineno) for name in names)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                file.functions.append((node.name, size))
            case ast.Compare():
                sides = (side for side in (node.left, *node.comparators))
                constants = (side.value for side in sides if isinstance(side, ast.Constant))
                file.compared.extend((str(value), node.lineno) for value in constants)
    return file


def test_files_belong_to_rooms() -> None:
    assert not [str(f) for f in files() if room(f.path) not in LEVEL.keys() | OUTSIDE]


def test_imports_go_rightward_only() -> None:
    assert not [
        f"{file}:{line}: {here} imports {there}"
        for file in files()
        if (here := room(file.path)) not in OUTSIDE
        for module, line in file.imports
        if module.startswith("gxgen.") and (there := module.split(".")[1]) in LEVEL.keys() - {here}
        if LEVEL[there] <= LEVEL[here] and not {here, there} <= ORDER[-1]
    ]


def test_rooms_of_a_room_import_no_way_round() -> None:
    """What loads together is ordered: no sub-package needs, over others, one that needs it."""
    home = PACKAGE / "formats"
    needs: dict[str, set[str]] = {path.parent.name: set() for path in home.glob("*/__init__.py")}
    for path in home.rglob("*/*.py"):
        here = path.parent.name
        for node in tree(path).body:
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("gxgen.formats."):
                there = str(node.module).split(".")[2]
                needs[here] |= {there} & (needs.keys() - {here})
    assert len(list(TopologicalSorter(needs).static_order())) == len(needs)


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Imports inside functions and those for types alone count too."""
    names = {
        ".".join(file.path.relative_to(PACKAGE.parent).with_suffix("").parts): file
        for file in files()
    }
    modules = {name.removesuffix(".__init__"): file for name, file in names.items()}
    needs = {
        module: {
            found
            for name, _ in file.imports
            if (found := name if name in modules else name.rpartition(".")[0]) in modules
            and found != module
        }
        for module, file in modules.items()
    }
    assert len(list(TopologicalSorter(needs).static_order())) == len(modules)


def test_no_room_is_above_a_fifth_of_the_house() -> None:
    lines: Counter[str] = Counter()
    for file in files():
        lines[room(file.path)] += file.lines
    ((name, most),) = lines.most_common(1)
    assert most <= lines.total() / 5, f"{name}: {most} of {lines.total()} lines"


def test_docxtpl_is_reached_through_one_wrapper() -> None:
    users = {str(f) for f in files() for name, _ in f.imports if name.split(".")[0] == "docxtpl"}
    assert users == {"formats/docx/wrapped.py"}


def test_checks_know_no_document_library() -> None:
    assert not [
        f"{file}:{line}: {module}"
        for file in files()
        if room(file.path) == "checks"
        for module, line in file.imports
        if module.split(".")[0] in DOCUMENT_LIBRARIES
    ]


def test_light_commands_load_no_heavy_library() -> None:
    code = (
        "import sys, gxgen.checks.runner as r, gxgen.checks.registry as g, gxgen.show.explain\n"
        "import gxgen.cli\n"
        "g.rules()\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    )
    assert done.stdout.strip() == "[]"


LITERAL = (
    ast.Constant, ast.Name, ast.Load, ast.Store, ast.Tuple, ast.Call, ast.keyword, ast.Attribute,
    ast.Assign, ast.Expr, ast.ImportFrom, ast.alias, ast.Module, ast.Starred, ast.UnaryOp, ast.USub,
)  # fmt: skip


DECLARATIONS = sorted((PACKAGE / "editions").glob("published_*.py")) + sorted(
    (PACKAGE / "editions").glob("y*.py")
)


@pytest.mark.parametrize("path", DECLARATIONS, ids=lambda p: p.stem)
def test_editions_hold_literals_only(path: Path) -> None:
    """No branch, loop, function, comprehension or arithmetic: an edition is read, not run."""
    for node in ast.walk(tree(path)):
        assert isinstance(node, LITERAL), f"{path.name}: {ast.dump(node)[:60]}"


def test_functions_are_short() -> None:
    assert not [
        f"{file}: {name} has {lines} lines"
        for file in files()
        for name, lines in file.functions
        if lines > LONGEST_FUNCTION
    ]


def test_functions_are_mostly_very_short() -> None:
    lines = [lines for file in files() for _, lines in file.functions]
    assert statistics.median(lines) <= MEDIAN_FUNCTION
    assert statistics.quantiles(lines, n=10)[-1] <= 20


def test_files_are_short() -> None:
    assert not [f"{file}: {file.lines} lines" for file in files() if file.lines > LONGEST_FILE]


def test_rules_are_shorter() -> None:
    rules = [
        f for f in files() if f.path.stem[:2] == "gx" and f.path.parent.parent.name == "checks"
    ]
    assert rules
    assert not [str(rule) for rule in rules if rule.lines - rule.page > LONGEST_RULE]


def test_no_rule_or_check_names_a_year_or_an_edition() -> None:
    """Code asks what an edition declares; a comparison with its id or year is a branch on it."""
    assert not [
        f"{file}:{line}"
        for file in files()
        if room(file.path) in {"checks", "formats", "document", "form", "templates", "show"}
        for value, line in file.compared
        if value in {"2019", "2020", "2021"}
    ]


WORKSHOPS = sorted(
    path
    for folder in ("benchmarks", "tests")
    for path in (PACKAGE.parent / folder).rglob("*.py")
    if not path.name.startswith("test_")
)


@pytest.mark.parametrize("path", WORKSHOPS, ids=lambda path: path.name)
def test_what_no_test_imports_still_finds_its_names(path: Path) -> None:
    """A maker of pictures or a benchmark is run by hand, and rarely: its imports are walked."""
    lost = [
        f"{node.module}.{name.name}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] in KNOWN
        for name in node.names
        if not _is_there(str(node.module), name.name)
    ]
    assert not lost


KNOWN = {"gxgen", "tests", "benchmarks"}


def _is_there(module: str, name: str) -> bool:
    if importlib.util.find_spec(module) is None:
        return False
    return hasattr(importlib.import_module(module), name) or bool(
        importlib.util.find_spec(f"{module}.{name}")
    )
