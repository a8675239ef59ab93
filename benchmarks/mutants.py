"""How many small faults planted in the code the tests find.

``python -m benchmarks.mutants [COUNT [SEED [ROOM…]]]`` copies the tree, plants one fault at a time
(a comparison, a number, a word of a label, a condition turned round), runs the tests of that room
and says which faults nobody noticed. Some seconds for a fault that is found, minutes for another.

What a busy machine does to tests is not taken for finding. The rooms must pass untouched, which
measures their processor time too. A fault is *found* when a test fails on it, and fails again when
it is run alone. A process that takes many times the processor time of its room's tests *hangs*;
where even the clock's long limit is reached, or a test fails once only, the fault is *undecided*.
Neither of them counts as found, nor does a fault that changes nothing (``EQUIVALENT``).
"""

from __future__ import annotations

import ast
import contextlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gxgen.cache import VARIABLE

ROOT = Path(__file__).parent.parent

ROOMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "editions": (
        ("gxgen/editions/*.py",),
        (
            "tests/editions",
            "tests/test_numbers.py",
            "tests/checks",
            "tests/form",
            "tests/prose/test_headings.py",
        ),
    ),
    "checks": (
        ("gxgen/checks/rules/*.py", "gxgen/checks/[flrsw]*.py"),
        ("tests/checks", "tests/test_registry.py"),
    ),
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
EQUIVALENT = {
    (
        "gxgen/checks/rules/gx508_doubled_phrase.py",
        '_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿")',
        '"〇零一二三四五六七八九十百千万亿"',
        '"零一二三四五六七八九十百千万亿"',
    ): "〇 is no sign of the block in which doubled phrases are looked for",
    (
        "gxgen/checks/locate.py",
        "others: int = 0",
        "0",
        "1",
    ): "it is told only where one cell is certain, and stated there",
}
"""Faults that change nothing that anybody could see: (file, its line, old, new) and the reason."""
PATIENCE = 2
"""So many times the processor time that all tests of a room take, each process of a fault's run may
take (and ``GRACE`` seconds more); one that takes it hangs."""
GRACE = 60
CLOCK = 3_600
"""Seconds by the clock after which a run is given up: it says nothing about the fault."""
TRIES = 3
"""So often a run is repeated whose failing tests pass when they are run again."""
LIKELIEST = 8
"""So many files of tests are run first, those that speak of the module."""
FOUND, HANGS, SURVIVED, UNDECIDED = "found", "hangs", "SURVIVED", "undecided"
PASSED = (0, 5)
"""How pytest ends where all tests passed, or none was chosen."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: ``old`` at ``start`` of a file's text becomes ``new``."""

    room: str
    file: str
    line: int
    text: str
    start: int
    old: str
    new: str

    def __str__(self) -> str:
        """What was changed, and where."""
        return f"{self.file}:{self.line}  {self.old!r} → {self.new!r}"

    @property
    def equivalent(self) -> str:
        """Why nobody could notice it, or nothing."""
        return EQUIVALENT.get((self.file, self.text, self.old, self.new), "")

    def planted(self, whole: bytes) -> bytes:
        """A file with the fault in it."""
        return (
            whole[: self.start] + self.new.encode() + whole[self.start + len(self.old.encode()) :]
        )


def faults(room: str, path: Path) -> Iterator[Fault]:
    """Every fault that can be planted in a file and leaves it Python."""
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    starts = [0]
    for line in text.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    raw = text.encode()
    tree = ast.parse(text)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    prose |= set(_of_types(tree))
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
            file, line = path.relative_to(ROOT).as_posix(), raw[:at].count(b"\n")
            fault = Fault(room, file, line + 1, lines[line].strip(), at, old, new)
            if _is_python(fault.planted(raw)):
                yield fault


def _of_types(tree: ast.Module) -> Iterator[int]:
    """What stands in annotations: no run reads it."""
    for node in ast.walk(tree):
        for field in ("annotation", "returns"):
            told = getattr(node, field, None)
            if isinstance(told, ast.AST):
                yield from map(id, ast.walk(told))


def _is_python(source: bytes) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


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


# -- running the tests ---------------------------------------------------------------------------


@cache
def tests_of(room: str) -> tuple[str, ...]:
    """The files of a room's tests."""
    files: list[Path] = []
    for where in ROOMS[room][1]:
        path = ROOT / where
        files += sorted(path.rglob("test_*.py")) if path.is_dir() else [path]
    return tuple(path.relative_to(ROOT).as_posix() for path in files)


