"""Published reports: how long one takes to read, and what of invented ones is right.

    python -m benchmarks.published [SEEDS] [--damage | --twice]

First the median processor time of a warm reading by kind of file, then for every shape of the
corpus in ``tests/published/corpus.py`` how many figures are right, refused, blank and wrong, and
how many sentences are kept and lost. With ``--damage`` each file has one damaged row, with
``--twice`` two damages in one table: what may then be wrong is counted, not promised.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import Counter

from gxgen.editions.declared import PUBLISHED_EDITIONS
from gxgen.published.reader import read_published
from tests.published.corpus import DAMAGES, Shape, made, shapes, truth
from tests.published.measured import counted

TIMED = {
    "text": "tabs",
    "text, a cell a line": "a cell a line",
    "HTML": "page by Word",
    "DOCX": "DOCX",
}
ROUNDS = 60
ONCE, TWICE = "--damage", "--twice"


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


def counts(shape: Shape, seeds: int, damage: str) -> Counter[str]:
    """What came of a shape's files, all editions."""
    out: Counter[str] = Counter()
    for seed in range(seeds):
        for edition in PUBLISHED_EDITIONS:
            what = truth(seed, edition)
            for name in DAMAGES if damage else (None,):
                read = read_published(
                    made(what, shape, name, seed, again=damage == TWICE), f"报告{shape.ending}"
                )
                found = counted(read, what)
                out["files"] += 1
                out["right"] += found.right
                out["refused"] += found.refused
                out["blank"] += found.blank
                out["wrong"] += len(found.wrong)
                out["wrong files"] += bool(found.wrong)
                out["kept"] += found.kept
                out["lost"] += len(found.lost)
                out["foreign"] += len(found.foreign)
    return out


def main(seeds: int, damage: str) -> None:
    """Measure and print."""
    times()
    columns = (
        "files",
        "right",
        "refused",
        "blank",
        "wrong",
        "wrong files",
        "kept",
        "lost",
        "foreign",
    )
    print(f"{'shape':34}" + "".join(f"{name:>12}" for name in columns))
    total: Counter[str] = Counter()
    for name, shape in shapes().items():
        found = counts(shape, seeds, damage)
        total += found
        print(f"{name:34}" + "".join(f"{found[column]:12}" for column in columns))
    print(f"{'all':34}" + "".join(f"{total[column]:12}" for column in columns))


if __name__ == "__main__":
    asked = [word for word in sys.argv[1:] if word in (ONCE, TWICE)]
    words = [word for word in sys.argv[1:] if word not in asked]
    main(int(words[0]) if words else 4, asked[0] if asked else "")
