"""The house keeps its order: who imports whom, what an edition may hold, how large things get."""

from __future__ import annotations

import ast
import importlib.util
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import gxgen

PACKAGE = Path(gxgen.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
NAMES = [path.relative_to(PACKAGE).as_posix() for path in FILES]
EACH_FILE = pytest.mark.parametrize("path", FILES, ids=NAMES)

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


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """(module, line) of every import, wherever it stands; relative ones do not occur."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: a relative import"
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """(name, lines) of every function, its docstring and decorators included."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@EACH_FILE
def test_file_belongs_to_a_room(path: Path) -> None:
    assert room(path) in LEVEL or room(path) in OUTSIDE


@EACH_FILE
def test_imports_go_rightward_only(path: Path) -> None:
    here = room(path)
    if here in OUTSIDE:
        return
    for module, line in imports(path):
        parts = module.split(".")
        if parts[0] == "gxgen" and len(parts) > 1 and parts[1] in LEVEL and parts[1] != here:
            assert LEVEL[parts[1]] > LEVEL[here] or (here in ORDER[-1] and parts[1] in ORDER[-1]), (
                f"{path.name}:{line}: {here} imports {parts[1]}"
            )


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
        path: ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in FILES
    }
    modules = {name.removesuffix(".__init__"): path for path, name in names.items()}
    needs = {
        module: {
            found
            for name, _ in imports(path)
            if (found := name if name in modules else name.rpartition(".")[0]) in modules
            and found != module
        }
        for module, path in modules.items()
    }
    assert len(list(TopologicalSorter(needs).static_order())) == len(modules)


def test_no_room_is_above_a_fifth_of_the_house() -> None:
    lines: Counter[str] = Counter()
    for path in FILES:
        lines[room(path)] += len(path.read_text(encoding="utf-8").splitlines())
    ((name, most),) = lines.most_common(1)
    assert most <= lines.total() / 5, f"{name}: {most} of {lines.total()} lines"


@EACH_FILE
def test_docxtpl_is_reached_through_one_wrapper(path: Path) -> None:
    if path.relative_to(PACKAGE).as_posix() != "formats/docx/wrapped.py":
        assert not [line for module, line in imports(path) if module.split(".")[0] == "docxtpl"]


@EACH_FILE
def test_checks_know_no_document_library(path: Path) -> None:
    if room(path) == "checks":
        assert not [m for m, _ in imports(path) if m.split(".")[0] in DOCUMENT_LIBRARIES]


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


@EACH_FILE
def test_functions_are_short(path: Path) -> None:
    long = [(name, lines) for name, lines in functions(path) if lines > LONGEST_FUNCTION]
    assert not long


def test_functions_are_mostly_very_short() -> None:
    lines = [lines for path in FILES for _, lines in functions(path)]
    assert statistics.median(lines) <= MEDIAN_FUNCTION
    assert statistics.quantiles(lines, n=10)[-1] <= 20


@EACH_FILE
def test_files_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@EACH_FILE
def test_rules_are_shorter(path: Path) -> None:
    if path.stem[:2] != "gx" or path.parent.parent.name != "checks":
        return
    page = tree(path).body[0].end_lineno or 0
    assert len(path.read_text(encoding="utf-8").splitlines()) - page <= LONGEST_RULE


@EACH_FILE
def test_no_rule_or_check_names_a_year_or_an_edition(path: Path) -> None:
    """Code asks what an edition declares; a comparison with its id or year is a branch on it."""
    if room(path) not in {"checks", "formats", "document", "form", "templates", "show"}:
        return
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Compare):
            for side in (node.left, *node.comparators):
                value = side.value if isinstance(side, ast.Constant) else None
                assert str(value) not in {"2019", "2020", "2021"}, f"{path.name}:{node.lineno}"


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
