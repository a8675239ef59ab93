"""How many small faults planted in the code the tests find.

``python -m benchmarks.mutants [COUNT [SEED [ROOM…]]]`` copies the tree, plants one fault at a time
(a comparison, a number, a word of a label, a condition turned round), runs the tests of that room
and says which faults nobody noticed. Minutes, not seconds: about twenty a fault.
"""

from __future__ import annotations

import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent

ROOMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "editions": (
        ("gxgen/editions/*.py",),
        ("tests/editions", "tests/test_numbers.py", "tests/checks", "tests/form"),
    ),
    "checks": (("gxgen/checks/rules/*.py", "gxgen/checks/[flrsw]*.py"), ("tests/checks",)),
    "reader": (
        ("gxgen/form/read/*.py", "gxgen/numbers.py"),
        ("tests/form", "tests/test_numbers.py"),
    ),
    "prose": (("gxgen/prose/*.py", "gxgen/letters.py"), ("tests/prose",)),
    "templates": (
        ("gxgen/templates/gate.py", "gxgen/county/gate.py", "gxgen/formats/docx/traces.py"),
        ("tests/county/test_gate.py", "tests/formats/test_traces.py", "tests/templates"),
    ),
    "planning": (
        ("gxgen/county/plan.py", "gxgen/county/roll*.py", "gxgen/county/fingerprint.py"),
        ("tests/county", "tests/acceptance"),
    ),
    "read-back": (
        ("gxgen/document/comparison.py", "gxgen/formats/*/verify.py"),
        ("tests/formats", "tests/county/test_read_back.py"),
    ),
}
"""By room: the files that get faults, and the tests that must find them."""

SWAPS: dict[type[ast.AST], tuple[str, str]] = {
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
}
OUTLIVES = 1800
"""Seconds after which the tests of a fault are taken to hang: many times what any room takes."""
FOUND, HANGS, SURVIVED = "found", "HANGS", "SURVIVED"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: ``old`` at ``start`` of a file's text becomes ``new``."""

    room: str
    file: str
    line: int
    start: int
    old: str
    new: str

    def __str__(self) -> str:
        """What was changed, and where."""
        return f"{self.file}:{self.line}  {self.old!r} → {self.new!r}"


def faults(room: str, path: Path) -> Iterator[Fault]:
    """Every fault that can be planted in a file."""
    text = path.read_text(encoding="utf-8")
    starts = [0]
    for line in text.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    raw = text.encode()
    tree = ast.parse(text)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    # How a class is stored, and since when a rule is there, is nothing that a test should know.
    prose |= {
        id(keyword.value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg in ("frozen", "slots", "eq", "compare", "repr", "since", "hint", "strict")
    }
    for node in ast.walk(tree):
        if id(node) in prose or not hasattr(node, "lineno"):
            continue
        begin = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        source = raw[begin:end].decode()
        for at, old, new in _changes(node, source, starts, begin, raw):
            file = path.relative_to(ROOT).as_posix()
            yield Fault(room, file, node.lineno, at, old, new)


def _changes(
    node: ast.AST, source: str, starts: list[int], begin: int, raw: bytes
) -> Iterator[tuple[int, str, str]]:
    """(offset in bytes, old, new) of the faults of one node."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            after = starts[(left.end_lineno or 1) - 1] + (left.end_col_offset or 0)
            before = starts[right.lineno - 1] + right.col_offset
            old, new = SWAPS[type(op)]
            place = raw.find(old.encode(), after, before)
            if place >= 0:
                yield place, old, new
        case ast.Constant(value=bool() as value):
            yield begin, source, str(not value)
        case ast.Constant(value=int() as value) if source.isdecimal():
            yield begin, source, str(value + 1)
        case ast.Constant(value=str() as value) if value and source[:1] == '"':
            if "。" in value:  # a sentence: its wording is nobody's to test
                return
            yield begin, source, f'"{source[2:]}'
        case ast.UnaryOp(op=ast.Not()):
            yield begin, source, source.removeprefix("not ")
        case ast.BoolOp(op=op, values=[first, second, *_]):
            after = starts[(first.end_lineno or 1) - 1] + (first.end_col_offset or 0)
            before = starts[second.lineno - 1] + second.col_offset
            old, new = ("and", "or") if isinstance(op, ast.And) else ("or", "and")
            place = raw.find(old.encode(), after, before)
            if place >= 0:
                yield place, old, new


def fate(fault: Fault, copy: Path) -> str:
    """What the tests of its room make of a fault. One that they hang on is told apart: on a machine
    with other work it may not have been found at all."""
    path = copy / fault.file
    whole = path.read_bytes()
    begin = fault.start
    planted = whole[:begin] + fault.new.encode() + whole[begin + len(fault.old.encode()) :]
    path.write_bytes(planted)
    try:
        ast.parse(planted)
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-q", "-n", "2", *ROOMS[fault.room][1]],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy), "HYPOTHESIS_PROFILE": "default"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=OUTLIVES,
            check=False,
        )
    except SyntaxError:
        return FOUND
    except subprocess.TimeoutExpired:
        return HANGS
    finally:
        path.write_bytes(whole)
    return FOUND if done.returncode else SURVIVED


def main(count: int = 60, seed: int = 1, *rooms: str) -> None:
    """Plant ``count`` faults, as many in each room, and print the share that was found."""
    choice = random.Random(seed)
    chosen: list[Fault] = []
    for room, (files, _) in ROOMS.items():
        known = [f for one in files for p in sorted(ROOT.glob(one)) for f in faults(room, p)]
        some = choice.sample(known, min(len(known), -(-count // len(ROOMS))))
        chosen += some if not rooms or room in rooms else []
    fates: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(
            ROOT, copy, symlinks=True, ignore=shutil.ignore_patterns(".git", ".venv", "output")
        )
        (copy / "output").mkdir()
        for number, fault in enumerate(chosen, 1):
            came = fate(fault, copy)
            fates[came] += 1
            print(f"{number:3} {came:8} {fault}", flush=True)
    share = fates[FOUND] / len(chosen)
    print(f"{fates[FOUND]} of {len(chosen)} found ({share:.0%}), {fates[HANGS]} hung")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]), *sys.argv[3:])