def in_order(fault: Fault) -> list[str]:
    """The files of a room's tests, those first that speak of the faulty module; all of them."""
    module = Path(fault.file).with_suffix("").as_posix().replace("/", ".")
    room, _, name = module.rpartition(".")

    def speaks(file: str) -> tuple[bool, int]:
        text = (ROOT / file).read_text(encoding="utf-8")
        stem = Path(file).stem.removeprefix("test_")
        own = not {part.rstrip("s") for part in name.split("_")}.isdisjoint(
            part.rstrip("s") for part in stem.split("_")
        )
        return own, 3 * text.count(module) + 2 * text.count(f"{room} import") + text.count(name)

    return sorted(tests_of(fault.room), key=speaks, reverse=True)


@dataclass(slots=True)
class Copy:
    """A copy of the tree whose tests are run."""

    folder: Path

    def run(self, tests: Sequence[str], *more: str, limit: int | None = None) -> int:
        """How pytest ended; as if by the signal where it, or a process of it, took too long."""
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", "-x", "-q", "-m", "not tool", *more, *tests],
            cwd=self.folder,
            env={
                **os.environ,
                "PYTHONPATH": str(self.folder),
                VARIABLE: str(self.folder / ".kept"),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        if limit:
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
        try:
            return process.wait(CLOCK)
        except subprocess.TimeoutExpired:
            return -signal.SIGKILL
        finally:
            _end(process)

    def forget(self) -> None:
        """What earlier faults left: examples that failed, what was cached."""
        for name in (".hypothesis", ".kept", ".pytest_cache"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def measured(self, room: str) -> int:
        """Seconds of the processor that a process of the room's tests may take at most."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        if (ended := self.run(tests_of(room), "-n", "2")) != 0:
            how = "fail" if ended > 0 else "were ended from outside, or by the clock,"
            sys.exit(f"the tests of {room} {how} without any fault: nothing can be measured")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return round(PATIENCE * taken) + GRACE

    def judged(self, fault: Fault, limit: int) -> str:
        """What the tests of its room make of a fault."""
        path = self.folder / fault.file
        whole = path.read_bytes()
        path.write_bytes(fault.planted(whole))
        try:
            for _ in range(TRIES):
                self.forget()
                if (verdict := self._once(in_order(fault), limit)) != UNDECIDED:
                    return verdict
            return UNDECIDED
        finally:
            path.write_bytes(whole)

    def _once(self, tests: list[str], limit: int) -> str:
        for some, more in ((tests[:LIKELIEST], ()), (tests[LIKELIEST:], ("-n", "2"))):
            if not some or (ended := self.run(some, *more, limit=limit)) in PASSED:
                continue
            if ended > 0:  # alone and in one process: neither load nor a lost process did it
                ended = self.run(some, "--lf", "--lfnf=none", limit=limit)
            if ended == -signal.SIGXCPU:
                return HANGS
            return UNDECIDED if ended < 0 or ended in PASSED else FOUND
        return SURVIVED


def _end(process: subprocess.Popen[bytes]) -> None:
    """End what a run has left behind, itself included."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


# -- choosing faults and saying what became of them ----------------------------------------------


def chosen(count: int, seed: int) -> list[Fault]:
    """``count`` faults, as many in each room as in any other, or one more."""
    choice = random.Random(seed)
    faulty: list[Fault] = []
    for number, (room, (files, _)) in enumerate(ROOMS.items()):
        known = [f for one in files for p in sorted(ROOT.glob(one)) for f in faults(room, p)]
        share = count // len(ROOMS) + (number < count % len(ROOMS))
        faulty += choice.sample(known, min(len(known), share))
    return faulty


def main(count: int = 60, seed: int = 1, *rooms: str) -> None:
    """Plant ``count`` faults, or those of them that are in ``rooms``; print what became of each."""
    for asked in (signal.SIGINT, signal.SIGHUP):  # whoever runs it behind a shell ignores them
        signal.signal(asked, signal.SIG_DFL)
    planted = [fault for fault in chosen(count, seed) if not rooms or fault.room in rooms]
    became: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(Path(folder) / "tree")
        left_out = shutil.ignore_patterns(".git", ".venv", "output", ".hypothesis", ".pytest_cache")
        shutil.copytree(ROOT, copy.folder, symlinks=True, ignore=left_out)
        (copy.folder / "output").mkdir()
        limits = {room: copy.measured(room) for room in dict.fromkeys(f.room for f in planted)}
        for number, fault in enumerate(planted, 1):
            same = fault.equivalent
            verdict = "changes nothing" if same else copy.judged(fault, limits[fault.room])
            became[verdict] += 1
            print(f"{number:3} {verdict:9} {fault}{same and f'  ({same})'}", flush=True)
    told = ", ".join(f"{number} {what}" for what, number in sorted(became.items()))
    print(f"{became[FOUND]} of {len(planted)} found ({became[FOUND] / len(planted):.0%}): {told}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]), *sys.argv[3:])
