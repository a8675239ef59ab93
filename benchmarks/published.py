"""Published reports: how long one takes to read, and what of invented ones is right.

    python -m benchmarks.published [SEEDS] [--damage | --twice] [--jobs N]
    python -m benchmarks.published --files N [--seed SEED] [--damage | --twice] [--jobs N]
    python -m benchmarks.published [SEEDS] --odd [--jobs N]

First the median processor time of a warm reading by kind of file, then for every shape how many
figures are right, refused, blank and wrong, and how many sentences are kept and lost: those of
``tests/published/corpus.py``, in which the reader's rules were found, and the sealed ones of
``tests/published/sealed.py`` apart. With ``--damage`` each file has one damaged row, every kind of
damage in turn; with ``--twice`` two damages in one table: what may then be wrong is counted, not
promised. ``--files`` takes so many files by chance of shape, form, report and damage, and tells
each that is read wrong. ``--odd`` puts paragraphs where nobody expects them and strange rows into
tables, half of which are damaged as well, and counts what is neither in the report nor told.

Ends with 1 where a figure is wrong that must not be, or a paragraph is untold.
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

from benchmarks.audit import demo_report
from gxgen.document.blocks import compose
from gxgen.editions.declared import PUBLISHED_EDITIONS
from gxgen.formats.pdf.write import pdf_of
from gxgen.published.reader import read_published
from tests.published.accounted import odd_file, unaccounted
from tests.published.corpus import DAMAGES, UNTOLD, made, shapes, truth
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
OUTCOMES = ("right", "refused", "blank", "wrong")
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
        _time(kind, [made(truth(seed), shape) for seed in range(ROUNDS)], f"报告{shape.ending}")
    reports = map(demo_report, range(ROUNDS // 3))
    _time("PDF, ours", [pdf_of(compose(one), one) for one in reports], "报告.pdf")


def _time(kind: str, files: list[bytes], called: str) -> None:
    taken = []
    read_published(files[0], called)
    for data in files:
        start = time.process_time()
        read_published(data, called)
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


def account(file: File) -> tuple[File, int, list[str]]:
    """How many paragraphs a file with odd ones says, and which are nowhere."""
    shape = EACH[file.kind][file.shape]
    said = odd_file(truth(file.seed, file.edition), shape, file.seed)
    read = read_published(said.data, f"报告{shape.ending}")
    return file, len(said.said), unaccounted(read, said.said)


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


def accounted(files: Iterable[File], jobs: int) -> int:
    """Print what of all paragraphs is untold; how many these are."""
    made = paragraphs = untold = 0
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        for file, said, gone in pool.imap_unordered(account, files, chunksize=8):
            made, paragraphs, untold = made + 1, paragraphs + said, untold + len(gone)
            if gone:
                print(f"{file}\n    {gone[0]}", flush=True)
    print(f"{made} files, {paragraphs} paragraphs and strange cells, {untold} untold")
    return untold


def show(found: dict[str, Counter[str]]) -> None:
    """A line for each shape, and the sums of the tuned and of the sealed ones."""
    print(f"{'shape':34}" + "".join(f"{name:>12}" for name in COLUMNS))
    for kind, names in EACH.items():
        for name in names:
            _line(name, found.get(name, Counter()))
        _sum(f"all {kind}", [found.get(name, Counter()) for name in names])
        if kind == "tuned":
            clear = [found.get(name, Counter()) for name in names if name not in UNTOLD]
            _sum("those that can be read at all", clear)


def _line(name: str, counts: Counter[str]) -> None:
    print(f"{name:34}" + "".join(f"{counts[column]:12}" for column in COLUMNS))


def _sum(name: str, each: Iterable[Counter[str]]) -> None:
    total = sum(each, Counter())
    _line(name, total)
    figures = sum(total[one] for one in OUTCOMES) or 1
    shares = "  ".join(f"{one} {100 * total[one] / figures:.2f} %" for one in OUTCOMES)
    kept = 100 * total["kept"] / (total["kept"] + total["lost"] or 1)
    print(f"{'':34}{shares}  sentences kept {kept:.2f} %")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.published")
    parser.add_argument("seeds", nargs="?", type=int, default=4)
    parser.add_argument("--damage", action="store_true")
    parser.add_argument("--twice", action="store_true")
    parser.add_argument("--odd", action="store_true")
    parser.add_argument("--files", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args()
    damages = tuple(DAMAGES) if asked.damage or asked.twice else (None,)
    if asked.odd:
        return int(accounted(every(asked.seeds, (None,), twice=False), asked.jobs) > 0)
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
