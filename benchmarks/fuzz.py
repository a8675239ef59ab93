"""Hostile files at every door, for a given time: no fault of ours, no hang, no memory eaten.

python -m benchmarks.fuzz [MINUTES] [SEED] [DOOR …] [--keep FOLDER]

Each try is a process of its own with 500 MB more than it begins with and ten seconds. Each thing
found is made as small as leaving out changes makes it, kept in FOLDER, and told by its kind:
the exception and where in gxgen it arose. Ends with 1 where anything was found. POSIX only.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.hostile import Change, bits, ledger, package, text, tree
from gxgen import api
from gxgen.api import designing, importing
from gxgen.county.imports.run import Imported
from gxgen.errors import GxgenError, InternalError

SECONDS, MEMORY = 10, 500 * 2**20
MOST_CHANGES = 6
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Door:
    """One way in: the file that is changed, by which changes, and how a user lets it in.

    ``into`` is run in a folder that ``prepare`` has filled, with the file in its place.
    """

    file: str
    changes: tuple[Change, ...]
    into: Callable[[], object]


FORM = "inputs/2024/甲.xlsx"
WORDLESS = "无/甲.xlsx"
"""The form whose words stand in a file beside it."""


def _build() -> object:
    return api.build([Path("inputs")], debug=True, workers=1)


def _template() -> object:
    designing.check_template("乙")
    return _build()


def _ledger() -> object:
    before = _outside()
    done = _build()
    assert _outside() == before, "something outside the output folder has changed"
    return done


def _outside() -> list[tuple[str, bytes]]:
    return [(str(p), p.read_bytes()) for p in sorted(Path("inputs").rglob("*")) if p.is_file()]


def _imported(path: Path, to: Path) -> list[Imported]:
    each = list(importing.import_reports([path], to=to, force=True, debug=True).each())
    died = [d.message for one in each for d in one.found.diagnostics if d.code == "GX722"]
    assert not died, died
    return each


DOORS = {
    "workbook": Door(FORM, (package,), _build),
    "docx": Door("inputs/2024/甲.docx", (package,), _build),
    "md": Door("inputs/2024/甲.md", (text, bits), _build),
    "txt": Door("inputs/2024/甲.txt", (text, bits), _build),
    "template": Door("templates/乙/report-2021.docx", (package,), _template),
    "settings": Door("inputs/county.toml", (text, text, bits), _build),
    "record": Door(
        "甲.json",
        (tree, tree, bits, text),
        lambda: _imported(Path("甲.json"), Path("出")),
    ),
    "ledger": Door(
        "output/2024/.gxgen/ledger.jsonl", (ledger, ledger, ledger, text, bits), _ledger
    ),
    "journal": Door("output/2024/.gxgen/journal", (text, bits), _ledger),
}


def prepare(folder: Path) -> None:
    """A county of two agencies, built once, with a file for every door."""
    os.chdir(folder)
    api.init(folder, county="某某县", year=2024, demo=2, years=1)
    government = "inputs/2024/某某县人民政府.xlsx"
    first, *others = sorted({*Path("inputs/2024").glob("*.xlsx")} - {Path(government)})
    first.rename(FORM)
    for other in others:
        other.unlink()
    style = Path("templates/乙")
    shutil.copytree(ROOT / "templates/official", style)
    settings = Path("inputs/county.toml")
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('style = "official"', 'style = "乙"'),
        encoding="utf-8",
    )
    _build()
    record, _ = api.show(Path(FORM))
    assert record is not None
    Path("甲.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    wordless = {**record, "narrative": [{**n, "text": ""} for n in record["narrative"][1:-1]]}
    wordless["narrative"] = [n for n in wordless["narrative"] if "." not in n["section"]]
    Path("无.json").write_text(json.dumps(wordless, ensure_ascii=False), encoding="utf-8")
    written = _imported(Path("无.json"), Path("无"))[0].target
    assert written is not None
    written.rename(WORDLESS)
    table = "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n"
    says = "一、总体情况\n（一）主动公开\n本机关公开信息 12 条。\n\n" + table
    Path("inputs/2024/甲.md").write_text("# 年度报告\n" + says, encoding="utf-8")
    Path("inputs/2024/甲.txt").write_text(says, encoding="utf-8")
    built = sorted(Path("output/2024").glob("*.docx"))
    shutil.copy(built[0], "inputs/2024/甲.docx")
    sha = "0" * 64
    names = ("x", "../../inputs/2024/甲.xlsx", "../../../out", "index.html", "returns/甲.xlsx")
    Path("output/2024/.gxgen/journal").write_text("".join(f"{sha} {n}\n" for n in names))


def made(door: Door, data: bytes, steps: list[int]) -> bytes:
    """The file after these changes; each is known by its own seed."""
    for step in steps:
        chance = Random(step)
        data = chance.choice(door.changes)(data, chance)
    return data


# -- one try -----------------------------------------------------------------------------------


def attempt(door: Door, data: bytes, home: Path) -> str:
    """What became of it, in a process and a folder of its own: ``ok``, ``refused``, or the kind
    of what was found."""
    folder = Path(tempfile.mkdtemp(prefix="try-", dir=home.parent))
    try:
        shutil.copytree(home, folder, dirs_exist_ok=True)
        for one in DOORS.values():  # the doors' own files stand beside the form only one at a time
            beside = folder / one.file
            if beside.parent == (folder / FORM).parent and one.file != FORM and one is not door:
                beside.unlink(missing_ok=True)
        if Path(door.file).parent == Path(FORM).parent and door.file != FORM:
            shutil.copy(folder / WORDLESS, folder / FORM)
        (folder / door.file).write_bytes(data)
        return _forked(door, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _forked(door: Door, folder: Path) -> str:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os.close(reading)
        said = _inside(door, folder)
        os.write(writing, said.encode("utf-8", "replace")[:4000])
        os._exit(0)
    os.close(writing)
    status, until = None, time.monotonic() + SECONDS
    while status is None and time.monotonic() < until:
        ended, code = os.waitpid(child, os.WNOHANG)
        status = code if ended else None
        time.sleep(0.002)
    if status is None:
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    if status is None:
        return "hang"
    panic = (folder / "stderr").read_text(errors="replace") if not said else ""
    return said or f"signal {os.WTERMSIG(status)} {panic.strip().partition(chr(10))[0][:200]}"


def _inside(door: Door, folder: Path) -> str:
    import resource

    os.chdir(folder)
    for number in (1, 2):
        os.dup2(os.open("stderr", os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
    size = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))
    try:
        done = door.into()
        panic = "panicked" in Path("stderr").read_text(errors="replace")
        return "native panic" if panic else _faults(done)
    except MemoryError as error:
        return f"memory {_where(error)}"
    except InternalError as error:
        return f"InternalError {_where(error)}"
    except GxgenError:
        return "refused"
    except BaseException as error:
        return f"{type(error).__name__} {_where(error)}"


def _faults(done: object) -> str:
    """What a build that came to its end says of itself: a unit that was not done is found too."""
    if any(found.code == "GX901" for found in getattr(done, "diagnostics", ())):
        return "GX901"
    told = [fault for one in getattr(done, "outcomes", ()) for fault in one.faults]
    told += getattr(done, "faults", ())
    return f"undone {told[0][:120]}" if told else "ok"


def _where(error: BaseException) -> str:
    """The innermost place in gxgen, and the message's beginning."""
    package_home = str(ROOT / "gxgen")
    frames = [f for f in traceback.extract_tb(error.__traceback__) if package_home in f.filename]
    place = f"{Path(frames[-1].filename).relative_to(ROOT)}:{frames[-1].lineno}" if frames else "?"
    return f"{place} {str(error)[:80]!r}"


