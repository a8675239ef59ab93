"""Published reports: how long one takes to read, and what of invented ones is right.

    python -m benchmarks.published [SEEDS] [--damage | --twice] [--jobs N]
    python -m benchmarks.published --files N [--seed SEED] [--damage | --twice] [--jobs N]

First the median processor time of a warm reading by kind of file, then for every shape how many
figures are right, refused, blank and wrong, and how many sentences are kept and lost: those of
``tests/published/corpus.py``, in which the reader's rules were found, and the sealed ones of
``tests/published/sealed.py`` apart. With ``--damage`` each file has one damaged row, every kind of
damage in turn; with ``--twice`` two damages in one table: what may then be wrong is counted, not
promised. ``--files`` takes so many files by chance of shape, form, report and damage, and tells
each that is read wrong.

Ends with 1 where a figure is wrong that must not be.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from gxgen.editions.declared import PUBLISHED_EDITIONS
from gxgen.published.reader import read_published
from tests.published.corpus import DAMAGES, made, shapes, truth
from tests.published.measured import counted
from tests.published.sealed import sealed

TIMED = {
    "text": "tabs",
    "text, a cell a line": "a cell a line",
    "HTML": "page by Word",
    "DOCX": "DOCX",
}
ROUNDS = 60
COLUMNS = ("files", "right", "refused", "blank", "wrong", "wrong files", "kept", "lost", "foreign")
EACH = {"tuned": shapes(), "sealed": sealed()}


@dataclass(frozen=True, slots=True)
class File:
    """One file of the corpus: everything that it follows from."""

    shape: str
    edition: str
    seed: int
    damage: str | None = None
    twice: bool = False

    @property
    def kind(self) -> str:
        """Whether the reader's rules were found in its shape."""
        return "sealed" if self.shape in EACH["sealed"] else "tuned"


def times() -> None:
    """The median of each kind, each round another report."""
    for kind, name in TIMED.items():
        shape = shapes()[name]
        files = [made(truth(seed), shape) for seed in range(ROUNDS)]
        taken = []
        for data in files:
            start = time.process_time()
            read_published(data, f"报告{shape.ending}")
            taken.append(1000 * (time.process_time() - start))
        print(f"{kind:22} {statistics.median(taken):6.1f} ms  worst {max(taken):6.1f} ms")


def count(file: File) -> tuple[File, Counter[str], tuple[str, ...]]:
    """What came of a file, and the figures that are wrong."""
    shape = EACH[file.kind][file.shape]
    what = truth(file.seed, file.edition)
    data = made(what, shape, file.damage, file.seed, again=file.twice)
    found = counted(read_published(data, f"报告{shape.ending}"), what)
    out = Counter(
        {
            "files": 1,
            "right": found.right,
            "refused": found.refused,
            "blank": found.blank,
            "wrong": len(found.wrong),
            "wrong files": bool(found.wrong),
            "kept": found.kept,
            "lost": len(found.lost),
            "foreign": len(found.foreign),
        }
    )
    return file, out, found.wrong


def every(seeds: int, damages: Iterable[str | None], *, twice: bool) -> Iterator[File]:
    """Each shape, form, report and damage."""
    for kind in EACH.values():
        for shape in kind:
            for seed in range(seeds):
                for edition in PUBLISHED_EDITIONS:
                    for damage in damages:
                        yield File(shape, edition, seed, damage, twice)


def chosen(files: int, seed: int, damages: Iterable[str | None], *, twice: bool) -> Iterator[File]:
    """So many by chance."""
    dice = Random(seed)
    names = [name for kind in EACH.values() for name in kind]
    for _ in range(files):
        yield File(
            dice.choice(names),
            dice.choice(sorted(PUBLISHED_EDITIONS)),
            dice.randrange(10**6),
            dice.choice(list(damages)),
            twice,
        )


def measured(files: Iterable[File], jobs: int, *, tell: bool) -> dict[str, Counter[str]]:
    """What came of all files, by shape; ``tell``: each wrong one is printed."""
    out: dict[str, Counter[str]] = {}
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        for file, found, wrong in pool.imap_unordered(count, files, chunksize=8):
            out.setdefault(file.shape, Counter()).update(found)
            if tell and wrong:
                print(f"{file}\n    {wrong[0]} and {len(wrong) - 1} more", flush=True)
    return out


def show(found: dict[str, Counter[str]]) -> None:
    """A line for each shape, and the sums of the tuned and of the sealed ones."""
    print(f"{'shape':34}" + "".join(f"{name:>12}" for name in COLUMNS))
    for kind, names in EACH.items():
        total: Counter[str] = Counter()
        for name in names:
            own = found.get(name, Counter())
            total += own
            print(f"{name:34}" + "".join(f"{own[column]:12}" for column in COLUMNS))
        print(f"{'all ' + kind:34}" + "".join(f"{total[column]:12}" for column in COLUMNS))
        figures = sum(total[name] for name in ("right", "refused", "blank", "wrong")) or 1
        said = "  ".join(
            f"{name} {100 * total[name] / figures:.2f} %"
            for name in ("right", "refused", "blank", "wrong")
        )
        print(f"{'':34}{said}  sentences kept "
              f"{100 * total['kept'] / (total['kept'] + total['lost'] or 1):.2f} %")  # fmt: skip


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.published")
    parser.add_argument("seeds", nargs="?", type=int, default=4)
    parser.add_argument("--damage", action="store_true")
    parser.add_argument("--twice", action="store_true")
    parser.add_argument("--files", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args()
    damages = tuple(DAMAGES) if asked.damage or asked.twice else (None,)
    if asked.files is None:
        times()
        files = every(asked.seeds, damages, twice=asked.twice)
    else:
        files = chosen(asked.files, asked.seed, damages, twice=asked.twice)
    found = measured(files, asked.jobs, tell=not asked.twice)
    show(found)
    wrong = sum(one["wrong"] for one in found.values())
    return int(bool(wrong) and not asked.twice)


if __name__ == "__main__":
    sys.exit(main())