# -- many --------------------------------------------------------------------------------------


def smaller(door: Door, sound: bytes, steps: list[int], kind: str, home: Path) -> list[int]:
    """Fewer changes that do the same."""
    for step in list(steps):
        fewer = [one for one in steps if one != step]
        if fewer and attempt(door, made(door, sound, fewer), home).split()[:2] == kind.split()[:2]:
            steps = fewer
    return steps


def besiege(name: str, minutes: float, seed: int, home: Path, keep: Path) -> Counter[str]:
    """One door for so long; what became of the tries, by kind."""
    door, chance, counts = DOORS[name], Random(f"{name}{seed}"), Counter[str]()
    sound = (home / door.file).read_bytes()
    until = time.monotonic() + minutes * 60
    while time.monotonic() < until:
        steps = [chance.getrandbits(48) for _ in range(chance.randint(1, MOST_CHANGES))]
        kind = attempt(door, made(door, sound, steps), home)
        known = " ".join(kind.split()[:2])
        if known not in ("ok", "refused") and not counts[known]:
            steps = smaller(door, sound, steps, kind, home)
            suffix = Path(door.file).suffix
            keep.mkdir(parents=True, exist_ok=True)
            file = keep / f"{name}-{len(counts)}-{seed}{suffix}"
            file.write_bytes(made(door, sound, steps))
            file.with_name(f"{file.name}.txt").write_text(f"{kind}\nchanges {steps}\n", "utf-8")
            print(f"  {name}: {kind}\n    {file}", flush=True)
        counts[known] += 1
    return counts


def main() -> int:
    """Besiege each door in turn, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz")
    parser.add_argument("minutes", nargs="?", type=float, default=30.0)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("doors", nargs="*", default=list(DOORS))
    parser.add_argument("--keep", type=Path, default=Path("found"))
    wanted = parser.parse_args()
    keep, bad = wanted.keep.resolve(), 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GXGEN_CACHE"] = str(Path(folder) / "cache")
        home = Path(folder) / "home"
        home.mkdir()
        prepare(home)
        for name in wanted.doors:
            counts = besiege(name, wanted.minutes / len(wanted.doors), wanted.seed, home, keep)
            found = {k: n for k, n in counts.items() if k not in ("ok", "refused")}
            bad += sum(found.values())
            total = sum(counts.values())
            print(f"{name:<10} {total:>6} tries  ok {counts['ok']}  refused {counts['refused']}")
            for kind, number in sorted(found.items(), key=lambda one: -one[1]):
                print(f"  {number:>5} × {kind}", flush=True)
        os.chdir("/")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
